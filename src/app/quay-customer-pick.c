/* The customer of the open cart. Of phone numbers the last digits alone are shown. Main thread. */
#include "quay-customer-pick.h"

#include "quay-customer-form.h"
#include "quay-customer-words.h"
#include "quay-till-customers.h"
#include "quay-till-sell.h"
#include "quay-ui.h"

#define SHOWN 7 /* customers in the list */

typedef struct
{
  QuayTill *till; /* owned */
  GtkWidget *card;
  GtkWidget *entry;
  GtkWidget *list;
  GtkWidget *empty;
  GtkWidget *anywhere;
  GPtrArray *found; /* owned: QuayCustomer */
} Pick;

static void
free_pick (gpointer data)
{
  Pick *pick = data;
  g_clear_pointer (&pick->found, g_ptr_array_unref);
  g_object_unref (pick->till);
  g_free (pick);
}

static void
set_customer (GtkWidget *anywhere, QuayTill *till, const QuayId *id)
{
  g_autoptr (GError) error = NULL;
  if (!quay_till_cart_set_customer (till, id, &error))
    quay_ui_show_error (anywhere, _ ("The customer was not chosen"), error);
}

static void
choose (Pick *pick, const QuayId *id)
{
  g_autoptr (QuayTill) till = g_object_ref (pick->till);
  QuayId chosen = *id;
  GtkWidget *anywhere = pick->anywhere;
  quay_ui_close_card (pick->card);
  set_customer (anywhere, till, &chosen);
}

/* --- the list --- */

static GtkWidget *
make_row (const QuayCustomer *customer)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  g_autofree char *title = quay_customer_title (customer);
  g_autofree char *meta = quay_customer_meta (customer);
  GtkWidget *name = quay_ui_wrapped_label (title, "heading", 26, 1);
  GtkWidget *beside = quay_ui_label (meta, "dim num");
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (row, "sale-line");
  gtk_box_append (GTK_BOX (row), name);
  gtk_box_append (GTK_BOX (row), beside);
  return row;
}

static void
read_list (Pick *pick)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (pick->entry));
  GtkWidget *row;
  g_clear_pointer (&pick->found, g_ptr_array_unref);
  pick->found = quay_till_customers (pick->till, text);
  for (guint i = pick->found->len; i-- > 0;)
    if (((const QuayCustomer *)pick->found->pdata[i])->erased)
      g_ptr_array_remove_index (pick->found, i);
  while ((row = gtk_widget_get_first_child (pick->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (pick->list), row);
  for (guint i = 0; i < MIN (pick->found->len, SHOWN); i++)
    gtk_list_box_append (GTK_LIST_BOX (pick->list), make_row (pick->found->pdata[i]));
  gtk_list_box_select_row (GTK_LIST_BOX (pick->list),
                           gtk_list_box_get_row_at_index (GTK_LIST_BOX (pick->list), 0));
  g_autofree char *more =
      pick->found->len == 0 ? g_strdup (_ ("Nobody of this name or number. Ctrl+N adds one."))
      : pick->found->len > SHOWN
          ? g_strdup_printf (_ ("%u more: type another word."), pick->found->len - SHOWN)
          : NULL;
  quay_ui_set_text (pick->empty, more);
}

static void
changed_cb (GtkEditable *entry, gpointer data)
{
  read_list (data);
}

static void
row_cb (GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
  Pick *pick = data;
  guint at = (guint)gtk_list_box_row_get_index (row);
  if (at < pick->found->len)
    choose (pick, &((const QuayCustomer *)pick->found->pdata[at])->id);
}

static void
enter_cb (GtkWidget *widget, gpointer data)
{
  Pick *pick = data;
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (pick->list));
  if (row != NULL)
    row_cb (GTK_LIST_BOX (pick->list), row, pick);
}

/* --- a new one, or none --- */

/* Where the card was opened from, for a customer who is made in between. */
typedef struct
{
  GtkWidget *anywhere;
  QuayTill *till;
} Made;

static void
made_cb (const QuayId *id, gpointer data)
{
  Made *made = data;
  set_customer (made->anywhere, made->till, id);
}

static void
free_made (gpointer data)
{
  Made *made = data;
  g_object_unref (made->till);
  g_free (made);
}

static void
new_cb (GtkWidget *widget, gpointer data)
{
  Pick *pick = data;
  Made *made = g_new0 (Made, 1);
  g_autofree char *typed = g_strdup (gtk_editable_get_text (GTK_EDITABLE (pick->entry)));
  GtkWidget *anywhere = pick->anywhere;
  g_autoptr (QuayTill) till = g_object_ref (pick->till);
  made->anywhere = anywhere;
  made->till = g_object_ref (till);
  /* it lives as long as the page that the cards are opened from */
  g_object_set_data_full (G_OBJECT (anywhere), "quay-made", made, free_made);
  quay_ui_close_card (pick->card);
  quay_customer_form_open (anywhere, till, NULL, g_ascii_isdigit (typed[0]) ? NULL : typed, made_cb,
                           made);
}

static void
none_cb (GtkWidget *widget, gpointer data)
{
  choose (data, &QUAY_ID_NIL);
}

static void
close_cb (GtkWidget *widget, gpointer card)
{
  quay_ui_close_card (card);
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state,
        gpointer data)
{
  Pick *pick = data;
  int by = keyval == GDK_KEY_Down ? 1 : keyval == GDK_KEY_Up ? -1 : 0;
  if (keyval == GDK_KEY_n && (state & GDK_CONTROL_MASK) != 0)
    {
      new_cb (NULL, pick);
      return TRUE;
    }
  if (by == 0)
    return FALSE;
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (pick->list));
  int at = row != NULL ? gtk_list_box_row_get_index (row) + by : 0;
  GtkListBoxRow *next = gtk_list_box_get_row_at_index (GTK_LIST_BOX (pick->list), at);
  if (next != NULL)
    gtk_list_box_select_row (GTK_LIST_BOX (pick->list), next);
  return TRUE;
}

