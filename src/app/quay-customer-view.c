/* One customer beside the list. Main thread. */
#include "quay-customer-view.h"

#include "quay-consign-print.h"
#include "quay-customer-form.h"
#include "quay-customer-words.h"
#include "quay-debt-dialog.h"
#include "quay-error.h"
#include "quay-request-card.h"
#include "quay-row-model.h"
#include "quay-table.h"
#include "quay-till-customers.h"
#include "quay-till-debts.h"
#include "quay-till-requests.h"
#include "quay-ui.h"

struct _QuayCustomerView
{
  GtkBox parent_instance;
  QuayTill *till; /* owned */
  QuayId id;
  GtkWidget *name;
  GtkWidget *meta;
  GtkWidget *owed_note;
  GtkWidget *owed;
  GtkWidget *ages[QUAY_N_AGES];
  GtkWidget *stack;
  GtkWidget *pay;
  GtkWidget *edit;
  GtkWidget *erase;
  QuayRowModel *model;
};

G_DEFINE_FINAL_TYPE (QuayCustomerView, quay_customer_view, GTK_TYPE_BOX)

/* --- the account --- */

static const QuayCustomerLine *
line_of (gpointer row)
{
  return quay_row_value (row);
}

static void
bind_day (GtkWidget *cell, gpointer row, gpointer data)
{
  g_autofree char *text = quay_day_to_vi (line_of (row)->day);
  text[5] = '\0';
  quay_table_set_text (cell, text);
}

static void
bind_what (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayCustomerLine *line = line_of (row);
  const char *what = quay_customer_kind_text (line->kind);
  const char *beside = line->why != NULL ? line->why : line->doc;
  g_autofree char *text = beside != NULL ? g_strdup_printf ("%s · %s", what, beside) : NULL;
  gboolean sale = g_str_equal (line->kind, "sale");
  quay_table_set_text (cell, sale ? line->number : text != NULL ? text : what);
}

static void
bind_amount (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_money (cell, line_of (row)->amount);
}

static void
bind_balance (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_money (cell, line_of (row)->balance);
}

/* --- showing --- */

static void
show_customer (QuayCustomerView *view, const QuayCustomer *customer)
{
  g_autofree char *title = quay_customer_title (customer);
  g_autofree char *phone = quay_phone_mask (customer->phone);
  g_autofree char *limit = quay_format_money (customer->limit, QUAY_MONEY_SIGN);
  g_autofree char *may = g_strdup_printf (_ ("may owe up to %s"), limit);
  g_autofree char *points = g_strdup_printf (_ ("points: %d"), (int)customer->points);
  g_autofree char *meta = g_strjoin (" · ", may, customer->points != 0 ? points : phone,
                                     customer->points != 0 ? phone : NULL, NULL);
  quay_ui_set_text (view->name, title);
  quay_ui_set_text (view->meta, customer->erased ? _ ("erased") : meta);
  quay_ui_set_money (view->owed, QUAY_DONG (ABS (customer->debt.dong)), QUAY_MONEY_SIGN);
  quay_ui_set_text (view->owed_note,
                    customer->debt.dong < 0 ? _ ("Paid ahead") : _ ("The customer owes"));
  quay_ui_toggle_class (view->owed, "bad-text", customer->ages[QUAY_N_AGES - 1].dong > 0);
  for (guint i = 0; i < QUAY_N_AGES; i++)
    quay_ui_set_money (view->ages[i], customer->ages[i], QUAY_MONEY_BARE);
  gtk_widget_set_sensitive (view->pay, customer->debt.dong != 0);
  quay_ui_button_set_text (view->pay, customer->debt.dong < 0 ? _ ("Give back") : _ ("Pay a debt"));
  gtk_widget_set_sensitive (view->edit, !customer->erased);
  gtk_widget_set_sensitive (view->erase, !customer->erased);
}

void
quay_customer_view_show (QuayCustomerView *view, const QuayId *id)
{
  g_autoptr (QuayCustomer) customer = id != NULL ? quay_till_customer (view->till, id) : NULL;
  gtk_widget_set_visible (GTK_WIDGET (view), customer != NULL);
  if (customer == NULL)
    return;
  view->id = *id;
  show_customer (view, customer);
  GPtrArray *lines = quay_till_customer_lines (view->till, id);
  gtk_stack_set_visible_child_name (GTK_STACK (view->stack), lines->len > 0 ? "list" : "empty");
  quay_row_model_set (view->model, lines);
}

/* --- what the buttons do; the page reads again by the till's signal --- */

void
quay_customer_view_pay (QuayCustomerView *view)
{
  if (gtk_widget_get_visible (GTK_WIDGET (view)) && gtk_widget_get_sensitive (view->pay))
    quay_debt_dialog_open (GTK_WIDGET (view), view->till, &view->id, "paid", NULL, NULL);
}

static void
opening_cb (QuayCustomerView *view)
{
  quay_debt_dialog_open (GTK_WIDGET (view), view->till, &view->id, "opening", NULL, NULL);
}

