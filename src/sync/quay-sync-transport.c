/* HTTPS by libcurl. The multi handle is used with one easy handle, because it can be woken when the
 * program wants to end; both are kept, and with them the connection and the TLS session. */
#include "quay-sync-transport.h"

#include "quay-error.h"

#include <curl/curl.h>
#include <openssl/ssl.h>
#include <string.h>

#define HEADERS_MOST (64 * 1024)
#define POLL_MS 1000

struct _QuaySyncTransport
{
  char *url;
  char *ca;
  QuaySyncLimits limits;
  gint64 judge_at;
  QuaySyncIdle idle;
  gpointer idle_data;
  CURLM *multi;
  CURL *easy;
  int cancelled; /* atomic */

  /* the request under way */
  QuaySyncReply *reply;
  GByteArray *body;
  gsize header_bytes;
  gboolean headers_end; /* seen */
  gboolean too_large;
  char error[CURL_ERROR_SIZE];
};

/* --- the address --- */

static gboolean
host_is_here (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);
  return g_ascii_strcasecmp (host, "localhost") == 0 ||
         (address != NULL && g_inet_address_get_is_loopback (address));
}

static gboolean
host_is_sound (const char *host)
{
  for (const char *c = host; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr (".-_", *c) == NULL)
      return g_hostname_is_ip_address (host);
  return *host != '\0';
}

char *
quay_sync_url_clean (const char *url, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  const char *path = uri != NULL ? g_uri_get_path (uri) : "";
  gboolean bare = uri != NULL && host != NULL && host_is_sound (host) &&
                  (strcmp (path, "") == 0 || strcmp (path, "/") == 0) &&
                  g_uri_get_query (uri) == NULL && g_uri_get_fragment (uri) == NULL &&
                  g_uri_get_userinfo (uri) == NULL;
  gboolean safe = strcmp (scheme, "https") == 0 ||
                  (strcmp (scheme, "http") == 0 && bare && host_is_here (host));
  if (!bare || !safe)
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID,
                   "'%s' is not an address like https://server.example", url);
      return NULL;
    }
  gboolean six = strchr (host, ':') != NULL;
  g_autofree char *port =
      g_uri_get_port (uri) > 0 ? g_strdup_printf (":%d", g_uri_get_port (uri)) : g_strdup ("");
  return g_strdup_printf ("%s://%s%s%s%s", scheme, six ? "[" : "", host, six ? "]" : "", port);
}

/* --- what comes back --- */

static size_t
take_body_cb (char *bytes, size_t size, size_t n, void *data)
{
  QuaySyncTransport *transport = data;
  gsize len = size * n;
  gsize most = transport->reply->answer.packed ? QUAY_WIRE_DOWN_PACKED : QUAY_WIRE_DOWN_PLAIN;
  if (transport->body->len + len > most)
    {
      transport->too_large = TRUE;
      return 0;
    }
  g_byte_array_append (transport->body, (const guint8 *)bytes, (guint)len);
  return len;
}

static void
keep (char **member, const char *value)
{
  g_free (*member);
  *member = g_strdup (value);
}

static void
take_header (QuaySyncReply *reply, const char *name, const char *value)
{
  QuaySyncAnswer *answer = &reply->answer;
  if (g_ascii_strcasecmp (name, "content-digest") == 0)
    keep (&answer->headers.digest, value);
  else if (g_ascii_strcasecmp (name, "signature-input") == 0)
    keep (&answer->headers.input, value);
  else if (g_ascii_strcasecmp (name, "signature") == 0)
    keep (&answer->headers.sig, value);
  else if (g_ascii_strcasecmp (name, "content-type") == 0)
    keep (&reply->type, value);
  else if (g_ascii_strcasecmp (name, "content-encoding") == 0)
    answer->packed = g_ascii_strcasecmp (value, "zstd") == 0;
  else if (g_ascii_strcasecmp (name, "retry-after") == 0)
    {
      guint64 seconds = 0;
      if (g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT, &seconds, NULL))
        answer->retry_after = (gint64)seconds;
    }
}

