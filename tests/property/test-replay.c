/* Laws of the journal: a record gives the same rows as the struct it was written from; and the
 * tables depend on which records a file holds, not on the order in which they came. */
#include "quay-error.h"
#include "quay-store-private.h"
#include "quay-test.h"
#include "random-events.h"

#include <sqlite3.h>
#include <string.h>

#define ROUNDS 4000
#define TILLS 3
#define VERBS 150

/* --- a record equals its struct --- */

static void
assert_rows_equal (const QuayRows *a, const QuayRows *b)
{
  g_assert_cmpuint (a->rows->len, ==, b->rows->len);
  for (guint i = 0; i < a->rows->len; i++)
    {
      const QuayRow *x = &g_array_index (a->rows, QuayRow, i);
      const QuayRow *y = &g_array_index (b->rows, QuayRow, i);
      g_assert_cmpint (x->table, ==, y->table);
      g_assert_cmpuint (x->n, ==, y->n);
      for (guint c = 0; c < x->n; c++)
        {
          const QuayValue *v = &x->values[c];
          const QuayValue *w = &y->values[c];
          g_assert_cmpint (v->type, ==, w->type);
          if (v->type == QUAY_VALUE_INT)
            g_assert_cmpint (v->u.number, ==, w->u.number);
          else if (v->type == QUAY_VALUE_TEXT)
            g_assert_cmpstr (v->u.text, ==, w->u.text);
          else if (v->type == QUAY_VALUE_BLOB)
            g_assert_cmpmem (v->u.blob, v->len, w->u.blob, w->len);
        }
    }
}

static void
test_struct_equals_bytes (void)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed ((guint32)g_test_rand_int ());
  QuayRows made;
  QuayRows read;
  quay_rows_init (&made);
  quay_rows_init (&read);
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (QuayEvent) event = random_event (chance, i % QUAY_N_EVENT_KINDS, NULL);
      random_header (chance, event);
      g_autoptr (GBytes) bytes = quay_event_encode (event, &error);
      g_assert_no_error (error);
      gsize len;
      const guint8 *data = g_bytes_get_data (bytes, &len);
      g_autoptr (QuayEvent) back = quay_event_decode (data, len, &error);
      g_assert_no_error (error);
      g_autoptr (GBytes) again = quay_event_encode (back, &error);
      g_assert_true (g_bytes_equal (bytes, again));
      quay_rows_reset (&made);
      quay_rows_reset (&read);
      if (quay_event_rows (event, &made, &error))
        {
          g_assert_true (quay_event_rows (back, &read, NULL));
          assert_rows_equal (&made, &read);
        }
      else /* an empty code is one that nobody can scan */
        g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
    }
  quay_rows_clear (&made);
  quay_rows_clear (&read);
}

/* --- any order --- */

typedef struct
{
  char *dir;
  char *file; /* of its events, growing */
  QuayTestEnv env;
  QuayStore *store;
  QuayEvent *sale; /* the last one, for refunds */
} Till;

static void
till_init (Till *till, const char *code, guint64 seed)
{
  g_autoptr (GError) error = NULL;
  memset (till, 0, sizeof *till);
  till->dir = quay_test_dir ();
  till->file = g_build_filename (till->dir, "events.ndjson", NULL);
  quay_test_env_init (&till->env, seed);
  g_assert_true (quay_store_create (till->dir, code, &till->env.env, &error));
  till->store = quay_store_open_full (till->dir, &till->env.env, NULL, QUAY_STORE_QUIET, &error);
  g_assert_no_error (error);
}

static void
till_clear (Till *till)
{
  quay_store_close (till->store);
  quay_test_remove (till->dir);
  quay_event_free (till->sale);
  g_free (till->dir);
  g_free (till->file);
}

/* One verb of one to three events. */
static void
do_verb (Till *till, GRand *chance)
{
  g_autoptr (GError) error = NULL;
  QuayTxn *txn = quay_txn_new ();
  for (int n = g_rand_int_range (chance, 1, 4); n > 0; n--)
    {
      QuayEventKind kind = (guint)g_rand_int_range (chance, 1, QUAY_N_EVENT_KINDS);
      quay_txn_add (txn, random_event (chance, kind, till->sale));
    }
  g_autoptr (QuayResult) result = quay_store_commit (till->store, txn, QUAY_LANE_COUNTER, &error);
  g_assert_no_error (error);
  QuayEvent *last = result->events->pdata[result->events->len - 1];
  if (last->kind != QUAY_EVENT_SALE)
    return;
  quay_event_free (till->sale);
  till->sale = g_ptr_array_steal_index (result->events, result->events->len - 1);
}

