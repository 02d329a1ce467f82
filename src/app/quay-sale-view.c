/* One past sale. The receipt is the picture that the printer gets, on paper that stays white in
 * every theme. Main thread. */
#include "quay-sale-view.h"

#include "quay-refund-card.h"
#include "quay-till-people.h"
#include "quay-till-shift.h"
#include "quay-till-view.h"
#include "quay-ui.h"

#define PAPER_WIDTH 352

struct _QuaySaleView
{
  GtkBox parent;
  QuayTill *till;
  QuaySaleRecord *sale;
  GtkWidget *stack; /* none, sale */
  GtkWidget *title;
  GtkWidget *when;
  GtkWidget *pages; /* receipt, lines */
  GtkWidget *acts;  /* what can be done with it */
  GtkWidget *paper;
  GtkWidget *paper_fault;
  GtkWidget *lines;
  GtkWidget *unseen; /* transfer */
};

G_DEFINE_FINAL_TYPE (QuaySaleView, quay_sale_view, GTK_TYPE_BOX)

static const char *
tender_text (const char *name)
{
  if (g_str_equal (name, "cash"))
    return _ ("Cash");
  if (g_str_equal (name, "card"))
    return _ ("Card");
  if (g_str_equal (name, "transfer"))
    return _ ("Bank transfer");
  if (g_str_equal (name, "deposit"))
    return _ ("Deposit");
  if (g_str_equal (name, "debt"))
    return _ ("On debt");
  if (g_str_equal (name, "exchange"))
    return _ ("Exchange");
  if (g_str_equal (name, "rounding"))
    return _ ("Rounding of cash");
  if (g_str_equal (name, "points"))
    return _ ("Points");
  return name;
}

char *
quay_sale_view_tenders (const char *tenders)
{
  g_auto (GStrv) parts = g_strsplit (tenders != NULL ? tenders : "", "+", -1);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean several = parts[0] != NULL && parts[1] != NULL;
  for (guint i = 0; parts[i] != NULL; i++)
    if (!several || !g_str_equal (parts[i], "rounding")) /* which goes with cash */
      g_string_append_printf (text, "%s%s", text->len > 0 ? " + " : "", tender_text (parts[i]));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static int
paper_mm (QuaySaleView *view)
{
  return (int)quay_till_get_setting_int (view->till, "till.receipt_width", 80);
}

static void
show_paper (QuaySaleView *view)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GBytes) png =
      quay_till_render_receipt (view->till, view->sale, "png", paper_mm (view), FALSE, &error);
  if (png != NULL)
    texture = gdk_texture_new_from_bytes (png, &error);
  gtk_picture_set_paintable (GTK_PICTURE (view->paper), GDK_PAINTABLE (texture));
  gtk_widget_set_visible (view->paper_fault, texture == NULL);
  if (texture == NULL)
    {
      g_autofree char *text = quay_ui_error_text (error);
      quay_ui_set_text (view->paper_fault, text);
      return;
    }
  int width = MIN (gdk_texture_get_width (texture), PAPER_WIDTH);
  int height = gdk_texture_get_height (texture) * width / gdk_texture_get_width (texture);
  gtk_widget_set_size_request (view->paper, width, height);
}

/* Lines */

static void
add_line (QuaySaleView *view, const char *text, const char *meta, QuayMoney amount,
          const char *classes)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *figure = quay_ui_number_label (classes);
  gtk_box_append (GTK_BOX (left), quay_ui_wrapped_label (text, classes, 32, 2));
  if (meta != NULL)
    gtk_box_append (GTK_BOX (left), quay_ui_wrapped_label (meta, "meta num", 36, 2));
  gtk_widget_set_hexpand (left, TRUE);
  gtk_widget_set_valign (figure, GTK_ALIGN_START);
  gtk_widget_add_css_class (row, "sale-line");
  quay_ui_set_money (figure, amount, QUAY_MONEY_BARE);
  gtk_box_append (GTK_BOX (row), left);
  gtk_box_append (GTK_BOX (row), figure);
  gtk_box_append (GTK_BOX (view->lines), row);
}

