/* Seals and signatures against vectors made apart from the program, by openssl:
 *
 *   openssl pkeyutl -sign -rawin -inkey KEY -in TEXT | base64
 *
 * KEY being the PKCS #8 form of the seed 00 01 … 1f, and TEXT the 82 bytes of a seal or the lines
 * of a signature base as src/sync/README.md shows them. Ed25519 has one signature for a text, so
 * that the program must make the very same. */
#include "quay-wire.h"

#include <string.h>

#define PUBLIC "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg="
#define SEAL_HASH "b62740e3437468b1bbae9ef07b0fa487c58a5b0036d383a91a1a62cc6b8d4372"

#define TILL "10111213-1415-1617-1819-1a1b1c1d1e1f"
#define BODY "{\"v\":1}\n"
#define BODY_DIGEST "sha-256=:K0JIcCiB3i9WOO/payM94cDdm+XdJOw1rQMNawau3po=:"
#define REQUEST_LIST "(\"@method\" \"@path\" \"till\" \"content-digest\")"
#define REQUEST_INPUT "s=" REQUEST_LIST ";keyid=\"till-1\";alg=\"ed25519\""
#define REQUEST_SIG                                                                                \
  "s=:LeHJB5+D00x6TSuPrXit+L8I9d6NO9gD/9jS4iT5Riz6bi7Ksd+8D8XXQGK1u70wZNOPOkeiZOzq6dAu1z/WDw==:"

#define ANSWER "{\"type\":\"fork\"}"
#define ANSWER_DIGEST "sha-256=:pAiqRJERAAcdIWURcTEjaDzP0czXmjEqZYQg1TYgXsA=:"
#define ANSWER_LIST "(\"@status\" \"content-digest\" \"content-digest\";req)"
#define ANSWER_INPUT "s=" ANSWER_LIST ";keyid=\"srv_A\";alg=\"ed25519\""
#define ANSWER_SIG                                                                                 \
  "s=:nZBFmmRi1hjCu3kMLAnMDi3I2sVd12a1KvkqEHPooZx/avrhcFYy6SJ34MiuujnjegXbjwXvg2DctSUIr/IVBw==:"

static QuayId
id_from (guint8 first)
{
  QuayId id;
  for (guint8 i = 0; i < sizeof id.b; i++)
    id.b[i] = (guint8)(first + i);
  return id;
}

static QuayKey
make_key (guint8 first)
{
  QuayKey key;
  guint8 seed[32];
  for (guint8 i = 0; i < sizeof seed; i++)
    seed[i] = (guint8)(first + i);
  quay_key_from_seed (&key, seed);
  return key;
}

/* --- keys and text --- */

static void
test_key (void)
{
  QuayKey key = make_key (0);
  const QuayKey none = { { 0 }, { 0 } };
  g_autofree char *public = quay_base64 (key.public, sizeof key.public);
  g_assert_cmpstr (public, ==, PUBLIC);
  quay_key_clear (&key);
  g_assert_cmpmem (&key, sizeof key, &none, sizeof none);
}

/* RFC 4648, section 10, and what is not exactly that. */
static void
test_base64 (void)
{
  static const struct
  {
    const char *bytes;
    const char *text;
  } vectors[] = { { "", "" },
                  { "f", "Zg==" },
                  { "fo", "Zm8=" },
                  { "foo", "Zm9v" },
                  { "foob", "Zm9vYg==" },
                  { "fooba", "Zm9vYmE=" },
                  { "\xfb\xff", "+/8=" } };
  static const char *bad[] = { "",     "Zg=",  "Zg",   "Zg==\n",   " Zg==",   "Zh==",   "Z===",
                               "Zm8=", "Zg=A", "-_8=", "Zg==Zg==", "\x84w==", "Z\xe7==" };
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      guint8 back[8] = { 0 };
      gsize len = strlen (vectors[i].bytes);
      g_autofree char *text = quay_base64 ((const guint8 *)vectors[i].bytes, len);
      g_assert_cmpstr (text, ==, vectors[i].text);
      g_assert_true (quay_base64_to (text, back, len));
      g_assert_cmpmem (back, len, vectors[i].bytes, len);
      g_assert_false (quay_base64_to (text, back, len + 1));
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      guint8 back[1];
      if (quay_base64_to (bad[i], back, sizeof back))
        g_error ("'%s' was taken", bad[i]);
    }
}

