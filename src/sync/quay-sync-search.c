/* Two lives of one chain: this disk was restored from an old copy, or another computer goes on from
 * a copy of it. Finds where they part, in as many questions as the chain's length has bits, and
 * begins a new chain, so that the records of both lives stand. */
#include "quay-sync-private.h"

#include "quay-rule.h"

#include <string.h>

#define PROBES_MOST 200
#define BEGUN_MOST 2

gboolean
quay_sync_search_narrow (QuaySyncSearch *search, guint64 lo, guint64 hi)
{
  if (!search->on)
    *search = (QuaySyncSearch){ TRUE, lo, hi, 0 };
  search->lo = MAX (search->lo, lo);
  search->hi = MIN (search->hi, hi);
  return search->lo < search->hi && ++search->probes <= PROBES_MOST;
}

void
quay_sync_search (QuaySyncEngine *engine, guint64 lo, guint64 hi)
{
  QuaySyncPush *push = &engine->push;
  const QuayChainState *chain = &g_array_index (engine->chains, QuayChainState, push->at);
  if (!quay_sync_search_narrow (&push->search, lo, hi))
    {
      quay_sync_give_up (engine, QUAY_SYNC_TROUBLE, "the server contradicts itself");
      return;
    }
  lo = push->search.lo;
  hi = push->search.hi;
  if (hi > chain->seq && lo == chain->seq)
    quay_sync_went_back (engine, lo + 1);
  else if (hi > chain->seq)
    quay_sync_push_probe (engine, chain->seq);
  else if (hi - lo <= engine->up.n)
    quay_sync_push_read (engine, lo + 1, (guint)(hi - lo));
  else
    quay_sync_push_probe (engine, lo + (hi - lo) / 2);
}

/* --- the new chain --- */

static gboolean
letter_is_sound (const char *letter)
{
  gsize len = letter != NULL ? strlen (letter) : 0;
  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isupper (letter[i]))
      return FALSE;
  return len >= 1 && len <= 4;
}

static void
begin_chain (QuaySyncEngine *engine, const QuayId *old, guint64 from, const char *letter,
             QuaySyncAlarm alarm)
{
  if (engine->begun >= BEGUN_MOST)
    {
      quay_sync_give_up (engine, QUAY_SYNC_TROUBLE, "the server accepts no chain of this till");
      return;
    }
  QuaySyncAction *action = quay_sync_action (engine, QUAY_SYNC_NEW_CHAIN, STEP_NEW_CHAIN);
  action->chain = *old;
  action->seq = from;
  engine->begin_alarm = alarm;
  if (letter_is_sound (letter))
    {
      g_strlcpy (engine->begin_letter, letter, sizeof engine->begin_letter);
      action->letter = engine->begin_letter;
    }
}

/* Letters are compared as they are counted: AA comes after Z. */
static gboolean
letter_is_later (const char *a, const char *b)
{
  gsize la = strlen (a);
  gsize lb = strlen (b);
  return la != lb ? la > lb : strcmp (a, b) > 0;
}

static char *
next_letter (const char *letter)
{
  GString *next = g_string_new (letter);
  for (gsize i = next->len; i > 0; i--)
    {
      if (next->str[i - 1] < 'Z')
        {
          next->str[i - 1]++;
          return g_string_free (next, FALSE);
        }
      next->str[i - 1] = 'A';
    }
  return g_string_free (g_string_prepend_c (next, 'A'), FALSE);
}

static const QuayChainState *
growing (QuaySyncEngine *engine)
{
  for (guint i = 0; i < engine->chains->len; i++)
    {
      const QuayChainState *chain = &g_array_index (engine->chains, QuayChainState, i);
      if (chain->mine)
        return chain;
    }
  return NULL;
}

void
quay_sync_begin_after_list (QuaySyncEngine *engine)
{
  const QuayChainState *mine = growing (engine);
  if (mine == NULL)
    {
      quay_sync_break (engine);
      return;
    }
  const char *last = mine->letter;
  for (guint i = 0; i < engine->chains->len; i++)
    {
      const QuayChainState *chain = &g_array_index (engine->chains, QuayChainState, i);
      if (chain->own && strcmp (chain->code, mine->code) == 0 &&
          letter_is_later (chain->letter, last))
        last = chain->letter;
    }
  for (guint i = 0; i < engine->list.chains->len; i++)
    {
      const QuayMsgChain *chain = g_ptr_array_index (engine->list.chains, i);
      if (g_strcmp0 (chain->code, mine->code) == 0 && letter_is_sound (chain->letter) &&
          letter_is_later (chain->letter, last))
        last = chain->letter;
    }
  g_autofree char *letter = next_letter (last);
  begin_chain (engine, &mine->id, engine->begin_from, letter, QUAY_SYNC_ALARM_WENT_BACK);
}

void
quay_sync_went_back (QuaySyncEngine *engine, guint64 from)
{
  const QuayChainState *chain = &g_array_index (engine->chains, QuayChainState, engine->push.at);
  engine->want_list = TRUE;
  if (chain->mine && QUAY_RULE ("went-back"))
    {
      engine->begin_from = from;
      quay_sync_list (engine); /* which letters are taken? */
    }
  else
    quay_sync_push_skip (engine); /* the rest comes like another till's */
}

/* --- what the server says --- */

/* The chain that grows goes on as another. Of one that does not, the server's version is fetched,
 * and the store appends what was written here to the chain that grows. */
static void
on_parted (QuaySyncEngine *engine, const QuayChainState *chain, guint64 at, const char *letter)
{
  if (chain->mine)
    {
      begin_chain (engine, &chain->id, at, letter, QUAY_SYNC_ALARM_FORK);
      return;
    }
  engine->state.alarm = QUAY_SYNC_ALARM_FORK;
  engine->want_list = TRUE;
  quay_sync_push_skip (engine);
}

void
quay_sync_on_fork (QuaySyncEngine *engine, const QuayMsgProblem *problem)
{
  QuaySyncPush *push = &engine->push;
  const QuayChainState *chain = &g_array_index (engine->chains, QuayChainState, push->at);
  guint64 at = (guint64)problem->at;
  if (at == 0 && push->from == 1)
    at = 1; /* there is nothing before the first record that could differ */
  if (push->n > 0 && at >= push->from && at <= push->sent_to)
    on_parted (engine, chain, at, problem->letter);
  else if (at != 0)
    quay_sync_give_up (engine, QUAY_SYNC_TROUBLE, "the server names a fork that was not sent");
  else if (chain->acked > 0)
    {
      QuaySyncAction *action = quay_sync_action (engine, QUAY_SYNC_ACKED, STEP_LOWERED);
      action->chain = chain->id;
    }
  else
    quay_sync_search (engine, 0, push->from - 1);
}

void
quay_sync_on_lowered (QuaySyncEngine *engine)
{
  g_array_index (engine->chains, QuayChainState, engine->push.at).acked = 0;
  quay_sync_search (engine, 0, engine->push.from - 1);
}
