/* The open cart: its operations, its way to the disk at every change, its return after a crash, and
 * the trace that a removed line leaves. Thread: main. */
#include "quay-till-prices-private.h"

#include "quay-body.h"
#include "quay-error.h"
#include "quay-partner.h"
#include "quay-till-view.h"

#include <string.h>

/* A sale must fit into one event with room for payments: what a line takes beside its texts. */
#define LINE_BYTES 250
#define OFF_BYTES 110
#define CART_BYTES (QUAY_EVENT_MAX_BYTES - 6000)

/* How long after a failed save the cart is tried again: room may have been made meanwhile. */
#define RETRY_S 5

QuayCart *
quay_till_new_cart (QuayTill *till)
{
  QuayId id = quay_id_new (&till->env);
  QuayCart *cart = quay_cart_new (&id, quay_till_now_ms (till));
  cart->list = quay_till_place_list (till);
  return cart;
}

const QuayCart *
quay_till_cart (QuayTill *till)
{
  return till->cart;
}

gboolean
quay_till_cart_is_free (QuayTill *till, GError **error)
{
  if (till->paying)
    g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_REFUSED, "the sale is being saved");
  return !till->paying;
}

/* --- on its way to the disk --- */

void
quay_removal_free (QuayRemoval *removal)
{
  g_free (removal->name);
  g_free (removal->why);
  g_free (removal);
}

static void
note_removal (QuayTill *till, const QuayLine *line, QuayQty qty, QuayMoney amount, const char *why)
{
  QuayRemoval *removal = g_new0 (QuayRemoval, 1);
  removal->cart = till->cart->id;
  removal->name = g_strdup (line->name);
  removal->qty = qty;
  removal->amount = amount;
  removal->why = g_strdup (why);
  g_ptr_array_add (till->draft.removals, removal);
}

GPtrArray *
quay_till_add_removals (QuayTill *till, QuayTxn *txn)
{
  GPtrArray *removals = till->draft.removals;
  till->draft.removals = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_removal_free);
  for (guint i = 0; i < removals->len; i++)
    {
      const QuayRemoval *removal = removals->pdata[i];
      QuayEvent *event = quay_till_event (till, QUAY_EVENT_CART_REMOVED, FALSE);
      QuayAudit *body = event->body;
      body->subject = removal->cart;
      body->name = g_strdup (removal->name);
      body->qty = removal->qty;
      body->amount = removal->amount;
      body->why = g_strdup (removal->why);
      quay_txn_add (txn, event);
    }
  return removals;
}

void
quay_till_settle_removals (QuayTill *till, GPtrArray *removals, gboolean committed)
{
  if (!committed)
    {
      g_ptr_array_extend_and_steal (removals, g_steal_pointer (&till->draft.removals));
      till->draft.removals = removals;
      return;
    }
  g_ptr_array_unref (removals);
}

/* The transaction that makes the disk equal to the counter. */
static QuayTxn *
build_save (QuayTill *till, GPtrArray **removals)
{
  QuayDraftState *draft = &till->draft;
  QuayTxn *txn = quay_txn_new ();
  gboolean empty = quay_cart_is_empty (till->cart);
  if (!quay_id_is_nil (&draft->on_disk) &&
      (empty || !quay_id_equal (&draft->on_disk, &till->cart->id)))
    quay_txn_drop_draft (txn, &draft->on_disk);
  if (!empty)
    quay_txn_save_draft (txn, till->cart, FALSE, NULL);
  draft->on_disk = empty ? QUAY_ID_NIL : till->cart->id;
  draft->dirty = FALSE;
  *removals = quay_till_add_removals (till, txn);
  return txn;
}

/* A save in flight; the till may be gone before its answer. */
typedef struct
{
  GWeakRef till;
  GPtrArray *removals;
  QuayId before; /* the open cart that the disk had, and gets if this works */
  QuayId after;
} SaveOp;

static void save_next (QuayTill *till);

static gboolean
retry_cb (gpointer data)
{
  QuayTill *till = data;
  till->draft.retry = 0;
  save_next (till);
  return G_SOURCE_REMOVE;
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  SaveOp *op = data;
  g_autoptr (QuayTill) till = g_weak_ref_get (&op->till);
  GPtrArray *removals = op->removals;
  QuayId before = op->before;
  QuayId after = op->after;
  g_weak_ref_clear (&op->till);
  g_free (op);
  g_autoptr (QuayResult) done = quay_store_commit_finish (NULL, result, &error);
  if (till == NULL)
    {
      g_ptr_array_unref (removals);
      return;
    }
  quay_till_settle_removals (till, removals, done != NULL);
  till->draft.saving = FALSE;
  quay_till_has_room (till);
  if (done != NULL)
    {
      quay_till_storage_works (till);
      save_next (till);
      return;
    }
  till->draft.dirty = TRUE; /* the next change tries again, or the timer */
  if (till->draft.retry == 0 && till->store != NULL)
    till->draft.retry = g_timeout_add_seconds (RETRY_S, retry_cb, till);
  if (quay_id_equal (&till->draft.on_disk, &after))
    till->draft.on_disk = before;
  quay_till_emit_storage_error (till, error);
}

