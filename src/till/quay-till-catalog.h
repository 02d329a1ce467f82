/* Products: search, lists, editing, import and export. */
#pragma once

#include "quay-csv.h"
#include "quay-till.h"

G_BEGIN_DECLS

/** Products that match all words of @text in any order, with or without diacritics, best first:
 * exact diacritics, then how often they are sold. (element-type QuayItem) */
GPtrArray *quay_till_search (QuayTill *till, const char *text, guint limit);

/** The product, with its codes; NULL if unknown. */
QuayItem *quay_till_item (QuayTill *till, const QuayId *product);
QuayItem *quay_till_item_by_sku (QuayTill *till, const char *sku);

/** (element-type QuayItem): best sold of a category (NULL: of all). */
GPtrArray *quay_till_best_items (QuayTill *till, const char *category, guint limit);

/** Products of which more was sold than was ever entered, by name: somebody should look at the
 * shelf. (element-type QuayItem), at most @limit. */
GPtrArray *quay_till_negative_items (QuayTill *till, guint limit);

/**
 * quay_till_count_shelf:
 * @counted: what lies on the shelf of a product whose stock is below nothing
 *
 * Books the goods that nobody had entered, so that the stock is what was counted.
 *
 * Returns: FALSE with QUAY_ERROR_NOT_FOUND, _REFUSED if the stock is not below nothing, _INVALID
 *   for a quantity that can't be, or a storage error.
 */
gboolean quay_till_count_shelf (QuayTill *till, const QuayId *product, QuayQty counted,
                                GError **error);

/** (element-type QuayCategory) that have products, by their order. */
GPtrArray *quay_till_categories (QuayTill *till);
/** All of them, for choosing one. */
GPtrArray *quay_till_all_categories (QuayTill *till);
/** VAT classes: (element-type QuayReportRow), key = class, name = text in @language ("vi" or "en"),
 * count = rate now in bp. */
GPtrArray *quay_till_vat_classes (QuayTill *till, const char *language);
/** The communes of today by their names: (element-type QuayReportRow), key = code, name; those
 * that were merged into others are left out. */
GPtrArray *quay_till_communes (QuayTill *till);
/** Producers: (element-type QuayReportRow), key = id, name. */
GPtrArray *quay_till_producers (QuayTill *till);

/**
 * quay_till_item_model:
 * @text: search words or NULL; @category: NULL for all
 * @order: "name", "sku" or "rank"
 *
 * A GListModel of QuayItemObject that reads its items only as they are shown; (transfer full).
 */
GListModel *quay_till_item_model (QuayTill *till, const char *text, const char *category,
                                  const char *order);

#define QUAY_TYPE_ITEM_OBJECT (quay_item_object_get_type ())
G_DECLARE_FINAL_TYPE (QuayItemObject, quay_item_object, QUAY, ITEM_OBJECT, GObject)
/** Borrowed. */
const QuayItem *quay_item_object_get (QuayItemObject *object);

/**
 * QuayItemEdit: a product as a form or a row of a file gives it. Text, as typed.
 * Empty text clears; NULL leaves as it is.
 */
typedef struct
{
  char *sku;
  char *name;
  char *barcodes; /* separated by | */
  char *unit;
  char *sold_by; /* piece or weight */
  char *price;
  char *price_from; /* day; empty: today */
  char *vat_class;
  char *category;
  char *producer; /* name; made if unknown */
  char *commune;
  char *ocop_stars;
  char *ocop_group;
  char *certificate;
  char *certified_on;
  char *valid_until;
  char *alcohol; /* percent by volume, "30" or "12,5" */
  char *minimum;
  char *stock;   /* opening quantity; only for a new product */
  char *picture; /* file to take in, or a name in pictures/ */
  char *pack;
  char *active; /* 1 or 0 */
} QuayItemEdit;

/** All members NULL; (transfer full). */
QuayItemEdit *quay_item_edit_new (void);
/** What the form shows for a product; (transfer full). */
QuayItemEdit *quay_till_edit_of (QuayTill *till, const QuayId *product);
void quay_item_edit_free (QuayItemEdit *edit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayItemEdit, quay_item_edit_free)

