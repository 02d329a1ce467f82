/* Posting the document that is filled in, and printing it. Main thread. */
#include "quay-goods-private.h"

#include "quay-error.h"
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

static void
posted (QuayGoodsPage *page, const char *number)
{
  g_autofree char *text = g_strdup_printf (_ ("Recorded: %s · Ctrl+P prints it"), number);
  page->last = page->id;
  gtk_widget_set_sensitive (page->print, TRUE);
  quay_goods_page_clear (page);
  quay_ui_toast (GTK_WIDGET (page), text);
  gtk_widget_grab_focus (GTK_WIDGET (page));
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
