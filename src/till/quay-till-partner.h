/* Producers: lists, and what a form says of one. */
#pragma once

#include "quay-partner.h"
#include "quay-till.h"

G_BEGIN_DECLS

/** All producers by their names, with what they are owed and have on consignment. (element-type
 * QuayPartner) (transfer full) */
GPtrArray *quay_till_partners (QuayTill *till);
/** One of them; (transfer full), NULL if unknown. */
QuayPartner *quay_till_partner (QuayTill *till, const QuayId *id);

/**
 * QuayPartnerEdit: a producer as a form gives it. Text, as typed; empty text clears, NULL leaves as
 * it is.
 * @kind: "HTX", "THT", "household", "enterprise"
 * @terms: "own", "commission", "transfer"; @commission: percent, "15" or "12,5"
 * @base: "paid" or "shelf": what a commission is taken of; @net: "1": without VAT
 * @member: "1" or "0"
 */
typedef struct
{
  char *name;
  char *kind;
  char *commune;
  char *address;
  char *tax_code;
  char *phone;
  char *contract;
  char *contract_day;
  char *terms;
  char *commission;
  char *base;
  char *net;
  char *bank;
  char *account;
  char *holder;
  char *member;
  char *note;
} QuayPartnerEdit;

/** All members NULL; (transfer full). */
QuayPartnerEdit *quay_partner_edit_new (void);
/** What the form shows of a producer; of NULL: a new one. (transfer full) */
QuayPartnerEdit *quay_partner_edit_of (const QuayPartner *partner);
void quay_partner_edit_free (QuayPartnerEdit *edit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayPartnerEdit, quay_partner_edit_free)

/**
 * quay_till_save_partner:
 * @id: nil for a new one; written with its id
 * @refusals: (out) (element-type QuayRefusal) (transfer full): NULL if it was saved
 *
 * Checks every field, then writes what differs as one transaction. Name, kind, commune, address and
 * tax code of a producer of the province's registry are not this shop's to change ("registry").
 */
gboolean quay_till_save_partner (QuayTill *till, QuayId *id, const QuayPartnerEdit *edit,
                                 GPtrArray **refusals, GError **error);

G_END_DECLS
