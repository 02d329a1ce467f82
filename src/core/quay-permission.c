/* Acts, and what the roles of every shop may do. */
#include "quay-permission.h"

#include "quay-money.h"

#define ALL QUAY_NO_LIMIT

const char *const quay_roles[] = { "manager", "cashier", "keeper", "auditor", NULL };

static const struct
{
  const char *name;
  gboolean limit;
  gint64 cashier;
  gint64 keeper;
  gint64 auditor;
} acts[QUAY_N_ACTS] = {
  [QUAY_ACT_SELL] = { "sell", FALSE, ALL, 0, 0 },
  [QUAY_ACT_DISCOUNT] = { "discount", TRUE, 500, 0, 0 },
  [QUAY_ACT_PRICE] = { "price", FALSE, 0, 0, 0 },
  [QUAY_ACT_VOID] = { "void", FALSE, ALL, 0, 0 },
  [QUAY_ACT_EXPIRED] = { "expired", FALSE, 0, 0, 0 },
  [QUAY_ACT_REFUND] = { "refund", TRUE, 500000, 0, 0 },
  [QUAY_ACT_REFUND_FREE] = { "refund.free", FALSE, 0, 0, 0 },
  [QUAY_ACT_FIX_PAYMENT] = { "payment.fix", FALSE, 0, 0, 0 },
  [QUAY_ACT_DEBT] = { "debt", FALSE, ALL, 0, 0 },
  [QUAY_ACT_DEBT_OVER] = { "debt.over", FALSE, 0, 0, 0 },
  [QUAY_ACT_CUSTOMER] = { "customer", FALSE, ALL, 0, 0 },
  [QUAY_ACT_ERASE] = { "customer.erase", FALSE, 0, 0, 0 },
  [QUAY_ACT_SHIFT] = { "shift", FALSE, ALL, 0, 0 },
  [QUAY_ACT_SHIFT_OTHER] = { "shift.other", FALSE, 0, 0, 0 },
  [QUAY_ACT_CASH] = { "cash", TRUE, 500000, 0, 0 },
  [QUAY_ACT_DRAWER] = { "drawer", FALSE, ALL, 0, 0 },
  [QUAY_ACT_EXPECTED] = { "expected", FALSE, 0, 0, ALL },
  [QUAY_ACT_REPORT] = { "report", FALSE, ALL, ALL, ALL },
  [QUAY_ACT_STOCK] = { "stock", FALSE, 0, ALL, 0 },
  [QUAY_ACT_COUNT] = { "count", FALSE, 0, 0, 0 },
  [QUAY_ACT_CATALOG] = { "catalog", FALSE, 0, 0, 0 },
  [QUAY_ACT_SETTLE] = { "settle", FALSE, 0, 0, 0 },
  [QUAY_ACT_AUDIT] = { "audit", FALSE, 0, 0, ALL },
  [QUAY_ACT_USERS] = { "users", FALSE, 0, 0, 0 },
  [QUAY_ACT_SETTINGS] = { "settings", FALSE, 0, 0, 0 },
};

const char *
quay_act_name (QuayAct act)
{
  return (guint)act < QUAY_N_ACTS ? acts[act].name : NULL;
}

gboolean
quay_act_from_name (const char *name, QuayAct *act)
{
  for (guint i = 0; i < QUAY_N_ACTS; i++)
    if (g_strcmp0 (name, acts[i].name) == 0)
      {
        *act = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
quay_act_has_limit (QuayAct act)
{
  g_return_val_if_fail ((guint)act < QUAY_N_ACTS, FALSE);
  return acts[act].limit;
}

QuayLimitKind
quay_act_limit_kind (QuayAct act)
{
  if (!quay_act_has_limit (act))
    return QUAY_LIMIT_NONE;
  return act == QUAY_ACT_DISCOUNT ? QUAY_LIMIT_PERCENT : QUAY_LIMIT_DONG;
}

gint64
quay_role_default (const char *role, QuayAct act)
{
  g_return_val_if_fail ((guint)act < QUAY_N_ACTS, 0);
  if (g_strcmp0 (role, "manager") == 0)
    return ALL;
  if (g_strcmp0 (role, "cashier") == 0)
    return acts[act].cashier;
  if (g_strcmp0 (role, "keeper") == 0)
    return acts[act].keeper;
  return g_strcmp0 (role, "auditor") == 0 ? acts[act].auditor : 0;
}

gboolean
quay_role_is_fixed (const char *role, QuayAct act)
{
  gboolean looks = act == QUAY_ACT_EXPECTED || act == QUAY_ACT_REPORT || act == QUAY_ACT_AUDIT;
  if (g_strcmp0 (role, "cashier") != 0 && g_strcmp0 (role, "keeper") != 0)
    return g_strcmp0 (role, "auditor") != 0 || !looks;
  return act == QUAY_ACT_USERS;
}

gboolean
quay_limit_is_sound (QuayAct act, gint64 limit)
{
  if (limit == 0 || limit == QUAY_NO_LIMIT)
    return TRUE;
  switch (quay_act_limit_kind (act))
    {
    case QUAY_LIMIT_PERCENT:
      return limit > 0 && limit <= 10000;
    case QUAY_LIMIT_DONG:
      return limit > 0 && limit <= QUAY_MONEY_MAX;
    case QUAY_LIMIT_NONE:
    default:
      return FALSE;
    }
}
