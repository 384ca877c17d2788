/* What vCard 3.0 and 4.0 say differently of one property; see convert.h. */
#include "card/convert.h"

/* --- names ---------------------------------------------------------------- */

static const struct {
	struct str name, apple;
} apples[] = {
    {STR_C("KIND"), STR_C("X-ADDRESSBOOKSERVER-KIND")},
    {STR_C("MEMBER"), STR_C("X-ADDRESSBOOKSERVER-MEMBER")},
};

#define APPLES (sizeof(apples) / sizeof(apples[0]))

static bool
has(const struct card_known *known, enum card_version version)
{
	return known && known->versions >> version & 1;
}

/* "X-KIND" where KIND is what the other version has no word for. */
static bool
is_stand_in(const struct card_known *known, enum card_version from,
    enum card_version to)
{
	return known && !has(known, from) && has(known, to);
}

void
card_rename_params(struct card_property *property, enum card_version from,
    enum card_version to)
{
	for (size_t i = 0; i < property->count; i++) {
		struct card_param *param = &property->params[i];
		const struct card_known *known = card_known_param(param->name);

		if (known && has(known, from) && !has(known, to))
			param->name =
			    card_join(property, STR("X-"), param->name);
		else if (str_istarts(param->name, STR("X-")) &&
			 is_stand_in(card_known_param(str_from(param->name, 2)),
			     from, to))
			param->name =
			    card_known_param(str_from(param->name, 2))->name;
	}
}

bool
card_rename(struct card_property *property, enum card_version from,
    enum card_version to)
{
	struct str name = property->name;
	const struct card_known *known = card_known(name);

	if (from == to)
		return false;
	for (size_t i = 0; i < APPLES; i++) {
		if (from == CARD_40 && str_eq(name, apples[i].name)) {
			property->name = apples[i].apple;
			return true;
		}
		if (to == CARD_40 && str_ieq(name, apples[i].apple)) {
			property->name = apples[i].name;
			return false;
		}
	}
	if (known && !has(known, to)) {
		property->name = card_join(property, STR("X-"), name);
		return true;
	}
	if (!str_istarts(name, STR("X-")))
		return false;
	known = card_known(str_from(name, 2));
	if (is_stand_in(known, from, to))
		property->name = known->name;
	return false;
}

/* --- dates ---------------------------------------------------------------- */

