/* Reads. A reader is one read-only connection; it never writes or checkpoints. Use each from one
 * thread at a time: the main thread's for what takes microseconds, another for long reports.
 *
 * A read that fails (a damaged page, a disk that does not answer) answers as if nothing were there,
 * and the reader remembers it: nobody may act on answers before quay_reader_settle(). */
#pragma once

#include "quay-item.h"
#include "quay-record.h"
#include "quay-store.h"

G_BEGIN_DECLS

typedef struct _QuayReader QuayReader;

/** Opens the file of an open store for reading; (transfer full). */
QuayReader *quay_reader_new (QuayStore *store, GError **error);
void quay_reader_free (QuayReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayReader, quay_reader_free)

/**
 * quay_reader_settle:
 *
 * Whether all answers since the last call are what the file holds. Whoever acts on them asks first.
 *
 * Returns: FALSE with the first failure since then, a storage error, which is forgotten by that.
 */
gboolean quay_reader_settle (QuayReader *reader, GError **error);

/** TRUE if quay_reader_settle() would fail: what was read is not to be kept. */
gboolean quay_reader_has_failed (QuayReader *reader);

/** @failed is called when a read fails and none before it waits to be settled; NULL for nobody. A
 * reader that is freed with a failure that nobody settled warns of it. */
typedef void (*QuayReaderFailed) (gpointer data);
void quay_reader_watch (QuayReader *reader, QuayReaderFailed failed, gpointer data);

/* --- items (quay-query-items.c). Missing things are NULL. --- */

/** @day: for price, VAT and stars; @loc: whose stock. */
typedef struct
{
  QuayDay day;
  QuayId loc;
} QuayAsOf;

/** A product by its id, its number or its SKU; (transfer full) (nullable). */
QuayItem *quay_reader_item (QuayReader *reader, const QuayAsOf *at, const QuayId *product);
QuayItem *quay_reader_item_by_no (QuayReader *reader, const QuayAsOf *at, gint64 no);
QuayItem *quay_reader_item_by_sku (QuayReader *reader, const QuayAsOf *at, const char *sku);
/** By a bound code: GTIN, own code, trace text. */
QuayItem *quay_reader_item_by_code (QuayReader *reader, const QuayAsOf *at, const char *code);

/** Sort orders of the product list. */
typedef enum
{
  QUAY_ITEMS_BY_RANK,
  QUAY_ITEMS_BY_NAME,
  QUAY_ITEMS_BY_SKU,
} QuayItemOrder;

/** @category: NULL for all; @inactive: also those no longer sold; (element-type QuayItem)
 * (transfer full). @limit up to 1000. */
GPtrArray *quay_reader_items (QuayReader *reader, const QuayAsOf *at, const char *category,
                              QuayItemOrder order, gboolean inactive, guint offset, guint limit);
/** Products of which less than nothing is left at @at's place, by name: more was sold than the file
 * knows of. (element-type QuayItem) (transfer full). */
GPtrArray *quay_reader_negative_items (QuayReader *reader, const QuayAsOf *at, guint limit);
guint quay_reader_n_items (QuayReader *reader, const char *category, gboolean inactive);
/** Whether there is an active item in @category: a look into an index. */
gboolean quay_reader_has_items (QuayReader *reader, const char *category);

/** The numbers of all items in an order, for a list model; GArray of gint64. */
GArray *quay_reader_item_nos (QuayReader *reader, const char *category, QuayItemOrder order,
                              gboolean inactive);

/** Called for each active item, best rank first: what the search index is built from. @fold: search
 * keys, one a line: name, SKU, each code, producer; both texts live until the next call. */
typedef void (*QuayItemVisitor) (gint64 no, const char *fold, const char *name, gpointer data);
void quay_reader_visit_folds (QuayReader *reader, QuayItemVisitor visit, gpointer data);

/** (element-type QuayCategory) by their sort. */
GPtrArray *quay_reader_categories (QuayReader *reader);

/** Facts of one entity: field → value as text; (transfer full). */
GHashTable *quay_reader_facts (QuayReader *reader, const char *kind, const QuayId *entity);
/** A value kept under a code (setting, param); (transfer full), NULL if there is none. */
char *quay_reader_fact (QuayReader *reader, const char *kind, const char *code, const char *field);
/** The entity of @kind whose @field has that text; FALSE if none. */
gboolean quay_reader_find_entity (QuayReader *reader, const char *kind, const char *field,
                                  const char *value, QuayId *entity);
/** Entities of a kind with one field: (element-type QuayReportRow), key = id text or code. */
GPtrArray *quay_reader_entities (QuayReader *reader, const char *kind, const char *field);
/** VAT of a class on a day: of the latest date not after it that has a rate (cleared ones don't
 * count); FALSE if there is none. */