static void
adjust_cb (QuayCustomerView *view)
{
  quay_debt_dialog_open (GTK_WIDGET (view), view->till, &view->id, "adjusted", NULL, NULL);
}

static void
edit_cb (QuayCustomerView *view)
{
  quay_customer_form_open (GTK_WIDGET (view), view->till, &view->id, NULL, NULL, NULL);
}

static void
request_cb (QuayCustomerView *view)
{
  quay_request_card_open (GTK_WIDGET (view), view->till, &view->id, NULL, NULL);
}

static void
print_cb (QuayCustomerView *view)
{
  g_autoptr (GError) error = NULL;
  if (quay_till_print_statement_slip (view->till, &view->id, &error))
    quay_ui_toast (GTK_WIDGET (view), _ ("The statement goes to the printer."));
  else
    quay_ui_show_error (GTK_WIDGET (view), _ ("The statement was not printed"), error);
}

static void
pdf_cb (QuayCustomerView *view)
{
  quay_consign_print (GTK_WIDGET (view), view->till, &view->id, quay_till_print_statement);
}

static void
chosen_cb (const char *path, gpointer data)
{
  g_autoptr (QuayCustomerView) view = data;
  g_autoptr (GError) error = NULL;
  if (path == NULL)
    return;
  gboolean asked = quay_till_has_request (view->till, &view->id, QUAY_REQUEST_VIEW);
  if (!quay_till_write_customer (view->till, &view->id, path, &error))
    {
      quay_ui_show_error (GTK_WIDGET (view), _ ("The file was not written"), error);
      return;
    }
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *told = g_strdup_printf (_ ("Written: %s"), name);
  quay_ui_toast (GTK_WIDGET (view), told);
  if (!asked)
    quay_request_offer (GTK_WIDGET (view), view->till, &view->id, QUAY_REQUEST_VIEW);
}

static void
export_cb (QuayCustomerView *view)
{
  quay_ui_choose_file (GTK_WIDGET (view), QUAY_UI_FILE_SAVE, _ ("All that is known of this person"),
                       "khach-hang.json", "*.json", chosen_cb, g_object_ref (view));
}

static void
erase_answer_cb (gboolean yes, gpointer data)
{
  g_autoptr (QuayCustomerView) view = data;
  g_autoptr (GError) error = NULL;
  if (!yes)
    return;
  QuayId id = view->id; /* the list chooses another when this one is gone */
  gboolean asked = quay_till_has_request (view->till, &id, QUAY_REQUEST_DELETE);
  if (quay_till_erase_customer (view->till, &id, &error))
    {
      quay_ui_toast (GTK_WIDGET (view), _ ("Nobody can tell any more who this was."));
      if (!asked)
        quay_request_offer (GTK_WIDGET (view), view->till, &id, QUAY_REQUEST_DELETE);
    }
  else if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_REFUSED))
    quay_ui_alert (GTK_WIDGET (view), _ ("The customer was not erased"),
                   _ ("Something is still owed. Settle the account first, or write it off."));
  else
    quay_ui_show_error (GTK_WIDGET (view), _ ("The customer was not erased"), error);
}

static void
erase_cb (QuayCustomerView *view)
{
  quay_ui_confirm (
      GTK_WIDGET (view), _ ("Erase this customer?"),
      _ ("Name, phone, address and note can never be read again, here and on every other till as "
         "soon as it hears of it. What was bought and paid stays, without a name."),
      _ ("Erase for good"), NULL, TRUE, erase_answer_cb, g_object_ref (view));
}

/* --- building --- */

static GtkWidget *
add_icon (QuayCustomerView *view, GtkWidget *line, const char *icon, const char *text,
          void (*pressed) (QuayCustomerView *))
{
  GtkWidget *button = quay_ui_icon_button (icon, text, "flat");
  gtk_widget_set_tooltip_text (button, text);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (pressed), view);
  gtk_box_append (GTK_BOX (line), button);
  return button;
}

static GtkWidget *
build_ages (QuayCustomerView *view)
{
  const char *names[QUAY_N_AGES] = { _ ("to 30 days"), _ ("31–60"), _ ("61–90"), _ ("over 90") };
  GtkWidget *grid = gtk_grid_new ();
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 8);
  for (guint i = 0; i < QUAY_N_AGES; i++)
    {
      view->ages[i] = quay_ui_label (NULL, "num heading");
      quay_ui_set_description (view->ages[i], names[i]);
      gtk_grid_attach (GTK_GRID (grid), quay_ui_label (names[i], "dim"), (int)i, 0, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), view->ages[i], (int)i, 1, 1, 1);
    }
  return grid;
}

