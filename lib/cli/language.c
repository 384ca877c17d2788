#include "cli/language.h"

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>

static bool
in(struct str tag, const char *const *list)
{
	for (size_t i = 0; list[i]; i++)
		if (words_locale_is(tag, list[i]))
			return true;
	return false;
}

static bool
runs_from_right(struct str tag)
{
	static const char *const list[] = {"ar", "fa", "he", "iw", "ur", "ps",
	    "sd", "ckb", "yi", "dv", "ug", NULL};

	return in(tag, list);
}

/* Arabic has its own in the east, the digits of Europe in the west (CLDR). */
static const char *
digits_of(struct str tag)
{
	static const char *const west[] = {"ar_MA", "ar_DZ", "ar_TN", "ar_LY",
	    "ar_EH", "ar_AE", NULL};

	if (words_locale_is(tag, "ar") && !in(tag, west))
		return "٠\0١\0٢\0٣\0٤\0٥\0٦\0٧\0٨\0٩";
	if (words_locale_is(tag, "fa"))
		return "۰\0۱\0۲\0۳\0۴\0۵\0۶\0۷\0۸\0۹";
	return NULL;
}

static bool
has_twelve_hours(struct str tag)
{
	static const char *const list[] = {"en_US", "en_CA", "en_AU", "en_NZ",
	    "en_IN", "en_PH", NULL};

	return in(tag, list);
}

static void
take_tag(struct language *language, const char *tag)
{
	for (; *tag; tag++)
		buf_add_char(&language->name, *tag == '-' ? '_' : *tag);
	language->tag = buf_str(&language->name);
}

bool
language_set(struct language *language, const char *tag, struct error *err)
{
	*language = (struct language){.words = words_of(NULL)};
	charset_init(&language->charset, nl_langinfo(CODESET));
	if (!tag) {
		take_tag(language, setlocale(LC_TIME, NULL));
		language->mirrored =
		    runs_from_right(str_of(setlocale(LC_MESSAGES, NULL)));
	} else {
		take_tag(language, tag);
		language->words = words_named(language->tag);
		language->names = date_names_of(language->tag);
		language->mirrored = runs_from_right(language->tag);
		language->named = true;
	}
	language->digits = digits_of(language->tag);
	language->twelve = has_twelve_hours(language->tag);
	if (!buf_ok(&language->name))
		return error_set(err, ERR_MEMORY, pos_none(), "no memory");
	if (language->words)
		return true;
	return error_set(err, ERR_USAGE, pos_none(),
	    "%s: one of ar, de, en, es, fr, it, ja, nl, or such as en-US", tag);
}

void
language_free(struct language *language)
{
	buf_free(&language->name);
	charset_free(&language->charset);
}

enum weekday
locale_week_start(void)
{
#ifdef __GLIBC__
	struct str locale = str_of(setlocale(LC_TIME, NULL));
	/* A number in place of a pointer: the date of the day counted as 1. */
	uintptr_t date = (uintptr_t)nl_langinfo(_NL_TIME_WEEK_1STDAY);
	unsigned first = (unsigned char)nl_langinfo(_NL_TIME_FIRST_WEEKDAY)[0];

	if (str_eq(locale, STR("C")) || str_eq(locale, STR("POSIX")) ||
	    str_starts(locale, STR("C.")) || first < 1 || first > 7)
		return MONDAY;
	if ((date & 0xffffffff) == 19971130) /* a Sunday; else a Monday */
		first += 6;
	return (enum weekday)((first - 1) % 7);
#else
	return MONDAY;
#endif
}

enum weekday
language_week_start(const struct language *language)
{
	static const char *const sunday[] = {"en_US", "en_CA", "en_AU", "en_IN",
	    "en_PH", "es_MX", "es_CO", "es_PE", "fr_CA", "ja", "ar_SA", NULL};
	static const char *const saturday[] = {"ar_EG", "ar_DZ", "ar_IQ",
	    "ar_JO", "ar_KW", "ar_QA", NULL};

	if (language->named && in(language->tag, sunday))
		return SUNDAY;
	if (language->named && in(language->tag, saturday))
		return SATURDAY;
	if (language->named)
		return MONDAY;
	return locale_week_start();
}

static void
add_digits(const struct language *language, struct buf *to, struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (language->digits && c >= '0' && c <= '9')
			buf_add_str(to,
			    str_of(language->digits +
				   (size_t)(c - '0') * sizeof("٠")));
		else
			buf_add_char(to, c);
	}
}

void
language_date(const struct language *language, struct buf *to,
    enum date_form form, int32_t day)
{
	struct buf plain = {0};

	words_date_in(&plain, form, day, language->tag, language->names,
	    &language->charset);
	add_digits(language, to, buf_str(&plain));
	buf_free(&plain);
}

void
language_weekday(const struct language *language, struct buf *to, int32_t day,
    bool brief)
{
	words_weekday(to, day, brief, language->names, &language->charset);
}

void
language_number(const struct language *language, struct buf *to,
    uint64_t number)
{
	char text[24];

	snprintf(text, sizeof(text), "%ju", (uintmax_t)number);
	add_digits(language, to, str_of(text));
}

static void
add_time(const struct language *language, struct buf *to, int minutes,
    bool always)
{
	int hour = minutes / 60 % 24, minute = minutes % 60;
	char text[40];

	if (!language->twelve)
		snprintf(text, sizeof(text), "%02d:%02d", hour, minute);
	else if (minute || always)
		snprintf(text, sizeof(text), "%d:%02d%c", (hour + 11) % 12 + 1,
		    minute, hour < 12 ? 'a' : 'p');
	else
		snprintf(text, sizeof(text), "%d%c", (hour + 11) % 12 + 1,
		    hour < 12 ? 'a' : 'p');
	add_digits(language, to, str_of(text));
}

void
language_clock(const struct language *language, struct buf *to, int minutes)
{
	add_time(language, to, minutes, true);
}

void
language_hour(const struct language *language, struct buf *to, int hour)
{
	add_time(language, to, hour * 60, false);
}

void
language_week(const struct language *language, struct buf *to, int week)
{
	struct buf number = {0};

	language_number(language, &number, (uint64_t)week);
	words_fill(to, language->words->week, buf_str(&number), STR(""));
	buf_free(&number);
}
