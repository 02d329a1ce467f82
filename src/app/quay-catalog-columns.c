/* What the catalogue's table shows of a product in each column. The names of categories are read
 * once: they change with a new version of the shop's file only.
 * Main thread. */
#include "quay-catalog-columns.h"

#include "quay-language.h"
#include "quay-table.h"
#include "quay-tax.h"
#include "quay-ui.h"

#define SOON_DAYS 90

typedef struct
{
  QuayTill *till;         /* borrowed */
  GHashTable *categories; /* code → name */
} Names;

static void
free_names (Names *names)
{
  g_hash_table_unref (names->categories);
  g_free (names);
}

const char *
quay_catalog_category_name (const QuayCategory *category)
{
  const char *name = quay_language_get ()[0] == 'v' ? category->name_vi : category->name_en;
  return name != NULL && name[0] != '\0' ? name : category->code;
}

static GHashTable *
read_categories (QuayTill *till)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) categories = quay_till_all_categories (till);
  for (guint i = 0; categories != NULL && i < categories->len; i++)
    {
      const QuayCategory *category = categories->pdata[i];
      g_hash_table_insert (table, g_strdup (category->code),
                           g_strdup (quay_catalog_category_name (category)));
    }
  return table;
}

char *
quay_catalog_certificate (const QuayItem *item, QuayDay today, const char **class)
{
  *class = "warn";
  if (item->titled == 0)
    return g_strdup ("");
  g_autofree char *until = item->stars_until != 0 ? quay_day_to_vi (item->stars_until) : NULL;
  if (item->stars == 0)
    {
      *class = "bad";
      if (until != NULL && item->stars_until < today)
        return g_strdup_printf (_ ("OCOP expired %s"), until);
      return g_strdup (_ ("OCOP not valid yet"));
    }
  g_autofree char *stars = g_strdup_printf ("★" QUAY_NBSP "%d", (int)item->stars);
  if (until != NULL && item->stars_until <= quay_day_add (today, SOON_DAYS))
    return g_strdup_printf (_ ("%s · until %s"), stars, until);
  *class = "good";
  return g_steal_pointer (&stars);
}

static const QuayItem *
get_item (gpointer item)
{
  return quay_item_object_get (QUAY_ITEM_OBJECT (item));
}

static void
bind_sku (GtkWidget *label, gpointer object, gpointer data)
{
  const QuayItem *item = get_item (object);
  quay_table_set_text (label, item->sku);
  quay_ui_toggle_class (label, "off", !item->active);
}

static void
bind_name (GtkWidget *label, gpointer object, gpointer data)
{
  const QuayItem *item = get_item (object);
  quay_table_set_text (label, item->name);
  quay_ui_toggle_class (label, "off", !item->active);
}

static void
bind_producer (GtkWidget *label, gpointer object, gpointer data)
{
  const QuayItem *item = get_item (object);
  quay_table_set_text (label, item->producer_name != NULL ? item->producer_name : "");
}

static void
bind_category (GtkWidget *label, gpointer object, gpointer data)
{
  const QuayItem *item = get_item (object);
  const Names *names = data;
  const char *name = NULL;
  if (item->category != NULL)
    name = g_hash_table_lookup (names->categories, item->category);
  quay_table_set_text (label, name != NULL ? name : (item->category != NULL ? item->category : ""));
}

static void
bind_price (GtkWidget *label, gpointer object, gpointer data)
{
  const QuayItem *item = get_item (object);
  quay_ui_toggle_class (label, "bad-text", !item->has_price);
  if (!item->has_price)
    {
      quay_table_set_text (label, _ ("no price"));
      return;
    }
  g_autofree char *price = quay_format_money (item->price, QUAY_MONEY_BARE);
  g_autofree char *text =
      item->weighed ? g_strdup_printf ("%s/%s", price, item->unit) : g_strdup (price);
  quay_table_set_text (label, text);
}

static void
bind_stock (GtkWidget *label, gpointer object, gpointer data)
{
  const QuayItem *item = get_item (object);
  quay_table_set_qty (label, item->stock, item->weighed ? item->unit : NULL);
  quay_ui_toggle_class (label, "bad-text",
                        item->stock.milli < 0 ||
                            (item->minimum.milli > 0 && item->stock.milli <= item->minimum.milli));
}

static void
bind_vat (GtkWidget *label, gpointer object, gpointer data)
{
  const QuayItem *item = get_item (object);
  if (item->rate_bp == QUAY_RATE_NOT_TAXED)
    {
      /* Translators: goods outside VAT, as on invoices (KCT). */
      quay_table_set_text (label, _ ("none"));
      return;
    }
  g_autofree char *rate = quay_format_percent (item->rate_bp);
  quay_table_set_text (label, rate);
}

static void
bind_state (GtkWidget *label, gpointer object, gpointer data)
{
  const QuayItem *item = get_item (object);
  const Names *names = data;
  const char *class = "plain";
  g_autofree char *text = item->active
                              ? quay_catalog_certificate (item, quay_till_day (names->till), &class)
                              : g_strdup (_ ("not sold now"));
  quay_table_set_text (label, text);
  quay_table_set_badge (label, class);
}

void
quay_catalog_columns_add (GtkWidget *table, QuayTill *till)
{
  Names *names = g_new0 (Names, 1);
  names->till = till;
  names->categories = read_categories (till);
  g_object_set_data_full (G_OBJECT (table), "quay-names", names, (GDestroyNotify)free_names);

  quay_table_add (table, _ ("Code"), QUAY_TABLE_QUIET, 9, bind_sku, names);
  quay_table_add (table, _ ("Product"), QUAY_TABLE_STRONG | QUAY_TABLE_EXPAND, 24, bind_name,
                  names);
  quay_table_add (table, _ ("Producer"), QUAY_TABLE_EXPAND, 17, bind_producer, names);
  quay_table_add (table, _ ("Group"), QUAY_TABLE_SPARE, 17, bind_category, names);
  quay_table_add (table, _ ("Price"), QUAY_TABLE_NUMBER, 10, bind_price, names);
  quay_table_add (table, _ ("Stock"), QUAY_TABLE_NUMBER, 7, bind_stock, names);
  quay_table_add (table, _ ("VAT"), QUAY_TABLE_NUMBER, 4, bind_vat, names);
  quay_table_add (table, _ ("OCOP"), QUAY_TABLE_BADGE, 22, bind_state, names);
}
