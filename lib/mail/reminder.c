#include "mail/reminder.h"

const char reminder_columns[] =
    "action,message,subject,summary,when,location,calendar,url,recipients";

enum { ACTION, MESSAGE, SUBJECT, SUMMARY, WHEN, LOCATION, CALENDAR, URL, TO };

/* --- who gets it ---------------------------------------------------------- */

/* An alarm may come from somebody else's invitation, so whom it names gets mail
 * only if there is no owner, or if that is asked for. */
static bool
choose_recipients(const struct reminder_mail *reminder,
    const struct field *fields, const struct str *owner, struct mail *mail,
    struct error *err)
{
	const struct field *named = &fields[TO];
	bool email = str_ieq(fields[ACTION].text, STR("EMAIL")) && named->count;
	bool known = reminder->recipient.n || owner->n;

	if (email && (reminder->attendees || !known)) {
		mail->to = named->items;
		mail->to_count = named->count;
		return true;
	}
	mail->to = reminder->recipient.n ? &reminder->recipient : owner;
	mail->to_count = 1;
	return known || error_set(err, ERR_VALUE, pos_none(),
			    "nobody to send it to (--recipient, or "
			    "name<address>= before the input)");
}

/* --- what it says --------------------------------------------------------- */

static void
add_detail(struct buf *text, const char *what, const struct field *field,
    struct str note)
{
	if (field->text.n == 0)
		return;
	buf_printf(text, "%-10s", what);
	text_for_terminal(text, field->text);
	if (note.n)
		buf_printf(text, " (%.*s)", STR_ARG(note));
	buf_add_char(text, '\n');
}

static bool
make_text(const struct reminder_mail *reminder, const struct field *fields,
    struct buf *text)
{
	struct str message = str_trim(fields[MESSAGE].text), none = STR("");

	if (message.n) {
		buf_add_str(text, message);
		buf_add_str(text, STR("\n\n"));
	}
	if (!str_eq(message, fields[SUMMARY].text))
		add_detail(text, "What:", &fields[SUMMARY], none);
	add_detail(text, "When:", &fields[WHEN], reminder->zone);
	add_detail(text, "Where:", &fields[LOCATION], none);
	add_detail(text, "Calendar:", &fields[CALENDAR], none);
	add_detail(text, "Link:", &fields[URL], none);
	return buf_ok(text);
}

static bool
make_subject(const struct field *fields, struct buf *subject)
{
	if (fields[SUBJECT].text.n)
		return buf_add_str(subject, fields[SUBJECT].text);
	buf_add_str(subject, fields[SUMMARY].text.n   ? fields[SUMMARY].text
			     : fields[MESSAGE].text.n ? fields[MESSAGE].text
						      : STR("Reminder"));
	if (fields[WHEN].text.n)
		buf_printf(subject, " (%.*s)", STR_ARG(fields[WHEN].text));
	return buf_ok(subject);
}

static bool
make_id(const struct reminder_mail *reminder, uint64_t number, struct buf *id)
{
	size_t at = str_find_byte(reminder->sender, '@');

	buf_printf(id, "%016llx.icsalarm@", (unsigned long long)number);
	return buf_add_str(id, at == SIZE_MAX
				   ? STR("localhost")
				   : str_from(reminder->sender, at + 1));
}

bool
reminder_compose(const struct reminder_mail *reminder,
    const struct field *fields, struct str owner, uint64_t id, struct buf *out,
    struct error *err)
{
	struct mail mail = {.from = reminder->sender, .date = reminder->date};
	struct buf subject = {0}, text = {0}, name = {0};
	bool ok;

	if (!choose_recipients(reminder, fields, &owner, &mail, err))
		return false;
	if (make_subject(fields, &subject) &&
	    make_text(reminder, fields, &text) &&
	    make_id(reminder, id, &name)) {
		mail.subject = buf_str(&subject);
		mail.text = buf_str(&text);
		mail.id = buf_str(&name);
		ok = mail_compose(&mail, out, err);
	} else {
		ok = error_set(err, ERR_MEMORY, pos_none(), "no memory");
	}
	buf_free(&subject);
	buf_free(&text);
	buf_free(&name);
	return ok;
}
