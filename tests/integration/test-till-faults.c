/* The counter on a bad day: a disk without room, a clock that went wrong, texts that no one would
 * type, settings that make no sense, pages of the file that were hit. */
#include "bad-disk.h"
#include "quay-test-till.h"

#include "quay-error.h"
#include "quay-event.h"
#include "quay-store-private.h"
#include "quay-till-private.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define NOODLES "2900000000018" /* 65.000 đ, 8 % */
#define SPIRIT "2900000000117"  /* 95.000 đ, 10 %, 30 % vol */
#define TEA "2900000000049"     /* 60.000 đ, 8 % */
#define YEAR_MS (G_GINT64_CONSTANT (365) * 24 * 3600 * 1000)

typedef QuayTestShop Shop;

static void
set_up (Shop *shop, gconstpointer data)
{
  quay_test_shop_init (shop, TRUE);
}

static void
tear_down (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  QuayCheck check = { 0 };
  bad_disk_disarm ();
  if (shop->till != NULL)
    {
      quay_till_verify (shop->till, TRUE, &check, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (check.why, ==, NULL);
      g_assert_true (check.ok);
      quay_check_clear (&check);
    }
  quay_test_shop_clear (shop);
}

static QuayCartTotals
totals (Shop *shop)
{
  return quay_cart_totals (quay_till_cart (shop->till));
}

/* --- a disk without room --- */

static void
count_cb (QuayTill *till, int code, const char *why, gpointer data)
{
  g_assert_cmpint (code, ==, QUAY_ERROR_FULL);
  ++*(guint *)data;
}

/* Waits until the store has answered what was asked before. */
static void
settle (Shop *shop)
{
  g_assert_true (quay_till_flush (shop->till, NULL));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void
test_full (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  quay_test_shop_scan (shop, NOODLES);
  QuayId id = quay_till_cart (shop->till)->id;
  settle (shop);
  bad_disk_arm (BAD_DISK_FULL, 1, TRUE);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_null (quay_till_pay (shop->till, NULL, &error));
      g_assert_error (error, QUAY_ERROR, QUAY_ERROR_FULL);
      g_clear_error (&error);
      g_assert_cmpint (totals (shop).total.dong, ==, 65000);
      g_assert_true (quay_id_equal (&quay_till_cart (shop->till)->id, &id));
    }
  g_assert_false (quay_till_hold (shop->till, "bàn 1", &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_FULL);
  g_assert_cmpuint (bad_disk_disarm (), >, 0);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  g_assert_cmpstr (sale->number, ==, "QT1A-000001");
  g_assert_true (quay_id_equal (&sale->id, &id));
  quay_test_shop_reopen (shop);
  g_assert_false (quay_till_take_restored (shop->till));
}

/* A cart that was emptied while the disk was full does not come back. */
static void
test_full_clear (Shop *shop, gconstpointer data)
{
  guint told = 0;
  g_signal_connect (shop->till, "storage-error", G_CALLBACK (count_cb), &told);
  quay_test_shop_scan (shop, NOODLES);
  settle (shop);
  bad_disk_arm (BAD_DISK_FULL, 1, TRUE);
  g_assert_true (quay_till_cart_clear (shop->till, "khách bỏ", NULL));
  g_assert_false (quay_till_flush (shop->till, NULL));
  while (told == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (bad_disk_disarm (), >, 0);
  quay_test_shop_scan (shop, TEA);
  settle (shop);
  quay_test_shop_reopen (shop);
  g_assert_true (quay_till_take_restored (shop->till));
  g_assert_cmpint (totals (shop).total.dong, ==, 60000);
  g_autoptr (GPtrArray) held = quay_till_held (shop->till);
  g_assert_cmpuint (held->len, ==, 0);
}

/* --- a clock that went wrong --- */

typedef struct
{
  const char *name;
  gint64 wall_ms;
  gint64 day; /* of what is sold then */
  gint64 vat;
} ClockCase;

static const ClockCase clock_cases[] = {
  { "battery-dead", 0, 20261123, 4815 },
  { "day-after-1970", 90000000, 20261123, 4815 },
  { "years-back", G_GINT64_CONSTANT (1577836800000), 20261123, 4815 }, /* 2020 */
  { "an-hour-back", G_GINT64_CONSTANT (1795395600000) - 3600000, 20261123, 4815 },
  { "years-ahead", G_GINT64_CONSTANT (1795395600000) + 12 * YEAR_MS, 20381120, 5909 },
};

/* The clock moves while the till is open, and it is there again at the next start. */
static void
test_clock (Shop *shop, gconstpointer data)
{
  const ClockCase *c = data;
  gint64 sales;
  quay_test_shop_scan (shop, NOODLES);
  quay_sale_record_free (quay_test_shop_pay (shop));
  QuayDay before = quay_till_day (shop->till);
  g_assert_cmpint (before, ==, 20261123);
  for (guint i = 0; i < 2; i++)
    {
      shop->env.wall_ms = c->wall_ms;
      g_assert_true (quay_till_clock_is_wrong (shop->till) == (i == 0 && c->day == before) ||
                     c->wall_ms < G_GINT64_CONSTANT (1767225600000)); /* before there was a till */
      quay_test_shop_scan (shop, NOODLES);
      g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
      g_assert_cmpint (sale->day, ==, c->day);
      g_assert_cmpint (sale->total.dong, ==, 65000);
      g_assert_cmpint (sale->vat.dong, ==, c->vat);
      g_assert_cmpint (quay_till_day (shop->till), ==, c->day);
      shop->env.wall_ms = c->wall_ms;
      quay_test_shop_reopen (shop);
    }
  quay_till_today (shop->till, &sales, NULL);
  g_assert_cmpint (sales, ==, c->day == before ? 3 : 2);
}

/* --- texts --- */

/* What the counter takes is in the cart after a restart, and can be sold. */
static void
test_long_texts (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strnfill (400, 'x');
  g_autofree char *who = g_strnfill (600, 'x');
  for (guint i = 0; i < 100; i++)
    memcpy (name + 4 * i, "𠀀", 4);
  for (guint i = 0; i < 150; i++)
    memcpy (who + 4 * i, "𠀀", 4);
  gboolean taken = quay_till_cart_add_open (shop->till, name, QUAY_DONG (1000), QUAY_UNITS (1),
                                            "A_PROC", NULL, &error);
  if (!taken)
    g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_clear_error (&error);
  quay_test_shop_scan (shop, NOODLES);
  if (!quay_till_cart_set_buyer (shop->till, who, NULL, &error))
    g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  quay_test_shop_reopen (shop);
  g_assert_cmpuint (totals (shop).n_lines, ==, taken ? 2 : 1);
  quay_sale_record_free (quay_test_shop_pay (shop));
}

/* A product of another program's journal has a name beyond what a sale keeps. */
static void
test_long_name (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strnfill (2000, 'x');
  g_autoptr (QuayItem) item = quay_till_item_by_sku (shop->till, "OCOP001");
  for (guint i = 0; i + 3 <= 2000; i += 3)
    memcpy (name + i, "ệ", 3);
  quay_till_close (shop->till);
  g_clear_object (&shop->till);
  QuayStore *store = quay_store_open (shop->dir, &shop->env.env, &error);
  g_assert_no_error (error);
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *event = quay_event_new (QUAY_EVENT_PRODUCT);
  QuayFacts *body = event->body;
  body->id = item->product;
  body->facts = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_fact_free);
  g_ptr_array_add (body->facts, quay_fact_new_text ("name", name));
  quay_txn_add (txn, event);
  g_autoptr (QuayResult) result = quay_store_commit (store, txn, QUAY_LANE_COUNTER, &error);
  g_assert_no_error (error);
  quay_store_close (store);
  shop->till = quay_till_open_with (shop->dir, NULL, &shop->env.env, &error);
  g_assert_no_error (error);
  quay_test_shop_scan (shop, NOODLES);
  quay_test_shop_reopen (shop);
  g_assert_cmpuint (totals (shop).n_lines, ==, 1);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  const QuayLine *line = sale->lines->pdata[0];
  g_assert_true (g_utf8_validate (line->name, -1, NULL));
  g_assert_true (g_str_has_prefix (line->name, "ệệệ"));
}

/* --- settings --- */

static const char *const settings[][2] = {
  { "shop.cutoff", "99999" },
  { "shop.cutoff", "-1" },
  { "shop.cutoff", "9223372036854775808" },
  { "shop.cutoff", "sáng" },
  { "shop.scan_prefixes", ";;;=," },
  { "shop.scan_prefixes", "20=P99999999999999999999" },
  { "shop.trace_hosts", "://///" },
  { "shop.floor", "not-an-id" },
  { "shop.floor", "00000000-0000-0000-0000-000000000000" },
  { "shop.user", "" },
  { "shop.name", "" },
  { "till.receipt_width", "0" },
  { "till.receipt_width", "-58" },
  { "till.receipt_width", "2147483648" },
  { "till.printer", "bệ phóng" },
  { "till.printer_folder", "/dev/null/nowhere" },
  { "till.language", "xx_XX" },
  { "scan.gap", "-5" },
};

/* Another program wrote them, so that no check of the till's own stood in the way. */
static void
write_settings (Shop *shop)
{
  g_autoptr (GError) error = NULL;
  QuayStore *store = quay_store_open (shop->dir, &shop->env.env, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      QuayTxn *txn = quay_txn_new ();
      if (g_str_has_prefix (settings[i][0], "till."))
        quay_txn_set_local (txn, settings[i][0], settings[i][1]);
      else
        {
          QuayEvent *event = quay_event_new (QUAY_EVENT_SETTING);
          QuayFacts *body = event->body;
          body->code = g_strdup ("shop");
          body->facts = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_fact_free);
          g_ptr_array_add (body->facts, quay_fact_new_text (settings[i][0], settings[i][1]));
          quay_txn_add (txn, event);
        }
      g_autoptr (QuayResult) result = quay_store_commit (store, txn, QUAY_LANE_COUNTER, &error);
      g_assert_no_error (error);
    }
  quay_store_close (store);
}

static void
test_settings (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (!quay_till_set_setting (shop->till, settings[i][0], settings[i][1], &error))
      {
        g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
        g_clear_error (&error);
      }
  quay_till_close (shop->till);
  g_clear_object (&shop->till);
  write_settings (shop);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
  shop->till = quay_till_open_with (shop->dir, NULL, &shop->env.env, &error);
  g_assert_no_error (error);
  quay_test_shop_scan (shop, NOODLES);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  g_assert_cmpint (sale->total.dong, ==, 65000);
  g_autoptr (GBytes) text = quay_till_render_receipt (shop->till, sale, "text", 80, FALSE, &error);
  g_assert_no_error (error);
  g_assert_null (quay_till_render_receipt (shop->till, sale, "text", 0, FALSE, NULL));
}

/* --- pages that were hit --- */

/* Everything that a morning at the counter reads. */
static void
use_all (QuayTill *till)
{
  g_autoptr (GPtrArray) sales = quay_till_sales (till, 20260101, 20271231, NULL, NULL, 50);
  for (guint i = 0; i < sales->len; i++)
    {
      g_autoptr (QuaySaleRecord) sale =
          quay_till_sale (till, ((const QuaySaleRecord *)sales->pdata[i])->number);
      g_autoptr (GBytes) text =
          sale != NULL ? quay_till_render_receipt (till, sale, "text", 58, FALSE, NULL) : NULL;
    }
  g_autoptr (GListModel) found = quay_till_item_model (till, "mien dong", NULL, "name");
  for (guint i = 0; i < g_list_model_get_n_items (found); i++)
    g_object_unref (g_list_model_get_item (found, i));
  g_autoptr (QuayScanned) scanned = quay_till_scan (till, NOODLES);
  static const char *const kinds[] = { "day", "product", "producer", "vat", "month" };
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    quay_report_free (quay_till_report (till, kinds[i], 20260101, 20271231, NULL));
  g_ptr_array_unref (quay_till_stock (till, NULL, 0, FALSE));
  g_ptr_array_unref (quay_till_held (till));
  if (scanned->line != NULL && quay_till_cart_add (till, scanned->line, NULL, NULL))
    quay_sale_record_free (quay_till_pay (till, NULL, NULL));
}

/* What the file says while it is whole: figures to compare with. */
static char *
describe (QuayTill *till)
{
  g_autoptr (QuayReport) report = quay_till_report (till, "day", 20260101, 20271231, NULL);
  return report == NULL ? g_strdup ("none")
                        : g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, report->sales,
                                           report->total.dong);
}

