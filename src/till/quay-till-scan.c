/* What a scanned or typed code means in this shop, and the line it becomes. Changes nothing.
 * Thread: main. */
#include "quay-till-private.h"

#include "quay-error.h"
#include "quay-reader-lots.h"

#include <string.h>

#define CODE_MAX 300 /* bytes of a line's code and trace, as events keep them */
#define TRACE_MAX 500

const QuayScanRules *
quay_till_scan_rules (QuayTill *till)
{
  return &till->rules;
}

void
quay_scanned_free (QuayScanned *scanned)
{
  if (scanned == NULL)
    return;
  quay_scan_clear (&scanned->scan);
  quay_item_free (scanned->item);
  quay_line_free (scanned->line);
  g_clear_error (&scanned->refusal);
  g_free (scanned);
}

static QuayItem *
find_code (QuayTill *till, const QuayAsOf *at, const char *code)
{
  return *code != '\0' ? quay_reader_item_by_code (till->reader, at, code) : NULL;
}

/* A catalogue may hold a product's number with any number of leading zeros. */
static QuayItem *
find_gtin (QuayTill *till, const QuayAsOf *at, const QuayScan *scan)
{
  char forms[4][QUAY_GTIN_LEN + 1];
  QuayItem *item = find_code (till, at, scan->code);
  if (item != NULL || *scan->gtin == '\0')
    return item;
  guint n = quay_gtin_forms (scan->gtin, forms);
  for (guint i = 0; i < n && item == NULL; i++)
    item = find_code (till, at, forms[i]);
  return item;
}

static QuayItem *
find_label (QuayTill *till, const QuayAsOf *at, const QuayScan *scan)
{
  g_autofree char *code = g_strconcat ("W:", scan->item, NULL);
  return find_code (till, at, code);
}

/* SKUs are kept in capitals, and typed as it comes. */
static QuayItem *
find_sku (QuayTill *till, const QuayAsOf *at, const char *text)
{
  QuayItem *item = quay_reader_item_by_sku (till->reader, at, text);
  if (item != NULL)
    return item;
  g_autofree char *upper = g_ascii_strup (text, -1);
  return quay_reader_item_by_sku (till->reader, at, upper);
}

static QuayItem *
find_item (QuayTill *till, const QuayScan *scan)
{
  QuayAsOf at = quay_till_as_of (till);
  if (scan->kind == QUAY_SCAN_PAYMENT || scan->text == NULL || *scan->text == '\0')
    return NULL;
  QuayItem *item = find_code (till, &at, scan->text);
  if (item != NULL)
    return item;
  switch (scan->kind)
    {
    case QUAY_SCAN_PRODUCT:
    case QUAY_SCAN_GS1:
      item = find_gtin (till, &at, scan);
      break;
    case QUAY_SCAN_WEIGHED:
    case QUAY_SCAN_PRICED:
    case QUAY_SCAN_COUNTED:
      item = find_label (till, &at, scan);
      break;
    case QUAY_SCAN_TRACE:
    case QUAY_SCAN_WEB:
    case QUAY_SCAN_PAYMENT:
      return NULL; /* opaque: only what the user has bound */
    case QUAY_SCAN_UNKNOWN:
    default:
      break;
    }
  return item != NULL ? item : find_sku (till, &at, scan->text);
}

static char *
bounded_text (const char *text, gsize max)
{
  return text != NULL && *text != '\0' && strlen (text) <= max &&
                 quay_till_check_text (text, max, NULL)
             ? g_strdup (text)
             : NULL;
}

/* What the code says about the very thing in hand. */
static void
take_marks (const QuayScan *scan, QuayLine *line)
{
  gboolean address = scan->kind == QUAY_SCAN_TRACE || scan->kind == QUAY_SCAN_WEB ||
                     scan->trace_host || *scan->serial != '\0';
  line->code = bounded_text (*scan->code != '\0' ? scan->code : scan->text, CODE_MAX);
  line->lot = bounded_text (scan->lot, sizeof scan->lot);
  if (address)
    line->trace = bounded_text (scan->text, TRACE_MAX);
}

static gboolean
refuse (QuayScanned *out, QuayError code, const char *why)
{
  g_set_error (&out->refusal, QUAY_ERROR, code, "%s", why);
  return FALSE;
}

