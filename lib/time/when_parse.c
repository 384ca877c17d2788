#include "time/when.h"

/* The number that the n digits at p spell, or -1. */
static int
digits(const char *p, size_t n)
{
	int number = 0;

	for (size_t i = 0; i < n; i++) {
		if (!ascii_digit(p[i]))
			return -1;
		number = number * 10 + (p[i] - '0');
	}
	return number;
}

static bool
refuse(enum error_code code, struct str value, struct pos pos, const char *why,
    struct error *err)
{
	return error_set(err, code, pos, "\"%.*s\": %s", STR_ARG(value), why);
}

/* "20261124" or "20261124T090000[Z]"; false where the form is another. */
static bool
read_civil(struct str value, struct civil *civil, enum when_kind *kind)
{
	const char *p = value.p;

	*civil = (struct civil){0};
	*kind = WHEN_DATE;
	if (value.n != 8 && value.n != 15 && value.n != 16)
		return false;
	civil->year = digits(p, 4);
	civil->month = digits(p + 4, 2);
	civil->day = digits(p + 6, 2);
	if (civil->year < 0 || civil->month < 0 || civil->day < 0)
		return false;
	if (value.n == 8)
		return true;
	*kind = value.n == 16 ? WHEN_UTC : WHEN_FLOATING;
	if (ascii_upper(p[8]) != 'T' ||
	    (value.n == 16 && ascii_upper(p[15]) != 'Z'))
		return false;
	civil->hour = digits(p + 9, 2);
	civil->minute = digits(p + 11, 2);
	civil->second = digits(p + 13, 2);
	return civil->hour >= 0 && civil->minute >= 0 && civil->second >= 0;
}

bool
when_parse(struct when *when, struct str value, struct pos pos,
    struct error *err)
{
	struct civil civil;

	*when = (struct when){0};
	if (!read_civil(value, &civil, &when->kind))
		return refuse(ERR_SYNTAX, value, pos,
		    "should be a date or time as 20261124 or "
		    "20261124T090000Z",
		    err);
	if (!civil_valid(&civil))
		return refuse(ERR_VALUE, value, pos,
		    "there is no such date or time of day", err);
	if (civil.second == 60)
		civil.second = 59;
	when->local = civil_local(&civil);
	return true;
}

/* n decimal digits of number at p. */
static char *
put_digits(char *p, int number, int n)
{
	for (int i = n - 1; i >= 0; i--, number /= 10)
		p[i] = (char)('0' + number % 10);
	return p + n;
}

bool
when_write(const struct when *when, struct buf *out)
{
	struct civil civil = civil_of_local(when->local);
	char text[16], *p = text;

	p = put_digits(p, civil.year, 4);
	p = put_digits(p, civil.month, 2);
	p = put_digits(p, civil.day, 2);
	if (when->kind != WHEN_DATE) {
		*p++ = 'T';
		p = put_digits(p, civil.hour, 2);
		p = put_digits(p, civil.minute, 2);
		p = put_digits(p, civil.second, 2);
	}
	if (when->kind == WHEN_UTC)
		*p++ = 'Z';
	return buf_add(out, text, (size_t)(p - text));
}

bool
offset_parse(int32_t *offset, struct str value, struct pos pos,
    struct error *err)
{
	int hours, minutes, seconds = 0;

	if ((value.n != 5 && value.n != 7) ||
	    (value.p[0] != '+' && value.p[0] != '-'))
		return refuse(ERR_SYNTAX, value, pos,
		    "should be an offset as +0100 or -053000", err);
	hours = digits(value.p + 1, 2);
	minutes = digits(value.p + 3, 2);
	if (value.n == 7)
		seconds = digits(value.p + 5, 2);
	if (hours < 0 || minutes < 0 || seconds < 0)
		return refuse(ERR_SYNTAX, value, pos,
		    "should be an offset as +0100 or -053000", err);
	if (hours > 23 || minutes > 59 || seconds > 59)
		return refuse(ERR_VALUE, value, pos,
		    "should be an offset below a day", err);
	*offset = hours * 3600 + minutes * 60 + seconds;
	if (value.p[0] == '-')
		*offset = -*offset;
	return true;
}
