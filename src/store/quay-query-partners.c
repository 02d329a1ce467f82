/* Producers: who they are, on what terms they deliver, their accounts. */
#include "quay-reader-consign.h"

#include "quay-reader-private.h"

#include <string.h>

static const char sql_facts[] = "SELECT entity, field, value FROM fact WHERE kind = :kind";
static const char sql_facts_of[] =
    "SELECT entity, field, value FROM fact WHERE kind = :kind AND entity = :id";
enum
{
  FACT_ENTITY,
  FACT_FIELD,
  FACT_VALUE,
};
static const char sql_all_owed[] = "SELECT key, n FROM running WHERE what = 'owed' AND n <> 0";
static const char sql_last[] = "SELECT producer, max (day) FROM settlement GROUP BY producer";
/* By product, so that each is looked up once. */
static const char sql_on_shelf[] =
    "SELECT g.producer, g.qty, (SELECT p.price FROM price p WHERE p.product = g.product"
    "  AND p.day <= :day ORDER BY p.day DESC LIMIT 1) FROM ("
    " SELECT CASE l.producer WHEN zeroblob (16) THEN l.party ELSE l.producer END AS producer,"
    "  b.product, sum (b.qty) AS qty FROM stock_balance b"
    "  JOIN lot l ON l.no = (SELECT x.no FROM lot x WHERE x.lot = b.lot ORDER BY x.event LIMIT 1)"
    "  WHERE b.qty <> 0 AND b.lot <> zeroblob (16) AND l.terms IN (2, 3)"
    "  GROUP BY 1, b.product) g";

#define ENTRIES                                                                                    \
  "SELECT coalesce (s.document, e.event), e.doc, e.kind, max (e.number), e.day, min (e.ts),"       \
  " e.who, sum (e.amount), max (e.why),"                                                           \
  " CASE WHEN e.doc <> e.event THEN coalesce ("                                                    \
  "  (SELECT t.number FROM settlement t WHERE t.document = e.doc AND t.number IS NOT NULL),"       \
  "  (SELECT v.number FROM voucher v WHERE v.document = e.doc AND v.number IS NOT NULL),"          \
  "  (SELECT r.number FROM booked b JOIN sale r ON r.no = b.pos << 10 WHERE b.event = e.doc)) "    \
  "END,"                                                                                           \
  " e.producer FROM entry e LEFT JOIN settlement s ON s.no = e.no >> 10 << 10 AND s.id = e.event "
static const char sql_entries[] =
    ENTRIES "WHERE e.producer = :producer GROUP BY 1 ORDER BY min (e.ts), 1";
static const char sql_entry[] = ENTRIES "WHERE e.event = :event GROUP BY 1";
static const char sql_has_entry[] =
    "SELECT 1 FROM entry WHERE producer = :producer AND kind = :kind AND doc = :doc";
enum
{
  ENTRY_EVENT,
  ENTRY_DOC,
  ENTRY_KIND,
  ENTRY_NUMBER,
  ENTRY_DAY,
  ENTRY_TS,
  ENTRY_WHO,
  ENTRY_AMOUNT,
  ENTRY_WHY,
  ENTRY_DOC_NUMBER,
  ENTRY_PRODUCER,
};

/* --- facts --- */

typedef enum
{
  FACT_TEXT,
  FACT_NUMBER,
  FACT_DAY,
} FactType;

/* Later fields win: the shop's own phone over the registry's. */
static const struct
{
  const char *kind;
  const char *field;
  FactType type;
  gsize offset;
} fields[] = {
#define AT(member) G_STRUCT_OFFSET (QuayPartner, member)
  { "producer", "code", FACT_TEXT, AT (code) },
  { "producer", "name", FACT_TEXT, AT (name) },
  { "producer", "kind", FACT_TEXT, AT (kind) },
  { "producer", "commune", FACT_TEXT, AT (commune) },
  { "producer", "address", FACT_TEXT, AT (address) },
  { "producer", "tax_code", FACT_TEXT, AT (tax_code) },
  { "producer", "phone", FACT_TEXT, AT (phone) },
  { "partner", "phone", FACT_TEXT, AT (phone) },
  { "partner", "contract", FACT_TEXT, AT (contract) },
  { "partner", "contract_day", FACT_DAY, AT (contract_day) },
  { "partner", "terms", FACT_NUMBER, AT (terms.kind) },
  { "partner", "commission", FACT_NUMBER, AT (terms.commission_bp) },
  { "partner", "base", FACT_NUMBER, AT (terms.base) },
  { "partner", "net", FACT_NUMBER, AT (terms.net_of_vat) },
  { "partner", "bank", FACT_TEXT, AT (bank) },
  { "partner", "account", FACT_TEXT, AT (account) },
  { "partner", "holder", FACT_TEXT, AT (holder) },
  { "partner", "note", FACT_TEXT, AT (note) },
  { "partner", "member", FACT_NUMBER, AT (member) },
#undef AT
};

