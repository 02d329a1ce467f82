/* Reads about producers: who they are and what they are owed, what a settlement would say, what
 * settlements said. As all reads: answers count after quay_reader_settle() (quay-reader.h). */
#pragma once

#include "quay-partner.h"
#include "quay-reader.h"

G_BEGIN_DECLS

/* Goods whose @producer is not known belong to the account of whoever delivered them. */

/** All producers that have a name, in no order: (element-type QuayPartner) (transfer full).
 * @day: for the shelf prices of what they have on consignment. */
GPtrArray *quay_reader_partners (QuayReader *reader, QuayDay day);
/** One of them, without @on_shelf; (transfer full), NULL if unknown. */
QuayPartner *quay_reader_partner (QuayReader *reader, const QuayId *id);

/** What a producer is owed: Σ of the account's entries. */
QuayMoney quay_reader_owed (QuayReader *reader, const QuayId *producer);

/** A producer's account, newest first; the events of a long settlement are one line.
 * (element-type QuayEntryRecord) (transfer full) */
GPtrArray *quay_reader_entries (QuayReader *reader, const QuayId *producer);
/** An entry by the id of its event; @producer: (out): whose; NULL if there is none. */
QuayEntryRecord *quay_reader_entry (QuayReader *reader, const QuayId *event, QuayId *producer);
/** Whether an entry of @kind belongs to @doc. */
gboolean quay_reader_has_entry (QuayReader *reader, const QuayId *producer, const char *kind,
                                const QuayId *doc);

/**
 * quay_reader_unsettled:
 *
 * The consigned lots of a producer: of each, everything known so far less what earlier settlements
 * stored. Lots of which nothing was left and with which nothing happened are not in it. By product,
 * then in the order of receipt. (element-type QuaySettledLot) (transfer full)
 */
GPtrArray *quay_reader_unsettled (QuayReader *reader, const QuayId *producer);

/** Names of the producer's consigned products of which some lot, or what no lot gave, is below
 * nothing at some place: (element-type utf8) (transfer full), once each. */
GPtrArray *quay_reader_in_doubt (QuayReader *reader, const QuayId *producer);

/** Day of the producer's first consigned lot; 0 without any. */
QuayDay quay_reader_first_lot_day (QuayReader *reader, const QuayId *producer);

/** Settlements, newest first, without lots; @producer NULL: of all. (element-type
 * QuaySettledRecord) (transfer full) */
GPtrArray *quay_reader_settlements (QuayReader *reader, const QuayId *producer, guint limit);

/** A settlement with its lots by the id of its first event; (transfer full), NULL if there is
 * none. */
QuaySettledRecord *quay_reader_settlement (QuayReader *reader, const QuayId *id);

G_END_DECLS
