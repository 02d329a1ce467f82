/* Signing in and out, acting for one command, a second person's word. A PIN is compared on a
 * thread; what follows from it is done on the main one. */
#include "quay-till-sign.h"

#include "quay-pin.h"
#include "quay-till-private.h"

#include "quay-error.h"

#include <string.h>

#define WHY_MAX 70

/* One PIN under way: what it is for. */
typedef enum
{
  FOR_SIGN_IN,
  FOR_APPROVAL,
} Purpose;

typedef struct
{
  Purpose purpose;
  char *code;
  char *pin;
  char *hash;
  QuayAct act;
  gint64 amount;
  char *why;
  char *to; /* who worked when the word was asked for */
} PinOp;

static void
pin_op_free (PinOp *op)
{
  quay_pin_wipe (op->pin);
  g_free (op->code);
  g_free (op->hash);
  g_free (op->why);
  g_free (op->to);
  g_free (op);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PinOp, pin_op_free)

static PinOp *
pin_op_new (Purpose purpose, const char *code, const char *pin)
{
  PinOp *op = g_new0 (PinOp, 1);
  op->purpose = purpose;
  op->code = g_strdup (code);
  op->pin = g_strdup (pin);
  return op;
}

static gboolean
refuse (const char *why, GError **error)
{
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_REFUSED, why);
  return FALSE;
}

/* --- signing in --- */

void
quay_till_take_user (QuayTill *till, const char *code)
{
  char *taken = g_strdup (code);
  g_free (till->user);
  till->user = taken;
  till->people.signed_in = TRUE;
  till->denied.is = FALSE;
  quay_till_emit_user (till);
}

static gboolean
sign_in (QuayTill *till, const char *code, GError **error)
{
  const QuayUser *user = quay_till_peek_user (till, code);
  if (!quay_till_cart_is_free (till, error))
    return FALSE;
  if (user == NULL || !user->active)
    return refuse ("the user was taken off", error);
  quay_till_flush_cart (till, NULL); /* what was taken off it is still of who works */
  QuayTxn *txn = quay_txn_new ();
  if (till->people.signed_in && strcmp (till->user, code) != 0)
    quay_txn_add (txn, quay_till_noted (till, till->user, "logout",
                                        quay_till_user_name (till, till->user), NULL));
  quay_txn_add (txn, quay_till_noted (till, code, "login", user->name, NULL));
  g_autoptr (QuayResult) done = quay_store_commit (till->store, txn, QUAY_LANE_COUNTER, error);
  if (done == NULL)
    return FALSE;
  g_ptr_array_set_size (till->leaves, 0);
  quay_till_take_user (till, code);
  return TRUE;
}

void
quay_till_lock (QuayTill *till, gboolean idle)
{
  if (!till->people.signed_in || till->store == NULL)
    return;
  QuayTxn *txn = quay_txn_new ();
  quay_txn_add (txn,
                quay_till_noted (till, till->user, "logout", quay_till_user_name (till, till->user),
                                 idle ? "idle" : NULL));
  quay_till_commit_quietly (till, txn, QUAY_LANE_COUNTER);
  g_ptr_array_set_size (till->leaves, 0);
  till->people.signed_in = FALSE;
  till->denied.is = FALSE;
  quay_till_emit_user (till);
}

/* --- a second person's word --- */

static gboolean
may_ask (QuayTill *till, const PinOp *op, GError **error)
{
  if (!till->people.signed_in)
    return refuse ("nobody is signed in", error);
  if (strcmp (till->user, op->code) == 0)
    return refuse ("the second person must be another", error);
  return quay_till_check_text (op->why, WHY_MAX, error);
}

/* The right of the second person is looked at after their PIN. */
static gboolean
approve (QuayTill *till, const PinOp *op, GError **error)
{
  gint64 limit = quay_till_limit_of (till, op->code, op->act);
  if (!till->people.signed_in || strcmp (till->user, op->to) != 0)
    return refuse ("another works now", error);
  if (limit <= 0 || op->amount > limit)
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_DENIED, "'%s' may not allow this: %s", op->code,
                   quay_act_name (op->act));
      return FALSE;
    }
  quay_till_add_leave (till, op->act, op->amount, op->code, op->why);
  return TRUE;
}

GPtrArray *
quay_till_approvers (QuayTill *till, QuayAct act, gint64 amount)
{
  GPtrArray *users = quay_till_users (till);
  for (guint i = users->len; i-- > 0;)
    {
      const QuayUser *user = users->pdata[i];
      gint64 limit = quay_till_limit_for (till, user, act);
      if (!user->has_pin || limit <= 0 || amount > limit || strcmp (user->code, till->user) == 0)
        g_ptr_array_remove_index (users, i);
    }
  return users;
}

