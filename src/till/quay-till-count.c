/* Counts as verbs: start, observe, choose, approve, correct. Thread: main. */
#include "quay-till-count-private.h"

#include "quay-till-facts.h"
#include "quay-till-goods.h"

#include "quay-body-stock.h"
#include "quay-error.h"
#include "quay-reader-count.h"
#include "quay-reader-lots.h"
#include "quay-store-sync.h"

#include <string.h>

#define NAME_CHARS 60
#define LATE_DAYS 45  /* a closed count is looked at for so long */
#define SELLS_DAYS 90 /* a till that moved nothing there for so long is not waited for */
#define DAY_MS (G_GINT64_CONSTANT (24) * 3600 * 1000)
#define PICKS_PER_EVENT 400 /* each takes about 120 bytes */
#define SEEN_PER_EVENT 200
#define PICK_PREFIX "seen:"
#define BEAR_PREFIX "bear:"

/* --- reading --- */

QuayCount *
quay_till_count (QuayTill *till, const QuayId *id)
{
  g_autoptr (GHashTable) facts = quay_reader_facts (till->reader, "count", id);
  if (g_hash_table_lookup (facts, "name") == NULL)
    return NULL;
  QuayCount *count = g_new0 (QuayCount, 1);
  count->id = *id;
  count->name = quay_facts_dup_text (facts, "name");
  count->scope = quay_facts_dup_text (facts, "scope");
  count->blind = quay_facts_get_number (facts, "blind", 0) != 0;
  count->loc = quay_facts_get_id (facts, "loc");
  count->opened = (QuayDay)quay_facts_get_number (facts, "opened", 0);
  count->closed = (QuayDay)quay_facts_get_number (facts, "closed", 0);
  g_autoptr (GHashTable) place = quay_reader_facts (till->reader, "location", &count->loc);
  count->loc_name = quay_facts_dup_text (place, "name");
  count->seen = quay_reader_count_n_seen (till->reader, id);
  count->late = -1;
  return count;
}

static int
compare_counts (gconstpointer a, gconstpointer b)
{
  const QuayCount *x = *(const QuayCount *const *)a;
  const QuayCount *y = *(const QuayCount *const *)b;
  if ((x->closed != 0) != (y->closed != 0))
    return x->closed != 0 ? 1 : -1;
  return x->opened != y->opened ? (x->opened < y->opened ? 1 : -1)
                                : quay_id_compare (&y->id, &x->id);
}

static gint64
count_late (QuayTill *till, const QuayCount *count)
{
  gint64 n = 0;
  g_autoptr (GPtrArray) lines = quay_till_count_lines (till, &count->id, NULL);
  for (guint i = 0; i < lines->len; i++)
    {
      const QuayCountLine *line = lines->pdata[i];
      n += line->counts && line->pending.milli != 0 ? 1 : 0;
    }
  return n;
}

GPtrArray *
quay_till_counts (QuayTill *till)
{
  QuayDay since = quay_day_add (quay_till_day (till), -LATE_DAYS);
  GPtrArray *counts = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_count_free);
  g_autoptr (GPtrArray) names = quay_reader_entities (till->reader, "count", "name");
  for (guint i = 0; i < names->len; i++)
    {
      QuayId id;
      const QuayReportRow *row = names->pdata[i];
      QuayCount *count = quay_id_from_text (row->key, &id) ? quay_till_count (till, &id) : NULL;
      if (count == NULL)
        continue;
      g_ptr_array_add (counts, count);
      if (count->closed >= since)
        count->late = count_late (till, count);
    }
  g_ptr_array_sort (counts, compare_counts);
  return counts;
}

/* --- what people chose: facts "seen:PRODUCT" and "seen:PRODUCT:LOT", the same with "bear:" --- */

static char *
line_field (const char *prefix, const QuayId *product, const QuayId *lot, gboolean whole)
{
  char product_text[QUAY_ID_TEXT_LEN + 1];
  char lot_text[QUAY_ID_TEXT_LEN + 1];
  quay_id_to_text (product, product_text);
  quay_id_to_text (lot, lot_text);
  return whole ? g_strconcat (prefix, product_text, NULL)
               : g_strconcat (prefix, product_text, ":", lot_text, NULL);
}

static char *
pick_field (const QuayId *product, const QuayId *lot, gboolean whole)
{
  return line_field (PICK_PREFIX, product, lot, whole);
}

