/* The network: it loses, delays, repeats, cuts, spoils and makes up requests and answers. Here is
 * also the transport by which enrolment sends, in place of the one that speaks HTTPS. */
#include "sim.h"

#include "quay-sync-transport.h"

#include <sodium.h>
#include <string.h>

#define ANSWERS_KEPT 20
#define LATE_KEPT 20

static SimWorld *present_world;

SimRequest *
sim_request_copy (const SimRequest *request)
{
  SimRequest *copy = g_new0 (SimRequest, 1);
  copy->path = g_strdup (request->path);
  copy->till = g_strdup (request->till);
  copy->body = g_bytes_ref (request->body);
  copy->packed = request->packed;
  copy->headers =
      (QuaySigned){ g_strdup (request->headers.digest), g_strdup (request->headers.input),
                    g_strdup (request->headers.sig) };
  return copy;
}

void
sim_request_free (SimRequest *request)
{
  g_bytes_unref (request->body);
  quay_signed_clear (&request->headers);
  g_free (request->path);
  g_free (request->till);
  g_free (request);
}

SimAnswer *
sim_answer_copy (const SimAnswer *answer)
{
  SimAnswer *copy = g_new0 (SimAnswer, 1);
  *copy = *answer;
  copy->digest = g_strdup (answer->digest);
  copy->type = g_strdup (answer->type);
  copy->body = g_bytes_ref (answer->body);
  copy->headers = (QuaySigned){ g_strdup (answer->headers.digest), g_strdup (answer->headers.input),
                                g_strdup (answer->headers.sig) };
  return copy;
}

void
sim_answer_free (SimAnswer *answer)
{
  if (answer == NULL)
    return;
  g_clear_pointer (&answer->body, g_bytes_unref);
  quay_signed_clear (&answer->headers);
  g_free (answer->digest);
  g_free (answer->type);
  g_free (answer);
}

static void
keep_answer (SimWorld *world, const SimAnswer *answer)
{
  if (answer == NULL)
    return;
  if (world->answers->len >= ANSWERS_KEPT)
    g_ptr_array_remove_index (world->answers, (guint)sim_draw (world, world->answers->len));
  g_ptr_array_add (world->answers, sim_answer_copy (answer));
}

static void
keep_late (SimWorld *world, const SimRequest *request)
{
  if (world->late->len < LATE_KEPT)
    g_ptr_array_add (world->late, sim_request_copy (request));
}

/* --- spoiling --- */

static GBytes *
cut_bytes (SimWorld *world, GBytes *bytes)
{
  gsize len = g_bytes_get_size (bytes);
  return g_bytes_new_from_bytes (bytes, 0, len > 0 ? sim_draw (world, len) : 0);
}

static GBytes *
flip_bit (SimWorld *world, GBytes *bytes)
{
  gsize len;
  guint8 *copy = g_bytes_unref_to_data (g_bytes_ref (bytes), &len);
  if (len > 0)
    copy[sim_draw (world, len)] ^= (guint8)(1 << sim_draw (world, 8));
  return g_bytes_new_take (copy, len);
}

/* One bit of what came over the wire: mostly of the body. */
static void
spoil (SimWorld *world, GBytes **body, QuaySigned *headers)
{
  char **const texts[] = { &headers->digest, &headers->sig, &headers->input };
  if (sim_chance (world, 700))
    {
      GBytes *bad = sim_chance (world, 500) ? cut_bytes (world, *body) : flip_bit (world, *body);
      g_bytes_unref (*body);
      *body = bad;
      return;
    }
  char *text = *texts[sim_draw (world, G_N_ELEMENTS (texts))];
  if (text == NULL || *text == '\0')
    return;
  char *at = text + sim_draw (world, strlen (text));
  *at = *at == 'x' ? 'y' : 'x';
}

/* --- answers of others --- */

