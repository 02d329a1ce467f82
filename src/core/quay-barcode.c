/* The order of questions about a scanned text: address, payment code, GS1 data, digits, opaque.
 * The parts of a label come from the shop's rules, GS1 data from quay-gs1. Pure; any thread. */
#include "quay-barcode.h"

#include <string.h>

const char *
quay_scan_kind_name (QuayScanKind kind)
{
  static const char *const names[] = {
    [QUAY_SCAN_UNKNOWN] = "unknown", [QUAY_SCAN_PRODUCT] = "product",
    [QUAY_SCAN_WEIGHED] = "weighed", [QUAY_SCAN_PRICED] = "priced",
    [QUAY_SCAN_COUNTED] = "counted", [QUAY_SCAN_GS1] = "gs1",
    [QUAY_SCAN_TRACE] = "trace",     [QUAY_SCAN_PAYMENT] = "payment",
    [QUAY_SCAN_WEB] = "web",
  };
  g_return_val_if_fail (kind < G_N_ELEMENTS (names), "unknown");
  return names[kind];
}

void
quay_scan_clear (QuayScan *scan)
{
  g_free (scan->text);
  *scan = (QuayScan){ 0 };
}

static gboolean
is_gtin_length (gsize len)
{
  return len == 8 || len == 12 || len == 13 || len == 14;
}

gboolean
quay_gtin_is_valid (const char *code, gsize len)
{
  return is_gtin_length (len) && quay_gs1_check (code, len);
}

static void
pad_to_14 (const char *code, gsize len, char gtin[QUAY_GTIN_LEN + 1])
{
  memset (gtin, '0', QUAY_GTIN_LEN);
  memcpy (gtin + QUAY_GTIN_LEN - len, code, len);
  gtin[QUAY_GTIN_LEN] = '\0';
}

guint
quay_gtin_forms (const char *code, char forms[4][QUAY_GTIN_LEN + 1])
{
  static const gsize lengths[] = { 14, 13, 12, 8 };
  gsize len = strlen (code);
  guint n = 0;
  char gtin[QUAY_GTIN_LEN + 1];
  g_return_val_if_fail (quay_gtin_is_valid (code, len), 0);
  pad_to_14 (code, len, gtin);
  gsize zeros = strspn (gtin, "0");
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    if (QUAY_GTIN_LEN - lengths[i] <= zeros)
      g_strlcpy (forms[n++], gtin + QUAY_GTIN_LEN - lengths[i], QUAY_GTIN_LEN + 1);
  return n;
}

static gint64
read_digits (const char *digits, gsize len)
{
  gint64 n = 0;
  for (gsize i = 0; i < len; i++)
    n = n * 10 + (digits[i] - '0');
  return n;
}

static gint64
power_of_ten (int exponent)
{
  gint64 n = 1;
  for (int i = 0; i < exponent; i++)
    n *= 10;
  return n;
}

/* Fills in item and value of an in-store label; @code has 13 digits. */
static void
read_label (const char *code, const QuayScanLabel *label, QuayScan *out)
{
  const char *value = code + 2 + label->item_digits + label->inner;
  gint64 n = read_digits (value, (gsize)label->value_digits);
  switch (label->kind)
    {
    case QUAY_SCAN_LABEL_WEIGHT:
      out->kind = QUAY_SCAN_WEIGHED;
      out->weight = QUAY_MILLI (n * power_of_ten (3 - label->decimals));
      break;
    case QUAY_SCAN_LABEL_PRICE:
      out->kind = QUAY_SCAN_PRICED;
      out->price = QUAY_DONG (n * power_of_ten (-label->decimals));
      out->has_price = TRUE;
      break;
    case QUAY_SCAN_LABEL_COUNT:
      out->kind = QUAY_SCAN_COUNTED;
      out->count = n;
      break;
    case QUAY_SCAN_LABEL_OWN:
      out->kind = QUAY_SCAN_PRODUCT;
      return;
    }
  memcpy (out->item, code + 2, (gsize)label->item_digits);
}

/* Codes that are digits alone. */
static void
read_product (const char *code, gsize len, const QuayScanRules *rules, QuayScan *out)
{
  if (!is_gtin_length (len))
    return;
  if (!quay_gs1_check (code, len))
    {
      out->fault = QUAY_CODE_CHECK_DIGIT;
      return;
    }
  out->kind = QUAY_SCAN_PRODUCT;
  memcpy (out->code, code, len);
  pad_to_14 (code, len, out->gtin);
  if (len == 12 || (len == 14 && code[0] == '0'))
    memcpy (out->alt, out->gtin + 1, 13);
  else if (len == 13 && code[0] == '0')
    memcpy (out->alt, code + 1, 12);
  const char *ean = out->gtin + 1;
  const QuayScanLabel *label = NULL;
  if (len == 12 || len == 13)
    label = quay_scan_rules_find_label (rules, (int)read_digits (ean, 2));
  if (label == NULL)
    return;
  read_label (ean, label, out);
  if (out->kind != QUAY_SCAN_PRODUCT)
    out->gtin[0] = '\0';
}

