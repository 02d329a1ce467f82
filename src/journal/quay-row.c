/* The registry of projected tables and the row builder. */
#include "quay-row.h"

#include <string.h>

static const QuayTable tables[QUAY_N_TABLES] = {
  [QUAY_TABLE_BIRTH] = { "birth",
                         QUAY_ROW_ONCE,
                         1,
                         8,
                         { "event", "till", "code", "letter", "parent", "first", "count",
                           "version" } },
  [QUAY_TABLE_SALE] = { "sale",
                        QUAY_ROW_ONCE,
                        1,
                        15,
                        { "id", "number", "day", "ts", "who", "shift", "loc", "total", "vat",
                          "lines", "age", "buyer", "note", "customer", "list" } },
  [QUAY_TABLE_SALE_LINE] = { "sale_line",
                             QUAY_ROW_ONCE,
                             2,
                             19,
                             { "sale", "line", "product", "sku", "name", "unit", "kind", "qty",
                               "tare", "price", "amount", "net", "vat_class", "rate", "code",
                               "lot_text", "trace", "note", "abv" } },
  [QUAY_TABLE_PAYMENT] = { "payment",
                           QUAY_ROW_ONCE,
                           2,
                           8,
                           { "doc", "line", "tender", "amount", "given", "change", "ref",
                             "seen" } },
  [QUAY_TABLE_STOCK_MOVE] = { "stock_move",
                              QUAY_ROW_ONCE,
                              2,
                              11,
                              { "event", "line", "loc", "product", "lot", "qty", "ts", "kind",
                                "doc_line", "amount", "cost" } },
  [QUAY_TABLE_STOCK_BALANCE] = { "stock_balance",
                                 QUAY_ROW_ADD,
                                 3,
                                 4,
                                 { "loc", "product", "lot", "qty" } },
  [QUAY_TABLE_RUNNING] = { "running", QUAY_ROW_ADD, 2, 3, { "what", "key", "n" } },
  [QUAY_TABLE_FACT] = { "fact", QUAY_ROW_LATEST, 3, 4, { "kind", "entity", "field", "value" } },
  [QUAY_TABLE_CODE] = { "code", QUAY_ROW_LATEST, 1, 2, { "code", "product" } },
  [QUAY_TABLE_PRICE] = { "price", QUAY_ROW_LATEST, 2, 3, { "product", "day", "price" } },
  [QUAY_TABLE_REFUND] = { "refund",
                          QUAY_ROW_ONCE,
                          1,
                          13,
                          { "id", "number", "day", "ts", "who", "shift", "sale", "of", "total",
                            "why", "customer", "exchange", "approver" } },
  [QUAY_TABLE_REFUND_LINE] = { "refund_line",
                               QUAY_ROW_ONCE,
                               2,
                               14,
                               { "refund", "line", "sale", "sale_line", "qty", "amount", "net",
                                 "restock", "product", "sku", "name", "unit", "vat_class",
                                 "rate" } },
  [QUAY_TABLE_CASH_MOVE] = { "cash_move",
                             QUAY_ROW_ONCE,
                             1,
                             12,
                             { "id", "number", "day", "ts", "who", "shift", "amount", "why", "kind",
                               "party", "doc", "approver" } },
  [QUAY_TABLE_SHIFT] = { "shift",
                         QUAY_ROW_ONCE,
                         1,
                         7,
                         { "id", "number", "day", "ts", "who", "float", "notes" } },
  [QUAY_TABLE_SHIFT_CLOSE] = { "shift_close",
                               QUAY_ROW_ONCE,
                               1,
                               12,
                               { "id", "shift", "day", "ts", "who", "counted", "expected", "why",
                                 "notes", "verified", "approver", "note" } },
  [QUAY_TABLE_AUDIT] = { "audit",
                         QUAY_ROW_ONCE,
                         1,
                         14,
                         { "id", "kind", "day", "ts", "who", "shift", "subject", "ref", "name",
                           "qty", "amount", "why", "act", "approver" } },
  [QUAY_TABLE_DOCUMENT] = { "document",
                            QUAY_ROW_ONCE,
                            1,
                            9,
                            { "id", "document", "kind", "day", "ts", "who", "name", "count",
                              "hash" } },
  [QUAY_TABLE_LOT] = { "lot",
                       QUAY_ROW_ONCE,
                       2,
                       17,
                       { "event", "line", "lot", "product", "producer", "party", "terms", "price",
                         "commission", "base", "net", "made", "expires", "day", "code", "trace",
                         "qty" } },
  [QUAY_TABLE_LOT_SUM] = { "lot_sum", QUAY_ROW_ADD, 2, 3, { "lot", "what", "n" } },
  [QUAY_TABLE_VOUCHER] = { "voucher",
                           QUAY_ROW_ONCE,
                           1,
                           19,
                           { "id", "document", "kind", "number", "day", "ts", "who", "loc",
                             "to_loc", "party", "name", "reason", "subject", "ref", "ref_day",
                             "reverses", "total", "owed", "note" } },
  [QUAY_TABLE_VOUCHER_LINE] = { "voucher_line",
                                QUAY_ROW_ONCE,
                                2,
                                16,
                                { "voucher", "line", "product", "sku", "name", "unit", "lot", "qty",
                                  "other", "price", "amount", "cost", "bearer", "seen", "deduct",
                                  "note" } },
  [QUAY_TABLE_COUNT_LINE] = { "count_line",
                              QUAY_ROW_ONCE,
                              2,
                              10,
                              { "event", "line", "count", "loc", "product", "lot", "whole", "qty",
                                "seen", "who" } },
  [QUAY_TABLE_ASSIGN] = { "assign",
                          QUAY_ROW_ONCE,
                          1,
                          15,
                          { "id", "day", "ts", "who", "doc", "line", "kind", "product", "from_lot",
                            "to_lot", "qty", "amount", "cost", "cost_from", "why" } },
  [QUAY_TABLE_SETTLEMENT] = { "settlement",
                              QUAY_ROW_ONCE,
                              1,
                              14,
                              { "id", "document", "number", "day", "ts", "who", "producer", "name",
                                "from_day", "to_day", "amount", "cost", "tax", "note" } },
  [QUAY_TABLE_SETTLED_LOT] = { "settled_lot",
                               QUAY_ROW_ONCE,
                               2,
                               15,
                               { "settlement", "line", "lot", "product", "sku", "name", "unit",
                                 "opening", "received", "sold", "back", "loss", "waste", "amount",
                                 "cost" } },
  [QUAY_TABLE_ENTRY] = { "entry",
                         QUAY_ROW_ONCE,
                         1,
                         10,
                         { "event", "producer", "kind", "number", "day", "ts", "who", "amount",
                           "doc", "why" } },
  [QUAY_TABLE_ORDER] = { "customer_order",
                         QUAY_ROW_ONCE,
                         1,
                         12,
                         { "id", "number", "day", "ts", "who", "loc", "due", "total", "deposit",
                           "tender", "buyer", "note" } },
  [QUAY_TABLE_ORDER_LINE] = { "customer_order_line",
                              QUAY_ROW_ONCE,
                              2,
                              10,
                              { "order_id", "line", "product", "sku", "name", "unit", "qty",
                                "price", "amount", "note" } },
  [QUAY_TABLE_ORDER_END] = { "customer_order_end",
                             QUAY_ROW_ONCE,
                             1,
                             9,
                             { "id", "order_id", "day", "ts", "who", "how", "sale", "back",
                               "why" } },
  [QUAY_TABLE_LINE_OFF] = { "line_off",
                            QUAY_ROW_ONCE,
                            2,
                            7,
                            { "sale", "n", "line", "kind", "amount", "promo", "name" } },
  [QUAY_TABLE_LIST_PRICE] = { "list_price",
                              QUAY_ROW_LATEST,
                              3,
                              4,
                              { "list", "product", "day", "price" } },
  [QUAY_TABLE_PAYMENT_FIX] = { "payment_fix",
                               QUAY_ROW_ONCE,
                               1,
                               10,
                               { "id", "number", "day", "ts", "who", "shift", "sale", "of", "why",
                                 "approver" } },
  [QUAY_TABLE_CUSTOMER_MOVE] = { "customer_move",
                                 QUAY_ROW_ONCE,
                                 1,
                                 13,
                                 { "event", "customer", "number", "day", "ts", "who", "shift",
                                   "kind", "amount", "points", "tender", "doc", "why" } },
};

