/*
 * kalends-mail.so: mails, by GMime. It needs GLib, which costs a program that
 * writes no mail nothing here.
 */
#include <gmime/gmime.h>

#include "mail/mail_module.h"

static char *
copy(struct str text)
{
	return g_strndup(text.p ? text.p : "", text.n);
}

static void
add_mailbox(GMimeMessage *message, GMimeAddressType type, struct str address)
{
	char *text = copy(address);

	g_mime_message_add_mailbox(message, type, NULL, text);
	g_free(text);
}

static void
set_text(GMimeMessage *message, struct str text)
{
	GMimeTextPart *part = g_mime_text_part_new_with_subtype("plain");
	char *body = copy(text);

	g_mime_text_part_set_charset(part, "utf-8");
	g_mime_text_part_set_text(part, body);
	g_mime_part_set_content_encoding(GMIME_PART(part),
	    g_mime_part_get_best_content_encoding(GMIME_PART(part),
		GMIME_ENCODING_CONSTRAINT_7BIT));
	g_mime_message_set_mime_part(message, GMIME_OBJECT(part));
	g_object_unref(part);
	g_free(body);
}

static void
set_head(GMimeMessage *message, const struct mail *mail)
{
	char *subject = copy(mail->subject), *id = copy(mail->id);
	GDateTime *date = g_date_time_new_from_unix_utc(mail->date);

	add_mailbox(message, GMIME_ADDRESS_TYPE_FROM, mail->from);
	for (size_t i = 0; i < mail->to_count; i++)
		add_mailbox(message, GMIME_ADDRESS_TYPE_TO, mail->to[i]);
	g_mime_message_set_subject(message, subject, "utf-8");
	if (date) {
		g_mime_message_set_date(message, date);
		g_date_time_unref(date);
	}
	g_mime_message_set_message_id(message, id);
	/* No answer of a machine, please (RFC 3834). */
	g_mime_object_append_header(GMIME_OBJECT(message), "Auto-Submitted",
	    "auto-generated", NULL);
	g_free(subject);
	g_free(id);
}

static bool
compose(const struct mail *mail, struct buf *out)
{
	GMimeMessage *message;
	char *text;
	bool ok;

	g_mime_init();
	message = g_mime_message_new(FALSE);
	set_head(message, mail);
	set_text(message, mail->text);
	text = g_mime_object_to_string(GMIME_OBJECT(message), NULL);
	ok = text && buf_add_str(out, str_of(text));
	g_free(text);
	g_object_unref(message);
	return ok;
}

__attribute__((visibility("default"))) const struct mail_module kalends_mail = {
    .compose = compose,
};
