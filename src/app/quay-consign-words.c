/* Words of the page Consignment. Main thread. */
#include "quay-consign-words.h"

#include "quay-format.h"

#include <glib/gi18n.h>

static const char *const kinds[] = { "", "HTX", "THT", "household", "enterprise", NULL };

const char *const *
quay_consign_kinds (void)
{
  return kinds;
}

const char *
quay_consign_kind_name (const char *kind)
{
  static const char *const names[] = { "", N_ ("Cooperative"), N_ ("Cooperative group"),
                                       N_ ("Household"), N_ ("Enterprise") };
  for (guint i = 1; kind != NULL && kinds[i] != NULL; i++)
    if (g_str_equal (kinds[i], kind))
      return _ (names[i]);
  return "";
}

char *
quay_consign_terms_text (const QuayTerms *terms)
{
  g_autofree char *percent = quay_format_percent (terms->commission_bp);
  switch (terms->kind)
    {
    case QUAY_TERMS_OWN:
      return g_strdup (_ ("bought outright"));
    case QUAY_TERMS_TRANSFER:
      return g_strdup (_ ("consigned at a transfer price"));
    case QUAY_TERMS_COMMISSION:
      if (terms->base == QUAY_BASE_SHELF)
        return g_strdup_printf (_ ("commission %s of the shelf price"), percent);
      return g_strdup_printf (_ ("commission %s of what is paid"), percent);
    default:
      return g_strdup (_ ("nothing agreed"));
    }
}

const char *
quay_consign_entry_name (const char *kind)
{
  static const struct
  {
    const char *kind;
    const char *text;
  } names[] = {
    { "consign.settled", N_ ("Settlement") },
    { "goods.received", N_ ("Goods received") },
    { "goods.issued", N_ ("Goods issued") },
    { "payout", N_ ("Paid out") },
    { "advance", N_ ("Advance") },
    { "goods", N_ ("Goods taken") },
    { "charge", N_ ("Charge") },
    { "correction", N_ ("Correction") },
    { "opening", N_ ("Opening balance") },
  };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i].kind, kind) == 0)
      return _ (names[i].text);
  return kind;
}
