/* A restore tried out before anything is replaced. */
#pragma once

#include "quay-till-files.h"

G_BEGIN_DECLS

/**
 * QuayRehearsal: what a backup would bring back.
 * @check: of the whole file
 * @products, @sales, @total: how many; what was sold, refunds not taken off
 * @last_number, @last_ts: of the last sale; NULL and 0 if there is none
 */
typedef struct
{
  QuayCheck check;
  char *shop;
  guint products;
  gint64 sales;
  QuayMoney total;
  char *last_number;
  gint64 last_ts;
} QuayRehearsal;
void quay_rehearsal_clear (QuayRehearsal *rehearsal);

/**
 * quay_till_rehearse:
 * @dir: the shop's folder, in which room for a copy is needed
 *
 * Restores the backup @path into a folder of its own, checks and reads it there and removes it. The
 * shop may be open, and is not touched. Long: not in the main thread.
 *
 * Returns: FALSE with QUAY_ERROR_DAMAGED (the backup is bad), _NEWER, _NOT_FOUND, _FULL,
 *   _REFUSED (a file for training) or another storage error.
 */
gboolean quay_till_rehearse (const char *dir, const char *path, QuayRehearsal *rehearsal,
                             GError **error);

/** The same on a thread; takes the right QUAY_ACT_SETTINGS. */
void quay_till_rehearse_async (QuayTill *till, const char *path, GAsyncReadyCallback callback,
                               gpointer data);
gboolean quay_till_rehearse_finish (QuayTill *till, GAsyncResult *result, QuayRehearsal *rehearsal,
                                    GError **error);

G_END_DECLS
