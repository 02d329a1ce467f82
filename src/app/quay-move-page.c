/* Places and fairs, what lies in each, and the way to moving goods. Main thread. */
#include "quay-move-page.h"

#include "quay-fair-form.h"
#include "quay-fair-view.h"
#include "quay-move-view.h"
#include "quay-row-model.h"
#include "quay-table.h"
#include "quay-ui.h"

#define HEAD_HEIGHT 42 /* as of its highest button, so that tables stand in one line */

struct _QuayMovePage
{
  GtkBox parent_instance;

  GtkWidget *stack; /* places, move, fair */
  GtkWidget *places_table;
  GtkWidget *fairs_stack;
  GtkWidget *rows_stack;
  GtkWidget *place_name;
  GtkWidget *move;
  GtkWidget *fair;
  QuayTill *till; /* owned */
  QuayRowModel *places;
  QuayRowModel *fairs;
  QuayRowModel *rows;
  QuayId place;      /* the one whose goods are shown */
  gboolean for_fair; /* the move that is written belongs to the fair shown before */
  gulong items_changed;
};

G_DEFINE_FINAL_TYPE (QuayMovePage, quay_move_page, GTK_TYPE_BOX)

/* --- cells --- */

static void
bind_place (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayPlace *place = quay_row_value (row);
  g_autofree char *text =
      place->selling ? g_strdup_printf (_ ("%s (sold from here)"), place->name) : NULL;
  quay_table_set_text (cell, text != NULL ? text : place->name);
}

static void
bind_products (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayPlace *place = quay_row_value (row);
  g_autofree char *text = g_strdup_printf ("%d", (int)place->products);
  quay_table_set_text (cell, text);
}

static void
bind_value (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_money (cell, ((QuayPlace *)quay_row_value (row))->value);
}

static void
bind_fair (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_text (cell, ((QuayFair *)quay_row_value (row))->name);
}

static void
bind_days (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayFair *fair = quay_row_value (row);
  g_autofree char *from = quay_day_to_vi (fair->from);
  g_autofree char *to = quay_day_to_vi (fair->to);
  g_autofree char *text = g_strdup_printf ("%.5s – %.5s", from, to);
  quay_table_set_text (cell, text);
}

static void
bind_fair_state (GtkWidget *cell, gpointer row, gpointer data)
{
  QuayMovePage *page = data;
  const char *class;
  const QuayFair *fair = quay_row_value (row);
  g_autofree char *text = quay_fair_view_state (fair, quay_till_day (page->till), &class);
  gboolean lacks = fair->closed == 0 && quay_fair_lacks_notice (fair);
  g_autofree char *more = lacks ? g_strdup_printf (_ ("%s, no notice"), text) : NULL;
  quay_table_set_text (cell, more != NULL ? more : text);
  quay_table_set_badge (cell, lacks ? "warn" : class);
}

static void
bind_product (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_text (cell, ((QuayPlaceRow *)quay_row_value (row))->name);
}

static void
bind_lot (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayPlaceRow *one = quay_row_value (row);
  g_autofree char *expires = one->expires != 0 ? quay_day_to_vi (one->expires) : NULL;
  g_autofree char *text = quay_id_is_nil (&one->lot)
                              ? g_strdup (_ ("no lot"))
                              : g_strdup_printf ("%s%s%s", one->code != NULL ? one->code : "",
                                                 one->code != NULL && expires != NULL ? " · " : "",
                                                 expires != NULL     ? expires
                                                 : one->code != NULL ? ""
                                                                     : _ ("Lot"));
  quay_table_set_text (cell, text);
}

static void
bind_qty (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayPlaceRow *one = quay_row_value (row);
  quay_table_set_qty (cell, one->qty, one->weighed ? one->unit : NULL);
  quay_ui_toggle_class (cell, "bad-text", one->qty.milli < 0);
}

static void
bind_row_value (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_money (cell, ((QuayPlaceRow *)quay_row_value (row))->value);
}

/* --- reading --- */

static void
show_rows (QuayMovePage *page)
{
  GPtrArray *rows = quay_till_place_rows (page->till, &page->place);
  g_autofree char *name = quay_till_place_name (page->till, &page->place);
  quay_ui_set_text (page->place_name, name != NULL ? name : "");
  gtk_stack_set_visible_child_name (GTK_STACK (page->rows_stack), rows->len > 0 ? "list" : "empty");
  quay_row_model_set (page->rows, rows);
}

