/* The application identifiers of GS1 with the form of their values, as data, and the check of a
 * value against its form. From the GS1 Barcode Syntax Dictionary, release 2026-01-27. Pure. */
#include "quay-gs1-private.h"

#include <string.h>

#define F QUAY_GS1_FIXED
#define Q QUAY_GS1_QUERY
#define K QUAY_GS1_KEY
#define D QUAY_GS1_DECIMALS

static const QuayGs1Rule rules[] = {
  { "00", "00", "N18k", F | Q | K, NULL },
  { "01", "01", "N14k", F | Q | K, "22,10,21|235" },
  { "02", "02", "N14k", F | Q, NULL },
  { "03", "03", "N14k", F, NULL },
  { "10", "10", "X..20", Q, NULL },
  { "11", "13", "N6z", F | Q, NULL },
  { "15", "17", "N6z", F | Q, NULL },
  { "20", "20", "N2", F | Q, NULL },
  { "21", "22", "X..20", 0, NULL },
  { "235", "235", "X..28", 0, NULL },
  { "240", "241", "X..30", Q, NULL },
  { "242", "242", "N..6", Q, NULL },
  { "243", "243", "X..20", Q, NULL },
  { "250", "251", "X..30", Q, NULL },
  { "253", "253", "N13k [X..17]", Q | K, NULL },
  { "254", "254", "X..20", 0, NULL },
  { "255", "255", "N13k [N..12]", Q | K, NULL },
  { "30", "30", "N..8", Q, NULL },
  { "3100", "3165", "N6", F | Q | D, NULL },
  { "3200", "3375", "N6", F | Q | D, NULL },
  { "3400", "3575", "N6", F | Q | D, NULL },
  { "3600", "3695", "N6", F | Q | D, NULL },
  { "37", "37", "N..8", Q, NULL },
  { "3900", "3909", "N..15", Q, NULL },
  { "3910", "3919", "N3 N..15", Q, NULL },
  { "3920", "3929", "N..15", Q, NULL },
  { "3930", "3939", "N3 N..15", Q, NULL },
  { "3940", "3943", "N4", Q, NULL },
  { "3950", "3955", "N6", Q, NULL },
  { "400", "400", "X..30", Q, NULL },
  { "401", "401", "X..30", Q | K, NULL },
  { "402", "402", "N17k", Q | K, NULL },
  { "403", "403", "X..30", Q, NULL },
  { "410", "413", "N13k", F | Q, NULL },
  { "414", "414", "N13k", F | Q | K, "254|7040" },
  { "415", "415", "N13k", F | Q | K, "8020" },
  { "416", "416", "N13k", F | Q, NULL },
  { "417", "417", "N13k", F | Q | K, "7040" },
  { "420", "420", "X..20", Q, NULL },
  { "421", "421", "N3 X..9", Q, NULL },
  { "422", "422", "N3", Q, NULL },
  { "423", "423", "N3 [N3] [N3] [N3] [N3]", Q, NULL },
  { "424", "424", "N3", Q, NULL },
  { "425", "425", "N3 [N3] [N3] [N3] [N3]", Q, NULL },
  { "426", "426", "N3", Q, NULL },
  { "427", "427", "X..3", Q, NULL },
  { "4300", "4301", "X..35", Q, NULL },
  { "4302", "4306", "X..70", Q, NULL },
  { "4307", "4307", "X2", Q, NULL },
  { "4308", "4308", "X..30", Q, NULL },
  { "4309", "4309", "N20", Q, NULL },
  { "4310", "4311", "X..35", Q, NULL },
  { "4312", "4316", "X..70", Q, NULL },
  { "4317", "4317", "X2", Q, NULL },
  { "4318", "4318", "X..20", Q, NULL },
  { "4319", "4319", "X..30", Q, NULL },
  { "4320", "4320", "X..35", Q, NULL },
  { "4321", "4323", "N1", Q, NULL },
  { "4324", "4325", "N6z N4", Q, NULL },
  { "4326", "4326", "N6d", Q, NULL },
  { "4330", "4333", "N6 [X1]", Q, NULL },
  { "7001", "7001", "N13", Q, NULL },
  { "7002", "7002", "X..30", Q, NULL },
  { "7003", "7003", "N6d N4", Q, NULL },
  { "7004", "7004", "N..4", Q, NULL },
  { "7005", "7005", "X..12", Q, NULL },
  { "7006", "7006", "N6d", Q, NULL },
  { "7007", "7007", "N6d [N6d]", Q, NULL },
  { "7008", "7008", "X..3", Q, NULL },
  { "7009", "7009", "X..10", Q, NULL },
  { "7010", "7010", "X..2", Q, NULL },
  { "7011", "7011", "N6d [N4]", Q, NULL },
  { "7020", "7022", "X..20", Q, NULL },
  { "7023", "7023", "X..30", Q, NULL },
  { "7030", "7039", "N3 X..27", Q, NULL },
  { "7040", "7040", "N1 X3", 0, NULL },
  { "7041", "7041", "X..4", Q, NULL },
  { "710", "717", "X..20", Q, NULL },
  { "7230", "7239", "X2 X..28", Q, NULL },
  { "7240", "7240", "X..20", Q, NULL },
  { "7241", "7241", "N2", Q, NULL },
  { "7242", "7242", "X..25", Q, NULL },
  { "7250", "7250", "N8", Q, NULL },
  { "7251", "7251", "N12", Q, NULL },
  { "7252", "7252", "N1", Q, NULL },
  { "7253", "7254", "X..40", Q, NULL },
  { "7255", "7255", "X..10", Q, NULL },
  { "7256", "7256", "X..90", Q, NULL },
  { "7257", "7257", "X..70", Q, NULL },
  { "7258", "7258", "X3", Q, NULL },
  { "7259", "7259", "X..40", Q, NULL },
  { "8001", "8001", "N14", Q, NULL },
  { "8002", "8002", "X..20", Q, NULL },
  { "8003", "8003", "N1 N13k [X..16]", Q | K, NULL },
  { "8004", "8004", "X..30", Q | K, "7040" },
  { "8005", "8005", "N6", Q, NULL },
  { "8006", "8006", "N14k N4", Q | K, "22,10,21" },
  { "8007", "8007", "X..34", Q, NULL },
  { "8008", "8008", "N6z N2 [N2] [N2]", Q, NULL },
  { "8009", "8009", "X..50", Q, NULL },
  { "8010", "8010", "Y..30", Q | K, "8011" },
  { "8011", "8011", "N..12", 0, NULL },
  { "8012", "8012", "X..20", Q, NULL },
  { "8013", "8013", "X..25", Q | K, NULL },
  { "8014", "8014", "X..25", 0, NULL },
  { "8017", "8018", "N18k", Q | K, "8019" },
  { "8019", "8019", "N..10", 0, NULL },
  { "8020", "8020", "X..25", 0, NULL },
  { "8026", "8026", "N14k N4", Q, NULL },
  { "8030", "8030", "Z..90", Q, NULL },
  { "8040", "8041", "N15", 0, NULL },
  { "8042", "8042", "N32", 0, NULL },
  { "8043", "8043", "N18 [N..2]", 0, NULL },
  { "8110", "8110", "X..70", Q, NULL },
  { "8111", "8111", "N4", Q, NULL },
  { "8112", "8112", "X..70", Q, NULL },
  { "8200", "8200", "X..70", 0, NULL },
  { "90", "90", "X..30", Q, NULL },
  { "91", "99", "X..90", Q, NULL },
};

