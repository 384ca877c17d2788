#include "cli/words.h"

#include <locale.h>
#include <time.h>

#include "time/civil.h"

/* The first one stands for all other languages. */
static const struct words languages[] = {
    {
	.language = "en",
	.week = "week %1",
	.week_short = "W%1",
	.today = "today",
	.tomorrow = "tomorrow",
	.all_day = "all day",
	.day_of = "day %1 of %2",
	.nothing = "Nothing from %1 to %2.",
	.nothing_on = "Nothing on %1.",
	.nothing_ever = "Nothing.",
	.free = "free",
	.more = "%1 more",
	.no_title = "(no title)",
	.cancelled = "cancelled",
	.tentative = "tentative",
	.private = "private",
	.tasks = "Tasks",
	.due = "due",
	.overdue = "overdue",
	.done = "done",
	.no_date = "No date",
	.priority = "priority %1",
	.details = "Details",
	.incomplete = "incomplete: not every calendar could be read",
	.notes = "Notes",
    },
    {
	.language = "fr",
	.week = "semaine %1",
	.week_short = "S%1",
	.today = "aujourd’hui",
	.tomorrow = "demain",
	.all_day = "journée",
	.day_of = "jour %1 sur %2",
	.nothing = "Rien du %1 au %2.",
	.nothing_on = "Rien le %1.",
	.nothing_ever = "Rien.",
	.free = "libre",
	.more = "%1 de plus",
	.no_title = "(sans titre)",
	.cancelled = "annulé",
	.tentative = "provisoire",
	.private = "privé",
	.tasks = "Tâches",
	.due = "échéance",
	.overdue = "en retard",
	.done = "fait",
	.no_date = "Sans date",
	.priority = "priorité %1",
	.details = "Détails",
	.incomplete = "incomplet : un agenda n’a pas pu être lu en entier",
	.notes = "Notes",
    },
    {
	.language = "de",
	.week = "KW %1",
	.week_short = "KW%1",
	.today = "heute",
	.tomorrow = "morgen",
	.all_day = "ganztägig",
	.day_of = "Tag %1 von %2",
	.nothing = "Nichts vom %1 bis zum %2.",
	.nothing_on = "Nichts am %1.",
	.nothing_ever = "Nichts.",
	.free = "frei",
	.more = "%1 weitere",
	.no_title = "(ohne Titel)",
	.cancelled = "abgesagt",
	.tentative = "vorläufig",
	.private = "privat",
	.tasks = "Aufgaben",
	.due = "fällig",
	.overdue = "überfällig",
	.done = "erledigt",
	.no_date = "Ohne Datum",
	.priority = "Priorität %1",
	.details = "Einzelheiten",
	.incomplete = "unvollständig: nicht jeder Kalender war lesbar",
	.notes = "Notizen",
    },
    {
	.language = "es",
	.week = "semana %1",
	.week_short = "S%1",
	.today = "hoy",
	.tomorrow = "mañana",
	.all_day = "todo el día",
	.day_of = "día %1 de %2",
	.nothing = "Nada del %1 al %2.",
	.nothing_on = "Nada el %1.",
	.nothing_ever = "Nada.",
	.free = "libre",
	.more = "%1 más",
	.no_title = "(sin título)",
	.cancelled = "cancelado",
	.tentative = "provisional",
	.private = "privado",
	.tasks = "Tareas",
	.due = "vence",
	.overdue = "vencida",
	.done = "hecha",
	.no_date = "Sin fecha",
	.priority = "prioridad %1",
	.details = "Detalles",
	.incomplete = "incompleto: no se pudo leer todo",
	.notes = "Notas",
    },
    {
	.language = "it",
	.week = "settimana %1",
	.week_short = "S%1",
	.today = "oggi",
	.tomorrow = "domani",
	.all_day = "giornata",
	.day_of = "giorno %1 di %2",
	/* Without the article, which would hang on the number. */
	.nothing = "Niente in programma: %1 – %2.",
	.nothing_on = "Niente in programma: %1.",
	.nothing_ever = "Niente.",
	.free = "libero",
	.more = "altri %1",
	.no_title = "(senza titolo)",
	.cancelled = "annullato",
	.tentative = "provvisorio",
	.private = "privato",
	.tasks = "Attività",
	.due = "scadenza",
	.overdue = "scaduta",
	.done = "fatta",
	.no_date = "Senza data",
	.priority = "priorità %1",
	.details = "Dettagli",
	.incomplete = "incompleto: non tutto è stato letto",
	.notes = "Note",
    },
    {
	.language = "nl",
	.week = "week %1",
	.week_short = "W%1",
	.today = "vandaag",
	.tomorrow = "morgen",
	.all_day = "hele dag",
	.day_of = "dag %1 van %2",
	.nothing = "Niets van %1 tot en met %2.",
	.nothing_on = "Niets op %1.",
	.nothing_ever = "Niets.",
	.free = "vrij",
	.more = "nog %1",
	.no_title = "(zonder titel)",
	.cancelled = "geannuleerd",
	.tentative = "voorlopig",
	.private = "privé",
	.tasks = "Taken",
	.due = "uiterlijk",
	.overdue = "te laat",
	.done = "gereed",
	.no_date = "Zonder datum",
	.priority = "prioriteit %1",
	.details = "Details",
	.incomplete = "onvolledig: niet alles kon worden gelezen",
	.notes = "Notities",
    },
    {
	.language = "ar",
	.week = "الأسبوع %1",
	.week_short = "أ%1",
	.today = "اليوم",
	.tomorrow = "غدًا",
	.all_day = "طوال اليوم",
	.day_of = "اليوم %1 من %2",
	.nothing = "لا شيء من %1 إلى %2.",
	.nothing_on = "لا شيء في %1.",
	.nothing_ever = "لا شيء.",
	.free = "متاح",
	.more = "%1 أخرى",
	.no_title = "(بلا عنوان)",
	.cancelled = "ملغى",
	.tentative = "مبدئي",
	.private = "خاص",
	.tasks = "المهام",
	.due = "الاستحقاق",
	.overdue = "متأخرة",
	.done = "تمت",
	.no_date = "بلا تاريخ",
	.priority = "الأولوية %1",
	.details = "التفاصيل",
	.incomplete = "غير مكتمل: تعذرت قراءة بعض التقويمات",
	.notes = "ملاحظات",
    },
    {
	.language = "ja",
	.week = "第%1週",
	.week_short = "%1週",
	.today = "今日",
	.tomorrow = "明日",
	.all_day = "終日",
	.day_of = "%2日中%1日目",
	.nothing = "%1から%2まで予定はありません。",
	.nothing_on = "%1の予定はありません。",
	.nothing_ever = "予定はありません。",
	.free = "空き",
	.more = "他%1件",
	.no_title = "(無題)",
	.cancelled = "中止",
	.tentative = "仮",
	.private = "非公開",
	.tasks = "タスク",
	.due = "期限",
	.overdue = "期限切れ",
	.done = "完了",
	.no_date = "日付なし",
	.priority = "優先度%1",
	.details = "詳細",
	.incomplete = "不完全: 読めないカレンダーがありました",
	.notes = "メモ",
    },
};

