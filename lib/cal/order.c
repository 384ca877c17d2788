#include "cal/order.h"

#include <locale.h>

#include "cal/property.h"

/* RFC 5545, 3.8; 7953, 7986, 9073, 9074, 9253. Whatever is not here is TEXT. */
static const struct {
	struct str name;
	enum order_type type;
} types[] = {
    {STR_C("DTSTART"), ORDER_TIME},
    {STR_C("DTEND"), ORDER_TIME},
    {STR_C("DUE"), ORDER_TIME},
    {STR_C("COMPLETED"), ORDER_TIME},
    {STR_C("CREATED"), ORDER_TIME},
    {STR_C("DTSTAMP"), ORDER_TIME},
    {STR_C("LAST-MODIFIED"), ORDER_TIME},
    {STR_C("RECURRENCE-ID"), ORDER_TIME},
    {STR_C("EXDATE"), ORDER_TIME},
    {STR_C("RDATE"), ORDER_TIME},
    {STR_C("FREEBUSY"), ORDER_TIME},
    {STR_C("DURATION"), ORDER_DURATION},
    {STR_C("ESTIMATED-DURATION"), ORDER_DURATION},
    {STR_C("PRIORITY"), ORDER_NUMBER},
    {STR_C("PERCENT-COMPLETE"), ORDER_NUMBER},
    {STR_C("SEQUENCE"), ORDER_NUMBER},
    {STR_C("STATUS"), ORDER_WORD},
    {STR_C("CLASS"), ORDER_WORD},
    {STR_C("TRANSP"), ORDER_WORD},
    {STR_C("BUSYTYPE"), ORDER_WORD},
    {STR_C("COLOR"), ORDER_WORD},
    {STR_C("ATTENDEE"), ORDER_ADDRESS},
    {STR_C("ORGANIZER"), ORDER_ADDRESS},
    {STR_C("CALENDAR-ADDRESS"), ORDER_ADDRESS},
    {STR_C("UID"), ORDER_BYTES},
    {STR_C("RELATED-TO"), ORDER_BYTES},
    {STR_C("URL"), ORDER_BYTES},
    {STR_C("ATTACH"), ORDER_BYTES},
    {STR_C("CONFERENCE"), ORDER_BYTES},
    {STR_C("IMAGE"), ORDER_BYTES},
    {STR_C("SOURCE"), ORDER_BYTES},
    {STR_C("RRULE"), ORDER_BYTES},
    {STR_C("EXRULE"), ORDER_BYTES},
};

/* RFC 2426, 6350, 6473, 6474, 6715, 8605, 9554: cards are sorted too. */
static const struct str card_names[] = {STR_C("ADR"), STR_C("AGENT"),
    STR_C("ANNIVERSARY"), STR_C("BDAY"), STR_C("BIRTHPLACE"),
    STR_C("CALADRURI"), STR_C("CALURI"), STR_C("CLIENTPIDMAP"),
    STR_C("CONTACT-URI"), STR_C("DEATHDATE"), STR_C("DEATHPLACE"),
    STR_C("EMAIL"), STR_C("EXPERTISE"), STR_C("FBURL"), STR_C("FN"),
    STR_C("GENDER"), STR_C("GRAMGENDER"), STR_C("HOBBY"), STR_C("IMPP"),
    STR_C("INTEREST"), STR_C("JSPROP"), STR_C("KEY"), STR_C("KIND"),
    STR_C("LABEL"), STR_C("LANG"), STR_C("LANGUAGE"), STR_C("LOGO"),
    STR_C("MAILER"), STR_C("MEMBER"), STR_C("N"), STR_C("NICKNAME"),
    STR_C("NOTE"), STR_C("ORG"), STR_C("ORG-DIRECTORY"), STR_C("PHOTO"),
    STR_C("PROFILE"), STR_C("PRONOUNS"), STR_C("RELATED"), STR_C("REV"),
    STR_C("ROLE"), STR_C("SOCIALPROFILE"), STR_C("SORT-STRING"), STR_C("SOUND"),
    STR_C("TEL"), STR_C("TITLE"), STR_C("TZ"), STR_C("XML")};

