/* Banks, the shop's accounts, transfers. An account is an entity of the settings whose code names
 * its bank and number, so that two tills that add the same one add one. Thread: main. */
#include "quay-till-bank.h"

#include "quay-till-facts.h"
#include "quay-till-people.h"

#include "quay-chain.h"
#include "quay-error.h"
#include "quay-sheet.h"
#include "quay-sign.h"
#include "quay-text.h"
#include "quay-vietqr.h"

#include <string.h>

#define BANKS "params/banks.csv"
#define SETTING_CHOSEN "shop.account"
#define FIELD_ACCOUNT "account" /* of a setting: the number; of a place: the account's code */
#define TEXT_MAX_CHARS 60
#define CODE_LEN 12
#define LABEL_LEN 4 /* of the code: the rest is chance, 40 bits or more */

/* --- banks --- */

static int
compare_banks (gconstpointer a, gconstpointer b)
{
  const QuayBank *first = *(const QuayBank *const *)a;
  const QuayBank *second = *(const QuayBank *const *)b;
  return quay_text_compare (first->name, second->name);
}

GPtrArray *
quay_banks (void)
{
  GPtrArray *banks = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_bank_free);
  g_autoptr (QuaySheet) table = quay_sheet_new_data (BANKS, NULL);
  while (table != NULL && quay_sheet_next (table, NULL))
    {
      QuayBank *bank = g_new0 (QuayBank, 1);
      bank->bin = g_strdup (quay_sheet_get (table, "bin"));
      bank->name = g_strdup (quay_sheet_get (table, "short"));
      bank->full = g_strdup (quay_sheet_get (table, "name"));
      bank->transfers = g_strcmp0 (quay_sheet_get (table, "transfers"), "1") == 0;
      bank->listed = g_strcmp0 (quay_sheet_get (table, "listed"), "1") == 0;
      g_ptr_array_add (banks, bank);
    }
  g_ptr_array_sort (banks, compare_banks);
  return banks;
}

static QuayBank *
take_bank (GPtrArray *banks, const char *bin)
{
  for (guint i = 0; i < banks->len; i++)
    if (strcmp (((const QuayBank *)banks->pdata[i])->bin, bin) == 0)
      return g_ptr_array_steal_index (banks, i);
  return NULL;
}

QuayBank *
quay_bank_find (const char *bin)
{
  g_autoptr (GPtrArray) banks = quay_banks ();
  return take_bank (banks, bin);
}

/* Its short name, or the BIN itself. */
static char *
dup_bank_name (const char *bin)
{
  g_autoptr (QuayBank) bank = quay_bank_find (bin);
  return g_strdup (bank != NULL ? bank->name : bin);
}

/* --- the shop's accounts --- */

static char *
dup_code (const char *bin, const char *number)
{
  return g_strconcat ("account.", bin, ".", number, NULL);
}

static char *
dup_fact (QuayTill *till, const char *code, const char *field)
{
  return quay_reader_fact (till->reader, "setting", code, field);
}

/* NULL for one that was taken out, or that is not whole. */
static QuayBankAccount *
read_account (QuayTill *till, const char *code)
{
  g_autofree char *card = dup_fact (till, code, "card");
  g_autoptr (QuayBankAccount) account = g_new0 (QuayBankAccount, 1);
  account->number = dup_fact (till, code, FIELD_ACCOUNT);
  account->bin = dup_fact (till, code, "bin");
  if (account->number == NULL || account->bin == NULL)
    return NULL;
  account->code = g_strdup (code);
  account->bank = dup_bank_name (account->bin);
  account->holder = dup_fact (till, code, "holder");
  account->branch = dup_fact (till, code, "branch");
  account->card = g_strcmp0 (card, "1") == 0;
  return g_steal_pointer (&account);
}

/* The chosen one, or the first, to the front. */
static void
put_chosen_first (QuayTill *till, GPtrArray *accounts)
{
  g_autofree char *chosen = quay_till_get_setting (till, SETTING_CHOSEN);
  guint at = 0;
  for (guint i = 0; i < accounts->len; i++)
    if (g_strcmp0 (((const QuayBankAccount *)accounts->pdata[i])->code, chosen) == 0)
      at = i;
  if (accounts->len == 0)
    return;
  QuayBankAccount *first = g_ptr_array_steal_index (accounts, at);
  first->chosen = TRUE;
  g_ptr_array_insert (accounts, 0, first);
}

GPtrArray *
quay_till_bank_accounts (QuayTill *till)
{
  g_autoptr (GPtrArray) rows = quay_reader_entities (till->reader, "setting", FIELD_ACCOUNT);
  GPtrArray *accounts = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_bank_account_free);
  for (guint i = 0; i < rows->len; i++)
    {
      QuayBankAccount *account = read_account (till, ((const QuayReportRow *)rows->pdata[i])->key);
      if (account != NULL)
        g_ptr_array_add (accounts, account);
    }
  put_chosen_first (till, accounts);
  return accounts;
}

