/* Keys of persons on their way between a site's tills: who has which, and boxes that wait. Whoever
 * changes something for a site, or forgets somebody, holds the site's row first. */
#include "quay-server-sql.h"

#include <string.h>

static const char sql_stamp[] = "SELECT persons FROM site WHERE no = ?1";
static const char sql_lock[] = "SELECT persons FROM site WHERE no = ?1 FOR NO KEY UPDATE";
static const char sql_bump[] =
    "UPDATE site SET persons = CASE WHEN persons < ?2 THEN ?2 ELSE persons + 1 END "
    "WHERE no = ?1 RETURNING persons";

static const char sql_has[] =
    "INSERT INTO person (site, till, event, state, key, box) VALUES (?1, ?2, ?3, 1, NULL, NULL) "
    "ON CONFLICT (site, till, event) DO UPDATE SET state = 1, key = NULL, box = NULL";
static const char sql_box[] =
    "INSERT INTO person (site, till, event, state, key, box) VALUES (?1, ?2, ?3, 0, ?4, ?5) "
    "ON CONFLICT (site, till, event) DO NOTHING RETURNING state";
static const char sql_drop[] = "DELETE FROM person WHERE site = ?1 AND till = ?2 AND event = ?3";
static const char sql_recall[] =
    "UPDATE person SET state = 2 WHERE site = ?1 AND till = ?2 AND state = 1";
static const char sql_prune[] = "DELETE FROM person WHERE site = ?1 AND till = ?2 AND state = 2";
static const char sql_stale[] =
    "DELETE FROM person WHERE site = ?1 AND till = ?2 AND state = 0 AND key <> ?3";
static const char sql_leave[] = "DELETE FROM person WHERE site = ?1 AND till = ?2";
static const char sql_forget[] = "DELETE FROM person WHERE site = ?1 AND event = ?2 "
                                 "AND till IN (SELECT id FROM till WHERE site = ?1)";

static const char sql_counts[] =
    "SELECT state, count (*) FROM person WHERE site = ?1 AND till = ?2 GROUP BY state";
static const char sql_boxes[] = "SELECT event, box FROM person "
                                "WHERE site = ?1 AND till = ?2 AND state = 0 AND key = ?3 LIMIT ?4";
/* counted, since a NOT EXISTS may become a join that reads all of the other till's rows for each */
static const char sql_lacks[] =
    "SELECT p.event, t.id FROM person p "
    "JOIN till t ON t.site = p.site AND t.state = 0 AND t.id <> p.till "
    "WHERE p.site = ?1 AND p.till = ?2 AND p.state = 1 AND 0 = (SELECT count (*) FROM person q "
    " WHERE q.site = p.site AND q.till = t.id AND q.event = p.event) LIMIT ?3";

#define ERASED "f.kind = 'customer' AND f.field = 'erased' AND CAST (f.value AS TEXT) <> '0'"
static const char sql_erased[] =
    "SELECT count (*) FROM fact f WHERE f.site = ?1 AND f.entity = ?2 AND " ERASED;
static const char sql_left[] =
    "SELECT count (*) FROM person p WHERE 0 < (SELECT count (*) FROM fact f "
    " WHERE f.site = p.site AND f.entity = p.event AND " ERASED ")";

/* A statement whose first parameter is the site's number. */
static QuaySqlStmt *
of_site (QuayServerDb *db, const char *text, const QuayId *site, GError **error)
{
  gint64 no;
  QuaySqlStmt *stmt = quay_sql_stmt (SQL (db), text, error);
  if (stmt == NULL || !quay_sql_site (SQL (db), site, &no, error))
    return NULL;
  quay_sql_int (stmt, 1, no);
  return stmt;
}

/* And whose second is a till. */
static QuaySqlStmt *
of_till (QuayServerDb *db, const char *text, const QuayId *site, const QuayId *till, GError **error)
{
  QuaySqlStmt *stmt = of_site (db, text, site, error);
  if (stmt != NULL)
    quay_sql_id (stmt, 2, till);
  return stmt;
}

