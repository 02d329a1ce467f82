/* enrol and keys: how a till gets its place, its name and its keys. */
#include "quay-server-call.h"

#include "quay-ingest.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define CODES_MAX 9999 /* QT1 … QT9999 */

/* What is written for one enrolment. */
typedef struct
{
  QuayServerCall *call;
  const QuayMsgEnrol *message;
  guint8 key[QUAY_KEY_LEN];
  QuayServerSecret secret;
  QuayServerTill till;
  gboolean known; /* the till was here before */
  char letter[8];
} Enrolment;

static gboolean
settle (GError *failed, GError **error)
{
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, failed);
  return FALSE;
}

/* --- who may --- */

static const char *
peer_of (QuayServerCall *call)
{
  return call->request->peer != NULL ? call->request->peer : "";
}

/* The request is signed by the very key that it brings, so that nobody enrols another's. */
static gboolean
check_own_key (QuayServerCall *call, const QuayMsgEnrol *message, guint8 key[QUAY_KEY_LEN])
{
  char till[QUAY_ID_TEXT_LEN + 1];
  const QuayServerRequest *request = call->request;
  g_autofree char *key_id =
      request->headers.input != NULL ? quay_wire_key_id (request->headers.input) : NULL;
  quay_id_to_text (&message->till, till);
  return g_strcmp0 (key_id, "new") == 0 && g_strcmp0 (request->till, till) == 0 &&
         !quay_id_is_nil (&message->till) && quay_base64_to (message->key, key, QUAY_KEY_LEN) &&
         quay_wire_check_request (&request->headers, key, request->method, request->path,
                                  request->till, request->body, request->len);
}

static gboolean
refuse_code (QuayServerCall *call)
{
  quay_server_was_wrong (call->server, peer_of (call));
  return quay_server_problem (call, 403, "bad-code", "the one-time code is wrong or has run out");
}

/* --- which code, which letter --- */

/* Whether another till or a chain of another till of the site has @code. */
static gboolean
is_free (const Enrolment *enrolment, GArray *tills, GArray *chains, const char *code)
{
  for (guint i = 0; i < tills->len; i++)
    {
      const QuayServerTill *till = &g_array_index (tills, QuayServerTill, i);
      if (strcmp (till->code, code) == 0 && !quay_id_equal (&till->id, &enrolment->till.id))
        return FALSE;
    }
  for (guint i = 0; i < chains->len; i++)
    {
      const QuayServerChain *chain = &g_array_index (chains, QuayServerChain, i);
      if (strcmp (chain->code, code) == 0 && !quay_id_equal (&chain->till, &enrolment->till.id))
        return FALSE;
    }
  return TRUE;
}

static void
find_free (const Enrolment *enrolment, GArray *tills, GArray *chains, char code[16])
{
  for (guint i = 1; i <= CODES_MAX; i++)
    {
      g_snprintf (code, 16, "QT%u", i);
      if (is_free (enrolment, tills, chains, code))
        return;
    }
  *code = '\0';
}

/* A letter for the till under its code, that no other chain has: kept until a chain takes it. */
static gboolean
next_letter (Enrolment *enrolment, GError **error)
{
  char id[QUAY_ID_TEXT_LEN + 1];
  quay_id_to_text (&enrolment->till.id, id);
  g_autofree char *key = g_strconcat ("till:", id, NULL);
  return quay_ingest_letter (enrolment->call->db, &enrolment->till.site, enrolment->till.code, key,
                             enrolment->letter, error);
}

/* The replaced till is revoked, with its keys; its name goes on. */
static gboolean
take_place (Enrolment *enrolment, QuayServerTill *old, GError **error)
{
  QuayServerDb *db = enrolment->call->db;
  g_autoptr (GArray) keys = db->ops->keys (db, &old->id, error);
  if (keys == NULL)
    return FALSE;
  for (guint i = 0; i < keys->len; i++)
    {
      QuayServerKey *key = &g_array_index (keys, QuayServerKey, i);
      key->state = QUAY_SERVER_KEY_OVER;
      if (!db->ops->key_put (db, key, error))
        return FALSE;
    }
  old->state = 1;
  g_strlcpy (enrolment->till.code, old->code, sizeof enrolment->till.code);
  return db->ops->till_put (db, old, error) &&
         db->ops->person_leave (db, &old->site, &old->id, NULL, error) &&
         next_letter (enrolment, error);
}

