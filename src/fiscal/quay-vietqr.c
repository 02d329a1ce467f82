/* Making the text of a transfer's QR code. */
#include "quay-vietqr-private.h"

#include "quay-text.h"

#include <stddef.h>
#include <string.h>

#define N_(text) (text) /* read by xgettext; the window translates */
#define FIELD_MAX 99    /* characters of a field */

static const struct
{
  const char *name;
  const char *text;
} faults[QUAY_VIETQR_N_FAULTS] = {
  [QUAY_VIETQR_OK] = { "ok", "" },
  [QUAY_VIETQR_BAD_CHARACTERS] = { "bad-characters", N_ ("The code holds unreadable characters.") },
  [QUAY_VIETQR_NO_CODE] = { "no-code", N_ ("This is not a payment code.") },
  [QUAY_VIETQR_BROKEN] = { "broken", N_ ("The code is broken: one of its lengths is wrong.") },
  [QUAY_VIETQR_TWICE] = { "twice", N_ ("The code is broken: it says something twice.") },
  [QUAY_VIETQR_NO_CHECKSUM] = { "no-checksum",
                                N_ ("The code is not complete: its checksum is missing.") },
  [QUAY_VIETQR_BAD_CHECKSUM] = { "bad-checksum",
                                 N_ ("The code was changed or misread: its checksum is wrong.") },
  [QUAY_VIETQR_BAD_USE] = { "bad-use", N_ ("The code does not say how often it may be used.") },
  [QUAY_VIETQR_NO_TRANSFER] = { "no-transfer",
                                N_ ("The code names no account at a bank of NAPAS.") },
  [QUAY_VIETQR_BAD_BIN] = { "bad-bin", N_ ("A bank is named by six digits.") },
  [QUAY_VIETQR_BAD_ACCOUNT] = { "bad-account", N_ ("An account has 1 to 19 letters and digits.") },
  [QUAY_VIETQR_BAD_SERVICE] = { "bad-service",
                                N_ ("The code is for something else than a transfer.") },
  [QUAY_VIETQR_BAD_CURRENCY] = { "bad-currency", N_ ("The code is not in đồng.") },
  [QUAY_VIETQR_BAD_AMOUNT] = { "bad-amount",
                               N_ ("The amount must be whole đồng above 0, at most 13 digits, in a "
                                   "code for one payment.") },
  [QUAY_VIETQR_BAD_COUNTRY] = { "bad-country", N_ ("The code is not of Vietnam.") },
  [QUAY_VIETQR_BAD_TEXT] = { "bad-text",
                             N_ ("A text of the code is too long or has letters with marks.") },
  [QUAY_VIETQR_TOO_LONG] = { "too-long", N_ ("The texts of the code are too long together.") },
};

const gsize quay_vietqr_texts[QUAY_VIETQR_N_TEXTS] = {
  offsetof (QuayVietqr, bill),      offsetof (QuayVietqr, mobile),
  offsetof (QuayVietqr, store),     offsetof (QuayVietqr, loyalty),
  offsetof (QuayVietqr, reference), offsetof (QuayVietqr, customer),
  offsetof (QuayVietqr, terminal),  offsetof (QuayVietqr, purpose),
};

const char *
quay_vietqr_fault_name (QuayVietqrFault fault)
{
  return faults[fault].name;
}

const char *
quay_vietqr_fault_text (QuayVietqrFault fault)
{
  return faults[fault].text;
}

guint16
quay_vietqr_crc (const char *bytes, gsize len)
{
  guint crc = 0xFFFF;
  for (gsize i = 0; i < len; i++)
    {
      crc ^= (guint)(guint8)bytes[i] << 8;
      for (int bit = 0; bit < 8; bit++)
        crc = (crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1) & 0xFFFF;
    }
  return (guint16)crc;
}

/* --- what may be in it --- */

gboolean
quay_vietqr_is_digits (const char *text, gsize n)
{
  return strlen (text) == n && strspn (text, "0123456789") == n;
}

gboolean
quay_vietqr_text_is_sound (const char *text, gsize max)
{
  gsize len = 0;
  for (; text[len] != '\0'; len++)
    if (text[len] < 0x20 || text[len] > 0x7E)
      return FALSE;
  return len <= max;
}

gboolean
quay_vietqr_bin_is_sound (const char *bin)
{
  return quay_vietqr_is_digits (bin, QUAY_VIETQR_BIN_LEN);
}

gboolean
quay_vietqr_account_is_sound (const char *account)
{
  gsize len = 0;
  for (; account[len] != '\0'; len++)
    if (!g_ascii_isalnum (account[len]))
      return FALSE;
  return len >= 1 && len <= QUAY_VIETQR_ACCOUNT_MAX;
}

void
quay_vietqr_fold (char *to, gsize room, const char *text)
{
  g_autofree char *fold = quay_text_fold (text != NULL ? text : "");
  gsize n = 0;
  for (const char *p = fold; *p != '\0' && n + 1 < room; p++)
    {
      char c = *p <= 0x20 || *p > 0x7E ? ' ' : *p;
      if (c != ' ' || (n > 0 && to[n - 1] != ' '))
        to[n++] = c;
    }
  while (n > 0 && to[n - 1] == ' ')
    n--;
  memset (to + n, 0, room - n);
}

