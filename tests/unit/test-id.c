/* UUIDv7: the bits of RFC 9562, the text form both ways, and text that is no id. */
#include "quay-id.h"

#include <string.h>

static gint64
get_wall_cb (gpointer data)
{
  return *(gint64 *)data;
}

static void
fill_ff_cb (gpointer data, guint8 *bytes, gsize n)
{
  memset (bytes, 0xFF, n);
}

static void
fill_zero_cb (gpointer data, guint8 *bytes, gsize n)
{
  memset (bytes, 0, n);
}

static void
test_new (void)
{
  /* the example of RFC 9562, appendix A.6, has this time: 2022-02-22 19:22:22 UTC */
  gint64 wall = G_GINT64_CONSTANT (0x017F22E279B0);
  char text[QUAY_ID_TEXT_LEN + 1];
  QuayEnv env = { .wall_ms = get_wall_cb, .random = fill_ff_cb, .data = &wall };
  QuayId id = quay_id_new (&env);
  quay_id_to_text (&id, text);
  g_assert_cmpstr (text, ==, "017f22e2-79b0-7fff-bfff-ffffffffffff");
  env.random = fill_zero_cb;
  id = quay_id_new (&env);
  quay_id_to_text (&id, text);
  g_assert_cmpstr (text, ==, "017f22e2-79b0-7000-8000-000000000000");
}

static void
test_round_trip (void)
{
  for (int i = 0; i < 500; i++)
    {
      QuayId id;
      QuayId back = QUAY_ID_NIL;
      char text[QUAY_ID_TEXT_LEN + 1];
      for (guint k = 0; k < sizeof id.b; k++)
        id.b[k] = (guint8)g_test_rand_int_range (0, 256);
      quay_id_to_text (&id, text);
      g_assert_cmpuint (strlen (text), ==, QUAY_ID_TEXT_LEN);
      g_assert_true (quay_id_from_text (text, &back));
      g_assert_true (quay_id_equal (&id, &back));
      g_assert_true (quay_id_equal_ptr (&id, &back));
      g_assert_cmpuint (quay_id_hash (&id), ==, quay_id_hash (&back));
      back.b[i % 16] ^= 1;
      g_assert_false (quay_id_equal (&id, &back));
    }
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    NULL,
    "",
    "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
    "017f22e2-79b0-7cc3-98c4-dc0c0c07398ff",
    "017F22E2-79B0-7CC3-98C4-DC0C0C07398F",
    "017f22e279b0-7cc3-98c4-dc0c0c07398f-",
    "017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
    "017f22e2-79b0-7cc3-98c4-dc0c0c07398 ",
    "017f22e2_79b0_7cc3_98c4_dc0c0c07398f",
    "{17f22e2-79b0-7cc3-98c4-dc0c0c07398}",
    "017f22e2-79b0-7cc3-98c4dc-0c0c07398f",
    "ế17f22e-79b0-7cc3-98c4-dc0c0c07398f",
  };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      QuayId id = QUAY_ID_NIL;
      g_assert_false (quay_id_from_text (texts[i], &id));
      g_assert_true (quay_id_is_nil (&id));
    }
}

static void
test_order (void)
{
  QuayId nil = QUAY_ID_NIL;
  QuayId low = { { 0, 1 } };
  QuayId high = { { 0xFF } };
  g_assert_true (quay_id_is_nil (&nil));
  g_assert_false (quay_id_is_nil (&low));
  g_assert_cmpint (quay_id_compare (&nil, &low), <, 0);
  g_assert_cmpint (quay_id_compare (&high, &low), >, 0);
  g_assert_cmpint (quay_id_compare (&low, &low), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/id/new", test_new);
  g_test_add_func ("/id/round-trip", test_round_trip);
  g_test_add_func ("/id/refused", test_refused);
  g_test_add_func ("/id/order", test_order);
  return g_test_run ();
}
