/* Accounts at banks as values. */
#include "quay-transfer.h"

#include "quay-format.h"

#include <string.h>

#define GROUP 4

void
quay_bank_free (QuayBank *bank)
{
  if (bank == NULL)
    return;
  g_free (bank->bin);
  g_free (bank->name);
  g_free (bank->full);
  g_free (bank);
}

void
quay_bank_account_free (QuayBankAccount *account)
{
  if (account == NULL)
    return;
  g_free (account->code);
  g_free (account->bin);
  g_free (account->bank);
  g_free (account->number);
  g_free (account->holder);
  g_free (account->branch);
  g_free (account);
}

void
quay_transfer_free (QuayTransfer *transfer)
{
  if (transfer == NULL)
    return;
  g_free (transfer->payload);
  quay_bank_account_free (transfer->account);
  g_free (transfer->code);
  g_free (transfer);
}

char *
quay_bank_number_groups (const char *number)
{
  GString *out = g_string_new (NULL);
  gsize left = strlen (number);
  while (left > GROUP + 1)
    {
      g_string_append_len (out, number, GROUP);
      g_string_append (out, QUAY_NBSP);
      number += GROUP;
      left -= GROUP;
    }
  return g_string_free (g_string_append (out, number), FALSE);
}

char *
quay_bank_number_mask (const char *number)
{
  gsize len = strlen (number);
  if (len <= GROUP)
    return g_strdup (number);
  return g_strconcat ("•••" QUAY_NBSP, number + len - GROUP, NULL);
}