static void
read_all (QuayMovePage *page)
{
  guint selected = 0;
  GPtrArray *places = quay_till_places (page->till);
  GPtrArray *fairs = quay_till_fairs (page->till);
  for (guint i = 0; i < places->len; i++)
    if (quay_id_equal (&((QuayPlace *)places->pdata[i])->id, &page->place))
      selected = i;
  if (places->len > 0)
    page->place = ((QuayPlace *)places->pdata[selected])->id;
  gtk_stack_set_visible_child_name (GTK_STACK (page->fairs_stack),
                                    fairs->len > 0 ? "list" : "empty");
  quay_row_model_set (page->places, places);
  quay_row_model_set (page->fairs, fairs);
  if (places->len > 0)
    quay_table_select (page->places_table, selected);
  show_rows (page);
}

static const char *
shown (QuayMovePage *page)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (page->stack));
}

static void
items_changed_cb (QuayTill *till, QuayMovePage *page)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (page)) && g_strcmp0 (shown (page), "places") == 0)
    read_all (page);
}

static void
selected_cb (GtkSingleSelection *selection, GParamSpec *pspec, QuayMovePage *page)
{
  const QuayPlace *place =
      quay_row_model_get (page->places, gtk_single_selection_get_selected (selection));
  if (place == NULL || quay_id_equal (&place->id, &page->place))
    return;
  page->place = place->id;
  show_rows (page);
}

/* --- buttons --- */

static void
to_places (QuayMovePage *page)
{
  gtk_stack_set_visible_child_name (GTK_STACK (page->stack), "places");
  read_all (page);
  gtk_widget_grab_focus (page->places_table);
}

static void
show_fair (QuayMovePage *page, const QuayId *id)
{
  if (quay_fair_view_show (QUAY_FAIR_VIEW (page->fair), id))
    gtk_stack_set_visible_child_name (GTK_STACK (page->stack), "fair");
  else
    to_places (page);
}

static void
start_move (QuayMovePage *page, const QuayId *from, const QuayId *to, const QuayId *fair,
            gboolean all)
{
  gtk_stack_set_visible_child_name (GTK_STACK (page->stack), "move");
  page->for_fair = !quay_id_is_nil (fair);
  quay_move_view_start (QUAY_MOVE_VIEW (page->move), from, to, fair, all);
}

static void
move_cb (GtkWidget *button, gpointer data)
{
  QuayMovePage *page = data;
  const QuayId none = QUAY_ID_NIL;
  start_move (page, &page->place, &none, &none, FALSE);
}

/* The shop's floor, from which goods go to a fair and to which they come back. */
static QuayId
find_floor (QuayMovePage *page)
{
  g_autoptr (GPtrArray) places = quay_till_places (page->till);
  for (guint i = 0; i < places->len; i++)
    if (g_strcmp0 (((QuayPlace *)places->pdata[i])->kind, QUAY_PLACE_FLOOR) == 0)
      return ((QuayPlace *)places->pdata[i])->id;
  return QUAY_ID_NIL;
}

static void
fair_move_cb (GtkWidget *view, gboolean back, QuayMovePage *page)
{
  const QuayFair *fair = quay_fair_view_get (QUAY_FAIR_VIEW (view));
  QuayId floor = find_floor (page);
  start_move (page, back ? &fair->loc : &floor, back ? &floor : &fair->loc, &fair->id, back);
}

static void
move_done_cb (GtkWidget *view, QuayMovePage *page)
{
  const QuayFair *fair = quay_fair_view_get (QUAY_FAIR_VIEW (page->fair));
  if (page->for_fair && fair != NULL)
    show_fair (page, &fair->id);
  else
    to_places (page);
}

static void
fair_done_cb (GtkWidget *view, QuayMovePage *page)
{
  to_places (page);
}

static void
saved_place_cb (const QuayId *id, gpointer data)
{
  QuayMovePage *page = data;
  page->place = *id;
  read_all (page);
}

static void
new_place_cb (GtkWidget *button, gpointer data)
{
  QuayMovePage *page = data;
  quay_place_form_open (GTK_WIDGET (page), page->till, NULL, saved_place_cb, page);
}

