/* GS1 element strings, bracketed text and Digital Links: what is taken, what is refused and why.
 * Most link rows are those of the reference parser gs1-syntax-engine. */
#include "quay-gs1.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *input;    /* '^' stands for FNC1 in element strings */
  const char *expected; /* element string with '^' */
} Good;

typedef struct
{
  const char *name;
  const char *input;
  QuayCodeFault fault;
} Bad;

typedef QuayCodeFault (*Parser) (const char *text, gsize len, QuayGs1 *out);

static QuayCodeFault
parse_elements (const char *text, gsize len, QuayGs1 *out)
{
  g_autofree char *raw = g_strndup (text, len);
  g_strdelimit (raw, "^", QUAY_GS1_FNC1);
  return quay_gs1_parse_elements (raw, len, out);
}

static QuayCodeFault
parse_link (const char *text, gsize len, QuayGs1 *out)
{
  return quay_gs1_parse_link (text, len, FALSE, out);
}

static void
check_good (const Good *rows, gsize n, Parser parse)
{
  for (gsize i = 0; i < n; i++)
    {
      QuayGs1 gs1;
      QuayCodeFault fault = parse (rows[i].input, strlen (rows[i].input), &gs1);
      g_test_message ("%s: %s", rows[i].name, rows[i].input);
      g_assert_cmpstr (quay_code_fault_name (fault), ==, "ok");
      g_autofree char *text = quay_gs1_to_text (&gs1, '^');
      g_assert_cmpstr (text, ==, rows[i].expected);
    }
}

static void
check_bad (const Bad *rows, gsize n, Parser parse)
{
  for (gsize i = 0; i < n; i++)
    {
      QuayGs1 gs1;
      QuayCodeFault fault = parse (rows[i].input, strlen (rows[i].input), &gs1);
      g_test_message ("%s: %s", rows[i].name, rows[i].input);
      g_assert_cmpstr (quay_code_fault_name (fault), ==, quay_code_fault_name (rows[i].fault));
    }
}

static void
test_check_digit (void)
{
  static const struct
  {
    const char *data;
    char digit;
  } rows[] = {
    { "952012345678", '8' },      { "893850000001", '0' }, { "0952012345678", '8' },
    { "1231231231233", '3' },     { "210012301250", '3' }, { "220045600900", '0' },
    { "290000000001", '8' },      { "261000100500", '3' }, { "0000000", '0' },
    { "95201234567891234", '5' }, { "0234567", '3' },      { "41600033610", '8' },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *whole = g_strdup_printf ("%s%c", rows[i].data, rows[i].digit);
      gsize len = strlen (whole);
      g_assert_cmpint (quay_gs1_check_digit (rows[i].data, len - 1), ==, rows[i].digit);
      g_assert_true (quay_gs1_check (whole, len));
      for (gsize d = 0; d < len; d++)
        {
          /* Any one digit misread is noticed. */
          char kept = whole[d];
          whole[d] = kept == '9' ? '0' : (char)(kept + 1);
          g_assert_false (quay_gs1_check (whole, len));
          whole[d] = kept;
        }
    }
  g_assert_false (quay_gs1_check ("2123456005279", 13)); /* another program's own wrong sample */
  g_assert_false (quay_gs1_check ("95201234567x8", 13));
  g_assert_false (quay_gs1_check ("0", 1));
  g_assert_false (quay_gs1_check ("", 0));
}

static const Good good_elements[] = {
  { "gtin", "0109520123456788", "^0109520123456788" },
  { "leading-fnc1", "^0109520123456788", "^0109520123456788" },
  { "variable-then-fixed", "010952012345678810ABC1^17180426", "^010952012345678810ABC1^17180426" },
  { "fixed-then-variable", "01095201234567881718042610ABC1", "^01095201234567881718042610ABC1" },
  { "fnc1-after-fixed", "^0109520123456788^17180426^10A", "^01095201234567881718042610A" },
  { "lot-serial", "010952012345678810ABC1^2112345^17180426",
    "^010952012345678810ABC1^2112345^17180426" },
  { "net-weight", "01095201234567883103000195", "^01095201234567883103000195" },
  { "price-iso", "01095201234567883930704125000^10L", "^01095201234567883930704125000^10L" },
  { "sscc", "00952012345678912345", "^00952012345678912345" },
  { "content-count", "02095201234567883725^10ABC", "^02095201234567883725^10ABC" },
  { "same-twice", "10ABC^10ABC", "^10ABC" },
  { "trailing-fnc1", "10ABC^", "^10ABC" },
  { "origin", "422704", "^422704" },
  { "harvest-one-day", "7007260901", "^7007260901" },
  { "harvest-range", "7007260901260930", "^7007260901260930" },
  { "production-time", "80082609010815", "^80082609010815" },
  { "all-of-cset82", "10!\"%&'()*+,-./:;<=>", "^10!\"%&'()*+,-./:;<=>" },
  { "rest-of-cset82", "10?_azAZ09", "^10?_azAZ09" },
};

