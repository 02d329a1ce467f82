/* One fair. Main thread. */
#include "quay-fair-view.h"

#include "quay-count-dialogs.h"
#include "quay-count-page.h"
#include "quay-error.h"
#include "quay-fair-form.h"
#include "quay-row-model.h"
#include "quay-section.h"
#include "quay-table.h"
#include "quay-till-catalog.h"
#include "quay-till-forms-count.h"
#include "quay-ui.h"

struct _QuayFairView
{
  GtkBox parent_instance;

  GtkWidget *title;
  GtkWidget *about;
  GtkWidget *warning;
  GtkWidget *sell;
  GtkWidget *out;
  GtkWidget *count;
  GtkWidget *back;
  GtkWidget *close;
  GtkWidget *edit;
  GtkWidget *stack;
  GtkWidget *sums;
  QuayTill *till; /* owned */
  QuayRowModel *model;
  QuayFair *fair;
  gboolean selling; /* this till sells from its stall */
  gulong items_changed;
};

G_DEFINE_FINAL_TYPE (QuayFairView, quay_fair_view, GTK_TYPE_BOX)

enum
{
  DONE,
  MOVE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

char *
quay_fair_view_state (const QuayFair *fair, QuayDay today, const char **class)
{
  switch (quay_fair_state (fair, today))
    {
    case QUAY_FAIR_PLANNED:
      *class = quay_fair_lacks_notice (fair) ? "warn" : "plain";
      return g_strdup (_ ("planned"));
    case QUAY_FAIR_RUNNING:
      *class = "good";
      return g_strdup (_ ("running"));
    case QUAY_FAIR_TO_RETURN:
      *class = "warn";
      return g_strdup (_ ("to return"));
    case QUAY_FAIR_CLOSED:
      break;
    }
  *class = "plain";
  return g_strdup (_ ("closed"));
}

/* --- cells --- */

static const QuayFairRow *
row_of (gpointer row)
{
  return quay_row_value (row);
}

static void
bind_name (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_text (cell, row_of (row)->name);
}

static void
bind_producer (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_text (cell, row_of (row)->producer_name);
}

#define BIND_QTY(member)                                                                           \
  static void bind_##member (GtkWidget *cell, gpointer row, gpointer data)                         \
  {                                                                                                \
    quay_table_set_qty (cell, row_of (row)->member, NULL);                                         \
  }
BIND_QTY (out)
BIND_QTY (sold)
BIND_QTY (refunded)
BIND_QTY (back)
BIND_QTY (left)

static void
bind_difference (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_qty (cell, row_of (row)->difference, NULL);
  quay_ui_toggle_class (cell, "bad-text", row_of (row)->difference.milli < 0);
}

static void
bind_amount (GtkWidget *cell, gpointer row, gpointer data)
{
  QuayMoney net = QUAY_DONG (row_of (row)->amount.dong - row_of (row)->returned.dong);
  quay_table_set_money (cell, net);
}

static void
bind_lost (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_money (cell, row_of (row)->lost);
}

/* --- reading --- */

static void
show_sums (QuayFairView *view, GPtrArray *rows)
{
  QuayMoney sold = QUAY_DONG (0), returned = QUAY_DONG (0), lost = QUAY_DONG (0);
  for (guint i = 0; i < rows->len; i++)
    {
      const QuayFairRow *row = rows->pdata[i];
      sold.dong += row->amount.dong;
      returned.dong += row->returned.dong;
      lost.dong += row->lost.dong;
    }
  g_autofree char *sold_text = quay_format_money (sold, QUAY_MONEY_SIGN);
  g_autofree char *returned_text = quay_format_money (returned, QUAY_MONEY_SIGN);
  g_autofree char *lost_text = quay_format_money (lost, QUAY_MONEY_SIGN);
  g_autofree char *text = g_strdup_printf (_ ("Sold for %s · given back %s · lost %s"), sold_text,
                                           returned_text, lost_text);
  g_autofree char *cost = quay_format_money (view->fair->cost, QUAY_MONEY_SIGN);
  g_autofree char *all = view->fair->cost.dong != 0
                             ? g_strdup_printf (_ ("%s · the stall costs %s"), text, cost)
                             : NULL;
  quay_ui_set_text (view->sums, all != NULL ? all : text);
}

static char *
commune_name (QuayFairView *view)
{
  g_autoptr (GPtrArray) communes = quay_till_communes (view->till);
  for (guint i = 0; view->fair->commune != NULL && i < communes->len; i++)
    if (g_strcmp0 (((QuayReportRow *)communes->pdata[i])->key, view->fair->commune) == 0)
      return g_strdup (((QuayReportRow *)communes->pdata[i])->name);
  return g_strdup (view->fair->commune);
}

static void
show_about (QuayFairView *view)
{
  const char *class;
  const QuayFair *fair = view->fair;
  g_autofree char *from = quay_day_to_vi (fair->from);
  g_autofree char *to = quay_day_to_vi (fair->to);
  g_autofree char *until = quay_day_to_vi (quay_fair_back_until (fair));
  g_autofree char *commune = commune_name (view);
  g_autofree char *state = quay_fair_view_state (fair, quay_till_day (view->till), &class);
  g_autoptr (GString) where = g_string_new (fair->where);
  if (commune != NULL)
    g_string_append_printf (where, "%s%s", where->len > 0 ? ", " : "", commune);
  g_autofree char *about = g_strdup_printf (_ ("%s · %s – %s · goods taken back until %s · %s"),
                                            where->len > 0 ? where->str : _ ("place not entered"),
                                            from, to, until, state);
  g_autofree char *due = quay_day_to_vi (fair->due);
  g_autofree char *warning = g_strdup_printf (
      _ ("No notice to the People's Committee of the commune is entered that was given by %s, "
         "three "
         "working days before. Sales away from the shop worth more than 10 million đồng need it."),
      due);
  quay_ui_set_text (view->title, fair->name);
  const char *remark = fair->remark != NULL ? fair->remark : "";
  g_autofree char *more = g_strdup_printf ("%s · %s", about, remark);
  quay_ui_set_text (view->about, *remark != '\0' ? more : about);
  quay_ui_set_text (view->warning, warning);
  gtk_widget_set_visible (view->warning, fair->closed == 0 && quay_fair_lacks_notice (fair));
}

static void
read_fair (QuayFairView *view)
{
  QuayFair *fair = quay_till_fair (view->till, &view->fair->id);
  if (fair == NULL)
    return;
  quay_fair_free (view->fair);
  view->fair = fair;
  GPtrArray *rows = quay_till_fair_rows (view->till, &fair->id);
  g_autoptr (GPtrArray) places = quay_till_places (view->till);
  view->selling = FALSE;
  for (guint i = 0; i < places->len; i++)
    {
      const QuayPlace *place = places->pdata[i];
      view->selling = view->selling || (place->selling && quay_id_equal (&place->id, &fair->loc));
    }
  gtk_stack_set_visible_child_name (GTK_STACK (view->stack), rows->len > 0 ? "list" : "empty");
  show_sums (view, rows);
  show_about (view);
  quay_row_model_set (view->model, rows);
  quay_ui_button_set_text (view->sell, view->selling ? _ ("Sell in the shop again")
                                                     : _ ("This till goes to the fair"));
  GtkWidget *open[] = { view->out, view->count, view->back, view->close, view->edit, view->sell };
  for (guint i = 0; i < G_N_ELEMENTS (open); i++)
    gtk_widget_set_visible (open[i], fair->closed == 0 || (open[i] == view->sell && view->selling));
}

static void
items_changed_cb (QuayTill *till, QuayFairView *view)
{
  if (view->fair != NULL && gtk_widget_get_mapped (GTK_WIDGET (view)))
    read_fair (view);
}

gboolean
quay_fair_view_show (QuayFairView *view, const QuayId *id)
{
  QuayFair *fair = quay_till_fair (view->till, id);
  if (fair == NULL)
    return FALSE;
  quay_fair_free (view->fair);
  view->fair = fair;
  read_fair (view);
  return TRUE;
}

const QuayFair *
quay_fair_view_get (QuayFairView *view)
{
  return view->fair;
}

/* --- what to do --- */

static void
sell_cb (GtkWidget *button, gpointer data)
{
  QuayFairView *view = data;
  g_autoptr (GError) error = NULL;
  const QuayId shop = QUAY_ID_NIL;
  if (quay_till_sell_from (view->till, view->selling ? &shop : &view->fair->loc, &error))
    read_fair (view);
  else if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_REFUSED))
    quay_ui_alert (GTK_WIDGET (view), _ ("A sale is open"),
                   _ ("Finish it or put it aside first: its goods are taken from one place."));
  else
    quay_ui_show_error (GTK_WIDGET (view), _ ("The setting was not kept"), error);
}

