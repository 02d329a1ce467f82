/* Past sales, their search, what was given back, reports, the drawer and stock. */
#include "store-fixture.h"

#include <string.h>

#define HOUR_MS (G_GINT64_CONSTANT (3600) * 1000)

typedef struct
{
  Shop shop;
  QuayReader *reader;
} Desk;

static void
set_up (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  shop_set_up (&desk->shop, NULL);
  desk->reader = quay_reader_new (desk->shop.store, &error);
  g_assert_no_error (error);
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  quay_reader_free (desk->reader);
  shop_tear_down (&desk->shop, NULL);
}

static QuayLine *
make_line (guint product, const char *name, gint64 units, gint64 price, gint64 rate)
{
  QuayLine *line = g_new0 (QuayLine, 1);
  line->product = quay_test_id ('p', product);
  line->sku = g_strdup_printf ("SP%u", product);
  line->name = g_strdup (name);
  line->qty = QUAY_UNITS (units);
  line->price = QUAY_DONG (price);
  line->rate_bp = rate;
  g_assert_true (quay_line_price (line, NULL));
  line->net = rate == 1000 ? QUAY_DONG (line->amount.dong * 10 / 11) : line->amount;
  return line;
}

/* A sale of such lines, half by card if @split. */
static QuayEvent *
make_sale (gboolean split, QuayLine *first, QuayLine *second)
{
  QuayEvent *event = quay_event_new (QUAY_EVENT_SALE);
  QuaySale *sale = event->body;
  QuayLine *lines[] = { first, second };
  sale->lines = g_ptr_array_new ();
  sale->payments = g_ptr_array_new ();
  for (guint i = 0; i < 2 && lines[i] != NULL; i++)
    {
      g_ptr_array_add (sale->lines, lines[i]);
      sale->total.dong += lines[i]->amount.dong;
      sale->vat.dong += lines[i]->amount.dong - lines[i]->net.dong;
    }
  QuayPayment *cash = g_new0 (QuayPayment, 1);
  cash->amount = QUAY_DONG (split ? sale->total.dong / 2 : sale->total.dong);
  cash->change = QUAY_DONG (1000);
  cash->given = QUAY_DONG (cash->amount.dong + 1000);
  g_ptr_array_add (sale->payments, cash);
  if (!split)
    return event;
  QuayPayment *card = g_new0 (QuayPayment, 1);
  card->tender = QUAY_TENDER_CARD;
  card->amount = card->given = QUAY_DONG (sale->total.dong - cash->amount.dong);
  card->ref = g_strdup ("slip 7");
  g_ptr_array_add (sale->payments, card);
  return event;
}

static QuayResult *
put (Desk *desk, QuayEvent *event)
{
  return shop_commit (&desk->shop, event);
}

static void
test_sale (Desk *desk, gconstpointer data)
{
  static const char *const names[] = { "QT1A-000001", "qt1a-000001", "QT1A-1", " qt1a-01 " };
  static const char *const others[] = { "QT1A-2", "QT1-1", "1", "", "QT1A-" };
  QuayEvent *event = make_sale (TRUE, make_line (1, "Miến dong", 2, 11000, 1000),
                                make_line (2, "Chè", 1, 5000, -1));
  ((QuaySale *)event->body)->note = g_strdup ("giao sau");
  ((QuaySale *)event->body)->buyer = g_strdup ("c2VhbGVk");
  g_autoptr (QuayResult) done = put (desk, event);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (QuaySaleRecord) sale = quay_reader_sale (desk->reader, names[i]);
      g_assert_nonnull (sale);
      g_assert_cmpstr (sale->number, ==, "QT1A-000001");
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_null (quay_reader_sale (desk->reader, others[i]));
  g_autoptr (QuaySaleRecord) sale = quay_reader_sale (desk->reader, "QT1A-1");
  g_assert_cmpint (sale->total.dong, ==, 27000);
  g_assert_cmpint (sale->vat.dong, ==, 2000);
  g_assert_cmpint (sale->day, ==, SHOP_DAY);
  g_assert_cmpstr (sale->who, ==, "QL");
  g_assert_cmpstr (sale->note, ==, "giao sau");
  g_assert_cmpstr (sale->tenders, ==, "cash+card");
  g_assert_cmpuint (strlen (sale->code), ==, QUAY_CODE_LEN);
  g_assert_cmpuint (strlen (sale->hash), ==, 2 * QUAY_HASH_LEN);
  g_assert_cmpint (sale->seq, ==, 2);
  g_assert_cmpuint (sale->lines->len, ==, 2);
  g_assert_cmpstr (((QuayLine *)sale->lines->pdata[1])->name, ==, "Chè");
  g_assert_cmpint (((QuayLine *)sale->lines->pdata[1])->rate_bp, ==, -1);
  g_assert_cmpstr (((QuayPayment *)sale->payments->pdata[1])->ref, ==, "slip 7");
  g_assert_cmpuint (sale->taxes->len, ==, 2);
  g_assert_cmpint (g_array_index (sale->taxes, QuayTaxRow, 1).vat.dong, ==, 2000);
  g_autofree char *sealed = quay_reader_sealed_buyer (desk->reader, &sale->id);
  g_assert_cmpstr (sealed, ==, "c2VhbGVk");
}

