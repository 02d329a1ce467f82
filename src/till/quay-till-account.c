/* Accounts of the producers: pay-outs, advances, what they took at the counter, corrections.
 * Thread: main. */
#include "quay-till-settle.h"

#include "quay-till-private.h"

#include "quay-body-stock.h"
#include "quay-error.h"
#include "quay-reader-consign.h"
#include "quay-tender.h"

#include <string.h>

#define WHY_MAX 70

QuayMoney
quay_till_owed (QuayTill *till, const QuayId *producer)
{
  return quay_reader_owed (till->reader, producer);
}

GPtrArray *
quay_till_entries (QuayTill *till, const QuayId *producer)
{
  return quay_reader_entries (till->reader, producer);
}

/* --- rules --- */

typedef enum
{
  SIGN_ANY,
  SIGN_LESS, /* the shop owes less */
} Sign;

/* @money: 1 must move, 0 must not, −1 may */
static const struct
{
  const char *kind;
  Sign sign;
  int money;
  gboolean why;
} rules[] = {
  { "payout", SIGN_LESS, 1, FALSE },    { "advance", SIGN_LESS, 1, FALSE },
  { "goods", SIGN_LESS, 1, FALSE },     { "charge", SIGN_LESS, 0, TRUE },
  { "correction", SIGN_ANY, -1, TRUE },
};

static gboolean
invalid (const char *why, GError **error)
{
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, why);
  return FALSE;
}

static gboolean
keeps_rule (const QuayEntry *entry, guint rule, GError **error)
{
  if (rules[rule].sign == SIGN_LESS && entry->amount.dong > 0)
    return invalid ("this kind of entry makes the shop owe less", error);
  if (rules[rule].money >= 0 && entry->money != rules[rule].money)
    return invalid ("money moves with this kind of entry, or it does not", error);
  if (entry->money && entry->tender != QUAY_TENDER_CASH && entry->tender != QUAY_TENDER_TRANSFER)
    return invalid ("money moves in cash or by transfer", error);
  if (rules[rule].why && (entry->why == NULL || *entry->why == '\0'))
    return invalid ("needs a reason", error);
  return TRUE;
}

static gboolean
is_sound (const QuayEntry *entry, GError **error)
{
  if (!quay_till_check_text (entry->why, WHY_MAX, error) ||
      !quay_till_check_text (entry->ref, WHY_MAX, error))
    return FALSE;
  if (entry->amount.dong == 0 || !quay_money_in_range (entry->amount))
    return invalid ("amount out of range", error);
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_strcmp0 (rules[i].kind, entry->kind) == 0)
      return keeps_rule (entry, i, error);
  return invalid ("no such kind of entry", error);
}

static gboolean
may_post (QuayTill *till, const QuayEntry *entry, char **name, GError **error)
{
  g_autoptr (QuayPartner) partner = quay_reader_partner (till->reader, &entry->producer);
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (partner == NULL)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no such producer");
      return FALSE;
    }
  if (strcmp (entry->kind, "payout") == 0 && -entry->amount.dong > partner->owed.dong)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_REFUSED, "more than is owed");
      return FALSE;
    }
  *name = g_strdup (partner->name);
  return TRUE;
}

/* --- posting --- */

/* An earlier try with this id: its number, or NULL with an error if it said something else. */
static char *
find_earlier (QuayTill *till, const QuayId *id, const QuayEntry *entry, gboolean *found,
              GError **error)
{
  QuayId producer;
  g_autoptr (QuayEntryRecord) earlier = quay_reader_entry (till->reader, id, &producer);
  *found = earlier != NULL;
  if (earlier == NULL)
    return NULL;
  if (quay_id_equal (&producer, &entry->producer) && strcmp (earlier->kind, entry->kind) == 0 &&
      earlier->amount.dong == entry->amount.dong)
    return g_strdup (earlier->number);
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_EXISTS,
                       "something else was recorded by an earlier try");
  return NULL;
}

static char *
commit_entry (QuayTill *till, const QuayId *id, const QuayEntry *entry, GError **error)
{
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *event = quay_till_entry_event (till, entry);
  event->id = *id;
  quay_txn_add (txn, event);
  if (quay_event_moves_cash (event))
    quay_till_need_shift (till, txn, event);
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  if (done == NULL)
    return NULL;
  const QuayEvent *first = done->events->pdata[0];
  if (first->kind != QUAY_EVENT_ENTRY)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_EXISTS, "the id is that of another event");
      return NULL;
    }
  quay_till_learn_shift (till, done);
  if (quay_event_moves_cash (first))
    quay_till_emit_sales (till);
  return g_strdup (((const QuayEntry *)first->body)->number);
}

static char *
post (QuayTill *till, const QuayId *id, const QuayEntry *entry, GError **error)
{
  gboolean found;
  g_autofree char *name = NULL;
  if (!is_sound (entry, error))
    return NULL;
  char *number = find_earlier (till, id, entry, &found, error);
  if (found)
    return number;
  if (!may_post (till, entry, &name, error) || !quay_till_need_room (till, error) ||
      !quay_till_find_shift (till, error))
    return NULL;
  QuayEntry whole = *entry;
  whole.name = name;
  return commit_entry (till, id, &whole, error);
}

char *
quay_till_post_entry (QuayTill *till, const QuayId *id, const QuayEntry *entry, GError **error)
{
  if (g_strcmp0 (entry->kind, "goods") == 0)
    {
      invalid ("goods are taken off by their sale", error);
      return NULL;
    }
  return post (till, id, entry, error);
}

/* --- what the producer bought --- */

static gboolean
can_take_off (QuayTill *till, const QuayId *producer, const QuaySaleRecord *sale, GError **error)
{
  const char *why = NULL;
  gboolean before =
      sale != NULL && quay_reader_has_entry (till->reader, producer, "goods", &sale->id);
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (sale == NULL)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no such sale");
      return FALSE;
    }
  if (before)
    why = "this sale was taken off before";
  else if (sale->total.dong <= sale->refunded.dong)
    why = "nothing is left of this sale";
  else if (g_strcmp0 (sale->tenders, "cash") != 0 && g_strcmp0 (sale->tenders, "transfer") != 0)
    why = "this sale was not paid in cash or by transfer alone";
  if (why == NULL)
    return TRUE;
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_REFUSED, why);
  return FALSE;
}

char *
quay_till_take_off_sale (QuayTill *till, const QuayId *id, const QuayId *producer,
                         const char *number, GError **error)
{
  QuayId whose;
  g_autoptr (QuaySaleRecord) sale = quay_reader_sale (till->reader, number);
  g_autoptr (QuayEntryRecord) earlier = quay_reader_entry (till->reader, id, &whose);
  if (earlier != NULL && sale != NULL && quay_id_equal (&earlier->doc, &sale->id))
    return g_strdup (earlier->number);
  if (!can_take_off (till, producer, sale, error))
    return NULL;
  gboolean cash = strcmp (sale->tenders, "cash") == 0;
  QuayEntry entry = { .producer = *producer,
                      .kind = (char *)"goods",
                      .amount = QUAY_DONG (sale->refunded.dong - sale->total.dong),
                      .tender = cash ? QUAY_TENDER_CASH : QUAY_TENDER_TRANSFER,
                      .money = 1,
                      .doc = sale->id,
                      .ref = sale->number };
  return post (till, id, &entry, error);
}
