/*
 * Groups of a book: cards that name others as their members (RFC 6350, 6.1.4
 * and 6.6.5), Apple's X-ADDRESSBOOKSERVER-KIND and -MEMBER in vCard 3.0 too,
 * and those that only CATEGORIES name. Groups may be members of groups.
 */
#ifndef KALENDS_CARD_GROUPS_H
#define KALENDS_CARD_GROUPS_H

#include "base/hashset.h"
#include "text/record.h"

struct groups {
	/* Private. */
	struct group *first;
	struct arena arena;
	struct hashset chosen; /* UIDs and addresses of members */
	struct str name;       /* folded */
};

void groups_free(struct groups *groups);

/* Remembers a card if it is a group. False without memory. */
bool groups_take(struct groups *groups, const struct record *record);

/* Settles who the members of one are: by the name or the UID of its card; case
 * and accents make no difference. Of the groups among its members the members
 * are chosen as well, 64 deep. False without memory. */
bool groups_choose(struct groups *groups, struct str name);

/* Whether a card is a member of it: by UID, by address, or by a category of
 * that name. */
bool groups_has(struct groups *groups, const struct record *record,
    struct arena *arena);

#endif
