/* Thẻ quầy hàng (02-BH): a line a day and shift. Its words are those of the official form. Thread:
 * main. */
#include "quay-till-stock.h"

#include "quay-form.h"
#include "quay-format.h"
#include "quay-till-private.h"

static const QuayFormColumn columns[] = {
  { "Ngày, tháng", NULL, "A", 9, FALSE },
  { "Tên người bán hàng", NULL, "B", 13, FALSE },
  { "Tồn đầu ngày (ca)", NULL, "1", 8, TRUE },
  { "Nhập từ kho trong ngày (ca)", NULL, "2", 9, TRUE },
  { "Nhập khác trong ngày (ca)", NULL, "3", 9, TRUE },
  { "Cộng tồn đầu ngày (ca) và nhập trong ngày (ca)", NULL, "4 = 1+2+3", 12, TRUE },
  { "Lượng", "Xuất bán", "5", 8, TRUE },
  { "Tiền", "Xuất bán", "6", 11, TRUE },
  { "Lượng", "Xuất khác", "7", 8, TRUE },
  { "Tiền", "Xuất khác", "8", 11, TRUE },
  { "Tồn cuối ngày (ca)", NULL, "9 = 4−5−7", 9, TRUE },
};

static char *
qty_text (gint64 milli)
{
  return quay_format_qty (QUAY_MILLI (milli), NULL);
}

/* What went otherwise has no price of sale: its money is left open, as on paper. */
static void
add_line (QuayForm *form, const QuayCardDay *day)
{
  gint64 sum = day->opening.milli + day->in.milli + day->other_in.milli;
  g_autofree char *when = quay_day_to_vi (day->day);
  g_autofree char *opening = qty_text (day->opening.milli);
  g_autofree char *in = qty_text (day->in.milli);
  g_autofree char *other = qty_text (day->other_in.milli);
  g_autofree char *all = qty_text (sum);
  g_autofree char *sold = qty_text (day->sold.milli);
  g_autofree char *sold_for = quay_format_money (day->sold_for, QUAY_MONEY_BARE);
  g_autofree char *out = qty_text (day->out.milli);
  g_autofree char *left = qty_text (sum - day->sold.milli - day->out.milli);
  const char *texts[G_N_ELEMENTS (columns)] = { when, day->who, opening, in,   other, all,
                                                sold, sold_for, out,     NULL, left };
  quay_form_add_row (form, texts, FALSE);
}

static void
add_sums (QuayForm *form, GPtrArray *days)
{
  QuayCardDay sums = { 0 };
  for (guint i = 0; i < days->len; i++)
    {
      const QuayCardDay *day = days->pdata[i];
      sums.in.milli += day->in.milli;
      sums.other_in.milli += day->other_in.milli;
      sums.sold.milli += day->sold.milli;
      sums.sold_for.dong += day->sold_for.dong;
      sums.out.milli += day->out.milli;
    }
  g_autofree char *in = qty_text (sums.in.milli);
  g_autofree char *other = qty_text (sums.other_in.milli);
  g_autofree char *sold = qty_text (sums.sold.milli);
  g_autofree char *sold_for = quay_format_money (sums.sold_for, QUAY_MONEY_BARE);
  g_autofree char *out = qty_text (sums.out.milli);
  const char *texts[G_N_ELEMENTS (columns)] = { NULL, "Cộng",   NULL, in,   other, NULL,
                                                sold, sold_for, out,  NULL, NULL };
  quay_form_add_row (form, texts, TRUE);
}

static void
add_head (QuayForm *form, QuayTill *till, const QuayShelfRow *row)
{
  g_autofree char *today = quay_day_to_vi (quay_till_day (till));
  g_autofree char *price = quay_format_money (row->price, QUAY_MONEY_BARE);
  g_autoptr (QuayShop) shop = quay_till_shop (till);
  form->unit = g_strdup (shop->name);
  form->address = g_strdup (shop->address);
  form->code = g_strdup ("Mẫu số 02-BH");
  form->title = g_strdup ("THẺ QUẦY HÀNG");
  form->landscape = TRUE;
  quay_form_add_field (form, FALSE, "Ngày lập thẻ", today);
  quay_form_add_field (form, FALSE, "Tờ số", "1");
  quay_form_add_field (form, FALSE, "Tên hàng", row->name);
  quay_form_add_field (form, FALSE, "Quy cách", row->sku);
  quay_form_add_field (form, FALSE, "Đơn vị tính", row->unit);
  quay_form_add_field (form, FALSE, "Đơn giá", price);
}

gboolean
quay_till_print_card (QuayTill *till, const QuayCard *card, const QuayShelfRow *row,
                      const char *path, GError **error)
{
  g_autoptr (QuayForm) form = quay_form_new ();
  g_autoptr (GPtrArray) days = quay_card_days (card, till->cutoff);
  g_autofree char *from = quay_day_to_vi (quay_day_at (card->from_ms, till->cutoff));
  g_autofree char *to = quay_day_to_vi (quay_day_at (card->to_ms, till->cutoff));
  add_head (form, till, row);
  form->date_line = g_strdup_printf ("Từ ngày %s đến ngày %s", from, to);
  form->columns = columns;
  form->n_columns = G_N_ELEMENTS (columns);
  for (guint i = 0; i < days->len; i++)
    add_line (form, days->pdata[i]);
  if (days->len > 0)
    add_sums (form, days);
  quay_form_add_signer (form, "Người lập thẻ", NULL);
  quay_form_add_signer (form, "Người bán hàng", NULL);
  return quay_form_to_pdf (form, path, error);
}
