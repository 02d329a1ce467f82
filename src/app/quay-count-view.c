/* One count. Main thread. */
#include "quay-count-view.h"

#include "quay-count-columns.h"
#include "quay-count-dialogs.h"
#include "quay-error.h"
#include "quay-goods-bar.h"
#include "quay-row-model.h"
#include "quay-table.h"
#include "quay-till-forms-count.h"
#include "quay-ui.h"

/** Which lines are listed. */
typedef enum
{
  LIST_COUNTED,
  LIST_DIFFERENT,
  LIST_UNSEEN,
  N_LISTS
} List;

static const char *const LISTS[N_LISTS] = { N_ ("Counted"), N_ ("Differences"),
                                            N_ ("Not counted") };

struct _QuayCountView
{
  GtkBox parent_instance;

  GtkWidget *title;
  GtkWidget *state;
  GtkWidget *bar;
  GtkWidget *notice;
  GtkWidget *sums;
  GtkWidget *reveal;
  GtkWidget *print;
  GtkWidget *approve;
  GtkWidget *lists;
  GtkWidget *table;
  List list;
  QuayCountLook look;
  QuayTill *till; /* owned */
  QuayRowModel *model;
  QuayCount *count;
  QuayId id;  /* of the approval, whichever try writes it */
  QuayId saw; /* of the observation that stands in the bar */
  gboolean sound;
  gulong items_changed;
};

G_DEFINE_FINAL_TYPE (QuayCountView, quay_count_view, GTK_TYPE_BOX)

enum
{
  DONE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static gboolean
hides_books (QuayCountView *view)
{
  return view->count != NULL && view->count->blind && view->count->closed == 0 &&
         !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (view->reveal));
}

/* --- reading --- */

typedef struct
{
  guint seen;
  guint unseen;
  guint differ;
  guint late;
  QuayMoney amount;
  QuayMoney cost;
} Sums;

static Sums
sum_lines (GPtrArray *lines)
{
  Sums sums = { 0 };
  for (guint i = 0; i < lines->len; i++)
    {
      const QuayCountLine *line = lines->pdata[i];
      sums.seen += line->picked >= 0 ? 1 : 0;
      sums.unseen += line->picked < 0 ? 1 : 0;
      if (!line->counts)
        continue;
      sums.differ += quay_count_difference (line).milli != 0 ? 1 : 0;
      sums.late += line->pending.milli != 0 ? 1 : 0;
      sums.amount.dong += line->amount.dong;
      sums.cost.dong += line->cost.dong;
    }
  return sums;
}

static void
show_sums (QuayCountView *view, const Sums *sums)
{
  g_autofree char *amount = quay_format_money (sums->amount, QUAY_MONEY_SIGN);
  g_autofree char *cost = quay_format_money (sums->cost, QUAY_MONEY_SIGN);
  g_autofree char *seen =
      view->count->closed != 0
          ? g_strdup_printf (_ ("Counted: %u"), sums->seen)
          : g_strdup_printf (_ ("Counted: %u · not counted: %u"), sums->seen, sums->unseen);
  g_autofree char *text =
      hides_books (view)
          ? g_strdup (seen)
          : g_strdup_printf (_ ("%s · differences: %u · at shelf prices %s · costs the shop %s"),
                             seen, sums->differ, amount, cost);
  quay_ui_set_text (view->sums, text);
}

static char *
join (GPtrArray *texts)
{
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < texts->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? ", " : "", (char *)texts->pdata[i]);
  return g_string_free (out, FALSE);
}

/* What is to be known before one relies on the figures. */
static void
show_notice (QuayCountView *view, const Sums *sums)
{
  gboolean provisional = FALSE;
  g_autoptr (GPtrArray) behind = quay_till_count_behind (view->till, &view->count->id);
  g_autofree char *number = quay_till_count_number (view->till, &view->count->id, &provisional);
  g_autofree char *tills = join (behind);
  g_autofree char *text = NULL;
  if (!view->sound)
    text = g_strdup (_ ("A product was chosen both as a whole and by lots: leave one out."));
  else if (view->count->closed != 0 && sums->late > 0)
    text = g_strdup (_ ("Sales of another till came in after the approval. The lines marked in red "
                        "are to be corrected."));
  else if (behind->len > 0 && sums->seen > 0)
    text = g_strdup_printf (_ ("Not heard of since the count: till %s. Until then the figures are "
                               "provisional."),
                            tills);
  quay_ui_set_text (view->notice, text != NULL ? text : "");
  gtk_widget_set_visible (view->notice, text != NULL);
  quay_ui_set_text (view->state, view->count->closed == 0 ? _ ("being counted")
                                 : number == NULL         ? _ ("nothing differed")
                                                          : number);
}

