/* The check of a file: a sound one is sound, and each kind of tampering is found. */
#include "quay-verify.h"
#include "store-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

static void
test_sound (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayVerdict verdict;
  shop_fill (shop, 30);
  g_assert_true (quay_store_verify (shop->store, TRUE, &verdict, &error));
  g_assert_true (verdict.ok);
  g_assert_cmpint (verdict.events, ==, shop_ask (shop, "SELECT count(*) FROM journal"));
  g_assert_cmpuint (strlen (verdict.head), ==, 2 * QUAY_HASH_LEN);
  quay_verdict_clear (&verdict);
  g_autofree char *scratch = g_build_filename (shop->dir, "quay-rebuild.db", NULL);
  g_assert_false (g_file_test (scratch, G_FILE_TEST_EXISTS));
}

static const QuayNumbers *
numbers_of (const QuayVerdict *verdict, const char *prefix)
{
  g_assert_nonnull (verdict->numbers);
  for (guint i = 0; i < verdict->numbers->len; i++)
    if (strcmp (((QuayNumbers *)verdict->numbers->pdata[i])->prefix, prefix) == 0)
      return verdict->numbers->pdata[i];
  g_assert_not_reached ();
}

/* Each number of each counter is there once; what is not is named. */
static void
test_numbers (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayVerdict verdict;
  shop_fill (shop, 30);
  gint64 sales = shop_ask (shop, "SELECT count(*) FROM sale");
  g_assert_true (quay_store_verify (shop->store, FALSE, &verdict, &error));
  const QuayNumbers *whole = numbers_of (&verdict, "QT1A-");
  g_assert_cmpint (whole->first, ==, 1);
  g_assert_cmpint (whole->last, ==, sales);
  g_assert_cmpint (whole->count, ==, sales);
  g_assert_null (whole->missing);
  g_assert_null (whole->twice);
  quay_verdict_clear (&verdict);
  shop_close (shop);
  shop_tamper (shop,
               "DELETE FROM sale WHERE number IN ('QT1A-000001', 'QT1A-000007', 'QT1A-000008',"
               " 'QT1A-000012'); UPDATE sale SET number = 'QT1A-000020'"
               " WHERE number = 'QT1A-000021'");
  g_autoptr (QuayDb) db = quay_db_open (shop->path, QUAY_DB_READ, NULL, &error);
  g_assert_true (quay_verify_db (db, QUAY_VERIFY_FULL, &verdict, &error));
  g_assert_false (verdict.ok);
  const QuayNumbers *torn = numbers_of (&verdict, "QT1A-");
  g_assert_cmpstr (torn->missing, ==, "1, 7–8, 12, 21");
  g_assert_cmpstr (torn->twice, ==, "20");
  quay_verdict_clear (&verdict);
}

/* @rebuild: only the replay can tell. */
static const struct
{
  const char *what;
  const char *sql;
  gboolean rebuild;
} tamperings[] = {
  { "record-changed", "DROP TRIGGER journal_no_update; UPDATE journal SET bytes ="
                      " CAST(replace(bytes, 'QL', 'QK') AS BLOB) WHERE pos % 1048576 = 5" },
  { "record-forged", /* with its hash, but not those after it */
    "DROP TRIGGER journal_no_update; UPDATE journal SET hash = zeroblob(32)"
    " WHERE pos % 1048576 = 5" },
  { "record-deleted", "DROP TRIGGER journal_no_delete; DELETE FROM journal"
                      " WHERE pos % 1048576 = 5" },
  { "records-swapped",
    "DROP TRIGGER journal_no_update; UPDATE journal SET bytes ="
    " (SELECT bytes FROM journal WHERE pos % 1048576 = 6) WHERE pos % 1048576 = 5" },
  { "chain-renamed", "UPDATE chain SET code = 'QT2'" },
  { "chain-of-another", "UPDATE chain SET till = zeroblob(16)" },
  { "mark-missing", "DELETE FROM booked WHERE pos % 1048576 = 9" },
  { "mark-added", "INSERT INTO booked VALUES (zeroblob(16), 1)" },
  { "mark-moved", "UPDATE booked SET pos = pos + 1 WHERE pos % 1048576 = 9" },
  { "held-without-reason", "INSERT INTO held SELECT pos, 'x' FROM booked"
                           " WHERE pos % 1048576 = 9" },
  { "held-nowhere", "INSERT INTO held VALUES (1, 'x')" },
  { "sale-total", "UPDATE sale SET total = total + 1 WHERE number LIKE '%000003'" },
  { "sale-deleted", "DELETE FROM sale WHERE number LIKE '%000003'" },
  { "line-deleted", "DELETE FROM sale_line WHERE rowid = (SELECT max(rowid) FROM sale_line)" },
  { "line-amount", "UPDATE sale_line SET amount = amount - 1 WHERE line = 1" },
  { "payment-deleted", "DELETE FROM payment WHERE rowid = (SELECT max(rowid) FROM payment)" },
  { "payment-added",
    "INSERT INTO payment SELECT no + 1, doc, 2, tender, 0, 0, 0, NULL, 0 FROM payment"
    " WHERE no = (SELECT max(no) FROM payment)",
    TRUE },
  { "refund-total", "UPDATE refund SET total = total + 1" },
  { "balance-changed", "UPDATE stock_balance SET qty = qty + 1000"
                       " WHERE product = (SELECT min(product) FROM stock_balance)" },
  { "balance-deleted", "DELETE FROM stock_balance WHERE product ="
                       " (SELECT min(product) FROM stock_balance)" },
  { "move-deleted", "DELETE FROM stock_move WHERE no = (SELECT max(no) FROM stock_move)" },
  { "drawer-changed", "UPDATE running SET n = n - 1000 WHERE what = 'drawer'" },
  { "counter-changed", "UPDATE running SET n = n + 1 WHERE what = 'number'" },
  { "row-misplaced", "UPDATE audit SET no = no + 1024" },
  { "audit-deleted", "DELETE FROM audit", TRUE },
  { "price-changed", "UPDATE price SET price = price + 1 WHERE day > 0", TRUE },
  { "fact-changed", "UPDATE fact SET value = 'other' WHERE kind = 'setting'", TRUE },
  { "fact-added",
    "INSERT INTO fact SELECT kind, entity, 'extra', 1, lam, event FROM fact"
    " WHERE kind = 'setting'",
    TRUE },
  { "code-stolen", "UPDATE code SET product = zeroblob(16)", TRUE },
  { "line-renamed", "UPDATE sale_line SET name = 'Gạo' WHERE line = 1", TRUE },
  { "cashier-changed", "UPDATE sale SET who = 'XX' WHERE number LIKE '%000003'", TRUE },
  { "item-changed", "UPDATE item SET name = 'Gạo' WHERE sku = 'SP00005'", TRUE },
  { "item-deleted", "DELETE FROM item WHERE sku = 'SP00005'", TRUE },
};

