/*
 * A card in another version (RFC 2426, RFC 6350, vCard 2.1), or in strict form
 * in its own: names in upper case, UTF-8, folded at 75 octets, CRLF, VERSION
 * behind BEGIN.
 *
 * What a version has no word for is kept as X-NAME, and found again there on
 * the way back. Binary values become data: URIs and come back (RFC 2397), dates
 * and stamps are written as the version wants them, PREF=1 and TYPE=pref are
 * one, GEO is a geo: URI in 4.0 (RFC 5870), KIND and MEMBER are in 3.0 what
 * Apple calls X-ADDRESSBOOKSERVER-KIND and -MEMBER.
 */
#ifndef KALENDS_CARD_CONVERT_H
#define KALENDS_CARD_CONVERT_H

#include "card/property.h"
#include "text/record.h"

struct card_convert {
	enum card_version as; /* CARD_UNKNOWN: each in its own */
	bool repair;          /* adds what must not be missing */
	/* Told of each thing that was renamed, mended, added. May be NULL. */
	void (*tell)(void *arg, const struct error *err);
	void *arg;

	/* Private. */
	enum card_version from, to;
	struct arena arena;
	struct card_property property;
	bool has_name, has_full_name;
	struct str name, full_name;
};

void card_convert_free(struct card_convert *convert);

/* Appends it. False (ERR_LIMIT) for a card that cannot be converted: a line
 * above LIMIT_LINE, too many parameters; nothing is appended then. ERR_MEMORY.
 */
bool card_convert(struct card_convert *convert, const struct record *record,
    struct buf *out, struct error *err);

/* The steps of a property, of convert_property.c: to 4.0's form, and to that of
 * 3.0, whatever it has. */
void card_to_40(struct card_property *property);
void card_to_30(struct card_property *property, bool from_40);

/* A name that the other version does not have. Gives whether the property is
 * kept under another one now. */
bool card_rename(struct card_property *property, enum card_version from,
    enum card_version to);
/* The same with its parameters, when all else is done. */
void card_rename_params(struct card_property *property, enum card_version from,
    enum card_version to);

#endif
