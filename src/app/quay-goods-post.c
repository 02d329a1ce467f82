/* Posting the document that is filled in, and printing it. Main thread. */
#include "quay-goods-private.h"

#include "quay-error.h"
#include "quay-till-assign.h"
#include "quay-till-documents.h"
#include "quay-till-supply.h"
#include "quay-typed.h"
#include "quay-ui.h"

/* --- printing --- */

void
quay_goods_print (GtkWidget *anywhere, QuayTill *till, const QuayId *document)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = quay_till_print_document (till, document, NULL, &error);
  if (path == NULL)
    {
      quay_ui_show_error (anywhere, _ ("The form could not be made"), error);
      return;
    }
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autofree char *text = g_strdup_printf (_ ("The form is here: %s"), path);
  quay_ui_toast (anywhere, text);
  /* a computer without a program for PDF keeps the file all the same */
  g_app_info_launch_default_for_uri (uri, NULL, NULL);
}

void
quay_goods_page_print (QuayGoodsPage *page)
{
  if (!quay_id_is_nil (&page->last))
    quay_goods_print (GTK_WIDGET (page), page->till, &page->last);
}

/* --- posting --- */

static gboolean
fault (GtkWidget *row, GtkWidget *control, const char *text)
{
  quay_ui_form_row_set_fault (row, text);
  gtk_widget_grab_focus (control);
  return FALSE;
}

static gboolean
check_receive (QuayGoodsPage *page, QuayMoney *paid)
{
  QuayDay day;
  QuaySupply supply = quay_goods_page_supply (page);
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (page->paid));
  quay_ui_form_row_set_fault (page->party_row, NULL);
  quay_ui_form_row_set_fault (page->ref_day_row, NULL);
  quay_ui_form_row_set_fault (page->paid_row, NULL);
  *paid = QUAY_DONG (0);
  if (page->voucher->name == NULL)
    return fault (page->party_row, page->party, _ ("Who brought the goods?"));
  if (!quay_typed_day (gtk_editable_get_text (GTK_EDITABLE (page->ref_day)), &day))
    return fault (page->ref_day_row, page->ref_day,
                  _ ("This is not a day: write it as 311226 or 31/12/2026."));
  if (supply == QUAY_SUPPLY_CONSIGNED || *typed == '\0')
    return TRUE;
  if (!quay_ui_money_entry_get (page->paid, paid))
    return fault (page->paid_row, page->paid, _ ("This is not an amount in whole đồng."));
  return paid->dong <= page->voucher->total.dong ||
         fault (page->paid_row, page->paid, _ ("This is more than the total."));
}

static gboolean
check_issue (QuayGoodsPage *page)
{
  gboolean back = g_strcmp0 (page->voucher->reason, "returned") == 0;
  quay_ui_form_row_set_fault (page->party_row, NULL);
  quay_ui_form_row_set_fault (page->note_row, NULL);
  if (back && quay_id_is_nil (&page->voucher->party))
    return fault (page->party_row, page->party, _ ("Choose the producer."));
  if (!back && page->voucher->note == NULL)
    return fault (page->note_row, page->note, _ ("Say what happened: it stands on the form."));
  return TRUE;
}

/* A lot that was received. */
typedef struct
{
  QuayId product;
  QuayId lot;
} Received;

/* Goods that were sold before their paper came: were they these? */
typedef struct
{
  QuayGoodsPage *page; /* owned */
  GArray *lots;        /* Received */
} Late;

/* The lots of @voucher whose products were sold from nowhere; NULL if there are none. */
static GArray *
find_late (QuayGoodsPage *page, const QuayVoucher *voucher, char **names)
{
  g_autoptr (GArray) late = g_array_new (FALSE, FALSE, sizeof (Received));
  g_autoptr (GPtrArray) list = quay_till_attention (page->till);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < voucher->lines->len; i++)
    {
      const QuayVoucherLine *line = voucher->lines->pdata[i];
      Received received = { line->product, line->lot };
      gboolean sold = FALSE;
      for (guint k = 0; k < list->len && !sold; k++)
        {
          const QuayAttention *of = list->pdata[k];
          sold = of->qty.milli < 0 && quay_id_is_nil (&of->lot) &&
                 quay_id_equal (&of->product, &line->product);
        }
      if (!sold)
        continue;
      g_array_append_val (late, received);
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", line->name);
    }
  *names = g_strdup (text->str);
  return late->len > 0 ? g_steal_pointer (&late) : NULL;
}

