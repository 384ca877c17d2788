/* cardgrep: write the cards that match, byte for byte as they came, or what
 * stands in them as rows. */
#include <string.h>
#include <unistd.h>

#include "cal/query.h"
#include "card/columns.h"
#include "card/groups.h"
#include "card/phone.h"
#include "cli/label.h"
#include "cli/output.h"
#include "cli/twice.h"

enum {
	OPT_NAME = OPT_FIRST_OWN,
	OPT_MAIL,
	OPT_PHONE,
	OPT_MEMBER_OF,
	OPT_UID,
	OPT_CATEGORY,
	OPT_HAS,
	OPT_MISSING,
	OPT_COUNT,
	OPT_QUERY,
};

static const struct option_row rows[] = {
    {'e', "expression", "EXPR", "what to look for; several: all must hold"},
    {OPT_NAME, "name", "TEXT", "in a name, case and accents aside"},
    {OPT_MAIL, "mail", "TEXT", "in a mail address"},
    {OPT_PHONE, "phone", "NUMBER", "in a phone number, digits only"},
    {OPT_MEMBER_OF, "member-of", "GROUP", "a group's name, UID, or category"},
    {OPT_CATEGORY, "category", "NAME", "one of its categories"},
    {OPT_UID, "uid", "UID", "the card with this UID"},
    {OPT_HAS, "has", "PROP", "has that property"},
    {OPT_MISSING, "missing", "PROP", "has it not"},
    {'i', "ignore-case", NULL, "case and accents make no difference"},
    {'v', "invert-match", NULL, "the cards that do not match"},
    {'c', "columns", "LIST", "rows of these columns, see below"},
    {'J', "json", NULL, "rows as JSON Lines"},
    {OPT_HEADER, "header", NULL, "a first row with the columns' names"},
    {OPT_QUERY, "query", "mutt|aerc", "rows as their query commands want"},
    {OPT_COUNT, "count", NULL, "only how many, for each input"},
    {'l', "files-with-matches", NULL, "only the names of inputs"},
    {'m', "max-count", "N", "at most N cards of each input"},
    {'q', "quiet", NULL, "no output, status only"},
    OPTION_QUIET_ERRORS,
    OPTION_OUTPUT,
    OPTION_HELP,
};

static const struct program program = {
    .name = "cardgrep",
    .operands = "[EXPRESSION] [[NAME=]INPUT ...]",
    .purpose = "Write the cards of address books that match, unchanged.",
    .notes = "EXPRESSION: text in name, org, mail, phone or note; PROP=text, "
	     "PROP==value,\nPROP~regex, PROP;PARAM=text, has(PROP), "
	     "missing(PROP); and, or, not, ( ).\n"
	     "Columns (default: name,mail,phone): name mail phone org title "
	     "role family\ngiven nickname address birthday url categories note "
	     "kind member uid rev\nversion book\n"
	     "Status: 0 found, 1 nothing found, 2 trouble.",
    .rows = rows,
    .inputs = "vcf",
};

#define TESTS_MOST 64

enum form { FORM_CARDS, FORM_ROWS, FORM_JSON, FORM_MUTT, FORM_AERC };

struct grep {
	struct cli cli;
	struct query *query;
	struct card_columns columns;
	struct groups groups;
	struct label label;
	struct arena arena;

	/* As given; made into the query when -i is known. */
	struct {
		int key;
		const char *value;
	} tests[TESTS_MOST];
	size_t test_count;
	const char *group;
	struct phone phone;
	enum form form;
	int flags;
	bool has_phone, invert, has_columns, header, count, list, quiet;
	bool has_most;
	uint64_t most;
	uint64_t here, total; /* cards chosen, of this input and all */
};

/* --- options -------------------------------------------------------------- */

static bool
add_wish(struct grep *grep, int key, const char *value, struct error *err)
{
	if (grep->test_count == TESTS_MOST)
		return error_set(err, ERR_USAGE, pos_none(),
		    "more than %d tests; join them with and", TESTS_MOST);
	grep->tests[grep->test_count].key = key;
	grep->tests[grep->test_count++].value = value;
	return true;
}

