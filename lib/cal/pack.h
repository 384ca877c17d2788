/*
 * Packing of stretches that overlap: each gets a lane in which it overlaps no
 * other (an interval graph, coloured greedily by start, which takes as few
 * lanes as can be).
 *
 * Stretches that overlap, directly or through others, are a cluster; its lanes
 * share the width of a column. Where a cluster needs more lanes than there are,
 * those that have none are hidden, to be counted.
 */
#ifndef KALENDS_CAL_PACK_H
#define KALENDS_CAL_PACK_H

#include <stdbool.h>
#include <stddef.h>

#define PACK_LANES 256

struct pack_span {
	size_t from, until; /* [from, until), until > from */

	/* Set by pack_spans(). */
	size_t lane;    /* from 0 */
	size_t reach;   /* lanes it can be wide, those free to its right too */
	size_t lanes;   /* of its cluster */
	size_t cluster; /* from 0, ascending */
	bool hidden;
};

/* Spans are given by ascending `from`. Clusters of more than `most` lanes get
 * `crowded` of them, so that there is room for the count of the hidden ones;
 * 1 <= crowded <= most <= PACK_LANES. Gives the number of clusters. */
size_t pack_spans(struct pack_span *spans, size_t count, size_t most,
    size_t crowded);

#endif
