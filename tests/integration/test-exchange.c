/* Carrying events by hand: two tills of one shop end with the same tables; what does not fit is
 * refused, and what can't be booked is held. */
#include "store-fixture.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

typedef struct
{
  Shop a;
  Shop b;
  char *file;
} Pair;

static void
set_up (Pair *pair, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  shop_set_up (&pair->a, NULL);
  Shop *b = &pair->b;
  b->dir = quay_test_dir ();
  b->path = g_build_filename (b->dir, QUAY_STORE_FILE, NULL);
  b->chance = g_rand_new_with_seed (6);
  quay_test_env_init (&b->env, 2);
  g_assert_true (quay_store_create (b->dir, "QT2", &b->env.env, &error));
  shop_open (b);
  pair->file = g_build_filename (pair->a.dir, "events.ndjson", NULL);
}

static void
tear_down (Pair *pair, gconstpointer data)
{
  shop_tear_down (&pair->a, NULL);
  shop_tear_down (&pair->b, NULL);
  g_free (pair->file);
}

typedef struct
{
  guint64 n;
  guint64 first;
  guint64 last;
} Tally;

static Tally
export_from (Shop *shop, const char *path, guint64 since)
{
  g_autoptr (GError) error = NULL;
  Tally t;
  quay_store_export_events (shop->store, path, since, NULL, &t.n, &t.first, &t.last, &error);
  g_assert_no_error (error);
  return t;
}

static Tally
import_into (Shop *shop, const char *path)
{
  g_autoptr (GError) error = NULL;
  Tally t;
  quay_store_import_events (shop->store, path, &t.n, &t.first, &t.last, &error);
  g_assert_no_error (error);
  return t;
}

static void
assert_refused (Shop *shop, const char *path)
{
  g_autoptr (GError) error = NULL;
  gint64 before = shop_ask (shop, "SELECT count(*) FROM journal");
  g_assert_false (quay_store_import_events (shop->store, path, NULL, NULL, NULL, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_assert_cmpint (shop_ask (shop, "SELECT count(*) FROM journal"), ==, before);
}

static void
test_both_ways (Pair *pair, gconstpointer data)
{
  static const char *const same[] = {
    "SELECT coalesce(sum(total), 0) FROM sale",
    "SELECT count(*) FROM sale_line",
    "SELECT coalesce(sum(qty), 0) FROM stock_balance",
    "SELECT count(*) FROM fact",
    "SELECT coalesce(sum(price), 0) FROM price",
    "SELECT count(*) FROM booked",
    "SELECT sum(n) FROM running",
  };
  shop_fill (&pair->a, 20);
  shop_fill (&pair->b, 15);
  Tally out = export_from (&pair->a, pair->file, 0);
  g_assert_cmpuint (out.n, ==, out.last);
  g_assert_cmpuint (out.first, ==, 1);
  Tally in = import_into (&pair->b, pair->file);
  g_assert_cmpmem (&in, sizeof in, &out, sizeof out);
  in = import_into (&pair->b, pair->file); /* again: nothing new */
  g_assert_cmpuint (in.n, ==, 0);
  export_from (&pair->b, pair->file, 0); /* holds A's as well */
  import_into (&pair->a, pair->file);
  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    g_assert_cmpint (shop_ask (&pair->a, same[i]), ==, shop_ask (&pair->b, same[i]));
  shop_assert_sound (&pair->a, TRUE);
  shop_assert_sound (&pair->b, TRUE);
  shop_sell (&pair->a, 2); /* each goes on in its own chain */
  shop_sell (&pair->b, 2);
  shop_close (&pair->a);
  shop_open (&pair->a);
  shop_assert_sound (&pair->a, TRUE);
}

/* Of the documents of one kind that chain 1 holds, the numbers are 1 to n. */
static void
assert_gapless (Shop *shop, const char *table, const char *prefix, gint64 n)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT count(DISTINCT number) * 10000 + max(CAST(substr(number, %d) AS INTEGER)) FROM %s"
      " WHERE no < 2 << 50 AND number LIKE '%s%%'",
      (int)strlen (prefix) + 1, table, prefix);
  g_assert_cmpint (shop_ask (shop, sql), ==, n * 10000 + n);
}

