/* Who may do what: acts, roles, and the limits of a role. Pure; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * QuayAct: something that not everybody may do. Acts with a limit: QUAY_ACT_DISCOUNT (hundredths of
 * a percent of a line or a cart), QUAY_ACT_REFUND and QUAY_ACT_CASH (đồng). The names are stored,
 * the numbers are not.
 */
typedef enum
{
  QUAY_ACT_SELL,
  QUAY_ACT_DISCOUNT,    /* take something off by hand */
  QUAY_ACT_PRICE,       /* another price for a line */
  QUAY_ACT_VOID,        /* throw a whole cart away */
  QUAY_ACT_EXPIRED,     /* sell expired goods, or such as are held back */
  QUAY_ACT_REFUND,      /* of a sale that is known */
  QUAY_ACT_REFUND_FREE, /* without a receipt, or by another tender */
  QUAY_ACT_FIX_PAYMENT, /* a paid sale's tender */
  QUAY_ACT_DEBT,        /* sell on debt within the customer's limit */
  QUAY_ACT_DEBT_OVER,   /* and beyond it */
  QUAY_ACT_CUSTOMER,    /* customers, and payments of their debts */
  QUAY_ACT_ERASE,       /* erase a customer, write a debt off */
  QUAY_ACT_SHIFT,       /* open and close one's own shift */
  QUAY_ACT_SHIFT_OTHER, /* close another's */
  QUAY_ACT_CASH,        /* into and out of the drawer */
  QUAY_ACT_DRAWER,      /* open it without a sale */
  QUAY_ACT_EXPECTED,    /* see what should be in the drawer before it was counted */
  QUAY_ACT_REPORT,      /* see figures */
  QUAY_ACT_STOCK,       /* receive, issue, move, count */
  QUAY_ACT_COUNT,       /* approve a count */
  QUAY_ACT_CATALOG,     /* products, prices, promotions */
  QUAY_ACT_SETTLE,      /* producers' accounts, orders' deposits given back */
  QUAY_ACT_AUDIT,       /* see who did what */
  QUAY_ACT_USERS,       /* users and roles */
  QUAY_ACT_SETTINGS,
  QUAY_N_ACTS,
} QuayAct;

#define QUAY_NO_LIMIT G_MAXINT64

/** The stored name of an act ("discount"); NULL out of range. */
const char *quay_act_name (QuayAct act);
/** The act of that name; FALSE if there is none. */
gboolean quay_act_from_name (const char *name, QuayAct *act);
/** TRUE for an act that a role may do up to a limit; else 0 forbids it and anything else allows. */
gboolean quay_act_has_limit (QuayAct act);

/** What a limit means: QUAY_LIMIT_NONE for an act without one, hundredths of a percent, đồng. */
typedef enum
{
  QUAY_LIMIT_NONE,
  QUAY_LIMIT_PERCENT,
  QUAY_LIMIT_DONG,
} QuayLimitKind;
QuayLimitKind quay_act_limit_kind (QuayAct act);

/** The roles that every shop has, NULL at the end: "manager", "cashier", "keeper", "auditor". */
extern const char *const quay_roles[];

/** What a role may do as long as nobody changed it: 0 nothing, QUAY_NO_LIMIT all, else its limit.
 * An unknown role may do nothing. A manager always may all. */
gint64 quay_role_default (const char *role, QuayAct act);

/** TRUE if a shop can't change what @role may do: a manager always may all; nobody else manages
 * users; an auditor only looks. */
gboolean quay_role_is_fixed (const char *role, QuayAct act);

/** TRUE if @limit may be set for @act: 0, QUAY_NO_LIMIT, or, where there is one, up to 100 % or the
 * greatest amount. */
gboolean quay_limit_is_sound (QuayAct act, gint64 limit);

G_END_DECLS
