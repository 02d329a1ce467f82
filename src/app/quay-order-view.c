/* One order, at the side of the list. */
#include "quay-order-view.h"

#include "quay-error.h"
#include "quay-order-dialog.h"
#include "quay-ui.h"

struct _QuayOrderView
{
  GtkBox parent;
  QuayTill *till; /* owned */
  QuayOrderRecord *order;
  GtkWidget *stack; /* none, order */
  GtkWidget *title;
  GtkWidget *state;
  GtkWidget *lines;
  GtkWidget *foot;
  GtkWidget *hand;
  GtkWidget *cancel;
};

G_DEFINE_FINAL_TYPE (QuayOrderView, quay_order_view, GTK_TYPE_BOX)

const char *
quay_order_state_text (QuayOrderState state)
{
  switch (state)
    {
    case QUAY_ORDER_TODAY:
      return _ ("due today");
    case QUAY_ORDER_LATE:
      return _ ("late");
    case QUAY_ORDER_HANDED:
      return _ ("handed over");
    case QUAY_ORDER_CANCELLED:
      return _ ("cancelled");
    case QUAY_ORDER_OPEN:
    default:
      return _ ("waiting");
    }
}

const char *
quay_order_state_badge (QuayOrderState state)
{
  switch (state)
    {
    case QUAY_ORDER_TODAY:
      return "warn";
    case QUAY_ORDER_LATE:
      return "bad";
    case QUAY_ORDER_HANDED:
      return "good";
    case QUAY_ORDER_CANCELLED:
    case QUAY_ORDER_OPEN:
    default:
      return "plain";
    }
}

/* --- what is shown --- */

static void
add_line (QuayOrderView *view, const char *text, const char *meta, QuayMoney amount,
          const char *classes)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *figure = quay_ui_number_label (classes);
  gtk_box_append (GTK_BOX (left), quay_ui_wrapped_label (text, classes, 32, 2));
  if (meta != NULL)
    gtk_box_append (GTK_BOX (left), quay_ui_wrapped_label (meta, "meta num", 36, 2));
  gtk_widget_set_hexpand (left, TRUE);
  gtk_widget_set_valign (figure, GTK_ALIGN_START);
  gtk_widget_add_css_class (row, "sale-line");
  quay_ui_set_money (figure, amount, QUAY_MONEY_BARE);
  quay_ui_set_description (figure, text);
  gtk_box_append (GTK_BOX (row), left);
  gtk_box_append (GTK_BOX (row), figure);
  gtk_box_append (GTK_BOX (view->lines), row);
}

static void
add_text (QuayOrderView *view, const char *what, const char *value)
{
  if (value == NULL || value[0] == '\0')
    return;
  g_autofree char *text = g_strdup_printf ("%s: %s", what, value);
  GtkWidget *label = quay_ui_wrapped_label (text, NULL, 46, 3);
  gtk_widget_add_css_class (label, "sale-line");
  gtk_box_append (GTK_BOX (view->lines), label);
}

static void
add_customer (QuayOrderView *view)
{
  const QuayOrderRecord *order = view->order;
  g_autofree char *due = order->due != 0 ? quay_day_to_vi (order->due) : NULL;
  g_autofree char *placed = quay_time_to_vi (order->ts);
  if (order->name != NULL)
    add_text (view, _ ("Customer"), order->name);
  else
    add_text (view, _ ("Customer"), _ ("the name has not come from the other till yet"));
  add_text (view, _ ("Telephone"), order->phone);
  add_text (view, _ ("Day of the hand-over"), due);
  add_text (view, _ ("Ordered"), placed);
  add_text (view, _ ("Note"), order->note);
}

static void
add_end (QuayOrderView *view)
{
  const QuayOrderRecord *order = view->order;
  add_text (view, _ ("Sold with receipt"), order->sale_no);
  add_text (view, _ ("Why it was cancelled"), order->why);
  if (order->back.dong > 0)
    add_line (view, _ ("Deposit given back"), NULL, order->back, NULL);
  if (order->n_ends < 2)
    return;
  gtk_box_append (GTK_BOX (view->lines),
                  quay_ui_wrapped_label (_ ("Two tills ended this order without knowing of each "
                                            "other: the deposit was used twice. Ask both."),
                                         "fault", 44, 4));
}

