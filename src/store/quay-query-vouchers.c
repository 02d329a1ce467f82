/* Documents of goods: lists, one whole, what was agreed with a producer last. */
#include "quay-reader-goods.h"

#include "quay-reader-lots.h"
#include "quay-reader-private.h"
#include "quay-text.h"

#define NAME_OF(kind, entity)                                                                      \
  "(SELECT f.value FROM fact f WHERE f.kind = '" kind "' AND f.entity = " entity                   \
  " AND f.field = 'name')"
#define SELECT_DOCUMENT                                                                            \
  "SELECT v.id, v.kind, v.number, v.day, v.ts, v.who, v.loc, v.to_loc, v.party, v.name, v.reason," \
  " v.subject, v.ref, v.ref_day, v.reverses,"                                                      \
  " (SELECT sum(x.total) FROM voucher x WHERE x.document = v.id),"                                 \
  " v.owed, v.note, " NAME_OF ("location", "v.loc") ", " NAME_OF (                                 \
      "location",                                                                                  \
      "v.to_loc") ", " NAME_OF ("producer",                                                        \
                                "v.party") ", (SELECT x.id FROM voucher x WHERE x.reverses = v.id" \
                                           " AND x.id = x.document ORDER BY x.id LIMIT 1) FROM "   \
                                           "voucher v "
enum
{
  DOC_ID,
  DOC_KIND,
  DOC_NUMBER,
  DOC_DAY,
  DOC_TS,
  DOC_WHO,
  DOC_LOC,
  DOC_TO,
  DOC_PARTY,
  DOC_NAME,
  DOC_REASON,
  DOC_SUBJECT,
  DOC_REF,
  DOC_REF_DAY,
  DOC_REVERSES,
  DOC_TOTAL,
  DOC_OWED,
  DOC_NOTE,
  DOC_PLACE,
  DOC_TO_PLACE,
  DOC_PARTY_NAME,
  DOC_REVERSED_BY,
};

/* A row's number is its record's place and, below, its own within the record. */
static const char sql_list[] = SELECT_DOCUMENT
    "WHERE v.day BETWEEN :from AND :to AND v.id = v.document AND (:kind IS NULL OR v.kind = :kind)"
    " AND (:words = '' OR instr(v.number, :part) > 0"
    "  OR matches(coalesce(v.name, '') || ' ' || coalesce(v.note, '') || ' ' || coalesce(" NAME_OF (
        "producer",
        "v.party") ", ''), :words)"
                   "  OR EXISTS (SELECT 1 FROM voucher x JOIN voucher_line l ON l.no >> 10 = x.no "
                   ">> 10"
                   "   WHERE x.document = v.id AND l.no > x.no >> 10 << 10 AND l.no < ((x.no >> "
                   "10) + 1) << 10"
                   "   AND matches(l.name || ' ' || coalesce(l.sku, ''), :words)))"
                   " ORDER BY v.day DESC, v.ts DESC, v.no DESC LIMIT :limit OFFSET :offset";
static const char sql_one[] = SELECT_DOCUMENT
    "WHERE v.document = (SELECT x.document FROM voucher x WHERE x.id = :id OR x.number = :number"
    " LIMIT 1) AND v.id = v.document";
static const char sql_lines[] =
    "SELECT l.product, l.sku, l.name, l.unit, l.lot, l.qty, l.other, l.price, l.amount, l.cost,"
    " l.bearer, l.seen, l.deduct, l.note FROM voucher v JOIN voucher_line l"
    " ON l.no > v.no >> 10 << 10 AND l.no < ((v.no >> 10) + 1) << 10"
    " WHERE v.document = :id ORDER BY v.no, l.no";
