/* move, count, settle: documents from files, and the producers' settlements. */
#include "quay-cli-private.h"

#include "quay-till-catalog.h"
#include "quay-till-count.h"
#include "quay-till-documents.h"
#include "quay-till-goods.h"
#include "quay-till-places.h"
#include "quay-till-settle.h"

#include <string.h>

#define SEEN_AT_ONCE 200

json_t *
quay_cli_load_object (QuayCli *cli, const char *file)
{
  json_error_t why;
  g_autofree char *path = quay_cli_path (cli, file);
  json_t *object = json_load_file (path, JSON_REJECT_DUPLICATES, &why);
  if (json_is_object (object))
    return object;
  fprintf (cli->err, "quayctl: '%s' is no JSON object: %s\n", file, object == NULL ? why.text : "");
  json_decref (object);
  return NULL;
}

static const char *
text_of (json_t *object, const char *key)
{
  return json_string_value (json_object_get (object, key));
}

static gboolean
refuse_line (QuayCli *cli, size_t index, const char *why)
{
  fprintf (cli->err, "quayctl: line %u: %s\n", (guint)index + 1, why);
  return FALSE;
}

/* The place of that name, or the counter's if none is given. */
static gboolean
find_place (QuayCli *cli, json_t *document, const char *key, QuayId *id)
{
  const char *name = text_of (document, key);
  g_autoptr (GPtrArray) places = quay_till_places (cli->till);
  *id = quay_till_place (cli->till);
  for (guint i = 0; name != NULL && i < places->len; i++)
    {
      const QuayPlace *place = places->pdata[i];
      if (g_strcmp0 (place->name, name) != 0)
        continue;
      *id = place->id;
      return TRUE;
    }
  if (name != NULL)
    quay_cli_unknown (cli, "place", name);
  return name == NULL;
}

/* A line's lot by its number at @place; nil if it names none. */
static gboolean
find_lot (QuayTill *till, const QuayId *place, const QuayId *product, const char *code, QuayId *lot)
{
  *lot = QUAY_ID_NIL;
  if (code == NULL)
    return TRUE;
  g_autoptr (GPtrArray) lots = quay_till_place_lots (till, place, product);
  for (guint i = 0; i < lots->len; i++)
    {
      const QuayLot *one = lots->pdata[i];
      if (quay_id_is_nil (&one->id) || g_strcmp0 (one->code, code) != 0)
        continue;
      *lot = one->id;
      return TRUE;
    }
  return FALSE;
}

/* What a line of either document says: "sku", "quantity", perhaps "lot". */
static gboolean
read_line (QuayCli *cli, json_t *object, size_t index, const QuayId *place, gboolean zero,
           QuayCountSaw *saw)
{
  const char *sku = text_of (object, "sku");
  json_t *quantity = json_object_get (object, "quantity");
  const char *code = text_of (object, "lot");
  g_autoptr (QuayItem) item = sku != NULL ? quay_till_item_by_sku (cli->till, sku) : NULL;
  if (item == NULL)
    return refuse_line (cli, index, "sku: no such product");
  saw->product = item->product;
  saw->qty = QUAY_MILLI (json_integer_value (quantity));
  saw->whole = code == NULL;
  if (!json_is_integer (quantity) || saw->qty.milli < (zero ? 0 : 1) ||
      (!item->weighed && saw->qty.milli % 1000 != 0))
    return refuse_line (cli, index, "quantity: can't be, thousandths are meant");
  return find_lot (cli->till, place, &item->product, code, &saw->lot) ||
         refuse_line (cli, index, "lot: no such lot lies there");
}

/* The lines of a document, (element-type QuayCountSaw); NULL if one can't be. */
static GArray *
read_lines (QuayCli *cli, json_t *document, const QuayId *place, gboolean zero)
{
  json_t *lines = json_object_get (document, "lines");
  g_autoptr (GArray) read = g_array_new (FALSE, TRUE, sizeof (QuayCountSaw));
  if (json_array_size (lines) == 0)
    {
      fprintf (cli->err, "quayctl: the document has no lines\n");
      return NULL;
    }
  for (size_t i = 0; i < json_array_size (lines); i++)
    {
      QuayCountSaw saw = { .qty = { 0 } };
      if (!read_line (cli, json_array_get (lines, i), i, place, zero, &saw))
        return NULL;
      g_array_append_val (read, saw);
    }
  return g_steal_pointer (&read);
}

