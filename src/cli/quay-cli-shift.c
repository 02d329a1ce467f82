/* shift: the drawer: opening, cash in and out, closing, reports X and Z, transfers to be seen. */
#include "quay-cli-private.h"

#include "quay-till-sales.h"
#include "quay-till-shift.h"

#include <string.h>

/* --- arguments --- */

/* "500000:2,200000:1" → as stored; NULL if it is something else. (transfer full) */
static char *
read_notes (const char *text, gint64 *counts)
{
  g_autofree char *spaced = g_strdelimit (g_strdup (text), ",", ' ');
  return quay_notes_from_text (spaced, counts) ? quay_notes_to_text (counts) : NULL;
}

/* What was counted: --notes, or an amount. */
typedef struct
{
  char *notes; /* owned; NULL: only the sum is known */
  gint64 counts[QUAY_N_NOTES];
  QuayMoney sum;
} Counted;

static gboolean
take_counted (QuayCli *cli, int *argc, char **argv, Counted *out)
{
  const char *notes = NULL;
  gboolean by_notes = quay_cli_take_option (argc, argv, "--notes", &notes);
  if (by_notes)
    out->notes = read_notes (notes, out->counts);
  if (quay_cli_has_stray_option (cli, *argc, argv) || *argc != (by_notes ? 2 : 3))
    return FALSE;
  if (by_notes && (out->notes == NULL || !quay_notes_sum (out->counts, &out->sum)))
    {
      quay_cli_misuse (cli, "notes are written 500000:2,200000:1");
      return FALSE;
    }
  return by_notes || quay_cli_parse_int (argv[2], 0, QUAY_MONEY_MAX, &out->sum.dong);
}

/* --- results --- */

static json_t *
shift_rows (GPtrArray *rows)
{
  json_t *array = json_array ();
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const QuayReportRow *row = rows->pdata[i];
      json_array_append_new (
          array, json_pack ("{s:o, s:I, s:I, s:I}", "key", quay_cli_text (row->key), "count",
                            (json_int_t)row->count, "amount", (json_int_t)row->amount.dong, "vat",
                            (json_int_t)row->vat.dong));
    }
  return array;
}

static json_t *
unseen_rows (const GPtrArray *unseen)
{
  json_t *array = json_array ();
  for (guint i = 0; unseen != NULL && i < unseen->len; i++)
    {
      const QuayUnseen *one = unseen->pdata[i];
      json_array_append_new (array, json_pack ("{s:s, s:I, s:o}", "receipt", one->number, "amount",
                                               (json_int_t)one->amount.dong, "ref",
                                               quay_cli_text (one->ref)));
    }
  return array;
}

static json_t *
unsent_rows (const GPtrArray *unsent)
{
  json_t *array = json_array ();
  for (guint i = 0; unsent != NULL && i < unsent->len; i++)
    {
      const QuayUnsent *one = unsent->pdata[i];
      g_autofree char *time = quay_time_to_iso (one->ts);
      json_array_append_new (array, json_pack ("{s:s, s:s, s:I}", "receipt", one->number, "time",
                                               time, "amount", (json_int_t)one->amount.dong));
    }
  return array;
}

static json_t *
cash_lines (const QuayShift *shift)
{
  json_t *object = json_object ();
  for (QuayCashLine line = 0; line < QUAY_N_CASH_LINES; line++)
    json_object_set_new (object, quay_cash_line_name (line),
                         json_integer (shift->lines[line].dong));
  return object;
}

static json_t *
head (const QuayShift *shift)
{
  gboolean closed = shift->closed != 0;
  json_t *object = json_pack (
      "{s:s, s:b, s:b, s:s, s:I, s:o, s:o}", "shift", shift->number, "open", !closed, "current",
      shift->current, "who", shift->who, "float", (json_int_t)shift->opening.dong, "expected",
      shift->blind ? json_null ()
                   : json_integer (closed ? shift->expected.dong : shift->drawer.dong),
      "counted", closed ? json_integer (shift->counted.dong) : json_null ());
  if (closed)
    json_object_set_new (object, "difference",
                         json_integer (shift->counted.dong - shift->expected.dong));
  return object;
}

