/* Lines under the bar that have to be seen but not answered at once. */
#include "quay-request-list.h"
#include "quay-till-people.h"
#include "quay-till-requests.h"
#include "quay-till-sales.h"
#include "quay-till-sell.h"
#include "quay-window-private.h"

typedef struct
{
  QuayWindow *window; /* borrowed: the notice is inside it */
  GtkWidget *notice;
  QuayNoticeDone done;
  QuayNoticeDone dropped;
  char *data;
} Notice;

static void
free_notice (gpointer data)
{
  Notice *notice = data;
  g_free (notice->data);
  g_free (notice);
}

static void
end_notice (Notice *notice, QuayNoticeDone call)
{
  QuayWindow *window = notice->window;
  g_autofree char *data = g_strdup (notice->data);
  gtk_box_remove (GTK_BOX (window->notices), notice->notice);
  if (call != NULL)
    call (window, data);
}

static void
yes_cb (GtkButton *button, gpointer data)
{
  Notice *notice = data;
  end_notice (notice, notice->done);
}

static void
no_cb (GtkButton *button, gpointer data)
{
  Notice *notice = data;
  end_notice (notice, notice->dropped);
}

GtkWidget *
quay_window_add_notice (QuayWindow *self, const char *kind, const char *text, const char *yes,
                        QuayNoticeDone done, const char *no, QuayNoticeDone dropped,
                        const char *data)
{
  Notice *notice = g_new0 (Notice, 1);
  *notice = (Notice){ self, gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10), done, dropped,
                      g_strdup (data) };
  g_object_set_data_full (G_OBJECT (notice->notice), "quay-notice", notice, free_notice);
  gtk_widget_add_css_class (notice->notice, "notice");
  gtk_widget_add_css_class (notice->notice, kind);
  gtk_box_append (GTK_BOX (notice->notice), quay_ui_icon ("exclamation-triangle", NULL));
  GtkWidget *label = quay_ui_wrapped_label (text, NULL, 120, 2);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (notice->notice), label);
  if (yes != NULL)
    {
      GtkWidget *button = quay_ui_button (NULL, yes, NULL, NULL);
      quay_ui_set_id (button, "notice-yes");
      g_signal_connect (button, "clicked", G_CALLBACK (yes_cb), notice);
      gtk_box_append (GTK_BOX (notice->notice), button);
    }
  GtkWidget *button = quay_ui_button (NULL, no, NULL, NULL);
  quay_ui_set_id (button, "notice-no");
  g_signal_connect (button, "clicked", G_CALLBACK (no_cb), notice);
  gtk_box_append (GTK_BOX (notice->notice), button);
  gtk_box_append (GTK_BOX (self->notices), notice->notice);
  return notice->notice;
}

/* One red line is enough: that nothing is written says more than that nothing is sold. */
static void
choose_red (QuayWindow *self)
{
  if (self->room_notice != NULL)
    gtk_widget_set_visible (self->room_notice, self->storage_notice == NULL);
  quay_window_update_status (self);
}

void
quay_window_set_storage_fault (QuayWindow *self, const char *text)
{
  GtkWidget *label = self->storage_notice != NULL
                         ? g_object_get_data (G_OBJECT (self->storage_notice), "quay-label")
                         : NULL;
  if (label != NULL)
    {
      quay_ui_set_text (label, text);
      return;
    }
  label = quay_ui_wrapped_label (text, NULL, 150, 3);
  self->storage_notice = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  g_object_set_data (G_OBJECT (self->storage_notice), "quay-label", label);
  gtk_widget_add_css_class (self->storage_notice, "notice");
  gtk_widget_add_css_class (self->storage_notice, "bad");
  gtk_box_append (GTK_BOX (self->storage_notice), quay_ui_icon ("exclamation-triangle", NULL));
  gtk_box_append (GTK_BOX (self->storage_notice), label);
  gtk_box_prepend (GTK_BOX (self->notices), self->storage_notice);
  choose_red (self);
}

void
quay_window_clear_storage_fault (QuayWindow *self)
{
  if (self->storage_notice == NULL)
    return;
  gtk_box_remove (GTK_BOX (self->notices), self->storage_notice);
  self->storage_notice = NULL;
  choose_red (self);
}

void
quay_window_set_room (QuayWindow *self, gboolean has_room)
{
  if (has_room == (self->room_notice == NULL))
    return;
  if (has_room)
    {
      gtk_box_remove (GTK_BOX (self->notices), g_steal_pointer (&self->room_notice));
      return;
    }
  self->room_notice = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  gtk_widget_add_css_class (self->room_notice, "notice");
  gtk_widget_add_css_class (self->room_notice, "bad");
  gtk_box_append (GTK_BOX (self->room_notice), quay_ui_icon ("exclamation-triangle", NULL));
  gtk_box_append (GTK_BOX (self->room_notice),
                  quay_ui_wrapped_label (_ ("The disk is full: no sale can be paid until some room "
                                            "is freed. Carts are kept, and the shift can be "
                                            "closed. Nothing was lost."),
                                         NULL, 150, 3));
  gtk_box_prepend (GTK_BOX (self->notices), self->room_notice);
  choose_red (self);
}

static void
damage_seen_cb (QuayWindow *self, const char *data)
{
  self->damage_told = FALSE;
}