static QuayBankAccount *
need_account (QuayTill *till, const char *code, GError **error)
{
  QuayBankAccount *account = read_account (till, code);
  if (!quay_till_check_reads (till, error))
    g_clear_pointer (&account, quay_bank_account_free);
  else if (account == NULL)
    g_set_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "the shop has no account '%s'", code);
  return account;
}

/* Without any blanks; (transfer full). */
static char *
squeeze (const char *text)
{
  GString *out = g_string_new (NULL);
  for (const char *p = text != NULL ? text : ""; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_unichar (out, g_utf8_get_char (p));
  return g_string_free (out, FALSE);
}

static char *
trim (const char *text)
{
  return g_strstrip (g_strdup (text != NULL ? text : ""));
}

/* The first member that can't be; NULL if all can. A card has digits alone. */
static const char *
find_fault (const QuayBankAccount *account)
{
  gboolean digits = strspn (account->number, "0123456789") == strlen (account->number);
  if (!quay_vietqr_bin_is_sound (account->bin))
    return "bin";
  if (!quay_vietqr_account_is_sound (account->number) || (account->card && !digits))
    return "number";
  if (*account->holder == '\0' || !quay_till_check_text (account->holder, TEXT_MAX_CHARS, NULL))
    return "holder";
  return quay_till_check_text (account->branch, TEXT_MAX_CHARS, NULL) ? NULL : "branch";
}

static QuayFacts *
begin_account (QuayTill *till, QuayTxn *txn, const char *code)
{
  QuayEvent *event = quay_event_new (QUAY_EVENT_SETTING);
  QuayFacts *facts = event->body;
  event->who = g_strdup (till->user);
  facts->code = g_strdup (code);
  facts->facts = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_fact_free);
  quay_txn_add (txn, event);
  return facts;
}

static gboolean
commit (QuayTill *till, QuayTxn *txn, GError **error)
{
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  if (done != NULL)
    quay_till_emit_settings (till);
  return done != NULL;
}

static void
add_facts (QuayFacts *facts, const QuayBankAccount *account)
{
  quay_facts_add_text (facts, "bin", account->bin);
  quay_facts_add_text (facts, FIELD_ACCOUNT, account->number);
  quay_facts_add_text (facts, "holder", account->holder);
  quay_facts_add_text (facts, "branch", account->branch);
  quay_facts_add_text (facts, "card", account->card ? "1" : NULL);
}

gboolean
quay_till_save_bank_account (QuayTill *till, const QuayBankAccount *account, const char **member,
                             GError **error)
{
  g_autoptr (QuayBankAccount) clean = g_new0 (QuayBankAccount, 1);
  clean->bin = squeeze (account->bin);
  clean->number = squeeze (account->number);
  clean->holder = trim (account->holder);
  clean->branch = trim (account->branch);
  clean->card = account->card;
  *member = find_fault (clean);
  if (*member != NULL)
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "an account's %s can't be that", *member);
      return FALSE;
    }
  QuayTxn *txn = quay_txn_new ();
  clean->code = dup_code (clean->bin, clean->number);
  add_facts (begin_account (till, txn, clean->code), clean);
  return commit (till, txn, error);
}

gboolean
quay_till_remove_bank_account (QuayTill *till, const char *code, GError **error)
{
  static const QuayBankAccount nothing;
  g_autoptr (QuayBankAccount) account = need_account (till, code, error);
  if (account == NULL)
    return FALSE;
  QuayTxn *txn = quay_txn_new ();
  add_facts (begin_account (till, txn, code), &nothing);
  return commit (till, txn, error);
}

gboolean
quay_till_choose_bank_account (QuayTill *till, const char *code, GError **error)
{
  g_autoptr (QuayBankAccount) account = need_account (till, code, error);
  return account != NULL && quay_till_set_setting (till, SETTING_CHOSEN, code, error);
}

/* --- the account of a place --- */

char *
quay_till_place_account (QuayTill *till, const QuayId *place)
{
  g_autoptr (GHashTable) facts = quay_reader_facts (till->reader, "location", place);
  return quay_facts_dup_text (facts, FIELD_ACCOUNT);
}

gboolean
quay_till_set_place_account (QuayTill *till, const QuayId *place, const char *code, GError **error)
{
  g_autoptr (GHashTable) facts = quay_reader_facts (till->reader, "location", place);
  g_autoptr (QuayBankAccount) account = code != NULL ? need_account (till, code, error) : NULL;
  if (code != NULL && account == NULL)
    return FALSE;
  /* where money goes is no matter of stock, as other facts of a place are */
  if (!quay_till_check_reads (till, error) ||
      !quay_till_require (till, QUAY_ACT_SETTINGS, 0, error))
    return FALSE;
  if (!g_hash_table_contains (facts, "name"))
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no such place");
      return FALSE;
    }
  QuayTxn *txn = quay_txn_new ();
  quay_facts_add_text (quay_till_begin_facts (till, txn, QUAY_EVENT_LOCATION, place), FIELD_ACCOUNT,
                       code);
  return commit (till, txn, error);
}

/* The account of the place that is sold from; the chosen one where it has none, or one that was
 * taken out. NULL with @error. */
