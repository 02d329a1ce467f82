/* Transfers: banks, the shop's accounts, what a customer scans to pay. The accounts are settings of
 * the shop, known to all its tills. */
#pragma once

#include "quay-till.h"
#include "quay-transfer.h"

G_BEGIN_DECLS

/** All banks that VietQR names, by their short names: (element-type QuayBank) (transfer full). */
GPtrArray *quay_banks (void);
/** The bank of a BIN; (transfer full), NULL if it is not in the table. */
QuayBank *quay_bank_find (const char *bin);

/** The shop's accounts, the chosen one first: (element-type QuayBankAccount) (transfer full). */
GPtrArray *quay_till_bank_accounts (QuayTill *till);

/**
 * quay_till_save_bank_account:
 * @account: @bin, @number, @holder, @branch (nullable) and @card as typed; blanks in the number
 *   and at the ends of texts don't count
 * @member: (out): "bin", "number", "holder" or "branch": which can't be; NULL otherwise
 *
 * Adds an account, or gives the one of that bank and number another holder and branch. The first
 * one is the chosen one.
 *
 * Returns: FALSE with QUAY_ERROR_INVALID or a storage error
 */
gboolean quay_till_save_bank_account (QuayTill *till, const QuayBankAccount *account,
                                      const char **member, GError **error);

/** Takes the account @code out; QUAY_ERROR_NOT_FOUND if there is none. */
gboolean quay_till_remove_bank_account (QuayTill *till, const char *code, GError **error);

/** Makes it the one that customers pay to; QUAY_ERROR_NOT_FOUND if there is none. */
gboolean quay_till_choose_bank_account (QuayTill *till, const char *code, GError **error);

/** The account for what is sold at a place, as a stall whose money goes elsewhere; @code NULL: the
 * shop's chosen one again. QUAY_ERROR_NOT_FOUND for an unknown account or place. */
gboolean quay_till_set_place_account (QuayTill *till, const QuayId *place, const char *code,
                                      GError **error);
/** The code of that account; (transfer full), NULL if the place has none of its own. */
char *quay_till_place_account (QuayTill *till, const QuayId *place);

/**
 * quay_till_read_bank_code:
 * @text: the content of a QR code, as a bank's app shows for receiving
 *
 * Returns: (transfer full): bank, number and card of an account to be saved; NULL with
 *   QUAY_ERROR_INVALID, whose message is a msgid for the user
 */
QuayBankAccount *quay_till_read_bank_code (const char *text, GError **error);

/**
 * quay_till_order_code:
 *
 * The code by which a transfer for the open cart is known again: at most 12 capital letters and
 * digits, that begin as the till's label does. It stays the same once it was asked for, whatever
 * the cart becomes, and goes into the sale as the reference of what is paid by transfer. A cart
 * that hands an order over has its order's code.
 *
 * Returns: borrowed until the next change of the cart
 */
const char *quay_till_order_code (QuayTill *till);

/** The code of an order by its number: "QT1A-DH26-0001" → "QT1ADH260001"; (transfer full). */
char *quay_till_code_of_order (const char *number);

/**
 * quay_till_transfer:
 * @amount: 1 … 9.999.999.999.999; 0: a code for many uses, where the customer types it
 * @code: (nullable): goes into the purpose
 *
 * What a customer scans to pay to the account of the place that is sold from.
 *
 * Returns: (transfer full): NULL with QUAY_ERROR_NOT_FOUND (the shop has no account), _INVALID or a
 *   storage error
 */
QuayTransfer *quay_till_transfer (QuayTill *till, QuayMoney amount, const char *code,
                                  GError **error);

/** The payload for many uses of the account @code, as on its sign; (transfer full), NULL with
 * QUAY_ERROR_NOT_FOUND or a storage error. */
char *quay_till_bank_code (QuayTill *till, const char *code, GError **error);

/**
 * quay_till_print_bank_sign:
 * @code: of the account
 * @size: "a4" or "a5"
 * @path: a PDF file; replaced
 *
 * A sign for a stall: the shop, the account, and its code for many uses.
 *
 * Returns: FALSE with QUAY_ERROR_NOT_FOUND, _INVALID, _FULL, _READ_ONLY or _IO
 */
gboolean quay_till_print_bank_sign (QuayTill *till, const char *code, const char *size,
                                    const char *path, GError **error);

G_END_DECLS
