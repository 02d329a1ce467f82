/* Envelopes against golden files, tests/data/wire/envelope-NAME.ndjson, whose hashes were made by
 * Python and whose seals by openssl from the seed 00 01 … 1f: what is read is checked and written
 * back the same. And what is malformed, one thing at a time. */
#include "quay-wire.h"

#include "quay-error.h"
#include "quay-event.h"

#include <string.h>

#define PUBLIC "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg="

static GBytes *
read_golden (const char *name)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  gsize len;
  g_autofree char *file = g_strconcat ("envelope-", name, ".ndjson", NULL);
  g_autofree char *path =
      g_build_filename (g_getenv ("QUAY_SOURCE_DIR"), "tests", "data", "wire", file, NULL);
  g_file_get_contents (path, &text, &len, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (text, len);
}

static void
assert_bytes_equal (GBytes *a, GBytes *b)
{
  g_assert_cmpmem (g_bytes_get_data (a, NULL), g_bytes_get_size (a), g_bytes_get_data (b, NULL),
                   g_bytes_get_size (b));
}

static void
test_golden (gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (QuayHash));
  g_autoptr (GBytes) bytes = read_golden (data);
  g_autoptr (QuayEnvelope) envelope = quay_envelope_decode (bytes, 3, &error);
  g_assert_no_error (error);
  g_assert_true (quay_envelope_check (envelope, hashes));
  g_assert_true (quay_envelope_check (envelope, NULL));
  g_assert_cmpuint (hashes->len, ==, envelope->records->len);
  guint8 public[QUAY_KEY_LEN];
  g_assert_true (quay_base64_to (PUBLIC, public, sizeof public));
  g_assert_true (quay_seal_check (&envelope->seal, public, &envelope->till, &envelope->chain,
                                  (guint64)envelope->from + envelope->records->len - 1,
                                  &envelope->head));
  if (*envelope->app == '\0') /* not written if empty in the golden file, but told as empty here */
    g_clear_pointer (&envelope->app, g_free);
  g_autoptr (GBytes) again = quay_envelope_encode (envelope);
  assert_bytes_equal (again, bytes);
}

static void
test_members (void)
{
  g_autoptr (GBytes) bytes = read_golden ("down");
  g_autoptr (QuayEnvelope) envelope = quay_envelope_decode (bytes, 1, NULL);
  g_assert_nonnull (envelope);
  g_assert_cmpint (envelope->v, ==, 1);
  g_assert_cmpint (envelope->till.b[0], ==, 0x10);
  g_assert_cmpint (envelope->chain.b[0], ==, 0xa0);
  g_assert_cmpstr (envelope->code, ==, "QT1");
  g_assert_cmpstr (envelope->letter, ==, "A");
  g_assert_cmpint (envelope->from, ==, 2);
  g_assert_cmpint (envelope->hwm, ==, 3);
  g_assert_cmpstr (envelope->app, ==, "");
  g_assert_cmpuint (envelope->records->len, ==, 1);
  g_autoptr (QuayEnvelope) none = quay_envelope_decode (bytes, 0, NULL);
  g_assert_null (none);
}

/* Any change of a record, or of what is hashed with it, is seen. */
static void
test_check (void)
{
  for (guint what = 0; what < 6; what++)
    {
      g_autoptr (GBytes) bytes = read_golden ("up");
      g_autoptr (QuayEnvelope) envelope = quay_envelope_decode (bytes, 3, NULL);
      GPtrArray *records = envelope->records;
      g_assert_true (quay_envelope_check (envelope, NULL));
      if (what == 0)
        g_ptr_array_remove_index (records, 2);
      else if (what == 1)
        g_ptr_array_add (records, g_bytes_ref (records->pdata[0]));
      else if (what == 2)
        envelope->from++;
      else if (what == 3)
        envelope->prev.b[31] = 1;
      else if (what == 4)
        envelope->chain.b[0] = 0;
      else
        envelope->till.b[15] = 0;
      g_assert_false (quay_envelope_check (envelope, NULL));
    }
}

static void
test_every_byte (void)
{
  g_autoptr (GBytes) bytes = read_golden ("up");
  gsize len;
  const char *data = g_bytes_get_data (bytes, &len);
  gsize start = (gsize)((const char *)memchr (data, '\n', len) - data) + 1;
  for (gsize i = start; i < len; i++)
    {
      g_autofree char *changed = g_memdup2 (data, len);
      changed[i] ^= 1;
      g_autoptr (GBytes) other = g_bytes_new (changed, len);
      g_autoptr (QuayEnvelope) envelope = quay_envelope_decode (other, 500, NULL);
      if (envelope != NULL && quay_envelope_check (envelope, NULL))
        g_error ("byte %" G_GSIZE_FORMAT " may be changed", i);
    }
}

/* --- malformed --- */

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"
#define HASH "b62740e3437468b1bbae9ef07b0fa487c58a5b0036d383a91a1a62cc6b8d4372"
#define SEAL                                                                                       \
  "fsdEFAL7UIgAtVJp8JjV6/sgCc+Zfa8kPvAc12VwkPUvY3wY+yxmpZXf/Qs+b43oePd3eL74jBc4Wa0Vf5DhAw=="
