/* Shared by the files of the SQLite database: the handle and its own statements. */
#pragma once

#include "quay-server-sql.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/** @frames: in the write-ahead log. */
typedef struct
{
  QuaySql base;
  sqlite3 *handle;
  char *path;
  sqlite3_stmt *rows[QUAY_N_TABLES];
  gboolean aside;
  int frames;
} QuayLite;

typedef struct
{
  QuaySqlStmt base;
  sqlite3_stmt *stmt;
} QuayLiteStmt;

#define LITE(db) ((QuayLite *)(db))

/** Sets @error from the handle's last failure. Returns FALSE. */
gboolean quay_lite_fail (QuayLite *lite, const char *what, GError **error);

/** Binds a value to a statement of SQLite. */
void quay_lite_bind (sqlite3_stmt *stmt, int n, const QuayValue *value);

/** Sets the operations that write rows. */
void quay_lite_ops_rows (QuayServerDbOps *ops);

/** Brings the schema up to date; the newest version known. */
gboolean quay_lite_migrate (QuayLite *lite, GError **error);

/** Makes the statements that write rows. */
gboolean quay_lite_prepare_rows (QuayLite *lite, GError **error);

G_END_DECLS
