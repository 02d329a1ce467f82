/* A real file system of a few megabytes, for tests that fill it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Lets this process mount without anyone else seeing it. First in main(), before any thread; fails
 * the test where the system forbids it. */
void small_disk_init (void);

/** A new one of @megabytes; its folder, (transfer full). */
char *small_disk_new (guint megabytes);
/** Takes it away with all that is on it; frees @dir. */
void small_disk_free (char *dir);

/** Takes all that is left but @bytes, by a file beside the others. */
void small_disk_fill (const char *dir, gsize bytes);
/** Takes that file away. */
void small_disk_make_room (const char *dir);

G_END_DECLS