static const Bad bad_elements[] = {
  { "empty", "", QUAY_CODE_LENGTH },
  { "only-fnc1", "^^", QUAY_CODE_LENGTH },
  { "gtin-check-digit", "0109520123456787", QUAY_CODE_CHECK_DIGIT },
  { "gtin-short", "010952012345678", QUAY_CODE_LENGTH },
  { "gtin-letter", "01095201234567A8", QUAY_CODE_CHARACTER },
  { "sscc-check-digit", "00952012345678912346", QUAY_CODE_CHECK_DIGIT },
  { "empty-lot", "010952012345678810", QUAY_CODE_LENGTH },
  { "empty-lot-then-date", "10^17261231", QUAY_CODE_LENGTH },
  { "lot-of-21", "10ABCDEFGHIJKLMNOPQRSTU", QUAY_CODE_LENGTH },
  { "lot-space", "10AB C", QUAY_CODE_CHARACTER },
  { "lot-hash", "10AB#C", QUAY_CODE_CHARACTER },
  { "lot-vietnamese", "10LÔ", QUAY_CODE_CHARACTER },
  { "month-13", "17261301", QUAY_CODE_DATE },
  { "month-0", "17260001", QUAY_CODE_DATE },
  { "day-32", "17260132", QUAY_CODE_DATE },
  { "no-leap-day", "17260229", QUAY_CODE_DATE },
  { "expiry-time-day-0", "70032609001200", QUAY_CODE_DATE },
  { "no-such-ai", "0109520123456788891", QUAY_CODE_UNKNOWN_AI },
  { "no-such-ai-decimals", "3106000195", QUAY_CODE_UNKNOWN_AI },
  { "half-an-ai", "0109520123456788310", QUAY_CODE_UNKNOWN_AI },
  { "colon-in-ai", "31:5000195", QUAY_CODE_UNKNOWN_AI },
  { "plain-text", "OCOP001", QUAY_CODE_UNKNOWN_AI },
  { "lot-twice", "10ABC^10ABD", QUAY_CODE_DUPLICATE_AI },
  { "lot-prefix-of-lot", "10ABC^10AB", QUAY_CODE_DUPLICATE_AI },
  { "harvest-odd", "70072609012609", QUAY_CODE_LENGTH },
};

static const Good good_brackets[] = {
  { "gtin", "(01)09520123456788", "^0109520123456788" },
  { "lot-first", "(10)ABC1(01)09520123456788", "^10ABC1^0109520123456788" },
  { "all", "(01)09520123456788(10)ABC1(21)12345(17)180426",
    "^010952012345678810ABC1^2112345^17180426" },
  { "four-digits", "(3103)000195", "^3103000195" },
  { "brackets-in-lot", "(10)A(1)B", "^10A(1)B" },
  { "unknown-ai-in-lot", "(10)A(89)B", "^10A(89)B" },
};

static const Bad bad_brackets[] = {
  { "empty", "", QUAY_CODE_LENGTH },
  { "no-bracket", "0109520123456788", QUAY_CODE_UNKNOWN_AI },
  { "unclosed", "(01", QUAY_CODE_UNKNOWN_AI },
  { "unclosed-second", "(01)09520123456788(10", QUAY_CODE_LENGTH },
  { "unknown", "(89)1", QUAY_CODE_UNKNOWN_AI },
  { "words", "(giao hàng)", QUAY_CODE_UNKNOWN_AI },
  { "check-digit", "(01)09520123456789", QUAY_CODE_CHECK_DIGIT },
  { "spaces", "(01) 09520123456788", QUAY_CODE_CHARACTER },
};