static void
late_cb (gboolean yes, gpointer data)
{
  Late *late = data;
  g_autoptr (GError) error = NULL;
  for (guint i = 0; yes && error == NULL && i < late->lots->len; i++)
    {
      const Received *received = &g_array_index (late->lots, Received, i);
      if (!quay_till_assign_waiting (late->page->till, &received->product, &received->lot, NULL,
                                     &error))
        quay_ui_show_error (GTK_WIDGET (late->page), _ ("This was not recorded"), error);
    }
  gtk_widget_grab_focus (GTK_WIDGET (late->page));
  g_array_unref (late->lots);
  g_object_unref (late->page);
  g_free (late);
}

static void
ask_late (QuayGoodsPage *page, GArray *lots, const char *names)
{
  Late *late = g_new0 (Late, 1);
  g_autofree char *text = g_strdup_printf (
      _ ("Some of these goods were sold before this receipt was recorded: %s. Were they of this "
         "delivery? Then the producer is owed for them."),
      names);
  late->page = g_object_ref (page);
  late->lots = lots;
  quay_ui_confirm (GTK_WIDGET (page), _ ("Sold before they were received"), text,
                   _ ("They were of this delivery"), _ ("Leave it"), FALSE, late_cb, late);
}

static void
posted (QuayGoodsPage *page, const char *number)
{
  g_autofree char *names = NULL;
  g_autofree char *text = g_strdup_printf (_ ("Recorded: %s · Ctrl+P prints it"), number);
  GArray *late = page->issue ? NULL : find_late (page, page->voucher, &names);
  page->last = page->id;
  gtk_widget_set_sensitive (page->print, TRUE);
  quay_goods_page_clear (page);
  quay_ui_toast (GTK_WIDGET (page), text);
  gtk_widget_grab_focus (GTK_WIDGET (page));
  if (late != NULL)
    ask_late (page, late, names);
}

static void
post (QuayGoodsPage *page, QuayMoney paid)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *number = NULL;
  QuayVoucher *voucher = page->voucher;
  if (page->issue)
    number = quay_till_issue (page->till, &page->id, voucher, &error);
  else if (quay_till_need_supplier (page->till, voucher->name, &voucher->party, &error))
    number = quay_till_receive (page->till, &page->id, voucher, paid, &error);
  if (number != NULL)
    {
      posted (page, number);
      return;
    }
  quay_goods_page_changed (page);
  quay_ui_show_error (GTK_WIDGET (page), _ ("This was not recorded"), error);
}

typedef struct
{
  QuayGoodsPage *page; /* owned */
  QuayMoney paid;
} Ask;

static void
answer_cb (gboolean yes, gpointer data)
{
  Ask *ask = data;
  if (yes)
    post (ask->page, ask->paid);
  else
    gtk_widget_grab_focus (ask->page->party);
  g_object_unref (ask->page);
  g_free (ask);
}

void
quay_goods_page_post (QuayGoodsPage *page)
{
  QuayMoney paid = QUAY_DONG (0);
  if (!quay_goods_page_take_line (page))
    return;
  quay_goods_page_changed (page);
  if (page->voucher->lines->len == 0)
    {
      quay_goods_page_show_fault (page, _ ("There is nothing to record yet: scan a product."));
      gtk_widget_grab_focus (page->scan);
      return;
    }
  if (!(page->issue ? check_issue (page) : check_receive (page, &paid)))
    return;
  if (page->issue || !quay_id_is_nil (&page->voucher->party))
    {
      post (page, paid);
      return;
    }
  Ask *ask = g_new0 (Ask, 1);
  g_autofree char *text = g_strdup_printf (
      _ ("'%s' is not known yet and will be added to the producers."), page->voucher->name);
  ask->page = g_object_ref (page);
  ask->paid = paid;
  quay_ui_confirm (GTK_WIDGET (page), _ ("A new supplier?"), text, _ ("Add and record"), NULL,
                   FALSE, answer_cb, ask);
}
