/* Printing labels. */
#include "quay-labels-dialog.h"

#include "quay-form.h"
#include "quay-language.h"
#include "quay-ui.h"

#define MAX_LABELS 2000

typedef enum
{
  OF_SELECTED,
  OF_SHOWN,
  OF_REPRICED,
} Source;

typedef struct
{
  QuayTill *till;      /* owned */
  GArray *lots;        /* owned: QuayLabelAsk; NULL: labels of products */
  QuayId selected;     /* nil: none */
  GListModel *shown;   /* owned, NULL: none */
  GPtrArray *repriced; /* owned: QuayItem */
  GPtrArray *sheets;   /* owned: QuayReportRow */
  Source sources[3];   /* by the rows of @which */
  guint n_sources;
  GtkWidget *card;
  GtkWidget *which;
  GtkWidget *copies;
  GtkWidget *copies_row;
  GtkWidget *sheet;
  GtkWidget *start;
  GtkWidget *start_row;
} Dialog;

static void
free_dialog (gpointer data)
{
  Dialog *dialog = data;
  g_clear_pointer (&dialog->lots, g_array_unref);
  g_clear_object (&dialog->shown);
  g_clear_pointer (&dialog->repriced, g_ptr_array_unref);
  g_clear_pointer (&dialog->sheets, g_ptr_array_unref);
  g_object_unref (dialog->till);
  g_free (dialog);
}

/* --- reading --- */

static const QuayReportRow *
chosen_sheet (Dialog *dialog)
{
  guint row = gtk_drop_down_get_selected (GTK_DROP_DOWN (dialog->sheet));
  return row < dialog->sheets->len ? dialog->sheets->pdata[row] : NULL;
}

/* A whole number of 1 to @max; FALSE with the fault told. */
static gboolean
read_number (GtkWidget *entry, GtkWidget *row, guint max, guint *out)
{
  guint64 number;
  const char *text = quay_form_text (entry);
  quay_ui_form_row_set_fault (row, NULL);
  if (g_ascii_string_to_unsigned (text, 10, 1, max, &number, NULL))
    {
      *out = (guint)number;
      return TRUE;
    }
  g_autofree char *fault = g_strdup_printf (_ ("Write a whole number from 1 to %u."), max);
  quay_ui_form_row_set_fault (row, fault);
  gtk_widget_grab_focus (entry);
  return FALSE;
}

static void
add_ask (GArray *asks, const QuayId *id, guint copies)
{
  QuayLabelAsk ask = { *id, copies };
  if (asks->len < MAX_LABELS)
    g_array_append_val (asks, ask);
}

static GArray *
collect (Dialog *dialog, guint copies)
{
  if (dialog->lots != NULL)
    return g_array_ref (dialog->lots);
  GArray *asks = g_array_new (FALSE, FALSE, sizeof (QuayLabelAsk));
  guint row = gtk_drop_down_get_selected (GTK_DROP_DOWN (dialog->which));
  switch (row < dialog->n_sources ? dialog->sources[row] : OF_SELECTED)
    {
    case OF_SHOWN:
      for (guint i = 0; i < MIN (g_list_model_get_n_items (dialog->shown), MAX_LABELS); i++)
        {
          g_autoptr (QuayItemObject) object = g_list_model_get_item (dialog->shown, i);
          add_ask (asks, &quay_item_object_get (object)->product, copies);
        }
      break;
    case OF_REPRICED:
      for (guint i = 0; i < dialog->repriced->len; i++)
        add_ask (asks, &((const QuayItem *)dialog->repriced->pdata[i])->product, copies);
      break;
    case OF_SELECTED:
    default:
      add_ask (asks, &dialog->selected, copies);
      break;
    }
  return asks;
}

/* --- printing --- */

/* What was asked for, while the file is chosen: the card is still there. */
typedef struct
{
  Dialog *dialog;
  GtkWidget *card; /* owned */
  guint copies;
  guint start;
} Print;

