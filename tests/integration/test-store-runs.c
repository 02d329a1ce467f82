/* Runs that come in: what is wrong with them, what can't be booked, what an upgrade makes of it;
 * and files of the first version. */
#include "quay-test-exchange.h"
#include "store-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#define ROOM (1 << 20)

typedef struct
{
  Shop a;
  Shop b;
} Pair;

static void
set_up (Pair *pair, gconstpointer data)
{
  shop_make (&pair->a, "QT1", 91);
  shop_make (&pair->b, "QT2", 92);
}

static void
tear_down (Pair *pair, gconstpointer data)
{
  shop_tear_down (&pair->a, NULL);
  shop_tear_down (&pair->b, NULL);
}

static QuayEnvelope *
read_own (Shop *shop, guint64 from, guint max)
{
  g_autoptr (GError) error = NULL;
  QuayChainState mine = quay_test_mine (shop->store);
  QuayEnvelope *run = quay_store_read_run (shop->store, &mine.id, from, max, ROOM, &error);
  g_assert_no_error (error);
  return run;
}

/* --- runs that don't fit --- */

static void
put_record (QuayEnvelope *run, guint at, const char *bytes, gsize len)
{
  g_bytes_unref (run->records->pdata[at]);
  run->records->pdata[at] = g_bytes_new (bytes, len);
}

static void
seal (QuayEnvelope *run)
{
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (QuayHash));
  quay_envelope_check (run, hashes);
  run->head = g_array_index (hashes, QuayHash, hashes->len - 1);
}

static void
bad_from_zero (QuayEnvelope *run)
{
  run->from = 0;
  seal (run);
}

static void
bad_from_negative (QuayEnvelope *run)
{
  run->from = -5;
  seal (run);
}

static void
bad_from_huge (QuayEnvelope *run)
{
  run->from = (G_GINT64_CONSTANT (1) << 40) - 3;
  seal (run);
}

static void
bad_prev (QuayEnvelope *run)
{
  run->prev.b[5] = 1;
  seal (run);
}

static void
bad_head (QuayEnvelope *run)
{
  run->head.b[0] ^= 1;
}

static void
bad_byte (QuayEnvelope *run)
{
  gsize len;
  g_autofree char *bytes = g_memdup2 (g_bytes_get_data (run->records->pdata[4], &len),
                                      g_bytes_get_size (run->records->pdata[4]));
  bytes[len / 2] ^= 1;
  put_record (run, 4, bytes, len);
}

static void
bad_missing (QuayEnvelope *run)
{
  g_ptr_array_remove_index (run->records, 4);
}

static void
bad_gap (QuayEnvelope *run)
{
  g_ptr_array_remove_range (run->records, 0, 3);
  run->from = 4;
  seal (run);
}

static void
bad_till (QuayEnvelope *run)
{
  run->till.b[3] ^= 1;
  seal (run);
}

static void
bad_code (QuayEnvelope *run)
{
  run->code[0]++;
}

static void
bad_letter (QuayEnvelope *run)
{
  run->letter[0]++;
}

static void
bad_nameless (QuayEnvelope *run)
{
  g_clear_pointer (&run->code, g_free);
}

static void
bad_no_birth (QuayEnvelope *run)
{
  g_ptr_array_remove_index (run->records, 0);
  seal (run);
}

static void
bad_garbage_birth (QuayEnvelope *run)
{
  put_record (run, 0, "what is this", 12);
  seal (run);
}

static void
bad_empty (QuayEnvelope *run)
{
  put_record (run, 3, "", 0);
  seal (run);
}

static void
bad_two_lines (QuayEnvelope *run)
{
  put_record (run, 3, "{}\n{}", 5);
  seal (run);
}

static void
bad_long (QuayEnvelope *run)
{
  g_autofree char *bytes = g_strnfill (QUAY_EVENT_MAX_BYTES + 1, 'x');
  put_record (run, 3, bytes, QUAY_EVENT_MAX_BYTES + 1);
  seal (run);
}

