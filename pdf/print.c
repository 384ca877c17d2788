#include "pdf/print.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "pdf/range.h"

const struct print_view *
print_view_named(const char *name)
{
	static const struct print_view views[] = {
	    {"week", PERIOD_WEEK, true, draw_week},
	    {"workweek", PERIOD_WEEK, true, draw_week},
	    {"day", PERIOD_DAY, false, draw_day},
	    {"month", PERIOD_MONTH, true, draw_month},
	    {"year", PERIOD_YEAR, true, draw_year},
	    {"list", PERIOD_WEEK, false, draw_list},
	    {"tasks", PERIOD_ALL, false, draw_tasks},
	    {"team", PERIOD_WEEK, true, draw_team},
	};

	for (size_t i = 0; i < sizeof(views) / sizeof(views[0]); i++)
		if (strcmp(views[i].name, name) == 0)
			return &views[i];
	return NULL;
}

/* --- what is written ------------------------------------------------------ */

struct document {
	struct print *print;
	struct sheet sheet;
	struct agenda_paper agenda;
	struct intake intake;
	const char *path; /* of the first page; NULL: standard output */
	char *later;      /* of the page at hand, from the second on */
	size_t events, left_out, lost;
	bool stopped; /* and that is said */
};

static bool
write_bytes(void *arg, struct str bytes)
{
	struct document *document = arg;

	return !document->stopped && out_add(&document->print->cli->out, bytes);
}

/* "agenda-2.png" after "agenda.png". */
static char *
later_path(const char *path, size_t number)
{
	const char *dot = strrchr(path, '.');
	size_t n = strlen(path) + 32;
	char *name = malloc(n);

	if (!name) {
		memory_note_short();
		return NULL;
	}
	if (dot && !strchr(dot, '/'))
		snprintf(name, n, "%.*s-%zu%s", (int)(dot - path), path, number,
		    dot);
	else
		snprintf(name, n, "%s-%zu", path, number);
	return name;
}

/* A page that is a file of its own. */
static bool
begin_page(void *arg, size_t number)
{
	struct document *document = arg;
	struct cli *cli = document->print->cli;
	struct error err;
	bool ok;

	if (number == 1)
		return true;
	if (document->stopped)
		return false;
	if (!document->path) {
		error_set(&err, ERR_USAGE, pos_none(),
		    "more than one page: give -o FILE, or --format pdf");
		document->stopped = true;
		cli_report(cli, &err);
		return false;
	}
	ok = cli_end_output(cli, &err);
	free(document->later);
	document->later = ok ? later_path(document->path, number) : NULL;
	if (ok && !document->later)
		cli_no_memory(cli);
	ok = ok && cli_begin_output(cli, document->later, &err);
	document->stopped = !ok;
	if (!ok)
		cli_report(cli, &err);
	return ok;
}

/* --- what is read --------------------------------------------------------- */

static void
read_job(struct document *document, const struct print_job *job)
{
	struct print *print = document->print;
	struct agenda_paper *agenda = &document->agenda;
	struct intake *intake = &document->intake;
	struct cli *cli = print->cli;
	bool tasks = print->view->draw == draw_tasks;
	bool trouble = cli->trouble;

	*agenda = print->wish;
	if (job->title.n)
		agenda->title = job->title;
	*intake = (struct intake){.agenda = agenda,
	    .first = print->read_first,
	    .until = print->read_until,
	    .mask = print->mask,
	    .apart = print->view->draw == draw_team,
	    .undated = tasks,
	    .declined = print->declined == 1,
	    .cancelled =
		print->cancelled != 0 &&
		(print->cancelled == 1 || print->view->draw != draw_team)};
	cli->trouble = false;
	cli->operands = job->inputs;
	cli->operand_count = job->count;
	cli_open_inputs(cli, 0, ".ics");
	intake_read(intake, cli,
	    tasks ? 1u << EVENT_TODO : 1u << EVENT_EVENT | 1u << EVENT_TODO,
	    print->series_until, tasks);
	cli_close_inputs(cli);
	agenda->incomplete = cli->trouble;
	cli->trouble |= trouble;
}

/* --- pages ---------------------------------------------------------------- */

static size_t
count_lost(const struct agenda_paper *agenda)
{
	size_t lost = 0;

	for (size_t i = 0; i < agenda->count; i++)
		lost += !agenda->entries[i].shown ||
		        (agenda->overflow == OVERFLOW_CLIP &&
			    agenda->entries[i].ref != 0);
	return lost;
}

