/*
 * The words of pages for people, in the user's language: English, French,
 * German, Spanish, Italian, Dutch, Arabic, Japanese; English for all others.
 * Names of days and months are the C library's.
 *
 * All texts are UTF-8, to be shown through charset_reduce() as everything else;
 * the names of the C library come in the locale's character set and are
 * converted.
 */
#ifndef KALENDS_CLI_WORDS_H
#define KALENDS_CLI_WORDS_H

#include "cli/charset.h"

/* %1 and %2 are filled in by words_fill(). */
struct words {
	const char *language;   /* "en": ISO 639 */
	const char *week;       /* "week %1" */
	const char *week_short; /* "W%1", for a narrow column */
	const char *today, *tomorrow;
	const char *all_day;
	const char *day_of;       /* "day %1 of %2" */
	const char *nothing;      /* "Nothing from %1 to %2." */
	const char *nothing_on;   /* "Nothing on %1." */
	const char *nothing_ever; /* "Nothing." */
	const char *free;         /* time without an event */
	const char *more;         /* "%1 more", what had no room */
	const char *no_title;
	const char *cancelled, *tentative, *private;
	const char *tasks, *due, *overdue, *done, *no_date;
	const char *priority; /* "priority %1" */
	/* On paper: heading of what had no room, foot of a page that lacks
	 * something. */
	const char *details, *incomplete;
};

/* By a locale's name ("fr_FR.UTF-8"); NULL: LC_MESSAGES, as setlocale() has
 * set it from LC_ALL, LC_MESSAGES or LANG. Never NULL. */
const struct words *words_of(const char *locale);

/* Appends the template with its %1 and %2 replaced; false without memory. */
bool words_fill(struct buf *to, const char *template, struct str first,
    struct str second);

enum date_form {
	DATE_LONG,  /* "Monday 23 November 2026" */
	DATE_SHORT, /* "Mon 23 Nov" */
	DATE_PLAIN, /* "23 November 2026" */
	DATE_MONTH, /* "November 2026" */
};

/* Appends the date in the order that its language is used to, by LC_TIME; day
 * is a day number (time/civil.h). False without memory. */
bool words_date(struct buf *to, enum date_form form, int32_t day,
    const struct charset *charset);

#endif
