/* icsgrep: write the components that match, byte for byte as they came. */
#include <string.h>
#include <unistd.h>

#include "cal/choose.h"
#include "cli/output.h"
#include "text/envelope.h"

enum {
	OPT_TYPE = OPT_FIRST_OWN,
	OPT_HAS,
	OPT_MISSING,
	OPT_UID,
	OPT_ATTENDEE,
	OPT_CATEGORY,
	OPT_STATUS,
	OPT_CLASS,
	OPT_COUNT,
	OPT_SERIES,
};

static const struct option_row rows[] = {
    {'e', "expression", "EXPR", "what to look for; several: all must hold"},
    OPTION_RANGE,
    {OPT_TYPE, "type", "LIST", "of event,todo,journal,freebusy or a name"},
    {OPT_UID, "uid", "UID", "the component with this UID"},
    {OPT_ATTENDEE, "attendee", "TEXT", "in an attendee's address"},
    {OPT_CATEGORY, "category", "NAME", "one of its categories"},
    {OPT_STATUS, "status", "WORD", "CONFIRMED, TENTATIVE, CANCELLED, ..."},
    {OPT_CLASS, "class", "WORD", "PUBLIC, PRIVATE, CONFIDENTIAL"},
    {OPT_HAS, "has", "PROP", "has that property or component"},
    {OPT_MISSING, "missing", "PROP", "has it not"},
    {'i', "ignore-case", NULL, "case and accents make no difference"},
    {'v', "invert-match", NULL, "the components that do not match"},
    {OPT_SERIES, "series", NULL,
	"masters and overrides together (implied by -f, -t)"},
    {OPT_COUNT, "count", NULL, "only how many, for each input"},
    {'l', "files-with-matches", NULL, "only the names of inputs"},
    {'m', "max-count", "N", "at most N components of each input"},
    {'q', "quiet", NULL, "no output, status only"},
    OPTION_QUIET_ERRORS,
    OPTION_OUTPUT,
    OPTION_ZONE,
    OPTION_NOW,
    OPTION_MEMORY,
    OPTION_HELP,
};

static const struct program program = {
    .name = "icsgrep",
    .operands = "[EXPRESSION] [INPUT ...]",
    .purpose = "Write the components of calendars that match, unchanged.",
    .notes = "EXPRESSION: text in summary, description or location; PROP=text, "
	     "PROP==value,\nPROP~regex, PROP;PARAM=text, has(PROP), "
	     "missing(PROP); and, or, not, ( ).\n"
	     "Status: 0 found, 1 nothing found, 2 trouble.",
    .rows = rows,
    .inputs = "ics",
};

#define EXPRESSIONS_MOST 64

struct grep {
	struct cli cli;
	struct choose choose;
	struct envelope envelope;
	struct query *query;

	/* As given; made into the query when -i is known. */
	struct {
		int key;
		const char *value;
	} tests[EXPRESSIONS_MOST];
	size_t test_count;
	const char *types;
	int flags;
	bool invert, series, count, list, quiet, has_most;
	uint64_t most;

	uint64_t here, total; /* components chosen, of this input and all */
};

static bool
set(void *arg, int key, const char *value, struct error *err)
{
	struct grep *grep = arg;

	switch (key) {
	case 'i':
		grep->flags |= QUERY_FOLD;
		return true;
	case 'v':
		grep->invert = true;
		return true;
	case 'l':
		grep->list = true;
		return true;
	case 'q':
		grep->quiet = true;
		return true;
	case OPT_COUNT:
		grep->count = true;
		return true;
	case OPT_SERIES:
		grep->series = true;
		return true;
	case OPT_TYPE:
		grep->types = value;
		return true;
	case 'm':
		grep->has_most = true;
		if (str_number(str_of(value), INT64_MAX, &grep->most))
			return true;
		return error_set(err, ERR_USAGE, pos_none(), "-m %s: a number",
		    value);
	default:
		if (grep->test_count == EXPRESSIONS_MOST)
			return error_set(err, ERR_USAGE, pos_none(),
			    "more than %d tests; join them with and",
			    EXPRESSIONS_MOST);
		grep->tests[grep->test_count].key = key;
		grep->tests[grep->test_count++].value = value;
		return true;
	}
}

