/* Messages against golden files, tests/data/wire/NAME.json: the first line has all members and is
 * written back as it was read; the second, if there is one, has the fewest, and the third is how
 * that is written. Tills and servers of other years read these. */
#include "quay-message.h"

#include "quay-error.h"
#include "quay-wire.h"

#include <string.h>

#define TILL "\"till\":\"10111213-1415-1617-1819-1a1b1c1d1e1f\""
#define CHAIN "\"chain\":\"a0a1a2a3-a4a5-a6a7-a8a9-aaabacadaeaf\""
#define KEY "\"key\":\"A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=\""
#define HASH "b62740e3437468b1bbae9ef07b0fa487c58a5b0036d383a91a1a62cc6b8d4372"

/* Room for the largest message. */
typedef union
{
  QuayMsgEnrol enrol;
  QuayMsgEnrolled enrolled;
  QuayMsgKey key;
  QuayMsgAck ack;
  QuayMsgChains chains;
  QuayMsgPull pull;
  QuayMsgRotate rotate;
  QuayMsgPoison poison;
  QuayMsgPersons persons;
  QuayMsgShared shared;
  QuayMsgProblem problem;
  QuayMsgTime time;
} Message;

static const struct
{
  const char *name;
  const QuayShape *shape;
} messages[] = {
  { "enrol", &quay_msg_enrol },     { "enrolled", &quay_msg_enrolled },
  { "ack", &quay_msg_ack },         { "chains", &quay_msg_chains },
  { "pull", &quay_msg_pull },       { "rotate", &quay_msg_rotate },
  { "rotated", &quay_msg_rotated }, { "poison", &quay_msg_poison },
  { "persons", &quay_msg_persons }, { "shared", &quay_msg_shared },
  { "problem", &quay_msg_problem }, { "time", &quay_msg_time },
};

static GStrv
read_golden (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *file = g_strconcat (name, ".json", NULL);
  g_autofree char *path =
      g_build_filename (g_getenv ("QUAY_SOURCE_DIR"), "tests", "data", "wire", file, NULL);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return g_strsplit (g_strchomp (text), "\n", -1);
}

static void
assert_written (const QuayShape *shape, const char *text, const char *want)
{
  Message message;
  g_autoptr (GError) error = NULL;
  gboolean good = quay_message_decode (shape, text, strlen (text), &message, &error);
  g_assert_no_error (error);
  g_assert_true (good);
  g_autoptr (GBytes) bytes = quay_message_encode (shape, &message);
  g_autofree char *got = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_cmpstr (got, ==, want);
  quay_shape_clear (shape, &message);
}

static void
test_golden (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_auto (GStrv) lines = read_golden (messages[i].name);
  guint n = g_strv_length (lines);
  g_assert_true (n == 1 || n == 3);
  assert_written (messages[i].shape, lines[0], lines[0]);
  if (n == 3)
    {
      assert_written (messages[i].shape, lines[1], lines[2]);
      assert_written (messages[i].shape, lines[2], lines[2]);
    }
}

/* What was left out is empty. */
static void
test_left_out (void)
{
  QuayMsgChains chains;
  QuayMsgAck ack;
  const char *one = "{\"chains\":[{" CHAIN "," TILL ",\"head\":\"" HASH "\"}]}";
  const char *two = "{" CHAIN "," TILL ",\"head\":\"\",\"seal\":\"\"}";
  g_assert_true (quay_message_decode (&quay_msg_chains, "{}", 2, &chains, NULL));
  g_assert_cmpuint (chains.chains->len + chains.held->len + chains.keys->len, ==, 0);
  g_assert_cmpstr (chains.cur, ==, "");
  quay_shape_clear (&quay_msg_chains, &chains);
  g_assert_true (quay_message_decode (&quay_msg_chains, one, strlen (one), &chains, NULL));
  g_assert_cmpuint (chains.chains->len, ==, 1);
  const QuayMsgChain *chain = chains.chains->pdata[0];
  g_assert_cmpstr (chain->code, ==, "");
  g_assert_cmpstr (chain->letter, ==, "");
  g_assert_cmpint (chain->hwm, ==, 0);
  quay_shape_clear (&quay_msg_chains, &chains);
  g_assert_true (quay_message_decode (&quay_msg_ack, two, strlen (two), &ack, NULL));
  g_assert_cmpuint (ack.notes->len, ==, 0);
  g_assert_cmpstr (ack.node, ==, "");
  quay_shape_clear (&quay_msg_ack, &ack);
}

