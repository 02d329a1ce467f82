/* Which observations of a count are taken. */
#include "quay-count.h"

void
quay_count_free (QuayCount *count)
{
  if (count == NULL)
    return;
  g_free (count->name);
  g_free (count->scope);
  g_free (count->loc_name);
  g_free (count);
}

void
quay_observation_free (QuayObservation *observation)
{
  if (observation == NULL)
    return;
  g_free (observation->who);
  g_free (observation);
}

QuayCountLine *
quay_count_line_new (void)
{
  QuayCountLine *line = g_new0 (QuayCountLine, 1);
  line->observations = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_observation_free);
  line->picked = -1;
  return line;
}

void
quay_count_line_free (QuayCountLine *line)
{
  if (line == NULL)
    return;
  g_free (line->sku);
  g_free (line->name);
  g_free (line->unit);
  g_free (line->lot_code);
  g_ptr_array_unref (line->observations);
  g_free (line);
}

gint64
quay_count_line_seen (const QuayCountLine *line)
{
  return line->picked < 0 ? 0 : ((QuayObservation *)line->observations->pdata[line->picked])->seen;
}

/* --- choosing --- */

static const QuayCountPick *
find_pick (const QuayCountLine *line, GPtrArray *picks)
{
  for (guint i = 0; i < picks->len; i++)
    {
      const QuayCountPick *pick = picks->pdata[i];
      if (quay_id_equal (&pick->product, &line->product) && pick->whole == line->whole &&
          quay_id_equal (&pick->lot, &line->lot))
        return pick;
    }
  return NULL;
}

/* Takes the observation that was chosen, or the latest. TRUE if somebody chose one. */
static gboolean
take (QuayCountLine *line, GPtrArray *picks)
{
  const QuayCountPick *pick = find_pick (line, picks);
  line->picked = (int)line->observations->len - 1;
  line->counts = line->picked >= 0 && (pick == NULL || pick->seen != 0);
  line->clash = FALSE;
  for (guint i = 0; pick != NULL && i < line->observations->len; i++)
    if (((QuayObservation *)line->observations->pdata[i])->seen == pick->seen)
      line->picked = (int)i;
  line->found = line->picked >= 0
                    ? ((QuayObservation *)line->observations->pdata[line->picked])->qty
                    : QUAY_MILLI (0);
  return line->counts && pick != NULL;
}

/* A product's two ways of being counted. */
typedef struct
{
  gint64 seen[2]; /* latest: by lots, whole; 0: not counted so */
  gboolean chosen[2];
} Ways;

static Ways *
need_ways (GHashTable *all, const QuayId *product)
{
  Ways *ways = g_hash_table_lookup (all, product);
  if (ways == NULL)
    {
      ways = g_new0 (Ways, 1);
      g_hash_table_insert (all, g_memdup2 (product, sizeof *product), ways);
    }
  return ways;
}

gboolean
quay_count_choose (GPtrArray *lines, GPtrArray *picks)
{
  gboolean sound = TRUE;
  g_autoptr (GHashTable) all =
      g_hash_table_new_full (quay_id_hash, quay_id_equal_ptr, g_free, g_free);
  for (guint i = 0; i < lines->len; i++)
    {
      QuayCountLine *line = lines->pdata[i];
      gboolean chosen = take (line, picks);
      Ways *ways = need_ways (all, &line->product);
      int way = line->whole ? 1 : 0;
      if (!line->counts)
        continue;
      ways->seen[way] = MAX (ways->seen[way], quay_count_line_seen (line));
      ways->chosen[way] |= chosen;
    }
  for (guint i = 0; i < lines->len; i++)
    {
      QuayCountLine *line = lines->pdata[i];
      const Ways *ways = need_ways (all, &line->product);
      gboolean both = ways->chosen[0] && ways->chosen[1];
      gboolean whole = ways->chosen[1] || (!ways->chosen[0] && ways->seen[1] >= ways->seen[0]);
      line->clash = ways->seen[0] != 0 && ways->seen[1] != 0;
      if (line->clash && !both && line->whole != whole)
        line->counts = FALSE;
      sound = sound && !(line->clash && both);
    }
  return sound;
}