static const struct
{
  const char *name;
  void (*spoil) (QuayEnvelope *run);
} bad_runs[] = {
  { "from-zero", bad_from_zero }, { "from-negative", bad_from_negative },
  { "from-huge", bad_from_huge }, { "prev", bad_prev },
  { "head", bad_head },           { "byte", bad_byte },
  { "missing", bad_missing },     { "gap", bad_gap },
  { "till", bad_till },           { "code", bad_code },
  { "letter", bad_letter },       { "nameless", bad_nameless },
  { "no-birth", bad_no_birth },   { "garbage-birth", bad_garbage_birth },
  { "empty", bad_empty },         { "two-lines", bad_two_lines },
  { "long", bad_long },
};

static void
assert_refused (Shop *shop, const QuayEnvelope *run, const char *name)
{
  guint64 n = 99;
  g_autoptr (GError) error = NULL;
  gint64 before = shop_ask (shop, "SELECT count(*) + (SELECT count(*) FROM chain) FROM journal");
  g_test_message ("%s", name);
  g_assert_false (quay_store_take_run (shop->store, run, &n, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpint (shop_ask (shop, "SELECT count(*) + (SELECT count(*) FROM chain) FROM journal"),
                   ==, before);
}

static void
test_bad_runs (Pair *pair, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  shop_sell (&pair->a, 9);
  for (guint i = 0; i < G_N_ELEMENTS (bad_runs); i++)
    {
      g_autoptr (QuayEnvelope) run = read_own (&pair->a, 1, 100);
      bad_runs[i].spoil (run);
      assert_refused (&pair->b, run, bad_runs[i].name);
    }
  g_autoptr (QuayEnvelope) own = read_own (&pair->b, 1, 100);
  assert_refused (&pair->b, own, "own chain");
  g_autoptr (QuayEnvelope) good = read_own (&pair->a, 1, 6);
  g_assert_true (quay_store_take_run (pair->b.store, good, NULL, &error));
  /* on a chain that is known */
  g_autoptr (QuayEnvelope) gap = read_own (&pair->a, 8, 2);
  assert_refused (&pair->b, gap, "gap in a known chain");
  g_autoptr (QuayEnvelope) other = read_own (&pair->a, 7, 2);
  other->prev.b[0] ^= 1;
  seal (other);
  assert_refused (&pair->b, other, "another prev");
  g_autoptr (QuayEnvelope) till = read_own (&pair->a, 7, 2);
  till->till.b[0] ^= 1;
  seal (till);
  assert_refused (&pair->b, till, "another till");
  guint64 n;
  g_autoptr (QuayEnvelope) rest = read_own (&pair->a, 3, 100);
  g_assert_true (quay_store_take_run (pair->b.store, rest, &n, &error));
  g_assert_cmpuint (n, ==, 4);
  g_assert_true (quay_store_take_run (pair->b.store, rest, &n, &error));
  g_assert_cmpuint (n, ==, 0);
  shop_assert_sound (&pair->b, TRUE);
}

/* --- chains made by hand --- */

#define EVENT(t, lam, n, rest)                                                                     \
  "{\"t\":\"" t "\",\"v\":1,\"lam\":" lam ",\"id\":\"6500000" n                                    \
  "-0000-7000-8000-000000000001\",\"day\":20261123,\"ts\":1795402805123,\"who\":\"QL\"" rest "}"
#define BIRTH                                                                                      \
  EVENT ("chain.birth", "1", "1",                                                                  \
         ",\"till\":\"74000000-0000-7000-8000-000000000009\",\"code\":\"QT9\",\"letter\":\"A\","   \
         "\"version\":\"0.1.0\"")

static QuayEnvelope *
make_run (const char *const *records, guint n)
{
  QuayEnvelope *run = quay_envelope_new ();
  run->till = quay_test_id ('t', 9);
  run->chain = quay_test_id ('c', 9);
  run->code = g_strdup ("QT9");
  run->letter = g_strdup ("A");
  run->from = 1;
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (run->records, g_bytes_new (records[i], strlen (records[i])));
  seal (run);
  return run;
}

static void
take (Shop *shop, const QuayEnvelope *run)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (quay_store_take_run (shop->store, run, NULL, &error));
  g_assert_no_error (error);
}

/* The greatest record there is goes through whole. */
static void
test_greatest (Pair *pair, gconstpointer data)
{
  g_autofree char *fill = g_strnfill (QUAY_EVENT_MAX_BYTES, 'x');
  g_autofree char *whole = g_strdup_printf ("{\"t\":\"later\",\"x\":\"%s", fill);
  whole[QUAY_EVENT_MAX_BYTES - 2] = '"';
  whole[QUAY_EVENT_MAX_BYTES - 1] = '}';
  whole[QUAY_EVENT_MAX_BYTES] = '\0';
  const char *const records[] = { BIRTH, whole, EVENT ("override", "2", "2", "") };
  g_autoptr (QuayEnvelope) run = make_run (records, 3);
  take (&pair->b, run);
  g_assert_cmpuint (quay_test_pull (pair->a.store, pair->b.store, &run->chain, 100), ==, 3);
  g_assert_cmpint (shop_ask (&pair->a, "SELECT max(length(bytes)) FROM journal"), ==,
                   QUAY_EVENT_MAX_BYTES);
  guint64 total;
  g_autoptr (GPtrArray) held = quay_store_held (pair->a.store, 10, &total, NULL);
  g_assert_cmpuint (total, ==, 1);
  const QuayHeldRecord *record = held->pdata[0];
  g_assert_cmpuint (record->seq, ==, 2);
  g_assert_cmpstr (record->code, ==, "QT9");
  g_assert_nonnull (record->why);
  shop_assert_sound (&pair->a, TRUE);
}

/* Counters that leap are held, and what comes after is judged by what counted, in one run or many,
 * after a start, and behind a place where the chain was replaced. */
static void
test_leaps (Pair *pair, gconstpointer data)
{
  static const char *const records[] = {
    BIRTH,
    EVENT ("override", "4294967297", "2", ""), /* 1 + 2^32: the greatest step */
    EVENT ("override", "4611686018427387904", "3", ""),
    EVENT ("override", "5", "4", ""), /* goes back, which is no fault */
    EVENT ("override", "8589934594", "5", ""),
    EVENT ("override", "8589934593", "6", ""),
  };
  g_autoptr (QuayEnvelope) run = make_run (records, G_N_ELEMENTS (records));
  take (&pair->a, run);
  g_assert_cmpint (shop_ask (&pair->a, "SELECT sum(pos & 255) FROM held"), ==, 3 + 5);
  for (guint64 seq = 1; seq <= G_N_ELEMENTS (records); seq++)
    {
      g_autoptr (QuayEnvelope) one =
          quay_store_read_run (pair->a.store, &run->chain, seq, 1, ROOM, NULL);
      take (&pair->b, one);
      shop_close (&pair->b);
      shop_open (&pair->b);
    }
  shop_assert_sound (&pair->b, TRUE);
  quay_test_pull_all (pair->a.store, pair->b.store, 9);
  quay_test_pull_all (pair->b.store, pair->a.store, 9);
  quay_test_assert_equal (pair->a.store, pair->b.store);
  /* what is made here goes above it by steps, so that no record of it leaps */
  shop_sell (&pair->b, 3);
  g_assert_cmpuint (quay_test_pull_all (pair->a.store, pair->b.store, 9), ==, 3 + 2);
  g_assert_cmpint (shop_ask (&pair->a, "SELECT count(*) FROM sale"), ==, 3);
  g_assert_cmpint (shop_ask (&pair->a, "SELECT max(lam) > 8589934594 FROM chain"), ==, 1);
  quay_test_assert_equal (pair->a.store, pair->b.store);
  /* from the fourth record on another version: judged from what came before */
  static const char *const others[] = {
    EVENT ("override", "8589934594", "7", ""),
    EVENT ("override", "8589934593", "8", ""),
  };
  g_autoptr (QuayEnvelope) fork = make_run (others, 2);
  fork->from = 3;
  g_assert_true (quay_store_hash_at (pair->a.store, &run->chain, 2, &fork->prev, NULL));
  seal (fork);
  take (&pair->a, fork);
  g_assert_cmpint (shop_ask (&pair->a, "SELECT sum(pos & 255) FROM held WHERE pos >> 40 ="
                                       " (SELECT max(no) FROM chain)"),
                   ==, 3);
  shop_assert_sound (&pair->a, TRUE);
}

/* A chain leapt and leapt again; what is moved into a new chain after that is held by nobody: the
 * new chain climbs to it. */
static void
test_fork_after_leaps (Pair *pair, gconstpointer data)
{
  static const char *const records[] = {
    BIRTH,
    EVENT ("override", "4294967297", "2", ""),
    EVENT ("override", "8589934593", "3", ""),
    EVENT ("override", "12884901889", "4", ""),
    EVENT ("override", "17179869185", "5", ""), /* 1 + 4 × 2^32 */
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayEnvelope) run = make_run (records, G_N_ELEMENTS (records));
  take (&pair->a, run);
  shop_sell (&pair->a, 3);
  QuayChainState old = quay_test_mine (pair->a.store);
  quay_store_new_chain (pair->a.store, NULL, NULL, old.seq - 1, &error);
  g_assert_no_error (error);
  QuayChainState fresh = quay_test_mine (pair->a.store);
  g_assert_cmpuint (fresh.seq, ==, 1 + 3 + 2); /* the birth, steps, what was moved */
  shop_sell (&pair->a, 1);
  quay_test_pull_all (pair->b.store, pair->a.store, 9);
  quay_test_pull_all (pair->a.store, pair->b.store, 9);
  g_assert_cmpint (shop_ask (&pair->b, "SELECT count(*) FROM sale"), ==, 4);
  g_assert_cmpint (shop_ask (&pair->b, "SELECT count(*) FROM held"), ==, 0);
  quay_test_assert_equal (pair->a.store, pair->b.store);
  shop_assert_sound (&pair->a, TRUE);
  shop_assert_sound (&pair->b, TRUE);
}

/* --- held, and an upgrade --- */

/* As a program would have left the file that did not know the second record's kind, and to which
 * the third therefore leapt. */
static const char as_older[] =
    "DELETE FROM audit; DELETE FROM booked WHERE pos & 255 IN (2, 3) AND pos >> 40 = 2;"
    "INSERT INTO held SELECT pos, 'event of an unknown kind or version' FROM journal"
    " WHERE pos & 255 = 2 AND pos >> 40 = 2;"
    "INSERT INTO held SELECT pos, 'its Lamport counter leaps' FROM journal"
    " WHERE pos & 255 = 3 AND pos >> 40 = 2;"
    "UPDATE chain SET lam = 1 WHERE no = 2;"
    "INSERT OR REPLACE INTO local VALUES ('held.version', '0.0.9');";

static void
test_upgrade (Pair *pair, gconstpointer data)
{
  static const char *const records[] = {
    BIRTH,
    EVENT ("override", "4294967297", "2", ""),
    EVENT ("override", "8589934593", "3", ""),
    EVENT ("of.a.later.day", "8589934594", "4", ""),
  };
  guint64 total;
  guint64 booked;
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayEnvelope) run = make_run (records, G_N_ELEMENTS (records));
  take (&pair->a, run);
  take (&pair->b, run);
  quay_test_pull_all (pair->a.store, pair->b.store, 9);
  quay_test_pull_all (pair->b.store, pair->a.store, 9);
  shop_close (&pair->b);
  shop_tamper (&pair->b, as_older);
  shop_open (&pair->b); /* by itself */
  g_autoptr (GPtrArray) held = quay_store_held (pair->b.store, 10, &total, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (total, ==, 1);
  g_assert_cmpuint (((QuayHeldRecord *)held->pdata[0])->seq, ==, 4);
  quay_test_assert_equal (pair->a.store, pair->b.store);
  shop_assert_sound (&pair->b, TRUE);
  shop_close (&pair->b);
  shop_tamper (&pair->b, as_older);
  shop_tamper (&pair->b, "UPDATE local SET value = (SELECT max(version) FROM birth)"
                         " WHERE key = 'held.version'");
  shop_open (&pair->b); /* this version has tried: nothing happens until somebody asks */
  g_clear_pointer (&held, g_ptr_array_unref);
  held = quay_store_held (pair->b.store, 1, &total, &error);
  g_assert_cmpuint (total, ==, 3);
  g_assert_cmpuint (held->len, ==, 1);
  g_assert_true (quay_store_retry_held (pair->b.store, &booked, &error));
  g_assert_cmpuint (booked, ==, 2);
  quay_test_assert_equal (pair->a.store, pair->b.store);
  shop_assert_sound (&pair->b, TRUE);
  g_assert_true (quay_store_retry_held (pair->b.store, &booked, &error));
  g_assert_cmpuint (booked, ==, 0);
}

/* --- files of the first version --- */

static void
put_version_1 (Shop *shop)
{
  g_autofree char *bytes = NULL;
  gsize len;
  g_autofree char *head = g_build_filename (shop->dir, "quay.head", NULL);
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "data", "store", "version-1.db", NULL);
  if (!g_file_get_contents (path, &bytes, &len, NULL))
    {
      g_free (path);
      path = g_build_filename (g_getenv ("QUAY_SOURCE_DIR"), "tests", "data", "store",
                               "version-1.db", NULL);
      g_assert_true (g_file_get_contents (path, &bytes, &len, NULL));
    }
  shop_close (shop);
  g_unlink (head);
  g_assert_true (g_file_set_contents (shop->path, bytes, (gssize)len, NULL));
}