#undef F
#undef Q
#undef K
#undef D

/* One component of a format. */
typedef struct
{
  char type;
  gsize min;
  gsize max;
  gboolean optional;
  char check; /* 'k', 'd', 'z' or 0 */
} Component;

const QuayGs1Rule *
quay_gs1_rule_at (const char *text, gsize len, gsize *ai_len)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      gsize n = strlen (rules[i].first);
      if (len < n || memcmp (text, rules[i].first, n) < 0 || memcmp (text, rules[i].last, n) > 0)
        continue;
      /* Bytes between "3100" and "3165" need not be digits: ":" sorts behind "9". */
      for (gsize d = 0; d < n; d++)
        if (!g_ascii_isdigit (text[d]))
          return NULL;
      if ((rules[i].flags & QUAY_GS1_DECIMALS) && text[n - 1] > '5')
        return NULL;
      *ai_len = n;
      return &rules[i];
    }
  return NULL;
}

const QuayGs1Rule *
quay_gs1_rule (const char *ai, gsize len)
{
  gsize n = 0;
  const QuayGs1Rule *rule = quay_gs1_rule_at (ai, len, &n);
  return rule != NULL && n == len ? rule : NULL;
}

/* Reads the next component of a format and returns what follows it. */
static const char *
next_component (const char *format, Component *out)
{
  const char *p = format;
  *out = (Component){ 0 };
  if (*p == '[')
    {
      out->optional = TRUE;
      p++;
    }
  out->type = *p++;
  gboolean up_to = p[0] == '.';
  if (up_to)
    p += 2;
  for (; g_ascii_isdigit (*p); p++)
    out->max = out->max * 10 + (gsize)(*p - '0');
  out->min = up_to ? 1 : out->max;
  if (*p == 'k' || *p == 'd' || *p == 'z')
    out->check = *p++;
  if (*p == ']')
    p++;
  return *p == ' ' ? p + 1 : p;
}

