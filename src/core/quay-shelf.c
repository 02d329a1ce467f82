/* Figures of products from their lots. Pure. */
#include "quay-shelf.h"

#include "quay-text.h"

#include <string.h>

#define NARROW_FROM 4 /* a look at one row of four takes as long as one over all of them */

/* --- rows --- */

QuayShelfRow *
quay_shelf_row_new (void)
{
  QuayShelfRow *row = g_atomic_rc_box_new0 (QuayShelfRow);
  row->fold = g_string_new (NULL);
  row->numbers = g_string_new (NULL);
  row->unit_cost = QUAY_DONG (-1);
  return row;
}

QuayShelfRow *
quay_shelf_row_ref (QuayShelfRow *row)
{
  return g_atomic_rc_box_acquire (row);
}

static void
clear_row (gpointer data)
{
  QuayShelfRow *row = data;
  g_free (row->sku);
  g_free (row->name);
  g_free (row->unit);
  g_free (row->category);
  g_free (row->producer);
  g_free (row->lot);
  if (row->fold != NULL)
    g_string_free (row->fold, TRUE);
  if (row->numbers != NULL)
    g_string_free (row->numbers, TRUE);
}

void
quay_shelf_row_unref (QuayShelfRow *row)
{
  g_atomic_rc_box_release_full (row, clear_row);
}

/* What @qty of the row's product costs by @terms at the shelf price. */
static gboolean
cost_of (const QuayShelfRow *row, const QuayTerms *terms, QuayQty qty, QuayMoney *cost)
{
  QuayMoney worth, net;
  if (!quay_money_times_qty (row->price, qty, &worth))
    return FALSE;
  net = worth;
  if (row->rate_bp > 0 && !quay_muldiv (worth.dong, 10000, 10000 + row->rate_bp, &net.dong))
    return FALSE;
  return quay_terms_cost (terms, qty, worth, net, row->price, cost);
}

static gboolean
add_value (QuayShelfRow *row, const QuayTerms *terms, QuayMoney value)
{
  return quay_money_add (row->value, value, &row->value) &&
         (!quay_terms_are_consigned (terms) ||
          quay_money_add (row->consigned, value, &row->consigned));
}

static gboolean
same_terms (const QuayTerms *a, const QuayTerms *b)
{
  return a->kind == b->kind && (a->kind == QUAY_TERMS_OWN || a->commission_bp == b->commission_bp);
}

static QuayShelfTerms
how_of (const QuayTerms *terms)
{
  return terms->kind == QUAY_TERMS_NONE     ? QUAY_SHELF_UNKNOWN
         : quay_terms_are_consigned (terms) ? QUAY_SHELF_CONSIGNED
                                            : QUAY_SHELF_OWN;
}

static void
take_terms (QuayShelfRow *row, const QuayTerms *terms)
{
  if (row->lots++ == 0)
    {
      row->terms = *terms;
      row->how = how_of (terms);
    }
  else if (!same_terms (&row->terms, terms))
    row->how = QUAY_SHELF_MIXED;
}

static void
take_days (QuayShelfRow *row, const QuayShelfLot *lot, QuayDay day)
{
  if (lot->blocked)
    row->state |= QUAY_SHELF_BLOCKED;
  if (lot->expires == 0)
    return;
  if (lot->expires < day)
    row->state |= QUAY_SHELF_EXPIRED;
  else if (lot->expires <= quay_day_add (day, QUAY_SHELF_LOT_DAYS))
    {
      row->state |= QUAY_SHELF_SOON;
      row->soon++;
    }
  if (row->expires != 0 && row->expires <= lot->expires)
    return;
  row->expires = lot->expires;
  g_free (row->lot);
  row->lot = g_strdup (lot->code);
}

