/* Orders with a deposit. */
#include "quay-order.h"

#include "quay-cart.h"
#include "quay-text.h"

#include <string.h>

#define NAME_CHARS 80
#define REF_CHARS 40
#define NOTE_CHARS 120
#define MAX_LINES 80 /* an order is one event */
#define PHONE_MIN 6
#define PHONE_MAX 15
#define LAST_DIGITS 3

void
quay_order_record_free (QuayOrderRecord *order)
{
  if (order == NULL)
    return;
  g_free (order->number);
  g_free (order->who);
  g_free (order->sealed);
  g_free (order->name);
  g_free (order->phone);
  g_free (order->note);
  g_clear_pointer (&order->lines, g_ptr_array_unref);
  g_free (order->first);
  g_free (order->sale_no);
  g_free (order->why);
  g_free (order);
}

QuayOrderState
quay_order_state (const QuayOrderRecord *order, QuayDay today)
{
  if (!quay_id_is_nil (&order->end))
    return order->handed ? QUAY_ORDER_HANDED : QUAY_ORDER_CANCELLED;
  if (order->due == 0 || order->due > today)
    return QUAY_ORDER_OPEN;
  return order->due == today ? QUAY_ORDER_TODAY : QUAY_ORDER_LATE;
}

int
quay_order_compare (const QuayOrderRecord *a, const QuayOrderRecord *b)
{
  gboolean a_ended = !quay_id_is_nil (&a->end);
  gboolean b_ended = !quay_id_is_nil (&b->end);
  if (a_ended != b_ended)
    return a_ended ? 1 : -1;
  if (a_ended)
    return a->ended != b->ended ? (a->ended > b->ended ? -1 : 1) : a->ts > b->ts ? -1 : 1;
  QuayDay a_due = a->due != 0 ? a->due : QUAY_DAY_MAX;
  QuayDay b_due = b->due != 0 ? b->due : QUAY_DAY_MAX;
  if (a_due != b_due)
    return a_due < b_due ? -1 : 1;
  return a->ts < b->ts ? -1 : a->ts > b->ts;
}

static char *
digits_of (const char *text)
{
  GString *digits = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
  return g_string_free (digits, FALSE);
}

char *
quay_order_mask_phone (const char *phone)
{
  if (phone == NULL)
    return NULL;
  g_autofree char *digits = digits_of (phone);
  gsize len = strlen (digits);
  return g_strdup_printf ("•••• %s", len > LAST_DIGITS ? digits + len - LAST_DIGITS : digits);
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
quay_order_matches (const QuayOrderRecord *order, const char *text)
{
  g_autofree char *key = quay_text_search_key (text);
  g_autofree char *number = quay_text_search_key (order->number);
  g_autofree char *digits = digits_of (text);
  if (key[0] == '\0' || strstr (number, key) != NULL)
    return TRUE;
  if (order->name != NULL)
    {
      g_autofree char *name = quay_text_search_key (order->name);
      if (all_words_in (key, name))
        return TRUE;
    }
  if (order->phone == NULL || strlen (digits) < LAST_DIGITS ||
      strspn (key, "0123456789 +.-") < strlen (key))
    return FALSE;
  g_autofree char *phone = digits_of (order->phone);
  return g_str_has_suffix (phone, digits);
}

static gboolean
is_short_line (const char *text, guint max)
{
  return text == NULL || (quay_text_check (text, -1, max, NULL) && strchr (text, '\n') == NULL);
}

static gboolean
phone_is_sound (const char *phone)
{
  if (phone == NULL || phone[0] == '\0')
    return TRUE;
  g_autofree char *digits = digits_of (phone);
  gsize len = strlen (digits);
  return strlen (phone) <= 24 && strspn (phone, "0123456789 +.-()") == strlen (phone) &&
         len >= PHONE_MIN && len <= PHONE_MAX;
}

static gboolean
line_is_sound (const QuayLine *line)
{
  return !quay_id_is_nil (&line->product) && line->qty.milli > 0 &&
         line->qty.milli <= QUAY_LINE_MAX_QTY && line->price.dong >= 0;
}

QuayOrderFault
quay_order_check (const QuayOrderAsk *ask, QuayDay today, QuayMoney *total)
{
  *total = QUAY_DONG (0);
  if (ask->name == NULL || ask->name[0] == '\0')
    return QUAY_ORDER_NO_NAME;
  if (!is_short_line (ask->name, NAME_CHARS))
    return QUAY_ORDER_BAD_NAME;
  if (!phone_is_sound (ask->phone))
    return QUAY_ORDER_BAD_PHONE;
  if (ask->due != 0 && (ask->due < today || !quay_day_is_valid (ask->due)))
    return QUAY_ORDER_PAST_DUE;
  if (ask->lines == NULL || ask->lines->len == 0)
    return QUAY_ORDER_NO_LINES;
  if (ask->lines->len > MAX_LINES)
    return QUAY_ORDER_BAD_LINE;
  for (guint i = 0; i < ask->lines->len; i++)
    {
      const QuayLine *line = ask->lines->pdata[i];
      if (!line_is_sound (line) || !quay_money_add (*total, line->amount, total))
        return QUAY_ORDER_BAD_LINE;
    }
  if (ask->deposit.dong < 0 || ask->deposit.dong > total->dong || ask->tender < 0 ||
      ask->tender > QUAY_TENDER_TRANSFER)
    return QUAY_ORDER_BAD_DEPOSIT;
  if (!is_short_line (ask->ref, REF_CHARS))
    return QUAY_ORDER_BAD_REF;
  return is_short_line (ask->note, NOTE_CHARS) ? QUAY_ORDER_SOUND : QUAY_ORDER_BAD_NOTE;
}