static void
save_next (QuayTill *till)
{
  if (till->draft.saving || !till->draft.dirty || till->paying || till->store == NULL)
    return;
  SaveOp *op = g_new0 (SaveOp, 1);
  g_weak_ref_init (&op->till, till);
  op->before = till->draft.on_disk;
  QuayTxn *txn = build_save (till, &op->removals);
  op->after = till->draft.on_disk;
  till->draft.saving = TRUE;
  quay_store_commit_async (till->store, txn, QUAY_LANE_COUNTER, NULL, saved_cb, op);
}

void
quay_till_cart_touched (QuayTill *till)
{
  g_autoptr (GError) error = NULL;
  if (!till->paying && till->reader != NULL && !quay_till_reprice (till, till->cart, &error) &&
      quay_error_is_storage (error))
    quay_till_note_failed (till, g_steal_pointer (&error));
  till->draft.dirty = !quay_till_is_view (till);
  save_next (till);
  quay_till_emit_cart (till);
}

gboolean
quay_till_flush_cart (QuayTill *till, GError **error)
{
  if (till->paying)
    return TRUE; /* the sale carries the cart away */
  GPtrArray *removals;
  gboolean nothing = !till->draft.dirty && !till->draft.saving;
  if (nothing)
    return TRUE;
  QuayId before = till->draft.on_disk;
  QuayTxn *txn = build_save (till, &removals);
  /* not quay_till_commit(): the cart is kept whatever else could not be read */
  g_autoptr (QuayResult) done = quay_store_commit (till->store, txn, QUAY_LANE_COUNTER, error);
  quay_till_settle_removals (till, removals, done != NULL);
  till->draft.dirty = done == NULL;
  if (done == NULL)
    till->draft.on_disk = before;
  return done != NULL;
}

/* --- back from the disk --- */

gboolean
quay_till_refresh_rates (QuayTill *till, QuayCart *cart, GError **error)
{
  QuayDay today = quay_till_day (till);
  for (guint i = 0; i < cart->lines->len; i++)
    {
      gint64 rate;
      QuayLine *line = cart->lines->pdata[i];
      if (line->vat_class != NULL &&
          quay_reader_vat_rate (till->reader, line->vat_class, today, &rate))
        line->rate_bp = rate;
    }
  return quay_till_check_reads (till, error);
}

void
quay_till_take_cart (QuayTill *till, QuayCart *cart, gboolean saved)
{
  g_clear_pointer (&till->cart, quay_cart_free);
  till->cart = cart;
  till->draft.on_disk = saved ? cart->id : QUAY_ID_NIL;
  till->draft.dirty = FALSE;
}

/* The newest one that was on the counter; others wait, those that can't be read as they are. */
static QuayDraft *
choose_draft (QuayTill *till, GPtrArray *drafts)
{
  QuayTxn *txn = quay_txn_new ();
  QuayDraft *open = NULL;
  gboolean aside = FALSE;
  for (guint i = drafts->len; i-- > 0;)
    {
      QuayDraft *draft = drafts->pdata[i];
      if (draft->held)
        continue;
      if (draft->cart != NULL && open == NULL)
        {
          open = draft;
          continue;
        }
      aside = TRUE;
      if (draft->cart == NULL)
        {
          till->unreadable++;
          g_warning ("an open cart can't be read and is put aside: %s", draft->why);
        }
      quay_txn_put_draft_aside (txn, &draft->id);
    }
  if (aside)
    quay_till_commit_quietly (till, g_steal_pointer (&txn), QUAY_LANE_COUNTER);
  g_clear_pointer (&txn, quay_txn_free);
  return open;
}

gboolean
quay_till_restore_cart (QuayTill *till, GError **error)
{
  g_autoptr (GPtrArray) drafts = quay_reader_drafts (till->reader);
  if (!quay_till_check_reads (till, error))
    return FALSE;
  QuayDraft *open = choose_draft (till, drafts);
  if (open == NULL || quay_cart_is_empty (open->cart))
    {
      quay_till_take_cart (till, quay_till_new_cart (till), FALSE);
      return TRUE;
    }
  quay_till_take_cart (till, g_steal_pointer (&open->cart), TRUE);
  till->restored = TRUE;
  return quay_till_refresh_rates (till, till->cart, error);
}