static void
take_fact (QuayPartner *partner, const char *kind, QuayStmt *stmt)
{
  const char *field = (const char *)sqlite3_column_text (stmt, FACT_FIELD);
  if (field == NULL || sqlite3_column_type (stmt, FACT_VALUE) == SQLITE_NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (strcmp (fields[i].kind, kind) != 0 || strcmp (fields[i].field, field) != 0)
        continue;
      if (fields[i].type == FACT_NUMBER)
        G_STRUCT_MEMBER (gint64, partner, fields[i].offset) =
            sqlite3_column_int64 (stmt, FACT_VALUE);
      else if (fields[i].type == FACT_DAY)
        G_STRUCT_MEMBER (QuayDay, partner, fields[i].offset) =
            sqlite3_column_int (stmt, FACT_VALUE);
      else
        {
          char **member = &G_STRUCT_MEMBER (char *, partner, fields[i].offset);
          g_free (*member);
          *member = quay_column_dup (stmt, FACT_VALUE);
        }
    }
}

/* Reads the facts of one kind into the partners of @known, by id; those of @kind "producer" make
 * them. */
static void
read_facts (QuayReader *reader, const char *kind, const QuayId *id, GHashTable *known)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, id != NULL ? sql_facts_of : sql_facts);
  if (stmt == NULL)
    return;
  quay_bind_text (stmt, ":kind", kind);
  if (id != NULL)
    quay_bind_id (stmt, ":id", id);
  while (quay_reader_next (reader, stmt))
    {
      QuayId entity = quay_column_id (stmt, FACT_ENTITY);
      QuayPartner *partner = g_hash_table_lookup (known, &entity);
      if (partner == NULL && strcmp (kind, "producer") == 0)
        {
          partner = quay_partner_new ();
          partner->id = entity;
          g_hash_table_insert (known, &partner->id, partner);
        }
      if (partner != NULL)
        take_fact (partner, kind, stmt);
    }
}

/* Those with a name; the others go. */
static GPtrArray *
list_named (GHashTable *known)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_partner_free);
  GHashTableIter iter;
  gpointer partner;
  g_hash_table_iter_init (&iter, known);
  while (g_hash_table_iter_next (&iter, NULL, &partner))
    if (((QuayPartner *)partner)->name != NULL)
      g_ptr_array_add (list, partner);
    else
      quay_partner_free (partner);
  return list;
}

/* --- figures of all --- */

static void
read_all_owed (QuayReader *reader, GHashTable *known)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_all_owed);
  while (stmt != NULL && quay_reader_next (reader, stmt))
    {
      QuayId id;
      QuayPartner *partner = NULL;
      if (quay_id_from_text ((const char *)sqlite3_column_text (stmt, 0), &id))
        partner = g_hash_table_lookup (known, &id);
      if (partner != NULL)
        partner->owed = QUAY_DONG (sqlite3_column_int64 (stmt, 1));
    }
}

static void
read_all_last (QuayReader *reader, GHashTable *known)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_last);
  while (stmt != NULL && quay_reader_next (reader, stmt))
    {
      QuayId id = quay_column_id (stmt, 0);
      QuayPartner *partner = g_hash_table_lookup (known, &id);
      if (partner != NULL)
        partner->settled = sqlite3_column_int (stmt, 1);
    }
}