/* %A %a %B %b as strftime has them, %d and %m without a zero, %Y. The longest
 * name that fits the locale wins; the first one stands for all others. */
static const struct date_order {
	const char *locale;
	const char *forms[4]; /* by enum date_form */
} orders[] = {
    {"", {"%A %d %B %Y", "%a %d %b", "%d %B %Y", "%B %Y"}},
    {"en_US", {"%A, %B %d, %Y", "%a, %b %d", "%B %d, %Y", "%B %Y"}},
    {"de", {"%A, %d. %B %Y", "%a, %d. %b", "%d. %B %Y", "%B %Y"}},
    {"es", {"%A, %d de %B de %Y", "%a %d %b", "%d de %B de %Y", "%B de %Y"}},
    {"ar", {"%A، %d %B %Y", "%a %d %b", "%d %B %Y", "%B %Y"}},
    {"ja", {"%Y年%m月%d日 %A", "%m月%d日(%a)", "%Y年%m月%d日", "%Y年%m月"}},
    {"zh", {"%Y年%m月%d日 %A", "%m月%d日 %a", "%Y年%m月%d日", "%Y年%m月"}},
};

bool
words_locale_is(struct str locale, const char *name)
{
	struct str prefix = str_of(name);

	return str_starts(locale, prefix) &&
	       (locale.n == prefix.n || !ascii_alpha(locale.p[prefix.n]));
}