static void
test_hash_text (void)
{
  static const char *bad[] = { "",
                               "b6",
                               "b62740e3437468b1bbae9ef07b0fa487c58a5b0036d383a91a1a62cc6b8d437",
                               "B62740E3437468B1BBAE9EF07B0FA487C58A5B0036D383A91A1A62CC6B8D4372",
                               SEAL_HASH "0",
                               "b62740e3437468b1bbae9ef07b0fa487c58a5b0036d383a91a1a62cc6b8d437g",
                               "b62740e3437468b1bbae9ef07b0fa487 c58a5b0036d383a91a1a62cc6b8d437" };
  const QuayHash zero = QUAY_HASH_ZERO;
  QuayHash hash;
  char text[2 * QUAY_HASH_LEN + 1];
  g_assert_true (quay_hash_from_text (SEAL_HASH, &hash));
  quay_hash_to_text (&hash, text);
  g_assert_cmpstr (text, ==, SEAL_HASH);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      memset (&hash, 1, sizeof hash);
      if (quay_hash_from_text (bad[i], &hash))
        g_error ("'%s' was taken", bad[i]);
      g_assert_true (quay_hash_equal (&hash, &zero));
    }
}

/* --- seals --- */

static const struct
{
  guint64 seq;
  const char *seal;
} seals[] = {
  { 2, "fsdEFAL7UIgAtVJp8JjV6/sgCc+Zfa8kPvAc12VwkPUvY3wY+yxmpZXf/Qs+b43oePd3eL74jBc4Wa0Vf5DhAw==" },
  { G_GUINT64_CONSTANT (1099511627775),
    "AhyTL2NX9bb3o21TrAcGpoRfXCDWuqscKudt6M3rdWMfP4OGu2vgyvO5Zxo04DgQWYLh49gMwMmubmolgWTtDA==" },
};

static void
test_seal_vectors (void)
{
  QuayKey key = make_key (0);
  QuayId till = id_from (0x10);
  QuayId chain = id_from (0xa0);
  QuayHash hash;
  g_assert_true (quay_hash_from_text (SEAL_HASH, &hash));
  for (guint i = 0; i < G_N_ELEMENTS (seals); i++)
    {
      QuaySig seal;
      quay_seal_make (&seal, &key, &till, &chain, seals[i].seq, &hash);
      g_autofree char *text = quay_base64 (seal.b, sizeof seal.b);
      g_assert_cmpstr (text, ==, seals[i].seal);
      g_assert_true (quay_seal_check (&seal, key.public, &till, &chain, seals[i].seq, &hash));
    }
}

/* Every bit of the seal and of the key, and each thing that is sealed. */
static void
test_seal_covers (void)
{
  QuayKey key = make_key (0);
  QuayId till = id_from (0x10);
  QuayId chain = id_from (0xa0);
  const QuayHash hash = { { 7 } };
  const QuayHash other = { { 8 } };
  QuaySig seal;
  quay_seal_make (&seal, &key, &till, &chain, 5, &hash);
  g_assert_true (quay_seal_check (&seal, key.public, &till, &chain, 5, &hash));
  g_assert_false (quay_seal_check (&seal, key.public, &chain, &chain, 5, &hash));
  g_assert_false (quay_seal_check (&seal, key.public, &till, &till, 5, &hash));
  g_assert_false (quay_seal_check (&seal, key.public, &chain, &till, 5, &hash));
  g_assert_false (quay_seal_check (&seal, key.public, &till, &chain, 6, &hash));
  g_assert_false (quay_seal_check (&seal, key.public, &till, &chain, 5, &other));
  for (guint bit = 0; bit < 8 * sizeof seal.b; bit++)
    {
      QuaySig changed = seal;
      changed.b[bit / 8] ^= (guint8)(1 << bit % 8);
      g_assert_false (quay_seal_check (&changed, key.public, &till, &chain, 5, &hash));
    }
  for (guint bit = 0; bit < 8 * QUAY_KEY_LEN; bit++)
    {
      guint8 changed[QUAY_KEY_LEN];
      memcpy (changed, key.public, sizeof changed);
      changed[bit / 8] ^= (guint8)(1 << bit % 8);
      g_assert_false (quay_seal_check (&seal, changed, &till, &chain, 5, &hash));
    }
  const guint8 nil[QUAY_KEY_LEN] = { 0 }; /* a key of small order signs anything, if it is let by */
  const QuaySig none = { { 1 } };
  g_assert_false (quay_seal_check (&none, nil, &till, &chain, 5, &hash));
}

