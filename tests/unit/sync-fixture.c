/* The engine's surroundings in memory. */
#include "sync-fixture.h"

#include <string.h>

/* --- chains --- */

static QuayId
make_id (guint8 kind, guint8 n)
{
  QuayId id = { { 0 } };
  id.b[0] = kind;
  id.b[15] = n;
  return id;
}

void
sync_chain_add (SyncChain *chain, const char *text, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      QuayHash prev = g_array_index (chain->hashes, QuayHash, chain->hashes->len - 1);
      guint64 seq = chain->records->len + 1;
      char *line = g_strdup_printf ("{\"%s\":%u}", text, (guint)seq);
      gsize len = strlen (line);
      QuayHash hash = quay_chain_hash (&chain->state.till, &chain->state.id, seq,
                                       (const guint8 *)line, len, &prev);
      g_ptr_array_add (chain->records, g_bytes_new_take (line, len));
      g_array_append_val (chain->hashes, hash);
      chain->state.seq = seq;
      chain->state.head = hash;
    }
}

static SyncChain *
new_empty (const QuayChainState *state)
{
  SyncChain *chain = g_new0 (SyncChain, 1);
  QuayHash zero = QUAY_HASH_ZERO;
  chain->state = *state;
  chain->state.seq = chain->state.acked = 0;
  chain->state.head = zero;
  chain->records = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  chain->hashes = g_array_new (FALSE, FALSE, sizeof (QuayHash));
  g_array_append_val (chain->hashes, zero);
  return chain;
}

SyncChain *
sync_chain_new (guint8 id, guint8 till, const char *letter, const char *text, guint n)
{
  QuayChainState state = { .id = make_id (2, id), .till = make_id (1, till), .own = till == 1 };
  g_snprintf (state.code, sizeof state.code, "QT%u", till);
  g_strlcpy (state.letter, letter, sizeof state.letter);
  SyncChain *chain = new_empty (&state);
  sync_chain_add (chain, text, n);
  return chain;
}

SyncChain *
sync_chain_copy (const SyncChain *chain, guint n)
{
  SyncChain *copy = new_empty (&chain->state);
  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_add (copy->records, g_bytes_ref (chain->records->pdata[i]));
      g_array_append_val (copy->hashes, g_array_index (chain->hashes, QuayHash, i + 1));
    }
  copy->state.seq = n;
  copy->state.head = g_array_index (copy->hashes, QuayHash, n);
  return copy;
}

void
sync_chain_free (SyncChain *chain)
{
  g_ptr_array_unref (chain->records);
  g_array_unref (chain->hashes);
  g_free (chain);
}

static SyncChain *
find_chain (GPtrArray *chains, const QuayId *id)
{
  for (guint i = 0; i < chains->len; i++)
    {
      SyncChain *chain = chains->pdata[i];
      if (quay_id_equal (&chain->state.id, id))
        return chain;
    }
  return NULL;
}

static QuayEnvelope *
run_of (const SyncChain *chain, guint64 from, guint max)
{
  QuayEnvelope *run = quay_envelope_new ();
  run->till = chain->state.till;
  run->chain = chain->state.id;
  run->code = g_strdup (chain->state.code);
  run->letter = g_strdup (chain->state.letter);
  run->from = (gint64)from;
  run->prev = run->head = g_array_index (chain->hashes, QuayHash, from - 1);
  for (guint64 seq = from; seq <= chain->state.seq && seq < from + max; seq++)
    {
      g_ptr_array_add (run->records, g_bytes_ref (chain->records->pdata[seq - 1]));
      run->head = g_array_index (chain->hashes, QuayHash, seq);
    }
  return run;
}

static void
cut (SyncChain *chain, guint64 n)
{
  g_ptr_array_set_size (chain->records, (int)n);
  g_array_set_size (chain->hashes, (guint)n + 1);
  chain->state.seq = n;
  chain->state.head = g_array_index (chain->hashes, QuayHash, n);
  chain->state.acked = MIN (chain->state.acked, n);
}

static void
append_bytes (SyncChain *chain, GBytes *bytes)
{
  gsize len;
  const guint8 *data = g_bytes_get_data (bytes, &len);
  guint64 seq = chain->state.seq + 1;
  QuayHash hash =
      quay_chain_hash (&chain->state.till, &chain->state.id, seq, data, len, &chain->state.head);
  g_ptr_array_add (chain->records, g_bytes_ref (bytes));
  g_array_append_val (chain->hashes, hash);
  chain->state.seq = seq;
  chain->state.head = hash;
}

