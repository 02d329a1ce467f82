/* A sign for a stall: scan to pay by transfer. One thread at a time. */
#pragma once

#include "quay-record.h"
#include "quay-transfer.h"

G_BEGIN_DECLS

/** Sizes of paper for a sign. */
typedef enum
{
  QUAY_SIGN_A4,
  QUAY_SIGN_A5,
} QuaySignSize;

/**
 * quay_sign_to_pdf:
 * @shop: its name is on top
 * @transfer: account and payload; an amount or code is not shown
 * @path: replaced, whole or not at all
 *
 * Returns: FALSE with QUAY_ERROR_INVALID (the payload can't be a code), _FULL, _READ_ONLY or _IO
 */
gboolean quay_sign_to_pdf (const QuayShop *shop, const QuayTransfer *transfer, QuaySignSize size,
                           const char *path, GError **error);

G_END_DECLS
