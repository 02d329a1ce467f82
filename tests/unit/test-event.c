/* Events against golden files: tests/data/events/KIND.json holds exact records, one a line, with
 * all optional members and with none (and more of what grew); KIND.rows the rows that they yield.
 * Reading a record and writing it again must give the same bytes: files that were written years ago
 * depend on it. */
#include "quay-event.h"

#include "quay-error.h"

#include <string.h>

/* --- golden files --- */

static char *
read_golden (const char *kind, const char *ending)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  g_autofree char *name = g_strconcat (kind, ending, NULL);
  g_autofree char *path =
      g_build_filename (g_getenv ("QUAY_SOURCE_DIR"), "tests", "data", "events", name, NULL);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
append_blob (GString *out, const guint8 *blob, guint len)
{
  for (guint i = 0; i < len; i++)
    if (len == sizeof (QuayId))
      g_string_append_printf (out, "%02x", blob[i]);
    else
      g_string_append_c (out, (char)blob[i]);
}

static void
append_value (GString *out, const QuayValue *value)
{
  switch (value->type)
    {
    case QUAY_VALUE_NULL:
      g_string_append (out, "-");
      break;
    case QUAY_VALUE_INT:
      g_string_append_printf (out, "%" G_GINT64_FORMAT, value->u.number);
      break;
    case QUAY_VALUE_TEXT:
      g_string_append_printf (out, "\"%s\"", value->u.text);
      break;
    case QUAY_VALUE_BLOB:
      append_blob (out, value->u.blob, value->len);
      break;
    }
}

/* One row a line: "table: column=value …". */
static void
append_rows (GString *out, const QuayEvent *event)
{
  g_autoptr (GError) error = NULL;
  QuayRows rows;
  quay_rows_init (&rows);
  g_assert_true (quay_event_rows (event, &rows, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < rows.rows->len; i++)
    {
      const QuayRow *row = &g_array_index (rows.rows, QuayRow, i);
      const QuayTable *table = quay_table (row->table);
      g_string_append_printf (out, "%s:", table->name);
      for (guint c = 0; c < row->n; c++)
        {
          g_string_append_printf (out, " %s=", table->columns[c]);
          append_value (out, &row->values[c]);
        }
      g_string_append_c (out, '\n');
    }
  quay_rows_clear (&rows);
}

static void
test_golden (gconstpointer data)
{
  QuayEventKind kind = GPOINTER_TO_UINT (data);
  const char *name = quay_event_kind_name (kind);
  g_autofree char *records = read_golden (name, ".json");
  g_autofree char *want = read_golden (name, ".rows");
  g_autoptr (GString) rows = g_string_new (NULL);
  g_auto (GStrv) lines = g_strsplit (records, "\n", -1);
  guint n = 0;
  for (guint i = 0; lines[i][0] != '\0'; i++, n++)
    {
      g_autoptr (GError) error = NULL;
      gsize len = strlen (lines[i]);
      g_autoptr (QuayEvent) event = quay_event_decode ((guint8 *)lines[i], len, &error);
      g_assert_no_error (error);
      g_assert_cmpint (event->kind, ==, kind);
      g_autoptr (GBytes) bytes = quay_event_encode (event, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), lines[i], len);
      g_string_append_printf (rows, "# record %u\n", i + 1);
      append_rows (rows, event);
    }
  g_assert_cmpuint (n, >=, 2);
  g_assert_cmpstr (rows->str, ==, want);
}

/* --- what is refused --- */

#define HEAD                                                                                       \
  "\"v\":1,\"lam\":1,\"id\":\"65000000-0000-7000-8000-000000000001\",\"day\":20261123,"            \
  "\"ts\":1795402805123,\"who\":\"QL\""
#define LOC "\"loc\":\"6c000000-0000-7000-8000-000000000001\""
#define LINE(amount, net)                                                                          \
  "{\"name\":\"a\",\"qty\":1000,\"price\":10,\"amount\":" amount ",\"net\":" net ",\"rate\":800}"
#define CASH(amount) "{\"tender\":\"cash\",\"amount\":" amount ",\"given\":" amount "}"
#define SALE(lines, payments, total, vat)                                                          \
  "{\"t\":\"sale\"," HEAD "," LOC ",\"number\":\"QT1A-000001\",\"lines\":[" lines                  \
  "],\"payments\":[" payments "],\"total\":" total ",\"vat\":" vat "}"

