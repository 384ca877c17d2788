/*
 * Comparing as people do (-i): case and accents make no difference.
 *
 * Characters are decomposed, their marks dropped, the rest case-folded in full
 * (Unicode, through utf8proc): "É", "é" and "e" are one, "ß" is "ss". It knows
 * no language: Turkish "İ", "I" and "i" are one, the dotless "ı" is another
 * letter. Bytes that are no UTF-8 stay themselves.
 */
#ifndef KALENDS_TEXT_FOLD_H
#define KALENDS_TEXT_FOLD_H

#include "base/arena.h"
#include "base/str.h"

/* Folded text: the slice itself where nothing changes, else from the arena. A
 * NULL pointer with n == 0 where there is no memory. */
struct str fold_text(struct str s, struct arena *arena);

/* Only without marks, case kept: for regular expressions. */
struct str fold_marks(struct str s, struct arena *arena);

bool fold_is_ascii(struct str s);

/* Where the needle, lower case already, is in s but for ASCII case; SIZE_MAX
 * where it is not. For ASCII this is what fold_text() and str_find() give. */
size_t fold_find_ascii(struct str s, struct str needle);

#endif
