/* Users and roles as facts, owners of shifts, and the records behind them. */
#include "quay-reader-people.h"

#include "quay-reader-private.h"

static const char sql_facts[] = "SELECT CAST(entity AS TEXT), field, value FROM fact "
                                "WHERE kind = :kind AND value IS NOT NULL ORDER BY entity, field";
static const char sql_owner[] = "SELECT s.who FROM booked b JOIN shift s ON s.no = b.pos << 10 "
                                "WHERE b.event = :shift";
static const char sql_booked[] =
    "SELECT j.bytes FROM booked b JOIN journal j ON j.pos = b.pos ORDER BY b.pos";
enum
{
  FACT_CODE,
  FACT_FIELD,
  FACT_VALUE,
};

void
quay_reader_visit_facts (QuayReader *reader, const char *kind, QuayFactVisitor visit, gpointer data)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_facts);
  if (stmt == NULL)
    return;
  quay_bind_text (stmt, ":kind", kind);
  while (quay_reader_next (reader, stmt))
    {
      g_autofree char *code = quay_reader_need_text (reader, stmt, FACT_CODE);
      g_autofree char *field = quay_reader_need_text (reader, stmt, FACT_FIELD);
      g_autofree char *value = quay_reader_need_text (reader, stmt, FACT_VALUE);
      visit (code, field, value, data);
    }
}

char *
quay_reader_shift_owner (QuayReader *reader, const QuayId *shift)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_owner);
  if (stmt == NULL)
    return NULL;
  quay_bind_id (stmt, ":shift", shift);
  return quay_reader_next (reader, stmt) ? quay_reader_need_text (reader, stmt, 0) : NULL;
}

void
quay_reader_visit_booked (QuayReader *reader, QuayRecordVisitor visit, gpointer data)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_booked);
  if (stmt == NULL)
    return;
  while (quay_reader_next (reader, stmt))
    visit (sqlite3_column_blob (stmt, 0), (gsize)sqlite3_column_bytes (stmt, 0), data);
}
