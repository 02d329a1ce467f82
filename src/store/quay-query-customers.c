/* Customers: their facts, what they owe by age, their accounts. */
#include "quay-reader-customers.h"

#include "quay-log.h"
#include "quay-reader-private.h"

#include <string.h>

static const char sql_facts[] =
    "SELECT entity, field, value FROM fact WHERE kind = 'customer' ORDER BY entity";
static const char sql_facts_of[] =
    "SELECT entity, field, value FROM fact WHERE kind = 'customer' AND entity = :id";
enum
{
  FACT_ENTITY,
  FACT_FIELD,
  FACT_VALUE,
};

#define MOVES "SELECT customer, day, amount, points FROM customer_move "
static const char sql_moves[] = MOVES "ORDER BY customer, ts, event";
static const char sql_moves_of[] = MOVES "WHERE customer = :id ORDER BY ts, event";
enum
{
  MOVE_CUSTOMER,
  MOVE_DAY,
  MOVE_AMOUNT,
  MOVE_POINTS,
};

static const char sql_debt_at[] =
    "SELECT coalesce (sum (amount), 0) FROM customer_move WHERE customer = :id AND ts <= :ts";

#define LINES                                                                                      \
  "SELECT m.event, m.number, m.kind, m.who, m.tender,"                                             \
  " (SELECT s.number FROM booked b JOIN sale s ON s.no = b.pos << 10 WHERE b.event = m.doc),"      \
  " m.why, m.day, m.ts, m.amount, m.points, m.customer FROM customer_move m "
static const char sql_lines[] = LINES "WHERE m.customer = :id ORDER BY m.ts, m.event";
static const char sql_line[] =
    LINES "WHERE m.no = (SELECT pos << 10 FROM booked WHERE event = :id) AND m.event = :id";
enum
{
  LINE_EVENT,
  LINE_NUMBER,
  LINE_KIND,
  LINE_WHO,
  LINE_TENDER,
  LINE_DOC,
  LINE_WHY,
  LINE_DAY,
  LINE_TS,
  LINE_AMOUNT,
  LINE_POINTS,
  LINE_CUSTOMER,
};

/* --- facts --- */

static gboolean
take_consent (QuayCustomer *customer, const char *field, QuayStmt *stmt)
{
  for (guint i = 0; i < QUAY_N_CONSENTS; i++)
    {
      const char *name = quay_consent_name (i);
      QuayConsent *consent = &customer->consents[i];
      if (!g_str_has_prefix (field, name))
        continue;
      const char *what = field + strlen (name);
      if (*what == '\0')
        consent->given = sqlite3_column_int64 (stmt, FACT_VALUE) != 0;
      else if (strcmp (what, "_day") == 0)
        consent->day = sqlite3_column_int (stmt, FACT_VALUE);
      else if (strcmp (what, "_text") == 0)
        consent->text = quay_column_dup (stmt, FACT_VALUE);
      else if (strcmp (what, "_how") == 0)
        consent->how = quay_column_dup (stmt, FACT_VALUE);
      else if (strcmp (what, "_who") == 0)
        consent->who = quay_column_dup (stmt, FACT_VALUE);
      return TRUE;
    }
  return FALSE;
}

static void
take_fact (QuayCustomer *customer, QuayStmt *stmt)
{
  const char *field = (const char *)sqlite3_column_text (stmt, FACT_FIELD);
  if (field == NULL || sqlite3_column_type (stmt, FACT_VALUE) == SQLITE_NULL ||
      take_consent (customer, field, stmt))
    return;
  if (strcmp (field, "sealed") == 0)
    customer->sealed = quay_column_dup (stmt, FACT_VALUE);
  else if (strcmp (field, "limit") == 0)
    customer->limit = QUAY_DONG (sqlite3_column_int64 (stmt, FACT_VALUE));
  else if (strcmp (field, "list") == 0)
    customer->list = quay_column_dup (stmt, FACT_VALUE);
  else if (strcmp (field, "erased") == 0)
    customer->erased = sqlite3_column_int64 (stmt, FACT_VALUE) != 0;
}

static void
read_facts (QuayReader *reader, const QuayId *id, GPtrArray *list, GHashTable *known)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, id != NULL ? sql_facts_of : sql_facts);
  if (stmt == NULL)
    return;
  if (id != NULL)
    quay_bind_id (stmt, ":id", id);
  while (quay_reader_next (reader, stmt))
    {
      QuayId entity = quay_column_id (stmt, FACT_ENTITY);
      QuayCustomer *customer = g_hash_table_lookup (known, &entity);
      if (customer == NULL)
        {
          customer = quay_customer_new ();
          customer->id = entity;
          g_ptr_array_add (list, customer);
          g_hash_table_insert (known, &customer->id, customer);
        }
      take_fact (customer, stmt);
    }
}

/* --- what they owe --- */

