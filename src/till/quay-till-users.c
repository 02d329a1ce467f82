/* Users and roles as the manager keeps them: what is typed → refusals, or one event. Thread: main,
 * and one that hashes a PIN. */
#include "quay-till-users.h"

#include "quay-pin.h"
#include "quay-till-facts.h"

#include "quay-error.h"
#include "quay-item-edit.h"
#include "quay-text.h"

#include <string.h>

#define NAME_CHARS 60
#define CODE_CHARS 20
#define LOCAL_RESET "people.reset" /* "code ms": of whom, when; until a manager has seen it */

/* A user on the way to the disk. */
typedef struct
{
  gboolean is_new;
  gboolean first; /* of the shop */
  char *code;
  char *pin; /* NULL: stays */
  GPtrArray *facts;
  GPtrArray *refusals;
} SaveOp;

static void
save_op_free (SaveOp *op)
{
  quay_pin_wipe (op->pin);
  g_free (op->code);
  g_clear_pointer (&op->facts, g_ptr_array_unref);
  g_clear_pointer (&op->refusals, g_ptr_array_unref);
  g_free (op);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SaveOp, save_op_free)

static void
refuse (SaveOp *op, const char *column, const char *code)
{
  g_ptr_array_add (op->refusals, quay_refusal_new (0, column, code));
}

static void
put_text (SaveOp *op, const char *field, const char *text)
{
  g_ptr_array_add (op->facts, quay_fact_new_text (field, text));
}

/* --- checking what was typed --- */

static gboolean
code_is_sound (const char *code)
{
  gsize len = strlen (code);
  return len > 0 && len <= CODE_CHARS &&
         strspn (code, "abcdefghijklmnopqrstuvwxyz0123456789.-") == len;
}

/* "Lò Thị Mai" → "lo-thi-mai", with a number if that is taken. */
static char *
code_of_name (QuayTill *till, const char *name)
{
  g_autofree char *code = quay_text_search_key (name);
  for (char *c = code; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c))
      *c = '-';
  code[MIN (strlen (code), CODE_CHARS - 4)] = '\0';
  if (quay_till_peek_user (till, code) == NULL)
    return g_steal_pointer (&code);
  for (guint n = 2;; n++)
    {
      char *numbered = g_strdup_printf ("%s-%u", code, n);
      if (quay_till_peek_user (till, numbered) == NULL)
        return numbered;
      g_free (numbered);
    }
}

static void
check_name (SaveOp *op, const char *typed)
{
  if (typed == NULL && !op->is_new)
    return;
  g_autofree char *name = g_strstrip (g_strdup (typed != NULL ? typed : ""));
  if (*name == '\0')
    refuse (op, "name", "empty");
  else if (!quay_text_check (name, -1, NAME_CHARS, NULL))
    refuse (op, "name", "text");
  else
    put_text (op, "name", name);
}

static void
check_code (QuayTill *till, SaveOp *op, const QuayUserEdit *edit)
{
  g_autofree char *code = g_strstrip (g_strdup (edit->code != NULL ? edit->code : ""));
  gboolean known = quay_till_peek_user (till, code) != NULL;
  if (op->is_new && *code == '\0' && op->refusals->len == 0)
    op->code = code_of_name (till, edit->name);
  else
    op->code = g_steal_pointer (&code);
  if (op->refusals->len > 0 && *op->code == '\0')
    return; /* a name that is refused gives no code */
  if (!op->is_new && !known)
    refuse (op, "code", "unknown-user");
  else if (op->is_new && known)
    refuse (op, "code", "taken-user");
  else if (op->is_new && !code_is_sound (op->code))
    refuse (op, "code", "text");
}

static void
check_born (QuayTill *till, SaveOp *op, const char *typed)
{
  QuayDay day;
  if (typed == NULL)
    return;
  g_autofree char *text = g_strstrip (g_strdup (typed));
  if (*text == '\0')
    g_ptr_array_add (op->facts, quay_fact_new_cleared ("born"));
  else if (!quay_day_from_text (text, &day) || day >= quay_till_day (till))
    refuse (op, "born", "day");
  else
    g_ptr_array_add (op->facts, quay_fact_new_number ("born", day));
}

static void
check_pin (SaveOp *op, const char *typed)
{
  gboolean none = typed == NULL || *typed == '\0';
  if (none && op->is_new)
    refuse (op, "pin", "empty");
  else if (!none && !quay_pin_is_sound (typed))
    refuse (op, "pin", "pin");
  else if (!none)
    op->pin = g_strdup (typed);
}

static gboolean
is_last_manager (QuayTill *till, const char *code)
{
  gboolean is = FALSE;
  for (guint i = 0; i < till->people.users->len; i++)
    {
      const QuayUser *user = till->people.users->pdata[i];
      if (!user->active || !user->has_pin || strcmp (user->role, "manager") != 0)
        continue;
      if (strcmp (user->code, code) != 0)
        return FALSE;
      is = TRUE;
    }
  return is;
}

