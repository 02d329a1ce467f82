/* Laws of VietQR over random values: what is made is read back the same, texts of any letters fit
 * after folding, one changed character is never taken for another payment. */
#include "quay-vietqr.h"

#include <string.h>

#define ROUNDS 3000

static int
pick (int n)
{
  return g_test_rand_int_range (0, n);
}

/* Mostly Vietnamese, at times anything that is a character. */
static void
random_text (char *to, gsize room)
{
  static const char *const words[] = { "Rượu", "men lá", "  ", "ĐƠN", "12", "—", "ạ", "\n", "~" };
  g_autoptr (GString) text = g_string_new (NULL);
  for (int i = pick (8); i > 0; i--)
    if (pick (6) > 0)
      g_string_append (text, words[pick (G_N_ELEMENTS (words))]);
    else
      g_string_append_unichar (text, (gunichar)(1 + pick (0xD7FF)));
  quay_vietqr_fold (to, room, text->str);
}

static void
random_account (char *to)
{
  static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  int len = 1 + pick (QUAY_VIETQR_ACCOUNT_MAX);
  for (int i = 0; i < len; i++)
    to[i] = letters[pick (pick (2) == 0 ? 10 : (int)strlen (letters))];
  to[len] = '\0';
}

static QuayVietqr
random_qr (void)
{
  QuayVietqr qr = { .once = pick (2), .card = pick (2) };
  g_snprintf (qr.bin, sizeof qr.bin, "%06d", pick (1000000));
  random_account (qr.account);
  if (qr.once && pick (4) > 0)
    qr.amount = 1 + (gint64)g_test_rand_int_range (0, G_MAXINT32) * (1 + pick (4000));
  if (pick (3) == 0)
    g_snprintf (qr.category, sizeof qr.category, "%04d", pick (10000));
  if (pick (3) == 0)
    random_text (qr.name, sizeof qr.name);
  if (pick (3) == 0)
    random_text (qr.city, sizeof qr.city);
  random_text (qr.purpose, sizeof qr.purpose);
  if (pick (2) == 0)
    random_text (qr.bill, sizeof qr.bill);
  if (pick (4) == 0)
    random_text (qr.reference, sizeof qr.reference);
  return qr;
}

static void
test_round_trip (void)
{
  for (int i = 0; i < ROUNDS; i++)
    {
      QuayVietqr qr = random_qr ();
      QuayVietqr again = { 0 };
      g_autofree char *payload = NULL;
      g_autofree char *second = NULL;
      g_assert_cmpstr (quay_vietqr_fault_name (quay_vietqr_build (&qr, &payload)), ==, "ok");
      g_assert_cmpint (quay_vietqr_parse (payload, -1, &again), ==, QUAY_VIETQR_OK);
      g_assert_true (quay_vietqr_equal (&qr, &again));
      g_assert_cmpint (quay_vietqr_build (&again, &second), ==, QUAY_VIETQR_OK);
      g_assert_cmpstr (second, ==, payload);
    }
}

/* The checksum finds any error within 16 bits, so any one character; a letter of the checksum
 * itself in the other case says the same. */
static void
test_one_error (void)
{
  for (int i = 0; i < ROUNDS; i++)
    {
      QuayVietqr qr = random_qr ();
      QuayVietqr again = { 0 };
      g_autofree char *payload = NULL;
      g_assert_cmpint (quay_vietqr_build (&qr, &payload), ==, QUAY_VIETQR_OK);
      char *at = payload + pick ((int)strlen (payload));
      char other = (char)(0x20 + pick (0x5F));
      if (other == *at ||
          (g_ascii_isxdigit (other) && g_ascii_tolower (other) == g_ascii_tolower (*at)))
        continue;
      *at = other;
      g_assert_cmpint (quay_vietqr_parse (payload, -1, &again), !=, QUAY_VIETQR_OK);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/round-trip", test_round_trip);
  g_test_add_func ("/one-error", test_one_error);
  return g_test_run ();
}
