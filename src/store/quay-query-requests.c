/* Requests about personal data, by their facts; sales by customer. */
#include "quay-reader-requests.h"

#include "quay-reader-private.h"

#include <string.h>

#define FACTS "SELECT entity, field, value FROM fact WHERE kind = 'request' "
static const char sql_facts[] = FACTS "ORDER BY entity";
static const char sql_facts_of[] = FACTS "AND entity = :id";
enum
{
  FACT_ENTITY,
  FACT_FIELD,
  FACT_VALUE,
};

static const char sql_sales[] = "SELECT customer, max(day), max(buyer IS NOT NULL) FROM sale"
                                " WHERE customer IS NOT NULL GROUP BY customer";
enum
{
  SALES_CUSTOMER,
  SALES_LAST,
  SALES_INVOICE,
};

/* --- facts --- */

/* The members that are plain texts or days, by the name of their field. */
static const struct
{
  const char *field;
  gsize at;
} TEXTS[] = {
  { "ref", G_STRUCT_OFFSET (QuayRequest, ref) },
  { "how", G_STRUCT_OFFSET (QuayRequest, how) },
  { "by", G_STRUCT_OFFSET (QuayRequest, by) },
  { "acknowledged_by", G_STRUCT_OFFSET (QuayRequest, acknowledged_by) },
  { "extended_why", G_STRUCT_OFFSET (QuayRequest, extended_why) },
  { "extended_by", G_STRUCT_OFFSET (QuayRequest, extended_by) },
  { "ended_why", G_STRUCT_OFFSET (QuayRequest, ended_why) },
  { "ended_by", G_STRUCT_OFFSET (QuayRequest, ended_by) },
}, DAYS[] = {
  { "received", G_STRUCT_OFFSET (QuayRequest, received) },
  { "acknowledged", G_STRUCT_OFFSET (QuayRequest, acknowledged) },
  { "extended", G_STRUCT_OFFSET (QuayRequest, extended) },
  { "ended", G_STRUCT_OFFSET (QuayRequest, ended) },
};

/* A request as it is put together; @known: what it asks for was there. */
typedef struct
{
  QuayRequest *request;
  gboolean known;
} Gathered;

static gboolean
take_plain (QuayRequest *request, const char *field, QuayStmt *stmt)
{
  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    if (strcmp (TEXTS[i].field, field) == 0)
      {
        char **text = &G_STRUCT_MEMBER (char *, request, TEXTS[i].at);
        g_free (*text);
        *text = quay_column_dup (stmt, FACT_VALUE);
        return TRUE;
      }
  for (guint i = 0; i < G_N_ELEMENTS (DAYS); i++)
    if (strcmp (DAYS[i].field, field) == 0)
      {
        gint64 day = sqlite3_column_int64 (stmt, FACT_VALUE);
        gboolean sound = day > 0 && day <= QUAY_DAY_MAX && quay_day_is_valid ((QuayDay)day);
        G_STRUCT_MEMBER (QuayDay, request, DAYS[i].at) = sound ? (QuayDay)day : 0;
        return TRUE;
      }
  return FALSE;
}

static void
take_fact (Gathered *gathered, QuayStmt *stmt)
{
  QuayRequest *request = gathered->request;
  const char *field = (const char *)sqlite3_column_text (stmt, FACT_FIELD);
  const char *text = (const char *)sqlite3_column_text (stmt, FACT_VALUE);
  if (field == NULL || text == NULL || take_plain (request, field, stmt))
    return;
  if (strcmp (field, "what") == 0)
    gathered->known = quay_request_from_name (text, &request->kind);
  else if (strcmp (field, "customer") == 0 && !quay_id_from_text (text, &request->customer))
    request->customer = QUAY_ID_NIL;
  else if (strcmp (field, "third") == 0)
    request->third = sqlite3_column_int64 (stmt, FACT_VALUE) != 0;
  else if (strcmp (field, "outcome") == 0)
    request->done = strcmp (text, "done") == 0;
}

static void
put_together (Gathered *gathered, GPtrArray *list)
{
  QuayRequest *request = g_steal_pointer (&gathered->request);
  if (request != NULL && gathered->known && request->received != 0)
    g_ptr_array_add (list, request);
  else
    quay_request_free (request);
  gathered->known = FALSE;
}

static GPtrArray *
read_requests (QuayReader *reader, const QuayId *id)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_request_free);
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, id != NULL ? sql_facts_of : sql_facts);
  Gathered gathered = { NULL, FALSE };
  if (stmt == NULL)
    return list;
  if (id != NULL)
    quay_bind_id (stmt, ":id", id);
  while (quay_reader_next (reader, stmt))
    {
      QuayId entity = quay_column_id (stmt, FACT_ENTITY);
      if (gathered.request == NULL || !quay_id_equal (&gathered.request->id, &entity))
        {
          put_together (&gathered, list);
          gathered.request = g_new0 (QuayRequest, 1);
          gathered.request->id = entity;
        }
      take_fact (&gathered, stmt);
    }
  put_together (&gathered, list);
  return list;
}

GPtrArray *
quay_reader_requests (QuayReader *reader)
{
  return read_requests (reader, NULL);
}

QuayRequest *
quay_reader_request (QuayReader *reader, const QuayId *id)
{
  g_autoptr (GPtrArray) list = read_requests (reader, id);
  return list->len > 0 ? g_ptr_array_steal_index (list, 0) : NULL;
}

/* --- sales --- */

GArray *
quay_reader_customer_sales (QuayReader *reader)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (QuayCustomerSales));
  g_autoptr (QuayStmt) stmt = quay_reader_stmt (reader, sql_sales);
  if (stmt == NULL)
    return all;
  while (quay_reader_next (reader, stmt))
    {
      QuayCustomerSales sales = { quay_column_id (stmt, SALES_CUSTOMER),
                                  sqlite3_column_int (stmt, SALES_LAST),
                                  sqlite3_column_int (stmt, SALES_INVOICE) != 0 };
      g_array_append_val (all, sales);
    }
  return all;
}
