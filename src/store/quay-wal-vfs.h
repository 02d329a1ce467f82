/* A layer under SQLite's writing connection that hands each transaction to the disk in one piece,
 * onto blocks that the log has already. SQLite writes a log frame in two small, unaligned steps,
 * two dozen system calls a sale; here they are gathered until the sync that ends the transaction.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Bytes that a log keeps when it is emptied: a full one of the store's. */
#define QUAY_WAL_KEPT (66 * 1024 * 1024)

/**
 * quay_wal_vfs_over:
 * @base: name of the VFS that does the work, NULL for the default one
 *
 * For connections with synchronous=FULL only: what a transaction wrote is on the file when its sync
 * returns, as readers need it, and not before. Pages of 4096 bytes are gathered; others pass
 * through. A log that SQLite cuts to nothing keeps its length and loses its head.
 *
 * Returns: name of the layer over @base, registered with SQLite; NULL if there is no such VFS. Any
 *   thread.
 */
const char *quay_wal_vfs_over (const char *base);

struct sqlite3;
/** The next time that the log of this connection is emptied, all of it is overwritten by zeros: for
 * what must not be found in it any more. */
void quay_wal_vfs_wipe (struct sqlite3 *handle);

G_END_DECLS
