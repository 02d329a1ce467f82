/* Wrong PINs: counted on the disk before a PIN is looked at, each further one waits longer. Thread:
 * main. */
#include "quay-till-private.h"

#include "quay-error.h"
#include "quay-till-sign.h"

#include <string.h>

#define FREE_TRIES 2

static const gint64 delays_s[] = { 5, 15, 30, 60, 300, 900 };

/* "how many, when by the wall, when since the start, which start" */
typedef struct
{
  gint64 n;
  gint64 wall;
  gint64 mono;
  char boot[QUAY_ID_TEXT_LEN + 1];
} Tries;

static char *
key_of (const char *code)
{
  return g_strconcat ("pin.", code, NULL);
}

static Tries
read_tries (QuayTill *till, const char *code)
{
  Tries tries = { 0 };
  g_autofree char *key = key_of (code);
  g_autofree char *text = quay_reader_local (till->reader, key);
  if (text == NULL)
    return tries;
  g_auto (GStrv) words = g_strsplit (text, " ", 4);
  if (g_strv_length (words) != 4)
    return tries;
  tries.n = CLAMP (g_ascii_strtoll (words[0], NULL, 10), 0, 1000000);
  tries.wall = g_ascii_strtoll (words[1], NULL, 10);
  tries.mono = g_ascii_strtoll (words[2], NULL, 10);
  g_strlcpy (tries.boot, words[3], sizeof tries.boot);
  return tries;
}

static gint64
mono_ms (QuayTill *till)
{
  return till->env.mono_ms (till->env.data);
}

/* Since the last try: by the clock that nobody sets, as long as the computer was not started again;
 * a wall clock that went back counts from nothing. */
static gint64
elapsed_ms (QuayTill *till, const Tries *tries)
{
  char boot[QUAY_ID_TEXT_LEN + 1];
  quay_id_to_text (&till->env.boot, boot);
  if (strcmp (boot, tries->boot) == 0)
    return mono_ms (till) - tries->mono;
  return MAX (quay_till_now_ms (till) - tries->wall, 0);
}

guint
quay_till_pin_wait (QuayTill *till, const char *code)
{
  Tries tries = read_tries (till, code);
  if (tries.n <= FREE_TRIES)
    return 0;
  gint64 step = MIN (tries.n - FREE_TRIES, (gint64)G_N_ELEMENTS (delays_s)) - 1;
  gint64 left = delays_s[step] * 1000 - elapsed_ms (till, &tries);
  return left > 0 ? (guint)((left + 999) / 1000) : 0;
}

static gboolean
may_try (QuayTill *till, const char *code, GError **error)
{
  const QuayUser *user = quay_till_peek_user (till, code);
  if (user == NULL || !user->active)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "nobody has this code");
      return FALSE;
    }
  guint wait = quay_till_pin_wait (till, code);
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (wait > 0)
    g_set_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED,
                 "too many wrong PINs: try again in %u seconds", wait);
  return wait == 0;
}

gboolean
quay_till_begin_try (QuayTill *till, const char *code, char **hash, GError **error)
{
  *hash = NULL;
  if (!quay_till_need_real (till, error) || !may_try (till, code, error))
    return FALSE;
  char boot[QUAY_ID_TEXT_LEN + 1];
  Tries tries = read_tries (till, code);
  g_autofree char *key = key_of (code);
  quay_id_to_text (&till->env.boot, boot);
  g_autofree char *text =
      g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s",
                       tries.n + 1, quay_till_now_ms (till), mono_ms (till), boot);
  QuayTxn *txn = quay_txn_new ();
  quay_txn_set_local (txn, key, text);
  g_autoptr (QuayResult) done = quay_store_commit (till->store, txn, QUAY_LANE_COUNTER, error);
  if (done == NULL)
    return FALSE;
  *hash = quay_reader_fact (till->reader, "user", code, "pin");
  return quay_till_check_reads (till, error);
}

void
quay_till_forget_tries (QuayTxn *txn, const char *code)
{
  g_autofree char *key = key_of (code);
  quay_txn_set_local (txn, key, NULL);
}

QuayEvent *
quay_till_noted (QuayTill *till, const char *who, const char *act, const char *name,
                 const char *why)
{
  QuayEvent *event = quay_till_event (till, QUAY_EVENT_NOTED, FALSE);
  QuayAudit *body = event->body;
  g_free (event->who);
  event->who = g_strdup (who);
  body->act = g_strdup (act);
  body->name = g_strdup (name);
  body->why = g_strdup (why);
  return event;
}

gboolean
quay_till_end_try (QuayTill *till, const char *code, gboolean right, GError **error)
{
  QuayTxn *txn = quay_txn_new ();
  if (right)
    {
      quay_till_forget_tries (txn, code);
      g_autoptr (QuayResult) done = quay_store_commit (till->store, txn, QUAY_LANE_COUNTER, error);
      return done != NULL;
    }
  if (read_tries (till, code).n > FREE_TRIES)
    {
      const char *who = till->people.signed_in ? till->user : code;
      quay_txn_add (txn, quay_till_noted (till, who, "login.failed", code, NULL));
      quay_till_commit_quietly (till, g_steal_pointer (&txn), QUAY_LANE_COUNTER);
    }
  g_clear_pointer (&txn, quay_txn_free);
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, "the PIN is wrong");
  return FALSE;
}
