/* A second person's word for one act: what is to be allowed, who may, why, and their PIN. Main
 * thread. */
#pragma once

#include "quay-till-people.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define QUAY_TYPE_APPROVE_CARD (quay_approve_card_get_type ())
G_DECLARE_FINAL_TYPE (QuayApproveCard, quay_approve_card, QUAY, APPROVE_CARD, GtkBox)

/** Opens it for what was denied last and gives it back, borrowed. */
GtkWidget *quay_approve_card_open (GtkWidget *anywhere, QuayTill *till, QuayAct act, gint64 amount);

/** What @widget's button or verb does again by itself once it was allowed. */
typedef void (*QuayRetry) (GtkWidget *widget);
/**
 * To be called by a page whose verb was denied, before it returns to the main loop: when somebody
 * has given their word, @retry is called, if @widget is still there; else the user is told to try
 * again.
 */
void quay_approve_card_retry (GtkWidget *widget, QuayRetry retry);
/** The same for a verb that @button asked for and that ended with @error: if it was denied, the
 * button is pressed once more when somebody has given their word. Harmless for any other error. */
void quay_approve_card_press_again (GtkWidget *button, const GError *error);
/** Forgets that: another verb was denied. */
void quay_approve_card_forget (GtkWidget *anywhere);

G_END_DECLS
