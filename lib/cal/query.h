/*
 * What icsgrep and cardgrep look for: an expression over the properties of a
 * component.
 *
 *	lunch			text in SUMMARY, DESCRIPTION or LOCATION
 *	SUMMARY=lunch		the value contains it
 *	SUMMARY==Lunch		the value is it
 *	SUMMARY~^Re:		the value matches the regular expression (PCRE2)
 *	ATTENDEE;PARTSTAT=DECLINED	a parameter, of any property so named
 *	DTSTART;TZID		property with that parameter; likewise has(RRULE)
 *	SUMMARY=a and not (CATEGORIES=b or LOCATION="Room \"12\"")
 *	VALARM.ACTION=EMAIL	a property of a component inside
 *
 * Values are compared as people read them (unfolded, unescaped, quoted-
 * printable decoded; carets of parameters decoded); each value of a list
 * property (CATEGORIES, RESOURCES) and each property of that name is tried.
 * `==` and `=` on ATTENDEE and ORGANIZER also accept the address without
 * "mailto:", in any case.
 */
#ifndef KALENDS_CAL_QUERY_H
#define KALENDS_CAL_QUERY_H

#include "base/error.h"
#include "text/record.h"

struct query;

enum query_flag {
	QUERY_FOLD = 1, /* -i: case and accents make no difference */
};

/* An expression of one argument. The error's column is the place in `text`,
 * and its message says what would be right. NULL on an error. */
struct query *query_parse(struct str text, int flags, struct error *err);

/* Joins: both must hold. Either may be NULL (then the other is returned).
 * Takes ownership of both; NULL without memory, both freed. */
struct query *query_and(struct query *a, struct query *b);
struct query *query_not(struct query *query);

/* A single test made without the grammar, for options such as --uid X,
 * --category X, --status X, --class X, --attendee X, --has P, --missing P.
 * op is '=' contains, 'e' equals, '~' regex, 'h' has, 'm' missing. property
 * and param are upper case; param may be empty. */
struct query *query_test(struct str property, struct str param, char op,
    struct str value, int flags, struct error *err);

void query_free(struct query *query);

/* Whether the record matches. Fast where the first bytes of a line tell that
 * it is not asked for; needs no arena unless a line is folded or escaped.
 * *trouble (cleared by the caller) gets the first thing that could not be
 * looked at: a line above LIMIT_LINE, a regular expression above its limits. */
bool query_matches(const struct query *query, const struct record *record,
    struct arena *arena, struct error *trouble);

#endif