static SimAnswer *
make_up (SimWorld *world)
{
  static const struct
  {
    guint status;
    const char *type;
    const char *body;
    gint64 wait;
  } others[] = {
    { 200, "text/html", "<html><body>Please log in</body></html>", 0 },
    { 200, "application/json", "{\"hwm\":1000,\"head\":\"\",\"seal\":\"\"}", 0 },
    { 302, "text/html", "", 0 },
    { 500, "text/html", "<h1>Internal Server Error</h1>", 0 },
    { 503, "text/html", "<h1>Service Unavailable</h1>", 0 },
    { 503, "text/plain", "", 30 },
    { 409, "application/problem+json", "{\"type\":\"fork\",\"status\":409,\"at\":2}", 0 },
    { 403, "application/problem+json", "{\"type\":\"revoked\",\"status\":403}", 0 },
    { 404, "", "", 0 },
  };
  guint i = (guint)sim_draw (world, G_N_ELEMENTS (others));
  SimAnswer *answer = g_new0 (SimAnswer, 1);
  answer->status = others[i].status;
  answer->type = g_strdup (others[i].type);
  answer->wait = others[i].wait;
  answer->body = g_bytes_new (others[i].body, strlen (others[i].body));
  return answer;
}

/* One of before; to the very same request it is as good as the first time. */
static SimAnswer *
from_before (SimWorld *world)
{
  if (world->answers->len == 0)
    return make_up (world);
  return sim_answer_copy (world->answers->pdata[sim_draw (world, world->answers->len)]);
}

/* --- carrying --- */

/* What the network does to a request and its answer. */
typedef enum
{
  NET_PLAIN,
  NET_LOST,        /* the request */
  NET_LATE,        /* it arrives when nobody waits any more */
  NET_ANSWER_LOST, /* the answer */
  NET_TWICE,       /* it arrives twice, at once */
  NET_AGAIN,       /* and once more, later */
  NET_SPOILT,      /* the request is */
  NET_ANSWER_SPOILT,
  NET_OTHER,        /* another answers, the server never hears of it */
  NET_OTHER_AFTER,  /* another answers, the server has done it */
  NET_BEFORE,       /* an answer of before comes instead */
  NET_BEFORE_AFTER, /* and the server has done it */
  NET_N,
} NetFault;

static SimAnswer *
disturb (SimTill *till, NetFault fault)
{
  SimWorld *world = till->world;
  SimAnswer *answer = NULL;
  if (fault == NET_SPOILT)
    spoil (world, &till->request->body, &till->request->headers);
  if (fault == NET_LATE)
    keep_late (world, till->request);
  if (fault == NET_TWICE)
    sim_answer_free (sim_server_handle (world, till->request));
  if (fault != NET_LOST && fault != NET_LATE && fault != NET_OTHER && fault != NET_BEFORE)
    answer = sim_server_handle (world, till->request);
  if (fault != NET_SPOILT) /* to what, may be told wrongly */
    keep_answer (world, answer);
  if (fault == NET_AGAIN)
    keep_late (world, till->request);
  if (fault == NET_ANSWER_LOST)
    g_clear_pointer (&answer, sim_answer_free);
  if (fault == NET_ANSWER_SPOILT && answer != NULL)
    {
      spoil (world, &answer->body, &answer->headers);
      answer->ours = FALSE;
    }
  if (fault >= NET_OTHER)
    {
      sim_answer_free (answer);
      answer = fault < NET_BEFORE ? make_up (world) : from_before (world);
    }
  return answer;
}

void
sim_carry (SimTill *till)
{
  static const char *const names[NET_N] = {
    "arrives",       "is lost",        "is late",        "arrives, the answer is lost",
    "arrives twice", "will again",     "is spoilt",      "arrives, the answer is spoilt",
    "meets another", "ends elsewhere", "meets the past", "ends in the past",
  };
  SimWorld *world = till->world;
  NetFault fault = NET_PLAIN;
  if (!world->calm && sim_chance (world, world->plan.network))
    fault = (NetFault)(1 + sim_draw (world, NET_N - 1));
  sim_log (world, "till %u: %s %.8s %s", till->no, till->request->path,
           till->request->headers.digest + 9, names[fault]);
  till->answer = disturb (till, fault);
  till->flight = till->answer != NULL ? SIM_ANSWERED : SIM_LOST;
  till->lost = (QuaySyncLost)sim_draw (world, QUAY_SYNC_LOST_CLOCK + 1);
}