guint
quay_till_take_unreadable (QuayTill *till)
{
  guint n = till->unreadable;
  till->unreadable = 0;
  return n;
}

gboolean
quay_till_take_restored (QuayTill *till)
{
  gboolean restored = till->restored;
  till->restored = FALSE;
  return restored;
}

/* --- operations --- */

static gsize
text_bytes (const char *text)
{
  return text != NULL ? strlen (text) : 0;
}

static gsize
offs_bytes (const QuayLine *line)
{
  gsize sum = 0;
  for (guint i = 0; line->offs != NULL && i < line->offs->len; i++)
    sum += OFF_BYTES + text_bytes (((const QuayOff *)line->offs->pdata[i])->name);
  return sum;
}

static gsize
line_bytes (const QuayLine *line)
{
  return offs_bytes (line) + LINE_BYTES + text_bytes (line->sku) + text_bytes (line->name) +
         text_bytes (line->unit) + text_bytes (line->vat_class) + text_bytes (line->code) +
         text_bytes (line->lot) + text_bytes (line->trace) + text_bytes (line->note);
}

/* A sale is one event; a cart that would not fit into it, with a promotion on each line, is full.
 */
static gboolean
fits (const QuayCart *cart, gsize more, GError **error)
{
  gsize sum = more;
  for (guint i = 0; i < cart->lines->len; i++)
    sum += line_bytes (cart->lines->pdata[i]);
  if (sum > CART_BYTES)
    g_set_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED, "cart is full at %u lines",
                 cart->lines->len);
  return sum <= CART_BYTES;
}

gboolean
quay_till_cart_fits (const QuayCart *cart, GError **error)
{
  return fits (cart, 0, error);
}

static gboolean
line_fits (QuayTill *till, const QuayLine *line, GError **error)
{
  gsize off = quay_till_peek_promotions (till)->len > 0 ? 2 * OFF_BYTES : 0;
  return fits (till->cart, line_bytes (line) + off, error);
}

/* What a sale or a draft could not keep must not get into the cart. */
static gboolean
line_is_kept (const QuayLine *line, GError **error)
{
  return quay_shape_check (&quay_shape_line, line, error);
}

/* In a cart with a list a scan joins what is there, whatever the shelf asks: the price of all of it
 * is worked out when it is there. */
static QuayLine *
with_price_of_list (QuayTill *till, const QuayLine *line)
{
  QuayLine *copy = quay_line_copy (line);
  for (guint i = 0; till->cart->list != NULL && i < till->cart->lines->len; i++)
    {
      const QuayLine *there = till->cart->lines->pdata[i];
      if (!quay_id_is_nil (&line->product) && quay_id_equal (&there->product, &line->product) &&
          there->kind == line->kind && there->was.dong == 0)
        copy->price = there->price;
    }
  return copy;
}

gboolean
quay_till_cart_add (QuayTill *till, const QuayLine *line, guint *index, GError **error)
{
  if (!quay_till_cart_is_free (till, error) || !line_is_kept (line, error) ||
      !line_fits (till, line, error) || !quay_till_line_is_lawful (till, line, error))
    return FALSE;
  g_autoptr (QuayLine) priced = with_price_of_list (till, line);
  if (!quay_cart_add (till->cart, priced, index, error))
    return FALSE;
  quay_till_cart_touched (till);
  return TRUE;
}

gboolean
quay_till_cart_add_item (QuayTill *till, const QuayId *product, QuayQty qty, guint *index,
                         GError **error)
{
  g_autoptr (QuayItem) item = quay_till_item (till, product);
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (item == NULL)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no such product");
      return FALSE;
    }
  g_autoptr (QuayLine) line = quay_item_to_line (item, qty, error);
  return line != NULL && quay_till_cart_add (till, line, index, error);
}

gboolean
quay_till_cart_add_open (QuayTill *till, const char *name, QuayMoney price, QuayQty qty,
                         const char *vat_class, guint *index, GError **error)
{
  QuayLine line = { .kind = QUAY_LINE_PIECE, .price = price, .qty = qty };
  if (!quay_till_check_text (name, 100, error))
    return FALSE;
  gboolean taxed =
      quay_reader_vat_rate (till->reader, vat_class, quay_till_day (till), &line.rate_bp);
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (name == NULL || *name == '\0' || !taxed)
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "no name, or no VAT class '%s'",
                   vat_class);
      return FALSE;
    }
  line.name = (char *)name;
  line.vat_class = (char *)vat_class;
  if (qty.milli % 1000 != 0)
    line.kind = QUAY_LINE_WEIGHED;
  return quay_till_cart_add (till, &line, index, error);
}