static json_t *
whole (const QuayShift *shift)
{
  const QuayReport *figures = shift->figures;
  json_t *object = head (shift);
  json_t *more = json_pack (
      "{s:s, s:I, s:I, s:o, s:o, s:I, s:o, s:o, s:o, s:I, s:I, s:o, s:o, s:o, s:o, s:I}", "report",
      shift->closed != 0 ? "Z" : "X", "sales", (json_int_t)figures->sales, "refunds",
      (json_int_t)figures->refunds, "total",
      shift->blind ? json_null () : json_integer (figures->total.dong), "refunded",
      shift->blind ? json_null () : json_integer (figures->refunded.dong), "discounts",
      (json_int_t)shift->offs.dong, "tenders", shift_rows (figures->tenders), "rates",
      shift_rows (figures->rates), "cash", shift->blind ? json_null () : cash_lines (shift),
      "drawer_opened", (json_int_t)shift->n_opened, "unsent", (json_int_t)shift->n_unsent, "unseen",
      unseen_rows (shift->unseen), "notes", quay_cli_text (shift->notes), "why",
      quay_cli_text (shift->why), "by", quay_cli_text (shift->approver), "verified",
      (json_int_t)shift->verified.dong);
  json_object_set_new (more, "note", quay_cli_text (shift->note));
  json_object_set_new (more, "unsent_receipts", unsent_rows (shift->unsent));
  json_object_update (object, more);
  json_decref (more);
  return object;
}

/* --- commands --- */

static int
open_shift (QuayCli *cli, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  Counted counted = { .sum = QUAY_DONG (0) };
  if (!take_counted (cli, &argc, argv, &counted))
    return QUAY_EXIT_WRONG_USE;
  g_autofree char *notes = counted.notes;
  g_autofree char *number = notes != NULL
                                ? quay_till_open_shift_by_notes (cli->till, counted.counts, &error)
                                : quay_till_open_shift (cli->till, counted.sum, &error);
  if (number == NULL)
    return quay_cli_refuse (cli, error);
  quay_cli_emit (cli,
                 json_pack ("{s:s, s:I}", "shift", number, "float", (json_int_t)counted.sum.dong));
  return QUAY_EXIT_DONE;
}

static int
close_shift (QuayCli *cli, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  Counted counted = { .sum = QUAY_DONG (0) };
  QuayShiftCount count = { .why = NULL };
  const char *of = NULL;
  const char *verified = NULL;
  quay_cli_take_option (&argc, argv, "--why", &count.why);
  quay_cli_take_option (&argc, argv, "--note", &count.note);
  quay_cli_take_option (&argc, argv, "--by", &count.by);
  quay_cli_take_option (&argc, argv, "--verified", &verified);
  quay_cli_take_option (&argc, argv, "--shift", &of);
  if (!take_counted (cli, &argc, argv, &counted) || (verified != NULL) != (count.by != NULL) ||
      (verified != NULL && !quay_cli_parse_int (verified, 0, QUAY_MONEY_MAX, &count.verified.dong)))
    {
      g_free (counted.notes);
      return QUAY_EXIT_WRONG_USE;
    }
  g_autofree char *notes = counted.notes;
  g_autoptr (QuayShift) shift = quay_till_shift_report (cli->till, of, &error);
  if (shift == NULL)
    return quay_cli_refuse (cli, error);
  count.shift = shift->id;
  count.counted = counted.sum;
  count.notes = notes;
  g_autoptr (QuayShift) known =
      quay_till_confirm_count (cli->till, &shift->id, count.counted, notes, &error);
  if (known == NULL || !quay_till_end_shift (cli->till, &count, NULL, &error))
    return quay_cli_refuse (cli, error);
  g_autoptr (QuayShift) closed = quay_till_shift_report (cli->till, shift->number, &error);
  if (closed == NULL)
    return quay_cli_refuse (cli, error);
  quay_cli_emit (cli, whole (closed));
  return QUAY_EXIT_DONE;
}

static int
write_out (QuayCli *cli, GBytes *bytes, const char *path)
{
  gsize n;
  const char *data = g_bytes_get_data (bytes, &n);
  g_autoptr (GError) error = NULL;
  g_autofree char *where = path != NULL ? quay_cli_path (cli, path) : NULL;
  if (where == NULL)
    return fwrite (data, 1, n, cli->out) == n ? QUAY_EXIT_DONE : QUAY_EXIT_REFUSED;
  return g_file_set_contents (where, data, (gssize)n, &error) ? QUAY_EXIT_DONE
                                                              : quay_cli_refuse (cli, error);
}

/* The count on paper goes into a file always; receipts' paper also to the output. */
static int
report_as (QuayCli *cli, const QuayShift *shift, const char *format, int width, const char *out)
{
  g_autoptr (GError) error = NULL;
  if (strcmp (format, "form") != 0)
    {
      g_autoptr (GBytes) bytes = quay_till_render_shift (cli->till, shift, format, width, &error);
      return bytes != NULL ? write_out (cli, bytes, out) : quay_cli_refuse (cli, error);
    }
  g_autofree char *path = out != NULL ? quay_cli_path (cli, out) : NULL;
  g_autofree char *made = quay_till_print_cash_count (cli->till, &shift->id, path, &error);
  if (made == NULL)
    return quay_cli_refuse (cli, error);
  quay_cli_emit (cli, json_pack ("{s:s, s:s}", "shift", shift->number, "file", made));
  return QUAY_EXIT_DONE;
}