/* The pattern: 0 for a digit, everything else for itself. */
static bool
looks(struct str text, const char *pattern)
{
	size_t n = strlen(pattern);

	if (text.n < n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (pattern[i] == '0' ? !ascii_digit(text.p[i])
				      : text.p[i] != pattern[i])
			return false;
	return true;
}

static struct str
set_text(struct card_property *property, struct buf *text)
{
	struct str copy = arena_copy(property->arena, buf_str(text));

	property->failed |= !buf_ok(text) || (text->n && !copy.p);
	buf_free(text);
	return copy;
}

/* "1996-04-15T10:22:00-05:00" as "19960415T102200-0500". */
static void
date_to_basic(struct card_property *property)
{
	struct str value = property->value;
	struct card_param *omit =
	    card_param(property, STR("X-APPLE-OMIT-YEAR"));
	struct buf text = {0};

	if (!looks(value, "0000-00-00") || (value.n > 10 && value.p[10] != 'T'))
		return;
	if (omit && str_eq(omit->values, str_head(value, 4))) {
		buf_add_str(&text, STR("--"));
		card_param_drop(property, STR("X-APPLE-OMIT-YEAR"));
	} else {
		buf_add(&text, value.p, 4);
	}
	buf_add(&text, value.p + 5, 2);
	buf_add(&text, value.p + 8, 2);
	for (size_t i = 10; i < value.n; i++)
		if (value.p[i] != ':')
			buf_add_char(&text, value.p[i]);
	property->value = set_text(property, &text);
}

static void
add_time(struct buf *to, struct str time)
{
	if (looks(time, "T000000")) {
		buf_printf(to, "%.*s:%.*s:%.*s", 3, time.p, 2, time.p + 3, 2,
		    time.p + 5);
		time = str_from(time, 7);
	}
	if (time.n == 5 && ascii_digit(time.p[1])) {
		buf_printf(to, "%.*s:%.*s", 3, time.p, 2, time.p + 3);
		return;
	}
	buf_add_str(to, time);
}

static void
date_to_extended(struct card_property *property)
{
	struct str value = property->value;
	struct buf text = {0};

	if (looks(value, "00000000") && (value.n == 8 || value.p[8] == 'T')) {
		buf_printf(&text, "%.*s-%.*s-%.*s", 4, value.p, 2, value.p + 4,
		    2, value.p + 6);
		add_time(&text, str_from(value, 8));
	} else if (looks(value, "--0000") && value.n == 6) {
		/* A leap year, as Apple does it. */
		buf_printf(&text, "1604-%.*s-%.*s", 2, value.p + 2, 2,
		    value.p + 4);
		card_param_add(property, STR("X-APPLE-OMIT-YEAR"), STR("1604"));
	} else {
		return;
	}
	property->value = set_text(property, &text);
}

/* --- pictures, sounds, keys ----------------------------------------------- */

static const struct {
	struct str type, media;
} medias[] = {
    {STR_C("JPEG"), STR_C("image/jpeg")},
    {STR_C("JPG"), STR_C("image/jpeg")},
    {STR_C("PNG"), STR_C("image/png")},
    {STR_C("GIF"), STR_C("image/gif")},
    {STR_C("BMP"), STR_C("image/bmp")},
    {STR_C("TIFF"), STR_C("image/tiff")},
    {STR_C("WEBP"), STR_C("image/webp")},
    {STR_C("SVG"), STR_C("image/svg+xml")},
    {STR_C("BASIC"), STR_C("audio/basic")},
    {STR_C("WAVE"), STR_C("audio/wav")},
    {STR_C("OGG"), STR_C("audio/ogg")},
    {STR_C("MPEG"), STR_C("audio/mpeg")},
    {STR_C("PGP"), STR_C("application/pgp-keys")},
    {STR_C("X509"), STR_C("application/pkix-cert")},
};

#define MEDIAS (sizeof(medias) / sizeof(medias[0]))

/* Of its TYPE, which is taken away. */
static struct str
take_media(struct card_property *property)
{
	struct card_param *type = card_param(property, STR("TYPE"));
	struct card_param *media = card_param(property, STR("X-MEDIATYPE"));
	struct str rest, word;

	if (media) {
		rest = media->values;
		param_value_next(&rest, &word);
		card_param_drop(property, STR("X-MEDIATYPE"));
		return word;
	}
	if (!type)
		return STR("application/octet-stream");
	rest = type->values;
	param_value_next(&rest, &word);
	for (size_t i = 0; i < MEDIAS; i++)
		if (str_ieq(word, medias[i].type)) {
			card_type_take(property, word);
			return medias[i].media;
		}
	return STR("application/octet-stream");
}

static bool
is_base64(struct card_property *property)
{
	struct card_param *encoding = card_param(property, STR("ENCODING"));

	return encoding && str_ieq(encoding->values, STR("b"));
}

static void
binary_to_uri(struct card_property *property)
{
	struct str head, media;

	struct card_param *value = card_param(property, STR("VALUE"));

	if (!is_base64(property)) {
		/* That is what it is anyway. */
		if (value && str_ieq(value->values, STR("uri")))
			card_param_drop(property, STR("VALUE"));
		return;
	}
	media = take_media(property);
	card_param_drop(property, STR("ENCODING"));
	card_param_drop(property, STR("VALUE"));
	head = card_join(property, STR("data:"), media);
	head = card_join(property, head, STR(";base64,"));
	property->value = card_join(property, head, property->value);
}

static bool
has_scheme(struct str value)
{
	size_t colon = str_find_byte(value, ':');

	if (colon == SIZE_MAX || colon == 0 || !ascii_alpha(value.p[0]))
		return false;
	for (size_t i = 0; i < colon; i++)
		if (!ascii_alpha(value.p[i]) && !ascii_digit(value.p[i]) &&
		    str_find_byte(STR("+-."), value.p[i]) == SIZE_MAX)
			return false;
	return true;
}

/* A media type as people write them (RFC 6838, 4.2), parameters too. */
static bool
is_media(struct str media)
{
	for (size_t i = 0; i < media.n; i++)
		if (!ascii_alpha(media.p[i]) && !ascii_digit(media.p[i]) &&
		    str_find_byte(STR("/+-._;="), media.p[i]) == SIZE_MAX)
			return false;
	return true;
}

static void
binary_to_inline(struct card_property *property)
{
	struct str value = property->value, media, rest;
	size_t end = str_find(value, STR(";base64,"));

	if (is_base64(property))
		return;
	if (!str_istarts(value, STR("data:")) || end == SIZE_MAX || end < 5 ||
	    !is_media(str_head(str_from(value, 5), end - 5))) {
		if (has_scheme(value) && !card_param(property, STR("VALUE")))
			card_param_add(property, STR("VALUE"), STR("uri"));
		return;
	}
	media = str_head(str_from(value, 5), end - 5);
	rest = str_from(value, end + 8);
	card_param_drop(property, STR("VALUE"));
	card_param_add(property, STR("ENCODING"), STR("b"));
	property->value = rest;
	for (size_t i = 0; i < MEDIAS; i++)
		if (str_ieq(media, medias[i].media)) {
			card_param_add(property, STR("TYPE"), medias[i].type);
			return;
		}
	if (media.n && !str_ieq(media, STR("application/octet-stream")) &&
	    !card_param(property, STR("MEDIATYPE")))
		card_param_add(property, STR("X-MEDIATYPE"),
		    str_find_byte(media, ';') == SIZE_MAX
			? media
			: card_join(property,
			      card_join(property, STR("\""), media),
			      STR("\"")));
}

/* --- others --------------------------------------------------------------- */

static void
geo_to_uri(struct card_property *property)
{
	struct str value = property->value;
	size_t at = str_find_byte(value, ';');
	struct str head;

	if (at == SIZE_MAX || has_scheme(value))
		return;
	head = card_join(property, STR("geo:"), str_head(value, at));
	head = card_join(property, head, STR(","));
	property->value =
	    card_join(property, head, str_trim(str_from(value, at + 1)));
}

static void
geo_from_uri(struct card_property *property)
{
	struct str value = property->value;
	size_t at = str_find_byte(value, ',');
	struct str head;

	if (!str_istarts(value, STR("geo:")) || at == SIZE_MAX ||
	    str_find_byte(value, ';') != SIZE_MAX)
		return;
	head =
	    card_join(property, str_head(str_from(value, 4), at - 4), STR(";"));
	property->value = card_join(property, head, str_from(value, at + 1));
}

/* TEL;VALUE=uri:tel:... is text in 3.0; so that it comes back as it was. */
static void
phone_to_text(struct card_property *property)
{
	struct card_param *value = card_param(property, STR("VALUE"));

	if (!value || !str_ieq(value->values, STR("uri")) ||
	    !str_istarts(property->value, STR("tel:")))
		return;
	value->name = STR("X-VALUE");
	property->value = str_from(property->value, 4);
}

static void
phone_to_uri(struct card_property *property)
{
	struct card_param *value = card_param(property, STR("X-VALUE"));

	if (!value || !str_ieq(value->values, STR("uri")))
		return;
	value->name = STR("VALUE");
	property->value = card_join(property, STR("tel:"), property->value);
}

void
card_to_40(struct card_property *property)
{
	enum card_value kind = card_property_value(property);

	if (card_type_take(property, STR("pref")) &&
	    !card_param(property, STR("PREF")))
		card_param_add(property, STR("PREF"), STR("1"));
	if (kind == CARD_BINARY)
		binary_to_uri(property);
	if (kind == CARD_DATE || kind == CARD_STAMP)
		date_to_basic(property);
	if (str_eq(property->name, STR("GEO")))
		geo_to_uri(property);
	if (str_eq(property->name, STR("TEL")))
		phone_to_uri(property);
	if (str_eq(property->name, STR("UID")) &&
	    !has_scheme(property->value) && !card_param(property, STR("VALUE")))
		card_param_add(property, STR("VALUE"), STR("text"));
}

static void
pref_to_type(struct card_property *property)
{
	struct card_param *type;

	card_param_drop(property, STR("PREF"));
	type = card_param(property, STR("TYPE"));
	if (type)
		type->values = card_join(property, type->values, STR(",pref"));
	else
		card_param_add(property, STR("TYPE"), STR("pref"));
}

void
card_to_30(struct card_property *property, bool from_40)
{
	enum card_value kind = card_property_value(property);
	struct card_param *pref = card_param(property, STR("PREF"));
	struct card_param *value;

	if (pref && str_eq(pref->values, STR("1")))
		pref_to_type(property);
	value = card_param(property, STR("VALUE"));
	if (kind == CARD_BINARY)
		binary_to_inline(property);
	if ((kind == CARD_DATE || kind == CARD_STAMP) &&
	    !(value && str_ieq(value->values, STR("text")))) {
		/* Half of one form, half of the other. */
		date_to_basic(property);
		date_to_extended(property);
	}
	if (str_eq(property->name, STR("GEO")))
		geo_from_uri(property);
	if (from_40 && str_eq(property->name, STR("TEL")))
		phone_to_text(property);
	if (str_eq(property->name, STR("UID")) && value &&
	    str_ieq(value->values, STR("text")))
		card_param_drop(property, STR("VALUE"));
}
