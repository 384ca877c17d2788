#include "cli/busy_request.h"

#include <fcntl.h>
#include <unistd.h>

#include "cal/busy_event.h"
#include "cal/freebusy.h"
#include "cal/walk.h"

void
busy_request_free(struct busy_request *request)
{
	arena_free(&request->arena);
}

size_t
busy_request_find(const struct busy_request *request, struct str address)
{
	size_t i = 0;

	address = address_plain(address);
	while (i < request->count && !str_ieq(request->addresses[i], address))
		i++;
	return i;
}

/* The line unfolded and without its end, as line_write() wants it. */
static struct str
whole_line(const struct line *line, struct arena *arena)
{
	struct buf text = {0};
	struct str copy;

	buf_add_str(&text, line->name);
	buf_add_str(&text, line->params);
	buf_add_char(&text, ':');
	buf_add_str(&text, line->value);
	copy = arena_copy(arena, buf_str(&text));
	buf_free(&text);
	return copy;
}

static bool
take_attendees(struct busy_request *request, const struct record *record,
    struct arena *scratch)
{
	struct component component;
	struct line line;
	size_t at = 0, n = 0;

	component_of_record(&component, record);
	request->attendees = arena_array(&request->arena, record->count,
	    sizeof(*request->attendees));
	request->addresses = arena_array(&request->arena, record->count,
	    sizeof(*request->addresses));
	if (!request->attendees || !request->addresses)
		return false;
	while (component_next_line(&component, &at, &line, scratch)) {
		if (!str_ieq(line.name, STR("ATTENDEE")))
			continue;
		request->attendees[n] = whole_line(&line, &request->arena);
		request->addresses[n++] =
		    arena_copy(&request->arena, address_plain(line.value));
	}
	request->count = n;
	return true;
}

static bool
take_record(struct busy_request *request, const struct record *record,
    const struct event_context *context, struct error *err)
{
	struct freebusy freebusy;

	if (!freebusy_read(&freebusy, record, context) ||
	    freebusy.from == INT64_MIN || freebusy.until == INT64_MAX ||
	    freebusy.until <= freebusy.from || freebusy.uid.n == 0 ||
	    !freebusy.organizer.raw.p || !freebusy.attendee.raw.p)
		return error_set(err, ERR_VALUE, record->pos,
		    "a request for free/busy time has UID, ORGANIZER, "
		    "ATTENDEE, DTSTART and a DTEND after it");
	request->from = freebusy.from;
	request->until = freebusy.until;
	request->uid = arena_copy(&request->arena, freebusy.uid);
	request->organizer = whole_line(&freebusy.organizer, &request->arena);
	if (take_attendees(request, record, context->arena))
		return true;
	return error_set(err, ERR_MEMORY, record->pos, "no memory");
}

/* Walks the calendar to its first VFREEBUSY. */
static bool
take_calendar(struct busy_request *request, struct walk *walk, struct cli *cli,
    bool *found, struct error *err)
{
	struct event_context context = {.zones = cli->zones,
	    .scope = walk->scope,
	    .policy = cli->zone_policy,
	    .zone = cli->zone,
	    .arena = &walk->arena};

	if (!walk_begin(walk, NULL, NULL, err))
		return false;
	while (!*found && walk_next(walk, err)) {
		const struct record *record = &walk->reader->record;

		if (walk->reader->item != ITEM_RECORD ||
		    !str_ieq(record->name, STR("VFREEBUSY")))
			continue;
		*found = true;
		if (walk->method.n &&
		    !str_ieq(buf_str(&walk->method), STR("REQUEST")))
			return error_set(err, ERR_VALUE, record->pos,
			    "METHOD:%.*s is no request",
			    STR_ARG(buf_str(&walk->method)));
		if (!take_record(request, record, &context, err))
			return false;
	}
	return *found || err->code == ERR_NONE;
}

static bool
read_from(struct busy_request *request, struct reader *reader, struct cli *cli,
    const char *path, struct error *err)
{
	struct walk walk;
	bool found = false, ok = true;

	if (!walk_init(&walk, reader, cli->memory / 8, err))
		return false;
	while (ok && !found && (ok = reader_next(reader, err)) &&
	       reader->item != ITEM_NONE)
		if (walk_starts(&walk))
			ok = take_calendar(request, &walk, cli, &found, err);
	walk_free(&walk);
	if (ok && !found)
		return error_set(err, ERR_ABSENT, (struct pos){path, 0, 0},
		    "no VFREEBUSY in it");
	return ok;
}

bool
busy_request_read(struct busy_request *request, struct cli *cli,
    const char *path, struct error *err)
{
	bool standard = strcmp(path, "-") == 0;
	int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	struct reader reader;
	bool ok;

	*request = (struct busy_request){0};
	if (fd < 0)
		return error_errno(err, (struct pos){path, 0, 0},
		    "cannot open");
	ok =
	    reader_init(&reader, fd, standard ? "(standard input)" : path, err);
	if (ok) {
		ok = read_from(request, &reader, cli, path, err);
		reader_free(&reader);
	}
	if (!standard)
		close(fd);
	return ok;
}
