/* Enrolling: a till that sells already, or a new one that joins a shop or takes a lost till's
 * place. Threads: main; the waiting for the network is on a thread of its own. */
#include "quay-error.h"
#include "quay-sync.h"
#include "quay-till-private.h"
#include "quay-till-sync.h"

typedef struct
{
  char *dir;
  char *url;
  char *ca;
  char *secret;
  char *code;
  char *letter;
  char *language; /* of joining alone */
  QuayId till;
  QuayEnrolled enrolled;
} Job;

static void
free_job (gpointer data)
{
  Job *job = data;
  quay_enrolled_clear (&job->enrolled);
  g_free (job->dir);
  g_free (job->url);
  g_free (job->ca);
  g_free (job->secret);
  g_free (job->code);
  g_free (job->letter);
  g_free (job->language);
  g_free (job);
}

static Job *
make_job (QuayTill *till, const char *url, const char *ca, const char *secret)
{
  Job *job = g_new0 (Job, 1);
  job->dir = g_strdup (till->dir);
  job->url = g_strdup (url);
  job->ca = g_strdup (ca);
  job->secret = g_strdup (secret);
  job->code = g_strdup (quay_store_till_code (till->store));
  job->letter = g_strdup (quay_store_chain_letter (till->store));
  job->till = quay_store_till_id (till->store);
  return job;
}

static gboolean
ask_server (Job *job, GError **error)
{
  return quay_sync_enrol (job->dir, job->url, job->ca, &job->till, job->code, job->letter,
                          job->secret, &job->enrolled, error);
}

/* The server may have given another till code: this till goes on in a new chain under it. */
static gboolean
settle (QuayTill *till, Job *job, GError **error)
{
  if (!job->enrolled.present_chain &&
      !quay_store_new_chain (till->store, job->enrolled.code, job->enrolled.letter, 0, error))
    return FALSE;
  quay_till_emit_settings (till); /* the till's label */
  return quay_till_start_sync (till, error);
}

gboolean
quay_till_enrol (QuayTill *till, const char *url, const char *ca, const char *secret,
                 GError **error)
{
  if (!quay_till_need_real (till, error))
    return FALSE;
  quay_till_stop_sync (till);
  Job *job = make_job (till, url, ca, secret);
  gboolean ok = ask_server (job, error) && settle (till, job, error);
  free_job (job);
  return ok;
}

static void
enrol_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  if (ask_server (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
quay_till_enrol_async (QuayTill *till, const char *url, const char *ca, const char *secret,
                       GAsyncReadyCallback callback, gpointer data)
{
  GError *error = NULL;
  g_autoptr (GTask) task = g_task_new (till, NULL, callback, data);
  if (!quay_till_need_real (till, &error))
    {
      g_task_set_task_data (task, g_new0 (Job, 1), free_job);
      g_task_return_error (task, error);
      return;
    }
  quay_till_stop_sync (till);
  g_task_set_task_data (task, make_job (till, url, ca, secret), free_job);
  g_task_run_in_thread (task, enrol_thread);
}

gboolean
quay_till_enrol_finish (QuayTill *till, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, till), FALSE);
  Job *job = g_task_get_task_data (G_TASK (result));
  if (till->store == NULL)
    return FALSE; /* closed meanwhile */
  if (g_task_propagate_boolean (G_TASK (result), error))
    return settle (till, job, error);
  quay_till_start_sync (till, NULL); /* as it was before */
  return FALSE;
}

/* --- a new till in a shop that is there --- */

/* The language is for people who look at this screen before the shop's settings are here. It is not
 * worth a failure: the till is made. */
static void
keep_language (const char *dir, const char *language, const QuayEnv *env)
{
  QuayStore *store = quay_store_open (dir, env, NULL);
  if (store == NULL)
    return;
  g_autoptr (QuayTxn) txn = quay_txn_new ();
  quay_txn_set_local (txn, "till.language", language);
  g_autoptr (QuayResult) done =
      quay_store_commit (store, g_steal_pointer (&txn), QUAY_LANE_COUNTER, NULL);
  quay_store_close (store);
}

gboolean
quay_till_join (const char *dir, const char *url, const char *ca, const char *secret,
                const char *language, const QuayEnv *env, GError **error)
{
  QuayEnrolled enrolled = { 0 };
  gboolean ok = quay_sync_enrol (dir, url, ca, &QUAY_ID_NIL, NULL, NULL, secret, &enrolled, error);
  if (ok)
    {
      g_autoptr (QuaySyncKeys) keys = quay_sync_keys_load (dir, error);
      ok = keys != NULL &&
           quay_store_create_as (dir, enrolled.code, enrolled.letter, &keys->till, env, error);
    }
  if (ok && language != NULL)
    keep_language (dir, language, env);
  quay_enrolled_clear (&enrolled);
  return ok;
}

static void
join_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  Job *job = data;
  if (quay_till_join (job->dir, job->url, job->ca, job->secret, job->language,
                      quay_till_system_env (), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
quay_till_join_async (const char *dir, const char *url, const char *ca, const char *secret,
                      const char *language, GAsyncReadyCallback callback, gpointer data)
{
  Job *job = g_new0 (Job, 1);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, data);
  job->dir = g_strdup (dir);
  job->url = g_strdup (url);
  job->ca = g_strdup (ca);
  job->secret = g_strdup (secret);
  job->language = g_strdup (language);
  g_task_set_task_data (task, job, free_job);
  g_task_run_in_thread (task, join_thread);
}

gboolean
quay_till_join_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
