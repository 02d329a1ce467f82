/* Places, goods that move between them, the place that this computer sells from. Thread: main. */
#include "quay-till-places.h"

#include "quay-till-facts.h"
#include "quay-till-goods.h"

#include "quay-error.h"
#include "quay-reader-count.h"
#include "quay-reader-lots.h"

#include <string.h>

#define NAME_MAX_CHARS 60

GPtrArray *
quay_till_places (QuayTill *till)
{
  GPtrArray *places = quay_reader_places (till->reader, quay_till_day (till));
  for (guint i = 0; i < places->len; i++)
    {
      QuayPlace *place = places->pdata[i];
      place->selling = quay_id_equal (&place->id, &till->floor);
    }
  return places;
}

GPtrArray *
quay_till_place_rows (QuayTill *till, const QuayId *place)
{
  return quay_reader_place_rows (till->reader, place, quay_till_day (till));
}

GPtrArray *
quay_till_place_lots (QuayTill *till, const QuayId *place, const QuayId *product)
{
  return quay_reader_lots (till->reader, place, product);
}

char *
quay_till_place_name (QuayTill *till, const QuayId *place)
{
  g_autoptr (GHashTable) facts = quay_reader_facts (till->reader, "location", place);
  return quay_facts_dup_text (facts, "name");
}

/* --- adding and naming --- */

static gboolean
invalid (const char *why, GError **error)
{
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, why);
  return FALSE;
}

static gboolean
name_is_free (QuayTill *till, const QuayId *id, const char *name, GError **error)
{
  QuayId other;
  if (quay_reader_find_entity (till->reader, "location", "name", name, &other) &&
      !quay_id_equal (&other, id))
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_EXISTS, "another place is called '%s'", name);
      return FALSE;
    }
  return quay_till_check_reads (till, error);
}

gboolean
quay_till_save_place (QuayTill *till, const QuayId *id, const char *name, const char *kind,
                      GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (name));
  if (*trimmed == '\0')
    return invalid ("a place needs a name", error);
  if (strcmp (kind, QUAY_PLACE_FLOOR) != 0 && strcmp (kind, QUAY_PLACE_STORE) != 0 &&
      strcmp (kind, QUAY_PLACE_STALL) != 0)
    return invalid ("no such kind of place", error);
  if (!quay_till_check_text (trimmed, NAME_MAX_CHARS, error) ||
      !name_is_free (till, id, trimmed, error))
    return FALSE;
  QuayTxn *txn = quay_txn_new ();
  QuayFacts *facts = quay_till_begin_facts (till, txn, QUAY_EVENT_LOCATION, id);
  quay_facts_add_text (facts, "name", trimmed);
  quay_facts_add_text (facts, "kind", kind);
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  if (done == NULL)
    return FALSE;
  quay_till_items_moved (till);
  quay_till_emit_settings (till);
  return TRUE;
}

/* --- selling from a place --- */

gboolean
quay_till_sell_from (QuayTill *till, const QuayId *place, GError **error)
{
  char text[QUAY_ID_TEXT_LEN + 1];
  g_autofree char *name = NULL;
  if (till->cart->lines->len > 0)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_REFUSED, "a sale is open");
      return FALSE;
    }
  if (quay_id_is_nil (place))
    return quay_till_set_setting (till, QUAY_SETTING_PLACE, NULL, error);
  name = quay_till_place_name (till, place);
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (name == NULL)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no such place");
      return FALSE;
    }
  quay_id_to_text (place, text);
  return quay_till_set_setting (till, QUAY_SETTING_PLACE, text, error);
}

char *
quay_till_away (QuayTill *till)
{
  g_autofree char *place = quay_till_get_setting (till, QUAY_SETTING_PLACE);
  g_autofree char *floor = quay_till_get_setting (till, QUAY_SETTING_FLOOR);
  if (place == NULL || *place == '\0' || g_strcmp0 (place, floor) == 0)
    return NULL;
  return quay_till_place_name (till, &till->floor);
}

/* --- moving --- */

static gboolean
is_place (QuayTill *till, const QuayId *place, GError **error)
{
  g_autofree char *name = quay_till_place_name (till, place);
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (name == NULL)
    g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no such place");
  return name != NULL;
}

/* What a line needs beside product, lot and quantity. */
static gboolean
fill_line (QuayTill *till, QuayVoucherLine *line, GError **error)
{
  QuayAsOf at = quay_till_as_of (till);
  g_autoptr (QuayItem) item = quay_reader_item (till->reader, &at, &line->product);
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (item == NULL)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no such product");
      return FALSE;
    }
  if (line->qty.milli <= 0 || !quay_qty_in_range (line->qty) ||
      (!item->weighed && line->qty.milli % 1000 != 0))
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "quantity of '%s' can't be", item->name);
      return FALSE;
    }
  g_free (line->name);
  g_free (line->sku);
  g_free (line->unit);
  line->name = g_strdup (item->name);
  line->sku = g_strdup (item->sku);
  line->unit = g_strdup (item->unit);
  line->other = line->qty;
  line->price = item->has_price ? item->price : QUAY_DONG (0);
  return quay_money_times_qty (line->price, line->qty, &line->amount) ||
         invalid ("amount out of range", error);
}

char *
quay_till_move_goods (QuayTill *till, const QuayId *id, const QuayMoveAsk *ask, GError **error)
{
  g_autoptr (QuayVoucher) voucher = quay_voucher_new ();
  if (quay_id_equal (&ask->from, &ask->to))
    {
      invalid ("goods move to no other place", error);
      return NULL;
    }
  if (!is_place (till, &ask->from, error) || !is_place (till, &ask->to, error) ||
      !quay_till_check_text (ask->name, NAME_MAX_CHARS, error) ||
      !quay_till_check_text (ask->note, 200, error))
    return NULL;
  for (guint i = 0; i < ask->lines->len; i++)
    {
      QuayVoucherLine *line = quay_voucher_line_copy (ask->lines->pdata[i]);
      g_ptr_array_add (voucher->lines, line);
      if (!fill_line (till, line, error))
        return NULL;
    }
  voucher->to = ask->to;
  voucher->subject = ask->fair;
  voucher->name = g_strdup (ask->name);
  voucher->note = g_strdup (ask->note);
  return quay_till_post_goods (till, id, QUAY_GOODS_MOVED, &ask->from, voucher, NULL, error);
}
