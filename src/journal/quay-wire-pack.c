/* Bodies packed by zstd: one frame, unpacked in one go into a buffer of the limit, so that neither
 * the size nor the window that a frame claims makes any memory. */
#include "quay-wire.h"

#include "quay-error.h"

#include <zstd.h>

#define LEVEL 9
#define MAGIC_LEN 4

GBytes *
quay_wire_pack (GBytes *plain)
{
  gsize len;
  const void *bytes = g_bytes_get_data (plain, &len);
  gsize bound = ZSTD_compressBound (len);
  g_autofree guint8 *out = g_malloc (bound);
  gsize size = ZSTD_compress (out, bound, bytes, len, LEVEL);
  g_assert (!ZSTD_isError (size)); /* nothing but memory can fail: the room is there */
  return g_bytes_new_take (g_realloc (g_steal_pointer (&out), size), size);
}

static GBytes *
refuse (const char *why, GError **error)
{
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "packed body %s", why);
  return NULL;
}

/* One frame of the present format, and nothing after it. */
static gboolean
is_one_frame (const guint8 *packed, gsize len)
{
  return len > MAGIC_LEN && packed[0] == (ZSTD_MAGICNUMBER & 0xff) &&
         packed[1] == (ZSTD_MAGICNUMBER >> 8 & 0xff) &&
         packed[2] == (ZSTD_MAGICNUMBER >> 16 & 0xff) && packed[3] == ZSTD_MAGICNUMBER >> 24 &&
         ZSTD_findFrameCompressedSize (packed, len) == len;
}

GBytes *
quay_wire_unpack (const void *packed, gsize len, gsize limit, GError **error)
{
  if (!is_one_frame (packed, len))
    return refuse ("is not one zstd frame", error);
  unsigned long long claimed = ZSTD_getFrameContentSize (packed, len);
  if (claimed == ZSTD_CONTENTSIZE_ERROR)
    return refuse ("is not one zstd frame", error);
  if (claimed != ZSTD_CONTENTSIZE_UNKNOWN && claimed > limit)
    return refuse ("is larger than allowed", error);
  gsize room = claimed == ZSTD_CONTENTSIZE_UNKNOWN ? limit : (gsize)claimed;
  g_autofree guint8 *out = g_malloc (room + 1); /* none of length 0 */
  gsize size = ZSTD_decompress (out, room, packed, len);
  if (ZSTD_isError (size))
    return refuse (ZSTD_getErrorName (size), error);
  return g_bytes_new_take (g_realloc (g_steal_pointer (&out), size + 1), size);
}
