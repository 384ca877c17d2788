/* Which operands are whose. */
#include "cli/people_impl.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

struct operand {
	char *text;
	struct str name, address; /* of its label; name.p NULL: without */
	size_t order;             /* as given */
	size_t first;             /* order of the first of that name */
};

static void
die_memory(struct people *people)
{
	struct error err;

	error_set(&err, ERR_MEMORY, pos_none(), "no memory");
	cli_die(people->cli, &err);
}

/* --- labels --------------------------------------------------------------- */

static int
by_name(const void *a, const void *b)
{
	const struct operand *x = a, *y = b;
	int order;

	if (!x->name.p != !y->name.p)
		return x->name.p ? 1 : -1;
	order = str_cmp(x->name, y->name);
	if (order)
		return order;
	return x->order < y->order ? -1 : x->order > y->order;
}

static int
by_first(const void *a, const void *b)
{
	const struct operand *x = a, *y = b;

	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

static void
split(const struct people *people, struct operand *operand)
{
	struct input input = {0};

	input_split(&input, operand->text);
	operand->address = input.address;
	operand->name = input.label.n ? input.label : input.address;
	if (!operand->name.p && people->only.n)
		operand->name = operand->address = people->only;
}

/* Those of one name together, in the order of their first. */
static void
gather(struct operand *operands, size_t count)
{
	qsort(operands, count, sizeof(*operands), by_name);
	for (size_t i = 0; i < count; i++) {
		struct operand *one = &operands[i];

		one->first = one->order;
		if (i > 0 && one->name.p && one[-1].name.p &&
		    str_eq(one->name, one[-1].name))
			one->first = one[-1].first;
	}
	qsort(operands, count, sizeof(*operands), by_first);
}

/* The operands of one person; the address is the first one given. */
static void
read_one(struct people *people, const struct operand *operands, size_t count)
{
	char **texts = calloc(count, sizeof(*texts));

	if (!texts)
		die_memory(people);
	people->fixed = operands[0].name;
	people->fixed_address = (struct str){NULL, 0};
	for (size_t i = 0; i < count; i++) {
		texts[i] = operands[i].text;
		if (people->fixed_address.n == 0)
			people->fixed_address = operands[i].address;
	}
	people_group(people, texts, count);
	free(texts);
}

static void
read_all(struct people *people, struct operand *operands, size_t count)
{
	gather(operands, count);
	for (size_t i = 0, next; i < count && !people->stopped; i = next) {
		for (next = i + 1;
		     next < count && operands[next].first == operands[i].first;)
			next++;
		read_one(people, operands + i, next - i);
	}
}

void
people_read(struct people *people, char **operands, size_t count)
{
	struct operand *list = calloc(count ? count : 1, sizeof(*list));

	if (!list)
		die_memory(people);
	for (size_t i = 0; i < count; i++) {
		list[i] = (struct operand){.text = operands[i], .order = i};
		split(people, &list[i]);
	}
	people->fixed = people->fixed_address = people->only;
	if (count == 0)
		people_group(people, NULL, 0);
	read_all(people, list, count);
	free(list);
}

/* --- --each --------------------------------------------------------------- */

/* "alice" of "alice.ics" and "alice.ifb". */
static struct str
stem(const char *name)
{
	struct str s = str_of(name);

	if (s.n > 4 && (str_ieq(str_from(s, s.n - 4), STR(".ics")) ||
			   str_ieq(str_from(s, s.n - 4), STR(".ifb"))))
		s.n -= 4;
	return s;
}

/* Entries of a folder that are somebody's, as operands; -1 on an error. */
static bool
list_folder(struct people *people, const char *folder, struct operand **list,
    size_t *count)
{
	DIR *dir = opendir(folder);
	size_t n = strlen(folder);
	struct dirent *entry;
	struct error err;
	struct stat st;

	if (!dir) {
		error_errno(&err, (struct pos){folder, 0, 0},
		    "cannot read the folder");
		cli_report(people->cli, &err);
		return false;
	}
	while ((entry = readdir(dir))) {
		size_t room = n + strlen(entry->d_name) + 2;
		struct operand one = {.text = malloc(room), .order = *count};

		if (!one.text)
			die_memory(people);
		snprintf(one.text, room, "%s/%s", folder, entry->d_name);
		one.name = stem(one.text + n + 1);
		/* A link that leads nowhere was somebody's. */
		if (entry->d_name[0] == '.' ||
		    (one.name.n == strlen(entry->d_name) &&
			(stat(one.text, &st) < 0 || !S_ISDIR(st.st_mode)))) {
			free(one.text);
			continue;
		}
		if ((*count & (*count - 1)) == 0)
			*list = realloc(*list,
			    (*count ? *count * 2 : 1) * sizeof(**list));
		if (!*list)
			die_memory(people);
		(*list)[(*count)++] = one;
	}
	closedir(dir);
	return true;
}

static void
read_folder(struct people *people, const char *folder)
{
	struct operand *list = NULL;
	size_t count = 0;

	if (list_folder(people, folder, &list, &count) && count) {
		qsort(list, count, sizeof(*list), by_name);
		for (size_t i = 0; i < count; i++)
			list[i].order = i;
		read_all(people, list, count);
	}
	for (size_t i = 0; i < count; i++)
		free(list[i].text);
	free(list);
}

void
people_read_each(struct people *people, char **operands, size_t count)
{
	for (size_t i = 0; i < count && !people->stopped; i++) {
		struct operand one = {.text = operands[i]};
		struct stat st;

		split(people, &one);
		if (!one.name.p && stat(one.text, &st) == 0 &&
		    S_ISDIR(st.st_mode)) {
			read_folder(people, one.text);
			continue;
		}
		if (!one.name.p) {
			const char *slash = strrchr(one.text, '/');

			one.name = stem(slash ? slash + 1 : one.text);
		}
		read_one(people, &one, 1);
	}
}
