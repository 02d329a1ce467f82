/* The till and the server: enrolment, the thread that exchanges, and what is told about it. What
 * comes from other tills is taken in here: products, settings and figures are read again.
 * Threads: main, and one for an enrolment under way. */
#include "quay-till-sync.h"

#include "quay-error.h"
#include "quay-sync.h"
#include "quay-till-private.h"

#include <string.h>

#define LOCAL_LAST_ACK "sync.last_ack"
#define LOCAL_ALARM "sync.alarm" /* kind and label: "2 QT1B"; until somebody has seen it */
#define KEEP_ACK_MS (10 * 60 * 1000)

void
quay_link_state_clear (QuayLinkState *state)
{
  g_clear_pointer (&state->server, g_free);
  g_clear_pointer (&state->shop, g_free);
  g_clear_pointer (&state->alarm_label, g_free);
  g_clear_pointer (&state->why, g_free);
  *state = (QuayLinkState){ 0 };
}

/* --- the state --- */

static void
take_keys (QuayTill *till, const QuaySyncKeys *keys)
{
  g_free (till->link.server);
  g_free (till->link.shop);
  till->link.server = g_strdup (keys->url);
  till->link.shop = g_strdup (keys->shop);
  till->link.node = keys->node;
}

/* What a program that does not exchange by itself knows: the address, and when it last did. */
static void
need_keys (QuayTill *till)
{
  if (till->link.server != NULL)
    return;
  g_autoptr (QuaySyncKeys) keys = quay_sync_keys_load (till->dir, NULL);
  g_autofree char *last = quay_reader_local (till->reader, LOCAL_LAST_ACK);
  if (last != NULL)
    g_ascii_string_to_signed (last, 10, 0, G_MAXINT64, &till->link.last_ack, NULL);
  if (keys != NULL && keys->enrolled)
    take_keys (till, keys);
}

gboolean
quay_till_is_enrolled (QuayTill *till)
{
  need_keys (till);
  return till->link.server != NULL;
}

/* The oldest record that waits: when it was made. */
static gint64
made_at (QuayTill *till, const QuayChainState *chain)
{
  g_autoptr (QuayEnvelope) run =
      quay_store_read_run (till->store, &chain->id, chain->acked + 1, 1, 1, NULL);
  if (run == NULL || run->records->len == 0)
    return 0;
  gsize len;
  const guint8 *bytes = g_bytes_get_data (run->records->pdata[0], &len);
  g_autoptr (QuayEvent) event = quay_event_decode (bytes, len, NULL);
  return event != NULL ? event->ts : 0;
}

static void
count_waiting (QuayTill *till, QuayLinkState *state)
{
  g_autoptr (GArray) chains = quay_store_chains (till->store, NULL);
  for (guint i = 0; chains != NULL && i < chains->len; i++)
    {
      const QuayChainState *chain = &g_array_index (chains, QuayChainState, i);
      if (!chain->own || chain->seq <= chain->acked)
        continue;
      state->waiting += chain->seq - chain->acked;
      if (state->waiting_since == 0)
        state->waiting_since = made_at (till, chain);
    }
}

static QuayLink
link_of (const QuaySyncState *sync, guint64 waiting)
{
  static const QuayLink links[] = {
    [QUAY_SYNC_OFF] = QUAY_LINK_NONE,          [QUAY_SYNC_IDLE] = QUAY_LINK_SENT,
    [QUAY_SYNC_WORKING] = QUAY_LINK_WORKING,   [QUAY_SYNC_OFFLINE] = QUAY_LINK_OFFLINE,
    [QUAY_SYNC_NOT_OURS] = QUAY_LINK_NOT_OURS, [QUAY_SYNC_TLS] = QUAY_LINK_UNTRUSTED,
    [QUAY_SYNC_BUSY] = QUAY_LINK_BUSY,         [QUAY_SYNC_UNKNOWN_TILL] = QUAY_LINK_UNKNOWN,
    [QUAY_SYNC_REVOKED] = QUAY_LINK_REVOKED,   [QUAY_SYNC_TOO_OLD] = QUAY_LINK_TOO_OLD,
    [QUAY_SYNC_TROUBLE] = QUAY_LINK_TROUBLE,   [QUAY_SYNC_CLOCK] = QUAY_LINK_UNTRUSTED,
  };
  QuayLink link = links[sync->what];
  return link == QUAY_LINK_SENT && waiting > 0 ? QUAY_LINK_WAITING : link;
}

/* Told until somebody says that it was seen, also after a restart. */
static void
take_alarm (QuayTill *till, QuayLinkState *state)
{
  g_autofree char *text = quay_reader_local (till->reader, LOCAL_ALARM);
  if (text == NULL || !g_ascii_isdigit (text[0]) || text[1] != ' ')
    return;
  state->alarm = (QuayLinkAlarm)CLAMP (text[0] - '0', 0, QUAY_LINK_ALARM_COPIED);
  state->alarm_label = g_strdup (text + 2);
}

