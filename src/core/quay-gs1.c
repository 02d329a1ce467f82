/* GS1 element strings, the bracketed form, check digits and dates. The table of identifiers is in
 * quay-gs1-table.c, Digital Links are in quay-gs1-link.c. Pure; any thread. */
#include "quay-gs1-private.h"

#include <string.h>

const char *
quay_code_fault_name (QuayCodeFault fault)
{
  static const char *const names[] = {
    [QUAY_CODE_OK] = "ok",
    [QUAY_CODE_CHECK_DIGIT] = "check-digit",
    [QUAY_CODE_LENGTH] = "length",
    [QUAY_CODE_CHARACTER] = "character",
    [QUAY_CODE_DATE] = "date",
    [QUAY_CODE_UNKNOWN_AI] = "unknown-ai",
    [QUAY_CODE_DUPLICATE_AI] = "duplicate-ai",
    [QUAY_CODE_MISPLACED_AI] = "misplaced-ai",
    [QUAY_CODE_NO_KEY] = "no-key",
    [QUAY_CODE_ESCAPE] = "escape",
    [QUAY_CODE_TOO_MUCH] = "too-much",
    [QUAY_CODE_CRC] = "crc",
  };
  g_return_val_if_fail (fault < G_N_ELEMENTS (names), "ok");
  return names[fault];
}

/* Σ of digits by weights 3, 1, 3 … counted from the right end. */
static guint
weighted_sum (const char *digits, gsize len)
{
  guint sum = 0;
  for (gsize i = 0; i < len; i++)
    {
      guint d = (guint)(digits[len - 1 - i] - '0');
      sum = (sum + (i % 2 == 0 ? 3 * d : d)) % 10;
    }
  return sum;
}

char
quay_gs1_check_digit (const char *digits, gsize len)
{
  return (char)('0' + (10 - weighted_sum (digits, len)) % 10);
}

gboolean
quay_gs1_check (const char *digits, gsize len)
{
  if (len < 2)
    return FALSE;
  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isdigit (digits[i]))
      return FALSE;
  return digits[len - 1] == quay_gs1_check_digit (digits, len - 1);
}

static const QuayGs1Element *
find_element (const QuayGs1 *gs1, const char *ai, gsize ai_len)
{
  for (guint i = 0; i < gs1->n_elements; i++)
    if (strlen (gs1->elements[i].ai) == ai_len && memcmp (gs1->elements[i].ai, ai, ai_len) == 0)
      return &gs1->elements[i];
  return NULL;
}

QuayCodeFault
quay_gs1_add (QuayGs1 *gs1, const QuayGs1Rule *rule, const char *ai, gsize ai_len,
              const char *value, gsize len, gboolean once)
{
  QuayCodeFault fault = quay_gs1_check_value (rule, value, len);
  if (fault != QUAY_CODE_OK)
    return fault;
  const QuayGs1Element *same = find_element (gs1, ai, ai_len);
  if (same != NULL)
    {
      const char *had = gs1->text + same->at;
      gboolean equal = strlen (had) == len && memcmp (had, value, len) == 0;
      return equal && !once ? QUAY_CODE_OK : QUAY_CODE_DUPLICATE_AI;
    }
  if (gs1->n_elements == QUAY_GS1_MAX_ELEMENTS || gs1->text_len + len + 1 > QUAY_GS1_MAX_TEXT)
    return QUAY_CODE_TOO_MUCH;
  QuayGs1Element *element = &gs1->elements[gs1->n_elements++];
  *element = (QuayGs1Element){
    .fnc1 = (rule->flags & QUAY_GS1_FIXED) == 0,
    .at = (guint16)gs1->text_len,
  };
  memcpy (element->ai, ai, ai_len);
  memcpy (gs1->text + gs1->text_len, value, len);
  gs1->text_len += len;
  gs1->text[gs1->text_len++] = '\0';
  return QUAY_CODE_OK;
}

