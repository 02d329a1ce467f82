/* The server's check of everything: what it finds in a file that somebody has changed; and records
 * that an older version of the program had held. */
#include "server-fixture.h"

#include <string.h>

#define SALES 12

typedef struct
{
  Office office;
  Peer a;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  office_set_up (&f->office, NULL);
  peer_init (&f->a, &f->office, 1, "QT1");
  peer_enrol (&f->a);
  chain_add_sales (&f->a.chain, &f->a, SALES);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  if (f->office.server != NULL)
    office_assert_sound (&f->office);
  peer_clear (&f->a);
  office_tear_down (&f->office, NULL);
}

#define COUNT(f, table) office_ask (&(f)->office, "SELECT count (*) FROM " table)

/* --- damage --- */

static const struct
{
  const char *name;
  const char *sql;
  const char *why; /* what the check says, NULL: the server does not even open */
} damages[] = {
  { "byte",
    "DROP TRIGGER journal_no_update; UPDATE journal SET bytes = CAST (bytes || ' ' AS BLOB) WHERE "
    "pos & 7 = 3",
    "hash" },
  { "removed", "DROP TRIGGER journal_no_delete; DELETE FROM journal WHERE pos & 0xffffffff = 4",
    "hash" },
  { "end", "DROP TRIGGER journal_no_delete; DELETE FROM journal WHERE pos & 0xffffffff = 13",
    NULL },
  { "row", "UPDATE sale SET total = total + 1 WHERE no >> 10 & 0xffffffff = 4", "sale" },
  { "row-gone", "DELETE FROM payment WHERE no >> 10 & 0xffffffff = 4", "payment" },
  { "row-more", "INSERT INTO code VALUES (1, 'x', NULL, 1, zeroblob (16))", "code" },
  { "mark", "DELETE FROM booked WHERE pos & 0xffffffff = 4", "differs" },
  { "seal", "UPDATE chain SET seal = randomblob (64)", "seal" },
};

static void
test_damage (Fixture *f, gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (f->office.dir, "province.db", NULL);
  peer_push_all (&f->a, &f->a.chain, 50);
  office_close (&f->office);
  office_tamper (&f->office, damages[i].sql);
  QuayServerOptions options = { .db = f->office.url, .env = &f->office.env.env };
  g_autoptr (QuayServer) server = quay_server_open (&options, &error);
  if (damages[i].why == NULL)
    {
      g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DAMAGED);
      return;
    }
  g_assert_no_error (error);
  QuayServerVerdict verdict;
  g_assert_true (quay_server_verify (server, &verdict, &error));
  g_assert_false (verdict.ok);
  g_assert_nonnull (strstr (verdict.why, damages[i].why));
  quay_server_verdict_clear (&verdict);
}

/* What an older version held, this one books when it starts. */
static void
test_retry (Fixture *f, gconstpointer data)
{
  peer_push_all (&f->a, &f->a.chain, 50);
  gint64 balance = office_ask (&f->office, "SELECT sum (qty) FROM stock_balance");
  office_close (&f->office);
  /* as if record 5 had not been understood */
  office_tamper (&f->office,
                 "CREATE TEMP TABLE x AS SELECT event, pos FROM booked WHERE pos & 0xffffffff = 5;"
                 "UPDATE stock_balance SET qty = qty - (SELECT coalesce (sum (qty), 0) FROM"
                 " stock_move m WHERE m.no >> 10 = (SELECT pos FROM x)"
                 " AND m.product = stock_balance.product);"
                 "UPDATE running SET n = n - 1 WHERE what = 'number';"
                 "UPDATE running SET n = n - (SELECT sum (amount) FROM payment"
                 " WHERE no >> 10 = (SELECT pos FROM x)) WHERE what = 'drawer';"
                 "DELETE FROM sale WHERE no >> 10 = (SELECT pos FROM x);"
                 "DELETE FROM sale_line WHERE no >> 10 = (SELECT pos FROM x);"
                 "DELETE FROM payment WHERE no >> 10 = (SELECT pos FROM x);"
                 "DELETE FROM stock_move WHERE no >> 10 = (SELECT pos FROM x);"
                 "INSERT INTO held SELECT pos, 'of another time' FROM x;"
                 "DELETE FROM booked WHERE pos = (SELECT pos FROM x);"
                 "UPDATE value SET value = '0.0.1' WHERE key = 'version';");
  g_assert_cmpint (COUNT (f, "sale"), ==, SALES - 1);
  office_open (&f->office);
  g_assert_cmpint (COUNT (f, "held"), ==, 0);
  g_assert_cmpint (COUNT (f, "sale"), ==, SALES);
  g_assert_cmpint (office_ask (&f->office, "SELECT sum (qty) FROM stock_balance"), ==, balance);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *path = g_strconcat ("/server-verify/damage/", damages[i].name, NULL);
      g_test_add (path, Fixture, GUINT_TO_POINTER (i), set_up, test_damage, tear_down);
    }
  g_test_add ("/server-verify/retry", Fixture, NULL, set_up, test_retry, tear_down);
  return g_test_run ();
}
