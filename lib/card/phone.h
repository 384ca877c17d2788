/*
 * Phone numbers as people mean them: their digits, whatever stands between.
 *
 * "+33 1 23 45 67 89", "0033123456789", "tel:+33-1-2345-6789" and, where the
 * country is not said, "01.23.45.67.89" are one number.
 */
#ifndef KALENDS_CARD_PHONE_H
#define KALENDS_CARD_PHONE_H

#include "base/str.h"

struct phone {
	char digits[32]; /* without "+", "00", or the "0" before a local one */
	size_t n;
	bool international;
};

/* From the value of a TEL, a "tel:" URI (RFC 3966) too; extensions are left
 * out, digits beyond 32 as well. False where there are no three digits. */
bool phone_parse(struct phone *phone, struct str text);

/* Whether a number has the digits that are looked for in it; a whole number of
 * which one says the country and the other not is the same. */
bool phone_contains(const struct phone *phone, const struct phone *wanted);

#endif
