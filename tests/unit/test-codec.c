/* The codec's bounds: what may go out, what may come in, each limit on both of its sides; drafts.
 */
#include "quay-codec.h"

#include "quay-draft.h"
#include "quay-error.h"
#include "quay-sale.h"

#include <string.h>

typedef struct
{
  gint64 n;
} Child;

typedef struct
{
  gint64 plain;
  gint64 ranged;
  gint64 tender;
  char *text;
  char *needed;
  QuayId id;
  GPtrArray *list;
  GPtrArray *facts;
} Sample;

static const QuayField child_fields[] = {
  { "n", QUAY_FIELD_INT, G_STRUCT_OFFSET (Child, n), TRUE, 1, 9, NULL },
  { NULL, 0, 0, FALSE, 0, 0, NULL },
};
static const QuayShape child_shape = { sizeof (Child), child_fields };

static const QuayField sample_fields[] = {
  { "plain", QUAY_FIELD_INT, G_STRUCT_OFFSET (Sample, plain), FALSE, 0, 0, NULL },
  { "ranged", QUAY_FIELD_INT, G_STRUCT_OFFSET (Sample, ranged), FALSE, 3, 5, NULL },
  { "tender", QUAY_FIELD_TENDER, G_STRUCT_OFFSET (Sample, tender), TRUE, 0, 0, NULL },
  { "text", QUAY_FIELD_TEXT, G_STRUCT_OFFSET (Sample, text), FALSE, 0, 6, NULL },
  { "needed", QUAY_FIELD_TEXT, G_STRUCT_OFFSET (Sample, needed), TRUE, 0, 0, NULL },
  { "id", QUAY_FIELD_ID, G_STRUCT_OFFSET (Sample, id), FALSE, 0, 0, NULL },
  { "list", QUAY_FIELD_LIST, G_STRUCT_OFFSET (Sample, list), FALSE, 0, 0, &child_shape },
  { "facts", QUAY_FIELD_FACTS, G_STRUCT_OFFSET (Sample, facts), FALSE, 0, 0, NULL },
  { NULL, 0, 0, FALSE, 0, 0, NULL },
};
static const QuayShape sample_shape = { sizeof (Sample), sample_fields };

#define REST "\"tender\":\"cash\",\"needed\":\"\""
#define ID_TEXT "70000000-0000-7000-8000-000000000005"

static const struct
{
  const char *json;
  const char *key; /* that the refusal names; NULL if it is taken */
} inputs[] = {
  { "{" REST "}", NULL },
  { "{\"unknown\":[1,2]," REST "}", NULL },
  { "{\"tender\":\"cash\"}", "needed" },
  { "{\"needed\":\"\"}", "tender" },
  { "{\"needed\":\"\",\"tender\":\"gold\"}", "tender" },
  { "{\"needed\":\"\",\"tender\":0}", "tender" },
  { "{\"needed\":null,\"tender\":\"card\"}", "needed" },
  { "{\"plain\":1000000000000000," REST "}", NULL },
  { "{\"plain\":1000000000000001," REST "}", "plain" },
  { "{\"plain\":-1000000000000000," REST "}", NULL },
  { "{\"plain\":-1000000000000001," REST "}", "plain" },
  { "{\"plain\":1.0," REST "}", "plain" },
  { "{\"plain\":\"1\"," REST "}", "plain" },
  { "{\"plain\":true," REST "}", "plain" },
  { "{\"ranged\":3," REST "}", NULL },
  { "{\"ranged\":2," REST "}", "ranged" },
  { "{\"ranged\":5," REST "}", NULL },
  { "{\"ranged\":6," REST "}", "ranged" },
  { "{\"text\":\"123456\"," REST "}", NULL },
  { "{\"text\":\"1234567\"," REST "}", "text" },
  { "{\"text\":\"Đường\"," REST "}", "text" }, /* 7 bytes */
  { "{\"text\":\"a\\nb\"," REST "}", NULL },
  { "{\"text\":\"a\\tb\"," REST "}", "text" },
  { "{\"text\":\"a\\u007fb\"," REST "}", "text" },
  { "{\"text\":7," REST "}", "text" },
  { "{\"id\":\"" ID_TEXT "\"," REST "}", NULL },
  { "{\"id\":\"70000000-0000-7000-8000-00000000000A\"," REST "}", "id" },
  { "{\"id\":\"7\"," REST "}", "id" },
  { "{\"id\":7," REST "}", "id" },
  { "{\"list\":[{\"n\":1},{\"n\":9}]," REST "}", NULL },
  { "{\"list\":[{\"n\":1},{\"n\":10}]," REST "}", "n" },
  { "{\"list\":[{\"n\":1},{}]," REST "}", "n" },
  { "{\"list\":[1]," REST "}", "list" },
  { "{\"list\":{}," REST "}", "list" },
  { "{\"facts\":{\"a\":1,\"b\":\"x\",\"c\":null}," REST "}", NULL },
  { "{\"facts\":{\"a\":1000000000000001}," REST "}", "a" },
  { "{\"facts\":{\"a\":[]}," REST "}", "a" },
  { "{\"facts\":{\"a\":1.5}," REST "}", "a" },
  { "{\"facts\":{\"\":1}," REST "}", "facts" },
  { "{\"facts\":{\"a\\u0001\":1}," REST "}", "facts" },
  { "{\"facts\":[]," REST "}", "facts" },
};

