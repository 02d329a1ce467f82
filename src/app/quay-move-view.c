/* A move of goods as it is written. Main thread. */
#include "quay-move-view.h"

#include "quay-error.h"
#include "quay-form.h"
#include "quay-goods-bar.h"
#include "quay-row-model.h"
#include "quay-table.h"
#include "quay-till-forms-count.h"
#include "quay-ui.h"

struct _QuayMoveView
{
  GtkBox parent_instance;

  GtkWidget *from;
  GtkWidget *to;
  GtkWidget *carrier;
  GtkWidget *fault;
  GtkWidget *bar;
  GtkWidget *table;
  GtkWidget *stack;
  GtkWidget *post;
  QuayTill *till; /* owned */
  GPtrArray *places;
  QuayRowModel *model; /* QuayVoucherLine */
  QuayId id;           /* of the document, whichever try writes it */
  QuayId fair;
  char *number; /* of the document for which a packing list is asked */
};

G_DEFINE_FINAL_TYPE (QuayMoveView, quay_move_view, GTK_TYPE_BOX)

enum
{
  DONE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* --- cells --- */

static const QuayVoucherLine *
line_of (gpointer row)
{
  return quay_row_value (row);
}

static void
bind_name (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_text (cell, line_of (row)->name);
}

static void
bind_lot (GtkWidget *cell, gpointer row, gpointer data)
{
  const char *lot = line_of (row)->note;
  quay_table_set_text (cell, lot != NULL ? lot : _ ("first expired first"));
}

static void
bind_qty (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_qty (cell, line_of (row)->qty, line_of (row)->unit);
}

/* --- lines --- */

static void
show_state (QuayMoveView *view)
{
  guint n = quay_row_model_count (view->model);
  gtk_stack_set_visible_child_name (GTK_STACK (view->stack), n > 0 ? "list" : "empty");
}

/* The same goods once more make one line. */
static GPtrArray *
copy_lines (QuayMoveView *view, guint without)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_voucher_line_free);
  for (guint i = 0; i < quay_row_model_count (view->model); i++)
    if (i != without)
      g_ptr_array_add (lines, quay_voucher_line_copy (quay_row_model_get (view->model, i)));
  return lines;
}

static void
add_line (GPtrArray *lines, const QuayId *product, const QuayId *lot, QuayQty qty, const char *name,
          const char *unit, const char *lot_text)
{
  for (guint i = 0; i < lines->len; i++)
    {
      QuayVoucherLine *line = lines->pdata[i];
      if (quay_id_equal (&line->product, product) && quay_id_equal (&line->lot, lot))
        {
          line->qty.milli += qty.milli;
          return;
        }
    }
  QuayVoucherLine *line = quay_voucher_line_new ();
  line->product = *product;
  line->lot = *lot;
  line->qty = qty;
  line->name = g_strdup (name);
  line->unit = g_strdup (unit);
  line->note = g_strdup (lot_text);
  g_ptr_array_add (lines, line);
}

static gboolean
take_cb (const QuayGoodsEntry *entry, char **fault, gpointer data)
{
  QuayMoveView *view = data;
  GPtrArray *lines = copy_lines (view, G_MAXUINT);
  add_line (lines, &entry->item->product, &entry->lot, entry->qty, entry->item->name,
            entry->item->unit, entry->lot_text);
  quay_row_model_set (view->model, lines);
  show_state (view);
  return TRUE;
}

static void
remove_cb (GtkWidget *button, gpointer data)
{
  QuayMoveView *view = data;
  guint selected = quay_table_get_selected (view->table);
  if (selected >= quay_row_model_count (view->model))
    {
      quay_ui_toast (GTK_WIDGET (view), _ ("Choose a line first."));
      return;
    }
  quay_row_model_set (view->model, copy_lines (view, selected));
  show_state (view);
}

/* --- places --- */

static QuayId
place_of (QuayMoveView *view, GtkWidget *choice)
{
  guint n = gtk_drop_down_get_selected (GTK_DROP_DOWN (choice));
  return n < view->places->len ? ((QuayPlace *)view->places->pdata[n])->id : QUAY_ID_NIL;
}

static void
fill_places (QuayMoveView *view, GtkWidget *choice, const QuayId *chosen)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = GTK_INVALID_LIST_POSITION;
  for (guint i = 0; i < view->places->len; i++)
    {
      const QuayPlace *place = view->places->pdata[i];
      gtk_string_list_append (names, place->name);
      if (quay_id_equal (&place->id, chosen))
        selected = i;
    }
  gtk_drop_down_set_model (GTK_DROP_DOWN (choice), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), selected);
}

static void
show_fault (QuayMoveView *view, const char *fault)
{
  quay_ui_set_text (view->fault, fault);
  gtk_widget_set_visible (view->fault, fault != NULL);
}

