/* A list of products for a page: only the numbers are held, each item is read as its row is shown.
 * Thread: main. */
#include "quay-till-private.h"

#include <string.h>

#define KEEP 600 /* objects beyond this that no row holds are let go */

/* --- one item --- */

struct _QuayItemObject
{
  GObject parent_instance;
  QuayItem *item;
};

enum
{
  PROP_0,
  PROP_ITEM,
};

G_DEFINE_FINAL_TYPE (QuayItemObject, quay_item_object, G_TYPE_OBJECT)

const QuayItem *
quay_item_object_get (QuayItemObject *object)
{
  return object->item;
}

static void
quay_item_object_finalize (GObject *object)
{
  quay_item_free (QUAY_ITEM_OBJECT (object)->item);
  G_OBJECT_CLASS (quay_item_object_parent_class)->finalize (object);
}

static void
quay_item_object_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  g_value_set_pointer (value, QUAY_ITEM_OBJECT (object)->item);
}

static void
quay_item_object_class_init (QuayItemObjectClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->finalize = quay_item_object_finalize;
  object_class->get_property = quay_item_object_get_property;
  g_object_class_install_property (
      object_class, PROP_ITEM,
      g_param_spec_pointer ("item", NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
quay_item_object_init (QuayItemObject *object)
{
}

/* --- the list --- */

#define QUAY_TYPE_ITEM_MODEL (quay_item_model_get_type ())
G_DECLARE_FINAL_TYPE (QuayItemModel, quay_item_model, QUAY, ITEM_MODEL, GObject)

struct _QuayItemModel
{
  GObject parent_instance;

  /* owned */
  QuayTill *till;
  char *text;
  char *category;
  GArray *nos;       /* gint64, in order */
  GHashTable *items; /* number → QuayItemObject */

  /* state */
  QuayItemOrder order;
  guint serial;
  gulong handler;
};

static GType
get_item_type (GListModel *list)
{
  return QUAY_TYPE_ITEM_OBJECT;
}

static guint
get_n_items (GListModel *list)
{
  return QUAY_ITEM_MODEL (list)->nos->len;
}

static gboolean
is_unused_cb (gpointer key, gpointer object, gpointer data)
{
  return G_OBJECT (object)->ref_count == 1;
}

static gpointer
get_item (GListModel *list, guint position)
{
  QuayItemModel *model = QUAY_ITEM_MODEL (list);
  if (position >= model->nos->len)
    return NULL;
  gint64 no = g_array_index (model->nos, gint64, position);
  QuayItemObject *object = g_hash_table_lookup (model->items, &no);
  if (object != NULL)
    return g_object_ref (object);
  if (g_hash_table_size (model->items) >= KEEP)
    g_hash_table_foreach_remove (model->items, is_unused_cb, NULL);
  const QuayItem *item = quay_till_peek_item (model->till, no);
  object = g_object_new (QUAY_TYPE_ITEM_OBJECT, NULL);
  object->item = item != NULL ? quay_item_copy (item) : g_new0 (QuayItem, 1);
  object->item->no = no;
  g_hash_table_insert (model->items, g_memdup2 (&no, sizeof no), object);
  return g_object_ref (object);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (QuayItemModel, quay_item_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* Numbers are small and dense: a bit for each. */
static GByteArray *
set_of_nos (GArray *nos)
{
  gint64 most = 0;
  GByteArray *set = g_byte_array_new ();
  for (guint i = 0; i < nos->len; i++)
    most = MAX (most, g_array_index (nos, gint64, i));
  g_byte_array_set_size (set, (guint)(most / 8 + 1));
  memset (set->data, 0, set->len);
  for (guint i = 0; i < nos->len; i++)
    {
      gint64 no = g_array_index (nos, gint64, i);
      set->data[no / 8] |= (guint8)(1 << (no % 8));
    }
  return set;
}

/* Those of @ordered that are also in @wanted, in the order of @ordered; (transfer full). */
static GArray *
keep_wanted (GArray *ordered, GArray *wanted)
{
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GByteArray) set = set_of_nos (wanted);
  for (guint i = 0; i < ordered->len; i++)
    {
      gint64 no = g_array_index (ordered, gint64, i);
      if (no / 8 < set->len && (set->data[no / 8] >> (no % 8) & 1) != 0)
        g_array_append_val (kept, no);
    }
  return kept;
}

static GArray *
load_nos (QuayItemModel *model)
{
  QuayTill *till = model->till;
  model->serial = till->catalog_serial;
  if (model->text == NULL)
    return g_array_copy (quay_till_item_nos (till, model->category, model->order));
  GArray *found = quay_item_search_find (quay_till_need_search (till), model->text, 0);
  gboolean by_rank = model->order == QUAY_ITEMS_BY_RANK;
  if (by_rank && model->category == NULL)
    return found;
  GArray *all = quay_till_item_nos (till, model->category, model->order);
  GArray *kept = by_rank ? keep_wanted (found, all) : keep_wanted (all, found);
  g_array_unref (found);
  return kept;
}

/* Tells about the middle in which two orders differ. */
static void
replace_nos (QuayItemModel *model, GArray *nos)
{
  GArray *old = model->nos;
  guint head = 0;
  guint tail = 0;
  guint common = MIN (old->len, nos->len);
  while (head < common && g_array_index (old, gint64, head) == g_array_index (nos, gint64, head))
    head++;
  while (tail < common - head && g_array_index (old, gint64, old->len - 1 - tail) ==
                                     g_array_index (nos, gint64, nos->len - 1 - tail))
    tail++;
  guint removed = old->len - head - tail;
  guint added = nos->len - head - tail;
  model->nos = nos;
  g_array_unref (old);
  if (removed + added > 0)
    g_list_model_items_changed (G_LIST_MODEL (model), head, removed, added);
}

/* Rows on the screen show what is true now; the others are read again when they come. */
static void
items_changed_cb (QuayTill *till, gpointer data)
{
  GHashTableIter iter;
  gpointer key;
  gpointer value;
  g_autoptr (QuayItemModel) model = g_object_ref (data);
  g_hash_table_foreach_remove (model->items, is_unused_cb, NULL);
  if (model->serial != till->catalog_serial)
    replace_nos (model, load_nos (model));
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_object_unref);
  g_hash_table_iter_init (&iter, model->items);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_ptr_array_add (shown, g_object_ref (value));
  for (guint i = 0; i < shown->len; i++)
    {
      QuayItemObject *object = shown->pdata[i];
      const QuayItem *item = quay_till_peek_item (till, object->item->no);
      if (item == NULL)
        continue;
      quay_item_free (object->item);
      object->item = quay_item_copy (item);
      g_object_notify (G_OBJECT (object), "item");
    }
}

static void
quay_item_model_dispose (GObject *object)
{
  QuayItemModel *model = QUAY_ITEM_MODEL (object);
  if (model->till != NULL)
    g_clear_signal_handler (&model->handler, model->till);
  g_clear_object (&model->till);
  G_OBJECT_CLASS (quay_item_model_parent_class)->dispose (object);
}

static void
quay_item_model_finalize (GObject *object)
{
  QuayItemModel *model = QUAY_ITEM_MODEL (object);
  g_free (model->text);
  g_free (model->category);
  g_array_unref (model->nos);
  g_hash_table_unref (model->items);
  G_OBJECT_CLASS (quay_item_model_parent_class)->finalize (object);
}

static void
quay_item_model_class_init (QuayItemModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = quay_item_model_dispose;
  G_OBJECT_CLASS (klass)->finalize = quay_item_model_finalize;
}

static void
quay_item_model_init (QuayItemModel *model)
{
  model->items = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
}

GListModel *
quay_till_item_model (QuayTill *till, const char *text, const char *category, const char *order)
{
  QuayItemModel *model = g_object_new (QUAY_TYPE_ITEM_MODEL, NULL);
  g_autofree char *words = text != NULL ? g_strstrip (g_strdup (text)) : NULL;
  model->till = g_object_ref (till);
  model->text = words != NULL && *words != '\0' ? g_steal_pointer (&words) : NULL;
  model->category = g_strdup (category);
  model->order = g_strcmp0 (order, "sku") == 0    ? QUAY_ITEMS_BY_SKU
                 : g_strcmp0 (order, "rank") == 0 ? QUAY_ITEMS_BY_RANK
                                                  : QUAY_ITEMS_BY_NAME;
  model->nos = load_nos (model);
  model->handler = g_signal_connect (till, "items-changed", G_CALLBACK (items_changed_cb), model);
  return G_LIST_MODEL (model);
}
