/* One document of goods. Main thread. */
#include "quay-document-view.h"

#include "quay-error.h"
#include "quay-goods-private.h"
#include "quay-labels-dialog.h"
#include "quay-stock-card.h"
#include "quay-till-documents.h"
#include "quay-till-labels.h"
#include "quay-ui.h"

#define LABELS_MAX 500

struct _QuayDocumentView
{
  GtkBox parent;
  QuayTill *till;         /* owned */
  QuayDocument *document; /* owned; NULL: none is shown */
  QuayId reversal;        /* the document that would take it back */
  GtkWidget *stack;
  GtkWidget *number;
  GtkWidget *kind;
  GtkWidget *lines;
  GtkWidget *labels;
  GtkWidget *lots;
  GtkWidget *print;
  GtkWidget *reverse;
};

G_DEFINE_FINAL_TYPE (QuayDocumentView, quay_document_view, GTK_TYPE_BOX)

static const struct
{
  const char *reason;
  const char *text;
} REASONS[] = {
  { "own", N_ ("Bought") },
  { "consigned", N_ ("Consigned") },
  { "door", N_ ("Bought at the door") },
  { "found", N_ ("Found") },
  { "damaged", N_ ("Damaged") },
  { "expired", N_ ("Expired") },
  { "sample", N_ ("Sample") },
  { "own-use", N_ ("Own use") },
  { "given", N_ ("Given away") },
  { "returned", N_ ("Returned to the producer") },
  { "provisional", N_ ("Provisional") },
};

const char *
quay_document_kind_text (const QuayDocument *document)
{
  switch (document->kind)
    {
    case QUAY_GOODS_RECEIVED:
      return _ ("Goods received");
    case QUAY_GOODS_ISSUED:
      return _ ("Goods issued");
    case QUAY_GOODS_MOVED:
      return _ ("Goods moved");
    case QUAY_GOODS_COUNTED:
      return _ ("Stock count");
    case QUAY_GOODS_BUNDLED:
    default:
      return _ ("Baskets");
    }
}

static const char *
reason_text (const char *reason)
{
  for (guint i = 0; i < G_N_ELEMENTS (REASONS); i++)
    if (g_strcmp0 (REASONS[i].reason, reason) == 0)
      return _ (REASONS[i].text);
  return reason;
}

/* --- showing --- */

static void
add_text (QuayDocumentView *view, const char *what, const char *value)
{
  if (value == NULL || value[0] == '\0')
    return;
  g_autofree char *text = g_strdup_printf ("%s: %s", what, value);
  GtkWidget *label = quay_ui_wrapped_label (text, "meta", 46, 3);
  gtk_widget_add_css_class (label, "sale-line");
  gtk_box_append (GTK_BOX (view->lines), label);
}

static void
add_row (QuayDocumentView *view, const char *text, const char *meta, const char *figure,
         const char *classes)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *end = quay_ui_number_label (classes);
  gtk_box_append (GTK_BOX (left), quay_ui_wrapped_label (text, classes, 30, 2));
  if (meta != NULL && *meta != '\0')
    gtk_box_append (GTK_BOX (left), quay_ui_wrapped_label (meta, "meta num", 36, 2));
  gtk_widget_set_hexpand (left, TRUE);
  gtk_widget_set_valign (end, GTK_ALIGN_START);
  gtk_widget_add_css_class (row, "sale-line");
  quay_ui_set_text (end, figure);
  gtk_box_append (GTK_BOX (row), left);
  gtk_box_append (GTK_BOX (row), end);
  gtk_box_append (GTK_BOX (view->lines), row);
}

static void
add_line (QuayDocumentView *view, const QuayVoucherLine *line)
{
  GString *meta = g_string_new (NULL);
  g_autofree char *qty = quay_format_qty (line->qty, line->unit);
  g_autofree char *price = quay_format_money (line->price, QUAY_MONEY_BARE);
  g_autofree char *day = line->expires != 0 ? quay_day_to_vi ((QuayDay)line->expires) : NULL;
  if (line->price.dong != 0)
    g_string_append_printf (meta, "× %s", price);
  if (line->code != NULL)
    g_string_append_printf (meta, "%s%s", meta->len > 0 ? " · " : "", line->code);
  if (day != NULL)
    g_string_append_printf (meta, "%s%s", meta->len > 0 ? " · " : "", day);
  if (line->bearer)
    g_string_append_printf (meta, "%s%s", meta->len > 0 ? " · " : "", _ ("the producer bears it"));
  if (line->note != NULL)
    g_string_append_printf (meta, "%s%s", meta->len > 0 ? " · " : "", line->note);
  g_autofree char *text = g_string_free (meta, FALSE);
  add_row (view, line->name, text, qty, NULL);
}

