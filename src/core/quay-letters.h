/* The Vietnamese alphabet as one table: rank, tone and case of a letter by its code point.
 * Private to the text files of core. Pure; any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The six tones in dictionary order; QUAY_TONE_OTHER is any foreign accent. */
typedef enum
{
  QUAY_TONE_NGANG,
  QUAY_TONE_HUYEN,
  QUAY_TONE_HOI,
  QUAY_TONE_NGA,
  QUAY_TONE_SAC,
  QUAY_TONE_NANG,
  QUAY_TONE_OTHER,
} QuayTone;

/**
 * QuayLetter:
 * @rank: place in a ă â b c d đ e ê f … z, from 1 to 33
 * @tone: a #QuayTone
 * @upper: 1 for a capital
 * @ascii: the letter without marks, in its own case
 */
typedef struct
{
  guint8 rank;
  guint8 tone;
  guint8 upper;
  char ascii;
} QuayLetter;

/** Looks up an ASCII or Vietnamese letter; FALSE, with @out untouched, for any other character. */
gboolean quay_letter_lookup (gunichar ch, QuayLetter *out);

/** The tone of a combining mark; QUAY_TONE_OTHER for every mark that is not a tone. */
QuayTone quay_letter_tone_of_mark (gunichar mark);

G_END_DECLS
