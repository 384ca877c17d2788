/*
 * Mails that kalends writes itself (RFC 5322): plain text in UTF-8. GMime makes
 * the message, in a module that is loaded when the first one is made: header
 * fields, encoded words and transfer encodings are never made by hand.
 */
#ifndef KALENDS_MAIL_MAIL_H
#define KALENDS_MAIL_MAIL_H

#include "base/buf.h"
#include "base/error.h"

struct mail {
	struct str from; /* an address: see mail_address_ok() */
	const struct str *to;
	size_t to_count;
	/* UTF-8; what is no text becomes U+FFFD, what is very long is cut. */
	struct str subject, text;
	struct str id; /* of Message-ID, without <> */
	int64_t date;  /* seconds since 1970 */
};

/* Whether it can stand as it is in a header and on a command line: one address
 * or local name in ASCII, without blanks, quotes and comments, that does not
 * begin with "-". */
bool mail_address_ok(struct str address);

/* Appends the address of who runs this program, user@host. */
bool mail_own_address(struct buf *out);

/* Appends the message, with LF. No byte of a field reaches another one or the
 * header. ERR_VALUE for a bad address, ERR_ABSENT without the module. */
bool mail_compose(const struct mail *mail, struct buf *out, struct error *err);

/* Appends a message to a mailbox (RFC 4155, with ">" before lines of the body
 * that could be taken for its separator). */
bool mail_to_mbox(struct str message, struct str from, int64_t date,
    struct buf *out);

#endif
