/* Vietnamese text: one stored form, folding for search and cheap printers, dictionary order, and
 * what may come in from a keyboard or a file. Pure, no locale; any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * quay_text_nfc:
 * @text: NUL-terminated
 *
 * The stored form: Unicode NFC, and a tone typed before its circumflex or breve (e + ́ + ̂ ) put
 * right, which NFC alone leaves apart. Idempotent. Old and new placement of the tone (hoà, hòa)
 * stay two different strings.
 *
 * Returns: (transfer full) (nullable): NULL if @text is not valid UTF-8
 */
char *quay_text_nfc (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/**
 * quay_text_fold:
 * @text: any NUL-terminated bytes, NFC or NFD
 *
 * ASCII for search, VietQR and printers without Vietnamese; case and spacing are kept. Decomposes
 * canonically, drops the tones and the marks of ă â ê ô ơ ư, then đ → d, Đ → D, ₫ → d, en and em
 * dash → -, quotes → ' or ", NBSP → space. Anything else, and each byte that is not UTF-8, → ?.
 * Folding twice gives the same as folding once.
 *
 * Returns: (transfer full)
 */
char *quay_text_fold (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/**
 * quay_text_search_key:
 *
 * quay_text_fold() in lower case, each run of white space one space, none at the ends. Search
 * matches keys with keys. One pass, no normalisation: fit for a whole catalogue at start.
 *
 * Returns: (transfer full)
 */
char *quay_text_search_key (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/**
 * quay_text_sort_key:
 * @text: any NUL-terminated bytes, NFC or NFD
 *
 * Bytes whose memcmp() order (the shorter first where one begins the other) is dictionary order:
 * all letters first, where ă â đ ê ô ơ ư are letters of their own; then all tones, ngang huyền hỏi
 * ngã sắc nặng; then small before capital. Space, punctuation, signs and digits come before
 * letters. Order as in CLDR's vi.txt. Never 0x00 in the key; about 3 bytes a letter at most.
 *
 * Returns: (transfer full)
 */
GBytes *quay_text_sort_key (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/** Compares by sort key: negative, 0 or positive. Keep the keys when sorting many. */
int quay_text_compare (const char *a, const char *b);

/**
 * quay_text_check:
 * @text: bytes, not necessarily terminated
 * @len: their number, or -1 if NUL-terminated
 * @max_chars: the most code points allowed
 *
 * Whether one line typed or scanned by a user may be kept: valid UTF-8 of at most @max_chars,
 * without control characters (line breaks, tabs and NUL are such), line and paragraph separators,
 * or the marks that turn the writing direction, which can make a name show as another.
 *
 * Returns: FALSE with QUAY_ERROR_INVALID otherwise
 */
gboolean quay_text_check (const char *text, gssize len, guint max_chars, GError **error);

/**
 * quay_text_check_import:
 * @data: a whole text file, not necessarily terminated
 * @len: its bytes
 *
 * Whether a file is Unicode text. Refuses bytes that are not UTF-8, as TCVN3, VNI, Windows-1258 and
 * UTF-16 are; and text that some program has read as Western and saved as UTF-8 (ViÖt Nam), which
 * shows by several Western signs inside words and not one letter that only Vietnamese has. Nothing
 * is converted: a guess would silently change names.
 *
 * Returns: FALSE with QUAY_ERROR_INVALID, the message naming the line
 */
gboolean quay_text_check_import (const char *data, gsize len, GError **error);

G_END_DECLS
