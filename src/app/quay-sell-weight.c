/* The question for a weight: grams on the scale, less the tare; kilograms and amount show at once.
 */
#include "quay-error.h"
#include "quay-sell-private.h"

#include <string.h>

#define MAX_GRAMS 9999999

typedef struct
{
  QuaySellPage *page; /* owned */
  GtkWidget *card;
  GtkWidget *gross;
  GtkWidget *tare;
  GtkWidget *net;
  GtkWidget *amount;
  GtkWidget *fault;
  GtkWidget *done;
  QuayItem *item; /* owned: of a new line; NULL when a line is edited */
  guint index;    /* of the line that is edited */
  QuayMoney price;
  char *unit;
} Weighing;

static void
free_weighing (gpointer data)
{
  Weighing *weighing = data;
  g_object_unref (weighing->page);
  quay_item_free (weighing->item);
  g_free (weighing->unit);
  g_free (weighing);
}

/* Grams as "485" or "485g", kilograms as "0,485" or "0.485kg". FALSE for anything else. */
static gboolean
parse_weight (const char *text, QuayQty *out)
{
  g_autofree char *plain = g_ascii_strdown (text, -1);
  g_strstrip (plain);
  gsize len = strlen (plain);
  gboolean kilograms = strpbrk (plain, ",.") != NULL;
  guint64 grams = 0;
  if (len > 2 && g_str_has_suffix (plain, "kg"))
    {
      kilograms = TRUE;
      plain[len - 2] = '\0';
    }
  else if (len > 1 && plain[len - 1] == 'g')
    plain[len - 1] = '\0';
  g_strstrip (plain);
  if (kilograms)
    return quay_parse_qty (plain, out, NULL);
  if (!g_ascii_string_to_unsigned (plain, 10, 0, MAX_GRAMS, &grams, NULL))
    return FALSE;
  *out = QUAY_MILLI ((gint64)grams);
  return TRUE;
}

/* What the entries hold; FALSE if it is no weight that can be sold. */
static gboolean
read_weight (Weighing *self, QuayQty *gross, QuayQty *tare)
{
  const char *tare_text = gtk_editable_get_text (GTK_EDITABLE (self->tare));
  *tare = QUAY_MILLI (0);
  return parse_weight (gtk_editable_get_text (GTK_EDITABLE (self->gross)), gross) &&
         (tare_text[0] == '\0' || parse_weight (tare_text, tare)) && gross->milli > tare->milli &&
         gross->milli <= QUAY_LINE_MAX_QTY;
}

static void
changed_cb (GtkEditable *entry, gpointer data)
{
  Weighing *self = data;
  QuayQty gross = { 0 };
  QuayQty tare = { 0 };
  QuayMoney amount = { 0 };
  gboolean ok = read_weight (self, &gross, &tare) &&
                quay_money_times_qty (self->price, QUAY_MILLI (gross.milli - tare.milli), &amount);
  gtk_widget_set_sensitive (self->done, ok);
  quay_ui_set_text (self->fault, NULL);
  if (!ok)
    {
      quay_ui_set_text (self->net, "—");
      quay_ui_set_text (self->amount, "—");
      return;
    }
  quay_ui_set_qty (self->net, QUAY_MILLI (gross.milli - tare.milli), self->unit);
  quay_ui_set_money (self->amount, amount, QUAY_MONEY_SIGN);
}

static gboolean
add_line (Weighing *self, QuayQty gross, QuayQty tare, guint *index, GError **error)
{
  g_autoptr (QuayLine) line =
      quay_item_to_line (self->item, QUAY_MILLI (gross.milli - tare.milli), error);
  if (line == NULL)
    return FALSE;
  line->tare = tare;
  return quay_till_cart_add (self->page->till, line, index, error);
}

static void
take_weight (Weighing *self)
{
  QuayQty gross = { 0 };
  QuayQty tare = { 0 };
  g_autoptr (GError) error = NULL;
  guint index = self->index;
  if (!read_weight (self, &gross, &tare))
    {
      quay_ui_set_text (self->fault, _ ("Give the weight in grams, more than the tare."));
      return;
    }
  gboolean ok = self->item != NULL ? add_line (self, gross, tare, &index, &error)
                                   : quay_till_cart_set_weight (self->page->till, self->index,
                                                                gross, tare, &error);
  if (!ok)
    {
      g_autofree char *text = quay_ui_error_text (error);
      quay_ui_set_text (self->fault, text);
      return;
    }
  g_autoptr (QuaySellPage) page = g_object_ref (self->page);
  quay_ui_close_card (self->card);
  quay_sell_added (page, index);
}