gsize
quay_gs1_fixed_length (const QuayGs1Rule *rule)
{
  Component c;
  next_component (rule->format, &c);
  return c.max;
}

static gboolean
is_allowed (char type, char c)
{
  if (g_ascii_isdigit (c))
    return TRUE;
  switch (type)
    {
    case 'X':
      return g_ascii_isalpha (c) || (c != '\0' && strchr ("!\"%&'()*+,-./:;<=>?_", c) != NULL);
    case 'Y':
      return g_ascii_isupper (c) || c == '#' || c == '-' || c == '/';
    case 'Z':
      return g_ascii_isalpha (c) || c == '-' || c == '_' || c == '=';
    default:
      return FALSE;
    }
}

/* Month and day exist in some year that ends in yy. */
static gboolean
is_date (const char *yymmdd, gboolean day_may_be_0)
{
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  int yy = (yymmdd[0] - '0') * 10 + yymmdd[1] - '0';
  int mm = (yymmdd[2] - '0') * 10 + yymmdd[3] - '0';
  int dd = (yymmdd[4] - '0') * 10 + yymmdd[5] - '0';
  if (mm < 1 || mm > 12)
    return FALSE;
  int last = days[mm - 1] + (mm == 2 && yy % 4 == 0);
  return dd <= last && (dd >= 1 || day_may_be_0);
}

static QuayCodeFault
check_component (const Component *c, const char *value, gsize len)
{
  for (gsize i = 0; i < len; i++)
    if (!is_allowed (c->type, value[i]))
      return QUAY_CODE_CHARACTER;
  if (c->check == 'k' && !quay_gs1_check (value, len))
    return QUAY_CODE_CHECK_DIGIT;
  if ((c->check == 'd' || c->check == 'z') && !is_date (value, c->check == 'z'))
    return QUAY_CODE_DATE;
  return QUAY_CODE_OK;
}

QuayCodeFault
quay_gs1_check_value (const QuayGs1Rule *rule, const char *value, gsize len)
{
  for (const char *format = rule->format; *format != '\0';)
    {
      Component c;
      format = next_component (format, &c);
      if (len == 0 && c.optional)
        continue;
      gsize n = MIN (len, c.max);
      if (n < c.min)
        return QUAY_CODE_LENGTH;
      QuayCodeFault fault = check_component (&c, value, n);
      if (fault != QUAY_CODE_OK)
        return fault;
      value += n;
      len -= n;
    }
  return len == 0 ? QUAY_CODE_OK : QUAY_CODE_LENGTH;
}
