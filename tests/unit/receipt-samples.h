/* Sales that the tests of receipts print. Amounts, VAT and change come from the program's own
 * arithmetic, so that a sample is always a sale that could have been made. */
#pragma once

#include "quay-record.h"
#include "quay-tender.h"

typedef struct
{
  const char *name;
  const char *unit;
  gint64 milli;
  gint64 price;
  gint64 rate_bp;
  gint64 kind;
  gint64 tare;
  gint64 amount; /* of a priced label */
  const char *note;
  QuayOff offs[2];
} SampleLine;

typedef struct
{
  QuayTender tender;
  gint64 given;
  const char *ref;
} SamplePayment;

typedef struct
{
  const char *name;
  SampleLine lines[13];
  SamplePayment payments[4];
  const char *buyer_name;
  const char *buyer_tax;
  guint copy;
  gint64 refunded;
} Sample;

/* clang-format off */
static const Sample samples[] = {
  { "one-line",
    { { "Miến dong Tài Hoan, gói 500 g", "gói", 2000, 65000, 800 } },
    { { QUAY_TENDER_CASH, 130000 } } },
  { "twelve-lines",
    { { "Miến dong Tài Hoan, gói 500 g", "gói", 2000, 65000, 800 },
      { "Tinh bột nghệ nếp đỏ Bắc Kạn, hũ 250 g", "hũ", 1000, 140000, 800 },
      { "Trà thảo dược giảo cổ lam núi đá, hộp 25 túi", "hộp", 3000, 75000, 800 },
      { "Rượu men lá Bằng Phúc, chai 500 ml", "chai", 1000, 90000, 1000 },
      { "Vicumax mật ong Nano curcumin, lọ 250 g", "lọ", 1000, 250000, 800,
        .note = "gói làm quà, kèm túi giấy và thiệp" },
      { "Thịt lợn gác bếp Dung Dinh (hun khói bằng củi nghiến trên gác bếp người Tày), túi 500 g",
        "túi", 1000, 230000, 800 },
      { "Nấm sò tươi", "kg", 485, 60000, 500, QUAY_LINE_WEIGHED },
      { "Gạo nếp Tân Sơn, túi 2 kg", "túi", 10000, 80000, 500 },
      { "Bún phở khô Hồng Luân, gói 500 g", "gói", 4000, 28000, 800 },
      { "Tinh dầu sả chanh, lọ 10 ml", "lọ", 1000, 70000, 800 },
      { "Trà hoa vàng túi lọc, hộp 20 túi", "hộp", 1000, 150000, 800 },
      { "Hồng không hạt Chợ Đồn", "kg", 1250, 40000, QUAY_RATE_NOT_TAXED, QUAY_LINE_WEIGHED } },
    { { QUAY_TENDER_CASH, 2500000 } } },
  { "weighed",
    { { "Thịt lợn rừng lai Phúc Thơm", "kg", 1235, 220000, 500, QUAY_LINE_WEIGHED, 45 },
      { "Bí xanh thơm Ba Bể", "kg", 3400, 18000, QUAY_RATE_NOT_TAXED, QUAY_LINE_WEIGHED } },
    { { QUAY_TENDER_CASH, 400000 } } },
  { "priced",
    { { "Thịt treo gác bếp Tám Cương", "kg", 0, 480000, 800, QUAY_LINE_PRICED, 0, 173000 },
      { "Hàng lẻ", NULL, 0, 0, 800, QUAY_LINE_PRICED, 0, 20000 } },
    { { QUAY_TENDER_CASH, 193000 } } },
  { "split",
    { { "Trà hoa vàng Bắc Kạn, hộp 50 g", "hộp", 1000, 450000, 800 } },
    { { QUAY_TENDER_TRANSFER, 200000, "FT26327018254" },
      { QUAY_TENDER_CARD, 100000, NULL },
      { QUAY_TENDER_CASH, 200000 } } },
  { "reprint",
    { { "Giấm chuối Mạnh Minh, chai 500 ml", "chai", 2000, 35000, 800 } },
    { { QUAY_TENDER_CASH, 100000 } },
    .copy = 2, .refunded = 35000 },
  { "discounts",
    { { "Miến dong Tài Hoan, gói 500 g", "gói", 3000, 65000, 800,
        .offs = { { QUAY_OFF_PROMOTION, { 65000 }, { { 0 } }, (char *)"Miến mua 2 tặng 1", 0 },
                  { QUAY_OFF_CART, { 6500 }, { { 0 } }, (char *)"khách quen", 0 } } },
      { "Trà thảo dược giảo cổ lam núi đá, hộp 25 túi", "hộp", 1000, 75000, 800,
        .offs = { { QUAY_OFF_LINE, { 7500 }, { { 0 } }, (char *)"hộp móp", 1000 } } },
      { "Rượu men lá Bằng Phúc, chai 500 ml", "chai", 1000, 90000, 1000 } },
    { { QUAY_TENDER_CASH, 300000 } } },
  { "buyer",
    { { "Hồng trà Bằng Phúc, hộp 100 g", "hộp", 20000, 200000, 800 } },
    { { QUAY_TENDER_TRANSFER, 4000000, "FT26327018255" } },
    "Công ty trách nhiệm hữu hạn một thành viên Ví Dụ", "0101234567-001" },
  { "not-taxed",
    { { "Măng khô Mảy Puốc, túi 250 g", "túi", 1000, 90000, QUAY_RATE_NOT_TAXED },
      { "Mật ong rừng Bắc Kạn, chai 500 ml", "chai", 1000, 220000, QUAY_RATE_NOT_TAXED } },
    { { QUAY_TENDER_CASH, 310000 } } },
};
/* clang-format on */