static void
close_account (GHashTable *known, const QuayId *id, GArray *moves, QuayDay today)
{
  QuayCustomer *customer = g_hash_table_lookup (known, id);
  if (customer != NULL)
    quay_debt_age (moves, today, customer->ages);
  g_array_set_size (moves, 0);
}

static void
read_moves (QuayReader *reader, const QuayId *id, QuayDay today, GHashTable *known)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, id != NULL ? sql_moves_of : sql_moves);
  g_autoptr (GArray) moves = g_array_new (FALSE, FALSE, sizeof (QuayDebtMove));
  QuayId whose = QUAY_ID_NIL;
  if (stmt == NULL)
    return;
  if (id != NULL)
    quay_bind_id (stmt, ":id", id);
  while (quay_reader_next (reader, stmt))
    {
      QuayId next = quay_column_id (stmt, MOVE_CUSTOMER);
      QuayCustomer *customer = g_hash_table_lookup (known, &next);
      QuayDebtMove move = { sqlite3_column_int (stmt, MOVE_DAY),
                            QUAY_DONG (sqlite3_column_int64 (stmt, MOVE_AMOUNT)) };
      if (!quay_id_equal (&next, &whose))
        close_account (known, &whose, moves, today);
      whose = next;
      g_array_append_val (moves, move);
      if (customer == NULL)
        continue;
      customer->debt.dong += move.amount.dong;
      customer->points += sqlite3_column_int64 (stmt, MOVE_POINTS);
      customer->last = MAX (customer->last, move.day);
    }
  close_account (known, &whose, moves, today);
}

static GPtrArray *
read_customers (QuayReader *reader, const QuayId *id, QuayDay today)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_customer_free);
  g_autoptr (GHashTable) known = g_hash_table_new (quay_id_hash, quay_id_equal_ptr);
  read_facts (reader, id, list, known);
  read_moves (reader, id, today, known);
  return list;
}

GPtrArray *
quay_reader_customers (QuayReader *reader, QuayDay today)
{
  return read_customers (reader, NULL, today);
}

QuayCustomer *
quay_reader_customer (QuayReader *reader, const QuayId *id, QuayDay today)
{
  g_autoptr (GPtrArray) list = read_customers (reader, id, today);
  return list->len > 0 ? g_ptr_array_steal_index (list, 0) : NULL;
}

gint64
quay_reader_points (QuayReader *reader, const QuayId *customer)
{
  return quay_reader_running (reader, "points", customer);
}

QuayMoney
quay_reader_debt_at (QuayReader *reader, const QuayId *customer, gint64 ts)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_debt_at);
  if (stmt == NULL)
    return QUAY_DONG (0);
  quay_bind_id (stmt, ":id", customer);
  quay_bind_int (stmt, ":ts", ts);
  return QUAY_DONG (quay_reader_next (reader, stmt) ? sqlite3_column_int64 (stmt, 0) : 0);
}

/* --- accounts --- */

static QuayCustomerLine *
read_line (QuayStmt *stmt)
{
  QuayCustomerLine *line = g_new0 (QuayCustomerLine, 1);
  line->event = quay_column_id (stmt, LINE_EVENT);
  line->number = quay_column_dup (stmt, LINE_NUMBER);
  line->kind = quay_column_dup (stmt, LINE_KIND);
  line->who = quay_column_dup (stmt, LINE_WHO);
  line->tender = quay_column_dup (stmt, LINE_TENDER);
  line->doc = quay_column_dup (stmt, LINE_DOC);
  line->why = quay_column_dup (stmt, LINE_WHY);
  line->day = sqlite3_column_int (stmt, LINE_DAY);
  line->ts = sqlite3_column_int64 (stmt, LINE_TS);
  line->amount = QUAY_DONG (sqlite3_column_int64 (stmt, LINE_AMOUNT));
  line->points = sqlite3_column_int64 (stmt, LINE_POINTS);
  return line;
}

GPtrArray *
quay_reader_customer_lines (QuayReader *reader, const QuayId *customer)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_customer_line_free);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_lines);
  QuayMoney balance = QUAY_DONG (0);
  if (stmt == NULL)
    return lines;
  quay_bind_id (stmt, ":id", customer);
  while (quay_reader_next (reader, stmt))
    {
      QuayCustomerLine *line = read_line (stmt);
      balance.dong += line->amount.dong;
      line->balance = balance;
      g_ptr_array_insert (lines, 0, line);
    }
  return lines;
}

QuayCustomerLine *
quay_reader_customer_line (QuayReader *reader, const QuayId *event, QuayId *customer)
{
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_line);
  if (stmt == NULL)
    return NULL;
  quay_bind_id (stmt, ":id", event);
  if (!quay_reader_next (reader, stmt))
    return NULL;
  *customer = quay_column_id (stmt, LINE_CUSTOMER);
  return read_line (stmt);
}