QuayCodeFault
quay_gs1_parse_elements (const char *text, gsize len, QuayGs1 *out)
{
  const char *p = text;
  const char *end = text + len;
  *out = (QuayGs1){ 0 };
  while (p < end)
    {
      if (*p == QUAY_GS1_FNC1)
        {
          p++;
          continue;
        }
      gsize ai_len = 0;
      const QuayGs1Rule *rule = quay_gs1_rule_at (p, (gsize)(end - p), &ai_len);
      if (rule == NULL)
        return QUAY_CODE_UNKNOWN_AI;
      const char *value = p + ai_len;
      const char *stop = memchr (value, QUAY_GS1_FNC1, (gsize)(end - value));
      gsize n = (gsize)((stop != NULL ? stop : end) - value);
      if (rule->flags & QUAY_GS1_FIXED)
        n = MIN (n, quay_gs1_fixed_length (rule));
      QuayCodeFault fault = quay_gs1_add (out, rule, p, ai_len, value, n, FALSE);
      if (fault != QUAY_CODE_OK)
        return fault;
      p = value + n;
    }
  return out->n_elements > 0 ? QUAY_CODE_OK : QUAY_CODE_LENGTH;
}

/* The rule of "(01)" at @p; NULL if a known identifier in brackets does not stand there. */
static const QuayGs1Rule *
bracket_at (const char *p, const char *end, gsize *ai_len)
{
  if (end - p < 4 || *p != '(')
    return NULL;
  const char *close = memchr (p, ')', (gsize)MIN (end - p, 6));
  if (close == NULL)
    return NULL;
  *ai_len = (gsize)(close - p - 1);
  return quay_gs1_rule (p + 1, *ai_len);
}

QuayCodeFault
quay_gs1_parse_brackets (const char *text, gsize len, QuayGs1 *out)
{
  const char *p = text;
  const char *end = text + len;
  *out = (QuayGs1){ 0 };
  while (p < end)
    {
      gsize ai_len = 0;
      const QuayGs1Rule *rule = bracket_at (p, end, &ai_len);
      if (rule == NULL)
        return QUAY_CODE_UNKNOWN_AI;
      /* A lot may hold brackets: only those around a known identifier begin the next field. */
      const char *value = p + ai_len + 2;
      const char *stop = value;
      gsize skip = 0;
      while (stop < end && bracket_at (stop, end, &skip) == NULL)
        stop++;
      QuayCodeFault fault =
          quay_gs1_add (out, rule, p + 1, ai_len, value, (gsize)(stop - value), FALSE);
      if (fault != QUAY_CODE_OK)
        return fault;
      p = stop;
    }
  return out->n_elements > 0 ? QUAY_CODE_OK : QUAY_CODE_LENGTH;
}

const char *
quay_gs1_get (const QuayGs1 *gs1, const char *ai)
{
  const QuayGs1Element *element = find_element (gs1, ai, strlen (ai));
  return element != NULL ? gs1->text + element->at : NULL;
}

const char *
quay_gs1_find (const QuayGs1 *gs1, const char *family, int *digit)
{
  for (guint i = 0; i < gs1->n_elements; i++)
    {
      const QuayGs1Element *e = &gs1->elements[i];
      if (strlen (e->ai) != 4 || strncmp (e->ai, family, 3) != 0)
        continue;
      *digit = e->ai[3] - '0';
      return gs1->text + e->at;
    }
  return NULL;
}

char *
quay_gs1_to_text (const QuayGs1 *gs1, char fnc1)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < gs1->n_elements; i++)
    {
      if (i == 0 || gs1->elements[i - 1].fnc1)
        g_string_append_c (text, fnc1);
      g_string_append (text, gs1->elements[i].ai);
      g_string_append (text, gs1->text + gs1->elements[i].at);
    }
  return g_string_free (text, FALSE);
}

/* The year within −49…+50 of @this_year that ends in @yy. */
static int
full_year (int yy, int this_year)
{
  int year = this_year - this_year % 100 + yy;
  if (year - this_year > 50)
    return year - 100;
  if (year - this_year < -49)
    return year + 100;
  return year;
}

QuayDay
quay_gs1_day (const char *yymmdd, QuayDay today, gboolean month_end)
{
  for (int i = 0; i < 6; i++)
    if (!g_ascii_isdigit (yymmdd[i]))
      return 0;
  int yy = (yymmdd[0] - '0') * 10 + yymmdd[1] - '0';
  int mm = (yymmdd[2] - '0') * 10 + yymmdd[3] - '0';
  int dd = (yymmdd[4] - '0') * 10 + yymmdd[5] - '0';
  QuayDay month = full_year (yy, today / 10000) * 10000 + mm * 100;
  QuayDay day = month + dd;
  if (dd == 0)
    {
      if (!quay_day_is_valid (month + 1))
        return 0;
      day = month + 31;
      while (month_end && !quay_day_is_valid (day))
        day--;
      if (!month_end)
        day = month + 1;
    }
  return quay_day_is_valid (day) ? day : 0;
}
