/* Pictures of products: files named by their SHA-256 in the shop's folder, so that an event can
 * name them and none is ever changed. */
#include "quay-editor-private.h"

#include "quay-error.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define MAX_BYTES (2 * 1024 * 1024)

/* The ending that the first bytes call for; NULL for anything else. */
static const char *
ending_of (const guint8 *data, gsize len)
{
  static const guint8 png[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  static const guint8 jpg[] = { 0xff, 0xd8, 0xff };
  if (len >= sizeof png && memcmp (data, png, sizeof png) == 0)
    return "png";
  if (len >= sizeof jpg && memcmp (data, jpg, sizeof jpg) == 0)
    return "jpg";
  if (len >= 12 && memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WEBP", 4) == 0)
    return "webp";
  return NULL;
}

static gboolean
is_stored_name (const char *text)
{
  gsize digits = strspn (text, "0123456789abcdef");
  const char *rest = text + digits;
  return digits == 64 &&
         (strcmp (rest, ".png") == 0 || strcmp (rest, ".jpg") == 0 || strcmp (rest, ".webp") == 0);
}

static char *
path_of (const char *dir, const char *name)
{
  return g_build_filename (dir, "pictures", name, NULL);
}

/* Reads a picture file within bounds: bytes and the name it gets. */
static char *
read_picture (const char *path, char **data, gsize *len, const char **code)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info =
      g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                         G_FILE_QUERY_INFO_NONE, NULL, NULL);
  *code = "missing";
  if (info == NULL || g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    return NULL;
  *code = "picture-large";
  if (g_file_info_get_size (info) > MAX_BYTES)
    return NULL;
  *code = "missing";
  if (!g_file_get_contents (path, data, len, NULL))
    return NULL;
  *code = *len > MAX_BYTES ? "picture-large" : "picture-format";
  const char *ending = ending_of ((const guint8 *)*data, *len);
  if (ending == NULL || *len > MAX_BYTES)
    return NULL;
  g_autofree char *hash = quay_sha256_hex ((const guint8 *)*data, *len);
  return g_strdup_printf ("%s.%s", hash, ending);
}

char *
quay_picture_check (const char *dir, const char *value, gboolean *take, const char **code)
{
  gsize len;
  g_autofree char *data = NULL;
  *take = FALSE;
  if (is_stored_name (value))
    {
      g_autofree char *stored = path_of (dir, value);
      *code = "missing";
      return g_file_test (stored, G_FILE_TEST_IS_REGULAR) ? g_strdup (value) : NULL;
    }
  *take = TRUE;
  return read_picture (value, &data, &len, code);
}

gboolean
quay_picture_take (const char *dir, const char *path, GError **error)
{
  gsize len;
  const char *code;
  g_autofree char *data = NULL;
  g_autoptr (GError) failed = NULL;
  g_autofree char *name = read_picture (path, &data, &len, &code);
  g_autofree char *folder = path_of (dir, NULL);
  if (name == NULL)
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "'%s' is no picture to take", path);
      return FALSE;
    }
  g_autofree char *target = path_of (dir, name);
  if (g_file_test (target, G_FILE_TEST_EXISTS))
    return TRUE;
  if (g_mkdir_with_parents (folder, 0700) == 0 &&
      g_file_set_contents_full (target, data, (gssize)len,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &failed))
    return TRUE;
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_IO, "can't keep picture '%s': %s", target,
               failed != NULL ? failed->message : g_strerror (errno));
  return FALSE;
}
