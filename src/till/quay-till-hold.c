/* Carts put aside and brought back. Thread: main. */
#include "quay-till-prices-private.h"

#include "quay-error.h"

void
quay_held_free (QuayHeld *held)
{
  if (held == NULL)
    return;
  g_free (held->label);
  g_free (held->first_name);
  g_free (held);
}

static gboolean
label_is_sound (const QuayCart *cart, const char *label, GError **error)
{
  if (quay_cart_is_empty (cart))
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_REFUSED, "cart is empty");
      return FALSE;
    }
  return quay_till_check_text (label, 60, error);
}

/* The open cart's place on disk becomes free, unless @kept is saved there by the same transaction.
 */
static void
leave_disk (QuayTill *till, QuayTxn *txn, const QuayCart *kept)
{
  if (!quay_id_is_nil (&till->draft.on_disk) &&
      (kept == NULL || !quay_id_equal (&till->draft.on_disk, &kept->id)))
    quay_txn_drop_draft (txn, &till->draft.on_disk);
}

/* Commits @txn together with the open cart's removals; the cart's place on disk is in @txn. */
static gboolean
commit_move (QuayTill *till, QuayTxn *txn, GError **error)
{
  GPtrArray *removals = quay_till_add_removals (till, txn);
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  quay_till_settle_removals (till, removals, done != NULL);
  return done != NULL;
}

gboolean
quay_till_hold (QuayTill *till, const char *label, GError **error)
{
  if (!quay_till_cart_is_free (till, error) || !label_is_sound (till->cart, label, error))
    return FALSE;
  QuayTxn *txn = quay_txn_new ();
  leave_disk (till, txn, till->cart);
  quay_txn_save_draft (txn, till->cart, TRUE, label);
  if (!commit_move (till, txn, error))
    return FALSE;
  quay_till_take_cart (till, quay_till_new_cart (till), FALSE);
  quay_till_emit_cart (till);
  quay_till_emit_drafts (till);
  return TRUE;
}

gboolean
quay_till_hold_cart (QuayTill *till, const QuayCart *cart, const char *label, GError **error)
{
  if (!label_is_sound (cart, label, error))
    return FALSE;
  QuayTxn *txn = quay_txn_new ();
  quay_txn_save_draft (txn, cart, TRUE, label);
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  if (done == NULL)
    return FALSE;
  quay_till_emit_drafts (till);
  return TRUE;
}

static QuayHeld *
describe (QuayTill *till, const QuayDraft *draft)
{
  QuayHeld *held = g_new0 (QuayHeld, 1);
  held->id = draft->id;
  held->ts = draft->ts;
  held->label = g_strdup (draft->label != NULL ? draft->label : "");
  held->unreadable = draft->cart == NULL;
  if (held->unreadable)
    return held;
  QuayCartTotals totals = quay_cart_totals (draft->cart);
  held->n_lines = totals.n_lines;
  held->total = totals.total;
  if (totals.n_lines > 0)
    held->first_name = g_strdup (((const QuayLine *)draft->cart->lines->pdata[0])->name);
  held->n_changed = quay_till_n_changed_prices (till, draft->cart);
  return held;
}

GPtrArray *
quay_till_held (QuayTill *till)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_held_free);
  g_autoptr (GPtrArray) drafts = quay_reader_drafts (till->reader);
  for (guint i = 0; i < drafts->len; i++)
    if (((const QuayDraft *)drafts->pdata[i])->held)
      g_ptr_array_add (list, describe (till, drafts->pdata[i]));
  return list;
}

static QuayCart *
find_held (QuayTill *till, const QuayId *id, GError **error)
{
  g_autoptr (GPtrArray) drafts = quay_reader_drafts (till->reader);
  if (!quay_till_check_reads (till, error))
    return NULL;
  for (guint i = 0; i < drafts->len; i++)
    {
      QuayDraft *draft = drafts->pdata[i];
      if (!draft->held || !quay_id_equal (&draft->id, id))
        continue;
      if (draft->cart == NULL)
        g_set_error (error, QUAY_ERROR, QUAY_ERROR_DAMAGED, "the cart can't be read: %s",
                     draft->why);
      return g_steal_pointer (&draft->cart);
    }
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no such cart put aside");
  return NULL;
}

gboolean
quay_till_put_on_counter (QuayTill *till, QuayCart *given, GError **error)
{
  g_autoptr (QuayCart) cart = given;
  QuayTxn *txn = quay_txn_new ();
  leave_disk (till, txn, quay_cart_is_empty (till->cart) ? NULL : till->cart);
  if (!quay_cart_is_empty (till->cart))
    quay_txn_save_draft (txn, till->cart, TRUE, NULL);
  quay_txn_save_draft (txn, cart, FALSE, NULL);
  if (!commit_move (till, txn, error))
    return FALSE;
  quay_till_take_cart (till, g_steal_pointer (&cart), TRUE);
  quay_till_emit_cart (till);
  quay_till_emit_drafts (till);
  return TRUE;
}

gboolean
quay_till_recall (QuayTill *till, const QuayId *id, GError **error)
{
  if (!quay_till_cart_is_free (till, error))
    return FALSE;
  g_autoptr (QuayCart) cart = find_held (till, id, error);
  if (cart == NULL || !quay_till_refresh_rates (till, cart, error) ||
      !quay_till_reprice (till, cart, error))
    return FALSE;
  return quay_till_put_on_counter (till, g_steal_pointer (&cart), error);
}