static const struct
{
  const char *bytes;
  gboolean read; /* it is read, but its rows break a rule */
  QuayError code;
} malformed[] = {
  { "", FALSE, QUAY_ERROR_INVALID },
  { "nonsense", FALSE, QUAY_ERROR_INVALID },
  { "[]", FALSE, QUAY_ERROR_INVALID },
  { "{}", FALSE, QUAY_ERROR_INVALID },
  { "{\"t\":\"sale\"}", FALSE, QUAY_ERROR_INVALID },
  { "{\"t\":1,\"v\":1}", FALSE, QUAY_ERROR_INVALID },
  { "{\"t\":\"sale\",\"v\":\"1\"}", FALSE, QUAY_ERROR_INVALID },
  { "{\"t\":\"sale\",\"v\":2}", FALSE, QUAY_ERROR_NEWER },
  { "{\"t\":\"invoice.issued\"," HEAD "}", FALSE, QUAY_ERROR_NEWER },
  { "{\"t\":\"override\"," HEAD "}\n", FALSE, QUAY_ERROR_INVALID },
  { "{\"t\":\"override\"," HEAD "} x", FALSE, QUAY_ERROR_INVALID },
  { "{\"t\":\"override\",\"t\":\"override\"," HEAD "}", FALSE, QUAY_ERROR_INVALID },
  { "{\"t\":\"override\"," HEAD ",\"who\":\"B\"}", FALSE, QUAY_ERROR_INVALID },
  { "{\"t\":\"override\"," HEAD ",\"why\":\"\xff\"}", FALSE, QUAY_ERROR_INVALID },
  { "{\"t\":\"override\"," HEAD ",\"why\":\"a\\u0000b\"}", FALSE, QUAY_ERROR_INVALID },
  { "{\"t\":\"override\"," HEAD ",\"doubt\":2}", FALSE, QUAY_ERROR_INVALID },
  { "{\"t\":\"override\",\"v\":0,\"lam\":1}", FALSE, QUAY_ERROR_INVALID },
  { "{\"t\":\"override\",\"v\":1,\"lam\":4611686018427387905}", FALSE, QUAY_ERROR_INVALID },
  { "{\"t\":\"setting\"," HEAD ",\"set\":{}}", TRUE, QUAY_ERROR_INVALID },
  { "{\"t\":\"setting\"," HEAD ",\"code\":\"shop\",\"of\":\"65000000-0000-7000-8000-000000000001\","
    "\"set\":{}}",
    TRUE, QUAY_ERROR_INVALID },
  { "{\"t\":\"code.bound\"," HEAD ",\"code\":\"\"}", TRUE, QUAY_ERROR_INVALID },
  { "{\"t\":\"cash.moved\"," HEAD ",\"number\":\"a\",\"amount\":0}", TRUE, QUAY_ERROR_INVALID },
  { "{\"t\":\"stock.opening\"," HEAD ",\"lines\":[]}", TRUE, QUAY_ERROR_INVALID },
  { SALE (LINE ("10", "9"), CASH ("11"), "10", "1"), TRUE, QUAY_ERROR_INVALID },
  { SALE (LINE ("10", "9"), CASH ("10"), "11", "1"), TRUE, QUAY_ERROR_INVALID },
  { SALE (LINE ("10", "9"), CASH ("10"), "10", "2"), TRUE, QUAY_ERROR_INVALID },
  { SALE ("", CASH ("0"), "0", "0"), TRUE, QUAY_ERROR_INVALID },
  { SALE (LINE ("0", "0"), "", "0", "0"), TRUE, QUAY_ERROR_INVALID },
  { SALE (LINE ("10", "9"), "{\"tender\":\"cash\",\"amount\":10,\"given\":20,\"change\":5}", "10",
          "1"),
    TRUE, QUAY_ERROR_INVALID },
  { SALE (LINE ("999999999999999", "0") "," LINE ("999999999999999", "0"), CASH ("0"),
          "999999999999999", "0"),
    TRUE, QUAY_ERROR_INVALID },
  { SALE (LINE ("1000000000000000", "0"), CASH ("0"), "0", "0"), FALSE, QUAY_ERROR_INVALID },
  { "{\"t\":\"sale\"," HEAD ",\"number\":\"QT1A-000001\",\"lines\":[" LINE (
        "10", "9") "],\"payments\":[" CASH ("10") "],\"total\":10,\"vat\":1}",
    TRUE, QUAY_ERROR_INVALID },
};

static void
test_malformed (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (malformed); i++)
    {
      g_autoptr (GError) error = NULL;
      QuayRows rows;
      const char *bytes = malformed[i].bytes;
      g_autoptr (QuayEvent) event =
          quay_event_decode ((const guint8 *)bytes, strlen (bytes), &error);
      if ((event != NULL) != malformed[i].read)
        g_test_message ("malformed record %u", i);
      g_assert_cmpint (event != NULL, ==, malformed[i].read);
      quay_rows_init (&rows);
      if (event != NULL)
        g_assert_false (quay_event_rows (event, &rows, &error));
      g_assert_error (error, QUAY_ERROR, (gint)malformed[i].code);
      quay_rows_clear (&rows);
    }
}

