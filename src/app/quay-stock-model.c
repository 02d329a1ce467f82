/* Slots of the table of stock. Main thread. */
#include "quay-stock-model.h"

/* --- a slot --- */

struct _QuayStockSlot
{
  GObject parent_instance;
  QuayShelfRow *row; /* owned */
};

enum
{
  PROP_0,
  PROP_ROW,
};

G_DEFINE_FINAL_TYPE (QuayStockSlot, quay_stock_slot, G_TYPE_OBJECT)

const QuayShelfRow *
quay_stock_slot_get (QuayStockSlot *slot)
{
  return slot->row;
}

static void
quay_stock_slot_finalize (GObject *object)
{
  g_clear_pointer (&QUAY_STOCK_SLOT (object)->row, quay_shelf_row_unref);
  G_OBJECT_CLASS (quay_stock_slot_parent_class)->finalize (object);
}

static void
quay_stock_slot_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  g_value_set_pointer (value, QUAY_STOCK_SLOT (object)->row);
}

static void
quay_stock_slot_class_init (QuayStockSlotClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  object_class->finalize = quay_stock_slot_finalize;
  object_class->get_property = quay_stock_slot_get_property;
  g_object_class_install_property (
      object_class, PROP_ROW,
      g_param_spec_pointer ("row", NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
quay_stock_slot_init (QuayStockSlot *slot)
{
}

static void
fill_slot (QuayStockSlot *slot, QuayShelfRow *row)
{
  QuayShelfRow *before = slot->row;
  if (before == row)
    return;
  slot->row = quay_shelf_row_ref (row);
  g_object_notify (G_OBJECT (slot), "row");
  if (before != NULL)
    quay_shelf_row_unref (before);
}

/* --- the list --- */

struct _QuayStockModel
{
  GObject parent_instance;
  GPtrArray *rows;
  GPtrArray *slots; /* QuayStockSlot, NULL where nobody asked yet; as many as are shown */
  guint filled;     /* the slots before have their rows; of those behind nobody sees any */
};

static GType
get_item_type (GListModel *list)
{
  return QUAY_TYPE_STOCK_SLOT;
}

static guint
get_n_items (GListModel *list)
{
  return QUAY_STOCK_MODEL (list)->slots->len;
}

static gpointer
get_item (GListModel *list, guint position)
{
  QuayStockModel *model = QUAY_STOCK_MODEL (list);
  if (position >= model->slots->len)
    return NULL;
  if (model->slots->pdata[position] == NULL)
    {
      QuayStockSlot *slot = g_object_new (QUAY_TYPE_STOCK_SLOT, NULL);
      slot->row = quay_shelf_row_ref (model->rows->pdata[position]);
      model->slots->pdata[position] = slot;
    }
  return g_object_ref (model->slots->pdata[position]);
}

static void
init_list_model (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (QuayStockModel, quay_stock_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, init_list_model))

static void
drop_slot (gpointer slot)
{
  if (slot != NULL)
    g_object_unref (slot);
}

static void
quay_stock_model_finalize (GObject *object)
{
  QuayStockModel *model = QUAY_STOCK_MODEL (object);
  g_ptr_array_unref (model->slots);
  g_ptr_array_unref (model->rows);
  G_OBJECT_CLASS (quay_stock_model_parent_class)->finalize (object);
}

static void
quay_stock_model_class_init (QuayStockModelClass *class)
{
  G_OBJECT_CLASS (class)->finalize = quay_stock_model_finalize;
}

static void
quay_stock_model_init (QuayStockModel *model)
{
  model->rows = g_ptr_array_new ();
  model->slots = g_ptr_array_new_with_free_func (drop_slot);
}

QuayStockModel *
quay_stock_model_new (void)
{
  return g_object_new (QUAY_TYPE_STOCK_MODEL, NULL);
}

static void
show_count (QuayStockModel *model, guint n)
{
  guint before = model->slots->len;
  guint common = MIN (before, n);
  if (n == before)
    return;
  g_ptr_array_set_size (model->slots, (int)n);
  g_list_model_items_changed (G_LIST_MODEL (model), common, before - common, n - common);
}

/* GTK keeps two hundred rows ready, each of ten cells: most of a key's time goes to those that
 * nobody sees unless they wait. */
static void
fill_slots (QuayStockModel *model, guint upto)
{
  for (guint i = model->filled; i < MIN (upto, model->slots->len); i++)
    if (model->slots->pdata[i] != NULL)
      fill_slot (model->slots->pdata[i], model->rows->pdata[i]);
  model->filled = MAX (model->filled, upto);
}

void
quay_stock_model_set (QuayStockModel *model, GPtrArray *rows, guint most)
{
  guint n = most > 0 ? MIN (rows->len, MAX (most, model->slots->len)) : rows->len;
  GPtrArray *old = model->rows;
  model->rows = rows;
  if (n < model->slots->len)
    show_count (model, n);
  model->filled = 0;
  fill_slots (model, most > 0 ? most : n);
  show_count (model, n);
  g_ptr_array_unref (old);
}

void
quay_stock_model_show_all (QuayStockModel *model)
{
  fill_slots (model, model->slots->len);
  show_count (model, model->rows->len);
}

GPtrArray *
quay_stock_model_rows (QuayStockModel *model)
{
  return model->rows;
}
