/* The columns of the table of stock. Main thread. */
#include "quay-stock-columns.h"

#include "quay-stock-model.h"
#include "quay-table.h"
#include "quay-ui.h"

#include <string.h>

static const QuayShelfRow *
row_of (gpointer object)
{
  return quay_stock_slot_get (QUAY_STOCK_SLOT (object));
}

static const char *
unit_of (const QuayShelfRow *row)
{
  return row->weighed ? row->unit : NULL;
}

static void
bind_name (GtkWidget *cell, gpointer object, gpointer data)
{
  const QuayShelfRow *row = row_of (object);
  quay_table_set_text (cell, row->name);
  quay_ui_toggle_class (cell, "off", !row->active);
}

static void
bind_producer (GtkWidget *cell, gpointer object, gpointer data)
{
  const QuayShelfRow *row = row_of (object);
  if (row->parts == 0)
    {
      quay_table_set_text (cell, row->producer != NULL ? row->producer : "");
      return;
    }
  g_autofree char *text =
      g_strdup_printf (ngettext ("%u product", "%u products", row->parts), row->parts);
  quay_table_set_text (cell, text);
}

char *
quay_stock_terms_text (const QuayTerms *terms, QuayShelfTerms how)
{
  g_autofree char *percent = NULL;
  switch (how)
    {
    case QUAY_SHELF_OWN:
      return g_strdup (_ ("Bought"));
    case QUAY_SHELF_BASKET:
      return g_strdup (_ ("Basket"));
    case QUAY_SHELF_MIXED:
      return g_strdup (_ ("Several terms"));
    case QUAY_SHELF_CONSIGNED:
      if (terms->kind == QUAY_TERMS_TRANSFER)
        return g_strdup (_ ("Consigned, fixed"));
      percent = quay_format_percent (terms->commission_bp);
      return g_strdup_printf (_ ("Consigned %s"), percent);
    case QUAY_SHELF_UNKNOWN:
      break;
    }
  return g_strdup ("");
}

static void
bind_terms (GtkWidget *cell, gpointer object, gpointer data)
{
  const QuayShelfRow *row = row_of (object);
  g_autofree char *text = quay_stock_terms_text (&row->terms, row->how);
  quay_table_set_text (cell, text);
  quay_table_set_badge (cell, "plain");
}

static void
bind_stock (GtkWidget *cell, gpointer object, gpointer data)
{
  const QuayShelfRow *row = row_of (object);
  quay_ui_toggle_class (cell, "bad-text",
                        (row->state & (QUAY_SHELF_SHORT | QUAY_SHELF_NEGATIVE)) != 0);
  if (row->parts == 0)
    {
      quay_table_set_qty (cell, row->stock, unit_of (row));
      return;
    }
  g_autofree char *n = quay_format_qty (QUAY_MILLI (row->stock.milli + row->makes.milli), NULL);
  /* Translators: so many baskets stand there or can be made of what is there. */
  g_autofree char *text = g_strdup_printf (_ ("enough for %s"), n);
  quay_table_set_text (cell, text);
}

static void
set_qty (GtkWidget *cell, const QuayShelfRow *row, QuayQty qty)
{
  if (qty.milli == 0)
    quay_table_set_text (cell, "—");
  else
    quay_table_set_qty (cell, qty, unit_of (row));
}

static void
bind_minimum (GtkWidget *cell, gpointer object, gpointer data)
{
  set_qty (cell, row_of (object), row_of (object)->minimum);
}

static void
bind_cost (GtkWidget *cell, gpointer object, gpointer data)
{
  const QuayShelfRow *row = row_of (object);
  if (row->unit_cost.dong < 0)
    quay_table_set_text (cell, "—");
  else
    quay_table_set_money (cell, row->unit_cost);
}

static void
bind_value (GtkWidget *cell, gpointer object, gpointer data)
{
  const QuayShelfRow *row = row_of (object);
  if (row->value.dong == 0)
    quay_table_set_text (cell, "—");
  else
    quay_table_set_money (cell, row->value);
}

/* "10/11/27" */
static char *
short_day (QuayDay day)
{
  return g_strdup_printf ("%02d/%02d/%02d", day % 100, day / 100 % 100, day / 10000 % 100);
}

static void
bind_lot (GtkWidget *cell, gpointer object, gpointer data)
{
  const QuayShelfRow *row = row_of (object);
  if (row->expires == 0)
    {
      quay_table_set_text (cell, row->parts > 0 ? _ ("by its parts") : "—");
      return;
    }
  g_autofree char *day = short_day (row->expires);
  g_autofree char *text =
      row->lot != NULL ? g_strdup_printf ("%s · %s", row->lot, day) : g_strdup (day);
  quay_table_set_text (cell, text);
}

static void
bind_sold (GtkWidget *cell, gpointer object, gpointer data)
{
  set_qty (cell, row_of (object), row_of (object)->sold);
}

static void
bind_order (GtkWidget *cell, gpointer object, gpointer data)
{
  set_qty (cell, row_of (object), row_of (object)->order);
}

static void
bind_free (GtkWidget *cell, gpointer object, gpointer data)
{
  const QuayShelfRow *row = row_of (object);
  QuayQty left = quay_shelf_row_free_qty (row);
  quay_ui_toggle_class (cell, "bad-text", row->kept.milli > 0 && left.milli < 0);
  quay_table_set_qty (cell, left, unit_of (row));
}