static void
test_last_sale (Desk *desk, gconstpointer data)
{
  g_assert_null (quay_reader_last_sale (desk->reader));
  shop_sell (&desk->shop, 3);
  quay_result_free (put (desk, shop_audit (QUAY_EVENT_DRAWER_OPENED, NULL)));
  g_autoptr (QuaySaleRecord) last = quay_reader_last_sale (desk->reader);
  g_assert_cmpstr (last->number, ==, "QT1A-000003");
  g_assert_nonnull (last->lines);
}

static guint
count_sales (Desk *desk, const char *text, QuayDay from, QuayDay to)
{
  g_autoptr (GPtrArray) sales = quay_reader_sales (desk->reader, from, to, text, NULL, NULL, 100);
  return sales->len;
}

static void
test_search (Desk *desk, gconstpointer data)
{
  static const struct
  {
    const char *text;
    guint n;
  } table[] = { { NULL, 3 },      { "", 3 },          { "000002", 1 },     { "qt1a", 3 },
                { "mien", 1 },    { "dong mien", 1 }, { "MIẾN Dong", 1 },  { "duong", 1 },
                { "Đường", 1 },   { "che duong", 1 }, { "mien duong", 0 }, { "sp3", 1 },
                { "không có", 0 } };
  quay_result_free (
      put (desk, make_sale (FALSE, make_line (1, "Miến dong", 1, 11000, 1000), NULL)));
  desk->shop.env.wall_ms += 24 * HOUR_MS;
  quay_result_free (
      put (desk, make_sale (FALSE, make_line (2, "Chè Đường phên", 1, 5000, -1), NULL)));
  quay_result_free (put (desk, make_sale (FALSE, make_line (3, "Gạo", 1, 5000, -1), NULL)));
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_test_message ("%s", table[i].text);
      g_assert_cmpuint (count_sales (desk, table[i].text, 20260101, 20261231), ==, table[i].n);
    }
  int minute = (int)((desk->shop.env.wall_ms / 60000 + 7 * 60) % 1440);
  for (int off = -16; off <= 16; off += 4)
    {
      int at = (minute + off + 1440) % 1440;
      g_autofree char *clock = g_strdup_printf ("%d:%02d", at / 60, at % 60);
      g_assert_cmpuint (count_sales (desk, clock, 20260101, 20261231), ==, ABS (off) <= 15 ? 3 : 0);
    }
  g_assert_cmpuint (count_sales (desk, NULL, 20261123, 20261123), ==, 1);
  g_assert_cmpuint (count_sales (desk, NULL, 20261124, 20261130), ==, 2);
  g_assert_cmpuint (count_sales (desk, "gao", 20261123, 20261123), ==, 0);
}

static void
test_pages (Desk *desk, gconstpointer data)
{
  g_autoptr (QuaySaleRecord) before = NULL;
  guint seen = 0;
  shop_sell (&desk->shop, 7);
  desk->shop.env.wall_ms += 24 * HOUR_MS;
  shop_sell (&desk->shop, 4);
  for (;;)
    {
      g_autoptr (GPtrArray) page =
          quay_reader_sales (desk->reader, 20260101, 20261231, NULL, NULL, before, 3);
      g_assert_cmpuint (page->len, <=, 3);
      if (page->len == 0)
        break;
      for (guint i = 0; i < page->len; i++)
        {
          g_autofree char *want = g_strdup_printf ("QT1A-%06u", 11 - seen++);
          g_assert_cmpstr (((QuaySaleRecord *)page->pdata[i])->number, ==, want);
          g_assert_null (((QuaySaleRecord *)page->pdata[i])->lines);
        }
      quay_sale_record_free (before);
      before = g_ptr_array_steal_index (page, page->len - 1);
    }
  g_assert_cmpuint (seen, ==, 11);
}

/* --- figures --- */

static const QuayReportRow *
find_row (GPtrArray *rows, const char *key)
{
  for (guint i = 0; i < rows->len; i++)
    if (strcmp (((QuayReportRow *)rows->pdata[i])->key, key) == 0)
      return rows->pdata[i];
  g_assert_not_reached ();
}

