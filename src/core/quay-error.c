/* Error domain and predicates. Pure. */
#include "quay-error.h"

G_DEFINE_QUARK (quay - error - quark, quay_error)

gboolean
quay_error_is_storage (const GError *error)
{
  if (error == NULL || error->domain != QUAY_ERROR)
    return FALSE;
  switch ((QuayError)error->code)
    {
    case QUAY_ERROR_BUSY:
    case QUAY_ERROR_DAMAGED:
    case QUAY_ERROR_NEWER:
    case QUAY_ERROR_FULL:
    case QUAY_ERROR_READ_ONLY:
    case QUAY_ERROR_IO:
      return TRUE;
    default:
      return FALSE;
    }
}
