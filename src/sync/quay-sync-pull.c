/* Fetching the chains of others, and what the server has of own ones beyond this disk. A page is
 * believed only with its hashes right and the server's seal; one that can't be taken delays no
 * other chain. */
#include "quay-sync-private.h"

#include "quay-rule.h"

#include <string.h>

#define TURN 30000 /* ms after which fetching makes room for own records */

/* --- the list --- */

/* The body says who asks: an answer belongs to its request by the body's digest alone, and that
 * to another shop's till must not be taken for it. */
void
quay_sync_list (QuaySyncEngine *engine)
{
  char till[QUAY_ID_TEXT_LEN + 1];
  quay_id_to_text (&engine->keys->till, till);
  g_autofree char *text = g_strdup_printf ("{\"till\":\"%s\"}", till);
  g_autoptr (GBytes) plain = g_bytes_new (text, strlen (text));
  quay_sync_post (engine, STEP_LIST, "chains", plain);
}

static void
take_held (QuaySyncEngine *engine)
{
  GPtrArray *held = engine->list.held;
  quay_sync_held_clear (engine);
  for (guint i = 0; i < held->len; i++)
    {
      const QuayMsgNote *note = g_ptr_array_index (held, i);
      const QuayChainState *chain = quay_sync_chain (engine, &note->chain);
      if (chain != NULL && chain->own)
        quay_sync_held_add (engine, &note->chain, (guint64)note->seq, note->why);
    }
}

/* The server's keys, if they changed; never a set without the key that speaks for it. */
static gboolean
take_keys (QuaySyncEngine *engine, const char *key_id)
{
  GPtrArray *list = engine->list.keys;
  QuaySyncKeys fresh = { 0 };
  gboolean has_signer = FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      const QuayMsgKey *key = g_ptr_array_index (list, i);
      guint at = fresh.n_server_keys;
      if (at == QUAY_SYNC_SERVER_KEYS ||
          !quay_base64_to (key->key, fresh.server_keys[at].public, QUAY_KEY_LEN))
        continue;
      g_strlcpy (fresh.server_keys[at].id, key->id, sizeof fresh.server_keys[at].id);
      has_signer |= strcmp (key->id, key_id) == 0;
      fresh.n_server_keys++;
    }
  if (!has_signer || (fresh.n_server_keys == engine->keys->n_server_keys &&
                      memcmp (fresh.server_keys, engine->keys->server_keys,
                              fresh.n_server_keys * sizeof fresh.server_keys[0]) == 0))
    return FALSE;
  memcpy (engine->keys->server_keys, fresh.server_keys, sizeof fresh.server_keys);
  engine->keys->n_server_keys = fresh.n_server_keys;
  return TRUE;
}

/* The province's own chain is its server's. */
static int
compare_order (gconstpointer a, gconstpointer b, gpointer data)
{
  const QuayMsgChain *first = *(const QuayMsgChain *const *)a;
  const QuayMsgChain *second = *(const QuayMsgChain *const *)b;
  const QuaySyncKeys *keys = data;
  return quay_id_equal (&second->till, &keys->node) - quay_id_equal (&first->till, &keys->node);
}

void
quay_sync_on_list (QuaySyncEngine *engine, const char *key_id)
{
  g_ptr_array_sort_with_data (engine->list.chains, compare_order, engine->keys);
  take_held (engine);
  engine->persons.stamp = engine->list.persons;
  if (take_keys (engine, key_id))
    quay_sync_action (engine, QUAY_SYNC_KEYS, STEP_KEYS);
  else
    quay_sync_pull_begin (engine);
}

/* --- which chain, from where --- */

static const QuayMsgChain *
wanted (QuaySyncEngine *engine)
{
  return g_ptr_array_index (engine->list.chains, engine->pull.at);
}

