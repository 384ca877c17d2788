#include "base/sorter_impl.h"

#define FEW 12

static bool
key_less(const struct sorter *sorter, const struct sort_entry *a,
    const struct sort_entry *b)
{
	const char *p = sorter->block + a->at;
	const char *q = sorter->block + b->at;
	struct str x, y;
	size_t payload;

	p += size_read(p, &x.n);
	x.p = p + size_read(p, &payload);
	q += size_read(q, &y.n);
	y.p = q + size_read(q, &payload);
	return str_cmp(str_from(x, sorter->skip), str_from(y, sorter->skip)) <
	       0;
}

static inline bool
less(const struct sorter *sorter, const struct sort_entry *a,
    const struct sort_entry *b)
{
	if (a->prefix != b->prefix)
		return a->prefix < b->prefix;
	return key_less(sorter, a, b);
}

static void
sort_few(const struct sorter *sorter, struct sort_entry *entries, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		struct sort_entry entry = entries[i];
		size_t j = i;

		for (; j && less(sorter, &entry, &entries[j - 1]); j--)
			entries[j] = entries[j - 1];
		entries[j] = entry;
	}
}

void
sorter_sort(const struct sorter *sorter, struct sort_entry *entries,
    size_t count, struct sort_entry *scratch)
{
	size_t half = count / 2, left = 0, right = half, to = 0;

	if (count <= FEW) {
		sort_few(sorter, entries, count);
		return;
	}
	sorter_sort(sorter, entries, half, scratch);
	sorter_sort(sorter, entries + half, count - half, scratch);
	if (!less(sorter, &entries[half], &entries[half - 1]))
		return;
	memcpy(scratch, entries, half * sizeof(*entries));
	while (left < half && right < count)
		if (less(sorter, &entries[right], &scratch[left]))
			entries[to++] = entries[right++];
		else
			entries[to++] = scratch[left++];
	memcpy(entries + to, scratch + left, (half - left) * sizeof(*entries));
}
