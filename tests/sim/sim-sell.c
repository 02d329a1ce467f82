/* What is written at a till: sales and all else, and records that its program can't read. */
#include "sim.h"

#include "quay-test.h"
#include "random-events.h"

#include <string.h>

#define PRODUCTS 12
#define NAMES_MOST 12 /* in the log */
#define LEAPS_MOST 5
#define RUSH_LEAST 60 /* records: more than the first batch */
#define RUSH_MOST 700 /* more than the greatest */
#define BULKY_LEAST 65400
#define PERSON_ADDED 300 /* of 1000 transactions */
#define PERSON_ERASED 60

/* --- what is sold --- */

static QuayEvent *
random_kind (SimWorld *world)
{
  static const QuayEventKind kinds[] = {
    QUAY_EVENT_PRICE,   QUAY_EVENT_PRICE,         QUAY_EVENT_PRODUCT,    QUAY_EVENT_PRODUCT,
    QUAY_EVENT_CODE,    QUAY_EVENT_REFUND,        QUAY_EVENT_CASH_MOVED, QUAY_EVENT_SHIFT_OPENED,
    QUAY_EVENT_SETTING, QUAY_EVENT_STOCK_OPENING, QUAY_EVENT_OVERRIDE,   QUAY_EVENT_SHIFT_CLOSED,
  };
  if (sim_chance (world, 600))
    return quay_test_sale (world->chance, PRODUCTS, NULL);
  return random_event (world->chance, kinds[sim_draw (world, G_N_ELEMENTS (kinds))], NULL);
}

/* Each event counts above all that its till had seen, so that what was just set is what the till
 * shows. */
static void
check_counts_on (SimTill *till, const QuayEvent *event)
{
  static const char sql[] = "SELECT 1 FROM price WHERE lam >= :lam AND event <> :event UNION ALL "
                            "SELECT 1 FROM fact WHERE lam >= :lam AND event <> :event";
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayAside) aside = quay_store_aside (till->store, &error);
  g_autoptr (QuayStmt) stmt = aside != NULL ? quay_db_stmt (aside->db, sql, &error) : NULL;
  if (stmt == NULL)
    return;
  quay_bind_id (stmt, ":event", &event->id);
  quay_bind_int (stmt, ":lam", event->lam);
  if (quay_db_next (aside->db, stmt, &error))
    sim_fail (till->world, "till %u: what was there before wins over what was just set", till->no);
}

static void
took_note (SimTill *till, const QuayResult *result)
{
  for (guint i = 0; i < result->events->len; i++)
    {
      const QuayEvent *event = result->events->pdata[i];
      g_hash_table_add (till->alive, g_memdup2 (&event->id, sizeof event->id));
    }
  if (result->events->len > 0)
    check_counts_on (till, result->events->pdata[result->events->len - 1]);
  sim_check_till (till);
}

/* Now and then somebody gives their name, or wants to be forgotten; once all is calm everybody's
 * till has somebody new. */
static void
add_persons (SimTill *till, QuayTxn *txn, GArray *ids)
{
  SimWorld *world = till->world;
  QuayEvent *erase = sim_chance (world, PERSON_ERASED) ? sim_person_erase (till) : NULL;
  if (erase != NULL)
    {
      erase->id = quay_id_new (&till->env);
      g_array_append_val (ids, erase->id);
      quay_txn_add (txn, erase);
    }
  if (world->calm || sim_chance (world, PERSON_ADDED))
    sim_person_add (till, txn, &g_array_index (ids, QuayId, 0));
}

void
sim_till_sell (SimTill *till, guint n)
{
  SimWorld *world = till->world;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (QuayId));
  QuayTxn *txn = quay_txn_new ();
  GString *names = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    {
      QuayEvent *event = random_kind (world);
      event->id = quay_id_new (&till->env);
      g_array_append_val (ids, event->id);
      if (i < NAMES_MOST)
        g_string_append_printf (names, " %s", quay_event_kind_name (event->kind));
      quay_txn_add (txn, event);
    }
  add_persons (till, txn, ids);
  QuayLane lane = sim_chance (world, 800) ? QUAY_LANE_COUNTER : QUAY_LANE_BACKGROUND;
  g_autoptr (QuayResult) result = quay_store_commit (till->store, txn, lane, &error);
  sim_log (world, "till %u commits %u:%s: %s", till->no, n, names->str,
           result != NULL ? "done" : error->message);
  g_string_free (names, TRUE);
  if (result != NULL)
    {
      took_note (till, result);
      return;
    }
  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (till->maybe, g_memdup2 (&g_array_index (ids, QuayId, i), sizeof (QuayId)));
  if (!till->disk->dead && !till->disk->full)
    sim_fail (world, "till %u can't sell: %s", till->no, error->message);
}

