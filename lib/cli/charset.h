/*
 * The character set of the user's terminal. Everything is laid out in UTF-8;
 * where the terminal has another set, what it cannot show is replaced first,
 * so that widths are right, and the finished lines are converted.
 */
#ifndef KALENDS_CLI_CHARSET_H
#define KALENDS_CLI_CHARSET_H

#include "base/buf.h"

struct charset {
	bool utf8;
	void *to, *from; /* iconv_t, NULL where only ASCII can be shown */
};

/* codeset: as nl_langinfo(CODESET) says. An unknown one is taken for ASCII. */
void charset_init(struct charset *charset, const char *codeset);
void charset_free(struct charset *charset);

/* UTF-8 that the set can show: letters lose their accents, typographic marks
 * become ASCII, the rest is "?", one for each visible character. */
bool charset_reduce(const struct charset *charset, struct buf *out,
    struct str text);

/* From UTF-8 that has gone through charset_reduce() to the set. */
bool charset_write(const struct charset *charset, struct buf *out,
    struct str text);

/* To UTF-8: what the C library says in the locale's language. */
bool charset_read(const struct charset *charset, struct buf *out,
    struct str text);

#endif
