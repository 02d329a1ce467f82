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