static void
open_hit (Shop *shop, const char *dir, const char *whole)
{
  g_autoptr (GError) error = NULL;
  QuayCheck check = { 0 };
  QuayTill *till = quay_till_open_with (dir, NULL, &shop->env.env, &error);
  if (till == NULL)
    {
      g_assert_true (quay_error_is_storage (error));
      return;
    }
  if (quay_till_verify (till, TRUE, &check, NULL) && check.ok)
    {
      g_autofree char *now = describe (till);
      g_assert_cmpstr (now, ==, whole);
    }
  quay_check_clear (&check);
  use_all (till);
  quay_till_close (till);
  g_object_unref (till);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void
test_hit_pages (Shop *shop, gconstpointer data)
{
  gsize len;
  g_autofree guint8 *bytes = NULL;
  g_autofree char *path = g_build_filename (shop->dir, QUAY_STORE_FILE, NULL);
  g_autofree char *dir = g_build_filename (shop->dir, "hit", NULL);
  g_autofree char *copy = g_build_filename (dir, QUAY_STORE_FILE, NULL);
  for (guint i = 0; i < 20; i++)
    {
      quay_test_shop_scan (shop, i % 2 == 0 ? NOODLES : TEA);
      quay_sale_record_free (quay_test_shop_pay (shop));
    }
  g_autofree char *whole = describe (shop->till);
  quay_test_shop_reopen (shop); /* the log is in the file */
  g_assert_true (g_file_get_contents (path, (char **)&bytes, &len, NULL));
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
  g_autoptr (GRand) chance = g_rand_new_with_seed (9);
  for (gsize page = 0; page < len; page += 4096)
    {
      g_autofree guint8 *hit = g_memdup2 (bytes, len);
      for (guint n = 0; n < 24; n++)
        hit[page + (gsize)g_rand_int_range (chance, 0, n % 2 == 0 ? 64 : 4096)] ^=
            (guint8)(1 << g_rand_int_range (chance, 0, 8));
      g_assert_cmpint (g_mkdir (dir, 0700), ==, 0);
      g_assert_true (g_file_set_contents (copy, (char *)hit, (gssize)len, NULL));
      open_hit (shop, dir, whole);
      quay_test_remove (dir);
    }
}

/* --- files --- */

static void
assert_private (const char *path)
{
  GStatBuf about;
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  g_assert_cmpint (g_stat (path, &about), ==, 0);
  if ((about.st_mode & 077) != 0)
    g_error ("'%s' can be read by others", path);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      assert_private (child);
    }
}

