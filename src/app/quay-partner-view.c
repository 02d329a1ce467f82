/* One producer beside the list. Main thread. */
#include "quay-partner-view.h"

#include "quay-consign-print.h"
#include "quay-consign-words.h"
#include "quay-entry-dialog.h"
#include "quay-error.h"
#include "quay-partner-form.h"
#include "quay-row-model.h"
#include "quay-settle-card.h"
#include "quay-table.h"
#include "quay-till-partner.h"
#include "quay-till-settle.h"
#include "quay-ui.h"

#include <string.h>

struct _QuayPartnerView
{
  GtkBox parent_instance;
  QuayTill *till; /* owned */
  QuayId id;
  QuayId document; /* by which unsold goods go back */
  GtkWidget *name;
  GtkWidget *meta;
  GtkWidget *terms;
  GtkWidget *owed;
  GtkWidget *owed_note;
  GtkWidget *stack;
  GtkWidget *pay;
  QuayRowModel *model;
  void (*changed) (gpointer data);
  gpointer data;
};

G_DEFINE_FINAL_TYPE (QuayPartnerView, quay_partner_view, GTK_TYPE_BOX)

/* Cells */

static const QuayEntryRecord *
entry_of (gpointer row)
{
  return quay_row_value (row);
}

static void
bind_day (GtkWidget *cell, gpointer row, gpointer data)
{
  g_autofree char *text = quay_day_to_vi (entry_of (row)->day);
  text[5] = '\0';
  quay_table_set_text (cell, text);
}

static void
bind_what (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayEntryRecord *entry = entry_of (row);
  const char *beside = entry->why != NULL          ? entry->why
                       : entry->doc_number != NULL ? entry->doc_number
                                                   : entry->number;
  g_autofree char *text =
      beside != NULL ? g_strdup_printf ("%s · %s", quay_consign_entry_name (entry->kind), beside)
                     : g_strdup (quay_consign_entry_name (entry->kind));
  quay_table_set_text (cell, text);
}

static void
bind_amount (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_money (cell, entry_of (row)->amount);
}

static void
bind_balance (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_money (cell, entry_of (row)->balance);
}

/* Showing */

static char *
meta_of (const QuayPartner *partner)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  const char *kind = quay_consign_kind_name (partner->kind);
  if (kind[0] != '\0')
    g_ptr_array_add (parts, (char *)kind);
  if (partner->member == 1)
    g_ptr_array_add (parts, (char *)_ ("member"));
  if (partner->phone != NULL)
    g_ptr_array_add (parts, partner->phone);
  if (partner->tax_code != NULL)
    g_ptr_array_add (parts, partner->tax_code);
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **)parts->pdata);
}

static char *
agreed_of (const QuayPartner *partner)
{
  g_autofree char *terms = quay_consign_terms_text (&partner->terms);
  if (partner->contract == NULL)
    return g_strdup (terms);
  g_autofree char *day = partner->contract_day != 0 ? quay_day_to_vi (partner->contract_day) : NULL;
  if (day == NULL)
    return g_strdup_printf (_ ("%s, contract %s"), terms, partner->contract);
  return g_strdup_printf (_ ("%s, contract %s of %s"), terms, partner->contract, day);
}

static void
show_partner (QuayPartnerView *view, const QuayPartner *partner)
{
  g_autofree char *meta = meta_of (partner);
  g_autofree char *agreed = agreed_of (partner);
  QuayMoney size = QUAY_DONG (ABS (partner->owed.dong));
  quay_ui_set_text (view->name, partner->name);
  quay_ui_set_text (view->meta, meta);
  gtk_widget_set_visible (view->meta, meta[0] != '\0');
  quay_ui_set_text (view->terms, agreed);
  quay_ui_set_money (view->owed, size, QUAY_MONEY_SIGN);
  quay_ui_set_text (view->owed_note, partner->owed.dong < 0 ? _ ("The producer owes the shop")
                                                            : _ ("The shop owes"));
  quay_ui_toggle_class (view->owed, "bad-text", partner->owed.dong < 0);
  gtk_widget_set_sensitive (view->pay, partner->owed.dong > 0);
}

void
quay_partner_view_show (QuayPartnerView *view, const QuayId *id)
{
  g_autoptr (QuayPartner) partner = id != NULL ? quay_till_partner (view->till, id) : NULL;
  gtk_widget_set_visible (GTK_WIDGET (view), partner != NULL);
  if (partner == NULL)
    return;
  view->id = *id;
  show_partner (view, partner);
  GPtrArray *entries = quay_till_entries (view->till, id);
  gtk_stack_set_visible_child_name (GTK_STACK (view->stack), entries->len > 0 ? "list" : "empty");
  quay_row_model_set (view->model, entries);
}