static void
add_sale_line (QuaySaleView *view, const QuayLine *line)
{
  g_autofree char *qty = quay_format_qty (line->qty, line->unit);
  g_autofree char *price = quay_format_money (line->price, QUAY_MONEY_BARE);
  g_autofree char *meta = line->note != NULL && line->note[0] != '\0'
                              ? g_strdup_printf ("%s × %s · %s", qty, price, line->note)
                              : g_strdup_printf ("%s × %s", qty, price);
  add_line (view, line->name, meta, line->amount, NULL);
}

static void
add_tax_row (QuaySaleView *view, const QuayTaxRow *row)
{
  g_autofree char *rate = row->rate_bp < 0 ? NULL : quay_format_percent (row->rate_bp);
  g_autofree char *text = rate != NULL ? g_strdup_printf (_ ("VAT %s in it"), rate)
                                       : g_strdup (_ ("Not subject to VAT"));
  add_line (view, text, NULL, rate != NULL ? row->vat : row->gross, "dim");
}

static void
add_text (QuaySaleView *view, const char *what, const char *value)
{
  if (value == NULL || value[0] == '\0')
    return;
  g_autofree char *text = g_strdup_printf ("%s: %s", what, value);
  GtkWidget *label = quay_ui_wrapped_label (text, "meta", 46, 3);
  gtk_widget_add_css_class (label, "sale-line");
  gtk_label_set_selectable (GTK_LABEL (label), FALSE);
  gtk_box_append (GTK_BOX (view->lines), label);
}

/* What it is paid with since its tender was put right. */
static void
add_fixed (QuaySaleView *view)
{
  static const gint64 tenders[] = { QUAY_TENDER_CASH, QUAY_TENDER_CARD, QUAY_TENDER_TRANSFER,
                                    QUAY_TENDER_DEBT };
  for (guint i = 0; i < G_N_ELEMENTS (tenders); i++)
    {
      QuayMoney paid = quay_till_paid_by (view->till, view->sale, tenders[i]);
      g_autofree char *text =
          g_strdup_printf (_ ("Put right: %s"), tender_text (quay_tender_name (tenders[i])));
      if (paid.dong > 0)
        add_line (view, text, NULL, paid, "bad-text");
    }
}

static void
show_lines (QuaySaleView *view)
{
  const QuaySaleRecord *sale = view->sale;
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (view->lines)) != NULL)
    gtk_box_remove (GTK_BOX (view->lines), child);
  for (guint i = 0; sale->lines != NULL && i < sale->lines->len; i++)
    add_sale_line (view, sale->lines->pdata[i]);
  add_line (view, _ ("Total"), NULL, sale->total, "heading");
  for (guint i = 0; sale->taxes != NULL && i < sale->taxes->len; i++)
    add_tax_row (view, &g_array_index (sale->taxes, QuayTaxRow, i));
  for (guint i = 0; sale->payments != NULL && i < sale->payments->len; i++)
    {
      const QuayPayment *payment = sale->payments->pdata[i];
      const char *name = quay_tender_name (payment->tender);
      add_line (view, tender_text (name != NULL ? name : "?"), payment->ref, payment->given, NULL);
      if (payment->change.dong != 0)
        add_line (view, _ ("Change"), NULL, payment->change, "dim");
    }
  if (sale->fixed > 0)
    add_fixed (view);
  if (sale->refunded.dong != 0)
    add_line (view, _ ("Given back since"), NULL, sale->refunded, "bad-text");
  add_text (view, _ ("Buyer"), sale->buyer_name);
  add_text (view, _ ("Tax code"), sale->buyer_tax);
  add_text (view, _ ("Note"), sale->note);
  add_text (view, _ ("Cashier"), quay_till_user_name (view->till, sale->who));
  add_text (view, _ ("Check code"), sale->code);
}

