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
	const char *notes; /* heading of lines to write on */
};

/* By a locale's name ("fr_FR.UTF-8"); NULL: LC_MESSAGES, as setlocale() has
 * set it from LC_ALL, LC_MESSAGES or LANG. Never NULL. */
const struct words *words_of(const char *locale);
/* NULL for a language that has none. */
const struct words *words_named(struct str locale);

/* Appends the template with its %1 and %2 replaced; false without memory. */
bool words_fill(struct buf *to, const char *template, struct str first,
    struct str second);

enum date_form {
	DATE_LONG,  /* "Monday 23 November 2026" */
	DATE_SHORT, /* "Mon 23 Nov" */
	DATE_PLAIN, /* "23 November 2026" */
	DATE_MONTH, /* "November 2026" */
};

/* Names of months and days, Monday first; the short ones as CLDR has them. */
struct date_names {
	const char *language;
	const char *months[12], *short_months[12], *days[7], *short_days[7];
};

/* Of the languages that have words; NULL for others. */
const struct date_names *date_names_of(struct str locale);

/* Appends the date in the order that its language is used to, by LC_TIME; day
 * is a day number (time/civil.h). False without memory. */
bool words_date(struct buf *to, enum date_form form, int32_t day,
    const struct charset *charset);

/* The same in the order of a locale; names NULL: the C library's. */
bool words_date_in(struct buf *to, enum date_form form, int32_t day,
    struct str locale, const struct date_names *names,
    const struct charset *charset);

/* "Monday", or "Mon". */
bool words_weekday(struct buf *to, int32_t day, bool brief,
    const struct date_names *names, const struct charset *charset);

/* "fr" is in "fr", "fr_CA.UTF-8" and "fr@euro", but not in "fro". */
bool words_locale_is(struct str locale, const char *name);

#endif
