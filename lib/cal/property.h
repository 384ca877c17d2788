/*
 * What kind of value a property has (RFC 5545, 8.3.2; RFC 7986, 7.1; RFC 9073;
 * RFC 9074; RFC 9253), as far as editing needs it.
 */
#ifndef KALENDS_CAL_PROPERTY_H
#define KALENDS_CAL_PROPERTY_H

#include "base/str.h"

enum property_kind {
	PROPERTY_UNKNOWN, /* X- and such */
	PROPERTY_TEXT,    /* one TEXT */
	PROPERTY_TEXTS,   /* TEXTs between commas */
	PROPERTY_PARTS,   /* TEXTs between semicolons */
	PROPERTY_TIME,    /* one DATE or DATE-TIME */
	PROPERTY_TIMES,   /* several, RDATE's periods among them */
	PROPERTY_STAMP,   /* a DATE-TIME in UTC */
	PROPERTY_DURATION,
	PROPERTY_TRIGGER, /* a DURATION, or a DATE-TIME in UTC */
	PROPERTY_RULE,
	PROPERTY_ADDRESS, /* of a calendar user */
	PROPERTY_OFFSET,
	PROPERTY_OTHER, /* known, of another kind */
};

/* Of a name in any case. */
enum property_kind property_kind(struct str name);

#endif
