/* UUIDv7 and its text form. Pure. */
#include "quay-id.h"

#include <string.h>

QuayId
quay_id_new (const QuayEnv *env)
{
  QuayId id;
  guint64 ms = (guint64)env->wall_ms (env->data);
  env->random (env->data, id.b, sizeof id.b);
  for (int i = 0; i < 6; i++)
    id.b[i] = (guint8)(ms >> (8 * (5 - i)));
  id.b[6] = (guint8)(0x70 | (id.b[6] & 0x0f));
  id.b[8] = (guint8)(0x80 | (id.b[8] & 0x3f));
  return id;
}

gboolean
quay_id_is_nil (const QuayId *id)
{
  static const QuayId nil;
  return memcmp (id->b, nil.b, sizeof id->b) == 0;
}

gboolean
quay_id_equal (const QuayId *a, const QuayId *b)
{
  return memcmp (a->b, b->b, sizeof a->b) == 0;
}

int
quay_id_compare (const QuayId *a, const QuayId *b)
{
  return memcmp (a->b, b->b, sizeof a->b);
}

guint
quay_id_hash (gconstpointer id)
{
  guint h;
  memcpy (&h, (const guint8 *)id + 12, sizeof h); /* the random end */
  return h;
}

gboolean
quay_id_equal_ptr (gconstpointer a, gconstpointer b)
{
  return quay_id_equal (a, b);
}

void
quay_id_to_text (const QuayId *id, char text[QUAY_ID_TEXT_LEN + 1])
{
  static const char hex[] = "0123456789abcdef";
  char *p = text;
  for (int i = 0; i < 16; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *p++ = '-';
      *p++ = hex[id->b[i] >> 4];
      *p++ = hex[id->b[i] & 15];
    }
  *p = '\0';
}

static int
nibble (char c)
{
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  return -1;
}

gboolean
quay_id_from_text (const char *text, QuayId *out)
{
  QuayId id;
  if (text == NULL || strlen (text) != QUAY_ID_TEXT_LEN)
    return FALSE;
  const char *p = text;
  for (int i = 0; i < 16; i++)
    {
      if ((i == 4 || i == 6 || i == 8 || i == 10) && *p++ != '-')
        return FALSE;
      int hi = nibble (p[0]);
      int lo = hi < 0 ? -1 : nibble (p[1]);
      if (lo < 0)
        return FALSE;
      id.b[i] = (guint8)(hi << 4 | lo);
      p += 2;
    }
  *out = id;
  return TRUE;
}
