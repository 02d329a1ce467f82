/* The fields of a product as text and as stored: reading, bounds, showing. Private to the till;
 * pure. */
#pragma once

#include "quay-till-catalog.h"

G_BEGIN_DECLS

/**
 * QuayNumberField: a member of QuayItemEdit that is stored as a number.
 * @parse: FALSE with the refusal's code in @code
 * @show: the text that @parse reads back; (transfer full)
 */
typedef struct
{
  const char *column;
  guint offset;
  const char *fact;
  gboolean (*parse) (const char *text, gint64 *out, const char **code);
  char *(*show) (gint64 number);
} QuayNumberField;

/** A member that is stored as it is; @max in characters; @kept: may not be cleared. */
typedef struct
{
  const char *column;
  guint offset;
  const char *fact;
  guint max;
  gboolean kept;
} QuayTextField;

/** All of them; both end with a NULL column. */
extern const QuayNumberField quay_number_fields[];
extern const QuayTextField quay_text_fields[];

/** The text of a member by its offset. */
char **quay_item_edit_at (QuayItemEdit *edit, guint offset);

/** True for letters, digits and - . _ / of ASCII, at most 40. */
gboolean quay_sku_is_sound (const char *text);

/** True for a code that a catalogue lists (GTIN, own code), not a bound address or trace text. */
gboolean quay_code_is_plain (const char *text);

/** Whole đồng without separators, and thousandths with a decimal point, for data; (transfer full).
 */
char *quay_show_money (QuayMoney amount);
char *quay_show_qty (gint64 milli);

G_END_DECLS
