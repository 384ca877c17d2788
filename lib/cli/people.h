/*
 * People: whose calendars the inputs are, and the time that each has taken.
 *
 * Operands with one label are one person, wherever they stand. The calendars of
 * an operand without a label are people by the names that a calendar has (see
 * label.h), so that a vdir is one person and a stream of named calendars
 * several; a VFREEBUSY in a calendar without a name is its ORGANIZER's, in a
 * reply its ATTENDEE's.
 *
 * What cannot be read makes its person's time BUSY_UNKNOWN, never free: all of
 * it for an input that cannot be opened, is cut off or holds no calendar, else
 * the time that the unreadable event may have.
 *
 * One person is held at a time; those whose calendars stand apart in one
 * operand wait in a sorter.
 */
#ifndef KALENDS_CLI_PEOPLE_H
#define KALENDS_CLI_PEOPLE_H

#include "cal/busy_event.h"
#include "cal/expand.h"
#include "cal/person.h"
#include "cli/cli.h"
#include "cli/label.h"

struct zone_of {
	struct str name; /* of the person */
	const char *word;
	const struct zone *zone;
	bool used; /* somebody is called so */
};

struct people {
	/* Set by the caller. */
	struct busy_rules rules;
	const char *domain; /* of people whose address is not given, or NULL */
	/* Whose all operands without a label are, by address; or empty. */
	struct str only;
	/* Gets each person in the order of their appearance, with their zone.
	 * The time is settled; both live until it returns. False stops. */
	bool (*found)(void *arg, const struct person *person,
	    const struct zone *zone, const struct busy_set *time);
	void *arg;
	struct zone_of *zones; /* see people_zone_option() */
	size_t zone_count;

	/* Private from here. */
	struct cli *cli;
	struct expand expand;
	struct label label;
	struct person person;
	struct str fixed, fixed_address; /* of a group of one person */
	struct buf name, owner;          /* of the calendar at hand */
	struct sorter *parked;
	uint64_t *seen; /* hashes of names of this group, open addressing */
	uint32_t *ordinals;
	size_t seen_count, seen_room;
	struct busy_set time;
	struct buf key, packed;

	/* Of the record or group at hand. */
	const struct event *event; /* of which `type` is */
	struct arena arena;
	uint32_t ordinal; /* of person */
	enum busy_type type;
	bool allday;
	bool bad_start, bad_series, bad_length;

	bool current; /* person is somebody */
	bool parked_any, stopped;
};

/* --zone-of NAME=ZONE; may be given before people_start(). ERR_USAGE. */
bool people_zone_option(struct people *people, const char *value,
    struct error *err);

/* After cli_resolve_time(); the range is the cli's. Dies where it cannot. */
void people_start(struct people *people, struct cli *cli);
void people_end(struct people *people);

/* Reads operands; none mean standard input. */
void people_read(struct people *people, char **operands, size_t count);

/* Each file and each folder directly in a folder operand is somebody of its
 * own, called as it is without ".ics"; other operands as people_read(). */
void people_read_each(struct people *people, char **operands, size_t count);

#endif