/* Two sales on the first day; on the second one, and the first line of the first given back. */
static void
put_days (Desk *desk)
{
  QuayId product = quay_test_id ('p', 1);
  QuayId producer = quay_test_id ('r', 1);
  char text[QUAY_ID_TEXT_LEN + 1];
  quay_id_to_text (&producer, text);
  quay_result_free (put (desk, shop_facts (QUAY_EVENT_PRODUCER, &producer, NULL, "name",
                                           "HTX Côn "
                                           "Minh",
                                           NULL)));
  quay_result_free (put (desk, shop_facts (QUAY_EVENT_PRODUCT, &product, NULL, "sku", "SP1", "name",
                                           "Miến dong Na Rì", "producer", text, NULL)));
  g_autoptr (QuayResult) first = put (desk, make_sale (TRUE, make_line (1, "Miến", 2, 11000, 1000),
                                                       make_line (2, "Chè", 1, 5000, -1)));
  quay_result_free (put (desk, make_sale (FALSE, make_line (2, "Chè", 3, 5000, -1), NULL)));
  desk->shop.env.wall_ms += 24 * HOUR_MS;
  quay_result_free (put (desk, make_sale (FALSE, make_line (1, "Miến", 1, 11000, 1000), NULL)));
  quay_result_free (put (desk, shop_refund (first->events->pdata[0])));
  QuayQty qty;
  QuayMoney amount;
  const QuayId *sale = &((QuayEvent *)first->events->pdata[0])->id;
  quay_reader_refunded (desk->reader, sale, 1, &qty, &amount);
  g_assert_cmpint (qty.milli, ==, 2000);
  g_assert_cmpint (amount.dong, ==, 22000);
  quay_reader_refunded (desk->reader, sale, 2, &qty, &amount);
  g_assert_cmpint (amount.dong, ==, 0);
  g_autoptr (QuaySaleRecord) record = quay_reader_sale_by_id (desk->reader, sale);
  g_assert_cmpint (record->refunded.dong, ==, 22000);
}

static void
assert_adds_up (QuayReport *report, GPtrArray *rows)
{
  gint64 sum = 0;
  for (guint i = 0; i < rows->len; i++)
    sum += ((QuayReportRow *)rows->pdata[i])->amount.dong;
  g_assert_cmpint (sum, ==, report->total.dong - report->refunded.dong);
}

static void
test_report (Desk *desk, gconstpointer data)
{
  put_days (desk);
  g_autoptr (QuayReport) both =
      quay_reader_report (desk->reader, QUAY_REPORT_BY_PRODUCT, 20261123, 20261124);
  g_assert_cmpint (both->sales, ==, 3);
  g_assert_cmpint (both->refunds, ==, 1);
  g_assert_cmpint (both->total.dong, ==, 53000);
  g_assert_cmpint (both->vat.dong, ==, 3000);
  g_assert_cmpint (both->refunded.dong, ==, 22000);
  assert_adds_up (both, both->tenders);
  assert_adds_up (both, both->rates);
  assert_adds_up (both, both->rows);
  g_assert_cmpint (find_row (both->tenders, "card")->amount.dong, ==, 13500);
  g_assert_cmpint (find_row (both->rates, "1000")->vat.dong, ==, 1000);
  g_assert_cmpint (find_row (both->rates, "-1")->amount.dong, ==, 20000);
  const QuayReportRow *noodles = find_row (both->rows, "SP1");
  g_assert_cmpstr (noodles->name, ==, "Miến dong Na Rì"); /* as it is called today */
  g_assert_cmpint (noodles->qty.milli, ==, 1000);
  g_assert_cmpint (noodles->count, ==, 2);
  g_assert_cmpint (find_row (both->rows, "SP2")->qty.milli, ==, 4000);
}

static void
test_report_kinds (Desk *desk, gconstpointer data)
{
  put_days (desk);
  g_autoptr (QuayReport) days =
      quay_reader_report (desk->reader, QUAY_REPORT_BY_DAY, 20261101, 20261130);
  assert_adds_up (days, days->rows);
  g_assert_cmpint (find_row (days->rows, "20261123")->amount.dong, ==, 42000);
  g_assert_cmpint (find_row (days->rows, "20261124")->amount.dong, ==, -11000);
  g_autoptr (QuayReport) makers =
      quay_reader_report (desk->reader, QUAY_REPORT_BY_PRODUCER, 20261101, 20261130);
  assert_adds_up (makers, makers->rows);
  g_assert_cmpuint (makers->rows->len, ==, 2);
  g_assert_cmpstr (((QuayReportRow *)makers->rows->pdata[1])->name, ==, "HTX Côn Minh");
  g_autoptr (QuayReport) none =
      quay_reader_report (desk->reader, QUAY_REPORT_PLAIN, 20250101, 20250131);
  g_assert_cmpint (none->sales, ==, 0);
  g_assert_null (none->rows);
  gint64 sales;
  QuayMoney total;
  quay_reader_day_total (desk->reader, 20261124, &sales, &total);
  g_assert_cmpint (sales, ==, 1);
  g_assert_cmpint (total.dong, ==, -11000);
}

