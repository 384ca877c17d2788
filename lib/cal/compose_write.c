#include "cal/compose_impl.h"

bool
compose_flush(struct compose *compose, struct error *err)
{
	struct fragment piece;

	if (compose->dedupe)
		return true;
	if (!ledger_rewind(&compose->output, err))
		return false;
	while (ledger_next(&compose->output, &piece, err))
		if (!depot_copy(&compose->depot, &piece, compose->out, err))
			return false;
	return err->code == ERR_NONE && ledger_reset(&compose->output, err) &&
	       depot_reset(&compose->depot, err);
}

static bool
is_dropped(const struct compose *compose, const struct fragment *piece)
{
	return piece->kind == PIECE_COMPONENT && piece->number &&
	       dedupe_drops(&compose->duplicates, piece->number);
}

/* Whether the calendar that has just begun keeps a component, or never had
 * one. */
static bool
calendar_stays(struct compose *compose, bool *stays, struct error *err)
{
	uint64_t place = ledger_place(&compose->output);
	struct fragment piece;
	bool had = false, has = false;

	err->code = ERR_NONE;
	while (!has && ledger_next(&compose->output, &piece, err) &&
	       piece.kind != PIECE_BEGIN) {
		had = had || piece.kind == PIECE_COMPONENT;
		has = piece.kind == PIECE_COMPONENT &&
		      !is_dropped(compose, &piece);
		if (piece.kind == PIECE_END)
			break;
	}
	*stays = has || !had;
	ledger_go(&compose->output, place);
	return err->code == ERR_NONE;
}

static bool
write_rest(struct compose *compose, struct error *err)
{
	bool stays = true, inside = false;
	struct fragment piece;

	if (!ledger_rewind(&compose->output, err))
		return false;
	while (ledger_next(&compose->output, &piece, err)) {
		if (piece.kind == PIECE_BEGIN) {
			inside = true;
			if (!calendar_stays(compose, &stays, err))
				return false;
		}
		if ((stays || !inside) && !is_dropped(compose, &piece) &&
		    !depot_copy(&compose->depot, &piece, compose->out, err))
			return false;
		inside = inside && piece.kind != PIECE_END;
	}
	return err->code == ERR_NONE;
}

bool
compose_flush_deduped(struct compose *compose, struct error *err)
{
	struct str row;

	if (!dedupe_decide(&compose->duplicates, compose->row != NULL, err))
		return false;
	err->code = ERR_NONE;
	while (compose->row && dedupe_next_row(&compose->duplicates, &row, err))
		compose->row(compose->arg, row);
	return err->code == ERR_NONE && write_rest(compose, err);
}