static void
add_buttons (Pick *pick)
{
  gboolean chosen = !quay_id_is_nil (&quay_till_cart (pick->till)->customer);
  GtkWidget *buttons = quay_ui_card_buttons (pick->card);
  GtkWidget *cancel = quay_ui_button (NULL, _ ("Cancel"), "Esc", "action");
  GtkWidget *none = quay_ui_button (NULL, _ ("Nobody"), NULL, "action");
  GtkWidget *add = quay_ui_button ("plus-lg", _ ("New customer"), "Ctrl N", "action");
  GtkWidget *ok = quay_ui_button (NULL, _ ("Choose"), "Enter", "main");
  gtk_widget_set_visible (none, chosen);
  quay_ui_set_id (ok, "customer-choose");
  g_signal_connect (cancel, "clicked", G_CALLBACK (close_cb), pick->card);
  g_signal_connect (none, "clicked", G_CALLBACK (none_cb), pick);
  g_signal_connect (add, "clicked", G_CALLBACK (new_cb), pick);
  g_signal_connect (ok, "clicked", G_CALLBACK (enter_cb), pick);
  gtk_box_append (GTK_BOX (buttons), cancel);
  gtk_box_append (GTK_BOX (buttons), none);
  gtk_box_append (GTK_BOX (buttons), add);
  gtk_box_append (GTK_BOX (buttons), ok);
}

void
quay_customer_pick_open (GtkWidget *anywhere, QuayTill *till)
{
  Pick *pick = g_new0 (Pick, 1);
  pick->till = g_object_ref (till);
  pick->anywhere = anywhere;
  pick->card = quay_ui_card_new (_ ("Customer of this sale"), "wide");
  g_object_set_data_full (G_OBJECT (pick->card), "quay-pick", pick, free_pick);
  pick->entry = quay_ui_entry (_ ("Name or phone"));
  gtk_entry_set_placeholder_text (GTK_ENTRY (pick->entry),
                                  _ ("Part of a name, or digits of the phone number"));
  quay_ui_set_id (pick->entry, "customer-search");
  pick->list = gtk_list_box_new ();
  gtk_list_box_set_activate_on_single_click (GTK_LIST_BOX (pick->list), TRUE);
  quay_ui_set_label (pick->list, _ ("Customers"));
  gtk_widget_set_size_request (pick->list, -1, 300);
  pick->empty = quay_ui_wrapped_label (NULL, "dim", 60, 2);
  gtk_box_append (GTK_BOX (pick->card), pick->entry);
  gtk_box_append (GTK_BOX (pick->card), pick->list);
  gtk_box_append (GTK_BOX (pick->card), pick->empty);
  g_signal_connect (pick->entry, "changed", G_CALLBACK (changed_cb), pick);
  g_signal_connect (pick->entry, "activate", G_CALLBACK (enter_cb), pick);
  g_signal_connect (pick->list, "row-activated", G_CALLBACK (row_cb), pick);
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), pick);
  gtk_widget_add_controller (pick->card, keys);
  add_buttons (pick);
  read_list (pick);
  quay_ui_show_card (anywhere, pick->card, pick->entry);
}

/* --- the line of the cart --- */

typedef struct
{
  QuayTill *till; /* owned */
  GtkWidget *button;
} Line;

static void
free_line (gpointer data)
{
  Line *line = data;
  g_object_unref (line->till);
  g_free (line);
}

static void
show_line (Line *line)
{
  const QuayId *id = &quay_till_cart (line->till)->customer;
  g_autoptr (QuayCustomer) customer =
      quay_id_is_nil (id) ? NULL : quay_till_customer (line->till, id);
  g_autofree char *title = customer != NULL ? quay_customer_title (customer) : NULL;
  g_autofree char *meta = customer != NULL ? quay_customer_figures (customer) : NULL;
  g_autofree char *text =
      title != NULL && meta != NULL ? g_strdup_printf ("%s · %s", title, meta) : g_strdup (title);
  quay_ui_button_set_text (line->button, text != NULL ? text : _ ("Customer"));
  quay_ui_toggle_class (line->button, "good", text != NULL);
}

static void
till_changed_cb (QuayTill *till, GtkWidget *button)
{
  show_line (g_object_get_data (G_OBJECT (button), "quay-line"));
}

static void
line_cb (GtkWidget *button, gpointer data)
{
  Line *line = data;
  quay_customer_pick_open (button, line->till);
}

GtkWidget *
quay_customer_line_new (QuayTill *till)
{
  Line *line = g_new0 (Line, 1);
  line->till = g_object_ref (till);
  line->button = quay_ui_button ("people", _ ("Customer"), "Ctrl K", "pill");
  GtkWidget *label = g_object_get_data (G_OBJECT (line->button), "quay-label");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_margin_start (line->button, 14);
  gtk_widget_set_margin_end (line->button, 14);
  gtk_widget_set_margin_top (line->button, 6);
  gtk_widget_set_margin_bottom (line->button, 6);
  quay_ui_set_id (line->button, "customer-button");
  g_object_set_data_full (G_OBJECT (line->button), "quay-line", line, free_line);
  g_signal_connect (line->button, "clicked", G_CALLBACK (line_cb), line);
  g_signal_connect_object (till, "cart-changed", G_CALLBACK (till_changed_cb), line->button, 0);
  g_signal_connect_object (till, "sales-changed", G_CALLBACK (till_changed_cb), line->button, 0);
  show_line (line);
  return line->button;
}
