/* Room kept for a full disk: a file beside the till's that only takes room. It is given up when
 * nothing else is left, so that the file can be opened, the shift closed and carts kept, while new
 * sales are refused. Any thread, one at a time for a folder. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define QUAY_BALLAST_FILE "quay.ballast"
#define QUAY_BALLAST_BYTES (16 * 1024 * 1024)
/** Less than this beside the ballast, given up or not, and nothing is sold. */
#define QUAY_BALLAST_LOW_BYTES (4 * 1024 * 1024)

/** TRUE if the disk of @dir has room for sales: what is free, less the ballast's bytes if it is not
 * there, is not below QUAY_BALLAST_LOW_BYTES. TRUE if that can't be told. */
gboolean quay_ballast_has_room (const char *dir);

/** Gives the room up if it is kept. Returns whether it was; the room is free then. */
gboolean quay_ballast_release (const char *dir);

/**
 * quay_ballast_tend:
 *
 * Gives the room up if the disk is full, and keeps it (again) once as much would stay free beside
 * it. Its blocks are really taken, not only its length. What fails is tried again next time.
 */
void quay_ballast_tend (const char *dir);

G_END_DECLS
