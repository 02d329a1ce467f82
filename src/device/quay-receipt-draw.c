/* Lays rows out with Pango: the same code measures and draws, so that both agree to the dot.
 * All lengths are dots, 8 to the millimetre. One thread at a time. */
#include "quay-receipt-draw.h"

#include "quay-qr.h"

#define MARGIN 8
#define GAP 12       /* between texts side by side */
#define PAY_MODULE 6 /* dots of a code that a telephone reads from a distance */
#define NARROW 480   /* dots below which letters are smaller */

typedef struct
{
  int bottom;
  int middle; /* widths of the table's columns */
  int right;
} Place;

struct _QuayDrawing
{
  const QuayReceipt *receipt;
  PangoContext *context;
  Place *places;
  int width; /* between the margins */
  int height;
  int normal; /* sizes of letters */
  int small;
  int large;
  int gap;    /* between columns */
  int module; /* of a QR code */
  gboolean vector;
};

/* Where a row is drawn; without @cr it is only measured. */
typedef struct
{
  const QuayDrawing *drawing;
  cairo_t *cr;
  int y;
} Pen;

static PangoContext *
make_context (gboolean vector)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();
  cairo_font_options_set_hint_style (options,
                                     vector ? CAIRO_HINT_STYLE_NONE : CAIRO_HINT_STYLE_FULL);
  cairo_font_options_set_hint_metrics (options,
                                       vector ? CAIRO_HINT_METRICS_OFF : CAIRO_HINT_METRICS_ON);
  cairo_font_options_set_antialias (options,
                                    vector ? CAIRO_ANTIALIAS_DEFAULT : CAIRO_ANTIALIAS_NONE);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_context_set_language (context, pango_language_from_string ("vi"));
  pango_context_set_base_dir (context, PANGO_DIRECTION_LTR);
  return context;
}

static int
letter_size (const QuayDrawing *drawing, guint style)
{
  if (style & QUAY_ROW_LARGE)
    return drawing->large;
  return style & QUAY_ROW_SMALL ? drawing->small : drawing->normal;
}

/* @width: where lines end, or -1 for one line. */
static PangoLayout *
make_layout (const QuayDrawing *drawing, guint style, const char *text, int width)
{
  PangoLayout *layout = pango_layout_new (drawing->context);
  PangoFontDescription *font = pango_font_description_new ();
  pango_font_description_set_family_static (font, QUAY_RECEIPT_FAMILY ",DejaVu Sans,sans-serif");
  pango_font_description_set_absolute_size (font, letter_size (drawing, style) * PANGO_SCALE);
  if (style & QUAY_ROW_BOLD)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_text (layout, text, -1);
  if (width >= 0)
    {
      pango_layout_set_width (layout, width * PANGO_SCALE);
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
      if (style & QUAY_ROW_CENTRE)
        pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
    }
  return layout;
}

