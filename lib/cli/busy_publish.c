#include "cli/busy_publish.h"

#include "cal/freebusy.h"

static void
seed_uid(const struct busy_publish *publish, struct buf *seed)
{
	const struct busy_set *set = publish->set;
	const struct cli *cli = publish->cli;

	buf_add(seed, &cli->now, sizeof(cli->now));
	buf_add(seed, &cli->from, sizeof(cli->from));
	buf_add(seed, &cli->until, sizeof(cli->until));
	buf_add_str(seed, publish->who);
	buf_add_char(seed, '\0');
	buf_add_str(seed, publish->address);
	for (size_t i = 0;
	     i < set->count && !publish->who.n && !publish->address.n; i++) {
		const struct busy_span *span = &set->spans[i];

		buf_add(seed, &span->from, sizeof(span->from));
		buf_add(seed, &span->until, sizeof(span->until));
	}
}

static void
write_organizer(const struct busy_publish *publish, struct buf *line)
{
	struct str address = publish->address;

	if (address.n == 0)
		return;
	buf_add_str(line, STR("ORGANIZER"));
	if (publish->who.n && !str_ieq(publish->who, address)) {
		buf_add_str(line, STR(";CN="));
		param_escape(line, publish->who);
	}
	buf_add_str(line, str_find_byte(address, ':') == SIZE_MAX
			      ? STR(":mailto:")
			      : STR(":"));
	buf_add_str(line, address);
}

static bool
is_unknown(const struct busy_set *set)
{
	for (size_t i = 0; i < set->count; i++)
		if (set->spans[i].type == BUSY_UNKNOWN)
			return true;
	return false;
}

/* The attendee that somebody is; count where the request does not ask them. */
static size_t
attendee_of(const struct busy_request *request, struct str address)
{
	if (address.n)
		return busy_request_find(request, address);
	return request->count == 1 ? 0 : request->count;
}

static bool
fill_reply(const struct busy_publish *publish, struct freebusy_text *text,
    struct error *err)
{
	const struct busy_request *request = publish->request;
	struct str address = publish->address;
	size_t i = attendee_of(request, address);

	if (i == request->count && address.n)
		return error_set(err, ERR_ABSENT, pos_none(),
		    "%.*s is not asked: no reply", STR_ARG(address));
	if (i == request->count)
		return error_set(err, ERR_ABSENT, pos_none(),
		    "%.*s: which attendee is it? NAME<ADDRESS>=INPUT tells",
		    STR_ARG(publish->who));
	text->method = STR("REPLY");
	text->uid = request->uid;
	text->organizer = request->organizer;
	text->attendee = request->attendees[i];
	text->name = (struct str){NULL, 0};
	if (is_unknown(publish->set))
		text->status = STR("5.1;Service unavailable");
	return true;
}

bool
busy_publish_write(const struct busy_publish *publish, struct buf *out,
    struct error *err)
{
	const struct cli *cli = publish->cli;
	struct buf seed = {0}, organizer = {0};
	char uid[FREEBUSY_UID + 1];
	struct freebusy_text text = {.program = STR("icsbusy"),
	    .method = STR("PUBLISH"),
	    .name = publish->who,
	    .stamp = cli->now,
	    .from = cli->from,
	    .until = cli->until};
	bool ok = true;

	seed_uid(publish, &seed);
	freebusy_make_uid(uid, buf_str(&seed));
	text.uid = str_of(uid);
	write_organizer(publish, &organizer);
	text.organizer = buf_str(&organizer);
	if (publish->request)
		ok = fill_reply(publish, &text, err);
	if (ok && (!buf_ok(&seed) || !buf_ok(&organizer) ||
		      !freebusy_write(out, &text, publish->set)))
		ok = error_set(err, ERR_MEMORY, pos_none(), "no memory");
	buf_free(&seed);
	buf_free(&organizer);
	return ok;
}
