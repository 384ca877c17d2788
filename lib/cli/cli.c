#include "cli/cli.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/output.h"

#ifndef KALENDS_VERSION
#define KALENDS_VERSION "1.0"
#endif

#define MEMORY_DEFAULT ((size_t)64 << 20)
#define OPTIONS_MOST   64

/* --- messages ------------------------------------------------------------- */

void
cli_clear_line(struct cli *cli)
{
	if (cli->line_shown)
		fputs("\r\033[K", stderr);
	cli->line_shown = false;
}

static void
print(struct cli *cli, const struct error *err)
{
	const struct pos *pos = &err->pos;

	if (cli->silent)
		return;
	cli_clear_line(cli);
	if (pos->file && pos->line)
		fprintf(stderr, "%s:%zu:%zu: %s\n", pos->file, pos->line,
		    pos->column ? pos->column : 1, err->message);
	else if (pos->file)
		fprintf(stderr, "%s: %s: %s\n", cli->program->name, pos->file,
		    err->message);
	else
		fprintf(stderr, "%s: %s\n", cli->program->name, err->message);
}

void
cli_report(struct cli *cli, const struct error *err)
{
	cli->trouble = true;
	cli->unread |= err->code == ERR_IO;
	cli->starved |= err->code == ERR_MEMORY;
	print(cli, err);
}

void
cli_note(struct cli *cli, const struct error *err)
{
	print(cli, err);
}

static void
report_fault(void *arg, const struct error *err)
{
	cli_report(arg, err);
}

void
cli_usage(struct cli *cli, const char *format, ...)
{
	va_list args;

	cli_output_drop(cli);
	cli_clear_line(cli);
	fprintf(stderr, "%s: ", cli->program->name);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fprintf(stderr, " (%s --help)\n", cli->program->name);
	exit(STATUS_TROUBLE);
}

void
cli_die(struct cli *cli, const struct error *err)
{
	print(cli, err);
	cli_output_drop(cli);
	exit(STATUS_TROUBLE);
}

void
cli_no_memory(struct cli *cli)
{
	struct error err;

	error_set(&err, ERR_MEMORY, pos_none(), "no memory");
	cli_die(cli, &err);
}

/* --- options -------------------------------------------------------------- */

bool
cli_read_size(struct str word, size_t *size)
{
	static const char units[] = "KMGT";
	const char *unit = NULL;
	uint64_t number;
	unsigned shift = 0;

	if (word.n && ascii_upper(word.p[word.n - 1]) == 'B')
		word.n--;
	if (word.n)
		unit = memchr(units, ascii_upper(word.p[word.n - 1]), 4);
	if (unit) {
		shift = 10 * (unsigned)(unit - units + 1);
		word.n--;
	}
	if (!str_number(word, SIZE_MAX >> shift, &number))
		return false;
	*size = (size_t)number << shift;
	return true;
}

static void
show_and_exit(struct cli *cli, int key, const char *value)
{
	if (key == 'V')
		printf("%s (kalends) %s\n", cli->program->name,
		    KALENDS_VERSION);
	else if (key == 'h')
		option_help(cli->program, stdout);
	else if (!option_completion(cli->program, value, stdout))
		cli_usage(cli, "--completion: bash, zsh or fish");
	exit(fflush(stdout) == 0 ? STATUS_DONE : STATUS_TROUBLE);
}

static bool
set_shared(struct cli *cli, int key, const char *value)
{
	switch (key) {
	case 'f':
		cli->from_word = value;
		return true;
	case 't':
		cli->to_word = value;
		return true;
	case 'z':
		cli->zone_word = value;
		return true;
	case 'o':
		cli->output_path = value;
		return true;
	case 's':
		cli->silent = true;
		return true;
	case OPT_NOW:
		cli->now_word = value;
		return true;
	case OPT_ZONES:
		cli->zone_policy =
		    value[1] == 't' ? ZONES_STREAM : ZONES_SYSTEM;
		return true;
	case OPT_COLOR:
		cli->color =
		    (enum cli_color)option_word("auto|always|never", value);
		return true;
	case OPT_MEMORY:
		if (!cli_read_size(str_of(value), &cli->memory))
			cli_usage(cli, "--memory %s: a size is such as 64M",
			    value);
		return true;
	default:
		return false;
	}
}

static const struct option_row *
row_of(const struct program *program, int key)
{
	for (const struct option_row *row = program->rows; row->name; row++)
		if (row->key == key)
			return row;
	return NULL;
}

