/* SQLite's locks and the index of a log, for the handles of one process: in memory, where the
 * system's would cost a call each, some thousand in a history. They do what unix's do; a file's are
 * gone with its last handle, as after a start of the computer. */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef struct SimLocks SimLocks;

/**
 * SimHold: what one handle holds of its file.
 * @level: SQLITE_LOCK_…
 * @shared: @exclusive: bits: slots of the log's index
 */
typedef struct
{
  SimLocks *of;
  int level;
  guint shared;
  guint exclusive;
  gboolean mapped;
} SimHold;

/** For a handle on the file @path that was just opened. */
void sim_hold_open (SimHold *hold, const char *path);
/** Lets everything go. */
void sim_hold_close (SimHold *hold);

/** As xLock, xUnlock, xCheckReservedLock. */
int sim_hold_lock (SimHold *hold, int level);
int sim_hold_unlock (SimHold *hold, int level);
int sim_hold_reserved (const SimHold *hold, int *out);

/** As xShmMap, xShmLock, xShmUnmap. */
int sim_hold_map (SimHold *hold, int region, int size, gboolean extend, void volatile **out);
int sim_hold_slots (SimHold *hold, int first, int n, int flags);
int sim_hold_unmap (SimHold *hold);

G_END_DECLS