static void
out_cb (GtkWidget *button, gpointer data)
{
  g_signal_emit (data, signals[MOVE], 0, FALSE);
}

static void
back_cb (GtkWidget *button, gpointer data)
{
  g_signal_emit (data, signals[MOVE], 0, TRUE);
}

static void
started_cb (const QuayId *count, gpointer data)
{
  QuaySection *section = quay_section_of (data);
  GtkWidget *page = section != NULL ? quay_section_go_to (section, "count") : NULL;
  if (page != NULL)
    quay_count_page_open (QUAY_COUNT_PAGE (page), count);
}

static void
count_cb (GtkWidget *button, gpointer data)
{
  QuayFairView *view = data;
  quay_count_ask_start (GTK_WIDGET (view), view->till, &view->fair->loc, started_cb, view);
}

static void
saved_cb (const QuayId *id, gpointer data)
{
  read_fair (data);
}

static void
edit_cb (GtkWidget *button, gpointer data)
{
  QuayFairView *view = data;
  quay_fair_form_open (GTK_WIDGET (view), view->till, view->fair, saved_cb, view);
}

static void
close_fair_cb (GtkWidget *button, gpointer data)
{
  QuayFairView *view = data;
  g_autoptr (GError) error = NULL;
  if (quay_till_close_fair (view->till, &view->fair->id, &error))
    read_fair (view);
  else if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_REFUSED))
    quay_ui_alert (
        GTK_WIDGET (view), _ ("The fair can't be closed yet"),
        _ ("Count what is left at the stall, bring it back, and sell in the shop again."));
  else
    quay_ui_show_error (GTK_WIDGET (view), _ ("The fair was not saved"), error);
}

