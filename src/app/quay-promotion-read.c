/* Reading the card of a promotion. Main thread. */
#include "quay-promotion-form-private.h"

#include "quay-discount-words.h"
#include "quay-form.h"
#include "quay-language.h"
#include "quay-suggest-entry.h"
#include "quay-till-catalog.h"
#include "quay-till-sell.h"
#include "quay-typed.h"
#include "quay-ui.h"

#define NAME_MAX_CHARS 60

typedef QuayPromotionForm Form;

static guint
chosen (Form *form, guint row)
{
  return gtk_drop_down_get_selected (GTK_DROP_DOWN (form->controls[row]));
}

static const char *
text_in (Form *form, guint row)
{
  return quay_form_text (form->controls[row]);
}

void
quay_promotion_form_fault (Form *form, guint row, const char *text)
{
  quay_ui_form_row_set_fault (form->rows[row], text);
  if (text != NULL)
    gtk_widget_grab_focus (form->controls[row]);
}

/* --- steps as people write them: "3: 5, 10: 7,5" --- */

char *
quay_promotion_print_steps (GArray *steps)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; steps != NULL && i < steps->len; i++)
    {
      const QuayPromoStep *step = &g_array_index (steps, QuayPromoStep, i);
      g_autofree char *percent = quay_discount_print_percent (step->bp);
      g_string_append_printf (text, "%s%d: %s", i > 0 ? "; " : "", (int)step->from, percent);
    }
  return g_string_free (text, FALSE);
}

static GArray *
read_steps (const char *text)
{
  g_autoptr (GString) stored = g_string_new (NULL);
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      gint64 from, bp;
      g_auto (GStrv) pair = g_strsplit (parts[i], ":", 2);
      if (g_strv_length (pair) != 2 ||
          !g_ascii_string_to_signed (g_strstrip (pair[0]), 10, 0, 100000, &from, NULL) ||
          !quay_discount_parse_percent (pair[1], &bp))
        return NULL;
      g_string_append_printf (stored, "%d:%d ", (int)from, (int)bp);
    }
  return quay_promo_steps_parse (stored->str);
}

/* --- names --- */

static char *
find_category_name (QuayTill *till, const char *code)
{
  g_autoptr (GPtrArray) all = quay_till_all_categories (till);
  for (guint i = 0; i < all->len; i++)
    {
      const QuayCategory *category = all->pdata[i];
      if (g_strcmp0 (category->code, code) == 0)
        return g_strdup (quay_language_get ()[0] == 'v' ? category->name_vi : category->name_en);
    }
  return g_strdup (code);
}

/* --- reading --- */

static const char *
read_pieces (Form *form, QuayPromotion *p)
{
  if (g_ascii_string_to_signed (text_in (form, ROW_VALUE), 10, 1, 1000, &p->buy, NULL) &&
      g_ascii_string_to_signed (text_in (form, ROW_GET), 10, 1, 1000, &p->get, NULL))
    return NULL;
  return _ ("Type whole numbers of pieces.");
}

static gboolean
read_value (Form *form, QuayPromotion *p)
{
  QuayMoney amount;
  const char *text = text_in (form, ROW_VALUE);
  const char *wrong = NULL;
  switch (p->kind)
    {
    case QUAY_PROMO_PERCENT:
      if (!quay_discount_parse_percent (text, &p->value) || p->value == 0)
        wrong = _ ("A percentage is from 0 to 100.");
      break;
    case QUAY_PROMO_AMOUNT:
      if (!quay_parse_money (text, &amount, NULL) || amount.dong <= 0)
        wrong = _ ("Type an amount, as 5.000 or 5k.");
      else
        p->value = amount.dong;
      break;
    case QUAY_PROMO_GET:
    case QUAY_PROMO_GIFT:
      wrong = read_pieces (form, p);
      break;
    default:
      p->steps = read_steps (text);
      if (p->steps == NULL)
        wrong = _ ("Write steps as 3: 5; 10: 7,5 with percentages behind the colons.");
      break;
    }
  quay_promotion_form_fault (form, ROW_VALUE, wrong);
  return wrong == NULL;
}

/* The product whose code is in @row; @name: (out) (optional) (transfer full). */
static gboolean
read_product (Form *form, guint row, QuayId *product, char **name)
{
  g_autofree char *code = g_strstrip (g_strdup (text_in (form, row)));
  g_autoptr (QuayScanned) scanned = quay_till_scan (form->till, code);
  if (scanned->item == NULL)
    {
      quay_promotion_form_fault (form, row, _ ("No product has this code."));
      return FALSE;
    }
  *product = scanned->item->product;
  if (name != NULL)
    *name = g_strdup (scanned->item->name);
  return TRUE;
}

