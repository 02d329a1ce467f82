/* Personal fields that travel as ciphertext: who buys, for an invoice, and who has ordered
 * something. The key stays outside the journal; destroying it erases the person (sync 0.18). Pure;
 * any thread.
 */
#pragma once

#include "quay-id.h"

G_BEGIN_DECLS

#define QUAY_SEAL_KEY_LEN 32

/**
 * quay_seal_buyer:
 * @env: chance for key and nonce
 * @name, @tax_code: either may be NULL
 * @key: (out): belongs into the store's table of keys
 *
 * Base64 of nonce and XSalsa20-Poly1305 ciphertext of {"name":…,"tax":…}; (transfer full), NULL if
 * there is nothing to seal.
 */
char *quay_seal_buyer (const QuayEnv *env, const char *name, const char *tax_code,
                       guint8 key[QUAY_SEAL_KEY_LEN]);

/** Opens it again; FALSE with QUAY_ERROR_INVALID if it was changed or the key is another. */
gboolean quay_seal_open_buyer (const char *sealed, const guint8 key[QUAY_SEAL_KEY_LEN], char **name,
                               char **tax_code, GError **error);

/** The same for who has ordered something: {"name":…,"phone":…}. */
char *quay_seal_customer (const QuayEnv *env, const char *name, const char *phone,
                          guint8 key[QUAY_SEAL_KEY_LEN]);
gboolean quay_seal_open_customer (const char *sealed, const guint8 key[QUAY_SEAL_KEY_LEN],
                                  char **name, char **phone, GError **error);

/** The same for a customer whose key is there already: name, phone, address, note; any may be NULL.
 */
char *quay_seal_person (const QuayEnv *env, const char *const texts[4],
                        const guint8 key[QUAY_SEAL_KEY_LEN]);
gboolean quay_seal_open_person (const char *sealed, const guint8 key[QUAY_SEAL_KEY_LEN],
                                char **const texts[4], GError **error);

G_END_DECLS
