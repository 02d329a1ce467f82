/* Parts are scanned or searched for; each change of the recipe is saved by one button, and what is
 * made or taken apart goes by what was saved. Main thread. */
#include "quay-basket-card.h"

#include "quay-error.h"
#include "quay-till-bundle.h"
#include "quay-till-catalog.h"
#include "quay-till-lots.h"
#include "quay-till-sell.h"
#include "quay-ui.h"

typedef struct
{
  QuayTill *till; /* owned */
  QuayId product;
  QuayId id; /* of the next document */
  GtkWidget *card;
  GtkWidget *list;
  GtkWidget *search;
  GtkWidget *search_row;
  GtkWidget *sums;
  GtkWidget *number;
  GtkWidget *number_row;
  GtkWidget *make;
  GtkWidget *apart;
  gboolean saved; /* the rows are the recipe as it is kept */
} Card;

/* One part, on its row's widget. */
typedef struct
{
  Card *card;
  QuayId product;
  GtkWidget *entry;
} Part;

static void
free_card (gpointer data)
{
  Card *card = data;
  g_object_unref (card->till);
  g_free (card);
}

static Part *
part_of (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "quay-part");
}

/* --- what it comes to --- */

static char *
sums_text (const QuayBasket *basket)
{
  g_autofree char *price = quay_format_money (basket->price, QUAY_MONEY_SIGN);
  g_autofree char *whole = quay_format_money (basket->whole, QUAY_MONEY_SIGN);
  g_autofree char *cost = quay_format_money (basket->cost, QUAY_MONEY_SIGN);
  g_autofree char *ready = quay_format_qty (basket->ready, NULL);
  g_autofree char *enough = g_strdup_printf (
      ngettext ("Enough for %d basket", "Enough for %d baskets", (gulong)basket->enough),
      (int)basket->enough);
  g_autofree char *head = g_strdup_printf (_ ("%s · %s stand ready"), enough, ready);
  g_autofree char *money =
      g_strdup_printf (_ ("price %s · its parts one by one %s · cost now %s"), price, whole, cost);
  return g_strconcat (head, "\n", money, NULL);
}

static void
show_sums (Card *card)
{
  g_autoptr (QuayBasket) basket = quay_till_basket (card->till, &card->product);
  g_autofree char *text = basket != NULL ? sums_text (basket) : NULL;
  gboolean can = card->saved && basket != NULL;
  quay_ui_set_text (card->sums,
                    text != NULL ? text : _ ("Not a basket yet: add what it is made of."));
  gtk_widget_set_sensitive (card->make, can);
  gtk_widget_set_sensitive (card->apart, can && basket->ready.milli > 0);
}

static void
changed (Card *card)
{
  card->saved = FALSE;
  show_sums (card);
}

/* --- parts --- */

static void
remove_cb (GtkButton *button, gpointer row)
{
  Card *card = part_of (row)->card;
  gtk_box_remove (GTK_BOX (card->list), row);
  changed (card);
}

static void
qty_cb (GtkEditable *entry, gpointer data)
{
  quay_ui_toggle_class (GTK_WIDGET (entry), "bad", FALSE);
  changed (data);
}

static void
add_row (Card *card, const QuayItem *item, QuayQty qty)
{
  Part *part = g_new0 (Part, 1);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  g_autofree char *name = quay_ui_keep_units (item->name);
  g_autofree char *text = quay_format_qty (qty, NULL);
  g_autofree char *label = g_strdup_printf (_ ("Quantity of %s in a basket"), item->name);
  GtkWidget *title = quay_ui_wrapped_label (name, "heading", 36, 1);
  GtkWidget *unit = quay_ui_label (item->unit, "meta");
  GtkWidget *remove = quay_ui_icon_button ("trash", _ ("Take out"), "flat");
  *part = (Part){ card, item->product, quay_ui_code_entry (label) };
  g_object_set_data_full (G_OBJECT (row), "quay-part", part, g_free);
  gtk_widget_add_css_class (row, "check-row");
  gtk_widget_set_hexpand (title, TRUE);
  gtk_label_set_width_chars (GTK_LABEL (unit), 6);
  gtk_editable_set_width_chars (GTK_EDITABLE (part->entry), 7);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (part->entry), 7);
  gtk_editable_set_alignment (GTK_EDITABLE (part->entry), 1);
  gtk_editable_set_text (GTK_EDITABLE (part->entry), text);
  g_signal_connect (part->entry, "changed", G_CALLBACK (qty_cb), card);
  g_signal_connect (remove, "clicked", G_CALLBACK (remove_cb), row);
  gtk_box_append (GTK_BOX (row), title);
  gtk_box_append (GTK_BOX (row), part->entry);
  gtk_box_append (GTK_BOX (row), unit);
  gtk_box_append (GTK_BOX (row), remove);
  gtk_box_append (GTK_BOX (card->list), row);
}