#define TILL "\"till\":\"10111213-1415-1617-1819-1a1b1c1d1e1f\""
#define CHAIN "\"chain\":\"a0a1a2a3-a4a5-a6a7-a8a9-aaabacadaeaf\""
#define IDS TILL "," CHAIN
#define HEAD_OF(v, from, n, prev, head, seal, more)                                                \
  "{\"v\":" v "," IDS ",\"from\":" from ",\"n\":" n ",\"prev\":\"" prev "\",\"head\":\"" head      \
  "\",\"seal\":\"" seal "\"" more "}\n"
#define HEAD_N(n) HEAD_OF ("1", "2", n, HASH, HASH, SEAL, "")
#define HEAD_MORE(more) HEAD_OF ("1", "2", "0", HASH, HASH, SEAL, more)

static const struct
{
  const char *what;
  const char *bytes;
} malformed[] = {
  { "nothing", "" },
  { "a line end", "\n" },
  { "no head", "{}\n" },
  { "a head that is a list", "[]\n" },
  { "a head that is no JSON", "v=1\n" },
  { "two values in the head", "{}{}\n" },
  { "a head without its end", "{\"v\":1," IDS ",\"from\":2,\"n\":0,\"prev\":\"" HASH
                              "\",\"head\":\"" HASH "\",\"seal\":\"" SEAL "\"}" },
  { "version 0", HEAD_OF ("0", "2", "0", HASH, HASH, SEAL, "") },
  { "version 2", HEAD_OF ("2", "2", "0", HASH, HASH, SEAL, "") },
  { "version as text", HEAD_OF ("\"1\"", "2", "0", HASH, HASH, SEAL, "") },
  { "from 0", HEAD_OF ("1", "0", "0", ZEROS, HASH, SEAL, "") },
  { "from −1", HEAD_OF ("1", "-1", "0", HASH, HASH, SEAL, "") },
  { "from 1 after something", HEAD_OF ("1", "1", "0", HASH, HASH, SEAL, "") },
  { "from beyond all", HEAD_OF ("1", "1000000000000001", "0", HASH, HASH, SEAL, "") },
  { "from beyond 64 bits", HEAD_OF ("1", "18446744073709551616", "0", HASH, HASH, SEAL, "") },
  { "from with a fraction", HEAD_OF ("1", "2.0", "0", HASH, HASH, SEAL, "") },
  { "n −1", HEAD_N ("-1") },
  { "n without records", HEAD_N ("1") },
  { "n too small", HEAD_N ("1") "{}\n{}\n" },
  { "n too large", HEAD_N ("3") "{}\n{}\n" },
  { "n above what is allowed", HEAD_N ("5") "{}\n{}\n{}\n{}\n{}\n" },
  { "n huge", HEAD_N ("1000000000") "{}\n" },
  { "n beyond 32 bits", HEAD_N ("4294967297") "{}\n" },
  { "n beyond 64 bits", HEAD_N ("18446744073709551617") "{}\n" },
  { "n 0 and a record", HEAD_N ("0") "{}\n" },
  { "n 0 and a line end", HEAD_N ("0") "\n" },
  { "no last line end", HEAD_N ("2") "{}\n{}" },
  { "an empty record", HEAD_N ("2") "{}\n\n" },
  { "an empty record first", HEAD_N ("2") "\n{}\n" },
  { "a line end too many", HEAD_N ("1") "{}\n\n" },
  { "no head hash", HEAD_OF ("1", "2", "0", HASH, "", SEAL, "") },
  { "prev too short", HEAD_OF ("1", "2", "0", "00", HASH, SEAL, "") },
  { "prev too long", HEAD_OF ("1", "2", "0", HASH "00", HASH, SEAL, "") },
  { "prev of no hex", HEAD_OF ("1", "2", "0", "x" HASH, HASH, SEAL, "") },
  { "head too short", HEAD_OF ("1", "2", "0", HASH, "b62740", SEAL, "") },
  { "head in capitals",
    HEAD_OF ("1", "2", "0", HASH,
             "B62740E3437468B1BBAE9EF07B0FA487C58A5B0036D383A91A1A62CC6B8D4372", SEAL, "") },
  { "no seal", HEAD_OF ("1", "2", "0", HASH, HASH, "", "") },
  { "seal too short", HEAD_OF ("1", "2", "0", HASH, HASH, "Zm9v", "") },
  { "seal too long", HEAD_OF ("1", "2", "0", HASH, HASH, SEAL SEAL, "") },
  { "prev twice", HEAD_MORE (",\"prev\":\"" HASH "\"") },
  { "an unknown member twice", HEAD_MORE (",\"x\":1,\"x\":1") },
  { "hwm −1", HEAD_MORE (",\"hwm\":-1") },
  { "code too long", HEAD_MORE (",\"code\":\"1234567890123\"") },
  { "letter too long", HEAD_MORE (",\"letter\":\"ABCDE\"") },
  { "app of no UTF-8", HEAD_MORE (",\"app\":\"\xc4\"") },
  { "app with a NUL", HEAD_MORE (",\"app\":\"a\\u0000\"") },
  { "app with a control", HEAD_MORE (",\"app\":\"a\\u001b\"") },
  { "no till", "{\"v\":1," CHAIN ",\"from\":2,\"n\":0,\"prev\":\"" HASH "\",\"head\":\"" HASH
               "\",\"seal\":\"" SEAL "\"}\n" },
  { "no chain", "{\"v\":1," TILL ",\"from\":2,\"n\":0,\"prev\":\"" HASH "\",\"head\":\"" HASH
                "\",\"seal\":\"" SEAL "\"}\n" },
  { "no n", "{\"v\":1," IDS ",\"from\":2,\"prev\":\"" HASH "\",\"head\":\"" HASH
            "\",\"seal\":\"" SEAL "\"}\n" },
};

