/* The check of what stands: a chain in one piece from its first record to its last, whatever was
 * superseded on the way. */
#include "quay-log.h"
#include "quay-verify.h"

#include <string.h>

static gboolean
refuse_branch (QuayVerdict *verdict, const QuayChain *branch, guint64 seq, const char *why)
{
  return quay_verdict_refuse (verdict, "chain %s%s (%d) at record %" G_GUINT64_FORMAT ": %s",
                              branch->code, branch->letter, branch->no, seq, why);
}

/* What can be seen in the row and the branch's own last record. */
static gboolean
check_branch (QuayDb *db, const QuayChain *branch, QuayVerdict *verdict, GError **error)
{
  guint64 last;
  QuayHash hash;
  if (!quay_log_head (db, branch->no, &last, &hash, error))
    return FALSE;
  if (last < branch->first)
    return refuse_branch (verdict, branch, branch->first, "has no records");
  if ((branch->first == 1) != (branch->follows == 0) ||
      (branch->first > 1 && QUAY_POS_SEQ (branch->follows) != branch->first - 1))
    return refuse_branch (verdict, branch, branch->first, "does not follow the record before it");
  if (branch->superseded != 0 &&
      (branch->superseded < branch->first || branch->superseded > last + 1))
    return refuse_branch (verdict, branch, branch->superseded, "is superseded where it is not");
  if (branch->mine && (branch->superseded != 0 || branch->first != 1 || !branch->here))
    return refuse_branch (verdict, branch, branch->first, "can't be appended to");
  return TRUE;
}

/* Branches of one chain are alike in all that names it. */
static gboolean
check_names (const QuayChain *branch, const QuayChain *chain, QuayVerdict *verdict)
{
  if (!quay_id_equal (&branch->till, &chain->till) || strcmp (branch->code, chain->code) != 0 ||
      strcmp (branch->letter, chain->letter) != 0 || branch->acked != chain->acked)
    return refuse_branch (verdict, branch, branch->first, "is not like the rest of its chain");
  return TRUE;
}

/* The branches that @seq stands in. */
static guint
count_standing (GArray *chains, const QuayId *id, guint64 seq)
{
  guint n = 0;
  for (guint i = 0; i < chains->len; i++)
    {
      const QuayChain *branch = &g_array_index (chains, QuayChain, i);
      n += quay_id_equal (&branch->id, id) && seq >= branch->first &&
           (branch->superseded == 0 || seq < branch->superseded);
    }
  return n;
}

/* One branch at each seq up to the end, and each that begins on the way follows what stands before
 * it. */
static gboolean
check_standing (QuayDb *db, GArray *chains, const QuayChain *chain, QuayVerdict *verdict,
                GError **error)
{
  guint64 end;
  QuayHash head;
  if (!quay_log_end (db, chains, &chain->id, &end, &head, error))
    return FALSE;
  for (guint64 seq = 1; seq <= end;)
    {
      const QuayChain *branch = quay_log_branch_at (chains, &chain->id, seq);
      if (branch == NULL || count_standing (chains, &chain->id, seq) != 1)
        return refuse_branch (verdict, chain, seq, "does not stand once");
      const QuayChain *before = quay_log_branch_at (chains, &chain->id, seq - 1);
      if (before != NULL && branch->follows != QUAY_POS (before->no, seq - 1))
        return refuse_branch (verdict, chain, seq, "does not follow what stands before it");
      seq = branch->superseded != 0 ? branch->superseded : end + 1;
    }
  if (count_standing (chains, &chain->id, end + 1) > 1)
    return refuse_branch (verdict, chain, end + 1, "has two ends");
  return chain->acked <= end || refuse_branch (verdict, chain, chain->acked, "is acknowledged");
}

gboolean
quay_verify_branches (QuayDb *db, GArray *chains, QuayVerdict *verdict, GError **error)
{
  guint mine = 0;
  for (guint i = 0; i < chains->len; i++)
    {
      const QuayChain *branch = &g_array_index (chains, QuayChain, i);
      const QuayChain *chain = quay_log_by_id (chains, &branch->id);
      mine += branch->mine ? 1 : 0;
      if (!check_branch (db, branch, verdict, error) || !check_names (branch, chain, verdict) ||
          (branch == chain && !check_standing (db, chains, chain, verdict, error)))
        return FALSE;
    }
  return mine == 1 || quay_verdict_refuse (verdict, "%u chains are appended to", mine);
}
