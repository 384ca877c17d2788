#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

/* C0, DEL, C1 and what is no UTF-8, also a character that was cut: a '?' for
 * each byte. */
static void
make_harmless(char *text)
{
	struct str rest = str_of(text);

	while (rest.n) {
		char *at = text + (rest.p - text);
		int32_t c = utf8_next(&rest);

		if (c < 0x20 || (c >= 0x7f && c < 0xa0))
			memset(at, '?', (size_t)(rest.p - at));
	}
}

__attribute__((format(printf, 4, 0))) static void
fill(struct error *err, enum error_code code, struct pos pos,
    const char *format, va_list args)
{
	err->code = code;
	err->pos = pos;
	if (vsnprintf(err->message, sizeof(err->message), format, args) < 0)
		err->message[0] = '\0';
	make_harmless(err->message);
}

bool
error_set(struct error *err, enum error_code code, struct pos pos,
    const char *format, ...)
{
	va_list args;

	if (!err)
		return false;
	va_start(args, format);
	fill(err, code, pos, format, args);
	va_end(args);
	return false;
}

bool
error_errno(struct error *err, struct pos pos, const char *format, ...)
{
	va_list args;
	const char *reason = strerror(errno);
	size_t n;

	if (!err)
		return false;
	va_start(args, format);
	fill(err, ERR_IO, pos, format, args);
	va_end(args);
	n = strlen(err->message);
	snprintf(err->message + n, sizeof(err->message) - n, ": %s", reason);
	return false;
}