static void
add_head (QuayDocumentView *view)
{
  const QuayDocument *document = view->document;
  const QuayVoucher *voucher = document->voucher;
  g_autofree char *when = quay_time_to_vi (document->ts);
  g_autofree char *ref_day =
      voucher->ref_day != 0 ? quay_day_to_vi ((QuayDay)voucher->ref_day) : NULL;
  g_autofree char *ref = voucher->ref != NULL && ref_day != NULL
                             ? g_strdup_printf ("%s, %s", voucher->ref, ref_day)
                             : g_strdup (voucher->ref);
  add_text (view, _ ("When"), when);
  add_text (view, _ ("Why"), reason_text (voucher->reason));
  add_text (view, _ ("Producer"), document->party_name);
  if (g_strcmp0 (voucher->name, document->party_name) != 0)
    add_text (view, _ ("Name"), voucher->name);
  add_text (view, _ ("Paper"), ref);
  add_text (view, _ ("Place"), document->place);
  add_text (view, _ ("To"), document->to_place);
  add_text (view, _ ("Remark"), voucher->note);
}

static void
add_reversal (QuayDocumentView *view)
{
  const QuayDocument *document = view->document;
  g_autoptr (QuayDocument) of = quay_id_is_nil (&document->voucher->reverses)
                                    ? NULL
                                    : quay_till_document (view->till, &document->voucher->reverses);
  g_autoptr (QuayDocument) by = quay_id_is_nil (&document->reversed_by)
                                    ? NULL
                                    : quay_till_document (view->till, &document->reversed_by);
  if (of != NULL)
    add_text (view, _ ("Takes back"), of->voucher->number);
  if (by != NULL)
    add_text (view, _ ("Taken back by"), by->voucher->number);
}

static gboolean
has_lots (const QuayDocument *document)
{
  return document->kind == QUAY_GOODS_RECEIVED && quay_id_is_nil (&document->voucher->reverses);
}

static void
fill (QuayDocumentView *view)
{
  const QuayDocument *document = view->document;
  const QuayVoucher *voucher = document->voucher;
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (view->lines)) != NULL)
    gtk_box_remove (GTK_BOX (view->lines), child);
  quay_ui_set_text (view->number, voucher->number);
  quay_ui_set_text (view->kind, quay_document_kind_text (document));
  add_head (view);
  add_reversal (view);
  for (guint i = 0; i < voucher->lines->len; i++)
    add_line (view, voucher->lines->pdata[i]);
  g_autofree char *total = quay_format_money (voucher->total, QUAY_MONEY_SIGN);
  if (voucher->total.dong != 0)
    add_row (view, _ ("Total"), NULL, total, "heading");
  gboolean mine = document->kind == QUAY_GOODS_RECEIVED || document->kind == QUAY_GOODS_ISSUED ||
                  document->kind == QUAY_GOODS_MOVED;
  gtk_widget_set_visible (view->labels, has_lots (document));
  gtk_widget_set_visible (view->lots, has_lots (document));
  gtk_widget_set_sensitive (view->print, quay_till_document_has_form (document));
  gtk_widget_set_sensitive (view->reverse, mine && quay_id_is_nil (&voucher->reverses) &&
                                               quay_id_is_nil (&document->reversed_by));
}

void
quay_document_view_show (QuayDocumentView *view, const QuayId *id)
{
  g_clear_pointer (&view->document, quay_document_free);
  if (!quay_id_is_nil (id))
    view->document = quay_till_document (view->till, id);
  view->reversal = quay_till_new_id (view->till);
  if (view->document != NULL)
    fill (view);
  gtk_stack_set_visible_child_name (GTK_STACK (view->stack),
                                    view->document != NULL ? "document" : "none");
}

QuayId
quay_document_view_get (QuayDocumentView *view)
{
  return view->document != NULL ? view->document->id : QUAY_ID_NIL;
}

