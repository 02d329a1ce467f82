/* Cards of the sell page: what is taken off a line or the whole sale, and why; another price; the
 * price list. Who may not do it is told so, and may press again after somebody allowed it. */
#include "quay-approve-card.h"
#include "quay-discount-words.h"
#include "quay-error.h"
#include "quay-form.h"
#include "quay-sell-private.h"
#include "quay-till-discount.h"
#include "quay-till-prices.h"

/* What the entry means. The order is that of the choice. */
typedef enum
{
  WAY_PERCENT,
  WAY_AMOUNT,
  WAY_PRICE, /* of a line only */
} Way;

typedef struct
{
  QuaySellPage *page; /* owned */
  GtkWidget *card;
  GtkWidget *way;
  GtkWidget *value;
  GtkWidget *value_row;
  GtkWidget *why;
  GtkWidget *why_row;
  GtkWidget *after;
  GtkWidget *list;
  GPtrArray *lists; /* owned: QuayPriceList; NULL for a line */
  int index;        /* −1: the whole sale */
  GtkWidget *ok;
} Form;

static void
free_form (gpointer data)
{
  Form *form = data;
  g_clear_pointer (&form->lists, g_ptr_array_unref);
  g_object_unref (form->page);
  g_free (form);
}

static void
close_form (Form *form)
{
  g_autoptr (QuaySellPage) page = g_object_ref (form->page);
  quay_ui_close_card (form->card);
  gtk_widget_grab_focus (page->entry);
}

static Way
way_of (Form *form)
{
  return (Way)gtk_drop_down_get_selected (GTK_DROP_DOWN (form->way));
}

/* What a line or the sale costs before anything is taken off by hand. */
static QuayMoney
base_of (Form *form)
{
  const QuayCart *cart = quay_till_cart (form->page->till);
  gint64 sum = 0;
  for (guint i = 0; i < cart->lines->len; i++)
    {
      const QuayLine *line = cart->lines->pdata[i];
      if (form->index >= 0 && i != (guint)form->index)
        continue;
      sum += line->amount.dong;
      for (guint k = 0; line->offs != NULL && k < line->offs->len; k++)
        {
          const QuayOff *off = line->offs->pdata[k];
          if (off->kind == QUAY_OFF_CART || (off->kind == QUAY_OFF_LINE && form->index >= 0))
            sum += off->amount.dong;
        }
    }
  return QUAY_DONG (sum);
}

/* TRUE with what was typed; an empty entry is nothing. */
static gboolean
read_value (Form *form, gint64 *bp, QuayMoney *amount)
{
  const char *text = quay_form_text (form->value);
  *bp = 0;
  *amount = QUAY_DONG (0);
  if (text[0] == '\0')
    return TRUE;
  if (way_of (form) != WAY_PERCENT)
    return quay_parse_money (text, amount, NULL) && amount->dong >= 0;
  return quay_discount_parse_percent (text, bp);
}

static void
changed_cb (Form *form)
{
  gint64 bp;
  gint64 off = 0;
  QuayMoney amount;
  QuayMoney base = base_of (form);
  quay_ui_form_row_set_fault (form->value_row, NULL);
  quay_ui_form_row_set_fault (form->why_row, NULL);
  if (!read_value (form, &bp, &amount) || way_of (form) == WAY_PRICE ||
      (bp > 0 && !quay_muldiv (base.dong, bp, 10000, &off)))
    {
      quay_ui_set_text (form->after, NULL);
      return;
    }
  off = bp > 0 ? off : amount.dong;
  g_autofree char *before = quay_format_money (base, QUAY_MONEY_SIGN);
  g_autofree char *after =
      quay_format_money (QUAY_DONG (MAX (base.dong - off, 0)), QUAY_MONEY_SIGN);
  g_autofree char *text = g_strdup_printf ("%s → %s", before, after);
  quay_ui_set_text (form->after, text);
}

static gboolean
do_it (Form *form, gint64 bp, QuayMoney amount, const char *why, GError **error)
{
  QuayTill *till = form->page->till;
  if (form->index < 0)
    return quay_till_cart_discount (till, bp, amount, why, error);
  if (way_of (form) == WAY_PRICE)
    return quay_till_cart_price_line (till, (guint)form->index, amount, why, error);
  return quay_till_cart_discount_line (till, (guint)form->index, bp, amount, why, error);
}