/* Members of later versions. */
static void
test_unknown_members (void)
{
  QuayMsgPull pull;
  const char *text = "{\"new\":{\"deep\":[1,2.5,null,true]}," CHAIN ",\"from\":3,\"limit\":1e3}";
  g_assert_true (quay_message_decode (&quay_msg_pull, text, strlen (text), &pull, NULL));
  g_assert_cmpint (pull.from, ==, 3);
  g_assert_cmpint (pull.n, ==, 0);
  quay_shape_clear (&quay_msg_pull, &pull);
}

static const struct
{
  const QuayShape *shape;
  const char *text;
} malformed[] = {
  { &quay_msg_chains, "" },
  { &quay_msg_chains, " " },
  { &quay_msg_chains, "null" },
  { &quay_msg_chains, "[]" },
  { &quay_msg_chains, "\"{}\"" },
  { &quay_msg_chains, "{" },
  { &quay_msg_chains, "{}{}" },
  { &quay_msg_chains, "{} x" },
  { &quay_msg_chains, "\xef\xbb\xbf{}" },
  { &quay_msg_chains, "{\"cur\":\"a\",\"cur\":\"b\"}" },
  { &quay_msg_chains, "{\"x\":1,\"x\":2}" },
  { &quay_msg_chains, "{\"cur\":null}" },
  { &quay_msg_chains, "{\"cur\":1}" },
  { &quay_msg_chains, "{\"cur\":\"\xff\"}" },
  { &quay_msg_chains, "{\"cur\":\"a\\u0000b\"}" },
  { &quay_msg_chains, "{\"cur\":\"a\\u0007b\"}" },
  { &quay_msg_chains, "{\"cur\":\"\\ud800\"}" },
  { &quay_msg_chains, "{\"time\":-1}" },
  { &quay_msg_chains, "{\"time\":1.0}" },
  { &quay_msg_chains, "{\"time\":\"1\"}" },
  { &quay_msg_chains, "{\"time\":1000000000000001}" },
  { &quay_msg_chains, "{\"time\":99999999999999999999}" },
  { &quay_msg_chains, "{\"chains\":{}}" },
  { &quay_msg_chains, "{\"chains\":[1]}" },
  { &quay_msg_chains, "{\"chains\":[{}]}" },
  { &quay_msg_chains, "{\"chains\":[{" CHAIN "," TILL "}]}" },
  { &quay_msg_chains, "{\"chains\":[{" CHAIN "," TILL ",\"head\":\"" HASH "0\"}]}" },
  { &quay_msg_chains, "{\"chains\":[{" CHAIN "," TILL ",\"head\":\"" HASH "\",\"mine\":2}]}" },
  { &quay_msg_chains, "{\"held\":[{" CHAIN "}]}" },
  { &quay_msg_chains, "{\"held\":[{" CHAIN ",\"seq\":0}]}" },
  { &quay_msg_enrol, "{}" },
  { &quay_msg_enrol, "{" TILL "," KEY "}" },
  { &quay_msg_enrol, "{\"secret\":\"a\"," KEY "}" },
  { &quay_msg_enrol, "{\"secret\":\"a\"," TILL "}" },
  { &quay_msg_enrol, "{\"secret\":\"a\"," KEY ",\"till\":\"10111213\"}" },
  { &quay_msg_enrol,
    "{\"secret\":\"a\"," KEY ",\"till\":\"10111213-1415-1617-1819-1A1B1C1D1E1F\"}" },
  { &quay_msg_enrol, "{\"secret\":\"a\"," TILL "," KEY ",\"code\":\"1234567890123\"}" },
  { &quay_msg_enrolled, "{" TILL "}" },
  { &quay_msg_ack, "{" TILL "," CHAIN ",\"seal\":\"\"}" },
  { &quay_msg_ack, "{" TILL "," CHAIN ",\"head\":\"\"}" },
  { &quay_msg_ack, "{" TILL ",\"head\":\"\",\"seal\":\"\"}" },
  { &quay_msg_ack, "{" CHAIN ",\"head\":\"\",\"seal\":\"\"}" },
  { &quay_msg_ack, "{" TILL "," CHAIN ",\"head\":\"\",\"seal\":\"\",\"hwm\":-1}" },
  { &quay_msg_pull, "{" CHAIN "}" },
  { &quay_msg_pull, "{" CHAIN ",\"from\":0}" },
  { &quay_msg_pull, "{\"from\":1}" },
  { &quay_msg_pull, "{" CHAIN ",\"from\":1,\"n\":-1}" },
  { &quay_msg_rotate, "{" KEY "}" },
  { &quay_msg_rotated, "{\"id\":\"a\"}" },
  { &quay_msg_rotated, "{\"key\":\"abcdefghijklmnopqrstuvwxyz1234567\"}" },
  { &quay_msg_poison, "{" CHAIN ",\"seq\":1,\"prev\":\"\",\"hash\":\"\"}" },
  { &quay_msg_persons, "{}" },
  { &quay_msg_persons, "{" TILL ",\"has\":[{}]}" },
  { &quay_msg_persons, "{" TILL ",\"all\":2}" },
  { &quay_msg_persons, "{" TILL ",\"n\":-1}" },
  { &quay_msg_persons, "{" TILL ",\"boxes\":[{\"box\":\"\"}]}" },
  { &quay_msg_persons,
    "{" TILL ",\"boxes\":[{\"id\":\"a0a1a2a3-a4a5-a6a7-a8a9-aaabacadaeaf\",\"key\":\"" HASH
    "\"}]}" },
  { &quay_msg_persons,
    "{" TILL ",\"boxes\":[{\"id\":\"a0a1a2a3-a4a5-a6a7-a8a9-aaabacadaeaf\",\"box\":"
    "\"" HASH HASH "0\"}]}" },
  { &quay_msg_shared, "{\"tills\":[{" TILL ",\"id\":\"k1\"}]}" },
  { &quay_msg_shared, "{\"persons\":-1}" },
  { &quay_msg_problem, "{}" },
  { &quay_msg_problem, "{\"type\":\"fork\",\"status\":1000}" },
  { &quay_msg_problem, "{\"type\":\"fork\",\"letter\":\"ABCDE\"}" },
};