static int
report (QuayCli *cli, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  const char *format = NULL;
  const char *out = NULL;
  const char *width_text = NULL;
  gint64 width = 80;
  quay_cli_take_option (&argc, argv, "--format", &format);
  quay_cli_take_option (&argc, argv, "-o", &out);
  quay_cli_take_option (&argc, argv, "--width", &width_text);
  if (quay_cli_has_stray_option (cli, argc, argv) || argc > 3 ||
      (width_text != NULL && !quay_cli_parse_int (width_text, 58, 80, &width)))
    return QUAY_EXIT_WRONG_USE;
  g_autoptr (QuayShift) shift =
      quay_till_shift_report (cli->till, argc == 3 ? argv[2] : NULL, &error);
  if (shift == NULL)
    return quay_cli_refuse (cli, error);
  if (format != NULL)
    return report_as (cli, shift, format, (int)width, out);
  quay_cli_emit (cli, whole (shift));
  return QUAY_EXIT_DONE;
}

static int
list (QuayCli *cli, int argc, char **argv)
{
  gboolean open = quay_cli_take_option (&argc, argv, "--open", NULL);
  if (quay_cli_has_stray_option (cli, argc, argv) || argc != 2)
    return QUAY_EXIT_WRONG_USE;
  g_autoptr (GPtrArray) shifts = quay_till_shifts (cli->till, open, 1000);
  for (guint i = 0; i < shifts->len; i++)
    quay_cli_emit (cli, head (shifts->pdata[i]));
  return QUAY_EXIT_DONE;
}

static int
cash (QuayCli *cli, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  QuayCashAsk ask = { .why = NULL };
  gint64 amount = 0;
  quay_cli_take_option (&argc, argv, "--why", &ask.why);
  quay_cli_take_option (&argc, argv, "--kind", &ask.kind);
  quay_cli_take_option (&argc, argv, "--party", &ask.party);
  /* a sign before the amount is no option */
  if (argc != 4 || !quay_cli_parse_int (argv[3], 1, QUAY_MONEY_MAX, &amount) ||
      (strcmp (argv[2], "in") != 0 && strcmp (argv[2], "out") != 0))
    return QUAY_EXIT_WRONG_USE;
  ask.amount = QUAY_DONG (strcmp (argv[2], "in") == 0 ? amount : -amount);
  QuayId id = quay_till_new_id (cli->till);
  g_autofree char *number = quay_till_book_cash (cli->till, &id, &ask, &error);
  if (number == NULL)
    return quay_cli_refuse (cli, error);
  quay_cli_emit (
      cli, json_pack ("{s:s, s:I}", "voucher", number, "amount", (json_int_t)ask.amount.dong));
  return QUAY_EXIT_DONE;
}

static int
seen (QuayCli *cli, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  if (argc == 3)
    {
      if (!quay_till_transfer_seen (cli->till, argv[2], &error))
        return quay_cli_refuse (cli, error);
      quay_cli_emit (cli, json_pack ("{s:s, s:b}", "receipt", argv[2], "seen", TRUE));
      return QUAY_EXIT_DONE;
    }
  if (argc != 2)
    return QUAY_EXIT_WRONG_USE;
  g_autoptr (GPtrArray) unseen = quay_till_unseen (cli->till);
  for (guint i = 0; i < unseen->len; i++)
    {
      const QuayUnseen *one = unseen->pdata[i];
      quay_cli_emit (cli, json_pack ("{s:s, s:b, s:I, s:o}", "receipt", one->number, "seen", FALSE,
                                     "amount", (json_int_t)one->amount.dong, "ref",
                                     quay_cli_text (one->ref)));
    }
  return QUAY_EXIT_DONE;
}

int
quay_cli_shift (QuayCli *cli, int argc, char **argv)
{
  static const struct
  {
    const char *name;
    QuayCliFunc run;
  } verbs[] = {
    { "open", open_shift }, { "close", close_shift }, { "report", report },
    { "list", list },       { "cash", cash },         { "seen", seen },
  };
  for (guint i = 0; argc > 1 && i < G_N_ELEMENTS (verbs); i++)
    if (strcmp (verbs[i].name, argv[1]) == 0)
      return verbs[i].run (cli, argc, argv);
  return QUAY_EXIT_WRONG_USE;
}
