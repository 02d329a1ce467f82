/* Customers: names, phone numbers, ageing of debts, points. Pure. */
#include "quay-customer.h"

#include "quay-text.h"

#include <string.h>

#define STRONG 150 /* tenths of a percent */

static const char *const consent_names[QUAY_N_CONSENTS] = { "loyalty", "marketing_sms",
                                                            "share_with_producer" };

const char *
quay_consent_name (QuayConsentKind kind)
{
  return kind < QUAY_N_CONSENTS ? consent_names[kind] : NULL;
}

QuayCustomer *
quay_customer_new (void)
{
  return g_new0 (QuayCustomer, 1);
}

static void
wipe (char *text)
{
  if (text != NULL)
    memset (text, 0, strlen (text));
  g_free (text);
}

void
quay_customer_free (QuayCustomer *customer)
{
  if (customer == NULL)
    return;
  wipe (customer->name);
  wipe (customer->phone);
  wipe (customer->address);
  wipe (customer->note);
  for (guint i = 0; i < QUAY_N_CONSENTS; i++)
    {
      g_free (customer->consents[i].text);
      g_free (customer->consents[i].how);
      g_free (customer->consents[i].who);
    }
  g_free (customer->sealed);
  g_free (customer->list);
  g_free (customer);
}

void
quay_customer_line_free (QuayCustomerLine *line)
{
  if (line == NULL)
    return;
  g_free (line->number);
  g_free (line->kind);
  g_free (line->who);
  g_free (line->tender);
  g_free (line->doc);
  g_free (line->why);
  g_free (line);
}

const char *
quay_customer_line_name (const char *kind)
{
  static const struct
  {
    const char *kind;
    const char *name;
  } names[] = {
    { "sale", "Mua hàng" },        { "refund", "Trả hàng" },   { "fixed", "Sửa hình thức trả" },
    { "paid", "Trả nợ" },          { "opening", "Nợ đầu kỳ" }, { "adjusted", "Điều chỉnh" },
    { "points", "Điểm tích luỹ" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i].kind, kind) == 0)
      return names[i].name;
  return kind;
}

/* --- names --- */

/* The end of an id is chance, its begin the time. */
static char *
short_id (const QuayId *id)
{
  char text[QUAY_ID_TEXT_LEN + 1];
  quay_id_to_text (id, text);
  return g_ascii_strup (text + QUAY_ID_TEXT_LEN - 6, -1);
}

char *
quay_customer_title (const QuayCustomer *customer)
{
  if (customer->name != NULL && customer->name[0] != '\0')
    return g_strdup (customer->name);
  g_autofree char *id = short_id (&customer->id);
  return g_strdup_printf ("Khách %s", id);
}

static char *
digits_of (const char *text)
{
  GString *digits = g_string_new (NULL);
  for (; *text != '\0'; text++)
    if (g_ascii_isdigit (*text))
      g_string_append_c (digits, *text);
  return g_string_free (digits, FALSE);
}

char *
quay_phone_mask (const char *phone)
{
  if (phone == NULL || phone[0] == '\0')
    return NULL;
  g_autofree char *digits = digits_of (phone);
  gsize len = strlen (digits);
  if (len < 6)
    return g_strdup ("xxx");
  return g_strdup_printf ("%.2sxx xxx %s", digits, digits + len - 3);
}

char *
quay_phone_normal (const char *text)
{
  g_autofree char *digits = digits_of (text);
  if (strspn (text, "0123456789 .-()+") != strlen (text))
    return NULL;
  char *number = g_str_has_prefix (digits, "84") && strlen (digits) >= 11
                     ? g_strconcat ("0", digits + 2, NULL)
                     : g_strdup (digits);
  gsize len = strlen (number);
  if (number[0] == '0' && len >= 9 && len <= 11)
    return number;
  wipe (number);
  return NULL;
}

