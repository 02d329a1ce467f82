/* Price lists. */
#include "quay-price-list.h"

#include "quay-text.h"

#include <string.h>

QuayPriceList *
quay_price_list_new (void)
{
  QuayPriceList *list = g_new0 (QuayPriceList, 1);
  list->active = TRUE;
  return list;
}

void
quay_price_list_free (QuayPriceList *list)
{
  if (list == NULL)
    return;
  g_free (list->code);
  g_free (list->name);
  g_free (list);
}

void
quay_price_row_free (QuayPriceRow *row)
{
  if (row == NULL)
    return;
  g_free (row->sku);
  g_free (row->name);
  g_free (row->unit);
  g_clear_pointer (&row->prices, g_array_unref);
  g_free (row);
}

gboolean
quay_price_list_is_on (const QuayPriceList *list, QuayDay day, const QuayId *place)
{
  return list->active && list->from <= day && (list->until == 0 || day <= list->until) &&
         (quay_id_is_nil (&list->place) || quay_id_equal (&list->place, place));
}

static gboolean
code_is_sound (const char *code)
{
  gsize len = code != NULL ? strlen (code) : 0;
  return len > 0 && len <= QUAY_PRICE_LIST_CODE_MAX &&
         strspn (code, "abcdefghijklmnopqrstuvwxyz0123456789-") == len;
}

const char *
quay_price_list_check (const QuayPriceList *list)
{
  if (list->name == NULL || *list->name == '\0')
    return "name";
  if (!code_is_sound (list->code))
    return "code";
  if (list->until != 0 && list->until < list->from)
    return "until";
  return list->minimum.milli >= 0 && quay_qty_in_range (list->minimum) ? NULL : "minimum";
}

char *
quay_price_list_code_of (const char *name)
{
  g_autofree char *key = quay_text_search_key (name);
  GString *code = g_string_new (NULL);
  for (const char *p = key; *p != '\0' && code->len < QUAY_PRICE_LIST_CODE_MAX; p++)
    {
      if (g_ascii_isalnum (*p))
        g_string_append_c (code, g_ascii_tolower (*p));
      else if (code->len > 0 && code->str[code->len - 1] != '-')
        g_string_append_c (code, '-');
    }
  while (code->len > 0 && code->str[code->len - 1] == '-')
    g_string_truncate (code, code->len - 1);
  return g_string_free (code, FALSE);
}