/* What the buttons do */

static void
changed (QuayPartnerView *view)
{
  quay_partner_view_show (view, &view->id);
  if (view->changed != NULL)
    view->changed (view->data);
}

static void
settled_cb (gpointer data)
{
  changed (data);
}

static void
booked_cb (const QuayId *id, gpointer data)
{
  changed (data);
}

static void
settle_cb (GtkWidget *button, QuayPartnerView *view)
{
  quay_settle_card_open (GTK_WIDGET (view), view->till, &view->id, settled_cb, view);
}

static void
edit_cb (GtkWidget *button, QuayPartnerView *view)
{
  quay_partner_form_open (GTK_WIDGET (view), view->till, &view->id, booked_cb, view);
}

static void
entry_cb (GtkWidget *button, QuayPartnerView *view)
{
  const char *kind = g_object_get_data (G_OBJECT (button), "quay-kind");
  quay_entry_dialog_open (GTK_WIDGET (view), view->till, &view->id, kind, NULL, booked_cb, view);
}

/* Unsold goods go back */

static void
unsold_answer_cb (gboolean yes, gpointer data)
{
  g_autoptr (QuayPartnerView) view = data;
  g_autoptr (GError) error = NULL;
  if (!yes)
    return;
  g_autofree char *number = quay_till_give_unsold (view->till, &view->document, &view->id, &error);
  if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_REFUSED))
    quay_ui_toast (GTK_WIDGET (view), _ ("No consigned goods of this producer lie here."));
  else if (number == NULL)
    quay_ui_show_error (GTK_WIDGET (view), _ ("This was not recorded"), error);
  if (number == NULL)
    return;
  g_autofree char *text = g_strdup_printf (_ ("Recorded: %s"), number);
  quay_ui_toast (GTK_WIDGET (view), text);
  changed (view);
}

static void
unsold_cb (GtkWidget *button, QuayPartnerView *view)
{
  view->document = quay_till_new_id (view->till);
  quay_ui_confirm (GTK_WIDGET (view), _ ("Give back what is unsold?"),
                   _ ("All consigned goods of this producer that lie at the counter go back to it. "
                      "For a part of them, issue the goods in Stock for the reason “returned”."),
                   _ ("Give back"), NULL, FALSE, unsold_answer_cb, g_object_ref (view));
}

static void
print_cb (GtkWidget *button, QuayPartnerView *view)
{
  quay_consign_print (GTK_WIDGET (view), view->till, &view->id, quay_till_print_account);
}

/* A line of the account: the settlement that it is, or the voucher of money that was given. */
static void
activate_cb (GtkColumnView *table, guint position, QuayPartnerView *view)
{
  const QuayEntryRecord *entry = quay_row_model_get (view->model, position);
  if (entry == NULL)
    return;
  if (strcmp (entry->kind, "consign.settled") == 0)
    quay_settle_card_show (GTK_WIDGET (view), view->till, &entry->event, settled_cb, view);
  if (quay_till_entry_has_voucher (entry->number))
    quay_consign_print (GTK_WIDGET (view), view->till, &entry->event, quay_till_print_payout);
}

/* Building */

static GtkWidget *
entry_button (QuayPartnerView *view, const char *icon, const char *text, const char *kind,
              const char *classes)
{
  GtkWidget *button = quay_ui_button (icon, text, NULL, classes);
  g_object_set_data (G_OBJECT (button), "quay-kind", (gpointer)kind);
  g_signal_connect (button, "clicked", G_CALLBACK (entry_cb), view);
  gtk_widget_set_hexpand (button, TRUE);
  return button;
}