static gboolean
read_pick (const char *field, const char *value, QuayCountPick *pick)
{
  g_auto (GStrv) parts = NULL;
  if (!g_str_has_prefix (field, PICK_PREFIX) || value == NULL)
    return FALSE;
  parts = g_strsplit (field + strlen (PICK_PREFIX), ":", 2);
  *pick = (QuayCountPick){ .whole = parts[1] == NULL };
  return quay_id_from_text (parts[0], &pick->product) &&
         (pick->whole || quay_id_from_text (parts[1], &pick->lot)) &&
         g_ascii_string_to_signed (value, 10, 0, G_MAXINT64, &pick->seen, NULL);
}

static GPtrArray *
read_picks (QuayTill *till, const QuayId *count)
{
  GHashTableIter iter;
  gpointer field, value;
  GPtrArray *picks = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) facts = quay_reader_facts (till->reader, "count", count);
  g_hash_table_iter_init (&iter, facts);
  while (g_hash_table_iter_next (&iter, &field, &value))
    {
      QuayCountPick pick;
      if (read_pick (field, value, &pick))
        g_ptr_array_add (picks, g_memdup2 (&pick, sizeof pick));
    }
  return picks;
}

/* --- lines --- */

/* What was seen after a closed count was approved does not count: only what was chosen then. */
static void
leave_out_others (GPtrArray *lines, GPtrArray *picks)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < picks->len; i++)
    {
      const QuayCountPick *pick = picks->pdata[i];
      g_hash_table_add (known, pick_field (&pick->product, &pick->lot, pick->whole));
    }
  for (guint i = 0; i < lines->len; i++)
    {
      const QuayCountLine *line = lines->pdata[i];
      g_autofree char *field = pick_field (&line->product, &line->lot, line->whole);
      QuayCountPick none = { line->product, line->lot, line->whole, 0 };
      if (!g_hash_table_contains (known, field))
        g_ptr_array_add (picks, g_memdup2 (&none, sizeof none));
    }
}

/* Of which lines the producer bears what is missing. */
static void
read_bearers (QuayTill *till, const QuayId *count, GPtrArray *lines)
{
  g_autoptr (GHashTable) facts = quay_reader_facts (till->reader, "count", count);
  for (guint i = 0; i < lines->len; i++)
    {
      QuayCountLine *line = lines->pdata[i];
      g_autofree char *field = line_field (BEAR_PREFIX, &line->product, &line->lot, line->whole);
      line->bearer = quay_facts_get_number (facts, field, 0) != 0;
    }
}

static GPtrArray *
read_lines (QuayTill *till, const QuayCount *count, gboolean *sound)
{
  GPtrArray *lines = quay_reader_count_seen (till->reader, &count->id, quay_till_day (till));
  g_autoptr (GPtrArray) picks = read_picks (till, &count->id);
  if (count->closed != 0)
    leave_out_others (lines, picks);
  *sound = quay_count_choose (lines, picks);
  read_bearers (till, &count->id, lines);
  return lines;
}

/* What the books have there and nobody saw. */
static void
add_unseen (QuayTill *till, const QuayCount *count, GPtrArray *lines)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (quay_id_hash, quay_id_equal_ptr);
  g_autoptr (GPtrArray) expected =
      quay_reader_count_expected (till->reader, &count->loc, count->scope, quay_till_day (till));
  for (guint i = 0; i < lines->len; i++)
    g_hash_table_add (seen, &((QuayCountLine *)lines->pdata[i])->product);
  g_ptr_array_set_free_func (expected, NULL);
  for (guint i = 0; i < expected->len; i++)
    {
      QuayCountLine *line = expected->pdata[i];
      if (g_hash_table_contains (seen, &line->product))
        quay_count_line_free (line);
      else
        g_ptr_array_add (lines, line);
    }
}

GPtrArray *
quay_till_count_lines (QuayTill *till, const QuayId *id, gboolean *sound)
{
  gboolean chosen;
  g_autoptr (GError) error = NULL;
  QuayCount *count = quay_till_count (till, id);
  if (count == NULL)
    return g_ptr_array_new_with_free_func ((GDestroyNotify)quay_count_line_free);
  GPtrArray *lines = read_lines (till, count, &chosen);
  if (!quay_till_count_value (till, count, lines, &error))
    g_warning ("count '%s': %s", count->name, error->message);
  if (count->closed == 0)
    add_unseen (till, count, lines);
  quay_count_free (count);
  if (sound != NULL)
    *sound = chosen;
  return lines;
}

