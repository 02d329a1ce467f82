/* Items: copying, and the line that a sold item becomes. Pure. */
#include "quay-item.h"

#include "quay-error.h"

#include <string.h>

/* What the record of a sale keeps of a line. */
#define SKU_BYTES 60
#define NAME_BYTES 300
#define UNIT_BYTES 40
#define ABV_MAX 1000

QuayItem *
quay_item_copy (const QuayItem *item)
{
  QuayItem *copy = g_memdup2 (item, sizeof *item);
  copy->sku = g_strdup (item->sku);
  copy->name = g_strdup (item->name);
  copy->unit = g_strdup (item->unit);
  copy->vat_class = g_strdup (item->vat_class);
  copy->category = g_strdup (item->category);
  copy->producer_name = g_strdup (item->producer_name);
  copy->picture = g_strdup (item->picture);
  if (item->codes != NULL)
    copy->codes = g_ptr_array_copy (item->codes, (GCopyFunc)(void (*) (void))g_strdup, NULL);
  if (copy->codes != NULL)
    g_ptr_array_set_free_func (copy->codes, g_free);
  return copy;
}

void
quay_item_free (QuayItem *item)
{
  if (item == NULL)
    return;
  g_free (item->sku);
  g_free (item->name);
  g_free (item->unit);
  g_free (item->vat_class);
  g_free (item->category);
  g_free (item->producer_name);
  g_free (item->picture);
  g_clear_pointer (&item->codes, g_ptr_array_unref);
  g_free (item);
}

/* Another program's journal may name a product at more length than a sale keeps. */
static char *
clip (const char *text, gsize max)
{
  if (text == NULL || strlen (text) <= max)
    return g_strdup (text);
  while (((guchar)text[max] & 0xc0) == 0x80)
    max--;
  return g_strndup (text, max);
}

QuayLine *
quay_item_to_line (const QuayItem *item, QuayQty qty, GError **error)
{
  if (!item->has_price || !item->active)
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_REFUSED, "'%s' %s", item->sku,
                   item->active ? "has no price today" : "is no longer sold");
      return NULL;
    }
  QuayLine *line = g_new0 (QuayLine, 1);
  line->product = item->product;
  line->kind = item->weighed ? QUAY_LINE_WEIGHED : QUAY_LINE_PIECE;
  line->sku = clip (item->sku, SKU_BYTES);
  line->name = clip (item->name, NAME_BYTES);
  line->unit = clip (item->unit, UNIT_BYTES);
  line->qty = qty;
  line->price = item->price;
  line->vat_class = g_strdup (item->vat_class);
  line->rate_bp = item->rate_bp;
  line->abv = CLAMP (item->abv, 0, ABV_MAX);
  return line;
}

void
quay_category_free (QuayCategory *category)
{
  if (category == NULL)
    return;
  g_free (category->code);
  g_free (category->name_vi);
  g_free (category->name_en);
  g_free (category->icon);
  g_free (category->band);
  g_free (category);
}
