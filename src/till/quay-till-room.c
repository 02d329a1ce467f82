/* A full disk: nothing is sold, everything that ends a day still works. Asked of the system each
 * time; the signal tells when the answer changes. Thread: main. */
#include "quay-till-private.h"

#include "quay-error.h"

#define LOOK_S 5 /* how soon it is seen that there is room again */

static gboolean
look_cb (gpointer data)
{
  quay_till_has_room (data); /* takes the source away if there is room */
  return G_SOURCE_CONTINUE;
}

gboolean
quay_till_has_room (QuayTill *till)
{
  gboolean room = till->store == NULL || quay_store_has_room (till->store);
  if (room == !till->short_of_room)
    return room;
  till->short_of_room = !room;
  g_clear_handle_id (&till->room_source, g_source_remove);
  if (!room)
    till->room_source = g_timeout_add_seconds (LOOK_S, look_cb, till);
  quay_till_emit_room (till, room);
  return room;
}

gboolean
quay_till_need_room (QuayTill *till, GError **error)
{
  gboolean room = quay_till_has_room (till);
  if (!room)
    g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_FULL,
                         "the disk is full: nothing is sold until there is room");
  return room;
}