static void
rename_cb (GtkWidget *button, gpointer data)
{
  QuayMovePage *page = data;
  for (guint i = 0; i < quay_row_model_count (page->places); i++)
    {
      const QuayPlace *place = quay_row_model_get (page->places, i);
      if (quay_id_equal (&place->id, &page->place))
        {
          quay_place_form_open (GTK_WIDGET (page), page->till, place, saved_place_cb, page);
          return;
        }
    }
}

static void
saved_fair_cb (const QuayId *id, gpointer data)
{
  show_fair (data, id);
}

static void
new_fair_cb (GtkWidget *button, gpointer data)
{
  QuayMovePage *page = data;
  quay_fair_form_open (GTK_WIDGET (page), page->till, NULL, saved_fair_cb, page);
}

static void
fair_activate_cb (GtkWidget *table, guint position, QuayMovePage *page)
{
  const QuayFair *fair = quay_row_model_get (page->fairs, position);
  if (fair != NULL)
    show_fair (page, &fair->id);
}

static void
scan_cb (GtkWidget *widget, const char *text, gpointer data)
{
  QuayMovePage *page = data;
  if (g_strcmp0 (shown (page), "move") == 0)
    quay_move_view_scan (QUAY_MOVE_VIEW (page->move), text);
  else
    quay_ui_toast (GTK_WIDGET (page), _ ("Press “Move goods” first, then scan."));
}

/* --- the widget --- */

static void
quay_move_page_map (GtkWidget *widget)
{
  QuayMovePage *page = QUAY_MOVE_PAGE (widget);
  GTK_WIDGET_CLASS (quay_move_page_parent_class)->map (widget);
  if (g_strcmp0 (shown (page), "places") == 0)
    read_all (page);
}

static gboolean
quay_move_page_grab_focus (GtkWidget *widget)
{
  QuayMovePage *page = QUAY_MOVE_PAGE (widget);
  gboolean moving = g_strcmp0 (shown (page), "move") == 0;
  return gtk_widget_grab_focus (moving ? page->move : page->places_table);
}

static void
quay_move_page_dispose (GObject *object)
{
  QuayMovePage *page = QUAY_MOVE_PAGE (object);
  QuayRowModel **models[] = { &page->places, &page->fairs, &page->rows };
  if (page->till != NULL)
    g_clear_signal_handler (&page->items_changed, page->till);
  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      if (*models[i] != NULL)
        quay_row_model_set (*models[i], NULL);
      g_clear_object (models[i]);
    }
  g_clear_object (&page->till);
  G_OBJECT_CLASS (quay_move_page_parent_class)->dispose (object);
}

static void
quay_move_page_class_init (QuayMovePageClass *class)
{
  G_OBJECT_CLASS (class)->dispose = quay_move_page_dispose;
  GTK_WIDGET_CLASS (class)->map = quay_move_page_map;
  GTK_WIDGET_CLASS (class)->grab_focus = quay_move_page_grab_focus;
}

static void
quay_move_page_init (QuayMovePage *page)
{
  page->places = quay_row_model_new ();
  page->fairs = quay_row_model_new ();
  page->rows = quay_row_model_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (page), GTK_ORIENTATION_VERTICAL);
}

static GtkWidget *
make_head (const char *title, GtkWidget **label)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *text = quay_ui_wrapped_label (title, "heading", 30, 1);
  gtk_widget_set_size_request (head, -1, HEAD_HEIGHT);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (head), text);
  if (label != NULL)
    *label = text;
  return head;
}

static void
add_button (QuayMovePage *page, GtkWidget *head, const char *icon, const char *text,
            const char *classes, GCallback callback)
{
  GtkWidget *button = quay_ui_button (icon, text, NULL, classes);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect (button, "clicked", callback, page);
  gtk_box_append (GTK_BOX (head), button);
}

static GtkWidget *
in_card (GtkWidget *table)
{
  GtkWidget *scrolled = quay_ui_table_card (table);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static GtkWidget *
make_places (QuayMovePage *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *head = make_head (_ ("Places"), NULL);
  add_button (page, head, "plus-lg", _ ("New place"), "pill", G_CALLBACK (new_place_cb));
  page->places_table = quay_table_new (_ ("Places"), G_LIST_MODEL (page->places));
  quay_table_add (page->places_table, _ ("Place"), QUAY_TABLE_STRONG | QUAY_TABLE_EXPAND, 20,
                  bind_place, page);
  quay_table_add (page->places_table, _ ("Products"), QUAY_TABLE_NUMBER | QUAY_TABLE_SPARE, 9,
                  bind_products, page);
  quay_table_add (page->places_table, _ ("At shelf price"), QUAY_TABLE_NUMBER, 12, bind_value,
                  page);
  g_signal_connect (quay_table_get_selection (page->places_table), "notify::selected",
                    G_CALLBACK (selected_cb), page);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), in_card (page->places_table));
  return box;
}

