/* Customers whose data the shop keeps for messages alone and who have not bought for long: listed,
 * never erased by themselves (Law 91/2025/QH15 art. 3). */
#pragma once

#include "quay-day.h"
#include "quay-till.h"

G_BEGIN_DECLS

/** Months without a purchase after which they are listed; 0: never. */
#define QUAY_SETTING_KEEP_MONTHS "shop.keep_months"

/** That setting; 0 also where it makes no sense. */
int quay_till_keep_months (QuayTill *till);

/** Why somebody is left out; QUAY_KEPT_NOT: may be erased. */
typedef enum
{
  QUAY_KEPT_NOT,
  QUAY_KEPT_DEBT,    /* owes, or paid ahead */
  QUAY_KEPT_ORDER,   /* an order of theirs is open */
  QUAY_KEPT_INVOICE, /* asked for an invoice: kept by law */
  QUAY_KEPT_TERMS,   /* may owe, or has a price list: the shop agreed to something */
} QuayKept;

/**
 * QuayIdle: one of them.
 * @title: as everywhere; @phone: masked, NULL for none
 * @last: day of the last purchase, else of what was agreed to
 */
typedef struct
{
  QuayId id;
  char *title;
  char *phone;
  QuayDay last;
  QuayKept kept;
} QuayIdle;

void quay_idle_free (QuayIdle *idle);

/** Who agreed to messages alone and has not bought for the setting's months, those that may be
 * erased first, then the longest without a purchase. An order is known by its name or phone number,
 * where this file can read it. Reads all sales. (element-type QuayIdle) (transfer full), empty if
 * the shop has switched it off. */
GPtrArray *quay_till_idle_customers (QuayTill *till);

G_END_DECLS