/* The shop's files, its backups and what is carried by hand are for their owner alone: they hold
 * what customers bought, and the keys of their names. */
static void
test_private (Shop *shop, gconstpointer data)
{
  QuayCheck check = { 0 };
  g_autofree char *copy = g_build_filename (shop->dir, "copy.db", NULL);
  g_autofree char *events = g_build_filename (shop->dir, "events.jsonl", NULL);
  mode_t before = umask (0);
  quay_test_shop_scan (shop, NOODLES);
  g_assert_true (quay_till_cart_set_buyer (shop->till, "Nguyễn Văn A", NULL, NULL));
  quay_sale_record_free (quay_test_shop_pay (shop));
  g_assert_true (quay_till_backup (shop->till, copy, &check, NULL));
  g_assert_true (quay_till_export_events (shop->till, events, 1, NULL, NULL, NULL, NULL));
  quay_check_clear (&check);
  quay_test_shop_reopen (shop);
  umask (before);
  assert_private (shop->dir);
}

static GBytes *
read_whole (const char *path)
{
  char *bytes;
  gsize len;
  g_assert_true (g_file_get_contents (path, &bytes, &len, NULL));
  return g_bytes_new_take (bytes, len);
}

/* The log of one shop beside the file of another: whatever it is taken for, the file stays as it
 * is. */
