/* The hash of a chain against vectors made apart from the program, by Python:
 *
 *   hashlib.sha256(b"quay1" + till + chain + struct.pack(">Q", seq) + struct.pack(">I", len(b)) + b
 *                  + prev).hexdigest()
 *
 * with till = bytes(range(0x10, 0x20)), chain = bytes(range(0xa0, 0xb0)), prev = 32 zero bytes for
 * the first and the hash above for the others. */
#include "quay-chain.h"

#include <string.h>

static const struct
{
  guint64 seq;
  const char *bytes;
  const char *hash;
  const char *code;
} vectors[] = {
  { G_GUINT64_CONSTANT (1), "{\"t\":\"chain.birth\"}",
    "81ffeb9f06cffdec24a233500fcd20fe68fd5d2741158dd975492493079d637d", "G7ZYQ7" },
  { G_GUINT64_CONSTANT (2), "{\"t\":\"sale\",\"note\":\"Đường\"}",
    "b62740e3437468b1bbae9ef07b0fa487c58a5b0036d383a91a1a62cc6b8d4372", "PRKM1R" },
  { G_GUINT64_CONSTANT (1099511627775), "",
    "b7eff3b08ed96ae30d114722e47276f6e666d97c141f0e2ce9d5648267b2ce12", "PZQZ7C" },
};

static QuayId
id_from (guint8 first)
{
  QuayId id;
  for (guint8 i = 0; i < sizeof id.b; i++)
    id.b[i] = (guint8)(first + i);
  return id;
}

static void
test_vectors (void)
{
  QuayId till = id_from (0x10);
  QuayId chain = id_from (0xa0);
  QuayHash hash = QUAY_HASH_ZERO;
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      char text[2 * QUAY_HASH_LEN + 1];
      char code[QUAY_CODE_LEN + 1];
      hash = quay_chain_hash (&till, &chain, vectors[i].seq, (const guint8 *)vectors[i].bytes,
                              strlen (vectors[i].bytes), &hash);
      quay_hash_to_text (&hash, text);
      quay_hash_to_code (&hash, code);
      g_assert_cmpstr (text, ==, vectors[i].hash);
      g_assert_cmpstr (code, ==, vectors[i].code);
    }
}

/* Whatever goes into the hash changes it. */
static void
test_covers (void)
{
  QuayId till = id_from (0x10);
  QuayId chain = id_from (0xa0);
  QuayId other = id_from (0x11);
  QuayHash zero = QUAY_HASH_ZERO;
  QuayHash one = { { 1 } };
  const guint8 *bytes = (const guint8 *)"ab";
  QuayHash base = quay_chain_hash (&till, &chain, 1, bytes, 2, &zero);
  QuayHash changed[] = {
    quay_chain_hash (&other, &chain, 1, bytes, 2, &zero),
    quay_chain_hash (&till, &other, 1, bytes, 2, &zero),
    quay_chain_hash (&till, &chain, 2, bytes, 2, &zero),
    quay_chain_hash (&till, &chain, 1, bytes, 1, &zero),
    quay_chain_hash (&till, &chain, 1, (const guint8 *)"ac", 2, &zero),
    quay_chain_hash (&till, &chain, 1, bytes, 2, &one),
  };
  QuayHash again = quay_chain_hash (&till, &chain, 1, bytes, 2, &zero);
  g_assert_true (quay_hash_equal (&base, &again));
  for (guint i = 0; i < G_N_ELEMENTS (changed); i++)
    g_assert_false (quay_hash_equal (&base, &changed[i]));
}

static void
test_sha256 (void)
{
  g_autofree char *empty = quay_sha256_hex ((const guint8 *)"", 0);
  g_autofree char *abc = quay_sha256_hex ((const guint8 *)"abc", 3); /* FIPS 180-4 */
  g_assert_cmpstr (empty, ==, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  g_assert_cmpstr (abc, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chain/vectors", test_vectors);
  g_test_add_func ("/chain/covers", test_covers);
  g_test_add_func ("/chain/sha256", test_sha256);
  return g_test_run ();
}
