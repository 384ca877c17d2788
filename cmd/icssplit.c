/* icssplit: take calendars apart: import into a vdir, or files by what the
 * components have in common. */
#include "cli/cli.h"
#include "cli/label.h"
#include "cli/progress.h"
#include "cli/tally.h"
#include "cli/vdir_label.h"
#include "store/import.h"
#include "store/parts.h"
#include "store/whole.h"

enum {
	OPT_INTO = OPT_FIRST_OWN,
	OPT_BY,
	OPT_MIRROR,
	OPT_REPLACE,
	OPT_COUNT,
};

static const struct option_row rows[] = {
    {OPT_INTO, "into", "DIR", "the folder that they go into"},
    {OPT_BY, "by", "WHAT",
	"uid, calendar, month, attendee, count=N, size=SIZE"},
    {OPT_MIRROR, "mirror", NULL, "remove what the source has no longer"},
    {OPT_REPLACE, "replace", "older|conflict|all",
	"which items give way to what differs (older)"},
    {'n', "dry-run", NULL, "change nothing, say what would be done"},
    {'v', "verbose", NULL, "a row for each object: what was done, UID, file"},
    {OPT_COUNT, "count", NULL, "how many were new, newer, unchanged, ..."},
    {'J', "json", NULL, "the same as JSON Lines"},
    {'z', "tz", "ZONE", "zone in which a time in UTC has its month"},
    OPTION_MEMORY,
    OPTION_QUIET_ERRORS,
    OPTION_HELP,
};

static const struct program program = {
    .name = "icssplit",
    .operands = "--into DIR [[NAME=]INPUT ...]",
    .purpose = "Import calendars into a vdir, or cut them into other files.",
    .notes = "Components stay as they are, byte for byte; those of one UID "
	     "stay in one file.\nWithout --by: by uid, a vdir.",
    .rows = rows,
    .inputs = "ics",
};

enum by { BY_UID, BY_CALENDAR, BY_PARTS };

struct split {
	struct cli cli;
	struct progress progress;
	const char *into;
	enum by by;
	enum import_replace replace;
	struct tally tally;
	bool mirror, dry_run, replace_given;

	struct vdir *vdir;
	struct gather gather;
	struct import import;
	struct parts parts;
	struct whole whole;
	struct vdir_label vdir_label;
	struct label label;      /* of the input at hand, BY_CALENDAR */
	const struct zone *zone; /* of times in UTC, for their month */
	uint64_t calendars;      /* VCALENDARs that began */
	uint64_t items;
};

/* --- options -------------------------------------------------------------- */

static bool
set_by(struct split *split, const char *value, struct error *err)
{
	static const char words[] = "uid|calendar|month|attendee";
	struct str word = str_of(value), amount;
	size_t size;

	split->by = BY_PARTS;
	amount = str_from(word, str_find_byte(word, '='));
	word = str_head(word, word.n - amount.n);
	if (amount.n)
		amount = str_from(amount, 1);
	switch (option_word(words, value)) {
	case 0:
		split->by = BY_UID;
		return true;
	case 1:
		split->by = BY_CALENDAR;
		return true;
	case 2:
		split->parts.by = PARTS_BY_MONTH;
		return true;
	case 3:
		split->parts.by = PARTS_BY_ATTENDEE;
		return true;
	default:
		break;
	}
	if (str_eq(word, STR("count")) &&
	    str_number(amount, INT64_MAX, &split->parts.most) &&
	    split->parts.most > 0) {
		split->parts.by = PARTS_BY_COUNT;
		return true;
	}
	if (str_eq(word, STR("size")) && cli_read_size(amount, &size) &&
	    size > 0) {
		split->parts.most = size;
		split->parts.by = PARTS_BY_SIZE;
		return true;
	}
	return error_set(err, ERR_USAGE, pos_none(),
	    "--by %s: one of uid, calendar, month, attendee, count=N, "
	    "size=SIZE (as 10M)",
	    value);
}

static bool
set(void *arg, int key, const char *value, struct error *err)
{
	struct split *split = arg;

	switch (key) {
	case OPT_INTO:
		split->into = value;
		return true;
	case OPT_BY:
		return set_by(split, value, err);
	case OPT_MIRROR:
		split->mirror = true;
		return true;
	case OPT_REPLACE:
		split->replace_given = true;
		split->replace =
		    (enum import_replace)option_word("older|conflict|all",
			value);
		return true;
	case 'n':
		split->dry_run = true;
		return true;
	case 'v':
		split->tally.rows = true;
		return true;
	case OPT_COUNT:
		split->tally.counts = true;
		return true;
	case 'J':
		split->tally.json = true;
		return true;
	default:
		return error_set(err, ERR_USAGE, pos_none(), "no such option");
	}
}

