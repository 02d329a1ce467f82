/* What is read back of a shift. */
#include "quay-shift.h"

#include <string.h>

static const char *const line_names[QUAY_N_CASH_LINES] = {
  [QUAY_CASH_FLOAT] = "float",       [QUAY_CASH_SALES] = "sales", [QUAY_CASH_REFUNDS] = "refunds",
  [QUAY_CASH_FIXED] = "fixed",       [QUAY_CASH_DEBTS] = "debts", [QUAY_CASH_PAYOUTS] = "payouts",
  [QUAY_CASH_DEPOSITS] = "deposits", [QUAY_CASH_PUT_IN] = "in",   [QUAY_CASH_TAKEN] = "out",
  [QUAY_CASH_BANK] = "bank",         [QUAY_CASH_SAFE] = "safe",
};

const char *
quay_cash_line_name (QuayCashLine line)
{
  return (guint)line < QUAY_N_CASH_LINES ? line_names[line] : NULL;
}

QuayCashLine
quay_cash_line_of (const char *kind, gboolean account, QuayMoney amount)
{
  static const struct
  {
    const char *kind;
    QuayCashLine line;
  } kinds[] = {
    { "bank", QUAY_CASH_BANK },
    { "safe", QUAY_CASH_SAFE },
    { "debt", QUAY_CASH_DEBTS },
    { "deposit", QUAY_CASH_DEPOSITS },
  };
  for (guint i = 0; kind != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kind, kinds[i].kind) == 0)
      return kinds[i].line;
  if (account)
    return QUAY_CASH_PAYOUTS;
  return amount.dong < 0 ? QUAY_CASH_TAKEN : QUAY_CASH_PUT_IN;
}

gboolean
quay_cash_kind_is_known (const char *kind)
{
  return kind == NULL || strcmp (kind, "bank") == 0 || strcmp (kind, "safe") == 0;
}

void
quay_cash_record_free (QuayCashRecord *record)
{
  if (record == NULL)
    return;
  g_free (record->number);
  g_free (record->who);
  g_free (record->why);
  g_free (record->party);
  g_free (record->approver);
  g_free (record);
}

void
quay_unseen_free (QuayUnseen *unseen)
{
  if (unseen == NULL)
    return;
  g_free (unseen->number);
  g_free (unseen->ref);
  g_free (unseen);
}

void
quay_unsent_free (QuayUnsent *unsent)
{
  if (unsent == NULL)
    return;
  g_free (unsent->number);
  g_free (unsent);
}

void
quay_shift_free (QuayShift *shift)
{
  if (shift == NULL)
    return;
  g_free (shift->number);
  g_free (shift->who);
  g_free (shift->opening_notes);
  g_free (shift->closer);
  g_free (shift->why);
  g_free (shift->notes);
  g_free (shift->approver);
  g_free (shift->note);
  quay_report_free (shift->figures);
  g_clear_pointer (&shift->moves, g_ptr_array_unref);
  g_clear_pointer (&shift->unseen, g_ptr_array_unref);
  g_clear_pointer (&shift->unsent, g_ptr_array_unref);
  g_free (shift);
}

QuayMoney
quay_shift_sum (const QuayShift *shift)
{
  QuayMoney sum = QUAY_DONG (0);
  for (guint i = 0; i < QUAY_N_CASH_LINES; i++)
    sum.dong += shift->lines[i].dong;
  return sum;
}

void
quay_shift_forget_unsent (QuayShift *shift)
{
  shift->n_unsent = shift->unsent_since = 0;
  g_clear_pointer (&shift->unsent, g_ptr_array_unref);
}

/* What was paid in cash, and sums from which it follows by what was paid otherwise. */
static void
hide_figures (QuayReport *figures)
{
  figures->total = figures->vat = figures->refunded = QUAY_DONG (0);
  for (guint i = figures->tenders != NULL ? figures->tenders->len : 0; i > 0; i--)
    {
      const QuayReportRow *row = figures->tenders->pdata[i - 1];
      gint64 tender = quay_tender_from_name (row->key);
      if (tender == QUAY_TENDER_CASH || tender == QUAY_TENDER_ROUNDING)
        g_ptr_array_remove_index (figures->tenders, i - 1);
    }
  g_clear_pointer (&figures->rates, g_ptr_array_unref);
}

void
quay_shift_hide (QuayShift *shift)
{
  shift->blind = TRUE;
  shift->drawer = shift->expected = shift->rounding = QUAY_DONG (0);
  shift->lines[QUAY_CASH_SALES] = shift->lines[QUAY_CASH_REFUNDS] = shift->lines[QUAY_CASH_FIXED] =
      QUAY_DONG (0);
  g_clear_pointer (&shift->unsent, g_ptr_array_unref);
  if (shift->figures != NULL)
    hide_figures (shift->figures);
}
