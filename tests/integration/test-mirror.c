/* A shop's journal, made by the real store, goes up by the real handlers: afterwards the server's
 * tables are the till's, table by table. */
#include "server-fixture.h"
#include "store-fixture.h"

#include <string.h>

typedef struct
{
  Office office;
  Shop shop;
  Peer till;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  office_set_up (&f->office, NULL);
  shop_set_up (&f->shop, NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  office_assert_sound (&f->office);
  peer_clear (&f->till);
  shop_tear_down (&f->shop, NULL);
  office_tear_down (&f->office, NULL);
}

/* The closed shop's only chain, as the till of the test would have it. */
static void
load_chain (Fixture *f)
{
  sqlite3 *handle;
  sqlite3_stmt *stmt;
  Peer *till = &f->till;
  peer_init (till, &f->office, 1, "X");
  PeerChain unused = till->chain;
  g_assert_cmpint (sqlite3_open (f->shop.path, &handle), ==, SQLITE_OK);
  sqlite3_prepare_v2 (handle, "SELECT id, till, code, letter FROM chain", -1, &stmt, NULL);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  chain_copy (&till->chain, &unused, 0);
  chain_clear (&unused);
  memcpy (till->chain.id.b, sqlite3_column_blob (stmt, 0), sizeof till->chain.id.b);
  memcpy (till->id.b, sqlite3_column_blob (stmt, 1), sizeof till->id.b);
  g_strlcpy (till->chain.code, (const char *)sqlite3_column_text (stmt, 2), 16);
  g_strlcpy (till->chain.letter, (const char *)sqlite3_column_text (stmt, 3), 8);
  sqlite3_finalize (stmt);
  sqlite3_prepare_v2 (handle, "SELECT bytes FROM journal ORDER BY pos", -1, &stmt, NULL);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      g_autofree char *text =
          g_strndup (sqlite3_column_blob (stmt, 0), (gsize)sqlite3_column_bytes (stmt, 0));
      chain_add (&till->chain, till, text);
    }
  sqlite3_finalize (stmt);
  sqlite3_close (handle);
}

static char *
list_columns (const QuayTable *table)
{
  GString *list = g_string_new (NULL);
  for (guint i = 0; i < table->n_columns; i++)
    g_string_append_printf (list, "%s\"%s\"", i > 0 ? ", " : "", table->columns[i]);
  if (table->mode == QUAY_ROW_LATEST)
    g_string_append (list, ", lam, event");
  return g_string_free (list, FALSE);
}

static gint64
ask (sqlite3 *handle, const char *format, ...)
{
  va_list args;
  sqlite3_stmt *stmt;
  va_start (args, format);
  g_autofree char *sql = g_strdup_vprintf (format, args);
  va_end (args);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  gint64 n = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  return n;
}

/* Rows that one side has and the other has not, and how many there are. */
static void
assert_same_tables (Fixture *f)
{
  sqlite3 *handle;
  char *why = NULL;
  g_assert_cmpint (sqlite3_open (f->office.url + strlen ("sqlite:"), &handle), ==, SQLITE_OK);
  g_autofree char *attach = g_strdup_printf ("ATTACH '%s' AS shop", f->shop.path);
  sqlite3_exec (handle, attach, NULL, NULL, &why);
  g_assert_cmpstr (why, ==, NULL);
  for (guint i = 0; i < QUAY_N_TABLES; i++)
    {
      const char *name = quay_table (i)->name;
      g_autofree char *columns = list_columns (quay_table (i));
      gint64 here = ask (handle, "SELECT count (*) FROM main.\"%s\"", name);
      g_test_message ("%s: %" G_GINT64_FORMAT " rows", name, here);
      g_assert_cmpint (here, ==, ask (handle, "SELECT count (*) FROM shop.\"%s\"", name));
      g_assert_cmpint (ask (handle,
                            "SELECT count (*) FROM (SELECT %s FROM main.\"%s\" EXCEPT "
                            "SELECT %s FROM shop.\"%s\")",
                            columns, name, columns, name),
                       ==, 0);
      g_assert_cmpint (here, >, 0);
    }
  g_assert_cmpint (ask (handle, "SELECT count (*) FROM main.booked"), ==,
                   ask (handle, "SELECT count (*) FROM shop.booked"));
  sqlite3_close (handle);
}

