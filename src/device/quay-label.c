/* Draws labels: name above, price in large at the left, barcode at the foot, trace code at the
 * right. All lengths are points, 72 to the inch. */
#include "quay-label.h"

#include "quay-device-file.h"

#include "quay-error.h"
#include "quay-format.h"
#include "quay-label-code.h"
#include "quay-receipt-draw.h"

#include <cairo-pdf.h>
#include <qrencode.h>

#define POINTS(tenths) ((tenths)*72.0 / 254.0)
#define PAD 4.2          /* 1.5 mm: printers and cutters are that far off */
#define MODULE_MIN 0.709 /* 0.25 mm, below which scanners of shops fail (GS1 5.12.3) */
#define MODULE_MAX 1.15
#define QR_MODULE_MIN 0.99 /* 0.35 mm */
#define QUIET_QR 4
#define TEXT_UNDER_BARS 6.0
#define NARROW 160.0 /* less room for words than a lot with its dates takes */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_surface_t, cairo_surface_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_t, cairo_destroy)

/* One label on the page, with what is left of its room while it is filled. */
typedef struct
{
  cairo_t *cr;
  PangoContext *context;
  double x; /* of the room inside the edges */
  double y;
  double width;
  double bottom;
  double height; /* of the whole room */
} Room;

gboolean
quay_label_layout_is_sound (const QuayLabelLayout *layout)
{
  return layout->columns > 0 && layout->rows > 0 && layout->columns * layout->rows <= 200 &&
         layout->width >= 200 && layout->height >= 150 && layout->left >= 0 && layout->top >= 0 &&
         layout->gap_x >= 0 && layout->gap_y >= 0 &&
         layout->left + layout->columns * layout->width + (layout->columns - 1) * layout->gap_x <=
             layout->page_width &&
         layout->top + layout->rows * layout->height + (layout->rows - 1) * layout->gap_y <=
             layout->page_height;
}

/* --- texts --- */

