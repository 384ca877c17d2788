/*
 * A property of a card under conversion, and what the versions know of it.
 *
 * While it is worked on it stands in the form of vCard 3.0 and 4.0: UTF-8,
 * backslashes before what must be escaped, parameters with names. What vCard
 * 2.1 writes otherwise is undone by card_property_read() and made again by
 * card_property_write_21().
 */
#ifndef KALENDS_CARD_PROPERTY_H
#define KALENDS_CARD_PROPERTY_H

#include "text/line.h"

enum card_version { CARD_UNKNOWN, CARD_21, CARD_30, CARD_40 };

/* Of "2.1", "3.0", "4.0". */
enum card_version card_version_of(struct str text);
struct str card_version_name(enum card_version version);

enum card_value {
	CARD_TEXT,
	CARD_PARTS,  /* texts between semicolons: N, ADR, ORG */
	CARD_TEXTS,  /* texts between commas: NICKNAME, CATEGORIES */
	CARD_BINARY, /* PHOTO, LOGO, SOUND, KEY */
	CARD_DATE,
	CARD_STAMP, /* REV */
	CARD_RAW,   /* URIs and what is not known */
};

struct card_known {
	struct str name;
	unsigned versions; /* 1 << enum card_version, of which it is part */
	enum card_value value;
};

/* NULL for one that no version has. RFC 2426, 6350, 6474, 6715, 8605, 9554;
 * RFC 4770 (IMPP) and 2739 (FBURL ...) for 3.0. */
const struct card_known *card_known(struct str name);
/* The same for parameters. */
const struct card_known *card_known_param(struct str name);

#define CARD_PARAMS_MOST 64

struct card_param {
	struct str name;   /* in upper case where it is known */
	struct str values; /* as they stand: a,"b;c" */
};

struct card_property {
	struct str group, name; /* in upper case where it is known */
	struct card_param params[CARD_PARAMS_MOST];
	size_t count;
	struct str value;
	struct pos pos;
	struct arena *arena; /* all of it */
	bool failed;         /* no memory, or no room */
};

/* From a line of a card of that version; faults of exporters that are in the
 * way are undone (";HOME" and quoted-printable in 3.0, bytes that are no
 * UTF-8). *mended tells whether something was. False where there are too many
 * parameters, or no memory. */
bool card_property_read(struct card_property *property, const struct line *line,
    enum card_version version, struct arena *arena, bool *mended);

enum card_value card_property_value(const struct card_property *property);

/* The first parameter of that name, in any case; NULL where there is none. Void
 * once a parameter was dropped. */
struct card_param *card_param(struct card_property *property, struct str name);
void card_param_add(struct card_property *property, struct str name,
    struct str values);
void card_param_drop(struct card_property *property, struct str name);

/* Whether one of its TYPEs is this (any case); takes it away. */
bool card_type_take(struct card_property *property, struct str type);

/* "a", "b" as one, from the arena. */
struct str card_join(struct card_property *property, struct str a,
    struct str b);

/* Whether it may be a name: letters, digits, "-", and "_", which many use. */
bool card_is_token(struct str name);

/* A line, folded, with CRLF. */
bool card_property_write(const struct card_property *property, struct buf *out);
/* The same as vCard 2.1 has it: quoted-printable where there are line ends or
 * letters beyond ASCII, types by themselves, no folds. */
bool card_property_write_21(struct card_property *property, struct buf *out);

#endif