void
sim_carry_late (SimWorld *world)
{
  if (world->late->len == 0)
    return;
  guint i = (guint)sim_draw (world, world->late->len);
  g_autoptr (GPtrArray) one = g_ptr_array_new_with_free_func ((GDestroyNotify)sim_request_free);
  g_ptr_array_add (one, g_ptr_array_steal_index_fast (world->late, i));
  const SimRequest *request = one->pdata[0];
  sim_log (world, "late: %s of %.8s", request->path, request->till);
  SimAnswer *answer = sim_server_handle (world, request);
  keep_answer (world, answer);
  sim_answer_free (answer);
}

/* --- the transport of quay-sync-transport.h --- */

struct _QuaySyncTransport
{
  SimWorld *world;
};

static const char *
random_name (void)
{
  return "sim";
}

static guint32
random_number (void)
{
  return (guint32)sim_draw (present_world, G_GUINT64_CONSTANT (1) << 32);
}

static void
random_bytes (void *const bytes, const size_t n)
{
  for (gsize i = 0; i < n; i++)
    ((guint8 *)bytes)[i] = (guint8)sim_draw (present_world, 256);
}

static struct randombytes_implementation implementation = { random_name, random_number, NULL,
                                                            NULL,        random_bytes,  NULL };

void
sim_net_set_world (SimWorld *world)
{
  static gsize once;
  if (g_once_init_enter (&once))
    {
      randombytes_set_implementation (&implementation); /* keys come from the seed, too */
      g_once_init_leave (&once, 1);
    }
  present_world = world;
}

QuaySyncTransport *
quay_sync_transport_new (const char *url, const char *ca)
{
  QuaySyncTransport *transport = g_new0 (QuaySyncTransport, 1);
  transport->world = present_world;
  return transport;
}

void
quay_sync_transport_free (QuaySyncTransport *transport)
{
  g_free (transport);
}

void
quay_sync_transport_set_limits (QuaySyncTransport *transport, const QuaySyncLimits *limits)
{
}

void
quay_sync_transport_set_time (QuaySyncTransport *transport, gint64 seconds)
{
}

void
quay_sync_transport_cancel (QuaySyncTransport *transport)
{
}

void
quay_sync_transport_resume (QuaySyncTransport *transport)
{
}

char *
quay_sync_url_clean (const char *url, GError **error)
{
  return g_strdup (url);
}

void
quay_sync_reply_clear (QuaySyncReply *reply)
{
  g_clear_pointer (&reply->answer.body, g_bytes_unref);
  quay_signed_clear (&reply->answer.headers);
  g_free (reply->type);
  memset (reply, 0, sizeof *reply);
}

QuaySyncOutcome
quay_sync_transport_send (QuaySyncTransport *transport, const char *till,
                          const QuaySyncAction *action, QuaySyncReply *reply)
{
  SimWorld *world = transport->world;
  SimRequest request = { (char *)action->path, (char *)till, action->body, action->packed,
                         *action->headers };
  gboolean lost = !world->calm && sim_chance (world, world->plan.network / 2);
  memset (reply, 0, sizeof *reply);
  SimAnswer *answer = lost ? NULL : sim_server_handle (world, &request);
  if (answer == NULL || (!world->calm && sim_chance (world, world->plan.network / 2)))
    {
      reply->lost = QUAY_SYNC_LOST_TIMEOUT;
      sim_answer_free (answer);
      return QUAY_SYNC_LOST;
    }
  reply->answer.status = answer->status;
  reply->answer.packed = answer->packed;
  reply->answer.retry_after = answer->wait;
  reply->type = g_steal_pointer (&answer->type);
  reply->answer.type = reply->type;
  reply->answer.body = g_steal_pointer (&answer->body);
  reply->answer.headers = answer->headers;
  memset (&answer->headers, 0, sizeof answer->headers);
  sim_answer_free (answer);
  return QUAY_SYNC_ANSWERED;
}
