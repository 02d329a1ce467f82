/* 16-byte identifiers (UUIDv7, RFC 9562) and the program's only source of time and chance. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint8 b[16];
} QuayId;

#define QUAY_ID_TEXT_LEN 36
#define QUAY_ID_NIL ((QuayId){ { 0 } })

/**
 * QuayEnv:
 * @wall_ms: milliseconds since 1970 UTC, by the computer's clock, which may be wrong
 * @mono_ms: milliseconds since boot
 * @random: fills @n bytes with unpredictable ones
 * @boot: this boot's id, nil where unknown
 *
 * The seam by which time and chance come in, so that simulators run the real code.
 */
typedef struct
{
  gint64 (*wall_ms) (gpointer data);
  gint64 (*mono_ms) (gpointer data);
  void (*random) (gpointer data, guint8 *bytes, gsize n);
  gpointer data;
  QuayId boot;
} QuayEnv;

/** A new UUIDv7 from @env. Unique by its 74 random bits; its order means nothing. */
QuayId quay_id_new (const QuayEnv *env);

gboolean quay_id_is_nil (const QuayId *id);
gboolean quay_id_equal (const QuayId *a, const QuayId *b);
/** memcmp order of the 16 bytes. */
int quay_id_compare (const QuayId *a, const QuayId *b);
/** For GHashTable keyed by QuayId pointers. */
guint quay_id_hash (gconstpointer id);
gboolean quay_id_equal_ptr (gconstpointer a, gconstpointer b);

/** Writes the canonical 36-character form and a NUL. */
void quay_id_to_text (const QuayId *id, char text[QUAY_ID_TEXT_LEN + 1]);

/** Reads the canonical form, lower-case hex only; FALSE with @out untouched for anything else. */
gboolean quay_id_from_text (const char *text, QuayId *out) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
