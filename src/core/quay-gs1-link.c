/* GS1 Digital Link: an address whose path carries a GS1 key ("https://a/01/09520123456788/10/L1").
 * Read as text; nothing is ever fetched. Follows the reference parser of GS1. Pure; any thread. */
#include "quay-gs1-private.h"

#include <string.h>

#define MAX_SEGMENTS 64
#define MAX_VALUE 128

/* A part of the address; not terminated. */
typedef struct
{
  const char *at;
  gsize len;
} Span;

static gboolean
is_uri_char (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("-._~:/?#[]@!$&'()*+,;=%", c) != NULL);
}

static gboolean
is_host_char (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("-.:[]", c) != NULL);
}

/* Splits off what stands before the first @c; @rest is what follows, or empty. */
static Span
cut (Span whole, char c, Span *rest)
{
  const char *found = whole.len > 0 ? memchr (whole.at, c, whole.len) : NULL;
  gsize n = found != NULL ? (gsize)(found - whole.at) : whole.len;
  gsize used = found != NULL ? n + 1 : n;
  *rest = (Span){ whole.at + used, whole.len - used };
  return (Span){ whole.at, n };
}

/* The path without its first slash, and the query; FALSE if this is no address with a path. */
static gboolean
split_uri (const char *uri, gsize len, Span *path, Span *query)
{
  for (gsize i = 0; i < len; i++)
    if (!is_uri_char (uri[i]))
      return FALSE;
  gsize scheme = 0;
  if (len > 8 && g_ascii_strncasecmp (uri, "https://", 8) == 0)
    scheme = 8;
  else if (len > 7 && g_ascii_strncasecmp (uri, "http://", 7) == 0)
    scheme = 7;
  else
    return FALSE;
  Span rest = { uri + scheme, len - scheme };
  gsize host = 0;
  while (host < rest.len && is_host_char (rest.at[host]))
    host++;
  if (host == 0 || host == rest.len || rest.at[host] != '/')
    return FALSE;
  Span unused;
  rest = (Span){ rest.at + host + 1, rest.len - host - 1 };
  rest = cut (rest, '#', &unused);
  *path = cut (rest, '?', query);
  return TRUE;
}

