/* A recursive descent over RFC 8259. Where that leaves a choice, it is jansson's: whole numbers are
 * of 64 bits, a fraction must not overflow, no text has a NUL, half a surrogate is an error. */
#include "quay-json-read.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 2048
#define UNIT_LEN 6    /* of \uXXXX */
#define SORT_ABOVE 64 /* members: fewer are compared with each other */

typedef struct
{
  QuayJson *json;
  const char *start;
  const char *at;
  const char *end;
  guint depth;
} Reader;

static gboolean read_value (Reader *r);

/* Its place, since the list may move. */
static guint
add (Reader *r, QuayJsonType type)
{
  QuayJson *json = r->json;
  if (json->n == json->room)
    {
      gboolean few = json->values == json->few;
      json->room *= 2;
      json->values = g_renew (QuayJsonValue, few ? NULL : json->values, json->room);
      if (few)
        memcpy (json->values, json->few, sizeof json->few);
    }
  json->values[json->n] = (QuayJsonValue){ .type = type, .size = 1 };
  return json->n++;
}

static void
skip_space (Reader *r)
{
  while (r->at < r->end && (*r->at == ' ' || *r->at == '\n' || *r->at == '\r' || *r->at == '\t'))
    r->at++;
}

static gboolean
take (Reader *r, char c)
{
  skip_space (r);
  if (r->at == r->end || *r->at != c)
    return FALSE;
  r->at++;
  return TRUE;
}

/* --- texts --- */

/* The code of \uXXXX at @at; −1 if it is none. */
static int
read_unit (const char *at, const char *end)
{
  int code = 0;
  if (end - at < UNIT_LEN || at[0] != '\\' || at[1] != 'u')
    return -1;
  for (int i = 2; i < UNIT_LEN; i++)
    {
      int digit = g_ascii_xdigit_value (at[i]);
      if (digit < 0)
        return -1;
      code = code << 4 | digit;
    }
  return code;
}

/* The character that is escaped at r->at, which goes behind it; 0 if it is none. */
static gunichar
read_escaped (Reader *r)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meant[] = "\"\\/\b\f\n\r\t";
  const char *letter = r->end - r->at > 1 && r->at[1] != '\0' ? strchr (letters, r->at[1]) : NULL;
  if (letter != NULL)
    {
      r->at += 2;
      return (gunichar)meant[letter - letters];
    }
  int unit = read_unit (r->at, r->end);
  if (unit <= 0)
    return 0;
  r->at += UNIT_LEN;
  if (unit < 0xd800 || unit > 0xdfff)
    return (gunichar)unit;
  int low = unit < 0xdc00 ? read_unit (r->at, r->end) : -1;
  if (low < 0xdc00 || low > 0xdfff)
    return 0;
  r->at += UNIT_LEN;
  return (gunichar)(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00));
}

/* The rest of a text that began at @from, from its first escape on, written out. */
static gboolean
unescape (Reader *r, const char *from, QuayJsonValue *value)
{
  QuayJson *json = r->json;
  if (json->made == NULL)
    json->made = g_malloc ((gsize)(r->end - r->start)); /* nothing is longer than its escape */
  char *text = json->made + json->made_len;
  gsize len = (gsize)(r->at - from);
  memcpy (text, from, len);
  while (r->at < r->end && *r->at != '"')
    if ((guchar)*r->at < 0x20)
      return FALSE;
    else if (*r->at != '\\')
      text[len++] = *r->at++;
    else
      {
        gunichar c = read_escaped (r);
        if (c == 0)
          return FALSE;
        len += (gsize)g_unichar_to_utf8 (c, text + len);
      }
  json->made_len += len;
  value->u.text = text;
  value->n = (guint32)len;
  return r->at++ < r->end;
}