static int
days_until (QuayDay from, QuayDay to)
{
  int n = 0;
  while (n <= QUAY_SHELF_LOT_DAYS && quay_day_add (from, n) < to)
    n++;
  return n;
}

/* What is worst, in a few words. */
static char *
state_text (const QuayShelfRow *row, QuayDay today, const char **class)
{
  *class = "bad";
  if (row->state & QUAY_SHELF_NEGATIVE)
    return g_strdup (_ ("Below 0"));
  if (row->state & QUAY_SHELF_EXPIRED)
    return g_strdup (_ ("Expired lot"));
  if (row->state & QUAY_SHELF_BLOCKED)
    return g_strdup (_ ("Held back"));
  if (row->state & QUAY_SHELF_SHORT)
    return g_strdup (_ ("Running out"));
  *class = "warn";
  if (row->state & QUAY_SHELF_SOON)
    {
      int n = days_until (today, row->expires);
      return n == 0 ? g_strdup (_ ("Last day"))
                    : g_strdup_printf (ngettext ("%d day left", "%d days left", (gulong)n), n);
    }
  if (row->state & QUAY_SHELF_CERTIFICATE)
    {
      g_autofree char *day = short_day (row->stars_until);
      return g_strdup_printf (_ ("OCOP ends %s"), day);
    }
  *class = "plain";
  return g_strdup (row->state & QUAY_SHELF_ORDER ? _ ("Order now") : "");
}

static void
bind_state (GtkWidget *cell, gpointer object, gpointer data)
{
  const char *class = "plain";
  const QuayDay *today = data;
  g_autofree char *text = state_text (row_of (object), *today, &class);
  quay_table_set_text (cell, text);
  quay_table_set_badge (cell, class);
}

/* In the order of QuayStockColumn. */
static const struct
{
  const char *name;
  const char *title;
  QuayTableFlags flags;
  int width;
  QuayTableBind bind;
  QuayShelfColumn order;
} columns[QUAY_N_STOCK_COLUMNS] = {
  { "producer", N_ ("Producer"), QUAY_TABLE_EXPAND, 15, bind_producer, QUAY_SHELF_BY_PRODUCER },
  { "terms", N_ ("Terms"), QUAY_TABLE_BADGE, 14, bind_terms, QUAY_SHELF_BY_TERMS },
  { "stock", N_ ("On hand"), QUAY_TABLE_NUMBER, 9, bind_stock, QUAY_SHELF_BY_STOCK },
  { "minimum", N_ ("Minimum"), QUAY_TABLE_NUMBER, 8, bind_minimum, QUAY_SHELF_BY_MINIMUM },
  { "cost", N_ ("Unit cost"), QUAY_TABLE_NUMBER, 8, bind_cost, QUAY_SHELF_BY_COST },
  { "value", N_ ("Value"), QUAY_TABLE_NUMBER, 11, bind_value, QUAY_SHELF_BY_VALUE },
  { "lot", N_ ("Lot nearest its end"), QUAY_TABLE_TEXT, 16, bind_lot, QUAY_SHELF_BY_EXPIRY },
  { "sold", N_ ("Sold in 28 days"), QUAY_TABLE_NUMBER, 9, bind_sold, QUAY_SHELF_BY_SOLD },
  { "order", N_ ("To order"), QUAY_TABLE_NUMBER, 8, bind_order, QUAY_SHELF_BY_ORDER },
  { "free", N_ ("Can be sold"), QUAY_TABLE_NUMBER, 9, bind_free, QUAY_SHELF_BY_FREE },
  { "state", N_ ("State"), QUAY_TABLE_BADGE, 18, bind_state, QUAY_SHELF_BY_STATE },
};

#define SHOWN_FIRST "producer,terms,stock,minimum,cost,value,lot,state"

void
quay_stock_columns_add (GtkWidget *table, const QuayDay *today)
{
  quay_table_add (table, _ ("Product"), QUAY_TABLE_STRONG | QUAY_TABLE_EXPAND, 26, bind_name, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    quay_table_add (table, _ (columns[i].title), columns[i].flags, columns[i].width,
                    columns[i].bind, (gpointer)today);
}

const char *
quay_stock_column_title (QuayStockColumn column)
{
  return _ (columns[column].title);
}

const char *
quay_stock_column_name (QuayStockColumn column)
{
  return columns[column].name;
}

guint
quay_stock_columns_from_text (const char *text)
{
  guint bits = 0;
  g_auto (GStrv) names = g_strsplit (text != NULL ? text : SHOWN_FIRST, ",", -1);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (g_strv_contains ((const char *const *)names, columns[i].name))
      bits |= 1u << i;
  return bits;
}

char *
quay_stock_columns_to_text (guint bits)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (bits >> i & 1)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "", columns[i].name);
  return g_strdup (text->len > 0 ? text->str : "-");
}

QuayShelfColumn
quay_stock_column_order (int column)
{
  return column >= 1 && column <= QUAY_N_STOCK_COLUMNS ? columns[column - 1].order
                                                       : QUAY_SHELF_BY_NAME;
}
