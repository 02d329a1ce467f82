/* Places where goods lie, moving goods between them, fairs. */
#pragma once

#include "quay-goods.h"
#include "quay-place.h"
#include "quay-till.h"

G_BEGIN_DECLS

/** The shop's places with how much lies in each: (element-type QuayPlace) (transfer full): the shop
 * floor first, then storerooms, then stalls. */
GPtrArray *quay_till_places (QuayTill *till);

/** What lies at a place by lots: (element-type QuayPlaceRow) (transfer full). */
GPtrArray *quay_till_place_rows (QuayTill *till, const QuayId *place);

/** What lies of a product at a place: (element-type QuayLot) (transfer full), first expired first;
 * unallocated goods have a nil id. */
GPtrArray *quay_till_place_lots (QuayTill *till, const QuayId *place, const QuayId *product);

/** The name of a place; (transfer full), NULL if it is unknown. */
char *quay_till_place_name (QuayTill *till, const QuayId *place);

/**
 * quay_till_save_place:
 * @id: of quay_till_new_id() for a new one; writing the same twice changes nothing
 * @name: one line of 1 … 60 characters, that no other place has
 * @kind: one of QUAY_PLACE_…
 *
 * Returns: FALSE with QUAY_ERROR_INVALID for a name that can't be, _EXISTS if another place has
 *   it, or a storage error.
 */
gboolean quay_till_save_place (QuayTill *till, const QuayId *id, const char *name, const char *kind,
                               GError **error);

/**
 * quay_till_sell_from:
 * @place: nil: from the shop's floor again
 *
 * From now on this computer, and no other, sells from that place, also without a network.
 *
 * Returns: FALSE with QUAY_ERROR_NOT_FOUND for an unknown place, _REFUSED while a sale is open, or
 * a storage error.
 */
gboolean quay_till_sell_from (QuayTill *till, const QuayId *place, GError **error);

/** The name of the place that this computer sells from, if it is not the shop's floor; (transfer
 * full), NULL otherwise. */
char *quay_till_away (QuayTill *till);

/**
 * QuayMoveAsk: goods that go from one place to another.
 * @lines: (element-type QuayVoucherLine): product, quantity above 0, and a lot or none; the rest is
 *   filled in
 * @fair: for which they go or from which they come back; nil
 * @name: who carries them; NULL. @note: NULL
 */
typedef struct
{
  QuayId from;
  QuayId to;
  GPtrArray *lines;
  QuayId fair;
  const char *name;
  const char *note;
} QuayMoveAsk;

/**
 * quay_till_move_goods:
 * @id: of quay_till_new_id(), the same for each try
 *
 * Lines without a lot take what expires first; what no lot has stays unallocated.
 *
 * Returns: (transfer full): the document's number; NULL with QUAY_ERROR_INVALID (the same place
 *   twice, no lines, a quantity that can't be), _NOT_FOUND (a place or product), _OVERFLOW, _FULL
 *   or a storage error. Nothing is half done.
 */
char *quay_till_move_goods (QuayTill *till, const QuayId *id, const QuayMoveAsk *ask,
                            GError **error);

/* --- fairs --- */

/** All fairs, the latest first: (element-type QuayFair) (transfer full). */
GPtrArray *quay_till_fairs (QuayTill *till);
QuayFair *quay_till_fair (QuayTill *till, const QuayId *id);

/**
 * quay_till_save_fair:
 * @fair: its id of quay_till_new_id() for a new one; a place for its stall is made if it has none
 * @field: (out): the member that is refused, for QUAY_ERROR_INVALID: "name", "organiser",
 *   "commune", "where", "from", "to", "notice", "notice_day", "cost", "remark", "back"
 *
 * Returns: FALSE with that, or a storage error.
 */
gboolean quay_till_save_fair (QuayTill *till, QuayFair *fair, const char **field, GError **error);

/** Closes a fair. QUAY_ERROR_REFUSED while goods lie at its stall, or a till of this computer sells
 * from there. */
gboolean quay_till_close_fair (QuayTill *till, const QuayId *id, GError **error);

/** A fair by products: (element-type QuayFairRow) (transfer full). */
GPtrArray *quay_till_fair_rows (QuayTill *till, const QuayId *id);

/** Writes the report of a fair as CSV for a spreadsheet, headings in the shop's language given by
 * @language ("vi" or "en"). FALSE with QUAY_ERROR_NOT_FOUND, or if it can't be written. */
gboolean quay_till_export_fair (QuayTill *till, const QuayId *id, const char *path,
                                const char *language, GError **error);

G_END_DECLS
