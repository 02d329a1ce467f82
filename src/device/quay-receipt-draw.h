/* A receipt's rows as Pango and Cairo draw them: measured first, then drawn, as a whole or in
 * parts. For the files of this folder; one thread at a time. */
#pragma once

#include "quay-receipt.h"

#include <cairo.h>
#include <pango/pangocairo.h>

G_BEGIN_DECLS

typedef struct _QuayDrawing QuayDrawing;

/**
 * quay_drawing_new:
 * @receipt: must outlive the drawing
 * @dots: width of the paper's printable part
 * @vector: for a surface of lines and letters; otherwise for dots of ink, which are on or off
 *
 * Measures every row.
 */
QuayDrawing *quay_drawing_new (const QuayReceipt *receipt, guint dots, gboolean vector);
void quay_drawing_free (QuayDrawing *drawing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayDrawing, quay_drawing_free)

/** Dots from the top of the paper to the end of row @index. */
int quay_drawing_get_bottom (const QuayDrawing *drawing, guint index);

/** Dots of the whole, margins included. */
int quay_drawing_get_height (const QuayDrawing *drawing);

/** Draws the rows that touch @top … @bottom, in black, with dot (0, 0) at the origin of @cr. */
void quay_drawing_draw (const QuayDrawing *drawing, cairo_t *cr, int top, int bottom);

/** The family that Pango gives for the one receipts are made for; (transfer full). */
char *quay_drawing_dup_family (void);

#define QUAY_RECEIPT_FAMILY "Noto Sans"

G_END_DECLS
