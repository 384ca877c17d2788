/*
 * Rules from arbitrary bytes. Two bytes choose the start and the school, the
 * rest is the text. A rule that is read is written and read again to the same
 * value, yields ascending times not before its start, and seeks to where a
 * walk would come.
 */
#include "time/rule.h"

#include <stdlib.h>

enum { MANY = 200 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool holds)
{
	if (!holds)
		abort();
}

static void
write_and_read_again(const struct rule *rule)
{
	struct buf buf = {0};
	struct rule again;

	must(rule_write(rule, &buf));
	must(rule_parse(&again, buf_str(&buf), pos_none(), NULL));
	/* Both were cleared before they were filled: padding is equal too. */
	/* NOLINTNEXTLINE(bugprone-suspicious-memory-comparison,cert-*) */
	must(memcmp(rule, &again, sizeof(again)) == 0);
	buf_free(&buf);
}

static void
walk_and_seek(const struct rule *rule, int64_t start, enum rule_start school)
{
	struct rule_iter *iter = rule_iter_new(rule, start, school);
	int64_t all[MANY], local;
	size_t n = 0;

	if (!iter)
		return;
	while (n < MANY && rule_iter_next(iter, &all[n])) {
		must(all[n] >= start && all[n] <= LOCAL_LAST);
		must(n == 0 || all[n] > all[n - 1]);
		must(!rule->count || n < rule->count);
		n++;
	}
	for (size_t i = n; i > 0; i -= 1 + i / 2) {
		rule_iter_seek(iter, all[i - 1]);
		must(rule_iter_next(iter, &local) && local == all[i - 1]);
	}
	for (size_t i = 0; i + 1 < n; i += 1 + i / 2) {
		rule_iter_seek(iter, all[i] + 1);
		must(rule_iter_next(iter, &local) && local == all[i + 1]);
	}
	rule_iter_seek(iter, start + INT64_C(20000) * SECONDS_A_DAY);
	if (rule_iter_next(iter, &local))
		must(local >= start + INT64_C(20000) * SECONDS_A_DAY);
	rule_iter_free(iter);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rule rule;
	struct str text;
	int64_t start;
	unsigned choice;

	if (size < 2 || size > 2000)
		return 0;
	choice = data[0] | (unsigned)data[1] << 8;
	text = (struct str){(const char *)data + 2, size - 2};
	if (!rule_parse(&rule, text, pos_none(), NULL))
		return 0;
	rule_check(&rule, NULL);
	write_and_read_again(&rule);
	start = LOCAL_FIRST + (int64_t)choice * 86400 * 55 + choice % 86399;
	walk_and_seek(&rule, start,
	    choice & 1 ? RULE_START_RULE : RULE_START_INSTANCE);
	return 0;
}
