/* The server that misbehaves, and its certificates. */
#include "raw-server.h"

#include <fcntl.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define REQUEST_MAX (2 * 1024 * 1024)

/* --- a connection --- */

typedef struct
{
  int fd;
  SSL *ssl;
} Line;

static gssize
line_read (Line *line, void *bytes, gsize len)
{
  return line->ssl != NULL ? SSL_read (line->ssl, bytes, (int)len) : read (line->fd, bytes, len);
}

static gboolean
line_write (Line *line, const void *bytes, gsize len)
{
  const char *at = bytes;
  while (len > 0)
    {
      gssize n = line->ssl != NULL ? SSL_write (line->ssl, at, (int)MIN (len, 16384))
                                   : send (line->fd, at, len, MSG_NOSIGNAL);
      if (n <= 0)
        return FALSE;
      at += n;
      len -= (gsize)n;
    }
  return TRUE;
}

/* One whole request; the headers are kept. */
static gboolean
read_request (RawServer *server, Line *line)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize need = REQUEST_MAX;
  while (text->len < need)
    {
      char buffer[16384];
      gssize n = line_read (line, buffer, sizeof buffer);
      if (n <= 0)
        return FALSE;
      g_string_append_len (text, buffer, n);
      g_mutex_lock (&server->mutex);
      server->received += (gsize)n;
      g_mutex_unlock (&server->mutex);
      const char *end = strstr (text->str, "\r\n\r\n");
      if (end != NULL && need == REQUEST_MAX)
        {
          g_autofree char *head = g_strndup (text->str, (gsize)(end - text->str));
          g_autofree char *lower = g_ascii_strdown (head, -1);
          const char *length = strstr (lower, "content-length: ");
          need = (gsize)(end - text->str) + 4 +
                 (length != NULL ? strtoul (length + strlen ("content-length: "), NULL, 10) : 0);
          g_mutex_lock (&server->mutex);
          g_free (server->last);
          server->last = g_steal_pointer (&head);
          g_mutex_unlock (&server->mutex);
        }
    }
  g_mutex_lock (&server->mutex);
  server->requests++;
  g_cond_broadcast (&server->changed);
  g_mutex_unlock (&server->mutex);
  return TRUE;
}

static void
flood (RawServer *server, Line *line, gsize len)
{
  char zeros[4096] = { 0 };
  for (gsize sent = 0; sent < len && line_write (line, zeros, sizeof zeros);)
    {
      sent += sizeof zeros;
      g_mutex_lock (&server->mutex);
      server->flooded = sent;
      g_mutex_unlock (&server->mutex);
    }
}

static void
wait_for_the_end (Line *line)
{
  char byte;
  while (line_read (line, &byte, 1) > 0)
    ;
}

static void
talk (RawServer *server, Line *line)
{
  const RawScript *script = server->script;
  while (read_request (server, line))
    {
      if (script->bytes != NULL && !line_write (line, script->bytes, strlen (script->bytes)))
        return;
      flood (server, line, script->flood);
      if (script->hang)
        wait_for_the_end (line);
      if (script->hang || script->close)
        return;
    }
}

static void
serve (RawServer *server, SSL_CTX *context, int fd)
{
  Line line = { fd, NULL };
  g_assert_cmpint (fcntl (fd, F_SETFL, 0), ==, 0); /* GSocket leaves it non-blocking */
  g_mutex_lock (&server->mutex);
  server->connections++;
  g_mutex_unlock (&server->mutex);
  if (server->script->mute)
    return;
  if (server->script->eager)
    {
      line_write (&line, server->script->bytes, strlen (server->script->bytes));
      wait_for_the_end (&line);
      return;
    }
  if (context != NULL)
    {
      line.ssl = SSL_new (context);
      SSL_set_fd (line.ssl, fd);
      if (SSL_accept (line.ssl) == 1)
        {
          g_mutex_lock (&server->mutex);
          server->resumed += SSL_session_reused (line.ssl) == 1;
          g_mutex_unlock (&server->mutex);
          talk (server, &line);
          SSL_shutdown (line.ssl);
        }
      SSL_free (line.ssl);
    }
  else
    talk (server, &line);
}

static gpointer
server_thread (gpointer data)
{
  RawServer *server = data;
  g_autoptr (GSocket) socket = NULL;
  SSL_CTX *context = NULL;
  if (server->cert != NULL)
    {
      context = SSL_CTX_new (TLS_server_method ());
      g_assert_cmpint (SSL_CTX_use_certificate_chain_file (context, server->cert), ==, 1);
      g_assert_cmpint (SSL_CTX_use_PrivateKey_file (context, server->cert, SSL_FILETYPE_PEM), ==,
                       1);
    }
  while ((socket = g_socket_accept (server->listener, server->stop, NULL)) != NULL)
    {
      serve (server, context, g_socket_get_fd (socket));
      g_clear_object (&socket);
    }
  SSL_CTX_free (context);
  return NULL;
}

/* --- the server --- */