static gboolean
take_list (Form *form, GError **error)
{
  const QuayCart *cart = quay_till_cart (form->page->till);
  guint chosen = form->list != NULL ? gtk_drop_down_get_selected (GTK_DROP_DOWN (form->list)) : 0;
  const char *code = chosen > 0 && chosen <= form->lists->len
                         ? ((const QuayPriceList *)form->lists->pdata[chosen - 1])->code
                         : NULL;
  return form->list == NULL || g_strcmp0 (code, cart->list) == 0 ||
         quay_till_cart_set_list (form->page->till, code, error);
}

static gboolean
is_complete (Form *form, gint64 *bp, QuayMoney *amount, const char *why)
{
  if (!read_value (form, bp, amount))
    {
      quay_ui_form_row_set_fault (form->value_row, way_of (form) == WAY_PERCENT
                                                       ? _ ("A percentage is from 0 to 100.")
                                                       : _ ("Type an amount, as 5.000 or 5k."));
      gtk_widget_grab_focus (form->value);
      return FALSE;
    }
  if (why[0] != '\0' || (*bp == 0 && amount->dong == 0))
    return TRUE;
  quay_ui_form_row_set_fault (form->why_row, _ ("Say why: it is printed on the receipt."));
  gtk_widget_grab_focus (form->why);
  return FALSE;
}

static void
done_cb (GtkWidget *widget, gpointer data)
{
  Form *form = data;
  gint64 bp;
  QuayMoney amount;
  g_autoptr (GError) error = NULL;
  g_autofree char *why = g_strstrip (g_strdup (quay_form_text (form->why)));
  if (!is_complete (form, &bp, &amount, why))
    return;
  if (!take_list (form, &error) || !do_it (form, bp, amount, why, &error))
    {
      g_autofree char *text = g_error_matches (error, QUAY_ERROR, QUAY_ERROR_INVALID)
                                  ? g_strdup (_ ("So much can't be taken off."))
                                  : quay_ui_error_text (error);
      quay_ui_form_row_set_fault (form->value_row, text);
      quay_approve_card_press_again (form->ok, error);
      return;
    }
  close_form (form);
}

static void
clear_cb (GtkWidget *widget, gpointer data)
{
  Form *form = data;
  g_autoptr (GError) error = NULL;
  const QuayCart *cart = quay_till_cart (form->page->till);
  const QuayLine *line = form->index >= 0 ? cart->lines->pdata[form->index] : NULL;
  gboolean done = TRUE;
  if (line != NULL && line->was.dong > 0)
    done =
        quay_till_cart_price_line (form->page->till, (guint)form->index, line->was, NULL, &error);
  if (done && line != NULL)
    done = quay_till_cart_discount_line (form->page->till, (guint)form->index, 0, QUAY_DONG (0),
                                         NULL, &error);
  else if (done)
    done = quay_till_cart_discount (form->page->till, 0, QUAY_DONG (0), NULL, &error);
  if (done)
    close_form (form);
  else
    quay_ui_show_error (form->card, _ ("This was not changed"), error);
}

static void
cancel_cb (GtkWidget *widget, gpointer data)
{
  close_form (data);
}

/* --- building --- */

static void
show_current (Form *form)
{
  const QuayCart *cart = quay_till_cart (form->page->till);
  const QuayLine *line = form->index >= 0 ? cart->lines->pdata[form->index] : NULL;
  const QuayOff *hand = line != NULL ? quay_discount_by_hand (line) : NULL;
  gint64 bp = line == NULL ? cart->off_bp : (hand != NULL ? hand->bp : 0);
  QuayMoney amount = line == NULL ? cart->off : (hand != NULL ? hand->amount : QUAY_DONG (0));
  const char *why = line == NULL ? cart->off_why : (hand != NULL ? hand->name : NULL);
  g_autofree char *text = bp > 0            ? quay_discount_print_percent (bp)
                          : amount.dong > 0 ? quay_format_money (amount, QUAY_MONEY_BARE)
                                            : g_strdup ("");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (form->way),
                              bp == 0 && amount.dong > 0 ? WAY_AMOUNT : WAY_PERCENT);
  gtk_editable_set_text (GTK_EDITABLE (form->value), text);
  gtk_editable_set_text (GTK_EDITABLE (form->why), why != NULL ? why : "");
}

static void
add_list (Form *form)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const QuayCart *cart = quay_till_cart (form->page->till);
  guint chosen = 0;
  form->lists = quay_till_usable_lists (form->page->till);
  if (form->lists->len == 0)
    return;
  g_ptr_array_add (names, (gpointer)_ ("Shelf prices"));
  for (guint i = 0; i < form->lists->len; i++)
    {
      const QuayPriceList *list = form->lists->pdata[i];
      g_ptr_array_add (names, list->name);
      chosen = g_strcmp0 (list->code, cart->list) == 0 ? i + 1 : chosen;
    }
  g_ptr_array_add (names, NULL);
  form->list = quay_ui_choice (_ ("Price list"), (const char *const *)(gpointer)names->pdata);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (form->list), chosen);
  quay_ui_set_id (form->list, "discount-list");
  gtk_box_append (GTK_BOX (form->card), quay_ui_form_row (_ ("Price list"), form->list, NULL));
}