/* Tells of a document; @number NULL: nothing had to be written. */
static int
tell (QuayCli *cli, const char *number)
{
  g_autoptr (QuayDocument) document =
      number != NULL ? quay_till_document_by_number (cli->till, number) : NULL;
  guint lines = document != NULL ? document->voucher->lines->len : 0;
  gint64 total = document != NULL ? document->voucher->total.dong : 0;
  quay_cli_emit (cli, json_pack ("{s:o, s:I, s:I}", "document", quay_cli_text (number), "lines",
                                 (json_int_t)lines, "total", (json_int_t)total));
  return QUAY_EXIT_DONE;
}

/* --- move --- */

static int
move (QuayCli *cli, json_t *document)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines =
      g_ptr_array_new_with_free_func ((GDestroyNotify)quay_voucher_line_free);
  QuayMoveAsk ask = { .lines = lines,
                      .name = text_of (document, "name"),
                      .note = text_of (document, "note") };
  if (!find_place (cli, document, "from", &ask.from) || !find_place (cli, document, "to", &ask.to))
    return QUAY_EXIT_REFUSED;
  g_autoptr (GArray) read = read_lines (cli, document, &ask.from, FALSE);
  for (guint i = 0; read != NULL && i < read->len; i++)
    {
      const QuayCountSaw *saw = &g_array_index (read, QuayCountSaw, i);
      QuayVoucherLine *line = quay_voucher_line_new ();
      line->product = saw->product;
      line->lot = saw->lot;
      line->qty = saw->qty;
      g_ptr_array_add (lines, line);
    }
  QuayId id = quay_till_new_id (cli->till);
  g_autofree char *number =
      read != NULL ? quay_till_move_goods (cli->till, &id, &ask, &error) : NULL;
  if (read == NULL)
    return QUAY_EXIT_REFUSED;
  return number != NULL ? tell (cli, number) : quay_cli_refuse (cli, error);
}

/* --- count --- */

static gboolean
see (QuayTill *till, const QuayId *count, GArray *read, GError **error)
{
  for (guint i = 0; i < read->len; i += SEEN_AT_ONCE)
    {
      QuayId id = quay_till_new_id (till);
      if (!quay_till_count_saw (till, &id, count, &g_array_index (read, QuayCountSaw, i),
                                MIN (read->len - i, SEEN_AT_ONCE), error))
        return FALSE;
    }
  return TRUE;
}

/* Left open with "approve": false, for people to look at. */
static int
count (QuayCli *cli, json_t *document)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *number = NULL;
  json_t *approve = json_object_get (document, "approve");
  g_autofree char *today = quay_day_to_vi (quay_till_day (cli->till));
  g_autofree char *name = g_strdup_printf ("Kiểm kê %s", today);
  QuayCount ask = { .id = quay_till_new_id (cli->till),
                    .name = (char *)text_of (document, "name"),
                    .scope = (char *)text_of (document, "category"),
                    .blind = json_is_true (json_object_get (document, "blind")) };
  if (ask.name == NULL)
    ask.name = name;
  if (!find_place (cli, document, "place", &ask.loc))
    return QUAY_EXIT_REFUSED;
  g_autoptr (GArray) read = read_lines (cli, document, &ask.loc, TRUE);
  QuayId id = quay_till_new_id (cli->till);
  if (read == NULL)
    return QUAY_EXIT_REFUSED;
  if (!quay_till_count_start (cli->till, &ask, &error) || !see (cli->till, &ask.id, read, &error))
    return quay_cli_refuse (cli, error);
  if (!json_is_false (approve) &&
      !quay_till_count_approve (cli->till, &id, &ask.id, &number, &error))
    return quay_cli_refuse (cli, error);
  return tell (cli, number);
}

