/* What is on hand: all products, one product's card, where a lot went, holding a lot back, files.
 * Reads go through whole tables, on a thread with a reader of its own; closing the till waits for
 * it. Errors are those of reading: QUAY_ERROR_DAMAGED, _IO, _OVERFLOW. */
#pragma once

#include "quay-card.h"
#include "quay-shelf.h"
#include "quay-till.h"

G_BEGIN_DECLS

/** Settings of the page: columns that are shown, days until ordered goods come and that an order
 * shall last. */
#define QUAY_SETTING_STOCK_COLUMNS "till.stock_columns"
#define QUAY_SETTING_LEAD_DAYS "shop.lead_days"
#define QUAY_SETTING_COVER_DAYS "shop.cover_days"

/** What to ask for: a moment (0: now), a place (NULL: all), the days of the settings. */
QuayShelfAsk quay_till_shelf_ask (QuayTill *till, gint64 at_ms, const QuayId *loc);

/**
 * quay_till_shelf_async:
 * @first: see quay_reader_shelf(): so many products, quickly; 0: all
 *
 * All products with what is on hand of them.
 */
void quay_till_shelf_async (QuayTill *till, const QuayShelfAsk *ask, guint first,
                            GAsyncReadyCallback callback, gpointer data);
/** (transfer full) */
QuayShelf *quay_till_shelf_finish (QuayTill *till, GAsyncResult *result, GError **error);
/** The same, waiting: for programs without a window. */
QuayShelf *quay_till_shelf (QuayTill *till, const QuayShelfAsk *ask, GError **error);

/** A product's lots, and its movements from one day to another. */
void quay_till_card_async (QuayTill *till, const QuayId *product, QuayDay from, QuayDay to,
                           GAsyncReadyCallback callback, gpointer data);
QuayCard *quay_till_card_finish (QuayTill *till, GAsyncResult *result, GError **error);
QuayCard *quay_till_card (QuayTill *till, const QuayId *product, QuayDay from, QuayDay to,
                          GError **error);

/** To which sales a lot went: (element-type QuayLotSale). */
void quay_till_lot_sales_async (QuayTill *till, const QuayId *lot, GAsyncReadyCallback callback,
                                gpointer data);
GPtrArray *quay_till_lot_sales_finish (QuayTill *till, GAsyncResult *result, GError **error);
GPtrArray *quay_till_lot_sales (QuayTill *till, const QuayId *lot, GError **error);

/** Which lots a receipt of goods brought: (element-type QuayCardLot); empty if there is no such
 * receipt. */
GPtrArray *quay_till_receipt_lots (QuayTill *till, const char *number, GError **error);

/**
 * quay_till_hold_lot:
 * @why: one line, 1 … 70 characters; NULL: the lot may be sold again
 *
 * Holds a lot back: the counter refuses it. QUAY_ERROR_INVALID without a sound reason,
 * QUAY_ERROR_NOT_FOUND if the lot is not known.
 */
gboolean quay_till_hold_lot (QuayTill *till, const QuayId *lot, const char *why, GError **error);

/** A place: shop floor, storeroom, stall. */
typedef struct
{
  QuayId id;
  char *name;
} QuayStockPlace;
/** All places by name: (element-type QuayStockPlace) (transfer full). */
GPtrArray *quay_till_stock_places (QuayTill *till);
void quay_stock_place_free (QuayStockPlace *place);

/** Columns of the file that can be chosen, besides SKU and name. */
typedef enum
{
  QUAY_STOCK_PRODUCER,
  QUAY_STOCK_TERMS,
  QUAY_STOCK_STOCK,
  QUAY_STOCK_MINIMUM,
  QUAY_STOCK_COST,
  QUAY_STOCK_VALUE,
  QUAY_STOCK_LOT,
  QUAY_STOCK_SOLD,
  QUAY_STOCK_ORDER,
  QUAY_STOCK_FREE,
  QUAY_STOCK_STATE,
} QuayStockColumn;
#define QUAY_N_STOCK_COLUMNS 11

/**
 * quay_till_export_shelf:
 * @rows: (element-type QuayShelfRow): in the order of the file
 * @columns: bits, 1 << QuayStockColumn
 * @path: ends in .csv or .xlsx; replaced whole or not at all
 *
 * What the table shows, with Vietnamese headings and typed cells. QUAY_ERROR_INVALID for another
 * ending, _NOT_FOUND, _READ_ONLY, _FULL, _IO.
 */
gboolean quay_till_export_shelf (const QuayShelf *shelf, GPtrArray *rows, guint columns,
                                 const char *path, GError **error);
/** The sales of a lot, as a file like that. */
gboolean quay_till_export_lot_sales (const QuayCardLot *lot, GPtrArray *sales, const char *path,
                                     GError **error);

/** The terms of a row in Vietnamese: "Ký gửi 15%", "Mua đứt", "Bộ"; (transfer full). */
char *quay_shelf_terms_vi (const QuayShelfRow *row);

/** Thẻ quầy hàng (02-BH) of a card as PDF; errors as quay_form_to_pdf(). */
gboolean quay_till_print_card (QuayTill *till, const QuayCard *card, const QuayShelfRow *row,
                               const char *path, GError **error);

G_END_DECLS