static bool
set_value(struct grep *grep, int key, const char *value, struct error *err)
{
	switch (key) {
	case 'c':
		grep->has_columns = true;
		return card_columns_parse(&grep->columns, str_of(value), err);
	case OPT_QUERY:
		grep->form = *value == 'm' ? FORM_MUTT : FORM_AERC;
		return true;
	case OPT_MEMBER_OF:
		grep->group = value;
		return true;
	case OPT_PHONE:
		grep->has_phone = true;
		if (phone_parse(&grep->phone, str_of(value)))
			return true;
		return error_set(err, ERR_USAGE, pos_none(),
		    "--phone %s: at least three digits", value);
	case 'm':
		grep->has_most = true;
		if (str_number(str_of(value), INT64_MAX, &grep->most))
			return true;
		return error_set(err, ERR_USAGE, pos_none(), "-m %s: a number",
		    value);
	default:
		return add_wish(grep, key, value, err);
	}
}

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
	case 'J':
		grep->form = FORM_JSON;
		return true;
	case OPT_HEADER:
		grep->header = true;
		return true;
	case OPT_COUNT:
		grep->count = true;
		return true;
	default:
		return set_value(grep, key, value, err);
	}
}

/* --- the query ------------------------------------------------------------ */

/* Text in one of the properties that are a name. */
static struct query *
name_test(struct str text, struct error *err)
{
	static const struct str names[] = {STR_C("FN"), STR_C("N"),
	    STR_C("NICKNAME")};
	struct query *any = NULL;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct query *one = query_test(names[i], (struct str){NULL, 0},
		    '=', text, QUERY_FOLD, err);

		if (!one) {
			query_free(any);
			return NULL;
		}
		any = query_or(any, one);
		if (!any) {
			error_set(err, ERR_MEMORY, pos_none(), "no memory");
			return NULL;
		}
	}
	return any;
}