/* By the rules of enrolment: the code wished if nobody else has it, else the till's own of before,
 * else the next that is free. */
static gboolean
choose_code (Enrolment *enrolment, GError **error)
{
  QuayServerDb *db = enrolment->call->db;
  const QuayMsgEnrol *message = enrolment->message;
  QuayServerTill *till = &enrolment->till;
  g_autoptr (GArray) tills = db->ops->tills (db, &till->site, error);
  g_autoptr (GArray) chains = tills != NULL ? db->ops->chains_seen (db, &till->site, error) : NULL;
  if (chains == NULL)
    return FALSE;
  if (quay_till_code_is_sound (message->code) && quay_letter_is_sound (message->letter) &&
      is_free (enrolment, tills, chains, message->code))
    {
      g_strlcpy (till->code, message->code, sizeof till->code);
      g_strlcpy (enrolment->letter, message->letter, sizeof enrolment->letter);
      return TRUE;
    }
  if (!enrolment->known || !is_free (enrolment, tills, chains, till->code))
    find_free (enrolment, tills, chains, till->code);
  return *till->code == '\0' || next_letter (enrolment, error);
}

static gboolean
choose (Enrolment *enrolment, GError **error)
{
  QuayServerTill old;
  GError *failed = NULL;
  QuayServerDb *db = enrolment->call->db;
  const QuayId *replaces = &enrolment->secret.replaces;
  if (!quay_id_is_nil (replaces) && !quay_id_equal (replaces, &enrolment->till.id) &&
      db->ops->till_find (db, replaces, &old, &failed))
    return take_place (enrolment, &old, error);
  return settle (failed, error) && choose_code (enrolment, error);
}

/* --- writing --- */

static gboolean
write_key (Enrolment *enrolment, GError **error)
{
  QuayServerDb *db = enrolment->call->db;
  QuayServerKey key = { .till = enrolment->till.id, .state = QUAY_SERVER_KEY_GOOD };
  g_autoptr (GArray) keys = db->ops->keys (db, &key.till, error);
  if (keys == NULL)
    return FALSE;
  for (guint i = 0; i < keys->len; i++)
    {
      QuayServerKey *before = &g_array_index (keys, QuayServerKey, i);
      before->state = QUAY_SERVER_KEY_OVER;
      if (!db->ops->key_put (db, before, error))
        return FALSE;
    }
  g_snprintf (key.id, sizeof key.id, "k%u", keys->len + 1);
  memcpy (key.public, enrolment->key, sizeof key.public);
  enrolment->call->key = key;
  return db->ops->key_put (db, &key, error);
}

/* Its new key opens no box of before, and the shop's tills have something to give to it. */
static gboolean
share_persons (Enrolment *enrolment, GError **error)
{
  QuayServerCall *call = enrolment->call;
  const QuayServerTill *till = &enrolment->till;
  return call->db->ops->persons_bump (call->db, &till->site, till->ts, NULL, error) &&
         call->db->ops->person_leave (call->db, &till->site, &till->id, call->key.id, error);
}

static gboolean
write_all (Enrolment *enrolment, GError **error)
{
  QuayServerDb *db = enrolment->call->db;
  enrolment->till.state = 0;
  enrolment->till.ts = quay_server_now (enrolment->call->server);
  enrolment->secret.till = enrolment->till.id;
  memcpy (enrolment->secret.key, enrolment->key, sizeof enrolment->secret.key);
  g_strlcpy (enrolment->secret.code, enrolment->till.code, sizeof enrolment->secret.code);
  g_strlcpy (enrolment->secret.letter, enrolment->letter, sizeof enrolment->secret.letter);
  return db->ops->till_put (db, &enrolment->till, error) && write_key (enrolment, error) &&
         share_persons (enrolment, error) && db->ops->secret_put (db, &enrolment->secret, error);
}

