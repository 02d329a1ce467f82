/* Reading the text of a transfer's QR code. Lengths count characters, so that a text of another
 * language, which may be in what is skipped, does not shift what follows. */
#include "quay-vietqr-private.h"

#include <string.h>

/* What is left to read of the payload, or of a template. */
typedef struct
{
  const char *at;
  const char *end;
} Cursor;

typedef struct
{
  guint id;
  const char *value;
  gsize len; /* bytes */
} Field;

/* Which ids were seen. */
typedef struct
{
  gboolean seen[100];
} Seen;

/* A number of two digits, or −1. */
static int
two_digits (const char *at)
{
  if (!g_ascii_isdigit (at[0]) || !g_ascii_isdigit (at[1]))
    return -1;
  return (at[0] - '0') * 10 + at[1] - '0';
}

/* The next field, which must be there. */
static QuayVietqrFault
next (Cursor *cursor, Seen *seen, Field *field)
{
  if (cursor->end - cursor->at < 5)
    return QUAY_VIETQR_BROKEN;
  int id = two_digits (cursor->at);
  int len = two_digits (cursor->at + 2);
  if (id < 0 || len < 1)
    return QUAY_VIETQR_BROKEN;
  const char *at = cursor->at + 4;
  field->id = (guint)id;
  field->value = at;
  for (int i = 0; i < len; i++)
    {
      if (at >= cursor->end)
        return QUAY_VIETQR_BROKEN;
      at = g_utf8_next_char (at);
    }
  field->len = (gsize)(at - field->value);
  cursor->at = at;
  if (seen->seen[id])
    return QUAY_VIETQR_TWICE;
  seen->seen[id] = TRUE;
  return QUAY_VIETQR_OK;
}

static gboolean
is (const Field *field, const char *value)
{
  return field->len == strlen (value) && memcmp (field->value, value, field->len) == 0;
}

/* A text that was refused is left empty. */
static gboolean
take (const Field *field, char *to, gsize room)
{
  if (field->len >= room)
    return FALSE;
  memcpy (to, field->value, field->len);
  to[field->len] = '\0';
  return quay_vietqr_text_is_sound (to, room - 1);
}

/* --- templates --- */

static QuayVietqrFault
read_who (const Field *frame, QuayVietqr *qr)
{
  Cursor cursor = { frame->value, frame->value + frame->len };
  Seen seen = { 0 };
  Field field;
  while (cursor.at < cursor.end)
    {
      QuayVietqrFault fault = next (&cursor, &seen, &field);
      if (fault != QUAY_VIETQR_OK)
        return fault;
      if (field.id == 0 && !take (&field, qr->bin, sizeof qr->bin))
        return QUAY_VIETQR_BAD_BIN;
      if (field.id == 1 && !take (&field, qr->account, sizeof qr->account))
        return QUAY_VIETQR_BAD_ACCOUNT;
    }
  if (!quay_vietqr_bin_is_sound (qr->bin))
    return QUAY_VIETQR_BAD_BIN;
  return quay_vietqr_account_is_sound (qr->account) ? QUAY_VIETQR_OK : QUAY_VIETQR_BAD_ACCOUNT;
}

static QuayVietqrFault
read_service (const Field *field, QuayVietqr *qr)
{
  qr->card = is (field, QUAY_VIETQR_TO_CARD);
  return qr->card || is (field, QUAY_VIETQR_TO_ACCOUNT) ? QUAY_VIETQR_OK : QUAY_VIETQR_BAD_SERVICE;
}

/* A transfer that names no service goes to an account. */
static QuayVietqrFault
read_transfer (const Field *frame, QuayVietqr *qr)
{
  Cursor cursor = { frame->value, frame->value + frame->len };
  Seen seen = { 0 };
  Field field;
  while (cursor.at < cursor.end)
    {
      QuayVietqrFault fault = next (&cursor, &seen, &field);
      if (fault == QUAY_VIETQR_OK && field.id == 0 && !is (&field, QUAY_VIETQR_GUID))
        fault = QUAY_VIETQR_NO_TRANSFER;
      if (fault == QUAY_VIETQR_OK && field.id == 1)
        fault = read_who (&field, qr);
      if (fault == QUAY_VIETQR_OK && field.id == 2)
        fault = read_service (&field, qr);
      if (fault != QUAY_VIETQR_OK)
        return fault;
    }
  return seen.seen[0] && seen.seen[1] ? QUAY_VIETQR_OK : QUAY_VIETQR_NO_TRANSFER;
}

static QuayVietqrFault
read_order (const Field *frame, QuayVietqr *qr)
{
  Cursor cursor = { frame->value, frame->value + frame->len };
  Seen seen = { 0 };
  Field field;
  while (cursor.at < cursor.end)
    {
      QuayVietqrFault fault = next (&cursor, &seen, &field);
      if (fault != QUAY_VIETQR_OK)
        return fault;
      if (field.id >= 1 && field.id <= QUAY_VIETQR_N_TEXTS &&
          !take (&field, (char *)qr + quay_vietqr_texts[field.id - 1], sizeof (QuayVietqrText)))
        return QUAY_VIETQR_BAD_TEXT;
    }
  return QUAY_VIETQR_OK;
}

/* --- the payload --- */

/* Digits, at most one point, behind which nothing counts; not zero. */
static gboolean
read_amount (const Field *field, gint64 *amount)
{
  gsize i = 0;
  gint64 dong = 0;
  for (; i < field->len && g_ascii_isdigit (field->value[i]); i++)
    dong = dong * 10 + field->value[i] - '0'; /* at most 13 digits */
  if (i == 0 || (i < field->len && field->value[i] != '.'))
    return FALSE;
  for (i++; i < field->len; i++)
    if (field->value[i] != '0')
      return FALSE;
  *amount = dong;
  return dong > 0;
}

