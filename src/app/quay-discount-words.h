/* Words for what is taken off, and percentages as people write them. Main thread. */
#pragma once

#include "quay-promotion.h"
#include "quay-till.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** "10", "7,5" or "7.5 %" in hundredths of a percent, 0–10000; FALSE for anything else. */
gboolean quay_discount_parse_percent (const char *text, gint64 *bp);
/** The same as text without its sign; (transfer full). */
char *quay_discount_print_percent (gint64 bp);

/** Why a line costs less and by how much: "Khai trương −13.000"; (transfer full). */
char *quay_discount_off_text (const QuayOff *off);

/** The name of a price list; NULL for no list. (transfer full) */
char *quay_discount_list_name (QuayTill *till, const char *code);

/** What a promotion does, in words: "10 % off", "buy 2, get 1"; (transfer full). */
char *quay_discount_promo_text (QuayTill *till, const QuayPromotion *promotion);

/** When it counts: "until 30/11/2026 · Mon, Tue · 08:00–10:00"; (transfer full). */
char *quay_discount_when_text (const QuayPromotion *promotion);

/** "08:30" in minutes, 0–1440; FALSE for anything else. */
gboolean quay_discount_parse_minute (const char *text, gint64 *minute);
char *quay_discount_print_minute (gint64 minute);

/** What is called on the days of a week, 0 Monday; borrowed. */
const char *quay_discount_weekday (guint day);

G_END_DECLS
