/* The text form and the look-up of label layouts and traceability hosts. Pure; any thread. */
#include "quay-scan-rules.h"

#include "quay-error.h"

#include <string.h>

static const char *const kind_names[] = {
  [QUAY_SCAN_LABEL_WEIGHT] = "weight",
  [QUAY_SCAN_LABEL_PRICE] = "price",
  [QUAY_SCAN_LABEL_COUNT] = "count",
  [QUAY_SCAN_LABEL_OWN] = "own",
};

/* A price in đồng does not fit in five digits above 99.999 đ: hence hundreds on prefix 22. */
static const QuayScanRules default_rules = {
  .n_labels = 4,
  .labels = { { .prefix = 21,
                .item_digits = 5,
                .value_digits = 5,
                .kind = QUAY_SCAN_LABEL_WEIGHT,
                .decimals = 3 },
              { .prefix = 22,
                .item_digits = 5,
                .value_digits = 5,
                .kind = QUAY_SCAN_LABEL_PRICE,
                .decimals = -2 },
              { .prefix = 26,
                .item_digits = 5,
                .value_digits = 5,
                .kind = QUAY_SCAN_LABEL_WEIGHT,
                .decimals = 3 },
              { .prefix = 29, .item_digits = 10, .kind = QUAY_SCAN_LABEL_OWN } },
  .hosts = "itrace247.com,verigoods.vn,*.gov.vn",
};

QuayScanRules
quay_scan_rules_default (void)
{
  return default_rules;
}

const QuayScanLabel *
quay_scan_rules_find_label (const QuayScanRules *rules, int prefix)
{
  for (guint i = 0; i < rules->n_labels; i++)
    if (rules->labels[i].prefix == prefix)
      return &rules->labels[i];
  return NULL;
}

static gboolean
is_sound (const QuayScanLabel *l)
{
  if (l->prefix != 2 && (l->prefix < 20 || l->prefix > 29))
    return FALSE;
  if (2 + l->item_digits + l->inner + l->value_digits + 1 != 13 || l->inner < 0 || l->inner > 1)
    return FALSE;
  if (l->kind == QUAY_SCAN_LABEL_OWN)
    return l->item_digits == 10 && l->decimals == 0;
  if (l->item_digits < 4 || l->item_digits > 6 || l->value_digits < 4 || l->value_digits > 6)
    return FALSE;
  if (l->kind == QUAY_SCAN_LABEL_PRICE)
    return l->decimals >= -3 && l->decimals <= 0;
  if (l->kind == QUAY_SCAN_LABEL_COUNT)
    return l->decimals == 0;
  return l->decimals >= 0 && l->decimals <= 3;
}

/* A whole number of one or two digits, with a sign if need be. */
static gboolean
read_small (const char *text, int *out)
{
  gint64 n;
  if (strlen (text) > 3 || !g_ascii_string_to_signed (text, 10, -99, 99, &n, NULL))
    return FALSE;
  *out = (int)n;
  return TRUE;
}

static gboolean
read_kind (const char *text, QuayScanLabelKind *out)
{
  for (guint i = 0; i < G_N_ELEMENTS (kind_names); i++)
    if (strcmp (text, kind_names[i]) == 0)
      {
        *out = (QuayScanLabelKind)i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_label (const char *text, QuayScanLabel *out)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", -1);
  if (g_strv_length (parts) != 6)
    return FALSE;
  return read_small (parts[0], &out->prefix) && read_small (parts[1], &out->item_digits) &&
         read_small (parts[2], &out->value_digits) && read_kind (parts[3], &out->kind) &&
         read_small (parts[4], &out->decimals) && read_small (parts[5], &out->inner) &&
         is_sound (out);
}

gboolean
quay_scan_rules_set_labels (QuayScanRules *rules, const char *text, GError **error)
{
  g_auto (GStrv) layouts = g_strsplit (text, ",", -1);
  QuayScanRules next = *rules;
  next.n_labels = 0;
  for (guint i = 0; layouts[i] != NULL; i++)
    {
      QuayScanLabel label = { 0 };
      const char *layout = g_strstrip (layouts[i]);
      if (*layout == '\0' && layouts[1] == NULL)
        break;
      if (next.n_labels == QUAY_SCAN_MAX_LABELS || !read_label (layout, &label) ||
          quay_scan_rules_find_label (&next, label.prefix) != NULL)
        {
          g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "bad or repeated label layout '%s'",
                       layout);
          return FALSE;
        }
      next.labels[next.n_labels++] = label;
    }
  *rules = next;
  return TRUE;
}

char *
quay_scan_rules_dup_labels (const QuayScanRules *rules)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < rules->n_labels; i++)
    {
      const QuayScanLabel *l = &rules->labels[i];
      g_string_append_printf (text, "%s%02d:%d:%d:%s:%d:%d", i > 0 ? "," : "", l->prefix,
                              l->item_digits, l->value_digits, kind_names[l->kind], l->decimals,
                              l->inner);
    }
  return g_string_free (text, FALSE);
}

static gboolean
is_host_pattern (const char *text)
{
  const char *p = g_str_has_prefix (text, "*.") ? text + 2 : text;
  if (*p == '\0' || *p == '.')
    return FALSE;
  for (; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '-' && *p != '.')
      return FALSE;
  return TRUE;
}

gboolean
quay_scan_rules_set_hosts (QuayScanRules *rules, const char *text, GError **error)
{
  g_auto (GStrv) hosts = g_strsplit (text, ",", -1);
  GString *clean = g_string_new (NULL);
  for (guint i = 0; hosts[i] != NULL; i++)
    {
      const char *host = g_strstrip (hosts[i]);
      if (*host == '\0')
        continue;
      if (!is_host_pattern (host) || clean->len + strlen (host) + 1 >= QUAY_SCAN_MAX_HOSTS)
        {
          g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "no host name: '%s'", host);
          g_string_free (clean, TRUE);
          return FALSE;
        }
      g_string_append_printf (clean, "%s%s", clean->len > 0 ? "," : "", host);
    }
  g_strlcpy (rules->hosts, clean->str, sizeof rules->hosts);
  g_string_free (clean, TRUE);
  return TRUE;
}

/* True if @host is @name or, after a dot, ends in it. */
static gboolean
is_below (const char *host, gsize len, const char *name, gsize name_len, gboolean itself_too)
{
  if (len < name_len || g_ascii_strncasecmp (host + len - name_len, name, name_len) != 0)
    return FALSE;
  return len == name_len ? itself_too : host[len - name_len - 1] == '.';
}

gboolean
quay_scan_rules_is_trace_host (const QuayScanRules *rules, const char *host, gsize len)
{
  for (const char *p = rules->hosts; *p != '\0';)
    {
      const char *end = strchrnul (p, ',');
      gboolean below_alone = end - p > 2 && p[0] == '*' && p[1] == '.';
      const char *name = below_alone ? p + 2 : p;
      if (is_below (host, len, name, (gsize)(end - name), !below_alone))
        return TRUE;
      p = *end == ',' ? end + 1 : end;
    }
  return FALSE;
}