static GtkWidget *
make_fairs (QuayMovePage *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *head = make_head (_ ("Fairs"), NULL);
  GtkWidget *table = quay_table_new (_ ("Fairs"), G_LIST_MODEL (page->fairs));
  add_button (page, head, "plus-lg", _ ("New fair"), "pill", G_CALLBACK (new_fair_cb));
  quay_table_add (table, _ ("Fair"), QUAY_TABLE_STRONG | QUAY_TABLE_EXPAND, 18, bind_fair, page);
  quay_table_add (table, _ ("Days"), QUAY_TABLE_TEXT, 13, bind_days, page);
  quay_table_add (table, "", QUAY_TABLE_BADGE, 20, bind_fair_state, page);
  g_signal_connect (table, "activate", G_CALLBACK (fair_activate_cb), page);
  page->fairs_stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (page->fairs_stack), in_card (table), "list");
  gtk_stack_add_named (GTK_STACK (page->fairs_stack),
                       quay_ui_empty ("people", _ ("No fairs yet"), NULL), "empty");
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), page->fairs_stack);
  return box;
}

static GtkWidget *
make_rows (QuayMovePage *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *head = make_head (NULL, &page->place_name);
  GtkWidget *table = quay_table_new (_ ("Goods in this place"), G_LIST_MODEL (page->rows));
  add_button (page, head, "pencil", _ ("Rename"), "pill", G_CALLBACK (rename_cb));
  add_button (page, head, NULL, _ ("Move goods"), "main small", G_CALLBACK (move_cb));
  quay_table_add (table, _ ("Product"), QUAY_TABLE_STRONG | QUAY_TABLE_EXPAND, 26, bind_product,
                  page);
  quay_table_add (table, _ ("Lot"), QUAY_TABLE_QUIET | QUAY_TABLE_SPARE, 17, bind_lot, page);
  quay_table_add (table, _ ("Quantity"), QUAY_TABLE_NUMBER, 9, bind_qty, page);
  quay_table_add (table, _ ("At shelf price"), QUAY_TABLE_NUMBER, 11, bind_row_value, page);
  page->rows_stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (page->rows_stack), in_card (table), "list");
  gtk_stack_add_named (GTK_STACK (page->rows_stack),
                       quay_ui_empty ("box-seam", _ ("Nothing lies here"),
                                      _ ("Move goods here from another place.")),
                       "empty");
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), page->rows_stack);
  return box;
}

GtkWidget *
quay_move_page_new (QuayTill *till)
{
  QuayMovePage *page = g_object_new (QUAY_TYPE_MOVE_PAGE, NULL);
  GtkWidget *main_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  page->till = g_object_ref (till);
  gtk_box_set_homogeneous (GTK_BOX (left), TRUE);
  gtk_box_append (GTK_BOX (left), make_places (page));
  gtk_box_append (GTK_BOX (left), make_fairs (page));
  gtk_box_append (GTK_BOX (main_box), left);
  gtk_box_append (GTK_BOX (main_box), make_rows (page));
  page->move = quay_move_view_new (till);
  page->fair = quay_fair_view_new (till);
  g_signal_connect (page->move, "done", G_CALLBACK (move_done_cb), page);
  g_signal_connect (page->fair, "done", G_CALLBACK (fair_done_cb), page);
  g_signal_connect (page->fair, "move", G_CALLBACK (fair_move_cb), page);
  page->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (page->stack, TRUE);
  gtk_stack_add_named (GTK_STACK (page->stack), main_box, "places");
  gtk_stack_add_named (GTK_STACK (page->stack), page->move, "move");
  gtk_stack_add_named (GTK_STACK (page->stack), page->fair, "fair");
  gtk_box_append (GTK_BOX (page), page->stack);
  quay_ui_take_scans (GTK_WIDGET (page), scan_cb, page);
  page->items_changed =
      g_signal_connect (till, "items-changed", G_CALLBACK (items_changed_cb), page);
  return GTK_WIDGET (page);
}