/* The other tills that may still bring moves from before the last observation that counts. */
static GPtrArray *
find_behind (QuayTill *till, const QuayCount *count, GPtrArray *lines)
{
  gint64 last = 0;
  for (guint i = 0; i < lines->len; i++)
    if (((QuayCountLine *)lines->pdata[i])->counts)
      last = MAX (last, quay_count_line_seen (lines->pdata[i]));
  return quay_reader_behind (till->reader, &count->loc, last - SELLS_DAYS * DAY_MS, last);
}

GPtrArray *
quay_till_count_behind (QuayTill *till, const QuayId *id)
{
  gboolean sound;
  QuayCount *count = quay_till_count (till, id);
  if (count == NULL)
    return g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) lines = read_lines (till, count, &sound);
  GPtrArray *behind = find_behind (till, count, lines);
  quay_count_free (count);
  return behind;
}

char *
quay_till_count_number (QuayTill *till, const QuayId *count, gboolean *provisional)
{
  gint64 ts;
  return quay_reader_count_number (till->reader, count, provisional, &ts);
}

/* --- starting --- */

static gboolean
fail (QuayError code, const char *why, GError **error)
{
  g_set_error_literal (error, QUAY_ERROR, code, why);
  return FALSE;
}

static gboolean
scope_is_known (QuayTill *till, const char *scope)
{
  g_autoptr (GPtrArray) categories = quay_reader_categories (till->reader);
  for (guint i = 0; scope != NULL && i < categories->len; i++)
    if (strcmp (((QuayCategory *)categories->pdata[i])->code, scope) == 0)
      return TRUE;
  return scope == NULL;
}

gboolean
quay_till_count_start (QuayTill *till, const QuayCount *ask, GError **error)
{
  QuayId loc = quay_id_is_nil (&ask->loc) ? till->floor : ask->loc;
  g_autofree char *name = g_strstrip (g_strdup (ask->name != NULL ? ask->name : ""));
  g_autoptr (GHashTable) place = quay_reader_facts (till->reader, "location", &loc);
  if (*name == '\0')
    return fail (QUAY_ERROR_INVALID, "a count needs a name", error);
  if (!quay_till_check_text (name, NAME_CHARS, error))
    return FALSE;
  gboolean known = g_hash_table_size (place) > 0 && scope_is_known (till, ask->scope);
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (!known)
    return fail (QUAY_ERROR_NOT_FOUND, "no such place or category", error);
  QuayTxn *txn = quay_txn_new ();
  QuayFacts *facts = quay_till_begin_facts (till, txn, QUAY_EVENT_COUNT, &ask->id);
  quay_facts_add_text (facts, "name", name);
  quay_facts_add_text (facts, "scope", ask->scope);
  quay_facts_add_number (facts, "blind", ask->blind ? 1 : 0);
  quay_facts_add_id (facts, "loc", &loc);
  quay_facts_add_number (facts, "opened", quay_till_day (till));
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  return done != NULL;
}

/* --- observing --- */

/* The count; NULL with an error unless it is open. */
static QuayCount *
find_open (QuayTill *till, const QuayId *id, GError **error)
{
  QuayCount *count = quay_till_count (till, id);
  if (!quay_till_check_reads (till, error))
    {
      quay_count_free (count);
      return NULL;
    }
  if (count == NULL)
    fail (QUAY_ERROR_NOT_FOUND, "no such count", error);
  else if (count->closed != 0)
    {
      fail (QUAY_ERROR_REFUSED, "the count is closed", error);
      g_clear_pointer (&count, quay_count_free);
    }
  return count;
}

static gboolean
saw_is_sound (QuayTill *till, const QuayCountSaw *saw, GError **error)
{
  QuayAsOf at = quay_till_as_of (till);
  g_autoptr (QuayItem) item = quay_reader_item (till->reader, &at, &saw->product);
  g_autoptr (QuayLot) lot =
      saw->whole || quay_id_is_nil (&saw->lot) ? NULL : quay_reader_lot (till->reader, &saw->lot);
  gboolean has_lot = !saw->whole && !quay_id_is_nil (&saw->lot);
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (item == NULL)
    return fail (QUAY_ERROR_NOT_FOUND, "no such product", error);
  if (has_lot && (lot == NULL || !quay_id_equal (&lot->product, &saw->product)))
    return fail (QUAY_ERROR_NOT_FOUND, "no such lot of the product", error);
  if (saw->qty.milli < 0 || !quay_qty_in_range (saw->qty) ||
      (!item->weighed && saw->qty.milli % 1000 != 0))
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "quantity of '%s' can't be", item->name);
      return FALSE;
    }
  return TRUE;
}

