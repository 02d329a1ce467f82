/* Writing into the own chain: the same append and the same booking as for what comes in. */
#include "quay-server-own.h"

#include "quay-day.h"
#include "quay-server-book.h"

#define OWN_CODE "TINH" /* tỉnh, province */
#define OWN_LETTER "A"
#define PAGE 500
#define LAMPORT_STEP (G_GINT64_CONSTANT (1) << 31)

/* The own chain as it grows in the open transaction. */
typedef struct
{
  QuayServer *server;
  QuayServerDb *db;
  QuayServerChain chain;
  gint64 lam;
  GPtrArray *records; /* GBytes, not written yet */
  GArray *hashes;
} Own;

static gboolean
find_chain (Own *own, GError **error)
{
  const QuayId nobody = QUAY_ID_NIL;
  g_autoptr (GArray) chains = own->db->ops->chains_seen (own->db, &nobody, error);
  for (guint i = 0; chains != NULL && i < chains->len; i++)
    {
      const QuayServerChain *chain = &g_array_index (chains, QuayServerChain, i);
      if (quay_id_equal (&chain->till, &own->server->identity.node))
        own->chain = *chain;
    }
  return chains != NULL;
}

/* Greater than all that was seen, so that what the office says now wins; but never a leap that
 * tills would hold, however far another's counter went. */
static gboolean
find_lam (Own *own, GError **error)
{
  if (!own->db->ops->chain_lam (own->db, &own->lam, error))
    return FALSE;
  own->lam = MAX (own->chain.lam, MIN (own->lam, own->chain.lam + LAMPORT_STEP));
  return TRUE;
}

static gboolean
write_records (Own *own, GError **error)
{
  QuayServerChain *chain = &own->chain;
  QuayServerBooking booking = {
    .db = own->db, .site = &chain->site, .no = chain->no, .first = chain->hwm + 1, .lam = chain->lam
  };
  if (!own->db->ops->append (own->db, chain->no, chain->hwm + 1, own->records, own->hashes, 0,
                             error) ||
      !quay_server_book (&booking, own->records, 0, error))
    return FALSE;
  g_assert (booking.held == 0 && booking.clashes == NULL); /* they were encoded here */
  chain->hwm += own->records->len;
  chain->lam = booking.lam;
  g_ptr_array_set_size (own->records, 0);
  g_array_set_size (own->hashes, 0);
  return TRUE;
}

static gboolean
say (Own *own, QuayEvent *event, GError **error)
{
  gsize len;
  QuayServerChain *chain = &own->chain;
  const QuayEnv *env = &own->server->env;
  if (quay_id_is_nil (&event->id))
    event->id = quay_id_new (env);
  if (event->who == NULL)
    event->who = g_strdup ("office");
  event->lam = ++own->lam;
  event->ts = quay_server_now (own->server);
  event->day = quay_day_at (event->ts, 0);
  GBytes *bytes = quay_event_encode (event, error);
  if (bytes == NULL)
    return FALSE;
  const guint8 *data = g_bytes_get_data (bytes, &len);
  gint64 seq = chain->hwm + own->records->len + 1;
  chain->head = quay_chain_hash (&chain->till, &chain->id, (guint64)seq, data, len, &chain->head);
  g_ptr_array_add (own->records, bytes);
  g_array_append_val (own->hashes, chain->head);
  return own->records->len < PAGE || write_records (own, error);
}

static gboolean
begin_chain (Own *own, GError **error)
{
  QuayServerChain *chain = &own->chain;
  chain->id = quay_id_new (&own->server->env);
  chain->till = own->server->identity.node;
  g_strlcpy (chain->code, OWN_CODE, sizeof chain->code);
  g_strlcpy (chain->letter, OWN_LETTER, sizeof chain->letter);
  g_autoptr (QuayEvent) event = quay_event_new (QUAY_EVENT_BIRTH);
  QuayBirth *birth = event->body;
  birth->till = chain->till;
  birth->code = g_strdup (chain->code);
  birth->letter = g_strdup (chain->letter);
  birth->version = g_strdup (QUAY_VERSION);
  return own->db->ops->chain_add (own->db, chain, error) && say (own, event, error);
}

static gboolean
say_all (Own *own, GPtrArray *events, GError **error)
{
  if (!find_chain (own, error) || !find_lam (own, error) ||
      (own->chain.no == 0 && !begin_chain (own, error)))
    return FALSE;
  for (guint i = 0; i < events->len; i++)
    if (!say (own, events->pdata[i], error))
      return FALSE;
  QuayServerChain *chain = &own->chain;
  if (own->records->len > 0 && !write_records (own, error))
    return FALSE;
  quay_seal_make (&chain->seal, &own->server->identity.keys[0], &chain->till, &chain->id,
                  (guint64)chain->hwm, &chain->head);
  chain->ts = quay_server_now (own->server);
  return own->db->ops->chain_head (own->db, chain, error);
}

gboolean
quay_server_say_events (QuayServer *server, QuayServerDb *db, GPtrArray *events, QuayHash *head,
                        GError **error)
{
  Own own = { .server = server, .db = db };
  own.records = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  own.hashes = g_array_new (FALSE, FALSE, sizeof (QuayHash));
  gboolean ok = say_all (&own, events, error);
  *head = own.chain.head;
  g_ptr_array_unref (own.records);
  g_array_unref (own.hashes);
  return ok;
}