static void
test_alien_log (Shop *shop, gconstpointer data)
{
  Shop other = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (shop->dir, QUAY_STORE_FILE, NULL);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *alien = NULL;
  quay_test_shop_init (&other, FALSE);
  alien = g_build_filename (other.dir, QUAY_STORE_FILE "-wal", NULL);
  quay_test_shop_scan (shop, NOODLES);
  quay_sale_record_free (quay_test_shop_pay (shop));
  g_autofree char *number = quay_till_open_shift (other.till, QUAY_DONG (1000), NULL);
  g_assert_nonnull (number);
  g_autoptr (GBytes) frames = read_whole (alien);
  g_assert_cmpuint (g_bytes_get_size (frames), >, 0);
  quay_test_shop_clear (&other);
  quay_till_close (shop->till);
  g_clear_object (&shop->till);
  g_autoptr (GBytes) whole = read_whole (path);
  g_assert_true (g_file_set_contents (log, g_bytes_get_data (frames, NULL),
                                      (gssize)g_bytes_get_size (frames), NULL));
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
  QuayTill *till = quay_till_open_with (shop->dir, NULL, &shop->env.env, &error);
  g_assert_null (till);
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_DAMAGED);
  g_autoptr (GBytes) after = read_whole (path);
  g_assert_true (g_bytes_equal (whole, after));
}