static void
post_pull (QuaySyncEngine *engine, guint64 from, gboolean probing)
{
  QuaySyncPull *pull = &engine->pull;
  pull->from = from;
  pull->probing = probing;
  pull->n = probing ? 1 : engine->down.n;
  QuayMsgPull ask = { wanted (engine)->chain, (gint64)from, pull->n };
  g_autoptr (GBytes) plain = quay_message_encode (&quay_msg_pull, &ask);
  if (engine->state.what == QUAY_SYNC_IDLE)
    engine->state.what = QUAY_SYNC_WORKING;
  quay_sync_post (engine, STEP_PULL, "pull", plain);
}

static void
ask_hash (QuaySyncEngine *engine, QuaySyncAwait step, guint64 at)
{
  QuaySyncAction *action = quay_sync_action (engine, QUAY_SYNC_HASH, step);
  action->chain = wanted (engine)->chain;
  action->seq = at;
}

static void
next (QuaySyncEngine *engine)
{
  engine->pull.at++;
  engine->pull.from = 0;
  engine->pull.search.on = FALSE;
  g_clear_pointer (&engine->pull.page, quay_envelope_free);
}

/* Begins with the chain that is next; FALSE if nothing is to be asked about it. */
static gboolean
begin_chain (QuaySyncEngine *engine)
{
  const QuayMsgChain *there = wanted (engine);
  const QuayChainState *here = quay_sync_chain (engine, &there->chain);
  guint64 hwm = (guint64)there->hwm;
  QuayHash head;
  if (hwm == 0 || (here != NULL && (here->mine || (here->own && !QUAY_RULE ("pull-own")))))
    return FALSE;
  if (here != NULL && here->seq == hwm && quay_hash_from_text (there->head, &head) &&
      quay_hash_equal (&head, &here->head))
    return FALSE;
  engine->pull.prev = here != NULL ? here->head : QUAY_HASH_ZERO;
  if (here != NULL && here->seq >= hwm)
    ask_hash (engine, STEP_COMPARE, hwm);
  else
    post_pull (engine, here != NULL ? here->seq + 1 : 1, FALSE);
  return TRUE;
}

static void
pull_next (QuaySyncEngine *engine)
{
  for (; engine->pull.at < engine->list.chains->len; next (engine))
    if (begin_chain (engine))
      return;
  engine->state.to_receive = 0;
  if (!engine->pull.skipped)
    {
      g_free (engine->seen_cur);
      engine->seen_cur = g_strdup (engine->list.cur);
    }
  quay_sync_person_begin (engine);
}

void
quay_sync_pull_begin (QuaySyncEngine *engine)
{
  if (engine->begin_from != 0)
    {
      quay_sync_begin_after_list (engine);
      return;
    }
  g_clear_pointer (&engine->pull.page, quay_envelope_free);
  memset (&engine->pull, 0, sizeof engine->pull);
  engine->state.to_receive = 0;
  for (guint i = 0; i < engine->list.chains->len; i++)
    {
      const QuayMsgChain *there = g_ptr_array_index (engine->list.chains, i);
      const QuayChainState *here = quay_sync_chain (engine, &there->chain);
      guint64 present = here != NULL ? here->seq : 0;
      if ((here == NULL || !here->mine) && (guint64)there->hwm > present)
        engine->state.to_receive += (guint64)there->hwm - present;
    }
  pull_next (engine);
}

void
quay_sync_pull_skip (QuaySyncEngine *engine, const char *why)
{
  engine->pull.skipped = TRUE;
  g_free (engine->trouble);
  engine->trouble = g_strdup (why);
  next (engine);
  pull_next (engine);
}

/* --- divergence --- */

static void
search (QuaySyncEngine *engine, guint64 lo, guint64 hi)
{
  QuaySyncSearch *bounds = &engine->pull.search;
  if (!quay_sync_search_narrow (bounds, lo, hi))
    {
      quay_sync_pull_skip (engine, "the server contradicts itself");
      return;
    }
  engine->pull.probing = bounds->hi - bounds->lo > engine->down.n;
  ask_hash (engine, STEP_PULL_HASH,
            engine->pull.probing ? bounds->lo + (bounds->hi - bounds->lo) / 2 : bounds->lo);
}