static const QuayLine *
find_line (QuayTill *till, guint index, GError **error)
{
  if (!quay_till_cart_is_free (till, error))
    return NULL;
  if (index < till->cart->lines->len)
    return till->cart->lines->pdata[index];
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no line %u", index);
  return NULL;
}

/* After a change of a line's quantity: what is less than before leaves a trace. */
static void
note_reduction (QuayTill *till, guint index, QuayQty qty, QuayMoney amount)
{
  if (!quay_till_reprice (till, till->cart, NULL))
    g_debug ("the cart is priced again when it is told of");
  const QuayLine *line = till->cart->lines->pdata[index];
  if (line->qty.milli < qty.milli) /* fewer may cost more where a promotion counts them */
    note_removal (till, line, QUAY_MILLI (qty.milli - line->qty.milli),
                  QUAY_DONG (MAX (amount.dong - line->amount.dong, 0)), NULL);
}

gboolean
quay_till_cart_set_qty (QuayTill *till, guint index, QuayQty qty, GError **error)
{
  const QuayLine *line = find_line (till, index, error);
  if (line == NULL)
    return FALSE;
  if (qty.milli == 0)
    return quay_till_cart_remove (till, index, NULL, error);
  QuayQty before = line->qty;
  QuayMoney amount = line->amount;
  if (!quay_cart_set_qty (till->cart, index, qty, error))
    return FALSE;
  note_reduction (till, index, before, amount);
  quay_till_cart_touched (till);
  return TRUE;
}

gboolean
quay_till_cart_set_weight (QuayTill *till, guint index, QuayQty gross, QuayQty tare, GError **error)
{
  const QuayLine *line = find_line (till, index, error);
  if (line == NULL)
    return FALSE;
  QuayQty before = line->qty;
  QuayMoney amount = line->amount;
  if (!quay_cart_set_weight (till->cart, index, gross, tare, error))
    return FALSE;
  note_reduction (till, index, before, amount);
  quay_till_cart_touched (till);
  return TRUE;
}

gboolean
quay_till_cart_set_note (QuayTill *till, guint index, const char *note, GError **error)
{
  if (find_line (till, index, error) == NULL || !quay_till_check_text (note, 70, error))
    return FALSE;
  quay_cart_set_note (till->cart, index, note);
  quay_till_cart_touched (till);
  return TRUE;
}

gboolean
quay_till_cart_remove (QuayTill *till, guint index, const char *why, GError **error)
{
  if (find_line (till, index, error) == NULL || !quay_till_check_text (why, 70, error))
    return FALSE;
  g_autoptr (QuayLine) line = quay_cart_remove (till->cart, index);
  note_removal (till, line, line->qty, line->amount, why);
  quay_till_cart_touched (till);
  return TRUE;
}

gboolean
quay_till_cart_clear (QuayTill *till, const char *why, GError **error)
{
  if (!quay_till_cart_is_free (till, error) || !quay_till_check_text (why, 70, error) ||
      !quay_till_require (till, QUAY_ACT_VOID, 0, error))
    return FALSE;
  for (guint i = 0; i < till->cart->lines->len; i++)
    {
      const QuayLine *line = till->cart->lines->pdata[i];
      note_removal (till, line, line->qty, line->amount, why);
    }
  quay_cart_free (till->cart);
  till->cart = quay_till_new_cart (till); /* the next customer's sale is another one */
  quay_till_cart_touched (till);
  return TRUE;
}

void
quay_till_cart_confirm_age (QuayTill *till)
{
  if (till->paying || till->cart->age == QUAY_AGE_CONFIRMED)
    return;
  till->cart->age = QUAY_AGE_CONFIRMED;
  quay_till_cart_touched (till);
}

gboolean
quay_till_cart_set_buyer (QuayTill *till, const char *name, const char *tax_code, GError **error)
{
  g_autofree char *who = g_strstrip (g_strdup (name != NULL ? name : ""));
  g_autofree char *tax = g_strstrip (g_strdup (tax_code != NULL ? tax_code : ""));
  if (!quay_till_cart_is_free (till, error) || !quay_till_check_text (who, 150, error))
    return FALSE;
  if (*tax != '\0' && !quay_tax_code_is_sound (tax))
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "'%s' is no tax code", tax);
      return FALSE;
    }
  g_free (till->cart->buyer_name);
  g_free (till->cart->buyer_tax);
  till->cart->buyer_name = *who != '\0' ? g_steal_pointer (&who) : NULL;
  till->cart->buyer_tax = *tax != '\0' ? g_steal_pointer (&tax) : NULL;
  quay_till_cart_touched (till);
  return TRUE;
}
