/* Words for discounts and promotions. */
#include "quay-discount-words.h"

#include "quay-till-catalog.h"
#include "quay-till-prices.h"
#include "quay-ui.h"

#include <string.h>

gboolean
quay_discount_parse_percent (const char *text, gint64 *bp)
{
  g_autofree char *number = g_strdup (text);
  QuayQty thousandths;
  g_strdelimit (number, "%", ' ');
  g_strstrip (number);
  if (!quay_parse_qty (number, &thousandths, NULL) || thousandths.milli < 0 ||
      thousandths.milli > 100000 || thousandths.milli % 10 != 0)
    return FALSE;
  *bp = thousandths.milli / 10;
  return TRUE;
}

char *
quay_discount_print_percent (gint64 bp)
{
  return quay_format_qty (QUAY_MILLI (bp * 10), NULL);
}

char *
quay_discount_off_text (const QuayOff *off)
{
  const char *titles[] = { _ ("Discount"), _ ("Share of the sale's discount"), _ ("Promotion"),
                           _ ("Expires soon") };
  const char *title = off->name != NULL && off->name[0] != '\0'
                          ? off->name
                          : titles[CLAMP (off->kind, 0, QUAY_N_OFFS - 1)];
  g_autofree char *amount = quay_format_money (QUAY_DONG (-off->amount.dong), QUAY_MONEY_BARE);
  if (off->bp == 0)
    return g_strdup_printf ("%s %s", title, amount);
  g_autofree char *percent = quay_format_percent (off->bp);
  return g_strdup_printf ("%s %s %s", title, percent, amount);
}

char *
quay_discount_list_name (QuayTill *till, const char *code)
{
  g_autoptr (GPtrArray) lists = code != NULL ? quay_till_price_lists (till) : NULL;
  for (guint i = 0; lists != NULL && i < lists->len; i++)
    {
      const QuayPriceList *list = lists->pdata[i];
      if (strcmp (list->code, code) == 0)
        return g_strdup (list->name);
    }
  return g_strdup (code);
}

static void
add_steps (GString *text, const QuayPromotion *p)
{
  for (guint i = 0; p->steps != NULL && i < p->steps->len; i++)
    {
      const QuayPromoStep *step = &g_array_index (p->steps, QuayPromoStep, i);
      g_autofree char *percent = quay_format_percent (step->bp);
      g_string_append (text, i > 0 ? "; " : "");
      if (p->kind == QUAY_PROMO_STEPS)
        g_string_append_printf (text, _ ("from %d: %s off"), (int)step->from, percent);
      else
        g_string_append_printf (
            text, ngettext ("%d day left: %s off", "%d days left: %s off", (gulong)step->from),
            (int)step->from, percent);
    }
}

static void
add_gift (GString *text, QuayTill *till, const QuayPromotion *p)
{
  g_autoptr (QuayItem) item = quay_till_item (till, &p->gift);
  g_autofree char *percent = quay_format_percent (p->value);
  const char *name = item != NULL ? item->name : "?";
  g_string_append_printf (text, _ ("buy %d, get %d"), (int)p->buy, (int)p->get);
  g_string_append_printf (text, " %s", name);
  if (p->value < 10000)
    g_string_append_printf (text, _ (" at %s off"), percent);
}

char *
quay_discount_promo_text (QuayTill *till, const QuayPromotion *promotion)
{
  const QuayPromotion *p = promotion;
  GString *text = g_string_new (NULL);
  g_autofree char *percent = quay_format_percent (p->value);
  g_autofree char *amount = quay_format_money (QUAY_DONG (p->value), QUAY_MONEY_SIGN);
  switch (p->kind)
    {
    case QUAY_PROMO_PERCENT:
      g_string_append_printf (text, _ ("%s off"), percent);
      break;
    case QUAY_PROMO_AMOUNT:
      g_string_append_printf (text, _ ("%s off each"), amount);
      break;
    case QUAY_PROMO_GET:
      g_string_append_printf (text, _ ("buy %d, get %d"), (int)p->buy, (int)p->get);
      break;
    case QUAY_PROMO_GIFT:
      add_gift (text, till, p);
      break;
    default:
      add_steps (text, p);
      break;
    }
  return g_string_free (text, FALSE);
}

const char *
quay_discount_weekday (guint day)
{
  const char *names[] = { _ ("Mon"), _ ("Tue"), _ ("Wed"), _ ("Thu"),
                          _ ("Fri"), _ ("Sat"), _ ("Sun") };
  return names[MIN (day, 6u)];
}

gboolean
quay_discount_parse_minute (const char *text, gint64 *minute)
{
  g_autofree char *clock = g_strstrip (g_strdup (text));
  g_auto (GStrv) parts = g_strsplit_set (clock, ":hg", 2);
  gint64 hours, minutes = 0;
  if (g_strv_length (parts) == 0 || !g_ascii_string_to_signed (parts[0], 10, 0, 24, &hours, NULL) ||
      (parts[1] != NULL && parts[1][0] != '\0' &&
       !g_ascii_string_to_signed (parts[1], 10, 0, 59, &minutes, NULL)) ||
      hours * 60 + minutes > 1440)
    return FALSE;
  *minute = hours * 60 + minutes;
  return TRUE;
}

char *
quay_discount_print_minute (gint64 minute)
{
  return g_strdup_printf ("%02d:%02d", (int)(minute / 60), (int)(minute % 60));
}

static void
add_part (GString *text, const char *part)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

static void
add_days (GString *text, const QuayPromotion *p)
{
  g_autofree char *from = p->from != 0 ? quay_day_to_vi (p->from) : NULL;
  g_autofree char *until = p->until != 0 ? quay_day_to_vi (p->until) : NULL;
  g_autofree char *part = NULL;
  if (from != NULL && until != NULL && p->from / 10000 == p->until / 10000)
    part = g_strdup_printf ("%.5s – %s", from, until); /* one year is enough */
  else if (from != NULL && until != NULL)
    part = g_strdup_printf ("%s – %s", from, until);
  else if (from != NULL)
    part = g_strdup_printf (_ ("from %s"), from);
  else if (until != NULL)
    part = g_strdup_printf (_ ("until %s"), until);
  if (part != NULL)
    add_part (text, part);
}

static void
add_weekdays (GString *text, const QuayPromotion *p)
{
  g_autoptr (GString) days = g_string_new (NULL);
  for (guint day = 0; p->weekdays != 0 && day < 7; day++)
    if ((p->weekdays & (1 << day)) != 0)
      g_string_append_printf (days, "%s%s", days->len > 0 ? ", " : "", quay_discount_weekday (day));
  if (days->len > 0)
    add_part (text, days->str);
}

char *
quay_discount_when_text (const QuayPromotion *promotion)
{
  const QuayPromotion *p = promotion;
  GString *text = g_string_new (NULL);
  add_days (text, p);
  add_weekdays (text, p);
  if (p->minute_from != p->minute_until)
    {
      g_autofree char *from = quay_discount_print_minute (p->minute_from);
      g_autofree char *until = quay_discount_print_minute (p->minute_until);
      g_autofree char *part = g_strdup_printf ("%s–%s", from, until);
      add_part (text, part);
    }
  if (text->len == 0)
    g_string_append (text, _ ("always"));
  return g_string_free (text, FALSE);
}
