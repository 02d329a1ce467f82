/* Recorded rhythms of scanners and people. A script is a list of (key, ms since the key before);
 * what comes out is written down as "scan:CODE", "flush:TEXT" and, for keys let go on, themselves.
 */
#include "quay-scan-keys.h"

#include <string.h>

/* The window around the machine: gives keys in, runs the timer, notes what the focus widget gets.
 */
typedef struct
{
  QuayScanKeys *keys;
  GString *log;
  GString *entry; /* what the focus widget was given, in order */
  GString *all;   /* the same with the scans in their places */
  guint32 now;
  guint let_through;
  gboolean held;
} Desk;

static void
desk_init (Desk *desk, const QuayScanKeysSettings *settings, guint let_through, guint32 now)
{
  QuayScanKeysSettings standard = quay_scan_keys_settings_default ();
  *desk = (Desk){
    .keys = quay_scan_keys_new (settings != NULL ? settings : &standard),
    .log = g_string_new (NULL),
    .entry = g_string_new (NULL),
    .all = g_string_new (NULL),
    .now = now,
    .let_through = let_through,
  };
}

static void
desk_clear (Desk *desk)
{
  quay_scan_keys_free (desk->keys);
  g_string_free (desk->log, TRUE);
  g_string_free (desk->entry, TRUE);
  g_string_free (desk->all, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, desk_clear)

static void
note (Desk *desk, const QuayScanKeysResult *result)
{
  if (result->action == QUAY_SCAN_KEYS_SCAN)
    {
      g_string_append_printf (desk->log, "scan:%s ", result->text);
      g_string_truncate (desk->entry, desk->entry->len - result->leaked);
      g_string_truncate (desk->all, desk->all->len - result->leaked);
    }
  if (result->action == QUAY_SCAN_KEYS_FLUSH)
    {
      g_string_append_printf (desk->log, "flush%s:%s ", result->burst ? "!" : "", result->text);
      g_string_append (desk->entry, result->text);
    }
  g_string_append (desk->all, result->text != NULL ? result->text : "");
}

static void
run_timer (Desk *desk)
{
  if (!desk->held)
    return;
  QuayScanKeysResult result = quay_scan_keys_tick (desk->keys);
  note (desk, &result);
  desk->held = FALSE;
}

/* '\n' is Enter, '\t' Tab, '\b' an arrow key. @busy: the timer does not get to run. */
static void
press (Desk *desk, char c, guint gap, gboolean busy)
{
  QuayScanKey key = c == '\n'   ? QUAY_SCAN_KEY_ENTER
                    : c == '\t' ? QUAY_SCAN_KEY_TAB
                    : c == '\b' ? QUAY_SCAN_KEY_OTHER
                                : QUAY_SCAN_KEY_CHAR;
  if (!busy && gap > quay_scan_keys_wait_ms (desk->keys))
    run_timer (desk);
  desk->now += gap;
  QuayScanKeysResult result =
      quay_scan_keys_press (desk->keys, key, (guchar)c, desk->now, desk->let_through);
  note (desk, &result);
  desk->held = result.held;
  if (result.pass && key == QUAY_SCAN_KEY_CHAR)
    {
      g_string_append_c (desk->entry, c);
      g_string_append_c (desk->all, c);
    }
  else if (result.pass)
    g_string_append (desk->log, c == '\n' ? "enter " : c == '\t' ? "tab " : "other ");
}

static void
press_all (Desk *desk, const char *text, const guint *gaps, guint n_gaps)
{
  for (guint i = 0; text[i] != '\0'; i++)
    press (desk, text[i], gaps[i % n_gaps], FALSE);
}

/* Milliseconds between keys, as recorded: two scanners by USB, one by Bluetooth with its pauses, a
 * quick typist, a slow one, one who types digits with one hand on the number pad. */
static const guint usb_gaps[] = { 4, 5, 4, 4, 5, 8, 4 };
static const guint slow_usb_gaps[] = { 16, 16, 17, 15, 16, 24 };
static const guint bluetooth_gaps[] = { 2, 30, 2, 2, 28, 3, 29 };
static const guint typist_gaps[] = { 112, 84, 131, 96, 80, 178, 105 };
static const guint slow_typist_gaps[] = { 240, 310, 190, 900, 260 };
static const guint pad_gaps[] = { 96, 60, 72, 150, 64, 61, 88 };

typedef struct
{
  const char *name;
  const guint *gaps;
  guint n;
} Rhythm;
#define RHYTHM(gaps)                                                                               \
  {                                                                                                \
#gaps, gaps, G_N_ELEMENTS(gaps)                                                                \
  }

static const Rhythm scanners[] = { RHYTHM (usb_gaps), RHYTHM (slow_usb_gaps),
                                   RHYTHM (bluetooth_gaps) };
static const Rhythm people[] = { RHYTHM (typist_gaps), RHYTHM (slow_typist_gaps),
                                 RHYTHM (pad_gaps) };

static void
test_scanners (void)
{
  static const char *const codes[] = { "8938500000010", "OWAASF0123", "2100123012503", "123456",
                                       "https://itrace247.com/p?a=1" };
  for (guint let = 0; let <= 2; let += 2)
    for (gsize s = 0; s < G_N_ELEMENTS (scanners); s++)
      for (gsize c = 0; c < G_N_ELEMENTS (codes); c++)
        {
          g_auto (Desk) desk;
          desk_init (&desk, NULL, let, 1000);
          g_autofree char *keys = g_strconcat (codes[c], "\n", NULL);
          g_autofree char *expected = g_strdup_printf ("scan:%s ", codes[c]);
          g_test_message ("%s by %s, %u let through", codes[c], scanners[s].name, let);
          press_all (&desk, keys, scanners[s].gaps, scanners[s].n);
          g_assert_cmpstr (desk.log->str, ==, expected);
          g_assert_cmpstr (desk.entry->str, ==, "");
        }
}

static void
test_typists (void)
{
  static const char *const words[] = { "tieengs", "mieens dong", "35000", "000", "35k", "a" };
  for (guint let = 0; let <= 2; let += 2)
    for (gsize p = 0; p < G_N_ELEMENTS (people); p++)
      for (gsize w = 0; w < G_N_ELEMENTS (words); w++)
        {
          g_auto (Desk) desk;
          desk_init (&desk, NULL, let, 1000);
          g_test_message ("%s by %s, %u let through", words[w], people[p].name, let);
          press_all (&desk, words[w], people[p].gaps, people[p].n);
          run_timer (&desk);
          g_assert_cmpstr (desk.entry->str, ==, words[w]);
          g_assert_null (strstr (desk.log->str, "scan"));
          if (let > 0)
            g_assert_cmpstr (desk.log->str, ==, "");
        }
}

/* Telex doubles letters and adds tone letters: with an input method behind the entry every one of
 * them has to reach it as a key, also where two fingers roll over two keys. */
static void
test_telex (void)
{
  static const guint rolled[] = { 130, 28, 95, 140, 35, 90, 110, 41 };
  g_auto (Desk) desk;
  desk_init (&desk, NULL, 2, 1000);
  press_all (&desk, "dduwowngf phoos nghees", rolled, G_N_ELEMENTS (rolled));
  run_timer (&desk);
  g_assert_cmpstr (desk.log->str, ==, "");
  g_assert_cmpstr (desk.entry->str, ==, "dduwowngf phoos nghees");
}

/* A price typed, Enter, then a scan, then Enter by hand. */
static void
test_mixed (void)
{
  g_auto (Desk) desk;
  desk_init (&desk, NULL, 0, 1000);
  press_all (&desk, "35000\n", pad_gaps, G_N_ELEMENTS (pad_gaps));
  press (&desk, '8', 400, FALSE);
  press_all (&desk, "938500000010\n", usb_gaps, G_N_ELEMENTS (usb_gaps));
  press (&desk, '\n', 700, FALSE);
  press_all (&desk, "12", typist_gaps, G_N_ELEMENTS (typist_gaps));
  run_timer (&desk);
  g_assert_cmpstr (
      desk.log->str, ==,
      "flush:3 flush:5 flush:0 flush:0 flush:0 enter scan:8938500000010 enter flush:1 flush:2 ");
  g_assert_cmpstr (desk.entry->str, ==, "3500012");
}

/* Scans close behind one another, as from a presentation scanner. */
static void
test_back_to_back (void)
{
  for (guint let = 0; let <= 2; let += 2)
    for (guint gap = 2; gap <= 600; gap = gap * 3)
      {
        g_auto (Desk) desk;
        desk_init (&desk, NULL, let, 1000);
        press_all (&desk, "8938500000010\n", usb_gaps, G_N_ELEMENTS (usb_gaps));
        press (&desk, '2', gap, FALSE);
        press_all (&desk, "100123012503\n", usb_gaps, G_N_ELEMENTS (usb_gaps));
        g_assert_cmpstr (desk.log->str, ==, "scan:8938500000010 scan:2100123012503 ");
        g_assert_cmpstr (desk.entry->str, ==, "");
      }
}

/* The first keys of a scan that follows at once are held although the entry has an input method. */
static void
test_nothing_leaks_after_scan (void)
{
  QuayScanKeysSettings settings = quay_scan_keys_settings_default ();
  g_autoptr (QuayScanKeys) keys = quay_scan_keys_new (&settings);
  for (guint i = 0; i < 7; i++)
    {
      guint32 now = 1000 + 4 * i;
      QuayScanKeysResult r = quay_scan_keys_press (keys, QUAY_SCAN_KEY_CHAR, '1' + i, now, 2);
      g_assert_cmpint (r.first, ==, i == 0);
      g_assert_cmpint (r.pass, ==, i < 2);
      g_assert_cmpint (r.held, ==, i >= 2);
    }
  QuayScanKeysResult scan = quay_scan_keys_press (keys, QUAY_SCAN_KEY_ENTER, 0, 1030, 2);
  g_assert_cmpint (scan.action, ==, QUAY_SCAN_KEYS_SCAN);
  g_assert_cmpuint (scan.leaked, ==, 2);
  g_assert_false (scan.pass);
  QuayScanKeysResult next = quay_scan_keys_press (keys, QUAY_SCAN_KEY_CHAR, '8', 1034, 2);
  g_assert_cmpint (next.action, ==, QUAY_SCAN_KEYS_HOLD);
  g_assert_true (next.first);
  QuayScanKeysResult tick = quay_scan_keys_tick (keys);
  g_assert_cmpstr (tick.text, ==, "8");
  QuayScanKeysResult later = quay_scan_keys_press (keys, QUAY_SCAN_KEY_CHAR, '8', 1036, 2);
  g_assert_cmpint (later.action, ==, QUAY_SCAN_KEYS_PASS);
}

static void
test_clock_wraps (void)
{
  for (guint32 before = 0; before < 70; before++)
    {
      g_auto (Desk) desk;
      desk_init (&desk, NULL, 0, G_MAXUINT32 - before);
      press_all (&desk, "8938500000010\n", usb_gaps, G_N_ELEMENTS (usb_gaps));
      g_assert_cmpstr (desk.log->str, ==, "scan:8938500000010 ");
    }
  g_auto (Desk) slow;
  desk_init (&slow, NULL, 0, G_MAXUINT32 - 200);
  press_all (&slow, "123456\n", typist_gaps, G_N_ELEMENTS (typist_gaps));
  g_assert_cmpstr (slow.entry->str, ==, "123456");
  g_assert_null (strstr (slow.log->str, "scan"));
}

/* A clock that stands still, or at 0, or runs backwards has no rhythm. */
static void
test_clock_broken (void)
{
  QuayScanKeysSettings settings = quay_scan_keys_settings_default ();
  for (int step = -20; step <= 0; step += 20)
    {
      g_autoptr (QuayScanKeys) keys = quay_scan_keys_new (&settings);
      g_autoptr (GString) got = g_string_new (NULL);
      for (int i = 0; i < 8; i++)
        {
          guint32 now = step == 0 ? 0 : (guint32)(9000 + step * i);
          QuayScanKeysResult r = quay_scan_keys_press (keys, QUAY_SCAN_KEY_CHAR, '1' + i, now, 0);
          g_assert_cmpint (r.action, !=, QUAY_SCAN_KEYS_SCAN);
          g_string_append (got, r.text != NULL ? r.text : "");
        }
      QuayScanKeysResult end = quay_scan_keys_press (keys, QUAY_SCAN_KEY_ENTER, 0, 8800, 0);
      g_assert_cmpint (end.action, !=, QUAY_SCAN_KEYS_SCAN);
      g_assert_true (end.pass);
      g_string_append (got, end.text != NULL ? end.text : "");
      g_assert_cmpstr (got->str, ==, "12345678");
    }
}

/* A scanner set to send nothing after the code. */
static void
test_no_suffix (void)
{
  QuayScanKeysSettings settings = quay_scan_keys_settings_default ();
  g_auto (Desk) enter;
  desk_init (&enter, NULL, 0, 1000);
  press_all (&enter, "8938500000010", usb_gaps, G_N_ELEMENTS (usb_gaps));
  run_timer (&enter);
  g_assert_cmpstr (enter.log->str, ==, "flush!:8938500000010 ");

  settings.suffix = QUAY_SCAN_SUFFIX_NONE;
  g_auto (Desk) none;
  desk_init (&none, &settings, 2, 1000);
  press_all (&none, "8938500000010", usb_gaps, G_N_ELEMENTS (usb_gaps));
  press (&none, '2', 120, FALSE);
  press_all (&none, "100123012503", usb_gaps, G_N_ELEMENTS (usb_gaps));
  run_timer (&none);
  press_all (&none, "35", pad_gaps, G_N_ELEMENTS (pad_gaps));
  run_timer (&none);
  g_assert_cmpstr (none.log->str, ==, "scan:8938500000010 scan:2100123012503 ");
  g_assert_cmpstr (none.entry->str, ==, "35");
}

/* While the program is busy the timer does not run: the keys' own times still tell. */
static void
test_busy (void)
{
  QuayScanKeysSettings settings = quay_scan_keys_settings_default ();
  settings.suffix = QUAY_SCAN_SUFFIX_NONE;
  g_auto (Desk) none;
  desk_init (&none, &settings, 0, 1000);
  press_all (&none, "8938500000010", usb_gaps, G_N_ELEMENTS (usb_gaps));
  press (&none, '7', 300, TRUE);
  g_assert_true (none.held);
  run_timer (&none);
  g_assert_cmpstr (none.log->str, ==, "scan:8938500000010 flush:7 ");

  g_auto (Desk) typed;
  desk_init (&typed, NULL, 0, 1000);
  for (const char *p = "350000"; *p != '\0'; p++)
    press (&typed, *p, 70, TRUE);
  press (&typed, '\n', 70, TRUE);
  g_assert_cmpstr (typed.entry->str, ==, "350000");
  g_assert_true (g_str_has_suffix (typed.log->str, "enter "));
}

/* Quick keys too short for a code, Enter after a rest, an arrow key in between: all typing. */
static void
test_given_back (void)
{
  static const struct
  {
    const char *keys;
    guint gap;
    guint last_gap;
    const char *log;
    const char *entry;
  } rows[] = {
    { "12345\n", 8, 8, "flush:12345 enter ", "12345" },
    { "1\n", 8, 8, "flush:1 enter ", "1" },
    { "\n", 8, 8, "enter ", "" },
    { "8938500000010\n", 8, 400, "flush!:8938500000010 enter ", "8938500000010" },
    { "8938500000010\t", 8, 8, "flush!:8938500000010 tab ", "8938500000010" },
    { "8938500\b", 8, 8, "flush!:8938500 other ", "8938500" },
    { "0000000000000000\n", 33, 33, "flush:0000000000000000 enter ", "0000000000000000" },
    { "000000001\n", 33, 33, "scan:000000001 ", "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Desk) desk;
      desk_init (&desk, NULL, 0, 1000);
      gsize n = strlen (rows[i].keys);
      for (gsize k = 0; k < n; k++)
        press (&desk, rows[i].keys[k], k + 1 == n ? rows[i].last_gap : rows[i].gap, FALSE);
      g_assert_cmpstr (desk.log->str, ==, rows[i].log);
      g_assert_cmpstr (desk.entry->str, ==, rows[i].entry);
    }
}

static void
test_prefix (void)
{
  QuayScanKeysSettings settings = quay_scan_keys_settings_default ();
  g_strlcpy (settings.prefix, "~]", sizeof settings.prefix);
  settings.min_length = 4;
  settings.suffix = QUAY_SCAN_SUFFIX_TAB;
  static const struct
  {
    const char *keys;
    const char *log;
    const char *entry;
  } rows[] = {
    { "~]1234\t", "scan:1234 ", "" },           { "~]8938500000010\t", "scan:8938500000010 ", "" },
    { "~]123\t", "flush:~]123 tab ", "~]123" }, { "12345\t", "flush:345 tab ", "12345" },
    { "123456\t", "scan:123456 ", "" },         { "~]1234\n", "flush!:~]1234 enter ", "~]1234" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Desk) desk;
      desk_init (&desk, &settings, 2, 1000);
      g_test_message ("%s", rows[i].keys);
      press_all (&desk, rows[i].keys, usb_gaps, G_N_ELEMENTS (usb_gaps));
      g_assert_cmpstr (desk.log->str, ==, rows[i].log);
      g_assert_cmpstr (desk.entry->str, ==, rows[i].entry);
    }
}

/* FNC1 as Ctrl+] or as the substitute that the scanner is set to. */
static void
test_gs (void)
{
  QuayScanKeysSettings settings = quay_scan_keys_settings_default ();
  settings.gs = '|';
  for (int i = 0; i < 2; i++)
    {
      g_auto (Desk) desk;
      desk_init (&desk, &settings, 0, 1000);
      press_all (&desk,
                 i == 0 ? "10AB|17261231\n"
                        : "10AB\x1d"
                          "17261231\n",
                 usb_gaps, G_N_ELEMENTS (usb_gaps));
      g_assert_cmpstr (desk.log->str, ==,
                       "scan:10AB\x1d"
                       "17261231 ");
    }
  g_auto (Desk) typed;
  desk_init (&typed, &settings, 0, 1000);
  press_all (&typed, "a|b", typist_gaps, G_N_ELEMENTS (typist_gaps));
  run_timer (&typed);
  g_assert_cmpstr (typed.entry->str, ==, "a|b");
}

/* Beyond any code: given back in pieces, nothing lost. */
static void
test_endless (void)
{
  g_auto (Desk) desk;
  desk_init (&desk, NULL, 0, 1000);
  for (guint i = 0; i < 3 * QUAY_SCAN_KEYS_MAX; i++)
    press (&desk, (char)('0' + i % 10), 3, FALSE);
  run_timer (&desk);
  g_assert_cmpuint (desk.entry->len, ==, 3 * QUAY_SCAN_KEYS_MAX);
  for (guint i = 0; i < desk.entry->len; i++)
    g_assert_cmpint (desk.entry->str[i], ==, '0' + i % 10);
}

/* Whatever is pressed, whenever: every character comes out once, in order, as text or as a scan. */
static void
test_nothing_is_lost (void)
{
  static const guint gaps[] = { 1, 4, 30, 49, 50, 51, 54, 55, 56, 60, 200 };
  for (int round = 0; round < 500; round++)
    {
      QuayScanKeysSettings settings = quay_scan_keys_settings_default ();
      settings.suffix = (QuayScanSuffix)g_test_rand_int_range (0, 3);
      guint let = (guint)g_test_rand_int_range (0, 4);
      g_autoptr (GString) given = g_string_new (NULL);
      g_auto (Desk) desk;
      desk_init (&desk, &settings, let, (guint32)g_test_rand_int ());
      for (int i = 0; i < 200; i++)
        {
          char c = (char)g_test_rand_int_range ('a', 'd');
          guint gap = gaps[g_test_rand_int_range (0, G_N_ELEMENTS (gaps))];
          int what = g_test_rand_int_range (0, 12);
          if (what == 0)
            c = '\n';
          else if (what == 1)
            c = '\t';
          else
            g_string_append_c (given, c);
          press (&desk, c, gap, g_test_rand_int_range (0, 4) == 0);
        }
      run_timer (&desk);
      g_assert_cmpstr (desk.all->str, ==, given->str);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan-keys/scanners", test_scanners);
  g_test_add_func ("/scan-keys/typists", test_typists);
  g_test_add_func ("/scan-keys/telex", test_telex);
  g_test_add_func ("/scan-keys/mixed", test_mixed);
  g_test_add_func ("/scan-keys/back-to-back", test_back_to_back);
  g_test_add_func ("/scan-keys/nothing-leaks-after-scan", test_nothing_leaks_after_scan);
  g_test_add_func ("/scan-keys/clock-wraps", test_clock_wraps);
  g_test_add_func ("/scan-keys/clock-broken", test_clock_broken);
  g_test_add_func ("/scan-keys/no-suffix", test_no_suffix);
  g_test_add_func ("/scan-keys/busy", test_busy);
  g_test_add_func ("/scan-keys/given-back", test_given_back);
  g_test_add_func ("/scan-keys/prefix", test_prefix);
  g_test_add_func ("/scan-keys/gs", test_gs);
  g_test_add_func ("/scan-keys/endless", test_endless);
  g_test_add_func ("/scan-keys/nothing-is-lost", test_nothing_is_lost);
  return g_test_run ();
}