/* --- the query ------------------------------------------------------------ */

static struct query *
test_of(int key, struct str given, int flags, struct error *err)
{
	struct str none = {NULL, 0};

	switch (key) {
	case OPT_UID:
		return query_test(STR("UID"), none, 'e', given, 0, err);
	case OPT_ATTENDEE:
		return query_test(STR("ATTENDEE"), none, '=', given, flags,
		    err);
	case OPT_CATEGORY:
		return query_test(STR("CATEGORIES"), none, 'e', given, flags,
		    err);
	case OPT_STATUS:
		return query_test(STR("STATUS"), none, 'e', given, QUERY_FOLD,
		    err);
	case OPT_CLASS:
		return query_test(STR("CLASS"), none, 'e', given, QUERY_FOLD,
		    err);
	case OPT_HAS:
		return query_test(given, none, 'h', none, flags, err);
	case OPT_MISSING:
		return query_test(given, none, 'm', none, flags, err);
	default:
		return query_parse(given, flags, err);
	}
}

static void
add_test(struct grep *grep, int key, const char *value)
{
	struct error err = {0};
	struct query *test = test_of(key, str_of(value), grep->flags, &err);

	if (!test && err.pos.column)
		cli_usage(&grep->cli, "%s: at %zu: %s", value, err.pos.column,
		    err.message);
	if (!test)
		cli_usage(&grep->cli, "%s", err.message);
	grep->query = query_and(grep->query, test);
	if (!grep->query)
		cli_no_memory(&grep->cli);
}

/* Where something else already says what to look for, a first operand that is
 * a file is an input and no expression. */
static bool
is_input(const char *operand)
{
	return strcmp(operand, "-") == 0 || access(operand, F_OK) == 0;
}

/* A file called as calendars are, which is hardly meant as an expression. */
static bool
is_calendar(const char *operand)
{
	size_t n = strlen(operand);

	return n > 4 && strcmp(operand + n - 4, ".ics") == 0 &&
	       is_input(operand);
}

/* Gives the number of operands that are no inputs. */
static size_t
make_query(struct grep *grep)
{
	struct cli *cli = &grep->cli;
	bool told = grep->types || cli->from_word || cli->to_word;
	bool given = false;
	size_t used = 0;

	for (size_t i = 0; i < grep->test_count; i++) {
		given = given || grep->tests[i].key == 'e';
		told = true;
		add_test(grep, grep->tests[i].key, grep->tests[i].value);
	}
	if (!told && cli->operand_count == 1 && is_calendar(cli->operands[0]))
		cli_usage(cli,
		    "what to look for in %s? An expression comes first",
		    cli->operands[0]);
	if (!given && cli->operand_count &&
	    (!told || !is_input(cli->operands[0]))) {
		add_test(grep, 'e', cli->operands[0]);
		used = 1;
	} else if (!told) {
		cli_usage(cli, "what to look for? An expression comes first");
	}
	return used;
}

/* --- which components count ----------------------------------------------- */

static bool
type_is(struct str name, struct str type)
{
	if (name.n == type.n + 1 && ascii_upper(name.p[0]) == 'V')
		name = str_from(name, 1);
	return str_ieq(name, type);
}

static bool
counts(void *arg, const struct record *record)
{
	const struct grep *grep = arg;
	struct str rest = str_of(grep->types), type;

	if (!grep->types)
		return true;
	while (str_cut(&rest, ',', &type))
		if (type_is(record->name, str_trim(type)))
			return true;
	return false;
}

/* --- what comes out ------------------------------------------------------- */

static void
die(struct grep *grep, const struct error *err)
{
	cli_die(&grep->cli, err);
}

static void
take_aside(struct grep *grep)
{
	struct error err;

	if (grep->count || grep->list || grep->quiet ||
	    !envelope_has(&grep->cli.reader))
		return;
	if (!envelope_take(&grep->envelope, &grep->cli.reader, &grep->cli.out,
		&err))
		die(grep, &err);
}