static void
place_cb (GtkWidget *choice, GParamSpec *pspec, gpointer data)
{
  QuayMoveView *view = data;
  QuayId from = place_of (view, view->from);
  show_fault (view, NULL);
  quay_goods_bar_set_place (QUAY_GOODS_BAR (view->bar), &from);
}

void
quay_move_view_start (QuayMoveView *view, const QuayId *from, const QuayId *to, const QuayId *fair,
                      gboolean all)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_voucher_line_free);
  g_clear_pointer (&view->places, g_ptr_array_unref);
  view->places = quay_till_places (view->till);
  view->id = quay_till_new_id (view->till);
  view->fair = *fair;
  fill_places (view, view->from, from);
  fill_places (view, view->to, to);
  gtk_editable_set_text (GTK_EDITABLE (view->carrier), "");
  if (all)
    {
      g_autoptr (GPtrArray) rows = quay_till_place_rows (view->till, from);
      for (guint i = 0; i < rows->len; i++)
        {
          const QuayPlaceRow *row = rows->pdata[i];
          if (row->qty.milli > 0)
            add_line (lines, &row->product, &row->lot, row->qty, row->name, row->unit,
                      quay_id_is_nil (&row->lot) ? _ ("no lot")
                      : row->code != NULL        ? row->code
                                                 : _ ("Lot"));
        }
    }
  quay_row_model_set (view->model, lines);
  show_fault (view, NULL);
  show_state (view);
  gtk_widget_grab_focus (view->bar);
}

void
quay_move_view_scan (QuayMoveView *view, const char *text)
{
  quay_goods_bar_scan (QUAY_GOODS_BAR (view->bar), text);
}

/* --- posting --- */

static void
list_cb (const char *path, gpointer data)
{
  QuayMoveView *view = data;
  g_autoptr (GError) error = NULL;
  if (path != NULL && !quay_till_packing_list (view->till, view->number, path, &error))
    quay_ui_show_error (GTK_WIDGET (view), _ ("The packing list was not written"), error);
  else if (path != NULL)
    quay_ui_toast (GTK_WIDGET (view), _ ("The packing list is written."));
  g_signal_emit (view, signals[DONE], 0);
}

static void
ask_list_cb (gboolean yes, gpointer data)
{
  QuayMoveView *view = data;
  g_autofree char *name = g_strdup_printf ("%s.pdf", view->number);
  if (yes)
    quay_ui_choose_file (GTK_WIDGET (view), QUAY_UI_FILE_SAVE, _ ("Packing list"), name, "*.pdf",
                         list_cb, view);
  else
    g_signal_emit (view, signals[DONE], 0);
}

static void
posted (QuayMoveView *view, char *number)
{
  g_autofree char *title = g_strdup_printf (_ ("Moved as %s"), number);
  g_free (view->number);
  view->number = number;
  quay_row_model_set (view->model, NULL);
  show_state (view);
  quay_ui_confirm (GTK_WIDGET (view), title,
                   _ ("A packing list goes with the goods: save it as PDF?"), _ ("Packing list"),
                   _ ("Not now"), FALSE, ask_list_cb, view);
}

static void
post_cb (GtkWidget *button, gpointer data)
{
  QuayMoveView *view = data;
  g_autoptr (GError) error = NULL;
  if (!quay_goods_bar_flush (QUAY_GOODS_BAR (view->bar)))
    return;
  g_autoptr (GPtrArray) lines = copy_lines (view, G_MAXUINT);
  for (guint i = 0; i < lines->len; i++)
    g_clear_pointer (&((QuayVoucherLine *)lines->pdata[i])->note, g_free);
  QuayMoveAsk ask = { .from = place_of (view, view->from),
                      .to = place_of (view, view->to),
                      .lines = lines,
                      .fair = view->fair,
                      .name = quay_form_text (view->carrier) };
  if (quay_id_is_nil (&ask.to) || quay_id_is_nil (&ask.from) || quay_id_equal (&ask.from, &ask.to))
    {
      show_fault (view, _ ("Choose from where and to where: two different places."));
      gtk_widget_grab_focus (quay_id_is_nil (&ask.from) ? view->from : view->to);
      return;
    }
  if (lines->len == 0)
    {
      show_fault (view, _ ("Scan the goods first, or type their names."));
      gtk_widget_grab_focus (view->bar);
      return;
    }
  char *number = quay_till_move_goods (view->till, &view->id, &ask, &error);
  if (number != NULL)
    posted (view, number);
  else
    quay_ui_show_error (GTK_WIDGET (view), _ ("The goods were not moved"), error);
}

static void
back_cb (GtkWidget *button, gpointer data)
{
  g_signal_emit (data, signals[DONE], 0);
}

