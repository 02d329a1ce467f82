/* Scanner keys by rhythm: one run of quick keys at a time, of which some were let through and the
 * rest is held until a suffix, a pause or another key says what it was. */
#include "quay-scan-keys.h"

#include <string.h>

#define MIN_LENGTH_BARE 6
#define GS 0x1D

struct QuayScanKeys
{
  QuayScanKeysSettings settings;
  GString *run;      /* the quick keys so far, as typed */
  GString *out;      /* what the last result points to */
  guint n_chars;     /* characters in run */
  gsize let_bytes;   /* bytes of run that went to the focus widget */
  guint n_let;       /* characters of run that went there */
  guint let_through; /* how many may go there */
  guint32 last_ms;   /* time of the last key of run, or of the end of a scan */
  gboolean after_scan;
};

QuayScanKeysSettings
quay_scan_keys_settings_default (void)
{
  return (QuayScanKeysSettings){
    .max_gap_ms = 50,
    .min_length = MIN_LENGTH_BARE,
    .suffix = QUAY_SCAN_SUFFIX_ENTER,
  };
}

QuayScanKeys *
quay_scan_keys_new (const QuayScanKeysSettings *settings)
{
  QuayScanKeys *keys = g_new0 (QuayScanKeys, 1);
  keys->run = g_string_new (NULL);
  keys->out = g_string_new (NULL);
  quay_scan_keys_set (keys, settings);
  return keys;
}

void
quay_scan_keys_free (QuayScanKeys *keys)
{
  if (keys == NULL)
    return;
  g_string_free (keys->run, TRUE);
  g_string_free (keys->out, TRUE);
  g_free (keys);
}

void
quay_scan_keys_set (QuayScanKeys *keys, const QuayScanKeysSettings *settings)
{
  keys->settings = *settings;
  keys->settings.max_gap_ms = CLAMP (settings->max_gap_ms, 10, 250);
  keys->settings.min_length = CLAMP (settings->min_length, 4, 64);
}

guint
quay_scan_keys_wait_ms (const QuayScanKeys *keys)
{
  return keys->settings.max_gap_ms + 5;
}

static gboolean
has_prefix (const QuayScanKeys *keys)
{
  return keys->settings.prefix[0] != '\0' &&
         g_str_has_prefix (keys->run->str, keys->settings.prefix);
}

/* One key kept down: at 25–40 repeats a second it has the rhythm of a scanner. */
static gboolean
is_one_key_repeated (const QuayScanKeys *keys)
{
  gunichar first = g_utf8_get_char (keys->run->str);
  for (const char *p = keys->run->str; *p != '\0'; p = g_utf8_next_char (p))
    if (g_utf8_get_char (p) != first)
      return FALSE;
  return TRUE;
}

/* True if the run is as long as a code has to be. */
static gboolean
is_code (const QuayScanKeys *keys)
{
  guint n = keys->n_chars;
  if (is_one_key_repeated (keys))
    return FALSE;
  if (has_prefix (keys))
    return n - strlen (keys->settings.prefix) >= keys->settings.min_length;
  return n >= MAX (keys->settings.min_length, MIN_LENGTH_BARE);
}

static void
end_run (QuayScanKeys *keys)
{
  g_string_truncate (keys->run, 0);
  keys->n_chars = 0;
  keys->n_let = 0;
  keys->let_bytes = 0;
}

/* The run as a code: without prefix, FNC1 put in. */
static QuayScanKeysResult
take_scan (QuayScanKeys *keys)
{
  QuayScanKeysResult result = { .action = QUAY_SCAN_KEYS_SCAN, .leaked = keys->n_let };
  const char *p = keys->run->str + (has_prefix (keys) ? strlen (keys->settings.prefix) : 0);
  g_string_truncate (keys->out, 0);
  for (; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      g_string_append_unichar (keys->out, c == keys->settings.gs ? GS : c);
    }
  result.text = keys->out->str;
  end_run (keys);
  keys->after_scan = TRUE;
  return result;
}

/* The run as typing: what of it was not let through goes back. */
static QuayScanKeysResult
take_typing (QuayScanKeys *keys)
{
  QuayScanKeysResult result = { .action = QUAY_SCAN_KEYS_PASS };
  if (keys->run->len > keys->let_bytes)
    {
      g_string_assign (keys->out, keys->run->str + keys->let_bytes);
      result.action = QUAY_SCAN_KEYS_FLUSH;
      result.text = keys->out->str;
      result.burst = is_code (keys);
    }
  end_run (keys);
  keys->after_scan = FALSE;
  return result;
}