enum
{
  LINE_PRODUCT,
  LINE_SKU,
  LINE_NAME,
  LINE_UNIT,
  LINE_LOT,
  LINE_QTY,
  LINE_OTHER,
  LINE_PRICE,
  LINE_AMOUNT,
  LINE_COST,
  LINE_BEARER,
  LINE_SEEN,
  LINE_DEDUCT,
  LINE_NOTE,
};
static const char sql_terms[] =
    "SELECT terms, price, commission, base, net FROM lot WHERE producer = :producer AND terms > 0"
    " ORDER BY product = :product DESC, day DESC, no DESC LIMIT 1";

/* --- one row --- */

static void
read_voucher (QuayStmt *stmt, QuayVoucher *voucher)
{
  voucher->number = quay_column_dup (stmt, DOC_NUMBER);
  voucher->document = quay_column_id (stmt, DOC_ID);
  voucher->party = quay_column_id (stmt, DOC_PARTY);
  voucher->name = quay_column_dup (stmt, DOC_NAME);
  voucher->reason = quay_column_dup (stmt, DOC_REASON);
  voucher->to = quay_column_id (stmt, DOC_TO);
  voucher->subject = quay_column_id (stmt, DOC_SUBJECT);
  voucher->ref = quay_column_dup (stmt, DOC_REF);
  voucher->ref_day = sqlite3_column_int64 (stmt, DOC_REF_DAY);
  voucher->reverses = quay_column_id (stmt, DOC_REVERSES);
  voucher->total = QUAY_DONG (sqlite3_column_int64 (stmt, DOC_TOTAL));
  voucher->owed = QUAY_DONG (sqlite3_column_int64 (stmt, DOC_OWED));
  voucher->note = quay_column_dup (stmt, DOC_NOTE);
}

static QuayDocument *
read_document (QuayReader *reader, QuayStmt *stmt)
{
  QuayDocument *document = g_new0 (QuayDocument, 1);
  g_autofree char *kind = quay_reader_need_text (reader, stmt, DOC_KIND);
  if (!quay_goods_from_name (kind, &document->kind))
    quay_reader_note_damage (reader, "voucher.kind");
  document->id = quay_column_id (stmt, DOC_ID);
  document->voucher = quay_voucher_new ();
  read_voucher (stmt, document->voucher);
  document->day = sqlite3_column_int (stmt, DOC_DAY);
  document->ts = sqlite3_column_int64 (stmt, DOC_TS);
  document->who = quay_column_dup (stmt, DOC_WHO);
  document->loc = quay_column_id (stmt, DOC_LOC);
  document->place = quay_column_dup (stmt, DOC_PLACE);
  document->to_place = quay_column_dup (stmt, DOC_TO_PLACE);
  document->party_name = quay_column_dup (stmt, DOC_PARTY_NAME);
  if (sqlite3_column_type (stmt, DOC_REVERSED_BY) != SQLITE_NULL)
    document->reversed_by = quay_column_id (stmt, DOC_REVERSED_BY);
  return document;
}

static QuayVoucherLine *
read_line (QuayReader *reader, QuayStmt *stmt)
{
  QuayVoucherLine *line = quay_voucher_line_new ();
  line->product = quay_column_id (stmt, LINE_PRODUCT);
  line->sku = quay_column_dup (stmt, LINE_SKU);
  line->name = quay_reader_need_text (reader, stmt, LINE_NAME);
  line->unit = quay_column_dup (stmt, LINE_UNIT);
  line->lot = quay_column_id (stmt, LINE_LOT);
  line->qty = QUAY_MILLI (sqlite3_column_int64 (stmt, LINE_QTY));
  line->other = QUAY_MILLI (sqlite3_column_int64 (stmt, LINE_OTHER));
  line->price = QUAY_DONG (sqlite3_column_int64 (stmt, LINE_PRICE));
  line->amount = QUAY_DONG (sqlite3_column_int64 (stmt, LINE_AMOUNT));
  line->cost = QUAY_DONG (sqlite3_column_int64 (stmt, LINE_COST));
  line->bearer = sqlite3_column_int64 (stmt, LINE_BEARER);
  line->seen = sqlite3_column_int64 (stmt, LINE_SEEN);
  line->deduct = sqlite3_column_int64 (stmt, LINE_DEDUCT);
  line->note = quay_column_dup (stmt, LINE_NOTE);
  return line;
}