gboolean
quay_shelf_row_add (QuayShelfRow *row, const QuayShelfLot *lot, QuayQty qty, QuayDay day)
{
  QuayMoney value;
  if (!quay_qty_add (row->stock, qty, &row->stock))
    return FALSE;
  if (lot == NULL)
    return quay_qty_add (row->loose, qty, &row->loose);
  if (qty.milli < 0)
    row->state |= QUAY_SHELF_NEGATIVE;
  if (qty.milli > 0)
    {
      take_terms (row, &lot->terms);
      take_days (row, lot, day);
    }
  return cost_of (row, &lot->terms, qty, &value) && add_value (row, &lot->terms, value);
}

gboolean
quay_shelf_row_add_inside (QuayShelfRow *row, const QuayShelfRow *inside, const QuayShelfLot *lot,
                           QuayQty qty)
{
  QuayMoney value;
  return lot == NULL ||
         (cost_of (inside, &lot->terms, qty, &value) && add_value (row, &lot->terms, value));
}

QuayQty
quay_shelf_order (QuayQty stock, QuayQty minimum, QuayQty sold, gint64 lead_days, gint64 cover_days,
                  gboolean weighed)
{
  gint64 until = 0, after = 0;
  if (!quay_muldiv (sold.milli, lead_days, QUAY_SHELF_RATE_DAYS, &until) ||
      !quay_muldiv (sold.milli, lead_days + cover_days, QUAY_SHELF_RATE_DAYS, &after) ||
      !quay_qty_in_range (QUAY_MILLI (after)) || stock.milli >= minimum.milli + until)
    return QUAY_MILLI (0);
  gint64 lacks = minimum.milli + after - stock.milli;
  if (!weighed)
    lacks = (lacks + 999) / 1000 * 1000;
  return QUAY_MILLI (MAX (lacks, 0));
}

/* Loose goods are worth what the lot that came last costs. */
static gboolean
value_loose (QuayShelfRow *row, const QuayTerms *last)
{
  QuayMoney value;
  if (last == NULL || row->loose.milli == 0)
    return TRUE;
  return cost_of (row, last, row->loose, &value) && add_value (row, last, value);
}

static gboolean
take_unit_cost (QuayShelfRow *row, const QuayTerms *last)
{
  if (row->stock.milli > 0 && row->value.dong > 0)
    return quay_muldiv (row->value.dong, 1000, row->stock.milli, &row->unit_cost.dong);
  return last == NULL || cost_of (row, last, QUAY_UNITS (1), &row->unit_cost);
}

gboolean
quay_shelf_row_finish (QuayShelfRow *row, const QuayTerms *last, const QuayShelfAsk *ask)
{
  if (last != NULL && row->lots == 0)
    {
      row->terms = *last;
      row->how = how_of (last);
    }
  if (row->parts > 0)
    row->how = QUAY_SHELF_BASKET;
  if (!value_loose (row, last) || !take_unit_cost (row, last))
    return FALSE;
  if (row->stock.milli < 0)
    row->state |= QUAY_SHELF_NEGATIVE;
  if (row->active && row->stock.milli < row->minimum.milli)
    row->state |= QUAY_SHELF_SHORT;
  if (row->active && row->stars_until >= ask->day &&
      row->stars_until <= quay_day_add (ask->day, QUAY_SHELF_CERTIFICATE_DAYS))
    row->state |= QUAY_SHELF_CERTIFICATE;
  if (row->active && row->parts == 0)
    row->order = quay_shelf_order (row->stock, row->minimum, row->sold, ask->lead_days,
                                   ask->cover_days, row->weighed);
  if (row->order.milli > 0)
    row->state |= QUAY_SHELF_ORDER;
  return TRUE;
}

/* --- all --- */

QuayShelf *
quay_shelf_new (const QuayShelfAsk *ask)
{
  QuayShelf *shelf = g_new0 (QuayShelf, 1);
  shelf->ask = *ask;
  shelf->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_shelf_row_unref);
  shelf->order.column = -1;
  shelf->folds = g_string_new (NULL);
  shelf->numbers = g_string_new (NULL);
  shelf->fold_at = g_array_new (FALSE, FALSE, sizeof (gsize));
  shelf->numbers_at = g_array_new (FALSE, FALSE, sizeof (gsize));
  return shelf;
}