static QuayItem *
find_item (Card *card, const char *text)
{
  g_autoptr (QuayScanned) scanned = quay_till_scan (card->till, text);
  if (scanned->item != NULL)
    return quay_item_copy (scanned->item);
  g_autoptr (GPtrArray) found = quay_till_search (card->till, text, 2);
  return found->len == 1 ? quay_item_copy (found->pdata[0]) : NULL;
}

static void
add_part (Card *card, const char *text)
{
  g_autoptr (QuayItem) item = find_item (card, text);
  quay_ui_form_row_set_fault (
      card->search_row, item == NULL ? _ ("No product, or several: type more of its name.") : NULL);
  if (item == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (card->search), "");
  for (GtkWidget *row = gtk_widget_get_first_child (card->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (quay_id_equal (&part_of (row)->product, &item->product))
      {
        gtk_widget_grab_focus (part_of (row)->entry);
        return;
      }
  add_row (card, item, QUAY_UNITS (1));
  changed (card);
}

static void
search_cb (GtkEntry *entry, gpointer data)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
  if (*text != '\0')
    add_part (data, text);
}

static void
scan_cb (GtkWidget *widget, const char *text, gpointer data)
{
  add_part (data, text);
}

/* --- saving --- */

static GPtrArray *
read_parts (Card *card)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  for (GtkWidget *row = gtk_widget_get_first_child (card->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      const Part *from = part_of (row);
      QuayPart part = { .product = from->product };
      if (!quay_parse_qty (gtk_editable_get_text (GTK_EDITABLE (from->entry)), &part.qty, NULL) ||
          part.qty.milli <= 0)
        {
          quay_ui_toggle_class (from->entry, "bad", TRUE);
          gtk_widget_grab_focus (from->entry);
          return NULL;
        }
      g_ptr_array_add (parts, g_memdup2 (&part, sizeof part));
    }
  return g_steal_pointer (&parts);
}

static char *
refusal_text (const GError *error)
{
  if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_REFUSED))
    return g_strdup (_ ("A basket can't be put into a basket."));
  if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_INVALID))
    return g_strdup (_ ("A quantity can't be: whole numbers for what is sold by the piece."));
  return quay_ui_error_text (error);
}

static void
save_cb (GtkButton *button, gpointer data)
{
  Card *card = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) parts = read_parts (card);
  if (parts == NULL)
    return;
  card->saved = quay_till_set_recipe (card->till, &card->product, parts, &error);
  g_autofree char *text = error != NULL ? refusal_text (error) : NULL;
  quay_ui_form_row_set_fault (card->search_row, text);
  show_sums (card);
}

/* --- making, taking apart --- */

static gboolean
read_number (Card *card, gint64 *n)
{
  QuayQty qty = { 0 };
  gboolean ok = quay_parse_qty (gtk_editable_get_text (GTK_EDITABLE (card->number)), &qty, NULL) &&
                qty.milli > 0 && qty.milli % 1000 == 0;
  quay_ui_form_row_set_fault (card->number_row, ok ? NULL : _ ("Type a whole number, as 12."));
  *n = qty.milli / 1000;
  return ok;
}

static void
told (Card *card, const char *number, const GError *error, const char *refused)
{
  if (number == NULL)
    {
      g_autofree char *text = g_error_matches (error, QUAY_ERROR, QUAY_ERROR_REFUSED)
                                  ? g_strdup (refused)
                                  : quay_ui_error_text (error);
      quay_ui_form_row_set_fault (card->number_row, text);
      return;
    }
  g_autofree char *text = g_strdup_printf (_ ("Written as %s"), number);
  card->id = quay_till_new_id (card->till);
  quay_ui_toast (card->card, text);
  show_sums (card);
}

static void
make_cb (GtkButton *button, gpointer data)
{
  Card *card = data;
  gint64 n;
  g_autoptr (GError) error = NULL;
  if (!read_number (card, &n))
    return;
  g_autofree char *number = quay_till_bundle (card->till, &card->id, &card->product, n, &error);
  told (card, number, error,
        _ ("Of some parts only goods past their date, or held back, lie there."));
}

