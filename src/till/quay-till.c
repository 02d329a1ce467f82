/* Opening and closing the till, its signals, and the small helpers that all verbs share.
 * Thread: main. */
#include "quay-till-prices-private.h"

#include "quay-ahead.h"
#include "quay-error.h"
#include "quay-text.h"
#include "quay-till-view.h"

#include <string.h>

enum
{
  CART_CHANGED,
  DRAFTS_CHANGED,
  ITEMS_CHANGED,
  SALES_CHANGED,
  SETTINGS_CHANGED,
  PRINTED,
  LINK_CHANGED,
  STORAGE_ERROR,
  STORAGE_RECOVERED,
  CLOCK_CHANGED,
  ROOM_CHANGED,
  DENIED,
  USER_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (QuayTill, quay_till, G_TYPE_OBJECT)

/* --- signals --- */

void
quay_till_emit_cart (QuayTill *till)
{
  g_signal_emit (till, signals[CART_CHANGED], 0);
}

void
quay_till_emit_drafts (QuayTill *till)
{
  g_signal_emit (till, signals[DRAFTS_CHANGED], 0);
}

void
quay_till_emit_sales (QuayTill *till)
{
  g_signal_emit (till, signals[SALES_CHANGED], 0);
}

void
quay_till_emit_settings (QuayTill *till)
{
  g_signal_emit (till, signals[SETTINGS_CHANGED], 0);
}

void
quay_till_emit_printed (QuayTill *till, const char *number, gboolean ok, const char *why)
{
  g_signal_emit (till, signals[PRINTED], 0, number, ok, why);
}

void
quay_till_emit_link (QuayTill *till)
{
  g_signal_emit (till, signals[LINK_CHANGED], 0);
}

void
quay_till_emit_storage_error (QuayTill *till, const GError *error)
{
  till->storage_failed = TRUE;
  g_signal_emit (till, signals[STORAGE_ERROR], 0, error->code, error->message);
}

void
quay_till_storage_works (QuayTill *till)
{
  if (!till->storage_failed)
    return;
  till->storage_failed = FALSE;
  g_signal_emit (till, signals[STORAGE_RECOVERED], 0);
}

void
quay_till_emit_denied (QuayTill *till)
{
  g_signal_emit (till, signals[DENIED], 0);
}

void
quay_till_emit_user (QuayTill *till)
{
  g_signal_emit (till, signals[USER_CHANGED], 0);
}

void
quay_till_emit_room (QuayTill *till, gboolean has_room)
{
  g_signal_emit (till, signals[ROOM_CHANGED], 0, has_room);
}

static gboolean
items_idle_cb (gpointer data)
{
  QuayTill *till = data;
  till->items_source = 0;
  g_signal_emit (till, signals[ITEMS_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

void
quay_till_items_moved (QuayTill *till)
{
  g_hash_table_remove_all (till->items);
  g_clear_pointer (&till->kept, g_hash_table_unref);
  quay_till_forget_promotions (till);
  if (till->store != NULL && till->items_source == 0)
    till->items_source = g_idle_add (items_idle_cb, till);
}

/* --- shared helpers --- */

QuayAsOf
quay_till_as_of (QuayTill *till)
{
  return (QuayAsOf){ .day = quay_till_day (till), .loc = till->floor };
}

QuayEvent *
quay_till_event (QuayTill *till, QuayEventKind kind, gboolean goods)
{
  QuayEvent *event = quay_event_new (kind);
  event->id = quay_till_new_id (till); /* so that a failed commit can be looked up by it */
  event->who = g_strdup (till->user);
  event->shift = till->shift;
  if (goods)
    event->loc = till->floor;
  return event;
}

/* A failure that no verb has answered for by the end of the main loop's turn was met by something
 * that only shows. */
static gboolean
tell_reads_cb (gpointer data)
{
  QuayTill *till = data;
  g_autoptr (GError) failed = NULL;
  till->reads_source = 0;
  if (!quay_till_check_reads (till, &failed))
    quay_till_emit_storage_error (till, failed);
  return G_SOURCE_REMOVE;
}

static void
read_failed_cb (gpointer data)
{
  QuayTill *till = data;
  if (till->reads_source == 0)
    till->reads_source = g_idle_add_full (G_PRIORITY_HIGH, tell_reads_cb, till, NULL);
}

void
quay_till_note_failed (QuayTill *till, GError *failed)
{
  g_clear_error (&till->read_failed);
  till->read_failed = failed;
  read_failed_cb (till);
}

gboolean
quay_till_check_reads (QuayTill *till, GError **error)
{
  if (till->read_failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&till->read_failed));
      return FALSE;
    }
  return till->reader == NULL || quay_reader_settle (till->reader, error);
}

QuayResult *
quay_till_commit (QuayTill *till, QuayTxn *txn, GError **error)
{
  if (!quay_till_check_reads (till, error) || !quay_till_allow (till, txn, error))
    {
      quay_txn_free (txn);
      return NULL;
    }
  QuayResult *done = quay_store_commit (till->store, txn, QUAY_LANE_COUNTER, error);
  quay_till_use_leaves (till, done != NULL);
  return done;
}

static void
quiet_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  GWeakRef *weak = data;
  g_autoptr (QuayTill) till = g_weak_ref_get (weak);
  g_weak_ref_clear (weak);
  g_free (weak);
  g_autoptr (QuayResult) done = quay_store_commit_finish (NULL, result, &error);
  if (till == NULL)
    return;
  if (done == NULL)
    quay_till_emit_storage_error (till, error);
  else
    quay_till_storage_works (till);
}

void
quay_till_commit_quietly (QuayTill *till, QuayTxn *txn, QuayLane lane)
{
  if (quay_till_is_view (till))
    {
      quay_txn_free (txn); /* nothing that is noted by the way is missed */
      return;
    }
  GWeakRef *weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, till);
  quay_store_commit_async (till->store, txn, lane, NULL, quiet_cb, weak);
}

