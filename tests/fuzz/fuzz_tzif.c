/* TZif files and TZ strings: whatever is taken must answer any question, and
 * an instant's local time must lead back to it or to its twin. */
#include "time/zone_impl.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
ask(const struct zone *zone, int64_t at)
{
	struct zone_cursor cursor = {0};
	struct zone_span span;
	int64_t local;

	zone_span_at(zone, at, &span);
	if (at < span.from || (at >= span.until && span.until != INT64_MAX))
		abort();
	local = zone_local(&cursor, zone, at);
	if (at > INT64_MIN / 2 && at < INT64_MAX / 2 &&
	    zone_instant(NULL, zone, local, NULL) > at)
		abort();
	if (zone_instant(&cursor, zone, local, NULL) !=
	    zone_instant(NULL, zone, local, NULL))
		abort();
}

static void
ask_all(struct zone *zone)
{
	if (!zone)
		return;
	for (int64_t at = INT64_MAX; at > 0; at /= 3) {
		ask(zone, at);
		ask(zone, -at);
	}
	for (int64_t at = 0; at < 3000000000; at += 30000001)
		ask(zone, at);
	for (size_t i = 0; i < zone->parts.count && i < 50; i++) {
		ask(zone, zone->parts.at[i]);
		ask(zone, instant_add(zone->parts.at[i], -1));
	}
	zone_free(zone);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str bytes = {(const char *)data, size};

	ask_all(zone_from_tzif(bytes, STR("x"), NULL));
	ask_all(zone_from_posix(bytes, STR("x")));
	return 0;
}