/* --- making it --- */

static gboolean
quay_move_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (QUAY_MOVE_VIEW (widget)->bar);
}

static void
quay_move_view_dispose (GObject *object)
{
  QuayMoveView *view = QUAY_MOVE_VIEW (object);
  if (view->model != NULL)
    quay_row_model_set (view->model, NULL);
  g_clear_object (&view->model);
  g_clear_pointer (&view->places, g_ptr_array_unref);
  g_clear_pointer (&view->number, g_free);
  g_clear_object (&view->till);
  G_OBJECT_CLASS (quay_move_view_parent_class)->dispose (object);
}

static void
quay_move_view_class_init (QuayMoveViewClass *class)
{
  G_OBJECT_CLASS (class)->dispose = quay_move_view_dispose;
  GTK_WIDGET_CLASS (class)->grab_focus = quay_move_view_grab_focus;
  signals[DONE] = g_signal_new ("done", QUAY_TYPE_MOVE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
quay_move_view_init (QuayMoveView *view)
{
  view->model = quay_row_model_new ();
  view->places = g_ptr_array_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (view), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (view), 10);
}

static GtkWidget *
make_head (QuayMoveView *view)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *back = quay_ui_button (NULL, _ ("‹ Places"), NULL, "pill");
  GtkWidget *space = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  const char *const none[] = { NULL };
  view->from = quay_ui_choice (_ ("From place"), none);
  view->to = quay_ui_choice (_ ("To place"), none);
  view->carrier = quay_ui_entry (_ ("Who carries them"));
  gtk_entry_set_placeholder_text (GTK_ENTRY (view->carrier), _ ("Who carries them"));
  gtk_entry_set_max_length (GTK_ENTRY (view->carrier), 60);
  view->post = quay_ui_button (NULL, _ ("Move the goods"), NULL, "main small");
  gtk_widget_set_hexpand (space, TRUE);
  g_signal_connect (view->from, "notify::selected", G_CALLBACK (place_cb), view);
  g_signal_connect (view->to, "notify::selected", G_CALLBACK (place_cb), view);
  g_signal_connect (back, "clicked", G_CALLBACK (back_cb), view);
  g_signal_connect (view->post, "clicked", G_CALLBACK (post_cb), view);
  GtkWidget *parts[] = { back,       quay_ui_label (_ ("From place"), "dim"),
                         view->from, quay_ui_label (_ ("To place"), "dim"),
                         view->to,   view->carrier,
                         space,      view->post };
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      gtk_widget_set_valign (parts[i], GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (head), parts[i]);
    }
  return head;
}

static void
make_table (QuayMoveView *view)
{
  view->table = quay_table_new (_ ("Goods to move"), G_LIST_MODEL (view->model));
  quay_table_add (view->table, _ ("Product"), QUAY_TABLE_STRONG | QUAY_TABLE_EXPAND, 34, bind_name,
                  view);
  quay_table_add (view->table, _ ("Lot"), QUAY_TABLE_QUIET, 28, bind_lot, view);
  quay_table_add (view->table, _ ("Quantity"), QUAY_TABLE_NUMBER, 12, bind_qty, view);
  GtkWidget *scrolled = quay_ui_table_card (view->table);
  view->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (view->stack, TRUE);
  gtk_stack_add_named (GTK_STACK (view->stack), scrolled, "list");
  gtk_stack_add_named (
      GTK_STACK (view->stack),
      quay_ui_empty ("box-seam", _ ("Scan what goes"),
                     _ ("What expires first goes first, unless you choose a lot.")),
      "empty");
}

GtkWidget *
quay_move_view_new (QuayTill *till)
{
  QuayMoveView *view = g_object_new (QUAY_TYPE_MOVE_VIEW, NULL);
  view->till = g_object_ref (till);
  view->bar = quay_goods_bar_new (till, _ ("Add"), _ ("First expired first"), FALSE, take_cb, view);
  view->fault = quay_ui_wrapped_label (NULL, "bad-text", 90, 2);
  gtk_widget_set_visible (view->fault, FALSE);
  gtk_box_append (GTK_BOX (view), make_head (view));
  gtk_box_append (GTK_BOX (view), view->fault);
  gtk_box_append (GTK_BOX (view), view->bar);
  make_table (view);
  gtk_box_append (GTK_BOX (view), view->stack);
  GtkWidget *remove = quay_ui_button ("trash", _ ("Remove the line"), NULL, "pill");
  gtk_widget_set_halign (remove, GTK_ALIGN_START);
  g_signal_connect (remove, "clicked", G_CALLBACK (remove_cb), view);
  gtk_box_append (GTK_BOX (view), remove);
  return GTK_WIDGET (view);
}
