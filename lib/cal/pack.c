#include "cal/pack.h"

/* Where the cluster that begins with the first span ends, as a count. */
static size_t
cluster_size(const struct pack_span *spans, size_t count)
{
	size_t until = spans[0].until, n = 1;

	for (; n < count && spans[n].from < until; n++)
		if (spans[n].until > until)
			until = spans[n].until;
	return n;
}

/* False where a span has no lane; it is hidden. */
static bool
assign(struct pack_span *spans, size_t count, size_t most)
{
	size_t ends[PACK_LANES] = {0}, lanes = 0;
	bool all = true;

	for (size_t i = 0; i < count; i++) {
		struct pack_span *span = &spans[i];
		size_t lane = 0;

		while (lane < lanes && ends[lane] > span->from)
			lane++;
		span->hidden = lane == most;
		span->lane = lane;
		if (span->hidden) {
			all = false;
			continue;
		}
		if (lane == lanes)
			lanes++;
		ends[lane] = span->until;
		/* Lanes to the right that are in use when it begins. */
		span->reach = most - lane;
		for (size_t right = lane + 1; right < lanes; right++)
			if (ends[right] > span->from) {
				span->reach = right - lane;
				break;
			}
	}
	for (size_t i = 0; i < count; i++)
		spans[i].lanes = lanes;
	return all;
}

/* Later ones stop the reach of those before. */
static void
limit_reach(struct pack_span *spans, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct pack_span *span = &spans[i];

		if (span->hidden)
			continue;
		if (span->reach > span->lanes - span->lane)
			span->reach = span->lanes - span->lane;
		for (size_t k = i + 1; k < count && spans[k].from < span->until;
		     k++)
			if (!spans[k].hidden && spans[k].lane > span->lane &&
			    spans[k].lane - span->lane < span->reach)
				span->reach = spans[k].lane - span->lane;
	}
}

size_t
pack_spans(struct pack_span *spans, size_t count, size_t most, size_t crowded)
{
	size_t clusters = 0;

	for (size_t at = 0; at < count; clusters++) {
		size_t n = cluster_size(spans + at, count - at);

		if (!assign(spans + at, n, most))
			assign(spans + at, n, crowded);
		limit_reach(spans + at, n);
		for (size_t i = 0; i < n; i++)
			spans[at + i].cluster = clusters;
		at += n;
	}
	return clusters;
}