static void
show_controls (QuayCountView *view, const Sums *sums)
{
  gboolean open = view->count->closed == 0;
  gtk_widget_set_visible (view->bar, open);
  gtk_widget_set_visible (view->reveal, open && view->count->blind);
  gtk_widget_set_sensitive (view->print, !hides_books (view));
  gtk_widget_set_visible (view->approve, open || sums->late > 0);
  gtk_widget_set_sensitive (view->approve, view->sound && !hides_books (view));
  quay_ui_button_set_text (view->approve, open ? _ ("Approve") : _ ("Correct"));
}

static gboolean
is_listed (QuayCountView *view, const QuayCountLine *line)
{
  switch (view->list)
    {
    case LIST_COUNTED:
      return line->picked >= 0;
    case LIST_DIFFERENT:
      return line->counts && quay_count_difference (line).milli != 0 && !hides_books (view);
    case LIST_UNSEEN:
      return line->picked < 0;
    case N_LISTS:
      break;
    }
  return TRUE;
}

static void
show_lines (QuayCountView *view, GPtrArray *lines)
{
  GPtrArray *listed = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_count_line_free);
  g_ptr_array_set_free_func (lines, NULL);
  for (guint i = 0; i < lines->len; i++)
    {
      if (is_listed (view, lines->pdata[i]))
        g_ptr_array_add (listed, lines->pdata[i]);
      else
        quay_count_line_free (lines->pdata[i]);
    }
  g_ptr_array_unref (lines);
  quay_row_model_set (view->model, listed);
}

static void
read_lines (QuayCountView *view)
{
  QuayCount *count = quay_till_count (view->till, &view->count->id);
  if (count == NULL)
    return;
  quay_count_free (view->count);
  view->count = count;
  GPtrArray *lines = quay_till_count_lines (view->till, &count->id, &view->sound);
  Sums sums = sum_lines (lines);
  view->look = (QuayCountLook){ hides_books (view), count->closed != 0 };
  show_lines (view, lines);
  show_sums (view, &sums);
  show_notice (view, &sums);
  show_controls (view, &sums);
}

static void
items_changed_cb (QuayTill *till, QuayCountView *view)
{
  if (view->count != NULL && gtk_widget_get_mapped (GTK_WIDGET (view)))
    read_lines (view);
}

gboolean
quay_count_view_show (QuayCountView *view, const QuayId *id)
{
  QuayCount *count = quay_till_count (view->till, id);
  if (count == NULL)
    return FALSE;
  quay_count_free (view->count);
  view->count = count;
  view->id = quay_till_new_id (view->till);
  view->saw = quay_till_new_id (view->till);
  g_autofree char *title = count->loc_name != NULL
                               ? g_strdup_printf ("%s · %s", count->name, count->loc_name)
                               : g_strdup (count->name);
  quay_ui_set_text (view->title, title);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (view->reveal), FALSE);
  quay_goods_bar_set_place (QUAY_GOODS_BAR (view->bar), &count->loc);
  read_lines (view);
  gtk_widget_grab_focus (GTK_WIDGET (view));
  return TRUE;
}

/* --- what is seen --- */

static gboolean
take_cb (const QuayGoodsEntry *entry, char **fault, gpointer data)
{
  QuayCountView *view = data;
  g_autoptr (GError) error = NULL;
  QuayCountSaw saw = {
    .product = entry->item->product, .lot = entry->lot, .whole = entry->whole, .qty = entry->qty
  };
  if (quay_till_count_saw (view->till, &view->saw, &view->count->id, &saw, 1, &error))
    {
      view->saw = quay_till_new_id (view->till);
      read_lines (view);
      return TRUE;
    }
  *fault = quay_ui_error_text (error);
  return FALSE;
}

/* Says so if somebody has seen the product before. */
static void
remark_on (QuayCountView *view)
{
  const QuayItem *item = quay_goods_bar_get_item (QUAY_GOODS_BAR (view->bar));
  g_autoptr (GPtrArray) lines = quay_till_count_lines (view->till, &view->count->id, NULL);
  for (guint i = 0; item != NULL && i < lines->len; i++)
    {
      const QuayCountLine *line = lines->pdata[i];
      if (line->picked < 0 || !quay_id_equal (&line->product, &item->product))
        continue;
      g_autofree char *qty = quay_format_qty (line->found, line->unit);
      g_autofree char *text = g_strdup_printf (
          _ ("Counted already: %s. A new figure stands beside it, it is not added."), qty);
      quay_goods_bar_set_remark (QUAY_GOODS_BAR (view->bar), text);
      return;
    }
}

