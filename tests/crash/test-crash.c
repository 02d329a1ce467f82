/* kill -9: one shop, sold in by crash-driver, which is killed again and again, most often between
 * the beginning of a payment and its answer. Nothing reported done may be lost, half there or
 * doubled. QUAY_CRASH_ROUNDS sets the number of kills. */
#include "quay-store.h"
#include "quay-test.h"
#include "quay-till-files.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#define DEFAULT_ROUNDS 300

static const char *driver;

/* What the driver said over all its lives. */
typedef struct
{
  char *dir;
  GHashTable *begun; /* cart id → nothing */
  GHashTable *done;  /* cart id → "NUMBER TOTAL" */
  guint rounds;
  guint in_flight; /* kills between "B" and "D" */
  guint restored;
  guint reborn; /* "R" of a cart that was reported done: must stay 0 */
} Story;

static Story story;

static pid_t
start_driver (FILE **from)
{
  int ends[2];
  g_assert_cmpint (pipe (ends), ==, 0);
  pid_t pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      dup2 (ends[1], STDOUT_FILENO);
      close (ends[0]);
      close (ends[1]);
      execl (driver, driver, story.dir, NULL);
      _exit (127);
    }
  close (ends[1]);
  *from = fdopen (ends[0], "r");
  return pid;
}

/* Takes one line in; returns its letter. */
static char
note_line (const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 3);
  if (line[0] == 'E')
    g_error ("driver: %s", line);
  if (words[1] == NULL)
    return line[0];
  if (line[0] == 'B')
    g_hash_table_add (story.begun, g_strdup (words[1]));
  else if (line[0] == 'D')
    {
      g_assert_false (g_hash_table_contains (story.done, words[1]));
      g_hash_table_insert (story.done, g_strdup (words[1]), g_strdup (words[2]));
    }
  else if (line[0] == 'R')
    {
      story.restored++;
      story.reborn += g_hash_table_contains (story.done, words[1]);
    }
  return line[0];
}

static gboolean
read_line (FILE *from, char *line, gsize size)
{
  if (fgets (line, (int)size, from) == NULL)
    return FALSE;
  g_assert_true (g_str_has_suffix (line, "\n"));
  g_strchomp (line);
  return TRUE;
}

/* Lives through @payments payments, then kills @after_us microseconds into the next one. */
static void
live_and_kill (guint payments, gulong after_us)
{
  FILE *from;
  char line[256];
  char last = 0;
  guint seen = 0;
  pid_t pid = start_driver (&from);
  while (seen <= payments)
    {
      g_assert_true (read_line (from, line, sizeof line));
      last = note_line (line);
      seen += last == 'B';
    }
  g_usleep (after_us); /* the moment of the kill is what varies */
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  while (read_line (from, line, sizeof line))
    last = note_line (line);
  fclose (from);
  int status;
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
  story.in_flight += last == 'B';
}

static void
live_through_kills (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GRand) chance = g_rand_new_with_seed (20261123);
  const char *asked = g_getenv ("QUAY_CRASH_ROUNDS");
  gint64 rounds = DEFAULT_ROUNDS;
  QuaySetup setup = {
    .shop = "Điểm bán thử", .till_code = "QT1", .language = "vi", .width_mm = 80, .sample = TRUE
  };
  if (asked != NULL)
    g_assert_true (g_ascii_string_to_signed (asked, 10, 1, 1000000, &rounds, NULL));
  story.dir = quay_test_dir ();
  story.begun = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  story.done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  quay_till_make_shop (story.dir, &setup, quay_till_system_env (), &error);
  g_assert_no_error (error);
  for (story.rounds = 0; story.rounds < (guint)rounds; story.rounds++)
    {
      /* mostly inside a payment, one in four wherever it falls, a few right after the start */
      gboolean inside = g_rand_int_range (chance, 0, 4) != 0;
      live_and_kill ((guint)g_rand_int_range (chance, 0, 12),
                     (gulong)g_rand_int_range (chance, 0, inside ? 250 : 20000));
    }
  g_test_message ("%u kills, %u of them during a payment; %u sales reported; %u carts came back",
                  story.rounds, story.in_flight, g_hash_table_size (story.done), story.restored);
}

static void
test_kills_fall_into_payments (void)
{
  g_assert_cmpuint (story.in_flight * 3, >=, story.rounds);
}

