/* Opening a shift. Main thread. */
#include "quay-shift-open.h"

#include "quay-notes-grid.h"
#include "quay-till-people.h"
#include "quay-till-shift.h"
#include "quay-ui.h"

/* Freed with its card. */
typedef struct
{
  QuayTill *till;
  GtkWidget *card;
  GtkWidget *grid;
  QuayShiftDone done;
  gpointer data;
} OpenCard;

static void
open_card_free (OpenCard *self)
{
  g_object_unref (self->till);
  g_free (self);
}

static void
ok_cb (OpenCard *self)
{
  gint64 counts[QUAY_N_NOTES];
  g_autoptr (GError) error = NULL;
  quay_notes_grid_get (QUAY_NOTES_GRID (self->grid), counts, NULL);
  g_autofree char *number = quay_till_open_shift_by_notes (self->till, counts, &error);
  if (number == NULL)
    {
      quay_ui_show_error (self->card, _ ("The shift was not opened"), error);
      return;
    }
  g_autofree char *text = g_strdup_printf (_ ("Shift %s is open"), number);
  QuayShiftDone done = self->done;
  gpointer data = self->data;
  quay_ui_toast (self->card, text);
  quay_ui_close_card (self->card);
  if (done != NULL)
    done (data);
}

/* What the one before wants the next to know. */
static void
add_note (OpenCard *self)
{
  g_autofree char *who = NULL;
  g_autofree char *note = quay_till_shift_note (self->till, &who);
  if (note == NULL)
    return;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *from =
      g_strdup_printf (_ ("Handed over by %s"), quay_till_user_name (self->till, who));
  GtkWidget *text = quay_ui_wrapped_label (note, NULL, 70, 4);
  quay_ui_set_id (text, "hand-over");
  gtk_widget_add_css_class (box, "hand-over");
  gtk_box_append (GTK_BOX (box), quay_ui_label (from, "meta"));
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (self->card), box);
}

void
quay_shift_open_card (GtkWidget *anywhere, QuayTill *till, QuayShiftDone done, gpointer data)
{
  OpenCard *self = g_new0 (OpenCard, 1);
  self->till = g_object_ref (till);
  self->done = done;
  self->data = data;
  self->card = quay_ui_card_new (_ ("Open a shift"), "wide");
  g_object_set_data_full (G_OBJECT (self->card), "quay-open", self, (GDestroyNotify)open_card_free);
  add_note (self);
  gtk_box_append (
      GTK_BOX (self->card),
      quay_ui_label (_ ("Count the notes in the drawer. Enter goes to the next."), "dim"));
  self->grid = quay_notes_grid_new ();
  gtk_box_append (GTK_BOX (self->card), self->grid);
  GtkWidget *ok = quay_ui_card_foot (self->card, _ ("Open the shift"), NULL);
  quay_ui_set_id (ok, "shift-open-ok");
  g_signal_connect_swapped (ok, "clicked", G_CALLBACK (ok_cb), self);
  g_signal_connect_swapped (self->grid, "done", G_CALLBACK (ok_cb), self);
  quay_ui_show_card (anywhere, self->card, quay_notes_grid_first (QUAY_NOTES_GRID (self->grid)));
}
