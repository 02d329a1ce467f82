/* How often a till may ask, and how often an address may guess a one-time code. In memory: a
 * restart forgives. */
#include "quay-server-private.h"

#include <sodium.h>
#include <string.h>

#define MANY 10000 /* entries before old ones are forgotten */
#define TRIES 5
#define TRIES_MS (60 * 1000)

typedef struct
{
  gint64 milli; /* thousandths of a request */
  gint64 at;    /* mono ms */
} Bucket;

typedef struct
{
  guint n;
  gint64 since;
} Tries;

static gboolean
is_full_cb (gpointer key, gpointer value, gpointer data)
{
  const Bucket *bucket = value;
  const gint64 *now = data;
  return *now - bucket->at > 60 * 60 * 1000;
}

static gboolean
is_old_cb (gpointer key, gpointer value, gpointer data)
{
  const gint64 *now = data;
  return *now - ((const Tries *)value)->since > TRIES_MS;
}

static void
fill (QuayServer *server, Bucket *bucket, gint64 now)
{
  gint64 gone = CLAMP (now - bucket->at, 0, 24 * 60 * 60 * 1000);
  bucket->milli = MIN ((gint64)server->burst * 1000, bucket->milli + gone * server->rate);
  bucket->at = now;
}

gboolean
quay_server_may_ask (QuayServer *server, const QuayId *till, gint64 *wait)
{
  if (server->rate == 0)
    return TRUE;
  gint64 now = server->env.mono_ms (server->env.data);
  g_mutex_lock (&server->limits_lock);
  if (g_hash_table_size (server->buckets) > MANY)
    g_hash_table_foreach_remove (server->buckets, is_full_cb, &now);
  Bucket *bucket = g_hash_table_lookup (server->buckets, till);
  if (bucket == NULL)
    {
      bucket = g_new0 (Bucket, 1);
      bucket->milli = (gint64)server->burst * 1000;
      bucket->at = now;
      g_hash_table_insert (server->buckets, g_memdup2 (till, sizeof *till), bucket);
    }
  fill (server, bucket, now);
  gboolean may = bucket->milli >= 1000;
  if (may)
    bucket->milli -= 1000;
  g_mutex_unlock (&server->limits_lock);
  *wait = 1;
  return may;
}

gboolean
quay_server_may_try (QuayServer *server, const char *address, gint64 *wait)
{
  gint64 now = server->env.mono_ms (server->env.data);
  g_mutex_lock (&server->limits_lock);
  const Tries *tries = g_hash_table_lookup (server->tries, address);
  gboolean may = tries == NULL || tries->n < TRIES || now - tries->since > TRIES_MS;
  if (!may)
    *wait = (TRIES_MS - (now - tries->since)) / 1000 + 1;
  g_mutex_unlock (&server->limits_lock);
  return may;
}

void
quay_server_was_wrong (QuayServer *server, const char *address)
{
  gint64 now = server->env.mono_ms (server->env.data);
  g_mutex_lock (&server->limits_lock);
  if (g_hash_table_size (server->tries) > MANY)
    g_hash_table_foreach_remove (server->tries, is_old_cb, &now);
  Tries *tries = g_hash_table_lookup (server->tries, address);
  if (tries == NULL)
    {
      tries = g_new0 (Tries, 1);
      g_hash_table_insert (server->tries, g_strdup (address), tries);
    }
  if (tries->n == 0 || now - tries->since > TRIES_MS)
    *tries = (Tries){ 0, now };
  tries->n++;
  g_mutex_unlock (&server->limits_lock);
}

/* The code is of digits and letters without I, L, O, U; what looks alike counts alike. */
static char
read_letter (char c)
{
  c = g_ascii_toupper (c);
  if (c == 'O')
    return '0';
  if (c == 'I' || c == 'L')
    return '1';
  return g_ascii_isalnum (c) ? c : '\0';
}

void
quay_server_hash_code (QuayServer *server, const char *text, guint8 hash[32])
{
  g_autoptr (GString) plain = g_string_new (NULL);
  for (; *text != '\0' && plain->len < 64; text++)
    {
      char c = read_letter (*text);
      if (c != '\0')
        g_string_append_c (plain, c);
    }
  crypto_generichash (hash, 32, (const guint8 *)plain->str, plain->len, server->identity.pepper,
                      sizeof server->identity.pepper);
}