/* --- answering --- */

static gboolean
find_shop (QuayServerDb *db, const QuayId *site, char **name, GError **error)
{
  g_autoptr (GPtrArray) sites = db->ops->sites (db, error);
  if (sites == NULL)
    return FALSE;
  for (guint i = 0; i < sites->len; i++)
    {
      const QuayServerSite *one = sites->pdata[i];
      if (quay_id_equal (&one->id, site))
        *name = g_strdup (one->name);
    }
  return TRUE;
}

static gboolean
answer (Enrolment *enrolment, GError **error)
{
  QuayMsgEnrolled reply = { .till = enrolment->till.id, .site = enrolment->secret.site };
  QuayServerCall *call = enrolment->call;
  if (!find_shop (call->db, &reply.site, &reply.shop, error))
    return FALSE;
  reply.code = g_strdup (enrolment->secret.code);
  reply.letter = g_strdup (enrolment->secret.letter);
  reply.key = g_strdup (call->key.id);
  reply.node = g_strdup (quay_server_node (call->server));
  reply.keys = quay_server_keys (call->server);
  reply.time = quay_server_now (call->server);
  quay_server_say (call, &quay_msg_enrolled, &reply);
  quay_shape_clear (&quay_msg_enrolled, &reply);
  return TRUE;
}

/* The same till and key get the same answer, as long as the key is good. */
static gboolean
answer_again (Enrolment *enrolment, GError **error)
{
  QuayServerCall *call = enrolment->call;
  const QuayServerSecret *secret = &enrolment->secret;
  if (!quay_id_equal (&secret->till, &enrolment->till.id) ||
      memcmp (secret->key, enrolment->key, sizeof secret->key) != 0)
    return quay_server_problem (call, 403, "code-used", "the one-time code was used");
  g_autoptr (GArray) keys = call->db->ops->keys (call->db, &secret->till, error);
  if (keys == NULL)
    return FALSE;
  for (guint i = 0; i < keys->len; i++)
    {
      const QuayServerKey *key = &g_array_index (keys, QuayServerKey, i);
      if (key->state == QUAY_SERVER_KEY_OVER ||
          memcmp (key->public, enrolment->key, QUAY_KEY_LEN) != 0)
        continue;
      call->key = *key;
      return answer (enrolment, error);
    }
  return quay_server_problem (call, 403, "code-used", "the one-time code was used");
}

static gboolean
enrol_new (Enrolment *enrolment, QuayServerScope *scope, GError **error)
{
  char id[QUAY_ID_TEXT_LEN + 1];
  QuayServerCall *call = enrolment->call;
  QuayServerTill *till = &enrolment->till;
  if (enrolment->known && !quay_id_equal (&till->site, &enrolment->secret.site))
    return quay_server_problem (call, 403, "other-site", "this till belongs to another shop");
  till->site = enrolment->secret.site;
  if (!choose (enrolment, error))
    return FALSE;
  if (*till->code == '\0' || *enrolment->letter == '\0')
    return quay_server_problem (call, 403, "no-name-left", "no till code or letter is left");
  if (!write_all (enrolment, error) || !quay_server_scope_commit (scope, error))
    return FALSE;
  quay_id_to_text (&till->id, id);
  g_message ("enrolled: till %s as %s, chain letter %s", id, till->code, enrolment->letter);
  return answer (enrolment, error);
}

