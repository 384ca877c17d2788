#include "pdf/press.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>

#include "base/utf8.h"

/* Cairo 1.16 writes glyphs of colour fonts as coarse images, under names that
 * occur twice. */
static bool
choose_fonts(struct press *press, struct error *err)
{
	static const FcChar8 rules[] =
	    "<fontconfig><selectfont><rejectfont><pattern><patelt "
	    "name=\"color\">"
	    "<bool>true</bool></patelt></pattern></rejectfont></selectfont>"
	    "</fontconfig>";
	FcConfig *config = FcInitLoadConfig();
	FcFontSet *fonts;

	press->config = config;
	if (!config ||
	    !FcConfigParseAndLoadFromMemory(config, rules, FcFalse) ||
	    !FcConfigBuildFonts(config))
		return error_set(err, ERR_ABSENT, pos_none(),
		    "the fonts of the system cannot be listed");
	fonts = FcConfigGetFonts(config, FcSetSystem);
	if (!fonts || fonts->nfont == 0)
		return error_set(err, ERR_ABSENT, pos_none(),
		    "no font is installed (such as fonts-noto-core): a page "
		    "would have no text");
	press->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
	pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(press->map), config);
	return true;
}

static void
add_attribute(PangoAttrList *list, PangoAttribute *attribute, size_t until)
{
	attribute->start_index = 0;
	attribute->end_index =
	    until ? (guint)until : PANGO_ATTR_INDEX_TO_TEXT_END;
	pango_attr_list_insert(list, attribute);
}

static PangoAttrList *
plain_attributes(void)
{
	PangoAttrList *list = pango_attr_list_new();

	add_attribute(list, pango_attr_insert_hyphens_new(FALSE), 0);
	add_attribute(list, pango_attr_font_features_new("tnum=1"), 0);
	return list;
}

static void
free_laid(gpointer data)
{
	struct laid *laid = data;

	if (laid)
		g_object_unref(laid->layout);
	g_free(laid);
}

static void
free_key(gpointer data)
{
	g_bytes_unref(data);
}

