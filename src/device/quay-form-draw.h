/* A form laid out on sheets of A4: run once to count them, once more to draw them. For the files of
 * this folder; one thread at a time. All lengths are points. */
#pragma once

#include "quay-form.h"

#include <cairo.h>
#include <pango/pangocairo.h>

G_BEGIN_DECLS

/** Looks of a text; may be added together. */
typedef enum
{
  QUAY_INK_BOLD = 1 << 0,
  QUAY_INK_ITALIC = 1 << 1,
  QUAY_INK_CENTRE = 1 << 2,
  QUAY_INK_RIGHT = 1 << 3,
} QuayInk;

/**
 * QuaySheet: where the pen stands.
 * @cr: NULL: only measured
 * @width, @height: of the paper; @y: from its top
 * @size: of the letters of the table
 * @page, @n_pages: from 1; @n_pages 0: not known yet
 */
typedef struct
{
  const QuayForm *form;
  PangoContext *context;
  cairo_t *cr;
  double width;
  double height;
  double y;
  double size;
  guint page;
  guint n_pages;
} QuaySheet;

#define QUAY_SHEET_MARGIN 42.5 /* 15 mm */
#define QUAY_SHEET_FOOT 20     /* kept free above the lower margin, for the page's number */

/** Lays @form out from its first page to its last; @cr may be NULL. @n_pages: 0 if not known.
 * Returns how many pages it took. */
guint quay_sheet_run (const QuayForm *form, cairo_t *cr, guint n_pages);

/** The paper of @form. */
void quay_sheet_get_size (const QuayForm *form, double *width, double *height);

/* --- among the two files --- */

/** A text of @size in at most @width, or in one line if that is 0; (transfer full). */
PangoLayout *quay_sheet_layout (const QuaySheet *sheet, const char *text, guint ink, double size,
                                double width);
double quay_sheet_layout_height (PangoLayout *layout);
double quay_sheet_layout_width (PangoLayout *layout);
/** Draws a layout with its upper left corner there. */
void quay_sheet_show (const QuaySheet *sheet, PangoLayout *layout, double x, double y);
/** Room between the margins. */
double quay_sheet_room (const QuaySheet *sheet);
/** Begins another page unless @height fits on this one. TRUE if it did. */
gboolean quay_sheet_need (QuaySheet *sheet, double height);
/** Draws the table, on as many pages as it needs. */
void quay_sheet_table (QuaySheet *sheet);

G_END_DECLS