/* --- questions --- */

GPtrArray *
quay_reader_documents (QuayReader *reader, const QuayDocumentFilter *filter)
{
  GPtrArray *documents = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_document_free);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_list);
  if (stmt == NULL)
    return documents;
  g_autofree char *words = quay_text_search_key (filter->text != NULL ? filter->text : "");
  g_autofree char *part = g_ascii_strup (words, -1);
  quay_bind_int (stmt, ":from", filter->from);
  quay_bind_int (stmt, ":to", filter->to);
  quay_bind_text (stmt, ":kind", filter->kind < 0 ? NULL : quay_goods_name (filter->kind));
  quay_bind_text (stmt, ":words", words);
  quay_bind_text (stmt, ":part", part);
  quay_bind_int (stmt, ":limit", filter->limit);
  quay_bind_int (stmt, ":offset", filter->offset);
  while (quay_reader_next (reader, stmt))
    g_ptr_array_add (documents, read_document (reader, stmt));
  return documents;
}

static void
read_lines (QuayReader *reader, QuayDocument *document)
{
  GPtrArray *lines = document->voucher->lines;
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_lines);
  if (stmt == NULL)
    return;
  quay_bind_id (stmt, ":id", &document->id);
  while (quay_reader_next (reader, stmt))
    g_ptr_array_add (lines, read_line (reader, stmt));
}

static void
free_lot_cb (gpointer data)
{
  quay_lot_free (data);
}

/* What the lots of the lines are: their dates and codes stand on forms and in lists. */
static void
read_lots (QuayReader *reader, QuayDocument *document)
{
  GPtrArray *lines = document->voucher->lines;
  document->lots = g_ptr_array_new_with_free_func (free_lot_cb);
  for (guint i = 0; i < lines->len; i++)
    {
      QuayVoucherLine *line = lines->pdata[i];
      QuayLot *lot = quay_id_is_nil (&line->lot) ? NULL : quay_reader_lot (reader, &line->lot);
      g_ptr_array_add (document->lots, lot);
      if (lot == NULL)
        continue;
      line->producer = lot->producer;
      line->made = lot->made;
      line->expires = lot->expires;
      line->code = g_strdup (lot->code);
      line->trace = g_strdup (lot->trace);
    }
}

QuayDocument *
quay_reader_document (QuayReader *reader, const QuayId *id, const char *number)
{
  g_autoptr (QuayDocument) document = NULL;
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_one);
  if (stmt == NULL)
    return NULL;
  if (id != NULL)
    quay_bind_id (stmt, ":id", id);
  quay_bind_text (stmt, ":number", id != NULL ? NULL : number);
  if (!quay_reader_next (reader, stmt))
    return NULL;
  document = read_document (reader, stmt);
  read_lines (reader, document);
  read_lots (reader, document);
  return g_steal_pointer (&document);
}

gboolean
quay_reader_last_terms (QuayReader *reader, const QuayId *producer, const QuayId *product,
                        QuayTerms *terms)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_terms);
  if (stmt == NULL)
    return FALSE;
  quay_bind_id (stmt, ":producer", producer);
  quay_bind_id (stmt, ":product", product);
  if (!quay_reader_next (reader, stmt))
    return FALSE;
  *terms = (QuayTerms){ .kind = sqlite3_column_int64 (stmt, 0),
                        .price = QUAY_DONG (sqlite3_column_int64 (stmt, 1)),
                        .commission_bp = sqlite3_column_int64 (stmt, 2),
                        .base = sqlite3_column_int64 (stmt, 3),
                        .net_of_vat = sqlite3_column_int64 (stmt, 4) };
  return TRUE;
}
