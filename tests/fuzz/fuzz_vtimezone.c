/* A calendar's VTIMEZONEs through the reader into a scope, and questions. */
#define _GNU_SOURCE /* memfd_create */
#include "text/reader.h"
#include "time/zone_impl.h"
#include "time/zones.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
ask(const struct zone *zone)
{
	struct zone_cursor cursor = {0};
	struct zone_span span;
	int64_t at = LOCAL_FIRST;

	for (int i = 0; i < 300 && at < LOCAL_LAST; i++) {
		enum zone_fit fit;
		int64_t local;

		zone_span_at(zone, at, &span);
		if (at < span.from || at >= span.until)
			abort();
		local = zone_local(&cursor, zone, at);
		if (zone_instant(&cursor, zone, local, &fit) > at ||
		    fit == ZONE_FIT_GAP)
			abort();
		zone_instant(&cursor, zone, local - 1, &fit);
		if (span.until == INT64_MAX)
			break;
		at = span.until;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct zone_scope *scope = zone_scope_new();
	struct reader reader;
	struct error err;
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	if (fd < 0 || !scope || write(fd, data, size) != (ssize_t)size ||
	    lseek(fd, 0, SEEK_SET) != 0 ||
	    !reader_init(&reader, fd, "fuzz", &err))
		abort();
	while (reader_next(&reader, &err) && reader.item != ITEM_NONE) {
		struct component component;
		struct zone *zone;

		if (reader.item != ITEM_RECORD)
			continue;
		component_of_record(&component, &reader.record);
		zone = zone_from_vtimezone(&component, &err);
		if (zone)
			ask(zone);
		zone_free(zone);
		zone_scope_add(scope, &component, &err);
	}
	reader_free(&reader);
	close(fd);
	zone_scope_free(scope);
	return 0;
}
