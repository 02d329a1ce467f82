/* Training: making and dropping the copy, and working in it. Thread: main. */
#include "quay-till-training.h"

#include "quay-error.h"
#include "quay-till-private.h"
#include "quay-till-view.h"
#include "quay-training.h"

#define FOLDER "training"

char *
quay_till_training_dir (const char *dir)
{
  return g_build_filename (dir, FOLDER, NULL);
}

char *
quay_till_make_training (QuayTill *till, GError **error)
{
  g_autofree char *dir = quay_till_training_dir (till->dir);
  if (quay_till_is_locked (till))
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_DENIED, "nobody is signed in");
      return NULL;
    }
  if (!quay_till_flush_cart (till, error) ||
      !quay_store_make_training (till->store, dir, till->user, error))
    return NULL;
  return g_steal_pointer (&dir);
}

gboolean
quay_till_drop_training (const char *dir)
{
  g_autofree char *training = quay_till_training_dir (dir);
  return quay_store_drop_training (training);
}

gboolean
quay_till_is_training (QuayTill *till)
{
  return till->store != NULL && quay_store_is_training (till->store);
}

gboolean
quay_till_need_real (QuayTill *till, GError **error)
{
  if (quay_till_is_view (till))
    return quay_till_refuse_view (till, error);
  return quay_store_need_real (till->store, error);
}

void
quay_till_begin_training (QuayTill *till)
{
  g_autofree char *who = quay_reader_local (till->reader, QUAY_LOCAL_TRAINING);
  if (!quay_till_is_training (till) || who == NULL || *who == '\0')
    return;
  g_free (till->user);
  till->user = g_steal_pointer (&who);
  const QuayUser *user = quay_till_peek_user (till, till->user);
  till->people.signed_in = user != NULL && user->active;
}
