/*
 * Slices: a pointer and a length into somebody else's bytes.
 *
 * A slice never owns memory and is never NUL-terminated; it lives as long as
 * what it points into. Any byte may occur, NUL included. The empty slice may
 * have a NULL pointer.
 */
#ifndef KALENDS_BASE_STR_H
#define KALENDS_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
	const char *p;
	size_t n;
};

/* A slice of a string literal, also in an initialiser of static data. */
#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
/* clang-format off */
#define STR_C(literal) {"" literal, sizeof(literal) - 1}
/* clang-format on */

/* For printf's "%.*s": STR_ARG(s). */
#define STR_ARG(s) (int)((s).n > INT32_MAX ? INT32_MAX : (s).n), (s).p

static inline struct str
str_of(const char *cstr)
{
	return (struct str){cstr, cstr ? strlen(cstr) : 0};
}

static inline bool
str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* The same but for ASCII case: how names are compared (RFC 5545, 2). */
bool str_ieq(struct str a, struct str b);

bool str_starts(struct str s, struct str prefix);
bool str_istarts(struct str s, struct str prefix);

/* Byte order, shorter first; negative, zero or positive, as memcmp. */
int str_cmp(struct str a, struct str b);
int str_icmp(struct str a, struct str b);

/* Where the needle starts in s, or SIZE_MAX. The empty needle is at 0. */
size_t str_find(struct str s, struct str needle);
size_t str_find_byte(struct str s, char byte);

/* From `at` (clamped) to the end; the first `n` bytes (clamped). */
struct str str_from(struct str s, size_t at);
struct str str_head(struct str s, size_t n);

/* Without spaces and tabs (and line ends) at both sides. */
struct str str_trim(struct str s);

/* Cuts the part before the first `separator` off the front of *rest. False when
 * *rest was used up (its pointer is then NULL). "a,,b" gives "a", "", "b"; an
 * empty slice with a pointer gives one empty part. */
bool str_cut(struct str *rest, char separator, struct str *part);

/* A decimal number without sign or blanks that fills s and is at most max. */
bool str_number(struct str s, uint64_t max, uint64_t *number);

/* FNV-1a, for tables; never 0. Two slices may have the same. */
uint64_t str_hash(struct str s);

static inline char
ascii_upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static inline char
ascii_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static inline bool
ascii_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
ascii_alpha(char c)
{
	return ascii_upper(c) >= 'A' && ascii_upper(c) <= 'Z';
}

#endif
