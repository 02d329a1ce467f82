/* Fairs: planned, run from a stall, closed, and what came of them. Thread: main. */
#include "quay-till-places.h"

#include "quay-till-facts.h"
#include "quay-till-law.h"

#include "quay-csv.h"
#include "quay-error.h"
#include "quay-format.h"
#include "quay-reader-count.h"
#include "quay-sheet.h"

#include <string.h>

#define TEXT_MAX 120
#define BACK_MAX 365
#define NAME_CHARS 48 /* of a stall: a place's name has at most 60 */

/* --- reading --- */

static QuayDay
notice_due (QuayDay first)
{
  g_autoptr (GArray) holidays = quay_till_holidays ();
  return quay_fair_notice_due (first, (const QuayDay *)(void *)holidays->data, holidays->len);
}

static QuayFair *
read_fair (QuayTill *till, const QuayId *id)
{
  g_autoptr (GHashTable) facts = quay_reader_facts (till->reader, "fair", id);
  if (g_hash_table_lookup (facts, "name") == NULL)
    return NULL;
  QuayFair *fair = quay_fair_new ();
  fair->id = *id;
  fair->name = quay_facts_dup_text (facts, "name");
  fair->organiser = quay_facts_dup_text (facts, "organiser");
  fair->commune = quay_facts_dup_text (facts, "commune");
  fair->where = quay_facts_dup_text (facts, "where");
  fair->from = (QuayDay)quay_facts_get_number (facts, "from", 0);
  fair->to = (QuayDay)quay_facts_get_number (facts, "to", 0);
  fair->notice = quay_facts_dup_text (facts, "notice");
  fair->notice_day = (QuayDay)quay_facts_get_number (facts, "notice_day", 0);
  fair->due = quay_day_is_valid (fair->from) ? notice_due (fair->from) : 0;
  fair->cost = QUAY_DONG (quay_facts_get_number (facts, "cost", 0));
  fair->remark = quay_facts_dup_text (facts, "remark");
  fair->back = quay_facts_get_number (facts, "back", QUAY_FAIR_BACK_DAYS);
  fair->loc = quay_facts_get_id (facts, "loc");
  fair->closed = (QuayDay)quay_facts_get_number (facts, "closed", 0);
  return fair;
}

QuayFair *
quay_till_fair (QuayTill *till, const QuayId *id)
{
  return read_fair (till, id);
}

static int
compare_fairs (gconstpointer a, gconstpointer b)
{
  const QuayFair *x = *(const QuayFair *const *)a;
  const QuayFair *y = *(const QuayFair *const *)b;
  if ((x->closed != 0) != (y->closed != 0))
    return x->closed != 0 ? 1 : -1;
  return x->from != y->from ? (x->from < y->from ? 1 : -1) : strcmp (x->name, y->name);
}

GPtrArray *
quay_till_fairs (QuayTill *till)
{
  GPtrArray *fairs = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_fair_free);
  g_autoptr (GPtrArray) names = quay_reader_entities (till->reader, "fair", "name");
  for (guint i = 0; i < names->len; i++)
    {
      QuayId id;
      const QuayReportRow *row = names->pdata[i];
      QuayFair *fair = quay_id_from_text (row->key, &id) ? read_fair (till, &id) : NULL;
      if (fair != NULL)
        g_ptr_array_add (fairs, fair);
    }
  g_ptr_array_sort (fairs, compare_fairs);
  return fairs;
}

/* --- saving --- */

static gboolean
refuse (const char *member, const char *why, const char **field, GError **error)
{
  *field = member;
  g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "%s: %s", member, why);
  return FALSE;
}

static gboolean
text_is_sound (const char *member, const char *text, const char **field, GError **error)
{
  return quay_till_check_text (text, TEXT_MAX, NULL) ||
         refuse (member, "not one line of text, or too long", field, error);
}