static void
test_malformed (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (malformed); i++)
    {
      Message message;
      g_autoptr (GError) error = NULL;
      const char *text = malformed[i].text;
      if (quay_message_decode (malformed[i].shape, text, strlen (text), &message, &error))
        g_error ("message %u was taken", i);
      g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
      quay_shape_clear (malformed[i].shape, &message);
    }
}

static gboolean
is_taken (const QuayShape *shape, const char *text, gsize len)
{
  Message message;
  g_autoptr (GError) error = NULL;
  gboolean good = quay_message_decode (shape, text, len, &message, &error);
  g_assert_true (good == (error == NULL));
  quay_shape_clear (shape, &message);
  return good;
}

static char *
repeat (const char *start, const char *piece, guint n, const char *end)
{
  GString *text = g_string_new (start);
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      g_string_append (text, piece);
    }
  g_string_append (text, end);
  return g_string_free (text, FALSE);
}

/* Lists, depth and size have an end. */
static void
test_bounds (void)
{
  static const char chain[] = "{" CHAIN "," TILL ",\"head\":\"" HASH "\"}";
  static const struct
  {
    guint n;
    gboolean taken;
  } lists[] = { { 1001, TRUE }, { 10000, TRUE }, { 10001, FALSE } };
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *text = repeat ("{\"chains\":[", chain, lists[i].n, "]}");
      g_assert_cmpint (is_taken (&quay_msg_chains, text, strlen (text)), ==, lists[i].taken);
    }
  g_autofree char *notes = repeat ("{\"held\":[", "{\"seq\":1}", 1001, "]}");
  g_assert_false (is_taken (&quay_msg_chains, notes, strlen (notes)));
  g_autofree char *deep = g_strnfill (100000, '[');
  g_assert_false (is_taken (&quay_msg_chains, deep, 100000));
  g_autofree char *room = g_strnfill (4 * 1024 * 1024 + 1, ' ');
  memcpy (room, "{}", 2);
  g_assert_true (is_taken (&quay_msg_chains, room, 4 * 1024 * 1024));
  g_assert_false (is_taken (&quay_msg_chains, room, 4 * 1024 * 1024 + 1));
  g_autofree char *pull = g_strnfill (200000, ' ');
  memcpy (pull, "{" CHAIN ",\"from\":1}", strlen ("{" CHAIN ",\"from\":1}"));
  g_assert_true (is_taken (&quay_msg_pull, pull, 128 * 1024));
  g_assert_false (is_taken (&quay_msg_pull, pull, 128 * 1024 + 1));
}