/* --- a PIN and what follows --- */

static gboolean
finish_op (QuayTill *till, const PinOp *op, gboolean right, GError **error)
{
  if (till->store == NULL)
    return refuse ("the shop was closed", error);
  if (!quay_till_end_try (till, op->code, right, error))
    return FALSE;
  return op->purpose == FOR_SIGN_IN ? sign_in (till, op->code, error) : approve (till, op, error);
}

static gboolean
begin_op (QuayTill *till, PinOp *op, GError **error)
{
  if (op->purpose == FOR_APPROVAL && !may_ask (till, op, error))
    return FALSE;
  op->to = g_strdup (till->user);
  return quay_till_begin_try (till, op->code, &op->hash, error);
}

static void
match_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const PinOp *op = data;
  g_task_return_boolean (task, quay_pin_matches (op->hash, op->pin));
}

static void
matched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  gboolean right = g_task_propagate_boolean (G_TASK (result), NULL);
  if (finish_op (QUAY_TILL (source), g_task_get_task_data (task), right, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
run_async (QuayTill *till, PinOp *op, GAsyncReadyCallback callback, gpointer data)
{
  GError *error = NULL;
  g_autoptr (GTask) task = g_task_new (till, NULL, callback, data);
  g_task_set_task_data (task, op, (GDestroyNotify)pin_op_free);
  if (!begin_op (till, op, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_autoptr (GTask) match = g_task_new (till, NULL, matched_cb, g_object_ref (task));
  g_task_set_task_data (match, op, NULL);
  g_task_run_in_thread (match, match_thread);
}

static gboolean
run_and_wait (QuayTill *till, PinOp *op, GError **error)
{
  return begin_op (till, op, error) &&
         finish_op (till, op, quay_pin_matches (op->hash, op->pin), error);
}

/* --- the verbs --- */

gboolean
quay_till_sign_in (QuayTill *till, const char *code, const char *pin, GError **error)
{
  g_autoptr (PinOp) op = pin_op_new (FOR_SIGN_IN, code, pin);
  return run_and_wait (till, op, error);
}

void
quay_till_sign_in_async (QuayTill *till, const char *code, const char *pin,
                         GAsyncReadyCallback callback, gpointer data)
{
  run_async (till, pin_op_new (FOR_SIGN_IN, code, pin), callback, data);
}

gboolean
quay_till_sign_in_finish (QuayTill *till, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, till), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static PinOp *
approval_new (QuayAct act, gint64 amount, const char *code, const char *pin, const char *why)
{
  PinOp *op = pin_op_new (FOR_APPROVAL, code, pin);
  op->act = act;
  op->amount = amount;
  op->why = g_strdup (why);
  return op;
}

gboolean
quay_till_approve (QuayTill *till, QuayAct act, gint64 amount, const char *code, const char *pin,
                   const char *why, GError **error)
{
  g_autoptr (PinOp) op = approval_new (act, amount, code, pin, why);
  return run_and_wait (till, op, error);
}

void
quay_till_approve_async (QuayTill *till, QuayAct act, gint64 amount, const char *code,
                         const char *pin, const char *why, GAsyncReadyCallback callback,
                         gpointer data)
{
  run_async (till, approval_new (act, amount, code, pin, why), callback, data);
}

gboolean
quay_till_approve_finish (QuayTill *till, GAsyncResult *result, GError **error)
{
  return quay_till_sign_in_finish (till, result, error);
}

/* --- for one command --- */

gboolean
quay_till_act_as (QuayTill *till, const char *code, const char *pin, GError **error)
{
  g_autofree char *hash = NULL;
  g_return_val_if_fail (!till->people.aside.is, FALSE);
  if (!quay_till_cart_is_free (till, error) || !quay_till_begin_try (till, code, &hash, error) ||
      !quay_till_end_try (till, code, quay_pin_matches (hash, pin), error))
    return FALSE;
  till->people.aside.is = TRUE;
  till->people.aside.signed_in = till->people.signed_in;
  till->people.aside.user = g_steal_pointer (&till->user);
  till->user = g_strdup (code);
  till->people.signed_in = TRUE;
  return TRUE;
}

void
quay_till_act_no_more (QuayTill *till)
{
  if (!till->people.aside.is)
    return;
  const QuayUser *back = quay_till_peek_user (till, till->people.aside.user);
  g_free (till->user);
  till->user = g_steal_pointer (&till->people.aside.user);
  till->people.signed_in = till->people.aside.signed_in && back != NULL && back->active;
  till->people.aside.is = FALSE;
  till->denied.is = FALSE;
}