/* After its quote. */
static gboolean
read_text (Reader *r)
{
  const char *from = r->at;
  const char *p = from;
  guchar high = 0;
  while (p < r->end && *p != '"' && *p != '\\' && (guchar)*p >= 0x20)
    high |= (guchar)*p++;
  guint place = add (r, QUAY_JSON_TEXT);
  QuayJsonValue *value = &r->json->values[place];
  r->at = p;
  if (p == r->end)
    return FALSE;
  if (*p == '\\')
    return unescape (r, from, value) && g_utf8_validate_len (value->u.text, value->n, NULL);
  value->u.text = from;
  value->n = (guint32)(p - from);
  r->at++;
  return *p == '"' && (high < 0x80 || g_utf8_validate_len (from, value->n, NULL));
}

/* --- numbers and words --- */

static gboolean
skip_digits (Reader *r)
{
  const char *from = r->at;
  while (r->at < r->end && g_ascii_isdigit (*r->at))
    r->at++;
  return r->at > from;
}

/* A number with a fraction or exponent, which begin at r->at. None of our formats has one, so that
 * jansson may say whether it is too large. */
static gboolean
read_real (Reader *r, const char *from)
{
  if (r->at < r->end && *r->at == '.')
    {
      r->at++;
      if (!skip_digits (r))
        return FALSE;
    }
  if (r->at < r->end && (*r->at == 'e' || *r->at == 'E'))
    {
      r->at++;
      if (r->at < r->end && (*r->at == '+' || *r->at == '-'))
        r->at++;
      if (!skip_digits (r))
        return FALSE;
    }
  add (r, QUAY_JSON_REAL);
  json_t *real = json_loadb (from, (gsize)(r->at - from), JSON_DECODE_ANY, NULL);
  gboolean fits = real != NULL;
  json_decref (real);
  return fits;
}

static gboolean
read_number (Reader *r)
{
  const char *from = r->at;
  gboolean minus = *from == '-';
  gint64 n = 0;
  r->at += minus;
  const char *digits = r->at;
  if (!skip_digits (r) || (*digits == '0' && r->at - digits > 1))
    return FALSE;
  if (r->at < r->end && (*r->at == '.' || *r->at == 'e' || *r->at == 'E'))
    return read_real (r, from);
  for (const char *p = digits; p < r->at; p++)
    if (__builtin_mul_overflow (n, 10, &n) ||
        __builtin_add_overflow (n, minus ? '0' - *p : *p - '0', &n))
      return FALSE;
  guint place = add (r, QUAY_JSON_INT);
  r->json->values[place].u.number = n;
  return TRUE;
}

static gboolean
read_word (Reader *r, const char *word, QuayJsonType type)
{
  gsize len = strlen (word);
  if ((gsize)(r->end - r->at) < len || memcmp (r->at, word, len) != 0)
    return FALSE;
  r->at += len;
  add (r, type);
  return TRUE;
}

/* --- lists and objects --- */

static gboolean
keys_equal (const QuayJsonValue *a, const QuayJsonValue *b)
{
  return a->n == b->n && memcmp (a->u.text, b->u.text, a->n) == 0;
}

static int
compare_keys (const void *a, const void *b)
{
  const QuayJsonValue *x = *(QuayJsonValue *const *)a;
  const QuayJsonValue *y = *(QuayJsonValue *const *)b;
  return x->n != y->n ? (x->n < y->n ? -1 : 1) : memcmp (x->u.text, y->u.text, x->n);
}

static gboolean
sorted_has_twice (const QuayJsonValue *object)
{
  gboolean twice = FALSE;
  g_autofree const QuayJsonValue **keys = g_new (const QuayJsonValue *, object->n);
  const QuayJsonValue *key = object + 1;
  for (guint i = 0; i < object->n; i++, key += 1 + key[1].size)
    keys[i] = key;
  qsort (keys, object->n, sizeof *keys, compare_keys);
  for (guint i = 1; i < object->n && !twice; i++)
    twice = keys_equal (keys[i - 1], keys[i]);
  return twice;
}