static void
check_role (QuayTill *till, SaveOp *op, const char *role)
{
  if (role == NULL && !op->is_new)
    return;
  if (role == NULL || !g_strv_contains (quay_roles, role))
    refuse (op, "role", "range");
  else if (op->first && strcmp (role, "manager") != 0)
    refuse (op, "role", "first-manager");
  else if (!op->is_new && strcmp (role, "manager") != 0 && is_last_manager (till, op->code))
    refuse (op, "role", "last-manager");
  else
    put_text (op, "role", role);
}

static void
check_active (QuayTill *till, SaveOp *op, const char *typed)
{
  const char *active = typed != NULL ? typed : op->is_new ? "1" : NULL;
  if (active == NULL)
    return;
  gboolean on = strcmp (active, "1") == 0;
  if (!on && (op->first || (!op->is_new && is_last_manager (till, op->code))))
    refuse (op, "active", "last-manager");
  else
    g_ptr_array_add (op->facts, quay_fact_new_number ("active", on));
}

static SaveOp *
save_op_new (QuayTill *till, const QuayUserEdit *edit)
{
  SaveOp *op = g_new0 (SaveOp, 1);
  op->is_new = edit->is_new;
  op->first = !quay_till_has_users (till);
  op->facts = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_fact_free);
  op->refusals = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_refusal_free);
  check_name (op, edit->name);
  check_code (till, op, edit);
  check_role (till, op, edit->role);
  check_born (till, op, edit->born);
  check_pin (op, edit->pin);
  check_active (till, op, edit->active);
  return op;
}

/* --- writing --- */

static QuayEvent *
user_event (QuayTill *till, const char *code, GPtrArray **facts)
{
  QuayEvent *event = quay_till_event (till, QUAY_EVENT_USER, FALSE);
  QuayFacts *body = event->body;
  event->shift = QUAY_ID_NIL;
  body->code = g_strdup (code);
  body->facts = g_steal_pointer (facts);
  return event;
}

static gboolean
write_user (QuayTill *till, SaveOp *op, const char *hash, GError **error)
{
  if (op->pin != NULL && hash == NULL)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_IO, "no memory to hash the PIN");
      return FALSE;
    }
  if (hash != NULL)
    put_text (op, "pin", hash);
  if (op->facts->len == 0)
    return TRUE;
  QuayTxn *txn = quay_txn_new ();
  quay_txn_add (txn, user_event (till, op->code, &op->facts));
  if (hash != NULL)
    quay_till_forget_tries (txn, op->code);
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  if (done == NULL)
    return FALSE;
  quay_till_load_people (till);
  if (op->first)
    quay_till_take_user (till, op->code); /* whose PIN was typed just now */
  else
    quay_till_emit_user (till);
  return TRUE;
}

/* FALSE if nothing is to be written: refused, or denied. */
static gboolean
may_save (QuayTill *till, SaveOp *op, GError **error)
{
  return op->refusals->len == 0 && quay_till_check_reads (till, error) &&
         quay_till_require (till, QUAY_ACT_USERS, 0, error);
}

static gboolean
give_back (SaveOp *op, gboolean saved, char **code, GPtrArray **refusals)
{
  *refusals = op->refusals->len > 0 ? g_steal_pointer (&op->refusals) : NULL;
  if (code != NULL)
    *code = saved ? g_strdup (op->code) : NULL;
  return saved;
}

gboolean
quay_till_save_user (QuayTill *till, const QuayUserEdit *edit, char **code, GPtrArray **refusals,
                     GError **error)
{
  g_autoptr (SaveOp) op = save_op_new (till, edit);
  gboolean saved = FALSE;
  if (may_save (till, op, error))
    {
      g_autofree char *hash = op->pin != NULL ? quay_pin_hash (op->pin) : NULL;
      saved = write_user (till, op, hash, error);
    }
  return give_back (op, saved, code, refusals);
}

static void
hash_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const SaveOp *op = data;
  g_task_return_pointer (task, op->pin != NULL ? quay_pin_hash (op->pin) : NULL, g_free);
}

