#include "text/envelope.h"

void
envelope_init(struct envelope *envelope)
{
	*envelope = (struct envelope){0};
	spool_init(&envelope->held, 0);
}

void
envelope_free(struct envelope *envelope)
{
	spool_free(&envelope->held);
}

bool
envelope_has(const struct reader *reader)
{
	switch (reader->item) {
	case ITEM_BEGIN:
	case ITEM_LINE:
	case ITEM_END:
		return true;
	case ITEM_RECORD:
		return reader->in_calendar &&
		       str_ieq(reader->record.name, STR("VTIMEZONE"));
	case ITEM_TEXT:
	case ITEM_NONE:
		break;
	}
	return false;
}

bool
envelope_take(struct envelope *envelope, struct reader *reader, struct out *out,
    struct error *err)
{
	if (reader->item == ITEM_BEGIN) {
		envelope->passed = false;
		if (!spool_reset(&envelope->held, err))
			return false;
	}
	if (envelope->passed)
		return reader_copy(reader, out, err);
	return reader_keep(reader, &envelope->held, err);
}

bool
envelope_pass(struct envelope *envelope, struct out *out, struct error *err)
{
	if (envelope->passed)
		return true;
	envelope->passed = true;
	return spool_write(&envelope->held, 0, spool_size(&envelope->held), out,
		   err) &&
	       spool_reset(&envelope->held, err);
}
