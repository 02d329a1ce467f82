/* The pool only grows to the longest short list shown; tiles beyond the list are hidden. The number
 * of columns follows the width, never fewer than three on the smallest screen. */
#include "quay-tiles.h"
#include "quay-tile.h"
#include "quay-till-catalog.h"
#include "quay-ui.h"

#define TILE_PX 200
#define MIN_COLUMNS_PX 150
#define USUAL_PX                                                                                   \
  826 /* what a screen of 1366 px leaves, so that the first layout is right there                  \
       */

#define FIRST_TILES 16 /* what a screen of 1366×768 shows; the others follow the first frame */

struct _QuayTiles
{
  GtkWidget parent_instance;

  GtkWidget *stack;
  GtkWidget *flow;
  GtkWidget *flow_scroll;
  GtkWidget *grid;
  GtkWidget *empty_title;
  GtkWidget *empty_text;
  GPtrArray *pool; /* QuayTile, borrowed from the flow box */

  QuayPictures *pictures; /* owned */
  GPtrArray *categories;  /* owned: QuayCategory */
  GPtrArray *items;       /* owned: QuayItem */
  int percent;
  int width;
  guint columns;
  guint idle;
  guint rest; /* idle: the tiles that the first frame does without */
};

enum
{
  CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (QuayTiles, quay_tiles, GTK_TYPE_WIDGET)

static const QuayCategory *
find_category (QuayTiles *self, const char *code)
{
  for (guint i = 0; code != NULL && i < self->categories->len; i++)
    {
      const QuayCategory *category = g_ptr_array_index (self->categories, i);
      if (g_strcmp0 (category->code, code) == 0)
        return category;
    }
  return NULL;
}

static void
quay_tiles_dispose (GObject *object)
{
  QuayTiles *self = QUAY_TILES (object);
  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_handle_id (&self->rest, g_source_remove);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_pointer (&self->pool, g_ptr_array_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->categories, g_ptr_array_unref);
  g_clear_object (&self->pictures);
  G_OBJECT_CLASS (quay_tiles_parent_class)->dispose (object);
}

static gboolean
set_columns_cb (gpointer data)
{
  QuayTiles *self = data;
  int width = self->width;
  self->idle = 0;
  int tile = TILE_PX * self->percent / 100;
  guint columns = (guint)MAX (width / tile, 1);
  if (columns < 3 && width / 3 >= MIN_COLUMNS_PX * MIN (self->percent, 150) / 100)
    columns = 3;
  if (columns == self->columns || width < 50)
    return G_SOURCE_REMOVE;
  self->columns = columns;
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (self->flow), columns);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->flow), columns);
  gtk_grid_view_set_max_columns (GTK_GRID_VIEW (self->grid), columns);
  gtk_grid_view_set_min_columns (GTK_GRID_VIEW (self->grid), columns);
  return G_SOURCE_REMOVE;
}

/* The number of columns can't change in the middle of a layout. */
static void
quay_tiles_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  QuayTiles *self = QUAY_TILES (widget);
  if (width != self->width)
    {
      self->width = width;
      if (self->idle == 0)
        self->idle = g_idle_add_full (G_PRIORITY_HIGH, set_columns_cb, self, NULL);
    }
  gtk_widget_allocate (self->stack, width, height, baseline, NULL);
}

/* However many columns there are, the page may become narrower: fewer are taken then. */
static void
quay_tiles_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                    int *natural, int *minimum_baseline, int *natural_baseline)
{
  QuayTiles *self = QUAY_TILES (widget);
  gtk_widget_measure (self->stack, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MIN (*minimum, 2 * MIN_COLUMNS_PX);
  *minimum_baseline = *natural_baseline = -1;
}

static void
quay_tiles_class_init (QuayTilesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = quay_tiles_dispose;
  widget_class->size_allocate = quay_tiles_size_allocate;
  widget_class->measure = quay_tiles_measure;
  signals[CHOSEN] = g_signal_new ("chosen", QUAY_TYPE_TILES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
flow_activated_cb (GtkFlowBox *flow, GtkFlowBoxChild *child, gpointer data)
{
  QuayTiles *self = data;
  int index = gtk_flow_box_child_get_index (child);
  if (self->items != NULL && index >= 0 && (guint)index < self->items->len)
    g_signal_emit (self, signals[CHOSEN], 0, g_ptr_array_index (self->items, index));
}

static void
grid_activated_cb (GtkGridView *grid, guint position, gpointer data)
{
  QuayTiles *self = data;
  GListModel *model = G_LIST_MODEL (gtk_grid_view_get_model (grid));
  g_autoptr (QuayItemObject) object = g_list_model_get_item (model, position);
  if (object != NULL)
    g_signal_emit (self, signals[CHOSEN], 0, quay_item_object_get (object));
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gtk_list_item_set_child (item, quay_tile_new ());
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  QuayTiles *self = data;
  const QuayItem *item = quay_item_object_get (gtk_list_item_get_item (list_item));
  if (item != NULL)
    quay_tile_set_item (QUAY_TILE (gtk_list_item_get_child (list_item)), item,
                        find_category (self, item->category), self->pictures);
}

static void
make_grid (QuayTiles *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  self->grid = gtk_grid_view_new (NULL, factory);
  gtk_grid_view_set_single_click_activate (GTK_GRID_VIEW (self->grid), TRUE);
  g_signal_connect (self->grid, "activate", G_CALLBACK (grid_activated_cb), self);
  quay_ui_set_label (self->grid, _ ("All products"));
  quay_ui_set_id (self->grid, "all-products");
}

static GtkWidget *
make_empty (QuayTiles *self)
{
  GtkWidget *box = quay_ui_empty ("search", "", "");
  self->empty_text = gtk_widget_get_last_child (box);
  self->empty_title = gtk_widget_get_prev_sibling (self->empty_text);
  return box;
}

static void
quay_tiles_init (QuayTiles *self)
{
  self->percent = 100;
  self->width = USUAL_PX;
  self->pool = g_ptr_array_new ();
  self->flow = gtk_flow_box_new ();
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (self->flow), TRUE);
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (self->flow), 10);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (self->flow), 10);
  gtk_flow_box_set_activate_on_single_click (GTK_FLOW_BOX (self->flow), TRUE);
  gtk_widget_set_valign (self->flow, GTK_ALIGN_START);
  quay_ui_set_label (self->flow, _ ("Products"));
  quay_ui_set_id (self->flow, "tiles");
  g_signal_connect (self->flow, "child-activated", G_CALLBACK (flow_activated_cb), self);
  make_grid (self);
  set_columns_cb (self);

  self->stack = gtk_stack_new ();
  gtk_stack_set_hhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  self->flow_scroll = quay_ui_scrolled (self->flow);
  gtk_stack_add_named (GTK_STACK (self->stack), self->flow_scroll, "pool");
  gtk_stack_add_named (GTK_STACK (self->stack), quay_ui_scrolled (self->grid), "grid");
  gtk_stack_add_named (GTK_STACK (self->stack), make_empty (self), "empty");
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
}