void
quay_sync_on_compare (QuaySyncEngine *engine, gboolean there, const QuayHash *hash)
{
  QuayHash head;
  if (!quay_hash_from_text (wanted (engine)->head, &head))
    quay_sync_pull_skip (engine, "the server's list has a bad hash");
  else if (there && quay_hash_equal (hash, &head))
    {
      next (engine); /* the same, and more here */
      pull_next (engine);
    }
  else
    search (engine, 0, (guint64)wanted (engine)->hwm);
}

void
quay_sync_on_pull_hash (QuaySyncEngine *engine, gboolean there, const QuayHash *hash)
{
  guint64 at = engine->action.seq;
  if (!there)
    {
      quay_sync_break (engine); /* the chain has changed under us */
      return;
    }
  engine->pull.prev = *hash;
  post_pull (engine, at + 1, engine->pull.probing);
}

/* --- the page --- */

static gboolean
seal_is_good (QuaySyncEngine *engine, const QuayEnvelope *page)
{
  guint64 last = (guint64)page->from + page->records->len - 1;
  for (guint i = 0; i < engine->keys->n_server_keys; i++)
    if (quay_seal_check (&page->seal, engine->keys->server_keys[i].public, &page->till,
                         &page->chain, last, &page->head))
      return TRUE;
  return FALSE;
}

/* What is wrong with the page; NULL if it is what was asked for. */
static const char *
find_fault (QuaySyncEngine *engine, const QuayEnvelope *page)
{
  const QuayMsgChain *there = wanted (engine);
  if (!quay_id_equal (&page->till, &there->till) || !quay_id_equal (&page->chain, &there->chain) ||
      (guint64)page->from != engine->pull.from)
    return "the page is not the one that was asked for";
  if (page->records->len == 0)
    return "the server lacks records that its list has";
  if (!quay_envelope_check (page, NULL))
    return "the page's hashes do not hold";
  if (!seal_is_good (engine, page))
    return "the page's seal is not the server's";
  return NULL;
}

static void
use_page (QuaySyncEngine *engine)
{
  QuaySyncPull *pull = &engine->pull;
  gboolean same = quay_hash_equal (&pull->page->prev, &pull->prev);
  if (!same && pull->from == 1)
    quay_sync_pull_skip (engine, "the page does not begin a chain");
  else if (!same)
    search (engine, 0, pull->from - 1);
  else if (pull->probing)
    search (engine, pull->from - 1, pull->search.hi);
  else
    quay_sync_action (engine, QUAY_SYNC_TAKE, STEP_TAKE)->envelope = pull->page;
}

void
quay_sync_on_page (QuaySyncEngine *engine, GBytes *plain, gint64 took)
{
  QuaySyncPull *pull = &engine->pull;
  g_autoptr (GError) failed = NULL;
  g_clear_pointer (&pull->page, quay_envelope_free);
  pull->page = quay_envelope_decode (plain, QUAY_WIRE_RECORDS_DOWN, &failed);
  const char *fault = pull->page != NULL ? find_fault (engine, pull->page) : failed->message;
  if (fault != NULL)
    {
      quay_sync_pull_skip (engine, fault);
      return;
    }
  engine->failures = 0;
  if (!pull->probing)
    quay_sync_batch_took (&engine->down, pull->page->records->len, took);
  use_page (engine);
}

void
quay_sync_on_taken (QuaySyncEngine *engine, guint64 n)
{
  QuaySyncPull *pull = &engine->pull;
  guint64 hwm = (guint64)wanted (engine)->hwm;
  const QuayChainState *here = quay_sync_chain (engine, &wanted (engine)->chain);
  /* what is acknowledged of an own chain has changed, and the store may have moved own records */
  engine->asked |= n > 0 && (wanted (engine)->mine || (here != NULL && here->own));
  engine->state.received += n;
  engine->state.to_receive -= MIN (engine->state.to_receive, n);
  pull->search.on = FALSE;
  pull->prev = pull->page->head;
  pull->from += pull->page->records->len;
  if (pull->from > hwm)
    next (engine);
  if (engine->dirty && engine->now - engine->began >= TURN)
    quay_sync_break (engine);
  else if (pull->from == 0)
    pull_next (engine);
  else
    post_pull (engine, pull->from, FALSE);
}
