/* Products: what a form shows, saving, binding codes, the lists that a form chooses from.
 * Thread: main. */
#include "quay-till-private.h"

#include "quay-error.h"
#include "quay-item-edit.h"
#include "quay-item-fields.h"
#include "quay-text.h"

#include <string.h>

#define VAT_PREFIX "vat."
#define CODE_MAX 500 /* bytes, as the event keeps it */

GPtrArray *
quay_till_read_vat_classes (QuayReader *reader, QuayDay today, const char *language)
{
  const char *field = g_strcmp0 (language, "en") == 0 ? "name_en" : "name_vi";
  GPtrArray *rows = quay_reader_entities (reader, "param", field);
  for (guint i = rows->len; i-- > 0;)
    {
      QuayReportRow *row = rows->pdata[i];
      if (!g_str_has_prefix (row->key, VAT_PREFIX) ||
          !quay_reader_vat_rate (reader, row->key + strlen (VAT_PREFIX), today, &row->count))
        {
          g_ptr_array_remove_index (rows, i);
          continue;
        }
      char *key = g_strdup (row->key + strlen (VAT_PREFIX));
      g_free (row->key);
      row->key = key;
    }
  return rows;
}

GPtrArray *
quay_till_vat_classes (QuayTill *till, const char *language)
{
  return quay_till_read_vat_classes (till->reader, quay_till_day (till), language);
}

static int
compare_names_cb (gconstpointer a, gconstpointer b)
{
  return quay_text_compare ((*(QuayReportRow *const *)a)->name, (*(QuayReportRow *const *)b)->name);
}

GPtrArray *
quay_till_producers (QuayTill *till)
{
  GPtrArray *rows = quay_reader_entities (till->reader, "producer", "name");
  g_ptr_array_sort (rows, compare_names_cb);
  return rows;
}

/* A commune without a last day, or with one to come. */
static gboolean
is_in_force (const QuayReportRow *until, QuayDay today)
{
  QuayDay day;
  return until->name == NULL || !quay_day_from_text (until->name, &day) || day >= today;
}

GPtrArray *
quay_till_communes (QuayTill *till)
{
  return quay_till_read_communes (till->reader, quay_till_day (till));
}

GPtrArray *
quay_till_read_communes (QuayReader *reader, QuayDay today)
{
  g_autoptr (GHashTable) past = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) ends = quay_reader_entities (reader, "commune", "valid_to");
  GPtrArray *rows = quay_reader_entities (reader, "commune", "name");
  for (guint i = 0; i < ends->len; i++)
    if (!is_in_force (ends->pdata[i], today))
      g_hash_table_add (past, ((QuayReportRow *)ends->pdata[i])->key);
  for (guint i = rows->len; i-- > 0;)
    if (g_hash_table_contains (past, ((QuayReportRow *)rows->pdata[i])->key))
      g_ptr_array_remove_index (rows, i);
  g_ptr_array_sort (rows, compare_names_cb);
  return rows;
}

/* --- a product as a form shows it --- */

static char *
join_plain_codes (const QuayItem *item)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; item->codes != NULL && i < item->codes->len; i++)
    if (quay_code_is_plain (item->codes->pdata[i]))
      g_string_append_printf (text, "%s%s", text->len > 0 ? "|" : "",
                              (const char *)item->codes->pdata[i]);
  return g_string_free (text, FALSE);
}

static void
show_facts (QuayItemEdit *edit, GHashTable *facts)
{
  for (const QuayTextField *field = quay_text_fields; field->column != NULL; field++)
    {
      const char *text = g_hash_table_lookup (facts, field->fact);
      *quay_item_edit_at (edit, field->offset) = g_strdup (text != NULL ? text : "");
    }
  for (const QuayNumberField *field = quay_number_fields; field->column != NULL; field++)
    {
      gint64 number = 0;
      const char *text = g_hash_table_lookup (facts, field->fact);
      gboolean known = text != NULL &&
                       g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &number, NULL);
      *quay_item_edit_at (edit, field->offset) = known ? field->show (number) : g_strdup ("");
    }
}

