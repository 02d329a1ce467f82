/* The sample shop of the tests. */
#include "quay-test-till.h"

#include "quay-sale.h"

static void
open_shop (QuayTestShop *shop)
{
  g_autoptr (GError) error = NULL;
  shop->till = quay_till_open_with (shop->dir, NULL, &shop->env.env, &error);
  g_assert_no_error (error);
}

void
quay_test_shop_init (QuayTestShop *shop, gboolean sample)
{
  g_autoptr (GError) error = NULL;
  QuaySetup setup = { .shop = "Quế Thanh",
                      .address = "Na Rì, Thái Nguyên",
                      .till_code = "QT1",
                      .language = "vi",
                      .width_mm = 80,
                      .sample = sample };
  quay_test_env_init (&shop->env, 1);
  shop->dir = quay_test_dir ();
  quay_till_make_shop (shop->dir, &setup, &shop->env.env, &error);
  g_assert_no_error (error);
  open_shop (shop);
}

void
quay_test_shop_init_second (QuayTestShop *shop)
{
  g_autoptr (GError) error = NULL;
  QuaySetup setup = { .shop = "Quế Thanh",
                      .address = "Na Rì, Thái Nguyên",
                      .till_code = "QT2",
                      .language = "vi",
                      .width_mm = 80 };
  quay_test_env_init (&shop->env, 2);
  shop->dir = quay_test_dir ();
  g_assert_true (quay_till_make_shop (shop->dir, &setup, &shop->env.env, &error));
  shop->till = quay_till_open_with (shop->dir, NULL, &shop->env.env, &error);
  g_assert_no_error (error);
}

void
quay_test_shop_clear (QuayTestShop *shop)
{
  if (shop->till != NULL)
    quay_till_close (shop->till);
  g_clear_object (&shop->till);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  quay_test_remove (shop->dir);
  g_clear_pointer (&shop->dir, g_free);
}

void
quay_test_shop_assert_sound (QuayTestShop *shop)
{
  QuayCheck check = { 0 };
  g_autoptr (GError) error = NULL;
  g_assert_true (quay_till_verify (shop->till, TRUE, &check, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (check.why, ==, NULL);
  g_assert_true (check.ok);
  quay_check_clear (&check);
}

void
quay_test_shop_reopen (QuayTestShop *shop)
{
  quay_till_close (shop->till);
  g_clear_object (&shop->till);
  open_shop (shop);
}

void
quay_test_shop_scan (QuayTestShop *shop, const char *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayScanned) scanned = quay_till_scan (shop->till, code);
  g_assert_no_error (scanned->refusal);
  g_assert_nonnull (scanned->line);
  quay_till_cart_add (shop->till, scanned->line, NULL, &error);
  g_assert_no_error (error);
}

GPtrArray *
quay_test_payment (GPtrArray *more, QuayTender tender, gint64 given)
{
  QuayPayment *payment = g_new0 (QuayPayment, 1);
  payment->tender = tender;
  payment->given = QUAY_DONG (given);
  if (more == NULL)
    more = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_payment_free);
  g_ptr_array_add (more, payment);
  return more;
}

QuaySaleRecord *
quay_test_shop_pay (QuayTestShop *shop)
{
  g_autoptr (GError) error = NULL;
  QuaySaleRecord *sale = quay_till_pay (shop->till, NULL, &error);
  g_assert_no_error (error);
  return sale;
}

static gboolean
give_up_cb (gpointer data)
{
  g_error ("waited too long");
  return G_SOURCE_REMOVE;
}

void
quay_test_wait (gboolean *done)
{
  guint source = g_timeout_add_seconds (10, give_up_cb, NULL);
  while (!*done)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
}
