/* What happens with a scan or a chosen product: a line, a question for the weight, or a message
 * that says why not and what can be done. */
#include "quay-error.h"
#include "quay-sell-private.h"

void
quay_sell_added (QuaySellPage *self, guint index)
{
  quay_cart_pane_select (QUAY_CART_PANE (self->cart), index);
  quay_sounds_play (self->sounds, QUAY_SOUND_OK);
  quay_sell_reset (self);
}

void
quay_sell_not_added (QuaySellPage *self, const GError *error)
{
  g_autofree char *text = g_error_matches (error, QUAY_ERROR, QUAY_ERROR_REFUSED)
                              ? g_strdup (_ ("This can't be sold now."))
                              : quay_ui_error_text (error);
  quay_sounds_play (self->sounds, QUAY_SOUND_BAD);
  quay_ui_toast (GTK_WIDGET (self), text);
}

/* Messages */

typedef enum
{
  CAN_NOTHING = 0,
  CAN_BIND = 1 << 0,
  CAN_OPEN = 1 << 1,
  CAN_EDIT = 1 << 2,
} MessageCan;

static void
show_message (QuaySellPage *self, const char *title, const char *text, const char *code,
              MessageCan can)
{
  quay_sounds_play (self->sounds, QUAY_SOUND_BAD);
  quay_sell_stop_binding (self);
  g_free (self->unknown);
  self->unknown = g_strdup (code);
  quay_ui_set_text (self->message_title, title);
  quay_ui_set_text (self->message_text, text);
  quay_ui_set_text (self->message_code, code);
  gtk_widget_set_visible (self->message_code, code != NULL);
  gtk_widget_set_visible (self->message_bind, (can & CAN_BIND) != 0);
  gtk_widget_set_visible (self->message_open, (can & CAN_OPEN) != 0);
  gtk_widget_set_visible (self->message_edit, (can & CAN_EDIT) != 0);
  g_clear_handle_id (&self->search_timer, g_source_remove);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "message");
  gtk_widget_grab_focus (self->entry);
}

void
quay_sell_show_unknown (QuaySellPage *self, const char *code)
{
  show_message (self, _ ("Nothing is known under this code or name"),
                _ ("Bind the code to a product that is in the catalogue, or sell the item by its "
                   "price."),
                code, CAN_BIND | CAN_OPEN);
}

static void
explain (QuaySellPage *self, const QuayScanned *scanned, const char *text)
{
  const QuayScan *scan = &scanned->scan;
  const QuayItem *item = scanned->item;
  QuayDay today = quay_till_day (self->till);
  if (quay_error_is_storage (scanned->refusal))
    {
      g_autofree char *why = quay_ui_error_text (scanned->refusal);
      show_message (self, _ ("The product can't be read"), why, NULL, CAN_NOTHING);
    }
  else if (scan->kind == QUAY_SCAN_PAYMENT)
    show_message (self, _ ("This is a payment code"),
                  _ ("It is meant for a banking app, and is never a product."), NULL, CAN_NOTHING);
  else if (item != NULL && scan->expires != 0 && scan->expires < today)
    {
      g_autofree char *day = quay_day_to_vi (scan->expires);
      g_autofree char *why = g_strdup_printf (
          _ ("%s: use by %s. It must not be sold: put it aside, and issue it under Inventory."),
          item->name, day);
      show_message (self, _ ("Past its date"), why, NULL, CAN_NOTHING);
    }
  else if (item != NULL && !item->active)
    show_message (self, item->name, _ ("This product is no longer sold."), NULL, CAN_EDIT);
  else if (item != NULL && !item->has_price)
    show_message (self, item->name, _ ("It has no price yet. Give it a price under Products."),
                  NULL, CAN_EDIT);
  else if (item == NULL && scan->kind == QUAY_SCAN_WEB)
    show_message (self, _ ("This is a web address"),
                  _ ("It is no product unless it is bound to one."), text, CAN_BIND);
  else if (item == NULL)
    quay_sell_show_unknown (self, text);
  else
    show_message (self, item->name, _ ("This can't be sold now."), NULL, CAN_NOTHING);
}

void
quay_sell_page_scan (QuaySellPage *page, const char *text)
{
  g_autoptr (QuayScanned) scanned = quay_till_scan (page->till, text);
  g_autoptr (GError) error = NULL;
  guint index = 0;
  if (scanned->line != NULL)
    {
      if (quay_till_cart_add (page->till, scanned->line, &index, &error))
        quay_sell_added (page, index);
      else
        quay_sell_not_added (page, error);
    }
  else if (scanned->needs_weight && scanned->item != NULL)
    quay_sell_ask_weight (page, scanned->item);
  else
    explain (page, scanned, text);
}

/* Binding a code */

void
quay_sell_stop_binding (QuaySellPage *self)
{
  g_clear_pointer (&self->bind_code, g_free);
  gtk_widget_set_visible (self->bind_bar, FALSE);
}

static void
start_binding (QuaySellPage *self)
{
  g_autofree char *code = g_strdup (self->unknown);
  quay_sell_reset (self);
  self->bind_code = g_steal_pointer (&code);
  g_autofree char *text =
      g_strdup_printf (_ ("Choose the product that carries the code %s"), self->bind_code);
  quay_ui_set_text (self->bind_label, text);
  gtk_widget_set_visible (self->bind_bar, TRUE);
}

