/* Barcodes by libzint, as modules: what is drawn is the same on paper and in tests. */
#include "quay-label-code.h"

#include "quay-barcode.h"

#include <string.h>
#include <zint.h>

#define LOT_MAX 20 /* characters of (10) */
#define EAN_QUIET 11
#define CODE_QUIET 10

void
quay_bars_free (QuayBars *bars)
{
  if (bars == NULL)
    return;
  g_free (bars->dark);
  g_free (bars->text);
  g_free (bars);
}

static QuayBars *
read_bars (const struct zint_symbol *symbol, guint quiet, const char *text)
{
  QuayBars *bars = g_new0 (QuayBars, 1);
  bars->n = (guint)symbol->width;
  bars->dark = g_malloc0 (bars->n);
  for (guint i = 0; i < bars->n; i++)
    bars->dark[i] = symbol->encoded_data[0][i >> 3] >> (i & 7) & 1;
  bars->quiet = quiet;
  bars->text = g_strdup (text);
  return bars;
}

static QuayBars *
encode (int symbology, int mode, const char *data, guint quiet, const char *text)
{
  struct zint_symbol *symbol = ZBarcode_Create ();
  QuayBars *bars = NULL;
  if (symbol == NULL)
    return NULL;
  symbol->symbology = symbology;
  symbol->input_mode = mode;
  if (ZBarcode_Encode (symbol, (const unsigned char *)data, (int)strlen (data)) < ZINT_ERROR &&
      symbol->width > 0)
    bars = read_bars (symbol, quiet, text);
  ZBarcode_Delete (symbol);
  return bars;
}

QuayBars *
quay_bars_of_code (const char *code)
{
  gsize len = code != NULL ? strlen (code) : 0;
  if (len == 0 || len > 60)
    return NULL;
  if (quay_gtin_is_valid (code, len) && (len == 13 || len == 8))
    return encode (BARCODE_EANX, DATA_MODE, code, EAN_QUIET, code);
  if (quay_gtin_is_valid (code, len) && len == 12)
    {
      g_autofree char *whole = g_strconcat ("0", code, NULL);
      return encode (BARCODE_EANX, DATA_MODE, whole, EAN_QUIET, whole);
    }
  for (const char *p = code; *p != '\0'; p++)
    if (!g_ascii_isprint (*p))
      return NULL;
  return encode (BARCODE_CODE128, DATA_MODE, code, CODE_QUIET, code);
}

/* Letters that GS1 lets a lot's number have (set 82); brackets would be read as a field. */
static gboolean
lot_fits (const char *lot)
{
  static const char marks[] = "!\"%&'*+,-./:;<=>?_";
  gsize len = lot != NULL ? strlen (lot) : 0;
  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isalnum (lot[i]) && strchr (marks, lot[i]) == NULL)
      return FALSE;
  return len > 0 && len <= LOT_MAX;
}

char *
quay_lot_code_text (const char *gtin, const char *lot, QuayDay expires)
{
  gsize len = gtin != NULL ? strlen (gtin) : 0;
  if (len == 0 || !quay_gtin_is_valid (gtin, len))
    return NULL;
  GString *text = g_string_new ("(01)");
  for (gsize i = len; i < QUAY_GTIN_LEN; i++)
    g_string_append_c (text, '0');
  g_string_append (text, gtin);
  if (quay_day_is_valid (expires))
    g_string_append_printf (text, "(17)%06d", expires % 1000000);
  if (lot_fits (lot))
    g_string_append_printf (text, "(10)%s", lot);
  return g_string_free (text, FALSE);
}

QuayBars *
quay_bars_of_lot (const char *gtin, const char *lot, QuayDay expires)
{
  g_autofree char *text = quay_lot_code_text (gtin, lot, expires);
  if (text == NULL)
    return NULL;
  g_autofree char *data = g_strdup (text);
  g_strdelimit (data, "(", '[');
  g_strdelimit (data, ")", ']');
  return encode (BARCODE_GS1_128, GS1_MODE, data, CODE_QUIET, text);
}