static int
layout_width (PangoLayout *layout)
{
  int width;
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

static int
layout_height (PangoLayout *layout)
{
  int height;
  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

static int
text_width (const QuayDrawing *drawing, guint style, const char *text)
{
  g_autoptr (PangoLayout) layout = make_layout (drawing, style, text, -1);
  return layout_width (layout);
}

/* Width of the widest word: where lines would end if every word had its own. */
static int
word_width (const QuayDrawing *drawing, guint style, const char *text)
{
  g_autoptr (PangoLayout) layout = make_layout (drawing, style, text, 0);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD);
  return layout_width (layout);
}

static void
put_layout (const Pen *pen, PangoLayout *layout, int x, int y)
{
  if (pen->cr == NULL)
    return;
  cairo_move_to (pen->cr, MARGIN + x, y);
  pango_cairo_show_layout (pen->cr, layout);
}

static void
put_box (const Pen *pen, int x, int y, int width, int height)
{
  if (pen->cr == NULL)
    return;
  cairo_rectangle (pen->cr, MARGIN + x, y, width, height);
  cairo_fill (pen->cr);
}

/* White letters in a black bar: on a surface of ink alone, white is where ink is taken away. */
static int
put_banner (const Pen *pen, const QuayReceiptRow *row)
{
  const QuayDrawing *drawing = pen->drawing;
  const int pad = 4;
  g_autoptr (PangoLayout) layout =
      make_layout (drawing, row->style | QUAY_ROW_CENTRE, row->left, drawing->width - 2 * pad);
  int height = layout_height (layout);
  put_box (pen, 0, pen->y + pad, drawing->width, height);
  if (pen->cr != NULL)
    {
      cairo_save (pen->cr);
      if (drawing->vector)
        cairo_set_source_rgb (pen->cr, 1, 1, 1);
      else
        cairo_set_operator (pen->cr, CAIRO_OPERATOR_DEST_OUT);
      put_layout (pen, layout, pad, pen->y + pad);
      cairo_restore (pen->cr);
    }
  return height + 2 * pad;
}

static int
put_text (const Pen *pen, const QuayReceiptRow *row, int indent)
{
  if (row->style & QUAY_ROW_BANNER)
    return put_banner (pen, row);
  g_autoptr (PangoLayout) layout =
      make_layout (pen->drawing, row->style, row->left, pen->drawing->width - indent);
  put_layout (pen, layout, indent, pen->y);
  return layout_height (layout);
}

/* The right text stands on the last line of the left one; below it, where both are too wide. Large
 * letters become smaller before a sum of money would break. */
static int
put_pair (const Pen *pen, const QuayReceiptRow *row, int indent)
{
  const QuayDrawing *drawing = pen->drawing;
  guint style = row->style;
  int right = text_width (drawing, style, row->right);
  int room = drawing->width - indent - GAP;
  if (style & QUAY_ROW_LARGE && text_width (drawing, style, row->left) + right > room)
    {
      style &= ~QUAY_ROW_LARGE;
      right = text_width (drawing, style, row->right);
    }
  gboolean fits = text_width (drawing, style, row->left) + right <= room;
  gboolean wraps = word_width (drawing, style, row->left) <= room - right;
  gboolean beside = fits || wraps;
  g_autoptr (PangoLayout) left =
      make_layout (drawing, style, row->left, beside ? room - right : drawing->width - indent);
  int height = *row->left == '\0' ? 0 : layout_height (left);
  put_layout (pen, left, indent, pen->y);
  g_autoptr (PangoLayout) sum = make_layout (drawing, style, row->right, drawing->width);
  pango_layout_set_alignment (sum, PANGO_ALIGN_RIGHT);
  int y = beside ? MAX (height - layout_height (sum), 0) : height;
  put_layout (pen, sum, 0, pen->y + y);
  return MAX (height, y + layout_height (sum));
}

static int
put_columns (const Pen *pen, const QuayReceiptRow *row, const Place *place)
{
  const QuayDrawing *drawing = pen->drawing;
  int room = drawing->width - place->middle - place->right - 2 * drawing->gap;
  if (room < drawing->width / 5)
    {
      QuayReceiptRow two = { .style = row->style, .left = row->left, .right = row->middle };
      int height = put_pair (pen, &two, 0);
      Pen below = { drawing, pen->cr, pen->y + height };
      two.left = (char *)"";
      two.right = row->right;
      return height + put_pair (&below, &two, 0);
    }
  g_autoptr (PangoLayout) left = make_layout (drawing, row->style, row->left, room);
  g_autoptr (PangoLayout) middle = make_layout (drawing, row->style, row->middle, -1);
  g_autoptr (PangoLayout) right = make_layout (drawing, row->style, row->right, -1);
  int height = MAX (layout_height (left), layout_height (right));
  int y = pen->y + height - layout_height (right);
  put_layout (pen, left, 0, pen->y);
  put_layout (pen, middle, drawing->width - place->right - drawing->gap - layout_width (middle), y);
  put_layout (pen, right, drawing->width - layout_width (right), y);
  return height;
}

static int
put_rule (const Pen *pen, const QuayReceiptRow *row)
{
  int thick = row->style & QUAY_ROW_BOLD ? 3 : 1;
  put_box (pen, 0, pen->y + 5, pen->drawing->width, thick);
  return thick + 10;
}

/* The quiet zone begins @x dots from the paper's edge. */
static void
put_qr (const Pen *pen, const QuayQr *qr, int x, int y, guint module)
{
  if (pen->cr != NULL)
    quay_qr_draw (qr, pen->cr, x, y, module);
}

/* The code at the left and the words beside it, each in the middle of the row's height. The quiet
 * zone holds nothing at its right, top and bottom; at its left the margin is part of it. */
static int
put_code (const Pen *pen, const QuayReceiptRow *row)
{
  const QuayDrawing *drawing = pen->drawing;
  g_autoptr (QuayQr) qr = quay_qr_new (row->left);
  int side = qr == NULL ? 0 : (int)quay_qr_get_side (qr) * drawing->module;
  int x = qr == NULL ? 0 : side - MARGIN;
  int width = drawing->width - x;
  g_autoptr (PangoLayout) above =
      make_layout (drawing, QUAY_ROW_BOLD | QUAY_ROW_CENTRE, row->middle, width);
  g_autoptr (PangoLayout) below =
      make_layout (drawing, QUAY_ROW_SMALL | QUAY_ROW_CENTRE, row->right, width);
  int first = *row->middle == '\0' ? 0 : layout_height (above);
  int words = first + layout_height (below);
  int height = MAX (side, words);
  if (qr != NULL)
    put_qr (pen, qr, 0, pen->y + (height - side) / 2, (guint)drawing->module);
  put_layout (pen, above, x, pen->y + (height - words) / 2);
  put_layout (pen, below, x, pen->y + (height - words) / 2 + first);
  return height;
}

/* A code for a telephone, in the middle of the whole paper, as large as it may be. */
static int
put_payment (const Pen *pen, const QuayReceiptRow *row)
{
  guint dots = (guint)pen->drawing->width + 2 * MARGIN;
  g_autoptr (QuayQr) qr = quay_qr_new (row->left);
  guint module = qr != NULL ? quay_qr_fit (qr, dots, PAY_MODULE) : 0;
  if (module == 0)
    return 0;
  guint side = quay_qr_get_side (qr) * module;
  put_qr (pen, qr, (int)(dots - side) / 2, pen->y, module);
  return (int)side;
}

/* Returns the height of the row. */
static int
put_row (const Pen *pen, const QuayReceiptRow *row, const Place *place)
{
  const QuayDrawing *drawing = pen->drawing;
  int indent = row->style & QUAY_ROW_INDENT ? drawing->normal : 0;
  int above = row->style & QUAY_ROW_SPACED ? drawing->normal / 3 : 0;
  Pen lower = { drawing, pen->cr, pen->y + above };
  switch (row->kind)
    {
    case QUAY_ROW_TEXT:
      return above + put_text (&lower, row, indent);
    case QUAY_ROW_PAIR:
      return above + put_pair (&lower, row, indent);
    case QUAY_ROW_COLUMNS:
      return above + put_columns (&lower, row, place);
    case QUAY_ROW_RULE:
      return above + put_rule (&lower, row);
    case QUAY_ROW_CODE:
      return above + put_code (&lower, row);
    case QUAY_ROW_PAYMENT:
      return above + put_payment (&lower, row);
    default:
      g_assert_not_reached ();
    }
}

/* Gives the successive table rows from @first on the widths of their widest cells; returns where
 * the table ends. */
static guint
measure_table (QuayDrawing *drawing, guint first)
{
  guint n = quay_receipt_get_n_rows (drawing->receipt);
  int middle = 0, right = 0;
  guint end = first;
  for (; end < n; end++)
    {
      const QuayReceiptRow *row = quay_receipt_get_row (drawing->receipt, end);
      if (row->kind != QUAY_ROW_COLUMNS)
        break;
      middle = MAX (middle, text_width (drawing, row->style, row->middle));
      right = MAX (right, text_width (drawing, row->style, row->right));
    }
  for (guint i = first; i < end; i++)
    {
      drawing->places[i].middle = middle;
      drawing->places[i].right = right;
    }
  return MAX (end, first + 1);
}

QuayDrawing *
quay_drawing_new (const QuayReceipt *receipt, guint dots, gboolean vector)
{
  gboolean narrow = dots < NARROW;
  guint n = quay_receipt_get_n_rows (receipt);
  QuayDrawing *drawing = g_new0 (QuayDrawing, 1);
  drawing->receipt = receipt;
  drawing->context = make_context (vector);
  drawing->places = g_new0 (Place, n);
  drawing->width = dots - 2 * MARGIN;
  drawing->normal = narrow ? 22 : 24;
  drawing->small = narrow ? 18 : 20;
  drawing->large = narrow ? 30 : 32;
  drawing->gap = narrow ? GAP : 2 * GAP;
  drawing->module = narrow ? 4 : 5;
  drawing->vector = vector;
  for (guint i = 0; i < n;)
    i = measure_table (drawing, i);
  int y = MARGIN;
  for (guint i = 0; i < n; i++)
    {
      Pen pen = { drawing, NULL, y };
      y += put_row (&pen, quay_receipt_get_row (receipt, i), &drawing->places[i]);
      drawing->places[i].bottom = y;
    }
  drawing->height = y + MARGIN;
  return drawing;
}

void
quay_drawing_free (QuayDrawing *drawing)
{
  if (drawing == NULL)
    return;
  g_object_unref (drawing->context);
  g_free (drawing->places);
  g_free (drawing);
}

int
quay_drawing_get_bottom (const QuayDrawing *drawing, guint index)
{
  return drawing->places[index].bottom;
}

int
quay_drawing_get_height (const QuayDrawing *drawing)
{
  return drawing->height;
}

void
quay_drawing_draw (const QuayDrawing *drawing, cairo_t *cr, int top, int bottom)
{
  int y = MARGIN;
  cairo_set_source_rgb (cr, 0, 0, 0);
  if (!drawing->vector)
    cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  for (guint i = 0; i < quay_receipt_get_n_rows (drawing->receipt); i++)
    {
      const Place *place = &drawing->places[i];
      if (place->bottom > top && y < bottom)
        {
          Pen pen = { drawing, cr, y };
          put_row (&pen, quay_receipt_get_row (drawing->receipt, i), place);
        }
      y = place->bottom;
    }
}

char *
quay_drawing_dup_family (void)
{
  PangoContext *context = make_context (FALSE);
  g_autoptr (PangoFontDescription) wanted =
      pango_font_description_from_string (QUAY_RECEIPT_FAMILY);
  g_autoptr (PangoFont) font = pango_context_load_font (context, wanted);
  g_object_unref (context);
  if (font == NULL)
    return g_strdup ("");
  g_autoptr (PangoFontDescription) found = pango_font_describe (font);
  return g_strdup (pango_font_description_get_family (found));
}