/* Grams of field 310n. */
static void
read_weight (const QuayGs1 *gs1, QuayScan *out)
{
  int decimals = 0;
  gint64 grams = 0;
  const char *value = quay_gs1_find (gs1, "310", &decimals);
  if (value != NULL &&
      quay_muldiv (read_digits (value, 6), 1000, power_of_ten (decimals), &grams) &&
      quay_qty_in_range (QUAY_MILLI (grams)))
    out->weight = QUAY_MILLI (grams);
}

/* The price of field 392n, or of 393n in đồng (ISO 4217 code 704). One that is no whole number of
 * đồng was meant in another currency. */
static void
read_price (const QuayGs1 *gs1, QuayScan *out)
{
  int decimals = 0;
  const char *value = quay_gs1_find (gs1, "393", &decimals);
  if (value != NULL && !g_str_has_prefix (value, "704"))
    return;
  if (value != NULL)
    value += 3;
  else
    value = quay_gs1_find (gs1, "392", &decimals);
  if (value == NULL)
    return;
  gint64 n = read_digits (value, strlen (value));
  gint64 unit = power_of_ten (decimals);
  if (n % unit != 0 || !quay_money_in_range (QUAY_DONG (n / unit)))
    return;
  out->price = QUAY_DONG (n / unit);
  out->has_price = TRUE;
}

static QuayDay
read_day (const QuayGs1 *gs1, const char *ai, QuayDay today, gboolean month_end)
{
  const char *value = quay_gs1_get (gs1, ai);
  return value != NULL ? quay_gs1_day (value, today, month_end) : 0;
}

static void
fill_from_gs1 (const QuayGs1 *gs1, QuayDay today, QuayScan *out)
{
  const char *gtin = quay_gs1_get (gs1, "01");
  const char *count = quay_gs1_get (gs1, "30");
  const char *lot = quay_gs1_get (gs1, "10");
  const char *serial = quay_gs1_get (gs1, "21");
  if (gtin == NULL)
    gtin = quay_gs1_get (gs1, "02");
  if (count == NULL)
    count = quay_gs1_get (gs1, "37");
  out->kind = QUAY_SCAN_GS1;
  if (gtin != NULL)
    {
      gboolean short_form = gtin[0] == '0';
      g_strlcpy (out->gtin, gtin, sizeof out->gtin);
      g_strlcpy (out->code, short_form ? gtin + 1 : gtin, sizeof out->code);
      g_strlcpy (out->alt, short_form ? gtin : "", sizeof out->alt);
    }
  if (count != NULL)
    out->count = read_digits (count, strlen (count));
  g_strlcpy (out->lot, lot != NULL ? lot : "", sizeof out->lot);
  g_strlcpy (out->serial, serial != NULL ? serial : "", sizeof out->serial);
  read_weight (gs1, out);
  read_price (gs1, out);
  out->produced = read_day (gs1, "11", today, FALSE);
  out->packed = read_day (gs1, "13", today, FALSE);
  out->best_before = read_day (gs1, "15", today, TRUE);
  out->sell_by = read_day (gs1, "16", today, TRUE);
  out->expires = read_day (gs1, "17", today, TRUE);
  if (out->expires == 0)
    out->expires = read_day (gs1, "7003", today, TRUE);
}

/* The host of an address: behind the scheme and a user name, up to port or path. */
static const char *
host_of (const char *text, gsize len, gsize scheme, gsize *host_len)
{
  const char *host = text + scheme;
  const char *end = text + len;
  for (const char *p = host; p < end; p++)
    if (strchr ("/?#", *p) != NULL)
      end = p;
  const char *at = memrchr (host, '@', (gsize)(end - host));
  if (at != NULL && scheme > 0)
    host = at + 1;
  const char *colon = memchr (host, ':', (gsize)(end - host));
  *host_len = (gsize)((colon != NULL ? colon : end) - host);
  return host;
}

static gboolean
is_plain_host (const char *host, gsize len)
{
  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isalnum (host[i]) && host[i] != '.' && host[i] != '-')
      return FALSE;
  return TRUE;
}

/* Web addresses, with or without scheme. TRUE if @text is one. */
static gboolean
read_address (const char *text, gsize len, const QuayScanRules *rules, QuayDay today, QuayScan *out)
{
  gsize scheme = 0;
  gsize host_len = 0;
  if (g_ascii_strncasecmp (text, "https://", 8) == 0)
    scheme = 8;
  else if (g_ascii_strncasecmp (text, "http://", 7) == 0)
    scheme = 7;
  const char *host = host_of (text, len, scheme, &host_len);
  out->trace_host =
      is_plain_host (host, host_len) && quay_scan_rules_is_trace_host (rules, host, host_len);
  if (scheme == 0 && !out->trace_host && g_ascii_strncasecmp (text, "www.", 4) != 0)
    return FALSE;
  out->kind = out->trace_host ? QUAY_SCAN_TRACE : QUAY_SCAN_WEB;
  QuayGs1 gs1;
  QuayCodeFault fault = quay_gs1_parse_link (text, len, rules->short_gtin, &gs1);
  if (fault == QUAY_CODE_OK)
    fill_from_gs1 (&gs1, today, out);
  else if (fault != QUAY_CODE_NO_KEY)
    out->fault = fault;
  return TRUE;
}

