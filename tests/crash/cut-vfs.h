/* A VFS that records every write, truncation, sync and deletion of a database and its WAL, and
 * builds from the record the disk as a power cut could have left it: what was synced is there, of
 * the rest each sector is independently old, new or torn. For tests only; one recording at a time.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CUT_VFS_NAME "cut"
#define CUT_SECTOR 512

/** What the disk may do to sectors that were not synced. */
typedef enum
{
  CUT_CLEAN,    /* each is old or new */
  CUT_TORN,     /* or garbage, the whole of it */
  CUT_NO_SYNCS, /* the disk ignores syncs: nothing is certain. A store must fail here. */
} CutMode;

/** Registers the VFS (not as the default). */
void cut_vfs_register (void);

/** How many operations were recorded so far; a moment at which the power may fail. */
guint cut_vfs_now (void);

/** Number of syncs recorded from @from to @to. */
guint cut_vfs_syncs (guint from, guint to);

/**
 * Writes the database (and WAL) to @path as they may be if the power fails right after operation
 * @moment. Operations before @base are taken as durable.
 */
void cut_vfs_build (const char *path, guint base, guint moment, CutMode mode, GRand *chance);

/** Starts a record anew with the database as it is at @path, which must be closed and whole. */
void cut_vfs_start (const char *path);

G_END_DECLS