static void
add_fields (Form *form)
{
  const char *ways[] = { _ ("Percent"), _ ("Amount"), form->index >= 0 ? _ ("Another price") : NULL,
                         NULL };
  GtkWidget *both = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  form->way = quay_ui_choice (_ ("How"), ways);
  form->value = quay_ui_code_entry (_ ("Reduce by"));
  form->why = quay_ui_entry (_ ("Why"));
  form->after = quay_ui_label (NULL, "heading num");
  form->value_row = quay_ui_form_row (_ ("Reduce by"), form->value, NULL);
  form->why_row = quay_ui_form_row (_ ("Why"), form->why, _ ("As printed on the receipt"));
  quay_ui_set_id (form->way, "discount-way");
  quay_ui_set_id (form->value, "discount-value");
  quay_ui_set_id (form->why, "discount-why");
  quay_ui_set_description (form->after, _ ("What it comes to"));
  gtk_entry_set_max_length (GTK_ENTRY (form->why), 70);
  gtk_widget_set_hexpand (form->value_row, TRUE);
  gtk_box_append (GTK_BOX (both), form->value_row);
  gtk_box_append (GTK_BOX (both), quay_ui_form_row (_ ("How"), form->way, NULL));
  gtk_box_append (GTK_BOX (form->card), both);
  gtk_box_append (GTK_BOX (form->card), form->after);
  gtk_box_append (GTK_BOX (form->card), form->why_row);
  show_current (form);
  g_signal_connect_swapped (form->value, "changed", G_CALLBACK (changed_cb), form);
  g_signal_connect_swapped (form->way, "notify::selected", G_CALLBACK (changed_cb), form);
  g_signal_connect (form->value, "activate", G_CALLBACK (done_cb), form);
  g_signal_connect (form->why, "activate", G_CALLBACK (done_cb), form);
}

static void
add_buttons (Form *form, gboolean has_one)
{
  GtkWidget *buttons = quay_ui_card_buttons (form->card);
  GtkWidget *cancel = quay_ui_button (NULL, _ ("Cancel"), "Esc", "action");
  GtkWidget *ok = quay_ui_button (NULL, _ ("Give the discount"), "Enter", "main");
  g_signal_connect (cancel, "clicked", G_CALLBACK (cancel_cb), form);
  gtk_box_append (GTK_BOX (buttons), cancel);
  if (has_one)
    {
      GtkWidget *clear = quay_ui_button (NULL, _ ("No discount"), NULL, "action");
      quay_ui_set_id (clear, "discount-clear");
      g_signal_connect (clear, "clicked", G_CALLBACK (clear_cb), form);
      gtk_box_append (GTK_BOX (buttons), clear);
    }
  g_signal_connect (ok, "clicked", G_CALLBACK (done_cb), form);
  form->ok = ok;
  quay_ui_set_id (ok, "discount-done");
  gtk_box_append (GTK_BOX (buttons), ok);
}

static void
open_form (QuaySellPage *page, int index)
{
  const QuayCart *cart = quay_till_cart (page->till);
  const QuayLine *line = index >= 0 ? cart->lines->pdata[index] : NULL;
  Form *form = g_new0 (Form, 1);
  form->page = g_object_ref (page);
  form->index = index;
  form->card = quay_ui_card_new (
      line != NULL ? _ ("Discount of a line") : _ ("Discount of the whole sale"), NULL);
  g_object_set_data_full (G_OBJECT (form->card), "quay-form", form, free_form);
  if (line != NULL)
    gtk_box_append (GTK_BOX (form->card), quay_ui_wrapped_label (line->name, "dim", 44, 2));
  else
    add_list (form);
  add_fields (form);
  add_buttons (form, line != NULL ? quay_discount_by_hand (line) != NULL || line->was.dong > 0
                                  : cart->off_bp > 0 || cart->off.dong > 0);
  changed_cb (form);
  quay_ui_show_card (GTK_WIDGET (page), form->card, form->value);
}

void
quay_sell_ask_discount (QuaySellPage *self, int index)
{
  const QuayCart *cart = quay_till_cart (self->till);
  if (index >= (int)cart->lines->len || (index < 0 && quay_cart_is_empty (cart)))
    return;
  open_form (self, index);
}