static void
show_lines (QuayOrderView *view)
{
  const QuayOrderRecord *order = view->order;
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (view->lines)) != NULL)
    gtk_box_remove (GTK_BOX (view->lines), child);
  add_customer (view);
  for (guint i = 0; order->lines != NULL && i < order->lines->len; i++)
    {
      const QuayLine *line = order->lines->pdata[i];
      QuayQty kept = quay_till_reserved (view->till, &line->product);
      g_autofree char *qty = quay_format_qty (line->qty, line->unit);
      g_autofree char *price = quay_format_money (line->price, QUAY_MONEY_BARE);
      g_autofree char *all = quay_format_qty (kept, line->unit);
      g_autofree char *meta =
          kept.milli > line->qty.milli
              ? g_strdup_printf (_ ("%s × %s · kept for all orders: %s"), qty, price, all)
              : g_strdup_printf ("%s × %s", qty, price);
      add_line (view, line->name, meta, line->amount, NULL);
    }
  add_line (view, _ ("Total"), NULL, order->total, "heading");
  add_line (view, _ ("Deposit"), NULL, order->deposit, NULL);
  if (quay_id_is_nil (&order->end))
    add_line (view, _ ("Left to pay"), NULL, QUAY_DONG (order->total.dong - order->deposit.dong),
              "heading");
  add_end (view);
}

void
quay_order_view_show (QuayOrderView *view, const QuayId *id)
{
  QuayOrderRecord *order = id != NULL ? quay_till_order (view->till, id) : NULL;
  g_clear_pointer (&view->order, quay_order_record_free);
  view->order = order;
  gtk_stack_set_visible_child_name (GTK_STACK (view->stack), order != NULL ? "order" : "none");
  if (order == NULL)
    return;
  QuayOrderState state = quay_order_state (order, quay_till_day (view->till));
  quay_ui_set_text (view->title, order->number);
  quay_ui_set_text (view->state, quay_order_state_text (state));
  for (QuayOrderState any = QUAY_ORDER_OPEN; any <= QUAY_ORDER_CANCELLED; any++)
    gtk_widget_remove_css_class (view->state, quay_order_state_badge (any));
  gtk_widget_add_css_class (view->state, quay_order_state_badge (state));
  gtk_widget_set_visible (view->hand, quay_id_is_nil (&order->end));
  gtk_widget_set_visible (view->cancel, quay_id_is_nil (&order->end));
  show_lines (view);
}

const QuayOrderRecord *
quay_order_view_get (QuayOrderView *view)
{
  return view->order;
}

/* --- actions --- */

void
quay_order_view_hand_over (QuayOrderView *view)
{
  g_autoptr (GError) error = NULL;
  if (view->order == NULL || !quay_id_is_nil (&view->order->end))
    return;
  if (!quay_till_hand_over (view->till, &view->order->id, &error))
    {
      quay_ui_show_error (GTK_WIDGET (view), _ ("The order was not handed over"), error);
      return;
    }
  gtk_widget_activate_action (GTK_WIDGET (view), "win.pay", NULL);
}

static void
chosen_cb (const char *path, gpointer data)
{
  g_autoptr (QuayOrderView) view = data;
  g_autoptr (GError) error = NULL;
  if (path == NULL || view->order == NULL)
    return;
  int width = (int)quay_till_get_setting_int (view->till, "till.receipt_width", 80);
  g_autoptr (GBytes) bytes = quay_till_render_order (view->till, view->order, "pdf", width, &error);
  gsize len = 0;
  const char *content = bytes != NULL ? g_bytes_get_data (bytes, &len) : NULL;
  if (content == NULL || !g_file_set_contents_full (path, content, (gssize)len,
                                                    G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    {
      quay_ui_show_error (GTK_WIDGET (view), _ ("The file was not written"), error);
      return;
    }
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *text = g_strdup_printf (_ ("Written: %s"), name);
  quay_ui_toast (GTK_WIDGET (view), text);
}

static void
save_pdf (QuayOrderView *view)
{
  if (view->order == NULL)
    return;
  g_autofree char *name = g_strdup_printf ("%s.pdf", view->order->number);
  quay_ui_choose_file (GTK_WIDGET (view), QUAY_UI_FILE_SAVE, _ ("Keep the slip as a file"), name,
                       "*.pdf", chosen_cb, g_object_ref (view));
}

void
quay_order_view_print (QuayOrderView *view)
{
  g_autoptr (GError) error = NULL;
  if (view->order == NULL)
    return;
  if (quay_till_print_order (view->till, view->order, &error))
    quay_ui_toast (GTK_WIDGET (view), _ ("The slip goes to the printer."));
  else if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND))
    save_pdf (view);
  else
    quay_ui_show_error (GTK_WIDGET (view), _ ("The slip was not printed"), error);
}