static const QuayShop sample_shop = {
  .name = (char *)"HTX OCOP Quế Thanh",
  .address = (char *)"Xã Na Rì, tỉnh Thái Nguyên",
  .phone = (char *)"0209 3884 000",
  .tax_code = (char *)"4700000000",
  .thanks = (char *)"Cảm ơn quý khách!",
};

static QuayLine *
make_sample_line (const SampleLine *from)
{
  QuayLine line = {
    .kind = from->kind,
    .name = (char *)from->name,
    .unit = (char *)from->unit,
    .qty = QUAY_MILLI (from->milli),
    .tare = QUAY_MILLI (from->tare),
    .price = QUAY_DONG (from->price),
    .amount = QUAY_DONG (from->amount),
    .rate_bp = from->rate_bp,
    .note = (char *)from->note,
  };
  g_autoptr (GError) error = NULL;
  quay_line_price (&line, &error);
  g_assert_no_error (error);
  QuayLine *copy = quay_line_copy (&line);
  GPtrArray *offs = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_off_free);
  for (guint i = 0; i < G_N_ELEMENTS (from->offs) && from->offs[i].amount.dong > 0; i++)
    g_ptr_array_add (offs, quay_off_new ((QuayOffKind)from->offs[i].kind, from->offs[i].amount,
                                         NULL, from->offs[i].name));
  if (offs->len == 0)
    g_clear_pointer (&offs, g_ptr_array_unref);
  quay_line_set_offs (copy, offs, &error);
  g_assert_no_error (error);
  return copy;
}

static QuaySaleRecord *
make_sample (const Sample *from)
{
  QuaySaleRecord *sale = g_new0 (QuaySaleRecord, 1);
  sale->number = g_strdup ("QT1A-000042");
  g_strlcpy (sale->code, "7K2M9P", sizeof sale->code);
  sale->day = 20261123;
  sale->ts = G_GINT64_CONSTANT (1795404245000); /* 2026-11-23 10:24:05 in Vietnam */
  sale->who = g_strdup ("Quầy 1");
  sale->buyer_name = g_strdup (from->buyer_name);
  sale->buyer_tax = g_strdup (from->buyer_tax);
  sale->refunded = QUAY_DONG (from->refunded);
  sale->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_line_free);
  for (guint i = 0; i < G_N_ELEMENTS (from->lines) && from->lines[i].name != NULL; i++)
    {
      QuayLine *line = make_sample_line (&from->lines[i]);
      g_assert_true (quay_money_add (sale->total, line->amount, &sale->total));
      g_ptr_array_add (sale->lines, line);
    }
  sale->payments = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_payment_free);
  for (guint i = 0; i < G_N_ELEMENTS (from->payments) && from->payments[i].given != 0; i++)
    {
      QuayPayment payment = { .tender = from->payments[i].tender,
                              .given = QUAY_DONG (from->payments[i].given),
                              .ref = (char *)from->payments[i].ref };
      g_ptr_array_add (sale->payments, quay_payment_copy (&payment));
    }
  g_autoptr (GError) error = NULL;
  QuayMoney change;
  quay_tender_settle (sale->total, sale->payments, &change, &error);
  g_assert_no_error (error);
  quay_tax_apply (sale->lines, &sale->taxes, &error);
  g_assert_no_error (error);
  return sale;
}