/** A field that was refused: which (the name of the member above) and why, worded for the user by
 * the page from @code. */
typedef struct
{
  guint row; /* of a file, from 1 for the first line; 0 for a form */
  const char *column;
  const char *code; /* "empty", "number", "range", "unknown-class", "taken", "check-digit", … */
  char *why;        /* in English, for files and logs */
  char *why_vi;
} QuayRefusal;
void quay_refusal_free (QuayRefusal *refusal);

/**
 * quay_till_save_item:
 * @product: nil for a new one; written with its id
 * @refusals: (out) (element-type QuayRefusal) (transfer full): NULL if it was saved
 *
 * Checks every field, then writes one transaction.
 */
gboolean quay_till_save_item (QuayTill *till, QuayId *product, const QuayItemEdit *edit,
                              GPtrArray **refusals, GError **error);

/** Says what a scanned code means from now on. */
gboolean quay_till_bind_code (QuayTill *till, const char *code, const QuayId *product,
                              GError **error);

/** What a file would change. */
typedef struct _QuayImport QuayImport;
typedef struct
{
  guint rows;
  guint added;
  guint changed;
  guint same;
  GPtrArray *refused; /* QuayRefusal; borrowed */
  GPtrArray *unknown; /* utf8: headers that mean nothing here; borrowed */
} QuayImportSums;
/** One change of the preview. */
typedef struct
{
  guint row;
  const char *sku;
  const char *name;
  gboolean added;
  char *what;    /* "price 58.000 → 60.000; name …"; owned by the import */
  char *what_vi; /* "giá bán 58.000 → 60.000; tên hàng …" */
} QuayImportChange;

/**
 * quay_import_read:
 *
 * Reads and checks a CSV file of at most 64 MB, changes nothing. Its first row names the columns,
 * in any order: members of QuayItemEdit or their Vietnamese names ("mã hàng", "giá bán"); a column
 * of another name is listed and left out. The same file twice changes nothing.
 *
 * Returns: (transfer full): NULL if the file as a whole can't be read: QUAY_ERROR_NOT_FOUND, or
 *   QUAY_ERROR_INVALID (encoding, no header, too large).
 */
QuayImport *quay_import_read (QuayTill *till, const char *path, GError **error);
QuayImport *quay_import_read_bytes (QuayTill *till, GBytes *bytes, const char *name,
                                    GError **error);
/**
 * quay_import_read_async:
 * @progress: (nullable): told about rows now and then, on the main loop, until the callback
 *
 * quay_import_read() beside the counter, on a thread of its own; closing the till waits for it.
 * Errors as there, or G_IO_ERROR_CANCELLED. The callback must call the finish function.
 */
typedef void (*QuayImportProgress) (guint done, guint total, gpointer data);
void quay_import_read_async (QuayTill *till, const char *path, GCancellable *cancellable,
                             QuayImportProgress progress, gpointer progress_data,
                             GAsyncReadyCallback callback, gpointer data);
QuayImport *quay_import_read_finish (GAsyncResult *result, GError **error);
void quay_import_free (QuayImport *import);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayImport, quay_import_free)
QuayImportSums quay_import_sums (QuayImport *import);
/** (element-type QuayImportChange), borrowed. */
GPtrArray *quay_import_changes (QuayImport *import);

/** Writes the rows that are not refused, as one transaction. @progress may be NULL; it is called on
 * the main loop, and no more once @import was freed, which does not stop the writing. If the
 * catalogue changed since the file was read, the rows are worked out again first, beside the
 * counter; and writing stops for a sale and begins anew after it. */
void quay_import_apply_async (QuayImport *import, QuayImportProgress progress,
                              gpointer progress_data, GAsyncReadyCallback callback, gpointer data);
gboolean quay_import_apply_finish (QuayImport *import, GAsyncResult *result, GError **error);
gboolean quay_import_apply (QuayImport *import, GError **error);

/** The catalogue with today's prices and stock, CSV or XLSX by the ending of @path. */
gboolean quay_till_export_catalog (QuayTill *till, const char *path, guint *rows, GError **error);

G_END_DECLS
