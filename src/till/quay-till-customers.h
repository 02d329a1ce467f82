/* Customers: lists, what a form says of one, what they agreed to, and being forgotten. */
#pragma once

#include "quay-customer.h"
#include "quay-till.h"

G_BEGIN_DECLS

/*
 * Who somebody is travels as ciphertext. The key lies in the files of the shop's tills and in their
 * backups: elsewhere the customer is known by a short code, with all figures.
 */

/** Version of the texts of consent that the forms show. */
#define QUAY_CONSENT_TEXT "2026-12"

/** Customers by name, whose words or digits @text (nullable) holds; those that were erased only
 * where they still owe. (element-type QuayCustomer) (transfer full) */
GPtrArray *quay_till_customers (QuayTill *till, const char *text);
/** One of them; (transfer full), NULL if unknown. */
QuayCustomer *quay_till_customer (QuayTill *till, const QuayId *id);

/**
 * QuayCustomerEdit: a customer as a form gives it. Text as typed; empty clears, NULL leaves as it
 * is.
 * @limit: đồng, "500.000" or "500k"
 * @list: code of a price list
 * @consents: 1 given, 0 not given or taken back, −1 nobody asked
 * @how: how they were asked: "read", "signed" or "ticked"
 */
typedef struct
{
  char *name;
  char *phone;
  char *address;
  char *note;
  char *limit;
  char *list;
  int consents[QUAY_N_CONSENTS];
  const char *how;
} QuayCustomerEdit;

/** Changes nothing as it is; (transfer full). */
QuayCustomerEdit *quay_customer_edit_new (void);
void quay_customer_edit_free (QuayCustomerEdit *edit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayCustomerEdit, quay_customer_edit_free)

/**
 * quay_till_save_customer:
 * @id: nil for a new one; written with its id
 * @refusals: (out) (element-type QuayRefusal) (transfer full): NULL if it was saved
 *
 * Checks every field, then writes what differs as one transaction. Takes the right
 * QUAY_ACT_CUSTOMER, and QUAY_ACT_DEBT_OVER where more may be owed than before. What no key here
 * opens yet can't be changed ("not-here"). Open requests of the customer to correct, or to take a
 * consent back, are done by it in the same transaction.
 *
 * Returns: FALSE with @refusals, or with QUAY_ERROR_NOT_FOUND, _REFUSED (erased), _DENIED or a
 *   storage error.
 */
gboolean quay_till_save_customer (QuayTill *till, QuayId *id, const QuayCustomerEdit *edit,
                                  GPtrArray **refusals, GError **error);

/**
 * quay_till_erase_customer:
 *
 * Forgets who it was: the key goes, here in the same transaction and on every other node when it
 * learns of it. What was bought and paid stays, under a code. Open requests to delete and to take
 * consents back are done by it. Takes the right QUAY_ACT_ERASE.
 *
 * Returns: FALSE with QUAY_ERROR_NOT_FOUND, _REFUSED (something is owed, either way), _DENIED or a
 *   storage error.
 */
gboolean quay_till_erase_customer (QuayTill *till, const QuayId *id, GError **error);

/** Everything that is known of one person, as JSON: (transfer full): NULL with
 * QUAY_ERROR_NOT_FOUND, _DENIED or a storage error. */
char *quay_till_export_customer (QuayTill *till, const QuayId *id, GError **error);

/** Writes that into a file of mode 0600, whole or not at all, and then tells of open requests to
 * see it that they are done. A second person's word for it serves once. FALSE with the same errors
 * or QUAY_ERROR_IO, _FULL, _READ_ONLY; where the file is there but nothing could be told, the
 * requests stay open. */
gboolean quay_till_write_customer (QuayTill *till, const QuayId *id, const char *path,
                                   GError **error);

/** Whose debt, points and prices count for the open cart; nil for nobody. QUAY_ERROR_NOT_FOUND,
 * _REFUSED (erased). */
gboolean quay_till_cart_set_customer (QuayTill *till, const QuayId *id, GError **error);

G_END_DECLS