static gboolean
commune_is_known (QuayTill *till, const char *code)
{
  g_autoptr (GPtrArray) communes = quay_till_read_communes (till->reader, quay_till_day (till));
  for (guint i = 0; i < communes->len; i++)
    if (strcmp (((const QuayReportRow *)communes->pdata[i])->key, code) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
fair_is_sound (QuayTill *till, const QuayFair *fair, const char **field, GError **error)
{
  if (fair->name == NULL || *fair->name == '\0')
    return refuse ("name", "a fair needs a name", field, error);
  if (!text_is_sound ("name", fair->name, field, error) ||
      !text_is_sound ("organiser", fair->organiser, field, error) ||
      !text_is_sound ("where", fair->where, field, error) ||
      !text_is_sound ("notice", fair->notice, field, error) ||
      !text_is_sound ("remark", fair->remark, field, error))
    return FALSE;
  if (fair->commune != NULL && *fair->commune != '\0' && !commune_is_known (till, fair->commune))
    return refuse ("commune", "no commune of today has this code", field, error);
  if (!quay_day_is_valid (fair->from))
    return refuse ("from", "no day", field, error);
  if (!quay_day_is_valid (fair->to) || fair->to < fair->from)
    return refuse ("to", "no day, or before the first", field, error);
  if (fair->notice_day != 0 && !quay_day_is_valid (fair->notice_day))
    return refuse ("notice_day", "no day", field, error);
  if (fair->cost.dong < 0 || !quay_money_in_range (fair->cost))
    return refuse ("cost", "out of range", field, error);
  if (fair->back < 0 || fair->back > BACK_MAX)
    return refuse ("back", "out of range", field, error);
  return TRUE;
}

/* The fair's name, with its year or first day where another place is called so already. */
static char *
stall_name (QuayTill *till, const QuayFair *fair)
{
  QuayId other;
  glong chars = MIN (g_utf8_strlen (fair->name, -1), NAME_CHARS);
  g_autofree char *first = g_utf8_substring (fair->name, 0, chars);
  if (!quay_reader_find_entity (till->reader, "location", "name", first, &other))
    return g_steal_pointer (&first);
  g_autofree char *year = g_strdup_printf ("%s %d", first, fair->from / 10000);
  if (!quay_reader_find_entity (till->reader, "location", "name", year, &other))
    return g_steal_pointer (&year);
  g_autofree char *day = quay_day_to_vi (fair->from);
  return g_strdup_printf ("%s %s", first, day);
}

static void
add_stall (QuayTill *till, QuayTxn *txn, QuayFair *fair)
{
  g_autofree char *name = stall_name (till, fair);
  fair->loc = quay_till_new_id (till);
  QuayFacts *facts = quay_till_begin_facts (till, txn, QUAY_EVENT_LOCATION, &fair->loc);
  quay_facts_add_text (facts, "name", name);
  quay_facts_add_text (facts, "kind", QUAY_PLACE_STALL);
}

gboolean
quay_till_save_fair (QuayTill *till, QuayFair *fair, const char **field, GError **error)
{
  *field = NULL;
  if (!fair_is_sound (till, fair, field, error))
    return FALSE;
  g_autoptr (QuayFair) known = read_fair (till, &fair->id);
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (quay_id_is_nil (&fair->loc) && known != NULL)
    fair->loc = known->loc; /* a first try whose answer was lost */
  QuayTxn *txn = quay_txn_new ();
  if (quay_id_is_nil (&fair->loc))
    add_stall (till, txn, fair);
  QuayFacts *facts = quay_till_begin_facts (till, txn, QUAY_EVENT_FAIR, &fair->id);
  quay_facts_add_text (facts, "name", fair->name);
  quay_facts_add_text (facts, "organiser", fair->organiser);
  quay_facts_add_text (facts, "commune", fair->commune);
  quay_facts_add_text (facts, "where", fair->where);
  quay_facts_add_number (facts, "from", fair->from);
  quay_facts_add_number (facts, "to", fair->to);
  quay_facts_add_text (facts, "notice", fair->notice);
  quay_facts_add_number (facts, "notice_day", fair->notice_day);
  quay_facts_add_number (facts, "cost", fair->cost.dong);
  quay_facts_add_text (facts, "remark", fair->remark);
  quay_facts_add_number (facts, "back", fair->back);
  quay_facts_add_id (facts, "loc", &fair->loc);
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  if (done == NULL)
    return FALSE;
  quay_till_items_moved (till);
  return TRUE;
}

gboolean
quay_till_close_fair (QuayTill *till, const QuayId *id, GError **error)
{
  g_autoptr (QuayFair) fair = read_fair (till, id);
  g_autoptr (GPtrArray) rows =
      fair != NULL ? quay_reader_place_rows (till->reader, &fair->loc, quay_till_day (till)) : NULL;
  if (!quay_till_check_reads (till, error))
    return FALSE;
  if (fair == NULL)
    g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no such fair");
  else if (rows->len > 0)
    g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_REFUSED, "goods lie at its stall");
  else if (quay_id_equal (&fair->loc, &till->floor))
    g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_REFUSED, "this till sells from its stall");
  else
    {
      QuayTxn *txn = quay_txn_new ();
      QuayFacts *facts = quay_till_begin_facts (till, txn, QUAY_EVENT_FAIR, id);
      quay_facts_add_number (facts, "closed", quay_till_day (till));
      g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
      if (done != NULL)
        quay_till_items_moved (till);
      return done != NULL;
    }
  return FALSE;
}

