/* Files of prices. */
#include "quay-price-files.h"

#include "quay-form.h"
#include "quay-ui.h"

#define REFUSALS_SHOWN 8

/* What is to be done with the file that is chosen. */
typedef struct
{
  GtkWidget *page; /* owned */
  QuayTill *till;  /* owned */
  QuayDay day;
  void (*done) (gpointer data);
  gpointer data;
} Choice;

static Choice *
choice_new (GtkWidget *page, QuayTill *till)
{
  Choice *choice = g_new0 (Choice, 1);
  choice->page = g_object_ref (page);
  choice->till = g_object_ref (till);
  return choice;
}

static void
choice_free (Choice *choice)
{
  g_object_unref (choice->page);
  g_object_unref (choice->till);
  g_free (choice);
}

static void
export_prices (Choice *choice, const char *path)
{
  guint rows;
  g_autoptr (GError) error = NULL;
  if (quay_till_export_prices (choice->till, path, &rows, &error))
    quay_ui_toast (choice->page, _ ("The file is written."));
  else
    quay_ui_show_error (choice->page, _ ("The file was not written"), error);
}

static void
export_chosen_cb (const char *path, gpointer data)
{
  if (path != NULL)
    export_prices (data, path);
  choice_free (data);
}

void
quay_price_files_export (GtkWidget *page, QuayTill *till)
{
  g_autofree char *day = quay_day_to_iso (quay_till_day (till));
  g_autofree char *name = g_strdup_printf ("%s-%s.xlsx", _ ("prices"), day);
  quay_ui_choose_file (page, QUAY_UI_FILE_SAVE, _ ("Export prices"), name, "*.xlsx|*.csv",
                       export_chosen_cb, choice_new (page, till));
}

static void
tell_refusals (GtkWidget *page, GPtrArray *refusals)
{
  g_autoptr (GString) text = g_string_new (_ ("Nothing was changed. Put this right first:"));
  for (guint i = 0; i < refusals->len && i < REFUSALS_SHOWN; i++)
    {
      const QuayRefusal *refusal = refusals->pdata[i];
      g_autofree char *why = quay_form_refusal_text (refusal);
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("row %u, %s: %s"), refusal->row, refusal->column, why);
    }
  quay_ui_alert (page, _ ("The file has faults"), text->str);
}

static void
import_prices (Choice *choice, const char *path)
{
  guint changed;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = NULL;
  if (quay_till_import_prices (choice->till, path, choice->day, &changed, &refusals, &error))
    {
      g_autofree char *text =
          g_strdup_printf (ngettext ("%u price changed", "%u prices changed", changed), changed);
      quay_ui_toast (choice->page, text);
      choice->done (choice->data);
    }
  else if (refusals != NULL)
    tell_refusals (choice->page, refusals);
  else
    quay_ui_show_error (choice->page, _ ("The file was not read"), error);
}

static void
import_chosen_cb (const char *path, gpointer data)
{
  if (path != NULL)
    import_prices (data, path);
  choice_free (data);
}

void
quay_price_files_import (GtkWidget *page, QuayTill *till, QuayDay day, void (*done) (gpointer data),
                         gpointer data)
{
  Choice *choice = choice_new (page, till);
  choice->day = day;
  choice->done = done;
  choice->data = data;
  quay_ui_choose_file (page, QUAY_UI_FILE_OPEN, _ ("Import prices"), NULL, "*.csv|*.CSV",
                       import_chosen_cb, choice);
}
