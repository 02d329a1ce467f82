/* Transfers to look for in the bank's messages. Main thread. */
#include "quay-unseen-list.h"

#include "quay-ui.h"

struct _QuayUnseenList
{
  GtkBox parent;
  QuayTill *till;
};

G_DEFINE_FINAL_TYPE (QuayUnseenList, quay_unseen_list, GTK_TYPE_BOX)

static void
seen_cb (GtkButton *button, QuayUnseenList *list)
{
  const char *number = g_object_get_data (G_OBJECT (button), "quay-number");
  g_autoptr (GError) error = NULL;
  if (!quay_till_transfer_seen (list->till, number, &error))
    {
      quay_ui_show_error (GTK_WIDGET (list), _ ("This was not recorded"), error);
      return;
    }
  GtkWidget *row = gtk_widget_get_parent (GTK_WIDGET (button));
  gtk_widget_child_focus (GTK_WIDGET (list), GTK_DIR_TAB_FORWARD);
  gtk_box_remove (GTK_BOX (list), row);
  if (gtk_widget_get_first_child (GTK_WIDGET (list)) == NULL)
    quay_unseen_list_show (list, NULL);
}

static void
add_row (QuayUnseenList *list, const QuayUnseen *unseen)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *amount = quay_ui_number_label ("heading");
  GtkWidget *seen = quay_ui_button ("check-lg", _ ("It arrived"), NULL, "action small");
  g_autofree char *when = quay_time_to_vi (unseen->ts);
  g_autofree char *meta =
      unseen->ref != NULL ? g_strdup_printf ("%s · %s", when, unseen->ref) : g_strdup (when);
  g_autofree char *label = g_strdup_printf (_ ("It arrived: %s"), unseen->number);
  gtk_box_append (GTK_BOX (left), quay_ui_label (unseen->number, "num"));
  gtk_box_append (GTK_BOX (left), quay_ui_label (meta, "meta num"));
  gtk_widget_set_hexpand (left, TRUE);
  quay_ui_set_money (amount, unseen->amount, QUAY_MONEY_BARE);
  quay_ui_set_label (seen, label);
  g_object_set_data_full (G_OBJECT (seen), "quay-number", g_strdup (unseen->number), g_free);
  g_signal_connect (seen, "clicked", G_CALLBACK (seen_cb), list);
  gtk_widget_add_css_class (row, "sale-line");
  gtk_box_append (GTK_BOX (row), left);
  gtk_box_append (GTK_BOX (row), amount);
  gtk_box_append (GTK_BOX (row), seen);
  gtk_box_append (GTK_BOX (list), row);
}

void
quay_unseen_list_show (QuayUnseenList *list, const GPtrArray *unseen)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_box_remove (GTK_BOX (list), child);
  for (guint i = 0; unseen != NULL && i < unseen->len; i++)
    add_row (list, unseen->pdata[i]);
  if (unseen == NULL || unseen->len == 0)
    gtk_box_append (GTK_BOX (list),
                    quay_ui_label (_ ("All transfers were seen to arrive."), "good-text"));
}

static void
quay_unseen_list_dispose (GObject *object)
{
  g_clear_object (&QUAY_UNSEEN_LIST (object)->till);
  G_OBJECT_CLASS (quay_unseen_list_parent_class)->dispose (object);
}

static void
quay_unseen_list_class_init (QuayUnseenListClass *class)
{
  G_OBJECT_CLASS (class)->dispose = quay_unseen_list_dispose;
}

static void
quay_unseen_list_init (QuayUnseenList *list)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (list), GTK_ORIENTATION_VERTICAL);
}

GtkWidget *
quay_unseen_list_new (QuayTill *till)
{
  QuayUnseenList *list = g_object_new (QUAY_TYPE_UNSEEN_LIST, NULL);
  list->till = g_object_ref (till);
  return GTK_WIDGET (list);
}

void
quay_unseen_list_open (GtkWidget *anywhere, QuayTill *till)
{
  GtkWidget *card = quay_ui_card_new (_ ("Transfers that nobody has seen arrive"), NULL);
  GtkWidget *list = quay_unseen_list_new (till);
  GtkWidget *scrolled = quay_ui_scrolled (list);
  GtkWidget *buttons = NULL;
  GtkWidget *close = quay_ui_button (NULL, _ ("Close"), "Esc", "action");
  g_autoptr (GPtrArray) unseen = quay_till_unseen (till);
  quay_unseen_list_show (QUAY_UNSEEN_LIST (list), unseen);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), 260);
  gtk_box_append (GTK_BOX (card), scrolled);
  buttons = quay_ui_card_buttons (card);
  gtk_box_append (GTK_BOX (buttons), close);
  g_signal_connect_swapped (close, "clicked", G_CALLBACK (quay_ui_close_card), card);
  quay_ui_show_card (anywhere, card, close);
}