static void
assert_found (Shop *shop, guint i)
{
  g_autoptr (GError) error = NULL;
  QuayVerdict verdict;
  g_autoptr (QuayDb) db = quay_db_open (shop->path, QUAY_DB_READ, NULL, &error);
  g_assert_no_error (error);
  g_autofree char *scratch = g_build_filename (shop->dir, "scratch.db", NULL);
  g_assert_true (quay_verify_db (db, QUAY_VERIFY_FULL, &verdict, &error));
  g_assert_no_error (error);
  if (tamperings[i].rebuild)
    {
      g_assert_cmpstr (verdict.why, ==, NULL);
      g_assert_true (quay_rebuild_compare (db, scratch, &verdict, &error));
      g_assert_no_error (error);
    }
  g_assert_false (verdict.ok);
  g_assert_nonnull (verdict.why);
  quay_verdict_clear (&verdict);
}

/* Each on a fresh copy of one good file. */
static void
test_tampering (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  Shop shop = { 0 };
  shop_set_up (&shop, NULL);
  shop_fill (&shop, 8);
  shop_close (&shop);
  shop_tamper (&shop, tamperings[i].sql);
  g_assert_cmpint (shop_ask (&shop, "SELECT count(*) FROM journal"), >, 10);
  assert_found (&shop, i);
  shop_tear_down (&shop, NULL);
}

/* TRUE if a bit on a page goes unnoticed. */
static gboolean
goes_unnoticed (Shop *shop)
{
  g_autoptr (GError) error = NULL;
  QuayVerdict verdict = { 0 };
  g_autofree char *scratch = g_build_filename (shop->dir, "scratch.db", NULL);
  g_autoptr (QuayDb) db = quay_db_open (shop->path, QUAY_DB_COPY, NULL, &error);
  gboolean ok = db != NULL && quay_verify_db (db, QUAY_VERIFY_FULL, &verdict, &error) &&
                verdict.ok && quay_rebuild_compare (db, scratch, &verdict, &error) && verdict.ok;
  if (error != NULL)
    g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DAMAGED);
  quay_verdict_clear (&verdict);
  return ok;
}

static void
test_flipped_bits (Shop *shop, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize len;
  guint missed = 0;
  shop_fill (shop, 20);
  shop_close (shop);
  g_assert_true (g_file_get_contents (shop->path, &bytes, &len, NULL));
  for (gsize page = 1; page < len / 4096; page++)
    {
      g_autofree char *bad = g_memdup2 (bytes, len);
      bad[page * 4096 + 4090] ^= 0x10; /* in the page's first cell, if it has one */
      g_assert_true (g_file_set_contents (shop->path, bad, (gssize)len, NULL));
      missed += goes_unnoticed (shop) ? 1 : 0;
    }
  /* a bit in a page's unused middle is nobody's loss */
  g_test_message ("%u of %u bits unnoticed", missed, (guint)(len / 4096));
  g_assert_cmpuint (missed, <, len / 4096 / 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/verify/sound", Shop, NULL, shop_set_up, test_sound, shop_tear_down);
  g_test_add ("/verify/numbers", Shop, NULL, shop_set_up, test_numbers, shop_tear_down);
  g_test_add ("/verify/flipped-bits", Shop, NULL, shop_set_up, test_flipped_bits, shop_tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (tamperings); i++)
    {
      g_autofree char *path = g_strconcat ("/verify/tampering/", tamperings[i].what, NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_tampering);
    }
  return g_test_run ();
}
