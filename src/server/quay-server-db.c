/* What all databases of the server share: values, transactions that roll back by themselves. */
#include "quay-server-db.h"

void
quay_server_site_free (QuayServerSite *site)
{
  g_free (site->name);
  g_free (site->commune);
  g_free (site);
}

void
quay_server_alarm_free (QuayServerAlarm *alarm)
{
  g_free (alarm->kind);
  g_free (alarm->key);
  g_free (alarm->what);
  g_free (alarm);
}

void
quay_server_held_free (QuayServerHeld *held)
{
  g_free (held->why);
  g_free (held);
}

void
quay_server_fact_free (QuayServerFact *fact)
{
  g_bytes_unref (fact->entity);
  g_free (fact->field);
  g_free (fact->text);
  g_free (fact);
}

void
quay_server_db_free (QuayServerDb *db)
{
  if (db != NULL)
    db->ops->close (db);
}

const char *
quay_server_db_file (const char *url)
{
  return g_str_has_prefix (url, "sqlite:") ? url + strlen ("sqlite:") : NULL;
}

guint
quay_server_db_handles (const char *url)
{
  return quay_server_db_file (url) != NULL ? 1 : 4;
}

gboolean
quay_server_scope_begin (QuayServerScope *scope, QuayServerDb *db, gboolean write, GError **error)
{
  scope->db = NULL;
  if (!db->ops->begin (db, write, error))
    return FALSE;
  scope->db = db;
  return TRUE;
}

gboolean
quay_server_scope_commit (QuayServerScope *scope, GError **error)
{
  QuayServerDb *db = g_steal_pointer (&scope->db);
  return db->ops->commit (db, error);
}

void
quay_server_scope_clear (QuayServerScope *scope)
{
  QuayServerDb *db = g_steal_pointer (&scope->db);
  if (db != NULL)
    db->ops->rollback (db);
}