/* How far each chain is known here. */
static gboolean
add_known (QuayTill *till, QuayCountSeen *body, GError **error)
{
  g_autoptr (GArray) chains = quay_store_chains (till->store, error);
  for (guint i = 0; chains != NULL && i < chains->len; i++)
    {
      const QuayChainState *chain = &g_array_index (chains, QuayChainState, i);
      QuayKnown *known = g_new0 (QuayKnown, 1);
      known->chain = chain->id;
      known->seq = (gint64)chain->seq;
      g_ptr_array_add (body->known, known);
    }
  return chains != NULL;
}

static QuayEvent *
seen_event (QuayTill *till, const QuayId *id, const QuayCount *count, const QuayCountSaw *saw,
            guint n, GError **error)
{
  g_autoptr (QuayEvent) event = quay_till_event (till, QUAY_EVENT_SEEN, TRUE);
  QuayCountSeen *body = event->body;
  gint64 now = quay_till_now_ms (till);
  event->id = *id;
  event->loc = count->loc;
  body->count = count->id;
  body->lines = g_ptr_array_new ();
  body->known = g_ptr_array_new ();
  for (guint i = 0; i < n; i++)
    {
      QuaySeenLine *line = g_new0 (QuaySeenLine, 1);
      line->product = saw[i].product;
      line->lot = saw[i].whole ? QUAY_ID_NIL : saw[i].lot;
      line->whole = saw[i].whole ? 1 : 0;
      line->qty = saw[i].qty;
      line->seen = saw[i].seen != 0 ? saw[i].seen : now;
      g_ptr_array_add (body->lines, line);
    }
  return add_known (till, body, error) ? g_steal_pointer (&event) : NULL;
}

gboolean
quay_till_count_saw (QuayTill *till, const QuayId *id, const QuayId *count_id,
                     const QuayCountSaw *saw, guint n, GError **error)
{
  if (n == 0 || n > SEEN_PER_EVENT)
    return fail (QUAY_ERROR_INVALID, "nothing was seen, or too much at once", error);
  for (guint i = 0; i < n; i++)
    if (!saw_is_sound (till, &saw[i], error))
      return FALSE;
  QuayCount *count = find_open (till, count_id, error);
  QuayEvent *event = count != NULL ? seen_event (till, id, count, saw, n, error) : NULL;
  quay_count_free (count);
  if (event == NULL)
    return FALSE;
  QuayTxn *txn = quay_txn_new ();
  quay_txn_add (txn, event);
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  return done != NULL;
}

/* Keeps a number of a line of an open count. */
static gboolean
keep_choice (QuayTill *till, const QuayId *count_id, const char *field, gint64 number,
             GError **error)
{
  QuayCount *count = find_open (till, count_id, error);
  if (count == NULL)
    return FALSE;
  quay_count_free (count);
  QuayTxn *txn = quay_txn_new ();
  QuayFacts *facts = quay_till_begin_facts (till, txn, QUAY_EVENT_COUNT, count_id);
  quay_facts_add_number (facts, field, number);
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  return done != NULL;
}

gboolean
quay_till_count_pick (QuayTill *till, const QuayId *count, const QuayCountPick *pick,
                      GError **error)
{
  g_autofree char *field = pick_field (&pick->product, &pick->lot, pick->whole);
  return keep_choice (till, count, field, pick->seen, error);
}

gboolean
quay_till_count_bear (QuayTill *till, const QuayId *count, const QuayCountPick *pick,
                      gboolean producer, GError **error)
{
  g_autofree char *field = line_field (BEAR_PREFIX, &pick->product, &pick->lot, pick->whole);
  return keep_choice (till, count, field, producer ? 1 : 0, error);
}

/* --- writing differences --- */

