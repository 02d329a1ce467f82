/* Price lists by name, the shelf prices first. */
#include "quay-list-choice.h"

#include "quay-form.h"
#include "quay-till-prices.h"
#include "quay-ui.h"

GtkWidget *
quay_list_choice_new (QuayTill *till, const char *code)
{
  g_autoptr (GPtrArray) lists = quay_till_price_lists (till);
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  if (lists->len == 0)
    return NULL;
  g_ptr_array_add (codes, (gpointer) "");
  g_ptr_array_add (names, (gpointer)_ ("Shelf prices"));
  for (guint i = 0; i < lists->len; i++)
    {
      const QuayPriceList *list = lists->pdata[i];
      g_ptr_array_add (codes, list->code);
      g_ptr_array_add (names, list->name);
    }
  g_ptr_array_add (codes, NULL);
  g_ptr_array_add (names, NULL);
  GtkWidget *choice = quay_ui_choice (_ ("Price list"), (const char *const *)names->pdata);
  quay_form_fill_choice (choice, (const char *const *)codes->pdata,
                         (const char *const *)names->pdata);
  quay_form_set_choice (choice, code != NULL ? code : "");
  return choice;
}

const char *
quay_list_choice_get (GtkWidget *choice)
{
  const char *code = choice != NULL ? quay_form_get_choice (choice) : "";
  return *code != '\0' ? code : NULL;
}
