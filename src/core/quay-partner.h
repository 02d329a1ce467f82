/* Producers as a shop knows them: who they are, on what terms they deliver, what they are owed; and
 * settlements and entries of their accounts as they are read back. Values. Text members are owned.
 */
#pragma once

#include "quay-account.h"

G_BEGIN_DECLS

/**
 * QuayPartner: a producer or supplier.
 * @code: the registry's; NULL for one that the shop has added, whose identity it may change
 * @kind: "HTX", "THT", "household", "enterprise" or NULL
 * @commune: five digits or NULL
 * @terms: what new lots get unless the receipt says otherwise; kind 0: nothing is agreed
 * @member: 1: a member of the cooperative (internal transactions), 0: not, −1: not said
 * @contract_day, @settled: days, 0 unknown or never
 * @owed: above 0: the shop owes
 * @on_shelf: what lies in the shop and is still the producer's, at today's shelf prices
 */
typedef struct
{
  QuayId id;
  char *code;
  char *name;
  char *kind;
  char *commune;
  char *address;
  char *tax_code;
  char *phone;
  char *contract;
  QuayDay contract_day;
  QuayTerms terms;
  char *bank;
  char *account;
  char *holder;
  char *note;
  gint64 member;
  QuayMoney owed;
  QuayMoney on_shelf;
  QuayDay settled;
} QuayPartner;

/** One line of an account. @event: the document; @number: NULL if it has none; @balance: what is
 * owed after it; @doc_number: of the document that it belongs to, NULL if that is itself. */
typedef struct
{
  QuayId event;
  QuayId doc;
  char *kind;
  char *number;
  char *doc_number;
  char *who;
  char *why;
  QuayDay day;
  gint64 ts;
  QuayMoney amount;
  QuayMoney balance;
} QuayEntryRecord;

/**
 * QuaySettledRecord: a settlement as it was posted, or, with a nil @id, as it would be now.
 * @settled: its @lots are NULL in lists
 * @before: what was owed before it; @paid: paid out for it since
 */
typedef struct
{
  QuayId id;
  QuayDay day;
  gint64 ts;
  char *who;
  QuaySettled *settled;
  QuayMoney before;
  QuayMoney paid;
} QuaySettledRecord;

/** A producer of whom nothing is known; (transfer full). */
QuayPartner *quay_partner_new (void);
void quay_partner_free (QuayPartner *partner);
void quay_entry_record_free (QuayEntryRecord *record);
/** An empty settlement; (transfer full). */
QuaySettledRecord *quay_settled_record_new (void);
void quay_settled_record_free (QuaySettledRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayPartner, quay_partner_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayEntryRecord, quay_entry_record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuaySettledRecord, quay_settled_record_free)

/** What is left of a lot after a settlement: opening + in − sold − back − loss − waste. */
QuayQty quay_settled_lot_closing (const QuaySettledLot *lot);

/** TRUE if anything happened with a lot since the settlement before. */
gboolean quay_settled_lot_moved (const QuaySettledLot *lot);

/** Sets amount and cost to the sums over the lots; FALSE if they are out of range. */
gboolean quay_settled_sum (QuaySettled *settled) G_GNUC_WARN_UNUSED_RESULT;

/** TRUE if two settlements say the same of the same lots. */
gboolean quay_settled_equal (const QuaySettled *a, const QuaySettled *b);

/** The shape of a tax code: 10 digits, 10 and 3 of a branch ("-" between or not), or the 12 of a
 * person (Circular 86/2024/TT-BTC). */
gboolean quay_tax_code_is_sound (const char *text);

G_END_DECLS
