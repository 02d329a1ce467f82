/* What stands round the table of a form: head, title, fields, places to sign, pages. One thread at
 * a time. */
#include "quay-form-draw.h"

#include "quay-receipt-draw.h"

#define A4_SHORT 595.276
#define A4_LONG 841.89
#define TEXT 10.0
#define SMALL 8.0
#define TITLE 14.0
#define GAP 4.0        /* between lines of text */
#define TO_SIGN 54.0   /* room for a signature */
#define DOTTED_MIN 60. /* a shorter dotted line goes below its label */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_font_options_t, cairo_font_options_destroy)

void
quay_sheet_get_size (const QuayForm *form, double *width, double *height)
{
  *width = form->landscape ? A4_LONG : A4_SHORT;
  *height = form->landscape ? A4_SHORT : A4_LONG;
}

double
quay_sheet_room (const QuaySheet *sheet)
{
  return sheet->width - 2 * QUAY_SHEET_MARGIN;
}

/* --- texts --- */

PangoLayout *
quay_sheet_layout (const QuaySheet *sheet, const char *text, guint ink, double size, double width)
{
  PangoLayout *layout = pango_layout_new (sheet->context);
  g_autoptr (PangoFontDescription) font = pango_font_description_new ();
  pango_font_description_set_family_static (font, QUAY_RECEIPT_FAMILY ",DejaVu Sans,sans-serif");
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  if (ink & QUAY_INK_BOLD)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  if (ink & QUAY_INK_ITALIC)
    pango_font_description_set_style (font, PANGO_STYLE_ITALIC);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_text (layout, text, -1);
  if (width > 0)
    {
      pango_layout_set_width (layout, (int)(width * PANGO_SCALE));
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
    }
  if (ink & QUAY_INK_CENTRE)
    pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  if (ink & QUAY_INK_RIGHT)
    pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
  return layout;
}

double
quay_sheet_layout_height (PangoLayout *layout)
{
  int height;
  pango_layout_get_size (layout, NULL, &height);
  return (double)height / PANGO_SCALE;
}

double
quay_sheet_layout_width (PangoLayout *layout)
{
  int width;
  pango_layout_get_size (layout, &width, NULL);
  return (double)width / PANGO_SCALE;
}

void
quay_sheet_show (const QuaySheet *sheet, PangoLayout *layout, double x, double y)
{
  if (sheet->cr == NULL)
    return;
  cairo_move_to (sheet->cr, x, y);
  pango_cairo_show_layout (sheet->cr, layout);
}

/* Draws a text in a column and returns its height; nothing for none. */
static double
put_text (const QuaySheet *sheet, const char *text, guint ink, double size, double x, double y,
          double width)
{
  if (text == NULL || *text == '\0')
    return 0;
  g_autoptr (PangoLayout) layout = quay_sheet_layout (sheet, text, ink, size, width);
  quay_sheet_show (sheet, layout, x, y);
  return quay_sheet_layout_height (layout);
}

/* --- pages --- */

static void
put_page_number (const QuaySheet *sheet)
{
  const QuayForm *form = sheet->form;
  double y = sheet->height - QUAY_SHEET_MARGIN - SMALL;
  double half = quay_sheet_room (sheet) / 2;
  g_autofree char *which =
      g_strdup_printf ("%s%s%s", form->title != NULL ? form->title : "",
                       form->number != NULL ? " " : "", form->number != NULL ? form->number : "");
  g_autofree char *page = g_strdup_printf ("Trang %u/%u", sheet->page, sheet->n_pages);
  put_text (sheet, which, 0, SMALL, QUAY_SHEET_MARGIN, y, half);
  put_text (sheet, page, QUAY_INK_RIGHT, SMALL, QUAY_SHEET_MARGIN + half, y, half);
}

static void
end_page (QuaySheet *sheet)
{
  if (sheet->cr == NULL)
    return;
  put_page_number (sheet);
  cairo_show_page (sheet->cr);
}

gboolean
quay_sheet_need (QuaySheet *sheet, double height)
{
  double bottom = sheet->height - QUAY_SHEET_MARGIN - QUAY_SHEET_FOOT;
  if (sheet->y + height <= bottom || sheet->y <= QUAY_SHEET_MARGIN)
    return FALSE;
  end_page (sheet);
  sheet->page++;
  sheet->y = QUAY_SHEET_MARGIN;
  return TRUE;
}

/* --- parts --- */

static void
put_head (QuaySheet *sheet)
{
  const QuayForm *form = sheet->form;
  double room = quay_sheet_room (sheet);
  double left = room * 0.55, right = room * 0.4;
  double x = QUAY_SHEET_MARGIN + room - right;
  double a = put_text (sheet, form->unit, QUAY_INK_BOLD, TEXT, QUAY_SHEET_MARGIN, sheet->y, left);
  a += put_text (sheet, form->address, 0, TEXT, QUAY_SHEET_MARGIN, sheet->y + a, left);
  double b =
      put_text (sheet, form->code, QUAY_INK_BOLD | QUAY_INK_CENTRE, TEXT, x, sheet->y, right);
  b += put_text (sheet, form->circular, QUAY_INK_ITALIC | QUAY_INK_CENTRE, SMALL, x, sheet->y + b,
                 right);
  sheet->y += MAX (a, b) + 3 * GAP;
}