static const Good good_links[] = {
  { "gtin", "https://id.gs1.org/01/09520123456788", "^0109520123456788" },
  { "serial", "https://id.gs1.org/01/09520123456788/21/12345", "^01095201234567882112345" },
  { "lot-serial-expiry", "https://id.gs1.org/01/09520123456788/10/ABC1/21/12345?17=180426",
    "^010952012345678810ABC1^2112345^17180426" },
  { "weight-price", "https://example.com/01/09520123456788?3103=000195&3922=0299&17=201225",
    "^0109520123456788310300019539220299^17201225" },
  { "sscc", "https://id.gs1.org/00/952012345678912345", "^00952012345678912345" },
  { "variant-lot-serial", "https://a/01/12312312312333/22/test/10/abc/21/xyz#fragment",
    "^011231231231233322test^10abc^21xyz" },
  { "http", "http://a/00/006141411234567890", "^00006141411234567890" },
  { "upper-case", "HTTPS://a/00/006141411234567890", "^00006141411234567890" },
  { "port", "https://a:65535/01/12312312312333", "^0112312312312333" },
  { "ipv6", "https://[2001:db8::1]/01/12312312312333", "^0112312312312333" },
  { "stem", "https://a/more/stem/00/006141411234567890", "^00006141411234567890" },
  { "key-in-stem", "https://a/00/faux/00/006141411234567890", "^00006141411234567890" },
  { "third-party-id", "https://a/01/12312312312333/235/TEST", "^0112312312312333235TEST" },
  { "document", "https://a/253/1231231231232TEST5678901234567",
    "^2531231231231232TEST5678901234567" },
  { "service-relation", "https://a/8018/123456789012345675/8019/123",
    "^8018123456789012345675^8019123" },
  { "empty-query", "https://a/stem/00/006141411234567890?", "^00006141411234567890" },
  { "query-after-variable", "https://a/stem/401/12345678?99=ABC", "^40112345678^99ABC" },
  { "many-ampersands", "https://a/01/12312312312333?&&&99=ABC&&&&&&98=XYZ&&&",
    "^011231231231233399ABC^98XYZ" },
  { "other-names", "https://a/01/12312312312333?unknown1=555&99=ABC&singleton&98=XYZ",
    "^011231231231233399ABC^98XYZ" },
  { "escapes", "https://a/01/12312312312333/22/ABC%2d123?99=ABC&98=XYZ%2f987",
    "^011231231231233322ABC-123^99ABC^98XYZ/987" },
  { "plus-in-path", "https://a/01/12312312312333/22/ABC+123", "^011231231231233322ABC+123" },
  { "fragment-after-query", "https://a/stem/00/006141411234567890?99=ABC#x",
    "^0000614141123456789099ABC" },
  { "lot-in-path", "https://id.gs1.org/01/09520123456788/10/ABC123", "^010952012345678810ABC123" },
  { "content-in-query", "https://id.gs1.org/00/952012345678912345?02=09520123456788&37=25&10=ABC",
    "^0095201234567891234502095201234567883725^10ABC" },
  { "place", "https://id.gs1.org/414/9520123456788/254/32a%2Fb", "^414952012345678825432a/b" },
  { "second-key-in-query", "https://example.com/8004/9520614141234567?01=09520123456788",
    "^80049520614141234567^0109520123456788" },
  { "lot-beside-235", "https://id.gs1.org/01/09520123456788/235/XYZ?10=ABC123",
    "^0109520123456788235XYZ^10ABC123" },
};