static void
test_carts_come_back_once (void)
{
  g_assert_cmpuint (story.restored, >, 0);
  g_assert_cmpuint (story.reborn, ==, 0);
}

static gint64
ask_number (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *stmt;
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  gint64 n = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  return n;
}

static sqlite3 *
open_file (void)
{
  sqlite3 *db;
  g_autofree char *path = g_build_filename (story.dir, QUAY_STORE_FILE, NULL);
  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  return db;
}

static void
test_reported_sales_are_there (void)
{
  sqlite3 *db = open_file ();
  sqlite3_stmt *stmt;
  guint found = 0;
  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT id, number, total FROM sale", -1, &stmt, NULL),
                   ==, SQLITE_OK);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      QuayId id;
      char text[QUAY_ID_TEXT_LEN + 1];
      memcpy (id.b, sqlite3_column_blob (stmt, 0), sizeof id.b);
      quay_id_to_text (&id, text);
      g_autofree char *stored =
          g_strdup_printf ("%s %" G_GINT64_FORMAT, (const char *)sqlite3_column_text (stmt, 1),
                           (gint64)sqlite3_column_int64 (stmt, 2));
      const char *reported = g_hash_table_lookup (story.done, text);
      g_assert_true (g_hash_table_contains (story.begun, text));
      if (reported != NULL)
        {
          g_assert_cmpstr (stored, ==, reported);
          found++;
        }
    }
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  g_assert_cmpuint (found, ==, g_hash_table_size (story.done));
}

static void
test_none_is_half (void)
{
  sqlite3 *db = open_file ();
  gint64 sales = ask_number (db, "SELECT count (*) FROM sale");
  gint64 total = ask_number (db, "SELECT sum (total) FROM sale");
  g_assert_cmpint (sales, >=, g_hash_table_size (story.done));
  g_assert_cmpint (total, ==, ask_number (db, "SELECT sum (amount) FROM sale_line"));
  g_assert_cmpint (total, ==, ask_number (db, "SELECT sum (amount) FROM payment"));
  g_assert_cmpint (
      0, ==,
      ask_number (db, "SELECT count (*) FROM sale LEFT JOIN (SELECT sale AS of, count (*) AS n "
                      "FROM sale_line GROUP BY sale) ON of = id WHERE lines IS NOT n"));
  sqlite3_close (db);
}

static void
test_numbers_have_no_gap (void)
{
  sqlite3 *db = open_file ();
  gint64 sales = ask_number (db, "SELECT count (*) FROM sale");
  g_assert_cmpint (sales, ==, ask_number (db, "SELECT count (DISTINCT number) FROM sale"));
  g_assert_cmpint (1, ==,
                   ask_number (db, "SELECT min (CAST (substr (number, 6) AS INTEGER)) "
                                   "FROM sale"));
  g_assert_cmpint (sales, ==,
                   ask_number (db, "SELECT max (CAST (substr (number, 6) AS INTEGER)) "
                                   "FROM sale"));
  g_assert_cmpint (1, ==,
                   ask_number (db, "SELECT count (DISTINCT substr (number, 1, 5)) "
                                   "FROM sale"));
  sqlite3_close (db);
}

static void
test_chain_and_tables_verify (void)
{
  g_autoptr (GError) error = NULL;
  QuayCheck check = { 0 };
  g_autoptr (QuayTill) till = quay_till_open (story.dir, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (quay_till_verify (till, TRUE, &check, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (check.why, ==, NULL);
  g_assert_true (check.ok);
  quay_check_clear (&check);
  quay_till_close (till);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  driver = g_getenv ("QUAY_CRASH_DRIVER");
  g_assert_nonnull (driver);
  live_through_kills ();
  g_test_add_func ("/crash/a-third-during-payment", test_kills_fall_into_payments);
  g_test_add_func ("/crash/carts-come-back-once", test_carts_come_back_once);
  g_test_add_func ("/crash/reported-sales-are-there", test_reported_sales_are_there);
  g_test_add_func ("/crash/none-is-half", test_none_is_half);
  g_test_add_func ("/crash/numbers-have-no-gap", test_numbers_have_no_gap);
  g_test_add_func ("/crash/chain-and-tables-verify", test_chain_and_tables_verify);
  int failed = g_test_run ();
  quay_test_remove (story.dir);
  return failed;
}
