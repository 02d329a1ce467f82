/* Shared by the files of queries. */
#pragma once

#include "quay-db.h"
#include "quay-reader.h"

G_BEGIN_DECLS

struct _QuayReader
{
  QuayDb *db;
  QuayId till;
  QuayAsOf at;         /* of the query under way */
  char iso[12];        /* its day as a VAT rate's field */
  char *words;         /* of the last search in receipts */
  GHashTable *matches; /* name → whether it matches them */
};

/**
 * A cached statement of a reader; a failure to prepare is logged, since a read answers by absence.
 */
QuayStmt *quay_reader_stmt (QuayReader *reader, const char *sql);
/** The next row; FALSE at the end. A failure is logged. */
gboolean quay_reader_next (QuayReader *reader, QuayStmt *stmt);

G_END_DECLS