/* Quantity or amount by what the label says and how the product is sold. */
static gboolean
take_measure (QuayScanned *out, QuayLine *line)
{
  const QuayScan *scan = &out->scan;
  if (scan->has_price)
    {
      line->kind = QUAY_LINE_PRICED;
      line->amount = scan->price;
      return scan->price.dong > 0 ||
             refuse (out, QUAY_ERROR_REFUSED, "label has a price of nothing");
    }
  if (scan->count > 0 && !out->item->weighed)
    {
      if (scan->count > QUAY_LINE_MAX_QTY / 1000)
        return refuse (out, QUAY_ERROR_INVALID, "count on the label out of range");
      line->qty = QUAY_UNITS (scan->count);
      return TRUE;
    }
  if (scan->weight.milli > 0 && out->item->weighed)
    {
      line->qty = scan->weight;
      return TRUE;
    }
  if (scan->kind == QUAY_SCAN_WEIGHED && !out->item->weighed)
    return refuse (out, QUAY_ERROR_REFUSED, "label has a weight, the product is sold by the piece");
  out->needs_weight = out->item->weighed;
  return !out->needs_weight || refuse (out, QUAY_ERROR_REFUSED, "needs a weight");
}

/* A lot of the shop that is barred by itself: the cart says so, and a manager may answer for it. */
static gboolean
is_barred_lot (QuayTill *till, const QuayScanned *out)
{
  g_autoptr (QuayLot) lot =
      *out->scan.lot != '\0'
          ? quay_reader_lot_of_code (till->reader, &out->item->product, out->scan.lot)
          : NULL;
  return lot != NULL && quay_lot_is_barred (lot, quay_till_day (till));
}

static void
make_line (QuayTill *till, QuayScanned *out)
{
  const QuayScan *scan = &out->scan;
  if (scan->expires != 0 && scan->expires < quay_till_day (till) && !is_barred_lot (till, out))
    {
      refuse (out, QUAY_ERROR_REFUSED, "expired");
      return;
    }
  g_autoptr (QuayLine) line = quay_item_to_line (out->item, QUAY_UNITS (1), &out->refusal);
  if (line == NULL || !take_measure (out, line))
    return;
  take_marks (scan, line);
  if (quay_line_price (line, &out->refusal))
    out->line = g_steal_pointer (&line);
}

QuayScanned *
quay_till_scan (QuayTill *till, const char *text)
{
  QuayScanned *out = g_new0 (QuayScanned, 1);
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  quay_scan_parse (stripped, strlen (stripped), &till->rules, quay_till_day (till), &out->scan);
  out->item = find_item (till, &out->scan);
  if (!quay_till_check_reads (till, &out->refusal))
    g_clear_pointer (&out->item, quay_item_free); /* it may be another's, or lack its price */
  else if (out->item != NULL)
    make_line (till, out);
  else if (out->scan.kind == QUAY_SCAN_PAYMENT || out->scan.kind == QUAY_SCAN_WEB)
    refuse (out, QUAY_ERROR_REFUSED, "a payment code or web address is no product");
  else
    refuse (out, QUAY_ERROR_NOT_FOUND, "unknown code");
  return out;
}

QuayLine *
quay_till_make_line (QuayTill *till, const char *text, QuayQty qty, GError **error)
{
  g_autoptr (QuayScanned) scanned = quay_till_scan (till, text);
  if (scanned->line == NULL && !(scanned->needs_weight && qty.milli > 0))
    {
      g_propagate_error (error, g_steal_pointer (&scanned->refusal));
      return NULL;
    }
  g_autoptr (QuayLine) line = g_steal_pointer (&scanned->line);
  if (line == NULL)
    {
      line = quay_item_to_line (scanned->item, qty, error);
      if (line == NULL)
        return NULL;
      take_marks (&scanned->scan, line);
    }
  if (qty.milli != 0 && line->kind == QUAY_LINE_PRICED)
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED, "'%s' has a printed price", line->name);
      return NULL;
    }
  if (qty.milli != 0)
    line->qty = qty;
  return quay_line_price (line, error) ? g_steal_pointer (&line) : NULL;
}

QuayCart *
quay_till_make_cart (QuayTill *till)
{
  return quay_till_new_cart (till);
}