void
quay_count_view_scan (QuayCountView *view, const char *text)
{
  if (view->count == NULL || view->count->closed != 0)
    return;
  const QuayItem *before = quay_goods_bar_get_item (QUAY_GOODS_BAR (view->bar));
  quay_goods_bar_scan (QUAY_GOODS_BAR (view->bar), text);
  if (quay_goods_bar_get_item (QUAY_GOODS_BAR (view->bar)) != before)
    remark_on (view);
}

void
quay_count_view_flush (QuayCountView *view)
{
  if (view->count != NULL && view->count->closed == 0)
    quay_goods_bar_flush (QUAY_GOODS_BAR (view->bar));
}

/* --- buttons --- */

static void
picked_cb (gpointer data)
{
  read_lines (data);
}

static void
activate_cb (GtkWidget *table, guint position, QuayCountView *view)
{
  const QuayCountLine *line = quay_row_model_get (view->model, position);
  if (line == NULL)
    return;
  if (line->picked >= 0)
    quay_count_show_line (GTK_WIDGET (view), view->till, view->count, line, hides_books (view),
                          picked_cb, view);
  else
    quay_goods_bar_show (QUAY_GOODS_BAR (view->bar), &line->product, NULL);
}

static void
answer_cb (gboolean yes, gpointer data)
{
  QuayCountView *view = data;
  g_autofree char *number = NULL;
  g_autoptr (GError) error = NULL;
  if (!yes)
    return;
  gboolean open = view->count->closed == 0;
  gboolean done =
      open ? quay_till_count_approve (view->till, &view->id, &view->count->id, &number, &error)
           : quay_till_count_correct (view->till, &view->id, &view->count->id, &number, &error);
  if (!done)
    {
      quay_ui_show_error (GTK_WIDGET (view), _ ("This was not recorded"), error);
      return;
    }
  view->id = quay_till_new_id (view->till);
  g_autofree char *text = number != NULL ? g_strdup_printf (_ ("Recorded as %s."), number)
                                         : g_strdup (_ ("Nothing differed. The count is closed."));
  quay_ui_toast (GTK_WIDGET (view), text);
  read_lines (view);
}

static void
approve_cb (GtkWidget *button, gpointer data)
{
  QuayCountView *view = data;
  if (view->count->closed == 0 && !quay_goods_bar_flush (QUAY_GOODS_BAR (view->bar)))
    return;
  const char *sums = gtk_label_get_text (GTK_LABEL (view->sums));
  quay_ui_confirm (GTK_WIDGET (view),
                   view->count->closed == 0 ? _ ("Write the differences into the books?")
                                            : _ ("Correct the lines marked in red?"),
                   sums, view->count->closed == 0 ? _ ("Approve") : _ ("Correct"), NULL, FALSE,
                   answer_cb, view);
}

static void
save_minutes_cb (const char *path, gpointer data)
{
  QuayCountView *view = data;
  g_autoptr (GError) error = NULL;
  if (path == NULL)
    return;
  if (quay_till_print_count (view->till, &view->count->id, path, &error))
    quay_ui_toast (GTK_WIDGET (view), _ ("The minutes are written."));
  else
    quay_ui_show_error (GTK_WIDGET (view), _ ("The minutes were not written"), error);
}

static void
print_cb (GtkWidget *button, gpointer data)
{
  QuayCountView *view = data;
  g_autofree char *name = g_strdup_printf ("05-VT %s.pdf", view->count->name);
  quay_ui_choose_file (GTK_WIDGET (view), QUAY_UI_FILE_SAVE, _ ("Minutes of the count (05-VT)"),
                       g_strdelimit (name, "/", '-'), "*.pdf", save_minutes_cb, view);
}

static void
reveal_cb (GtkWidget *button, gpointer data)
{
  QuayCountView *view = data;
  if (view->count != NULL)
    read_lines (view);
}

static void
list_cb (GtkToggleButton *chip, gpointer data)
{
  QuayCountView *view = data;
  if (!gtk_toggle_button_get_active (chip))
    return;
  view->list = (List)GPOINTER_TO_INT (g_object_get_data (G_OBJECT (chip), "quay-list"));
  if (view->count != NULL)
    read_lines (view);
}

static void
back_cb (GtkWidget *button, gpointer data)
{
  quay_count_view_flush (data);
  g_signal_emit (data, signals[DONE], 0);
}

/* --- making it --- */

static gboolean
quay_count_view_grab_focus (GtkWidget *widget)
{
  QuayCountView *view = QUAY_COUNT_VIEW (widget);
  return gtk_widget_grab_focus (view->count != NULL && view->count->closed == 0 ? view->bar
                                                                                : view->table);
}