static void
assert_refused (const char *what, const char *data, gsize len)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (data, len);
  g_autoptr (QuayEnvelope) envelope = quay_envelope_decode (bytes, 4, &error);
  if (envelope != NULL)
    g_error ("%s was taken", what);
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
}

static void
test_malformed (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (malformed); i++)
    assert_refused (malformed[i].what, malformed[i].bytes, strlen (malformed[i].bytes));
  static const char nul[] = HEAD_N ("0") "\0";
  static const char within[] = "{\"v\":1,\0" IDS "}\n";
  assert_refused ("a NUL at the end", nul, sizeof nul - 1);
  assert_refused ("a NUL in the head", within, sizeof within - 1);
}

/* Unknown members of the head, and records of which only the bytes matter: the server keeps what it
 * can't read. */
static void
test_taken (void)
{
  static const char text[] = HEAD_OF ("1", "2", "4", HASH, HASH, SEAL,
                                      ",\"later\":{\"x\":[1.5]}") "no JSON\n\xff\xfe\n\0\n \r\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (QuayEnvelope) envelope = quay_envelope_decode (bytes, 4, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (envelope->records->pdata[0], NULL),
                   g_bytes_get_size (envelope->records->pdata[0]), "no JSON", 7);
  g_assert_cmpmem (g_bytes_get_data (envelope->records->pdata[2], NULL),
                   g_bytes_get_size (envelope->records->pdata[2]), "\0", 1);
  g_assert_cmpmem (g_bytes_get_data (envelope->records->pdata[3], NULL),
                   g_bytes_get_size (envelope->records->pdata[3]), " \r", 2);
}

/* Records of at most 65,536 bytes, and a head of at most 4,096. */
static void
test_lengths (void)
{
  static const char head[] = HEAD_N ("1");
  static const struct
  {
    gsize len;
    gboolean taken;
  } table[] = { { 1, TRUE }, { 65536, TRUE }, { 65537, FALSE }, { 1000000, FALSE } };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *record = g_strnfill (table[i].len, 'x');
      g_autofree char *text = g_strconcat (head, record, "\n", NULL);
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
      g_autoptr (QuayEnvelope) envelope = quay_envelope_decode (bytes, 4, NULL);
      g_assert_cmpint (envelope != NULL, ==, table[i].taken);
    }
  g_autofree char *blanks = g_strnfill (4096, ' ');
  g_autofree char *long_head = g_strconcat (blanks, head, "x\n", NULL);
  assert_refused ("a long head", long_head, strlen (long_head));
}

/* As much as may come down, both ways. */
static void
test_full (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayEnvelope) envelope = quay_envelope_new ();
  QuayHash hash = QUAY_HASH_ZERO;
  envelope->from = 1;
  for (guint i = 0; i < QUAY_WIRE_RECORDS_DOWN; i++)
    {
      char *record = g_strdup_printf ("{\"t\":\"x\",\"n\":%u}", i);
      gsize len = strlen (record);
      hash =
          quay_chain_hash (&envelope->till, &envelope->chain, i + 1, (guint8 *)record, len, &hash);
      g_ptr_array_add (envelope->records, g_bytes_new_take (record, len));
    }
  envelope->head = hash;
  g_autoptr (GBytes) bytes = quay_envelope_encode (envelope);
  g_autoptr (QuayEnvelope) few = quay_envelope_decode (bytes, QUAY_WIRE_RECORDS_UP, &error);
  g_assert_null (few);
  g_clear_error (&error);
  g_autoptr (QuayEnvelope) all = quay_envelope_decode (bytes, QUAY_WIRE_RECORDS_DOWN, &error);
  g_assert_no_error (error);
  g_assert_true (quay_envelope_check (all, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/envelope/golden/up", "up", test_golden);
  g_test_add_data_func ("/envelope/golden/down", "down", test_golden);
  g_test_add_data_func ("/envelope/golden/heartbeat", "heartbeat", test_golden);
  g_test_add_func ("/envelope/members", test_members);
  g_test_add_func ("/envelope/check", test_check);
  g_test_add_func ("/envelope/every-byte", test_every_byte);
  g_test_add_func ("/envelope/malformed", test_malformed);
  g_test_add_func ("/envelope/taken", test_taken);
  g_test_add_func ("/envelope/lengths", test_lengths);
  g_test_add_func ("/envelope/full", test_full);
  return g_test_run ();
}
