/* Holding a lot back asks for the reason; releasing it does not. Main thread. */
#include "quay-stock-card.h"

#include "quay-ui.h"

/* A question for the reason. */
typedef struct
{
  GtkWidget *below; /* owned: what the question lies over */
  QuayTill *till;   /* owned */
  QuayId lot;
  GtkWidget *card;
  GtkWidget *why;
  GtkWidget *row;
} Reason;

static void
free_reason (gpointer data)
{
  Reason *reason = data;
  g_object_unref (reason->below);
  g_object_unref (reason->till);
  g_free (reason);
}

static void
hold_lot (GtkWidget *below, QuayTill *till, const QuayId *lot, const char *why)
{
  g_autoptr (GError) error = NULL;
  if (quay_till_hold_lot (till, lot, why, &error))
    quay_ui_toast (below, why != NULL ? _ ("The counter refuses this lot now.")
                                      : _ ("This lot may be sold again."));
  else
    quay_ui_show_error (below, _ ("Not recorded"), error);
}

static void
reason_cb (GtkWidget *widget, Reason *reason)
{
  g_autofree char *why = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (reason->why))));
  if (*why == '\0')
    {
      quay_ui_form_row_set_fault (reason->row, _ ("Write down why."));
      return;
    }
  g_autoptr (GtkWidget) below = g_object_ref (reason->below);
  g_autoptr (QuayTill) till = g_object_ref (reason->till);
  QuayId lot = reason->lot;
  quay_ui_close_card (reason->card);
  hold_lot (below, till, &lot, why);
}

void
quay_stock_hold_open (GtkWidget *below, QuayTill *till, const QuayCardLot *lot)
{
  if (lot->lot->blocked != NULL)
    {
      hold_lot (below, till, &lot->lot->id, NULL);
      return;
    }
  GtkWidget *card = quay_ui_card_new (_ ("Hold the lot back"), NULL);
  Reason *reason = g_new0 (Reason, 1);
  reason->below = g_object_ref (below);
  reason->till = g_object_ref (till);
  reason->lot = lot->lot->id;
  reason->card = card;
  g_object_set_data_full (G_OBJECT (card), "quay-reason", reason, free_reason);
  reason->why = quay_ui_entry (_ ("Reason"));
  gtk_entry_set_max_length (GTK_ENTRY (reason->why), 70);
  reason->row = quay_ui_form_row (_ ("Reason"), reason->why,
                                  _ ("The counter refuses the lot until it is released."));
  gtk_box_append (GTK_BOX (card), reason->row);
  GtkWidget *ok = quay_ui_card_foot (card, _ ("Hold back"), "Enter");
  g_signal_connect (ok, "clicked", G_CALLBACK (reason_cb), reason);
  g_signal_connect (reason->why, "activate", G_CALLBACK (reason_cb), reason);
  quay_ui_show_card (below, card, reason->why);
}
