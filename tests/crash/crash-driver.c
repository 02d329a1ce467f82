/* Sells in a loop until it is killed, saying on standard output what it is about to do and what is
 * done: "O" opened, "R ID" an open cart came back, "B ID" paying the cart begins, "D ID NUMBER
 * TOTAL" it was reported done. Lines are written at once, unbuffered. */
#include "quay-till-catalog.h"
#include "quay-till-sell.h"

#include <stdio.h>
#include <unistd.h>

static void say (const char *format, ...) G_GNUC_PRINTF (1, 2);

static void
say (const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *line = g_strdup_vprintf (format, args);
  va_end (args);
  gsize len = strlen (line);
  if (write (STDOUT_FILENO, line, len) != (gssize)len)
    _exit (3);
}

static void
die_if (const GError *error)
{
  if (error == NULL)
    return;
  say ("E %s\n", error->message);
  _exit (2);
}

static void
fill_cart (QuayTill *till, GPtrArray *items, GRand *chance)
{
  g_autoptr (GError) error = NULL;
  int n = g_rand_int_range (chance, 1, 5);
  for (int i = 0; i < n; i++)
    {
      const QuayItem *item = items->pdata[g_rand_int_range (chance, 0, (gint32)items->len)];
      QuayQty qty = item->weighed ? QUAY_MILLI (g_rand_int_range (chance, 50, 3000))
                                  : QUAY_UNITS (g_rand_int_range (chance, 1, 4));
      quay_till_cart_add_item (till, &item->product, qty, NULL, &error);
      die_if (error);
    }
  quay_till_cart_confirm_age (till);
}

static void
sell_one (QuayTill *till, GPtrArray *items, GRand *chance)
{
  g_autoptr (GError) error = NULL;
  char id[QUAY_ID_TEXT_LEN + 1];
  g_autoptr (GPtrArray) payments =
      g_ptr_array_new_with_free_func ((GDestroyNotify)quay_payment_free);
  if (quay_cart_is_empty (quay_till_cart (till)))
    fill_cart (till, items, chance);
  quay_till_cart_confirm_age (till);
  quay_id_to_text (&quay_till_cart (till)->id, id);
  QuayPayment *cash = g_new0 (QuayPayment, 1);
  cash->given = quay_cart_totals (quay_till_cart (till)).total;
  g_ptr_array_add (payments, cash);
  say ("B %s\n", id);
  g_autoptr (QuaySaleRecord) sale = quay_till_pay (till, payments, &error);
  die_if (error);
  say ("D %s %s %" G_GINT64_FORMAT "\n", id, sale->number, sale->total.dong);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GRand) chance = g_rand_new ();
  char id[QUAY_ID_TEXT_LEN + 1];
  if (argc != 2)
    return 2;
  QuayTill *till = quay_till_open (argv[1], NULL, &error);
  die_if (error);
  if (quay_till_take_restored (till))
    {
      quay_id_to_text (&quay_till_cart (till)->id, id);
      say ("R %s\n", id);
    }
  g_autoptr (GPtrArray) items = quay_till_best_items (till, NULL, 50);
  say ("O\n");
  for (;;)
    {
      sell_one (till, items, chance);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}