static void
post_document (Shop *shop)
{
  QuayEvent *event = quay_event_new (QUAY_EVENT_POSTED);
  QuayPosted *body = event->body;
  body->document = quay_test_id ('d', 1);
  body->kind = g_strdup ("catalogue");
  body->count = 0;
  quay_result_free (shop_commit (shop, event));
}

/* A record of a kind, as its golden file has it, from 0. */
static void
post_golden (Shop *shop, QuayEventKind kind, guint line)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = g_strconcat (quay_event_kind_name (kind), ".json", NULL);
  g_autofree char *path =
      g_build_filename (g_getenv ("QUAY_SOURCE_DIR"), "tests", "data", "events", name, NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  QuayEvent *event = quay_event_decode ((guint8 *)lines[line], strlen (lines[line]), &error);
  g_assert_no_error (error);
  quay_result_free (shop_commit (shop, event));
}

/* One of each kind that came after the first, and a sale with discounts. */
static void
post_later_kinds (Shop *shop)
{
  for (guint kind = QUAY_EVENT_LOT; kind < QUAY_N_EVENT_KINDS; kind++)
    post_golden (shop, kind, 0);
  post_golden (shop, QUAY_EVENT_SALE, 3);
  post_golden (shop, QUAY_EVENT_ASSIGNED, 2); /* which changes an account */
}

/* @data: records in one push: whatever is merged, the tables are the same. */
static void
test_tables (Fixture *f, gconstpointer data)
{
  shop_fill (&f->shop, 120);
  post_document (&f->shop);
  post_later_kinds (&f->shop);
  shop_close (&f->shop);
  load_chain (f);
  peer_enrol (&f->till);
  peer_push_all (&f->till, &f->till.chain, GPOINTER_TO_UINT (data));
  assert_same_tables (f);
}

/* Two chains that set the same facts, in either order of arrival. */
static void
test_two_chains (Fixture *f, gconstpointer data)
{
  gint64 sums[2];
  for (guint order = 0; order < 2; order++)
    {
      Office office;
      Peer peers[2];
      office_set_up (&office, NULL);
      for (guint i = 0; i < 2; i++)
        {
          peer_init (&peers[i], &office, i + 1, i == 0 ? "QT1" : "QT2");
          peer_enrol (&peers[i]);
          for (guint n = 0; n < 40; n++)
            {
              QuayEvent *event = quay_event_new (QUAY_EVENT_SETTING);
              QuayFacts *body = event->body;
              g_autofree char *field = g_strdup_printf ("f%u", n % 7);
              event->id = quay_test_id ((guint8)('a' + (n + i) % 2), n * 2 + i);
              event->lam = 1 + (n * 13 + i * 5) % 31;
              body->code = g_strdup ("shop");
              body->facts = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_fact_free);
              g_ptr_array_add (body->facts, quay_fact_new_number (field, n * 1000 + i));
              chain_add_event (&peers[i].chain, &peers[i], event);
            }
        }
      for (guint i = 0; i < 2; i++)
        peer_push_all (&peers[i ^ order], &peers[i ^ order].chain, order == 0 ? 500 : 3);
      office_assert_sound (&office);
      sums[order] =
          office_ask (&office, "SELECT sum (value * (1 + substr (field, 2)) * lam) FROM fact");
      for (guint i = 0; i < 2; i++)
        peer_clear (&peers[i]);
      office_tear_down (&office, NULL);
    }
  g_assert_cmpint (sums[0], ==, sums[1]);
  g_assert_cmpint (sums[0], >, 0);
  shop_close (&f->shop);
  peer_init (&f->till, &f->office, 1, "X");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/mirror/tables/large-pushes", Fixture, GUINT_TO_POINTER (500), set_up, test_tables,
              tear_down);
  g_test_add ("/mirror/tables/small-pushes", Fixture, GUINT_TO_POINTER (7), set_up, test_tables,
              tear_down);
  g_test_add ("/mirror/tables/single", Fixture, GUINT_TO_POINTER (1), set_up, test_tables,
              tear_down);
  g_test_add ("/mirror/two-chains", Fixture, NULL, set_up, test_two_chains, tear_down);
  return g_test_run ();
}