RawServer *
raw_server_new (const RawScript *script, const char *cert)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  RawServer *server = g_new0 (RawServer, 1);
  server->script = script;
  server->cert = g_strdup (cert);
  g_mutex_init (&server->mutex);
  g_cond_init (&server->changed);
  server->stop = g_cancellable_new ();
  server->listener =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_assert_true (g_socket_bind (server->listener, any, TRUE, NULL));
  g_assert_true (g_socket_listen (server->listener, NULL));
  g_autoptr (GSocketAddress) bound = g_socket_get_local_address (server->listener, NULL);
  server->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  server->thread = g_thread_new ("raw-server", server_thread, server);
  return server;
}

void
raw_server_stop (RawServer *server)
{
  g_cancellable_cancel (server->stop);
  g_clear_pointer (&server->thread, g_thread_join);
}

void
raw_server_free (RawServer *server)
{
  raw_server_stop (server);
  g_object_unref (server->stop);
  g_object_unref (server->listener);
  g_cond_clear (&server->changed);
  g_mutex_clear (&server->mutex);
  g_free (server->cert);
  g_free (server->last);
  g_free (server);
}

void
raw_server_wait (RawServer *server, guint requests)
{
  g_mutex_lock (&server->mutex);
  while (server->requests < requests)
    g_cond_wait (&server->changed, &server->mutex);
  g_mutex_unlock (&server->mutex);
}

/* --- certificates --- */

static void
write_pem (const char *path, const char *mode, X509 *cert, EVP_PKEY *key)
{
  FILE *file = fopen (path, mode);
  g_assert_nonnull (file);
  if (cert != NULL)
    g_assert_cmpint (PEM_write_X509 (file, cert), ==, 1);
  if (key != NULL)
    g_assert_cmpint (PEM_write_PrivateKey (file, key, NULL, NULL, 0, NULL, NULL), ==, 1);
  g_assert_cmpint (fclose (file), ==, 0);
}

static void
add_extension (X509 *cert, X509 *issuer, int nid, const char *value)
{
  X509V3_CTX context;
  X509V3_set_ctx (&context, issuer, cert, NULL, NULL, 0);
  X509_EXTENSION *extension = X509V3_EXT_conf_nid (NULL, &context, nid, value);
  g_assert_nonnull (extension);
  g_assert_cmpint (X509_add_ext (cert, extension, -1), ==, 1);
  X509_EXTENSION_free (extension);
}

static X509 *
new_cert (EVP_PKEY *key, const char *name, long from, long to)
{
  static long serial = 1;
  X509 *cert = X509_new ();
  X509_set_version (cert, 2);
  ASN1_INTEGER_set (X509_get_serialNumber (cert), serial++);
  X509_gmtime_adj (X509_getm_notBefore (cert), from);
  X509_gmtime_adj (X509_getm_notAfter (cert), to);
  X509_set_pubkey (cert, key);
  X509_NAME_add_entry_by_txt (X509_get_subject_name (cert), "CN", MBSTRING_UTF8,
                              (const guint8 *)name, -1, -1, 0);
  return cert;
}

void
raw_make_ca (const char *dir, const char *name)
{
  g_autofree char *cert_path = g_strdup_printf ("%s/%s.pem", dir, name);
  g_autofree char *key_path = g_strdup_printf ("%s/%s.key", dir, name);
  EVP_PKEY *key = EVP_EC_gen ("P-256");
  X509 *cert = new_cert (key, name, -3600 * 24 * 4000, 3600 * 24 * 4000);
  X509_set_issuer_name (cert, X509_get_subject_name (cert));
  add_extension (cert, cert, NID_basic_constraints, "critical,CA:TRUE");
  add_extension (cert, cert, NID_subject_key_identifier, "hash");
  g_assert_cmpint (X509_sign (cert, key, EVP_sha256 ()), >, 0);
  write_pem (cert_path, "w", cert, NULL);
  write_pem (key_path, "w", NULL, key);
  X509_free (cert);
  EVP_PKEY_free (key);
}

char *
raw_make_cert (const char *dir, const char *name, const char *ca, const char *host, long from,
               long to)
{
  g_autofree char *ca_path = g_strdup_printf ("%s/%s.pem", dir, ca);
  g_autofree char *key_path = g_strdup_printf ("%s/%s.key", dir, ca);
  g_autofree char *path = g_strdup_printf ("%s/%s.pem", dir, name);
  g_autofree char *names =
      g_strdup_printf ("%s:%s", g_hostname_is_ip_address (host) ? "IP" : "DNS", host);
  FILE *file = fopen (ca_path, "r");
  X509 *issuer = PEM_read_X509 (file, NULL, NULL, NULL);
  fclose (file);
  file = fopen (key_path, "r");
  EVP_PKEY *issuer_key = PEM_read_PrivateKey (file, NULL, NULL, NULL);
  fclose (file);
  EVP_PKEY *key = EVP_EC_gen ("P-256");
  X509 *cert = new_cert (key, host, from, to);
  X509_set_issuer_name (cert, X509_get_subject_name (issuer));
  add_extension (cert, issuer, NID_subject_alt_name, names);
  g_assert_cmpint (X509_sign (cert, issuer_key, EVP_sha256 ()), >, 0);
  write_pem (path, "w", cert, key);
  X509_free (cert);
  X509_free (issuer);
  EVP_PKEY_free (key);
  EVP_PKEY_free (issuer_key);
  return g_steal_pointer (&path);
}