static void
cancelled_cb (const QuayId *order, gpointer data)
{
  quay_order_view_show (data, order);
}

static void
cancel_cb (QuayOrderView *view)
{
  if (view->order != NULL)
    quay_order_cancel_open (GTK_WIDGET (view), view->till, view->order, cancelled_cb, view);
}

/* --- building --- */

static GtkWidget *
build_head (QuayOrderView *view)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  view->title = quay_ui_label (NULL, "heading num");
  view->state = quay_ui_label (NULL, "badge");
  quay_ui_set_description (view->title, _ ("Order number"));
  quay_ui_set_description (view->state, _ ("How the order stands"));
  gtk_widget_set_hexpand (view->title, TRUE);
  gtk_widget_set_valign (view->state, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (head, "cart-head");
  gtk_box_append (GTK_BOX (head), view->title);
  gtk_box_append (GTK_BOX (head), view->state);
  return head;
}

static GtkWidget *
build_foot (QuayOrderView *view)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *print = quay_ui_icon_button ("printer", _ ("Print the slip"), "action small");
  view->cancel = quay_ui_button (NULL, _ ("Cancel…"), NULL, "action small");
  view->hand = quay_ui_button ("box-seam", _ ("Hand over"), "F9", "main small");
  gtk_widget_set_hexpand (view->hand, TRUE);
  gtk_widget_add_css_class (foot, "pane-foot");
  quay_ui_set_id (view->hand, "order-hand");
  g_signal_connect_swapped (view->hand, "clicked", G_CALLBACK (quay_order_view_hand_over), view);
  g_signal_connect_swapped (view->cancel, "clicked", G_CALLBACK (cancel_cb), view);
  g_signal_connect_swapped (print, "clicked", G_CALLBACK (quay_order_view_print), view);
  gtk_box_append (GTK_BOX (foot), print);
  gtk_box_append (GTK_BOX (foot), view->cancel);
  gtk_box_append (GTK_BOX (foot), view->hand);
  return foot;
}

static void
quay_order_view_dispose (GObject *object)
{
  QuayOrderView *view = QUAY_ORDER_VIEW (object);
  g_clear_pointer (&view->order, quay_order_record_free);
  g_clear_object (&view->till);
  G_OBJECT_CLASS (quay_order_view_parent_class)->dispose (object);
}

static void
quay_order_view_class_init (QuayOrderViewClass *class)
{
  G_OBJECT_CLASS (class)->dispose = quay_order_view_dispose;
}

static void
quay_order_view_init (QuayOrderView *view)
{
  GtkWidget *order = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  view->stack = gtk_stack_new ();
  view->lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (view->lines, "sale-lines");
  GtkWidget *scrolled = quay_ui_scrolled (view->lines);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (order), build_head (view));
  gtk_box_append (GTK_BOX (order), scrolled);
  gtk_box_append (GTK_BOX (order), build_foot (view));
  gtk_stack_add_named (GTK_STACK (view->stack),
                       quay_ui_empty ("box-seam", _ ("No order chosen"),
                                      _ ("Choose one on the left, or scan the code on its slip.")),
                       "none");
  gtk_stack_add_named (GTK_STACK (view->stack), order, "order");
  gtk_box_append (GTK_BOX (view), view->stack);
  gtk_widget_set_hexpand (view->stack, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (view), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (view), "side-pane");
}

GtkWidget *
quay_order_view_new (QuayTill *till)
{
  QuayOrderView *view = g_object_new (QUAY_TYPE_ORDER_VIEW, NULL);
  view->till = g_object_ref (till);
  return GTK_WIDGET (view);
}
