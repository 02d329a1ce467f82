/* The shop's folder: first run, sample shop, backup, restore, check, generated shops. */
#pragma once

#include "quay-till.h"

G_BEGIN_DECLS

/** What the first run asks for. */
typedef struct
{
  const char *shop;
  const char *address;
  const char *phone;
  const char *tax_code;
  const char *till_code; /* 1–6 capital letters and digits */
  const char *language;  /* "vi" or "en" */
  int width_mm;          /* 58 or 80 */
  gboolean sample;       /* also the sample catalogue and stock */
} QuaySetup;

/** Makes the shop's file with its settings, VAT classes, communes and categories; with @sample the
 * Quế Thanh catalogue. QUAY_ERROR_EXISTS if there is a shop. */
gboolean quay_till_make_shop (const char *dir, const QuaySetup *setup, const QuayEnv *env,
                              GError **error);

typedef struct
{
  guint64 events;
  char *head;
  gboolean ok;
  char *why;
  GPtrArray *numbers; /* QuayNumbers of every counter; NULL if they were not read */
} QuayCheck;
void quay_check_clear (QuayCheck *check);

/** Checks file, chain and tables; with @rebuild also against a replay of the journal. FALSE with an
 * error only if it could not be done: a bad file is an answer. */
gboolean quay_till_verify (QuayTill *till, gboolean rebuild, QuayCheck *check, GError **error);
/** A verified copy; @path must not exist. */
gboolean quay_till_backup (QuayTill *till, const char *path, QuayCheck *check, GError **error);
/**
 * quay_till_verify_async, quay_till_backup_async:
 *
 * The same on a thread of its own: the till sells on meanwhile. Closing the till waits for it.
 */
void quay_till_verify_async (QuayTill *till, gboolean rebuild, GAsyncReadyCallback callback,
                             gpointer data);
void quay_till_backup_async (QuayTill *till, const char *path, GAsyncReadyCallback callback,
                             gpointer data);
gboolean quay_till_check_finish (QuayTill *till, GAsyncResult *result, QuayCheck *check,
                                 GError **error);
/** When the till last made its own copy since it was opened, ms, 0 if it has not; @why: (out)
 * (transfer full) (optional): what the last try failed of, NULL if it did not. */
gint64 quay_till_last_backup (QuayTill *till, char **why);
/** The shop must not be open. */
gboolean quay_till_restore (const char *dir, const char *path, QuayCheck *check, GError **error);
/** Newest verified backup of a folder; (transfer full), NULL if none. */
char *quay_till_newest_backup (const char *dir);
/** Restores the newest backup that is whole; each is checked before the present file is put aside
 * under another name. QUAY_ERROR_NOT_FOUND if there is none. The shop must not be open. */
gboolean quay_till_restore_newest (const char *dir, QuayCheck *check, GError **error);

/** Hand-carried events (of a training shop: QUAY_ERROR_REFUSED); with the server's seals, for who
 * checks them without a till. */
gboolean quay_till_export_events (QuayTill *till, const char *path, guint64 since, guint64 *n,
                                  guint64 *first, guint64 *last, GError **error);
gboolean quay_till_import_events (QuayTill *till, const char *path, guint64 *n, guint64 *first,
                                  guint64 *last, GError **error);

/**
 * QuayGenerate: what a shop for tests and benches holds.
 * @products: up to 900.000
 * @days: 1 … 36.500 business days, over which @sales are spread
 * @lots: that are received of each product at the beginning, besides its opening stock
 * @until_ms: the last of them is the last one that had closed by then; 0: by now
 */
typedef struct
{
  guint products;
  guint sales;
  guint days;
  guint64 seed;
  gint64 until_ms;
  guint lots;
} QuayGenerate;

/**
 * quay_till_generate:
 * @dir: the shop's folder, which must not be open; a shop is made there if there is none
 * @progress: (nullable): called now and then with sales done
 *
 * Adds products with opening stock and, over the past days, real sales of them, to what a shop
 * there has. The same seed and last day give the same shop, event for event, in a new folder.
 *
 * Returns: FALSE with an error of the store, or QUAY_ERROR_EXISTS or _INVALID if a product's SKU or
 *   code is taken there; transactions done so far stay.
 */
gboolean quay_till_generate (const char *dir, const QuayGenerate *ask,
                             void (*progress) (guint done, guint total, gpointer data),
                             gpointer data, GError **error);

G_END_DECLS
