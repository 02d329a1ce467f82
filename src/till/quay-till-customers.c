/* Customers: lists, the form's fields, consents, erasing. Names are opened in memory only; nothing
 * here logs them. Thread: main. */
#include "quay-till-customers.h"
#include "quay-till-prices-private.h"
#include "quay-till-prices.h"

#include "quay-till-private.h"
#include "quay-till-requests-private.h"

#include "quay-error.h"
#include "quay-format.h"
#include "quay-item-edit.h"
#include "quay-reader-customers.h"
#include "quay-seal.h"
#include "quay-text.h"
#include "quay-till-facts.h"
#include "quay-till-people.h"

#include <sodium.h>
#include <string.h>

#define MAX_NAME 90
#define MAX_ADDRESS 120
#define MAX_NOTE 120
#define MAX_LIST 40

/* --- reading --- */

static void
open_person (QuayTill *till, QuayCustomer *customer)
{
  guint8 key[QUAY_SEAL_KEY_LEN];
  if (customer == NULL || customer->sealed == NULL || customer->erased ||
      !quay_reader_person_key (till->reader, &customer->id, key))
    return;
  char **const texts[4] = { &customer->name, &customer->phone, &customer->address,
                            &customer->note };
  if (!quay_seal_open_person (customer->sealed, key, texts, NULL))
    g_warning ("a customer can't be opened");
  sodium_memzero (key, sizeof key);
}

GPtrArray *
quay_till_customers (QuayTill *till, const char *text)
{
  GPtrArray *customers = quay_reader_customers (till->reader, quay_till_day (till));
  for (guint i = customers->len; i-- > 0;)
    {
      QuayCustomer *customer = customers->pdata[i];
      open_person (till, customer);
      if ((customer->erased && customer->debt.dong == 0) ||
          (text != NULL && !quay_customer_matches (customer, text)))
        g_ptr_array_remove_index (customers, i);
    }
  quay_customers_sort (customers);
  return customers;
}

QuayCustomer *
quay_till_customer (QuayTill *till, const QuayId *id)
{
  QuayCustomer *customer = quay_reader_customer (till->reader, id, quay_till_day (till));
  open_person (till, customer);
  return customer;
}

static QuayCustomer *
need_customer (QuayTill *till, const QuayId *id, GError **error)
{
  g_autoptr (QuayCustomer) customer = quay_till_customer (till, id);
  if (!quay_till_check_reads (till, error))
    return NULL;
  if (customer == NULL)
    g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no such customer");
  else if (customer->erased)
    g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_REFUSED, "this customer was erased");
  return customer != NULL && !customer->erased ? g_steal_pointer (&customer) : NULL;
}

/* --- the edit --- */

QuayCustomerEdit *
quay_customer_edit_new (void)
{
  QuayCustomerEdit *edit = g_new0 (QuayCustomerEdit, 1);
  for (guint i = 0; i < QUAY_N_CONSENTS; i++)
    edit->consents[i] = -1;
  return edit;
}

void
quay_customer_edit_free (QuayCustomerEdit *edit)
{
  if (edit == NULL)
    return;
  g_free (edit->name);
  g_free (edit->phone);
  g_free (edit->address);
  g_free (edit->note);
  g_free (edit->limit);
  g_free (edit->list);
  g_free (edit);
}

typedef struct
{
  QuayTill *till;
  const QuayCustomer *was; /* NULL: a new one */
  QuayId id;
  QuayFacts *facts; /* borrowed */
  GPtrArray *refusals;
  char *person[4]; /* as they will be */
  gboolean sealed; /* one of them differs */
  gboolean raises; /* more may be owed than before */
  gboolean takes;  /* a consent is taken back */
} Check;