/* The lot that can give them; the others stand for the next time. */
static void
apart_cb (GtkButton *button, gpointer data)
{
  Card *card = data;
  gint64 n;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lots = quay_till_lots (card->till, &card->product);
  const QuayLot *from = NULL;
  if (!read_number (card, &n))
    return;
  for (guint i = 0; i < lots->len && from == NULL; i++)
    if (((const QuayLot *)lots->pdata[i])->qty.milli >= n * 1000 &&
        !quay_id_is_nil (&((const QuayLot *)lots->pdata[i])->id))
      from = lots->pdata[i];
  if (from == NULL)
    {
      quay_ui_form_row_set_fault (card->number_row, _ ("So many were not made at one time."));
      return;
    }
  g_autofree char *number =
      quay_till_unbundle (card->till, &card->id, &card->product, &from->id, n, &error);
  told (card, number, error, _ ("So many do not stand there."));
}

static void
close_cb (GtkButton *button, gpointer data)
{
  quay_ui_close_card (((Card *)data)->card);
}

/* --- building --- */

static void
add_recipe (Card *card)
{
  g_autoptr (GPtrArray) recipe = quay_till_recipe (card->till, &card->product);
  for (guint i = 0; i < recipe->len; i++)
    {
      const QuayPart *part = recipe->pdata[i];
      g_autoptr (QuayItem) item = quay_till_item (card->till, &part->product);
      if (item != NULL)
        add_row (card, item, part->qty);
    }
  card->saved = TRUE;
}

static GtkWidget *
button (Card *card, const char *text, const char *classes, const char *id, GCallback pressed)
{
  GtkWidget *made = quay_ui_button (NULL, text, NULL, classes);
  quay_ui_set_id (made, id);
  g_signal_connect (made, "clicked", pressed, card);
  return made;
}

static void
add_making (Card *card)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  card->number = quay_ui_code_entry (_ ("Number of baskets"));
  quay_ui_set_id (card->number, "basket-number");
  gtk_editable_set_width_chars (GTK_EDITABLE (card->number), 7);
  card->make = button (card, _ ("Make baskets"), "action", "basket-make", G_CALLBACK (make_cb));
  card->apart = button (card, _ ("Take apart"), "action", "basket-apart", G_CALLBACK (apart_cb));
  gtk_box_append (GTK_BOX (line), card->number);
  gtk_box_append (GTK_BOX (line), card->make);
  gtk_box_append (GTK_BOX (line), card->apart);
  card->number_row = quay_ui_form_row (_ ("Number of baskets"), line, NULL);
  gtk_box_append (GTK_BOX (card->card), card->number_row);
}

void
quay_basket_card_open (GtkWidget *anywhere, QuayTill *till, const QuayId *product)
{
  Card *card = g_new0 (Card, 1);
  g_autoptr (QuayItem) item = quay_till_item (till, product);
  *card = (Card){ .till = g_object_ref (till), .product = *product, .id = quay_till_new_id (till) };
  card->card = quay_ui_card_new (item != NULL ? item->name : _ ("Basket"), "wide");
  g_object_set_data_full (G_OBJECT (card->card), "quay-basket", card, free_card);
  card->sums = quay_ui_wrapped_label (NULL, "num", 80, 3);
  quay_ui_set_id (card->sums, "basket-sums");
  card->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  card->search = quay_ui_entry (_ ("Add a part"));
  quay_ui_set_id (card->search, "basket-search");
  gtk_entry_set_placeholder_text (GTK_ENTRY (card->search), _ ("scan, or type a name or code"));
  g_signal_connect (card->search, "activate", G_CALLBACK (search_cb), card);
  card->search_row = quay_ui_form_row (_ ("Add a part"), card->search, NULL);
  GtkWidget *scrolled = quay_ui_scrolled (card->list);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 240);
  gtk_box_append (GTK_BOX (card->card), card->sums);
  gtk_box_append (GTK_BOX (card->card), quay_ui_label (_ ("Made of"), "heading"));
  gtk_box_append (GTK_BOX (card->card), scrolled);
  gtk_box_append (GTK_BOX (card->card), card->search_row);
  add_making (card);
  GtkWidget *buttons = quay_ui_card_buttons (card->card);
  gtk_box_append (GTK_BOX (buttons),
                  button (card, _ ("Close"), "action", "basket-close", G_CALLBACK (close_cb)));
  gtk_box_append (GTK_BOX (buttons), button (card, _ ("Save the recipe"), "main", "basket-save",
                                             G_CALLBACK (save_cb)));
  add_recipe (card);
  show_sums (card);
  quay_ui_take_scans (card->card, scan_cb, card);
  quay_ui_show_card (anywhere, card->card, card->search);
}
