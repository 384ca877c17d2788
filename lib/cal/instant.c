#include "cal/instant.h"

bool
instant_report(const struct event_context *context, const struct error *err)
{
	if (context->report)
		context->report(context->arg, err);
	return false;
}

bool
instant_read(const struct line *line, struct str value,
    const struct event_context *context, struct when *when, int64_t *instant)
{
	enum zone_source source;
	struct error err;
	struct str tzid;

	if (!when_parse(when, str_trim(value), line->pos, &err))
		return instant_report(context, &err);
	if (when->kind == WHEN_FLOATING &&
	    line_param(line, STR("TZID"), context->arena, &tzid)) {
		when->zone = zones_resolve(context->zones, context->scope, tzid,
		    context->policy, &source);
		if (when->zone)
			when->kind = WHEN_ZONED;
		else if (context->odd_zone)
			context->odd_zone(context->arg, tzid, line->pos, source,
			    NULL, NULL);
	}
	*instant = when_instant(when, context->zone, NULL);
	return true;
}

bool
instant_read_after(const struct line *line, struct str value,
    const struct event_context *context, const struct when *start,
    int64_t *instant)
{
	struct duration duration;
	struct error err;
	struct when end;

	if (!duration_parse(&duration, str_trim(value), false, line->pos, &err))
		return instant_report(context, &err);
	end = when_add(start, &duration);
	*instant = when_instant(&end, context->zone, NULL);
	return true;
}