static void
set_sheet(struct document *document)
{
	struct print *print = document->print;
	struct sheet *sheet = &document->sheet;
	const struct paper *paper = print->paper;
	bool landscape = print->view->landscape;

	if (print->orientation)
		landscape = *print->orientation == 'l';
	*sheet = (struct sheet){.press = &print->press,
	    .format = print->format,
	    .width = landscape ? paper->height : paper->width,
	    .height = landscape ? paper->width : paper->height,
	    .margin = paper->margin,
	    .scale = paper->scale * print->size,
	    .page_begins = begin_page,
	    .write = write_bytes,
	    .dump = print->dump ? write_bytes : NULL,
	    .arg = document,
	    .stamp = print->stamp};
}

static void
tell(struct document *document)
{
	struct print *print = document->print;
	const struct sheet *sheet = &document->sheet;
	struct pos pos = {print->name_outputs ? document->path : NULL, 0, 0};
	char also[48] = "";
	struct error err;

	if (document->left_out)
		snprintf(also, sizeof(also), ", %zu left out",
		    document->left_out);
	if (print->verbose || document->lost) {
		error_set(&err, ERR_NONE, pos,
		    "%zu event%s on %zu page%s, %zu shortened, %zu lost%s",
		    document->events, document->events == 1 ? "" : "s",
		    sheet->page, sheet->page == 1 ? "" : "s", sheet->shortened,
		    document->lost, also);
		cli_note(print->cli, &err);
	}
	if (sheet->unknown) {
		error_set(&err, ERR_NONE, pos,
		    "%zu characters that no installed font has",
		    sheet->unknown);
		cli_note(print->cli, &err);
	}
	if (print->strict && (document->lost || sheet->unknown))
		print->cli->trouble = true;
}

static void
start_sheet(struct document *document)
{
	struct error err;

	set_sheet(document);
	if (!sheet_start(&document->sheet, &err))
		cli_die(document->print->cli, &err);
}

static void
draw_job(struct document *document)
{
	struct intake *intake = &document->intake;

	document->sheet.agenda = &document->agenda;
	document->print->view->draw(&document->sheet);
	draw_details(&document->sheet);
	document->lost += count_lost(&document->agenda);
	document->events += intake->events;
	document->left_out += intake->left_out;
	intake_free(intake);
}

/* Everything to its file, which takes its place. False where it could not be,
 * and that is said. */
static bool
finish_document(struct document *document, bool own_file)
{
	struct cli *cli = document->print->cli;
	struct error err = {0};
	bool ok = sheet_finish(&document->sheet, &err);

	if (ok)
		tell(document);
	else if (cli->out.failure == 0 && !document->stopped)
		cli_die(cli, &err);
	/* The name of a later page ends here too. */
	if (cli->out.fd >= 0 && (own_file || document->later) &&
	    !cli_end_output(cli, &err)) {
		cli_report(cli, &err);
		ok = false;
	}
	free(document->later);
	return ok;
}

/* Old pages are better than a page of nothing. */
static bool
is_readable(struct document *document, bool own_file)
{
	struct cli *cli = document->print->cli;
	struct error err;

	if (!cli->unread || document->intake.events)
		return true;
	intake_free(&document->intake);
	error_set(&err, ERR_IO,
	    (struct pos){own_file ? document->path : NULL, 0, 0},
	    "not printed: nothing of it could be read");
	if (!own_file)
		cli_die(cli, &err);
	cli_report(cli, &err);
	return false;
}

bool
print_document(struct print *print, const struct print_job *job)
{
	struct document document = {.print = print, .path = job->output};
	struct cli *cli = print->cli;
	struct error err;

	cli->unread = false;
	read_job(&document, job);
	if (!is_readable(&document, job->output))
		return false;
	if (!job->output) {
		document.path = cli->output_path;
	} else if (!cli_begin_output(cli, job->output, &err)) {
		cli_report(cli, &err);
		intake_free(&document.intake);
		return false;
	}
	start_sheet(&document);
	draw_job(&document);
	return finish_document(&document, job->output);
}

bool
print_joined(struct print *print, const struct print_job *jobs, size_t count)
{
	struct document document = {.print = print,
	    .path = print->cli->output_path};

	start_sheet(&document);
	for (size_t i = 0; i < count; i++) {
		sheet_section(&document.sheet, jobs[i].name);
		read_job(&document, &jobs[i]);
		draw_job(&document);
	}
	return finish_document(&document, false);
}
