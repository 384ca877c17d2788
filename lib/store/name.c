/* Names of items. */
#include <stdio.h>

#include "base/utf8.h"
#include "store/vdir_impl.h"

#define SAFE_MOST  200 /* bytes of a UID that may be a name */
#define HASH_BYTES 20

static bool
is_safe(char c)
{
	return ascii_alpha(c) || ascii_digit(c) || c == '.' || c == '_' ||
	       c == '@' || c == '+' || c == '-';
}

static bool
is_harmless(struct str uid)
{
	if (uid.n == 0 || uid.n > SAFE_MOST || uid.p[0] == '.')
		return false;
	for (size_t i = 0; i < uid.n; i++)
		if (!is_safe(uid.p[i]))
			return false;
	return true;
}

void
vdir_name(char name[VDIR_NAME], struct str uid, const struct digest *identity,
    unsigned n)
{
	char hash[2 * HASH_BYTES + 1];

	if (is_harmless(uid) && n-- == 0) {
		snprintf(name, VDIR_NAME, "%.*s.ics", STR_ARG(uid));
		return;
	}
	digest_hex(identity, HASH_BYTES, hash);
	if (n == 0)
		snprintf(name, VDIR_NAME, "%s.ics", hash);
	else
		snprintf(name, VDIR_NAME, "%s-%u.ics", hash, n + 1);
}

/* Letters of other alphabets are no danger in a name; what turns the direction
 * of text or joins and breaks it invisibly is. */
static bool
is_letter(int32_t c)
{
	return c >= 0xa0 && !(c >= 0x2000 && c < 0x2070) && c != 0xfeff;
}

void
vdir_safe_name(char name[VDIR_NAME], struct str text)
{
	size_t n = 0;

	while (text.n && n < SAFE_MOST - 4) {
		const char *p = text.p;
		int32_t c = utf8_next(&text);
		size_t k = (size_t)(text.p - p);
		bool keep = is_letter(c) || (k == 1 && is_safe(*p));

		if (!keep && (n == 0 || name[n - 1] == '-'))
			continue;
		if (n == 0 && *p == '.')
			continue;
		if (keep)
			memcpy(name + n, p, k);
		else
			name[n] = '-';
		n += keep ? k : 1;
	}
	while (n && (name[n - 1] == '-' || name[n - 1] == '.'))
		n--;
	if (n == 0)
		name[n++] = 'x';
	snprintf(name + n, VDIR_NAME - n, ".ics");
}
