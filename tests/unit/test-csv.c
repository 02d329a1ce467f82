/* The CSV reader on good and malformed files, its limits, and that what is written reads back. */
#include "quay-csv.h"
#include "quay-error.h"

#include <string.h>

/* Reads a whole file into one line of text: [a|b] for a row, !row,column for a refused one. */
static char *
read_all (const char *data, gsize len, const QuayCsvLimits *limits)
{
  g_autoptr (QuayCsv) csv = quay_csv_new (data, len, limits);
  GString *out = g_string_new (NULL);
  for (;;)
    {
      g_autoptr (GError) error = NULL;
      const char *const *fields;
      guint n;
      switch (quay_csv_next (csv, &fields, &n, &error))
        {
        case QUAY_CSV_END:
          g_assert_no_error (error);
          return g_string_free (out, FALSE);
        case QUAY_CSV_ERROR:
          g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
          g_assert_cmpuint (n, ==, 0);
          g_string_append_printf (out, "!%u,%u", quay_csv_row (csv), quay_csv_column (csv));
          break;
        case QUAY_CSV_ROW:
          g_assert_no_error (error);
          g_assert_cmpuint (quay_csv_column (csv), ==, 0);
          g_assert_cmpuint (g_strv_length ((char **)fields), ==, n);
          g_autofree char *joined = g_strjoinv ("|", (char **)fields);
          g_string_append_printf (out, "[%s]", joined);
          break;
        }
    }
}

typedef struct
{
  const char *data;
  const char *rows;
} Case;

static void
check_cases (const Case *cases, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *rows = read_all (cases[i].data, strlen (cases[i].data), NULL);
      g_assert_cmpstr (rows, ==, cases[i].rows);
    }
}

