/* What all official forms share. The forms are the ministry's, in Vietnamese whatever the user's
 * language. Thread: main. */
#include "quay-till-forms.h"

#include "quay-till-private.h"

#include "quay-format.h"
#include "quay-sheet.h"
#include "quay-words.h"

/* The row of a form that was in force on a day: the last one that began before it. */
static void
find_circular (const char *code, QuayDay day, char **label, char **circular)
{
  g_autoptr (QuaySheet) sheet = quay_sheet_new_data ("params/forms.csv", NULL);
  *label = *code != '\0' ? g_strdup_printf ("Mẫu số %s", code) : NULL;
  while (sheet != NULL && quay_sheet_next (sheet, NULL))
    {
      QuayDay from;
      if (g_strcmp0 (quay_sheet_get (sheet, "code"), code) != 0 ||
          !quay_day_from_text (quay_sheet_get (sheet, "valid_from"), &from) || from > day)
        continue;
      g_free (*label);
      g_free (*circular);
      *label = g_strdup (quay_sheet_get (sheet, "label"));
      *circular = g_strdup (quay_sheet_get (sheet, "circular"));
    }
}

char *
quay_till_form_day (QuayDay day)
{
  return day == 0 ? g_strdup ("Ngày …… tháng …… năm ……")
                  : g_strdup_printf ("Ngày %02d tháng %02d năm %04d", day % 100, day / 100 % 100,
                                     day / 10000);
}

QuayForm *
quay_till_form_new (QuayTill *till, const char *code, const char *title, QuayDay day,
                    const char *number, const QuayFormColumn *columns, guint n_columns)
{
  QuayForm *form = quay_form_new ();
  g_autoptr (QuayShop) shop = quay_till_shop (till);
  g_autoptr (GHashTable) floor = quay_reader_facts (till->reader, "location", &till->floor);
  const char *place = g_hash_table_lookup (floor, "name");
  gboolean known = shop->address != NULL && *shop->address != '\0';
  form->unit = g_strconcat ("Đơn vị: ", shop->name, known ? ", " : NULL, shop->address, NULL);
  form->address = g_strconcat ("Bộ phận: ", place != NULL ? place : "…………", NULL);
  find_circular (code, day, &form->code, &form->circular);
  form->title = shop->training ? g_strconcat ("TẬP DÙNG – ", title, NULL) : g_strdup (title);
  form->date_line = quay_till_form_day (day);
  form->number = number != NULL ? g_strdup_printf ("Số: %s", number) : NULL;
  form->columns = columns;
  form->n_columns = n_columns;
  return form;
}

char *
quay_till_form_money (QuayMoney amount)
{
  return amount.dong == 0 ? NULL : quay_format_money (amount, QUAY_MONEY_BARE);
}

char *
quay_till_form_qty (QuayQty qty)
{
  return qty.milli == 0 ? NULL : quay_format_qty (qty, NULL);
}

void
quay_till_form_add_words (QuayForm *form, const char *label, QuayMoney amount)
{
  g_autofree char *words = amount.dong == 0 ? NULL : quay_words_money (amount, NULL);
  quay_form_add_field (form, TRUE, label, words);
}

char *
quay_till_form_address (QuayTill *till, const QuayId *party)
{
  if (quay_id_is_nil (party))
    return NULL;
  g_autoptr (GHashTable) facts = quay_reader_facts (till->reader, "producer", party);
  const char *address = g_hash_table_lookup (facts, "address");
  const char *commune = g_hash_table_lookup (facts, "commune");
  g_autofree char *name =
      commune != NULL ? quay_reader_fact (till->reader, "commune", commune, "name") : NULL;
  if (address != NULL && name != NULL)
    return g_strdup_printf ("%s, %s", address, name);
  return g_strdup (address != NULL ? address : name);
}
