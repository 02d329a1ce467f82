/* The one error domain of the till. A code exists only where a caller does something different. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define QUAY_ERROR (quay_error_quark ())

/**
 * QuayError:
 * @QUAY_ERROR_INVALID: input that no user action makes right as it stands (bad file, bad number)
 * @QUAY_ERROR_OVERFLOW: an amount or quantity beyond the allowed range
 * @QUAY_ERROR_NOT_FOUND: nothing of that name, code or number
 * @QUAY_ERROR_EXISTS: the thing to be made is there already
 * @QUAY_ERROR_REFUSED: a rule of the business forbids it; the message names the rule
 * @QUAY_ERROR_BUSY: another program has the shop's file open
 * @QUAY_ERROR_DAMAGED: the file is not whole; nothing was changed
 * @QUAY_ERROR_NEWER: the file was written by a newer program
 * @QUAY_ERROR_FULL: no room on the disk
 * @QUAY_ERROR_READ_ONLY: the folder or the file can't be written
 * @QUAY_ERROR_DENIED: who works may not do it; somebody else may allow it
 * @QUAY_ERROR_LAW: the law forbids it: "what|which law|its number" (quay-till-law.h)
 * @QUAY_ERROR_IO: the disk failed; after it the store stops writing until reopened
 */
typedef enum
{
  QUAY_ERROR_INVALID,
  QUAY_ERROR_OVERFLOW,
  QUAY_ERROR_NOT_FOUND,
  QUAY_ERROR_EXISTS,
  QUAY_ERROR_REFUSED,
  QUAY_ERROR_BUSY,
  QUAY_ERROR_DAMAGED,
  QUAY_ERROR_NEWER,
  QUAY_ERROR_FULL,
  QUAY_ERROR_READ_ONLY,
  QUAY_ERROR_IO,
  QUAY_ERROR_DENIED,
  QUAY_ERROR_LAW,
} QuayError;

GQuark quay_error_quark (void);

/** True if the file itself can't take writes now: the sale is refused and the cart is kept. */
gboolean quay_error_is_storage (const GError *error);

G_END_DECLS
