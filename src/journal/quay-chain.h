/* The hash that links a chain, and the short code on the receipt. Pure; any thread. */
#pragma once

#include "quay-id.h"

G_BEGIN_DECLS

#define QUAY_HASH_LEN 32
#define QUAY_CODE_LEN 6

typedef struct
{
  guint8 b[QUAY_HASH_LEN];
} QuayHash;

/** hash(0): 32 zero bytes. */
#define QUAY_HASH_ZERO ((QuayHash){ { 0 } })

/**
 * quay_chain_hash:
 * @seq: 1 or more
 * @prev: hash(seq − 1)
 *
 * hash(n) = SHA-256("quay1" | till 16 B | chain 16 B | seq u64 big-endian | length u32 big-endian |
 * bytes | hash(n−1) 32 B).
 */
QuayHash quay_chain_hash (const QuayId *till, const QuayId *chain, guint64 seq, const guint8 *bytes,
                          gsize len, const QuayHash *prev);

gboolean quay_hash_equal (const QuayHash *a, const QuayHash *b);

/** Writes the 64 hex digits and a NUL. */
void quay_hash_to_text (const QuayHash *hash, char text[2 * QUAY_HASH_LEN + 1]);

/** Writes the receipt's code: the first 30 bits in Crockford's base 32 (no I, L, O, U), and a NUL.
 */
void quay_hash_to_code (const QuayHash *hash, char code[QUAY_CODE_LEN + 1]);

/** SHA-256 of some bytes. */
QuayHash quay_sha256 (const void *bytes, gsize len);

/** SHA-256 of some bytes, hex; (transfer full). */
char *quay_sha256_hex (const guint8 *bytes, gsize len);

/** The letter after @letter, of A … Z: A … Z, AA, AB …; (transfer full). */
char *quay_letter_next (const char *letter);

/** True if @letter may name a chain: 1 to 4 of A … Z. */
gboolean quay_letter_is_sound (const char *letter);

/** True if @code may name a till: 1 to 6 of A … Z and 0 … 9. */
gboolean quay_till_code_is_sound (const char *code);

G_END_DECLS
