/* Lines and balances that somebody should look at. */
#include "quay-attention.h"

void
quay_open_line_free (QuayOpenLine *line)
{
  if (line == NULL)
    return;
  g_free (line->number);
  g_free (line->who);
  g_free (line);
}

QuayAssignKind
quay_open_line_fate (const QuayOpenLine *open, const QuayTerms *terms)
{
  gboolean spoilt = open->kind == QUAY_ASSIGN_LOST || open->kind == QUAY_ASSIGN_WASTE;
  if (open->of_sale || !spoilt)
    return open->kind;
  return open->bearer && (terms == NULL || quay_terms_are_consigned (terms)) ? QUAY_ASSIGN_WASTE
                                                                             : QUAY_ASSIGN_LOST;
}

void
quay_attention_free (QuayAttention *attention)
{
  if (attention == NULL)
    return;
  g_free (attention->name);
  g_free (attention->sku);
  g_free (attention->unit);
  g_free (attention->code);
  g_free (attention->place);
  g_free (attention);
}