static size_t
take_header_cb (char *bytes, size_t size, size_t n, void *data)
{
  QuaySyncTransport *transport = data;
  gsize len = size * n;
  g_autofree char *line = g_strndup (bytes, len);
  char *colon = strchr (line, ':');
  transport->header_bytes += len;
  if (transport->header_bytes > HEADERS_MOST)
    {
      transport->too_large = TRUE;
      return 0;
    }
  if (g_str_has_prefix (line, "HTTP/")) /* what came before was an interim answer's */
    quay_sync_reply_clear (transport->reply);
  transport->headers_end = strcmp (line, "\r\n") == 0 || strcmp (line, "\n") == 0;
  if (colon == NULL || !g_utf8_validate (line, -1, NULL))
    return len;
  *colon = '\0';
  take_header (transport->reply, line, g_strstrip (colon + 1));
  return len;
}

void
quay_sync_reply_clear (QuaySyncReply *reply)
{
  g_clear_pointer (&reply->answer.body, g_bytes_unref);
  quay_signed_clear (&reply->answer.headers);
  g_free (reply->type);
  memset (reply, 0, sizeof *reply);
}

/* --- the handle --- */

static CURLcode
set_time_cb (CURL *easy, void *context, void *data)
{
  const QuaySyncTransport *transport = data;
  X509_VERIFY_PARAM *param = SSL_CTX_get0_param (context);
  if (transport->judge_at == QUAY_SYNC_ANY_TIME)
    X509_VERIFY_PARAM_set_flags (param, X509_V_FLAG_NO_CHECK_TIME);
  else if (transport->judge_at != 0)
    X509_VERIFY_PARAM_set_time (param, (time_t)transport->judge_at);
  return CURLE_OK;
}

/* A connection whose certificate was not judged by any time serves one request, and its session
 * none. */
static void
set_reuse (QuaySyncTransport *transport)
{
  CURL *easy = transport->easy;
  gboolean any_time = transport->judge_at == QUAY_SYNC_ANY_TIME;
  curl_easy_setopt (easy, CURLOPT_FRESH_CONNECT, (long)any_time);
  curl_easy_setopt (easy, CURLOPT_FORBID_REUSE, (long)any_time);
  curl_easy_setopt (easy, CURLOPT_SSL_SESSIONID_CACHE, (long)!any_time);
}

