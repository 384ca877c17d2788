/*
 * What the module kalends-mail.so gives (modules/mail.c): the one place that
 * links GMime.
 */
#ifndef KALENDS_MAIL_MAIL_MODULE_H
#define KALENDS_MAIL_MAIL_MODULE_H

#include "mail/mail.h"

struct mail_module {
	/* All fields are checked and clean. */
	bool (*compose)(const struct mail *mail, struct buf *out);
};

/* The symbol that the module exports. */
extern const struct mail_module kalends_mail;

#endif
