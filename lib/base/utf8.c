#include "base/utf8.h"

static bool
in_range(int32_t c, size_t n)
{
	static const int32_t least[] = {0, 0, 0x80, 0x800, 0x10000};

	return c >= least[n] && c <= 0x10ffff && (c < 0xd800 || c > 0xdfff);
}

int32_t
utf8_next(struct str *rest)
{
	unsigned char first = (unsigned char)rest->p[0];
	size_t n = first < 0x80   ? 1
	           : first < 0xc2 ? 0
	           : first < 0xe0 ? 2
	           : first < 0xf0 ? 3
	           : first < 0xf5 ? 4
	                          : 0;
	int32_t c = first;

	if (n > 1)
		c = first & (0x7f >> n);
	for (size_t i = 1; i < n; i++) {
		if (i >= rest->n || !utf8_is_tail(rest->p[i])) {
			n = 0;
			break;
		}
		c = c << 6 | ((unsigned char)rest->p[i] & 0x3f);
	}
	if (n == 0 || (n > 1 && !in_range(c, n))) {
		*rest = str_from(*rest, 1);
		return -1;
	}
	*rest = str_from(*rest, n);
	return c;
}

bool
utf8_valid(struct str s)
{
	while (s.n)
		if (utf8_next(&s) < 0)
			return false;
	return true;
}
