/* Packed bodies: back as they were, and frames that lie about their size or window, are cut,
 * doubled or followed by something. The bombs are made here by zstd's own streaming calls. */
#include "quay-wire.h"

#include "quay-error.h"

#include <string.h>
#include <sys/resource.h>
#include <zstd.h>

#define MIB (1024 * 1024)

static GBytes *
make_plain (gsize len)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed (7);
  guint8 *bytes = g_malloc (MAX (len, 1));
  for (gsize i = 0; i < len; i++)
    bytes[i] = (guint8) "0123456789{}\":,a"[g_rand_int_range (chance, 0, 16)];
  return g_bytes_new_take (bytes, len);
}

/* One frame by parameters of one's own; a pledged size only if @told. */
static GBytes *
make_frame (gsize len, int window_log, gboolean told, gboolean checksum)
{
  g_autofree guint8 *zeros = g_malloc0 (MIB);
  gsize bound = ZSTD_compressBound (len);
  guint8 *out = g_malloc (bound);
  ZSTD_outBuffer to = { out, bound, 0 };
  ZSTD_CCtx *ctx = ZSTD_createCCtx ();
  ZSTD_CCtx_setParameter (ctx, ZSTD_c_compressionLevel, 1);
  ZSTD_CCtx_setParameter (ctx, ZSTD_c_checksumFlag, checksum);
  if (window_log > 0)
    g_assert_false (ZSTD_isError (ZSTD_CCtx_setParameter (ctx, ZSTD_c_windowLog, window_log)));
  if (told)
    ZSTD_CCtx_setPledgedSrcSize (ctx, len);
  for (gsize done = 0; done < len; done += MIB)
    {
      ZSTD_inBuffer from = { zeros, MIN (MIB, len - done), 0 };
      while (from.pos < from.size)
        g_assert_false (ZSTD_isError (ZSTD_compressStream2 (ctx, &to, &from, ZSTD_e_continue)));
    }
  ZSTD_inBuffer none = { NULL, 0, 0 };
  g_assert_cmpuint (ZSTD_compressStream2 (ctx, &to, &none, ZSTD_e_end), ==, 0);
  ZSTD_freeCCtx (ctx);
  return g_bytes_new_take (out, to.pos);
}

static GBytes *
unpack (GBytes *packed, gsize limit, GError **error)
{
  return quay_wire_unpack (g_bytes_get_data (packed, NULL), g_bytes_get_size (packed), limit,
                           error);
}

static void
assert_refused (const guint8 *bytes, gsize len, gsize limit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) plain = quay_wire_unpack (bytes, len, limit, &error);
  g_assert_null (plain);
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
}

static void
assert_frame_refused (GBytes *packed, gsize limit)
{
  assert_refused (g_bytes_get_data (packed, NULL), g_bytes_get_size (packed), limit);
}

static void
test_round_trip (void)
{
  static const gsize lengths[] = { 0, 1, 2, 1000, 131072, 131073, MIB, 4 * MIB };
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) plain = make_plain (lengths[i]);
      g_autoptr (GBytes) packed = quay_wire_pack (plain);
      g_autoptr (GBytes) back = unpack (packed, lengths[i], &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (back, plain));
      if (lengths[i] > 0)
        assert_frame_refused (packed, lengths[i] - 1);
    }
}

/* What other programs make: the size not told, a checksum, a window larger than the limit. */
static void
test_other_frames (void)
{
  static const struct
  {
    gsize len;
    int window_log;
    gboolean told;
    gboolean checksum;
  } table[] = {
    { 1000, 0, FALSE, FALSE }, { MIB, 0, FALSE, TRUE },  { MIB, 10, FALSE, FALSE },
    { MIB, 23, FALSE, FALSE }, { MIB, 27, FALSE, TRUE }, { MIB, 27, TRUE, FALSE },
    { 0, 0, FALSE, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) packed =
          make_frame (table[i].len, table[i].window_log, table[i].told, table[i].checksum);
      g_autoptr (GBytes) plain = unpack (packed, MIB, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (plain), ==, table[i].len);
    }
}

static glong
peak_kib (void)
{
  struct rusage usage;
  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

/* A gigabyte in a few bytes: claimed only, there but not told, there and told; and all windows. */
static void
test_bombs (void)
{
  static const guint8 claims[] = { 0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 0x40, 0x01, 0, 0,
                                   /* an empty last block */ };
  static const guint8 widest[] = { 0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xff, 0x01, 0, 0 };
  g_autoptr (GBytes) untold = make_frame (64 * MIB, 27, FALSE, FALSE);
  g_autoptr (GBytes) told = make_frame (64 * MIB, 27, TRUE, FALSE);
  g_assert_cmpuint (g_bytes_get_size (untold), <, 64 * 1024);
  glong before = peak_kib ();
  for (guint i = 0; i < 4; i++)
    {
      assert_refused (claims, sizeof claims, MIB);
      assert_refused (widest, sizeof widest, MIB);
      assert_frame_refused (untold, MIB);
      assert_frame_refused (told, MIB);
    }
  g_assert_cmpint (peak_kib () - before, <, 16 * 1024);
}

static void
test_malformed (void)
{
  g_autoptr (GBytes) plain = make_plain (1000);
  g_autoptr (GBytes) packed = quay_wire_pack (plain);
  gsize len;
  const guint8 *bytes = g_bytes_get_data (packed, &len);
  static const guint8 skippable[] = { 0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 'a', 'b', 'c', 'd' };
  static const guint8 version_7[] = { 0x27, 0xb5, 0x2f, 0xfd, 0, 0, 0, 0, 0, 0 };
  static const guint8 dictionary[] = { 0x28, 0xb5, 0x2f, 0xfd, 0x21, 7, 0, 1, 0, 0 };
  static const guint8 gzip[] = { 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
  for (gsize cut = 0; cut < len; cut++)
    assert_refused (bytes, cut, MIB);
  g_autofree guint8 *more = g_malloc0 (3 * len);
  memcpy (more, bytes, len);
  assert_refused (more, len + 1, MIB);
  memcpy (more + len, bytes, len);
  assert_refused (more, 2 * len, MIB);
  memcpy (more + len, skippable, sizeof skippable);
  assert_refused (more, len + sizeof skippable, MIB);
  memcpy (more, skippable, sizeof skippable);
  memcpy (more + sizeof skippable, bytes, len);
  assert_refused (more, len + sizeof skippable, MIB);
  assert_refused (skippable, sizeof skippable, MIB);
  assert_refused (version_7, sizeof version_7, MIB);
  assert_refused (dictionary, sizeof dictionary, MIB);
  assert_refused (gzip, sizeof gzip, MIB);
  assert_refused ((const guint8 *)"{}", 2, MIB);
}

/* A checksum that is there counts. */
static void
test_checksum (void)
{
  g_autoptr (GBytes) packed = make_frame (1000, 0, TRUE, TRUE);
  gsize len;
  g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (packed, &len), g_bytes_get_size (packed));
  g_autoptr (GBytes) good = quay_wire_unpack (bytes, len, MIB, NULL);
  g_assert_nonnull (good);
  bytes[len - 1] ^= 1;
  assert_refused (bytes, len, MIB);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire-pack/round-trip", test_round_trip);
  g_test_add_func ("/wire-pack/other-frames", test_other_frames);
  g_test_add_func ("/wire-pack/bombs", test_bombs);
  g_test_add_func ("/wire-pack/malformed", test_malformed);
  g_test_add_func ("/wire-pack/checksum", test_checksum);
  return g_test_run ();
}
