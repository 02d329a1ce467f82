/* Shared helpers of the tests. */
#include "quay-test.h"

#include "quay-tax.h"
#include "quay-tender.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#define START_MS G_GINT64_CONSTANT (1795395600000) /* 2026-11-23 08:00 +07:00 */

static gint64
test_wall_ms (gpointer data)
{
  QuayTestEnv *test = data;
  g_mutex_lock (&test->lock);
  gint64 now = test->wall_ms;
  test->wall_ms += test->step_ms;
  g_mutex_unlock (&test->lock);
  return now;
}

static gint64
test_mono_ms (gpointer data)
{
  QuayTestEnv *test = data;
  g_mutex_lock (&test->lock);
  gint64 now = test->wall_ms - START_MS + 60000;
  g_mutex_unlock (&test->lock);
  return now;
}

static void
test_random (gpointer data, guint8 *bytes, gsize n)
{
  QuayTestEnv *test = data;
  g_mutex_lock (&test->lock);
  for (gsize i = 0; i < n; i++)
    {
      test->state ^= test->state << 13;
      test->state ^= test->state >> 7;
      test->state ^= test->state << 17;
      bytes[i] = (guint8)(test->state >> 24);
    }
  g_mutex_unlock (&test->lock);
}

void
quay_test_env_init (QuayTestEnv *test, guint64 seed)
{
  memset (test, 0, sizeof *test);
  g_mutex_init (&test->lock);
  test->wall_ms = START_MS;
  test->step_ms = 1;
  test->state = seed * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + 1;
  test->env = (QuayEnv){ test_wall_ms, test_mono_ms, test_random, test, QUAY_ID_NIL };
}

gint64
quay_test_env_move (QuayTestEnv *test, gint64 by_ms)
{
  g_mutex_lock (&test->lock);
  test->wall_ms += by_ms;
  gint64 now = test->wall_ms;
  g_mutex_unlock (&test->lock);
  return now;
}

char *
quay_test_dir (void)
{
  g_autoptr (GError) error = NULL;
  char *dir = g_dir_make_tmp ("quay-test-XXXXXX", &error);
  g_assert_no_error (error);
  return dir;
}

char *
quay_test_dir_in_memory (void)
{
  if (!g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR))
    return quay_test_dir ();
  char *dir = g_strdup ("/dev/shm/quay-test-XXXXXX");
  g_assert_nonnull (g_mkdtemp (dir));
  return dir;
}

void
quay_test_remove (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        quay_test_remove (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

QuayId
quay_test_id (guint8 kind, guint n)
{
  QuayId id = QUAY_ID_NIL;
  id.b[0] = kind;
  id.b[6] = 0x70;
  id.b[8] = 0x80;
  for (int i = 0; i < 4; i++)
    id.b[12 + i] = (guint8)(n >> (8 * (3 - i)));
  return id;
}

static QuayLine *
random_line (GRand *chance, guint n_products)
{
  QuayLine *line = g_new0 (QuayLine, 1);
  guint product = (guint)g_rand_int_range (chance, 0, (gint32)n_products);
  line->product = quay_test_id ('p', product);
  line->sku = g_strdup_printf ("SP%05u", product);
  line->name = g_strdup_printf ("Miến dong số %u gói 500 g", product);
  line->unit = g_strdup ("gói");
  line->qty = QUAY_UNITS (g_rand_int_range (chance, 1, 5));
  line->price = QUAY_DONG (g_rand_int_range (chance, 10, 500) * 500);
  line->vat_class = g_strdup ("A_PROC");
  line->rate_bp = g_rand_boolean (chance) ? 800 : 1000;
  g_assert_true (quay_line_price (line, NULL));
  return line;
}

QuayEvent *
quay_test_sale (GRand *chance, guint n_products, const QuayId *id)
{
  QuayEvent *event = quay_event_new (QUAY_EVENT_SALE);
  QuaySale *sale = event->body;
  QuayMoney change;
  g_autoptr (GArray) taxes = NULL;
  int n = g_rand_int_range (chance, 1, 5);
  event->who = g_strdup ("QL");
  event->loc = quay_test_id ('l', 1);
  if (id != NULL)
    event->id = *id;
  sale->lines = g_ptr_array_new ();
  for (int i = 0; i < n; i++)
    g_ptr_array_add (sale->lines, random_line (chance, n_products));
  g_assert_true (quay_tax_apply (sale->lines, &taxes, NULL));
  for (guint i = 0; i < taxes->len; i++)
    {
      sale->total.dong += g_array_index (taxes, QuayTaxRow, i).gross.dong;
      sale->vat.dong += g_array_index (taxes, QuayTaxRow, i).vat.dong;
    }
  QuayPayment *cash = g_new0 (QuayPayment, 1);
  cash->given = QUAY_DONG (sale->total.dong + g_rand_int_range (chance, 0, 50) * 1000);
  sale->payments = g_ptr_array_new ();
  g_ptr_array_add (sale->payments, cash);
  g_assert_true (quay_tender_settle (sale->total, sale->payments, &change, NULL));
  return event;
}