static GtkWidget *
build_head (QuayCustomerView *view)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  view->name = quay_ui_wrapped_label (NULL, "heading", 24, 2);
  gtk_widget_set_hexpand (view->name, TRUE);
  gtk_box_append (GTK_BOX (line), view->name);
  add_icon (view, line, "printer", _ ("Print the statement"), print_cb);
  add_icon (view, line, "receipt", _ ("Statement as a file"), pdf_cb);
  add_icon (view, line, "file-earmark-arrow-down", _ ("All that is known of this person"),
            export_cb);
  view->edit = add_icon (view, line, "pencil", _ ("Edit the customer"), edit_cb);
  view->erase = add_icon (view, line, "trash", _ ("Erase the customer"), erase_cb);
  view->meta = quay_ui_wrapped_label (NULL, "dim num", 34, 2);
  view->owed_note = quay_ui_label (NULL, "dim");
  view->owed = quay_ui_label (NULL, "figure num");
  quay_ui_set_description (view->owed, _ ("Still owed"));
  gtk_box_append (GTK_BOX (head), line);
  gtk_box_append (GTK_BOX (head), view->meta);
  gtk_box_append (GTK_BOX (head), view->owed_note);
  gtk_box_append (GTK_BOX (head), view->owed);
  gtk_box_append (GTK_BOX (head), build_ages (view));
  return head;
}

static GtkWidget *
build_account (QuayCustomerView *view)
{
  GtkWidget *table = quay_table_new (_ ("Account"), G_LIST_MODEL (view->model));
  quay_table_add (table, _ ("Day"), QUAY_TABLE_QUIET, 5, bind_day, NULL);
  quay_table_add (table, _ ("What"), QUAY_TABLE_EXPAND, 10, bind_what, NULL);
  quay_table_add (table, _ ("Amount"), QUAY_TABLE_NUMBER, 9, bind_amount, NULL);
  quay_table_add (table, _ ("Still owed"), QUAY_TABLE_NUMBER | QUAY_TABLE_STRONG, 9, bind_balance,
                  NULL);
  view->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (view->stack), quay_ui_scrolled (table), "list");
  gtk_stack_add_named (GTK_STACK (view->stack),
                       quay_ui_empty ("receipt", _ ("Nothing in the account yet"), NULL), "empty");
  gtk_widget_set_vexpand (view->stack, TRUE);
  return view->stack;
}

static GtkWidget *
build_buttons (QuayCustomerView *view)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *opening = quay_ui_button (NULL, _ ("Owed before"), NULL, "action small");
  GtkWidget *adjust = quay_ui_button (NULL, _ ("Adjust…"), NULL, "action small");
  GtkWidget *request = quay_ui_button (NULL, _ ("The customer asks…"), NULL, "action small");
  view->pay = quay_ui_button ("cash-coin", _ ("Pay a debt"), "F9", "main");
  quay_ui_set_id (view->pay, "debt-pay");
  gtk_box_set_homogeneous (GTK_BOX (row), TRUE);
  g_signal_connect_swapped (view->pay, "clicked", G_CALLBACK (quay_customer_view_pay), view);
  g_signal_connect_swapped (opening, "clicked", G_CALLBACK (opening_cb), view);
  g_signal_connect_swapped (adjust, "clicked", G_CALLBACK (adjust_cb), view);
  g_signal_connect_swapped (request, "clicked", G_CALLBACK (request_cb), view);
  gtk_box_append (GTK_BOX (row), opening);
  gtk_box_append (GTK_BOX (row), adjust);
  gtk_box_append (GTK_BOX (box), view->pay);
  gtk_box_append (GTK_BOX (box), row);
  gtk_box_append (GTK_BOX (box), request);
  return box;
}

static void
quay_customer_view_dispose (GObject *object)
{
  QuayCustomerView *view = QUAY_CUSTOMER_VIEW (object);
  if (view->model != NULL)
    quay_row_model_set (view->model, NULL);
  g_clear_object (&view->model);
  g_clear_object (&view->till);
  G_OBJECT_CLASS (quay_customer_view_parent_class)->dispose (object);
}

static void
quay_customer_view_class_init (QuayCustomerViewClass *class)
{
  G_OBJECT_CLASS (class)->dispose = quay_customer_view_dispose;
}

static void
quay_customer_view_init (QuayCustomerView *view)
{
  view->model = quay_row_model_new ();
}

GtkWidget *
quay_customer_view_new (QuayTill *till)
{
  QuayCustomerView *view = g_object_new (QUAY_TYPE_CUSTOMER_VIEW, NULL);
  view->till = g_object_ref (till);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (view), GTK_ORIENTATION_VERTICAL);
  gtk_box_append (GTK_BOX (view), build_head (view));
  gtk_box_append (GTK_BOX (view), build_account (view));
  gtk_box_append (GTK_BOX (view), build_buttons (view));
  gtk_box_set_spacing (GTK_BOX (view), 10);
  gtk_widget_add_css_class (GTK_WIDGET (view), "figure-card");
  gtk_widget_add_css_class (GTK_WIDGET (view), "partner-view");
  gtk_widget_set_hexpand (GTK_WIDGET (view), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (view), FALSE);
  return GTK_WIDGET (view);
}