/* A till elsewhere has the same code and letter, so that its documents bear our numbers: they are
 * taken in as they are, and our own go on where they were. */
static void
test_same_numbers (Pair *pair, gconstpointer data)
{
  Shop twin = { .dir = quay_test_dir (), .chance = g_rand_new_with_seed (7) };
  g_autoptr (GError) error = NULL;
  twin.path = g_build_filename (twin.dir, QUAY_STORE_FILE, NULL);
  quay_test_env_init (&twin.env, 3);
  g_assert_true (quay_store_create (twin.dir, "QT1", &twin.env.env, &error));
  shop_open (&twin);
  shop_fill (&twin, 30); /* 30 sales, 4 refunds, a shift, a movement of cash */
  export_from (&twin, pair->file, 0);
  shop_fill (&pair->a, 4);
  for (guint i = 0; i < 2; i++)
    {
      shop_fill (&pair->a, 4);
      import_into (&pair->a, pair->file);
      shop_close (&pair->a);
      shop_open (&pair->a);
    }
  g_autoptr (QuayResult) sold = shop_try_sell (&pair->a, NULL, &error);
  g_assert_cmpstr (shop_number (sold), ==, "QT1A-000013");
  assert_gapless (&pair->a, "sale", "QT1A-", 13);
  assert_gapless (&pair->a, "refund", "QT1A-TH26-", 3);
  assert_gapless (&pair->a, "cash_move", "QT1A-PC26-", 3);
  assert_gapless (&pair->a, "shift", "QT1A-Z26-", 3);
  g_assert_cmpint (shop_ask (&pair->a, "SELECT count(*) FROM sale"), ==, 43);
  shop_assert_sound (&pair->a, TRUE);
  shop_tear_down (&twin, NULL);
}

/* Who saw the other's change wins, in whatever order they arrive. */
static void
test_latest (Pair *pair, gconstpointer data)
{
  QuayId product = quay_test_id ('p', 1);
  quay_result_free (shop_commit (&pair->a, shop_price (&product, SHOP_DAY, 1000)));
  export_from (&pair->a, pair->file, 0);
  import_into (&pair->b, pair->file);
  quay_result_free (shop_commit (&pair->b, shop_price (&product, SHOP_DAY, 2000)));
  g_assert_cmpint (shop_ask (&pair->b, "SELECT price FROM price"), ==, 2000);
  export_from (&pair->b, pair->file, 0);
  import_into (&pair->a, pair->file);
  g_assert_cmpint (shop_ask (&pair->a, "SELECT price FROM price"), ==, 2000);
  shop_close (&pair->a);
  shop_open (&pair->a); /* the counter seen is known after a start, too */
  quay_result_free (shop_commit (&pair->a, shop_price (&product, SHOP_DAY, 3000)));
  g_assert_cmpint (shop_ask (&pair->a, "SELECT price FROM price"), ==, 3000);
}

static void
test_since (Pair *pair, gconstpointer data)
{
  shop_sell (&pair->a, 9);
  export_from (&pair->a, pair->file, 0);
  import_into (&pair->b, pair->file);
  shop_sell (&pair->a, 3);
  Tally out = export_from (&pair->a, pair->file, 11);
  g_assert_cmpuint (out.n, ==, 3);
  g_assert_cmpuint (out.first, ==, 11);
  g_assert_cmpuint (out.last, ==, 13);
  Tally in = import_into (&pair->b, pair->file);
  g_assert_cmpuint (in.n, ==, 3);
  shop_sell (&pair->a, 2);
  export_from (&pair->a, pair->file, 15); /* 14 is missing over there */
  assert_refused (&pair->b, pair->file);
}

