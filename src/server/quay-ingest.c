/* Lock the chain, compare, append, book, hold. Two servers on one database are safe because the
 * chain's row is the lock. */
#include "quay-ingest.h"

#include "quay-rule.h"
#include "quay-server-book.h"

#include <string.h>

#define CHAINS_A_TILL 200 /* a till begins one after a loss or a fork */
#define NOTES_MAX QUAY_WIRE_RECORDS_UP

/* One run on its way in. */
typedef struct
{
  QuayServerDb *db;
  const QuayEnvelope *envelope;
  GArray *hashes;
  gboolean sealed;
  gint64 now;
  QuayIngest *out;
} Run;

void
quay_ingest_clear (QuayIngest *ingest)
{
  g_clear_pointer (&ingest->held, g_ptr_array_unref);
}

static gboolean
refuse (Run *run, const char *type, const char *why)
{
  run->out->result = QUAY_INGEST_REFUSED;
  run->out->type = type;
  run->out->why = why;
  return TRUE;
}

static gboolean
settle (GError *failed, GError **error)
{
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, failed);
  return FALSE;
}

/* --- letters and alarms --- */

gboolean
quay_ingest_letter (QuayServerDb *db, const QuayId *site, const char *code, const char *key,
                    char letter[8], GError **error)
{
  GError *failed = NULL;
  char last[8] = "";
  if (db->ops->letter_find (db, site, code, key, letter, &failed))
    return TRUE;
  if (failed == NULL)
    db->ops->letter_last (db, site, code, last, &failed);
  if (failed != NULL)
    return settle (failed, error);
  g_autofree char *next = *last != '\0' ? quay_letter_next (last) : g_strdup ("A");
  *letter = '\0';
  if (!quay_letter_is_sound (next))
    return TRUE;
  g_strlcpy (letter, next, 8);
  return db->ops->letter_put (db, site, code, letter, key, error);
}

static gboolean
raise_alarm (Run *run, const char *kind, const char *key, gint64 seq, const char *what,
             GError **error)
{
  gboolean fresh = FALSE;
  QuayServerAlarm alarm = { .kind = (char *)kind,
                            .key = (char *)key,
                            .site = run->out->chain.site,
                            .till = run->out->chain.till,
                            .chain = run->out->chain.id,
                            .seq = seq,
                            .what = (char *)what,
                            .first = run->now,
                            .last = run->now };
  if (!run->db->ops->alarm_raise (run->db, &alarm, &fresh, error))
    return FALSE;
  run->out->alarm = run->out->alarm || fresh;
  return TRUE;
}

/* Two events with one id: the first stands, the other is kept in the journal and shown. */
static gboolean
raise_clashes (Run *run, GArray *clashes, GError **error)
{
  for (guint i = 0; clashes != NULL && i < clashes->len; i++)
    {
      const QuayServerClash *clash = &g_array_index (clashes, QuayServerClash, i);
      char event[QUAY_ID_TEXT_LEN + 1];
      char chain[QUAY_ID_TEXT_LEN + 1];
      quay_id_to_text (&clash->event, event);
      quay_id_to_text (&run->out->chain.id, chain);
      g_autofree char *key = g_strdup_printf ("same-id:%s:%" G_GINT64_FORMAT, chain, clash->seq);
      g_autofree char *what = g_strdup_printf (
          "event %s came before with other contents; this record is kept and not booked", event);
      if (!raise_alarm (run, "same-id", key, clash->seq, what, error))
        return FALSE;
    }
  return TRUE;
}

/* --- a new chain --- */

static gboolean
count_chains (Run *run, guint *n, GError **error)
{
  const QuayServerChain *chain = &run->out->chain;
  g_autoptr (GArray) chains = run->db->ops->chains_seen (run->db, &chain->site, error);
  if (chains == NULL)
    return FALSE;
  *n = 0;
  for (guint i = 0; i < chains->len; i++)
    if (quay_id_equal (&g_array_index (chains, QuayServerChain, i).till, &chain->till))
      (*n)++;
  return TRUE;
}

static gboolean
is_birth (Run *run)
{
  gsize len;
  QuayServerChain *chain = &run->out->chain;
  const guint8 *bytes = g_bytes_get_data (run->envelope->records->pdata[0], &len);
  g_autoptr (QuayEvent) event = quay_event_decode (bytes, len, NULL);
  if (event == NULL || event->kind != QUAY_EVENT_BIRTH)
    return FALSE;
  const QuayBirth *birth = event->body;
  if (!quay_id_equal (&birth->till, &chain->till) || !quay_till_code_is_sound (birth->code) ||
      !quay_letter_is_sound (birth->letter))
    return FALSE;
  g_strlcpy (chain->code, birth->code, sizeof chain->code);
  g_strlcpy (chain->letter, birth->letter, sizeof chain->letter);
  return TRUE;
}