void
quay_till_link (QuayTill *till, QuayLinkState *state)
{
  QuaySyncState sync =
      till->link.once != NULL ? *till->link.once : (QuaySyncState){ .what = QUAY_SYNC_IDLE };
  *state = (QuayLinkState){ 0 };
  if (till->store == NULL)
    return;
  need_keys (till);
  if (till->link.server == NULL)
    return;
  state->server = g_strdup (till->link.server);
  state->shop = g_strdup (till->link.shop);
  count_waiting (till, state);
  if (till->link.sync != NULL)
    quay_sync_get (till->link.sync, &sync);
  state->link = till->link.paused ? QUAY_LINK_PAUSED : link_of (&sync, state->waiting);
  state->last_ack = MAX (sync.last_ack, till->link.last_ack);
  state->sent = sync.sent;
  state->received = sync.received;
  state->to_receive = sync.to_receive;
  state->held = sync.held;
  state->why = sync.why[0] != '\0' ? g_strdup (sync.why) : NULL;
  take_alarm (till, state);
}

/* --- lists --- */

static void
free_chain (gpointer data)
{
  QuayLinkChain *chain = data;
  g_free (chain->label);
  g_free (chain);
}

GPtrArray *
quay_till_link_chains (QuayTill *till, GError **error)
{
  g_autoptr (GArray) chains = quay_store_chains (till->store, error);
  if (chains == NULL)
    return NULL;
  GPtrArray *list = g_ptr_array_new_with_free_func (free_chain);
  for (guint i = 0; i < chains->len; i++)
    {
      const QuayChainState *chain = &g_array_index (chains, QuayChainState, i);
      QuayLinkChain *row = g_new0 (QuayLinkChain, 1);
      row->label = g_strconcat (chain->code, chain->letter, NULL);
      row->kind = chain->own ? 0 : quay_id_equal (&chain->till, &till->link.node) ? 2 : 1;
      row->present = chain->mine;
      row->records = chain->seq;
      row->acked = chain->acked;
      g_ptr_array_add (list, row);
    }
  return list;
}

static void
free_held (gpointer data)
{
  QuayLinkHeld *held = data;
  g_free (held->label);
  g_free (held->why);
  g_free (held);
}

static void
add_held (GPtrArray *list, char *label, guint64 seq, gboolean here, const char *why)
{
  QuayLinkHeld *row = g_new0 (QuayLinkHeld, 1);
  row->label = label;
  row->seq = seq;
  row->here = here;
  row->why = g_strdup (why);
  g_ptr_array_add (list, row);
}

static char *
label_of (GArray *chains, const QuayId *id)
{
  for (guint i = 0; i < chains->len; i++)
    {
      const QuayChainState *chain = &g_array_index (chains, QuayChainState, i);
      if (quay_id_equal (&chain->id, id))
        return g_strconcat (chain->code, chain->letter, NULL);
    }
  return g_strdup ("?");
}

static int
compare_held (gconstpointer a, gconstpointer b)
{
  const QuayLinkHeld *first = *(const QuayLinkHeld *const *)a;
  const QuayLinkHeld *second = *(const QuayLinkHeld *const *)b;
  int order = second->here - first->here;
  order = order != 0 ? order : strcmp (first->label, second->label);
  return order != 0 ? order : (first->seq > second->seq) - (first->seq < second->seq);
}

/* What the server holds of this till's: its file books them, and can't know. */
static gboolean
add_held_there (QuayTill *till, GPtrArray *list, guint max, GError **error)
{
  if (till->link.sync == NULL)
    return TRUE;
  g_autoptr (GPtrArray) there = quay_sync_held (till->link.sync);
  g_autoptr (GArray) chains = there->len > 0 ? quay_store_chains (till->store, error) : NULL;
  if (there->len > 0 && chains == NULL)
    return FALSE;
  for (guint i = 0; i < there->len && list->len < max; i++)
    {
      const QuaySyncHeld *record = there->pdata[i];
      add_held (list, label_of (chains, &record->chain), record->seq, FALSE, record->why);
    }
  return TRUE;
}

GPtrArray *
quay_till_link_held (QuayTill *till, guint max, GError **error)
{
  g_autoptr (GPtrArray) here = quay_store_held (till->store, max, NULL, error);
  if (here == NULL)
    return NULL;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (free_held);
  for (guint i = 0; i < here->len; i++)
    {
      const QuayHeldRecord *record = here->pdata[i];
      add_held (list, g_strconcat (record->code, record->letter, NULL), record->seq, TRUE,
                record->why);
    }
  if (!add_held_there (till, list, max, error))
    return NULL;
  g_ptr_array_sort (list, compare_held);
  return g_steal_pointer (&list);
}

