/* persons: keys of customers and buyers go from till to till of a site in boxes that only the till
 * can open for which they were sealed. The server knows who has which key, and keeps boxes until
 * they are taken, or the customer is erased. */
#include "quay-server-call.h"

#include <string.h>

#define PERSONS_MOST 200000 /* of one till */

/* One request, in a transaction that holds the site. */
typedef struct
{
  QuayServerCall *call;
  QuayServerDb *db;
  const QuayId *site;
  const QuayId *till;
  const QuayMsgPersons *message;
  GArray *peers; /* QuayServerKey: the good key of each other till of the site */
  gint64 stamp;
  gboolean news; /* for other tills */
} Exchange;

static void
exchange_clear (Exchange *exchange)
{
  g_clear_pointer (&exchange->peers, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Exchange, exchange_clear)

/* --- who else is there --- */

static gboolean
add_peer (Exchange *exchange, const QuayId *till, GError **error)
{
  g_autoptr (GArray) keys = exchange->db->ops->keys (exchange->db, till, error);
  for (guint i = 0; keys != NULL && i < keys->len; i++)
    if (g_array_index (keys, QuayServerKey, i).state == QUAY_SERVER_KEY_GOOD)
      g_array_append_vals (exchange->peers, &g_array_index (keys, QuayServerKey, i), 1);
  return keys != NULL;
}

static gboolean
find_peers (Exchange *exchange, GError **error)
{
  g_autoptr (GArray) tills = exchange->db->ops->tills (exchange->db, exchange->site, error);
  exchange->peers = g_array_new (FALSE, FALSE, sizeof (QuayServerKey));
  for (guint i = 0; tills != NULL && i < tills->len; i++)
    {
      const QuayServerTill *till = &g_array_index (tills, QuayServerTill, i);
      if (till->state == 0 && !quay_id_equal (&till->id, exchange->till) &&
          !add_peer (exchange, &till->id, error))
        return FALSE;
    }
  return tills != NULL;
}

static const QuayServerKey *
peer_of (const Exchange *exchange, const QuayId *till)
{
  for (guint i = 0; i < exchange->peers->len; i++)
    {
      const QuayServerKey *key = &g_array_index (exchange->peers, QuayServerKey, i);
      if (quay_id_equal (&key->till, till))
        return key;
    }
  return NULL;
}

/* --- what it says --- */

/* A box for a till that is not there, or for a key that it has no more, is dropped: the till will
 * be told anew what is lacking. */
static gboolean
take_box (Exchange *exchange, const QuayMsgBox *message, GError **error)
{
  QuayServerBox box = { .event = message->id, .till = message->till };
  const QuayServerKey *peer = peer_of (exchange, &message->till);
  gboolean fresh = FALSE;
  if (peer == NULL || strcmp (peer->id, message->key) != 0 ||
      !quay_base64_to (message->box, box.box, sizeof box.box))
    return TRUE;
  g_strlcpy (box.key, peer->id, sizeof box.key);
  if (!exchange->db->ops->person_give (exchange->db, exchange->site, &box, &fresh, error))
    return FALSE;
  exchange->news |= fresh;
  return TRUE;
}

static gboolean
take_said (Exchange *exchange, GError **error)
{
  QuayServerDb *db = exchange->db;
  const QuayMsgPersons *message = exchange->message;
  if (message->all && !db->ops->person_recall (db, exchange->site, exchange->till, error))
    return FALSE;
  for (guint i = 0; i < message->lacks->len; i++)
    if (!db->ops->person_drop (db, exchange->site, exchange->till,
                               &((QuayMsgPerson *)message->lacks->pdata[i])->id, error))
      return FALSE;
  for (guint i = 0; i < message->has->len; i++)
    if (!db->ops->person_has (db, exchange->site, exchange->till,
                              &((QuayMsgPerson *)message->has->pdata[i])->id, error))
      return FALSE;
  for (guint i = 0; i < message->boxes->len; i++)
    if (!take_box (exchange, message->boxes->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* All is said: what it had and did not name, it has lost; others may give it. @n: what it has. */
static gboolean
end_saying (Exchange *exchange, gint64 *n, GError **error)
{
  QuayServerDb *db = exchange->db;
  gint64 counts[QUAY_SERVER_PERSON_STATES];
  if (!db->ops->person_counts (db, exchange->site, exchange->till, counts, error))
    return FALSE;
  *n = counts[QUAY_SERVER_PERSON_HAS];
  if (exchange->message->more || counts[QUAY_SERVER_PERSON_HAD] == 0)
    return TRUE;
  exchange->news = TRUE;
  return db->ops->person_prune (db, exchange->site, exchange->till, error);
}

/* --- what it is told --- */

static QuayMsgBox *
box_of (const QuayServerBox *stored)
{
  QuayMsgBox *box = g_new0 (QuayMsgBox, 1);
  box->id = stored->event;
  box->box = quay_base64 (stored->box, sizeof stored->box);
  return box;
}

static gboolean
tell_boxes (Exchange *exchange, QuayMsgShared *reply, GError **error)
{
  QuayServerDb *db = exchange->db;
  g_autoptr (GArray) boxes = db->ops->person_boxes (db, exchange->site, exchange->till,
                                                    exchange->call->key.id, QUAY_MSG_BOXES, error);
  for (guint i = 0; boxes != NULL && i < boxes->len; i++)
    g_ptr_array_add (reply->boxes, box_of (&g_array_index (boxes, QuayServerBox, i)));
  return boxes != NULL;
}

static void
tell_till (QuayMsgShared *reply, const QuayServerKey *peer)
{
  for (guint i = 0; i < reply->tills->len; i++)
    if (quay_id_equal (&((QuayMsgTillKey *)reply->tills->pdata[i])->till, &peer->till))
      return;
  QuayMsgTillKey *till = g_new0 (QuayMsgTillKey, 1);
  till->till = peer->till;
  till->id = g_strdup (peer->id);
  till->key = quay_base64 (peer->public, QUAY_KEY_LEN);
  g_ptr_array_add (reply->tills, till);
}

static gboolean
tell_lacks (Exchange *exchange, QuayMsgShared *reply, GError **error)
{
  QuayServerDb *db = exchange->db;
  g_autoptr (GArray) lacks =
      db->ops->person_lacks (db, exchange->site, exchange->till, QUAY_MSG_BOXES, error);
  for (guint i = 0; lacks != NULL && i < lacks->len; i++)
    {
      const QuayServerBox *lack = &g_array_index (lacks, QuayServerBox, i);
      const QuayServerKey *peer = peer_of (exchange, &lack->till);
      if (peer == NULL)
        continue;
      QuayMsgBox *box = g_new0 (QuayMsgBox, 1);
      box->id = lack->event;
      box->till = lack->till;
      g_ptr_array_add (reply->lacks, box);
      tell_till (reply, peer);
    }
  return lacks != NULL;
}

/* While more is to be said, nothing is told: it would soon be wrong. */
static gboolean
tell (Exchange *exchange, gint64 n, GError **error)
{
  QuayMsgShared reply = { .persons = exchange->stamp };
  gboolean ok = TRUE;
  reply.boxes = g_ptr_array_new ();
  reply.lacks = g_ptr_array_new ();
  reply.tills = g_ptr_array_new ();
  if (!exchange->message->more)
    {
      reply.all = n != exchange->message->n;
      ok = tell_boxes (exchange, &reply, error) && tell_lacks (exchange, &reply, error);
    }
  if (ok)
    quay_server_say (exchange->call, &quay_msg_shared, &reply);
  quay_shape_clear (&quay_msg_shared, &reply);
  return ok;
}

static gboolean
says_anything (const QuayMsgPersons *message)
{
  return message->all || message->has->len > 0 || message->lacks->len > 0 ||
         message->boxes->len > 0;
}

static gboolean
share (QuayServerCall *call, const QuayMsgPersons *message, GError **error)
{
  gint64 n = 0;
  g_auto (QuayServerScope) scope = { NULL };
  g_auto (Exchange) exchange = { .call = call,
                                 .db = call->db,
                                 .site = &call->till.site,
                                 .till = &call->till.id,
                                 .message = message };
  QuayServerDb *db = call->db;
  if (!quay_server_scope_begin (&scope, db, TRUE, error) ||
      !db->ops->persons_lock (db, exchange.site, &exchange.stamp, error) ||
      !find_peers (&exchange, error) || !take_said (&exchange, error) ||
      !end_saying (&exchange, &n, error))
    return FALSE;
  if (n > PERSONS_MOST)
    return quay_server_problem (call, 403, "too-many-persons", "this till has too many persons");
  if (exchange.news && !db->ops->persons_bump (db, exchange.site, quay_server_now (call->server),
                                               &exchange.stamp, error))
    return FALSE;
  if (!tell (&exchange, n, error))
    return FALSE;
  return (!says_anything (message) && !exchange.news) || quay_server_scope_commit (&scope, error);
}

gboolean
quay_server_persons (QuayServerCall *call, GError **error)
{
  QuayMsgPersons message;
  gboolean ok = TRUE;
  if (quay_server_read (call, &quay_msg_persons, &message))
    ok = quay_id_equal (&message.till, &call->till.id)
             ? share (call, &message, error)
             : quay_server_problem (call, 400, "bad-request", "the message is another till's");
  quay_shape_clear (&quay_msg_persons, &message);
  return ok;
}