void
quay_shelf_free (QuayShelf *shelf)
{
  if (shelf == NULL)
    return;
  g_ptr_array_unref (shelf->rows);
  g_clear_pointer (&shelf->order.rows, g_ptr_array_unref);
  g_clear_pointer (&shelf->order.indexes, g_array_unref);
  g_free (shelf->found.key);
  g_free (shelf->found.marks);
  g_string_free (shelf->folds, TRUE);
  g_string_free (shelf->numbers, TRUE);
  g_array_unref (shelf->fold_at);
  g_array_unref (shelf->numbers_at);
  g_free (shelf);
}

static int
compare_names (gconstpointer a, gconstpointer b, gpointer data)
{
  GHashTable *keys = data;
  GBytes *x = g_hash_table_lookup (keys, *(const char *const *)a);
  GBytes *y = g_hash_table_lookup (keys, *(const char *const *)b);
  return g_bytes_compare (x, y);
}

static const char *
producer_of (const QuayShelfRow *row)
{
  return row->producer != NULL ? row->producer : "";
}

static void
place_producers (QuayShelf *shelf)
{
  g_autoptr (GHashTable) keys =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_bytes_unref);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (guint i = 0; i < shelf->rows->len; i++)
    {
      const char *name = producer_of (shelf->rows->pdata[i]);
      if (g_hash_table_contains (keys, name))
        continue;
      g_hash_table_insert (keys, (gpointer)name, quay_text_sort_key (name));
      g_ptr_array_add (names, (gpointer)name);
    }
  g_ptr_array_sort_with_data (names, compare_names, keys);
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < names->len; i++)
    g_hash_table_insert (places, names->pdata[i], GUINT_TO_POINTER (i));
  for (guint i = 0; i < shelf->rows->len; i++)
    {
      QuayShelfRow *row = shelf->rows->pdata[i];
      row->by_producer = GPOINTER_TO_UINT (g_hash_table_lookup (places, producer_of (row)));
    }
}

static gboolean
has_digit (const char *text)
{
  return text[strcspn (text, "0123456789")] != '\0';
}

void
quay_shelf_row_add_key (QuayShelfRow *row, const char *key)
{
  GString *to = has_digit (key) ? row->numbers : row->fold;
  g_string_append_c (to, ' ');
  g_string_append (to, key);
}

/* Behind each row's key stands a line's end, which no word has. */
static void
move_key (GString **key, GString *all, GArray *at)
{
  g_array_append_val (at, all->len);
  g_string_append_len (all, (*key)->str, (gssize)(*key)->len);
  g_string_append_c (all, '\n');
  g_string_free (*key, TRUE);
  *key = NULL;
}

void
quay_shelf_index (QuayShelf *shelf)
{
  for (guint i = 0; i < shelf->rows->len; i++)
    {
      QuayShelfRow *row = shelf->rows->pdata[i];
      move_key (&row->fold, shelf->folds, shelf->fold_at);
      move_key (&row->numbers, shelf->numbers, shelf->numbers_at);
    }
}

gboolean
quay_shelf_finish (QuayShelf *shelf)
{
  QuayShelfSums *sums = &shelf->sums;
  quay_shelf_index (shelf);
  place_producers (shelf);
  for (guint i = 0; i < shelf->rows->len; i++)
    {
      const QuayShelfRow *row = shelf->rows->pdata[i];
      if (!quay_money_add (sums->value, row->value, &sums->value) ||
          !quay_money_add (sums->consigned, row->consigned, &sums->consigned))
        return FALSE;
      sums->shorts += (row->state & QUAY_SHELF_SHORT) != 0;
      sums->soon += row->soon;
      sums->certificates += (row->state & QUAY_SHELF_CERTIFICATE) != 0;
    }
  shelf->whole = TRUE;
  return TRUE;
}

QuayQty
quay_shelf_row_free_qty (const QuayShelfRow *row)
{
  return QUAY_MILLI (row->stock.milli + row->makes.milli - row->kept.milli);
}

/* --- orders --- */

typedef struct
{
  gint64 key;
  guint at;
} Sorted;

