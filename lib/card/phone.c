#include "card/phone.h"

#include <string.h>

#include "base/utf8.h"

/* Shorter ones are the end of many numbers. */
#define WHOLE 7

/* A decimal digit in the writing of Europe, Arabs, Persians, or full width. */
static int
digit_of(int32_t c)
{
	static const int32_t zeros[] = {'0', 0x660, 0x6f0, 0x966, 0xff10};

	for (size_t i = 0; i < sizeof(zeros) / sizeof(zeros[0]); i++)
		if (c >= zeros[i] && c <= zeros[i] + 9)
			return (int)(c - zeros[i]);
	return -1;
}

static void
drop(struct phone *phone, size_t count)
{
	phone->n -= count;
	memmove(phone->digits, phone->digits + count, phone->n);
}

bool
phone_parse(struct phone *phone, struct str text)
{
	static const struct str trunk = STR_C("(0)");
	bool first = true;

	*phone = (struct phone){0};
	text = str_trim(text);
	if (str_istarts(text, STR("tel:")))
		text = str_from(text, 4);
	while (text.n && phone->n < sizeof(phone->digits)) {
		struct str here = text;
		int32_t c = utf8_next(&text);
		int digit = digit_of(c);

		if (c == ';' || c == ',' || c == 'x' || c == 'X' || c == '#')
			break;
		if (c == '+' && first)
			phone->international = true;
		/* "+44 (0)20": to be dialled inside the country only. */
		if (phone->international && str_starts(here, trunk)) {
			text = str_from(here, trunk.n);
			continue;
		}
		if (digit >= 0)
			phone->digits[phone->n++] = (char)('0' + digit);
		first = first && digit < 0 && c != '+';
	}
	if (phone->n < 3)
		return false;
	if (!phone->international && phone->n > 5 &&
	    memcmp(phone->digits, "00", 2) == 0) {
		phone->international = true;
		drop(phone, 2);
	} else if (!phone->international && phone->n > 3 &&
		   *phone->digits == '0') {
		drop(phone, 1);
	}
	return true;
}

static struct str
digits(const struct phone *phone)
{
	return (struct str){phone->digits, phone->n};
}

bool
phone_contains(const struct phone *phone, const struct phone *wanted)
{
	if (str_find(digits(phone), digits(wanted)) != SIZE_MAX)
		return true;
	return wanted->international && !phone->international &&
	       phone->n >= WHOLE && phone->n < wanted->n &&
	       str_eq(str_from(digits(wanted), wanted->n - phone->n),
		   digits(phone));
}