/* --- the report --- */

GPtrArray *
quay_till_fair_rows (QuayTill *till, const QuayId *id)
{
  g_autoptr (QuayFair) fair = read_fair (till, id);
  if (fair == NULL)
    return g_ptr_array_new_with_free_func ((GDestroyNotify)quay_fair_row_free);
  return quay_reader_fair_rows (till->reader, &fair->loc);
}

static const char *const headings[][2] = {
  { "Nhà sản xuất", "Producer" },  { "Mã hàng", "SKU" },
  { "Tên hàng", "Product" },       { "Đơn vị tính", "Unit" },
  { "Mang đi", "Taken there" },    { "Đã bán", "Sold" },
  { "Khách trả lại", "Refunded" }, { "Mang về", "Brought back" },
  { "Chênh lệch", "Difference" },  { "Còn tại gian hàng", "Still there" },
  { "Doanh thu", "Sold for" },     { "Trả lại khách", "Given back" },
  { "Giá trị hao hụt", "Loss" },
};

static void
add_csv_row (GString *out, const QuayFairRow *row)
{
  const QuayQty qtys[] = {
    row->out, row->sold, row->refunded, row->back, row->difference, row->left
  };
  const QuayMoney amounts[] = { row->amount, row->returned, row->lost };
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (texts, g_strdup (row->producer_name));
  g_ptr_array_add (texts, g_strdup (row->sku));
  g_ptr_array_add (texts, g_strdup (row->name));
  g_ptr_array_add (texts, g_strdup (row->unit));
  for (guint i = 0; i < G_N_ELEMENTS (qtys); i++)
    {
      gint64 milli = qtys[i].milli;
      gint64 rest = ABS (milli % 1000);
      g_autofree char *whole =
          g_strdup_printf ("%s%" G_GINT64_FORMAT, milli < 0 ? "-" : "", ABS (milli / 1000));
      g_ptr_array_add (texts, rest == 0 ? g_strdup (whole)
                                        : g_strdup_printf ("%s.%03d", whole, (int)rest));
    }
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    g_ptr_array_add (texts, g_strdup_printf ("%" G_GINT64_FORMAT, amounts[i].dong));
  quay_csv_append_row (out, ',', (const char *const *)texts->pdata, texts->len);
}

static gboolean
write_file (const char *path, const GString *text, GError **error)
{
  g_autoptr (GError) why = NULL;
  if (g_file_set_contents (path, text->str, (gssize)text->len, &why))
    return TRUE;
  gboolean full = g_error_matches (why, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
  gboolean closed = g_error_matches (why, G_FILE_ERROR, G_FILE_ERROR_ACCES) ||
                    g_error_matches (why, G_FILE_ERROR, G_FILE_ERROR_ROFS);
  g_set_error_literal (error, QUAY_ERROR,
                       full     ? QUAY_ERROR_FULL
                       : closed ? QUAY_ERROR_READ_ONLY
                                : QUAY_ERROR_IO,
                       why->message);
  return FALSE;
}

gboolean
quay_till_export_fair (QuayTill *till, const QuayId *id, const char *path, const char *language,
                       GError **error)
{
  const char *header[G_N_ELEMENTS (headings)];
  g_autoptr (GString) out = g_string_new (QUAY_CSV_BOM);
  g_autoptr (GPtrArray) rows = quay_till_fair_rows (till, id);
  if (!quay_till_check_reads (till, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (headings); i++)
    header[i] = headings[i][g_strcmp0 (language, "en") == 0 ? 1 : 0];
  quay_csv_append_row (out, ',', header, G_N_ELEMENTS (header));
  for (guint i = 0; i < rows->len; i++)
    add_csv_row (out, rows->pdata[i]);
  return write_file (path, out, error);
}
