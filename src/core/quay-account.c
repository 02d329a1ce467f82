/* Making and freeing settlements, entries, orders. Pure. */
#include "quay-account.h"

static void
settled_lot_free (gpointer data)
{
  QuaySettledLot *lot = data;
  g_free (lot->sku);
  g_free (lot->name);
  g_free (lot->unit);
  g_free (lot);
}

QuaySettled *
quay_settled_new (void)
{
  QuaySettled *settled = g_new0 (QuaySettled, 1);
  settled->lots = g_ptr_array_new_with_free_func (settled_lot_free);
  return settled;
}

void
quay_settled_free (QuaySettled *settled)
{
  if (settled == NULL)
    return;
  g_clear_pointer (&settled->lots, g_ptr_array_unref);
  g_free (settled->number);
  g_free (settled->name);
  g_free (settled->note);
  g_free (settled);
}

QuayEntry *
quay_entry_new (void)
{
  return g_new0 (QuayEntry, 1);
}

void
quay_entry_free (QuayEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->number);
  g_free (entry->name);
  g_free (entry->kind);
  g_free (entry->ref);
  g_free (entry->why);
  g_free (entry);
}

QuayOrder *
quay_order_new (void)
{
  QuayOrder *order = g_new0 (QuayOrder, 1);
  order->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_line_free);
  return order;
}

void
quay_order_free (QuayOrder *order)
{
  if (order == NULL)
    return;
  g_clear_pointer (&order->lines, g_ptr_array_unref);
  g_free (order->number);
  g_free (order->buyer);
  g_free (order->ref);
  g_free (order->note);
  g_free (order);
}
