/* A new order, filled in by keyboard and scanner. */
#include "quay-order-dialog.h"

#include "quay-error.h"
#include "quay-form.h"
#include "quay-order-lines.h"
#include "quay-ui.h"

#include <string.h>

struct _QuayOrderDialog
{
  GtkBox parent;
  QuayTill *till; /* owned */
  QuayId id;      /* of the order: the same for each try */
  QuayOrderDone done;
  gpointer data;
  GtkWidget *name;
  GtkWidget *phone;
  GtkWidget *due;
  GtkWidget *deposit;
  GtkWidget *tender;
  GtkWidget *ref;
  GtkWidget *note;
  GtkWidget *rows[7]; /* of the form, by what they hold: see ROW_ */
  GtkWidget *lines;
  GtkWidget *rest;
};

enum
{
  ROW_NAME,
  ROW_PHONE,
  ROW_DUE,
  ROW_DEPOSIT,
  ROW_TENDER,
  ROW_REF,
  ROW_NOTE,
};

G_DEFINE_FINAL_TYPE (QuayOrderDialog, quay_order_dialog, GTK_TYPE_BOX)

/* --- reading --- */

/* dd/mm/yyyy, or dd/mm of this year or, where that is past, of the next. */
static gboolean
parse_due (const char *text, QuayDay today, QuayDay *due)
{
  g_autofree char *day = g_strstrip (g_strdup (text));
  *due = 0;
  if (day[0] == '\0')
    return TRUE;
  if (quay_day_from_text (day, due))
    return TRUE;
  for (int year = today / 10000; year <= today / 10000 + 1; year++)
    {
      g_autofree char *whole = g_strdup_printf ("%s/%d", day, year);
      g_auto (GStrv) parts = g_strsplit (whole, "/", -1);
      if (g_strv_length (parts) != 3)
        return FALSE;
      g_autofree char *padded =
          g_strdup_printf ("%s%s/%s%s/%s", strlen (parts[0]) == 1 ? "0" : "", parts[0],
                           strlen (parts[1]) == 1 ? "0" : "", parts[1], parts[2]);
      if (quay_day_from_text (padded, due) && *due >= today)
        return TRUE;
    }
  return FALSE;
}

/* An empty entry is no deposit. */
static gboolean
read_deposit (QuayOrderDialog *self, QuayMoney *deposit)
{
  *deposit = QUAY_DONG (0);
  return gtk_editable_get_text (GTK_EDITABLE (self->deposit))[0] == '\0' ||
         quay_ui_money_entry_get (self->deposit, deposit);
}

static void
tell (QuayOrderDialog *self, guint row, GtkWidget *control, const char *fault)
{
  quay_ui_form_row_set_fault (self->rows[row], fault);
  gtk_widget_grab_focus (control);
}

static void
tell_fault (QuayOrderDialog *self, QuayOrderFault fault)
{
  switch (fault)
    {
    case QUAY_ORDER_NO_NAME:
      tell (self, ROW_NAME, self->name, _ ("Who orders? Write a name."));
      break;
    case QUAY_ORDER_BAD_NAME:
      tell (self, ROW_NAME, self->name, _ ("This name is too long."));
      break;
    case QUAY_ORDER_BAD_PHONE:
      tell (self, ROW_PHONE, self->phone, _ ("This is no telephone number, as 0912 345 678."));
      break;
    case QUAY_ORDER_PAST_DUE:
      tell (self, ROW_DUE, self->due, _ ("Write a day from today on, as 25/01 or 25/01/2027."));
      break;
    case QUAY_ORDER_BAD_DEPOSIT:
      tell (self, ROW_DEPOSIT, self->deposit, _ ("Write an amount that is not above the total."));
      break;
    case QUAY_ORDER_BAD_REF:
      tell (self, ROW_REF, self->ref, _ ("This reference is too long."));
      break;
    case QUAY_ORDER_BAD_NOTE:
      tell (self, ROW_NOTE, self->note, _ ("This note is too long."));
      break;
    case QUAY_ORDER_NO_LINES:
    case QUAY_ORDER_BAD_LINE:
    default:
      quay_order_lines_set_fault (QUAY_ORDER_LINES (self->lines),
                                  fault == QUAY_ORDER_NO_LINES
                                      ? _ ("Add what is ordered.")
                                      : _ ("These goods can't be ordered like this."));
      gtk_widget_grab_focus (self->lines);
      break;
    }
}