static void
show_head (QuaySaleView *view)
{
  g_autofree char *when = quay_time_to_vi (view->sale->ts);
  g_autofree char *text = NULL;
  if (view->sale->copies > 0)
    text = g_strdup_printf (
        ngettext ("%s · reprinted %d time", "%s · reprinted %d times", (gulong)view->sale->copies),
        when, (int)view->sale->copies);
  else
    text = g_strdup (when);
  quay_ui_set_text (view->title, view->sale->number);
  quay_ui_set_text (view->when, text);
}

/* A transfer that nobody has seen arrive. */
static void
show_unseen (QuaySaleView *view)
{
  QuayMoney due = quay_till_unseen_of (view->till, &view->sale->id);
  g_autofree char *amount = quay_format_money (due, QUAY_MONEY_SIGN);
  g_autofree char *text = g_strdup_printf (_ ("Transfer of %s not seen yet"), amount);
  quay_ui_set_text (view->unseen, text);
  gtk_widget_set_visible (gtk_widget_get_parent (view->unseen), due.dong > 0);
}

static void
seen_cb (QuaySaleView *view)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *number = g_strdup (view->sale->number);
  if (!quay_till_transfer_seen (view->till, number, &error))
    quay_ui_show_error (GTK_WIDGET (view), _ ("This was not recorded"), error);
  quay_sale_view_show (view, number);
}

gboolean
quay_sale_view_show (QuaySaleView *view, const char *number)
{
  g_return_val_if_fail (QUAY_IS_SALE_VIEW (view), FALSE);
  QuaySaleRecord *sale = number != NULL ? quay_till_sale (view->till, number) : NULL;
  if (number != NULL && sale == NULL)
    return FALSE;
  g_clear_pointer (&view->sale, quay_sale_record_free);
  view->sale = sale;
  gtk_stack_set_visible_child_name (GTK_STACK (view->stack), sale != NULL ? "sale" : "none");
  if (sale != NULL)
    {
      show_head (view);
      show_paper (view);
      show_lines (view);
      show_unseen (view);
    }
  return TRUE;
}

const char *
quay_sale_view_get_number (QuaySaleView *view)
{
  return view->sale != NULL ? view->sale->number : NULL;
}

/* Actions */

void
quay_sale_view_reprint (QuaySaleView *view)
{
  g_autoptr (GError) error = NULL;
  if (view->sale == NULL)
    return;
  g_autofree char *number = g_strdup (view->sale->number);
  if (!quay_till_reprint (view->till, number, &error))
    {
      quay_ui_show_error (GTK_WIDGET (view), _ ("The receipt was not printed again"), error);
      return;
    }
  g_autofree char *text =
      g_strdup_printf (_ ("%s goes to the printer again, marked as a copy."), number);
  quay_ui_toast (GTK_WIDGET (view), text);
  quay_sale_view_show (view, number);
}

static void
save_chosen_cb (const char *path, gpointer data)
{
  g_autoptr (QuaySaleView) view = data;
  g_autoptr (GError) error = NULL;
  if (path == NULL || view->sale == NULL)
    return;
  const char *format = g_str_has_suffix (path, ".pdf") ? "pdf" : "png";
  g_autoptr (GBytes) bytes =
      quay_till_copy_receipt (view->till, view->sale->number, format, paper_mm (view), &error);
  gsize len = 0;
  const char *content = bytes != NULL ? g_bytes_get_data (bytes, &len) : NULL;
  if (content == NULL || !g_file_set_contents (path, content, (gssize)len, &error))
    {
      quay_ui_show_error (GTK_WIDGET (view), _ ("The file was not written"), error);
      return;
    }
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *text = g_strdup_printf (_ ("Written: %s"), name);
  quay_ui_toast (GTK_WIDGET (view), text);
}