static void
test_version_1 (Pair *pair, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  put_version_1 (&pair->a);
  gint64 records = shop_ask (&pair->a, "SELECT count(*) FROM journal");
  g_assert_cmpint (shop_ask (&pair->a, "PRAGMA user_version"), ==, 1);
  shop_open (&pair->a);
  g_assert_cmpint (shop_ask (&pair->a, "PRAGMA user_version"), >, 1);
  g_assert_cmpint (shop_ask (&pair->a, "SELECT count(*) FROM journal"), ==, records);
  g_assert_cmpint (shop_ask (&pair->a, "SELECT sum(here) FROM chain"), ==, 2);
  shop_assert_sound (&pair->a, TRUE);
  g_autoptr (QuayReader) reader = quay_reader_new (pair->a.store, &error);
  QuayId shift;
  g_autofree char *number = NULL;
  g_assert_true (quay_reader_open_shift (reader, &shift, &number, NULL));
  g_assert_cmpstr (number, ==, "QT1B-Z26-0001");
  g_clear_pointer (&reader, quay_reader_free);
  g_autoptr (QuayResult) sold = shop_try_sell (&pair->a, NULL, &error);
  g_assert_cmpstr (shop_number (sold), ==, "QT1B-000004");
  /* a chain that the old program took goes on, judged by all that it had: 5000 counted last */
  static const char *const more[] = {
    EVENT ("override", "4294972296", "7", ""),
    EVENT ("override", "4611686018427387900", "8", ""),
  };
  g_autoptr (QuayEnvelope) run = make_run (more, 2);
  run->from = 7;
  g_assert_true (quay_store_hash_at (pair->a.store, &run->chain, 6, &run->prev, &error));
  seal (run);
  take (&pair->a, run);
  g_assert_cmpint (shop_ask (&pair->a, "SELECT count(*) FROM held"), ==, 4 + 1);
  shop_assert_sound (&pair->a, TRUE);
  quay_test_sync (pair->b.store, pair->a.store, 9);
  quay_test_sync (pair->a.store, pair->b.store, 9);
  quay_test_assert_equal (pair->a.store, pair->b.store);
}

static void
test_version_1_backup (Pair *pair, gconstpointer data)
{
  QuayVerdict verdict;
  g_autoptr (GError) error = NULL;
  g_autofree char *backup = g_build_filename (pair->b.dir, "backup.db", NULL);
  put_version_1 (&pair->a);
  g_assert_cmpint (g_rename (pair->a.path, backup), ==, 0);
  g_assert_true (quay_store_restore (pair->a.dir, backup, &pair->a.env.env, &verdict, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (verdict.events, ==, 105);
  quay_verdict_clear (&verdict);
  shop_open (&pair->a);
  g_assert_cmpstr (quay_store_chain_letter (pair->a.store), ==, "C");
  shop_assert_sound (&pair->a, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Pair, NULL, set_up, func, tear_down)
  ADD ("/store-runs/bad", test_bad_runs);
  ADD ("/store-runs/greatest", test_greatest);
  ADD ("/store-runs/leaps", test_leaps);
  ADD ("/store-runs/fork-after-leaps", test_fork_after_leaps);
  ADD ("/store-runs/upgrade", test_upgrade);
  ADD ("/store-runs/version-1", test_version_1);
  ADD ("/store-runs/version-1-backup", test_version_1_backup);
  return g_test_run ();
}
