/* Business days: Vietnam days (UTC+7, no daylight saving) with a cut-off that the shop sets. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** A calendar date as the integer yyyymmdd (20261123); 0 means none. Compares as it sorts. */
typedef gint32 QuayDay;

#define QUAY_DAY_MAX 99991231

/**
 * quay_day_at:
 * @wall_ms: UTC milliseconds since 1970
 * @cutoff_min: minutes after midnight, 0–719, before which it is still the day before
 *
 * The business day of an instant.
 */
QuayDay quay_day_at (gint64 wall_ms, int cutoff_min);

/** The UTC milliseconds at which the business day begins. */
gint64 quay_day_start_ms (QuayDay day, int cutoff_min);

/** The day @n days later (earlier if negative). */
QuayDay quay_day_add (QuayDay day, int n);

/**
 * quay_day_add_working:
 * @holidays: (nullable): public holidays, @n_holidays of them, in any order
 *
 * The day @n working days later (earlier if negative), not counting @day itself. Working days are
 * Monday to Friday but for @holidays. 0 gives @day, whatever it is.
 */
QuayDay quay_day_add_working (QuayDay day, int n, const QuayDay *holidays, guint n_holidays);

/** True for a date that exists, years 1970–9999. */
gboolean quay_day_is_valid (QuayDay day);

/** Reads yyyy-mm-dd or dd/mm/yyyy; FALSE with @out untouched for anything else. */
gboolean quay_day_from_text (const char *text, QuayDay *out) G_GNUC_WARN_UNUSED_RESULT;

/** yyyy-mm-dd for data; (transfer full). */
char *quay_day_to_iso (QuayDay day);

/** dd/mm/yyyy for people; (transfer full). */
char *quay_day_to_vi (QuayDay day);

/** Local clock fields of an instant in Vietnam: dd/mm/yyyy HH:MM; (transfer full). */
char *quay_time_to_vi (gint64 wall_ms);

/** ISO 8601 with offset (2026-11-23T10:24:05+07:00); (transfer full). */
char *quay_time_to_iso (gint64 wall_ms);

G_END_DECLS