/* Draws a text of at most @lines lines with its top at @y; returns its height. */
static double
put_text (const Room *room, double x, double y, double width, double size, gboolean bold, int lines,
          PangoAlignment align, const char *text)
{
  int height;
  g_autoptr (PangoLayout) layout = pango_layout_new (room->context);
  PangoFontDescription *font = pango_font_description_new ();
  pango_font_description_set_family_static (font, QUAY_RECEIPT_FAMILY ",DejaVu Sans,sans-serif");
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  if (bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_width (layout, (int)(width * PANGO_SCALE));
  pango_layout_set_height (layout, -lines);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment (layout, align);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_line_spacing (layout, 0.92f);
  pango_layout_get_size (layout, NULL, &height);
  cairo_move_to (room->cr, x, y);
  pango_cairo_show_layout (room->cr, layout);
  return (double)height / PANGO_SCALE;
}

static gboolean
has_text (const char *text)
{
  return text != NULL && *text != '\0';
}

/* --- codes --- */

static void
put_bars (const Room *room, const QuayBars *bars, double x, double y, double module, double height)
{
  for (guint i = 0; i < bars->n;)
    {
      guint end = i;
      while (end < bars->n && bars->dark[end] == bars->dark[i])
        end++;
      if (bars->dark[i])
        cairo_rectangle (room->cr, x + i * module, y, (end - i) * module, height);
      i = end;
    }
  cairo_fill (room->cr);
}

/* A QR code within a square of @side; FALSE if its modules would be too small to be read. */
static gboolean
put_qr (const Room *room, const char *text, double x, double y, double side)
{
  QRcode *code = QRcode_encodeString (text, 0, QR_ECLEVEL_L, QR_MODE_8, 1);
  if (code == NULL)
    return FALSE;
  double module = side / (code->width + 2 * QUIET_QR);
  gboolean fits = module >= QR_MODULE_MIN;
  for (int i = 0; fits && i < code->width * code->width; i++)
    if (code->data[i] & 1)
      cairo_rectangle (room->cr, x + (i % code->width + QUIET_QR) * module,
                       y + (i / code->width + QUIET_QR) * module, module, module);
  cairo_fill (room->cr);
  QRcode_free (code);
  return fits;
}

/* The barcode at the foot, as wide as it may be; takes its height from the room. FALSE if it would
 * be too fine. */
static gboolean
put_foot (Room *room, const QuayBars *bars)
{
  double module = MIN (room->width / (bars->n + 2 * bars->quiet), MODULE_MAX);
  double height = CLAMP (room->height * 0.22, 13, 30);
  double width = bars->n * module;
  if (module < MODULE_MIN)
    return FALSE;
  double y = room->bottom - TEXT_UNDER_BARS - 1 - height;
  put_bars (room, bars, room->x + (room->width - width) / 2, y, module, height);
  put_text (room, room->x, room->bottom - TEXT_UNDER_BARS - 1, room->width, TEXT_UNDER_BARS, FALSE,
            1, PANGO_ALIGN_CENTER, bars->text);
  room->bottom = y - 2;
  return TRUE;
}

/* A square at the right, of @text; takes its width from the room. */
static gboolean
put_side (Room *room, const char *text, double y)
{
  double side = MIN (room->bottom - y, room->width * 0.45);
  if (!has_text (text) || !put_qr (room, text, room->x + room->width - side, y, side))
    return FALSE;
  room->width -= side + 2;
  return TRUE;
}

/* The smallest square in which a QR code of @text can be read; 0 if there is none. */
static double
smallest_square (const char *text)
{
  QRcode *code = has_text (text) ? QRcode_encodeString (text, 0, QR_ECLEVEL_L, QR_MODE_8, 1) : NULL;
  double side = code != NULL ? (code->width + 2 * QUIET_QR) * QR_MODULE_MIN : 0;
  QRcode_free (code);
  return side;
}

/* Two squares: one above the other where that is high enough, else side by side. */
static void
put_squares (Room *room, const char *first, const char *second)
{
  double side = MIN ((room->bottom - room->y) / 2, room->width * 0.45);
  double need = MAX (smallest_square (first), smallest_square (second));
  if (has_text (first) && has_text (second) && need <= side)
    {
      double x = room->x + room->width - side;
      put_qr (room, first, x, room->y, side);
      put_qr (room, second, x, room->y + side, side);
      room->width -= side + 2;
      return;
    }
  put_side (room, first, room->y);
  put_side (room, second, room->y);
}

/* --- one label --- */

/* "OCOP ★★★★"; NULL without stars. (transfer full) */
static char *
ocop_text (const QuayLabel *label)
{
  static const char *const stars[] = { NULL, "★", "★★", "★★★", "★★★★", "★★★★★" };
  return label->stars > 0 && label->stars < (gint64)G_N_ELEMENTS (stars)
             ? g_strdup_printf ("OCOP %s", stars[label->stars])
             : NULL;
}

/* On the smallest labels the stars stand beside the price. */
static gboolean
is_tight (const Room *room)
{
  return room->height < 60;
}

static void
put_price (Room *room, const QuayLabel *label)
{
  double size = CLAMP (room->height / 4.6, 11, 26);
  double y = room->bottom - size * 1.3;
  g_autofree char *price = quay_format_money (label->price, QUAY_MONEY_SIGN);
  g_autofree char *bare =
      label->per_unit != NULL ? quay_format_money (label->per, QUAY_MONEY_SIGN) : NULL;
  g_autofree char *per = bare != NULL ? g_strdup_printf ("%s/%s", bare, label->per_unit) : NULL;
  put_text (room, room->x, y, room->width, size, TRUE, 1, PANGO_ALIGN_LEFT, price);
  room->bottom = y;
  double small = CLAMP (room->height / 14, 5.5, 8);
  g_autofree char *ocop = is_tight (room) ? ocop_text (label) : NULL;
  if (ocop != NULL)
    put_text (room, room->x, y + size * 0.5, room->width, small * 0.9, FALSE, 1, PANGO_ALIGN_RIGHT,
              ocop);
  g_autofree char *below = per != NULL && room->height > 75
                               ? g_strdup_printf ("%s · giá đã có thuế GTGT", per)
                               : g_strdup (per != NULL ? per : "Giá đã có thuế GTGT");
  room->bottom -= small * 1.3;
  put_text (room, room->x, room->bottom, room->width, small, FALSE, 1, PANGO_ALIGN_LEFT, below);
}

/* "HSD 31/12/2027"; NULL for an unknown day. (transfer full) */
static char *
day_text (const char *what, QuayDay day)
{
  g_autofree char *text = day != 0 ? quay_day_to_vi (day) : NULL;
  return text != NULL ? g_strdup_printf ("%s %s", what, text) : NULL;
}

/* What the label says below the name: each a line where there is little room beside the codes, the
 * lot's in one where there is enough. Dates are never cut short. (transfer full) */
static GPtrArray *
side_lines (const Room *room, const QuayLabel *label)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *lot = has_text (label->lot) ? g_strdup_printf ("Lô %s", label->lot) : NULL;
  g_autofree char *expires = day_text ("HSD", label->expires);
  g_autofree char *made = day_text ("NSX", label->made);
  const char *const texts[] = { lot, expires, made };
  GString *joined = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i] != NULL && room->width >= NARROW)
      g_string_append_printf (joined, "%s%s", joined->len > 0 ? " · " : "", texts[i]);
    else if (texts[i] != NULL)
      g_ptr_array_add (lines, g_strdup (texts[i]));
  if (joined->len > 0)
    g_ptr_array_add (lines, g_strdup (joined->str));
  g_string_free (joined, TRUE);
  char *ocop = is_tight (room) ? NULL : ocop_text (label);
  if (ocop != NULL)
    g_ptr_array_add (lines, ocop);
  if (has_text (label->producer))
    g_ptr_array_add (lines, g_strdup (label->producer));
  return lines;
}

