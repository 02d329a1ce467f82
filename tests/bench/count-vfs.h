/* A VFS that counts what a program makes the disk do: syncs and bytes written, of databases and of
 * their write-ahead logs apart. Everything goes on to the system's VFS. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gint64 wal_syncs;
  gint64 wal_bytes;
  gint64 db_syncs;
  gint64 db_bytes;
} CountVfs;

/** Registers it as the default, so that whatever opens a database from now on is counted. */
void count_vfs_register (void);

/** Counts since the program began; from any thread. */
CountVfs count_vfs_now (void);

/** @to − @from. */
CountVfs count_vfs_between (CountVfs from, CountVfs to);

/** Adds @more to @sum. */
void count_vfs_add (CountVfs *sum, CountVfs more);

G_END_DECLS