/* --- signatures --- */

static void
test_digest (void)
{
  g_autofree char *empty = quay_wire_digest ("", 0);
  g_autofree char *body = quay_wire_digest (BODY, strlen (BODY));
  g_assert_cmpstr (empty, ==, "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:");
  g_assert_cmpstr (body, ==, BODY_DIGEST);
}

static void
test_request_vector (void)
{
  QuayKey key = make_key (0);
  QuaySigned s = { 0 };
  quay_wire_sign_request (&s, &key, "till-1", "POST", "/v1/push", TILL, BODY, strlen (BODY));
  g_assert_cmpstr (s.digest, ==, BODY_DIGEST);
  g_assert_cmpstr (s.input, ==, REQUEST_INPUT);
  g_assert_cmpstr (s.sig, ==, REQUEST_SIG);
  g_assert_true (
      quay_wire_check_request (&s, key.public, "POST", "/v1/push", TILL, BODY, strlen (BODY)));
  quay_signed_clear (&s);
  g_assert_null (s.digest);
  g_assert_null (s.input);
  g_assert_null (s.sig);
}

static void
test_answer_vector (void)
{
  QuayKey key = make_key (0);
  QuaySigned s = { 0 };
  quay_wire_sign_answer (&s, &key, "srv_A", 409, BODY_DIGEST, ANSWER, strlen (ANSWER));
  g_assert_cmpstr (s.digest, ==, ANSWER_DIGEST);
  g_assert_cmpstr (s.input, ==, ANSWER_INPUT);
  g_assert_cmpstr (s.sig, ==, ANSWER_SIG);
  g_assert_true (
      quay_wire_check_answer (&s, key.public, 409, BODY_DIGEST, ANSWER, strlen (ANSWER)));
  quay_signed_clear (&s);
}

/* The header fields as they may come, one of them odd in each row. */
#define SIG_BYTES                                                                                  \
  "LeHJB5+D00x6TSuPrXit+L8I9d6NO9gD/9jS4iT5Riz6bi7Ksd+8D8XXQGK1u70wZNOPOkeiZOzq6dAu1z/WDw=="
#define INPUT_OF(id) "s=" REQUEST_LIST ";keyid=\"" id "\";alg=\"ed25519\""
#define ID32 "abcdefghijklmnopqrstuvwxyzABCDEF"