static void
check_options(struct split *split)
{
	struct cli *cli = &split->cli;

	if (!split->into || !*split->into)
		cli_usage(cli, "where to? --into DIR names a folder");
	if (split->by != BY_UID && split->mirror)
		cli_usage(cli, "--mirror goes with --by uid only");
	if (split->by != BY_UID && split->replace_given)
		cli_usage(cli, "--replace goes with --by uid only");
	if (split->tally.rows && split->tally.counts)
		cli_usage(cli, "of --verbose and --count only one");
	if (cli->zone_word &&
	    !(split->by == BY_PARTS && split->parts.by == PARTS_BY_MONTH))
		cli_usage(cli, "--tz goes with --by month only");
	/* What a dry run is for is what it says. */
	if (split->dry_run || split->tally.json)
		split->tally.counts = !split->tally.rows;
}

/* --- rows ----------------------------------------------------------------- */

static void
note_name_of_hash(struct split *split, const struct import_result *result)
{
	struct error err;

	error_set(&err, ERR_VALUE, result->pos,
	    "no UID: named by what it says%s%s", result->name[0] ? ", " : "",
	    result->name);
	cli_note(&split->cli, &err);
}

static void
object_done(void *arg, const struct import_result *result)
{
	static const struct str names[] = {STR_C("done"), STR_C("uid"),
	    STR_C("file")};
	struct split *split = arg;
	struct field fields[3] = {tally_text(str_of(
				      import_verdict_names[result->verdict])),
	    tally_text(result->uid), tally_text(str_of(result->name))};

	if (result->verdict == IMPORT_NEW && result->uid.n == 0)
		note_name_of_hash(split, result);
	/* What was asked for and not done is trouble; older ones were not
	 * asked for. */
	if (result->verdict == IMPORT_CONFLICT ||
	    result->verdict == IMPORT_REFUSED ||
	    result->verdict == IMPORT_FAILED)
		split->cli.trouble = true;
	tally_row(&split->tally, names, fields, 3);
}

static void
file_done(void *arg, const struct parts_result *result)
{
	static const struct str names[] = {STR_C("done"), STR_C("file"),
	    STR_C("components")};
	struct split *split = arg;
	struct field fields[3] = {tally_text(str_of(
				      parts_verdict_names[result->verdict])),
	    tally_text(str_of(result->name)), tally_number(result->components)};

	tally_row(&split->tally, names, fields, 3);
}

static bool
tag_month(void *arg, const struct record *record, struct buf *tags,
    struct arena *arena)
{
	const struct split *split = arg;

	return parts_tag_month(split->zone, record, tags, arena);
}

/* --- reading -------------------------------------------------------------- */

static void
report(void *arg, const struct error *err)
{
	struct split *split = arg;

	cli_report(&split->cli, err);
}

/* What was cut off is passed on by other programs, but not here. */
static void
report_fault(void *arg, const struct error *err)
{
	struct str text = str_of(err->message);
	size_t at = str_find(text, STR("passed on as it is"));
	struct error other = *err;

	if (err->code == ERR_CUT && at != SIZE_MAX)
		error_set(&other, ERR_CUT, err->pos, "%.*sleft out", (int)at,
		    err->message);
	report(arg, &other);
}

static void
must(struct split *split, bool ok, const struct error *err)
{
	if (!ok)
		cli_die(&split->cli, err);
}

static void
name_whole(struct split *split)
{
	const struct input *input = &split->cli.inputs.current;
	struct whole *whole = &split->whole;
	struct str none = {NULL, 0};

	label_set(&split->label, &split->cli, input, none, none);
	whole->label = input->label;
	whole->otherwise = split->label.name;
	whole->shared = input->folder != NULL;
	whole->source = input->operand;
}

static void
read_inputs(struct split *split)
{
	struct cli *cli = &split->cli;
	struct error err = {0};
	bool whole = split->by == BY_CALENDAR;

	while (cli_next_input(cli)) {
		if (whole)
			name_whole(split);
		else
			vdir_label_input(&split->vdir_label, cli);
		while (cli_next_here(cli)) {
			split->calendars += cli->reader.item == ITEM_BEGIN;
			if (cli->reader.item == ITEM_RECORD)
				progress_show(&split->progress,
				    "reading: %llu components",
				    (unsigned long long)++split->items);
			must(split,
			    whole ? whole_take(&split->whole, &err)
				  : gather_take(&split->gather, &err),
			    &err);
		}
		must(split,
		    whole ? whole_input_end(&split->whole, &err)
			  : gather_input_end(&split->gather, &err),
		    &err);
	}
}

/* --- writing -------------------------------------------------------------- */

static void
open_folder(struct split *split, unsigned flags)
{
	struct error err;

	if (split->dry_run)
		flags = 0;
	split->vdir = vdir_open(split->into, flags, &err);
	if (!split->vdir && !(split->dry_run && err.code == ERR_ABSENT))
		cli_die(&split->cli, &err);
}

/* Before anything is read: so that a wrong name costs no time. */
static void
try_folder(struct split *split)
{
	open_folder(split, VDIR_CREATE);
	vdir_close(split->vdir);
	split->vdir = NULL;
}

