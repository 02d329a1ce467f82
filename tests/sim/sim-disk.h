/* Disks of the simulator: a VFS over the system's that counts writes, can be full, and can lose its
 * power at any write. What was written since a file's last sync is remembered, so that a power cut
 * takes each sector of it back or not. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SIM_VFS_NAME "sim"
#define SIM_SECTOR 512

/** A uniform number below @below. */
typedef guint64 (*SimDraw) (gpointer data, guint64 below);

/**
 * SimDisk: that of one computer: all files of one folder.
 * @writes: writes, truncations, syncs and deletions until now
 * @cut_at: the power fails at this one; 0: it does not
 * @dead: it has failed: nothing is written any more
 * @full: nothing grows
 */
typedef struct
{
  char *dir;
  guint64 writes;
  guint64 cut_at;
  gboolean dead;
  gboolean full;
  GHashTable *files; /* path → GArray of what is not synced */
} SimDisk;

/** Registers the VFS, once. */
void sim_disk_set_up (void);

/** The disk of the folder @dir; (transfer full). No other may have the same. */
SimDisk *sim_disk_new (const char *dir);
void sim_disk_free (SimDisk *disk);

/**
 * sim_disk_restart:
 * @power: the power had failed, not only the program: what was not synced is uncertain
 *
 * After all files were closed: the disk as it is found, and it works again.
 */
void sim_disk_restart (SimDisk *disk, gboolean power, SimDraw draw, gpointer data);

G_END_DECLS
