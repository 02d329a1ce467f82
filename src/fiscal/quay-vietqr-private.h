/* What making and reading a payload share: ids, fixed values, the texts of template 62. */
#pragma once

#include "quay-vietqr.h"

G_BEGIN_DECLS

#define QUAY_VIETQR_GUID "A000000727" /* NAPAS */
#define QUAY_VIETQR_TO_ACCOUNT "QRIBFTTA"
#define QUAY_VIETQR_TO_CARD "QRIBFTTC"
#define QUAY_VIETQR_CURRENCY "704" /* VND */
#define QUAY_VIETQR_COUNTRY "VN"

enum
{
  QUAY_VIETQR_ID_FORMAT = 0,
  QUAY_VIETQR_ID_USE = 1,
  QUAY_VIETQR_ID_TRANSFER = 38,
  QUAY_VIETQR_ID_CATEGORY = 52,
  QUAY_VIETQR_ID_CURRENCY = 53,
  QUAY_VIETQR_ID_AMOUNT = 54,
  QUAY_VIETQR_ID_COUNTRY = 58,
  QUAY_VIETQR_ID_NAME = 59,
  QUAY_VIETQR_ID_CITY = 60,
  QUAY_VIETQR_ID_ORDER = 62,
  QUAY_VIETQR_ID_CHECKSUM = 63,
};

/* Texts of the order by their id − 1, as places in QuayVietqr. */
#define QUAY_VIETQR_N_TEXTS 8
extern const gsize quay_vietqr_texts[QUAY_VIETQR_N_TEXTS];

/* TRUE if @text is at most @max characters 0x20…0x7E. */
gboolean quay_vietqr_text_is_sound (const char *text, gsize max);

/* TRUE if @text is exactly @n digits. */
gboolean quay_vietqr_is_digits (const char *text, gsize n);

G_END_DECLS