/* --- the store --- */

static guint64
chance_cb (gpointer data)
{
  const SyncFixture *f = data;
  return f->chance;
}

static void
give_chains (SyncFixture *f)
{
  g_autoptr (GArray) states = g_array_new (FALSE, FALSE, sizeof (QuayChainState));
  for (guint i = 0; i < f->chains->len; i++)
    g_array_append_val (states, ((SyncChain *)f->chains->pdata[i])->state);
  quay_sync_engine_chains (f->engine, states);
}

static void
begin_chain (SyncFixture *f, const QuaySyncAction *action)
{
  SyncChain *old = find_chain (f->chains, &action->chain);
  char next[2] = { 0 };
  next[0] = (char)('A' + f->chains->len);
  SyncChain *fresh = sync_chain_new ((guint8)(100 + f->chains->len), 1,
                                     action->letter != NULL ? action->letter : next, "birth", 1);
  g_assert_cmpuint (action->seq, >=, 1);
  g_string_append_printf (f->log, "begin %s from %s %" G_GUINT64_FORMAT "\n", fresh->state.letter,
                          old->state.letter, action->seq);
  for (guint64 seq = action->seq; seq <= old->state.seq; seq++)
    append_bytes (fresh, old->records->pdata[seq - 1]);
  if (action->seq <= old->state.seq)
    cut (old, action->seq - 1);
  for (guint i = 0; i < f->chains->len; i++)
    ((SyncChain *)f->chains->pdata[i])->state.mine = FALSE;
  fresh->state.mine = TRUE;
  g_ptr_array_add (f->chains, fresh);
  quay_sync_engine_done (f->engine, 0);
}

/* Like the store: what was written here and stands no more goes on in the chain that grows. */
static void
supersede (SyncFixture *f, SyncChain *chain, guint64 from)
{
  for (guint i = 0; chain->state.own && i < f->chains->len; i++)
    {
      SyncChain *mine = f->chains->pdata[i];
      for (guint64 seq = from; mine->state.mine && seq <= chain->state.seq; seq++)
        append_bytes (mine, chain->records->pdata[seq - 1]);
    }
  cut (chain, from - 1);
}

static void
take (SyncFixture *f, const QuayEnvelope *page)
{
  SyncChain *chain = find_chain (f->chains, &page->chain);
  guint64 n = 0;
  guint64 first = 0;
  if (chain == NULL)
    {
      QuayChainState state = { .id = page->chain, .till = page->till };
      state.own = quay_id_equal (&page->till, &f->keys.till);
      g_strlcpy (state.code, page->code, sizeof state.code);
      g_strlcpy (state.letter, page->letter, sizeof state.letter);
      chain = new_empty (&state);
      g_ptr_array_add (f->chains, chain);
    }
  g_assert_false (chain->state.mine);
  g_assert_cmpuint (page->from, <=, chain->state.seq + 1);
  for (guint i = 0; i < page->records->len; i++)
    {
      guint64 seq = (guint64)page->from + i;
      GBytes *bytes = page->records->pdata[i];
      if (seq <= chain->state.seq && !g_bytes_equal (bytes, chain->records->pdata[seq - 1]))
        supersede (f, chain, seq);
      if (seq <= chain->state.seq)
        continue;
      first = first != 0 ? first : seq;
      append_bytes (chain, bytes);
      n++;
    }
  g_assert_true (quay_hash_equal (
      &g_array_index (chain->hashes, QuayHash, (guint)page->from - 1 + page->records->len),
      &page->head));
  g_string_append_printf (f->log, "take %s%s %" G_GUINT64_FORMAT "+%" G_GUINT64_FORMAT "\n",
                          page->code, page->letter, first, n);
  quay_sync_engine_done (f->engine, n);
}

