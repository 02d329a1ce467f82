/* Looking at a shop. Thread: main. */
#include "quay-till-view.h"

#include "quay-error.h"
#include "quay-till-private.h"
#include "quay-view.h"

QuayTill *
quay_till_open_view (const char *path, const char *dir, GError **error)
{
  if (!quay_store_make_view (path, dir, error))
    return NULL;
  QuayTill *till = quay_till_open (dir, NULL, error);
  if (till == NULL)
    quay_store_drop_view (dir);
  return till;
}

gboolean
quay_till_drop_view (const char *dir)
{
  return quay_store_drop_view (dir);
}

gboolean
quay_till_is_view (QuayTill *till)
{
  return till->store != NULL && quay_store_is_view (till->store);
}

gint64
quay_till_view_as_of (QuayTill *till)
{
  return quay_store_last_ms (till->store);
}

gint64
quay_till_view_limit (QuayAct act)
{
  return act == QUAY_ACT_AUDIT || act == QUAY_ACT_REPORT || act == QUAY_ACT_EXPECTED ? QUAY_NO_LIMIT
                                                                                     : 0;
}

gboolean
quay_till_refuse_view (QuayTill *till, GError **error)
{
  g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_DENIED, "this is only looked at");
  quay_till_emit_denied (till);
  return FALSE;
}
