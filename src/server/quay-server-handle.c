/* From request to answer: which call, who asks, unpack, do, sign. Nothing is believed before its
 * signature is checked, and nothing is read beyond its bounds. */
#include "quay-server-call.h"

#include "quay-json.h"

#include <string.h>

#define BODY_MAX QUAY_WIRE_UP_PACKED
#define DIGEST_LEN (strlen ("sha-256=::") + 44)
#define NONCE_MAX 100
#define BUSY_WAIT 30 /* seconds */
#define TRIES 3

typedef struct
{
  const char *path;
  QuayServerCallFunc func;
  gboolean open; /* checks the signature itself */
} Call;

static const Call calls[] = {
  { "/v1/push", quay_server_push, FALSE },     { "/v1/pull", quay_server_pull, FALSE },
  { "/v1/chains", quay_server_chains, FALSE }, { "/v1/keys", quay_server_rotate, FALSE },
  { "/v1/poison", quay_server_poison, FALSE }, { "/v1/persons", quay_server_persons, FALSE },
  { "/v1/enrol", quay_server_enrol, TRUE },
};

gsize
quay_server_body_limit (const char *path)
{
  return strcmp (path, "/v1/poison") == 0 ? QUAY_SERVER_BODY_MAX : BODY_MAX;
}

void
quay_server_answer_clear (QuayServerAnswer *answer)
{
  g_clear_pointer (&answer->body, g_bytes_unref);
  quay_signed_clear (&answer->headers);
}

/* --- answering --- */

static void
give (QuayServerAnswer *answer, guint status, const char *type, GBytes *body)
{
  g_clear_pointer (&answer->body, g_bytes_unref);
  answer->status = status;
  answer->type = type;
  answer->body = body;
  answer->packed = FALSE;
}

void
quay_server_say (QuayServerCall *call, const QuayShape *shape, gconstpointer message)
{
  give (call->answer, 200, "application/json", quay_message_encode (shape, message));
}

gboolean
quay_server_problem_full (QuayServerCall *call, QuayMsgProblem *problem)
{
  give (call->answer, (guint)problem->status, "application/problem+json",
        quay_message_encode (&quay_msg_problem, problem));
  call->answer->wait = problem->wait;
  return TRUE;
}

gboolean
quay_server_problem (QuayServerCall *call, guint status, const char *type, const char *title)
{
  QuayMsgProblem problem = { .type = (char *)type, .title = (char *)title, .status = status };
  return quay_server_problem_full (call, &problem);
}

static void
tell_to_wait (QuayServerCall *call, guint status, const char *type, const char *title, gint64 wait)
{
  QuayMsgProblem problem = {
    .type = (char *)type, .title = (char *)title, .status = status, .wait = wait
  };
  quay_server_problem_full (call, &problem);
}

gboolean
quay_server_read (QuayServerCall *call, const QuayShape *shape, gpointer message)
{
  gsize len;
  g_autoptr (GError) error = NULL;
  const void *bytes = g_bytes_get_data (call->body, &len);
  if (quay_message_decode (shape, bytes, len, message, &error))
    return TRUE;
  quay_server_problem (call, 400, "bad-request", "the message can't be read");
  return FALSE;
}

/* What the answer is an answer to: the digest that the client has sent, or failing that the one of
 * what came. */
