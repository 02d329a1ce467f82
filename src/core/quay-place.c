/* Places and fairs as values. */
#include "quay-place.h"

#define NOTICE_DAYS 3 /* working days */

void
quay_place_free (QuayPlace *place)
{
  if (place == NULL)
    return;
  g_free (place->name);
  g_free (place->kind);
  g_free (place);
}

void
quay_place_row_free (QuayPlaceRow *row)
{
  if (row == NULL)
    return;
  g_free (row->sku);
  g_free (row->name);
  g_free (row->unit);
  g_free (row->code);
  g_free (row);
}

QuayFair *
quay_fair_new (void)
{
  QuayFair *fair = g_new0 (QuayFair, 1);
  fair->back = QUAY_FAIR_BACK_DAYS;
  return fair;
}

void
quay_fair_free (QuayFair *fair)
{
  if (fair == NULL)
    return;
  g_free (fair->name);
  g_free (fair->organiser);
  g_free (fair->commune);
  g_free (fair->where);
  g_free (fair->notice);
  g_free (fair->remark);
  g_free (fair);
}

QuayFairState
quay_fair_state (const QuayFair *fair, QuayDay today)
{
  if (fair->closed != 0)
    return QUAY_FAIR_CLOSED;
  if (today < fair->from)
    return QUAY_FAIR_PLANNED;
  return today <= fair->to ? QUAY_FAIR_RUNNING : QUAY_FAIR_TO_RETURN;
}

QuayDay
quay_fair_notice_due (QuayDay first, const QuayDay *holidays, guint n_holidays)
{
  return quay_day_add_working (first, -NOTICE_DAYS, holidays, n_holidays);
}

gboolean
quay_fair_lacks_notice (const QuayFair *fair)
{
  return fair->notice_day == 0 || fair->notice_day > fair->due;
}

QuayDay
quay_fair_back_until (const QuayFair *fair)
{
  return quay_day_add (fair->to, (int)fair->back);
}

void
quay_fair_row_free (QuayFairRow *row)
{
  if (row == NULL)
    return;
  g_free (row->sku);
  g_free (row->name);
  g_free (row->unit);
  g_free (row->producer_name);
  g_free (row);
}
