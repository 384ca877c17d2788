/* What the versions of vCard know; see property.h. */
#include "card/property.h"

#define V21 (1u << CARD_21)
#define V30 (1u << CARD_30)
#define V40 (1u << CARD_40)
#define ALL (V21 | V30 | V40)

static const struct card_known properties[] = {
    {STR_C("ADR"), ALL, CARD_PARTS},
    {STR_C("AGENT"), V21 | V30, CARD_TEXT},
    {STR_C("ANNIVERSARY"), V40, CARD_DATE},
    {STR_C("BDAY"), ALL, CARD_DATE},
    {STR_C("BIRTHPLACE"), V40, CARD_TEXT},
    {STR_C("CALADRURI"), V30 | V40, CARD_RAW},
    {STR_C("CALURI"), V30 | V40, CARD_RAW},
    {STR_C("CATEGORIES"), V30 | V40, CARD_TEXTS},
    {STR_C("CLASS"), V30, CARD_TEXT},
    {STR_C("CLIENTPIDMAP"), V40, CARD_RAW},
    {STR_C("CONTACT-URI"), V40, CARD_RAW},
    {STR_C("CREATED"), V40, CARD_RAW},
    {STR_C("DEATHDATE"), V40, CARD_DATE},
    {STR_C("DEATHPLACE"), V40, CARD_TEXT},
    {STR_C("EMAIL"), ALL, CARD_TEXT},
    {STR_C("EXPERTISE"), V40, CARD_TEXT},
    {STR_C("FBURL"), V30 | V40, CARD_RAW},
    {STR_C("FN"), ALL, CARD_TEXT},
    {STR_C("GENDER"), V40, CARD_PARTS},
    {STR_C("GEO"), ALL, CARD_RAW},
    {STR_C("GRAMGENDER"), V40, CARD_TEXT},
    {STR_C("HOBBY"), V40, CARD_TEXT},
    {STR_C("IMPP"), V30 | V40, CARD_RAW},
    {STR_C("INTEREST"), V40, CARD_TEXT},
    {STR_C("JSPROP"), V40, CARD_TEXT},
    {STR_C("KEY"), ALL, CARD_BINARY},
    {STR_C("KIND"), V40, CARD_TEXT},
    {STR_C("LABEL"), V21 | V30, CARD_TEXT},
    {STR_C("LANG"), V40, CARD_RAW},
    {STR_C("LANGUAGE"), V40, CARD_RAW},
    {STR_C("LOGO"), ALL, CARD_BINARY},
    {STR_C("MAILER"), V21 | V30, CARD_TEXT},
    {STR_C("MEMBER"), V40, CARD_RAW},
    {STR_C("N"), ALL, CARD_PARTS},
    {STR_C("NAME"), V30, CARD_TEXT},
    {STR_C("NICKNAME"), V30 | V40, CARD_TEXTS},
    {STR_C("NOTE"), ALL, CARD_TEXT},
    {STR_C("ORG"), ALL, CARD_PARTS},
    {STR_C("ORG-DIRECTORY"), V40, CARD_RAW},
    {STR_C("PHOTO"), ALL, CARD_BINARY},
    {STR_C("PRODID"), V30 | V40, CARD_TEXT},
    {STR_C("PROFILE"), V30, CARD_TEXT},
    {STR_C("PRONOUNS"), V40, CARD_TEXT},
    {STR_C("RELATED"), V40, CARD_RAW},
    {STR_C("REV"), ALL, CARD_STAMP},
    {STR_C("ROLE"), ALL, CARD_TEXT},
    {STR_C("SOCIALPROFILE"), V40, CARD_RAW},
    {STR_C("SORT-STRING"), V30, CARD_TEXT},
    {STR_C("SOUND"), ALL, CARD_BINARY},
    {STR_C("SOURCE"), V30 | V40, CARD_RAW},
    {STR_C("TEL"), ALL, CARD_TEXT},
    {STR_C("TITLE"), ALL, CARD_TEXT},
    {STR_C("TZ"), ALL, CARD_RAW},
    {STR_C("UID"), ALL, CARD_RAW},
    {STR_C("URL"), ALL, CARD_RAW},
    {STR_C("XML"), V40, CARD_TEXT},
};

static const struct card_known params[] = {
    {STR_C("ALTID"), V40, CARD_RAW},
    {STR_C("AUTHOR"), V40, CARD_RAW},
    {STR_C("AUTHOR-NAME"), V40, CARD_RAW},
    {STR_C("CALSCALE"), V40, CARD_RAW},
    {STR_C("CC"), V40, CARD_RAW},
    {STR_C("CHARSET"), V21, CARD_RAW},
    {STR_C("CREATED"), V40, CARD_RAW},
    {STR_C("DERIVED"), V40, CARD_RAW},
    {STR_C("ENCODING"), V21 | V30, CARD_RAW},
    {STR_C("GEO"), V40, CARD_RAW},
    {STR_C("INDEX"), V40, CARD_RAW},
    {STR_C("JSPTR"), V40, CARD_RAW},
    {STR_C("LABEL"), V40, CARD_RAW},
    {STR_C("LANGUAGE"), ALL, CARD_RAW},
    {STR_C("LEVEL"), V40, CARD_RAW},
    {STR_C("MEDIATYPE"), V40, CARD_RAW},
    {STR_C("PHONETIC"), V40, CARD_RAW},
    {STR_C("PID"), V40, CARD_RAW},
    {STR_C("PREF"), V40, CARD_RAW},
    {STR_C("PROP-ID"), V40, CARD_RAW},
    {STR_C("SCRIPT"), V40, CARD_RAW},
    {STR_C("SERVICE-TYPE"), V40, CARD_RAW},
    {STR_C("SORT-AS"), V40, CARD_RAW},
    {STR_C("TYPE"), ALL, CARD_RAW},
    {STR_C("TZ"), V40, CARD_RAW},
    {STR_C("USERNAME"), V40, CARD_RAW},
    {STR_C("VALUE"), ALL, CARD_RAW},
};

static const struct card_known *
find(const struct card_known *table, size_t count, struct str name)
{
	for (size_t i = 0; i < count; i++)
		if (str_ieq(table[i].name, name))
			return &table[i];
	return NULL;
}

const struct card_known *
card_known(struct str name)
{
	return find(properties, sizeof(properties) / sizeof(properties[0]),
	    name);
}

const struct card_known *
card_known_param(struct str name)
{
	return find(params, sizeof(params) / sizeof(params[0]), name);
}

enum card_version
card_version_of(struct str text)
{
	text = str_trim(text);
	for (enum card_version version = CARD_21; version <= CARD_40; version++)
		if (str_eq(text, card_version_name(version)))
			return version;
	return CARD_UNKNOWN;
}

struct str
card_version_name(enum card_version version)
{
	static const struct str names[] = {STR_C(""), STR_C("2.1"),
	    STR_C("3.0"), STR_C("4.0")};

	return names[version];
}