static void
chosen_cb (const char *path, gpointer data)
{
  Print *print = data;
  Dialog *dialog = print->dialog;
  g_autoptr (GtkWidget) card = print->card;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) asks = path != NULL ? collect (dialog, print->copies) : NULL;
  guint start = print->start;
  g_free (print);
  if (path == NULL)
    return;
  const char *sheet = chosen_sheet (dialog)->key;
  const QuayLabelAsk *all = (const QuayLabelAsk *)(void *)asks->data;
  gboolean done =
      dialog->lots != NULL
          ? quay_till_lot_labels_pdf (dialog->till, all, asks->len, sheet, start, path, &error)
          : quay_till_shelf_labels_pdf (dialog->till, all, asks->len, sheet, start, path, &error);
  if (!done)
    {
      quay_ui_show_error (card, _ ("The labels were not written"), error);
      return;
    }
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *text = g_strdup_printf (_ ("Written: %s"), name);
  quay_ui_toast (card, text);
  quay_ui_close_card (card);
}

static void
ok_cb (Dialog *dialog)
{
  guint copies = 1;
  guint start;
  const QuayReportRow *sheet = chosen_sheet (dialog);
  if (sheet == NULL ||
      (dialog->lots == NULL && !read_number (dialog->copies, dialog->copies_row, 500, &copies)) ||
      !read_number (dialog->start, dialog->start_row, (guint)sheet->count, &start))
    return;
  Print *print = g_new (Print, 1);
  *print = (Print){ dialog, g_object_ref (dialog->card), copies, start };
  quay_ui_choose_file (dialog->card, QUAY_UI_FILE_SAVE, _ ("Keep the labels as a file"),
                       dialog->lots != NULL ? "tem-lo.pdf" : "tem-gia.pdf", "*.pdf", chosen_cb,
                       print);
}

static void
sheet_cb (Dialog *dialog)
{
  const QuayReportRow *sheet = chosen_sheet (dialog);
  gtk_widget_set_visible (dialog->start_row, sheet != NULL && sheet->count > 1);
  if (sheet != NULL && sheet->count == 1)
    gtk_editable_set_text (GTK_EDITABLE (dialog->start), "1");
}

static void
close_cb (GtkButton *button, gpointer card)
{
  quay_ui_close_card (card);
}

/* --- building --- */

static void
add_which (Dialog *dialog)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  guint shown = dialog->shown != NULL ? g_list_model_get_n_items (dialog->shown) : 0;
  QuayDay day = quay_till_labels_day (dialog->till);
  dialog->repriced = quay_till_repriced (dialog->till, day);
  if (!quay_id_is_nil (&dialog->selected))
    {
      g_autoptr (QuayItem) item = quay_till_item (dialog->till, &dialog->selected);
      dialog->sources[dialog->n_sources++] = OF_SELECTED;
      g_ptr_array_add (names, g_strdup (item != NULL ? item->name : "?"));
    }
  if (day != 0 && dialog->repriced->len > 0)
    {
      g_autofree char *since = quay_day_to_vi (day);
      dialog->sources[dialog->n_sources++] = OF_REPRICED;
      g_ptr_array_add (
          names, g_strdup_printf (_ ("New prices since %s: %u"), since, dialog->repriced->len));
    }
  if (shown > 0)
    {
      dialog->sources[dialog->n_sources++] = OF_SHOWN;
      g_ptr_array_add (names, g_strdup_printf (_ ("All that the list shows: %u"), shown));
    }
  g_ptr_array_add (names, NULL);
  dialog->which = quay_ui_choice (_ ("Labels of"), (const char *const *)names->pdata);
  gtk_box_append (GTK_BOX (dialog->card), quay_ui_form_row (_ ("Labels of"), dialog->which, NULL));
  dialog->copies = quay_ui_code_entry (_ ("Copies of each"));
  gtk_editable_set_text (GTK_EDITABLE (dialog->copies), "1");
  dialog->copies_row = quay_ui_form_row (_ ("Copies of each"), dialog->copies, NULL);
  gtk_box_append (GTK_BOX (dialog->card), dialog->copies_row);
  g_signal_connect_swapped (dialog->copies, "activate", G_CALLBACK (ok_cb), dialog);
  g_ptr_array_unref (names);
}