static void
test_good (void)
{
  static const Case cases[] = {
    { "", "" },
    { "\n\r\n\n", "" },
    { "\xEF\xBB\xBF", "" },
    { "a", "[a]" },
    { "a,b\r\nc,d\r\n", "[a|b][c|d]" },
    { "a,b\nc,d", "[a|b][c|d]" },
    { "a,b\rc,d\r", "[a|b][c|d]" },
    { "\xEF\xBB\xBFtên,giá\n", "[tên|giá]" },
    { "\xEF\xBB\xBF\"tên\",giá\n", "[tên|giá]" },
    { "a,,b\n,,\n", "[a||b][||]" },
    { "a,b\n\n\nc,d\n", "[a|b][c|d]" },
    { "\"a,b\",c\n", "[a,b|c]" },
    { "\"a\"\"b\",\"\"\"\"\n", "[a\"b|\"]" },
    { "\"\",a\n", "[|a]" },
    { "\"\"\n", "[]" },
    { "\"a\nb\r\nc\",d\ne,f", "[a\nb\r\nc|d][e|f]" },
    { "a,\"b\"", "[a|b]" },
    { " a , b \n", "[ a | b ]" },
    { "a,b,", "[a|b|]" },
  };
  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_delimiter (void)
{
  static const struct
  {
    const char *data;
    char delimiter;
  } rows[] = {
    { "a;b;c\n", ';' },
    { "a\tb\n", '\t' },
    { "a,b\n", ',' },
    { "a\n", ',' },
    { "", ',' },
    { "tên;giá;\"1,2,3,4\"\n1,5;2,5;3,5\n", ';' },
    { "\n\na;b\n", ';' },
    { "a;b\n1,2,3,4,5\n", ';' }, /* the first row decides */
    { "a,b;c\n", ',' },
    { "\xEF\xBB\xBF"
      "a;b",
      ';' },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const QuayCsvLimits told = { .delimiter = rows[i].delimiter };
      g_autofree char *found = read_all (rows[i].data, strlen (rows[i].data), NULL);
      g_autofree char *want = read_all (rows[i].data, strlen (rows[i].data), &told);
      g_assert_cmpstr (found, ==, want);
    }
  const QuayCsvLimits forced = { .delimiter = ',' };
  g_autofree char *text = read_all ("a;b;c,d\n", 8, &forced);
  g_assert_cmpstr (text, ==, "[a;b;c|d]");
}

/* A refused row says where, and the rows after it are read. */
static void
test_malformed (void)
{
  static const Case cases[] = {
    { "a,b\"c,d\ne,f\n", "!1,2[e|f]" },
    { "a,\"b\"c,d\ne,f\n", "!1,2[e|f]" },
    { "a,\"b\" ,d\ne,f\n", "!1,2[e|f]" },
    { "a,b\nc,\"d\ne,f\n", "[a|b]!2,2" },
    { "a,b\n\n\nc,d\"\n", "[a|b]!4,2" },
    { "a\n\"x\ny\"\nb\"\n", "[a][x\ny]!3,1" },
    { "\"", "!1,1" },
    { "\"\"\"", "!1,1" },
    { "a\"", "!1,1" },
    { "a\"\r\nb", "!1,1[b]" },
    { "a\"\rb", "!1,1[b]" },
  };
  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_nul (void)
{
  static const char unquoted[] = "a,b\0c\nd,e\n";
  static const char quoted[] = "a,\"b\0c\"\nd,e\n";
  g_autofree char *first = read_all (unquoted, sizeof unquoted - 1, NULL);
  g_autofree char *second = read_all (quoted, sizeof quoted - 1, NULL);
  g_assert_cmpstr (first, ==, "!1,2[d|e]");
  g_assert_cmpstr (second, ==, "!1,2[d|e]");
}

static void
test_limits (void)
{
  static const QuayCsvLimits small = { .max_field = 3, .max_row = 6, .max_fields = 3 };
  static const Case cases[] = {
    { "abc,abc\n", "[abc|abc]" },     { "abcd,a\nb\n", "!1,1[b]" },
    { "a,\"abcd\"\nb\n", "!1,2[b]" }, { "\"a\"\"b\"\n", "[a\"b]" },
    { "abc,abc,a\nb\n", "!1,3[b]" },  { "a,b,c\n", "[a|b|c]" },
    { "a,b,c,d\ne\n", "!1,4[e]" },    { "a,b,c,\"d\nd\"\n", "!1,4!2,1" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *rows = read_all (cases[i].data, strlen (cases[i].data), &small);
      g_assert_cmpstr (rows, ==, cases[i].rows);
    }
}

static void
test_write (void)
{
  static const struct
  {
    const char *fields[3];
    guint n;
    const char *row;
  } rows[] = {
    { { "a", "b" }, 2, "a;b\r\n" },
    { { "", "" }, 2, ";\r\n" },
    { { "" }, 1, "\"\"\r\n" },
    { { "1,25 kg", "a;b", "x\"y" }, 3, "\"1,25 kg\";\"a;b\";\"x\"\"y\"\r\n" },
    { { "a\nb", " a", "a " }, 3, "\"a\nb\";\" a\";\"a \"\r\n" },
    { { "=1+1", "+84", "-5" }, 3, "\"=1+1\";\"+84\";\"-5\"\r\n" },
    { { "@a", "a-b", "Trà" }, 3, "\"@a\";a-b;Trà\r\n" },
    { { QUAY_CSV_BOM "a" }, 1, "\"" QUAY_CSV_BOM "a\"\r\n" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      quay_csv_append_row (out, ';', rows[i].fields, rows[i].n);
      g_assert_cmpstr (out->str, ==, rows[i].row);
    }
}

/* Any rows of awkward fields read back byte for byte, with each delimiter. */
static void
test_round_trip (void)
{
  static const char *const pieces[] = { "a",    QUAY_CSV_BOM, "\"", ",", ";", "\t",
                                        "\r\n", "\n",         " ",  "=", "ế", "" };
  static const char delimiters[] = { ',', ';', '\t' };
  for (int round = 0; round < 500; round++)
    {
      QuayCsvLimits limits = { .delimiter = delimiters[round % 3] };
      const char *row[4] = { 0 };
      GString *texts[4];
      const char *const *back;
      guint n_back;
      guint n = (guint)g_test_rand_int_range (1, 5);
      g_autoptr (GString) file = g_string_new (round % 2 ? QUAY_CSV_BOM : "");
      for (guint i = 0; i < n; i++)
        {
          texts[i] = g_string_new (NULL);
          for (int k = g_test_rand_int_range (0, 5); k > 0; k--)
            g_string_append (texts[i], pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
          row[i] = texts[i]->str;
        }
      quay_csv_append_row (file, limits.delimiter, row, n);
      g_autoptr (QuayCsv) csv = quay_csv_new (file->str, file->len, &limits);
      g_assert_cmpint (quay_csv_next (csv, &back, &n_back, NULL), ==, QUAY_CSV_ROW);
      g_assert_cmpuint (n_back, ==, n);
      for (guint i = 0; i < n; i++)
        {
          g_assert_cmpstr (back[i], ==, row[i]);
          g_string_free (texts[i], TRUE);
        }
      g_assert_cmpint (quay_csv_next (csv, &back, &n_back, NULL), ==, QUAY_CSV_END);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/good", test_good);
  g_test_add_func ("/csv/delimiter", test_delimiter);
  g_test_add_func ("/csv/malformed", test_malformed);
  g_test_add_func ("/csv/nul", test_nul);
  g_test_add_func ("/csv/limits", test_limits);
  g_test_add_func ("/csv/write", test_write);
  g_test_add_func ("/csv/round-trip", test_round_trip);
  return g_test_run ();
}