static void
save_as (QuaySaleView *view, const char *ending)
{
  if (view->sale == NULL)
    return;
  g_autofree char *name = g_strdup_printf ("%s.%s", view->sale->number, ending);
  g_autofree char *pattern = g_strdup_printf ("*.%s", ending);
  quay_ui_choose_file (GTK_WIDGET (view), QUAY_UI_FILE_SAVE, _ ("Keep the receipt as a file"), name,
                       pattern, save_chosen_cb, g_object_ref (view));
}

static void
pdf_cb (QuaySaleView *view)
{
  save_as (view, "pdf");
}

static void
png_cb (QuaySaleView *view)
{
  save_as (view, "png");
}

void
quay_sale_view_give_back (QuaySaleView *view)
{
  if (view->sale != NULL)
    quay_refund_card_open (GTK_WIDGET (view), view->till, view->sale);
}

static void
fix_cb (QuaySaleView *view)
{
  if (view->sale != NULL)
    quay_fix_card_open (GTK_WIDGET (view), view->till, view->sale);
}

static void
page_cb (GtkToggleButton *tab, QuaySaleView *view)
{
  if (gtk_toggle_button_get_active (tab))
    gtk_stack_set_visible_child_name (GTK_STACK (view->pages),
                                      gtk_widget_get_name (GTK_WIDGET (tab)));
}

/* Building */

static GtkWidget *
build_head (QuaySaleView *view)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *receipt = gtk_toggle_button_new_with_label (_ ("Receipt"));
  GtkWidget *lines = gtk_toggle_button_new_with_label (_ ("Details"));
  view->title = quay_ui_label (NULL, "heading num");
  view->when = quay_ui_label (NULL, "meta num");
  quay_ui_set_id (view->title, "sale-number");
  quay_ui_set_description (view->title, _ ("Number"));
  gtk_widget_set_name (receipt, "receipt");
  gtk_widget_set_name (lines, "lines");
  gtk_widget_add_css_class (receipt, "chip");
  gtk_widget_add_css_class (lines, "chip");
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (lines), GTK_TOGGLE_BUTTON (receipt));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (receipt), TRUE);
  g_signal_connect (receipt, "toggled", G_CALLBACK (page_cb), view);
  g_signal_connect (lines, "toggled", G_CALLBACK (page_cb), view);
  gtk_widget_set_hexpand (left, TRUE);
  gtk_widget_set_valign (left, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (receipt, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (head, "cart-head");
  gtk_box_append (GTK_BOX (left), view->title);
  gtk_box_append (GTK_BOX (left), view->when);
  gtk_box_append (GTK_BOX (head), left);
  gtk_box_append (GTK_BOX (head), receipt);
  gtk_box_append (GTK_BOX (head), lines);
  return head;
}

static GtkWidget *
build_pages (QuaySaleView *view)
{
  GtkWidget *desk = quay_ui_desk (_ ("The receipt as printed"), &view->paper, &view->paper_fault);
  view->lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  view->pages = gtk_stack_new ();
  gtk_widget_add_css_class (view->lines, "sale-lines");
  gtk_stack_add_named (GTK_STACK (view->pages), desk, "receipt");
  gtk_stack_add_named (GTK_STACK (view->pages), quay_ui_scrolled (view->lines), "lines");
  return view->pages;
}

static GtkWidget *
build_seconds (QuaySaleView *view)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *back = quay_ui_button (NULL, _ ("Goods come back"), "F8", "action small");
  GtkWidget *fix = quay_ui_button (NULL, _ ("Payment was wrong"), NULL, "action small");
  gtk_widget_add_css_class (row, "pane-foot");
  gtk_widget_set_hexpand (back, TRUE);
  quay_ui_set_id (back, "sale-back");
  g_signal_connect_swapped (back, "clicked", G_CALLBACK (quay_sale_view_give_back), view);
  g_signal_connect_swapped (fix, "clicked", G_CALLBACK (fix_cb), view);
  gtk_box_append (GTK_BOX (row), fix);
  gtk_box_append (GTK_BOX (row), back);
  return row;
}

