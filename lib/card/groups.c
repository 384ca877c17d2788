#include "card/groups.h"

#include "card/value.h"
#include "text/fold.h"

/* Groups in groups; a chain as long as a book would take its square. */
#define DEEPEST 64

struct group {
	struct group *next;
	struct str name, uid; /* folded */
	struct member *first;
	bool chosen;
};

struct member {
	struct member *next;
	struct str key;
};

void
groups_free(struct groups *groups)
{
	hashset_free(&groups->chosen);
	arena_free(&groups->arena);
	*groups = (struct groups){0};
}

/* A UID or address, as it is compared. */
static struct str
key_of(struct str value, struct arena *arena)
{
	value = card_address(value);
	if (str_istarts(value, STR("urn:uuid:")))
		value = str_from(value, 9);
	return fold_text(value, arena);
}

static bool
add_member(struct groups *groups, struct group *group, struct str value)
{
	struct member *member =
	    arena_alloc(&groups->arena, sizeof(struct member));
	struct str key =
	    arena_copy(&groups->arena, key_of(value, &groups->arena));

	if (!member || (value.n && !key.p))
		return false;
	*member = (struct member){group->first, key};
	group->first = member;
	return true;
}

static struct str
folded(struct groups *groups, struct str text)
{
	return arena_copy(&groups->arena, fold_text(text, &groups->arena));
}

bool
groups_take(struct groups *groups, const struct record *record)
{
	struct arena *arena = &groups->arena;
	struct component card;
	struct group *group;
	struct line line;
	size_t at = 0;

	if (!card_is_group(record, arena))
		return true;
	group = arena_alloc(arena, sizeof(*group));
	if (!group)
		return false;
	*group = (struct group){.next = groups->first,
	    .name = folded(groups, card_name(record, arena))};
	component_of_record(&card, record);
	while (component_next_line(&card, &at, &line, arena)) {
		if (str_ieq(line.name, STR("UID")))
			group->uid = arena_copy(arena,
			    key_of(line_text(&line, arena), arena));
		if ((str_ieq(line.name, STR("MEMBER")) ||
			str_ieq(line.name,
			    STR("X-ADDRESSBOOKSERVER-MEMBER"))) &&
		    !add_member(groups, group, line_text(&line, arena)))
			return false;
	}
	groups->first = group;
	return true;
}

static bool
choose(struct groups *groups, struct group *group)
{
	group->chosen = true;
	for (struct member *one = group->first; one; one = one->next)
		if (!hashset_add(&groups->chosen, hash_of(one->key)))
			return false;
	return true;
}

bool
groups_choose(struct groups *groups, struct str name)
{
	bool more = true;

	groups->name = folded(groups, name);
	if (name.n && !groups->name.p)
		return false;
	/* Until no group is a member that was none before. */
	for (int depth = 0; more && depth < DEEPEST; depth++) {
		more = false;
		for (struct group *group = groups->first; group;
		     group = group->next) {
			if (group->chosen ||
			    (!str_eq(group->name, groups->name) &&
				!str_eq(group->uid, groups->name) &&
				!hashset_has(&groups->chosen,
				    hash_of(group->uid))))
				continue;
			if (!choose(groups, group))
				return false;
			more = true;
		}
	}
	return true;
}

static bool
has_category(const struct groups *groups, const struct line *line,
    struct arena *arena)
{
	struct str rest = line->value, item;

	while (text_list_next(&rest, ',', &item)) {
		item = str_trim(text_unescape(item, arena));
		if (str_eq(fold_text(item, arena), groups->name))
			return true;
	}
	return false;
}

bool
groups_has(struct groups *groups, const struct record *record,
    struct arena *arena)
{
	struct component card;
	struct line line;
	size_t at = 0;

	component_of_record(&card, record);
	while (component_next_line(&card, &at, &line, arena)) {
		if (str_ieq(line.name, STR("CATEGORIES")) &&
		    has_category(groups, &line, arena))
			return true;
		if ((str_ieq(line.name, STR("UID")) ||
			str_ieq(line.name, STR("EMAIL"))) &&
		    hashset_has(&groups->chosen,
			hash_of(key_of(line_text(&line, arena), arena))))
			return true;
	}
	return false;
}