static void
loaded_cb (QuayPictures *pictures, gpointer data)
{
  QuayTiles *self = data;
  if (self->items != NULL)
    quay_tiles_show_items (self, self->items);
}

GtkWidget *
quay_tiles_new (QuayPictures *pictures, GPtrArray *categories)
{
  QuayTiles *self = g_object_new (QUAY_TYPE_TILES, NULL);
  self->pictures = g_object_ref (pictures);
  self->categories = g_ptr_array_ref (categories);
  g_signal_connect_object (pictures, "loaded", G_CALLBACK (loaded_cb), self, 0);
  return GTK_WIDGET (self);
}

static void
grow_pool (QuayTiles *self, guint n)
{
  while (self->pool->len < n)
    {
      GtkWidget *tile = quay_tile_new ();
      g_ptr_array_add (self->pool, tile);
      gtk_flow_box_append (GTK_FLOW_BOX (self->flow), tile);
    }
}

static gboolean
show_rest_cb (gpointer data)
{
  QuayTiles *self = data;
  self->rest = 0;
  if (self->items != NULL)
    quay_tiles_show_items (self, self->items);
  return G_SOURCE_REMOVE;
}

/* Making a tile takes half a millisecond, and a start has none to lose. */
static void
make_tiles (QuayTiles *self, guint n)
{
  gboolean first = self->pool->len == 0 && n > FIRST_TILES;
  grow_pool (self, first ? FIRST_TILES : n);
  if (first && self->rest == 0)
    self->rest = g_idle_add_full (G_PRIORITY_LOW, show_rest_cb, self, NULL);
}

void
quay_tiles_show_items (QuayTiles *tiles, GPtrArray *items)
{
  if (items != tiles->items)
    {
      g_clear_pointer (&tiles->items, g_ptr_array_unref);
      tiles->items = g_ptr_array_ref (items);
      gtk_adjustment_set_value (
          gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (tiles->flow_scroll)), 0);
    }
  make_tiles (tiles, items->len);
  for (guint i = 0; i < tiles->pool->len; i++)
    {
      QuayTile *tile = g_ptr_array_index (tiles->pool, i);
      GtkWidget *child = gtk_widget_get_parent (GTK_WIDGET (tile));
      gtk_widget_set_visible (child, i < items->len);
      if (i < items->len)
        {
          const QuayItem *item = g_ptr_array_index (items, i);
          quay_tile_set_item (tile, item, find_category (tiles, item->category), tiles->pictures);
          gtk_widget_set_sensitive (child, item->has_price);
        }
    }
  gtk_stack_set_visible_child_name (GTK_STACK (tiles->stack), items->len > 0 ? "pool" : "empty");
}

void
quay_tiles_set_empty_text (QuayTiles *tiles, const char *title, const char *text)
{
  quay_ui_set_text (tiles->empty_title, title);
  quay_ui_set_text (tiles->empty_text, text);
}

void
quay_tiles_show_model (QuayTiles *tiles, GListModel *model)
{
  g_clear_pointer (&tiles->items, g_ptr_array_unref);
  g_autoptr (GtkSelectionModel) selection =
      GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (model)));
  gtk_grid_view_set_model (GTK_GRID_VIEW (tiles->grid), selection);
  gtk_stack_set_visible_child_name (GTK_STACK (tiles->stack), "grid");
}

guint
quay_tiles_n_items (QuayTiles *tiles)
{
  return tiles->items != NULL ? tiles->items->len : 0;
}

const QuayItem *
quay_tiles_first (QuayTiles *tiles)
{
  return quay_tiles_n_items (tiles) > 0 ? g_ptr_array_index (tiles->items, 0) : NULL;
}

gboolean
quay_tiles_focus_first (QuayTiles *tiles)
{
  if (tiles->items == NULL)
    return gtk_widget_child_focus (tiles->grid, GTK_DIR_TAB_FORWARD);
  for (guint i = 0; i < tiles->items->len; i++)
    {
      GtkWidget *child = gtk_widget_get_parent (g_ptr_array_index (tiles->pool, i));
      if (gtk_widget_is_sensitive (child) && gtk_widget_grab_focus (child))
        return TRUE;
    }
  return FALSE;
}

void
quay_tiles_set_scale (QuayTiles *tiles, int percent)
{
  tiles->percent = MAX (percent, 100);
  if (tiles->idle == 0)
    tiles->idle = g_idle_add_full (G_PRIORITY_HIGH, set_columns_cb, tiles, NULL);
}