/* What is worst comes last. */
static gint64
urgency (const QuayShelfRow *row)
{
  static const guint worst[] = { QUAY_SHELF_NEGATIVE, QUAY_SHELF_EXPIRED, QUAY_SHELF_BLOCKED,
                                 QUAY_SHELF_SHORT,    QUAY_SHELF_SOON,    QUAY_SHELF_CERTIFICATE,
                                 QUAY_SHELF_ORDER };
  gint64 key = 0;
  for (guint i = 0; i < G_N_ELEMENTS (worst); i++)
    key = key * 2 + ((row->state & worst[i]) != 0);
  return key;
}

static gint64
key_of (const QuayShelfRow *row, QuayShelfColumn column, guint at)
{
  switch (column)
    {
    case QUAY_SHELF_BY_NAME:
      return at;
    case QUAY_SHELF_BY_PRODUCER:
      return row->by_producer;
    case QUAY_SHELF_BY_TERMS:
      return row->how * G_GINT64_CONSTANT (100000) + row->terms.commission_bp;
    case QUAY_SHELF_BY_STOCK:
      return row->stock.milli;
    case QUAY_SHELF_BY_MINIMUM:
      return row->minimum.milli;
    case QUAY_SHELF_BY_COST:
      return row->unit_cost.dong;
    case QUAY_SHELF_BY_VALUE:
      return row->value.dong;
    case QUAY_SHELF_BY_EXPIRY:
      return row->expires != 0 ? row->expires : 99991231;
    case QUAY_SHELF_BY_STATE:
      return urgency (row);
    case QUAY_SHELF_BY_SOLD:
      return row->sold.milli;
    case QUAY_SHELF_BY_ORDER:
      return row->order.milli;
    case QUAY_SHELF_BY_FREE:
      return quay_shelf_row_free_qty (row).milli;
    }
  return at;
}

static int
compare_sorted (gconstpointer a, gconstpointer b)
{
  const Sorted *x = a, *y = b;
  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  return (x->at > y->at) - (x->at < y->at);
}

/* All rows in an order, borrowed; kept, since each key typed asks for it again. */
static GPtrArray *
in_order (QuayShelf *shelf, QuayShelfColumn column, gboolean descending)
{
  if (shelf->order.column == (int)column && shelf->order.descending == descending)
    return shelf->order.rows;
  guint n = shelf->rows->len;
  g_autofree Sorted *sorted = g_new (Sorted, n);
  for (guint i = 0; i < n; i++)
    {
      gint64 key = key_of (shelf->rows->pdata[i], column, i);
      sorted[i] = (Sorted){ descending ? -key : key, i };
    }
  qsort (sorted, n, sizeof *sorted, compare_sorted);
  g_clear_pointer (&shelf->order.rows, g_ptr_array_unref);
  shelf->order.rows = g_ptr_array_sized_new (n);
  g_clear_pointer (&shelf->order.indexes, g_array_unref);
  shelf->order.indexes = g_array_sized_new (FALSE, FALSE, sizeof (guint), n);
  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_add (shelf->order.rows, shelf->rows->pdata[sorted[i].at]);
      g_array_append_val (shelf->order.indexes, sorted[i].at);
    }
  shelf->order.column = (int)column;
  shelf->order.descending = descending;
  return shelf->order.rows;
}

/* --- filters --- */

/* Marks the rows in whose key @word is. All keys lie behind each other, so that one look goes over
 * them without a jump. */
static void
mark (const GString *all, const GArray *at, const char *word, guint8 *marks)
{
  const char *found = all->str;
  guint row = 0;
  while ((found = strstr (found, word)) != NULL)
    {
      gsize offset = (gsize)(found - all->str);
      while (row + 1 < at->len && g_array_index (at, gsize, row + 1) <= offset)
        row++;
      marks[row] = 1;
      if (row + 1 == at->len)
        return;
      found = all->str + g_array_index (at, gsize, row + 1);
    }
}

static gboolean
has_word (const GString *all, const GArray *at, guint row, const char *word)
{
  gsize from = g_array_index (at, gsize, row);
  gsize to = row + 1 < at->len ? g_array_index (at, gsize, row + 1) : all->len;
  return memmem (all->str + from, to - from, word, strlen (word)) != NULL;
}