/* A disk that lost its own tail gets it back, and numbers go on after it. */
static void
test_own_tail (Pair *pair, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *head = g_build_filename (pair->a.dir, "quay.head", NULL);
  gsize len;
  shop_sell (&pair->a, 3);
  shop_close (&pair->a);
  g_assert_true (g_file_get_contents (pair->a.path, &bytes, &len, NULL));
  shop_open (&pair->a);
  shop_sell (&pair->a, 4);
  export_from (&pair->a, pair->file, 0);
  shop_close (&pair->a);
  g_assert_true (g_file_set_contents (pair->a.path, bytes, (gssize)len, NULL));
  g_unlink (head); /* without it nobody noticed */
  shop_open (&pair->a);
  Tally in = import_into (&pair->a, pair->file);
  g_assert_cmpuint (in.n, ==, 4);
  g_autoptr (QuayResult) sold = shop_try_sell (&pair->a, NULL, &error);
  g_assert_cmpstr (shop_number (sold), ==, "QT1A-000008");
  shop_assert_sound (&pair->a, TRUE);
}

/* --- files that don't fit --- */

/* Replaces @from by @to on line @n of the file. */
static void
edit_line (const char *path, guint n, const char *from, const char *to)
{
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_assert_nonnull (strstr (lines[n], from));
  g_auto (GStrv) parts = g_strsplit (lines[n], from, 2);
  g_free (lines[n]);
  lines[n] = g_strconcat (parts[0], to, parts[1], NULL);
  g_autofree char *edited = g_strjoinv ("\n", lines);
  g_assert_true (g_file_set_contents (path, edited, -1, NULL));
}

static const struct
{
  guint line;
  const char *from;
  const char *to;
} edits[] = {
  { 3, "\\\"who\\\":\\\"QL\\\"", "\\\"who\\\":\\\"QK\\\"" },
  { 3, "\"seq\":4", "\"seq\":5" },
  { 3, "\"seq\":4", "\"seq\":0" },
  { 3, "\"seq\":4", "\"seq\":\"4\"" },
  { 3, "\"hash\":\"", "\"hash\":\"0" },
  { 3, "\"hash\":\"", "\"hush\":\"" },
  { 0, "\"code\":\"QT1\"", "\"code\":\"\"" },
  { 0, "\"till\":\"", "\"till\":\"x" },
  { 0, "{", "[" },
};

static void
test_bad_files (Pair *pair, gconstpointer data)
{
  shop_sell (&pair->a, 6);
  for (guint i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      export_from (&pair->a, pair->file, 0);
      edit_line (pair->file, edits[i].line, edits[i].from, edits[i].to);
      assert_refused (&pair->b, pair->file);
    }
  g_assert_true (g_file_set_contents (pair->file, "{\"chain\":", -1, NULL)); /* cut off */
  assert_refused (&pair->b, pair->file);
  g_assert_true (g_file_set_contents (pair->file, "\n", -1, NULL));
  assert_refused (&pair->b, pair->file);
}

/* The same seq with other bytes: a chain that forked. */
static void
test_fork (Pair *pair, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  g_autofree char *head = g_build_filename (pair->a.dir, "quay.head", NULL);
  gsize len;
  shop_sell (&pair->a, 2);
  shop_close (&pair->a);
  g_assert_true (g_file_get_contents (pair->a.path, &bytes, &len, NULL));
  shop_open (&pair->a);
  shop_sell (&pair->a, 2);
  export_from (&pair->a, pair->file, 0);
  import_into (&pair->b, pair->file);
  shop_close (&pair->a);
  g_assert_true (g_file_set_contents (pair->a.path, bytes, (gssize)len, NULL));
  g_unlink (head);
  shop_open (&pair->a);
  shop_sell (&pair->a, 2); /* another life of the same seqs */
  export_from (&pair->a, pair->file, 0);
  assert_refused (&pair->b, pair->file);
}

/* --- held records --- */