static void
done_cb (GtkWidget *widget, gpointer data)
{
  take_weight (data);
}

static void
gross_activated_cb (GtkEntry *entry, gpointer data)
{
  Weighing *self = data;
  if (!quay_scanner_is_fresh (self->page->scanner))
    take_weight (self);
}

static GtkWidget *
make_figure (const char *title, GtkWidget **figure, const char *classes)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *label = quay_ui_label (title, "dim");
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
  *figure = quay_ui_number_label (classes);
  gtk_widget_set_valign (*figure, GTK_ALIGN_BASELINE);
  quay_ui_set_description (*figure, title);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), *figure);
  return line;
}

static GtkWidget *
make_entry (Weighing *self, const char *label, const char *id)
{
  GtkWidget *entry = quay_ui_code_entry (label);
  quay_ui_set_id (entry, id);
  gtk_entry_set_max_length (GTK_ENTRY (entry), 12);
  g_signal_connect (entry, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (entry, "activate", G_CALLBACK (gross_activated_cb), self);
  return entry;
}

static void
open_card (Weighing *self, const char *name)
{
  g_autofree char *price = quay_format_money (self->price, QUAY_MONEY_SIGN);
  g_autofree char *per = g_strdup_printf ("%s/%s", price, self->unit);
  self->card = quay_ui_card_new (name, NULL);
  g_object_set_data_full (G_OBJECT (self->card), "quay-weighing", self, free_weighing);
  gtk_box_append (GTK_BOX (self->card), quay_ui_label (per, "dim num"));
  self->gross = make_entry (self, _ ("Weight in grams"), "weight-entry");
  gtk_widget_add_css_class (self->gross, "cash");
  gtk_entry_set_alignment (GTK_ENTRY (self->gross), 1);
  self->tare = make_entry (self, _ ("Tare in grams"), "tare-entry");
  gtk_box_append (GTK_BOX (self->card),
                  quay_ui_form_row (_ ("Weight on the scale, in grams"), self->gross,
                                    _ ("485 is 0,485 kg; 1,2 is 1,2 kg")));
  gtk_box_append (GTK_BOX (self->card),
                  quay_ui_form_row (_ ("Tare (bag, box), in grams"), self->tare, NULL));
  gtk_box_append (GTK_BOX (self->card), make_figure (_ ("Net weight"), &self->net, "title"));
  gtk_box_append (GTK_BOX (self->card), make_figure (_ ("Amount"), &self->amount, "title"));
  self->fault = quay_ui_wrapped_label (NULL, "fault", 50, 2);
  gtk_box_append (GTK_BOX (self->card), self->fault);
  self->done = quay_ui_card_foot (self->card, _ ("Take the weight"), "Enter");
  quay_ui_set_id (self->done, "weight-done");
  g_signal_connect (self->done, "clicked", G_CALLBACK (done_cb), self);
}

static void
set_grams (GtkWidget *entry, gint64 grams)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, grams);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static Weighing *
new_weighing (QuaySellPage *page, QuayMoney price, const char *unit)
{
  Weighing *self = g_new0 (Weighing, 1);
  self->page = g_object_ref (page);
  self->price = price;
  self->unit = g_strdup (unit);
  return self;
}

void
quay_sell_ask_weight (QuaySellPage *self, const QuayItem *item)
{
  Weighing *weighing = new_weighing (self, item->price, item->unit);
  weighing->item = quay_item_copy (item);
  open_card (weighing, item->name);
  changed_cb (NULL, weighing);
  quay_ui_show_card (GTK_WIDGET (self), weighing->card, weighing->gross);
}

void
quay_sell_edit_weight (QuaySellPage *self, guint index)
{
  const QuayCart *cart = quay_till_cart (self->till);
  if (index >= cart->lines->len)
    return;
  const QuayLine *line = g_ptr_array_index (cart->lines, index);
  if (line->kind != QUAY_LINE_WEIGHED)
    return;
  Weighing *weighing = new_weighing (self, line->price, line->unit);
  weighing->index = index;
  open_card (weighing, line->name);
  set_grams (weighing->gross, line->qty.milli + line->tare.milli);
  if (line->tare.milli > 0)
    set_grams (weighing->tare, line->tare.milli);
  changed_cb (NULL, weighing);
  quay_ui_show_card (GTK_WIDGET (self), weighing->card, weighing->gross);
}