static void
check_clear (Check *check)
{
  g_clear_pointer (&check->refusals, g_ptr_array_unref);
  for (guint i = 0; i < 4; i++)
    g_free (check->person[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Check, check_clear)

static void
refuse (Check *check, const char *field, const char *why)
{
  g_ptr_array_add (check->refusals, quay_refusal_new (0, field, why));
}

/* Another customer has this number. One whose key is not here has none. */
static gboolean
phone_is_taken (Check *check, const char *phone)
{
  QuayTill *till = check->till;
  g_autoptr (GPtrArray) all = quay_reader_customers (till->reader, quay_till_day (till));
  for (guint i = 0; i < all->len; i++)
    {
      QuayCustomer *other = all->pdata[i];
      open_person (till, other);
      if (!quay_id_equal (&other->id, &check->id) && g_strcmp0 (other->phone, phone) == 0)
        return TRUE;
    }
  return FALSE;
}

static const char *
person_fault (Check *check, guint field, char **text)
{
  static const guint max[4] = { MAX_NAME, 20, MAX_ADDRESS, MAX_NOTE };
  if (**text == '\0')
    return field == 0 ? "empty" : NULL;
  if (!quay_text_check (*text, -1, max[field], NULL))
    return "text";
  if (field != 1)
    return NULL;
  char *number = quay_phone_normal (*text);
  if (number == NULL)
    return "phone";
  g_free (*text);
  *text = number;
  return phone_is_taken (check, number) ? "phone-taken" : NULL;
}

static void
check_person (Check *check, const QuayCustomerEdit *edit)
{
  static const char *const names[4] = { "name", "phone", "address", "note" };
  const char *typed[4] = { edit->name, edit->phone, edit->address, edit->note };
  const QuayCustomer *was = check->was;
  const char *kept[4] = { was != NULL ? was->name : NULL, was != NULL ? was->phone : NULL,
                          was != NULL ? was->address : NULL, was != NULL ? was->note : NULL };
  gboolean closed = was != NULL && was->sealed != NULL && was->name == NULL;
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *text = g_strstrip (g_strdup (typed[i] != NULL ? typed[i] : ""));
      const char *fault = NULL;
      if (typed[i] != NULL && g_strcmp0 (text, kept[i] != NULL ? kept[i] : "") != 0)
        fault = closed ? "not-here" : person_fault (check, i, &text);
      else if (i == 0 && was == NULL)
        fault = "empty";
      if (fault != NULL)
        refuse (check, names[i], fault);
      check->person[i] = typed[i] == NULL ? g_strdup (kept[i])
                         : *text != '\0'  ? g_steal_pointer (&text)
                                          : NULL;
      check->sealed = check->sealed || g_strcmp0 (check->person[i], kept[i]) != 0;
    }
}

static void
check_limit (Check *check, const char *typed)
{
  QuayMoney limit = QUAY_DONG (0);
  gint64 kept = check->was != NULL ? check->was->limit.dong : 0;
  g_autofree char *text = g_strstrip (g_strdup (typed != NULL ? typed : ""));
  if (typed == NULL)
    return;
  if (*text != '\0' &&
      (!quay_parse_money (text, &limit, NULL) || limit.dong < 0 || !quay_money_in_range (limit)))
    refuse (check, "limit", "number");
  else if (limit.dong != kept)
    {
      quay_facts_add_number (check->facts, "limit", limit.dong);
      check->raises = limit.dong > kept;
    }
}

static void
check_list (Check *check, const char *typed)
{
  const char *kept = check->was != NULL ? check->was->list : NULL;
  if (typed == NULL || g_strcmp0 (typed, kept != NULL ? kept : "") == 0)
    return;
  if (!quay_text_check (typed, -1, MAX_LIST, NULL))
    refuse (check, "list", "text");
  else
    quay_facts_add_text (check->facts, "list", typed);
}

static void
add_part (Check *check, const char *name, const char *part, const char *text)
{
  g_autofree char *field = g_strconcat (name, part, NULL);
  quay_facts_add_text (check->facts, field, text);
}

/* What was said is kept with its proof; saying the same again changes nothing. */
static void
check_consents (Check *check, const QuayCustomerEdit *edit)
{
  static const char *const ways[] = { "read", "signed", "ticked", NULL };
  for (guint i = 0; i < QUAY_N_CONSENTS; i++)
    {
      const char *name = quay_consent_name (i);
      const QuayConsent *was = check->was != NULL ? &check->was->consents[i] : NULL;
      int given = edit->consents[i];
      if (given < 0 || (was != NULL ? was->given == given : given == 0))
        continue;
      if (given > 0 && (edit->how == NULL || !g_strv_contains (ways, edit->how)))
        {
          refuse (check, name, "empty");
          continue;
        }
      check->takes = check->takes || given == 0;
      g_autofree char *day = g_strconcat (name, "_day", NULL);
      quay_facts_add_number (check->facts, name, given);
      quay_facts_add_number (check->facts, day, quay_till_day (check->till));
      add_part (check, name, "_text", QUAY_CONSENT_TEXT);
      add_part (check, name, "_how", given > 0 ? edit->how : NULL);
      add_part (check, name, "_who", quay_till_user (check->till));
    }
}

/* Seals the person by the customer's key, which a new one gets now. FALSE: the key is gone. */
static gboolean
seal (Check *check, QuayTxn *txn)
{
  guint8 key[QUAY_SEAL_KEY_LEN];
  if (check->was == NULL)
    {
      check->till->env.random (check->till->env.data, key, sizeof key);
      quay_txn_keep_key (txn, &check->id, key);
    }
  else if (!quay_reader_person_key (check->till->reader, &check->id, key))
    return FALSE;
  g_autofree char *sealed =
      quay_seal_person (&check->till->env, (const char *const *)check->person, key);
  sodium_memzero (key, sizeof key);
  quay_facts_add_text (check->facts, "sealed", sealed);
  return TRUE;
}

/* What was changed may be what somebody had asked for. */
static void
answer (Check *check, QuayTxn *txn)
{
  QuayRequestKind kinds[2];
  guint n = 0;
  if (check->was == NULL)
    return;
  if (check->sealed)
    kinds[n++] = QUAY_REQUEST_CORRECT;
  if (check->takes)
    kinds[n++] = QUAY_REQUEST_WITHDRAW;
  if (n > 0)
    quay_till_answer_requests (check->till, txn, &check->id, kinds, n);
}

gboolean
quay_till_save_customer (QuayTill *till, QuayId *id, const QuayCustomerEdit *edit,
                         GPtrArray **refusals, GError **error)
{
  gboolean fresh = quay_id_is_nil (id);
  *refusals = NULL;
  g_autoptr (QuayCustomer) was = fresh ? NULL : need_customer (till, id, error);
  if ((was == NULL && !fresh) || !quay_till_check_reads (till, error) ||
      !quay_till_require (till, QUAY_ACT_CUSTOMER, 0, error))
    return FALSE;
  g_auto (Check) check = {
    .till = till,
    .was = was,
    .id = fresh ? quay_till_new_id (till) : *id,
    .refusals = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_refusal_free),
  };
  g_autoptr (QuayTxn) txn = quay_txn_new ();
  check.facts = quay_till_begin_facts (till, txn, QUAY_EVENT_CUSTOMER, &check.id);
  check_person (&check, edit);
  check_limit (&check, edit->limit);
  check_list (&check, edit->list);
  check_consents (&check, edit);
  if (check.refusals->len == 0 && check.sealed && !seal (&check, txn))
    refuse (&check, "name", "not-here");
  answer (&check, txn);
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (check.refusals->len > 0)
    {
      *refusals = g_steal_pointer (&check.refusals);
      return FALSE;
    }
  if (check.raises && !quay_till_require (till, QUAY_ACT_DEBT_OVER, 0, error))
    return FALSE;
  if (check.facts->facts->len > 0)
    {
      g_autoptr (QuayResult) done = quay_till_commit (till, g_steal_pointer (&txn), error);
      if (done == NULL)
        return FALSE;
      quay_till_emit_sales (till);
    }
  *id = check.id;
  return TRUE;
}