static int
hex_pair (const char *p)
{
  int high = g_ascii_xdigit_value (p[0]);
  int low = g_ascii_xdigit_value (p[1]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/* Undoes the %-escapes of a value. */
static QuayCodeFault
unescape (Span value, gboolean plus_is_space, char out[MAX_VALUE], gsize *n)
{
  *n = 0;
  for (gsize i = 0; i < value.len; i++)
    {
      if (*n == MAX_VALUE)
        return QUAY_CODE_LENGTH;
      int c = (guchar)value.at[i];
      if (c == '+' && plus_is_space)
        c = ' ';
      if (c == '%')
        {
          c = i + 2 < value.len ? hex_pair (value.at + i + 1) : -1;
          i += 2;
        }
      if (c <= 0)
        return QUAY_CODE_ESCAPE;
      out[(*n)++] = (char)c;
    }
  return QUAY_CODE_OK;
}

static QuayCodeFault
add_value (QuayGs1 *gs1, const QuayGs1Rule *rule, Span ai, Span value, gboolean plus_is_space,
           gboolean short_gtin)
{
  char plain[MAX_VALUE];
  gsize n = 0;
  QuayCodeFault fault = unescape (value, plus_is_space, plain, &n);
  if (fault != QUAY_CODE_OK)
    return fault;
  if (short_gtin && strcmp (rule->first, "01") == 0 && (n == 8 || n == 12 || n == 13))
    {
      memmove (plain + 14 - n, plain, n);
      memset (plain, '0', 14 - n);
      n = 14;
    }
  return quay_gs1_add (gs1, rule, ai.at, ai.len, plain, n, TRUE);
}

/* True if @ai stands in the comma list @list; @rest is what follows it there. */
static gboolean
in_list (const char *list, const char *list_end, const char *ai, const char **rest)
{
  gsize n = strlen (ai);
  for (const char *p = list; p < list_end;)
    {
      const char *comma = memchr (p, ',', (gsize)(list_end - p));
      const char *stop = comma != NULL ? comma : list_end;
      const char *next = comma != NULL ? comma + 1 : list_end;
      if ((gsize)(stop - p) == n && memcmp (p, ai, n) == 0)
        {
          *rest = next;
          return TRUE;
        }
      p = next;
    }
  return FALSE;
}

/* True if the qualifiers read so far (all elements but the key) follow one alternative of the key
 * in order and, if given, @ai is of the same alternative. */
static gboolean
fits_qualifiers (const QuayGs1Rule *key, const QuayGs1 *gs1, guint n_path, const char *ai)
{
  for (const char *alt = key->qualifiers; alt != NULL && *alt != '\0';)
    {
      const char *end = strchrnul (alt, '|');
      const char *left = alt;
      gboolean fits = TRUE;
      for (guint i = 1; i < n_path && fits; i++)
        fits = in_list (left, end, gs1->elements[i].ai, &left);
      if (fits && (ai == NULL || in_list (alt, end, ai, &left)))
        return TRUE;
      alt = *end == '|' ? end + 1 : end;
    }
  return FALSE;
}

/* Where in @segments the identifying part begins: the last key that only known fields follow. */
static int
find_key (const Span *segments, int n, const QuayGs1Rule **key)
{
  for (int i = n - 2; i >= 0; i -= 2)
    {
      const QuayGs1Rule *rule = quay_gs1_rule (segments[i].at, segments[i].len);
      if (rule == NULL)
        return -1;
      if (rule->flags & QUAY_GS1_KEY)
        {
          *key = rule;
          return i;
        }
    }
  return -1;
}

static QuayCodeFault
parse_path (Span path, gboolean short_gtin, QuayGs1 *out, const QuayGs1Rule **key)
{
  Span segments[MAX_SEGMENTS];
  int n = 0;
  for (gboolean more = TRUE; more;)
    {
      if (n == MAX_SEGMENTS)
        return QUAY_CODE_NO_KEY;
      const char *before = path.at + path.len;
      segments[n] = cut (path, '/', &path);
      more = segments[n].at + segments[n].len < before;
      n++;
    }
  int first = find_key (segments, n, key);
  if (first < 0)
    return QUAY_CODE_NO_KEY;
  for (int i = first; i < n; i += 2)
    {
      const QuayGs1Rule *rule = quay_gs1_rule (segments[i].at, segments[i].len);
      QuayCodeFault fault = add_value (out, rule, segments[i], segments[i + 1], FALSE, short_gtin);
      if (fault != QUAY_CODE_OK)
        return fault;
    }
  if (out->n_elements > 1 && !fits_qualifiers (*key, out, out->n_elements, NULL))
    return QUAY_CODE_MISPLACED_AI;
  return QUAY_CODE_OK;
}

static gboolean
all_digits (Span s)
{
  for (gsize i = 0; i < s.len; i++)
    if (!g_ascii_isdigit (s.at[i]))
      return FALSE;
  return s.len > 0;
}

static QuayCodeFault
parse_query (Span query, gboolean short_gtin, QuayGs1 *out, const QuayGs1Rule *key)
{
  guint n_path = out->n_elements;
  while (query.len > 0)
    {
      Span pair = cut (query, '&', &query);
      Span value;
      Span name = cut (pair, '=', &value);
      if (name.len == pair.len || !all_digits (name))
        continue;
      const QuayGs1Rule *rule = quay_gs1_rule (name.at, name.len);
      if (rule == NULL)
        return QUAY_CODE_UNKNOWN_AI;
      QuayCodeFault fault = add_value (out, rule, name, value, TRUE, short_gtin);
      if (fault != QUAY_CODE_OK)
        return fault;
      const char *ai = out->elements[out->n_elements - 1].ai;
      if ((rule->flags & QUAY_GS1_QUERY) == 0 || fits_qualifiers (key, out, n_path, ai))
        return QUAY_CODE_MISPLACED_AI;
    }
  return QUAY_CODE_OK;
}

QuayCodeFault
quay_gs1_parse_link (const char *uri, gsize len, gboolean short_gtin, QuayGs1 *out)
{
  Span path;
  Span query;
  const QuayGs1Rule *key = NULL;
  *out = (QuayGs1){ 0 };
  if (!split_uri (uri, len, &path, &query))
    return QUAY_CODE_NO_KEY;
  QuayCodeFault fault = parse_path (path, short_gtin, out, &key);
  return fault == QUAY_CODE_OK ? parse_query (query, short_gtin, out, key) : fault;
}