/* What a till may say at once goes by one request also where nothing is packed. */
static void
test_persons (void)
{
  static const char id[] = "{\"id\":\"a0a1a2a3-a4a5-a6a7-a8a9-aaabacadaeaf\"}";
  char box[QUAY_MSG_BOX_BYTES / 3 * 4 + 1];
  memset (box, 'A', sizeof box - 1);
  box[sizeof box - 1] = '\0';
  g_autofree char *one = g_strdup_printf ("{\"id\":\"a0a1a2a3-a4a5-a6a7-a8a9-aaabacadaeaf\"," TILL
                                          ",\"key\":\"k1\",\"box\":\"%s\"}",
                                          box);
  g_autofree char *has = repeat ("\"has\":[", id, QUAY_MSG_PERSONS, "]");
  g_autofree char *lacks = repeat ("\"lacks\":[", id, 2 * QUAY_MSG_BOXES, "]");
  g_autofree char *boxes = repeat ("\"boxes\":[", one, QUAY_MSG_BOXES, "]");
  g_autofree char *text = g_strdup_printf (
      "{" TILL ",\"persons\":999999999999999,\"all\":1,%s,%s,%s}", has, lacks, boxes);
  g_assert_true (is_taken (&quay_msg_persons, text, strlen (text)));
  g_assert_cmpuint (strlen (text), <=, QUAY_WIRE_UP_PACKED);
  g_autofree char *more = repeat ("{" TILL ",\"has\":[", id, QUAY_MSG_PERSONS + 1, "]}");
  g_assert_false (is_taken (&quay_msg_persons, more, strlen (more)));
  g_autofree char *many = repeat ("{" TILL ",\"boxes\":[", one, QUAY_MSG_BOXES + 1, "]}");
  g_assert_false (is_taken (&quay_msg_persons, many, strlen (many)));
}

/* The longest record goes by poison, packed within what a request may have. */
static void
test_poison (void)
{
  enum
  {
    LONGEST = 65536
  };
  g_autofree guint8 *bytes = g_malloc (LONGEST);
  g_autofree guint8 *back = g_malloc (LONGEST);
  g_autoptr (GRand) chance = g_rand_new_with_seed (1);
  for (guint i = 0; i < LONGEST; i++)
    bytes[i] = (guint8)g_rand_int_range (chance, ' ', 127);
  g_autofree char *base64 = quay_base64 (bytes, LONGEST);
  const QuayMsgPoison poison = {
    .chain = { { 1 } }, .seq = 1, .prev = (char *)HASH, .hash = (char *)HASH, .bytes = base64
  };
  g_autoptr (GBytes) text = quay_message_encode (&quay_msg_poison, &poison);
  g_autoptr (GBytes) packed = quay_wire_pack (text);
  g_test_message ("%" G_GSIZE_FORMAT " bytes packed", g_bytes_get_size (packed));
  g_assert_cmpuint (g_bytes_get_size (packed), <=, QUAY_WIRE_UP_PACKED);
  QuayMsgPoison got;
  g_assert_true (quay_message_decode (&quay_msg_poison, g_bytes_get_data (text, NULL),
                                      g_bytes_get_size (text), &got, NULL));
  g_assert_true (quay_base64_to (got.bytes, back, LONGEST));
  g_assert_cmpmem (back, LONGEST, bytes, LONGEST);
  quay_shape_clear (&quay_msg_poison, &got);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autofree char *path = g_strconcat ("/message/golden/", messages[i].name, NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_golden);
    }
  g_test_add_func ("/message/left-out", test_left_out);
  g_test_add_func ("/message/unknown-members", test_unknown_members);
  g_test_add_func ("/message/malformed", test_malformed);
  g_test_add_func ("/message/bounds", test_bounds);
  g_test_add_func ("/message/persons", test_persons);
  g_test_add_func ("/message/poison", test_poison);
  return g_test_run ();
}
