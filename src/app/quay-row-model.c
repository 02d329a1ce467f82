/* A list model over an array of plain values. Rows hold a reference on the array that they came
 * from, so a list that still shows an old row for a moment never reads freed memory.
 * Main thread. */
#include "quay-row-model.h"

struct _QuayRow
{
  GObject parent;
  GPtrArray *rows;
  gpointer value;
};

struct _QuayRowModel
{
  GObject parent;
  GPtrArray *pages; /* of GPtrArray: one for each append */
  guint count;      /* of those that are shown */
};

G_DEFINE_FINAL_TYPE (QuayRow, quay_row, G_TYPE_OBJECT)

static void
quay_row_finalize (GObject *object)
{
  g_ptr_array_unref (QUAY_ROW (object)->rows);
  G_OBJECT_CLASS (quay_row_parent_class)->finalize (object);
}

static void
quay_row_class_init (QuayRowClass *class)
{
  G_OBJECT_CLASS (class)->finalize = quay_row_finalize;
}

static void
quay_row_init (QuayRow *row)
{
}

gpointer
quay_row_value (QuayRow *row)
{
  g_return_val_if_fail (QUAY_IS_ROW (row), NULL);
  return row->value;
}

/* The page that holds a position, and where in it. */
static GPtrArray *
find_page (QuayRowModel *model, guint position, guint *at)
{
  if (position >= model->count)
    return NULL;
  for (guint i = 0; i < model->pages->len; i++)
    {
      GPtrArray *page = model->pages->pdata[i];
      if (position < page->len)
        {
          *at = position;
          return page;
        }
      position -= page->len;
    }
  return NULL;
}

static GType
get_item_type (GListModel *list)
{
  return QUAY_TYPE_ROW;
}

static guint
get_n_items (GListModel *list)
{
  return QUAY_ROW_MODEL (list)->count;
}

static gpointer
get_item (GListModel *list, guint position)
{
  guint at = 0;
  GPtrArray *page = find_page (QUAY_ROW_MODEL (list), position, &at);
  if (page == NULL)
    return NULL;
  QuayRow *row = g_object_new (QUAY_TYPE_ROW, NULL);
  row->rows = g_ptr_array_ref (page);
  row->value = page->pdata[at];
  return row;
}

static void
init_list_model (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (QuayRowModel, quay_row_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, init_list_model))

static void
quay_row_model_finalize (GObject *object)
{
  g_ptr_array_unref (QUAY_ROW_MODEL (object)->pages);
  G_OBJECT_CLASS (quay_row_model_parent_class)->finalize (object);
}

static void
quay_row_model_class_init (QuayRowModelClass *class)
{
  G_OBJECT_CLASS (class)->finalize = quay_row_model_finalize;
}

static void
quay_row_model_init (QuayRowModel *model)
{
  model->pages = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
}

QuayRowModel *
quay_row_model_new (void)
{
  return g_object_new (QUAY_TYPE_ROW_MODEL, NULL);
}

void
quay_row_model_set (QuayRowModel *model, GPtrArray *rows)
{
  quay_row_model_set_part (model, rows, G_MAXUINT);
}

void
quay_row_model_set_part (QuayRowModel *model, GPtrArray *rows, guint most)
{
  g_return_if_fail (QUAY_IS_ROW_MODEL (model));
  guint before = model->count;
  g_ptr_array_set_size (model->pages, 0);
  model->count = rows != NULL ? MIN (rows->len, most) : 0;
  if (rows != NULL)
    g_ptr_array_add (model->pages, rows);
  g_list_model_items_changed (G_LIST_MODEL (model), 0, before, model->count);
}

void
quay_row_model_show_more (QuayRowModel *model, guint most)
{
  g_return_if_fail (QUAY_IS_ROW_MODEL (model));
  guint all = 0;
  guint before = model->count;
  for (guint i = 0; i < model->pages->len; i++)
    all += ((GPtrArray *)model->pages->pdata[i])->len;
  guint n = MIN (all - before, most);
  model->count += n;
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (model), before, 0, n);
}

void
quay_row_model_append (QuayRowModel *model, GPtrArray *rows)
{
  g_return_if_fail (QUAY_IS_ROW_MODEL (model));
  guint before = model->count;
  g_ptr_array_add (model->pages, rows);
  model->count += rows->len;
  g_list_model_items_changed (G_LIST_MODEL (model), before, 0, rows->len);
}

gpointer
quay_row_model_get (QuayRowModel *model, guint position)
{
  guint at = 0;
  GPtrArray *page = find_page (model, position, &at);
  return page != NULL ? page->pdata[at] : NULL;
}

guint
quay_row_model_count (QuayRowModel *model)
{
  return model->count;
}