/* The chain takes its letter; if another chain has it, both stand and the office sees it. */
static gboolean
take_letter (Run *run, GError **error)
{
  GError *failed = NULL;
  const QuayServerChain *chain = &run->out->chain;
  g_autofree char *owner = NULL;
  char id[QUAY_ID_TEXT_LEN + 1];
  quay_id_to_text (&chain->id, id);
  g_autofree char *key = g_strconcat ("chain:", id, NULL);
  run->db->ops->letter_key (run->db, &chain->site, chain->code, chain->letter, &owner, &failed);
  if (failed != NULL)
    return settle (failed, error);
  if (owner == NULL || !g_str_has_prefix (owner, "chain:"))
    return run->db->ops->letter_put (run->db, &chain->site, chain->code, chain->letter, key, error);
  g_autofree char *alarm = g_strconcat ("same-letter:", id, NULL);
  g_autofree char *what =
      g_strdup_printf ("a second chain %s%s: its documents may have numbers of the first",
                       chain->code, chain->letter);
  return raise_alarm (run, "same-letter", alarm, 1, what, error);
}

static gboolean
begin_chain (Run *run, GError **error)
{
  guint n;
  QuayServerChain *chain = &run->out->chain;
  if (!is_birth (run) && QUAY_RULE ("birth"))
    return refuse (run, "bad-request", "a new chain begins with a birth record of its till");
  if (!count_chains (run, &n, error))
    return FALSE;
  if (n >= CHAINS_A_TILL)
    return refuse (run, "too-many-chains", "this till has begun too many chains");
  return run->db->ops->chain_add (run->db, chain, error) && take_letter (run, error);
}

/* --- comparing --- */

static gboolean
fork_at (Run *run, gint64 at, GError **error)
{
  QuayServerChain *chain = &run->out->chain;
  run->out->result = QUAY_INGEST_FORK;
  run->out->at = at;
  if (at == 0)
    return TRUE; /* the till is asked to begin earlier */
  char id[QUAY_ID_TEXT_LEN + 1];
  char hash[2 * QUAY_HASH_LEN + 1];
  quay_id_to_text (&chain->id, id);
  quay_hash_to_text (&g_array_index (run->hashes, QuayHash, at - run->envelope->from), hash);
  hash[16] = '\0';
  g_autofree char *key = g_strdup_printf ("fork:%s:%" G_GINT64_FORMAT ":%s", id, at, hash);
  g_autofree char *what =
      g_strdup_printf ("two lives of chain %s%s differ from record %" G_GINT64_FORMAT
                       " on: a disk was copied, or went back",
                       chain->code, chain->letter, at);
  return quay_ingest_letter (run->db, &chain->site, chain->code, key, run->out->letter, error) &&
         raise_alarm (run, "fork", key, at, what, error);
}

/* FALSE with an error, or with @differs. The hashes link, so where one is equal all before it are.
 */
static gboolean
compare_one (Run *run, gint64 seq, const QuayHash *hash, gboolean *differs, GError **error)
{
  QuayHash stored;
  GError *failed = NULL;
  if (!run->db->ops->hash_at (run->db, run->out->chain.no, seq, &stored, &failed))
    {
      if (failed == NULL)
        g_set_error (&failed, QUAY_ERROR, QUAY_ERROR_DAMAGED,
                     "record %" G_GINT64_FORMAT " of a chain is missing", seq);
      return settle (failed, error);
    }
  *differs = !quay_hash_equal (&stored, hash) && QUAY_RULE ("compare");
  return TRUE;
}

/* Sets a fork if what came is not what is here, up to seq @until. */
static gboolean
compare_run (Run *run, gint64 until, GError **error)
{
  gboolean differs = FALSE;
  gint64 from = run->envelope->from;
  if (from > run->out->chain.hwm + 1)
    return TRUE; /* only where gaps are taken */
  if (!compare_one (run, from - 1, &run->envelope->prev, &differs, error))
    return FALSE;
  if (differs)
    return fork_at (run, 0, error);
  if (until < from)
    return TRUE;
  if (!compare_one (run, until, &g_array_index (run->hashes, QuayHash, until - from), &differs,
                    error))
    return FALSE;
  if (!differs)
    return TRUE;
  for (gint64 seq = from; seq <= until; seq++)
    {
      if (!compare_one (run, seq, &g_array_index (run->hashes, QuayHash, seq - from), &differs,
                        error))
        return FALSE;
      if (differs)
        return fork_at (run, seq, error);
    }
  g_assert_not_reached ();
}