/* The one number of the first row; *any: there is one. */
static gboolean
take_number (QuaySqlStmt *stmt, gint64 *number, gboolean *any, GError **error)
{
  GError *failed = NULL;
  *any = quay_sql_next (stmt, &failed);
  if (*any)
    *number = quay_sql_get_int (stmt, 0);
  return quay_sql_settle (failed, error) && (!*any || quay_sql_done (stmt, error));
}

/* --- the site's stamp --- */

static gboolean
persons_lock (QuayServerDb *db, const QuayId *site, gint64 *stamp, GError **error)
{
  gboolean any;
  const char *text = SQL (db)->driver->locks_rows ? sql_lock : sql_stamp;
  g_autoptr (QuaySqlStmt) stmt = of_site (db, text, site, error);
  return stmt != NULL && take_number (stmt, stamp, &any, error);
}

static gboolean
persons_bump (QuayServerDb *db, const QuayId *site, gint64 now, gint64 *stamp, GError **error)
{
  gboolean any;
  gint64 number;
  g_autoptr (QuaySqlStmt) stmt = of_site (db, sql_bump, site, error);
  if (stmt == NULL)
    return FALSE;
  quay_sql_int (stmt, 2, now);
  return take_number (stmt, stamp != NULL ? stamp : &number, &any, error);
}

/* --- writing --- */

static gboolean
is_erased (QuayServerDb *db, const QuayId *site, const QuayId *event, gboolean *erased,
           GError **error)
{
  gboolean any;
  gint64 n = 0;
  g_autoptr (QuaySqlStmt) stmt = of_site (db, sql_erased, site, error);
  if (stmt == NULL)
    return FALSE;
  quay_sql_id (stmt, 2, event);
  if (!take_number (stmt, &n, &any, error))
    return FALSE;
  *erased = n > 0;
  return TRUE;
}

static gboolean
person_has (QuayServerDb *db, const QuayId *site, const QuayId *till, const QuayId *event,
            GError **error)
{
  gboolean erased;
  if (!is_erased (db, site, event, &erased, error))
    return FALSE;
  if (erased)
    return TRUE;
  g_autoptr (QuaySqlStmt) stmt = of_till (db, sql_has, site, till, error);
  if (stmt == NULL)
    return FALSE;
  quay_sql_id (stmt, 3, event);
  return quay_sql_done (stmt, error);
}

static gboolean
person_give (QuayServerDb *db, const QuayId *site, const QuayServerBox *box, gboolean *fresh,
             GError **error)
{
  gboolean erased;
  gint64 state;
  *fresh = FALSE;
  if (!is_erased (db, site, &box->event, &erased, error))
    return FALSE;
  if (erased)
    return TRUE;
  g_autoptr (QuaySqlStmt) stmt = of_till (db, sql_box, site, &box->till, error);
  if (stmt == NULL)
    return FALSE;
  quay_sql_id (stmt, 3, &box->event);
  quay_sql_text (stmt, 4, box->key);
  quay_sql_blob (stmt, 5, box->box, sizeof box->box);
  return take_number (stmt, &state, fresh, error);
}

static gboolean
person_drop (QuayServerDb *db, const QuayId *site, const QuayId *till, const QuayId *event,
             GError **error)
{
  g_autoptr (QuaySqlStmt) stmt = of_till (db, sql_drop, site, till, error);
  if (stmt == NULL)
    return FALSE;
  quay_sql_id (stmt, 3, event);
  return quay_sql_done (stmt, error);
}

static gboolean
person_recall (QuayServerDb *db, const QuayId *site, const QuayId *till, GError **error)
{
  g_autoptr (QuaySqlStmt) stmt = of_till (db, sql_recall, site, till, error);
  return stmt != NULL && quay_sql_done (stmt, error);
}

static gboolean
person_prune (QuayServerDb *db, const QuayId *site, const QuayId *till, GError **error)
{
  g_autoptr (QuaySqlStmt) stmt = of_till (db, sql_prune, site, till, error);
  return stmt != NULL && quay_sql_done (stmt, error);
}