typedef struct
{
  QuaySellPage *page;
  QuayId product;
} Binding;

static void
bind_answer_cb (gboolean yes, gpointer data)
{
  g_autofree Binding *binding = data;
  g_autoptr (QuaySellPage) self = binding->page;
  g_autoptr (GError) error = NULL;
  if (!yes || self->bind_code == NULL || self->till == NULL)
    return;
  g_autofree char *code = g_strdup (self->bind_code);
  if (!quay_till_bind_code (self->till, code, &binding->product, &error))
    {
      quay_ui_show_error (GTK_WIDGET (self), _ ("The code was not bound"), error);
      return;
    }
  quay_sell_stop_binding (self);
  quay_sell_page_scan (self, code);
}

static void
ask_binding (QuaySellPage *self, const QuayItem *item)
{
  Binding *binding = g_new (Binding, 1);
  *binding = (Binding){ g_object_ref (self), item->product };
  g_autofree char *text =
      g_strdup_printf (_ ("From now on the code %s means “%s”."), self->bind_code, item->name);
  quay_ui_confirm (GTK_WIDGET (self), _ ("Bind the code?"), text, _ ("Bind and sell"), NULL, FALSE,
                   bind_answer_cb, binding);
}

void
quay_sell_choose (QuaySellPage *self, const QuayItem *item)
{
  g_autoptr (GError) error = NULL;
  guint index = 0;
  if (self->bind_code != NULL)
    ask_binding (self, item);
  else if (!item->has_price)
    quay_ui_toast (GTK_WIDGET (self), _ ("It has no price yet. Give it a price under Products."));
  else if (item->weighed)
    quay_sell_ask_weight (self, item);
  else if (quay_till_cart_add_item (self->till, &item->product, QUAY_UNITS (1), &index, &error))
    quay_sell_added (self, index);
  else
    quay_sell_not_added (self, error);
}

/* Building */

static void
bind_pressed_cb (GtkButton *button, gpointer data)
{
  start_binding (data);
}

static void
open_pressed_cb (GtkButton *button, gpointer data)
{
  quay_sell_reset (data);
  quay_sell_ask_open (data);
}

static void
edit_pressed_cb (GtkButton *button, gpointer data)
{
  quay_sell_reset (data);
  gtk_widget_activate_action (GTK_WIDGET (data), "win.page", "s", "catalog");
}

static void
dismiss_pressed_cb (GtkButton *button, gpointer data)
{
  quay_sell_reset (data);
}

static GtkWidget *
message_button (QuaySellPage *self, GtkWidget *box, GtkWidget *button, const char *id,
                GCallback pressed)
{
  quay_ui_set_id (button, id);
  g_signal_connect (button, "clicked", pressed, self);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

GtkWidget *
quay_sell_make_message (QuaySellPage *self)
{
  GtkWidget *message = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  gtk_widget_add_css_class (message, "result-message");
  gtk_widget_set_valign (message, GTK_ALIGN_START);
  quay_ui_set_id (message, "sell-message");
  self->message_title = quay_ui_wrapped_label (NULL, "title", 50, 2);
  self->message_code = quay_ui_wrapped_label (NULL, "code num", 60, 2);
  gtk_label_set_selectable (GTK_LABEL (self->message_code), FALSE);
  self->message_text = quay_ui_wrapped_label (NULL, "dim", 70, 4);
  gtk_box_append (GTK_BOX (message), self->message_title);
  gtk_box_append (GTK_BOX (message), self->message_code);
  gtk_box_append (GTK_BOX (message), self->message_text);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_add_css_class (buttons, "card-buttons");
  self->message_bind = message_button (
      self, buttons, quay_ui_button ("upc-scan", _ ("Bind to a product"), NULL, "main small"),
      "message-bind", G_CALLBACK (bind_pressed_cb));
  self->message_open = message_button (
      self, buttons, quay_ui_button ("cash-coin", _ ("Sell by price"), "F7", "action small"),
      "message-open", G_CALLBACK (open_pressed_cb));
  self->message_edit = message_button (
      self, buttons, quay_ui_button ("tags", _ ("Open Products"), NULL, "action small"),
      "message-edit", G_CALLBACK (edit_pressed_cb));
  message_button (self, buttons, quay_ui_button (NULL, _ ("Dismiss"), "Esc", "action small"),
                  "message-dismiss", G_CALLBACK (dismiss_pressed_cb));
  gtk_box_append (GTK_BOX (message), buttons);
  return message;
}

GtkWidget *
quay_sell_make_bind_bar (QuaySellPage *self)
{
  self->bind_bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  gtk_widget_add_css_class (self->bind_bar, "notice");
  gtk_widget_add_css_class (self->bind_bar, "info");
  self->bind_label = quay_ui_wrapped_label (NULL, NULL, 80, 2);
  gtk_widget_set_hexpand (self->bind_label, TRUE);
  gtk_box_append (GTK_BOX (self->bind_bar), self->bind_label);
  message_button (self, self->bind_bar, quay_ui_button (NULL, _ ("Cancel"), "Esc", NULL),
                  "bind-cancel", G_CALLBACK (dismiss_pressed_cb));
  gtk_widget_set_visible (self->bind_bar, FALSE);
  return self->bind_bar;
}