static gboolean
all_words_in (const char *words, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (strstr (text, parts[i]) == NULL)
      return FALSE;
  return TRUE;
}

gboolean
quay_customer_matches (const QuayCustomer *customer, const char *text)
{
  g_autofree char *key = quay_text_search_key (text);
  if (key[0] == '\0')
    return TRUE;
  g_autofree char *title = quay_customer_title (customer);
  g_autofree char *name = quay_text_search_key (title);
  if (all_words_in (key, name))
    return TRUE;
  g_autofree char *digits = digits_of (key);
  return strlen (digits) >= 3 && strspn (key, "0123456789 ") == strlen (key) &&
         customer->phone != NULL && strstr (customer->phone, digits) != NULL;
}

/* The keys are made once for each, not once for each comparison. */
typedef struct
{
  QuayCustomer *customer;
  GBytes *key; /* NULL without a name */
} Place;

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *x = a;
  const Place *y = b;
  if ((x->key != NULL) != (y->key != NULL))
    return x->key != NULL ? -1 : 1;
  int order = x->key != NULL ? g_bytes_compare (x->key, y->key) : 0;
  return order != 0 ? order : memcmp (&x->customer->id, &y->customer->id, sizeof (QuayId));
}

void
quay_customers_sort (GPtrArray *customers)
{
  if (customers->len == 0)
    return;
  g_autofree Place *places = g_new (Place, customers->len);
  for (guint i = 0; i < customers->len; i++)
    {
      QuayCustomer *customer = customers->pdata[i];
      places[i] =
          (Place){ customer, customer->name != NULL ? quay_text_sort_key (customer->name) : NULL };
    }
  qsort (places, customers->len, sizeof *places, compare_places);
  for (guint i = 0; i < customers->len; i++)
    {
      customers->pdata[i] = places[i].customer;
      g_clear_pointer (&places[i].key, g_bytes_unref);
    }
}

/* --- ageing --- */

static guint
age_of (QuayDay day, QuayDay today)
{
  static const int until[QUAY_N_AGES - 1] = { 30, 60, 90 };
  guint age = 0;
  while (age < QUAY_N_AGES - 1 && day < quay_day_add (today, -until[age]))
    age++;
  return age;
}

void
quay_debt_age (const GArray *moves, QuayDay today, QuayMoney ages[QUAY_N_AGES])
{
  gint64 paid = 0;
  memset (ages, 0, sizeof (QuayMoney) * QUAY_N_AGES);
  for (guint i = 0; i < moves->len; i++)
    paid -= MIN (g_array_index (moves, QuayDebtMove, i).amount.dong, 0);
  for (guint i = 0; i < moves->len; i++)
    {
      const QuayDebtMove *move = &g_array_index (moves, QuayDebtMove, i);
      gint64 charge = MAX (move->amount.dong, 0);
      gint64 taken = MIN (charge, paid);
      paid -= taken;
      ages[age_of (move->day, today)].dong += charge - taken;
    }
  ages[0].dong -= paid;
}

/* --- points --- */

QuayMoney
quay_points_payable (GPtrArray *lines)
{
  QuayMoney sum = QUAY_DONG (0);
  for (guint i = 0; i < lines->len; i++)
    {
      const QuayLine *line = lines->pdata[i];
      if (line->abv < STRONG)
        sum.dong += line->amount.dong;
    }
  return sum;
}

gint64
quay_points_earned (GPtrArray *lines, QuayMoney paid, gint64 step)
{
  gint64 base = quay_points_payable (lines).dong - paid.dong;
  return step > 0 && base > 0 ? base / step : 0;
}

gint64
quay_points_share (gint64 points, QuayMoney part, QuayMoney whole)
{
  gint64 share;
  if (whole.dong <= 0 || part.dong <= 0)
    return 0;
  if (part.dong >= whole.dong)
    return points;
  return quay_muldiv (points, part.dong, whole.dong, &share) ? share : 0;
}