static void
set_option(struct cli *cli, const struct cli_options *own, int key,
    const char *value)
{
	const struct option_row *row = row_of(cli->program, key);
	struct error err = {0};

	if (key == OPT_COMPLETION || key == 'h' || key == 'V')
		show_and_exit(cli, key, value);
	if (!row)
		cli_usage(cli, "unknown option");
	if (row->arg && strchr(row->arg, '|') &&
	    option_word(row->arg, value) < 0)
		cli_usage(cli, "--%s %s: one of %s", row->name, value,
		    row->arg);
	if (!set_shared(cli, key, value) &&
	    !own->set(own->arg, key, value, &err))
		cli_usage(cli, "%s", err.message);
}

/* getopt's own messages go on with a hint; it has printed the first part. */
static void
parse(struct cli *cli, int argc, char **argv, const struct cli_options *own)
{
	struct option longs[OPTIONS_MOST + 2];
	char shorts[2 * OPTIONS_MOST + 3] = ":";
	size_t n = 0, k = 1;
	int key;

	for (const struct option_row *row = cli->program->rows;
	     row->name && n < OPTIONS_MOST; row++) {
		longs[n++] = (struct option){row->name,
		    !row->arg          ? no_argument
		    : *row->arg == '[' ? optional_argument
				       : required_argument,
		    NULL, row->key};
		if (row->key < 256) {
			shorts[k++] = (char)row->key;
			if (row->arg)
				shorts[k++] = ':';
		}
	}
	longs[n++] = (struct option){"completion", required_argument, NULL,
	    OPT_COMPLETION};
	longs[n] = (struct option){0};
	shorts[k] = '\0';
	opterr = 0;
	while ((key = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		if (key == ':')
			cli_usage(cli, "%s needs a value", argv[optind - 1]);
		if (key == '?')
			cli_usage(cli, "%s: no such option", argv[optind - 1]);
		set_option(cli, own, key, optarg);
	}
	cli->operands = argv + optind;
	cli->operand_count = (size_t)(argc - optind);
}

void
cli_start(struct cli *cli, const struct program *program, int argc, char **argv,
    const struct cli_options *own)
{
	struct error err = {0};
	int fd = STDOUT_FILENO;

	*cli = (struct cli){.program = program, .memory = MEMORY_DEFAULT};
	parse(cli, argc, argv, own);
	if (cli->output_path && (fd = cli_output_open(cli, &err)) < 0)
		cli_die(cli, &err);
	if (!out_init(&cli->out, fd))
		cli_no_memory(cli);
}

/* --- inputs --------------------------------------------------------------- */

void
cli_open_inputs(struct cli *cli, size_t from, const char *ending)
{
	struct error err = {0};

	inputs_init(&cli->inputs, cli->operands + from,
	    cli->operand_count - from, ending);
	if (!reader_init(&cli->reader, -1, NULL, &err))
		cli_die(cli, &err);
	cli->reader.report = report_fault;
	cli->reader.report_arg = cli;
}

void
cli_close_inputs(struct cli *cli)
{
	if (cli->reader.window)
		reader_free(&cli->reader);
	cli->reader.window = NULL;
	inputs_free(&cli->inputs);
	cli->inputs = (struct inputs){0};
	cli->reading = false;
}

bool
cli_next_input(struct cli *cli)
{
	struct error err;

	while (!inputs_next(&cli->inputs, &err)) {
		if (err.code == ERR_NONE)
			return false;
		cli_report(cli, &err);
	}
	reader_open(&cli->reader, cli->inputs.current.fd,
	    cli->inputs.current.path);
	cli->reading = true;
	cli->had_text = cli->had_calendar = false;
	return true;
}

static void
note_item(struct cli *cli)
{
	struct str text = cli->reader.record.text;

	if (cli->reader.item != ITEM_TEXT)
		cli->had_calendar = true;
	else if (str_trim(text).n &&
		 !str_eq(str_trim(text), STR("\xef\xbb\xbf")))
		cli->had_text = true;
}

static void
check_input(struct cli *cli)
{
	struct pos pos = {cli->inputs.current.path, 0, 0};
	struct error err;

	if (!cli->wants_calendars || !cli->had_text || cli->had_calendar)
		return;
	error_set(&err, ERR_SYNTAX, pos, "no %s in it",
	    strcmp(cli->program->inputs, "vcf") == 0 ? "card" : "calendar");
	cli_report(cli, &err);
}

bool
cli_next_here(struct cli *cli)
{
	struct error err;

	if (!reader_next(&cli->reader, &err)) {
		cli_report(cli, &err);
	} else if (cli->reader.item != ITEM_NONE) {
		note_item(cli);
		return true;
	} else {
		check_input(cli);
		/* What is read after us begins where we have ended. */
		if (cli->inputs.current.fd == STDIN_FILENO)
			lseek(STDIN_FILENO, 0, SEEK_END);
	}
	cli->reading = false;
	return false;
}

bool
cli_next(struct cli *cli)
{
	for (;;) {
		if (!cli->reading && !cli_next_input(cli))
			return false;
		if (cli_next_here(cli))
			return true;
	}
}