/* Looks at each row that is marked for the words from @first on. */
static void
look_at_marked (QuayShelf *shelf, char **words, guint first)
{
  guint8 *marks = shelf->found.marks;
  for (guint row = 0; row < shelf->rows->len; row++)
    for (guint i = first; marks[row] && words[i] != NULL; i++)
      marks[row] =
          has_word (shelf->folds, shelf->fold_at, row, words[i]) ||
          (has_digit (words[i]) && has_word (shelf->numbers, shelf->numbers_at, row, words[i]));
}

static void
look_at_all (QuayShelf *shelf, char **words)
{
  guint n = shelf->rows->len;
  memset (shelf->found.marks, 1, n);
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree guint8 *marks = g_malloc0 (n + 1);
      mark (shelf->folds, shelf->fold_at, words[i], marks);
      if (has_digit (words[i]))
        mark (shelf->numbers, shelf->numbers_at, words[i], marks);
      for (guint k = 0; k < n; k++)
        shelf->found.marks[k] &= marks[k];
    }
}

static guint
count_words (const char *key)
{
  guint n = 1;
  while ((key = strchr (key, ' ')) != NULL)
    {
      key++;
      n++;
    }
  return n;
}

/* Whether only rows that the last search left can have @words, of which those before @first are as
 * they were: not if a word gets its first figure, and so is looked for in lots, too. */
static gboolean
goes_on (const QuayShelf *shelf, const char *key, char **words, guint first)
{
  const char *before = shelf->found.key;
  if (before == NULL || !g_str_has_prefix (key, before))
    return FALSE;
  const char *space = strrchr (before, ' ');
  return has_digit (space != NULL ? space : before) || !has_digit (words[first]);
}

/* Which rows have all words, borrowed until the next search; NULL: all of them. If few rows are
 * left and the search goes on, only they are looked at. */
static const guint8 *
find_words (QuayShelf *shelf, const char *text)
{
  guint n = shelf->rows->len;
  g_autofree char *key = text != NULL ? quay_text_search_key (text) : NULL;
  if (key == NULL || *key == '\0')
    return NULL;
  g_auto (GStrv) words = g_strsplit (key, " ", -1);
  guint first = shelf->found.key != NULL ? count_words (shelf->found.key) - 1 : 0;
  if (shelf->found.marks == NULL)
    shelf->found.marks = g_malloc (n + 1);
  if (shelf->found.n < n / NARROW_FROM && goes_on (shelf, key, words, first))
    look_at_marked (shelf, words, first);
  else
    look_at_all (shelf, words);
  shelf->found.n = 0;
  for (guint i = 0; i < n; i++)
    shelf->found.n += shelf->found.marks[i];
  g_free (shelf->found.key);
  shelf->found.key = g_steal_pointer (&key);
  return shelf->found.marks;
}

static gboolean
passes (const QuayShelfRow *row, const QuayShelfFilter *filter)
{
  if (!row->active && row->stock.milli == 0)
    return FALSE;
  if (filter->state != 0 && (row->state & filter->state) == 0)
    return FALSE;
  if (filter->how >= 0 && (int)row->how != filter->how)
    return FALSE;
  return filter->category == NULL || g_strcmp0 (filter->category, row->category) == 0;
}

GPtrArray *
quay_shelf_select (QuayShelf *shelf, const QuayShelfFilter *filter, QuayShelfColumn column,
                   gboolean descending)
{
  const guint8 *found = find_words (shelf, filter->text);
  GPtrArray *ordered = in_order (shelf, column, descending);
  GPtrArray *rows = g_ptr_array_sized_new (ordered->len);
  for (guint i = 0; i < ordered->len; i++)
    {
      guint index = g_array_index (shelf->order.indexes, guint, i);
      if ((found == NULL || found[index]) && passes (ordered->pdata[i], filter))
        g_ptr_array_add (rows, ordered->pdata[i]);
    }
  return rows;
}
