/* Freeing documents that were read. Pure. */
#include "quay-document.h"

void
quay_document_free (QuayDocument *document)
{
  if (document == NULL)
    return;
  g_clear_pointer (&document->voucher, quay_voucher_free);
  g_clear_pointer (&document->lots, g_ptr_array_unref);
  g_free (document->who);
  g_free (document->place);
  g_free (document->to_place);
  g_free (document->party_name);
  g_free (document);
}
