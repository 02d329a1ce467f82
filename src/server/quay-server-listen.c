/* The listening socket, made here so that any family and a free port will do. */
#include "quay-server-listen.h"

#include "quay-error.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <unistd.h>

#define BACKLOG 512

static gboolean
split (const char *text, char **host, char **port)
{
  const char *colon = strrchr (text, ':');
  guint64 number;
  if (colon == NULL || !g_ascii_string_to_unsigned (colon + 1, 10, 0, 65535, &number, NULL))
    return FALSE;
  gsize len = (gsize)(colon - text);
  if (len >= 2 && text[0] == '[' && text[len - 1] == ']')
    *host = g_strndup (text + 1, len - 2);
  else
    *host = g_strndup (text, len);
  *port = g_strdup (colon + 1);
  return TRUE;
}

static gboolean
is_loopback (const struct sockaddr *address)
{
  if (address->sa_family == AF_INET)
    return (ntohl (((const struct sockaddr_in *)address)->sin_addr.s_addr) >> 24) == 127;
  return address->sa_family == AF_INET6 &&
         IN6_IS_ADDR_LOOPBACK (&((const struct sockaddr_in6 *)address)->sin6_addr);
}

static socklen_t
length_of (const struct sockaddr *address)
{
  return address->sa_family == AF_INET6 ? sizeof (struct sockaddr_in6)
                                        : sizeof (struct sockaddr_in);
}

static char *
describe (const struct sockaddr *address, gboolean with_port)
{
  char host[NI_MAXHOST];
  char port[NI_MAXSERV];
  if (getnameinfo (address, length_of (address), host, sizeof host, port, sizeof port,
                   NI_NUMERICHOST | NI_NUMERICSERV) != 0)
    return g_strdup ("");
  if (!with_port)
    return g_strdup (host);
  return g_strdup_printf (address->sa_family == AF_INET6 ? "[%s]:%s" : "%s:%s", host, port);
}

char *
quay_server_peer_text (const struct sockaddr *address)
{
  return address != NULL ? describe (address, FALSE) : g_strdup ("");
}

static int
open_socket (const struct addrinfo *info)
{
  int yes = 1;
  int fd = socket (info->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0)
    return -1;
  setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind (fd, info->ai_addr, info->ai_addrlen) == 0 && listen (fd, BACKLOG) == 0)
    return fd;
  int number = errno;
  close (fd);
  errno = number;
  return -1;
}

int
quay_server_listen (const char *text, gboolean *loopback, char **address, GError **error)
{
  g_autofree char *host = NULL;
  g_autofree char *port = NULL;
  struct addrinfo *info = NULL;
  struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE };
  if (!split (text, &host, &port) ||
      getaddrinfo (*host != '\0' ? host : NULL, port, &hints, &info) != 0)
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "'%s' is no HOST:PORT", text);
      return -1;
    }
  int fd = open_socket (info);
  int number = errno;
  freeaddrinfo (info);
  if (fd < 0)
    {
      g_set_error (error, QUAY_ERROR, number == EADDRINUSE ? QUAY_ERROR_BUSY : QUAY_ERROR_INVALID,
                   "can't listen on '%s': %s", text, g_strerror (number));
      return -1;
    }
  struct sockaddr_storage taken = { 0 };
  socklen_t len = sizeof taken;
  getsockname (fd, (struct sockaddr *)&taken, &len);
  *loopback = is_loopback ((struct sockaddr *)&taken);
  *address = describe ((struct sockaddr *)&taken, TRUE);
  return fd;
}
