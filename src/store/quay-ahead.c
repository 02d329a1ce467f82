/* The pages that opening and the first page read, on a connection that takes the file as it lies
 * there, without its log: what is newer is in the log, which is short. */
#include "quay-ahead.h"

#include "quay-reader-private.h"
#include "quay-store.h"

#define ANY_DAY 99991231 /* prices of one product lie together */

/* What the check of the tail reads; ids rise with time, so the newest are at the end. */
static const char sql_tail[] = "SELECT bytes FROM journal ORDER BY pos DESC LIMIT 50";
static const char sql_booked[] = "SELECT max (event) FROM booked";

struct _QuayAhead
{
  GThread *thread;
  char *path;
  guint items;
};

static void
read_page (QuayReader *reader, guint n)
{
  QuayAsOf at = { .day = ANY_DAY };
  quay_reader_find_entity (reader, "location", "kind", "floor", &at.loc);
  g_autoptr (GPtrArray) categories = quay_reader_categories (reader);
  for (guint i = 0; i < categories->len; i++)
    quay_reader_has_items (reader, ((QuayCategory *)categories->pdata[i])->code);
  g_autoptr (GPtrArray) items =
      quay_reader_items (reader, &at, NULL, QUAY_ITEMS_BY_RANK, FALSE, 0, n);
  g_autoptr (QuaySaleRecord) sale = quay_reader_last_sale (reader);
}

static void
read_tail (QuayReader *reader)
{
  g_autoptr (QuayStmt) tail = quay_reader_stmt (reader, sql_tail);
  while (tail != NULL && quay_reader_next (reader, tail))
    sqlite3_column_blob (tail, 0);
  g_autoptr (QuayStmt) booked = quay_reader_stmt (reader, sql_booked);
  if (booked != NULL)
    quay_reader_next (reader, booked);
}

static gpointer
read_thread (gpointer data)
{
  QuayAhead *ahead = data;
  g_autoptr (QuayDb) db = quay_db_open (ahead->path, QUAY_DB_COPY, NULL, NULL);
  if (db == NULL)
    return NULL;
  QuayReader reader = { .db = db };
  read_tail (&reader);
  read_page (&reader, ahead->items);
  g_clear_error (&reader.failed);
  return NULL;
}

QuayAhead *
quay_ahead_begin (const char *dir, guint items)
{
  QuayAhead *ahead = g_new0 (QuayAhead, 1);
  ahead->path = g_build_filename (dir, QUAY_STORE_FILE, NULL);
  ahead->items = items;
  quay_db_set_up ();
  sqlite3_initialize (); /* here, since it looks into the environment */
  ahead->thread = g_thread_new ("read-ahead", read_thread, ahead);
  return ahead;
}

void
quay_ahead_end (QuayAhead *ahead)
{
  if (ahead == NULL)
    return;
  g_thread_join (ahead->thread);
  g_free (ahead->path);
  g_free (ahead);
}
