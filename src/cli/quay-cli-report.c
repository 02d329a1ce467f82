/* stock, report: figures. */
#include "quay-cli-private.h"

#include "quay-till-catalog.h"
#include "quay-till-sales.h"

#include <string.h>

int
quay_cli_stock (QuayCli *cli, int argc, char **argv)
{
  const char *at = NULL;
  gint64 at_ms = 0;
  quay_cli_take_option (&argc, argv, "--at", &at);
  gboolean lots = quay_cli_take_option (&argc, argv, "--lots", NULL);
  if (quay_cli_has_stray_option (cli, argc, argv) || argc > 2)
    return QUAY_EXIT_WRONG_USE;
  if (at != NULL)
    {
      g_autoptr (GTimeZone) vietnam = g_time_zone_new_offset (7 * 3600);
      g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (at, vietnam);
      if (time == NULL)
        return quay_cli_misuse (cli, "the time is ISO 8601, as 2026-11-23T10:24:05+07:00");
      at_ms = g_date_time_to_unix (time) * 1000 + g_date_time_get_microsecond (time) / 1000;
    }
  g_autoptr (QuayItem) item = argc == 2 ? quay_till_item_by_sku (cli->till, argv[1]) : NULL;
  if (argc == 2 && item == NULL)
    return quay_cli_unknown (cli, "product", argv[1]);
  g_autoptr (GPtrArray) rows = quay_till_stock (cli->till, argc == 2 ? argv[1] : NULL, at_ms, lots);
  for (guint i = 0; i < rows->len; i++)
    {
      const QuayStockFigure *row = rows->pdata[i];
      json_t *object = json_pack ("{s:s, s:s, s:s, s:s, s:I, s:I}", "sku", row->sku, "name",
                                  row->name, "lot", row->lot, "location", row->location, "quantity",
                                  (json_int_t)row->qty.milli, "value", (json_int_t)row->value.dong);
      if (lots)
        {
          g_autofree char *expires = row->expires != 0 ? quay_day_to_iso (row->expires) : NULL;
          json_object_set_new (object, "code", json_string (row->code));
          json_object_set_new (object, "expires",
                               expires != NULL ? json_string (expires) : json_null ());
        }
      quay_cli_emit (cli, object);
    }
  return QUAY_EXIT_DONE;
}

static json_t *
report_rows (GPtrArray *rows, gboolean quantities)
{
  json_t *array = json_array ();
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const QuayReportRow *row = rows->pdata[i];
      json_t *object =
          json_pack ("{s:o, s:o, s:I, s:I, s:I}", "key", quay_cli_text (row->key), "name",
                     quay_cli_text (row->name), "count", (json_int_t)row->count, "amount",
                     (json_int_t)row->amount.dong, "vat", (json_int_t)row->vat.dong);
      if (quantities)
        json_object_set_new (object, "quantity", json_integer (row->qty.milli));
      json_array_append_new (array, object);
    }
  return array;
}

int
quay_cli_report (QuayCli *cli, int argc, char **argv)
{
  static const char *const kinds[] = { "day", "month", "producer", "product", "vat", NULL };
  g_autoptr (GError) error = NULL;
  const char *from_text = NULL;
  const char *to_text = NULL;
  QuayDay from = quay_till_day (cli->till);
  quay_cli_take_option (&argc, argv, "--from", &from_text);
  quay_cli_take_option (&argc, argv, "--to", &to_text);
  if (quay_cli_has_stray_option (cli, argc, argv) || argc != 2 || !g_strv_contains (kinds, argv[1]))
    return QUAY_EXIT_WRONG_USE;
  QuayDay to = from;
  if (strcmp (argv[1], "month") == 0)
    from = from / 100 * 100 + 1;
  if ((from_text != NULL && !quay_day_from_text (from_text, &from)) ||
      (to_text != NULL && !quay_day_from_text (to_text, &to)))
    return quay_cli_misuse (cli, "a day is written 2026-11-23");
  g_autoptr (QuayReport) report = quay_till_report (cli->till, argv[1], from, to, &error);
  if (report == NULL)
    return quay_cli_refuse (cli, error);
  g_autofree char *first = quay_day_to_iso (report->from);
  g_autofree char *last = quay_day_to_iso (report->to);
  quay_cli_emit (
      cli,
      json_pack ("{s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:o, s:o, s:o}", "from", first, "to", last,
                 "sales", (json_int_t)report->sales, "refunds", (json_int_t)report->refunds,
                 "total", (json_int_t)report->total.dong, "vat", (json_int_t)report->vat.dong,
                 "refunded", (json_int_t)report->refunded.dong, "tenders",
                 report->tenders != NULL ? report_rows (report->tenders, FALSE) : json_null (),
                 "rates", report_rows (report->rates, FALSE), "rows",
                 report_rows (report->rows, TRUE)));
  return QUAY_EXIT_DONE;
}