static void
carry (Till *from, Till *to)
{
  g_autoptr (GError) error = NULL;
  quay_store_export_events (from->store, from->file, 0, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  quay_store_import_events (to->store, from->file, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Every projected table as text, its rows sorted; without where they lie and without the file's own
 * beginning. */
static char *
dump (Till *till)
{
  sqlite3 *db;
  g_autofree char *path = g_build_filename (till->dir, QUAY_STORE_FILE, NULL);
  GString *out = g_string_new (NULL);
  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  sqlite3_db_config (db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  for (guint i = 0; i < QUAY_N_TABLES; i++)
    {
      sqlite3_stmt *stmt;
      const QuayTable *table = quay_table (i);
      g_autoptr (GString) sql = g_string_new ("SELECT ");
      for (guint c = 0; c < table->n_columns; c++)
        g_string_append_printf (sql, "%squote(\"%s\")", c > 0 ? " || ',' || " : "",
                                table->columns[c]);
      if (table->mode == QUAY_ROW_LATEST)
        g_string_append (sql, " || ',' || lam || ',' || quote(event)");
      g_string_append_printf (sql, " FROM \"%s\"%s ORDER BY 1", table->name,
                              i == QUAY_TABLE_BIRTH ? " WHERE code NOT LIKE 'Z%'" : "");
      g_assert_cmpint (sqlite3_prepare_v2 (db, sql->str, -1, &stmt, NULL), ==, SQLITE_OK);
      g_string_append_printf (out, "# %s\n", table->name);
      while (sqlite3_step (stmt) == SQLITE_ROW)
        g_string_append_printf (out, "%s\n", (const char *)sqlite3_column_text (stmt, 0));
      sqlite3_finalize (stmt);
    }
  sqlite3_close (db);
  return g_string_free (out, FALSE);
}

static void
assert_replays (Till *till)
{
  g_autoptr (GError) error = NULL;
  QuayVerdict verdict;
  quay_store_verify (till->store, TRUE, &verdict, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (verdict.why, ==, NULL);
  quay_verdict_clear (&verdict);
}

/* Tills that work, now and then hear of each other, and two listeners that hear everything, each in
 * an order of its own. */
static void
test_any_order (void)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed ((guint32)g_test_rand_int ());
  Till tills[TILLS];
  Till early;
  Till late;
  for (guint i = 0; i < TILLS; i++)
    {
      g_autofree char *code = g_strdup_printf ("QT%u", i + 1);
      till_init (&tills[i], code, 100 + i);
    }
  till_init (&early, "Z1", 201);
  till_init (&late, "Z2", 202);
  for (guint i = 0; i < VERBS; i++)
    {
      Till *till = &tills[g_rand_int_range (chance, 0, TILLS)];
      do_verb (till, chance);
      if (g_rand_int_range (chance, 0, 20) == 0)
        carry (till, &tills[g_rand_int_range (chance, 0, TILLS)]);
      if (g_rand_int_range (chance, 0, 15) == 0)
        carry (till, &early);
    }
  for (guint i = 0; i < TILLS; i++)
    carry (&tills[i], &early);
  for (guint i = TILLS; i > 0; i--)
    carry (&tills[i - 1], &late);
  g_autofree char *a = dump (&early);
  g_autofree char *b = dump (&late);
  g_assert_cmpuint (strlen (a), >, 10000);
  g_assert_cmpstr (a, ==, b);
  assert_replays (&early);
  assert_replays (&late);
  for (guint i = 0; i < TILLS; i++)
    {
      assert_replays (&tills[i]);
      till_clear (&tills[i]);
    }
  till_clear (&early);
  till_clear (&late);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/replay/struct-equals-bytes", test_struct_equals_bytes);
  g_test_add_func ("/replay/any-order", test_any_order);
  return g_test_run ();
}