/* CRC-16/CCITT-FALSE, as EMVCo MPM prescribes. */
static guint
crc16 (const char *text, gsize len)
{
  guint crc = 0xFFFF;
  for (gsize i = 0; i < len; i++)
    {
      crc ^= (guint)(guchar)text[i] << 8;
      for (int bit = 0; bit < 8; bit++)
        crc = (crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1) & 0xFFFF;
    }
  return crc;
}

/* EMVCo payment codes begin with field 00 = "01" and end with the four hex digits of field 63. Only
 * recognised here, not read. TRUE if @text is one. */
static gboolean
read_payment (const char *text, gsize len, QuayScan *out)
{
  if (len < 14 || memcmp (text, "000201", 6) != 0 || memcmp (text + len - 8, "6304", 4) != 0)
    return FALSE;
  guint crc = 0;
  for (gsize i = len - 4; i < len; i++)
    {
      int digit = g_ascii_xdigit_value (text[i]);
      if (digit < 0)
        return FALSE;
      crc = crc * 16 + (guint)digit;
    }
  out->kind = QUAY_SCAN_PAYMENT;
  out->fault = crc == crc16 (text, len - 4) ? QUAY_CODE_OK : QUAY_CODE_CRC;
  return TRUE;
}

/* ]C1 GS1-128, ]e0 DataBar, ]d2 DataMatrix, ]Q3 QR, ]J1 DotCode: the scanner saw FNC1 in front. */
static gboolean
is_gs1_symbology (const char *symbology)
{
  static const char *const gs1[] = { "]C1", "]e0", "]d2", "]Q3", "]J1" };
  for (guint i = 0; i < G_N_ELEMENTS (gs1); i++)
    if (strcmp (symbology, gs1[i]) == 0)
      return TRUE;
  return FALSE;
}

/* GS1 data, in whichever form. TRUE if @text is that and no other kind has to be tried. */
static gboolean
read_gs1 (const char *text, gsize len, QuayDay today, QuayScan *out)
{
  QuayGs1 gs1;
  QuayCodeFault fault;
  gboolean sure = is_gs1_symbology (out->symbology) || memchr (text, QUAY_GS1_FNC1, len) != NULL;
  if (sure)
    fault = quay_gs1_parse_elements (text, len, &gs1);
  else if (text[0] == '(')
    fault = quay_gs1_parse_brackets (text, len, &gs1);
  else if (len >= 16 && g_str_has_prefix (text, "01"))
    fault = quay_gs1_parse_elements (text, len, &gs1);
  else
    return FALSE;
  if (fault == QUAY_CODE_OK)
    fill_from_gs1 (&gs1, today, out);
  else if (sure || (text[0] == '(' && fault != QUAY_CODE_UNKNOWN_AI))
    out->fault = fault;
  return TRUE;
}

static gboolean
is_modifier (char c)
{
  return g_ascii_isdigit (c) || (c >= 'A' && c <= 'F');
}

/* Takes symbology identifier and end of line off and keeps the rest. */
static void
keep_text (const char *text, gsize len, QuayScan *out)
{
  if (len > 3 && text[0] == ']' && g_ascii_isalpha (text[1]) && is_modifier (text[2]))
    {
      memcpy (out->symbology, text, 3);
      text += 3;
      len -= 3;
    }
  while (len > 0 && (text[len - 1] == '\r' || text[len - 1] == '\n'))
    len--;
  if (len > QUAY_SCAN_MAX_TEXT)
    out->fault = QUAY_CODE_TOO_MUCH;
  else if (!g_utf8_validate_len (text, len, NULL))
    out->fault = QUAY_CODE_ESCAPE;
  out->text = out->fault == QUAY_CODE_OK && len > 0 ? g_strndup (text, len) : g_strdup ("");
}

void
quay_scan_parse (const char *text, gsize len, const QuayScanRules *rules, QuayDay today,
                 QuayScan *out)
{
  *out = (QuayScan){ 0 };
  keep_text (text, len, out);
  /* A typed code may have spaces around it; the text that codes are bound to keeps them. */
  const char *p = out->text;
  while (g_ascii_isspace (*p))
    p++;
  gsize n = strlen (p);
  while (n > 0 && g_ascii_isspace (p[n - 1]))
    n--;
  if (n == 0)
    return;
  g_autofree char *word = g_strndup (p, n);
  if (read_address (word, n, rules, today, out) || read_payment (word, n, out) ||
      read_gs1 (word, n, today, out))
    return;
  if (strspn (word, "0123456789") == n)
    read_product (word, n, rules, out);
}
