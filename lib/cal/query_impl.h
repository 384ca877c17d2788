/*
 * Inside queries: query_parse.c makes the tree, query.c its nodes,
 * query_match.c asks it. Nobody else includes this.
 */
#ifndef KALENDS_CAL_QUERY_IMPL_H
#define KALENDS_CAL_QUERY_IMPL_H

#include "cal/query.h"
#include "cal/regex.h"

enum query_kind { QUERY_TEST, QUERY_AND, QUERY_OR, QUERY_NOT };

enum query_op { OP_CONTAINS, OP_EQUALS, OP_REGEX, OP_HAS };

/* How fixed text is compared. */
enum query_case {
	CASE_KEPT,
	CASE_ASCII, /* but for ASCII case: addresses */
	CASE_FOLDED /* as fold_text() */
};

/* Properties one of which is asked for; `firsts` has bit c & 31 for each first
 * letter c, so that most lines are passed over by one look at one byte. */
struct query_names {
	const struct str *names;
	size_t count;
	uint32_t firsts;
};

struct query_test {
	enum query_op op;
	enum query_case compare;
	struct str component, param;          /* upper case; may be empty */
	struct str property;                  /* upper case; empty: bare text */
	struct query_names names, card_names; /* the latter in a vCard */
	struct str needle;                    /* as `compare` wants it */
	bool needle_ascii;                    /* all of it */
	bool needle_at_start; /* an address that began with "mailto:" */
	bool is_list, is_address;
	struct regex *regex;
	char *memory; /* of the slices above */
};

/* Joined ones are a list and no tree of pairs, so that the depth of the tree
 * is that of the parentheses. */
struct query {
	enum query_kind kind;
	struct query *first, *last; /* AND, OR, NOT */
	struct query *next;         /* sibling */
	struct query_test test;     /* TEST */
};

/* What a test is made from. */
struct query_want {
	struct str component, property, param, value;
	enum query_op op;
};

/* What is wrong with bare text, the first `name` bytes of which are a test's
 * PROP, COMP.PROP or PROP;PARAM; with the value of a test that was not quoted.
 * NULL: nothing. */
const char *query_text_mistake(struct str word, size_t name);
const char *query_value_mistake(struct str value);

struct query *query_new_test(const struct query_want *want, int flags,
    struct error *err);

#endif
