/* Documents of goods after they were posted: lists, one whole, on paper, taken back. */
#pragma once

#include "quay-document.h"
#include "quay-till.h"

G_BEGIN_DECLS

/** Documents of goods, newest first, without lines: (element-type QuayDocument) (transfer full). */
GPtrArray *quay_till_documents (QuayTill *till, const QuayDocumentFilter *filter);

/** A document with its lines and what is known of their lots; NULL if there is none. */
QuayDocument *quay_till_document (QuayTill *till, const QuayId *id);
QuayDocument *quay_till_document_by_number (QuayTill *till, const char *number);

/**
 * quay_till_reverse_document:
 * @id: of the new document, made before the first try
 * @of: the document that is taken back
 * @why: one line, 1 … 200 characters
 *
 * A document is never changed: another one with the opposite quantities takes it back, and what was
 * owed with it. Goods received are given back from the same lots, goods issued come back to theirs,
 * goods moved go back. Money that was paid with it is an entry of its own and stays.
 *
 * Returns: (transfer full): its number; NULL with QUAY_ERROR_INVALID (no reason), _NOT_FOUND,
 *   _EXISTS (it was taken back before, or takes one back itself), _REFUSED (less of a lot is left
 *   there than goes back: the message names the product and what is left; or a count or baskets),
 *   and the errors of quay_till_post_goods().
 */
char *quay_till_reverse_document (QuayTill *till, const QuayId *id, const QuayId *of,
                                  const char *why, GError **error);

/** True for kinds that have a form of their own to print. */
gboolean quay_till_document_has_form (const QuayDocument *document);

/**
 * quay_till_print_document:
 * @path: (nullable): the file; NULL: forms/NUMBER.pdf in the shop's folder
 *
 * Lays a document out on its official form: 01-VT, 06-VT (bought at the door) or 02-VT.
 *
 * Returns: (transfer full): the file's path; NULL with QUAY_ERROR_NOT_FOUND, _INVALID (no form for
 *   its kind) or the errors of writing.
 */
char *quay_till_print_document (QuayTill *till, const QuayId *id, const char *path, GError **error);

G_END_DECLS
