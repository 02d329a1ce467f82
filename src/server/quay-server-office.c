/* The office's verbs over the database. */
#include "quay-server-office.h"

#include "quay-server-private.h"
#include "quay-text.h"

#include <sodium.h>
#include <string.h>

#define NAME_CHARS 100
#define NAME_BYTES 300 /* as the answer to enrolment has it */
#define CODE_CHARS 10
#define KEEP_MS (G_GINT64_CONSTANT (7) * 24 * 3600 * 1000) /* so that a used code is told so */

static gboolean
fail (QuayError code, const char *why, GError **error)
{
  g_set_error_literal (error, QUAY_ERROR, (gint)code, why);
  return FALSE;
}

/* Gives the handle back and hands the error on. */
static gboolean
finish (QuayServerUse *use, GError *failed, GError **error)
{
  quay_server_give (use, failed);
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, failed);
  return FALSE;
}

/* --- sites --- */

static gboolean
add_site (QuayServerDb *db, const QuayServerSite *site, GError **error)
{
  g_auto (QuayServerScope) scope = { NULL };
  if (!quay_server_scope_begin (&scope, db, TRUE, error))
    return FALSE;
  g_autoptr (GPtrArray) sites = db->ops->sites (db, error);
  if (sites == NULL)
    return FALSE;
  for (guint i = 0; i < sites->len; i++)
    if (strcmp (((QuayServerSite *)sites->pdata[i])->name, site->name) == 0)
      return fail (QUAY_ERROR_EXISTS, "there is a site of that name", error);
  return db->ops->site_add (db, site, error) && quay_server_scope_commit (&scope, error);
}

gboolean
quay_server_add_site (QuayServer *server, const char *name, const char *commune, QuayId *site,
                      GError **error)
{
  QuayServerUse use;
  GError *failed = NULL;
  g_autofree char *stored = quay_text_nfc (name);
  if (stored == NULL || *stored == '\0' || strlen (stored) > NAME_BYTES ||
      !quay_text_check (stored, -1, NAME_CHARS, NULL))
    return fail (QUAY_ERROR_INVALID, "a site's name is one line of up to 100 letters", error);
  if (strlen (commune) != 5 || strspn (commune, "0123456789") != 5)
    return fail (QUAY_ERROR_INVALID, "a commune's code has five digits", error);
  if (!quay_server_take (&use, server, error))
    return FALSE;
  QuayServerSite fresh = { .id = quay_id_new (&server->env),
                           .name = stored,
                           .commune = (char *)commune,
                           .ts = quay_server_now (server) };
  add_site (use.db, &fresh, &failed);
  *site = fresh.id;
  return finish (&use, failed, error);
}

GPtrArray *
quay_server_sites (QuayServer *server, GError **error)
{
  QuayServerUse use;
  GError *failed = NULL;
  if (!quay_server_take (&use, server, error))
    return NULL;
  GPtrArray *sites = use.db->ops->sites (use.db, &failed);
  finish (&use, failed, error);
  return sites;
}

gboolean
quay_server_find_site (QuayServer *server, const char *text, QuayId *site, GError **error)
{
  QuayId id = QUAY_ID_NIL;
  gboolean by_id = quay_id_from_text (text, &id);
  g_autofree char *name = quay_text_nfc (text);
  g_autoptr (GPtrArray) sites = quay_server_sites (server, error);
  for (guint i = 0; sites != NULL && i < sites->len; i++)
    {
      const QuayServerSite *one = sites->pdata[i];
      if (by_id ? quay_id_equal (&one->id, &id) : g_strcmp0 (one->name, name) == 0)
        {
          *site = one->id;
          return TRUE;
        }
    }
  return sites != NULL && fail (QUAY_ERROR_NOT_FOUND, "there is no such site", error);
}

/* --- tills --- */

GArray *
quay_server_tills (QuayServer *server, GError **error)
{
  QuayServerUse use;
  GError *failed = NULL;
  if (!quay_server_take (&use, server, error))
    return NULL;
  GArray *tills = use.db->ops->tills (use.db, NULL, &failed);
  finish (&use, failed, error);
  return tills;
}

/* Of several with one code, the one that is not revoked is meant. */
static gboolean
is_better (const QuayServerTill *till, const QuayServerTill *found)
{
  return till->state < found->state;
}

gboolean
quay_server_find_till (QuayServer *server, const char *text, const QuayId *site,
                       QuayServerTill *till, GError **error)
{
  QuayId id = QUAY_ID_NIL;
  guint n = 0;
  gboolean by_id = quay_id_from_text (text, &id);
  g_autoptr (GArray) tills = quay_server_tills (server, error);
  for (guint i = 0; tills != NULL && i < tills->len; i++)
    {
      const QuayServerTill *one = &g_array_index (tills, QuayServerTill, i);
      if ((site != NULL && !quay_id_equal (&one->site, site)) ||
          !(by_id ? quay_id_equal (&one->id, &id) : strcmp (one->code, text) == 0))
        continue;
      if (n == 0 || is_better (one, till))
        {
          *till = *one;
          n = 1;
        }
      else if (one->state == till->state)
        n++;
    }
  if (tills == NULL || n == 1)
    return tills != NULL;
  if (n == 0)
    return fail (QUAY_ERROR_NOT_FOUND, "there is no such till", error);
  return fail (QUAY_ERROR_REFUSED, "several tills have that code: name one by its id", error);
}

