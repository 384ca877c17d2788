/*
 * Inside normalize: normalize.c goes through the lines, normalize_param.c
 * writes parameters, normalize_value.c values. Nobody else includes this.
 */
#ifndef KALENDS_CAL_NORMALIZE_IMPL_H
#define KALENDS_CAL_NORMALIZE_IMPL_H

#include "cal/normalize.h"
#include "cal/property.h"

/* What a line is made of, on its way to another. */
struct normal {
	const struct draft_line *line;
	enum property_kind kind;
	struct str value; /* decoded where `decoded`, else as it stands */
	bool decoded;     /* from quoted-printable or another character set */
	enum { VALUE_STAYS, VALUE_DATE, VALUE_NONE } set_value;
	bool drop_tzid;
};

void normalize_say(const struct normalize *normalize,
    const struct draft_line *line, enum error_code code, const char *format,
    ...) __attribute__((format(printf, 4, 5)));

/* Appends without control characters; TAB stays. */
void normalize_add_clean(struct buf *out, struct str text);

/* Finds out what the value needs; appends it. */
void normalize_look(struct normalize *normalize, struct normal *normal);
void normalize_value(struct normalize *normalize, const struct normal *normal,
    struct buf *out);

/* Appends ";NAME=value..." */
void normalize_params(struct normalize *normalize, const struct normal *normal,
    struct buf *out);

#endif