/* An older copy in the file's place: the user is told, and no number is given twice. */
static void
test_older_copy (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (shop->dir, QUAY_STORE_FILE, NULL);
  quay_test_shop_reopen (shop);
  g_assert_false (quay_till_was_rolled_back (shop->till));
  g_assert_false (quay_till_clock_is_wrong (shop->till));
  g_autoptr (GBytes) older = read_whole (path);
  quay_test_shop_scan (shop, NOODLES);
  quay_sale_record_free (quay_test_shop_pay (shop));
  quay_till_close (shop->till);
  g_clear_object (&shop->till);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (older, NULL),
                                      (gssize)g_bytes_get_size (older), NULL));
  shop->till = quay_till_open_with (shop->dir, NULL, &shop->env.env, &error);
  g_assert_no_error (error);
  g_assert_true (quay_till_was_rolled_back (shop->till));
  quay_test_shop_scan (shop, NOODLES);
  g_autoptr (QuaySaleRecord) sale = quay_test_shop_pay (shop);
  g_assert_cmpstr (sale->number, ==, "QT1B-000001");
}

/* The till's own copy can't be made: the till knows, for the settings page to say. */
static void
test_no_copy (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *why = NULL;
  g_autofree char *folder = g_build_filename (shop->dir, "backups", NULL);
  quay_test_shop_reopen (shop);
  quay_test_remove (folder);
  g_assert_true (g_file_set_contents (folder, "no folder", -1, NULL));
  quay_test_env_move (&shop->env, 2 * 3600 * 1000);
  while (why == NULL)
    {
      g_assert_true (quay_store_idle_now (shop->till->store, &error));
      g_assert_cmpint (quay_till_last_backup (shop->till, &why), ==, 0);
      g_thread_yield ();
    }
  g_assert_nonnull (strstr (why, "backups"));
}

/* A folder where the file should be. */
static void
test_folder (Shop *shop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (shop->dir, QUAY_STORE_FILE, NULL);
  quay_till_close (shop->till);
  g_clear_object (&shop->till);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  g_assert_null (quay_till_open_with (shop->dir, NULL, &shop->env.env, &error));
  g_assert_true (quay_error_is_storage (error));
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_DIR));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  bad_disk_register (TRUE);
#define ADD(path, func) g_test_add (path, Shop, NULL, set_up, func, tear_down)
  ADD ("/till-faults/full", test_full);
  ADD ("/till-faults/full/cleared-cart", test_full_clear);
  for (guint i = 0; i < G_N_ELEMENTS (clock_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/till-faults/clock/", clock_cases[i].name, NULL);
      g_test_add (path, Shop, &clock_cases[i], set_up, test_clock, tear_down);
    }
  ADD ("/till-faults/texts/long", test_long_texts);
  ADD ("/till-faults/texts/long-name", test_long_name);
  ADD ("/till-faults/settings", test_settings);
  ADD ("/till-faults/files/private", test_private);
  ADD ("/till-faults/files/alien-log", test_alien_log);
  ADD ("/till-faults/files/older-copy", test_older_copy);
  ADD ("/till-faults/files/folder", test_folder);
  ADD ("/till-faults/files/no-copy", test_no_copy);
  ADD ("/till-faults/hit-pages", test_hit_pages);
  return g_test_run ();
}
