/* A copy is chosen, put up beside the shop, checked and read; only when what it holds was seen can
 * it take the place of the present file. Main thread; trying out has its own. */
#include "quay-restore-card.h"

#include "quay-till-rehearse.h"
#include "quay-ui.h"

struct _QuayRestoreCard
{
  GtkBox parent_instance;
  QuayTill *till; /* owned */
  GtkWidget *choose;
  GtkWidget *newest;
  GtkWidget *restore;
  GtkWidget *spinner;
  GtkWidget *result;
  char *path; /* of the copy that was tried out */
};

G_DEFINE_FINAL_TYPE (QuayRestoreCard, quay_restore_card, GTK_TYPE_BOX)

static void
set_busy (QuayRestoreCard *card, gboolean busy)
{
  gtk_widget_set_sensitive (card->choose, !busy);
  gtk_widget_set_sensitive (card->newest, !busy);
  gtk_widget_set_visible (card->spinner, busy);
  gtk_spinner_set_spinning (GTK_SPINNER (card->spinner), busy);
}

static void
show_found (QuayRestoreCard *card, const QuayRehearsal *found)
{
  g_autofree char *name = g_path_get_basename (card->path);
  g_autofree char *entries =
      quay_format_money (QUAY_DONG ((gint64)found->check.events), QUAY_MONEY_BARE);
  g_autofree char *products = quay_format_money (QUAY_DONG (found->products), QUAY_MONEY_BARE);
  g_autofree char *sales = quay_format_money (QUAY_DONG (found->sales), QUAY_MONEY_BARE);
  g_autofree char *when = found->last_ts != 0 ? quay_time_to_vi (found->last_ts) : NULL;
  g_autofree char *last = found->last_number != NULL
                              ? g_strdup_printf (_ ("Last sale: %s, %s."), found->last_number, when)
                              : g_strdup (_ ("Nothing was sold yet."));
  g_autofree char *text = g_strdup_printf (
      _ ("%s of %s is whole: %s entries, %s products, %s sales. %s Nothing was changed."), name,
      found->shop != NULL ? found->shop : "?", entries, products, sales, last);
  quay_ui_set_text (card->result, text);
}

static void
rehearsed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (QuayRestoreCard) card = data;
  g_autoptr (GError) error = NULL;
  QuayRehearsal found;
  gboolean ok = quay_till_rehearse_finish (QUAY_TILL (source), result, &found, &error);
  set_busy (card, FALSE);
  gtk_widget_set_visible (card->result, ok);
  gtk_widget_set_visible (card->restore, ok);
  if (ok)
    show_found (card, &found);
  else
    quay_ui_show_error (GTK_WIDGET (card), _ ("This copy can't be restored"), error);
  quay_rehearsal_clear (&found);
}

static void
try_out (QuayRestoreCard *card, const char *path)
{
  g_free (card->path);
  card->path = g_strdup (path);
  set_busy (card, TRUE);
  gtk_widget_set_visible (card->restore, FALSE);
  gtk_widget_set_visible (card->result, TRUE);
  quay_ui_set_text (card->result, _ ("The copy is put up beside the shop and checked…"));
  quay_till_rehearse_async (card->till, path, rehearsed_cb, g_object_ref (card));
}

static void
chosen_cb (const char *path, gpointer data)
{
  g_autoptr (QuayRestoreCard) card = data;
  if (path != NULL && card->till != NULL)
    try_out (card, path);
}

static void
choose_cb (QuayRestoreCard *card)
{
  quay_ui_choose_file (GTK_WIDGET (card), QUAY_UI_FILE_OPEN, _ ("Copy to try out"), NULL, "*.db",
                       chosen_cb, g_object_ref (card));
}

static void
newest_cb (QuayRestoreCard *card)
{
  g_autofree char *path = quay_till_newest_backup (quay_till_dir (card->till));
  if (path != NULL)
    try_out (card, path);
  else
    quay_ui_toast (GTK_WIDGET (card), _ ("There is no copy yet. The till makes one every hour."));
}

static void
answer_cb (gboolean yes, gpointer data)
{
  g_autoptr (QuayRestoreCard) card = data;
  if (yes)
    gtk_widget_activate_action (GTK_WIDGET (card), "app.restore", "s", card->path);
}

static void
restore_cb (QuayRestoreCard *card)
{
  quay_ui_confirm (GTK_WIDGET (card), _ ("Put the backup in its place?"),
                   _ ("The present file is kept under another name. Sales made after the copy are "
                      "then only in that file, and numbers of receipts go on under a new letter."),
                   _ ("Move aside and restore"), NULL, TRUE, answer_cb, g_object_ref (card));
}

static void
quay_restore_card_dispose (GObject *object)
{
  g_clear_object (&QUAY_RESTORE_CARD (object)->till);
  G_OBJECT_CLASS (quay_restore_card_parent_class)->dispose (object);
}

static void
quay_restore_card_finalize (GObject *object)
{
  g_free (QUAY_RESTORE_CARD (object)->path);
  G_OBJECT_CLASS (quay_restore_card_parent_class)->finalize (object);
}

static void
quay_restore_card_class_init (QuayRestoreCardClass *class)
{
  G_OBJECT_CLASS (class)->dispose = quay_restore_card_dispose;
  G_OBJECT_CLASS (class)->finalize = quay_restore_card_finalize;
}

static void
quay_restore_card_init (QuayRestoreCard *card)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (card), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (card), 10);
  gtk_widget_add_css_class (GTK_WIDGET (card), "section");
  card->newest = quay_ui_button (NULL, _ ("Try out the newest copy"), NULL, "action small");
  card->choose = quay_ui_button (NULL, _ ("Another copy…"), NULL, "action small");
  card->restore = quay_ui_button (NULL, _ ("Put it in the shop's place…"), NULL, "danger small");
  card->spinner = gtk_spinner_new ();
  card->result = quay_ui_wrapped_label (NULL, "num", 60, 8);
  gtk_widget_set_halign (card->restore, GTK_ALIGN_START);
  gtk_widget_set_visible (card->restore, FALSE);
  gtk_widget_set_visible (card->result, FALSE);
  gtk_widget_set_visible (card->spinner, FALSE);
  quay_ui_set_id (card->result, "rehearsal");
  quay_ui_set_description (card->result, _ ("Result"));
  gtk_box_append (GTK_BOX (buttons), card->newest);
  gtk_box_append (GTK_BOX (buttons), card->choose);
  gtk_box_append (GTK_BOX (card), quay_ui_label (_ ("Restore a copy"), "heading"));
  gtk_box_append (GTK_BOX (card),
                  quay_ui_wrapped_label (_ ("A copy is first tried out beside the shop: what is in "
                                            "it is shown before anything is replaced."),
                                         "dim", 56, 3));
  gtk_box_append (GTK_BOX (card), buttons);
  gtk_box_append (GTK_BOX (card), card->spinner);
  gtk_box_append (GTK_BOX (card), card->result);
  gtk_box_append (GTK_BOX (card), card->restore);
  g_signal_connect_swapped (card->newest, "clicked", G_CALLBACK (newest_cb), card);
  g_signal_connect_swapped (card->choose, "clicked", G_CALLBACK (choose_cb), card);
  g_signal_connect_swapped (card->restore, "clicked", G_CALLBACK (restore_cb), card);
}

GtkWidget *
quay_restore_card_new (QuayTill *till)
{
  QuayRestoreCard *card = g_object_new (QUAY_TYPE_RESTORE_CARD, NULL);
  card->till = g_object_ref (till);
  return GTK_WIDGET (card);
}