gboolean
quay_vietqr_equal (const QuayVietqr *a, const QuayVietqr *b)
{
  gboolean same = !a->once == !b->once && !a->card == !b->card && a->amount == b->amount &&
                  strcmp (a->bin, b->bin) == 0 && strcmp (a->account, b->account) == 0 &&
                  strcmp (a->category, b->category) == 0 && strcmp (a->name, b->name) == 0 &&
                  strcmp (a->city, b->city) == 0;
  for (guint i = 0; same && i < QUAY_VIETQR_N_TEXTS; i++)
    same = strcmp ((const char *)a + quay_vietqr_texts[i],
                   (const char *)b + quay_vietqr_texts[i]) == 0;
  return same;
}

static QuayVietqrFault
check (const QuayVietqr *qr)
{
  if (!quay_vietqr_bin_is_sound (qr->bin))
    return QUAY_VIETQR_BAD_BIN;
  if (!quay_vietqr_account_is_sound (qr->account))
    return QUAY_VIETQR_BAD_ACCOUNT;
  if (qr->amount < 0 || qr->amount > QUAY_VIETQR_AMOUNT_MAX || (qr->amount > 0 && !qr->once))
    return QUAY_VIETQR_BAD_AMOUNT;
  if ((*qr->category != '\0' && !quay_vietqr_is_digits (qr->category, 4)) ||
      !quay_vietqr_text_is_sound (qr->name, QUAY_VIETQR_TEXT_MAX) ||
      !quay_vietqr_text_is_sound (qr->city, QUAY_VIETQR_CITY_MAX))
    return QUAY_VIETQR_BAD_TEXT;
  for (guint i = 0; i < QUAY_VIETQR_N_TEXTS; i++)
    if (!quay_vietqr_text_is_sound ((const char *)qr + quay_vietqr_texts[i], QUAY_VIETQR_TEXT_MAX))
      return QUAY_VIETQR_BAD_TEXT;
  return QUAY_VIETQR_OK;
}

/* --- writing --- */

/* Nothing where there is no value. */
static void
put (GString *to, guint id, const char *value)
{
  if (*value != '\0')
    g_string_append_printf (to, "%02u%02u%s", id, (guint)strlen (value), value);
}

static void
put_transfer (GString *to, const QuayVietqr *qr)
{
  g_autoptr (GString) who = g_string_new (NULL);
  g_autoptr (GString) frame = g_string_new (NULL);
  put (who, 0, qr->bin);
  put (who, 1, qr->account);
  put (frame, 0, QUAY_VIETQR_GUID);
  put (frame, 1, who->str);
  put (frame, 2, qr->card ? QUAY_VIETQR_TO_CARD : QUAY_VIETQR_TO_ACCOUNT);
  put (to, QUAY_VIETQR_ID_TRANSFER, frame->str);
}

/* FALSE if the texts don't fit together. */
static gboolean
put_order (GString *to, const QuayVietqr *qr)
{
  g_autoptr (GString) frame = g_string_new (NULL);
  for (guint i = 0; i < QUAY_VIETQR_N_TEXTS; i++)
    put (frame, i + 1, (const char *)qr + quay_vietqr_texts[i]);
  if (frame->len > FIELD_MAX)
    return FALSE;
  put (to, QUAY_VIETQR_ID_ORDER, frame->str);
  return TRUE;
}

QuayVietqrFault
quay_vietqr_build (const QuayVietqr *qr, char **payload)
{
  char amount[24] = "";
  QuayVietqr again;
  g_autoptr (GString) text = g_string_new (NULL);
  QuayVietqrFault fault = check (qr);
  *payload = NULL;
  if (fault != QUAY_VIETQR_OK)
    return fault;
  if (qr->amount > 0)
    g_snprintf (amount, sizeof amount, "%" G_GINT64_FORMAT, qr->amount);
  put (text, QUAY_VIETQR_ID_FORMAT, "01");
  put (text, QUAY_VIETQR_ID_USE, qr->once ? "12" : "11");
  put_transfer (text, qr);
  put (text, QUAY_VIETQR_ID_CATEGORY, qr->category);
  put (text, QUAY_VIETQR_ID_CURRENCY, QUAY_VIETQR_CURRENCY);
  put (text, QUAY_VIETQR_ID_AMOUNT, amount);
  put (text, QUAY_VIETQR_ID_COUNTRY, QUAY_VIETQR_COUNTRY);
  put (text, QUAY_VIETQR_ID_NAME, qr->name);
  put (text, QUAY_VIETQR_ID_CITY, qr->city);
  if (!put_order (text, qr))
    return QUAY_VIETQR_TOO_LONG;
  g_string_append_printf (text, "%02d04", QUAY_VIETQR_ID_CHECKSUM);
  g_string_append_printf (text, "%04X", quay_vietqr_crc (text->str, text->len));
  fault = quay_vietqr_parse (text->str, (gssize)text->len, &again);
  if (fault == QUAY_VIETQR_OK && !quay_vietqr_equal (qr, &again))
    fault = QUAY_VIETQR_BROKEN;
  if (fault == QUAY_VIETQR_OK)
    *payload = g_string_free (g_steal_pointer (&text), FALSE);
  return fault;
}
