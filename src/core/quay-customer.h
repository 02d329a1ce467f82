/* Customers as a shop knows them: who they are, what they agreed to, what they owe, their points.
 * Values and rules; text members are owned. Any thread. */
#pragma once

#include "quay-day.h"
#include "quay-sale.h"

G_BEGIN_DECLS

/** What a customer may agree to; each on its own (Law 91/2025/QH15 art. 9). */
typedef enum
{
  QUAY_CONSENT_LOYALTY,
  QUAY_CONSENT_MARKETING,
  QUAY_CONSENT_PRODUCER,
} QuayConsentKind;
#define QUAY_N_CONSENTS 3

/** The stored name of a consent ("loyalty", "marketing_sms", "share_with_producer"). */
const char *quay_consent_name (QuayConsentKind kind);

/**
 * QuayConsent: what somebody said about one purpose, with its proof.
 * @given: 1 yes, 0 no, or taken back
 * @text: version of the text that was shown or read out, NULL as long as nobody asked
 * @how: "read", "signed" or "ticked"
 * @who: the user who asked
 */
typedef struct
{
  gint64 given;
  QuayDay day;
  char *text;
  char *how;
  char *who;
} QuayConsent;

/** How old a debt is: up to 30, 60, 90 days, and older. */
#define QUAY_N_AGES 4

/**
 * QuayCustomer:
 * @sealed: who it is, as in the journal; @name, @phone, @address, @note: opened, NULL where this
 *   file lacks the key
 * @limit: how much may be owed, 0: nothing within the limit
 * @list: code of a price list, NULL: the shelf prices
 * @erased: nobody can tell any more who it was
 * @debt: above 0: the customer owes; @points: what is left of them
 * @ages: the debt by its age, the oldest being paid first
 * @last: day of the last movement, 0: none
 */
typedef struct
{
  QuayId id;
  char *sealed;
  char *name;
  char *phone;
  char *address;
  char *note;
  QuayConsent consents[QUAY_N_CONSENTS];
  QuayMoney limit;
  char *list;
  gboolean erased;
  QuayMoney debt;
  gint64 points;
  QuayMoney ages[QUAY_N_AGES];
  QuayDay last;
} QuayCustomer;

/** One of whom nothing is known; (transfer full). */
QuayCustomer *quay_customer_new (void);
void quay_customer_free (QuayCustomer *customer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayCustomer, quay_customer_free)

/** What to call a customer: the name, or "Khách" and the begin of the id where it can't be read;
 * (transfer full). */
char *quay_customer_title (const QuayCustomer *customer);

/** A phone number as everybody at the counter may see it, "09xx xxx 123"; NULL for none; (transfer
 * full). */
char *quay_phone_mask (const char *phone);

/** A phone number as it is kept: digits alone, 84… and +84… as 0…; NULL unless it has 9 to 11
 * digits and begins with 0. (transfer full) */
char *quay_phone_normal (const char *text);

/** TRUE if every word of @text is in the name, or its three or more digits in the phone number, or
 * it is in what the customer is called. Empty text matches all. */
gboolean quay_customer_matches (const QuayCustomer *customer, const char *text);

/** By name as Vietnamese dictionaries do, those without a name last. */
void quay_customers_sort (GPtrArray *customers);

/**
 * QuayCustomerLine: a line of a customer's account.
 * @kind: "sale", "refund", "fixed", "paid", "opening", "adjusted", "points"
 * @amount: above 0: owes more; @balance: what was owed after it
 * @tender: how it was paid, NULL where no money moved
 * @doc: number of the sale that it belongs to, NULL for none
 */
typedef struct
{
  QuayId event;
  char *number;
  char *kind;
  char *who;
  char *tender;
  char *doc;
  char *why;
  QuayDay day;
  gint64 ts;
  QuayMoney amount;
  gint64 points;
  QuayMoney balance;
} QuayCustomerLine;
void quay_customer_line_free (QuayCustomerLine *line);
/** What a line is, as the papers say it: "Mua hàng"; static. */
const char *quay_customer_line_name (const char *kind);

/** A charge or payment, for ageing. */
typedef struct
{
  QuayDay day;
  QuayMoney amount;
} QuayDebtMove;

/**
 * quay_debt_age:
 * @moves: (element-type QuayDebtMove): in the order in which they happened
 *
 * Splits what is owed by age at @today: payments take the oldest charges first, whenever they came.
 * What was paid ahead is in @ages[0], below 0. The ages add up to Σ of the moves.
 */
void quay_debt_age (const GArray *moves, QuayDay today, QuayMoney ages[QUAY_N_AGES]);

/* --- points --- */

/**
 * quay_points_earned:
 * @lines: (element-type QuayLine)
 * @paid: by points: earns none
 * @step: đồng for a point, 0: the shop gives none
 *
 * Whole points for what was bought, but for drinks from 15 % on, for which the law forbids any
 * promotion (Law 44/2019/QH14 art. 5.9).
 */
gint64 quay_points_earned (GPtrArray *lines, QuayMoney paid, gint64 step);

/** What of @lines may be paid by points: all but those drinks. */
QuayMoney quay_points_payable (GPtrArray *lines);

/** The share of @points that belongs to @part of @whole, in whole points; all of them for the
 * whole. Parts of which each takes the difference to the share before add up to @points. */
gint64 quay_points_share (gint64 points, QuayMoney part, QuayMoney whole);

G_END_DECLS
