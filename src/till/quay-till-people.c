/* Who works and what their role allows. Thread: main. */
#include "quay-till-private.h"

#include "quay-till-people.h"

gint64
quay_till_limit (QuayTill *till, QuayAct act)
{
  return QUAY_NO_LIMIT;
}
