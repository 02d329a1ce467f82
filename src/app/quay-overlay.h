/* What lies over the window: cards on a dimmed ground, one above the other, and a short notice at
 * the foot. Pages reach it through quay-ui.h. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_OVERLAY (quay_overlay_get_type ())
G_DECLARE_FINAL_TYPE (QuayOverlay, quay_overlay, QUAY, OVERLAY, GtkWidget)

/*
 * Signals:
 *   cards-changed ()   a card was opened or closed
 */

/** @child: what the window shows when no card is open. */
GtkWidget *quay_overlay_new (GtkWidget *child);

/** The overlay around a widget; NULL if it is in none. */
QuayOverlay *quay_overlay_of (GtkWidget *widget);

/** Opens @card above everything; @focus (nullable) gets the keyboard. */
void quay_overlay_push (QuayOverlay *overlay, GtkWidget *card, GtkWidget *focus);

/** Closes @card and those above it; the keyboard goes back to where it was before. Harmless if it
 * is not open. */
void quay_overlay_pop (QuayOverlay *overlay, GtkWidget *card);

/** The card on top, borrowed; NULL if none is open. */
GtkWidget *quay_overlay_top (QuayOverlay *overlay);

/** Called on Escape instead of closing the card; return TRUE if it was dealt with. */
typedef gboolean (*QuayOverlayCancel) (GtkWidget *card, gpointer data);
/** Sets what Escape does on @card. */
void quay_overlay_set_cancel (GtkWidget *card, QuayOverlayCancel cancel, gpointer data);

/** Shows @text for three seconds. */
void quay_overlay_toast (QuayOverlay *overlay, const char *text);

/** Shows a badge at the top, above every card; NULL takes it away. */
void quay_overlay_set_badge (QuayOverlay *overlay, const char *text);

G_END_DECLS