static void
show(void *arg, uint64_t items, uint64_t objects)
{
	struct split *split = arg;

	progress_show(&split->progress,
	    "%s: %llu items read, %llu objects of the source done", split->into,
	    (unsigned long long)items, (unsigned long long)objects);
}

/* What is gone from a source that was not read to its end is not gone. */
static bool
may_remove(struct split *split)
{
	struct error err;

	if (!split->mirror || (!split->cli.trouble && split->calendars))
		return split->mirror;
	error_set(&err, ERR_CUT, pos_none(), "--mirror: %s: nothing is removed",
	    split->calendars ? "there was trouble with the source"
			     : "there is no calendar in the source");
	cli_report(&split->cli, &err);
	return false;
}

static void
say_what_failed(struct split *split, uint64_t failed, uint64_t written,
    const char *what)
{
	struct error err;

	if (!failed)
		return;
	error_set(&err, ERR_IO, (struct pos){split->into, 0, 0},
	    "%llu %s written, %llu not", (unsigned long long)written, what,
	    (unsigned long long)failed);
	cli_report(&split->cli, &err);
}

static void
import_all(struct split *split)
{
	struct import *import = &split->import;
	const uint64_t *counts = import->counts;
	struct error err;

	import->vdir = split->vdir;
	import->gather = &split->gather;
	import->memory = split->cli.memory;
	import->dry_run = split->dry_run;
	import->mirror = may_remove(split);
	import->replace = split->replace;
	import->found = object_done;
	import->report = report;
	import->progress = show;
	import->arg = split;
	must(split, import_run(import, &err), &err);
	if (!split->dry_run && !counts[IMPORT_FAILED])
		vdir_label_write(&split->vdir_label, split->vdir,
		    buf_str(&split->gather.name), buf_str(&split->gather.color),
		    &split->cli);
	tally_counts(&split->tally, import_verdict_names, counts,
	    IMPORT_VERDICTS);
	say_what_failed(split, counts[IMPORT_FAILED],
	    counts[IMPORT_NEW] + counts[IMPORT_NEWER] +
		counts[IMPORT_REPLACED] + counts[IMPORT_REMOVED],
	    "objects");
}

static struct parts_folder *
folder_of(struct split *split)
{
	return split->by == BY_CALENDAR ? &split->whole.folder
	                                : &split->parts.folder;
}

static void
write_files(struct split *split)
{
	struct parts_folder *folder = folder_of(split);
	const uint64_t *counts = folder->counts;
	struct error err;

	folder->vdir = split->vdir;
	folder->dry_run = split->dry_run;
	folder->found = file_done;
	split->parts.gather = &split->gather;
	split->parts.memory = split->cli.memory;
	must(split,
	    split->by == BY_CALENDAR ? whole_run(&split->whole, &err)
				     : parts_run(&split->parts, &err),
	    &err);
	tally_counts(&split->tally, parts_verdict_names, counts,
	    PARTS_VERDICTS);
	say_what_failed(split, counts[PARTS_FAILED],
	    counts[PARTS_NEW] + counts[PARTS_REPLACED], "files");
}

/* --- main ----------------------------------------------------------------- */

static void
start_reading(struct split *split)
{
	struct cli *cli = &split->cli;
	struct gather *gather = &split->gather;
	struct error err;

	cli_open_inputs(cli, 0, ".ics");
	cli->reader.report = report_fault;
	cli->reader.report_arg = split;
	folder_of(split)->report = report;
	folder_of(split)->arg = split;
	if (split->by == BY_CALENDAR) {
		must(split,
		    whole_init(&split->whole, &cli->reader, cli->memory, &err),
		    &err);
		return;
	}
	must(split, gather_init(gather, &cli->reader, cli->memory, &err), &err);
	gather->report = report;
	gather->arg = split;
	if (split->by == BY_UID) {
		gather->left_out = import_left_out;
		gather->left_out_count = import_left_out_count;
		return;
	}
	gather->by = GATHER_BY_CALENDAR;
	if (split->parts.by == PARTS_BY_MONTH) {
		cli_resolve_time(cli, NULL, NULL);
		split->zone = cli->zone;
		gather->tag = tag_month;
	} else if (split->parts.by == PARTS_BY_ATTENDEE) {
		gather->tag = parts_tag_attendees;
	}
}

int
main(int argc, char **argv)
{
	static struct split split;
	struct cli_options own = {set, &split};

	cli_start(&split.cli, &program, argc, argv, &own);
	check_options(&split);
	progress_start(&split.progress, &split.cli);
	tally_start(&split.tally, &split.cli);
	try_folder(&split);
	start_reading(&split);
	read_inputs(&split);
	open_folder(&split, VDIR_WRITE);
	if (split.by == BY_UID)
		import_all(&split);
	else
		write_files(&split);
	progress_end(&split.progress);
	vdir_close(split.vdir);
	if (split.by == BY_CALENDAR)
		whole_free(&split.whole);
	else
		gather_free(&split.gather);
	label_free(&split.label);
	vdir_label_free(&split.vdir_label);
	tally_free(&split.tally);
	return cli_finish(&split.cli, STATUS_DONE);
}
