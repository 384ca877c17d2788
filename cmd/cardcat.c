/* cardcat: join address books, byte for byte as they came; or in another
 * version of vCard, in strict form, with what is missing. */
#include "card/convert.h"
#include "cli/cli.h"

enum {
	OPT_AS = OPT_FIRST_OWN,
	OPT_NORMALIZE,
	OPT_REPAIR,
};

static const struct option_row rows[] = {
    {OPT_AS, "as", "2.1|3.0|4.0", "each card in that version of vCard"},
    {OPT_NORMALIZE, "normalize", NULL, "strict form, each in its version"},
    {OPT_REPAIR, "repair", NULL, "... and add what must not be missing"},
    OPTION_OUTPUT,
    OPTION_QUIET_ERRORS,
    OPTION_HELP,
};

static const struct program program = {
    .name = "cardcat",
    .operands = "[INPUT ...]",
    .purpose = "Join address books (vCard): each card as it came.",
    .rows = rows,
    .inputs = "vcf",
};

struct cat {
	struct cli cli;
	struct card_convert convert;
	struct buf card;
	bool edits;
	bool lacks_end; /* what was written last has no line end */
	bool text_said;
};

static bool
set(void *arg, int key, const char *value, struct error *err)
{
	struct cat *cat = arg;

	cat->edits = true;
	switch (key) {
	case OPT_AS:
		cat->convert.as = card_version_of(str_of(value));
		return true;
	case OPT_NORMALIZE:
		return true;
	case OPT_REPAIR:
		cat->convert.repair = true;
		return true;
	default:
		return error_set(err, ERR_USAGE, pos_none(), "no such option");
	}
}

static void
tell(void *arg, const struct error *err)
{
	struct cat *cat = arg;

	cli_note(&cat->cli, err);
}

static void
say_text(struct cat *cat)
{
	const struct record *record = &cat->cli.reader.record;
	struct error err;

	if (cat->text_said || str_trim(record->text).n == 0)
		return;
	cat->text_said = true;
	error_set(&err, ERR_SYNTAX, record->pos,
	    cat->edits ? "text outside of a card: left out"
		       : "text outside of a card: passed on as it is");
	cli_report(&cat->cli, &err);
}

static void
copy_item(struct cat *cat)
{
	const struct reader *reader = &cat->cli.reader;
	struct str text = reader->record.text;

	if (cat->lacks_end)
		cli_write(&cat->cli, STR("\r\n"));
	cli_copy_item(&cat->cli);
	cat->lacks_end = text.n && !reader_ends_line(reader);
}

static void
take_item(struct cat *cat)
{
	struct cli *cli = &cat->cli;
	const struct reader *reader = &cli->reader;
	struct error err;

	if (reader->item == ITEM_TEXT)
		say_text(cat);
	if (!cat->edits) {
		copy_item(cat);
		return;
	}
	if (reader->item == ITEM_TEXT)
		return;
	if (reader->item != ITEM_RECORD || reader->in_calendar ||
	    !str_ieq(reader->record.name, STR("VCARD"))) {
		copy_item(cat);
		return;
	}
	buf_reset(&cat->card);
	if (card_convert(&cat->convert, &reader->record, &cat->card, &err)) {
		if (cat->lacks_end)
			cli_write(cli, STR("\r\n"));
		cat->lacks_end = false;
		cli_write(cli, buf_str(&cat->card));
		return;
	}
	if (err.code == ERR_MEMORY)
		cli_die(cli, &err);
	cli_report(cli, &err);
	copy_item(cat);
}

int
main(int argc, char **argv)
{
	static struct cat cat;
	struct cli_options own = {set, &cat};
	struct cli *cli = &cat.cli;

	cli_start(cli, &program, argc, argv, &own);
	cat.convert.tell = tell;
	cat.convert.arg = &cat;
	cli_open_inputs(cli, 0, ".vcf");
	while (cli_next_input(cli)) {
		cat.text_said = false;
		while (cli_next_here(cli))
			take_item(&cat);
	}
	card_convert_free(&cat.convert);
	buf_free(&cat.card);
	return cli_finish(cli, STATUS_DONE);
}
