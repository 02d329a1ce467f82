/* The office's own tables: sites, tills, keys, one-time codes, alarms, small values. */
#include "quay-server-sql.h"

#include <string.h>

static const char sql_site_add[] =
    "INSERT INTO site (id, name, commune, ts) VALUES (?1, ?2, ?3, ?4)";
static const char sql_sites[] =
    "SELECT id, name, commune, ts, "
    " (SELECT count (*) FROM till WHERE till.site = site.no AND till.state = 0) "
    "FROM site WHERE no > 0 ORDER BY no";

#define TILL                                                                                       \
  "SELECT t.id, s.id, t.code, t.state, t.ts, s.persons FROM till t JOIN site s ON s.no = t.site "
static const char sql_till_find[] = TILL "WHERE t.id = ?1";
static const char sql_tills[] = TILL "WHERE ?1 < 0 OR t.site = ?1 ORDER BY t.site, t.code, t.ts";
static const char sql_till_put[] =
    "INSERT INTO till (id, site, code, state, ts) VALUES (?1, ?2, ?3, ?4, ?5) "
    "ON CONFLICT (id) DO UPDATE SET site = ?2, code = ?3, state = ?4, ts = ?5";

static const char sql_key_find[] =
    "SELECT till, id, key, state FROM till_key WHERE till = ?1 AND id = ?2";
static const char sql_keys[] =
    "SELECT till, id, key, state FROM till_key WHERE till = ?1 ORDER BY no";
static const char sql_key_put[] =
    "INSERT INTO till_key (till, id, key, state, no) VALUES (?1, ?2, ?3, ?4, "
    " (SELECT count (*) FROM till_key WHERE till = ?1)) "
    "ON CONFLICT (till, id) DO UPDATE SET key = ?3, state = ?4";

static const char sql_secret_find[] =
    "SELECT s.id, x.replaces, x.until, x.till, x.key, x.code, x.letter "
    "FROM secret x JOIN site s ON s.no = x.site WHERE x.hash = ?1";
static const char sql_secret_put[] =
    "INSERT INTO secret (hash, site, replaces, until, till, key, code, letter) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) "
    "ON CONFLICT (hash) DO UPDATE SET till = ?5, key = ?6, code = ?7, letter = ?8";
static const char sql_secret_purge[] = "DELETE FROM secret WHERE until < ?1";

static const char sql_alarm_raise[] =
    "INSERT INTO alarm (kind, key, site, till, chain, seq, what, first, last, count) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, 1) "
    "ON CONFLICT (key) DO UPDATE SET last = excluded.last, count = alarm.count + 1 RETURNING count";
static const char sql_alarms[] =
    "SELECT a.no, a.kind, a.key, s.id, a.till, a.chain, a.seq, a.what, a.first, a.last, a.count "
    "FROM alarm a JOIN site s ON s.no = a.site ORDER BY a.last DESC, a.no DESC LIMIT ?1";

static const char sql_value_find[] = "SELECT value FROM value WHERE key = ?1";
static const char sql_value_set[] = "INSERT INTO value (key, value) VALUES (?1, ?2) "
                                    "ON CONFLICT (key) DO UPDATE SET value = excluded.value";

/* --- sites --- */

static gboolean
site_add (QuayServerDb *db, const QuayServerSite *site, GError **error)
{
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (SQL (db), sql_site_add, error);
  if (stmt == NULL)
    return FALSE;
  quay_sql_id (stmt, 1, &site->id);
  quay_sql_text (stmt, 2, site->name);
  quay_sql_text (stmt, 3, site->commune);
  quay_sql_int (stmt, 4, site->ts);
  return quay_sql_done (stmt, error);
}

static GPtrArray *
sites (QuayServerDb *db, GError **error)
{
  GError *failed = NULL;
  g_autoptr (GPtrArray) list =
      g_ptr_array_new_with_free_func ((GDestroyNotify)quay_server_site_free);
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (SQL (db), sql_sites, error);
  if (stmt == NULL)
    return NULL;
  while (quay_sql_next (stmt, &failed))
    {
      QuayServerSite *site = g_new0 (QuayServerSite, 1);
      quay_sql_take (stmt, 0, &site->id, sizeof site->id);
      site->name = quay_sql_dup (stmt, 1);
      site->commune = quay_sql_dup (stmt, 2);
      site->ts = quay_sql_get_int (stmt, 3);
      site->tills = quay_sql_get_int (stmt, 4);
      g_ptr_array_add (list, site);
    }
  return quay_sql_settle (failed, error) ? g_steal_pointer (&list) : NULL;
}

/* --- tills --- */

static void
take_till (QuaySqlStmt *stmt, QuayServerTill *till)
{
  quay_sql_take (stmt, 0, &till->id, sizeof till->id);
  quay_sql_take (stmt, 1, &till->site, sizeof till->site);
  quay_sql_take_text (stmt, 2, till->code, sizeof till->code);
  till->state = (int)quay_sql_get_int (stmt, 3);
  till->ts = quay_sql_get_int (stmt, 4);
  till->persons = quay_sql_get_int (stmt, 5);
}

