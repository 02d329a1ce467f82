/* By when requests about personal data are to be answered. Days worked out on a calendar by hand:
 * 1 December 2026 is a Tuesday; Tet of 2026 was free from Monday 16 to Friday 20 February. */
#include "quay-request.h"

#include <string.h>

static const QuayDay holidays[] = { 20260101, 20260216, 20260217, 20260218,
                                    20260219, 20260220, 20260430, 20260501 };

static void
reckon (QuayRequest *request, gint64 acknowledge, gint64 days, gint64 more)
{
  QuayRequestTerms terms = { acknowledge, days, more };
  quay_request_reckon (request, &terms, holidays, G_N_ELEMENTS (holidays));
}

static void
test_deadlines (void)
{
  static const struct
  {
    QuayDay received;
    gint64 days;
    QuayDay extended;
    QuayDay acknowledge_due;
    QuayDay due;
  } table[] = {
    { 20261201, 10, 0, 20261203, 20261211 },        /* Tuesday: Thursday */
    { 20261203, 15, 0, 20261207, 20261218 },        /* Thursday: over the weekend to Monday */
    { 20261204, 20, 0, 20261208, 20261224 },        /* Friday: Tuesday */
    { 20261205, 20, 0, 20261208, 20261225 },        /* on a Saturday: Monday and Tuesday */
    { 20260213, 15, 0, 20260224, 20260228 },        /* Friday before Tet: eleven days later */
    { 20260212, 10, 0, 20260223, 20260222 },        /* Thursday: one day before, one after Tet */
    { 20260218, 20, 0, 20260224, 20260310 },        /* within Tet */
    { 20260429, 10, 0, 20260505, 20260509 },        /* 30 April and 1 May, then a weekend */
    { 20261201, 10, 20261208, 20261203, 20261221 }, /* extended once */
    { 20281220, 20, 0, 20281222, 20290109 },        /* over the year's end */
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      QuayRequest request = { .received = table[i].received, .extended = table[i].extended };
      reckon (&request, 2, table[i].days, 10);
      g_assert_cmpint (request.acknowledge_due, ==, table[i].acknowledge_due);
      g_assert_cmpint (request.due, ==, table[i].due);
    }
  g_assert_cmpint (quay_day_add_working (20261205, 0, NULL, 0), ==, 20261205);
  g_assert_cmpint (quay_day_add_working (20261207, -1, NULL, 0), ==, 20261204);
  g_assert_cmpint (quay_day_add_working (19700101, 2, NULL, 0), ==, 19700105);
}

/* Received on 1 December: to be acknowledged by the 3rd, done by the 11th. */
static void
test_states (void)
{
  QuayRequest request = { .received = 20261201 };
  static const struct
  {
    QuayDay today;
    QuayRequestState before; /* not acknowledged */
    QuayRequestState after;
    int left; /* acknowledged */
  } table[] = {
    { 20261201, QUAY_REQUEST_OPEN, QUAY_REQUEST_ACKNOWLEDGED, 10 },
    { 20261203, QUAY_REQUEST_OPEN, QUAY_REQUEST_ACKNOWLEDGED, 8 },
    { 20261204, QUAY_REQUEST_LATE, QUAY_REQUEST_ACKNOWLEDGED, 7 },
    { 20261207, QUAY_REQUEST_LATE, QUAY_REQUEST_ACKNOWLEDGED, 4 },
    { 20261208, QUAY_REQUEST_LATE, QUAY_REQUEST_SOON, 3 },
    { 20261211, QUAY_REQUEST_LATE, QUAY_REQUEST_SOON, 0 },
    { 20261212, QUAY_REQUEST_LATE, QUAY_REQUEST_LATE, -1 },
  };
  reckon (&request, 2, 10, 10);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      request.acknowledged = 0;
      g_assert_cmpint (quay_request_state (&request, table[i].today), ==, table[i].before);
      request.acknowledged = 20261202;
      g_assert_cmpint (quay_request_state (&request, table[i].today), ==, table[i].after);
      g_assert_cmpint (quay_request_left (&request, table[i].today), ==, table[i].left);
    }
  request.ended = 20261209;
  g_assert_cmpint (quay_request_state (&request, 20270101), ==, QUAY_REQUEST_ENDED);
  g_assert_cmpint (quay_request_left (&request, 20270101), ==, 0);
}

/* Nobody is named by a reference, nor by their number. */
static void
test_ref (void)
{
  static const struct
  {
    const char *ref;
    gboolean sound;
  } table[] = {
    { "QT1A-000042", TRUE },
    { "DH26/17", TRUE },
    { "0912345678", FALSE },
    { "12-34", FALSE },
    { "Chị Lan", FALSE },
    { "Lan Nguyen", FALSE },
    { "A1", FALSE },
    { "A\n1234", FALSE },
    { "", FALSE },
    { "NguyenVanTam", FALSE }, /* a name */
    { "T0912345678", FALSE },
    { "zalo-0912.345.678", FALSE },
    { "x/091-234-567", FALSE },
    { "HD-20261201-001", TRUE },
    { "QT1A-TH26-0001", TRUE },
    { "QT12A-100000042", TRUE },
    { "A@1", FALSE },
    { "a.b/c-1", TRUE },
    { "A123456789012345678901234567890", FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpint (quay_request_ref_is_sound (table[i].ref), ==, table[i].sound);
}

static void
test_names (void)
{
  QuayRequestKind kind;
  for (guint i = 0; i < QUAY_N_REQUESTS; i++)
    {
      g_assert_true (quay_request_from_name (quay_request_name (i), &kind));
      g_assert_cmpint (kind, ==, i);
    }
  g_assert_null (quay_request_name (QUAY_N_REQUESTS));
  g_assert_false (quay_request_from_name ("erase", &kind));
  g_assert_false (quay_request_from_name (NULL, &kind));
}

static void
test_order (void)
{
  QuayRequest late = { .acknowledge_due = 20261201, .due = 20261210 };
  QuayRequest open = { .acknowledged = 20261201, .acknowledge_due = 20261201, .due = 20261205 };
  QuayRequest newer = { .ended = 20261130 };
  QuayRequest older = { .ended = 20261120 };
  const QuayRequest *sorted[] = { &late, &open, &newer, &older };
  for (guint i = 0; i < 4; i++)
    for (guint k = 0; k < 4; k++)
      {
        int order = quay_request_compare (sorted[i], sorted[k]);
        g_assert_cmpint ((order > 0) - (order < 0), ==, (i > k) - (i < k));
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/request/deadlines", test_deadlines);
  g_test_add_func ("/request/states", test_states);
  g_test_add_func ("/request/ref", test_ref);
  g_test_add_func ("/request/names", test_names);
  g_test_add_func ("/request/order", test_order);
  return g_test_run ();
}
