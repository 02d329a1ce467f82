/* Reading the fields of a line: what can't be is told at its field. Main thread. */
#include "quay-goods-line-private.h"

#include "quay-error.h"
#include "quay-till-supply.h"
#include "quay-typed.h"
#include "quay-ui.h"

static const char *
text_of (QuayGoodsLine *pane, QuayLineField field)
{
  return gtk_editable_get_text (GTK_EDITABLE (pane->controls[field]));
}

/* Tells a fault and goes to its field, the first one only. */
static gboolean
fault (QuayGoodsLine *pane, QuayLineField field, const char *text)
{
  quay_ui_form_row_set_fault (pane->rows[field], text);
  gtk_widget_grab_focus (pane->controls[field]);
  return FALSE;
}

gboolean
quay_goods_line_read_qty (QuayGoodsLine *pane, QuayLineField field, QuayQty *qty)
{
  g_autoptr (GError) error = NULL;
  *qty = QUAY_MILLI (0);
  if (*text_of (pane, field) == '\0')
    return TRUE;
  if (!quay_typed_qty (text_of (pane, field), pane->line->unit, pane->pack, qty, &error))
    {
      if (error->code == QUAY_ERROR_NOT_FOUND)
        return fault (pane, field, _ ("How many are in a carton is not known: write it as 2x24."));
      if (error->code == QUAY_ERROR_OVERFLOW)
        return fault (pane, field, _ ("This is beyond what is allowed."));
      return fault (pane, field,
                    _ ("Write a quantity as 24, 2x24 or 2 thùng; this unit is not "
                       "known."));
    }
  if (!pane->weighed && qty->milli % 1000 != 0 && pane->supply != QUAY_SUPPLY_DOOR)
    return fault (pane, field, _ ("This product is counted in whole pieces."));
  return TRUE;
}

static gboolean
read_quantities (QuayGoodsLine *pane, QuayVoucherLine *line)
{
  if (!quay_goods_line_read_qty (pane, QUAY_LINE_PAPER, &line->other) ||
      !quay_goods_line_read_qty (pane, QUAY_LINE_FOUND, &line->qty))
    return FALSE;
  if (*text_of (pane, QUAY_LINE_FOUND) == '\0')
    line->qty = line->other;
  if (*text_of (pane, QUAY_LINE_PAPER) == '\0')
    line->other = line->qty;
  return line->qty.milli > 0 || fault (pane, QUAY_LINE_FOUND, _ ("Type how much came in."));
}

static gboolean
read_percent (QuayGoodsLine *pane, QuayLineField field, gint64 *bp)
{
  QuayQty percent = QUAY_MILLI (0);
  const char *text = text_of (pane, field);
  *bp = 0;
  if (*text == '\0')
    return TRUE;
  if (!quay_parse_qty (text, &percent, NULL) || percent.milli % 10 != 0 || percent.milli > 100000)
    return fault (pane, field, _ ("Write a percentage from 0 to 100, as 15 or 12,5."));
  *bp = percent.milli / 10;
  return TRUE;
}

static gboolean
read_weights (QuayGoodsLine *pane, QuayVoucherLine *line)
{
  if (!quay_goods_line_read_qty (pane, QUAY_LINE_GROSS, &line->other) ||
      !read_percent (pane, QUAY_LINE_DEDUCT, &line->deduct))
    return FALSE;
  if (line->other.milli <= 0)
    return fault (pane, QUAY_LINE_GROSS, _ ("Type what the scale shows."));
  return (quay_till_net_weight (line->other, line->deduct, &line->qty) && line->qty.milli > 0) ||
         fault (pane, QUAY_LINE_DEDUCT, _ ("Nothing would be left."));
}

static gboolean
read_money (QuayGoodsLine *pane, QuayLineField field, QuayMoney *amount)
{
  *amount = QUAY_DONG (0);
  if (*text_of (pane, field) == '\0')
    return TRUE;
  return quay_ui_money_entry_get (pane->controls[field], amount) ||
         fault (pane, field, _ ("This is not an amount in whole đồng."));
}