static void
quay_count_view_dispose (GObject *object)
{
  QuayCountView *view = QUAY_COUNT_VIEW (object);
  if (view->till != NULL)
    g_clear_signal_handler (&view->items_changed, view->till);
  if (view->model != NULL)
    quay_row_model_set (view->model, NULL);
  g_clear_object (&view->model);
  g_clear_pointer (&view->count, quay_count_free);
  g_clear_object (&view->till);
  G_OBJECT_CLASS (quay_count_view_parent_class)->dispose (object);
}

static void
quay_count_view_class_init (QuayCountViewClass *class)
{
  G_OBJECT_CLASS (class)->dispose = quay_count_view_dispose;
  GTK_WIDGET_CLASS (class)->grab_focus = quay_count_view_grab_focus;
  signals[DONE] = g_signal_new ("done", QUAY_TYPE_COUNT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
quay_count_view_init (QuayCountView *view)
{
  view->model = quay_row_model_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (view), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (view), 10);
}

static GtkWidget *
make_head (QuayCountView *view)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *back = quay_ui_button (NULL, _ ("‹ Counts"), NULL, "pill");
  view->title = quay_ui_wrapped_label (NULL, "heading", 44, 1);
  view->state = quay_ui_label (NULL, "dim num");
  quay_ui_set_description (view->state, _ ("State of the count"));
  gtk_widget_set_hexpand (view->title, TRUE);
  view->reveal = gtk_toggle_button_new_with_label (_ ("Show the books"));
  gtk_widget_add_css_class (view->reveal, "chip");
  view->print = quay_ui_button ("printer", _ ("Minutes 05-VT"), NULL, "pill");
  view->approve = quay_ui_button (NULL, _ ("Approve"), NULL, "main small");
  quay_ui_set_id (view->approve, "count-approve");
  g_signal_connect (back, "clicked", G_CALLBACK (back_cb), view);
  g_signal_connect (view->reveal, "toggled", G_CALLBACK (reveal_cb), view);
  g_signal_connect (view->print, "clicked", G_CALLBACK (print_cb), view);
  g_signal_connect (view->approve, "clicked", G_CALLBACK (approve_cb), view);
  GtkWidget *parts[] = { back, view->title, view->state, view->reveal, view->print, view->approve };
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      gtk_widget_set_valign (parts[i], GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (head), parts[i]);
    }
  return head;
}

/* Chips for what is listed, and beside them what is to be known. */
static GtkWidget *
make_lists (QuayCountView *view)
{
  GtkWidget *first = NULL;
  view->lists = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  for (guint i = 0; i < N_LISTS; i++)
    {
      GtkWidget *chip = gtk_toggle_button_new_with_label (_ (LISTS[i]));
      gtk_widget_add_css_class (chip, "chip");
      gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
      if (first != NULL)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (chip), GTK_TOGGLE_BUTTON (first));
      else
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), TRUE);
      first = first != NULL ? first : chip;
      g_object_set_data (G_OBJECT (chip), "quay-list", GINT_TO_POINTER (i));
      g_signal_connect (chip, "toggled", G_CALLBACK (list_cb), view);
      gtk_box_append (GTK_BOX (view->lists), chip);
    }
  view->notice = quay_ui_wrapped_label (NULL, "bad-text", 90, 2);
  gtk_widget_set_margin_start (view->notice, 8);
  gtk_box_append (GTK_BOX (view->lists), view->notice);
  return view->lists;
}

static GtkWidget *
make_table (QuayCountView *view)
{
  view->table = quay_table_new (_ ("Counted goods"), G_LIST_MODEL (view->model));
  quay_count_add_columns (view->table, &view->look);
  g_signal_connect (view->table, "activate", G_CALLBACK (activate_cb), view);
  GtkWidget *scrolled = quay_ui_table_card (view->table);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

GtkWidget *
quay_count_view_new (QuayTill *till)
{
  QuayCountView *view = g_object_new (QUAY_TYPE_COUNT_VIEW, NULL);
  view->till = g_object_ref (till);
  GtkWidget *head = make_head (view);
  view->bar = quay_goods_bar_new (till, _ ("Record"), _ ("All lots"), TRUE, take_cb, view);
  view->sums = quay_ui_wrapped_label (NULL, "dim num", 120, 1);
  quay_ui_set_description (view->sums, _ ("Sums of the count"));
  gtk_box_append (GTK_BOX (view), head);
  gtk_box_append (GTK_BOX (view), view->bar);
  gtk_box_append (GTK_BOX (view), make_lists (view));
  gtk_box_append (GTK_BOX (view), make_table (view));
  gtk_box_append (GTK_BOX (view), view->sums);
  view->items_changed =
      g_signal_connect (till, "items-changed", G_CALLBACK (items_changed_cb), view);
  return GTK_WIDGET (view);
}