static void
do_store_action (SyncFixture *f, const QuaySyncAction *action)
{
  SyncChain *chain = find_chain (f->chains, &action->chain);
  gboolean there = chain != NULL && action->seq <= chain->state.seq;
  switch (action->what)
    {
    case QUAY_SYNC_CHAINS:
      give_chains (f);
      break;
    case QUAY_SYNC_READ:
      {
        g_autoptr (QuayEnvelope) run = run_of (chain, action->seq, action->max);
        quay_sync_engine_run (f->engine, run);
        break;
      }
    case QUAY_SYNC_HASH:
      quay_sync_engine_hash (f->engine, there,
                             there ? &g_array_index (chain->hashes, QuayHash, action->seq) : NULL);
      break;
    case QUAY_SYNC_ACKED:
      g_assert_cmpuint (action->seq, <=, chain->state.seq);
      g_string_append_printf (f->log, "acked %s %" G_GUINT64_FORMAT "\n", chain->state.letter,
                              action->seq);
      chain->state.acked = action->seq;
      quay_sync_engine_done (f->engine, 0);
      break;
    case QUAY_SYNC_TAKE:
      take (f, action->envelope);
      break;
    case QUAY_SYNC_NEW_CHAIN:
      begin_chain (f, action);
      break;
    case QUAY_SYNC_KEYS:
      g_string_append (f->log, "keys\n");
      quay_sync_engine_done (f->engine, 0);
      break;
    default:
      g_assert_not_reached ();
    }
}

gboolean
sync_fixture_ahead (SyncFixture *f)
{
  QuaySyncAction want;
  if (!quay_sync_engine_ahead (f->engine, &want))
    return FALSE;
  g_autoptr (QuayEnvelope) run = run_of (find_chain (f->chains, &want.chain), want.seq, want.max);
  quay_sync_engine_pack_ahead (f->engine, run);
  return TRUE;
}

const QuaySyncAction *
sync_fixture_run (SyncFixture *f)
{
  for (guint i = 0; i < 10000; i++)
    {
      const QuaySyncAction *action = quay_sync_engine_next (f->engine, f->now);
      if (action->what == QUAY_SYNC_SEND || action->what == QUAY_SYNC_WAIT)
        return action;
      do_store_action (f, action);
    }
  g_error ("the engine goes round in circles");
}

/* --- the whole --- */

SyncFixture *
sync_fixture_new (guint n)
{
  static const guint8 seeds[3][32] = { "till", "server", "stranger" };
  SyncFixture *f = g_new0 (SyncFixture, 1);
  quay_key_from_seed (&f->keys.key, seeds[0]);
  quay_key_from_seed (&f->server, seeds[1]);
  quay_key_from_seed (&f->stranger, seeds[2]);
  f->keys.enrolled = TRUE;
  f->keys.url = g_strdup ("https://server.example");
  f->keys.key_id = g_strdup ("k1");
  f->keys.till = make_id (1, 1);
  f->keys.site = make_id (3, 1);
  f->keys.n_server_keys = 1;
  g_strlcpy (f->keys.server_keys[0].id, "s1", sizeof f->keys.server_keys[0].id);
  memcpy (f->keys.server_keys[0].public, f->server.public, QUAY_KEY_LEN);
  f->chains = g_ptr_array_new_with_free_func ((GDestroyNotify)sync_chain_free);
  f->theirs = g_ptr_array_new_with_free_func ((GDestroyNotify)sync_chain_free);
  SyncChain *chain = sync_chain_new (1, 1, "A", "sale", n);
  chain->state.mine = TRUE;
  g_ptr_array_add (f->chains, chain);
  f->cur = "1";
  f->now = 1000;
  f->wall = G_GINT64_CONSTANT (1795000000000);
  f->log = g_string_new (NULL);
  f->engine = quay_sync_engine_new (&f->keys, chance_cb, f);
  return f;
}

void
sync_fixture_free (SyncFixture *f)
{
  quay_sync_engine_free (f->engine);
  g_ptr_array_unref (f->chains);
  g_ptr_array_unref (f->theirs);
  g_string_free (f->log, TRUE);
  g_free (f->keys.url);
  g_free (f->keys.key_id);
  g_free (f);
}

/* --- answers --- */