static const struct
{
  const char *what;
  const char *digest;
  const char *input;
  const char *sig;
} forged[] = {
  { "no digest", NULL, REQUEST_INPUT, REQUEST_SIG },
  { "empty digest", "", REQUEST_INPUT, REQUEST_SIG },
  { "digest of something else", ANSWER_DIGEST, REQUEST_INPUT, REQUEST_SIG },
  { "digest doubled", BODY_DIGEST ", " BODY_DIGEST, REQUEST_INPUT, REQUEST_SIG },
  { "digest of another algorithm",
    "sha-512=:K0JIcCiB3i9WOO/payM94cDdm+XdJOw1rQMNawau3po=:", REQUEST_INPUT, REQUEST_SIG },
  { "digest without its end",
    "sha-256=:K0JIcCiB3i9WOO/payM94cDdm+XdJOw1rQMNawau3po=", REQUEST_INPUT, REQUEST_SIG },
  { "no input", BODY_DIGEST, NULL, REQUEST_SIG },
  { "empty input", BODY_DIGEST, "", REQUEST_SIG },
  { "input doubled", BODY_DIGEST, REQUEST_INPUT ", " REQUEST_INPUT, REQUEST_SIG },
  { "input of an answer", BODY_DIGEST, "s=" ANSWER_LIST ";keyid=\"till-1\";alg=\"ed25519\"",
    REQUEST_SIG },
  { "input without the digest", BODY_DIGEST,
    "s=(\"@method\" \"@path\" \"till\");keyid=\"till-1\";alg=\"ed25519\"", REQUEST_SIG },
  { "input of nothing", BODY_DIGEST, "s=();keyid=\"till-1\";alg=\"ed25519\"", REQUEST_SIG },
  { "input with more", BODY_DIGEST, REQUEST_INPUT ";created=1", REQUEST_SIG },
  { "input of another label", BODY_DIGEST, "t=" REQUEST_LIST ";keyid=\"till-1\";alg=\"ed25519\"",
    REQUEST_SIG },
  { "input of another algorithm", BODY_DIGEST,
    "s=" REQUEST_LIST ";keyid=\"till-1\";alg=\"hmac-sha256\"", REQUEST_SIG },
  { "parameters turned round", BODY_DIGEST, "s=" REQUEST_LIST ";alg=\"ed25519\";keyid=\"till-1\"",
    REQUEST_SIG },
  { "another key's id", BODY_DIGEST, INPUT_OF ("till-2"), REQUEST_SIG },
  { "empty key id", BODY_DIGEST, INPUT_OF (""), REQUEST_SIG },
  { "key id with a quote", BODY_DIGEST, INPUT_OF ("till\"1"), REQUEST_SIG },
  { "key id with a line", BODY_DIGEST, INPUT_OF ("till\n1"), REQUEST_SIG },
  { "no signature", BODY_DIGEST, REQUEST_INPUT, NULL },
  { "empty signature", BODY_DIGEST, REQUEST_INPUT, "" },
  { "empty bytes", BODY_DIGEST, REQUEST_INPUT, "s=::" },
  { "signature of something else", BODY_DIGEST, REQUEST_INPUT, ANSWER_SIG },
  { "signature doubled", BODY_DIGEST, REQUEST_INPUT, REQUEST_SIG ", " REQUEST_SIG },
  { "signature of another label", BODY_DIGEST, REQUEST_INPUT, "t=:" SIG_BYTES ":" },
  { "signature without its end", BODY_DIGEST, REQUEST_INPUT, "s=:" SIG_BYTES },
  { "signature in quotes", BODY_DIGEST, REQUEST_INPUT, "s=\"" SIG_BYTES "\"" },
  { "bare signature", BODY_DIGEST, REQUEST_INPUT, SIG_BYTES },
  { "a letter of the signature", BODY_DIGEST, REQUEST_INPUT,
    "s=:LeHJB5+D00x6TSuPrXit+L8I9d6NO9gD/9jS4iT5Riz6bi7Ksd+8D8XXQGK1u70wZNOPOkeiZOzq6dAu1z/"
    "XDw==:" },
};

static void
test_forged_headers (void)
{
  QuayKey key = make_key (0);
  for (guint i = 0; i < G_N_ELEMENTS (forged); i++)
    {
      const QuaySigned s = { (char *)forged[i].digest, (char *)forged[i].input,
                             (char *)forged[i].sig };
      if (quay_wire_check_request (&s, key.public, "POST", "/v1/push", TILL, BODY, strlen (BODY)))
        g_error ("%s was taken", forged[i].what);
    }
}

/* The headers are as they were signed; what they are about is not. */
static void
test_forged_requests (void)
{
  static const struct
  {
    const char *method;
    const char *path;
    const char *till;
    const char *body;
  } table[] = {
    { "GET", "/v1/push", TILL, BODY },
    { "post", "/v1/push", TILL, BODY },
    { "POST", "/v1/pull", TILL, BODY },
    { "POST", "/v1/push/", TILL, BODY },
    { "POST", "/v1/push?x=1", TILL, BODY },
    { "POST", "", TILL, BODY },
    { "POST", NULL, TILL, BODY },
    { "POST", "/v1/push", "10111213-1415-1617-1819-1a1b1c1d1e1e", BODY },
    { "POST", "/v1/push", NULL, BODY },
    { "POST", "/v1/push", TILL "\n", BODY },
    { "POST", "/v1/push", TILL, "{\"v\":2}\n" },
    { "POST", "/v1/push", TILL, "{\"v\":1}" },
    { "POST", "/v1/push", TILL, "" },
  };
  const QuaySigned s = { (char *)BODY_DIGEST, (char *)REQUEST_INPUT, (char *)REQUEST_SIG };
  QuayKey key = make_key (0);
  QuayKey other = make_key (1);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (quay_wire_check_request (&s, key.public, table[i].method, table[i].path, table[i].till,
                                 table[i].body, strlen (table[i].body)))
      g_error ("request %u was taken", i);
  g_assert_false (
      quay_wire_check_request (&s, other.public, "POST", "/v1/push", TILL, BODY, strlen (BODY)));
}