/* As an import does: more than goes up or comes down at once. */
void
sim_till_rush (SimTill *till)
{
  sim_till_sell (till, RUSH_LEAST + (guint)sim_draw (till->world, RUSH_MOST - RUSH_LEAST));
}

/* --- records of a later program --- */

static gboolean
append_strange_cb (QuayStore *store, gpointer data, GError **error)
{
  g_auto (QuayScope) scope = { NULL };
  const char *text = data;
  GError *failed = NULL;
  QuayBook *book = quay_store_book (store, error);
  if (book == NULL)
    return FALSE;
  gboolean ok = quay_book_begin (book, &scope, &failed);
  QuayTail tail = quay_book_own_tail (book);
  ok = ok && quay_book_append (book, &tail, (const guint8 *)text, strlen (text), &failed) &&
       quay_log_note_lam (book->db, tail.chain.no, tail.lam, &failed) &&
       quay_book_commit (book, &scope, &failed);
  if (ok)
    return TRUE;
  quay_scope_clear (&scope);
  quay_store_latch_if_of_disk (store, failed);
  g_propagate_error (error, failed);
  return FALSE;
}

/* A price whose Lamport counter is as far ahead as may be, or one further. */
static char *
make_leap (SimTill *till, const QuayId *id)
{
  SimWorld *world = till->world;
  gsize len;
  g_autoptr (QuayEvent) event = random_event (world->chance, QUAY_EVENT_PRICE, NULL);
  random_header (world->chance, event);
  event->id = *id;
  event->lam = till->store->head.own_lam + QUAY_EVENT_LAM_STEP + (gint64)sim_draw (world, 2);
  g_autoptr (GBytes) bytes = quay_event_encode (event, NULL);
  const char *text = g_bytes_get_data (bytes, &len);
  return g_strndup (text, len);
}

/* A line that can't be packed small enough for an envelope: it goes as poison. */
static char *
make_bulky (SimTill *till)
{
  gsize len = BULKY_LEAST + sim_draw (till->world, QUAY_EVENT_MAX_BYTES - BULKY_LEAST + 1);
  char *line = g_malloc (len + 1);
  till->env.random (till->env.data, (guint8 *)line, len);
  for (gsize i = 0; i < len; i++)
    line[i] = line[i] == '\0' || line[i] == '\n' ? 'x' : line[i];
  line[len] = '\0';
  return line;
}

static char *
make_strange (SimTill *till, guint kind)
{
  char id[QUAY_ID_TEXT_LEN + 1];
  QuayId event = quay_id_new (&till->env);
  quay_id_to_text (&event, id);
  switch (kind)
    {
    case 0:
      return g_strdup_printf ("{\"v\":1,\"t\":\"wormhole\",\"lam\":9,\"id\":\"%s\"}", id);
    case 1:
      return g_strdup_printf ("{\"v\":2,\"t\":\"sale\",\"lam\":9,\"id\":\"%s\"}", id);
    case 2:
      return g_strdup_printf ("no record %s", id);
    case 3:
      return make_bulky (till);
    default:
      return make_leap (till, &event);
    }
}

/* An unknown kind, a version to come, no JSON at all, what fits no envelope, or some leaps. */
void
sim_till_append_strange (SimTill *till)
{
  SimWorld *world = till->world;
  guint kind = (guint)sim_draw (world, 8);
  gboolean ok = TRUE;
  for (guint n = kind > 3 ? (guint)sim_draw (world, LEAPS_MOST) + 1 : 1; ok && n > 0; n--)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = make_strange (till, kind);
      ok = quay_store_call (till->store, QUAY_LANE_BACKGROUND, append_strange_cb, text, &error);
      sim_log (world, "till %u appends something strange (%u): %s", till->no, kind,
               ok ? "done" : error->message);
      if (!ok && !till->disk->dead && !till->disk->full)
        sim_fail (world, "till %u can't append: %s", till->no, error->message);
    }
  if (ok)
    sim_check_till (till);
}