gboolean
quay_till_check_text (const char *text, guint max, GError **error)
{
  return text == NULL || quay_text_check (text, -1, max, error);
}

gboolean
quay_till_check_reason (const char *why, GError **error)
{
  if (why != NULL && *why != '\0')
    return quay_till_check_text (why, QUAY_WHY_MAX, error);
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, "no reason was given");
  return FALSE;
}

/* --- life --- */

static void
quay_till_dispose (GObject *object)
{
  QuayTill *till = QUAY_TILL (object);
  quay_till_close (till);
  G_OBJECT_CLASS (quay_till_parent_class)->dispose (object);
}

static void
quay_till_finalize (GObject *object)
{
  QuayTill *till = QUAY_TILL (object);
  g_clear_pointer (&till->cart, quay_cart_free);
  g_hash_table_unref (till->settings);
  g_clear_pointer (&till->defaults, g_hash_table_unref);
  g_hash_table_unref (till->items);
  quay_till_lot_cache_free (till);
  g_clear_pointer (&till->kept, g_hash_table_unref);
  quay_till_forget_promotions (till);
  g_ptr_array_unref (till->unindexed);
  g_clear_pointer (&till->listed.nos, g_array_unref);
  g_free (till->listed.category);
  g_ptr_array_unref (till->draft.removals);
  g_ptr_array_unref (till->leaves);
  quay_till_free_people (till);
  g_mutex_clear (&till->check_lock);
  g_cond_clear (&till->check_done);
  g_free (till->dir);
  g_free (till->user);
  g_free (till->barred.why);
  g_free (till->link.once);
  g_free (till->link.server);
  g_free (till->link.shop);
  G_OBJECT_CLASS (quay_till_parent_class)->finalize (object);
}

static guint
add_signal (const char *name, guint n, GType first, GType second, GType third)
{
  return g_signal_new (name, QUAY_TYPE_TILL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n,
                       first, second, third);
}

static void
quay_till_class_init (QuayTillClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = quay_till_dispose;
  G_OBJECT_CLASS (klass)->finalize = quay_till_finalize;
  signals[CART_CHANGED] = add_signal ("cart-changed", 0, 0, 0, 0);
  signals[DRAFTS_CHANGED] = add_signal ("drafts-changed", 0, 0, 0, 0);
  signals[ITEMS_CHANGED] = add_signal ("items-changed", 0, 0, 0, 0);
  signals[SALES_CHANGED] = add_signal ("sales-changed", 0, 0, 0, 0);
  signals[SETTINGS_CHANGED] = add_signal ("settings-changed", 0, 0, 0, 0);
  signals[PRINTED] = add_signal ("printed", 3, G_TYPE_STRING, G_TYPE_BOOLEAN, G_TYPE_STRING);
  signals[LINK_CHANGED] = add_signal ("link-changed", 0, 0, 0, 0);
  signals[STORAGE_ERROR] = add_signal ("storage-error", 2, G_TYPE_INT, G_TYPE_STRING, 0);
  signals[CLOCK_CHANGED] = add_signal ("clock-changed", 0, 0, 0, 0);
  signals[STORAGE_RECOVERED] = add_signal ("storage-recovered", 0, 0, 0, 0);
  signals[DENIED] = add_signal ("denied", 0, 0, 0, 0);
  signals[USER_CHANGED] = add_signal ("user-changed", 0, 0, 0, 0);
  signals[ROOM_CHANGED] = add_signal ("room-changed", 1, G_TYPE_BOOLEAN, 0, 0);
}

