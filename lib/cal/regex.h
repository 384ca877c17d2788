/*
 * Regular expressions: PCRE2 with its limits set, so that no expression and
 * no value can keep a filter busy for long.
 */
#ifndef KALENDS_CAL_REGEX_H
#define KALENDS_CAL_REGEX_H

#include "base/error.h"
#include "base/str.h"

struct regex;

enum regex_result { REGEX_NO, REGEX_YES, REGEX_LIMIT };

/* UTF-8, in which a value may have bytes that are none (they match nothing).
 * caseless goes by Unicode. NULL with ERR_SYNTAX, the column is the place in
 * the pattern. */
struct regex *regex_new(struct str pattern, bool caseless, struct error *err);
void regex_free(struct regex *regex);

/* Whether it matches anywhere in s. REGEX_LIMIT when that took too long. */
enum regex_result regex_match(struct regex *regex, struct str s);

#endif