static void
clear_faults (QuayOrderDialog *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->rows); i++)
    quay_ui_form_row_set_fault (self->rows[i], NULL);
}

static void
place (QuayOrderDialog *self, const QuayOrderAsk *ask)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *number = quay_till_place_order (self->till, &self->id, ask, &error);
  if (number == NULL)
    {
      quay_ui_show_error (GTK_WIDGET (self), _ ("The order was not recorded"), error);
      if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_EXISTS))
        self->id = quay_till_new_id (self->till);
      return;
    }
  g_autofree char *text = g_strdup_printf (_ ("Order %s is recorded."), number);
  QuayOrderDone done = self->done;
  gpointer data = self->data;
  QuayId id = self->id;
  quay_ui_toast (GTK_WIDGET (self), text);
  quay_ui_close_card (GTK_WIDGET (self));
  done (&id, data);
}

static void
save (QuayOrderDialog *self)
{
  QuayMoney total;
  QuayOrderAsk ask = { .tender = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->tender)) };
  QuayDay today = quay_till_day (self->till);
  g_autofree char *name = g_strstrip (g_strdup (quay_form_text (self->name)));
  g_autofree char *phone = g_strstrip (g_strdup (quay_form_text (self->phone)));
  clear_faults (self);
  g_autoptr (GPtrArray) lines = quay_order_lines_take (QUAY_ORDER_LINES (self->lines));
  ask.tender = ask.tender == 0   ? QUAY_TENDER_CASH
               : ask.tender == 1 ? QUAY_TENDER_TRANSFER
                                 : QUAY_TENDER_CARD;
  ask.name = name;
  ask.phone = phone;
  ask.lines = lines;
  ask.ref = quay_form_text (self->ref);
  ask.note = quay_form_text (self->note);
  QuayOrderFault fault = QUAY_ORDER_SOUND;
  if (!parse_due (quay_form_text (self->due), today, &ask.due))
    fault = QUAY_ORDER_PAST_DUE;
  else if (!read_deposit (self, &ask.deposit))
    fault = QUAY_ORDER_BAD_DEPOSIT;
  else if (lines != NULL)
    fault = quay_order_check (&ask, today, &total);
  if (fault != QUAY_ORDER_SOUND)
    tell_fault (self, fault);
  else if (lines != NULL)
    place (self, &ask);
}

/* --- what is shown --- */

static void
update (QuayOrderDialog *self)
{
  QuayMoney deposit;
  QuayMoney total = quay_order_lines_total (QUAY_ORDER_LINES (self->lines));
  gboolean cash = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->tender)) == 0;
  if (!read_deposit (self, &deposit) || deposit.dong > total.dong)
    deposit = QUAY_DONG (0);
  quay_ui_set_money (self->rest, QUAY_DONG (total.dong - deposit.dong), QUAY_MONEY_SIGN);
  gtk_widget_set_visible (self->rows[ROW_REF], !cash);
}

static void
changed_cb (QuayOrderDialog *self)
{
  update (self);
}

static void
scan_cb (GtkWidget *card, const char *text, gpointer data)
{
  quay_order_lines_scan (QUAY_ORDER_LINES (QUAY_ORDER_DIALOG (card)->lines), text);
}

static void
save_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  save (QUAY_ORDER_DIALOG (widget));
}

static void
goods_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_grab_focus (QUAY_ORDER_DIALOG (widget)->lines);
}

/* Enter goes to the next field. */
static void
next_cb (GtkEntry *entry, gpointer data)
{
  gtk_widget_child_focus (GTK_WIDGET (data), GTK_DIR_TAB_FORWARD);
}

/* --- building --- */

static GtkWidget *
add_entry (QuayOrderDialog *self, GtkWidget *form, guint row, const char *title, GtkWidget *entry,
           int max, const char *hint)
{
  gtk_entry_set_max_length (GTK_ENTRY (entry), max);
  self->rows[row] = quay_ui_form_row (title, entry, hint);
  gtk_box_append (GTK_BOX (form), self->rows[row]);
  g_signal_connect (entry, "activate", G_CALLBACK (next_cb), self);
  return entry;
}