static gboolean
revoke_till (QuayServerDb *db, const QuayId *id, GError **error)
{
  g_auto (QuayServerScope) scope = { NULL };
  QuayServerTill till;
  GError *failed = NULL;
  if (!quay_server_scope_begin (&scope, db, TRUE, error))
    return FALSE;
  if (!db->ops->till_find (db, id, &till, &failed))
    {
      if (failed == NULL)
        return fail (QUAY_ERROR_NOT_FOUND, "there is no such till", error);
      g_propagate_error (error, failed);
      return FALSE;
    }
  g_autoptr (GArray) keys = db->ops->keys (db, id, error);
  for (guint i = 0; keys != NULL && i < keys->len; i++)
    {
      QuayServerKey *key = &g_array_index (keys, QuayServerKey, i);
      key->state = QUAY_SERVER_KEY_OVER;
      if (!db->ops->key_put (db, key, error))
        return FALSE;
    }
  till.state = 1;
  return keys != NULL && db->ops->till_put (db, &till, error) &&
         db->ops->person_leave (db, &till.site, id, NULL, error) &&
         quay_server_scope_commit (&scope, error);
}

gboolean
quay_server_revoke (QuayServer *server, const QuayId *till, GError **error)
{
  QuayServerUse use;
  GError *failed = NULL;
  char id[QUAY_ID_TEXT_LEN + 1];
  if (!quay_server_take (&use, server, error))
    return FALSE;
  revoke_till (use.db, till, &failed);
  quay_id_to_text (till, id);
  if (failed == NULL)
    g_message ("revoked: till %s", id);
  return finish (&use, failed, error);
}

/* --- one-time codes --- */

static char *
draw_code (QuayServer *server)
{
  static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  guint8 chance[CODE_CHARS];
  GString *text = g_string_new (NULL);
  server->env.random (server->env.data, chance, sizeof chance);
  for (guint i = 0; i < CODE_CHARS; i++)
    {
      if (i == CODE_CHARS / 2)
        g_string_append_c (text, '-');
      g_string_append_c (text, letters[chance[i] & 31]);
    }
  sodium_memzero (chance, sizeof chance);
  return g_string_free (text, FALSE);
}

static gboolean
put_secret (QuayServerDb *db, const QuayServerSecret *secret, gint64 now, GError **error)
{
  g_auto (QuayServerScope) scope = { NULL };
  return quay_server_scope_begin (&scope, db, TRUE, error) &&
         db->ops->secret_purge (db, now - KEEP_MS, error) &&
         db->ops->secret_put (db, secret, error) && quay_server_scope_commit (&scope, error);
}

char *
quay_server_make_code (QuayServer *server, const QuayId *site, const QuayId *replaces,
                       gint64 *until, GError **error)
{
  QuayServerUse use;
  GError *failed = NULL;
  gint64 now = quay_server_now (server);
  QuayServerSecret secret = { .site = *site,
                              .until = now + (gint64)QUAY_SERVER_CODE_HOURS * 3600 * 1000 };
  if (replaces != NULL)
    secret.replaces = *replaces;
  if (!quay_server_take (&use, server, error))
    return NULL;
  g_autofree char *code = draw_code (server);
  quay_server_hash_code (server, code, secret.hash);
  put_secret (use.db, &secret, now, &failed);
  *until = secret.until;
  return finish (&use, failed, error) ? g_steal_pointer (&code) : NULL;
}

/* --- looking --- */

GPtrArray *
quay_server_alarms (QuayServer *server, guint max, GError **error)
{
  QuayServerUse use;
  GError *failed = NULL;
  if (!quay_server_take (&use, server, error))
    return NULL;
  GPtrArray *alarms = use.db->ops->alarms (use.db, max, &failed);
  finish (&use, failed, error);
  return alarms;
}

GPtrArray *
quay_server_held (QuayServer *server, guint max, guint64 *total, GError **error)
{
  QuayServerUse use;
  GError *failed = NULL;
  if (!quay_server_take (&use, server, error))
    return NULL;
  GPtrArray *held = use.db->ops->held (use.db, NULL, 0, 0, 0, max, total, &failed);
  finish (&use, failed, error);
  return held;
}

gboolean
quay_server_retry (QuayServer *server, guint64 *booked, guint64 *left, GError **error)
{
  QuayServerUse use;
  GError *failed = NULL;
  if (!quay_server_take (&use, server, error))
    return FALSE;
  quay_server_retry_held (use.db, booked, left, &failed);
  return finish (&use, failed, error);
}
