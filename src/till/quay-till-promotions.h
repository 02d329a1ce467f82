/* Promotions of the shop: the list, saving one, what it would make cheaper. */
#pragma once

#include "quay-promotion.h"
#include "quay-till.h"

G_BEGIN_DECLS

/** All of them, newest first: (element-type QuayPromotion) (transfer full). */
GPtrArray *quay_till_promotions (QuayTill *till);

/**
 * quay_till_save_promotion:
 * @promotion: as it shall be; its @id (quay_till_new_id()) says which
 *
 * The open cart is priced again.
 *
 * Returns: FALSE with QUAY_ERROR_INVALID, whose message is the member that is wrong
 *   (quay_promotion_check()), QUAY_ERROR_LAW for a promotion of one product that the law keeps from
 *   it, QUAY_ERROR_DENIED or a storage error.
 */
gboolean quay_till_save_promotion (QuayTill *till, const QuayPromotion *promotion, GError **error);

/** Switches it on or off. QUAY_ERROR_NOT_FOUND, _DENIED or a storage error. */
gboolean quay_till_switch_promotion (QuayTill *till, const QuayId *id, gboolean on, GError **error);

/** One product as a promotion would sell it: @qty of it, @gross before and @off less. Text members
 * are owned. */
typedef struct
{
  QuayId product;
  char *sku;
  char *name;
  char *unit;
  QuayQty qty;
  QuayMoney gross;
  QuayMoney off;
} QuayPromoPreview;
void quay_promo_preview_free (QuayPromoPreview *preview);

/**
 * quay_till_preview_promotion:
 * @n: (out): how many products it makes cheaper
 *
 * What @promotion would make cheaper, whatever its days and hours are: so many of each product as
 * it takes. (element-type QuayPromoPreview) (transfer full), at most @limit, by name. What the law
 * keeps from it is not in it.
 */
GPtrArray *quay_till_preview_promotion (QuayTill *till, const QuayPromotion *promotion, guint limit,
                                        guint *n);

/**
 * quay_till_promotion_is_beyond:
 * @source: (out) (optional) (transfer full): which law says so; NULL if not
 *
 * Whether @promotion may give more than the share of the price that is lawful on ordinary days
 * (Decree 81/2018/NĐ-CP, articles 6 and 7: half of it). Programmes of the state, the 30 days before
 * Tết and fresh food are free of it, which no till can know: so it is told, not refused.
 */
gboolean quay_till_promotion_is_beyond (QuayTill *till, const QuayPromotion *promotion,
                                        char **source);

G_END_DECLS
