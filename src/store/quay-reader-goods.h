/* Reads of documents of goods. As all reads: answers count after quay_reader_settle()
 * (quay-reader.h). */
#pragma once

#include "quay-document.h"
#include "quay-reader.h"

G_BEGIN_DECLS

/** Documents of goods, newest first, without lines: (element-type QuayDocument) (transfer full). */
GPtrArray *quay_reader_documents (QuayReader *reader, const QuayDocumentFilter *filter);

/** A document with all its lines, by its id or, @id NULL, by its number; (transfer full), NULL if
 * there is none. */
QuayDocument *quay_reader_document (QuayReader *reader, const QuayId *id, const char *number);

/** The terms of what was last received from a producer, of @product if there was any; FALSE if
 * nothing was. */
gboolean quay_reader_last_terms (QuayReader *reader, const QuayId *producer, const QuayId *product,
                                 QuayTerms *terms);

G_END_DECLS
