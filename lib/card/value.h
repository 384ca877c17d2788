/*
 * What stands in the properties of a vCard (RFC 2426, RFC 6350; vCard 2.1), as
 * people read it: unescaped, quoted-printable and CHARSET decoded.
 */
#ifndef KALENDS_CARD_VALUE_H
#define KALENDS_CARD_VALUE_H

#include "text/record.h"

/* A part of a structured value (N, ADR, ORG), numbered from 0; its list items
 * joined by ", ". Empty where there is none. */
struct str card_part(const struct line *line, size_t number,
    struct arena *arena);

/* The name: FN, else N put together, else ORG, NICKNAME, EMAIL. */
struct str card_name(const struct record *record, struct arena *arena);

/* Of a group (RFC 6350, 6.1.4), or of the kind that Apple makes in 3.0. */
bool card_is_group(const struct record *record, struct arena *arena);

/* Of EMAIL, MEMBER and such: without "mailto:" and blanks around it. */
struct str card_address(struct str value);

#endif
