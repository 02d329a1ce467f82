/* A VFS of the tests in which the disk fails at a chosen moment: it is full, it can't write, it
 * can't sync; and what the disk holds if the power is cut then. One at a time; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BAD_DISK_VFS "bad-disk"

typedef enum
{
  BAD_DISK_FULL,      /* no space: nothing is written */
  BAD_DISK_HALF,      /* no space: half of it is written */
  BAD_DISK_WRITE,     /* an error of the device while writing */
  BAD_DISK_SYNC,      /* an error while syncing; what was written can be read, but is not safe */
  BAD_DISK_READ_ONLY, /* the file system became read-only */
  BAD_DISK_N,
} BadDisk;

/** Registers the VFS; @standard: in the place of the system's. */
void bad_disk_register (gboolean standard);

/** From now on, the @nth operation that @fault can hit (from 1) on the shop's file or log fails,
 * and with @lasting each one after it, until bad_disk_disarm(). */
void bad_disk_arm (BadDisk fault, guint nth, gboolean lasting);

/** The disk is sound again. Returns how many operations failed. */
guint bad_disk_disarm (void);

/** Follows what is safe on the disk of the shop in @dir, which must be closed. */
void bad_disk_watch (const char *dir);

/** Makes in @dir the files as the power cut would leave them now. */
void bad_disk_cut_power (const char *dir);

G_END_DECLS