/* Keys are told apart by a bit of 64 first; two that share one are compared. */
static gboolean
has_key_twice (const QuayJsonValue *object)
{
  guint64 seen = 0;
  const QuayJsonValue *key = object + 1;
  if (object->n > SORT_ABOVE)
    return sorted_has_twice (object);
  for (guint i = 0; i < object->n; i++, key += 1 + key[1].size)
    {
      guint mark = key->n;
      if (key->n > 0)
        mark += 7u * (guchar)key->u.text[0] + 13u * (guchar)key->u.text[key->n - 1];
      guint64 bit = G_GUINT64_CONSTANT (1) << (mark & 63);
      const QuayJsonValue *before = object + 1;
      for (; (seen & bit) != 0 && before < key; before += 1 + before[1].size)
        if (keys_equal (before, key))
          return TRUE;
      seen |= bit;
    }
  return FALSE;
}

static gboolean
read_member (Reader *r)
{
  return take (r, '"') && read_text (r) && take (r, ':') && read_value (r);
}

/* After the bracket or brace. */
static gboolean
read_held (Reader *r, QuayJsonType type)
{
  char last = type == QUAY_JSON_LIST ? ']' : '}';
  guint place = add (r, type);
  guint n = 0;
  if (!take (r, last))
    {
      do
        {
          if (!(type == QUAY_JSON_LIST ? read_value (r) : read_member (r)))
            return FALSE;
          n++;
        }
      while (take (r, ','));
      if (!take (r, last))
        return FALSE;
    }
  QuayJsonValue *value = &r->json->values[place];
  value->n = n;
  value->size = r->json->n - place;
  return type == QUAY_JSON_LIST || !has_key_twice (value);
}

static gboolean
read_one (Reader *r)
{
  switch (*r->at)
    {
    case '"':
      r->at++;
      return read_text (r);
    case '{':
      r->at++;
      return read_held (r, QUAY_JSON_OBJECT);
    case '[':
      r->at++;
      return read_held (r, QUAY_JSON_LIST);
    case 't':
      return read_word (r, "true", QUAY_JSON_TRUE);
    case 'f':
      return read_word (r, "false", QUAY_JSON_FALSE);
    case 'n':
      return read_word (r, "null", QUAY_JSON_NULL);
    default:
      return read_number (r);
    }
}

static gboolean
read_value (Reader *r)
{
  skip_space (r);
  if (r->at == r->end || r->depth == DEPTH_MAX)
    return FALSE;
  r->depth++;
  gboolean good = read_one (r);
  r->depth--;
  return good;
}

const QuayJsonValue *
quay_json_read (QuayJson *json, const void *bytes, gsize len)
{
  Reader r = { json, bytes, bytes, (const char *)bytes + len, 0 };
  json->values = json->few;
  json->room = QUAY_JSON_FEW;
  json->n = 0;
  json->made = NULL;
  json->made_len = 0;
  if (len > G_MAXUINT32 / 2 || !read_value (&r))
    return NULL;
  skip_space (&r);
  return r.at == r.end && json->values->type == QUAY_JSON_OBJECT ? json->values : NULL;
}

void
quay_json_clear (QuayJson *json)
{
  if (json->values != json->few)
    g_free (json->values);
  g_free (json->made);
  json->values = NULL;
  json->made = NULL;
}

/* --- asking --- */

gboolean
quay_json_is (const QuayJsonValue *value, const char *text)
{
  return value != NULL && value->type == QUAY_JSON_TEXT &&
         strncmp (text, value->u.text, value->n) == 0 && text[value->n] == '\0';
}

const QuayJsonValue *
quay_json_member (const QuayJsonValue *object, const char *key)
{
  if (object == NULL || object->type != QUAY_JSON_OBJECT)
    return NULL;
  const QuayJsonValue *at = object + 1;
  for (guint i = 0; i < object->n; i++, at += 1 + at[1].size)
    if (quay_json_is (at, key))
      return at + 1;
  return NULL;
}
