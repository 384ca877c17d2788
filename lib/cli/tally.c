#include "cli/tally.h"

void
tally_start(struct tally *tally, struct cli *cli)
{
	tally->cli = cli;
}

void
tally_free(struct tally *tally)
{
	buf_free(&tally->line);
}

static void
write_row(struct tally *tally, const struct str *names,
    const struct field *fields, size_t count)
{
	struct error err;

	buf_reset(&tally->line);
	if (tally->json ? row_write_json(&tally->line, names, fields, count)
			: row_write_text(&tally->line, fields, count)) {
		cli_clear_line(tally->cli);
		cli_write(tally->cli, buf_str(&tally->line));
		return;
	}
	error_set(&err, ERR_MEMORY, pos_none(), "no memory");
	cli_die(tally->cli, &err);
}

void
tally_row(struct tally *tally, const struct str *names,
    const struct field *fields, size_t count)
{
	if (tally->rows)
		write_row(tally, names, fields, count);
}

void
tally_counts(struct tally *tally, const char *const *what,
    const uint64_t *counts, size_t n)
{
	static const struct str names[] = {STR_C("done"), STR_C("count")};

	for (size_t i = 0; tally->counts && i < n; i++) {
		struct field fields[2] = {tally_text(str_of(what[i])),
		    tally_number(counts[i])};

		if (counts[i])
			write_row(tally, names, fields, 2);
	}
}

struct field
tally_text(struct str text)
{
	return (struct field){.kind = text.n ? FIELD_TEXT : FIELD_ABSENT,
	    .text = text};
}

struct field
tally_number(uint64_t number)
{
	return (struct field){.kind = FIELD_NUMBER, .number = (int64_t)number};
}
