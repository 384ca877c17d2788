/* Any bytes as the lines of a card: it is shown in rows, grouped, and written
 * in every version; what was written strictly once stays as it is. */
#include <stdlib.h>

#include "card/columns.h"
#include "card/convert.h"
#include "card/groups.h"
#include "card/phone.h"
#include "text/record_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void
must(bool holds)
{
	if (!holds)
		abort();
}

/* False where it is no card that could be converted. */
static bool
convert(struct str text, enum card_version as, struct buf *out)
{
	struct card_convert convert = {.as = as, .repair = true};
	struct arena arena = {0};
	struct pos pos = {"card", 1, 1};
	struct record record;
	struct error err;
	bool ok = record_of_text(&record, text, pos, &arena) &&
	          card_convert(&convert, &record, out, &err);

	card_convert_free(&convert);
	arena_free(&arena);
	return ok;
}

static void
show(struct str text)
{
	static const struct str names = STR_C(
	    "name,mail,phone,org,family,given,nickname,address,categories,"
	    "note,kind,member,uid");
	struct field fields[CARD_COLUMNS_MOST];
	struct card_columns columns;
	struct groups groups = {0};
	struct arena arena = {0};
	struct record record;
	struct buf row = {0};
	struct phone phone;

	must(card_columns_parse(&columns, names, NULL));
	if (record_of_text(&record, text, (struct pos){"card", 1, 1}, &arena)) {
		card_columns_fill(&columns, &record, STR("book"), &arena,
		    fields);
		must(row_write_text(&row, fields, columns.count));
		must(groups_take(&groups, &record));
		must(groups_choose(&groups, STR("x")));
		groups_has(&groups, &record, &arena);
	}
	if (phone_parse(&phone, text))
		must(phone_contains(&phone, &phone));
	buf_free(&row);
	groups_free(&groups);
	arena_free(&arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct buf text = {0}, once = {0}, twice = {0};

	buf_add_str(&text, STR("BEGIN:VCARD\r\n"));
	buf_add(&text, bytes, n);
	buf_add_str(&text, STR("\r\nEND:VCARD\r\n"));
	show(buf_str(&text));
	for (enum card_version as = CARD_UNKNOWN; as <= CARD_40; as++) {
		buf_reset(&once);
		buf_reset(&twice);
		if (!convert(buf_str(&text), as, &once) || as == CARD_21)
			continue;
		if (convert(buf_str(&once), CARD_UNKNOWN, &twice))
			must(as == CARD_UNKNOWN ||
			     str_eq(buf_str(&once), buf_str(&twice)));
	}
	buf_free(&text);
	buf_free(&once);
	buf_free(&twice);
	return 0;
}