static bool
is_known(struct str name)
{
	for (size_t i = 0; i < sizeof(card_names) / sizeof(card_names[0]); i++)
		if (str_eq(card_names[i], name))
			return true;
	return property_kind(name) != PROPERTY_UNKNOWN ||
	       str_starts(name, STR("X-"));
}

static enum order_type
type_of(struct str name)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (str_eq(types[i].name, name))
			return types[i].type;
	return ORDER_TEXT;
}

static bool
read_name(struct order_key *key, struct str name, struct error *err)
{
	struct str upper = {key->name, name.n};

	if (name.n == 0 || name.n > sizeof(key->name))
		return error_set(err, ERR_USAGE, pos_none(),
		    "a key is start, end, type or the name of a property");
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (!ascii_alpha(c) && !ascii_digit(c) && c != '-' && c != '_')
			return error_set(err, ERR_USAGE, pos_none(),
			    "%.*s: no name of a property (keys are parted by "
			    "commas, modifiers come after a colon)",
			    STR_ARG(name));
		key->name[i] = ascii_upper(c);
	}
	key->name_n = name.n;
	key->kind = str_eq(upper, STR("START"))  ? ORDER_START
	            : str_eq(upper, STR("END"))  ? ORDER_END
	            : str_eq(upper, STR("TYPE")) ? ORDER_TYPE
	                                         : ORDER_PROPERTY;
	key->type = type_of(upper);
	if (key->kind == ORDER_PROPERTY && !is_known(upper))
		return error_set(err, ERR_USAGE, pos_none(),
		    "%.*s: no such key: start, end, type or a property, such "
		    "as summary (one that no standard knows begins with X-)",
		    STR_ARG(name));
	return true;
}

static bool
read_flags(struct order_key *key, struct str letters, struct error *err)
{
	for (size_t i = 0; i < letters.n; i++) {
		char c = letters.p[i];

		if (c == 'r')
			key->flags |= ORDER_REVERSE;
		else if (c == 'i')
			key->flags |= ORDER_FOLD;
		else if (c == 'n')
			key->flags |= ORDER_NUMERIC;
		else
			return error_set(err, ERR_USAGE, pos_none(),
			    "modifiers of a key are r (reverse), i (ignore "
			    "case) and n (numbers), not %c",
			    c);
	}
	return true;
}

bool
order_add(struct order *order, struct str list, struct error *err)
{
	struct str word, letters;

	while (str_cut(&list, ',', &word)) {
		struct order_key *key = &order->keys[order->count];
		size_t colon = str_find_byte(word, ':');

		if (order->count == ORDER_KEYS_MOST)
			return error_set(err, ERR_USAGE, pos_none(),
			    "more than %d keys", ORDER_KEYS_MOST);
		letters =
		    colon == SIZE_MAX ? STR("") : str_from(word, colon + 1);
		*key = (struct order_key){0};
		if (!read_name(key, str_head(word, colon), err) ||
		    !read_flags(key, letters, err))
			return false;
		order->count++;
	}
	return true;
}

/* Where the locale's order is that of the bytes, they need no copy. */
static bool
locale_collates(void)
{
	const char *name = setlocale(LC_COLLATE, NULL);

	return name && strcmp(name, "C") != 0 && strcmp(name, "POSIX") != 0 &&
	       strcmp(name, "C.UTF-8") != 0 && strcmp(name, "C.utf8") != 0;
}

void
order_settle(struct order *order, unsigned flags)
{
	if (order->count == 0)
		order_add(order, STR("start"), NULL);
	for (size_t i = 0; i < order->count; i++)
		if (!order->keys[i].flags)
			order->keys[i].flags = flags;
	order->collate = locale_collates();
}