static void
test_decode (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (inputs); i++)
    {
      Sample sample = { 0 };
      g_autoptr (GError) error = NULL;
      g_autofree char *want =
          inputs[i].key != NULL ? g_strdup_printf ("'%s' *", inputs[i].key) : NULL;
      g_auto (QuayJson) json;
      const QuayJsonValue *object = quay_json_read (&json, inputs[i].json, strlen (inputs[i].json));
      g_assert_nonnull (object);
      gboolean ok = quay_shape_decode (&sample_shape, object, &sample, &error);
      if (ok != (want == NULL))
        g_test_message ("%s", inputs[i].json);
      g_assert_cmpint (ok, ==, want == NULL);
      if (!ok)
        {
          g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
          g_assert_true (g_pattern_match_simple (want, error->message));
        }
      else
        g_assert_true (quay_shape_check (&sample_shape, &sample, NULL));
      quay_shape_clear (&sample_shape, &sample);
    }
}

static void
test_long_list (void)
{
  for (guint n = QUAY_CODEC_MAX_LIST; n <= QUAY_CODEC_MAX_LIST + 1; n++)
    {
      Sample sample = { 0 };
      g_autoptr (GString) text = g_string_new ("{" REST ",\"list\":[{\"n\":1}");
      for (guint i = 1; i < n; i++)
        g_string_append (text, ",{\"n\":1}");
      g_string_append (text, "]}");
      g_auto (QuayJson) json;
      const QuayJsonValue *object = quay_json_read (&json, text->str, text->len);
      g_assert_nonnull (object);
      gboolean ok = quay_shape_decode (&sample_shape, object, &sample, NULL);
      g_assert_cmpint (ok, ==, n == QUAY_CODEC_MAX_LIST);
      quay_shape_clear (&sample_shape, &sample);
    }
}

static Sample
make_sample (void)
{
  Sample sample = { .needed = g_strdup ("x") };
  sample.list = g_ptr_array_new ();
  sample.facts = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_fact_free);
  return sample;
}

static void
assert_check (Sample *sample, gboolean want)
{
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (quay_shape_check (&sample_shape, sample, &error), ==, want);
  if (!want)
    g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  quay_shape_clear (&sample_shape, sample);
}

static void
test_check_values (void)
{
  Sample sample = make_sample ();
  assert_check (&sample, TRUE);
  sample = make_sample ();
  g_clear_pointer (&sample.needed, g_free);
  assert_check (&sample, FALSE);
  sample = make_sample ();
  sample.ranged = 6;
  assert_check (&sample, FALSE);
  sample = make_sample ();
  sample.plain = G_GINT64_CONSTANT (-1000000000000001);
  assert_check (&sample, FALSE);
  sample = make_sample ();
  sample.tender = QUAY_N_TENDERS;
  assert_check (&sample, FALSE);
  sample = make_sample ();
  sample.text = g_strdup ("1234567");
  assert_check (&sample, FALSE);
  sample = make_sample ();
  sample.text = g_strdup ("a\xc3");
  assert_check (&sample, FALSE);
}

static void
test_check_facts (void)
{
  g_autofree char *longest = g_strnfill (2001, 'x');
  QuayFact *bad[] = {
    quay_fact_new_text ("", "x"),
    quay_fact_new_text ("a", "\t"),
    quay_fact_new_text ("a", longest),
    quay_fact_new_number ("a", G_GINT64_CONSTANT (1000000000000001)),
    quay_fact_new_cleared ("a\xff"),
  };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      Sample sample = make_sample ();
      g_ptr_array_add (sample.facts, bad[i]);
      assert_check (&sample, FALSE);
    }
  Sample sample = make_sample ();
  g_ptr_array_add (sample.facts, quay_fact_new_number ("a", 1));
  g_ptr_array_add (sample.facts, quay_fact_new_cleared ("b"));
  assert_check (&sample, TRUE);
  sample = make_sample ();
  g_ptr_array_add (sample.facts, quay_fact_new_number ("a", 1));
  g_ptr_array_add (sample.facts, quay_fact_new_text ("a", "1"));
  assert_check (&sample, FALSE);
}

/* --- drafts --- */

static void
test_draft (void)
{
  g_autoptr (GError) error = NULL;
  QuayId id = QUAY_ID_NIL;
  id.b[15] = 9;
  g_autoptr (QuayCart) cart = quay_cart_new (&id, 1795402805123);
  QuayLine line = { .name = (char *)"Miến \"dong\"",
                    .qty = QUAY_UNITS (2),
                    .price = QUAY_DONG (65000),
                    .rate_bp = 800 };
  g_assert_true (quay_cart_add (cart, &line, NULL, &error));
  quay_cart_set_note (cart, 0, "gói quà");
  cart->age = QUAY_AGE_CONFIRMED;
  cart->buyer_name = g_strdup ("Nguyễn Thị Nga");
  g_autofree char *text = quay_draft_encode (cart);
  g_autoptr (QuayCart) back = quay_draft_decode (text, &error);
  g_assert_no_error (error);
  g_autofree char *again = quay_draft_encode (back);
  g_assert_cmpstr (again, ==, text);
  g_assert_true (quay_id_equal (&back->id, &id));
  g_assert_cmpint (quay_cart_totals (back).total.dong, ==, 130000);
  g_assert_cmpstr (back->buyer_name, ==, "Nguyễn Thị Nga");
}

static void
test_bad_drafts (void)
{
  const char *bad[] = { "",
                        "{",
                        "[]",
                        "{}",
                        "{\"id\":\"x\",\"opened\":1,\"lines\":[]}",
                        "{\"id\":\"" ID_TEXT "\",\"opened\":1,\"lines\":[{}]}" };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (quay_draft_decode (bad[i], &error));
      g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codec/decode", test_decode);
  g_test_add_func ("/codec/long-list", test_long_list);
  g_test_add_func ("/codec/check/values", test_check_values);
  g_test_add_func ("/codec/check/facts", test_check_facts);
  g_test_add_func ("/codec/draft", test_draft);
  g_test_add_func ("/codec/draft/bad", test_bad_drafts);
  return g_test_run ();
}
