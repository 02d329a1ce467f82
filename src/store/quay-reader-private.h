/* Shared by the files of queries. */
#pragma once

#include "quay-attention.h"
#include "quay-db.h"
#include "quay-reader.h"

G_BEGIN_DECLS

struct _QuayReader
{
  QuayDb *db;
  QuayAsOf at;         /* of the query under way */
  char iso[12];        /* its day as a VAT rate's field */
  char *words;         /* of the last search in receipts */
  GHashTable *matches; /* name → whether it matches them */
  GError *failed;      /* the first failure that was not settled */
  QuayReaderFailed watch;
  gpointer watch_data;
};

/** Keeps a failure (stolen; NULL: none) for quay_reader_settle(). */
void quay_reader_note (QuayReader *reader, GError *failed);
/** The same for rows that can't be in a sound file. */
void quay_reader_note_damage (QuayReader *reader, const char *what);
/** A cached statement of a reader; NULL if it can't be prepared, which is noted. */
QuayStmt *quay_reader_stmt (QuayReader *reader, const char *sql);
/** The next row; FALSE at the end, or at a failure, which is noted. */
gboolean quay_reader_next (QuayReader *reader, QuayStmt *stmt);

/**
 * A column that no sound file leaves empty; (transfer full), never NULL. What is missing or of
 * another type is noted as damage.
 */
char *quay_reader_need_text (QuayReader *reader, QuayStmt *stmt, int column);
QuayId quay_reader_need_id (QuayReader *reader, QuayStmt *stmt, int column);

/** The running figure @what of a shift, a producer or a customer; 0 if there is none yet. */
gint64 quay_reader_running (QuayReader *reader, const char *what, const QuayId *id);

/* --- quay-query-open-lines.c --- */

/** A line of a document as far as it took goods of a lot at a place. */
typedef struct
{
  QuayReader *reader;
  QuayId doc;
  gint64 line;
  QuayId product;
  QuayId lot;
  QuayId loc;
} QuayLineKey;

/** Adds what is open of it to @lines (element-type QuayOpenLine): up to two entries, kept by the
 * customer and given back spoilt. */
void quay_reader_open_line (const QuayLineKey *key, GPtrArray *lines);

/** Goods that came back to another place than they were sold at are below nothing there alone:
 * lowers @open, which is below nothing, to what its lot gave back beyond all that it took, at all
 * places. FALSE if that is nothing. */
gboolean quay_reader_limit_beyond (QuayReader *reader, QuayOpenLine *open);

G_END_DECLS
