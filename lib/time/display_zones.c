/*
 * What Windows, Outlook and Exchange show their users for a zone. The texts
 * changed over the years ("(GMT+01:00) Brussels, ..." or "(UTC+01:00) ..."),
 * the places in them hardly: each place stands for the zone that Windows lists
 * it under, in CLDR's mapping.
 */
#include "time/zone_names.h"

#include <stdlib.h>

#define PLACE_MAX 40

/* sorted; words in lower case with one space between */
static const struct zone_alias places[] = {
    {STR_C("abu dhabi"), STR_C("Asia/Dubai")},
    {STR_C("adelaide"), STR_C("Australia/Adelaide")},
    {STR_C("alaska"), STR_C("America/Anchorage")},
    {STR_C("aleutian islands"), STR_C("America/Adak")},
    {STR_C("almaty"), STR_C("Asia/Almaty")},
    {STR_C("amman"), STR_C("Asia/Amman")},
    {STR_C("amsterdam"), STR_C("Europe/Berlin")},
    {STR_C("anadyr"), STR_C("Asia/Kamchatka")},
    {STR_C("araguaina"), STR_C("America/Araguaina")},
    {STR_C("arizona"), STR_C("America/Phoenix")},
    {STR_C("ashgabat"), STR_C("Asia/Tashkent")},
    {STR_C("asmara"), STR_C("Africa/Nairobi")},
    {STR_C("astana"), STR_C("Asia/Almaty")},
    {STR_C("astrakhan"), STR_C("Europe/Astrakhan")},
    {STR_C("asuncion"), STR_C("America/Asuncion")},
    {STR_C("athens"), STR_C("Europe/Bucharest")},
    {STR_C("atlantic time canada"), STR_C("America/Halifax")},
    {STR_C("auckland"), STR_C("Pacific/Auckland")},
    {STR_C("azores"), STR_C("Atlantic/Azores")},
    {STR_C("baghdad"), STR_C("Asia/Baghdad")},
    {STR_C("baja california"), STR_C("America/Tijuana")},
    {STR_C("baku"), STR_C("Asia/Baku")},
    {STR_C("bangkok"), STR_C("Asia/Bangkok")},
    {STR_C("barnaul"), STR_C("Asia/Barnaul")},
    {STR_C("beijing"), STR_C("Asia/Shanghai")},
    {STR_C("beirut"), STR_C("Asia/Beirut")},
    {STR_C("belgrade"), STR_C("Europe/Budapest")},
    {STR_C("berlin"), STR_C("Europe/Berlin")},
    {STR_C("bern"), STR_C("Europe/Berlin")},
    {STR_C("bishkek"), STR_C("Asia/Bishkek")},
    {STR_C("bogota"), STR_C("America/Bogota")},
    {STR_C("bougainville island"), STR_C("Pacific/Bougainville")},
    {STR_C("brasilia"), STR_C("America/Sao_Paulo")},
    {STR_C("bratislava"), STR_C("Europe/Budapest")},
    {STR_C("brisbane"), STR_C("Australia/Brisbane")},
    {STR_C("brussels"), STR_C("Europe/Paris")},
    {STR_C("bucharest"), STR_C("Europe/Bucharest")},
    {STR_C("budapest"), STR_C("Europe/Budapest")},
    {STR_C("buenos aires"), STR_C("America/Buenos_Aires")},
    {STR_C("cabo verde is"), STR_C("Atlantic/Cape_Verde")},
    {STR_C("cairo"), STR_C("Africa/Cairo")},
    {STR_C("canberra"), STR_C("Australia/Sydney")},
    {STR_C("cape verde is"), STR_C("Atlantic/Cape_Verde")},
    {STR_C("caracas"), STR_C("America/Caracas")},
    {STR_C("casablanca"), STR_C("Africa/Casablanca")},
    {STR_C("caucasus standard time"), STR_C("Asia/Yerevan")},
    {STR_C("cayenne"), STR_C("America/Cayenne")},
    {STR_C("central america"), STR_C("America/Guatemala")},
    {STR_C("central time"), STR_C("America/Chicago")},
    {STR_C("central time us canada"), STR_C("America/Chicago")},
    {STR_C("chatham islands"), STR_C("Pacific/Chatham")},
    {STR_C("chennai"), STR_C("Asia/Calcutta")},
    {STR_C("chetumal"), STR_C("America/Cancun")},
    {STR_C("chihuahua"), STR_C("America/Chihuahua")},
    {STR_C("chisinau"), STR_C("Europe/Chisinau")},
    {STR_C("chita"), STR_C("Asia/Chita")},
    {STR_C("chokurdakh"), STR_C("Asia/Srednekolymsk")},
    {STR_C("chongqing"), STR_C("Asia/Shanghai")},
    {STR_C("city of buenos aires"), STR_C("America/Buenos_Aires")},
    {STR_C("coordinated universal time"), STR_C("Etc/UTC")},
    {STR_C("coordinated universal time 02"), STR_C("Etc/GMT+2")},
    {STR_C("coordinated universal time 08"), STR_C("Etc/GMT+8")},
    {STR_C("coordinated universal time 09"), STR_C("Etc/GMT+9")},
    {STR_C("coordinated universal time 11"), STR_C("Etc/GMT+11")},
    {STR_C("coordinated universal time 12"), STR_C("Etc/GMT-12")},
    {STR_C("coordinated universal time 13"), STR_C("Etc/GMT-13")},
    {STR_C("copenhagen"), STR_C("Europe/Paris")},
    {STR_C("cuiaba"), STR_C("America/Cuiaba")},
    {STR_C("damascus"), STR_C("Asia/Damascus")},
    {STR_C("darwin"), STR_C("Australia/Darwin")},
    {STR_C("dhaka"), STR_C("Asia/Dhaka")},
    {STR_C("dublin"), STR_C("Europe/London")},
    {STR_C("easter island"), STR_C("Pacific/Easter")},
    {STR_C("eastern time"), STR_C("America/New_York")},
    {STR_C("eastern time us canada"), STR_C("America/New_York")},
    {STR_C("edinburgh"), STR_C("Europe/London")},
    {STR_C("ekaterinburg"), STR_C("Asia/Yekaterinburg")},
    {STR_C("eucla"), STR_C("Australia/Eucla")},
    {STR_C("fiji"), STR_C("Pacific/Fiji")},
    {STR_C("fortaleza"), STR_C("America/Cayenne")},
    {STR_C("gaza"), STR_C("Asia/Hebron")},
    {STR_C("georgetown"), STR_C("America/La_Paz")},
    {STR_C("greenland"), STR_C("America/Godthab")},
    {STR_C("guadalajara"), STR_C("America/Mexico_City")},
    {STR_C("guam"), STR_C("Pacific/Port_Moresby")},
    {STR_C("haiti"), STR_C("America/Port-au-Prince")},
    {STR_C("hanoi"), STR_C("Asia/Bangkok")},
    {STR_C("harare"), STR_C("Africa/Johannesburg")},
    {STR_C("havana"), STR_C("America/Havana")},
    {STR_C("hawaii"), STR_C("Pacific/Honolulu")},
    {STR_C("hebron"), STR_C("Asia/Hebron")},
    {STR_C("helsinki"), STR_C("Europe/Kiev")},
    {STR_C("hobart"), STR_C("Australia/Hobart")},
    {STR_C("hong kong"), STR_C("Asia/Shanghai")},
    {STR_C("hovd"), STR_C("Asia/Hovd")},
    {STR_C("indiana east"), STR_C("America/Indianapolis")},
    {STR_C("international date line west"), STR_C("Etc/GMT+12")},
    {STR_C("irkutsk"), STR_C("Asia/Irkutsk")},
    {STR_C("islamabad"), STR_C("Asia/Karachi")},
    {STR_C("istanbul"), STR_C("Europe/Istanbul")},
    {STR_C("izhevsk"), STR_C("Europe/Samara")},
    {STR_C("jakarta"), STR_C("Asia/Bangkok")},
    {STR_C("jerusalem"), STR_C("Asia/Jerusalem")},
    {STR_C("juba"), STR_C("Africa/Juba")},
    {STR_C("kabul"), STR_C("Asia/Kabul")},
    {STR_C("kaliningrad"), STR_C("Europe/Kaliningrad")},
    {STR_C("kamchatka"), STR_C("Asia/Kamchatka")},
    {STR_C("karachi"), STR_C("Asia/Karachi")},
    {STR_C("kathmandu"), STR_C("Asia/Katmandu")},
    {STR_C("khartoum"), STR_C("Africa/Khartoum")},
    {STR_C("kiritimati island"), STR_C("Pacific/Kiritimati")},
    {STR_C("kolkata"), STR_C("Asia/Calcutta")},
    {STR_C("krasnoyarsk"), STR_C("Asia/Krasnoyarsk")},
    {STR_C("kuala lumpur"), STR_C("Asia/Singapore")},
    {STR_C("kuwait"), STR_C("Asia/Riyadh")},
    {STR_C("kyiv"), STR_C("Europe/Kiev")},
    {STR_C("la paz"), STR_C("America/La_Paz")},
    {STR_C("lima"), STR_C("America/Bogota")},
    {STR_C("lisbon"), STR_C("Europe/London")},
    {STR_C("ljubljana"), STR_C("Europe/Budapest")},
    {STR_C("london"), STR_C("Europe/London")},
    {STR_C("lord howe island"), STR_C("Australia/Lord_Howe")},
    {STR_C("madrid"), STR_C("Europe/Paris")},
    {STR_C("magadan"), STR_C("Asia/Magadan")},
    {STR_C("manaus"), STR_C("America/La_Paz")},
    {STR_C("marquesas islands"), STR_C("Pacific/Marquesas")},
    {STR_C("marshall is"), STR_C("Etc/GMT-12")},
    {STR_C("mazatlan"), STR_C("America/Mazatlan")},
    {STR_C("melbourne"), STR_C("Australia/Sydney")},
    {STR_C("mexico city"), STR_C("America/Mexico_City")},
    {STR_C("minsk"), STR_C("Europe/Minsk")},
    {STR_C("monrovia"), STR_C("Atlantic/Reykjavik")},
    {STR_C("monterrey"), STR_C("America/Mexico_City")},
    {STR_C("montevideo"), STR_C("America/Montevideo")},
    {STR_C("moscow"), STR_C("Europe/Moscow")},
    {STR_C("mountain time"), STR_C("America/Denver")},
    {STR_C("mountain time us canada"), STR_C("America/Denver")},
    {STR_C("mumbai"), STR_C("Asia/Calcutta")},
    {STR_C("muscat"), STR_C("Asia/Dubai")},
    {STR_C("nairobi"), STR_C("Africa/Nairobi")},
    {STR_C("new caledonia"), STR_C("Pacific/Guadalcanal")},
    {STR_C("new delhi"), STR_C("Asia/Calcutta")},
    {STR_C("newfoundland"), STR_C("America/St_Johns")},
    {STR_C("norfolk island"), STR_C("Pacific/Norfolk")},
    {STR_C("novosibirsk"), STR_C("Asia/Novosibirsk")},
    {STR_C("nuku alofa"), STR_C("Pacific/Tongatapu")},
    {STR_C("omsk"), STR_C("Asia/Omsk")},
    {STR_C("osaka"), STR_C("Asia/Tokyo")},
    {STR_C("pacific time"), STR_C("America/Los_Angeles")},
    {STR_C("pacific time us canada"), STR_C("America/Los_Angeles")},
    {STR_C("paris"), STR_C("Europe/Paris")},
    {STR_C("perth"), STR_C("Australia/Perth")},
    {STR_C("petropavlovsk kamchatsky"), STR_C("Asia/Kamchatka")},
    {STR_C("port louis"), STR_C("Indian/Mauritius")},
    {STR_C("port moresby"), STR_C("Pacific/Port_Moresby")},
    {STR_C("prague"), STR_C("Europe/Budapest")},
    {STR_C("pretoria"), STR_C("Africa/Johannesburg")},
    {STR_C("punta arenas"), STR_C("America/Punta_Arenas")},
    {STR_C("pyongyang"), STR_C("Asia/Pyongyang")},
    {STR_C("quito"), STR_C("America/Bogota")},
    {STR_C("qyzylorda"), STR_C("Asia/Qyzylorda")},
    {STR_C("rangoon"), STR_C("Asia/Rangoon")},
    {STR_C("reykjavik"), STR_C("Atlantic/Reykjavik")},
    {STR_C("riga"), STR_C("Europe/Kiev")},
    {STR_C("rio branco"), STR_C("America/Bogota")},
    {STR_C("riyadh"), STR_C("Asia/Riyadh")},
    {STR_C("rome"), STR_C("Europe/Berlin")},
    {STR_C("saint petersburg"), STR_C("Europe/Moscow")},
    {STR_C("saint pierre and miquelon"), STR_C("America/Miquelon")},
    {STR_C("sakhalin"), STR_C("Asia/Sakhalin")},
    {STR_C("salvador"), STR_C("America/Bahia")},
    {STR_C("samara"), STR_C("Europe/Samara")},
    {STR_C("samoa"), STR_C("Pacific/Apia")},
    {STR_C("san juan"), STR_C("America/La_Paz")},
    {STR_C("santiago"), STR_C("America/Santiago")},
    {STR_C("sao tome"), STR_C("Africa/Sao_Tome")},
    {STR_C("sapporo"), STR_C("Asia/Tokyo")},
    {STR_C("sarajevo"), STR_C("Europe/Warsaw")},
    {STR_C("saratov"), STR_C("Europe/Saratov")},
    {STR_C("saskatchewan"), STR_C("America/Regina")},
    {STR_C("seoul"), STR_C("Asia/Seoul")},
    {STR_C("singapore"), STR_C("Asia/Singapore")},
    {STR_C("skopje"), STR_C("Europe/Warsaw")},
    {STR_C("sofia"), STR_C("Europe/Kiev")},
    {STR_C("solomon is"), STR_C("Pacific/Guadalcanal")},
    {STR_C("sri jayawardenepura"), STR_C("Asia/Colombo")},
    {STR_C("st petersburg"), STR_C("Europe/Moscow")},
    {STR_C("stockholm"), STR_C("Europe/Berlin")},
    {STR_C("sydney"), STR_C("Australia/Sydney")},
    {STR_C("taipei"), STR_C("Asia/Taipei")},
    {STR_C("tallinn"), STR_C("Europe/Kiev")},
    {STR_C("tashkent"), STR_C("Asia/Tashkent")},
    {STR_C("tbilisi"), STR_C("Asia/Tbilisi")},
    {STR_C("tehran"), STR_C("Asia/Tehran")},
    {STR_C("tijuana"), STR_C("America/Tijuana")},
    {STR_C("tokyo"), STR_C("Asia/Tokyo")},
    {STR_C("tomsk"), STR_C("Asia/Tomsk")},
    {STR_C("tripoli"), STR_C("Africa/Tripoli")},
    {STR_C("turks and caicos"), STR_C("America/Grand_Turk")},
    {STR_C("ulaanbaatar"), STR_C("Asia/Ulaanbaatar")},
    {STR_C("urumqi"), STR_C("Asia/Shanghai")},
    {STR_C("vienna"), STR_C("Europe/Berlin")},
    {STR_C("vilnius"), STR_C("Europe/Kiev")},
    {STR_C("vladivostok"), STR_C("Asia/Vladivostok")},
    {STR_C("volgograd"), STR_C("Europe/Volgograd")},
    {STR_C("warsaw"), STR_C("Europe/Warsaw")},
    {STR_C("wellington"), STR_C("Pacific/Auckland")},
    {STR_C("west central africa"), STR_C("Africa/Lagos")},
    {STR_C("windhoek"), STR_C("Africa/Windhoek")},
    {STR_C("yakutsk"), STR_C("Asia/Yakutsk")},
    {STR_C("yangon rangoon"), STR_C("Asia/Rangoon")},
    {STR_C("yerevan"), STR_C("Asia/Yerevan")},
    {STR_C("yukon"), STR_C("America/Whitehorse")},
    {STR_C("zagreb"), STR_C("Europe/Warsaw")},
};

