/*
 * Calendars in, calendars out: what icscat does beyond copying. A calendar or
 * a group of them is taken in whole, each component edited on the way, and
 * written when it ends; with `dedupe`, when all have ended. Text waits in a
 * depot meanwhile, so that memory does not grow with the input.
 */
#ifndef KALENDS_CAL_COMPOSE_H
#define KALENDS_CAL_COMPOSE_H

#include "cal/dedupe.h"
#include "cal/join.h"
#include "cal/normalize.h"

/* Inputs whose calendars become one. */
struct compose_group {
	uint64_t number; /* the same for neighbours; 0: each calendar stays one
			    by itself */
	struct str name, color, apple_color; /* empty: the calendars' own */
};

struct compose {
	/* Set by the caller before compose_start(); borrowed. */
	bool dedupe, normalize;
	uint64_t repairs; /* a set; 0: none */
	struct str name;  /* of the calendars written; empty: their own */
	size_t memory;
	struct zones *zones;
	struct out *out;
	/* Told of what is wrong; of what was edited or left out, which may be
	 * NULL; and rows of the duplicates left out, NULL too. */
	void (*report)(void *arg, const struct error *err);
	void (*tell)(void *arg, const struct error *err);
	void (*row)(void *arg, struct str row);
	void *arg;

	/* Private from here. */
	struct depot depot;
	struct ledger output;
	struct join join;
	struct zone_merge *zone_merge;
	struct dedupe duplicates;
	struct repair repair;
	struct normalize normal;
	struct arena arena, lines_arena;
	struct draft lines; /* of the calendar itself, not yet taken */
	struct pos begin;   /* of the calendar at hand */
	bool started, joined, in_lines, text_said;
	uint64_t group;
	struct str group_name, group_color, group_apple;
};

bool compose_start(struct compose *compose, struct error *err);
void compose_free(struct compose *compose);

/* The reader has been opened for another input. */
bool compose_input(struct compose *compose, const struct compose_group *group,
    struct error *err);

/* The reader's item. */
bool compose_item(struct compose *compose, struct reader *reader,
    struct error *err);

/* Whether what the reader reports is worth telling; of the rest compose itself
 * tells, when it is known what became of it. */
bool compose_wants(const struct compose *compose, const struct error *err);

/* The end of all. What could not be written stands in out->failure. */
bool compose_finish(struct compose *compose, struct error *err);

#endif
