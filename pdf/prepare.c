/* The wishes of a document, settled; see print.h. */
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "pdf/print.h"
#include "pdf/range.h"

/* The paper of the locale: LC_PAPER of the C library, in millimetres. */
static const struct paper *
paper_of_locale(void)
{
#ifdef __GLIBC__
	union {
		char *text;
		unsigned number;
	} height = {nl_langinfo(_NL_PAPER_HEIGHT)};

	if (height.number == 279)
		return paper_named(STR("letter"));
#endif
	return paper_named(STR("a4"));
}

static void
set_language(struct print *print)
{
	struct agenda_paper *wish = &print->wish;
	struct error err;

	if (!language_set(&print->tongue, print->language, &err)) {
		if (err.code == ERR_MEMORY)
			cli_die(print->cli, &err);
		cli_usage(print->cli, "--lang %s", err.message);
	}
	wish->language = &print->tongue;
	wish->words = print->tongue.words;
	wish->week_start = print->week_start >= 0
	                       ? (enum weekday)print->week_start
	                       : language_week_start(&print->tongue);
	wish->week_numbers = print->week_numbers < 0
	                         ? wish->week_start == MONDAY
	                         : print->week_numbers == 1;
}

/* Days that have a column. */
static void
set_days(struct print *print)
{
	struct agenda_paper *wish = &print->wish;
	static const struct str workweek = STR_C("workweek");

	wish->days = 0x7f;
	if (print->days > 0)
		wish->days = (uint8_t)print->days;
	else if (str_eq(str_of(print->view->name), workweek))
		wish->days =
		    wish->week_start == SUNDAY && print->tongue.mirrored
			? 0x4f  /* Sunday to Thursday */
			: 0x1f; /* Monday to Friday */
	if (print->view->period == PERIOD_DAY)
		wish->days = 0x7f;
}

/* SOURCE_DATE_EPOCH, else now: so that the same input gives the same bytes. */
static void
set_stamp(struct print *print)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	int64_t at = print->cli->now;
	struct civil civil;
	uint64_t given;

	if (epoch && str_number(str_of(epoch), 253402300799, &given))
		at = (int64_t)given;
	civil = civil_of_local(at);
	snprintf(print->stamp, sizeof(print->stamp),
	    "%04d-%02d-%02dT%02d:%02d:%02dZ", civil.year, civil.month,
	    civil.day, civil.hour, civil.minute, civil.second);
}

static void
read_holidays(struct print *print)
{
	struct cli *cli = print->cli;
	char **operands = cli->operands, *operand;
	size_t count = cli->operand_count;

	if (!print->holidays)
		return;
	print->kept = (struct intake){.agenda = &print->wish,
	    .first = print->read_first,
	    .until = print->read_until,
	    .holidays = true};
	operand = strdup(print->holidays);
	if (!operand)
		cli_no_memory(cli);
	cli->operands = &operand;
	cli->operand_count = 1;
	cli_open_inputs(cli, 0, ".ics");
	intake_read(&print->kept, cli, 1u << EVENT_EVENT, 0, false);
	cli_close_inputs(cli);
	cli->operands = operands;
	cli->operand_count = count;
	free(operand);
	/* Without them everybody would work. */
	if (cli->trouble)
		cli_usage(cli, "--holidays %s could not be read",
		    print->holidays);
}

void
print_prepare(struct print *print)
{
	if (!print->paper)
		print->paper = paper_of_locale();
	set_language(print);
	set_days(print);
	range_set(print);
	set_stamp(print);
	read_holidays(print);
}

void
print_ready(struct print *print)
{
	struct error err;

	if (!press_start(&print->press, print->tongue.mirrored, &err))
		cli_die(print->cli, &err);
}

void
print_free(struct print *print)
{
	press_end(&print->press);
	language_free(&print->tongue);
	free(print->wish.holidays);
	arena_free(&print->kept.arena);
}