void
sync_fixture_answer (SyncFixture *f, const SyncHow *how, GBytes *plain)
{
  const QuaySyncAction *action = quay_sync_engine_next (f->engine, f->now);
  QuaySyncAnswer answer = { .status = how->status,
                            .type = how->type != NULL ? how->type : "application/json",
                            .body = plain,
                            .retry_after = how->retry_after,
                            .took = how->took };
  gsize len;
  const void *bytes = g_bytes_get_data (plain, &len);
  g_assert_cmpint (action->what, ==, QUAY_SYNC_SEND);
  g_autofree char *digest =
      how->other_request ? quay_wire_digest ("x", 1) : g_strdup (action->headers->digest);
  if (how->signer != NULL)
    quay_wire_sign_answer (&answer.headers, how->signer, how->key_id != NULL ? how->key_id : "s1",
                           how->status, digest, bytes, len);
  quay_sync_engine_answer (f->engine, &answer, f->now, f->wall);
  quay_signed_clear (&answer.headers);
}

void
sync_fixture_good (SyncFixture *f, GBytes *plain)
{
  sync_fixture_answer (f, &(SyncHow){ .status = 200, .signer = &f->server, .took = 100 }, plain);
}

void
sync_fixture_problem (SyncFixture *f, guint status, QuayMsgProblem problem)
{
  problem.status = status;
  g_autoptr (GBytes) plain = quay_message_encode (&quay_msg_problem, &problem);
  sync_fixture_answer (f,
                       &(SyncHow){ .status = status,
                                   .type = "application/problem+json",
                                   .signer = &f->server,
                                   .retry_after = problem.wait },
                       plain);
}

GBytes *
sync_ack (const SyncChain *chain, guint64 hwm, const QuayHash *head, const QuayKey *seal_key,
          const char *cur)
{
  char hash[2 * QUAY_HASH_LEN + 1];
  QuaySig seal;
  quay_hash_to_text (head, hash);
  quay_seal_make (&seal, seal_key, &chain->state.till, &chain->state.id, hwm, head);
  g_autofree char *seal_text = quay_base64 (seal.b, QUAY_SIG_LEN);
  QuayMsgAck ack = { .till = chain->state.till,
                     .chain = chain->state.id,
                     .hwm = (gint64)hwm,
                     .head = hash,
                     .seal = seal_text,
                     .time = G_GINT64_CONSTANT (1795000000000),
                     .node = (char *)"node",
                     .cur = (char *)cur };
  return quay_message_encode (&quay_msg_ack, &ack);
}

void
sync_fixture_ack (SyncFixture *f, guint64 hwm)
{
  const SyncChain *chain = f->chains->pdata[0];
  g_autoptr (GBytes) ack =
      sync_ack (chain, hwm, &g_array_index (chain->hashes, QuayHash, hwm), &f->server, f->cur);
  sync_fixture_good (f, ack);
}

static void
free_msg_chain (gpointer data)
{
  QuayMsgChain *chain = data;
  g_free (chain->code);
  g_free (chain->letter);
  g_free (chain->head);
  g_free (chain);
}

GBytes *
sync_list (SyncFixture *f)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (free_msg_chain);
  for (guint i = 0; i < f->theirs->len; i++)
    {
      const SyncChain *chain = f->theirs->pdata[i];
      char head[2 * QUAY_HASH_LEN + 1];
      quay_hash_to_text (&chain->state.head, head);
      QuayMsgChain *row = g_new0 (QuayMsgChain, 1);
      row->chain = chain->state.id;
      row->till = chain->state.till;
      row->code = g_strdup (chain->state.code);
      row->letter = g_strdup (chain->state.letter);
      row->hwm = (gint64)chain->state.seq;
      row->head = g_strdup (head);
      row->mine = chain->state.own;
      g_ptr_array_add (list, row);
    }
  QuayMsgChains message = { .chains = list, .cur = (char *)f->cur };
  return quay_message_encode (&quay_msg_chains, &message);
}

GBytes *
sync_fixture_sent (SyncFixture *f)
{
  const QuaySyncAction *action = quay_sync_engine_next (f->engine, f->now);
  gsize len;
  const void *bytes = g_bytes_get_data (action->body, &len);
  g_assert_cmpint (action->what, ==, QUAY_SYNC_SEND);
  return action->packed ? quay_wire_unpack (bytes, len, QUAY_WIRE_UP_PLAIN, NULL)
                        : g_bytes_ref (action->body);
}

QuayEnvelope *
sync_fixture_pushed (SyncFixture *f)
{
  g_autoptr (GBytes) plain = sync_fixture_sent (f);
  return quay_envelope_decode (plain, QUAY_WIRE_RECORDS_UP, NULL);
}