static void
save_report_cb (const char *path, gpointer data)
{
  QuayFairView *view = data;
  g_autoptr (GError) error = NULL;
  if (path == NULL)
    return;
  g_autofree char *language = quay_till_get_setting (view->till, "till.language");
  gboolean done = g_str_has_suffix (path, ".csv")
                      ? quay_till_export_fair (view->till, &view->fair->id, path, language, &error)
                      : quay_till_print_fair (view->till, &view->fair->id, path, &error);
  if (done)
    quay_ui_toast (GTK_WIDGET (view), _ ("The report is written."));
  else
    quay_ui_show_error (GTK_WIDGET (view), _ ("The report was not written"), error);
}

static void
report_cb (GtkWidget *button, gpointer data)
{
  QuayFairView *view = data;
  gboolean csv = g_object_get_data (G_OBJECT (button), "quay-csv") != NULL;
  g_autofree char *name = g_strdup_printf ("%s.%s", view->fair->name, csv ? "csv" : "pdf");
  quay_ui_choose_file (GTK_WIDGET (view), QUAY_UI_FILE_SAVE, _ ("Report of the fair"),
                       g_strdelimit (name, "/", '-'), csv ? "*.csv" : "*.pdf", save_report_cb,
                       view);
}

static void
done_cb (GtkWidget *button, gpointer data)
{
  g_signal_emit (data, signals[DONE], 0);
}

/* --- making it --- */

static void
quay_fair_view_dispose (GObject *object)
{
  QuayFairView *view = QUAY_FAIR_VIEW (object);
  if (view->till != NULL)
    g_clear_signal_handler (&view->items_changed, view->till);
  if (view->model != NULL)
    quay_row_model_set (view->model, NULL);
  g_clear_object (&view->model);
  g_clear_pointer (&view->fair, quay_fair_free);
  g_clear_object (&view->till);
  G_OBJECT_CLASS (quay_fair_view_parent_class)->dispose (object);
}