const QuayTable *
quay_table (QuayTableId id)
{
  g_assert ((guint)id < QUAY_N_TABLES);
  return &tables[id];
}

void
quay_rows_init (QuayRows *rows)
{
  rows->rows = g_array_new (FALSE, FALSE, sizeof (QuayRow));
  rows->chunk = g_string_chunk_new (256);
}

void
quay_rows_reset (QuayRows *rows)
{
  g_array_set_size (rows->rows, 0);
  g_string_chunk_clear (rows->chunk);
}

void
quay_rows_clear (QuayRows *rows)
{
  g_clear_pointer (&rows->rows, g_array_unref);
  g_clear_pointer (&rows->chunk, g_string_chunk_free);
}

void
quay_rows_begin (QuayRows *rows, QuayTableId table)
{
  g_array_set_size (rows->rows, rows->rows->len + 1);
  QuayRow *row = &g_array_index (rows->rows, QuayRow, rows->rows->len - 1);
  row->table = table;
  row->n = 0;
}

static QuayValue *
next_value (QuayRows *rows)
{
  QuayRow *row = &g_array_index (rows->rows, QuayRow, rows->rows->len - 1);
  g_assert (row->n < QUAY_ROW_MAX_COLUMNS);
  return &row->values[row->n++];
}

void
quay_rows_add_int (QuayRows *rows, gint64 number)
{
  *next_value (rows) = (QuayValue){ .type = QUAY_VALUE_INT, .u.number = number };
}

void
quay_rows_add_text (QuayRows *rows, const char *text)
{
  if (text == NULL)
    quay_rows_add_null (rows);
  else
    *next_value (rows) =
        (QuayValue){ .type = QUAY_VALUE_TEXT, .len = (guint)strlen (text), .u.text = text };
}

void
quay_rows_add_made_text (QuayRows *rows, const char *text)
{
  quay_rows_add_text (rows, g_string_chunk_insert (rows->chunk, text));
}

void
quay_rows_add_known_id (QuayRows *rows, const QuayId *id)
{
  if (id == NULL || quay_id_is_nil (id))
    quay_rows_add_null (rows);
  else
    quay_rows_add_id (rows, id);
}

void
quay_rows_add_blob (QuayRows *rows, const guint8 *blob, guint len)
{
  *next_value (rows) = (QuayValue){ .type = QUAY_VALUE_BLOB, .len = len, .u.blob = blob };
}

void
quay_rows_add_id (QuayRows *rows, const QuayId *id)
{
  quay_rows_add_blob (rows, id->b, sizeof id->b);
}

void
quay_rows_add_null (QuayRows *rows)
{
  *next_value (rows) = (QuayValue){ .type = QUAY_VALUE_NULL };
}

gboolean
quay_rows_are_complete (const QuayRows *rows)
{
  for (guint i = 0; i < rows->rows->len; i++)
    {
      const QuayRow *row = &g_array_index (rows->rows, QuayRow, i);
      if (row->n != tables[row->table].n_columns)
        return FALSE;
    }
  return TRUE;
}
