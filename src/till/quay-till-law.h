/* What the law keeps a shop from, by the dated rows of data/params/law.csv. */
#pragma once

#include "quay-till.h"

G_BEGIN_DECLS

/* Rules by their code. */
#define QUAY_LAW_PROMOTION "alcohol.promotion" /* nothing off from so much alcohol on */
#define QUAY_LAW_LICENCE "alcohol.licence"     /* from so much on a retail licence is needed */
#define QUAY_LAW_DISCOUNT "promotion.most" /* so much off at the most, hundredths of a percent */

/**
 * quay_till_law:
 * @source: (out) (optional) (transfer full): which law says so, in Vietnamese; NULL if none does
 *
 * Returns: the number of the rule that is in force today (alcohol: tenths of a percent); 0 if there
 * is none.
 */
gint64 quay_till_law (QuayTill *till, const char *code, char **source);

/** The same for the rule that was in force on @day; requests about personal data: days. */
gint64 quay_till_law_on (QuayDay day, const char *code, char **source);

/** Public holidays, which are no working days: (element-type QuayDay) (transfer full). */
GArray *quay_till_holidays (void);

/**
 * QuayLicence: the licence to sell alcohol at the place that is sold from.
 * @QUAY_LICENCE_UNKNOWN: the shop never entered one. It may sell, and is warned: the till can't
 *   know a licence that hangs on the wall. As soon as there is one, it counts.
 * @QUAY_LICENCE_SOUND: it is valid today
 * @QUAY_LICENCE_EXPIRED: its last day is over: no sale
 * @QUAY_LICENCE_ELSEWHERE: this place is not the shop's own and has no licence of its own: no sale
 */
typedef enum
{
  QUAY_LICENCE_UNKNOWN,
  QUAY_LICENCE_SOUND,
  QUAY_LICENCE_EXPIRED,
  QUAY_LICENCE_ELSEWHERE,
} QuayLicence;

/** @number, @until: (out) (optional): of the licence, (transfer full), NULL and 0 for none. */
QuayLicence quay_till_licence (QuayTill *till, char **number, QuayDay *until);

/** Keeps the licence of the place that is sold from; NULL or "" takes it away. @until: its last
 * day, 0 open. QUAY_ERROR_INVALID for a text too long or no day. */
gboolean quay_till_set_licence (QuayTill *till, const char *number, QuayDay until, GError **error);

/** Whether a cart has goods for which a licence is needed. */
gboolean quay_till_cart_needs_licence (QuayTill *till);

G_END_DECLS