static int
compare(const void *name, const void *alias)
{
	const struct zone_alias *entry = alias;

	return str_cmp(*(const struct str *)name, entry->name);
}

/* A place as the table spells it; false where it is too long for any. */
static bool
spell(struct str text, char words[PLACE_MAX], struct str *place)
{
	size_t n = 0;
	bool gap = false;

	for (size_t i = 0; i < text.n; i++) {
		char c = ascii_lower(text.p[i]);

		if (!ascii_alpha(c) && !ascii_digit(c)) {
			gap = n > 0;
			continue;
		}
		if (n + 2 > PLACE_MAX)
			return false;
		if (gap)
			words[n++] = ' ';
		words[n++] = c;
		gap = false;
	}
	*place = (struct str){words, n};
	return true;
}

static bool
is_separator(char c)
{
	return c == ',' || c == ';' || c == '/' || c == ':' || c == '\\';
}

struct str
display_zone(struct str name)
{
	char words[PLACE_MAX];
	const struct zone_alias *found;
	struct str place;
	size_t from = 0;

	/* "(UTC+01:00) ", "(GMT-05.00) " */
	if (str_istarts(name, STR("(UTC")) || str_istarts(name, STR("(GMT"))) {
		size_t end = str_find_byte(name, ')');

		if (end == SIZE_MAX)
			return (struct str){NULL, 0};
		from = end + 1;
	}
	for (size_t i = from; i <= name.n; i++) {
		struct str part = str_from(str_head(name, i), from);

		if (i < name.n && !is_separator(name.p[i]))
			continue;
		from = i + 1;
		if (!spell(part, words, &place) || place.n == 0)
			continue;
		found = bsearch(&place, places,
		    sizeof(places) / sizeof(*places), sizeof(*places), compare);
		if (found)
			return found->zone;
	}
	return (struct str){NULL, 0};
}
