/* Rows that events yield: the tables of the projection, their modes, and a builder. Pure.
 * The same rows are written by the till's prepared statements and by the server in bulk. */
#pragma once

#include "quay-id.h"
#include "quay-money.h"

G_BEGIN_DECLS

/**
 * QuayRowMode:
 * @QUAY_ROW_ONCE: insert; the key starts with the event's id
 * @QUAY_ROW_LATEST: one fact; the greatest (lamport, event id) wins, whatever the order of arrival
 * @QUAY_ROW_ADD: add the last column to a running figure
 */
typedef enum
{
  QUAY_ROW_ONCE,
  QUAY_ROW_LATEST,
  QUAY_ROW_ADD,
} QuayRowMode;

typedef enum
{
  QUAY_TABLE_BIRTH,
  QUAY_TABLE_SALE,
  QUAY_TABLE_SALE_LINE,
  QUAY_TABLE_PAYMENT,
  QUAY_TABLE_STOCK_MOVE,
  QUAY_TABLE_STOCK_BALANCE,
  QUAY_TABLE_RUNNING,
  QUAY_TABLE_FACT,
  QUAY_TABLE_CODE,
  QUAY_TABLE_PRICE,
  QUAY_TABLE_REFUND,
  QUAY_TABLE_REFUND_LINE,
  QUAY_TABLE_CASH_MOVE,
  QUAY_TABLE_SHIFT,
  QUAY_TABLE_SHIFT_CLOSE,
  QUAY_TABLE_AUDIT,
  QUAY_TABLE_DOCUMENT,
  QUAY_TABLE_LOT,
  QUAY_TABLE_LOT_SUM,
  QUAY_TABLE_VOUCHER,
  QUAY_TABLE_VOUCHER_LINE,
  QUAY_TABLE_COUNT_LINE,
  QUAY_TABLE_ASSIGN,
  QUAY_TABLE_SETTLEMENT,
  QUAY_TABLE_SETTLED_LOT,
  QUAY_TABLE_ENTRY,
  QUAY_TABLE_ORDER,
  QUAY_TABLE_ORDER_LINE,
  QUAY_TABLE_ORDER_END,
  QUAY_TABLE_LINE_OFF,
  QUAY_TABLE_LIST_PRICE,
  QUAY_TABLE_PAYMENT_FIX,
  QUAY_TABLE_CUSTOMER_MOVE,
  QUAY_N_TABLES,
} QuayTableId;

#define QUAY_ROW_MAX_COLUMNS 20

/**
 * QuayTable:
 * @columns: names, the first @n_keys of them the key; ends with NULL. A LATEST table has two more
 *   columns in the database, lam and event, which come from the event's header.
 */
typedef struct
{
  const char *name;
  QuayRowMode mode;
  guint n_keys;
  guint n_columns;
  const char *columns[QUAY_ROW_MAX_COLUMNS + 1];
} QuayTable;

/** The description of a table; static. */
const QuayTable *quay_table (QuayTableId id);

typedef enum
{
  QUAY_VALUE_NULL,
  QUAY_VALUE_INT,
  QUAY_VALUE_TEXT,
  QUAY_VALUE_BLOB,
} QuayValueType;

/** One column of a row. Text and blob are borrowed from the event. */
typedef struct
{
  QuayValueType type;
  guint len;
  union
  {
    gint64 number;
    const char *text;
    const guint8 *blob;
  } u;
} QuayValue;

typedef struct
{
  QuayTableId table;
  guint n;
  QuayValue values[QUAY_ROW_MAX_COLUMNS];
} QuayRow;

/** Rows of one event, in the order in which they are written. Reused from event to event. */
typedef struct
{
  GArray *rows;        /* QuayRow */
  GStringChunk *chunk; /* texts made for a row */
} QuayRows;

/** An empty list; give it back with quay_rows_clear(). */
void quay_rows_init (QuayRows *rows);
/** Empties it for the next event. */
void quay_rows_reset (QuayRows *rows);
void quay_rows_clear (QuayRows *rows);

/** Starts a row of @table; the quay_rows_add_… calls then give its columns in order. */
void quay_rows_begin (QuayRows *rows, QuayTableId table);
void quay_rows_add_int (QuayRows *rows, gint64 number);
/** @text is borrowed until the event is freed; NULL gives NULL. */
void quay_rows_add_text (QuayRows *rows, const char *text);
/** @text is copied. */
void quay_rows_add_made_text (QuayRows *rows, const char *text);
/** The 16 bytes of @id, borrowed; a nil id is stored as it is. */
void quay_rows_add_id (QuayRows *rows, const QuayId *id);
/** The same; nothing known (NULL or nil) gives NULL. */
void quay_rows_add_known_id (QuayRows *rows, const QuayId *id);
void quay_rows_add_blob (QuayRows *rows, const guint8 *blob, guint len);
void quay_rows_add_null (QuayRows *rows);

/** True if every row has as many columns as its table; a programming error otherwise. */
gboolean quay_rows_are_complete (const QuayRows *rows);

G_END_DECLS