static GtkWidget *
make_form (QuayOrderDialog *self)
{
  const char *const tenders[] = { _ ("Cash"), _ ("Bank transfer"), _ ("Card"), NULL };
  GtkWidget *form = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_set_size_request (form, 300, -1);
  self->name =
      add_entry (self, form, ROW_NAME, _ ("Customer"), quay_ui_entry (_ ("Customer")), 80, NULL);
  self->phone = add_entry (self, form, ROW_PHONE, _ ("Telephone"),
                           quay_ui_code_entry (_ ("Telephone")), 24, NULL);
  self->due = add_entry (self, form, ROW_DUE, _ ("Day of the hand-over"),
                         quay_ui_code_entry (_ ("Day of the hand-over")), 10, NULL);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->due), _ ("dd/mm, may be left empty"));
  self->deposit = add_entry (self, form, ROW_DEPOSIT, _ ("Deposit"),
                             quay_ui_money_entry (_ ("Deposit")), 20, NULL);
  self->tender = quay_ui_choice (_ ("Deposit paid by"), tenders);
  self->rows[ROW_TENDER] = quay_ui_form_row (_ ("Deposit paid by"), self->tender, NULL);
  gtk_box_append (GTK_BOX (form), self->rows[ROW_TENDER]);
  self->ref = add_entry (self, form, ROW_REF, _ ("Reference"), quay_ui_code_entry (_ ("Reference")),
                         40, NULL);
  self->note = add_entry (self, form, ROW_NOTE, _ ("Note"), quay_ui_entry (_ ("Note")), 120, NULL);
  return form;
}

static GtkWidget *
make_rest (QuayOrderDialog *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *label = quay_ui_label (_ ("Left to pay at the hand-over"), NULL);
  gtk_widget_set_hexpand (label, TRUE);
  self->rest = quay_ui_number_label ("heading");
  quay_ui_set_description (self->rest, _ ("Left to pay at the hand-over"));
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), self->rest);
  return line;
}

static void
build (QuayOrderDialog *self)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 22);
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->lines = quay_order_lines_new (self->till);
  gtk_widget_set_vexpand (self->lines, TRUE);
  gtk_box_append (GTK_BOX (body), make_form (self));
  gtk_box_append (GTK_BOX (right), self->lines);
  gtk_box_append (GTK_BOX (right), make_rest (self));
  gtk_widget_set_hexpand (right, TRUE);
  gtk_widget_set_size_request (right, 560, 400);
  gtk_box_append (GTK_BOX (body), right);
  gtk_box_append (GTK_BOX (self), quay_ui_wrapped_label (_ ("New order"), "card-title", 44, 1));
  gtk_box_append (GTK_BOX (self), body);
  GtkWidget *ok = quay_ui_card_foot (GTK_WIDGET (self), _ ("Record the order"), "Ctrl S");
  quay_ui_set_id (ok, "order-ok");
  g_signal_connect_swapped (ok, "clicked", G_CALLBACK (save), self);
  g_signal_connect_swapped (self->lines, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->deposit, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->tender, "notify::selected", G_CALLBACK (changed_cb), self);
  quay_ui_take_scans (GTK_WIDGET (self), scan_cb, NULL);
}

static void
quay_order_dialog_dispose (GObject *object)
{
  g_clear_object (&QUAY_ORDER_DIALOG (object)->till);
  G_OBJECT_CLASS (quay_order_dialog_parent_class)->dispose (object);
}

static void
quay_order_dialog_class_init (QuayOrderDialogClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = quay_order_dialog_dispose;
  gtk_widget_class_install_action (widget_class, "order.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "order.goods", NULL, goods_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "order.goods", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "order.save",
                                       NULL);
}

static void
quay_order_dialog_init (QuayOrderDialog *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  quay_ui_set_label (GTK_WIDGET (self), _ ("New order"));
}

void
quay_order_dialog_open (GtkWidget *anywhere, QuayTill *till, QuayOrderDone done, gpointer data)
{
  QuayOrderDialog *self = g_object_new (QUAY_TYPE_ORDER_DIALOG, NULL);
  self->till = g_object_ref (till);
  self->id = quay_till_new_id (till);
  self->done = done;
  self->data = data;
  build (self);
  update (self);
  quay_ui_show_card (anywhere, GTK_WIDGET (self), self->name);
}