static QuayBankAccount *
account_here (QuayTill *till, GError **error)
{
  g_autoptr (GPtrArray) accounts = quay_till_bank_accounts (till);
  g_autofree char *own = quay_till_place_account (till, &till->floor);
  guint at = 0;
  if (!quay_till_check_reads (till, error))
    return NULL;
  for (guint i = 0; i < accounts->len; i++)
    if (g_strcmp0 (((const QuayBankAccount *)accounts->pdata[i])->code, own) == 0)
      at = i;
  if (accounts->len > 0)
    return g_ptr_array_steal_index (accounts, at);
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "the shop has no account");
  return NULL;
}

QuayBankAccount *
quay_till_read_bank_code (const char *text, GError **error)
{
  QuayVietqr qr;
  QuayVietqrFault fault = quay_vietqr_parse (text, -1, &qr);
  if (fault != QUAY_VIETQR_OK)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, quay_vietqr_fault_text (fault));
      return NULL;
    }
  QuayBankAccount *account = g_new0 (QuayBankAccount, 1);
  account->bin = g_strdup (qr.bin);
  account->bank = dup_bank_name (qr.bin);
  account->number = g_strdup (qr.account);
  account->holder = g_strdup (qr.name);
  account->card = qr.card;
  return account;
}

/* --- transfers --- */

char *
quay_till_code_of_order (const char *number)
{
  GString *code = g_string_new (NULL);
  for (const char *p = number; *p != '\0'; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (code, g_ascii_toupper (*p));
  return g_string_free (code, FALSE);
}

/* The label's beginning, then letters of the hash of label and cart. */
static char *
make_code (QuayTill *till)
{
  static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  char id[QUAY_ID_TEXT_LEN + 1];
  g_autofree char *label = quay_till_label (till);
  quay_id_to_text (&till->cart->id, id);
  g_autofree char *all = g_strconcat (label, " ", id, NULL);
  QuayHash hash = quay_sha256 ((const guint8 *)all, strlen (all));
  GString *code = g_string_new_len (label, (gssize)MIN (strlen (label), LABEL_LEN));
  for (guint i = 0; code->len < CODE_LEN; i++)
    g_string_append_c (code, digits[hash.b[i] & 31]);
  return g_string_free (code, FALSE);
}

const char *
quay_till_order_code (QuayTill *till)
{
  QuayCart *cart = till->cart;
  if (cart->pay_code == NULL)
    {
      cart->pay_code =
          cart->order_no != NULL ? quay_till_code_of_order (cart->order_no) : make_code (till);
      quay_till_cart_touched (till);
    }
  return cart->pay_code;
}

static char *
build_payload (const QuayBankAccount *account, QuayMoney amount, const char *code, const char *name,
               GError **error)
{
  char *payload = NULL;
  QuayVietqr qr = { .once = amount.dong > 0, .card = account->card, .amount = amount.dong };
  g_strlcpy (qr.bin, account->bin, sizeof qr.bin);
  g_strlcpy (qr.account, account->number, sizeof qr.account);
  QUAY_VIETQR_SET (qr.name, name);
  QUAY_VIETQR_SET (qr.purpose, code);
  QuayVietqrFault fault = quay_vietqr_build (&qr, &payload);
  if (fault != QUAY_VIETQR_OK)
    g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, quay_vietqr_fault_text (fault));
  return payload;
}

QuayTransfer *
quay_till_transfer (QuayTill *till, QuayMoney amount, const char *code, GError **error)
{
  g_autoptr (QuayTransfer) transfer = g_new0 (QuayTransfer, 1);
  transfer->account = account_here (till, error);
  if (transfer->account == NULL)
    return NULL;
  transfer->amount = amount;
  transfer->code = g_strdup (code);
  transfer->payload = build_payload (transfer->account, amount, code, NULL, error);
  return transfer->payload != NULL ? g_steal_pointer (&transfer) : NULL;
}

char *
quay_till_bank_code (QuayTill *till, const char *code, GError **error)
{
  g_autofree char *name = quay_till_get_setting (till, "shop.name");
  g_autoptr (QuayBankAccount) account = need_account (till, code, error);
  return account != NULL ? build_payload (account, QUAY_DONG (0), NULL, name, error) : NULL;
}

gboolean
quay_till_print_bank_sign (QuayTill *till, const char *code, const char *size, const char *path,
                           GError **error)
{
  g_autoptr (QuayShop) shop = quay_till_shop (till);
  g_autoptr (QuayTransfer) transfer = g_new0 (QuayTransfer, 1);
  transfer->account = need_account (till, code, error);
  transfer->payload = transfer->account != NULL ? quay_till_bank_code (till, code, error) : NULL;
  if (transfer->payload == NULL)
    return FALSE;
  if (strcmp (size, "a4") != 0 && strcmp (size, "a5") != 0)
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "no sign of size '%s'", size);
      return FALSE;
    }
  return quay_sign_to_pdf (shop, transfer, strcmp (size, "a5") == 0 ? QUAY_SIGN_A5 : QUAY_SIGN_A4,
                           path, error);
}
