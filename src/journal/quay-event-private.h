/* Shared by the event files: row functions of the families. */
#pragma once

#include "quay-event.h"

G_BEGIN_DECLS

typedef gboolean (*QuayRowsFunc) (const QuayEvent *event, QuayRows *rows, GError **error);

gboolean quay_rows_of_birth (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_facts (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_code (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_price (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_stock_opening (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_posted (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_sale (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_refund (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_audit (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_cash_moved (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_shift_opened (const QuayEvent *event, QuayRows *rows, GError **error);
gboolean quay_rows_of_shift_closed (const QuayEvent *event, QuayRows *rows, GError **error);

/** Says why an event breaks a rule that its own bytes show; returns FALSE. */
gboolean quay_event_refuse (const QuayEvent *event, const char *why, GError **error);

/** day, ts, who: the columns that every document has. */
void quay_rows_add_stamp (QuayRows *rows, const QuayEvent *event);

/** A movement of stock and its balance. */
void quay_rows_of_move (QuayRows *rows, const QuayEvent *event, gint64 line, const QuayId *product,
                        const QuayId *lot, QuayQty qty);

/** Adds to the drawer of the event's shift; nothing for 0. */
void quay_rows_of_drawer (QuayRows *rows, const QuayEvent *event, QuayMoney amount);

/** Counts a document's number, so that the next one is greater. */
void quay_rows_of_number (QuayRows *rows, const char *number);

G_END_DECLS