static gboolean
enrol (QuayServerCall *call, const QuayMsgEnrol *message, GError **error)
{
  g_auto (QuayServerScope) scope = { NULL };
  GError *failed = NULL;
  gint64 wait = 0;
  guint8 hash[32];
  Enrolment enrolment = { .call = call, .message = message };
  QuayServerDb *db = call->db;
  if (!check_own_key (call, message, enrolment.key))
    return quay_server_problem (call, 401, "bad-signature", "the signature is not good");
  if (!quay_server_may_try (call->server, peer_of (call), &wait))
    {
      QuayMsgProblem problem = { .type = (char *)"too-many",
                                 .title = (char *)"too many wrong codes",
                                 .status = 429,
                                 .wait = wait };
      return quay_server_problem_full (call, &problem);
    }
  quay_server_hash_code (call->server, message->secret, hash);
  if (!quay_server_scope_begin (&scope, db, TRUE, error))
    return FALSE;
  gboolean found = db->ops->secret_find (db, hash, &enrolment.secret, &failed);
  if (failed == NULL)
    enrolment.known = db->ops->till_find (db, &message->till, &enrolment.till, &failed);
  if (failed != NULL)
    return settle (failed, error);
  enrolment.till.id = message->till;
  if (found && !quay_id_is_nil (&enrolment.secret.till))
    return answer_again (&enrolment, error);
  if (!found || enrolment.secret.until < quay_server_now (call->server))
    return refuse_code (call);
  return enrol_new (&enrolment, &scope, error);
}

gboolean
quay_server_enrol (QuayServerCall *call, GError **error)
{
  QuayMsgEnrol message;
  gboolean ok = TRUE;
  if (quay_server_read (call, &quay_msg_enrol, &message))
    ok = enrol (call, &message, error);
  quay_shape_clear (&quay_msg_enrol, &message);
  return ok;
}

/* --- keys --- */

static gboolean
proof_is_good (QuayServerCall *call, const QuayMsgRotate *message, guint8 key[QUAY_KEY_LEN])
{
  static const char what[] = "quay1-key";
  guint8 text[sizeof what - 1 + QUAY_KEY_LEN];
  QuaySig proof;
  if (!quay_base64_to (message->key, key, QUAY_KEY_LEN) ||
      !quay_base64_to (message->proof, proof.b, sizeof proof.b))
    return FALSE;
  memcpy (text, what, sizeof what - 1);
  memcpy (text + sizeof what - 1, key, QUAY_KEY_LEN);
  return crypto_sign_verify_detached (proof.b, text, sizeof text, call->key.public) == 0;
}

static gboolean
say_key (QuayServerCall *call, const char *id)
{
  QuayMsgKey reply = { .id = (char *)id };
  quay_server_say (call, &quay_msg_rotated, &reply);
  return TRUE;
}

static gboolean
rotate (QuayServerCall *call, const QuayMsgRotate *message, GError **error)
{
  g_auto (QuayServerScope) scope = { NULL };
  QuayServerKey key = { .till = call->till.id, .state = QUAY_SERVER_KEY_NEXT };
  QuayServerDb *db = call->db;
  if (!proof_is_good (call, message, key.public))
    return quay_server_problem (call, 400, "bad-request", "the proof is not good");
  if (!quay_server_scope_begin (&scope, db, TRUE, error))
    return FALSE;
  g_autoptr (GArray) keys = db->ops->keys (db, &key.till, error);
  if (keys == NULL)
    return FALSE;
  for (guint i = 0; i < keys->len; i++)
    {
      QuayServerKey *before = &g_array_index (keys, QuayServerKey, i);
      if (memcmp (before->public, key.public, QUAY_KEY_LEN) == 0)
        return before->state == QUAY_SERVER_KEY_OVER
                   ? quay_server_problem (call, 400, "bad-request", "that key is over")
                   : say_key (call, before->id);
      if (before->state != QUAY_SERVER_KEY_NEXT)
        continue;
      before->state = QUAY_SERVER_KEY_OVER; /* asked for before, never used */
      if (!db->ops->key_put (db, before, error))
        return FALSE;
    }
  g_snprintf (key.id, sizeof key.id, "k%u", keys->len + 1);
  return db->ops->key_put (db, &key, error) && quay_server_scope_commit (&scope, error) &&
         say_key (call, key.id);
}

gboolean
quay_server_rotate (QuayServerCall *call, GError **error)
{
  QuayMsgRotate message;
  gboolean ok = TRUE;
  if (quay_server_read (call, &quay_msg_rotate, &message))
    ok = rotate (call, &message, error);
  quay_shape_clear (&quay_msg_rotate, &message);
  return ok;
}