static char *
request_digest (const QuayServerRequest *request)
{
  const char *claimed = request->headers.digest;
  if (claimed != NULL && strlen (claimed) == DIGEST_LEN &&
      g_str_has_prefix (claimed, "sha-256=:") && g_str_has_suffix (claimed, ":") &&
      strspn (claimed + 9, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") ==
          44)
    return g_strdup (claimed);
  return quay_wire_digest (request->body, request->len);
}

static void
sign (QuayServer *server, QuayServerAnswer *answer, const char *digest)
{
  gsize len;
  const void *body = g_bytes_get_data (answer->body, &len);
  quay_signed_clear (&answer->headers);
  quay_wire_sign_answer (&answer->headers, &server->identity.keys[0], server->identity.ids[0],
                         answer->status, digest, body, len);
}

/* A failure of the database: nothing was done, or it is not known; asking again is right. */
static void
answer_failure (QuayServerCall *call, const GError *error)
{
  g_message ("%s failed: %s", call->request->path, error->message);
  if (quay_error_is_storage (error))
    tell_to_wait (call, 503, "storage", "the server can't write now", BUSY_WAIT);
  else
    quay_server_problem (call, 500, "server-error", "the server has failed");
}

/* --- who asks --- */

/* The first request signed by a new key ends the ones before it, and what was sealed for them. */
static gboolean
use_new_key (QuayServerCall *call, GError **error)
{
  g_auto (QuayServerScope) scope = { NULL };
  QuayServerDb *db = call->db;
  if (!quay_server_scope_begin (&scope, db, TRUE, error))
    return FALSE;
  g_autoptr (GArray) keys = db->ops->keys (db, &call->till.id, error);
  if (keys == NULL)
    return FALSE;
  for (guint i = 0; i < keys->len; i++)
    {
      QuayServerKey *key = &g_array_index (keys, QuayServerKey, i);
      key->state =
          strcmp (key->id, call->key.id) == 0 ? QUAY_SERVER_KEY_GOOD : QUAY_SERVER_KEY_OVER;
      if (!db->ops->key_put (db, key, error))
        return FALSE;
    }
  call->key.state = QUAY_SERVER_KEY_GOOD;
  return db->ops->persons_bump (db, &call->till.site, quay_server_now (call->server), NULL,
                                error) &&
         db->ops->person_leave (db, &call->till.site, &call->till.id, call->key.id, error) &&
         quay_server_scope_commit (&scope, error);
}

static gboolean
find_key (QuayServerCall *call, gboolean *found, GError **error)
{
  QuayId id;
  GError *failed = NULL;
  const QuayServerRequest *request = call->request;
  g_autofree char *key_id =
      request->headers.input != NULL ? quay_wire_key_id (request->headers.input) : NULL;
  *found = quay_id_from_text (request->till, &id) && key_id != NULL &&
           call->db->ops->till_find (call->db, &id, &call->till, &failed) &&
           call->db->ops->key_find (call->db, &id, key_id, &call->key, &failed);
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, failed);
  return FALSE;
}

static gboolean
turn_away (QuayServerCall *call, guint status, const char *type, const char *title)
{
  quay_server_problem (call, status, type, title);
  return FALSE;
}

/* FALSE after an answer, or with an error. */
static gboolean
check_sender (QuayServerCall *call, GError **error)
{
  gboolean found;
  gint64 wait = 0;
  const QuayServerRequest *request = call->request;
  if (!find_key (call, &found, error))
    return FALSE;
  if (!found)
    return turn_away (call, 401, "unknown-till", "no such till or key");
  if (!quay_wire_check_request (&request->headers, call->key.public, request->method, request->path,
                                request->till, request->body, request->len))
    return turn_away (call, 401, "bad-signature", "the signature is not good");
  if (call->till.state != 0 || call->key.state == QUAY_SERVER_KEY_OVER)
    return turn_away (call, 403, "revoked", "this till's key was revoked");
  if (!quay_server_may_ask (call->server, &call->till.id, &wait))
    {
      tell_to_wait (call, 429, "too-many", "too many requests", wait);
      return FALSE;
    }
  return call->key.state != QUAY_SERVER_KEY_NEXT || use_new_key (call, error);
}

/* --- what is asked --- */

static gboolean
unpack (QuayServerCall *call)
{
  const QuayServerRequest *request = call->request;
  const char *encoding = request->encoding;
  if (encoding == NULL || *encoding == '\0' || g_ascii_strcasecmp (encoding, "identity") == 0)
    {
      call->body = g_bytes_new_static (request->body, request->len);
      return TRUE;
    }
  if (g_ascii_strcasecmp (encoding, "zstd") != 0)
    {
      quay_server_problem (call, 415, "bad-encoding", "bodies are plain or zstd");
      return FALSE;
    }
  call->body = quay_wire_unpack (request->body, request->len, QUAY_WIRE_UP_PLAIN, NULL);
  if (call->body == NULL)
    quay_server_problem (call, 400, "bad-request", "the body can't be unpacked");
  return call->body != NULL;
}

static void
try_call (QuayServerCall *call, const Call *which, GError **error)
{
  GError *failed = NULL;
  g_auto (QuayServerUse) use = { NULL };
  if (!quay_server_take (&use, call->server, error))
    return;
  call->db = use.db;
  if ((which->open || check_sender (call, &failed)) && unpack (call))
    which->func (call, &failed);
  quay_server_give (&use, failed);
  g_clear_pointer (&call->body, g_bytes_unref);
  if (failed != NULL)
    g_propagate_error (error, failed);
}