/* --- an honest server --- */

/* First place where the run differs from the chain: from − 1 for its prev; 0 if none. */
static gboolean
find_difference (const SyncChain *chain, const QuayEnvelope *run, guint64 *at)
{
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (QuayHash));
  guint64 from = (guint64)run->from;
  *at = 0;
  g_assert_true (quay_envelope_check (run, hashes));
  if (!quay_hash_equal (&run->prev, &g_array_index (chain->hashes, QuayHash, from - 1)))
    return TRUE;
  for (guint i = 0; i < hashes->len && from + i <= chain->state.seq; i++)
    if (!quay_hash_equal (&g_array_index (hashes, QuayHash, i),
                          &g_array_index (chain->hashes, QuayHash, from + i)))
      {
        *at = from + i;
        return TRUE;
      }
  return FALSE;
}

static void
serve_push (SyncFixture *f)
{
  g_autoptr (QuayEnvelope) run = sync_fixture_pushed (f);
  SyncChain *chain = find_chain (f->theirs, &run->chain);
  const SyncChain *here = find_chain (f->chains, &run->chain);
  guint64 at;
  if (chain == NULL)
    {
      chain = sync_chain_copy (here, 0);
      g_ptr_array_add (f->theirs, chain);
    }
  if ((guint64)run->from <= chain->state.seq + 1)
    {
      if (find_difference (chain, run, &at))
        {
          g_string_append_printf (f->log, "fork at %" G_GUINT64_FORMAT "\n", at);
          sync_fixture_problem (
              f, 409,
              (QuayMsgProblem){ .type = (char *)"fork", .at = (gint64)at, .letter = (char *)"F" });
          return;
        }
      for (guint i = 0; i < run->records->len; i++)
        if ((guint64)run->from + i > chain->state.seq)
          append_bytes (chain, run->records->pdata[i]);
    }
  g_autoptr (GBytes) ack =
      sync_ack (chain, chain->state.seq, &chain->state.head, &f->server, f->cur);
  sync_fixture_good (f, ack);
}

static void
serve_pull (SyncFixture *f)
{
  QuayMsgPull ask;
  gsize len;
  g_autoptr (GBytes) body = sync_fixture_sent (f);
  const void *bytes = g_bytes_get_data (body, &len);
  g_assert_true (quay_message_decode (&quay_msg_pull, bytes, len, &ask, NULL));
  const SyncChain *chain = find_chain (f->theirs, &ask.chain);
  g_autoptr (QuayEnvelope) run = run_of (chain, (guint64)ask.from, (guint)ask.n);
  run->hwm = (gint64)chain->state.seq;
  quay_seal_make (&run->seal, &f->server, &run->till, &run->chain,
                  (guint64)run->from + run->records->len - 1, &run->head);
  g_autoptr (GBytes) plain = quay_envelope_encode (run);
  sync_fixture_good (f, plain);
}

guint
sync_fixture_serve (SyncFixture *f, guint max)
{
  guint n = 0;
  const QuaySyncAction *action;
  while ((action = sync_fixture_run (f))->what == QUAY_SYNC_SEND)
    {
      g_assert_cmpuint (++n, <=, max);
      if (strcmp (action->path, "/v1/push") == 0)
        serve_push (f);
      else if (strcmp (action->path, "/v1/pull") == 0)
        serve_pull (f);
      else
        {
          g_assert_cmpstr (action->path, ==, "/v1/chains");
          g_autoptr (GBytes) list = sync_list (f);
          sync_fixture_good (f, list);
        }
    }
  return n;
}

/* --- looking --- */

const QuaySyncState *
sync_fixture_state (SyncFixture *f)
{
  return quay_sync_engine_state (f->engine);
}

SyncChain *
sync_fixture_here (SyncFixture *f, guint i)
{
  return f->chains->pdata[i];
}

void
sync_fixture_assert_sends (SyncFixture *f, const char *path)
{
  const QuaySyncAction *action = sync_fixture_run (f);
  g_assert_cmpint (action->what, ==, QUAY_SYNC_SEND);
  g_assert_cmpstr (action->path, ==, path);
}

gboolean
sync_chain_same (const SyncChain *a, const SyncChain *b)
{
  return a->state.seq == b->state.seq && quay_hash_equal (&a->state.head, &b->state.head);
}