/* Writes a chain of a made-up till: a birth, then @record. */
static void
write_chain (const char *path, const char *const *records, guint n)
{
  QuayId till = quay_test_id ('t', 9);
  QuayId chain = quay_test_id ('c', 9);
  QuayHash hash = QUAY_HASH_ZERO;
  g_autoptr (GString) out = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    {
      char hex[2 * QUAY_HASH_LEN + 1];
      char t[QUAY_ID_TEXT_LEN + 1];
      char c[QUAY_ID_TEXT_LEN + 1];
      g_autofree char *escaped = g_strescape (records[i], NULL);
      hash = quay_chain_hash (&till, &chain, i + 1, (const guint8 *)records[i], strlen (records[i]),
                              &hash);
      quay_hash_to_text (&hash, hex);
      quay_id_to_text (&till, t);
      quay_id_to_text (&chain, c);
      g_string_append_printf (out,
                              "{\"chain\":\"%s\",\"till\":\"%s\",\"code\":\"QT9\",\"letter\":\"A\","
                              "\"seq\":%u,\"hash\":\"%s\",\"record\":\"%s\"}\n",
                              c, t, i + 1, hex, escaped);
    }
  g_assert_true (g_file_set_contents (path, out->str, -1, NULL));
}

#define EVENT(t, lam, n, rest)                                                                     \
  "{\"t\":\"" t "\",\"v\":1,\"lam\":" lam ",\"id\":\"6500000" n                                    \
  "-0000-7000-8000-000000000001\",\"day\":20261123,\"ts\":1795402805123,\"who\":\"QL\"" rest "}"

static void
test_held (Pair *pair, gconstpointer data)
{
  static const char *const records[] = {
    EVENT ("chain.birth", "1", "1",
           ",\"till\":\"74000000-0000-7000-8000-000000000009\",\"code\":\"QT9\",\"letter\":\"A\","
           "\"version\":\"0.1.0\""),
    EVENT ("stock.assign", "2", "2", ""), /* a kind of later */
    EVENT ("cash.moved", "3", "3", ",\"number\":\"QT9A-PT26-0001\",\"amount\":0"), /* a rule */
    "what is this",
    EVENT ("override", "4611686018427387904", "4", ""), /* a leap of the counter */
    EVENT ("override", "5", "5", ",\"why\":\"nham\""),
  };
  write_chain (pair->file, records, G_N_ELEMENTS (records));
  Tally in = import_into (&pair->b, pair->file);
  g_assert_cmpuint (in.n, ==, 6);
  g_assert_cmpint (shop_ask (&pair->b, "SELECT count(*) FROM held"), ==, 4);
  g_assert_cmpint (shop_ask (&pair->b, "SELECT count(*) FROM audit"), ==, 1);
  shop_sell (&pair->b, 1);
  g_assert_cmpint (shop_ask (&pair->b,
                             "SELECT max(json_extract(bytes, '$.lam')) < 100 FROM journal "
                             "WHERE pos < 2199023255552"),
                   ==, 1); /* a leap that is held does not carry this till along */
  shop_assert_sound (&pair->b, TRUE);
  export_from (&pair->b, pair->file, 0); /* and they travel on */
  import_into (&pair->a, pair->file);
  g_assert_cmpint (shop_ask (&pair->a, "SELECT count(*) FROM held"), ==, 4);
  shop_close (&pair->b);
  shop_open (&pair->b);
  shop_assert_sound (&pair->a, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Pair, NULL, set_up, func, tear_down)
  ADD ("/exchange/both-ways", test_both_ways);
  ADD ("/exchange/same-numbers", test_same_numbers);
  ADD ("/exchange/latest", test_latest);
  ADD ("/exchange/since", test_since);
  ADD ("/exchange/own-tail", test_own_tail);
  ADD ("/exchange/bad-files", test_bad_files);
  ADD ("/exchange/fork", test_fork);
  ADD ("/exchange/held", test_held);
  return g_test_run ();
}