static void
set_safety (QuaySyncTransport *transport)
{
  CURL *easy = transport->easy;
  gboolean plain = g_str_has_prefix (transport->url, "http:");
  curl_easy_setopt (easy, CURLOPT_PROTOCOLS_STR, plain ? "http" : "https");
  curl_easy_setopt (easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt (easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt (easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt (easy, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt (easy, CURLOPT_SSL_CTX_FUNCTION, set_time_cb);
  curl_easy_setopt (easy, CURLOPT_SSL_CTX_DATA, transport);
  if (transport->ca != NULL)
    {
      curl_easy_setopt (easy, CURLOPT_CAINFO, transport->ca);
      curl_easy_setopt (easy, CURLOPT_CAPATH, NULL);
    }
  if (plain)
    curl_easy_setopt (easy, CURLOPT_PROXY, ""); /* this computer itself */
  curl_easy_setopt (easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
}

static void
set_limits (QuaySyncTransport *transport)
{
  CURL *easy = transport->easy;
  curl_easy_setopt (easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (easy, CURLOPT_CONNECTTIMEOUT_MS, (long)transport->limits.connect_ms);
  curl_easy_setopt (easy, CURLOPT_TIMEOUT_MS, (long)transport->limits.total_ms);
  curl_easy_setopt (easy, CURLOPT_LOW_SPEED_LIMIT, (long)transport->limits.slow_bytes);
  curl_easy_setopt (easy, CURLOPT_LOW_SPEED_TIME, (long)transport->limits.slow_s);
  curl_easy_setopt (easy, CURLOPT_TCP_KEEPALIVE, 1L);
  curl_easy_setopt (easy, CURLOPT_TCP_KEEPIDLE, 60L);
  curl_easy_setopt (easy, CURLOPT_TCP_KEEPINTVL, 30L);
}

QuaySyncTransport *
quay_sync_transport_new (const char *url, const char *ca)
{
  g_return_val_if_fail (url != NULL, NULL);
  QuaySyncTransport *transport = g_new0 (QuaySyncTransport, 1);
  curl_global_init (CURL_GLOBAL_DEFAULT);
  transport->url = g_strdup (url);
  transport->ca = g_strdup (ca);
  transport->limits = (QuaySyncLimits){ 20000, 15 * 60 * 1000, 50, 90 };
  transport->multi = curl_multi_init ();
  transport->easy = curl_easy_init ();
  g_assert (transport->multi != NULL && transport->easy != NULL);
  set_safety (transport);
  curl_easy_setopt (transport->easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
  curl_easy_setopt (transport->easy, CURLOPT_USERAGENT, "quay/" QUAY_VERSION);
  curl_easy_setopt (transport->easy, CURLOPT_ERRORBUFFER, transport->error);
  curl_easy_setopt (transport->easy, CURLOPT_WRITEFUNCTION, take_body_cb);
  curl_easy_setopt (transport->easy, CURLOPT_WRITEDATA, transport);
  curl_easy_setopt (transport->easy, CURLOPT_HEADERFUNCTION, take_header_cb);
  curl_easy_setopt (transport->easy, CURLOPT_HEADERDATA, transport);
  return transport;
}

void
quay_sync_transport_free (QuaySyncTransport *transport)
{
  if (transport == NULL)
    return;
  curl_easy_cleanup (transport->easy);
  curl_multi_cleanup (transport->multi);
  curl_global_cleanup ();
  g_free (transport->url);
  g_free (transport->ca);
  g_free (transport);
}

void
quay_sync_transport_set_limits (QuaySyncTransport *transport, const QuaySyncLimits *limits)
{
  transport->limits = *limits;
}

void
quay_sync_transport_set_time (QuaySyncTransport *transport, gint64 seconds)
{
  transport->judge_at = seconds;
}

void
quay_sync_transport_set_idle (QuaySyncTransport *transport, QuaySyncIdle idle, gpointer data)
{
  transport->idle = idle;
  transport->idle_data = data;
}

void
quay_sync_transport_cancel (QuaySyncTransport *transport)
{
  g_atomic_int_set (&transport->cancelled, 1);
  curl_multi_wakeup (transport->multi);
}

void
quay_sync_transport_resume (QuaySyncTransport *transport)
{
  g_atomic_int_set (&transport->cancelled, 0);
}

/* --- one request --- */

static struct curl_slist *
add_header (struct curl_slist *list, const char *name, const char *value)
{
  g_autofree char *line = g_strdup_printf ("%s: %s", name, value);
  return curl_slist_append (list, line);
}

static struct curl_slist *
request_headers (const char *till, const QuaySyncAction *action)
{
  struct curl_slist *list = NULL;
  list = add_header (list, "Accept-Encoding", "zstd");
  if (action->body == NULL)
    return list;
  list = add_header (list, "Till", till);
  list = add_header (list, "Content-Type", action->type);
  if (action->packed)
    list = add_header (list, "Content-Encoding", "zstd");
  list = add_header (list, "Content-Digest", action->headers->digest);
  list = add_header (list, "Signature-Input", action->headers->input);
  list = add_header (list, "Signature", action->headers->sig);
  return curl_slist_append (list, "Expect:");
}

/* Whether all @len bytes of the body are on their way. */
static gboolean
was_sent (QuaySyncTransport *transport, gsize len)
{
  curl_off_t sent = 0;
  curl_easy_getinfo (transport->easy, CURLINFO_SIZE_UPLOAD_T, &sent);
  return len > 0 && sent == (curl_off_t)len;
}

/* Runs the transfer of @len bytes to its end; FALSE if it was cancelled. */
static gboolean
run (QuaySyncTransport *transport, gsize len, CURLcode *code)
{
  int running = 1;
  int left;
  gboolean idle = transport->idle != NULL;
  *code = CURLE_FAILED_INIT;
  while (running > 0 && !g_atomic_int_get (&transport->cancelled))
    {
      if (curl_multi_perform (transport->multi, &running) != CURLM_OK)
        return TRUE;
      if (running > 0 && idle && was_sent (transport, len))
        {
          idle = FALSE;
          transport->idle (transport->idle_data);
        }
      else if (running > 0)
        curl_multi_poll (transport->multi, NULL, 0, POLL_MS, NULL);
    }
  if (running > 0)
    return FALSE;
  for (CURLMsg *msg; (msg = curl_multi_info_read (transport->multi, &left)) != NULL;)
    if (msg->msg == CURLMSG_DONE)
      *code = msg->data.result;
  return TRUE;
}

/* Whether the request was on its way: else there was no connection at all. */
static gboolean
was_connected (CURL *easy)
{
  curl_off_t ready = 0;
  curl_easy_getinfo (easy, CURLINFO_PRETRANSFER_TIME_T, &ready);
  return ready > 0;
}

static QuaySyncLost
lost_by_certificate (CURL *easy)
{
  long verdict = X509_V_OK;
  curl_easy_getinfo (easy, CURLINFO_SSL_VERIFYRESULT, &verdict);
  if (verdict == X509_V_ERR_CERT_HAS_EXPIRED || verdict == X509_V_ERR_CERT_NOT_YET_VALID)
    return QUAY_SYNC_LOST_CLOCK;
  return QUAY_SYNC_LOST_TLS;
}

static QuaySyncLost
lost_how (CURL *easy, CURLcode code)
{
  switch (code)
    {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
      return QUAY_SYNC_LOST_UNREACHED;
    case CURLE_OPERATION_TIMEDOUT:
      return was_connected (easy) ? QUAY_SYNC_LOST_TIMEOUT : QUAY_SYNC_LOST_UNREACHED;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
      return lost_by_certificate (easy);
    default: /* also a handshake that broke off before there was a certificate to judge */
      return QUAY_SYNC_LOST_CUT;
    }
}

static void
fill_answer (QuaySyncTransport *transport, QuaySyncReply *reply)
{
  long status = 0;
  curl_off_t took = 0;
  curl_easy_getinfo (transport->easy, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo (transport->easy, CURLINFO_TOTAL_TIME_T, &took);
  reply->answer.status = (guint)status;
  reply->answer.type = reply->type;
  reply->answer.took = took / 1000;
  reply->answer.body = g_byte_array_free_to_bytes (g_steal_pointer (&transport->body));
}

static void
fill_lost (QuaySyncTransport *transport, CURLcode code, QuaySyncReply *reply)
{
  reply->lost = lost_how (transport->easy, code);
  g_strlcpy (reply->why,
             transport->too_large          ? "the answer is too large"
             : transport->error[0] != '\0' ? transport->error
                                           : curl_easy_strerror (code),
             sizeof reply->why);
}

static void
set_body (CURL *easy, GBytes *body)
{
  gsize len;
  if (body == NULL)
    {
      curl_easy_setopt (easy, CURLOPT_HTTPGET, 1L);
      return;
    }
  const void *bytes = g_bytes_get_data (body, &len);
  curl_easy_setopt (easy, CURLOPT_POST, 1L);
  curl_easy_setopt (easy, CURLOPT_POSTFIELDS, bytes);
  curl_easy_setopt (easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)len);
}

QuaySyncOutcome
quay_sync_transport_send (QuaySyncTransport *transport, const char *till,
                          const QuaySyncAction *action, QuaySyncReply *reply)
{
  CURL *easy = transport->easy;
  CURLcode code;
  g_autofree char *url = g_strconcat (transport->url, action->path, NULL);
  struct curl_slist *headers = request_headers (till, action);
  memset (reply, 0, sizeof *reply);
  transport->reply = reply;
  transport->body = g_byte_array_new ();
  transport->header_bytes = 0;
  transport->too_large = transport->headers_end = FALSE;
  transport->error[0] = '\0';
  set_limits (transport);
  set_reuse (transport);
  set_body (easy, action->body);
  curl_easy_setopt (easy, CURLOPT_URL, url);
  curl_easy_setopt (easy, CURLOPT_HTTPHEADER, headers);
  curl_multi_add_handle (transport->multi, easy);
  gboolean ended =
      run (transport, action->body != NULL ? g_bytes_get_size (action->body) : 0, &code);
  if (ended && code == CURLE_OK && !transport->headers_end)
    code = CURLE_PARTIAL_FILE; /* libcurl lets half a head pass */
  if (ended && code == CURLE_OK)
    fill_answer (transport, reply);
  else if (ended)
    fill_lost (transport, code, reply);
  curl_multi_remove_handle (transport->multi, easy);
  curl_easy_setopt (easy, CURLOPT_HTTPHEADER, NULL);
  curl_slist_free_all (headers);
  g_clear_pointer (&transport->body, g_byte_array_unref);
  return !ended ? QUAY_SYNC_CANCELLED : code == CURLE_OK ? QUAY_SYNC_ANSWERED : QUAY_SYNC_LOST;
}