static gboolean
till_find (QuayServerDb *db, const QuayId *id, QuayServerTill *till, GError **error)
{
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (SQL (db), sql_till_find, error);
  if (stmt == NULL)
    return FALSE;
  quay_sql_id (stmt, 1, id);
  if (!quay_sql_next (stmt, error))
    return FALSE;
  take_till (stmt, till);
  return TRUE;
}

static gboolean
till_put (QuayServerDb *db, const QuayServerTill *till, GError **error)
{
  gint64 site;
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (SQL (db), sql_till_put, error);
  if (stmt == NULL || !quay_sql_site (SQL (db), &till->site, &site, error))
    return FALSE;
  quay_sql_id (stmt, 1, &till->id);
  quay_sql_int (stmt, 2, site);
  quay_sql_text (stmt, 3, till->code);
  quay_sql_int (stmt, 4, till->state);
  quay_sql_int (stmt, 5, till->ts);
  return quay_sql_done (stmt, error);
}

static GArray *
tills (QuayServerDb *db, const QuayId *site, GError **error)
{
  gint64 no = -1;
  GError *failed = NULL;
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (QuayServerTill));
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (SQL (db), sql_tills, error);
  if (stmt == NULL || (site != NULL && !quay_sql_site (SQL (db), site, &no, error)))
    return NULL;
  quay_sql_int (stmt, 1, no);
  while (quay_sql_next (stmt, &failed))
    {
      QuayServerTill till;
      take_till (stmt, &till);
      g_array_append_val (list, till);
    }
  return quay_sql_settle (failed, error) ? g_steal_pointer (&list) : NULL;
}

/* --- keys --- */

static void
take_key (QuaySqlStmt *stmt, QuayServerKey *key)
{
  quay_sql_take (stmt, 0, &key->till, sizeof key->till);
  quay_sql_take_text (stmt, 1, key->id, sizeof key->id);
  quay_sql_take (stmt, 2, key->public, sizeof key->public);
  key->state = (QuayServerKeyState)(int)quay_sql_get_int (stmt, 3);
}

static gboolean
key_find (QuayServerDb *db, const QuayId *till, const char *id, QuayServerKey *key, GError **error)
{
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (SQL (db), sql_key_find, error);
  if (stmt == NULL)
    return FALSE;
  quay_sql_id (stmt, 1, till);
  quay_sql_text (stmt, 2, id);
  if (!quay_sql_next (stmt, error))
    return FALSE;
  take_key (stmt, key);
  return TRUE;
}

static gboolean
key_put (QuayServerDb *db, const QuayServerKey *key, GError **error)
{
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (SQL (db), sql_key_put, error);
  if (stmt == NULL)
    return FALSE;
  quay_sql_id (stmt, 1, &key->till);
  quay_sql_text (stmt, 2, key->id);
  quay_sql_blob (stmt, 3, key->public, sizeof key->public);
  quay_sql_int (stmt, 4, (int)key->state);
  return quay_sql_done (stmt, error);
}

static GArray *
keys (QuayServerDb *db, const QuayId *till, GError **error)
{
  GError *failed = NULL;
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (QuayServerKey));
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (SQL (db), sql_keys, error);
  if (stmt == NULL)
    return NULL;
  quay_sql_id (stmt, 1, till);
  while (quay_sql_next (stmt, &failed))
    {
      QuayServerKey key;
      take_key (stmt, &key);
      g_array_append_val (list, key);
    }
  return quay_sql_settle (failed, error) ? g_steal_pointer (&list) : NULL;
}

/* --- one-time codes --- */

static gboolean
secret_find (QuayServerDb *db, const guint8 hash[32], QuayServerSecret *secret, GError **error)
{
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (SQL (db), sql_secret_find, error);
  if (stmt == NULL)
    return FALSE;
  quay_sql_blob (stmt, 1, hash, 32);
  if (!quay_sql_next (stmt, error))
    return FALSE;
  memcpy (secret->hash, hash, sizeof secret->hash);
  quay_sql_take (stmt, 0, &secret->site, sizeof secret->site);
  quay_sql_take (stmt, 1, &secret->replaces, sizeof secret->replaces);
  secret->until = quay_sql_get_int (stmt, 2);
  quay_sql_take (stmt, 3, &secret->till, sizeof secret->till);
  quay_sql_take (stmt, 4, secret->key, sizeof secret->key);
  quay_sql_take_text (stmt, 5, secret->code, sizeof secret->code);
  quay_sql_take_text (stmt, 6, secret->letter, sizeof secret->letter);
  return TRUE;
}