static void
test_too_long (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) unread = NULL;
  g_autoptr (QuayEvent) event = quay_event_new (QUAY_EVENT_PRODUCT);
  QuayFacts *body = event->body;
  event->who = g_strdup ("QL");
  event->lam = 1;
  event->day = 20261123;
  event->id.b[0] = body->id.b[0] = 1;
  body->facts = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_fact_free);
  g_autofree char *text = g_strnfill (2000, 'x');
  for (guint i = 0; i < 33; i++)
    {
      g_autofree char *field = g_strdup_printf ("f%u", i);
      g_ptr_array_add (body->facts, quay_fact_new_text (field, text));
    }
  g_assert_null (quay_event_encode (event, &error));
  g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  g_autofree char *bytes = g_strnfill (QUAY_EVENT_MAX_BYTES + 1, ' ');
  g_assert_null (quay_event_decode ((guint8 *)bytes, QUAY_EVENT_MAX_BYTES + 1, &unread));
  g_assert_error (unread, QUAY_ERROR, QUAY_ERROR_INVALID);
}

/* --- from a struct --- */

static QuayEvent *
make_cash_move (gint64 dong, const char *why)
{
  QuayEvent *event = quay_event_new (QUAY_EVENT_CASH_MOVED);
  QuayCashMoved *body = event->body;
  event->lam = 7;
  event->id.b[0] = 0x65;
  event->day = 20261123;
  event->ts = 1795402805123;
  event->who = g_strdup ("QL");
  body->number = g_strdup ("QT1A-PT26-0001");
  body->amount = QUAY_DONG (dong);
  body->why = g_strdup (why);
  return event;
}

static void
test_encode (void)
{
  static const char want[] =
      "{\"t\":\"cash.moved\",\"v\":1,\"lam\":7,\"id\":\"65000000-0000-0000-0000-000000000000\","
      "\"day\":20261123,\"ts\":1795402805123,\"who\":\"QL\",\"number\":\"QT1A-PT26-0001\","
      "\"amount\":500000,\"why\":\"đổi \\\"lẻ\\\"\"}";
  g_autoptr (QuayEvent) event = make_cash_move (500000, "đổi \"lẻ\"");
  g_autoptr (GBytes) bytes = quay_event_encode (event, NULL);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), want, strlen (want));
}

/* What can't be read back is not written. */
static void
test_encode_refuses (void)
{
  g_autofree char *long_text = g_strnfill (301, 'x');
  const char *bad[] = { "tab\there", "half \xc4", long_text };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (QuayEvent) event = make_cash_move (1, bad[i]);
      g_assert_null (quay_event_encode (event, &error));
      g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
    }
}

static void
test_numbers (void)
{
  static const struct
  {
    QuayEventKind kind;
    gint64 n;
    const char *number;
  } table[] = {
    { QUAY_EVENT_SALE, 42, "QT1B-000042" },
    { QUAY_EVENT_SALE, 1234567, "QT1B-1234567" },
    { QUAY_EVENT_REFUND, 1, "QT1B-TH26-0001" },
    { QUAY_EVENT_CASH_MOVED, 12, "QT1B-PT26-0012" },
    { QUAY_EVENT_SHIFT_OPENED, 365, "QT1B-Z26-0365" },
    { QUAY_EVENT_RECEIVED, 7, "QT1B-PNK26-0007" },
    { QUAY_EVENT_ISSUED, 7, "QT1B-PXK26-0007" },
    { QUAY_EVENT_MOVED, 7, "QT1B-PCK26-0007" },
    { QUAY_EVENT_COUNTED, 7, "QT1B-KK26-0007" },
    { QUAY_EVENT_BUNDLED, 7, "QT1B-DG26-0007" },
    { QUAY_EVENT_SETTLED, 7, "QT1B-QT26-0007" },
    { QUAY_EVENT_ENTRY, 7, "QT1B-BT26-0007" },
    { QUAY_EVENT_ORDER, 7, "QT1B-DH26-0007" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      char **slot;
      g_autoptr (QuayEvent) event = quay_event_new (table[i].kind);
      event->day = 20261123;
      g_assert_true (quay_event_number (event, &slot));
      g_autofree char *prefix = quay_event_number_prefix (event, "QT1", "B");
      *slot = quay_event_number_format (event, prefix, table[i].n);
      g_assert_cmpstr (*slot, ==, table[i].number);
    }
  g_autoptr (QuayEvent) out = make_cash_move (-1, NULL);
  g_autofree char *prefix = quay_event_number_prefix (out, "QT1", "A");
  g_assert_cmpstr (prefix, ==, "QT1A-PC26-");
  g_autoptr (QuayEvent) price = quay_event_new (QUAY_EVENT_PRICE);
  char **none;
  g_assert_false (quay_event_number (price, &none));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < QUAY_N_EVENT_KINDS; i++)
    {
      g_autofree char *path = g_strconcat ("/event/golden/", quay_event_kind_name (i), NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_golden);
    }
  g_test_add_func ("/event/malformed", test_malformed);
  g_test_add_func ("/event/too-long", test_too_long);
  g_test_add_func ("/event/encode", test_encode);
  g_test_add_func ("/event/encode/refuses", test_encode_refuses);
  g_test_add_func ("/event/numbers", test_numbers);
  return g_test_run ();
}