/* --- what comes in --- */

static void
keep_local (QuayTill *till, const char *key, const char *value)
{
  QuayTxn *txn = quay_txn_new ();
  quay_txn_set_local (txn, key, value);
  quay_till_commit_quietly (till, txn, QUAY_LANE_BACKGROUND);
}

/* The time of the last ack outlives the program: "all sent at 10:24" is a help after a restart. Not
 * written for each sale. */
static void
keep_last_ack (QuayTill *till, gint64 last_ack)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, last_ack);
  till->link.last_ack = last_ack;
  keep_local (till, LOCAL_LAST_ACK, text);
}

static void
keep_alarm (QuayTill *till, QuaySyncAlarm alarm)
{
  g_autofree char *label = quay_till_label (till);
  g_autofree char *text = g_strdup_printf (
      "%d %s", alarm == QUAY_SYNC_ALARM_FORK ? QUAY_LINK_ALARM_COPIED : QUAY_LINK_ALARM_WENT_BACK,
      label);
  keep_local (till, LOCAL_ALARM, text);
}

static void
changed_cb (gpointer data)
{
  QuayTill *till = data;
  QuaySyncState sync;
  if (till->link.sync == NULL)
    return;
  quay_sync_get (till->link.sync, &sync);
  if (sync.received + sync.persons != till->link.received && sync.what != QUAY_SYNC_WORKING)
    {
      till->link.received = sync.received + sync.persons;
      quay_till_take_in (till);
    }
  if (sync.last_ack > till->link.last_ack + KEEP_ACK_MS)
    keep_last_ack (till, sync.last_ack);
  if (sync.alarm != till->link.alarm)
    {
      till->link.alarm = sync.alarm;
      if (sync.alarm != QUAY_SYNC_ALARM_NONE)
        keep_alarm (till, sync.alarm);
      quay_till_emit_settings (till); /* the till's label */
    }
  quay_till_emit_link (till);
}

/* --- starting and stopping --- */

gboolean
quay_till_start_sync (QuayTill *till, GError **error)
{
  if (till->store == NULL || till->link.sync != NULL)
    return TRUE;
  if (!quay_till_need_real (till, error))
    return FALSE;
  g_autoptr (QuaySyncKeys) keys = quay_sync_keys_load (till->dir, error);
  if (keys == NULL)
    return FALSE;
  if (!keys->enrolled)
    return TRUE;
  need_keys (till);
  take_keys (till, keys);
  till->link.items_serial = quay_store_items_serial (till->store);
  till->link.sync =
      quay_sync_start (till->store, g_steal_pointer (&keys), &till->env, changed_cb, till);
  quay_sync_pause (till->link.sync, till->link.paused);
  quay_till_emit_link (till);
  return TRUE;
}

void
quay_till_stop_sync (QuayTill *till)
{
  QuaySyncState sync = { 0 };
  if (till->link.sync != NULL)
    quay_sync_get (till->link.sync, &sync);
  if (sync.last_ack > till->link.last_ack)
    keep_last_ack (till, sync.last_ack);
  g_clear_pointer (&till->link.sync, quay_sync_stop);
}

gboolean
quay_till_sync_once (QuayTill *till, gboolean new_key, GError **error)
{
  QuaySyncState state = { 0 };
  if (!quay_till_need_real (till, error))
    return FALSE;
  g_autoptr (QuaySyncKeys) keys = quay_sync_keys_load (till->dir, error);
  if (keys == NULL)
    return FALSE;
  if (!keys->enrolled)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_REFUSED,
                           "this till is not enrolled: 'quayctl enrol URL CODE'");
      return FALSE;
    }
  take_keys (till, keys);
  gboolean ok = quay_sync_once (till->store, keys, &till->env, new_key, &state, error);
  g_free (till->link.once);
  till->link.once = g_memdup2 (&state, sizeof state);
  if (state.last_ack > 0)
    keep_last_ack (till, state.last_ack);
  if (state.alarm != QUAY_SYNC_ALARM_NONE)
    keep_alarm (till, state.alarm);
  quay_till_take_in (till);
  return ok;
}

void
quay_till_sync_now (QuayTill *till)
{
  if (till->link.sync != NULL)
    quay_sync_ask (till->link.sync);
}

void
quay_till_new_key (QuayTill *till)
{
  if (till->link.sync != NULL)
    quay_sync_rotate (till->link.sync);
}

void
quay_till_sync_pause (QuayTill *till, gboolean pause)
{
  till->link.paused = pause;
  if (till->link.sync != NULL)
    quay_sync_pause (till->link.sync, pause);
  quay_till_emit_link (till);
}

void
quay_till_sync_seen (QuayTill *till)
{
  if (till->link.sync != NULL)
    quay_sync_seen (till->link.sync);
  keep_local (till, LOCAL_ALARM, NULL);
  quay_till_emit_link (till);
}