static void
add_sheet (Dialog *dialog)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *last = quay_till_get_setting (dialog->till, "till.labels_sheet");
  guint chosen = 0;
  dialog->sheets = quay_till_label_sheets (dialog->till, quay_language_get ());
  for (guint i = 0; i < dialog->sheets->len; i++)
    {
      const QuayReportRow *sheet = dialog->sheets->pdata[i];
      g_ptr_array_add (names, sheet->name);
      if (g_strcmp0 (sheet->key, last) == 0)
        chosen = i;
    }
  g_ptr_array_add (names, NULL);
  dialog->sheet = quay_ui_choice (_ ("Sheet or roll"), (const char *const *)names->pdata);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (dialog->sheet), chosen);
  gtk_box_append (GTK_BOX (dialog->card),
                  quay_ui_form_row (_ ("Sheet or roll"), dialog->sheet, NULL));
  dialog->start = quay_ui_code_entry (_ ("First free place"));
  gtk_editable_set_text (GTK_EDITABLE (dialog->start), "1");
  dialog->start_row = quay_ui_form_row (_ ("First free place"), dialog->start,
                                        _ ("Above 1 where the sheet was begun: places count along "
                                           "the rows."));
  gtk_box_append (GTK_BOX (dialog->card), dialog->start_row);
  g_signal_connect_swapped (dialog->start, "activate", G_CALLBACK (ok_cb), dialog);
  g_signal_connect_swapped (dialog->sheet, "notify::selected", G_CALLBACK (sheet_cb), dialog);
  sheet_cb (dialog);
}

static void
open_card (GtkWidget *anywhere, Dialog *dialog, const char *title)
{
  dialog->card = quay_ui_card_new (title, NULL);
  g_object_set_data_full (G_OBJECT (dialog->card), "quay-labels", dialog, free_dialog);
  if (dialog->lots == NULL)
    add_which (dialog);
  add_sheet (dialog);
  GtkWidget *buttons = quay_ui_card_buttons (dialog->card);
  GtkWidget *cancel = quay_ui_button (NULL, _ ("Cancel"), "Esc", "action");
  GtkWidget *ok = quay_ui_button ("printer", _ ("Make the PDF…"), "Enter", "main");
  quay_ui_set_id (ok, "labels-ok");
  g_signal_connect (cancel, "clicked", G_CALLBACK (close_cb), dialog->card);
  g_signal_connect_swapped (ok, "clicked", G_CALLBACK (ok_cb), dialog);
  gtk_box_append (GTK_BOX (buttons), cancel);
  gtk_box_append (GTK_BOX (buttons), ok);
  quay_ui_show_card (anywhere, dialog->card,
                     dialog->copies != NULL ? dialog->copies : dialog->start);
}

void
quay_labels_dialog_products (GtkWidget *anywhere, QuayTill *till, const QuayId *selected,
                             GListModel *shown)
{
  if (selected == NULL && (shown == NULL || g_list_model_get_n_items (shown) == 0))
    {
      quay_ui_toast (anywhere, _ ("There is no product to make labels of."));
      return;
    }
  Dialog *dialog = g_new0 (Dialog, 1);
  dialog->till = g_object_ref (till);
  dialog->selected = selected != NULL ? *selected : QUAY_ID_NIL;
  dialog->shown = shown != NULL ? g_object_ref (shown) : NULL;
  open_card (anywhere, dialog, _ ("Shelf labels"));
}

void
quay_labels_dialog_lots (GtkWidget *anywhere, QuayTill *till, const QuayLabelAsk *asks, guint n)
{
  guint labels = 0;
  for (guint i = 0; i < n; i++)
    labels += asks[i].copies;
  Dialog *dialog = g_new0 (Dialog, 1);
  g_autofree char *title = g_strdup_printf (_ ("Lot labels: %u"), labels);
  dialog->till = g_object_ref (till);
  dialog->lots = g_array_new (FALSE, FALSE, sizeof (QuayLabelAsk));
  g_array_append_vals (dialog->lots, asks, n);
  open_card (anywhere, dialog, title);
}