/* Keeps which observations were taken, so that what is seen later changes nothing. */
static gboolean
keep_picks (QuayTill *till, const QuayId *count, GPtrArray *lines, GError **error)
{
  QuayTxn *txn = quay_txn_new ();
  QuayFacts *facts = NULL;
  for (guint i = 0; i < lines->len; i++)
    {
      const QuayCountLine *line = lines->pdata[i];
      g_autofree char *field = pick_field (&line->product, &line->lot, line->whole);
      if (facts == NULL || facts->facts->len >= PICKS_PER_EVENT)
        facts = quay_till_begin_facts (till, txn, QUAY_EVENT_COUNT, count);
      quay_facts_add_number (facts, field, line->counts ? quay_count_line_seen (line) : 0);
    }
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  return done != NULL;
}

static gboolean
close_count (QuayTill *till, const QuayId *count, GError **error)
{
  QuayTxn *txn = quay_txn_new ();
  QuayFacts *facts = quay_till_begin_facts (till, txn, QUAY_EVENT_COUNT, count);
  quay_facts_add_number (facts, "closed", quay_till_day (till));
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  return done != NULL;
}

/* Writes what is pending of all lines as one document; @number is NULL if nothing is. */
static gboolean
post_pending (QuayTill *till, const QuayId *id, const QuayCount *count, GPtrArray *lines,
              char **number, GError **error)
{
  g_autoptr (QuayVoucher) voucher = quay_voucher_new ();
  g_autoptr (GPtrArray) behind = find_behind (till, count, lines);
  for (guint i = 0; i < lines->len; i++)
    {
      const QuayCountLine *line = lines->pdata[i];
      if (line->counts && !quay_till_count_split (till, count, line, voucher->lines, error))
        return FALSE;
    }
  if (voucher->lines->len == 0)
    return quay_till_check_reads (till, error);
  voucher->subject = count->id;
  voucher->name = g_strdup (count->name);
  voucher->reason = behind->len > 0 ? g_strdup ("provisional") : NULL;
  *number = quay_till_post_goods (till, id, QUAY_GOODS_COUNTED, &count->loc, voucher, NULL, error);
  return *number != NULL;
}

/* TRUE if @id is that of a document which was written already. */
static gboolean
was_done (QuayTill *till, const QuayId *id, char **number)
{
  g_free (*number);
  *number = NULL;
  return quay_reader_voucher_number (till->reader, id, number);
}

static gboolean
approve (QuayTill *till, const QuayId *id, const QuayCount *count, char **number, GError **error)
{
  gboolean sound;
  gboolean done = was_done (till, id, number);
  g_autoptr (GPtrArray) lines = read_lines (till, count, &sound);
  if (!sound)
    return fail (QUAY_ERROR_REFUSED, "a product was counted both whole and by lots", error);
  if (!quay_till_count_value (till, count, lines, error) || !quay_till_check_reads (till, error))
    return FALSE;
  return (lines->len == 0 || keep_picks (till, &count->id, lines, error)) &&
         (done || post_pending (till, id, count, lines, number, error)) &&
         close_count (till, &count->id, error);
}

gboolean
quay_till_count_approve (QuayTill *till, const QuayId *id, const QuayId *count_id, char **number,
                         GError **error)
{
  *number = NULL;
  QuayCount *count = quay_till_count (till, count_id);
  if (count != NULL && count->closed != 0 && was_done (till, id, number))
    {
      quay_count_free (count);
      return TRUE;
    }
  quay_count_free (count);
  count = find_open (till, count_id, error);
  gboolean done = count != NULL && approve (till, id, count, number, error);
  quay_count_free (count);
  if (!done)
    g_clear_pointer (number, g_free);
  return done;
}

gboolean
quay_till_count_correct (QuayTill *till, const QuayId *id, const QuayId *count_id, char **number,
                         GError **error)
{
  gboolean sound;
  gboolean done = FALSE;
  *number = NULL;
  if (was_done (till, id, number))
    return TRUE;
  QuayCount *count = quay_till_count (till, count_id);
  if (!quay_till_check_reads (till, error))
    done = FALSE;
  else if (count == NULL)
    fail (QUAY_ERROR_NOT_FOUND, "no such count", error);
  else if (count->closed == 0)
    fail (QUAY_ERROR_REFUSED, "the count is open", error);
  else
    {
      g_autoptr (GPtrArray) lines = read_lines (till, count, &sound);
      done = quay_till_count_value (till, count, lines, error) &&
             post_pending (till, id, count, lines, number, error);
    }
  quay_count_free (count);
  return done;
}
