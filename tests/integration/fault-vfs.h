/* A VFS whose writes and syncs fail on demand, for databases and their logs. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FAULT_VFS_NAME "fault"

typedef enum
{
  FAULT_FULL,
  FAULT_WRITE,
  FAULT_SYNC,
} Fault;

/** Registers the VFS (not as the default). */
void fault_vfs_register (void);

/** Lets the @nth call of the fault's kind from now on fail (from 1), and if @lasting all after it.
 */
void fault_vfs_arm (Fault fault, guint nth, gboolean lasting);

/** Ends it; TRUE if it struck. */
gboolean fault_vfs_disarm (void);

G_END_DECLS
