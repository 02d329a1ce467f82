/* Business days in Vietnam: the cut-off, leap years, and dates as text. */
#include "quay-day.h"

#include <string.h>

#define HOUR_MS G_GINT64_CONSTANT (3600000)

/* 2026-11-22 17:00 UTC, midnight of the 23rd in Vietnam */
#define MIDNIGHT_MS G_GINT64_CONSTANT (1795366800000)

static void
test_at (void)
{
  static const struct
  {
    gint64 wall_ms;
    int cutoff_min;
    QuayDay day;
  } rows[] = {
    { MIDNIGHT_MS, 0, 20261123 },
    { MIDNIGHT_MS - 1, 0, 20261122 },
    { MIDNIGHT_MS + 24 * HOUR_MS - 1, 0, 20261123 },
    { MIDNIGHT_MS + 24 * HOUR_MS, 0, 20261124 },
    { MIDNIGHT_MS + 4 * HOUR_MS - 1, 240, 20261122 },
    { MIDNIGHT_MS + 4 * HOUR_MS, 240, 20261123 },
    { MIDNIGHT_MS, 719, 20261122 },
    { MIDNIGHT_MS + 719 * 60000, 719, 20261123 },
    { 0, 0, 19700101 }, /* seven in the morning */
    { -7 * HOUR_MS, 0, 19700101 },
    { -7 * HOUR_MS - 1, 0, 19691231 },
    { G_GINT64_CONSTANT (951757200000), 0, 20000229 },  /* 2000-02-28 17:00 UTC */
    { G_GINT64_CONSTANT (4107517200000), 0, 21000301 }, /* 2100-02-28 17:00 UTC: no 29th */
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (quay_day_at (rows[i].wall_ms, rows[i].cutoff_min), ==, rows[i].day);
}

static void
test_start (void)
{
  g_assert_cmpint (quay_day_start_ms (20261123, 0), ==, MIDNIGHT_MS);
  g_assert_cmpint (quay_day_start_ms (20261123, 240), ==, MIDNIGHT_MS + 4 * HOUR_MS);
  for (int i = 0; i < 2000; i++)
    {
      QuayDay day = quay_day_add (19700101, g_test_rand_int_range (0, 200000));
      int cutoff = g_test_rand_int_range (0, 720);
      gint64 start = quay_day_start_ms (day, cutoff);
      g_assert_cmpint (quay_day_at (start, cutoff), ==, day);
      g_assert_cmpint (quay_day_at (start - 1, cutoff), ==, quay_day_add (day, -1));
      g_assert_cmpint (quay_day_at (start + 24 * HOUR_MS - 1, cutoff), ==, day);
    }
}

static void
test_add (void)
{
  static const struct
  {
    QuayDay day;
    int n;
    QuayDay out;
  } rows[] = {
    { 20261123, 0, 20261123 },      { 20261123, 1, 20261124 },   { 20261130, 1, 20261201 },
    { 20261231, 1, 20270101 },      { 20270101, -1, 20261231 },  { 20240228, 1, 20240229 },
    { 20240229, 1, 20240301 },      { 20250228, 1, 20250301 },   { 20240301, -1, 20240229 },
    { 21000228, 1, 21000301 },      { 20000228, 1, 20000229 },   { 20240229, 365, 20250228 },
    { 20240229, 366, 20250301 },    { 20240101, 366, 20250101 }, { 20250101, 365, 20260101 },
    { 20000101, 146097, 24000101 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (quay_day_add (rows[i].day, rows[i].n), ==, rows[i].out);
}

/* Every day from 1970 to 2199 follows the one before, as GLib's calendar has it. */
static void
test_add_each (void)
{
  QuayDay day = 19700101;
  GDate date;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 1, G_DATE_JANUARY, 1970);
  while (day < 22000101)
    {
      QuayDay expected = g_date_get_year (&date) * 10000 + (int)g_date_get_month (&date) * 100 +
                         g_date_get_day (&date);
      g_assert_cmpint (day, ==, expected);
      g_assert_true (quay_day_is_valid (day));
      day = quay_day_add (day, 1);
      g_date_add_days (&date, 1);
    }
}

static void
test_valid (void)
{
  static const struct
  {
    QuayDay day;
    gboolean valid;
  } rows[] = {
    { 20240229, TRUE },    { 20230229, FALSE }, { 20000229, TRUE },   { 21000229, FALSE },
    { 20260431, FALSE },   { 20261131, FALSE }, { 20261231, TRUE },   { 20261232, FALSE },
    { 20261300, FALSE },   { 20261301, FALSE }, { 20260001, FALSE },  { 20260100, FALSE },
    { 19700101, TRUE },    { 19691231, FALSE }, { 99991231, TRUE },   { 99991232, FALSE },
    { 0, FALSE },          { -1, FALSE },       { 100000101, FALSE }, { G_MAXINT32, FALSE },
    { G_MININT32, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (quay_day_is_valid (rows[i].day), ==, rows[i].valid);
}

static void
test_text (void)
{
  static const struct
  {
    const char *text;
    QuayDay day; /* 0: refused */
  } rows[] = {
    { "2026-11-23", 20261123 },
    { "23/11/2026", 20261123 },
    { "29/02/2024", 20240229 },
    { "29/02/2023", 0 },
    { "31/11/2026", 0 },
    { "11/23/2026", 0 },
    { "2026/11/23", 0 },
    { "23-11-2026", 0 },
    { "3/1/2026", 0 },
    { "2026-11-2", 0 },
    { "2026-11-230", 0 },
    { " 2026-11-2", 0 },
    { "2026-1 -23", 0 },
    { "2026-+1-23", 0 },
    { "00/00/0000", 0 },
    { "", 0 },
    { NULL, 0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      QuayDay day = 7;
      g_assert_cmpint (quay_day_from_text (rows[i].text, &day), ==, rows[i].day != 0);
      g_assert_cmpint (day, ==, rows[i].day != 0 ? rows[i].day : 7);
    }
  g_autofree char *iso = quay_day_to_iso (20260105);
  g_autofree char *vi = quay_day_to_vi (20260105);
  g_assert_cmpstr (iso, ==, "2026-01-05");
  g_assert_cmpstr (vi, ==, "05/01/2026");
}

static void
test_time_text (void)
{
  g_autofree char *vi = quay_time_to_vi (MIDNIGHT_MS + 10 * HOUR_MS + 24 * 60000 + 5999);
  g_autofree char *iso = quay_time_to_iso (MIDNIGHT_MS + 10 * HOUR_MS + 24 * 60000 + 5999);
  g_autofree char *before = quay_time_to_iso (MIDNIGHT_MS - 1);
  g_autofree char *epoch = quay_time_to_iso (-7 * HOUR_MS - 1);
  g_assert_cmpstr (vi, ==, "23/11/2026 10:24");
  g_assert_cmpstr (iso, ==, "2026-11-23T10:24:05+07:00");
  g_assert_cmpstr (before, ==, "2026-11-22T23:59:59+07:00");
  g_assert_cmpstr (epoch, ==, "1969-12-31T23:59:59+07:00");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/day/at", test_at);
  g_test_add_func ("/day/start", test_start);
  g_test_add_func ("/day/add/rows", test_add);
  g_test_add_func ("/day/add/each", test_add_each);
  g_test_add_func ("/day/valid", test_valid);
  g_test_add_func ("/day/text", test_text);
  g_test_add_func ("/day/time-text", test_time_text);
  return g_test_run ();
}
