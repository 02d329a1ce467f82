/* Runs from store to store. */
#include "quay-test-exchange.h"

#include <string.h>

#define ROOM (1 << 20)

static GArray *
get_chains (QuayStore *store)
{
  g_autoptr (GError) error = NULL;
  GArray *chains = quay_store_chains (store, &error);
  g_assert_no_error (error);
  return chains;
}

gboolean
quay_test_chain (QuayStore *store, const QuayId *chain, QuayChainState *state)
{
  g_autoptr (GArray) chains = get_chains (store);
  for (guint i = 0; i < chains->len; i++)
    {
      *state = g_array_index (chains, QuayChainState, i);
      if (quay_id_equal (&state->id, chain))
        return TRUE;
    }
  memset (state, 0, sizeof *state);
  return FALSE;
}

QuayChainState
quay_test_mine (QuayStore *store)
{
  g_autoptr (GArray) chains = get_chains (store);
  for (guint i = 0; i < chains->len; i++)
    if (g_array_index (chains, QuayChainState, i).mine)
      return g_array_index (chains, QuayChainState, i);
  g_assert_not_reached ();
}

static gboolean
same_at (QuayStore *a, QuayStore *b, const QuayId *chain, guint64 seq)
{
  QuayHash x;
  QuayHash y;
  g_autoptr (GError) error = NULL;
  gboolean there = quay_store_hash_at (a, chain, seq, &x, &error) &&
                   quay_store_hash_at (b, chain, seq, &y, &error);
  g_assert_no_error (error);
  return there && quay_hash_equal (&x, &y);
}

guint64
quay_test_common (QuayStore *a, QuayStore *b, const QuayId *chain)
{
  QuayChainState x;
  QuayChainState y;
  if (!quay_test_chain (a, chain, &x) || !quay_test_chain (b, chain, &y))
    return 0;
  guint64 low = 0;
  guint64 high = MIN (x.seq, y.seq);
  while (low < high) /* what is the same at a place is the same before it */
    {
      guint64 middle = low + (high - low + 1) / 2;
      if (same_at (a, b, chain, middle))
        low = middle;
      else
        high = middle - 1;
    }
  return low;
}

guint64
quay_test_pull (QuayStore *to, QuayStore *from, const QuayId *chain, guint max)
{
  guint64 taken = 0;
  guint64 seq = quay_test_common (to, from, chain) + 1;
  for (;;)
    {
      guint64 n;
      g_autoptr (GError) error = NULL;
      g_autoptr (QuayEnvelope) run = quay_store_read_run (from, chain, seq, max, ROOM, &error);
      g_assert_no_error (error);
      if (run->records->len == 0)
        return taken;
      quay_store_take_run (to, run, &n, &error);
      g_assert_no_error (error);
      taken += n;
      seq += run->records->len;
    }
}

guint64
quay_test_pull_all (QuayStore *to, QuayStore *from, guint max)
{
  guint64 taken = 0;
  QuayChainState here;
  g_autoptr (GArray) chains = get_chains (from);
  for (guint i = 0; i < chains->len; i++)
    {
      const QuayId *id = &g_array_index (chains, QuayChainState, i).id;
      if (!quay_test_chain (to, id, &here) || !here.mine)
        taken += quay_test_pull (to, from, id, max);
    }
  return taken;
}

/* The letter that the server would give: after the last that it knows under the code. */
static char *
next_letter (QuayStore *server, const char *code)
{
  g_autoptr (GArray) chains = get_chains (server);
  g_autofree char *last = g_strdup ("");
  for (guint i = 0; i < chains->len; i++)
    {
      const QuayChainState *chain = &g_array_index (chains, QuayChainState, i);
      if (strcmp (chain->code, code) != 0 || strcmp (chain->letter, last) <= 0)
        continue;
      g_free (last);
      last = g_strdup (chain->letter);
    }
  return quay_letter_next (last);
}

/* Sends one own chain; TRUE if a new chain had to be begun. */
static gboolean
push_chain (QuayStore *till, QuayStore *server, const QuayChainState *chain, guint max)
{
  QuayChainState there;
  g_autoptr (GError) error = NULL;
  guint64 common = quay_test_common (till, server, &chain->id);
  quay_test_chain (server, &chain->id, &there);
  g_autofree char *letter = next_letter (server, chain->code);
  gboolean begin = there.seq > common && (chain->seq > common || chain->mine);
  if (begin && chain->mine)
    quay_store_new_chain (till, NULL, letter, chain->seq > common ? common + 1 : 0, &error);
  else if (begin)
    quay_store_move_chain (till, &chain->id, letter, common + 1, &error);
  else
    {
      quay_test_pull (server, till, &chain->id, max);
      quay_store_set_acked (till, &chain->id, chain->seq, NULL, 0, &error);
    }
  g_assert_no_error (error);
  return begin;
}

guint
quay_test_sync (QuayStore *till, QuayStore *server, guint max)
{
  guint begun = 0;
  gboolean again;
  do
    {
      g_autoptr (GArray) chains = get_chains (till);
      again = FALSE;
      for (guint i = 0; i < chains->len && !again; i++)
        if (g_array_index (chains, QuayChainState, i).own)
          again = push_chain (till, server, &g_array_index (chains, QuayChainState, i), max);
      begun += again ? 1 : 0;
    }
  while (again);
  quay_test_pull_all (till, server, max);
  return begun;
}

void
quay_test_assert_equal (QuayStore *a, QuayStore *b)
{
  QuayHash x;
  QuayHash y;
  g_autofree char *tables_a = NULL;
  g_autofree char *tables_b = NULL;
  g_autoptr (GError) error = NULL;
  quay_store_digest (a, &x, &tables_a, &error);
  g_assert_no_error (error);
  quay_store_digest (b, &y, &tables_b, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tables_a, ==, tables_b);
  g_assert_true (quay_hash_equal (&x, &y));
}