static const Bad bad_links[] = {
  { "duplicate-lot", "https://id.gs1.org/01/09520123456788/10/ABC123?99=XYZ789&10=ABC123",
    QUAY_CODE_DUPLICATE_AI },
  { "duplicate-gtin", "https://id.gs1.org/01/09520123456788/10/A?01=09520123456788",
    QUAY_CODE_DUPLICATE_AI },
  { "duplicate-in-query", "https://id.gs1.org/01/09520123456788?99=XYZ&99=XYZ",
    QUAY_CODE_DUPLICATE_AI },
  { "lot-in-query", "https://example.com/01/09520123456788?10=ABC123", QUAY_CODE_MISPLACED_AI },
  { "lot-in-query-after-serial", "https://example.com/01/09520123456788/21/1?10=A",
    QUAY_CODE_MISPLACED_AI },
  { "product-url", "https://example.com/01/09520123456788?8200=abc", QUAY_CODE_MISPLACED_AI },
  { "serial-before-lot", "https://a/01/12312312312333/21/xyz/10/abc", QUAY_CODE_MISPLACED_AI },
  { "mixed-alternatives", "https://a/01/12312312312333/22/x/235/y", QUAY_CODE_MISPLACED_AI },
  { "not-a-qualifier", "https://a/01/12312312312333/99/ABC", QUAY_CODE_MISPLACED_AI },
  { "gtin-check-digit", "https://a/01/12312312312334", QUAY_CODE_CHECK_DIGIT },
  { "gtin-13", "https://a/01/9520123456788", QUAY_CODE_LENGTH },
  { "gtin-8", "https://a/01/02345673", QUAY_CODE_LENGTH },
  { "gtin-letters", "https://a/01/contact-us-now", QUAY_CODE_CHARACTER },
  { "empty-value", "https://a/01/12312312312333/10/", QUAY_CODE_LENGTH },
  { "empty-query-value", "https://a/01/12312312312333?99=", QUAY_CODE_LENGTH },
  { "unknown-in-query", "https://a/01/12312312312333?99=ABC&999=faux", QUAY_CODE_UNKNOWN_AI },
  { "space-by-plus", "https://a/01/12312312312333?98=XYZ+987", QUAY_CODE_CHARACTER },
  { "nul-escape", "https://a/01/1231231231233%003", QUAY_CODE_ESCAPE },
  { "broken-escape", "https://a/01/12312312312333/10/A%2", QUAY_CODE_ESCAPE },
  { "no-hex-escape", "https://a/01/12312312312333/10/A%zz", QUAY_CODE_ESCAPE },
  { "value-too-long",
    "https://a/01/12312312312333/10/"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    QUAY_CODE_LENGTH },
  { "bad-date", "https://a/01/12312312312333?17=261301", QUAY_CODE_DATE },
  { "empty", "", QUAY_CODE_NO_KEY },
  { "scheme-alone", "http://", QUAY_CODE_NO_KEY },
  { "no-host", "https:///01/12312312312333", QUAY_CODE_NO_KEY },
  { "host-is-the-key", "https://00/006141411234567890", QUAY_CODE_NO_KEY },
  { "no-path", "https://a", QUAY_CODE_NO_KEY },
  { "plain-page", "https://a/b", QUAY_CODE_NO_KEY },
  { "other-scheme", "ftp://a/01/12312312312333", QUAY_CODE_NO_KEY },
  { "bad-host", "https://a$/01/12312312312333", QUAY_CODE_NO_KEY },
  { "user-name", "https://me@a/01/12312312312333", QUAY_CODE_NO_KEY },
  { "bad-character", "https://a/01/12312312312333<bad", QUAY_CODE_NO_KEY },
  { "vietnamese", "https://a/01/12312312312333/10/lô", QUAY_CODE_NO_KEY },
  { "unknown-in-path", "https://example.com/01/09520123456788/89/ABC123", QUAY_CODE_NO_KEY },
  { "ends-in-slash", "https://a/stem/00/006141411234567890/", QUAY_CODE_NO_KEY },
  { "double-slash", "https://a/01//12312312312333", QUAY_CODE_NO_KEY },
  { "word-for-key", "https://a/gtin/12312312312333", QUAY_CODE_NO_KEY },
};

static void
test_elements (void)
{
  check_good (good_elements, G_N_ELEMENTS (good_elements), parse_elements);
}

static void
test_elements_refused (void)
{
  check_bad (bad_elements, G_N_ELEMENTS (bad_elements), parse_elements);
}

static void
test_brackets (void)
{
  check_good (good_brackets, G_N_ELEMENTS (good_brackets), quay_gs1_parse_brackets);
}

static void
test_brackets_refused (void)
{
  check_bad (bad_brackets, G_N_ELEMENTS (bad_brackets), quay_gs1_parse_brackets);
}

static void
test_links (void)
{
  check_good (good_links, G_N_ELEMENTS (good_links), parse_link);
}

static void
test_links_refused (void)
{
  check_bad (bad_links, G_N_ELEMENTS (bad_links), parse_link);
}