/* --- taking --- */

static gboolean
append (Run *run, guint skip, GError **error)
{
  QuayServerDb *db = run->db;
  QuayServerChain *chain = &run->out->chain;
  GPtrArray *records = run->envelope->records;
  QuayServerBooking booking = {
    .db = db, .site = &chain->site, .no = chain->no, .first = chain->hwm + 1, .lam = chain->lam
  };
  gboolean ok =
      db->ops->append (db, chain->no, chain->hwm + 1, records, run->hashes, skip, error) &&
      quay_server_book (&booking, records, skip, error) &&
      raise_clashes (run, booking.clashes, error);
  g_clear_pointer (&booking.clashes, g_array_unref);
  if (!ok)
    return FALSE;
  run->out->fresh = records->len - skip;
  chain->hwm += run->out->fresh;
  chain->head = g_array_index (run->hashes, QuayHash, records->len - 1);
  chain->lam = booking.lam;
  chain->ts = run->now;
  memset (&chain->seal, 0, sizeof chain->seal);
  if (run->sealed)
    chain->seal = run->envelope->seal;
  return db->ops->chain_head (db, chain, error);
}

/* A record that came as poison has no seal; the next heartbeat brings it. */
static gboolean
take_seal (Run *run, GError **error)
{
  static const QuaySig none;
  QuayServerChain *chain = &run->out->chain;
  if (!run->sealed || chain->hwm == 0 || memcmp (&chain->seal, &none, sizeof none) != 0 ||
      run->envelope->from + run->envelope->records->len - 1 != chain->hwm)
    return TRUE;
  chain->seal = run->envelope->seal;
  return run->db->ops->chain_head (run->db, chain, error);
}

static gboolean
take_run (Run *run, gboolean known, GError **error)
{
  QuayServerChain *chain = &run->out->chain;
  gint64 from = run->envelope->from;
  gint64 last = from + run->envelope->records->len - 1;
  if (from > chain->hwm + 1 && (QUAY_RULE ("gap") || last < from))
    return TRUE; /* a gap: the answer says where to go on */
  if (last > QUAY_SERVER_SEQ_MAX)
    return refuse (run, "bad-request", "no chain is that long");
  if (!compare_run (run, MIN (chain->hwm, last), error))
    return FALSE;
  if (run->out->result != QUAY_INGEST_TAKEN || last <= chain->hwm)
    return run->out->result != QUAY_INGEST_TAKEN || take_seal (run, error);
  if (!known && !begin_chain (run, error))
    return FALSE;
  if (run->out->result != QUAY_INGEST_TAKEN)
    return TRUE;
  return append (run, (guint)MAX (chain->hwm + 1 - from, 0), error);
}

static gboolean
find_notes (Run *run, GError **error)
{
  const QuayServerChain *chain = &run->out->chain;
  gint64 from = run->envelope->from;
  guint n = run->envelope->records->len;
  if (chain->no == 0 || n == 0 || run->out->result != QUAY_INGEST_TAKEN)
    return TRUE;
  run->out->held =
      run->db->ops->held (run->db, NULL, chain->no, from, from + n - 1, NOTES_MAX, NULL, error);
  return run->out->held != NULL;
}

gboolean
quay_ingest (QuayServerDb *db, const QuayId *till, const QuayId *site, const QuayEnvelope *envelope,
             GArray *hashes, gboolean sealed, gint64 now, QuayIngest *out, GError **error)
{
  g_auto (QuayServerScope) scope = { NULL };
  GError *failed = NULL;
  Run run = { db, envelope, hashes, sealed, now, out };
  memset (out, 0, sizeof *out);
  if (!quay_server_scope_begin (&scope, db, TRUE, error))
    return FALSE;
  gboolean known = db->ops->chain_find (db, &envelope->chain, TRUE, &out->chain, &failed);
  if (failed != NULL)
    return settle (failed, error);
  if (!known)
    out->chain = (QuayServerChain){ .id = envelope->chain, .till = *till, .site = *site };
  if (!quay_id_equal (&out->chain.till, till) || !quay_id_equal (&out->chain.site, site) ||
      !quay_id_equal (&envelope->till, till))
    return refuse (&run, "not-yours", "this chain is another till's");
  if (!take_run (&run, known, error) || !find_notes (&run, error))
    return FALSE;
  if (out->result == QUAY_INGEST_REFUSED)
    return TRUE; /* rolled back */
  return quay_server_scope_commit (&scope, error);
}