static void
take_record(struct grep *grep, bool matches)
{
	struct cli *cli = &grep->cli;
	struct error err;

	if (matches == grep->invert ||
	    (grep->has_most && grep->here >= grep->most))
		return;
	grep->here++;
	grep->total++;
	if (grep->quiet) {
		cli_output_drop(cli);
		_exit(STATUS_DONE);
	}
	if (grep->count || grep->list)
		return;
	if (cli->reader.in_calendar &&
	    !envelope_pass(&grep->envelope, &cli->out, &err))
		die(grep, &err);
	cli_copy_item(cli);
}

static bool
is_component(const struct reader *reader)
{
	return reader->item == ITEM_RECORD && !envelope_has(reader);
}

static void
grep_calendar(struct grep *grep)
{
	struct walk *walk = &grep->choose.expand.walk;
	struct error err = {0};

	if (!choose_begin(&grep->choose, &err)) {
		if (err.code != ERR_NONE)
			cli_report(&grep->cli, &err);
		return;
	}
	while (walk_next(walk, &err)) {
		if (is_component(&grep->cli.reader))
			take_record(grep, choose_current(&grep->choose));
		else
			take_aside(grep);
	}
	if (err.code != ERR_NONE || !walk_end(walk, &err))
		cli_report(&grep->cli, &err);
}

static void
grep_item(struct grep *grep)
{
	if (grep->series && walk_starts(&grep->choose.expand.walk))
		grep_calendar(grep);
	else if (is_component(&grep->cli.reader))
		take_record(grep,
		    choose_matches(&grep->choose, &grep->cli.reader.record));
	else
		take_aside(grep);
}

/* After an input: what --count and -l say of it. */
static void
sum_up(struct grep *grep, const char *path)
{
	struct cli *cli = &grep->cli;
	bool several = cli->inputs.count > 1 || cli->inputs.file_count > 0;
	struct buf line = {0};

	if (grep->count && several)
		buf_printf(&line, "%s:", path);
	if (grep->count)
		buf_printf(&line, "%llu\n", (unsigned long long)grep->here);
	else if (grep->list && grep->here)
		buf_printf(&line, "%s\n", path);
	cli_write(cli, buf_str(&line));
	buf_free(&line);
	grep->here = 0;
}

/* --- main ----------------------------------------------------------------- */

static void
report(void *arg, const struct error *err)
{
	struct grep *grep = arg;

	cli_report(&grep->cli, err);
}

static void
note(void *arg, const struct error *err)
{
	(void)arg;
	(void)err; /* icsexpand says it, which shows times */
}

static void
start(struct grep *grep, size_t used)
{
	struct cli *cli = &grep->cli;
	struct expand *expand = &grep->choose.expand;
	struct error err;

	cli_open_inputs(cli, used, ".ics");
	envelope_init(&grep->envelope);
	if (!choose_init(&grep->choose, &cli->reader, cli->memory, &err))
		die(grep, &err);
	grep->choose.query = grep->query;
	grep->choose.counts = counts;
	grep->choose.arg = grep;
	grep->choose.ranged = cli->from_word || cli->to_word;
	grep->series = grep->series || grep->choose.ranged;
	expand->report = report;
	expand->note = note;
	expand->arg = grep;
	grep->choose.report = report;
	grep->choose.report_arg = grep;
	if (!grep->series)
		return;
	cli_resolve_time(cli, NULL, NULL);
	expand->options = (struct series_options){.from = cli->from,
	    .until = cli->until,
	    .zone = cli->zone,
	    .school = RULE_START_INSTANCE};
	expand->types = ~0u;
	expand->endless = true;
	expand->zones = cli->zones;
	expand->policy = cli->zone_policy;
}

int
main(int argc, char **argv)
{
	static struct grep grep;
	struct cli_options own = {set, &grep};
	struct cli *cli = &grep.cli;

	cli_start(cli, &program, argc, argv, &own);
	cli->wants_calendars = true;
	if (grep.count + grep.list + grep.quiet > 1)
		cli_usage(cli, "of --count, -l and -q only one");
	start(&grep, make_query(&grep));
	while (cli_next_input(cli)) {
		while (cli_next_here(cli))
			grep_item(&grep);
		sum_up(&grep, cli->inputs.current.path);
	}
	choose_free(&grep.choose);
	envelope_free(&grep.envelope);
	query_free(grep.query);
	return cli_finish(cli, grep.total ? STATUS_DONE : STATUS_NOTHING);
}