static gboolean
secret_put (QuayServerDb *db, const QuayServerSecret *secret, GError **error)
{
  gint64 site;
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (SQL (db), sql_secret_put, error);
  if (stmt == NULL || !quay_sql_site (SQL (db), &secret->site, &site, error))
    return FALSE;
  quay_sql_blob (stmt, 1, secret->hash, sizeof secret->hash);
  quay_sql_int (stmt, 2, site);
  quay_sql_id (stmt, 3, &secret->replaces);
  quay_sql_int (stmt, 4, secret->until);
  quay_sql_id (stmt, 5, &secret->till);
  quay_sql_blob (stmt, 6, secret->key, sizeof secret->key);
  quay_sql_text (stmt, 7, secret->code);
  quay_sql_text (stmt, 8, secret->letter);
  return quay_sql_done (stmt, error);
}

static gboolean
secret_purge (QuayServerDb *db, gint64 before, GError **error)
{
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (SQL (db), sql_secret_purge, error);
  if (stmt == NULL)
    return FALSE;
  quay_sql_int (stmt, 1, before);
  return quay_sql_done (stmt, error);
}

/* --- alarms --- */

static gboolean
alarm_raise (QuayServerDb *db, const QuayServerAlarm *alarm, gboolean *fresh, GError **error)
{
  gint64 site;
  GError *failed = NULL;
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (SQL (db), sql_alarm_raise, error);
  if (stmt == NULL || !quay_sql_site (SQL (db), &alarm->site, &site, error))
    return FALSE;
  quay_sql_text (stmt, 1, alarm->kind);
  quay_sql_text (stmt, 2, alarm->key);
  quay_sql_int (stmt, 3, site);
  quay_sql_id (stmt, 4, &alarm->till);
  quay_sql_id (stmt, 5, &alarm->chain);
  quay_sql_int (stmt, 6, alarm->seq);
  quay_sql_text (stmt, 7, alarm->what);
  quay_sql_int (stmt, 8, alarm->last);
  gboolean row = quay_sql_next (stmt, &failed);
  if (row && fresh != NULL)
    *fresh = quay_sql_get_int (stmt, 0) == 1;
  return quay_sql_settle (failed, error) && (!row || quay_sql_done (stmt, error));
}

static QuayServerAlarm *
take_alarm (QuaySqlStmt *stmt)
{
  QuayServerAlarm *alarm = g_new0 (QuayServerAlarm, 1);
  alarm->no = quay_sql_get_int (stmt, 0);
  alarm->kind = quay_sql_dup (stmt, 1);
  alarm->key = quay_sql_dup (stmt, 2);
  quay_sql_take (stmt, 3, &alarm->site, sizeof alarm->site);
  quay_sql_take (stmt, 4, &alarm->till, sizeof alarm->till);
  quay_sql_take (stmt, 5, &alarm->chain, sizeof alarm->chain);
  alarm->seq = quay_sql_get_int (stmt, 6);
  alarm->what = quay_sql_dup (stmt, 7);
  alarm->first = quay_sql_get_int (stmt, 8);
  alarm->last = quay_sql_get_int (stmt, 9);
  alarm->count = quay_sql_get_int (stmt, 10);
  return alarm;
}

static GPtrArray *
alarms (QuayServerDb *db, guint max, GError **error)
{
  GError *failed = NULL;
  g_autoptr (GPtrArray) list =
      g_ptr_array_new_with_free_func ((GDestroyNotify)quay_server_alarm_free);
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (SQL (db), sql_alarms, error);
  if (stmt == NULL)
    return NULL;
  quay_sql_int (stmt, 1, max);
  while (quay_sql_next (stmt, &failed))
    g_ptr_array_add (list, take_alarm (stmt));
  return quay_sql_settle (failed, error) ? g_steal_pointer (&list) : NULL;
}

/* --- small values --- */

static gboolean
value_find (QuayServerDb *db, const char *key, char **value, GError **error)
{
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (SQL (db), sql_value_find, error);
  if (stmt == NULL)
    return FALSE;
  quay_sql_text (stmt, 1, key);
  if (!quay_sql_next (stmt, error))
    return FALSE;
  *value = quay_sql_dup (stmt, 0);
  return TRUE;
}

static gboolean
value_set (QuayServerDb *db, const char *key, const char *value, GError **error)
{
  g_autoptr (QuaySqlStmt) stmt = quay_sql_stmt (SQL (db), sql_value_set, error);
  if (stmt == NULL)
    return FALSE;
  quay_sql_text (stmt, 1, key);
  quay_sql_text (stmt, 2, value);
  return quay_sql_done (stmt, error);
}

void
quay_sql_ops_office (QuayServerDbOps *ops)
{
  ops->site_add = site_add;
  ops->sites = sites;
  ops->till_find = till_find;
  ops->till_put = till_put;
  ops->tills = tills;
  ops->key_find = key_find;
  ops->key_put = key_put;
  ops->keys = keys;
  ops->secret_find = secret_find;
  ops->secret_put = secret_put;
  ops->secret_purge = secret_purge;
  ops->alarm_raise = alarm_raise;
  ops->alarms = alarms;
  ops->value_find = value_find;
  ops->value_set = value_set;
}