/* What a pause makes of the run. */
static QuayScanKeysResult
take_run (QuayScanKeys *keys)
{
  if (keys->settings.suffix == QUAY_SCAN_SUFFIX_NONE && keys->n_chars > 0 && is_code (keys))
    return take_scan (keys);
  return take_typing (keys);
}

/* A clock that stands at 0 or runs backwards (keys put in by another program) has no rhythm. */
static gboolean
is_quick (const QuayScanKeys *keys, guint32 time_ms)
{
  guint32 gap = time_ms - keys->last_ms;
  gboolean stands = time_ms == 0 && keys->last_ms == 0;
  return !stands && gap <= keys->settings.max_gap_ms;
}

static gboolean
ends_code (const QuayScanKeys *keys, QuayScanKey key)
{
  switch (keys->settings.suffix)
    {
    case QUAY_SCAN_SUFFIX_ENTER:
      return key == QUAY_SCAN_KEY_ENTER;
    case QUAY_SCAN_SUFFIX_TAB:
      return key == QUAY_SCAN_KEY_TAB;
    case QUAY_SCAN_SUFFIX_NONE:
    default:
      return key == QUAY_SCAN_KEY_ENTER || key == QUAY_SCAN_KEY_TAB;
    }
}

/* Enter, Tab or another key that types nothing. */
static QuayScanKeysResult
press_control (QuayScanKeys *keys, QuayScanKey key, guint32 time_ms)
{
  gboolean quick = keys->n_chars > 0 && is_quick (keys, time_ms);
  if (quick && ends_code (keys, key) && is_code (keys))
    {
      keys->last_ms = time_ms;
      return take_scan (keys);
    }
  QuayScanKeysResult result = quick ? take_typing (keys) : take_run (keys);
  result.pass = TRUE;
  return result;
}

/* The first key of a run. */
static void
begin_run (QuayScanKeys *keys, gunichar ch, guint let_through, gboolean after_scan)
{
  gboolean prefix = keys->settings.prefix[0] != '\0' && ch == (guchar)keys->settings.prefix[0];
  keys->let_through = after_scan || prefix ? 0 : let_through;
}

static void
append_key (QuayScanKeys *keys, gunichar ch, guint32 time_ms)
{
  g_string_append_unichar (keys->run, ch);
  keys->n_chars++;
  keys->last_ms = time_ms;
}

QuayScanKeysResult
quay_scan_keys_press (QuayScanKeys *keys, QuayScanKey key, gunichar ch, guint32 time_ms,
                      guint let_through)
{
  if (key != QUAY_SCAN_KEY_CHAR || ch == 0 || !g_unichar_validate (ch))
    return press_control (keys, key == QUAY_SCAN_KEY_CHAR ? QUAY_SCAN_KEY_OTHER : key, time_ms);
  QuayScanKeysResult result = { .action = QUAY_SCAN_KEYS_PASS };
  gboolean quick = is_quick (keys, time_ms);
  gboolean after_scan = keys->after_scan && quick && keys->n_chars == 0;
  if (keys->n_chars > 0 && (!quick || keys->n_chars == QUAY_SCAN_KEYS_MAX))
    result = take_run (keys);
  keys->after_scan = FALSE;
  if (keys->n_chars == 0)
    {
      begin_run (keys, ch, let_through, after_scan);
      result.first = TRUE;
    }
  append_key (keys, ch, time_ms);
  if (keys->n_let < keys->let_through && keys->n_let + 1 == keys->n_chars)
    {
      keys->n_let++;
      keys->let_bytes = keys->run->len;
      result.pass = TRUE;
    }
  else if (result.action == QUAY_SCAN_KEYS_PASS)
    result.action = QUAY_SCAN_KEYS_HOLD;
  result.held = keys->run->len > keys->let_bytes;
  return result;
}

QuayScanKeysResult
quay_scan_keys_tick (QuayScanKeys *keys)
{
  if (keys->n_chars == 0)
    return (QuayScanKeysResult){ .action = QUAY_SCAN_KEYS_PASS };
  return take_run (keys);
}
