/*
 * What icsgrep and cardgrep look for: an expression over the properties of a
 * component.
 *
 *	lunch			text in SUMMARY, DESCRIPTION or LOCATION
 *	SUMMARY=team lunch	the value contains it
 *	SUMMARY==Lunch		the value is it
 *	SUMMARY~^(Re|Fwd):	the value matches the regular expression (PCRE2)
 *	STATUS!=CANCELLED	not STATUS=CANCELLED; likewise !== and !~
 *	ATTENDEE;PARTSTAT=DECLINED	a parameter, of any property so named
 *	DTSTART;TZID		has a property with that parameter
 *	has(RRULE) missing(UID)	also has(ATTENDEE;CN), has(VALARM)
 *	VALARM.ACTION=EMAIL	a property of a component inside
 *	SUMMARY=a and not (CATEGORIES=b or LOCATION="Room \"12\"")
 *
 * Grammar. not binds before and, and before or; keywords are written in any
 * case. Tests one after the other without a keyword must all hold, as if `and`
 * stood there: `team lunch` wants both words, in any order and place;
 * `"team lunch"` wants them together.
 *
 *  - A bare word ends at white space or a parenthesis.
 *  - A value (after an operator) goes on over white space to the next and, or,
 *    not, quoted string, parenthesis, or test with an operator of its own:
 *    `SUMMARY=team lunch LOCATION=Room 12` are two tests. White space around
 *    the operator and at the value's end does not count.
 *  - A parenthesis inside a word of a value, or that begins the value, belongs
 *    to it as far as it is balanced: `SUMMARY=f(x)`. In a regular expression
 *    that holds anywhere, and nothing within the parentheses ends it:
 *    `SUMMARY~a (b and c|d)`.
 *  - In double quotes everything is text, and and parentheses too; \" and \\
 *    stand for " and \, any other backslash for itself.
 *  - Names (of letters, digits, - and _, a letter first) are found in any case.
 *    Text that looks like a test, also one of another language (`a=b`, `a;b`,
 *    `=b`, `a>b`, `&&`, `SUMMARY:a`), must be quoted; so must a value that
 *    stands in single quotes.
 *
 * Values are compared as people read them (unfolded, unescaped, quoted-
 * printable decoded; carets of parameters decoded); each value of a list
 * property (CATEGORIES, RESOURCES, NICKNAME, EXDATE, RDATE) or of a parameter
 * and each property of that name is tried. `==` and `=` on addresses
 * (ATTENDEE, ORGANIZER, and parameters as SENT-BY) take them with or without
 * "mailto:", in any case.
 *
 * NAME.PROP is a property of a component called NAME, at any depth, the record
 * itself included; in a vCard NAME is a group too (item1.EMAIL). In a vCard a
 * bare word is looked for in FN, N, NICKNAME, ORG, EMAIL, TEL and NOTE.
 */
#ifndef KALENDS_CAL_QUERY_H
#define KALENDS_CAL_QUERY_H

#include "base/error.h"
#include "text/record.h"

struct query;

enum query_flag {
	QUERY_FOLD =
	    1, /* -i: case and accents make no difference, see fold.h */
};

/* An expression of one argument. The error's column is the place in `text`
 * (bytes, from 1), and its message says what would be right: ERR_SYNTAX,
 * ERR_LIMIT for parentheses nested too deep, ERR_MEMORY. NULL on an error. */
struct query *query_parse(struct str text, int flags, struct error *err);

/* Joins: both must hold, or either. One may be NULL (then the other is
 * returned). Takes ownership of both; NULL without memory, both freed. */
struct query *query_and(struct query *a, struct query *b);
struct query *query_or(struct query *a, struct query *b);
struct query *query_not(struct query *query);

/* A single test made without the grammar, for options such as --uid X,
 * --category X, --status X, --class X, --attendee X, --has P, --missing P.
 * op is '=' contains, 'e' equals, '~' regex, 'h' has, 'm' missing. Names may
 * be of any case; param may be empty; an empty property means bare text (with
 * '=' or '~'). The error's column is 0, or that in a regular expression. */
struct query *query_test(struct str property, struct str param, char op,
    struct str value, int flags, struct error *err);

void query_free(struct query *query);

/* Whether the record matches. Fast where the first bytes of a line tell that
 * it is not asked for; needs no arena unless a line is folded or escaped.
 * *trouble (cleared by the caller) gets the first thing that could not be
 * looked at and on which the answer may hang: a line above LIMIT_LINE, of which
 * only the first bytes are there (ERR_LIMIT), a regular expression above its
 * limits (ERR_LIMIT), no memory. */
bool query_matches(const struct query *query, const struct record *record,
    struct arena *arena, struct error *trouble);

#endif
