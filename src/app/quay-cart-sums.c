/* Sums as captions: they change at each scan and are drawn without measuring the window anew. */
#include "quay-cart-sums.h"

#include "quay-caption.h"
#include "quay-discount.h"
#include "quay-ui.h"

struct _QuayCartSums
{
  GtkBox parent;
  GtkWidget *sum_label;
  GtkWidget *sum;
  GtkWidget *saved_line; /* what was taken off; hidden where nothing was */
  GtkWidget *saved;
  GtkWidget *vat;
  GtkWidget *total;
};

G_DEFINE_FINAL_TYPE (QuayCartSums, quay_cart_sums, GTK_TYPE_BOX)

void
quay_cart_sums_show (QuayCartSums *self, const QuayCart *cart)
{
  QuayCartTotals totals = quay_cart_totals (cart);
  g_autofree char *sum_text = g_strdup_printf (
      ngettext ("Subtotal (%u item)", "Subtotal (%u items)", (gulong)totals.pieces),
      (guint)totals.pieces);
  quay_ui_set_text (self->sum_label, sum_text);
  QuayMoney saved = quay_discount_total (cart->lines);
  gtk_widget_set_visible (self->saved_line, saved.dong > 0);
  quay_ui_set_money (self->saved, QUAY_DONG (-saved.dong), QUAY_MONEY_BARE);
  quay_ui_set_money (self->sum, QUAY_DONG (totals.total.dong + saved.dong), QUAY_MONEY_BARE);
  quay_ui_set_money (self->vat, totals.vat, QUAY_MONEY_BARE);
  quay_ui_set_money (self->total, totals.total, QUAY_MONEY_SIGN);
}

static GtkWidget *
make_sum_line (const char *text, GtkWidget **label, GtkWidget **figure)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *left = quay_caption_new ("sum", 10, 10, 1);
  quay_ui_set_text (left, text);
  gtk_widget_set_hexpand (left, TRUE);
  *figure = quay_caption_new ("sum num", 10, 10, 0);
  quay_caption_set_align (QUAY_CAPTION (*figure), 1);
  quay_ui_set_description (*figure, text);
  gtk_box_append (GTK_BOX (line), left);
  gtk_box_append (GTK_BOX (line), *figure);
  if (label != NULL)
    *label = left;
  return line;
}

static GtkWidget *
make_total_line (QuayCartSums *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *left = quay_ui_label (_ ("To pay"), NULL);
  gtk_widget_set_hexpand (left, TRUE);
  gtk_widget_set_valign (left, GTK_ALIGN_BASELINE);
  self->total = quay_caption_new ("total num", 8, 8, 0);
  quay_caption_set_align (QUAY_CAPTION (self->total), 1);
  gtk_widget_set_valign (self->total, GTK_ALIGN_BASELINE);
  quay_ui_set_description (self->total, _ ("To pay"));
  quay_ui_set_id (self->total, "cart-total");
  gtk_box_append (GTK_BOX (line), left);
  gtk_box_append (GTK_BOX (line), self->total);
  return line;
}

static void
quay_cart_sums_class_init (QuayCartSumsClass *class)
{
}

static void
quay_cart_sums_init (QuayCartSums *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_append (GTK_BOX (self), make_sum_line ("", &self->sum_label, &self->sum));
  self->saved_line = make_sum_line (_ ("Taken off"), NULL, &self->saved);
  gtk_widget_add_css_class (self->saved_line, "saved");
  gtk_widget_set_visible (self->saved_line, FALSE);
  gtk_box_append (GTK_BOX (self), self->saved_line);
  gtk_box_append (GTK_BOX (self), make_sum_line (_ ("VAT included"), NULL, &self->vat));
  gtk_box_append (GTK_BOX (self), make_total_line (self));
}

GtkWidget *
quay_cart_sums_new (void)
{
  return g_object_new (QUAY_TYPE_CART_SUMS, NULL);
}