static void
hashed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  QuayTill *till = QUAY_TILL (source);
  g_autofree char *hash = g_task_propagate_pointer (G_TASK (result), NULL);
  if (till->store == NULL)
    g_task_return_new_error (task, QUAY_ERROR, QUAY_ERROR_REFUSED, "the shop was closed");
  else if (write_user (till, g_task_get_task_data (task), hash, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
quay_till_save_user_async (QuayTill *till, const QuayUserEdit *edit, GAsyncReadyCallback callback,
                           gpointer data)
{
  GError *error = NULL;
  SaveOp *op = save_op_new (till, edit);
  g_autoptr (GTask) task = g_task_new (till, NULL, callback, data);
  g_task_set_task_data (task, op, (GDestroyNotify)save_op_free);
  if (!may_save (till, op, &error))
    {
      if (error != NULL)
        g_task_return_error (task, error);
      else
        g_task_return_boolean (task, FALSE);
      return;
    }
  g_autoptr (GTask) hash = g_task_new (till, NULL, hashed_cb, g_object_ref (task));
  g_task_set_task_data (hash, op, NULL);
  g_task_run_in_thread (hash, hash_thread);
}

gboolean
quay_till_save_user_finish (QuayTill *till, GAsyncResult *result, char **code, GPtrArray **refusals,
                            GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, till), FALSE);
  SaveOp *op = g_task_get_task_data (G_TASK (result));
  gboolean saved = g_task_propagate_boolean (G_TASK (result), error);
  return give_back (op, saved, code, refusals);
}

/* --- the way back --- */

static gboolean
has_manager (QuayTill *till)
{
  for (guint i = 0; i < till->people.users->len; i++)
    {
      const QuayUser *user = till->people.users->pdata[i];
      if (user->active && strcmp (user->role, "manager") == 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
quay_till_reset_pin (QuayTill *till, const char *code, const char *pin, GError **error)
{
  const QuayUser *user = quay_till_peek_user (till, code);
  if (user == NULL)
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_NOT_FOUND, "no user '%s'", code);
      return FALSE;
    }
  if (!quay_pin_is_sound (pin))
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, "a PIN is 4 to 12 digits");
      return FALSE;
    }
  GPtrArray *facts = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_fact_free);
  g_autofree char *hash = quay_pin_hash (pin);
  g_autofree char *notice = g_strdup_printf ("%s %" G_GINT64_FORMAT, code, quay_till_now_ms (till));
  g_ptr_array_add (facts, quay_fact_new_text ("pin", hash != NULL ? hash : ""));
  if (!has_manager (till))
    {
      g_ptr_array_add (facts, quay_fact_new_text ("role", "manager"));
      g_ptr_array_add (facts, quay_fact_new_number ("active", 1));
    }
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *noted = quay_till_noted (till, till->user, "pin.reset", user->name, NULL);
  ((QuayAudit *)noted->body)->ref = g_strdup (code);
  quay_txn_add (txn, user_event (till, code, &facts));
  quay_txn_add (txn, noted);
  quay_till_forget_tries (txn, code);
  quay_txn_set_local (txn, LOCAL_RESET, notice);
  g_autoptr (QuayResult) done = quay_store_commit (till->store, txn, QUAY_LANE_COUNTER, error);
  if (done == NULL)
    return FALSE;
  quay_till_load_people (till);
  quay_till_emit_user (till);
  return TRUE;
}

char *
quay_till_reset_notice (QuayTill *till, gint64 *ts)
{
  g_autofree char *text = quay_reader_local (till->reader, LOCAL_RESET);
  char *space = text != NULL ? strchr (text, ' ') : NULL;
  if (space == NULL)
    return NULL;
  *ts = g_ascii_strtoll (space + 1, NULL, 10);
  return g_strndup (text, (gsize)(space - text));
}

gboolean
quay_till_reset_seen (QuayTill *till, GError **error)
{
  if (!quay_till_require (till, QUAY_ACT_USERS, 0, error))
    return FALSE;
  QuayTxn *txn = quay_txn_new ();
  quay_txn_set_local (txn, LOCAL_RESET, NULL);
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  if (done != NULL)
    quay_till_emit_user (till);
  return done != NULL;
}

/* --- roles --- */

gboolean
quay_till_set_role_limit (QuayTill *till, const char *role, QuayAct act, gint64 limit,
                          GError **error)
{
  if (quay_role_is_fixed (role, act))
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_REFUSED, "this right can't be changed");
      return FALSE;
    }
  if (!quay_limit_is_sound (act, limit))
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, "the limit is out of range");
      return FALSE;
    }
  QuayTxn *txn = quay_txn_new ();
  QuayEvent *event = quay_till_event (till, QUAY_EVENT_ROLE, FALSE);
  QuayFacts *body = event->body;
  event->shift = QUAY_ID_NIL;
  body->code = g_strdup (role);
  body->facts = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_fact_free);
  g_ptr_array_add (body->facts,
                   quay_fact_new_number (quay_act_name (act), limit == QUAY_NO_LIMIT ? -1 : limit));
  quay_txn_add (txn, event);
  g_autoptr (QuayResult) done = quay_till_commit (till, txn, error);
  if (done == NULL)
    return FALSE;
  quay_till_load_people (till);
  quay_till_emit_user (till);
  return TRUE;
}
