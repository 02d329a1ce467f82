/* Gifts that are not scanned yet. */
#include "quay-gift-bar.h"

#include "quay-till-gifts.h"
#include "quay-ui.h"

typedef struct
{
  QuayTill *till; /* owned */
  GtkWidget *text;
  GtkWidget *add;
} Bar;

static void
free_bar (gpointer data)
{
  Bar *bar = data;
  g_object_unref (bar->till);
  g_free (bar);
}

static char *
describe (const QuayGift *gift)
{
  int n = (int)gift->missing;
  g_autofree char *percent = quay_format_percent (gift->bp);
  g_autofree char *text = gift->bp == 10000
                              ? g_strdup_printf (_ ("Still free: %d %s"), n, gift->name)
                              : g_strdup_printf (_ ("Still %s off: %d %s"), percent, n, gift->name);
  if (gift->on_hand >= gift->missing)
    return g_steal_pointer (&text);
  return gift->on_hand > 0 ? g_strdup_printf (_ ("%s (%d on hand)"), text, (int)gift->on_hand)
                           : g_strdup_printf (_ ("%s (none on hand)"), text);
}

static void
show_gifts (GtkWidget *widget, Bar *bar)
{
  gint64 on_hand = 0;
  g_autoptr (GPtrArray) gifts = quay_till_cart_gifts (bar->till);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < gifts->len; i++)
    {
      const QuayGift *gift = gifts->pdata[i];
      g_autofree char *one = describe (gift);
      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", one);
      on_hand += gift->on_hand;
    }
  gtk_widget_set_visible (widget, gifts->len > 0);
  gtk_widget_set_visible (bar->add, on_hand > 0);
  if (gifts->len > 0)
    quay_ui_set_text (bar->text, text->str);
}

static void
till_changed_cb (QuayTill *till, GtkWidget *widget)
{
  show_gifts (widget, g_object_get_data (G_OBJECT (widget), "quay-bar"));
}

gboolean
quay_gift_bar_take (GtkWidget *widget)
{
  g_autoptr (GError) error = NULL;
  Bar *bar = g_object_get_data (G_OBJECT (widget), "quay-bar");
  if (!gtk_widget_get_visible (widget) || !gtk_widget_get_visible (bar->add))
    return FALSE;
  if (!quay_till_cart_take_gifts (bar->till, &error))
    quay_ui_show_error (widget, _ ("The gift was not added"), error);
  return TRUE;
}

static void
add_cb (GtkWidget *button, gpointer widget)
{
  quay_gift_bar_take (widget);
}

GtkWidget *
quay_gift_bar_new (QuayTill *till)
{
  Bar *bar = g_new0 (Bar, 1);
  GtkWidget *widget = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  bar->till = g_object_ref (till);
  bar->text = quay_ui_wrapped_label (NULL, "meta", 28, 3);
  bar->add = quay_ui_button ("plus-lg", _ ("Add"), "F10", "pill good");
  gtk_widget_set_valign (bar->add, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (bar->text, TRUE);
  gtk_widget_add_css_class (widget, "gifts");
  quay_ui_set_id (bar->add, "gift-button");
  gtk_box_append (GTK_BOX (widget), bar->text);
  gtk_box_append (GTK_BOX (widget), bar->add);
  g_object_set_data_full (G_OBJECT (widget), "quay-bar", bar, free_bar);
  g_signal_connect (bar->add, "clicked", G_CALLBACK (add_cb), widget);
  g_signal_connect_object (till, "cart-changed", G_CALLBACK (till_changed_cb), widget, 0);
  g_signal_connect_object (till, "items-changed", G_CALLBACK (till_changed_cb), widget, 0);
  show_gifts (widget, bar);
  return widget;
}