QuayItemEdit *
quay_till_edit_of (QuayTill *till, const QuayId *product)
{
  g_autoptr (QuayItem) item = quay_till_item (till, product);
  if (item == NULL)
    return quay_item_edit_new ();
  g_autoptr (GHashTable) facts = quay_reader_facts (till->reader, "product", product);
  QuayItemEdit *edit = quay_item_edit_show (item, facts);
  g_autoptr (GHashTable) maker = quay_reader_facts (till->reader, "producer", &item->producer);
  const char *commune = g_hash_table_lookup (maker, "commune");
  edit->commune = g_strdup (commune != NULL ? commune : "");
  return edit;
}

QuayItemEdit *
quay_item_edit_show (const QuayItem *item, GHashTable *facts)
{
  QuayItemEdit *edit = quay_item_edit_new ();
  show_facts (edit, facts);
  edit->barcodes = join_plain_codes (item);
  edit->price = item->has_price ? quay_show_money (item->price) : g_strdup ("");
  edit->producer = g_strdup (item->producer_name != NULL ? item->producer_name : "");
  const char *picture = g_hash_table_lookup (facts, "picture");
  edit->picture = g_strdup (picture != NULL ? picture : "");
  edit->stock = quay_show_qty (MAX (item->stock.milli, 0));
  return edit;
}

/* --- saving --- */

static gboolean
save_plan (QuayTill *till, QuayEditor *editor, QuayItemPlan *plan, GError **error)
{
  g_autoptr (GPtrArray) plans = g_ptr_array_new ();
  g_autoptr (QuayTxn) txn = quay_txn_new ();
  if (plan->changes->len == 0)
    return TRUE;
  g_ptr_array_add (plans, plan);
  if (!quay_editor_write (editor, plans, NULL, txn, error))
    return FALSE;
  g_autoptr (QuayResult) done = quay_till_commit (till, g_steal_pointer (&txn), error);
  if (done != NULL)
    quay_editor_done (editor, plans);
  return done != NULL;
}

gboolean
quay_till_save_item (QuayTill *till, QuayId *product, const QuayItemEdit *edit,
                     GPtrArray **refusals, GError **error)
{
  g_autoptr (GPtrArray) refused =
      g_ptr_array_new_with_free_func ((GDestroyNotify)quay_refusal_free);
  g_autoptr (QuayEditor) editor = quay_editor_new (till);
  g_autoptr (QuayItemPlan) plan = quay_item_edit_check (editor, edit, product, 0, refused);
  if (refusals != NULL)
    *refusals = NULL;
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (plan == NULL)
    {
      const QuayRefusal *first = refused->pdata[0];
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "%s: %s", first->column, first->why);
      if (refusals != NULL)
        *refusals = g_steal_pointer (&refused);
      return FALSE;
    }
  if (!save_plan (till, editor, plan, error))
    return FALSE;
  *product = plan->product;
  return TRUE;
}

/* A payment code is never a product; anything else is what the user says it is. */
static gboolean
code_may_bind (QuayTill *till, const char *code, GError **error)
{
  g_auto (QuayScan) scan = { 0 };
  if (*code == '\0' || strlen (code) > CODE_MAX || !quay_till_check_text (code, CODE_MAX, NULL))
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, "code can't be kept");
      return FALSE;
    }
  quay_scan_parse (code, strlen (code), &till->rules, quay_till_day (till), &scan);
  if (scan.kind == QUAY_SCAN_PAYMENT)
    g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_REFUSED, "a payment code is no product");
  return scan.kind != QUAY_SCAN_PAYMENT;
}

gboolean
quay_till_bind_code (QuayTill *till, const char *code, const QuayId *product, GError **error)
{
  g_autofree char *text = g_strstrip (g_strdup (code));
  g_autoptr (GPtrArray) products = g_ptr_array_new ();
  QuayAsOf at = quay_till_as_of (till);
  if (!code_may_bind (till, text, error))
    return FALSE;
  g_autoptr (QuayItem) before = quay_reader_item_by_code (till->reader, &at, text);
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *event = quay_till_event (till, QUAY_EVENT_CODE, FALSE);
  QuayCode *body = event->body;
  QuayId target = *product;
  body->code = g_steal_pointer (&text);
  body->product = target;
  quay_txn_add (txn, event);
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  if (done == NULL)
    return FALSE;
  g_ptr_array_add (products, &target);
  if (before != NULL)
    g_ptr_array_add (products, &before->product);
  quay_till_reindex (till, products);
  return TRUE;
}