static void
quay_fair_view_class_init (QuayFairViewClass *class)
{
  G_OBJECT_CLASS (class)->dispose = quay_fair_view_dispose;
  signals[DONE] = g_signal_new ("done", QUAY_TYPE_FAIR_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  signals[MOVE] = g_signal_new ("move", QUAY_TYPE_FAIR_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
quay_fair_view_init (QuayFairView *view)
{
  view->model = quay_row_model_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (view), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (view), 8);
}

static GtkWidget *
add_button (QuayFairView *view, GtkWidget *box, const char *icon, const char *text,
            const char *classes, GCallback callback)
{
  GtkWidget *button = quay_ui_button (icon, text, NULL, classes);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect (button, "clicked", callback, view);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static GtkWidget *
make_head (QuayFairView *view)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  add_button (view, head, NULL, _ ("‹ Places"), "pill", G_CALLBACK (done_cb));
  view->title = quay_ui_wrapped_label (NULL, "heading", 50, 1);
  gtk_widget_set_hexpand (view->title, TRUE);
  gtk_box_append (GTK_BOX (head), view->title);
  view->edit = add_button (view, head, "pencil", _ ("Edit"), "pill", G_CALLBACK (edit_cb));
  add_button (view, head, "printer", _ ("Report"), "pill", G_CALLBACK (report_cb));
  GtkWidget *csv =
      add_button (view, head, "file-earmark-arrow-down", "CSV", "pill", G_CALLBACK (report_cb));
  g_object_set_data (G_OBJECT (csv), "quay-csv", (gpointer) "csv");
  return head;
}

/* In the order in which they are needed. */
static GtkWidget *
make_steps (QuayFairView *view)
{
  GtkWidget *steps = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  view->out =
      add_button (view, steps, NULL, _ ("Take goods there"), "action small", G_CALLBACK (out_cb));
  view->sell = add_button (view, steps, NULL, _ ("This till goes to the fair"), "action small",
                           G_CALLBACK (sell_cb));
  view->count =
      add_button (view, steps, NULL, _ ("Count the stall"), "action small", G_CALLBACK (count_cb));
  view->back =
      add_button (view, steps, NULL, _ ("Bring goods back"), "action small", G_CALLBACK (back_cb));
  view->close = add_button (view, steps, NULL, _ ("Close the fair"), "action small",
                            G_CALLBACK (close_fair_cb));
  return steps;
}

static void
make_table (QuayFairView *view)
{
  GtkWidget *table = quay_table_new (_ ("Report of the fair"), G_LIST_MODEL (view->model));
  quay_table_add (table, _ ("Product"), QUAY_TABLE_STRONG | QUAY_TABLE_EXPAND, 24, bind_name, view);
  quay_table_add (table, _ ("Producer"), QUAY_TABLE_SPARE, 18, bind_producer, view);
  quay_table_add (table, _ ("Taken there"), QUAY_TABLE_NUMBER, 8, bind_out, view);
  quay_table_add (table, _ ("Sold"), QUAY_TABLE_NUMBER, 7, bind_sold, view);
  quay_table_add (table, _ ("Refunded"), QUAY_TABLE_NUMBER | QUAY_TABLE_SPARE, 8, bind_refunded,
                  view);
  quay_table_add (table, _ ("Brought back"), QUAY_TABLE_NUMBER, 8, bind_back, view);
  quay_table_add (table, _ ("Difference"), QUAY_TABLE_NUMBER, 9, bind_difference, view);
  quay_table_add (table, _ ("Still there"), QUAY_TABLE_NUMBER, 8, bind_left, view);
  quay_table_add (table, _ ("Revenue"), QUAY_TABLE_NUMBER, 11, bind_amount, view);
  quay_table_add (table, _ ("Lost"), QUAY_TABLE_NUMBER | QUAY_TABLE_SPARE, 9, bind_lost, view);
  GtkWidget *scrolled = quay_ui_table_card (table);
  view->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (view->stack, TRUE);
  gtk_stack_add_named (GTK_STACK (view->stack), scrolled, "list");
  gtk_stack_add_named (GTK_STACK (view->stack),
                       quay_ui_empty ("box-seam", _ ("No goods have gone there yet"),
                                      _ ("Take goods there, then let a till go to the fair.")),
                       "empty");
}

GtkWidget *
quay_fair_view_new (QuayTill *till)
{
  QuayFairView *view = g_object_new (QUAY_TYPE_FAIR_VIEW, NULL);
  view->till = g_object_ref (till);
  view->about = quay_ui_wrapped_label (NULL, "dim", 120, 1);
  view->warning = quay_ui_wrapped_label (NULL, "bad-text", 120, 2);
  view->sums = quay_ui_wrapped_label (NULL, "dim num", 100, 1);
  gtk_box_append (GTK_BOX (view), make_head (view));
  gtk_box_append (GTK_BOX (view), view->about);
  gtk_box_append (GTK_BOX (view), view->warning);
  gtk_box_append (GTK_BOX (view), make_steps (view));
  make_table (view);
  gtk_box_append (GTK_BOX (view), view->stack);
  gtk_box_append (GTK_BOX (view), view->sums);
  view->items_changed =
      g_signal_connect (till, "items-changed", G_CALLBACK (items_changed_cb), view);
  return GTK_WIDGET (view);
}