static GtkWidget *
build_foot (QuaySaleView *view)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *reprint = quay_ui_button ("printer", _ ("Print again"), "Ctrl P", "main small");
  GtkWidget *pdf = quay_ui_button (NULL, "PDF", NULL, "action small");
  GtkWidget *png = quay_ui_button (NULL, "PNG", NULL, "action small");
  gtk_widget_set_hexpand (reprint, TRUE);
  gtk_widget_add_css_class (foot, "pane-foot");
  quay_ui_set_label (pdf, _ ("Keep as PDF"));
  quay_ui_set_label (png, _ ("Keep as PNG"));
  quay_ui_set_id (reprint, "sale-reprint");
  g_signal_connect_swapped (reprint, "clicked", G_CALLBACK (quay_sale_view_reprint), view);
  g_signal_connect_swapped (pdf, "clicked", G_CALLBACK (pdf_cb), view);
  g_signal_connect_swapped (png, "clicked", G_CALLBACK (png_cb), view);
  gtk_box_append (GTK_BOX (foot), pdf);
  gtk_box_append (GTK_BOX (foot), png);
  gtk_box_append (GTK_BOX (foot), reprint);
  return foot;
}

static GtkWidget *
build_unseen (QuaySaleView *view)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *seen = quay_ui_button ("check-lg", _ ("It arrived"), NULL, "action small");
  view->unseen = quay_ui_wrapped_label (NULL, "warn-text num", 30, 2);
  gtk_widget_set_hexpand (view->unseen, TRUE);
  gtk_widget_add_css_class (line, "pane-foot");
  quay_ui_set_id (seen, "sale-seen");
  g_signal_connect_swapped (seen, "clicked", G_CALLBACK (seen_cb), view);
  gtk_box_append (GTK_BOX (line), view->unseen);
  gtk_box_append (GTK_BOX (line), seen);
  return line;
}

static void
quay_sale_view_dispose (GObject *object)
{
  QuaySaleView *view = QUAY_SALE_VIEW (object);
  g_clear_pointer (&view->sale, quay_sale_record_free);
  g_clear_object (&view->till);
  G_OBJECT_CLASS (quay_sale_view_parent_class)->dispose (object);
}

static void
quay_sale_view_class_init (QuaySaleViewClass *class)
{
  G_OBJECT_CLASS (class)->dispose = quay_sale_view_dispose;
}

static void
quay_sale_view_init (QuaySaleView *view)
{
  GtkWidget *sale = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  view->stack = gtk_stack_new ();
  gtk_box_append (GTK_BOX (sale), build_head (view));
  gtk_box_append (GTK_BOX (sale), build_pages (view));
  gtk_box_append (GTK_BOX (sale), build_unseen (view));
  view->acts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (view->acts), build_seconds (view));
  gtk_box_append (GTK_BOX (view->acts), build_foot (view));
  gtk_box_append (GTK_BOX (sale), view->acts);
  gtk_stack_add_named (
      GTK_STACK (view->stack),
      quay_ui_empty ("receipt", _ ("No sale chosen"),
                     _ ("Choose one on the left, or scan the square code on a receipt.")),
      "none");
  gtk_stack_add_named (GTK_STACK (view->stack), sale, "sale");
  gtk_box_append (GTK_BOX (view), view->stack);
  gtk_widget_set_hexpand (view->stack, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (view), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (view), "side-pane");
}

GtkWidget *
quay_sale_view_new (QuayTill *till)
{
  QuaySaleView *view = g_object_new (QUAY_TYPE_SALE_VIEW, NULL);
  view->till = g_object_ref (till);
  gtk_widget_set_visible (view->acts, !quay_till_is_view (till));
  return GTK_WIDGET (view);
}
