/* Civil-date arithmetic without the C library's time zone state. Pure. */
#include "quay-day.h"

#include <stdio.h>
#include <string.h>

#define VIETNAM_OFFSET_MS (G_GINT64_CONSTANT (7) * 3600 * 1000)
#define DAY_MS (G_GINT64_CONSTANT (24) * 3600 * 1000)

/* Days since 1970-01-01 of a proleptic Gregorian date, and back (era arithmetic). */
static gint64
days_from_civil (int y, int m, int d)
{
  y -= m <= 2;
  int era = (y >= 0 ? y : y - 399) / 400;
  int yoe = y - era * 400;
  int doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
  int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return (gint64)era * 146097 + doe - 719468;
}

static QuayDay
civil_from_days (gint64 z)
{
  z += 719468;
  gint64 era = (z >= 0 ? z : z - 146096) / 146097;
  int doe = (int)(z - era * 146097);
  int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  int mp = (5 * doy + 2) / 153;
  int d = doy - (153 * mp + 2) / 5 + 1;
  int m = mp < 10 ? mp + 3 : mp - 9;
  gint64 y = yoe + era * 400 + (m <= 2);
  return (QuayDay)(y * 10000 + m * 100 + d);
}

static gint64
floor_div (gint64 a, gint64 b)
{
  gint64 q = a / b;
  return a % b < 0 ? q - 1 : q;
}

static gint64
days_of (QuayDay day)
{
  return days_from_civil (day / 10000, day / 100 % 100, day % 100);
}

QuayDay
quay_day_at (gint64 wall_ms, int cutoff_min)
{
  gint64 local = wall_ms + VIETNAM_OFFSET_MS - (gint64)cutoff_min * 60000;
  return civil_from_days (floor_div (local, DAY_MS));
}

gint64
quay_day_start_ms (QuayDay day, int cutoff_min)
{
  return days_of (day) * DAY_MS - VIETNAM_OFFSET_MS + (gint64)cutoff_min * 60000;
}

QuayDay
quay_day_add (QuayDay day, int n)
{
  return civil_from_days (days_of (day) + n);
}

/* 1 January 1970 was a Thursday. */
static gboolean
is_working (gint64 days, const QuayDay *holidays, guint n_holidays)
{
  QuayDay day = civil_from_days (days);
  for (guint i = 0; i < n_holidays; i++)
    if (holidays[i] == day)
      return FALSE;
  return ((days + 3) % 7 + 7) % 7 < 5;
}

QuayDay
quay_day_add_working (QuayDay day, int n, const QuayDay *holidays, guint n_holidays)
{
  gint64 days = days_of (day);
  for (int left = ABS (n); left > 0;)
    {
      days += n > 0 ? 1 : -1;
      if (is_working (days, holidays, n_holidays))
        left--;
    }
  return civil_from_days (days);
}

gboolean
quay_day_is_valid (QuayDay day)
{
  return day >= 19700101 && day <= QUAY_DAY_MAX && civil_from_days (days_of (day)) == day &&
         day / 100 % 100 >= 1 && day / 100 % 100 <= 12 && day % 100 >= 1 && day % 100 <= 31;
}

gboolean
quay_day_from_text (const char *text, QuayDay *out)
{
  static const char *const shapes[] = { "dddd-dd-dd", "dd/dd/dddd" };
  if (text == NULL || strlen (text) != 10)
    return FALSE;
  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++)
    {
      gboolean fits = TRUE;
      for (int i = 0; i < 10 && fits; i++)
        fits = shapes[s][i] == 'd' ? g_ascii_isdigit (text[i]) : text[i] == shapes[s][i];
      if (!fits)
        continue;
      int a = 0;
      int b = 0;
      int c = 0;
      sscanf (text, s == 0 ? "%4d-%2d-%2d" : "%2d/%2d/%4d", &a, &b, &c);
      QuayDay day = s == 0 ? a * 10000 + b * 100 + c : c * 10000 + b * 100 + a;
      if (!quay_day_is_valid (day))
        return FALSE;
      *out = day;
      return TRUE;
    }
  return FALSE;
}

char *
quay_day_to_iso (QuayDay day)
{
  return g_strdup_printf ("%04d-%02d-%02d", day / 10000, day / 100 % 100, day % 100);
}

char *
quay_day_to_vi (QuayDay day)
{
  return g_strdup_printf ("%02d/%02d/%04d", day % 100, day / 100 % 100, day / 10000);
}

static int
second_of_day (gint64 wall_ms)
{
  gint64 local = wall_ms + VIETNAM_OFFSET_MS;
  return (int)((local - floor_div (local, DAY_MS) * DAY_MS) / 1000);
}

char *
quay_time_to_vi (gint64 wall_ms)
{
  g_autofree char *day = quay_day_to_vi (quay_day_at (wall_ms, 0));
  int s = second_of_day (wall_ms);
  return g_strdup_printf ("%s %02d:%02d", day, s / 3600, s / 60 % 60);
}

char *
quay_time_to_iso (gint64 wall_ms)
{
  g_autofree char *day = quay_day_to_iso (quay_day_at (wall_ms, 0));
  int s = second_of_day (wall_ms);
  return g_strdup_printf ("%sT%02d:%02d:%02d+07:00", day, s / 3600, s / 60 % 60, s % 60);
}