const struct words *
words_named(struct str locale)
{
	size_t count = sizeof(languages) / sizeof(languages[0]);

	for (size_t i = 0; i < count; i++)
		if (words_locale_is(locale, languages[i].language))
			return &languages[i];
	return NULL;
}

const struct words *
words_of(const char *locale)
{
	const struct words *words =
	    words_named(str_of(locale ? locale : setlocale(LC_MESSAGES, NULL)));

	return words ? words : &languages[0];
}

bool
words_fill(struct buf *to, const char *template, struct str first,
    struct str second)
{
	for (const char *c = template; *c; c++) {
		if (*c == '%' && (c[1] == '1' || c[1] == '2'))
			buf_add_str(to, *++c == '1' ? first : second);
		else
			buf_add_char(to, *c);
	}
	return buf_ok(to);
}

/* --- dates ---------------------------------------------------------------- */

static const struct date_order *
order_of(struct str locale)
{
	size_t count = sizeof(orders) / sizeof(orders[0]);

	for (size_t i = 1; i < count; i++)
		if (words_locale_is(locale, orders[i].locale))
			return &orders[i];
	return &orders[0];
}

/* In the words of the C library. */
static void
add_name(struct buf *to, char which, const struct civil *civil,
    enum weekday weekday, const struct charset *charset)
{
	struct tm tm = {.tm_mon = civil->month - 1,
	    .tm_mday = 1,
	    .tm_wday = ((int)weekday + 1) % 7};
	char text[128];
	struct str name = {text, 0};

	if (which == 'A')
		name.n = strftime(text, sizeof(text), "%A", &tm);
	else if (which == 'a')
		name.n = strftime(text, sizeof(text), "%a", &tm);
	else if (which == 'B')
		name.n = strftime(text, sizeof(text), "%B", &tm);
	else
		name.n = strftime(text, sizeof(text), "%b", &tm);
	/* Some locales pad their short names. */
	name = str_trim(name);
	if (charset->utf8)
		buf_add_str(to, name);
	else
		charset_read(charset, to, name);
}

static const char *
name_of(const struct date_names *names, char which, const struct civil *civil,
    enum weekday weekday)
{
	switch (which) {
	case 'A':
		return names->days[weekday];
	case 'a':
		return names->short_days[weekday];
	case 'B':
		return names->months[civil->month - 1];
	default:
		return names->short_months[civil->month - 1];
	}
}

bool
words_weekday(struct buf *to, int32_t day, bool brief,
    const struct date_names *names, const struct charset *charset)
{
	struct civil civil = civil_of_day(day);
	enum weekday weekday = civil_weekday(day);
	char which = brief ? 'a' : 'A';

	if (names)
		buf_add_str(to, str_of(name_of(names, which, &civil, weekday)));
	else
		add_name(to, which, &civil, weekday, charset);
	return buf_ok(to);
}

bool
words_date_in(struct buf *to, enum date_form form, int32_t day,
    struct str locale, const struct date_names *names,
    const struct charset *charset)
{
	struct civil civil = civil_of_day(day);
	enum weekday weekday = civil_weekday(day);
	const struct date_order *order = order_of(locale);

	for (const char *c = order->forms[form]; *c; c++) {
		if (*c != '%')
			buf_add_char(to, *c);
		else if (*++c == 'd')
			buf_printf(to, "%d", civil.day);
		else if (*c == 'm')
			buf_printf(to, "%d", civil.month);
		else if (*c == 'Y')
			buf_printf(to, "%04d", civil.year);
		else if (names)
			buf_add_str(to,
			    str_of(name_of(names, *c, &civil, weekday)));
		else
			add_name(to, *c, &civil, weekday, charset);
	}
	return buf_ok(to);
}

bool
words_date(struct buf *to, enum date_form form, int32_t day,
    const struct charset *charset)
{
	return words_date_in(to, form, day, str_of(setlocale(LC_TIME, NULL)),
	    NULL, charset);
}
