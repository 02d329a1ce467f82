/* The shop's accounts at banks, and a transfer that a customer is asked for. Values; any thread.
 * Text members are owned by their struct. */
#pragma once

#include "quay-money.h"

G_BEGIN_DECLS

/**
 * QuayBank: a bank or wallet that can be named in a transfer's QR code.
 * @bin: six digits
 * @name: short, as its own app says; @full: as it is registered
 * @transfers: its customers can pay by scanning; otherwise it only receives
 * @listed: its BIN is in the State Bank's list
 */
typedef struct
{
  char *bin;
  char *name;
  char *full;
  gboolean transfers;
  gboolean listed;
} QuayBank;

void quay_bank_free (QuayBank *bank);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayBank, quay_bank_free)

/**
 * QuayBankAccount: where customers send money.
 * @code: its name in settings; made of @bin and @number
 * @bank: short name of the bank, the BIN where it is not known
 * @card: @number is a card's
 * @chosen: the shop's account where no other was chosen for a place
 */
typedef struct
{
  char *code;
  char *bin;
  char *bank;
  char *number;
  char *holder;
  char *branch;
  gboolean card;
  gboolean chosen;
} QuayBankAccount;

void quay_bank_account_free (QuayBankAccount *account);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayBankAccount, quay_bank_account_free)

/**
 * QuayTransfer: what is shown to a customer who pays by transfer.
 * @payload: the text of the QR code
 * @amount: 0: the customer types it; @code: comes back in the bank's statement, NULL for none
 */
typedef struct
{
  char *payload;
  QuayBankAccount *account;
  QuayMoney amount;
  char *code;
} QuayTransfer;

void quay_transfer_free (QuayTransfer *transfer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayTransfer, quay_transfer_free)

/** A number in groups of four with no-break spaces, the last of two to five: "8300 2050 12345";
 * (transfer full). */
char *quay_bank_number_groups (const char *number);

/** Its last four with three dots before them, "••• 2345", where it is longer; (transfer full). */
char *quay_bank_number_mask (const char *number);

G_END_DECLS
