/* Shared by the files of the fields of a line. */
#pragma once

#include "quay-goods-line.h"

G_BEGIN_DECLS

typedef enum
{
  QUAY_LINE_PAPER,
  QUAY_LINE_FOUND,
  QUAY_LINE_GROSS,
  QUAY_LINE_DEDUCT,
  QUAY_LINE_PRICE,
  QUAY_LINE_COMMISSION,
  QUAY_LINE_TRANSFER,
  QUAY_LINE_CODE,
  QUAY_LINE_MADE,
  QUAY_LINE_EXPIRES,
  QUAY_LINE_TRACE,
  QUAY_LINE_QTY,
  QUAY_LINE_LOT,
  QUAY_LINE_BEARER,
  QUAY_LINE_NOTE,
  QUAY_LINE_N_FIELDS,
} QuayLineField;

struct _QuayGoodsLine
{
  GtkBox parent;
  QuayTill *till;
  QuaySupply supply;
  QuayVoucherLine *line; /* NULL: none is open */
  QuayQty pack;
  gboolean weighed;
  gboolean filling; /* fields are set by the program */
  GPtrArray *lots;  /* QuayLot, those of the choice behind the first */
  GtkWidget *stack;
  GtkWidget *name;
  GtkWidget *meta;
  GtkWidget *grid;
  GtkWidget *controls[QUAY_LINE_N_FIELDS];
  GtkWidget *rows[QUAY_LINE_N_FIELDS]; /* owned */
};

/** Takes the fields into @line; FALSE if one can't be, which is told there. */
gboolean quay_goods_line_read (QuayGoodsLine *pane, QuayVoucherLine *line);
/** The quantity of one field; 0 if it is empty. */
gboolean quay_goods_line_read_qty (QuayGoodsLine *pane, QuayLineField field, QuayQty *qty);

G_END_DECLS