static GtkWidget *
build_head (QuayPartnerView *view)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *edit = quay_ui_icon_button ("pencil", _ ("Edit the producer"), "flat");
  GtkWidget *back =
      quay_ui_icon_button ("arrow-counterclockwise", _ ("Give back what is unsold"), "flat");
  GtkWidget *print = quay_ui_icon_button ("printer", _ ("Print the account"), "flat");
  view->name = quay_ui_wrapped_label (NULL, "heading", 24, 2);
  view->meta = quay_ui_wrapped_label (NULL, "dim num", 30, 2);
  view->terms = quay_ui_wrapped_label (NULL, "dim", 30, 3);
  view->owed_note = quay_ui_label (NULL, "dim");
  view->owed = quay_ui_label (NULL, "figure num");
  quay_ui_set_description (view->owed, _ ("Owed"));
  gtk_widget_set_hexpand (view->name, TRUE);
  g_signal_connect (print, "clicked", G_CALLBACK (print_cb), view);
  g_signal_connect (edit, "clicked", G_CALLBACK (edit_cb), view);
  gtk_box_append (GTK_BOX (line), view->name);
  g_signal_connect (back, "clicked", G_CALLBACK (unsold_cb), view);
  gtk_box_append (GTK_BOX (line), back);
  gtk_box_append (GTK_BOX (line), print);
  gtk_box_append (GTK_BOX (line), edit);
  gtk_box_append (GTK_BOX (head), line);
  gtk_box_append (GTK_BOX (head), view->meta);
  gtk_box_append (GTK_BOX (head), view->terms);
  gtk_box_append (GTK_BOX (head), view->owed_note);
  gtk_box_append (GTK_BOX (head), view->owed);
  return head;
}

static GtkWidget *
build_account (QuayPartnerView *view)
{
  GtkWidget *table = quay_table_new (_ ("Account"), G_LIST_MODEL (view->model));
  quay_table_add (table, _ ("Day"), QUAY_TABLE_QUIET, 5, bind_day, NULL);
  quay_table_add (table, _ ("What"), QUAY_TABLE_EXPAND, 10, bind_what, NULL);
  quay_table_add (table, _ ("Amount"), QUAY_TABLE_NUMBER, 9, bind_amount, NULL);
  quay_table_add (table, _ ("Owed"), QUAY_TABLE_NUMBER | QUAY_TABLE_STRONG, 9, bind_balance, NULL);
  g_signal_connect (table, "activate", G_CALLBACK (activate_cb), view);
  view->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (view->stack), quay_ui_scrolled (table), "list");
  gtk_stack_add_named (GTK_STACK (view->stack),
                       quay_ui_empty ("receipt", _ ("Nothing in the account yet"), NULL), "empty");
  gtk_widget_set_vexpand (view->stack, TRUE);
  return view->stack;
}

static void
add_pair (GtkWidget *box, GtkWidget *first, GtkWidget *second)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_box_set_homogeneous (GTK_BOX (row), TRUE);
  gtk_box_append (GTK_BOX (row), first);
  gtk_box_append (GTK_BOX (row), second);
  gtk_box_append (GTK_BOX (box), row);
}

static GtkWidget *
build_buttons (QuayPartnerView *view)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *settle = quay_ui_button (NULL, _ ("Settle"), NULL, "main");
  view->pay = entry_button (view, "cash-coin", _ ("Pay out"), "payout", "action");
  g_signal_connect (settle, "clicked", G_CALLBACK (settle_cb), view);
  add_pair (box, settle, view->pay);
  add_pair (box, entry_button (view, NULL, _ ("Advance"), "advance", "action small"),
            entry_button (view, NULL, _ ("Goods taken"), "goods", "action small"));
  add_pair (box, entry_button (view, NULL, _ ("Charge"), "charge", "action small"),
            entry_button (view, NULL, _ ("Correct"), "correction", "action small"));
  return box;
}

static void
quay_partner_view_dispose (GObject *object)
{
  QuayPartnerView *view = QUAY_PARTNER_VIEW (object);
  if (view->model != NULL)
    quay_row_model_set (view->model, NULL);
  g_clear_object (&view->model);
  g_clear_object (&view->till);
  G_OBJECT_CLASS (quay_partner_view_parent_class)->dispose (object);
}

static void
quay_partner_view_class_init (QuayPartnerViewClass *class)
{
  G_OBJECT_CLASS (class)->dispose = quay_partner_view_dispose;
}

static void
quay_partner_view_init (QuayPartnerView *view)
{
  view->model = quay_row_model_new ();
}

GtkWidget *
quay_partner_view_new (QuayTill *till, void (*changed_func) (gpointer data), gpointer data)
{
  QuayPartnerView *view = g_object_new (QUAY_TYPE_PARTNER_VIEW, NULL);
  view->till = g_object_ref (till);
  view->changed = changed_func;
  view->data = data;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (view), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (view), 10);
  gtk_widget_add_css_class (GTK_WIDGET (view), "figure-card");
  gtk_widget_add_css_class (GTK_WIDGET (view), "partner-view");
  gtk_widget_set_hexpand (GTK_WIDGET (view), FALSE);
  gtk_box_append (GTK_BOX (view), build_head (view));
  gtk_box_append (GTK_BOX (view), build_buttons (view));
  gtk_box_append (GTK_BOX (view), build_account (view));
  return GTK_WIDGET (view);
}
