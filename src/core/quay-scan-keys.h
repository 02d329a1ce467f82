/* Tells the keys of a scanner that acts as a keyboard from a person's typing, by rhythm: a scanner
 * sends a key every 2–30 ms, a person every 60–200. Knows no toolkit and no clock; one thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define QUAY_SCAN_KEYS_MAX 4096 /* characters of one scan */
#define QUAY_SCAN_PREFIX_MAX 8  /* bytes of a scanner's prefix */

/** What a scanner sends after a code. */
typedef enum
{
  QUAY_SCAN_SUFFIX_ENTER,
  QUAY_SCAN_SUFFIX_TAB,
  QUAY_SCAN_SUFFIX_NONE,
} QuayScanSuffix;

/**
 * QuayScanKeysSettings:
 * @max_gap_ms: the longest pause between two keys of a scan, 10–250
 * @min_length: the fewest characters of a code, 4–64; below 6 only with a prefix
 * @prefix: printable ASCII that the scanner is set to send first, or empty
 * @suffix: the key that ends a code; with none, a pause ends it
 * @gs: the character that the scanner sends for FNC1 (0x1D), 0 if none. Ctrl+] counts anyway: hand
 *   it in as 0x1D
 */
typedef struct
{
  guint max_gap_ms;
  guint min_length;
  char prefix[QUAY_SCAN_PREFIX_MAX + 1];
  QuayScanSuffix suffix;
  gunichar gs;
} QuayScanKeysSettings;

/** 50 ms, 6 characters, no prefix, Enter, no substitute. */
QuayScanKeysSettings quay_scan_keys_settings_default (void);

/**
 * QuayScanKey:
 * @QUAY_SCAN_KEY_CHAR: a key that types a character
 * @QUAY_SCAN_KEY_ENTER: Enter of either pad
 * @QUAY_SCAN_KEY_TAB: Tab
 * @QUAY_SCAN_KEY_OTHER: an arrow, a function key, a shortcut; not Shift and the like alone, which
 *   must not be handed in
 */
typedef enum
{
  QUAY_SCAN_KEY_CHAR,
  QUAY_SCAN_KEY_ENTER,
  QUAY_SCAN_KEY_TAB,
  QUAY_SCAN_KEY_OTHER,
} QuayScanKey;

/**
 * QuayScanKeysAction:
 * @QUAY_SCAN_KEYS_PASS: nothing is known about this key: it is typing
 * @QUAY_SCAN_KEYS_HOLD: the key may belong to a scan and is kept; (re)start the timer
 * @QUAY_SCAN_KEYS_SCAN: @text is a whole code
 * @QUAY_SCAN_KEYS_FLUSH: @text turned out to be typing: insert it into the focus widget
 */
typedef enum
{
  QUAY_SCAN_KEYS_PASS,
  QUAY_SCAN_KEYS_HOLD,
  QUAY_SCAN_KEYS_SCAN,
  QUAY_SCAN_KEYS_FLUSH,
} QuayScanKeysAction;

/**
 * QuayScanKeysResult:
 * @text: UTF-8, valid until the next call; NULL but for SCAN and FLUSH
 * @pass: let the key itself go on to the focus widget, after @text where there is one; if not,
 *   swallow it
 * @first: a scan may begin with this key: if keys are let through at first, remember now what the
 *   entry holds
 * @leaked: with SCAN: how many characters of it went to the focus widget before it was seen to be a
 *   scan: reset its input method and put back what was remembered
 * @held: something is held after this call: (re)start the timer
 * @burst: with FLUSH: @text came as fast and long as a scan, only the suffix is missing
 */
typedef struct
{
  QuayScanKeysAction action;
  const char *text;
  gboolean pass;
  gboolean first;
  guint leaked;
  gboolean held;
  gboolean burst;
} QuayScanKeysResult;

/**
 * QuayScanKeys:
 *
 * Feed every key press of a window, in the capture phase, to quay_scan_keys_press(). Whether the
 * first key belongs to a scan is known only when the second one comes. Two ways out, chosen by the
 * caller for the widget that has the focus:
 *
 * - it has no input method (digits, codes, money, buttons): @let_through is 0. Every key is held
 *   until the next one or the timer tells; a person's key arrives @max_gap_ms late, nothing of a
 *   scan ever gets through;
 * - it has an input method (search by name under Telex or VNI): text given back would bypass it,
 *   so the first keys go through, 2 by proposal: two fingers rolling over two keys are faster than
 *   a scanner, three keys are not. After a scan the caller puts back what the entry held.
 *
 * A key that continues a scan just ended, or a first key that is the scanner's prefix, is held in
 * either case. A key that repeats itself because it is kept down is never a scan.
 */
typedef struct QuayScanKeys QuayScanKeys;

/** (transfer full); settings out of range are brought into it. */
QuayScanKeys *quay_scan_keys_new (const QuayScanKeysSettings *settings) G_GNUC_WARN_UNUSED_RESULT;
void quay_scan_keys_free (QuayScanKeys *keys);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayScanKeys, quay_scan_keys_free)

/** Takes new settings; what is held stays held. */
void quay_scan_keys_set (QuayScanKeys *keys, const QuayScanKeysSettings *settings);

/**
 * quay_scan_keys_press:
 * @ch: the character that the key types, before any input method; 0x1D for Ctrl+]; ignored unless
 *   @key is QUAY_SCAN_KEY_CHAR
 * @time_ms: when the key was pressed, by the event's clock, which wraps at 32 bits
 * @let_through: how many keys of a possible scan go to the focus widget: see #QuayScanKeys
 */
QuayScanKeysResult quay_scan_keys_press (QuayScanKeys *keys, QuayScanKey key, gunichar ch,
                                         guint32 time_ms, guint let_through);

/**
 * quay_scan_keys_tick:
 *
 * The timer has run out: no key came for quay_scan_keys_wait_ms(). Run the timer at a lower
 * priority than key events, so that keys waiting behind a busy moment are seen first.
 *
 * Returns: SCAN, FLUSH, or PASS where nothing was held.
 */
QuayScanKeysResult quay_scan_keys_tick (QuayScanKeys *keys);

/** How long the timer has to be, in ms. */
guint quay_scan_keys_wait_ms (const QuayScanKeys *keys);

G_END_DECLS
