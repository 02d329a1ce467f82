/* audit: what is of note, as lines of JSON or as a file. */
#include "quay-cli-private.h"

#include "quay-till-audit.h"

static json_t *
entry_to_json (const QuayAuditEntry *entry)
{
  char id[QUAY_ID_TEXT_LEN + 1];
  g_autofree char *day = entry->day != 0 ? quay_day_to_iso (entry->day) : NULL;
  g_autofree char *time = entry->ts != 0 ? quay_time_to_iso (entry->ts) : NULL;
  quay_id_to_text (&entry->id, id);
  return json_pack ("{s:s, s:o, s:o, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:I, s:o, s:o, s:b}",
                    "kind", quay_audit_kind_name (entry->kind), "day", quay_cli_text (day), "time",
                    quay_cli_text (time), "event", entry->event, "id", id, "who",
                    quay_cli_text (entry->who), "by", quay_cli_text (entry->by), "act",
                    quay_cli_text (entry->act), "ref", quay_cli_text (entry->ref), "name",
                    quay_cli_text (entry->name), "quantity", (json_int_t)entry->qty.milli, "amount",
                    entry->counts ? json_integer (entry->amount.dong) : json_null (), "why",
                    quay_cli_text (entry->why), "doubt", entry->doubt);
}

static gboolean
take_ask (int *argc, char **argv, QuayAuditAsk *ask)
{
  const char *from = NULL;
  const char *to = NULL;
  const char *kind = NULL;
  const char *limit = NULL;
  QuayAuditKind one;
  gint64 n = 0;
  quay_cli_take_option (argc, argv, "--from", &from);
  quay_cli_take_option (argc, argv, "--to", &to);
  quay_cli_take_option (argc, argv, "--user", &ask->user);
  quay_cli_take_option (argc, argv, "--kind", &kind);
  quay_cli_take_option (argc, argv, "--limit", &limit);
  if ((from != NULL && !quay_day_from_text (from, &ask->from)) ||
      (to != NULL && !quay_day_from_text (to, &ask->to)) ||
      (limit != NULL && !quay_cli_parse_int (limit, 1, G_MAXINT, &n)) ||
      (kind != NULL && !quay_audit_kind_from_name (kind, &one)))
    return FALSE;
  ask->limit = (guint)n;
  if (kind != NULL)
    ask->kinds = 1u << one;
  return TRUE;
}

/* What was found goes to a file whole; else line by line. */
static int
emit_report (QuayCli *cli, const QuayAuditReport *report, const char *file)
{
  g_autoptr (GError) error = NULL;
  if (file != NULL)
    {
      g_autofree char *path = quay_cli_path (cli, file);
      if (!quay_till_export_audit (report->entries, path, &error))
        return quay_cli_refuse (cli, error);
    }
  for (guint i = 0; file == NULL && i < report->entries->len; i++)
    quay_cli_emit (cli, entry_to_json (report->entries->pdata[i]));
  g_autofree char *since = report->since != 0 ? quay_day_to_iso (report->since) : NULL;
  quay_cli_emit (cli, json_pack ("{s:I, s:I, s:I, s:o}", "found", (json_int_t)report->found,
                                 "alarms", (json_int_t)report->alarms, "records",
                                 (json_int_t)report->records, "since", quay_cli_text (since)));
  return QUAY_EXIT_DONE;
}

int
quay_cli_audit (QuayCli *cli, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  QuayAuditAsk ask = { 0 };
  const char *file = NULL;
  quay_cli_take_option (&argc, argv, "-o", &file);
  if (!take_ask (&argc, argv, &ask) || quay_cli_has_stray_option (cli, argc, argv) || argc != 1)
    return QUAY_EXIT_WRONG_USE;
  g_autoptr (QuayAuditReport) report = quay_till_audit (cli->till, &ask, &error);
  return report != NULL ? emit_report (cli, report, file) : quay_cli_refuse (cli, error);
}
