/* Paying the producers: settlements of consigned goods, their accounts, pay-outs. */
#pragma once

#include "quay-partner.h"
#include "quay-till.h"

G_BEGIN_DECLS

/**
 * quay_till_unsettled:
 *
 * What a settlement with a producer would say now: of each consigned lot everything known so far
 * less what earlier settlements stored. Its heading is from the day after the last settlement's
 * (without one, the first lot's) to today.
 *
 * Returns: (transfer full): with a nil id; NULL with QUAY_ERROR_NOT_FOUND, _OVERFLOW or a storage
 *   error.
 */
QuaySettledRecord *quay_till_unsettled (QuayTill *till, const QuayId *producer, GError **error);

/** Names of the producer's products of which more was sold, at some place, than its lots had: until
 * that is cleared up a settlement needs a reason. (element-type utf8) (transfer full) */
GPtrArray *quay_till_in_doubt (QuayTill *till, const QuayId *producer);

/**
 * QuaySettleAsk:
 * @seen: (nullable): what somebody saw before saying yes: if it has changed since, nothing is
 *   posted
 * @from, @to: days of the heading; no figure depends on them
 * @tax: withheld from the producer; 0 … what is owed
 * @note: (nullable): one line, at most 160 characters
 * @why: (nullable): why it is settled though some product is in doubt, at most 70 characters
 */
typedef struct
{
  const QuaySettled *seen;
  QuayDay from;
  QuayDay to;
  QuayMoney tax;
  const char *note;
  const char *why;
} QuaySettleAsk;

/**
 * quay_till_settle:
 * @id: the document's id, made before the first try (quay_till_new_id()); posting it again gives
 *   the first answer
 *
 * Posts the settlement of all that is unsettled with a producer. Long ones take several events of
 * one transaction. What is owed goes to the producer's account, also if it is below nothing.
 *
 * Returns: (transfer full): its number; NULL with QUAY_ERROR_NOT_FOUND (no such producer), _INVALID
 *   (days, tax, text), _REFUSED (nothing happened since the last one; a product is in doubt and no
 *   reason is given; it is no more what was seen), _EXISTS (@id is that of something else), _FULL
 *   or a storage error. Nothing is half done.
 */
char *quay_till_settle (QuayTill *till, const QuayId *id, const QuayId *producer,
                        const QuaySettleAsk *ask, GError **error);

/**
 * quay_till_give_unsold:
 * @id: the document's id, made before the first try; posting it again gives the first answer
 *
 * Gives a producer back all that lies of its consigned lots at the counter's place: a document of
 * goods issued for the reason "returned". Nothing is owed for it.
 *
 * Returns: (transfer full): its number; NULL with QUAY_ERROR_REFUSED if nothing lies there, or as
 *   quay_till_post_goods().
 */
char *quay_till_give_unsold (QuayTill *till, const QuayId *id, const QuayId *producer,
                             GError **error);

/** Settlements, newest first, without lots; @producer NULL: of all. (element-type
 * QuaySettledRecord) (transfer full) */
GPtrArray *quay_till_settlements (QuayTill *till, const QuayId *producer, guint limit);
/** One with its lots; (transfer full), NULL if unknown. */
QuaySettledRecord *quay_till_settlement (QuayTill *till, const QuayId *id);

/**
 * quay_till_print_settlement:
 * @path: (nullable): the file; NULL: forms/NUMBER.pdf in the shop's folder
 *
 * Lays a settlement out as form 01-BH; the others a producer's whole account, to compare, and the
 * cash voucher of an entry that took money out of the drawer (02-TT) or brought it in (01-TT).
 *
 * Returns: (transfer full): the file's path; NULL with QUAY_ERROR_NOT_FOUND or the errors of
 *   writing.
 */
char *quay_till_print_settlement (QuayTill *till, const QuayId *id, const char *path,
                                  GError **error);
char *quay_till_print_account (QuayTill *till, const QuayId *producer, const char *path,
                               GError **error);
/** Whether an entry of this number (nullable) has a cash voucher. */
gboolean quay_till_entry_has_voucher (const char *number);
char *quay_till_print_payout (QuayTill *till, const QuayId *id, const char *path, GError **error);

/* --- accounts --- */

/** What a producer is owed; below 0: owes the shop. */
QuayMoney quay_till_owed (QuayTill *till, const QuayId *producer);
/** A producer's account, newest first. (element-type QuayEntryRecord) (transfer full) */
GPtrArray *quay_till_entries (QuayTill *till, const QuayId *producer);

/**
 * quay_till_post_entry:
 * @id: made before the first try; posting it again gives the first answer
 * @entry: kind "payout", "advance", "charge" (amount below 0), "correction" (any but 0);
 *   @money 1: money moves with it, by @tender: cash leaves or comes into the drawer; its number is
 *   then that of a cash voucher (PC, PT). Pay-outs and advances are money, charges are not.
 *   Corrections and charges need @why.
 *
 * Returns: (transfer full): its number; NULL with QUAY_ERROR_NOT_FOUND, _INVALID, _REFUSED (a
 *   pay-out of more than is owed), _EXISTS (@id is that of another entry), _FULL or a storage
 * error.
 */
char *quay_till_post_entry (QuayTill *till, const QuayId *id, const QuayEntry *entry,
                            GError **error);

/**
 * quay_till_take_off_sale:
 * @number: of a sale to the producer, as on its receipt
 *
 * The producer bought goods at the counter and pays for them by what the shop owes: what the sale
 * came to, less what was given back, is taken off the account. The money of the sale, which was
 * recorded as taken, leaves the drawer again by the same document where it was cash.
 *
 * Returns: (transfer full): its number; NULL with QUAY_ERROR_NOT_FOUND (no such sale), _REFUSED (it
 *   was taken off before, nothing is left of it, or several tenders paid it), or as
 *   quay_till_post_entry().
 */
char *quay_till_take_off_sale (QuayTill *till, const QuayId *id, const QuayId *producer,
                               const char *number, GError **error);

G_END_DECLS