static struct query *
test_of(int key, struct str given, int flags, struct error *err)
{
	struct str none = {NULL, 0};

	switch (key) {
	case OPT_NAME:
		return name_test(given, err);
	case OPT_MAIL:
		return query_test(STR("EMAIL"), none, '=', given, QUERY_FOLD,
		    err);
	case OPT_UID:
		return query_test(STR("UID"), none, 'e', given, 0, err);
	case OPT_CATEGORY:
		return query_test(STR("CATEGORIES"), none, 'e', given, flags,
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

static bool
is_input(const char *operand)
{
	return strcmp(operand, "-") == 0 || access(operand, F_OK) == 0;
}

/* Gives the number of operands that are no inputs: a first one is an
 * expression, unless something else already says what to look for and it is a
 * file. */
static size_t
make_query(struct grep *grep)
{
	struct cli *cli = &grep->cli;
	bool given = false, told = grep->has_phone || grep->group;
	size_t n;

	for (size_t i = 0; i < grep->test_count; i++) {
		given = given || grep->tests[i].key == 'e';
		told = true;
		add_test(grep, grep->tests[i].key, grep->tests[i].value);
	}
	if (told &&
	    (given || cli->operand_count == 0 || is_input(cli->operands[0])))
		return 0;
	if (cli->operand_count == 0)
		cli_usage(cli, "what to look for? An expression comes first");
	n = strlen(cli->operands[0]);
	if (!told && cli->operand_count == 1 && n > 4 &&
	    strcmp(cli->operands[0] + n - 4, ".vcf") == 0 &&
	    is_input(cli->operands[0]))
		cli_usage(cli,
		    "what to look for in %s? An expression comes first",
		    cli->operands[0]);
	add_test(grep, 'e', cli->operands[0]);
	return 1;
}

/* What does not go together. */
static void
settle(struct grep *grep)
{
	struct cli *cli = &grep->cli;
	bool query = grep->form == FORM_MUTT || grep->form == FORM_AERC;

	if (grep->count + grep->list + grep->quiet > 1)
		cli_usage(cli, "of --count, -l and -q only one");
	if (query && grep->has_columns)
		cli_usage(cli, "--query has columns of its own: leave out -c");
	if (query)
		grep->flags |= QUERY_FOLD;
	if (grep->has_columns && grep->form == FORM_CARDS)
		grep->form = FORM_ROWS;
	if (!grep->has_columns)
		card_columns_parse(&grep->columns,
		    query ? STR("mail,name,org") : STR("name,mail,phone"),
		    NULL);
	if (grep->header && grep->form != FORM_ROWS)
		cli_usage(cli, "--header is for rows: give -c");
}

/* --- which cards match ---------------------------------------------------- */

static bool
has_number(struct grep *grep, const struct record *record)
{
	struct component card;
	struct phone phone;
	struct line line;
	size_t at = 0;

	component_of_record(&card, record);
	while (component_next_line(&card, &at, &line, &grep->arena))
		if (str_ieq(line.name, STR("TEL")) &&
		    phone_parse(&phone, line_text(&line, &grep->arena)) &&
		    phone_contains(&phone, &grep->phone))
			return true;
	return false;
}

static bool
is_card(const struct reader *reader)
{
	return reader->item == ITEM_RECORD && !reader->in_calendar &&
	       str_ieq(reader->record.name, STR("VCARD"));
}

static bool
matches(struct grep *grep, const struct record *record)
{
	struct error trouble = {0};
	bool found =
	    (!grep->has_phone || has_number(grep, record)) &&
	    (!grep->group || groups_has(&grep->groups, record, &grep->arena));

	if (found && grep->query)
		found =
		    query_matches(grep->query, record, &grep->arena, &trouble);
	if (trouble.code != ERR_NONE)
		cli_report(&grep->cli, &trouble);
	return found != grep->invert;
}

/* --- what comes out ------------------------------------------------------- */

static void
write_fields(struct grep *grep, const struct field *fields, size_t count)
{
	struct buf line = {0};
	bool ok =
	    grep->form == FORM_JSON
		? row_write_json(&line, grep->columns.names, fields, count)
		: row_write_text(&line, fields, count);

	if (!ok)
		cli_no_memory(&grep->cli);
	cli_write(&grep->cli, buf_str(&line));
	buf_free(&line);
}

/* A row for each address: address, name, organization. */
static void
write_addresses(struct grep *grep, struct field *fields)
{
	struct field mails = fields[0];
	size_t count = grep->form == FORM_MUTT ? 3 : 2;

	for (size_t i = 0; i < mails.count; i++) {
		fields[0] =
		    (struct field){.kind = FIELD_TEXT, .text = mails.items[i]};
		write_fields(grep, fields, count);
	}
}

static void
write_row(struct grep *grep, const struct record *record)
{
	struct field fields[CARD_COLUMNS_MOST];

	card_columns_fill(&grep->columns, record, grep->label.name,
	    &grep->arena, fields);
	if (grep->form == FORM_MUTT || grep->form == FORM_AERC)
		write_addresses(grep, fields);
	else
		write_fields(grep, fields, grep->columns.count);
}

static void
write_header(struct grep *grep)
{
	struct field fields[CARD_COLUMNS_MOST];

	for (size_t i = 0; i < grep->columns.count; i++)
		fields[i] = (struct field){.kind = FIELD_TEXT,
		    .text = grep->columns.names[i]};
	if (grep->header)
		write_fields(grep, fields, grep->columns.count);
	/* mutt shows the first line as a message. */
	if (grep->form == FORM_MUTT)
		cli_write(&grep->cli, STR("addresses of cardgrep\n"));
}

static void
take_card(struct grep *grep)
{
	struct cli *cli = &grep->cli;
	const struct record *record = &cli->reader.record;

	arena_reset(&grep->arena);
	if ((grep->has_most && grep->here >= grep->most) ||
	    !matches(grep, record))
		return;
	grep->here++;
	grep->total++;
	if (grep->quiet) {
		cli_output_drop(cli);
		_exit(STATUS_DONE);
	}
	if (grep->count || grep->list)
		return;
	if (grep->form == FORM_CARDS) {
		cli_copy_item(cli);
		if (!reader_ends_line(&cli->reader))
			cli_write(cli, STR("\r\n"));
	} else {
		write_row(grep, record);
	}
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

/* --- groups --------------------------------------------------------------- */

/* Who the members are is known when all is read: so it is read twice, standard
 * input from a temporary file. */
static void
read_groups(struct grep *grep, size_t used)
{
	struct cli *cli = &grep->cli;
	off_t start;

	twice_begin(cli, used, &start);
	cli_open_inputs(cli, used, ".vcf");
	while (twice_next(cli))
		if (is_card(&cli->reader) &&
		    !groups_take(&grep->groups, &cli->reader.record))
			cli_no_memory(cli);
	twice_again(cli, start);
	if (!groups_choose(&grep->groups, str_of(grep->group)))
		cli_no_memory(cli);
}

int
main(int argc, char **argv)
{
	static struct grep grep;
	struct cli_options own = {set, &grep};
	struct cli *cli = &grep.cli;
	size_t used;

	cli_start(cli, &program, argc, argv, &own);
	cli->wants_calendars = true;
	settle(&grep);
	used = make_query(&grep);
	if (grep.group)
		read_groups(&grep, used);
	cli_open_inputs(cli, used, ".vcf");
	if (!grep.count && !grep.list && !grep.quiet)
		write_header(&grep);
	while (cli_next_input(cli)) {
		label_set(&grep.label, cli, &cli->inputs.current,
		    (struct str){NULL, 0}, (struct str){NULL, 0});
		while (cli_next_here(cli))
			if (is_card(&cli->reader))
				take_card(&grep);
		sum_up(&grep, cli->inputs.current.path);
	}
	label_free(&grep.label);
	groups_free(&grep.groups);
	arena_free(&grep.arena);
	query_free(grep.query);
	return cli_finish(cli, grep.total ? STATUS_DONE : STATUS_NOTHING);
}