/* --- doing --- */

void
quay_document_view_print (QuayDocumentView *view)
{
  if (view->document != NULL && quay_till_document_has_form (view->document))
    quay_goods_print (GTK_WIDGET (view), view->till, &view->document->id);
}

/* Labels for the lots that a document brought: one a piece, one for what is weighed. */
static void
print_labels (QuayDocumentView *view)
{
  g_autoptr (GArray) asks = g_array_new (FALSE, FALSE, sizeof (QuayLabelAsk));
  const QuayVoucher *voucher = view->document->voucher;
  for (guint i = 0; i < voucher->lines->len; i++)
    {
      const QuayVoucherLine *line = voucher->lines->pdata[i];
      gint64 pieces = line->qty.milli % 1000 == 0 ? line->qty.milli / 1000 : 1;
      QuayLabelAsk ask = { line->lot, (guint)CLAMP (pieces, 1, LABELS_MAX) };
      if (line->qty.milli > 0 && !quay_id_is_nil (&line->lot))
        g_array_append_val (asks, ask);
    }
  quay_labels_dialog_lots (GTK_WIDGET (view), view->till, (const QuayLabelAsk *)asks->data,
                           asks->len);
}

void
quay_document_view_lots (QuayDocumentView *view)
{
  if (view->document != NULL && has_lots (view->document))
    quay_stock_receipt_open (GTK_WIDGET (view), view->till, view->document->voucher->number);
}

typedef struct
{
  QuayDocumentView *view; /* owned */
  QuayId of;
  GtkWidget *card;
  GtkWidget *why;
  GtkWidget *why_row;
} Reverse;

static void
free_reverse (gpointer data)
{
  Reverse *reverse = data;
  g_object_unref (reverse->view);
  g_free (reverse);
}

static void
tell_refused (Reverse *reverse, const GError *error)
{
  if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_REFUSED))
    {
      g_autofree char *text = g_strdup_printf (
          _ ("Goods of it were sold or went elsewhere meanwhile. Left there: %s"), error->message);
      quay_ui_form_row_set_fault (reverse->why_row, text);
    }
  else if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_EXISTS))
    quay_ui_form_row_set_fault (reverse->why_row, _ ("It was taken back before."));
  else
    quay_ui_show_error (reverse->card, _ ("This was not recorded"), error);
}

static void
do_reverse (Reverse *reverse)
{
  QuayDocumentView *view = reverse->view;
  g_autoptr (GError) error = NULL;
  g_autofree char *why =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (reverse->why))));
  if (!quay_ui_form_row_check (reverse->why_row, *why != '\0',
                               _ ("Say why: it stands on the form.")))
    return;
  g_autofree char *number =
      quay_till_reverse_document (view->till, &view->reversal, &reverse->of, why, &error);
  if (number == NULL)
    {
      tell_refused (reverse, error);
      return;
    }
  g_autofree char *text = g_strdup_printf (_ ("Taken back by %s."), number);
  QuayId of = reverse->of;
  quay_ui_toast (GTK_WIDGET (view), text);
  quay_ui_close_card (reverse->card);
  quay_document_view_show (view, &of);
}

static void
cancel_cb (GtkWidget *card)
{
  quay_ui_close_card (card);
}

void
quay_document_view_reverse (QuayDocumentView *view)
{
  if (view->document == NULL || !gtk_widget_get_sensitive (view->reverse))
    return;
  Reverse *reverse = g_new0 (Reverse, 1);
  g_autofree char *title = g_strdup_printf (_ ("Take %s back?"), view->document->voucher->number);
  GtkWidget *card = quay_ui_card_new (title, NULL);
  GtkWidget *cancel = quay_ui_button (NULL, _ ("Cancel"), "Esc", "action");
  GtkWidget *yes = quay_ui_button (NULL, _ ("Take back"), "Enter", "main");
  *reverse = (Reverse){ .view = g_object_ref (view), .of = view->document->id, .card = card };
  reverse->why = quay_ui_entry (_ ("Why it is taken back"));
  gtk_entry_set_max_length (GTK_ENTRY (reverse->why), 200);
  reverse->why_row = quay_ui_form_row (_ ("Why it is taken back"), reverse->why, NULL);
  g_object_set_data_full (G_OBJECT (card), "quay-reverse", reverse, free_reverse);
  gtk_box_append (GTK_BOX (card),
                  quay_ui_wrapped_label (_ ("A document is never changed: another one with the "
                                            "opposite quantities is recorded."),
                                         "dim", 60, 3));
  gtk_box_append (GTK_BOX (card), reverse->why_row);
  GtkWidget *buttons = quay_ui_card_buttons (card);
  gtk_box_append (GTK_BOX (buttons), cancel);
  gtk_box_append (GTK_BOX (buttons), yes);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (cancel_cb), card);
  g_signal_connect_swapped (yes, "clicked", G_CALLBACK (do_reverse), reverse);
  g_signal_connect_swapped (reverse->why, "activate", G_CALLBACK (do_reverse), reverse);
  quay_ui_show_card (GTK_WIDGET (view), card, reverse->why);
}

