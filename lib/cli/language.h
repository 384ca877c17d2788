/*
 * How pages are written: words, dates, times, digits, direction. By the locale,
 * or by a language that is named, which then needs no locale on the machine.
 */
#ifndef KALENDS_CLI_LANGUAGE_H
#define KALENDS_CLI_LANGUAGE_H

#include "base/error.h"
#include "cli/words.h"
#include "time/civil.h"

struct language {
	const struct words *words;
	bool mirrored; /* written from right to left */

	/* Private. */
	const struct date_names *names; /* NULL: the C library's */
	struct str tag;                 /* "fr_CA" */
	bool named;                     /* by the user */
	bool twelve;                    /* hours of the day: 1 to 12, twice */
	const char *digits;             /* ten of three bytes; NULL: ASCII */
	struct buf name;
	struct charset charset;
};

/* tag: "fr", "en-US" (BCP 47) or "ar_MA"; NULL: LC_MESSAGES and LC_TIME as
 * they are set. ERR_USAGE for a language without words of its own. */
bool language_set(struct language *language, const char *tag,
    struct error *err);
void language_free(struct language *language);

/* On which day weeks begin: of the territory, by CLDR, where a language was
 * named; else as the locale has it. */
enum weekday language_week_start(const struct language *language);

/* By LC_TIME; MONDAY in the C locale, and where the C library does not tell. */
enum weekday locale_week_start(void);

/* All of these append. */
void language_date(const struct language *language, struct buf *to,
    enum date_form form, int32_t day);
void language_weekday(const struct language *language, struct buf *to,
    int32_t day, bool brief);
void language_number(const struct language *language, struct buf *to,
    uint64_t number);
/* Minutes of the day: "09:30", "9:30a". */
void language_clock(const struct language *language, struct buf *to,
    int minutes);
/* A shorter one for whole hours, along an axis: "09:00", "9a". */
void language_hour(const struct language *language, struct buf *to, int hour);
/* "week 48". */
void language_week(const struct language *language, struct buf *to, int week);

#endif