static gboolean
person_leave (QuayServerDb *db, const QuayId *site, const QuayId *till, const char *key,
              GError **error)
{
  g_autoptr (QuaySqlStmt) stmt =
      of_till (db, key != NULL ? sql_stale : sql_leave, site, till, error);
  if (stmt == NULL)
    return FALSE;
  if (key != NULL)
    quay_sql_text (stmt, 3, key);
  return quay_sql_done (stmt, error);
}

static gboolean
person_forget (QuayServerDb *db, const QuayId *site, const QuayId *event, GError **error)
{
  gint64 stamp;
  if (!persons_lock (db, site, &stamp, error))
    return FALSE;
  g_autoptr (QuaySqlStmt) stmt = of_site (db, sql_forget, site, error);
  if (stmt == NULL)
    return FALSE;
  quay_sql_id (stmt, 2, event);
  return quay_sql_done (stmt, error);
}

/* --- reading --- */

static gboolean
person_counts (QuayServerDb *db, const QuayId *site, const QuayId *till,
               gint64 counts[QUAY_SERVER_PERSON_STATES], GError **error)
{
  GError *failed = NULL;
  g_autoptr (QuaySqlStmt) stmt = of_till (db, sql_counts, site, till, error);
  memset (counts, 0, QUAY_SERVER_PERSON_STATES * sizeof counts[0]);
  if (stmt == NULL)
    return FALSE;
  while (quay_sql_next (stmt, &failed))
    {
      gint64 state = quay_sql_get_int (stmt, 0);
      if (state >= 0 && state < QUAY_SERVER_PERSON_STATES)
        counts[state] = quay_sql_get_int (stmt, 1);
    }
  return quay_sql_settle (failed, error);
}

static GArray *
person_boxes (QuayServerDb *db, const QuayId *site, const QuayId *till, const char *key, guint max,
              GError **error)
{
  GError *failed = NULL;
  g_autoptr (GArray) boxes = g_array_new (FALSE, TRUE, sizeof (QuayServerBox));
  g_autoptr (QuaySqlStmt) stmt = of_till (db, sql_boxes, site, till, error);
  if (stmt == NULL)
    return NULL;
  quay_sql_text (stmt, 3, key);
  quay_sql_int (stmt, 4, max);
  while (quay_sql_next (stmt, &failed))
    {
      QuayServerBox box = { .till = *till };
      quay_sql_take (stmt, 0, &box.event, sizeof box.event);
      quay_sql_take (stmt, 1, box.box, sizeof box.box);
      g_array_append_val (boxes, box);
    }
  return quay_sql_settle (failed, error) ? g_steal_pointer (&boxes) : NULL;
}

static GArray *
person_lacks (QuayServerDb *db, const QuayId *site, const QuayId *till, guint max, GError **error)
{
  GError *failed = NULL;
  g_autoptr (GArray) lacks = g_array_new (FALSE, TRUE, sizeof (QuayServerBox));
  g_autoptr (QuaySqlStmt) stmt = of_till (db, sql_lacks, site, till, error);
  if (stmt == NULL)
    return NULL;
  quay_sql_int (stmt, 3, max);
  while (quay_sql_next (stmt, &failed))
    {
      QuayServerBox lack = { .key = "" };
      quay_sql_take (stmt, 0, &lack.event, sizeof lack.event);
      quay_sql_take (stmt, 1, &lack.till, sizeof lack.till);
      g_array_append_val (lacks, lack);
    }
  return quay_sql_settle (failed, error) ? g_steal_pointer (&lacks) : NULL;
}

static gboolean
persons_left (QuayServerDb *db, gint64 *n, GError **error)
{
  gboolean any;
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (SQL (db), sql_left, error);
  return stmt != NULL && take_number (stmt, n, &any, error);
}

void
quay_sql_ops_person (QuayServerDbOps *ops)
{
  ops->persons_lock = persons_lock;
  ops->persons_bump = persons_bump;
  ops->person_has = person_has;
  ops->person_give = person_give;
  ops->person_drop = person_drop;
  ops->person_recall = person_recall;
  ops->person_prune = person_prune;
  ops->person_leave = person_leave;
  ops->person_forget = person_forget;
  ops->person_counts = person_counts;
  ops->person_boxes = person_boxes;
  ops->person_lacks = person_lacks;
  ops->persons_left = persons_left;
}
