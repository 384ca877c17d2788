#include "time/zone_names.h"

#define NAME_MAX_BYTES 100

bool
zone_name_is_utc(struct str name)
{
	static const struct str names[] = {STR_C("UTC"), STR_C("Z"),
	    STR_C("GMT"), STR_C("UCT"), STR_C("Zulu"), STR_C("Universal"),
	    STR_C("Greenwich"), STR_C("GMT0"), STR_C("GMT+0"), STR_C("GMT-0")};

	if (str_istarts(name, STR("Etc/")))
		name = str_from(name, 4);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_ieq(name, names[i]))
			return true;
	return false;
}

static int
two_digits(struct str s, size_t at)
{
	if (at + 2 > s.n || !ascii_digit(s.p[at]) || !ascii_digit(s.p[at + 1]))
		return -1;
	return (s.p[at] - '0') * 10 + s.p[at + 1] - '0';
}

bool
zone_name_offset(struct str name, int32_t *offset)
{
	int hours, minutes;
	bool minus, letters;

	name = str_trim(name);
	if (name.n > 2 && name.p[0] == '(' && name.p[name.n - 1] == ')')
		name = str_from(str_head(name, name.n - 1), 1);
	letters =
	    str_istarts(name, STR("UTC")) || str_istarts(name, STR("GMT"));
	if (letters)
		name = str_trim(str_from(name, 3));
	if (name.n < 3 || (name.p[0] != '+' && name.p[0] != '-'))
		return false;
	minus = name.p[0] == '-';
	hours = two_digits(name, 1);
	if (name.n == 3 && !letters)
		minutes = 0;
	else if (name.n == 6 && (name.p[3] == ':' || name.p[3] == '.'))
		minutes = two_digits(name, 4);
	else if (name.n == 5)
		minutes = two_digits(name, 3);
	else
		return false;
	if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
		return false;
	*offset = hours * 3600 + minutes * 60;
	if (minus)
		*offset = -*offset;
	return true;
}

/* Each part between slashes begins with a letter or digit, so that none is
 * empty, an option or "..". */
bool
zone_name_is_safe(struct str name)
{
	bool start = true;

	if (name.n == 0 || name.n > NAME_MAX_BYTES)
		return false;
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		bool plain = ascii_alpha(c) || ascii_digit(c);

		if (c == '/' ? start : !plain && (start || !strchr("_+-", c)))
			return false;
		if (c == '\0')
			return false;
		start = c == '/';
	}
	return !start;
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

size_t
zone_name_distance(struct str a, struct str b, size_t max)
{
	size_t row[NAME_MAX_BYTES + 1];

	if (a.n > NAME_MAX_BYTES || b.n > NAME_MAX_BYTES ||
	    (a.n > b.n ? a.n - b.n : b.n - a.n) > max)
		return max + 1;
	for (size_t j = 0; j <= b.n; j++)
		row[j] = j;
	for (size_t i = 0; i < a.n; i++) {
		size_t corner = row[0];

		row[0] = i + 1;
		for (size_t j = 0; j < b.n; j++) {
			size_t above = row[j + 1];
			size_t change = corner + (ascii_lower(a.p[i]) !=
						     ascii_lower(b.p[j]));

			row[j + 1] = least(change, least(above, row[j]) + 1);
			corner = above;
		}
	}
	return least(row[b.n], max + 1);
}
