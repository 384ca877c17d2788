/*
 * Expands rules for a comparison with an oracle. Each line of the input,
 *
 *	school TAB dtstart TAB rule TAB from TAB max
 *
 * (school: rule or instance; from: a local time to seek to, or "-") gives one
 * line of the output: at most max local times, or "error: " and a message.
 */
#include "time/rule.h"
#include "time/when.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool
expand(struct str line, struct buf *out, struct error *err)
{
	struct str field[5];
	struct rule rule;
	struct when start, from = {0};
	struct rule_iter *iter;
	enum rule_start school = RULE_START_INSTANCE;
	uint64_t max;
	int64_t local;

	for (int i = 0; i < 5; i++)
		if (!str_cut(&line, '\t', &field[i]))
			return error_set(err, ERR_USAGE, pos_none(),
			    "five fields wanted");
	if (str_istarts(field[2], STR("RRULE:")))
		field[2] = str_from(field[2], 6);
	if (!str_number(field[4], UINT32_MAX, &max))
		return error_set(err, ERR_USAGE, pos_none(), "bad max");
	if (!when_parse(&start, field[1], pos_none(), err) ||
	    !rule_parse(&rule, field[2], pos_none(), err))
		return false;
	if (!str_eq(field[3], STR("-")) &&
	    !when_parse(&from, field[3], pos_none(), err))
		return false;
	/* No zones here: UTC is the wall's own time. */
	if (rule.until_kind == UNTIL_UTC)
		rule.until_kind = UNTIL_LOCAL;
	if (str_eq(field[0], STR("rule")))
		school = RULE_START_RULE;
	iter = rule_iter_new(&rule, start.local, school);
	if (!iter)
		return error_set(err, ERR_MEMORY, pos_none(), "no memory");
	if (from.kind != WHEN_NONE)
		rule_iter_seek(iter, from.local);
	for (uint64_t i = 0; i < max && rule_iter_next(iter, &local); i++) {
		struct when when = {.kind = WHEN_FLOATING, .local = local};

		if (i)
			buf_add_char(out, ',');
		when_write(&when, out);
	}
	rule_iter_free(iter);
	return true;
}

int
main(void)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t n;
	struct buf out = {0};
	struct error err;

	while ((n = getline(&line, &room, stdin)) > 0) {
		struct str text = str_trim((struct str){line, (size_t)n});

		buf_reset(&out);
		if (expand(text, &out, &err))
			printf("%.*s\n", (int)out.n, out.p ? out.p : "");
		else
			printf("error: %s\n", err.message);
		fflush(stdout);
	}
	free(line);
	buf_free(&out);
	return 0;
}
