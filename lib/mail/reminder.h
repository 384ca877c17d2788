/*
 * The mail of an alarm (RFC 5545, 3.6.6, EMAIL; any other as well).
 */
#ifndef KALENDS_MAIL_REMINDER_H
#define KALENDS_MAIL_REMINDER_H

#include "mail/mail.h"
#include "text/row.h"

/* What all of them have in common. */
struct reminder_mail {
	struct str sender;
	struct str recipient; /* gets them; empty: the owner, else attendees */
	bool attendees; /* EMAIL alarms go to their ATTENDEEs in any case */
	int64_t date;
	struct str zone; /* that times are in */
};

/* The columns of icsalarm that a mail is made of, in the order in which their
 * fields are given. */
extern const char reminder_columns[];

/* Appends the message. owner: the calendar's, or empty. id: the same for the
 * same alarm, so that a mail sent twice has one Message-ID. ERR_VALUE where
 * nobody can get it. */
bool reminder_compose(const struct reminder_mail *reminder,
    const struct field *fields, struct str owner, uint64_t id, struct buf *out,
    struct error *err);

#endif