bool
press_start(struct press *press, bool mirrored, struct error *err)
{
	cairo_font_options_t *options;

	*press = (struct press){.mirrored = mirrored};
	if (!choose_fonts(press, err)) {
		FcConfigDestroy(press->config);
		press->config = NULL;
		return false;
	}
	options = cairo_font_options_create();
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	press->context = pango_font_map_create_context(press->map);
	pango_cairo_context_set_font_options(press->context, options);
	pango_cairo_context_set_resolution(press->context, 72);
	pango_context_set_round_glyph_positions(press->context, FALSE);
	pango_context_set_base_dir(press->context,
	    mirrored ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
	cairo_font_options_destroy(options);
	press->plain = plain_attributes();
	for (size_t i = 0; i < 2; i++)
		press->kept[i] = g_hash_table_new_full(g_bytes_hash,
		    g_bytes_equal, free_key, free_laid);
	return true;
}

void
press_end(struct press *press)
{
	if (!press->map)
		return;
	g_hash_table_destroy(press->kept[0]);
	g_hash_table_destroy(press->kept[1]);
	free_laid(press->loose);
	pango_attr_list_unref(press->plain);
	g_object_unref(press->context);
	g_object_unref(press->map);
	FcConfigDestroy(press->config);
	buf_free(&press->key);
	buf_free(&press->text);
	*press = (struct press){0};
}

/* --- laying out ----------------------------------------------------------- */

#define KEPT_EACH 1200 /* what a layout takes besides its text, about */

/* Pango is given valid UTF-8 without controls; marks that would turn the
 * direction of what follows are left out. */
static bool
add_clean(struct buf *to, struct str text, size_t most)
{
	for (size_t n = 0; text.n && n < most; n++) {
		struct str before = text;
		int32_t c = utf8_next(&text);

		if (c < 0)
			buf_add_str(to, STR("\xef\xbf\xbd"));
		else if (c < 32 || (c >= 0x7f && c < 0xa0) || c == 0x2028 ||
			 c == 0x2029)
			buf_add_char(to, ' ');
		else if ((c >= 0x202a && c <= 0x202e) ||
			 (c >= 0x2066 && c <= 0x2069) || c == 0xfe0f)
			continue;
		else
			buf_add(to, before.p, before.n - text.n);
	}
	if (text.n)
		buf_add_str(to, STR("…"));
	return text.n == 0;
}

/* Whether some of it is read from right to left (by its block, UAX 44). */
static bool
turns(struct str text)
{
	while (text.n) {
		int32_t c = utf8_next(&text);

		if ((c >= 0x590 && c < 0x900) || (c >= 0xfb1d && c < 0xfe00) ||
		    (c >= 0xfe70 && c < 0xff00) ||
		    (c >= 0x10800 && c < 0x11000) ||
		    (c >= 0x1e800 && c < 0x1f000))
			return true;
	}
	return false;
}

static void
set_font(PangoLayout *layout, const struct text_style *style)
{
	PangoFontDescription *font = pango_font_description_new();

	pango_font_description_set_family_static(font,
	    "Noto Sans,DejaVu Sans,Sans");
	pango_font_description_set_absolute_size(font,
	    style->size * PANGO_SCALE);
	if (style->bold)
		pango_font_description_set_weight(font, PANGO_WEIGHT_SEMIBOLD);
	if (style->italic)
		pango_font_description_set_style(font, PANGO_STYLE_ITALIC);
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
}

static void
set_attributes(struct press *press, PangoLayout *layout,
    const struct text_style *style, size_t lead)
{
	PangoAttrList *list = press->plain;

	if (style->strike || (lead && style->bold_lead))
		list = pango_attr_list_copy(list);
	if (style->strike)
		add_attribute(list, pango_attr_strikethrough_new(TRUE), 0);
	if (lead && style->bold_lead)
		add_attribute(list,
		    pango_attr_weight_new(PANGO_WEIGHT_SEMIBOLD), lead);
	pango_layout_set_attributes(layout, list);
	if (list != press->plain)
		pango_attr_list_unref(list);
}

static void
set_shape(const struct press *press, PangoLayout *layout,
    const struct text_style *style, struct text_box box)
{
	bool right =
	    (style->align == ALIGN_END) != (press->mirrored ? true : false);

	pango_layout_set_auto_dir(layout, FALSE);
	pango_layout_set_alignment(layout, style->align == ALIGN_CENTER
					       ? PANGO_ALIGN_CENTER
					   : right ? PANGO_ALIGN_RIGHT
						   : PANGO_ALIGN_LEFT);
	if (box.w < 0)
		return;
	pango_layout_set_width(layout, (int)(box.w * PANGO_SCALE));
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	if (box.h < 0)
		return;
	pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
	pango_layout_set_height(layout,
	    style->one_line ? -1 : (int)(box.h * PANGO_SCALE));
}

static struct laid *
lay_out(struct press *press, struct str lead, struct str body,
    const struct text_style *style, struct text_box box)
{
	struct laid *laid = g_new0(struct laid, 1);
	struct buf *text = &press->text;
	PangoRectangle extents;
	size_t until;
	bool whole, turned;

	buf_reset(text);
	whole = add_clean(text, lead, box.most);
	until = text->n;
	if (lead.n && body.n)
		buf_add_char(text, ' ');
	/* A direction of its own, unless it is that of the page: isolates cost
	 * more than they look. */
	turned = body.n && (press->mirrored || turns(body));
	if (turned)
		buf_add_str(text, STR("\xe2\x81\xa8"));
	whole &= add_clean(text, body, box.most);
	if (turned)
		buf_add_str(text, STR("\xe2\x81\xa9"));
	laid->layout = pango_layout_new(press->context);
	pango_layout_set_text(laid->layout, buf_ok(text) ? text->p : "",
	    buf_ok(text) ? (int)text->n : 0);
	set_font(laid->layout, style);
	set_attributes(press, laid->layout, style, until);
	set_shape(press, laid->layout, style, box);
	pango_layout_get_extents(laid->layout, NULL, &extents);
	laid->width = (double)extents.width / PANGO_SCALE;
	laid->height = (double)extents.height / PANGO_SCALE;
	laid->unknown =
	    (size_t)pango_layout_get_unknown_glyphs_count(laid->layout);
	laid->bytes = text->n * 24 + KEPT_EACH;
	laid->cut = !whole || pango_layout_is_ellipsized(laid->layout);
	return laid;
}

/* --- what is kept --------------------------------------------------------- */

#define KEPT_TEXT  400
#define KEPT_BYTES ((size_t)256 << 10)

static void
make_key(struct buf *key, struct str lead, struct str body,
    const struct text_style *style, struct text_box box)
{
	struct {
		float size, w, h;
		uint32_t lead, flags;
	} head = {(float)style->size, (float)box.w,
	    style->one_line && box.h >= 0 ? 0 : (float)box.h, (uint32_t)lead.n,
	    (uint32_t)(style->bold | style->bold_lead << 1 |
		       style->italic << 2 | style->strike << 3 |
		       style->one_line << 4) |
		(uint32_t)style->align << 5};

	buf_reset(key);
	buf_add(key, &head, sizeof(head));
	buf_add_str(key, lead);
	buf_add_str(key, body);
}

/* Two generations: what was not asked for since the young one was begun goes.
 * No more of them than the processor's cache holds, else keeping them costs
 * more than it saves. */
static struct laid *
keep(struct press *press, GBytes *key, struct laid *laid)
{
	GHashTable *old = press->kept[1];

	if (press->kept_bytes >= KEPT_BYTES) {
		g_hash_table_remove_all(old);
		press->kept[1] = press->kept[0];
		press->kept[0] = old;
		press->kept_bytes = 0;
	}
	press->kept_bytes += g_bytes_get_size(key) + laid->bytes;
	g_hash_table_insert(press->kept[0], key, laid);
	return laid;
}

static struct laid *
find(struct press *press)
{
	GBytes *key = g_bytes_new_static(press->key.p, press->key.n);
	struct laid *laid = g_hash_table_lookup(press->kept[0], key);
	gpointer old_key, old;

	if (!laid &&
	    g_hash_table_steal_extended(press->kept[1], key, &old_key, &old))
		laid = keep(press, old_key, old);
	g_bytes_unref(key);
	return laid;
}

const struct laid *
press_lay(struct press *press, struct str lead, struct str body,
    const struct text_style *style, struct text_box box)
{
	struct laid *laid;

	if (lead.n + body.n > KEPT_TEXT) {
		free_laid(press->loose);
		press->loose = lay_out(press, lead, body, style, box);
		return press->loose;
	}
	make_key(&press->key, lead, body, style, box);
	if (!buf_ok(&press->key))
		return NULL;
	laid = find(press);
	if (laid)
		return laid;
	laid = lay_out(press, lead, body, style, box);
	return keep(press, g_bytes_new(press->key.p, press->key.n), laid);
}
