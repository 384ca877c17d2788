#include "cal/regex.h"

#include <stdlib.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* A match takes a few milliseconds at most, and memory in measure. */
#define MATCH_STEPS 500000
#define MATCH_HEAP  (16 << 10) /* KiB */
#define JIT_STACK   ((size_t)512 << 10)

struct regex {
	pcre2_code *code;
	pcre2_match_data *data;
	pcre2_match_context *context;
	pcre2_jit_stack *stack;
};

static bool
prepare(struct regex *regex)
{
	regex->data = pcre2_match_data_create(1, NULL);
	regex->context = pcre2_match_context_create(NULL);
	if (!regex->data || !regex->context)
		return false;
	pcre2_set_match_limit(regex->context, MATCH_STEPS);
	pcre2_set_heap_limit(regex->context, MATCH_HEAP);
	/* Where there is no JIT, or no memory for it, the interpreter does. */
	if (pcre2_jit_compile(regex->code, PCRE2_JIT_COMPLETE) == 0)
		regex->stack =
		    pcre2_jit_stack_create(32 << 10, JIT_STACK, NULL);
	if (regex->stack)
		pcre2_jit_stack_assign(regex->context, NULL, regex->stack);
	return true;
}

static bool
bad_pattern(struct error *err, int code, size_t at)
{
	struct pos pos = {NULL, 0, at + 1};
	PCRE2_UCHAR message[160];

	if (pcre2_get_error_message(code, message, sizeof(message)) < 0)
		message[0] = '\0';
	return error_set(err, ERR_SYNTAX, pos, "regular expression: %s",
	    (const char *)message);
}

struct regex *
regex_new(struct str pattern, bool caseless, struct error *err)
{
	uint32_t options =
	    PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C;
	struct regex *regex = calloc(1, sizeof(*regex));
	PCRE2_SIZE at = 0;
	int code = 0;

	if (!regex) {
		error_set(err, ERR_MEMORY, pos_none(), "no memory");
		return NULL;
	}
	if (caseless)
		options |= PCRE2_CASELESS | PCRE2_UCP;
	regex->code = pcre2_compile((PCRE2_SPTR)(pattern.p ? pattern.p : ""),
	    pattern.n, options, &code, &at, NULL);
	if (!regex->code)
		bad_pattern(err, code, at);
	else if (prepare(regex))
		return regex;
	else
		error_set(err, ERR_MEMORY, pos_none(), "no memory");
	regex_free(regex);
	return NULL;
}

void
regex_free(struct regex *regex)
{
	if (!regex)
		return;
	pcre2_code_free(regex->code);
	pcre2_match_data_free(regex->data);
	pcre2_match_context_free(regex->context);
	pcre2_jit_stack_free(regex->stack);
	free(regex);
}

enum regex_result
regex_match(struct regex *regex, struct str s)
{
	PCRE2_SPTR subject = (PCRE2_SPTR)(s.p ? s.p : "");
	int rc = pcre2_match(regex->code, subject, s.n, 0, 0, regex->data,
	    regex->context);

	/* The interpreter has more room than the stack of compiled code. */
	if (rc == PCRE2_ERROR_JIT_STACKLIMIT)
		rc = pcre2_match(regex->code, subject, s.n, 0, PCRE2_NO_JIT,
		    regex->data, regex->context);
	if (rc >= 0)
		return REGEX_YES;
	return rc == PCRE2_ERROR_NOMATCH ? REGEX_NO : REGEX_LIMIT;
}