void
quay_window_tell_damage (QuayWindow *self)
{
  if (self->damage_told)
    return;
  self->damage_told = TRUE;
  quay_window_add_notice (self, "bad",
                          _ ("A part of the shop's file can't be read, so that what is shown may "
                             "lack something. Check the file under Settings, and tell the "
                             "manager; do not delete any file."),
                          NULL, NULL, _ ("Close"), damage_seen_cb, NULL);
}

static void
clock_seen_cb (QuayWindow *self, const char *data)
{
  self->clock_notice = NULL;
}

void
quay_window_set_clock (QuayWindow *self, gboolean wrong)
{
  if (self->clock_notice != NULL)
    gtk_box_remove (GTK_BOX (self->notices), g_steal_pointer (&self->clock_notice));
  if (wrong)
    self->clock_notice =
        quay_window_add_notice (self, "warn",
                                _ ("The computer's clock is wrong. You can go on selling; please "
                                   "set the date and time."),
                                NULL, NULL, _ ("Close"), clock_seen_cb, NULL);
}

static void
requests_seen_cb (QuayWindow *self, const char *data)
{
  self->request_notice = NULL;
}

static void
requests_open_cb (QuayWindow *self, const char *data)
{
  self->request_notice = NULL;
  quay_request_list_open (self->overlay, self->till);
}

void
quay_window_tell_requests (QuayWindow *self)
{
  gboolean may = quay_till_limit (self->till, QUAY_ACT_ERASE) > 0;
  QuayRequestCount count = { 0 };
  QuayDay today = quay_till_day (self->till);
  if (may)
    count = quay_till_count_requests (self->till);
  guint n = count.late + count.soon;
  if (n == self->requests_told && today == self->requests_day)
    return;
  gboolean again = n > self->requests_told || today != self->requests_day;
  if (self->request_notice != NULL)
    gtk_box_remove (GTK_BOX (self->notices), g_steal_pointer (&self->request_notice));
  else if (!again)
    n = 0; /* it was closed, and there are fewer now */
  self->requests_told = count.late + count.soon;
  self->requests_day = today;
  if (n == 0)
    return;
  g_autofree char *text =
      count.late > 0
          ? g_strdup_printf (ngettext ("%u request about personal data is late.",
                                       "%u requests about personal data are late.", count.late),
                             count.late)
          : g_strdup_printf (ngettext ("%u request about personal data is due soon.",
                                       "%u requests about personal data are due soon.", count.soon),
                             count.soon);
  self->request_notice =
      quay_window_add_notice (self, count.late > 0 ? "bad" : "warn", text, _ ("Show"),
                              requests_open_cb, _ ("Close"), requests_seen_cb, NULL);
}

static void
print_again (QuayWindow *self, const char *number)
{
  g_autoptr (GError) error = NULL;
  if (!quay_till_reprint (self->till, number, &error))
    quay_ui_show_error (GTK_WIDGET (self), _ ("The receipt was not printed"), error);
}

static void
settle_print (QuayWindow *self, const char *number)
{
  g_autoptr (QuaySaleRecord) sale = quay_till_sale (self->till, number);
  if (sale != NULL)
    quay_till_settle_print (self->till, &sale->id);
}

/* What a manager has to put right. */
static void
add_warnings (QuayWindow *self)
{
  if (quay_till_was_rolled_back (self->till))
    quay_window_add_notice (self, "bad",
                            _ ("This is an older copy of the shop's file: sales made after it are "
                               "missing. Tell the manager; do not delete any file."),
                            NULL, NULL, _ ("Close"), NULL, NULL);
  quay_window_set_clock (self, quay_till_clock_is_wrong (self->till));
  if (!quay_till_has_receipt_font ())
    quay_window_add_notice (self, "warn",
                            _ ("The letters for receipts are not installed (Noto Sans). Receipts "
                               "are printed in others, which may be wider."),
                            NULL, NULL, _ ("Close"), NULL, NULL);
}

static void
tell_unreadable (QuayWindow *self)
{
  if (quay_till_take_unreadable (self->till) > 0)
    quay_window_add_notice (self, "bad",
                            _ ("A sale that was under way can't be read any more. It is kept among "
                               "the held sales; enter it again and tell the manager."),
                            NULL, NULL, _ ("Close"), NULL, NULL);
}

void
quay_window_add_start_notices (QuayWindow *self)
{
  add_warnings (self);
  quay_window_set_room (self, quay_till_has_room (self->till));
  tell_unreadable (self);
  if (quay_till_take_restored (self->till))
    {
      const QuayCart *cart = quay_till_cart (self->till);
      g_autofree char *amount = quay_format_money (quay_cart_totals (cart).total, QUAY_MONEY_SIGN);
      g_autofree char *text = g_strdup_printf (
          _ ("The till had stopped in the middle of a sale. It is back: %s."), amount);
      quay_window_add_notice (self, "info", text, NULL, NULL, _ ("Close"), NULL, NULL);
    }
  g_autoptr (QuaySaleRecord) sale = quay_till_last_unprinted (self->till);
  if (sale == NULL)
    return;
  g_autofree char *amount = quay_format_money (sale->total, QUAY_MONEY_SIGN);
  g_autofree char *text = g_strdup_printf (
      _ ("Sale %s (%s) is paid and kept; its receipt is not confirmed as printed."), sale->number,
      amount);
  quay_window_add_notice (self, "warn", text, _ ("Print again"), print_again, _ ("Ignore"),
                          settle_print, sale->number);
}