static void
read_all_on_shelf (QuayReader *reader, QuayDay day, GHashTable *known)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_on_shelf);
  if (stmt == NULL)
    return;
  quay_bind_int (stmt, ":day", day);
  while (quay_reader_next (reader, stmt))
    {
      QuayMoney worth;
      QuayId id = quay_column_id (stmt, 0);
      QuayPartner *partner = g_hash_table_lookup (known, &id);
      QuayMoney price = QUAY_DONG (sqlite3_column_int64 (stmt, 2));
      if (partner != NULL &&
          quay_money_times_qty (price, QUAY_MILLI (sqlite3_column_int64 (stmt, 1)), &worth))
        partner->on_shelf.dong += worth.dong;
    }
}

GPtrArray *
quay_reader_partners (QuayReader *reader, QuayDay day)
{
  g_autoptr (GHashTable) known = g_hash_table_new (quay_id_hash, quay_id_equal_ptr);
  read_facts (reader, "producer", NULL, known);
  read_facts (reader, "partner", NULL, known);
  read_all_owed (reader, known);
  read_all_last (reader, known);
  read_all_on_shelf (reader, day, known);
  return list_named (known);
}

QuayPartner *
quay_reader_partner (QuayReader *reader, const QuayId *id)
{
  g_autoptr (GHashTable) known = g_hash_table_new (quay_id_hash, quay_id_equal_ptr);
  read_facts (reader, "producer", id, known);
  read_facts (reader, "partner", id, known);
  g_autoptr (GPtrArray) list = list_named (known);
  if (list->len == 0)
    return NULL;
  QuayPartner *partner = g_ptr_array_steal_index (list, 0);
  partner->owed = quay_reader_owed (reader, id);
  return partner;
}

/* --- accounts --- */

QuayMoney
quay_reader_owed (QuayReader *reader, const QuayId *producer)
{
  return QUAY_DONG (quay_reader_running (reader, "owed", producer));
}

static QuayEntryRecord *
read_entry (QuayStmt *stmt)
{
  QuayEntryRecord *entry = g_new0 (QuayEntryRecord, 1);
  entry->event = quay_column_id (stmt, ENTRY_EVENT);
  entry->doc = quay_column_id (stmt, ENTRY_DOC);
  entry->kind = quay_column_dup (stmt, ENTRY_KIND);
  entry->number = quay_column_dup (stmt, ENTRY_NUMBER);
  entry->day = sqlite3_column_int (stmt, ENTRY_DAY);
  entry->ts = sqlite3_column_int64 (stmt, ENTRY_TS);
  entry->who = quay_column_dup (stmt, ENTRY_WHO);
  entry->amount = QUAY_DONG (sqlite3_column_int64 (stmt, ENTRY_AMOUNT));
  entry->why = quay_column_dup (stmt, ENTRY_WHY);
  entry->doc_number = quay_column_dup (stmt, ENTRY_DOC_NUMBER);
  return entry;
}

GPtrArray *
quay_reader_entries (QuayReader *reader, const QuayId *producer)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_entry_record_free);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_entries);
  if (stmt == NULL)
    return entries;
  quay_bind_id (stmt, ":producer", producer);
  QuayMoney balance = QUAY_DONG (0);
  while (quay_reader_next (reader, stmt))
    {
      QuayEntryRecord *entry = read_entry (stmt);
      balance.dong += entry->amount.dong;
      entry->balance = balance;
      g_ptr_array_insert (entries, 0, entry);
    }
  return entries;
}

QuayEntryRecord *
quay_reader_entry (QuayReader *reader, const QuayId *event, QuayId *producer)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_entry);
  if (stmt == NULL)
    return NULL;
  quay_bind_id (stmt, ":event", event);
  if (!quay_reader_next (reader, stmt))
    return NULL;
  *producer = quay_column_id (stmt, ENTRY_PRODUCER);
  return read_entry (stmt);
}

gboolean
quay_reader_has_entry (QuayReader *reader, const QuayId *producer, const char *kind,
                       const QuayId *doc)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_has_entry);
  if (stmt == NULL)
    return FALSE;
  quay_bind_id (stmt, ":producer", producer);
  quay_bind_text (stmt, ":kind", kind);
  quay_bind_id (stmt, ":doc", doc);
  return quay_reader_next (reader, stmt);
}
