/* Struct ⇄ JSON by description: one table per struct says which member is which key. Used for
 * events and for drafts. Pure; any thread. */
#pragma once

#include "quay-json-read.h"

G_BEGIN_DECLS

typedef struct QuayShape QuayShape;

/**
 * QuayFieldType:
 * @QUAY_FIELD_INT: gint64 (also QuayMoney, QuayQty, which hold one)
 * @QUAY_FIELD_TEXT: char *, UTF-8 without control characters other than newline
 * @QUAY_FIELD_ID: QuayId
 * @QUAY_FIELD_LIST: GPtrArray * of structs of @shape
 * @QUAY_FIELD_FACTS: GPtrArray * of QuayFact, a JSON object
 * @QUAY_FIELD_TENDER: gint64 tender, by name
 */
typedef enum
{
  QUAY_FIELD_INT,
  QUAY_FIELD_TEXT,
  QUAY_FIELD_ID,
  QUAY_FIELD_LIST,
  QUAY_FIELD_FACTS,
  QUAY_FIELD_TENDER,
} QuayFieldType;

/**
 * QuayField:
 * @min, @max: range of an integer; both 0 means −10^15 … 10^15; for text @max is its greatest
 *   length in bytes (0 means 500), for a list of elements (0 means QUAY_CODEC_MAX_LIST)
 * @required: absence is an error; an optional member that is 0, NULL, nil or empty is not written
 */
typedef struct
{
  const char *key;
  QuayFieldType type;
  guint offset;
  gboolean required;
  gint64 min;
  gint64 max;
  const QuayShape *shape;
} QuayField;

struct QuayShape
{
  gsize size;
  const QuayField *fields; /* ends with a NULL key */
};

/** One named value of an entity: text, or an integer where @text is NULL, or nothing. */
typedef struct
{
  char *field;
  char *text;
  gint64 number;
  gboolean cleared;
} QuayFact;

/** A new fact; (transfer full). */
QuayFact *quay_fact_new_text (const char *field, const char *text);
QuayFact *quay_fact_new_number (const char *field, gint64 number);
/** Says that the entity has no such value any more. */
QuayFact *quay_fact_new_cleared (const char *field);
void quay_fact_free (QuayFact *fact);

#define QUAY_CODEC_MAX_LIST 1000

/**
 * quay_shape_check:
 *
 * Whether the members of @data are what quay_shape_decode() would take back: required ones there,
 * numbers in range, texts sound, no fact named twice. What passes is read back as it was written.
 *
 * Returns: FALSE with QUAY_ERROR_INVALID naming the key.
 */
gboolean quay_shape_check (const QuayShape *shape, gconstpointer data, GError **error);

/** Appends the members of @data, which passed quay_shape_check(), to @out, which ends within a JSON
 * object, in the order of the fields. */
void quay_shape_write (const QuayShape *shape, gconstpointer data, GString *out);

/**
 * Fills @data, zeroed by the caller, from @object, an object. Keys that the shape does not know are
 * ignored. Returns: FALSE with QUAY_ERROR_INVALID naming the key; members read so far stay in
 * @data, so call quay_shape_clear() either way.
 */
gboolean quay_shape_decode (const QuayShape *shape, const QuayJsonValue *object, gpointer data,
                            GError **error);

/** Frees what the members own and zeroes @data; not @data itself. */
void quay_shape_clear (const QuayShape *shape, gpointer data);

G_END_DECLS
