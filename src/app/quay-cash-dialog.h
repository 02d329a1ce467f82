/* Cards about the cash drawer: cash in and out, opening the drawer without a sale. */
#pragma once

#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  QUAY_CASH_IN,
  QUAY_CASH_OUT,
  QUAY_CASH_OPEN_DRAWER,
} QuayCashTask;

#define QUAY_TYPE_CASH_DIALOG (quay_cash_dialog_get_type ())
G_DECLARE_FINAL_TYPE (QuayCashDialog, quay_cash_dialog, QUAY, CASH_DIALOG, GtkBox)

/** Called when the task was done and recorded. */
typedef void (*QuayCashDone) (gpointer data);

/** Asks what the task needs, over the window of @anywhere, and does it. @data must be there until
 * the card is closed. */
void quay_cash_dialog_open (GtkWidget *anywhere, QuayTill *till, QuayCashTask task,
                            QuayCashDone done, gpointer data);

G_END_DECLS
