/* What is drawn becomes a file, whole or not at all. For the files of this folder; any thread. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/**
 * quay_device_write:
 * @path: replaced by a rename; readable by its owner alone, since people are named in it
 *
 * Returns: FALSE with QUAY_ERROR_FULL, _READ_ONLY or _IO
 */
gboolean quay_device_write (const char *path, const guint8 *bytes, gsize len, GError **error);

/** FALSE with QUAY_ERROR_IO if a drawing failed. */
gboolean quay_device_check_cairo (cairo_status_t status, GError **error);

G_END_DECLS
