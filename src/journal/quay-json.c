/* The bytes are those of jansson's JSON_COMPACT: records written either way are the same. */
#include "quay-json.h"

#include <string.h>

void
quay_json_next (GString *out)
{
  char last = out->len > 0 ? out->str[out->len - 1] : '{';
  if (last != '{' && last != '[')
    g_string_append_c (out, ',');
}

void
quay_json_key (GString *out, const char *key)
{
  quay_json_next (out);
  g_string_append_c (out, '"');
  g_string_append (out, key);
  g_string_append_len (out, "\":", 2);
}

void
quay_json_int (GString *out, gint64 number)
{
  char digits[20];
  guint at = sizeof digits;
  guint64 left = number < 0 ? -(guint64)number : (guint64)number;
  do
    digits[--at] = (char)('0' + left % 10);
  while ((left /= 10) != 0);
  if (number < 0)
    g_string_append_c (out, '-');
  g_string_append_len (out, digits + at, (gssize)(sizeof digits - at));
}

static void
append_escaped (GString *out, guchar c)
{
  static const char letters[] = {
    ['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't', ['"'] = '"', ['\\'] = '\\'
  };
  if (letters[c] == '\0')
    {
      g_string_append_printf (out, "\\u%04X", c);
      return;
    }
  g_string_append_c (out, '\\');
  g_string_append_c (out, letters[c]);
}

void
quay_json_text (GString *out, const char *text)
{
  const char *from = text;
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    if ((guchar)*p < 0x20 || *p == '"' || *p == '\\')
      {
        g_string_append_len (out, from, p - from);
        append_escaped (out, (guchar)*p);
        from = p + 1;
      }
  g_string_append (out, from);
  g_string_append_c (out, '"');
}