static QuayVietqrFault
read_field (const Field *field, QuayVietqr *qr)
{
  switch (field->id)
    {
    case QUAY_VIETQR_ID_USE:
      qr->once = is (field, "12");
      return qr->once || is (field, "11") ? QUAY_VIETQR_OK : QUAY_VIETQR_BAD_USE;
    case QUAY_VIETQR_ID_TRANSFER:
      return read_transfer (field, qr);
    case QUAY_VIETQR_ID_CATEGORY:
      return take (field, qr->category, sizeof qr->category) &&
                     quay_vietqr_is_digits (qr->category, 4)
                 ? QUAY_VIETQR_OK
                 : QUAY_VIETQR_BAD_TEXT;
    case QUAY_VIETQR_ID_CURRENCY:
      return is (field, QUAY_VIETQR_CURRENCY) ? QUAY_VIETQR_OK : QUAY_VIETQR_BAD_CURRENCY;
    case QUAY_VIETQR_ID_AMOUNT:
      return field->len <= 13 && read_amount (field, &qr->amount) ? QUAY_VIETQR_OK
                                                                  : QUAY_VIETQR_BAD_AMOUNT;
    case QUAY_VIETQR_ID_COUNTRY:
      return is (field, QUAY_VIETQR_COUNTRY) ? QUAY_VIETQR_OK : QUAY_VIETQR_BAD_COUNTRY;
    case QUAY_VIETQR_ID_NAME:
      return take (field, qr->name, sizeof qr->name) ? QUAY_VIETQR_OK : QUAY_VIETQR_BAD_TEXT;
    case QUAY_VIETQR_ID_CITY:
      return take (field, qr->city, sizeof qr->city) ? QUAY_VIETQR_OK : QUAY_VIETQR_BAD_TEXT;
    case QUAY_VIETQR_ID_ORDER:
      return read_order (field, qr);
    default:
      return QUAY_VIETQR_OK;
    }
}

/* Printable text of a length that is read at all. */
static gboolean
is_text (const char *text, gsize len)
{
  if (len > 4 * QUAY_VIETQR_MAX || !g_utf8_validate (text, (gssize)len, NULL))
    return FALSE;
  for (gsize i = 0; i < len; i++)
    if ((guint8)text[i] < 0x20 || text[i] == 0x7F)
      return FALSE;
  return g_utf8_strlen (text, (gssize)len) <= QUAY_VIETQR_MAX;
}

static QuayVietqrFault
check_checksum (const char *text, const Field *field)
{
  if (field->len != 4)
    return QUAY_VIETQR_NO_CHECKSUM;
  guint found = 0;
  for (gsize i = 0; i < field->len; i++)
    {
      int digit = g_ascii_xdigit_value (field->value[i]);
      if (digit < 0)
        return QUAY_VIETQR_BAD_CHECKSUM;
      found = found << 4 | (guint)digit;
    }
  return quay_vietqr_crc (text, (gsize)(field->value - text)) == found ? QUAY_VIETQR_OK
                                                                       : QUAY_VIETQR_BAD_CHECKSUM;
}

/* Whether the fields follow each other to the end, the checksum last, and it is right. */
static QuayVietqrFault
check_frame (const char *text, gsize len)
{
  Cursor cursor = { text, text + len };
  Seen seen = { 0 };
  Field field = { 0 };
  while (cursor.at < cursor.end)
    {
      QuayVietqrFault fault = next (&cursor, &seen, &field);
      if (fault != QUAY_VIETQR_OK)
        return fault;
      if (field.id == QUAY_VIETQR_ID_CHECKSUM && cursor.at < cursor.end)
        return QUAY_VIETQR_NO_CHECKSUM;
    }
  return field.id == QUAY_VIETQR_ID_CHECKSUM ? check_checksum (text, &field)
                                             : QUAY_VIETQR_NO_CHECKSUM;
}

static QuayVietqrFault
check_presence (const Seen *seen)
{
  if (!seen->seen[QUAY_VIETQR_ID_USE])
    return QUAY_VIETQR_BAD_USE;
  if (!seen->seen[QUAY_VIETQR_ID_TRANSFER])
    return QUAY_VIETQR_NO_TRANSFER;
  if (!seen->seen[QUAY_VIETQR_ID_CURRENCY])
    return QUAY_VIETQR_BAD_CURRENCY;
  return seen->seen[QUAY_VIETQR_ID_COUNTRY] ? QUAY_VIETQR_OK : QUAY_VIETQR_BAD_COUNTRY;
}

QuayVietqrFault
quay_vietqr_parse (const char *text, gssize len, QuayVietqr *out)
{
  QuayVietqr qr = { 0 };
  Seen seen = { 0 };
  Field field;
  gsize n = len < 0 ? strlen (text) : (gsize)len;
  if (!is_text (text, n))
    return QUAY_VIETQR_BAD_CHARACTERS;
  if (n < 6 || memcmp (text, "000201", 6) != 0)
    return QUAY_VIETQR_NO_CODE;
  QuayVietqrFault fault = check_frame (text, n);
  for (Cursor cursor = { text, text + n }; fault == QUAY_VIETQR_OK && cursor.at < cursor.end;)
    {
      fault = next (&cursor, &seen, &field);
      if (fault == QUAY_VIETQR_OK)
        fault = read_field (&field, &qr);
    }
  if (fault == QUAY_VIETQR_OK)
    fault = check_presence (&seen);
  if (fault == QUAY_VIETQR_OK)
    *out = qr;
  return fault;
}