/* --- forgetting --- */

gboolean
quay_till_erase_customer (QuayTill *till, const QuayId *id, GError **error)
{
  static const QuayRequestKind asked[] = { QUAY_REQUEST_DELETE, QUAY_REQUEST_WITHDRAW };
  g_autoptr (QuayCustomer) customer = need_customer (till, id, error);
  if (customer == NULL)
    return FALSE;
  if (customer->debt.dong != 0)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_REFUSED, "something is still owed");
      return FALSE;
    }
  if (!quay_till_require (till, QUAY_ACT_ERASE, 0, error))
    return FALSE;
  QuayTxn *txn = quay_txn_new ();
  QuayFacts *facts = quay_till_begin_facts (till, txn, QUAY_EVENT_CUSTOMER, id);
  quay_facts_add_number (facts, "erased", 1);
  quay_facts_add_text (facts, "sealed", NULL);
  quay_facts_add_text (facts, "list", NULL);
  quay_facts_add_text (facts, "limit", NULL);
  for (guint i = 0; i < QUAY_N_CONSENTS; i++)
    if (customer->consents[i].given)
      quay_facts_add_number (facts, quay_consent_name (i), 0);
  quay_till_answer_requests (till, txn, id, asked, G_N_ELEMENTS (asked));
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  if (done == NULL)
    return FALSE;
  if (quay_id_equal (&till->cart->customer, id))
    quay_till_cart_set_customer (till, &QUAY_ID_NIL, NULL);
  quay_till_emit_sales (till);
  return TRUE;
}

/* --- the counter --- */

static gboolean
has_list (QuayTill *till, const QuayId *id)
{
  g_autoptr (QuayCustomer) customer = quay_id_is_nil (id) ? NULL : quay_till_customer (till, id);
  return customer != NULL && customer->list != NULL;
}

/* Their own price list counts while it may be used; without it, that of the place. */
static void
follow_list (QuayTill *till, const QuayCustomer *customer)
{
  g_autoptr (GError) not_now = NULL;
  g_autofree char *place = quay_till_place_list (till);
  const char *code = customer != NULL && customer->list != NULL ? customer->list : place;
  if (g_strcmp0 (code, till->cart->list) != 0 && !quay_till_cart_set_list (till, code, &not_now))
    g_debug ("price list '%s' of a customer: %s", code, not_now->message);
}

gboolean
quay_till_cart_set_customer (QuayTill *till, const QuayId *id, GError **error)
{
  g_autoptr (QuayCustomer) customer = NULL;
  if (!quay_till_cart_is_free (till, error))
    return FALSE;
  if (!quay_id_is_nil (id) && (customer = need_customer (till, id, error)) == NULL)
    return FALSE;
  gboolean listed = has_list (till, &till->cart->customer);
  till->cart->customer = *id;
  if (listed || (customer != NULL && customer->list != NULL))
    follow_list (till, customer);
  quay_till_cart_touched (till);
  return TRUE;
}
