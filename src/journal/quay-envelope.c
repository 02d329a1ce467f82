/* The envelope: a head line by the codec, then the exact bytes of each record, each ended by a line
 * feed. What comes in is read in place: the records are slices. */
#include "quay-wire.h"

#include "quay-codec.h"
#include "quay-error.h"
#include "quay-event.h"

#include <string.h>

#define HEAD_MAX 4096
#define SEQ_MAX G_GINT64_CONSTANT (1000000000000000)
#define SIG_TEXT_LEN 88 /* base64 of 64 bytes */

/* The head as it is written: hashes and seal as text. */
typedef struct
{
  gint64 v;
  QuayId till;
  QuayId chain;
  char *code;
  char *letter;
  gint64 from;
  gint64 n;
  char *prev;
  char *head;
  gint64 hwm;
  char *seal;
  char *app;
} Head;

#define F(m, key, type, req, min, max)                                                             \
  {                                                                                                \
    key, type, G_STRUCT_OFFSET (Head, m), req, min, max, NULL                                      \
  }

static const QuayField head_fields[] = {
  F (v, "v", QUAY_FIELD_INT, TRUE, 1, 1),
  F (till, "till", QUAY_FIELD_ID, TRUE, 0, 0),
  F (chain, "chain", QUAY_FIELD_ID, TRUE, 0, 0),
  F (code, "code", QUAY_FIELD_TEXT, FALSE, 0, 12),
  F (letter, "letter", QUAY_FIELD_TEXT, FALSE, 0, 4),
  F (from, "from", QUAY_FIELD_INT, TRUE, 1, SEQ_MAX),
  F (n, "n", QUAY_FIELD_INT, TRUE, 0, QUAY_WIRE_RECORDS_DOWN),
  F (prev, "prev", QUAY_FIELD_TEXT, TRUE, 0, 2 * QUAY_HASH_LEN),
  F (head, "head", QUAY_FIELD_TEXT, TRUE, 0, 2 * QUAY_HASH_LEN),
  F (hwm, "hwm", QUAY_FIELD_INT, FALSE, 0, SEQ_MAX),
  F (seal, "seal", QUAY_FIELD_TEXT, TRUE, 0, SIG_TEXT_LEN),
  F (app, "app", QUAY_FIELD_TEXT, FALSE, 0, 100),
  { NULL, 0, 0, FALSE, 0, 0, NULL },
};
static const QuayShape head_shape = { sizeof (Head), head_fields };

QuayEnvelope *
quay_envelope_new (void)
{
  QuayEnvelope *envelope = g_new0 (QuayEnvelope, 1);
  envelope->v = 1;
  envelope->records = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  return envelope;
}

void
quay_envelope_free (QuayEnvelope *envelope)
{
  if (envelope == NULL)
    return;
  g_free (envelope->code);
  g_free (envelope->letter);
  g_free (envelope->app);
  g_ptr_array_unref (envelope->records);
  g_free (envelope);
}

/* --- out --- */

static void
write_head (const QuayEnvelope *envelope, GString *out)
{
  char prev[2 * QUAY_HASH_LEN + 1];
  char last[2 * QUAY_HASH_LEN + 1];
  g_autofree char *seal = quay_base64 (envelope->seal.b, sizeof envelope->seal.b);
  quay_hash_to_text (&envelope->prev, prev);
  quay_hash_to_text (&envelope->head, last);
  const Head head = { .v = envelope->v,
                      .till = envelope->till,
                      .chain = envelope->chain,
                      .code = envelope->code,
                      .letter = envelope->letter,
                      .from = envelope->from,
                      .n = envelope->records->len,
                      .prev = prev,
                      .head = last,
                      .hwm = envelope->hwm,
                      .seal = seal,
                      .app = envelope->app };
  g_assert (quay_shape_check (&head_shape, &head, NULL));
  g_string_append_c (out, '{');
  quay_shape_write (&head_shape, &head, out);
  g_string_append_len (out, "}\n", 2);
}

GBytes *
quay_envelope_encode (const QuayEnvelope *envelope)
{
  gsize size = HEAD_MAX;
  for (guint i = 0; i < envelope->records->len; i++)
    size += g_bytes_get_size (envelope->records->pdata[i]) + 1;
  g_autoptr (GString) out = g_string_sized_new (size);
  write_head (envelope, out);
  for (guint i = 0; i < envelope->records->len; i++)
    {
      gsize len;
      const char *bytes = g_bytes_get_data (envelope->records->pdata[i], &len);
      g_assert (len > 0 && len <= QUAY_EVENT_MAX_BYTES && memchr (bytes, '\n', len) == NULL);
      g_string_append_len (out, bytes, (gssize)len);
      g_string_append_c (out, '\n');
    }
  return g_string_free_to_bytes (g_steal_pointer (&out));
}