static gboolean
read_terms (QuayGoodsLine *pane, QuayVoucherLine *line)
{
  QuayTerms *terms = &line->terms;
  if (pane->supply != QUAY_SUPPLY_CONSIGNED)
    {
      *terms = (QuayTerms){ .kind = QUAY_TERMS_OWN };
      if (*text_of (pane, QUAY_LINE_PRICE) == '\0')
        return fault (pane, QUAY_LINE_PRICE, _ ("Type the price of one; 0 for a gift."));
      return read_money (pane, QUAY_LINE_PRICE, &terms->price);
    }
  if (!read_percent (pane, QUAY_LINE_COMMISSION, &terms->commission_bp) ||
      !read_money (pane, QUAY_LINE_TRANSFER, &terms->price))
    return FALSE;
  if (terms->price.dong > 0 && terms->commission_bp > 0)
    return fault (pane, QUAY_LINE_TRANSFER,
                  _ ("Either a commission or an agreed price, not both."));
  terms->kind = terms->price.dong > 0 ? QUAY_TERMS_TRANSFER : QUAY_TERMS_COMMISSION;
  return *text_of (pane, QUAY_LINE_COMMISSION) != '\0' || terms->price.dong > 0 ||
         fault (pane, QUAY_LINE_COMMISSION, _ ("Type what the shop keeps, or the agreed price."));
}

static gboolean
read_days (QuayGoodsLine *pane, QuayVoucherLine *line)
{
  QuayDay made, expires;
  if (!quay_typed_day (text_of (pane, QUAY_LINE_MADE), &made))
    return fault (pane, QUAY_LINE_MADE, _ ("This is not a day: write it as 311226 or 31/12/2026."));
  if (!quay_typed_day (text_of (pane, QUAY_LINE_EXPIRES), &expires))
    return fault (pane, QUAY_LINE_EXPIRES,
                  _ ("This is not a day: write it as 311226 or 31/12/2026."));
  if (made > quay_till_day (pane->till))
    return fault (pane, QUAY_LINE_MADE, _ ("This day is still to come."));
  if (made != 0 && expires != 0 && expires < made)
    return fault (pane, QUAY_LINE_EXPIRES, _ ("It would expire before it was made."));
  line->made = made;
  line->expires = expires;
  return TRUE;
}

static char *
dup_or_null (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  return *stripped != '\0' ? g_steal_pointer (&stripped) : NULL;
}

static gboolean
read_in (QuayGoodsLine *pane, QuayVoucherLine *line)
{
  gboolean door = pane->supply == QUAY_SUPPLY_DOOR;
  QuayMoney amount;
  if (!(door ? read_weights (pane, line) : read_quantities (pane, line)) ||
      !read_terms (pane, line) || !read_days (pane, line))
    return FALSE;
  line->price = line->terms.price;
  if (!quay_money_times_qty (line->price, line->qty, &amount))
    return fault (pane,
                  pane->supply == QUAY_SUPPLY_CONSIGNED ? QUAY_LINE_TRANSFER : QUAY_LINE_PRICE,
                  _ ("This is beyond what is allowed."));
  line->amount = amount;
  g_free (line->code);
  g_free (line->trace);
  line->code = dup_or_null (text_of (pane, QUAY_LINE_CODE));
  line->trace = door ? NULL : dup_or_null (text_of (pane, QUAY_LINE_TRACE));
  return TRUE;
}

static gboolean
read_out (QuayGoodsLine *pane, QuayVoucherLine *line)
{
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (pane->controls[QUAY_LINE_LOT]));
  guint bearer = gtk_drop_down_get_selected (GTK_DROP_DOWN (pane->controls[QUAY_LINE_BEARER]));
  if (!quay_goods_line_read_qty (pane, QUAY_LINE_QTY, &line->qty))
    return FALSE;
  if (line->qty.milli <= 0)
    return fault (pane, QUAY_LINE_QTY, _ ("Type how much goes out."));
  line->lot = QUAY_ID_NIL;
  g_clear_pointer (&line->code, g_free);
  if (chosen > 0 && chosen != GTK_INVALID_LIST_POSITION && chosen <= pane->lots->len)
    {
      const QuayLot *lot = pane->lots->pdata[chosen - 1];
      if (lot->qty.milli < line->qty.milli)
        return fault (pane, QUAY_LINE_QTY, _ ("Less than that is left of this lot."));
      if (bearer == 1 && !quay_terms_are_consigned (&lot->terms))
        return fault (pane, QUAY_LINE_BEARER, _ ("These goods are the shop's own."));
      line->lot = lot->id;
      line->code = g_strdup (lot->code);
    }
  line->other = line->qty;
  line->bearer = bearer == 1;
  g_free (line->note);
  line->note = dup_or_null (text_of (pane, QUAY_LINE_NOTE));
  return TRUE;
}

gboolean
quay_goods_line_read (QuayGoodsLine *pane, QuayVoucherLine *line)
{
  return pane->supply == QUAY_SUPPLY_OUT ? read_out (pane, line) : read_in (pane, line);
}
