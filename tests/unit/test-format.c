/* Money, quantities and percentages as written and as typed; what a customer hands over. */
#include "quay-error.h"
#include "quay-format.h"

#define NBSP QUAY_NBSP
#define MINUS "\u2212"

static void
test_money_styles (void)
{
  static const struct
  {
    gint64 dong;
    QuayMoneyStyle style;
    const char *text;
  } rows[] = {
    { 1234567, QUAY_MONEY_SIGN, "1.234.567" NBSP "₫" },
    { 1234567, QUAY_MONEY_LETTER, "1.234.567" NBSP "đ" },
    { 1234567, QUAY_MONEY_BARE, "1.234.567" },
    { 1234567, QUAY_MONEY_ASCII, "1.234.567d" },
    { -1234567, QUAY_MONEY_SIGN, MINUS "1.234.567" NBSP "₫" },
    { -1234567, QUAY_MONEY_BARE, MINUS "1.234.567" },
    { -1234567, QUAY_MONEY_ASCII, "-1.234.567d" },
    { 0, QUAY_MONEY_SIGN, "0" NBSP "₫" },
    { 5, QUAY_MONEY_BARE, "5" },
    { 999, QUAY_MONEY_BARE, "999" },
    { 1000, QUAY_MONEY_BARE, "1.000" },
    { 1001, QUAY_MONEY_BARE, "1.001" },
    { 1000020, QUAY_MONEY_BARE, "1.000.020" },
    { QUAY_MONEY_MAX, QUAY_MONEY_BARE, "999.999.999.999.999" },
    { G_MAXINT64, QUAY_MONEY_BARE, "9.223.372.036.854.775.807" },
    { G_MININT64, QUAY_MONEY_ASCII, "-9.223.372.036.854.775.808d" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = quay_format_money (QUAY_DONG (rows[i].dong), rows[i].style);
      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_qty_text (void)
{
  static const struct
  {
    gint64 milli;
    const char *unit;
    const char *text;
  } rows[] = {
    { 1250, "kg", "1,25" NBSP "kg" },
    { 485, "kg", "0,485" NBSP "kg" },
    { 1250, NULL, "1,25" },
    { 1250, "", "1,25" },
    { 2000, "gói", "2" NBSP "gói" },
    { 0, NULL, "0" },
    { 1, NULL, "0,001" },
    { 50, NULL, "0,05" },
    { 100, NULL, "0,1" },
    { 1234500, NULL, "1234,5" },
    { -500, "kg", MINUS "0,5" NBSP "kg" },
    { QUAY_QTY_MAX, NULL, "999999999,999" },
    { G_MININT64, NULL, MINUS "9223372036854775,808" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = quay_format_qty (QUAY_MILLI (rows[i].milli), rows[i].unit);
      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_percent_text (void)
{
  static const struct
  {
    gint64 bp;
    const char *text;
  } rows[] = {
    { 800, "8%" },  { 550, "5,5%" },   { 1000, "10%" },        { 0, "0%" },
    { 1, "0,01%" }, { 10000, "100%" }, { -550, MINUS "5,5%" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = quay_format_percent (rows[i].bp);
      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_money_typed (void)
{
  static const struct
  {
    const char *text;
    gint64 dong;
  } rows[] = {
    { "0", 0 },
    { "000", 0 },
    { "5", 5 },
    { "35000", 35000 },
    { "007", 7 },
    { "1.234.567", 1234567 },
    { "1,234,567", 1234567 },
    { "1 234 567", 1234567 },
    { "1\u00A0234\u00A0567", 1234567 },
    { "1\u202F234", 1234 },
    { "65.000", 65000 },
    { "65,000", 65000 },
    { "  65.000\t", 65000 },
    { "1.234.567 ₫", 1234567 },
    { "1.234.567\u00A0₫", 1234567 },
    { "1.234.567 đ", 1234567 },
    { "1.234.567Đ", 1234567 },
    { "1.234.567d", 1234567 },
    { "1.234.567 VND", 1234567 },
    { "1.234.567 vnđ", 1234567 },
    { "1.234.567VNĐ", 1234567 },
    { "1.234.567 đồng", 1234567 },
    { "35k", 35000 },
    { "35K", 35000 },
    { "35 k", 35000 },
    { "35kđ", 35000 },
    { "1.200k", 1200000 },
    { "1tr", 1000000 },
    { "1TR", 1000000 },
    { "1 tr", 1000000 },
    { "1tr2", 1200000 },
    { "1tr25", 1250000 },
    { "1tr255", 1255000 },
    { "1tr05", 1050000 },
    { "1tr005", 1005000 },
    { "1tr2 đ", 1200000 },
    { "12tr", 12000000 },
    { "1.500tr", 1500000000 },
    { "0tr5", 500000 },
    { "999999999999999", QUAY_MONEY_MAX },
    { "999.999.999.999.999", QUAY_MONEY_MAX },
    { "000000000000000000000001", 1 },
    { "999999999tr999", G_GINT64_CONSTANT (999999999999000) },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      QuayMoney m = QUAY_DONG (-1);
      g_test_message ("row %u", i);
      g_assert_true (quay_parse_money (rows[i].text, &m, &error));
      g_assert_no_error (error);
      g_assert_cmpint (m.dong, ==, rows[i].dong);
    }
}

static void
test_money_refused (void)
{
  static const struct
  {
    const char *text;
    QuayError code;
  } rows[] = {
    { "", QUAY_ERROR_INVALID },
    { "   ", QUAY_ERROR_INVALID },
    { "đ", QUAY_ERROR_INVALID },
    { "k", QUAY_ERROR_INVALID },
    { "tr", QUAY_ERROR_INVALID },
    { "tr2", QUAY_ERROR_INVALID },
    { "abc", QUAY_ERROR_INVALID },
    { "1,5", QUAY_ERROR_INVALID },
    { "1.5", QUAY_ERROR_INVALID },
    { "1.50", QUAY_ERROR_INVALID },
    { "65.000,00", QUAY_ERROR_INVALID },
    { "65,000.00", QUAY_ERROR_INVALID },
    { "65.00", QUAY_ERROR_INVALID },
    { "1.2345", QUAY_ERROR_INVALID },
    { "1234.567", QUAY_ERROR_INVALID },
    { "1.234,567", QUAY_ERROR_INVALID }, /* one kind of separator in a number */
    { "1 234.567", QUAY_ERROR_INVALID },
    { "0.500", QUAY_ERROR_INVALID }, /* half of something, not five hundred */
    { "1.", QUAY_ERROR_INVALID },
    { "1.234.", QUAY_ERROR_INVALID },
    { ".234", QUAY_ERROR_INVALID },
    { "1..234", QUAY_ERROR_INVALID },
    { "1  234", QUAY_ERROR_INVALID },
    { "1,5k", QUAY_ERROR_INVALID },
    { "1.5tr", QUAY_ERROR_INVALID },
    { "1tr2345", QUAY_ERROR_INVALID },
    { "1tr2tr", QUAY_ERROR_INVALID },
    { "1tr 2", QUAY_ERROR_INVALID },
    { "1tr2k", QUAY_ERROR_INVALID },
    { "35k5", QUAY_ERROR_INVALID },
    { "35kk", QUAY_ERROR_INVALID },
    { "35dd", QUAY_ERROR_INVALID },
    { "-5000", QUAY_ERROR_INVALID },
    { "+5000", QUAY_ERROR_INVALID },
    { "\u22125000", QUAY_ERROR_INVALID },
    { "1e6", QUAY_ERROR_INVALID },
    { "0x10", QUAY_ERROR_INVALID },
    { "35\n000", QUAY_ERROR_INVALID },
    { "３５", QUAY_ERROR_INVALID },
    { "65.000\xFF", QUAY_ERROR_INVALID },
    { "65\xC2", QUAY_ERROR_INVALID },
    { "1000000000000000", QUAY_ERROR_OVERFLOW },
    { "1.000.000.000.000.000", QUAY_ERROR_OVERFLOW },
    { "1000000000000k", QUAY_ERROR_OVERFLOW },
    { "1000000000tr", QUAY_ERROR_OVERFLOW },
    { "99999999999999999999999999", QUAY_ERROR_OVERFLOW },
    { "99999999999999999999999999tr9", QUAY_ERROR_OVERFLOW },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      QuayMoney m = QUAY_DONG (-7);
      g_test_message ("row %u", i);
      g_assert_false (quay_parse_money (rows[i].text, &m, &error));
      g_assert_error (error, QUAY_ERROR, (int)rows[i].code);
      g_assert_cmpint (m.dong, ==, -7);
    }
}

static void
test_qty_typed (void)
{
  static const struct
  {
    const char *text;
    gint64 milli; /* -1: invalid; -2: beyond the range */
  } rows[] = {
    { "1,25", 1250 },
    { "1.25", 1250 },
    { "0,485", 485 },
    { "0.485", 485 },
    { "2", 2000 },
    { " 2 ", 2000 },
    { "1.234", 1234 }, /* a decimal here, never a group */
    { "0", 0 },
    { "007", 7000 },
    { "999999999,999", QUAY_QTY_MAX },
    { "1000000000", -2 },
    { "99999999999999999999", -2 },
    { "", -1 },
    { " ", -1 },
    { ",5", -1 },
    { "1,", -1 },
    { "1,2345", -1 },
    { "1.234,5", -1 },
    { "1,2,3", -1 },
    { "1 000", -1 },
    { "-1", -1 },
    { "+1", -1 },
    { "1 kg", -1 },
    { "1e3", -1 },
    { "1\xFF", -1 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      QuayQty q = QUAY_MILLI (-7);
      g_test_message ("row %u", i);
      gboolean valid = quay_parse_qty (rows[i].text, &q, &error);
      g_assert_cmpint (valid, ==, rows[i].milli >= 0);
      g_assert_cmpint (q.milli, ==, valid ? rows[i].milli : -7);
      if (!valid)
        {
          QuayError code = rows[i].milli == -1 ? QUAY_ERROR_INVALID : QUAY_ERROR_OVERFLOW;
          g_assert_error (error, QUAY_ERROR, (int)code);
        }
    }
}

static void
test_round_trip (void)
{
  for (int i = 0; i < 2000; i++)
    {
      gint64 n = (gint64)g_test_rand_int_range (0, G_MAXINT32) * G_MAXINT32 +
                 g_test_rand_int_range (0, G_MAXINT32);
      QuayMoney m = QUAY_DONG (n % (i % 2 ? QUAY_MONEY_MAX : 2000000));
      QuayQty q = QUAY_MILLI (n % (i % 2 ? QUAY_QTY_MAX : 3000));
      QuayMoney m_back;
      QuayQty q_back;
      for (QuayMoneyStyle style = QUAY_MONEY_SIGN; style <= QUAY_MONEY_ASCII; style++)
        {
          g_autofree char *text = quay_format_money (m, style);
          g_assert_true (quay_parse_money (text, &m_back, NULL));
          g_assert_cmpint (m_back.dong, ==, m.dong);
        }
      g_autofree char *text = quay_format_qty (q, NULL);
      g_assert_true (quay_parse_qty (text, &q_back, NULL));
      g_assert_cmpint (q_back.milli, ==, q.milli);
    }
}

static void
test_cash_suggestions (void)
{
  static const struct
  {
    gint64 total;
    guint n;
    gint64 amounts[QUAY_CASH_SUGGESTIONS];
  } rows[] = {
    { 360200, 4, { 360200, 400000, 500000, 1000000 } },
    { 35000, 4, { 35000, 40000, 50000, 100000 } },
    { 3000, 4, { 3000, 10000, 50000, 100000 } },
    { 10000, 4, { 10000, 20000, 50000, 100000 } },
    { 45000, 4, { 45000, 50000, 100000, 500000 } },
    { 100000, 4, { 100000, 200000, 500000, 1000000 } },
    { 110000, 4, { 110000, 120000, 150000, 200000 } },
    { 120000, 4, { 120000, 150000, 200000, 500000 } },
    { 200000, 3, { 200000, 500000, 1000000 } },
    { 299999, 4, { 299999, 300000, 500000, 1000000 } },
    { 500000, 2, { 500000, 1000000 } },
    { 1234500, 4, { 1234500, 1250000, 1300000, 1500000 } },
    { 13470000, 4, { 13470000, 13500000, 14000000, 15000000 } },
    { 123456789, 4, { 123456789, 123500000, 124000000, 125000000 } },
    { QUAY_MONEY_MAX, 1, { QUAY_MONEY_MAX } },
    { 0, 0, { 0 } },
    { -5000, 0, { 0 } },
    { QUAY_MONEY_MAX + 1, 0, { 0 } },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      QuayMoney out[QUAY_CASH_SUGGESTIONS];
      guint n = quay_cash_suggestions (QUAY_DONG (rows[i].total), out);
      g_assert_cmpuint (n, ==, rows[i].n);
      for (guint j = 0; j < n; j++)
        g_assert_cmpint (out[j].dong, ==, rows[i].amounts[j]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/format/money/styles", test_money_styles);
  g_test_add_func ("/format/qty/text", test_qty_text);
  g_test_add_func ("/format/percent/text", test_percent_text);
  g_test_add_func ("/format/money/typed", test_money_typed);
  g_test_add_func ("/format/money/refused", test_money_refused);
  g_test_add_func ("/format/qty/typed", test_qty_typed);
  g_test_add_func ("/format/round-trip", test_round_trip);
  g_test_add_func ("/format/cash/suggestions", test_cash_suggestions);
  return g_test_run ();
}