/* Where several connections write, another one's work can be in the way: then nothing was done
 * here, and the same is tried again. */
static void
run_call (QuayServerCall *call, const Call *which)
{
  g_autoptr (GError) error = NULL;
  try_call (call, which, &error);
  for (guint i = 0; i < TRIES && g_error_matches (error, QUAY_ERROR, QUAY_ERROR_BUSY); i++)
    {
      g_clear_error (&error);
      g_clear_pointer (&call->answer->body, g_bytes_unref);
      try_call (call, which, &error);
    }
  if (error != NULL)
    answer_failure (call, error);
  else if (call->answer->body == NULL)
    quay_server_problem (call, 500, "server-error", "the server has failed");
}

static gboolean
is_other_version (const char *path)
{
  gsize digits = path[0] == '/' && path[1] == 'v' ? strspn (path + 2, "0123456789") : 0;
  return digits > 0 && (path[2 + digits] == '/' || path[2 + digits] == '\0') &&
         !(digits == 1 && path[2] == '1');
}

static void
dispatch (QuayServerCall *call)
{
  const QuayServerRequest *request = call->request;
  if (is_other_version (request->path))
    {
      QuayMsgProblem problem = { .type = (char *)"no-such-version",
                                 .title = (char *)"this server speaks version 1",
                                 .status = 404,
                                 .version = 1 };
      quay_server_problem_full (call, &problem);
      return;
    }
  const Call *which = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    if (strcmp (request->path, calls[i].path) == 0)
      which = &calls[i];
  if (which == NULL)
    quay_server_problem (call, 404, "not-found", "no such call");
  else if (strcmp (request->method, "POST") != 0)
    quay_server_problem (call, 405, "bad-method", "calls are POST");
  else if (request->cut || request->len > quay_server_body_limit (request->path))
    quay_server_problem (call, 413, "too-large", "the body is too large");
  else
    run_call (call, which);
}

/* --- open to all --- */

static char *
read_nonce (const char *query)
{
  const char *nonce = query != NULL && g_str_has_prefix (query, "nonce=") ? query + 6 : "";
  gsize len = strlen (nonce);
  if (len == 0 || len > NONCE_MAX ||
      strspn (nonce, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.") != len)
    return NULL;
  return g_strdup (nonce);
}

static gboolean
answer_time (QuayServerCall *call, char **digest)
{
  g_autofree char *nonce = read_nonce (call->request->query);
  if (nonce == NULL)
    return quay_server_problem (call, 400, "bad-request",
                                "a nonce of letters and digits is needed");
  QuayMsgTime message = { .time = quay_server_now (call->server),
                          .node = (char *)quay_server_node (call->server),
                          .nonce = nonce };
  g_free (*digest);
  *digest = quay_wire_digest (nonce, strlen (nonce));
  quay_server_say (call, &quay_msg_time, &message);
  return TRUE;
}

/* Whether the database answers; for whoever watches the service. */
static void
answer_health (QuayServerCall *call)
{
  g_auto (QuayServerUse) use = { NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *value = NULL;
  if (quay_server_take (&use, call->server, &error))
    {
      use.db->ops->value_find (use.db, "node", &value, &error);
      quay_server_give (&use, error);
    }
  if (error != NULL)
    {
      answer_failure (call, error);
      return;
    }
  g_autoptr (GString) text = g_string_new ("{");
  quay_json_key (text, "ok");
  g_string_append (text, "true");
  quay_json_key (text, "node");
  quay_json_text (text, quay_server_node (call->server));
  quay_json_key (text, "version");
  quay_json_text (text, QUAY_VERSION);
  g_string_append_c (text, '}');
  give (call->answer, 200, "application/json", g_string_free_to_bytes (g_steal_pointer (&text)));
}

static gboolean
is_get (const QuayServerRequest *request, const char *path)
{
  return strcmp (request->method, "GET") == 0 && strcmp (request->path, path) == 0;
}

void
quay_server_handle (QuayServer *server, const QuayServerRequest *request, QuayServerAnswer *answer)
{
  QuayServerCall call = { .server = server, .request = request, .answer = answer };
  g_autofree char *digest = request_digest (request);
  memset (answer, 0, sizeof *answer);
  if (is_get (request, "/v1/time"))
    answer_time (&call, &digest);
  else if (is_get (request, "/v1/health"))
    answer_health (&call);
  else
    dispatch (&call);
  sign (server, answer, digest);
}