/* A line within a path can't pass for another line of the signed text. */
static void
test_no_lines (void)
{
  QuayKey key = make_key (0);
  QuaySigned s = { 0 };
  quay_wire_sign_request (&s, &key, "till-1", "POST", "/v1/push", TILL, BODY, strlen (BODY));
  g_assert_false (quay_wire_check_request (&s, key.public, "POST\n\"@path\":", "/v1/push", TILL,
                                           BODY, strlen (BODY)));
  g_assert_false (quay_wire_check_request (&s, key.public, "POST", "/v1/push\n\"till\": " TILL,
                                           TILL, BODY, strlen (BODY)));
  g_assert_false (
      quay_wire_check_request (&s, key.public, "POST", "/v1/push", " " TILL, BODY, strlen (BODY)));
  quay_signed_clear (&s);
}

static void
test_forged_answers (void)
{
  static const struct
  {
    guint status;
    const char *request;
    const char *body;
  } table[] = {
    { 200, BODY_DIGEST, ANSWER },      { 408, BODY_DIGEST, ANSWER }, { 0, BODY_DIGEST, ANSWER },
    { 409, ANSWER_DIGEST, ANSWER },    { 409, NULL, ANSWER },        { 409, "", ANSWER },
    { 409, BODY_DIGEST "\n", ANSWER }, { 409, BODY_DIGEST, "{}" },   { 409, BODY_DIGEST, "" },
  };
  const QuaySigned s = { (char *)ANSWER_DIGEST, (char *)ANSWER_INPUT, (char *)ANSWER_SIG };
  QuaySigned request = { (char *)BODY_DIGEST, (char *)REQUEST_INPUT, (char *)REQUEST_SIG };
  QuayKey key = make_key (0);
  QuayKey other = make_key (1);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (quay_wire_check_answer (&s, key.public, table[i].status, table[i].request, table[i].body,
                                strlen (table[i].body)))
      g_error ("answer %u was taken", i);
  g_assert_false (
      quay_wire_check_answer (&s, other.public, 409, BODY_DIGEST, ANSWER, strlen (ANSWER)));
  g_assert_false (
      quay_wire_check_answer (&request, key.public, 409, BODY_DIGEST, BODY, strlen (BODY)));
}

static void
test_key_id (void)
{
  static const struct
  {
    const char *input;
    const char *id;
  } table[] = {
    { REQUEST_INPUT, "till-1" },
    { ANSWER_INPUT, "srv_A" },
    { INPUT_OF ("a"), "a" },
    { INPUT_OF (ID32), ID32 },
    { INPUT_OF (ID32 "x"), NULL },
    { INPUT_OF (""), NULL },
    { INPUT_OF ("a b"), NULL },
    { INPUT_OF ("a\\\"b"), NULL },
    { INPUT_OF ("khóa"), NULL },
    { " " REQUEST_INPUT, NULL },
    { REQUEST_INPUT " ", NULL },
    { "s=" REQUEST_LIST ";keyid=\"a\"", NULL },
    { "s=" REQUEST_LIST ";keyid=\"a", NULL },
    { "s=" REQUEST_LIST ";keyid=\"", NULL },
    { "s=" REQUEST_LIST, NULL },
    { "s=", NULL },
    { "", NULL },
    { NULL, NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *id = quay_wire_key_id (table[i].input);
      g_assert_cmpstr (id, ==, table[i].id);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/key", test_key);
  g_test_add_func ("/wire/base64", test_base64);
  g_test_add_func ("/wire/hash-text", test_hash_text);
  g_test_add_func ("/wire/seal/vectors", test_seal_vectors);
  g_test_add_func ("/wire/seal/covers", test_seal_covers);
  g_test_add_func ("/wire/digest", test_digest);
  g_test_add_func ("/wire/request/vector", test_request_vector);
  g_test_add_func ("/wire/request/forged-headers", test_forged_headers);
  g_test_add_func ("/wire/request/forged", test_forged_requests);
  g_test_add_func ("/wire/request/no-lines", test_no_lines);
  g_test_add_func ("/wire/answer/vector", test_answer_vector);
  g_test_add_func ("/wire/answer/forged", test_forged_answers);
  g_test_add_func ("/wire/key-id", test_key_id);
  return g_test_run ();
}