/* --- building --- */

static GtkWidget *
build (QuayDocumentView *view)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  view->number = quay_ui_label (NULL, "heading");
  view->kind = quay_ui_label (NULL, "meta");
  view->lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  view->reverse = quay_ui_button ("arrow-counterclockwise", _ ("Take back"), "Ctrl+D", "action");
  view->labels = quay_ui_icon_button ("tags", _ ("Labels for its lots"), "action");
  view->lots = quay_ui_icon_button ("clock-history", _ ("Where its lots went"), "action");
  view->print = quay_ui_button ("printer", _ ("Print the form"), "Ctrl+P", "action");
  quay_ui_set_description (view->number, _ ("Number of the document"));
  gtk_widget_add_css_class (head, "sale-lines");
  gtk_widget_add_css_class (view->lines, "sale-lines");
  gtk_widget_add_css_class (foot, "pane-foot");
  gtk_box_append (GTK_BOX (head), view->number);
  gtk_box_append (GTK_BOX (head), view->kind);
  gtk_box_append (GTK_BOX (foot), view->reverse);
  gtk_box_append (GTK_BOX (foot), view->labels);
  gtk_box_append (GTK_BOX (foot), view->lots);
  gtk_box_append (GTK_BOX (foot), view->print);
  GtkWidget *scrolled = quay_ui_scrolled (view->lines);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_box_append (GTK_BOX (box), foot);
  g_signal_connect_swapped (view->print, "clicked", G_CALLBACK (quay_document_view_print), view);
  g_signal_connect_swapped (view->labels, "clicked", G_CALLBACK (print_labels), view);
  g_signal_connect_swapped (view->lots, "clicked", G_CALLBACK (quay_document_view_lots), view);
  g_signal_connect_swapped (view->reverse, "clicked", G_CALLBACK (quay_document_view_reverse),
                            view);
  return box;
}

static void
quay_document_view_dispose (GObject *object)
{
  QuayDocumentView *view = QUAY_DOCUMENT_VIEW (object);
  g_clear_pointer (&view->document, quay_document_free);
  g_clear_object (&view->till);
  G_OBJECT_CLASS (quay_document_view_parent_class)->dispose (object);
}

static void
quay_document_view_class_init (QuayDocumentViewClass *class)
{
  G_OBJECT_CLASS (class)->dispose = quay_document_view_dispose;
}

static void
quay_document_view_init (QuayDocumentView *view)
{
  gtk_widget_add_css_class (GTK_WIDGET (view), "table-card");
  gtk_widget_set_size_request (GTK_WIDGET (view), 424, -1);
  gtk_widget_set_hexpand (GTK_WIDGET (view), FALSE); /* whatever its lines want: the list grows */
}

GtkWidget *
quay_document_view_new (QuayTill *till)
{
  QuayDocumentView *view = g_object_new (QUAY_TYPE_DOCUMENT_VIEW, NULL);
  view->till = g_object_ref (till);
  view->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (view->stack, TRUE);
  gtk_stack_set_hhomogeneous (GTK_STACK (view->stack), FALSE);
  gtk_stack_add_named (
      GTK_STACK (view->stack),
      quay_ui_empty ("receipt", _ ("Choose a document"), _ ("Its lines are shown here.")), "none");
  gtk_stack_add_named (GTK_STACK (view->stack), build (view), "document");
  gtk_box_append (GTK_BOX (view), view->stack);
  return GTK_WIDGET (view);
}