static void
put_title (QuaySheet *sheet)
{
  const QuayForm *form = sheet->form;
  double room = quay_sheet_room (sheet);
  double x = QUAY_SHEET_MARGIN;
  sheet->y +=
      put_text (sheet, form->title, QUAY_INK_BOLD | QUAY_INK_CENTRE, TITLE, x, sheet->y, room);
  sheet->y +=
      put_text (sheet, form->date_line, QUAY_INK_ITALIC | QUAY_INK_CENTRE, TEXT, x, sheet->y, room);
  sheet->y += put_text (sheet, form->number, QUAY_INK_CENTRE, TEXT, x, sheet->y, room);
  sheet->y += 2 * GAP;
}

/* Dots where somebody will write by hand. */
static void
put_dots (const QuaySheet *sheet, double from, double y)
{
  static const double dashes[] = { 0, 2.5 };
  if (sheet->cr == NULL)
    return;
  cairo_save (sheet->cr);
  cairo_set_line_width (sheet->cr, 0.8);
  cairo_set_line_cap (sheet->cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_dash (sheet->cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (sheet->cr, from, y);
  cairo_line_to (sheet->cr, sheet->width - QUAY_SHEET_MARGIN, y);
  cairo_stroke (sheet->cr);
  cairo_restore (sheet->cr);
}

static char *
field_text (const QuayFormField *field)
{
  gboolean bare = *field->label == '\0';
  const char *colon = bare || g_str_has_suffix (field->label, ":") ? "" : ":";
  return g_strconcat (bare ? "" : "- ", field->label, colon,
                      bare || field->value == NULL ? "" : " ",
                      field->value != NULL ? field->value : "", NULL);
}

static void
put_field (QuaySheet *sheet, const QuayFormField *field)
{
  g_autofree char *text = field_text (field);
  g_autoptr (PangoLayout) layout =
      quay_sheet_layout (sheet, text, 0, TEXT, quay_sheet_room (sheet));
  gboolean below = quay_sheet_layout_width (layout) > quay_sheet_room (sheet) - DOTTED_MIN;
  double height = quay_sheet_layout_height (layout);
  double line = height / pango_layout_get_line_count (layout);
  gboolean dotted = field->value == NULL;
  quay_sheet_need (sheet, height + (dotted && below ? line : 0));
  quay_sheet_show (sheet, layout, QUAY_SHEET_MARGIN, sheet->y);
  if (dotted && below)
    height += line;
  if (dotted)
    put_dots (sheet, QUAY_SHEET_MARGIN + (below ? 0 : quay_sheet_layout_width (layout) + 3),
              sheet->y + height - line * 0.25);
  sheet->y += height + GAP;
}

static void
put_fields (QuaySheet *sheet, const GPtrArray *fields)
{
  for (guint i = 0; i < fields->len; i++)
    put_field (sheet, fields->pdata[i]);
}

/* Titles, hints and names side by side; returns the height. */
static double
put_signers (const QuaySheet *sheet, double y)
{
  const GPtrArray *signers = sheet->form->signers;
  double width = quay_sheet_room (sheet) / signers->len;
  double titles = 0, hints = 0, names = 0;
  for (int pass = 0; pass < 2; pass++) /* the first run gives the lines' heights */
    {
      QuaySheet mute = *sheet;
      if (pass == 0)
        mute.cr = NULL;
      for (guint i = 0; i < signers->len; i++)
        {
          const QuayFormSigner *signer = signers->pdata[i];
          double x = QUAY_SHEET_MARGIN + i * width;
          titles = MAX (titles, put_text (&mute, signer->title, QUAY_INK_BOLD | QUAY_INK_CENTRE, 9,
                                          x + 2, y, width - 4));
          hints = MAX (hints, put_text (&mute, signer->hint, QUAY_INK_ITALIC | QUAY_INK_CENTRE, 8,
                                        x + 2, y + titles, width - 4));
          names = MAX (names, put_text (&mute, signer->name, QUAY_INK_CENTRE, 9, x + 2,
                                        y + titles + hints + TO_SIGN, width - 4));
        }
    }
  return titles + hints + TO_SIGN + names;
}

static void
put_all_signers (QuaySheet *sheet)
{
  QuaySheet mute = *sheet;
  if (sheet->form->signers->len == 0)
    return;
  mute.cr = NULL;
  sheet->y += 2 * GAP;
  quay_sheet_need (sheet, put_signers (&mute, 0));
  sheet->y += put_signers (sheet, sheet->y);
}

/* --- the whole --- */

static PangoContext *
make_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  g_autoptr (cairo_font_options_t) options = cairo_font_options_create ();
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_language (context, pango_language_from_string ("vi"));
  pango_context_set_base_dir (context, PANGO_DIRECTION_LTR);
  return context;
}

guint
quay_sheet_run (const QuayForm *form, cairo_t *cr, guint n_pages)
{
  PangoContext *context = make_context ();
  QuaySheet sheet = { .form = form, .context = context, .cr = cr, .page = 1, .n_pages = n_pages };
  quay_sheet_get_size (form, &sheet.width, &sheet.height);
  sheet.y = QUAY_SHEET_MARGIN;
  put_head (&sheet);
  put_title (&sheet);
  put_fields (&sheet, form->fields);
  sheet.y += GAP;
  quay_sheet_table (&sheet);
  sheet.y += 2 * GAP;
  put_fields (&sheet, form->foot);
  put_all_signers (&sheet);
  end_page (&sheet);
  g_object_unref (context);
  return sheet.page;
}