gboolean quay_reader_vat_rate (QuayReader *reader, const char *vat_class, QuayDay day,
                               gint64 *rate_bp);
/** The shop's settings by key; NULL if unset. (transfer full) */
char *quay_reader_setting (QuayReader *reader, const char *key);
char *quay_reader_local (QuayReader *reader, const char *key);

/* --- sales (quay-query-sales.c) --- */

/** By number (any case, leading zeros may be missing: "QT1A-42"); newest first if printed twice. */
QuaySaleRecord *quay_reader_sale (QuayReader *reader, const char *number);
QuaySaleRecord *quay_reader_sale_by_id (QuayReader *reader, const QuayId *id);
/** The last sale that this till made, whole; NULL if none. */
QuaySaleRecord *quay_reader_last_sale (QuayReader *reader);
/**
 * Past sales, newest first, without lines. @text: part of a number, a product's words, a time of
 * day ("6:17": a quarter of an hour around it) or NULL; @customer: with @text, also what they
 * bought, or NULL; @before: continue below this sale (its day and number), or NULL.
 */
GPtrArray *quay_reader_sales (QuayReader *reader, QuayDay from, QuayDay to, const char *text,
                              const QuayId *customer, const QuaySaleRecord *before, guint limit);
/** The sealed name and tax code of a sale's buyer as stored; (transfer full), NULL if there are
 * none. Records hold none of it: opening them takes quay_reader_person_key(). */
char *quay_reader_sealed_buyer (QuayReader *reader, const QuayId *sale);
/** The key of an event's sealed fields; FALSE if it was erased. */
gboolean quay_reader_person_key (QuayReader *reader, const QuayId *event, guint8 key[32]);

/** An open cart on disk. @cart: NULL if its text can't be read, @why then says of what. */
typedef struct
{
  QuayId id;
  QuayCart *cart;
  char *why;
  gboolean held;
  gint64 ts;
  char *label;
} QuayDraft;
void quay_draft_free (QuayDraft *draft);
/** (element-type QuayDraft) oldest first; never one whose sale was committed. */
GPtrArray *quay_reader_drafts (QuayReader *reader);

/** A refund by its event's id: its number (transfer full), the sale and the total; FALSE if there
 * is none. */
gboolean quay_reader_refund (QuayReader *reader, const QuayId *id, char **number, QuayId *sale,
                             QuayMoney *total);

/** What a sale has brought by one tender ("cash"), with what was put right since, less what refunds
 * have handed back by it. */
QuayMoney quay_reader_left_of (QuayReader *reader, const QuayId *sale, const char *tender);

/** The number of a tender put right, by its event's id; (transfer full), NULL if there is none. */
char *quay_reader_payment_fix (QuayReader *reader, const QuayId *id);

/** (element-type QuayExcess): quay_till_excess(). */
GPtrArray *quay_reader_excess (QuayReader *reader);

/** Quantity and amount given back of each line of a sale. */
void quay_reader_refunded (QuayReader *reader, const QuayId *sale, gint64 line, QuayQty *qty,
                           QuayMoney *amount);

/* --- figures (quay-query-reports.c) --- */

typedef enum
{
  QUAY_REPORT_PLAIN,
  QUAY_REPORT_BY_PRODUCT,
  QUAY_REPORT_BY_PRODUCER,
  QUAY_REPORT_BY_DAY,
} QuayReportKind;

/** Figures of business days. @tenders, @rates and @rows are net: what was given back is taken off
 * on the refund's day, so that each adds up to @total − @refunded. Keys: tender name; rate in
 * hundredths of a percent; SKU; producer's id in hex; day. (transfer full) */
QuayReport *quay_reader_report (QuayReader *reader, QuayReportKind kind, QuayDay from, QuayDay to);
/** Number and amount of a day's sales, refunds taken off. */
void quay_reader_day_total (QuayReader *reader, QuayDay day, gint64 *sales, QuayMoney *total);
/** The open shift; FALSE if none. @expected: cash that should be in the drawer. */
gboolean quay_reader_open_shift (QuayReader *reader, QuayId *shift, char **number,
                                 QuayMoney *expected);

/** One row of stock. */
typedef struct
{
  QuayId product;
  QuayId lot;
  QuayId loc;
  char *sku;
  char *name;
  char *unit;
  char *loc_name;
  QuayQty qty;
  QuayMoney value; /* at today's shelf price */
} QuayStockRow;
void quay_stock_row_free (QuayStockRow *row);
/** @sku: NULL for all; @at_ms: a past moment, 0 for now; @lots: one row a lot. */
GPtrArray *quay_reader_stock (QuayReader *reader, const char *sku, gint64 at_ms, gboolean lots,
                              QuayDay day);

G_END_DECLS