/* --- both --- */

static int
run_file (QuayCli *cli, int argc, char **argv, int (*run) (QuayCli *cli, json_t *document))
{
  if (quay_cli_has_stray_option (cli, argc, argv) || argc != 2)
    return QUAY_EXIT_WRONG_USE;
  json_t *document = quay_cli_load_object (cli, argv[1]);
  int code = document != NULL ? run (cli, document) : QUAY_EXIT_REFUSED;
  json_decref (document);
  return code;
}

int
quay_cli_move (QuayCli *cli, int argc, char **argv)
{
  return run_file (cli, argc, argv, move);
}

int
quay_cli_count (QuayCli *cli, int argc, char **argv)
{
  return run_file (cli, argc, argv, count);
}

/* --- places --- */

int
quay_cli_places (QuayCli *cli, int argc, char **argv)
{
  const char *add = NULL;
  g_autoptr (GError) error = NULL;
  QuayId id = quay_till_new_id (cli->till);
  quay_cli_take_option (&argc, argv, "--add", &add);
  if (quay_cli_has_stray_option (cli, argc, argv) || argc != 1)
    return QUAY_EXIT_WRONG_USE;
  if (add != NULL && !quay_till_save_place (cli->till, &id, add, QUAY_PLACE_STORE, &error))
    return quay_cli_refuse (cli, error);
  g_autoptr (GPtrArray) places = quay_till_places (cli->till);
  for (guint i = 0; i < places->len; i++)
    {
      const QuayPlace *place = places->pdata[i];
      quay_cli_emit (cli, json_pack ("{s:s, s:o, s:I, s:I}", "place", place->name, "kind",
                                     quay_cli_text (place->kind), "products",
                                     (json_int_t)place->products, "value",
                                     (json_int_t)place->value.dong));
    }
  return QUAY_EXIT_DONE;
}

/* --- settle --- */

gboolean
quay_cli_find_producer (QuayCli *cli, const char *name, QuayId *id)
{
  g_autoptr (GPtrArray) producers = quay_till_producers (cli->till);
  for (guint i = 0; i < producers->len; i++)
    {
      const QuayReportRow *row = producers->pdata[i];
      if (g_strcmp0 (row->name, name) == 0 || g_strcmp0 (row->key, name) == 0)
        return quay_id_from_text (row->key, id);
    }
  return FALSE;
}

int
quay_cli_settle (QuayCli *cli, int argc, char **argv)
{
  QuayId producer;
  const char *to_text = NULL;
  g_autoptr (GError) error = NULL;
  QuaySettleAsk ask = { .to = quay_till_day (cli->till) };
  quay_cli_take_option (&argc, argv, "--to", &to_text);
  quay_cli_take_option (&argc, argv, "--why", &ask.why);
  if (quay_cli_has_stray_option (cli, argc, argv) || argc != 2)
    return QUAY_EXIT_WRONG_USE;
  if (to_text != NULL && !quay_day_from_text (to_text, &ask.to))
    return quay_cli_misuse (cli, "a day is written 2026-11-23");
  if (!quay_cli_find_producer (cli, argv[1], &producer))
    return quay_cli_unknown (cli, "producer", argv[1]);
  g_autoptr (QuaySettledRecord) now = quay_till_unsettled (cli->till, &producer, &error);
  if (now == NULL)
    return quay_cli_refuse (cli, error);
  ask.seen = now->settled;
  ask.from = (QuayDay)MIN (now->settled->from, ask.to);
  QuayId id = quay_till_new_id (cli->till);
  g_autofree char *number = quay_till_settle (cli->till, &id, &producer, &ask, &error);
  if (number == NULL)
    return quay_cli_refuse (cli, error);
  quay_cli_emit (cli, json_pack ("{s:s, s:I, s:I, s:I}", "document", number, "lines",
                                 (json_int_t)now->settled->lots->len, "total",
                                 (json_int_t)now->settled->cost.dong, "sold_for",
                                 (json_int_t)now->settled->amount.dong));
  return QUAY_EXIT_DONE;
}