static void
test_shift (Desk *desk, gconstpointer data)
{
  QuayId shift;
  QuayMoney expected;
  g_assert_false (quay_reader_open_shift (desk->reader, &shift, NULL, NULL));
  g_autoptr (QuayResult) opened = put (desk, shop_shift (500000));
  const QuayId *id = &((QuayEvent *)opened->events->pdata[0])->id;
  QuayEvent *sale = make_sale (TRUE, make_line (1, "Miến", 2, 11000, 1000), NULL);
  sale->shift = *id;
  quay_result_free (put (desk, sale));
  QuayEvent *out = shop_cash (-50000);
  out->shift = *id;
  quay_result_free (put (desk, out));
  g_autofree char *number = NULL;
  g_assert_true (quay_reader_open_shift (desk->reader, &shift, &number, &expected));
  g_assert_true (quay_id_equal (&shift, id));
  g_assert_cmpstr (number, ==, "QT1A-Z26-0001");
  g_assert_cmpint (expected.dong, ==, 500000 + 11000 - 50000);
  quay_result_free (put (desk, shop_shift_close (id, 461000)));
  g_assert_false (quay_reader_open_shift (desk->reader, &shift, NULL, NULL));
}

/* --- stock --- */

static void
test_stock (Desk *desk, gconstpointer data)
{
  QuayId product = quay_test_id ('p', 1);
  QuayId floor = quay_test_id ('l', 1);
  quay_result_free (put (
      desk, shop_facts (QUAY_EVENT_PRODUCT, &product, NULL, "sku", "SP1", "name", "Miến", NULL)));
  quay_result_free (
      put (desk, shop_facts (QUAY_EVENT_LOCATION, &floor, NULL, "name", "Quầy", NULL)));
  quay_result_free (put (desk, shop_price (&product, 20260101, 11000)));
  QuayEvent *opening = shop_opening (&product, 10000);
  QuayStockOpening *body = opening->body;
  QuayStockLine *more = g_new0 (QuayStockLine, 1);
  *more = (QuayStockLine){ product, quay_test_id ('o', 1), QUAY_MILLI (4000) };
  g_ptr_array_add (body->lines, more);
  quay_result_free (put (desk, opening));
  gint64 then = desk->shop.env.wall_ms;
  desk->shop.env.wall_ms += HOUR_MS;
  quay_result_free (put (desk, make_sale (FALSE, make_line (1, "Miến", 3, 11000, 1000), NULL)));
  g_autoptr (GPtrArray) now = quay_reader_stock (desk->reader, NULL, 0, FALSE, SHOP_DAY);
  const QuayStockRow *row = now->pdata[0];
  g_assert_cmpuint (now->len, ==, 1);
  g_assert_cmpint (row->qty.milli, ==, 11000);
  g_assert_cmpint (row->value.dong, ==, 121000);
  g_assert_cmpstr (row->loc_name, ==, "Quầy");
  g_assert_cmpstr (row->sku, ==, "SP1");
  g_autoptr (GPtrArray) lots = quay_reader_stock (desk->reader, "SP1", 0, TRUE, SHOP_DAY);
  g_assert_cmpuint (lots->len, ==, 2);
  g_assert_cmpint (((QuayStockRow *)lots->pdata[0])->qty.milli, ==, 7000);
  g_assert_cmpint (((QuayStockRow *)lots->pdata[1])->qty.milli, ==, 4000);
  g_autoptr (GPtrArray) past = quay_reader_stock (desk->reader, "SP1", then, FALSE, SHOP_DAY);
  g_assert_cmpint (((QuayStockRow *)past->pdata[0])->qty.milli, ==, 14000);
  g_autoptr (GPtrArray) past_lots = quay_reader_stock (desk->reader, "SP1", then, TRUE, SHOP_DAY);
  g_assert_cmpuint (past_lots->len, ==, 2);
  g_autoptr (GPtrArray) none = quay_reader_stock (desk->reader, "SP9", 0, FALSE, SHOP_DAY);
  g_assert_cmpuint (none->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Desk, NULL, set_up, func, tear_down)
  ADD ("/figures/sale", test_sale);
  ADD ("/figures/last-sale", test_last_sale);
  ADD ("/figures/search", test_search);
  ADD ("/figures/pages", test_pages);
  ADD ("/figures/report", test_report);
  ADD ("/figures/report/kinds", test_report_kinds);
  ADD ("/figures/shift", test_shift);
  ADD ("/figures/stock", test_stock);
  return g_test_run ();
}