static void
quay_till_init (QuayTill *till)
{
  g_mutex_init (&till->check_lock);
  g_cond_init (&till->check_done);
  till->settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  till->items =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify)quay_item_free);
  till->unindexed = g_ptr_array_new_with_free_func (g_free);
  till->leaves = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_leave_free);
  till->draft.removals = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_removal_free);
}

QuayTill *
quay_till_open (const char *dir, const char *user, GError **error)
{
  return quay_till_open_with (dir, user, quay_till_system_env (), error);
}

QuayTill *
quay_till_open_with (const char *dir, const char *user, const QuayEnv *env, GError **error)
{
  g_return_val_if_fail (dir != NULL && env != NULL, NULL);
  g_autoptr (QuayTill) till = g_object_new (QUAY_TYPE_TILL, NULL);
  till->dir = g_strdup (dir);
  till->env = *env;
  till->store = quay_store_open (dir, env, error);
  if (till->store == NULL)
    return NULL;
  till->reader = quay_reader_new (till->store, error);
  if (till->reader == NULL || !quay_till_load_defaults (till, error))
    return NULL;
  quay_reader_watch (till->reader, read_failed_cb, till);
  quay_till_load_settings (till);
  till->user = user != NULL ? g_strdup (user) : quay_till_get_setting (till, "shop.user");
  quay_till_load_people (till);
  if (!quay_reader_open_shift (till->reader, &till->shift, NULL, NULL))
    till->shift = QUAY_ID_NIL;
  if (!quay_till_check_reads (till, error) || !quay_till_restore_cart (till, error))
    return NULL;
  quay_till_begin_training (
      till); /* what this computer alone knows; where it can't be read, it is told */
  quay_till_take_place (till);
  quay_till_count_today (till, 0, 0, QUAY_DONG (0));
  till->watched.day = quay_till_day (till);
  till->watched.wrong = quay_till_clock_is_wrong (till);
  quay_till_has_room (till);
  quay_till_start_search (till);
  quay_till_open_printer (till);
  return g_steal_pointer (&till);
}

QuayTillAhead *
quay_till_read_ahead (const char *dir, guint items)
{
  return (QuayTillAhead *)quay_ahead_begin (dir, items);
}

void
quay_till_ahead_free (QuayTillAhead *ahead)
{
  quay_ahead_end ((QuayAhead *)ahead);
}

void
quay_till_close (QuayTill *till)
{
  g_autoptr (GError) error = NULL;
  if (till->store == NULL)
    return;
  if (till->cart != NULL && !quay_till_flush_cart (till, &error))
    g_warning ("the open cart could not be saved: %s", error->message);
  g_clear_handle_id (&till->draft.retry, g_source_remove);
  g_clear_handle_id (&till->room_source, g_source_remove);
  g_clear_handle_id (&till->items_source, g_source_remove);
  quay_till_stop_sync (till);
  quay_till_close_printer (till);
  quay_till_stop_search (till);
  quay_till_wait_for_checks (till);
  while (!quay_till_check_reads (till, NULL))
    continue; /* nobody is left to be told */
  g_clear_handle_id (&till->reads_source, g_source_remove);
  g_clear_pointer (&till->reader, quay_reader_free);
  g_clear_pointer (&till->store, quay_store_close);
}

gboolean
quay_till_flush (QuayTill *till, GError **error)
{
  return quay_till_flush_cart (till, error);
}

const char *
quay_till_dir (QuayTill *till)
{
  return till->dir;
}

char *
quay_till_label (QuayTill *till)
{
  return g_strconcat (quay_store_till_code (till->store), quay_store_chain_letter (till->store),
                      NULL);
}

gint64
quay_till_now_ms (QuayTill *till)
{
  return till->env.wall_ms (till->env.data);
}

QuayDay
quay_till_day (QuayTill *till)
{
  return till->store != NULL ? quay_store_day (till->store)
                             : quay_day_at (quay_till_now_ms (till), till->cutoff);
}

void
quay_till_watch_clock (QuayTill *till)
{
  if (till->store == NULL)
    return;
  gboolean wrong = quay_till_clock_is_wrong (till);
  QuayDay day = quay_till_day (till);
  if (wrong != till->watched.wrong)
    {
      till->watched.wrong = wrong;
      g_signal_emit (till, signals[CLOCK_CHANGED], 0);
    }
  if (wrong)
    quay_till_note_clock (till);
  if (day != till->watched.day)
    {
      till->watched.day = day;
      quay_till_items_moved (till); /* prices, rates and stars are those of a day */
      quay_till_emit_sales (till);
    }
}

gboolean
quay_till_was_rolled_back (QuayTill *till)
{
  return till->store != NULL && quay_store_was_rolled_back (till->store);
}

QuayId
quay_till_new_id (QuayTill *till)
{
  return quay_id_new (&till->env);
}

const char *
quay_till_user (QuayTill *till)
{
  return till->user;
}
