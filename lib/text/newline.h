/*
 * Finding line ends: LF, CRLF or a lone CR, in one pass over the bytes.
 *
 * 64 bytes at a time become a bit mask of the bytes that end a line (an LF, or
 * a CR that no LF follows); asking for the next line end then costs a count of
 * trailing zeros. It is what the speed of every filter rests on.
 */
#ifndef KALENDS_TEXT_NEWLINE_H
#define KALENDS_TEXT_NEWLINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

struct newline {
	uint64_t mask; /* ends not yet given out, of the block at `block` */
	size_t block;
	size_t next; /* first byte not yet turned into a mask */
};

/* Looks from `at` on. Blocks are aligned to nothing: any start will do. */
static inline void
newline_start(struct newline *newline, size_t at)
{
	newline->mask = 0;
	newline->block = at;
	newline->next = at;
}

static inline void
newline_masks(const char *p, uint64_t *lf, uint64_t *cr)
{
#ifdef __SSE2__
	const __m128i *v = (const __m128i *)(const void *)p;
	const __m128i want_lf = _mm_set1_epi8('\n');
	const __m128i want_cr = _mm_set1_epi8('\r');

	*lf = *cr = 0;
	for (int i = 0; i < 4; i++) {
		__m128i bytes = _mm_loadu_si128(v + i);
		__m128i is_lf = _mm_cmpeq_epi8(bytes, want_lf);
		__m128i is_cr = _mm_cmpeq_epi8(bytes, want_cr);

		*lf |= (uint64_t)(uint32_t)_mm_movemask_epi8(is_lf) << 16 * i;
		*cr |= (uint64_t)(uint32_t)_mm_movemask_epi8(is_cr) << 16 * i;
	}
#else
	*lf = *cr = 0;
	for (int i = 0; i < 64; i++) {
		*lf |= (uint64_t)(p[i] == '\n') << i;
		*cr |= (uint64_t)(p[i] == '\r') << i;
	}
#endif
}

static inline uint64_t
newline_tail(const char *p, size_t at, size_t n, bool last)
{
	uint64_t mask = 0;

	for (size_t i = at; i < n && i - at < 64; i++) {
		bool end = p[i] == '\n';

		/* The last byte can be a CR whose LF has not come yet. */
		if (p[i] == '\r')
			end = i + 1 < n ? p[i + 1] != '\n' : last;
		mask |= (uint64_t)end << (i - at);
	}
	return mask;
}

/* The place of the next byte that ends a line, or SIZE_MAX when there is none
 * in the n bytes at p. `last`: nothing will follow these bytes. After SIZE_MAX,
 * when there are more bytes, the caller starts again at the line's start. */
static inline size_t
newline_next(struct newline *newline, const char *p, size_t n, bool last)
{
	uint64_t lf, cr;
	size_t at;

	while (newline->mask == 0) {

		if (newline->next >= n)
			return SIZE_MAX;
		newline->block = newline->next;
		newline->next += 64;
		if (newline->next < n) {
			newline_masks(p + newline->block, &lf, &cr);
			/* Only a CR in the last byte needs a look further. */
			cr &= ~(lf >> 1);
			if (p[newline->next] == '\n')
				cr &= ~(UINT64_C(1) << 63);
			newline->mask = lf | cr;
		} else {
			newline->mask =
			    newline_tail(p, newline->block, n, last);
		}
	}
	at = newline->block + (size_t)__builtin_ctzll(newline->mask);
	newline->mask &= newline->mask - 1;
	return at;
}

#endif
