/* What a record costs on its way: each step from the journal's bytes to the packed envelope and
 * back to rows, over runs of 500 records of an export, per record; and what a call costs whatever
 * is in it: a seal, a signature, their checks.
 *
 * usage: bench-wire EXPORT REPEATS */
#include "bench.h"

#include "quay-event.h"
#include "quay-wire.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define PASSES 40

/* The last 500 records of the export, as the records of one chain. */
static QuayEnvelope *
read_export (const char *path)
{
  char *text = NULL;
  g_autoptr (GError) error = NULL;
  QuayEnvelope *envelope = quay_envelope_new ();
  g_file_get_contents (path, &text, NULL, &error);
  bench_die_if (error);
  g_auto (GStrv) lines = g_strsplit (g_strchomp (text), "\n", -1);
  guint n = g_strv_length (lines);
  envelope->from = 1;
  for (guint i = n - MIN (n, QUAY_WIRE_RECORDS_UP); i < n; i++)
    {
      json_t *line = json_loads (lines[i], 0, NULL);
      const char *record = json_string_value (json_object_get (line, "record"));
      if (record != NULL)
        g_ptr_array_add (envelope->records, g_bytes_new (record, strlen (record)));
      json_decref (line);
    }
  g_free (text);
  if (envelope->records->len == 0)
    exit (1);
  return envelope;
}

static void
say (guint repeat, const char *name, gint64 begun, guint n)
{
  bench_say (repeat, "wire", name, (double)(bench_now_ns () - begun) / 1000 / n);
}

static void
measure_run (guint repeat, QuayEnvelope *envelope)
{
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (QuayHash));
  guint n = PASSES * envelope->records->len;
  (void)quay_envelope_check (envelope, hashes);
  envelope->head = g_array_index (hashes, QuayHash, hashes->len - 1);
  gint64 begun = bench_now_ns ();
  for (guint i = 0; i < PASSES; i++)
    g_bytes_unref (quay_envelope_encode (envelope));
  say (repeat, "encode_us", begun, n);
  g_autoptr (GBytes) plain = quay_envelope_encode (envelope);
  begun = bench_now_ns ();
  for (guint i = 0; i < PASSES; i++)
    g_bytes_unref (quay_wire_pack (plain));
  say (repeat, "pack_us", begun, n);
  g_autoptr (GBytes) packed = quay_wire_pack (plain);
  gsize len = g_bytes_get_size (packed);
  begun = bench_now_ns ();
  for (guint i = 0; i < PASSES; i++)
    g_bytes_unref (
        quay_wire_unpack (g_bytes_get_data (packed, NULL), len, QUAY_WIRE_DOWN_PLAIN, NULL));
  say (repeat, "unpack_us", begun, n);
  begun = bench_now_ns ();
  for (guint i = 0; i < PASSES; i++)
    quay_envelope_free (quay_envelope_decode (plain, QUAY_WIRE_RECORDS_UP, NULL));
  say (repeat, "decode_us", begun, n);
  begun = bench_now_ns ();
  for (guint i = 0; i < PASSES; i++)
    g_assert (quay_envelope_check (envelope, NULL));
  say (repeat, "hash_us", begun, n);
  bench_say (repeat, "wire", "record_bytes",
             (double)g_bytes_get_size (plain) / envelope->records->len);
  bench_say (repeat, "wire", "packed_bytes", (double)len / envelope->records->len);
}

/* Bytes → event → rows, as every node does with each record. */
static void
measure_events (guint repeat, const QuayEnvelope *envelope)
{
  gint64 begun = bench_now_ns ();
  for (guint pass = 0; pass < PASSES; pass++)
    for (guint i = 0; i < envelope->records->len; i++)
      {
        gsize len;
        QuayRows rows;
        const guint8 *bytes = g_bytes_get_data (envelope->records->pdata[i], &len);
        g_autoptr (QuayEvent) event = quay_event_decode (bytes, len, NULL);
        quay_rows_init (&rows);
        g_assert (event != NULL && quay_event_rows (event, &rows, NULL));
        quay_rows_clear (&rows);
      }
  say (repeat, "event_rows_us", begun, PASSES * envelope->records->len);
}

static void
measure_call (guint repeat, const QuayEnvelope *envelope)
{
  static const guint8 seed[32] = { 1 };
  static const char till[] = "10111213-1415-1617-1819-1a1b1c1d1e1f";
  const guint n = 500;
  QuayKey key;
  QuaySig seal;
  QuaySigned s = { 0 };
  g_autofree char *body = g_strnfill (QUAY_WIRE_UP_PACKED, 'x');
  quay_key_from_seed (&key, seed);
  gint64 begun = bench_now_ns ();
  for (guint i = 0; i < n; i++)
    quay_seal_make (&seal, &key, &envelope->till, &envelope->chain, i, &envelope->head);
  say (repeat, "seal_us", begun, n);
  begun = bench_now_ns ();
  for (guint i = 0; i < n; i++)
    g_assert (quay_seal_check (&seal, key.public, &envelope->till, &envelope->chain, n - 1,
                               &envelope->head));
  say (repeat, "seal_check_us", begun, n);
  begun = bench_now_ns ();
  for (guint i = 0; i < n; i++)
    {
      quay_signed_clear (&s);
      quay_wire_sign_request (&s, &key, "k", "POST", "/v1/push", till, body, QUAY_WIRE_UP_PACKED);
    }
  say (repeat, "sign_64k_us", begun, n);
  begun = bench_now_ns ();
  for (guint i = 0; i < n; i++)
    g_assert (quay_wire_check_request (&s, key.public, "POST", "/v1/push", till, body,
                                       QUAY_WIRE_UP_PACKED));
  say (repeat, "sign_check_64k_us", begun, n);
  quay_signed_clear (&s);
}

int
main (int argc, char **argv)
{
  if (argc != 3)
    {
      g_printerr ("usage: bench-wire EXPORT REPEATS\n");
      return 2;
    }
  guint repeats = (guint)g_ascii_strtoull (argv[2], NULL, 10);
  g_autoptr (QuayEnvelope) envelope = read_export (argv[1]);
  for (guint repeat = 0; repeat < repeats; repeat++)
    {
      measure_run (repeat, envelope);
      measure_events (repeat, envelope);
      measure_call (repeat, envelope);
    }
  return 0;
}
