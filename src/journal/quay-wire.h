/* What travels between a till and the server: keys, seals, signatures of requests and answers, the
 * envelope, packed bodies. The protocol is src/sync/README.md. Pure; any thread. */
#pragma once

#include "quay-chain.h"
#include "quay-id.h"

G_BEGIN_DECLS

#define QUAY_KEY_LEN 32
#define QUAY_SIG_LEN 64
#define QUAY_WIRE_RECORDS_UP 500
#define QUAY_WIRE_RECORDS_DOWN 2000
#define QUAY_WIRE_UP_PACKED (64 * 1024)
#define QUAY_WIRE_UP_PLAIN (1024 * 1024)
#define QUAY_WIRE_DOWN_PACKED (1024 * 1024)
#define QUAY_WIRE_DOWN_PLAIN (4 * 1024 * 1024)

/** An Ed25519 key pair; @secret is libsodium's 64 bytes. Wipe it with quay_key_clear(). */
typedef struct
{
  guint8 public[QUAY_KEY_LEN];
  guint8 secret[64];
} QuayKey;

typedef struct
{
  guint8 b[QUAY_SIG_LEN];
} QuaySig;

/** A key pair from the 32 bytes of @seed, which come from the system's random source. */
void quay_key_from_seed (QuayKey *key, const guint8 seed[32]);
void quay_key_clear (QuayKey *key);

/** Standard base64 of @len bytes; (transfer full). */
char *quay_base64 (const guint8 *bytes, gsize len);
/** FALSE unless @text is exactly the base64 of @len bytes. */
gboolean quay_base64_to (const char *text, guint8 *bytes, gsize len);

/** 64 hex digits; FALSE and zeros for anything else. */
gboolean quay_hash_from_text (const char *text, QuayHash *hash);

/** The seal of a chain's head: Ed25519 over "quay1-head" | till | chain | seq | hash. */
void quay_seal_make (QuaySig *seal, const QuayKey *key, const QuayId *till, const QuayId *chain,
                     guint64 seq, const QuayHash *hash);
gboolean quay_seal_check (const QuaySig *seal, const guint8 public[QUAY_KEY_LEN],
                          const QuayId *till, const QuayId *chain, guint64 seq,
                          const QuayHash *hash);

/** The headers that sign a request or an answer, as HTTP writes them; owned. */
typedef struct
{
  char *digest; /* Content-Digest */
  char *input;  /* Signature-Input */
  char *sig;    /* Signature */
} QuaySigned;

void quay_signed_clear (QuaySigned *s);

/** Content-Digest of @len bytes: sha-256=:…: ; (transfer full). */
char *quay_wire_digest (const void *body, gsize len);

/**
 * quay_wire_sign_request:
 * @path: "/v1/push"
 * @till: text of the till's id, as the header Till has it
 * @key_id: at most 32 of a-z, A-Z, 0-9, - and _
 *
 * Signs a request by its method, path, till and digest (RFC 9421). @out is filled; clear it.
 */
void quay_wire_sign_request (QuaySigned *out, const QuayKey *key, const char *key_id,
                             const char *method, const char *path, const char *till,
                             const void *body, gsize len);

/** The key id named in a Signature-Input of either kind, checked for its form; (transfer full),
 * NULL if there is none. */
char *quay_wire_key_id (const char *signature_input);

/** Whether the headers @s, as they came (any may be NULL), sign this request by @public. */
gboolean quay_wire_check_request (const QuaySigned *s, const guint8 public[QUAY_KEY_LEN],
                                  const char *method, const char *path, const char *till,
                                  const void *body, gsize len);

/** The same for an answer: by its status, its digest and the digest of the request. */
void quay_wire_sign_answer (QuaySigned *out, const QuayKey *key, const char *key_id, guint status,
                            const char *request_digest, const void *body, gsize len);
gboolean quay_wire_check_answer (const QuaySigned *s, const guint8 public[QUAY_KEY_LEN],
                                 guint status, const char *request_digest, const void *body,
                                 gsize len);

/** zstd at level 9; (transfer full). */
GBytes *quay_wire_pack (GBytes *plain);

/** Unpacks exactly one zstd frame (RFC 8878) of at most @limit bytes, with or without its size
 * told; memory stays within @limit whatever size and window the frame claims. NULL with
 * QUAY_ERROR_INVALID, (transfer full). */
GBytes *quay_wire_unpack (const void *packed, gsize len, gsize limit, GError **error);

/**
 * QuayEnvelope: a run of records of one chain.
 * @head: hash at @from + records − 1
 * @hwm: coming down: how far the chain goes on the server
 * @records: (element-type GBytes): exact bytes, none with a line feed
 */
typedef struct
{
  gint64 v;
  QuayId till;
  QuayId chain;
  char *code;
  char *letter;
  gint64 from;
  QuayHash prev;
  QuayHash head;
  gint64 hwm;
  QuaySig seal;
  char *app;
  GPtrArray *records;
} QuayEnvelope;

/** An empty one, v 1; (transfer full). */
QuayEnvelope *quay_envelope_new (void);
void quay_envelope_free (QuayEnvelope *envelope);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayEnvelope, quay_envelope_free)

/** Its bytes, not packed; (transfer full). */
GBytes *quay_envelope_encode (const QuayEnvelope *envelope);

/**
 * quay_envelope_decode:
 * @max: greatest number of records
 *
 * Checks form and bounds (each record 1 … QUAY_EVENT_MAX_BYTES bytes, as many as n says, nothing
 * after them), not hashes, seal or what the records say; the records are slices of @bytes. Texts of
 * the head that were left out are empty, never NULL.
 *
 * Returns: (transfer full): NULL with QUAY_ERROR_INVALID.
 */
QuayEnvelope *quay_envelope_decode (GBytes *bytes, guint max, GError **error);

/** Hashes the records from prev on; each to @hashes if not NULL (element QuayHash). TRUE if the
 * last one is head. */
gboolean quay_envelope_check (const QuayEnvelope *envelope, GArray *hashes);

G_END_DECLS