/* GTINs without their leading zeros are taken only where the shop says so. */
static void
test_short_gtin (void)
{
  static const Good rows[] = {
    { "13", "https://a/01/9520123456788", "^0109520123456788" },
    { "12", "https://a/01/416000336108", "^0100416000336108" },
    { "8", "https://a/01/02345673?17=261231", "^010000000234567317261231" },
    { "14", "https://a/01/09520123456788", "^0109520123456788" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      QuayGs1 gs1;
      gsize len = strlen (rows[i].input);
      g_assert_cmpint (quay_gs1_parse_link (rows[i].input, len, TRUE, &gs1), ==, QUAY_CODE_OK);
      g_autofree char *text = quay_gs1_to_text (&gs1, '^');
      g_assert_cmpstr (text, ==, rows[i].expected);
    }
}

static void
test_get (void)
{
  const char *input = "(01)09520123456788(3103)000195(3922)0299(10)ABC";
  QuayGs1 gs1;
  int decimals = -1;
  g_assert_cmpint (quay_gs1_parse_brackets (input, strlen (input), &gs1), ==, QUAY_CODE_OK);
  g_assert_cmpstr (quay_gs1_get (&gs1, "01"), ==, "09520123456788");
  g_assert_cmpstr (quay_gs1_get (&gs1, "10"), ==, "ABC");
  g_assert_null (quay_gs1_get (&gs1, "1"));
  g_assert_null (quay_gs1_get (&gs1, "21"));
  g_assert_cmpstr (quay_gs1_find (&gs1, "310", &decimals), ==, "000195");
  g_assert_cmpint (decimals, ==, 3);
  g_assert_cmpstr (quay_gs1_find (&gs1, "392", &decimals), ==, "0299");
  g_assert_cmpint (decimals, ==, 2);
  g_assert_null (quay_gs1_find (&gs1, "393", &decimals));
}

/* More fields, or more text, than fit in the list. */
static void
test_too_much (void)
{
  g_autoptr (GString) many = g_string_new (NULL);
  g_autoptr (GString) wide = g_string_new (NULL);
  QuayGs1 gs1;
  for (int i = 0; i < 10; i++)
    g_string_append_printf (many, "723%d12X^393%d7041^703%d704X^", i, i, i);
  for (int i = 91; i <= 99; i++)
    g_string_append_printf (wide, "%d%090d^", i, 7);
  g_strdelimit (many->str, "^", QUAY_GS1_FNC1);
  g_strdelimit (wide->str, "^", QUAY_GS1_FNC1);
  g_assert_cmpint (quay_gs1_parse_elements (many->str, many->len, &gs1), ==, QUAY_CODE_TOO_MUCH);
  g_assert_cmpint (gs1.n_elements, ==, QUAY_GS1_MAX_ELEMENTS);
  g_assert_cmpint (quay_gs1_parse_elements (wide->str, wide->len, &gs1), ==, QUAY_CODE_TOO_MUCH);
}

static void
test_day (void)
{
  static const struct
  {
    const char *text;
    QuayDay today;
    gboolean month_end;
    QuayDay day;
  } rows[] = {
    { "261231", 20261123, TRUE, 20261231 },
    { "180426", 20261123, TRUE, 20180426 },
    { "260900", 20261123, TRUE, 20260930 },
    { "260900", 20261123, FALSE, 20260901 },
    { "270200", 20261123, TRUE, 20270228 },
    { "280200", 20261123, TRUE, 20280229 },
    { "260200", 20261123, FALSE, 20260201 },
    { "761231", 20261123, TRUE, 20761231 },
    { "770101", 20261123, TRUE, 19770101 },
    { "991231", 20261123, TRUE, 19991231 },
    { "000101", 20261123, TRUE, 20000101 },
    { "000229", 20261123, TRUE, 20000229 },
    { "010101", 20991231, TRUE, 21010101 },
    { "500101", 20991231, TRUE, 20500101 },
    { "490101", 20991231, TRUE, 21490101 },
    { "260229", 20261123, TRUE, 0 },
    { "261301", 20261123, TRUE, 0 },
    { "260000", 20261123, TRUE, 0 },
    { "260931", 20261123, TRUE, 0 },
    { "26091", 20261123, TRUE, 0 },
    { "26o901", 20261123, TRUE, 0 },
    { "000229", 20991231, TRUE, 0 },
    { "2609011430", 20261123, TRUE, 20260901 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s on %d", rows[i].text, rows[i].today);
      g_assert_cmpint (quay_gs1_day (rows[i].text, rows[i].today, rows[i].month_end), ==,
                       rows[i].day);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gs1/check-digit", test_check_digit);
  g_test_add_func ("/gs1/elements/taken", test_elements);
  g_test_add_func ("/gs1/elements/refused", test_elements_refused);
  g_test_add_func ("/gs1/elements/too-much", test_too_much);
  g_test_add_func ("/gs1/brackets/taken", test_brackets);
  g_test_add_func ("/gs1/brackets/refused", test_brackets_refused);
  g_test_add_func ("/gs1/link/taken", test_links);
  g_test_add_func ("/gs1/link/refused", test_links_refused);
  g_test_add_func ("/gs1/link/short-gtin", test_short_gtin);
  g_test_add_func ("/gs1/get", test_get);
  g_test_add_func ("/gs1/day", test_day);
  return g_test_run ();
}
