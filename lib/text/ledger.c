#include "text/depot.h"

void
ledger_init(struct ledger *ledger)
{
	*ledger = (struct ledger){0};
	spool_init(&ledger->list, 0);
}

void
ledger_free(struct ledger *ledger)
{
	spool_free(&ledger->list);
}

bool
ledger_reset(struct ledger *ledger, struct error *err)
{
	ledger->last.size = 0;
	ledger->buffered = ledger->next = 0;
	ledger->at = 0;
	return spool_reset(&ledger->list, err);
}

static bool
put_last(struct ledger *ledger, struct error *err)
{
	struct str bytes = {(const char *)&ledger->last, sizeof(ledger->last)};

	if (ledger->last.size == 0)
		return true;
	if (!spool_add(&ledger->list, bytes, err))
		return false;
	ledger->last.size = 0;
	return true;
}

static bool
goes_on(const struct fragment *last, const struct fragment *piece)
{
	return last->source == piece->source &&
	       last->at + last->size == piece->at && last->ends &&
	       last->kind == piece->kind && last->group == piece->group &&
	       last->number == piece->number;
}

bool
ledger_add(struct ledger *ledger, const struct fragment *piece,
    struct error *err)
{
	if (piece->size == 0)
		return true;
	if (ledger->last.size && goes_on(&ledger->last, piece)) {
		ledger->last.size += piece->size;
		ledger->last.ends = piece->ends;
		return true;
	}
	if (!put_last(ledger, err))
		return false;
	ledger->last = *piece;
	return true;
}

uint64_t
ledger_place(const struct ledger *ledger)
{
	return ledger->at -
	       (ledger->buffered - ledger->next) * sizeof(struct fragment);
}

void
ledger_go(struct ledger *ledger, uint64_t place)
{
	ledger->at = place;
	ledger->buffered = ledger->next = 0;
}

bool
ledger_rewind(struct ledger *ledger, struct error *err)
{
	ledger_go(ledger, 0);
	return put_last(ledger, err);
}

bool
ledger_next(struct ledger *ledger, struct fragment *piece, struct error *err)
{
	char *to = (char *)ledger->buffer;
	size_t have = 0, got = 1;

	err->code = ERR_NONE;
	if (ledger->next == ledger->buffered) {
		/* A piece may lie on both sides of what is on disk. */
		while (got && (have == 0 || have % sizeof(*piece))) {
			if (!spool_read(&ledger->list, ledger->at + have,
				to + have, sizeof(ledger->buffer) - have, &got,
				err))
				return false;
			have += got;
		}
		ledger->at += have;
		ledger->buffered = have / sizeof(*piece);
		ledger->next = 0;
		if (ledger->buffered == 0)
			return false;
	}
	*piece = ledger->buffer[ledger->next++];
	return true;
}