/* --- in --- */

static gboolean
refuse (const char *why, GError **error)
{
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "envelope %s", why);
  return FALSE;
}

/* Takes over what the head says; its texts are stolen. */
static gboolean
take_head (QuayEnvelope *envelope, Head *head, GError **error)
{
  envelope->v = head->v;
  envelope->till = head->till;
  envelope->chain = head->chain;
  envelope->code = head->code != NULL ? g_steal_pointer (&head->code) : g_strdup ("");
  envelope->letter = head->letter != NULL ? g_steal_pointer (&head->letter) : g_strdup ("");
  envelope->from = head->from;
  envelope->hwm = head->hwm;
  envelope->app = head->app != NULL ? g_steal_pointer (&head->app) : g_strdup ("");
  const QuayHash zero = QUAY_HASH_ZERO;
  if (!quay_hash_from_text (head->prev, &envelope->prev) ||
      !quay_hash_from_text (head->head, &envelope->head))
    return refuse ("has no sound hash", error);
  if (head->from == 1 && !quay_hash_equal (&envelope->prev, &zero))
    return refuse ("begins with something before the first record", error);
  if (!quay_base64_to (head->seal, envelope->seal.b, sizeof envelope->seal.b))
    return refuse ("has no sound seal", error);
  return TRUE;
}

static gboolean
read_head (QuayEnvelope *envelope, const char *line, gsize len, gint64 *n, GError **error)
{
  Head head = { 0 };
  g_auto (QuayJson) json;
  const QuayJsonValue *object = quay_json_read (&json, line, len);
  gboolean good = object != NULL || refuse ("has no head", error);
  if (good)
    good =
        quay_shape_decode (&head_shape, object, &head, error) && take_head (envelope, &head, error);
  *n = head.n;
  quay_shape_clear (&head_shape, &head);
  return good;
}

static gboolean
read_records (QuayEnvelope *envelope, GBytes *bytes, gsize at, gint64 n, GError **error)
{
  gsize len;
  const char *data = g_bytes_get_data (bytes, &len);
  for (gint64 i = 0; i < n; i++)
    {
      const char *end = memchr (data + at, '\n', len - at);
      gsize size = end != NULL ? (gsize)(end - data) - at : 0;
      if (end == NULL)
        return refuse ("has fewer records than it says", error);
      if (size == 0 || size > QUAY_EVENT_MAX_BYTES)
        return refuse ("has a record out of bounds", error);
      g_ptr_array_add (envelope->records, g_bytes_new_from_bytes (bytes, at, size));
      at += size + 1;
    }
  return at == len || refuse ("has more records than it says", error);
}

QuayEnvelope *
quay_envelope_decode (GBytes *bytes, guint max, GError **error)
{
  gsize len;
  gint64 n = 0;
  const char *data = g_bytes_get_data (bytes, &len);
  const char *end = data != NULL ? memchr (data, '\n', MIN (len, HEAD_MAX)) : NULL;
  g_autoptr (QuayEnvelope) envelope = quay_envelope_new ();
  if (end == NULL)
    {
      refuse ("has no head", error);
      return NULL;
    }
  if (!read_head (envelope, data, (gsize)(end - data), &n, error))
    return NULL;
  if (n > max)
    {
      refuse ("has too many records", error);
      return NULL;
    }
  if (!read_records (envelope, bytes, (gsize)(end - data) + 1, n, error))
    return NULL;
  return g_steal_pointer (&envelope);
}

gboolean
quay_envelope_check (const QuayEnvelope *envelope, GArray *hashes)
{
  QuayHash hash = envelope->prev;
  for (guint i = 0; i < envelope->records->len; i++)
    {
      gsize len;
      const guint8 *bytes = g_bytes_get_data (envelope->records->pdata[i], &len);
      hash = quay_chain_hash (&envelope->till, &envelope->chain, (guint64)envelope->from + i, bytes,
                              len, &hash);
      if (hashes != NULL)
        g_array_append_val (hashes, hash);
    }
  return quay_hash_equal (&hash, &envelope->head);
}
