/* Producers, settlements, tax codes. Pure; any thread. */
#include "quay-partner.h"

#include <string.h>

QuayPartner *
quay_partner_new (void)
{
  QuayPartner *partner = g_new0 (QuayPartner, 1);
  partner->member = -1;
  return partner;
}

void
quay_partner_free (QuayPartner *partner)
{
  if (partner == NULL)
    return;
  char *texts[] = { partner->code,    partner->name,   partner->kind,     partner->commune,
                    partner->address, partner->bank,   partner->tax_code, partner->phone,
                    partner->account, partner->holder, partner->contract, partner->note };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_free (partner);
}

void
quay_entry_record_free (QuayEntryRecord *record)
{
  if (record == NULL)
    return;
  g_free (record->kind);
  g_free (record->number);
  g_free (record->doc_number);
  g_free (record->who);
  g_free (record->why);
  g_free (record);
}

QuaySettledRecord *
quay_settled_record_new (void)
{
  QuaySettledRecord *record = g_new0 (QuaySettledRecord, 1);
  record->settled = quay_settled_new ();
  return record;
}

void
quay_settled_record_free (QuaySettledRecord *record)
{
  if (record == NULL)
    return;
  g_free (record->who);
  quay_settled_free (record->settled);
  g_free (record);
}

QuayQty
quay_settled_lot_closing (const QuaySettledLot *lot)
{
  return QUAY_MILLI (lot->opening.milli + lot->in.milli - lot->sold.milli - lot->back.milli -
                     lot->loss.milli - lot->waste.milli);
}

gboolean
quay_settled_lot_moved (const QuaySettledLot *lot)
{
  return lot->in.milli != 0 || lot->sold.milli != 0 || lot->back.milli != 0 ||
         lot->loss.milli != 0 || lot->waste.milli != 0 || lot->amount.dong != 0 ||
         lot->cost.dong != 0;
}

gboolean
quay_settled_sum (QuaySettled *settled)
{
  settled->amount = settled->cost = QUAY_DONG (0);
  for (guint i = 0; i < settled->lots->len; i++)
    {
      const QuaySettledLot *lot = settled->lots->pdata[i];
      if (!quay_money_add (settled->amount, lot->amount, &settled->amount) ||
          !quay_money_add (settled->cost, lot->cost, &settled->cost))
        return FALSE;
    }
  return TRUE;
}

static gboolean
lots_equal (const QuaySettledLot *a, const QuaySettledLot *b)
{
  return quay_id_equal (&a->lot, &b->lot) && a->opening.milli == b->opening.milli &&
         a->in.milli == b->in.milli && a->sold.milli == b->sold.milli &&
         a->back.milli == b->back.milli && a->loss.milli == b->loss.milli &&
         a->waste.milli == b->waste.milli && a->amount.dong == b->amount.dong &&
         a->cost.dong == b->cost.dong;
}

gboolean
quay_settled_equal (const QuaySettled *a, const QuaySettled *b)
{
  if (a->lots->len != b->lots->len)
    return FALSE;
  for (guint i = 0; i < a->lots->len; i++)
    if (!lots_equal (a->lots->pdata[i], b->lots->pdata[i]))
      return FALSE;
  return TRUE;
}

gboolean
quay_tax_code_is_sound (const char *text)
{
  gsize len = strlen (text);
  gsize digits = strspn (text, "0123456789");
  if (digits == len)
    return len == 10 || len == 12 || len == 13;
  return len == 14 && digits == 10 && text[10] == '-' && strspn (text + 11, "0123456789") == 3;
}
