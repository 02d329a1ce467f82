/* Black and white dots in memory and as PNG. Any thread. */
#include "quay-raster.h"

#include <gio/gio.h>
#include <string.h>

#define DOTS_PER_METRE 8000

QuayRaster *
quay_raster_new (guint width, guint height)
{
  QuayRaster *raster = g_new0 (QuayRaster, 1);
  raster->width = width;
  raster->height = (height + 7) / 8 * 8;
  raster->stride = (width + 7) / 8;
  raster->bits = g_malloc0_n (raster->height, raster->stride);
  return raster;
}

void
quay_raster_free (QuayRaster *raster)
{
  if (raster == NULL)
    return;
  g_free (raster->bits);
  g_free (raster);
}

static guint32
crc32_of (const guint8 *bytes, gsize n)
{
  guint32 crc = 0xFFFFFFFF;
  for (gsize i = 0; i < n; i++)
    {
      crc ^= bytes[i];
      for (int bit = 0; bit < 8; bit++)
        crc = crc & 1 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
    }
  return ~crc;
}

static void
put_u32 (GByteArray *out, guint32 n)
{
  n = GUINT32_TO_BE (n);
  g_byte_array_append (out, (const guint8 *)&n, 4);
}

/* Length, type, data, and the sum over type and data. */
static void
put_chunk (GByteArray *out, const char *type, const guint8 *data, gsize n)
{
  put_u32 (out, n);
  gsize start = out->len;
  g_byte_array_append (out, (const guint8 *)type, 4);
  if (n > 0)
    g_byte_array_append (out, data, n);
  put_u32 (out, crc32_of (out->data + start, n + 4));
}

/* Each row after its filter byte (0, none); in PNG a 1 is white. */
static GByteArray *
png_rows (const QuayRaster *raster)
{
  GByteArray *rows = g_byte_array_sized_new ((raster->stride + 1) * raster->height);
  const guint8 none = 0;
  for (guint y = 0; y < raster->height; y++)
    {
      g_byte_array_append (rows, &none, 1);
      for (guint x = 0; x < raster->stride; x++)
        {
          guint8 byte = ~raster->bits[(gsize)y * raster->stride + x];
          g_byte_array_append (rows, &byte, 1);
        }
    }
  return rows;
}

static GBytes *
deflate (const GByteArray *rows, GError **error)
{
  g_autoptr (GZlibCompressor) zlib = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9);
  g_autoptr (GInputStream) in = g_memory_input_stream_new_from_data (rows->data, rows->len, NULL);
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) packed = g_converter_output_stream_new (out, G_CONVERTER (zlib));
  if (g_output_stream_splice (
          packed, in, G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
          NULL, error) < 0)
    return NULL;
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
}

GBytes *
quay_raster_to_png (const QuayRaster *raster, GError **error)
{
  static const guint8 signature[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n' };
  static const guint8 grey_1_bit[] = { 1, 0, 0, 0, 0 }; /* depth, colour, and the defaults */
  const guint8 metre = 1;

  g_autoptr (GByteArray) rows = png_rows (raster);
  g_autoptr (GBytes) data = deflate (rows, error);
  if (data == NULL)
    return NULL;
  g_autoptr (GByteArray) png = g_byte_array_new ();
  g_byte_array_append (png, signature, sizeof signature);
  g_autoptr (GByteArray) header = g_byte_array_new ();
  put_u32 (header, raster->width);
  put_u32 (header, raster->height);
  g_byte_array_append (header, grey_1_bit, sizeof grey_1_bit);
  put_chunk (png, "IHDR", header->data, header->len);
  g_autoptr (GByteArray) density = g_byte_array_new ();
  put_u32 (density, DOTS_PER_METRE);
  put_u32 (density, DOTS_PER_METRE);
  g_byte_array_append (density, &metre, 1);
  put_chunk (png, "pHYs", density->data, density->len);
  put_chunk (png, "IDAT", g_bytes_get_data (data, NULL), g_bytes_get_size (data));
  put_chunk (png, "IEND", NULL, 0);
  return g_byte_array_free_to_bytes (g_steal_pointer (&png));
}