/* @name: (out) (transfer full): of what it is meant for. */
static gboolean
read_target (Form *form, QuayPromotion *p, char **name)
{
  QuaySuggestEntry *producers = QUAY_SUGGEST_ENTRY (form->controls[ROW_PRODUCER]);
  g_autofree char *producer = quay_suggest_entry_dup_value (producers);
  switch (p->scope)
    {
    case QUAY_PROMO_PRODUCT:
      return read_product (form, ROW_PRODUCT, &p->target, name);
    case QUAY_PROMO_CATEGORY:
      p->category = g_strdup (quay_form_get_choice (form->controls[ROW_CATEGORY]));
      *name = find_category_name (form->till, p->category);
      return TRUE;
    case QUAY_PROMO_PRODUCER:
      *name = g_strdup (
          gtk_editable_get_text (GTK_EDITABLE (quay_suggest_entry_get_entry (producers))));
      if (quay_id_from_text (producer, &p->target))
        return TRUE;
      quay_promotion_form_fault (form, ROW_PRODUCER, _ ("Choose one of the list."));
      return FALSE;
    default:
      *name = g_strdup (_ ("items"));
      return TRUE;
    }
}

static gboolean
read_gift (Form *form, QuayPromotion *p)
{
  const char *most = text_in (form, ROW_MOST);
  if (p->kind != QUAY_PROMO_GIFT)
    return TRUE;
  p->together = TRUE;
  gboolean product = read_product (form, ROW_GIFT, &p->gift, NULL);
  gboolean off =
      quay_discount_parse_percent (text_in (form, ROW_GIFT_OFF), &p->value) && p->value > 0;
  gboolean bounded =
      most[0] == '\0' || g_ascii_string_to_signed (most, 10, 0, 1000, &p->most, NULL);
  if (!off)
    quay_promotion_form_fault (form, ROW_GIFT_OFF, _ ("From 1 to 100."));
  if (!bounded)
    quay_promotion_form_fault (form, ROW_MOST, _ ("From 0 to 1000."));
  return product && off && bounded;
}

static gboolean
read_when (Form *form, QuayPromotion *p)
{
  const char *from = text_in (form, ROW_HOURS_FROM);
  const char *until = text_in (form, ROW_HOURS_UNTIL);
  const char *day = _ ("Type a day, as 30/11/2026.");
  const char *hour = _ ("Type an hour, as 8:30.");
  gboolean first = quay_typed_day (text_in (form, ROW_FROM), &p->from);
  gboolean last = quay_typed_day (text_in (form, ROW_UNTIL), &p->until);
  gboolean start = from[0] == '\0' || quay_discount_parse_minute (from, &p->minute_from);
  gboolean end = until[0] == '\0' || quay_discount_parse_minute (until, &p->minute_until);
  if (until[0] == '\0' && p->minute_from > 0)
    p->minute_until = 1440;
  quay_promotion_form_fault (form, ROW_FROM, first ? NULL : day);
  quay_promotion_form_fault (form, ROW_UNTIL, last ? NULL : day);
  quay_promotion_form_fault (form, ROW_HOURS_FROM, start ? NULL : hour);
  quay_promotion_form_fault (form, ROW_HOURS_UNTIL, end ? NULL : hour);
  for (guint i = 0; i < 7; i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (form->days[i])))
      p->weekdays |= 1 << i;
  if (p->weekdays == 127)
    p->weekdays = 0;
  return first && last && start && end;
}

/* A gift that nobody named says by itself what it is for: that is printed under its line. */
static char *
name_gift (const QuayPromotion *p, const char *target)
{
  g_autofree char *percent = quay_format_percent (p->value);
  g_autofree char *name =
      p->value == 10000 ? g_strdup_printf (_ ("Free with %d %s"), (int)p->buy, target)
                        : g_strdup_printf (_ ("%s off with %d %s"), percent, (int)p->buy, target);
  return g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), NAME_MAX_CHARS));
}

QuayPromotion *
quay_promotion_form_read (Form *form)
{
  g_autofree char *target_name = NULL;
  g_autoptr (QuayPromotion) p = quay_promotion_new ();
  p->id = form->id;
  p->name = g_strstrip (g_strdup (text_in (form, ROW_NAME)));
  p->kind = chosen (form, ROW_KIND);
  p->scope = chosen (form, ROW_SCOPE);
  p->together = gtk_check_button_get_active (GTK_CHECK_BUTTON (form->together));
  p->lists = gtk_check_button_get_active (GTK_CHECK_BUTTON (form->lists));
  p->active = gtk_check_button_get_active (GTK_CHECK_BUTTON (form->active));
  for (guint i = 0; i < N_ROWS; i++)
    quay_ui_form_row_set_fault (form->rows[i], NULL);
  if (p->name[0] == '\0' && p->kind != QUAY_PROMO_GIFT)
    {
      quay_promotion_form_fault (form, ROW_NAME, _ ("What is it called?"));
      return NULL;
    }
  gboolean value = read_value (form, p);
  gboolean target = read_target (form, p, &target_name);
  gboolean gift = read_gift (form, p);
  if (!read_when (form, p) || !value || !target || !gift)
    return NULL;
  if (p->name[0] == '\0')
    {
      g_free (p->name);
      p->name = name_gift (p, target_name);
    }
  return g_steal_pointer (&p);
}