/* Name, lot, stars, producer: from the top down, as far as there is room. */
static void
put_words (Room *room, const QuayLabel *label)
{
  double size = CLAMP (room->height / 9.5, 6.8, 11);
  double small = CLAMP (room->height / 14, 5.5, 8);
  double free = room->bottom - room->y;
  double y = room->y;
  g_autoptr (GPtrArray) lines = side_lines (room, label);
  y += put_text (room, room->x, y, room->width, size, TRUE, free > size * 2.8 ? 2 : 1,
                 PANGO_ALIGN_LEFT, label->name);
  for (guint i = 0; i < lines->len && y + small * 1.3 <= room->bottom + 1; i++)
    y += put_text (room, room->x, y, room->width, small, FALSE, 1, PANGO_ALIGN_LEFT,
                   lines->pdata[i]);
}

static void
draw_label (Room *room, const QuayLabel *label)
{
  gboolean is_lot = has_text (label->gtin) && (has_text (label->lot) || label->expires != 0);
  g_autoptr (QuayBars) bars = is_lot ? quay_bars_of_lot (label->gtin, label->lot, label->expires)
                                     : quay_bars_of_code (label->code);
  g_autofree char *square =
      is_lot ? quay_lot_code_text (label->gtin, label->lot, label->expires) : NULL;
  gboolean shown = bars != NULL && put_foot (room, bars);
  put_squares (room, shown ? NULL : square, label->trace);
  if (label->has_price)
    put_price (room, label);
  put_words (room, label);
}

/* --- pages --- */

static PangoContext *
make_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_language (context, pango_language_from_string ("vi"));
  return context;
}

static void
draw_at (cairo_t *cr, PangoContext *context, const QuayLabelLayout *layout, guint place,
         const QuayLabel *label)
{
  int column = (int)place % layout->columns;
  int row = (int)place / layout->columns;
  double x = POINTS (layout->left + column * (layout->width + layout->gap_x));
  double y = POINTS (layout->top + row * (layout->height + layout->gap_y));
  double width = POINTS (layout->width);
  double height = POINTS (layout->height);
  Room room = {
    cr, context, x + PAD, y + PAD, width - 2 * PAD, y + height - PAD, height - 2 * PAD
  };
  cairo_save (cr);
  cairo_rectangle (cr, x, y, width, height);
  cairo_clip (cr);
  draw_label (&room, label);
  cairo_restore (cr);
}

static void
draw_all (cairo_t *cr, GPtrArray *labels, const QuayLabelLayout *layout, guint start)
{
  PangoContext *context = make_context ();
  guint per_page = (guint)(layout->columns * layout->rows);
  guint place = start - 1;
  for (guint i = 0; i < labels->len; i++)
    for (guint copy = 0; copy < ((const QuayLabel *)labels->pdata[i])->copies; copy++)
      {
        if (place == per_page)
          {
            cairo_show_page (cr);
            place = 0;
          }
        draw_at (cr, context, layout, place++, labels->pdata[i]);
      }
  g_object_unref (context);
}

static cairo_status_t
write_cb (void *data, const unsigned char *bytes, unsigned int n)
{
  g_byte_array_append (data, bytes, n);
  return CAIRO_STATUS_SUCCESS;
}

static GByteArray *
make_pdf (GPtrArray *labels, const QuayLabelLayout *layout, guint start, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (cairo_surface_t) pdf = cairo_pdf_surface_create_for_stream (
      write_cb, out, POINTS (layout->page_width), POINTS (layout->page_height));
  g_autoptr (cairo_t) cr = cairo_create (pdf);
  draw_all (cr, labels, layout, start);
  cairo_show_page (cr);
  cairo_surface_finish (pdf);
  if (cairo_status (cr) == CAIRO_STATUS_SUCCESS &&
      cairo_surface_status (pdf) == CAIRO_STATUS_SUCCESS)
    return g_steal_pointer (&out);
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_IO, "cannot draw the labels: %s",
               cairo_status_to_string (cairo_surface_status (pdf)));
  return NULL;
}

static gboolean
is_sound (GPtrArray *labels, const QuayLabelLayout *layout, guint start, GError **error)
{
  guint n = 0;
  for (guint i = 0; i < labels->len; i++)
    n += ((const QuayLabel *)labels->pdata[i])->copies;
  if (quay_label_layout_is_sound (layout) && n > 0 && n <= 10000 && start >= 1 &&
      start <= (guint)(layout->columns * layout->rows))
    return TRUE;
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID,
                       "no labels, too many, or a place that the sheet does not have");
  return FALSE;
}

gboolean
quay_labels_to_pdf (GPtrArray *labels, const QuayLabelLayout *layout, guint start, const char *path,
                    GError **error)
{
  if (!is_sound (labels, layout, start, error))
    return FALSE;
  g_autoptr (GByteArray) pdf = make_pdf (labels, layout, start, error);
  return pdf != NULL && quay_device_write (path, pdf->data, pdf->len, error);
}
