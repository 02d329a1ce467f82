/* Who has not bought for long: listed, and erased only when a manager says so. Main thread. */
#include "quay-idle-card.h"

#include "quay-approve-card.h"
#include "quay-error.h"
#include "quay-row-model.h"
#include "quay-table.h"
#include "quay-till-customers.h"
#include "quay-till-retention.h"
#include "quay-ui.h"

/* Freed with its card. */
typedef struct
{
  QuayTill *till; /* owned */
  QuayRowModel *model;
  GPtrArray *ids; /* owned: QuayId of those who may be erased */
  GtkWidget *card;
  GtkWidget *table;
  GtkWidget *stack;
  GtkWidget *erase;
} Idle;

static void
free_idle (Idle *idle)
{
  quay_row_model_set (idle->model, NULL);
  g_object_unref (idle->model);
  g_ptr_array_unref (idle->ids);
  g_object_unref (idle->till);
  g_free (idle);
}

static const QuayIdle *
idle_of (gpointer row)
{
  return quay_row_value (row);
}

static void
bind_name (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_text (cell, idle_of (row)->title);
}

static void
bind_phone (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_text (cell, idle_of (row)->phone != NULL ? idle_of (row)->phone : "–");
}

static void
bind_last (GtkWidget *cell, gpointer row, gpointer data)
{
  QuayDay day = idle_of (row)->last;
  g_autofree char *text = day != 0 ? quay_day_to_vi (day) : g_strdup ("–");
  quay_table_set_text (cell, text);
}

static void
bind_kept (GtkWidget *cell, gpointer row, gpointer data)
{
  static const char *const texts[] = {
    [QUAY_KEPT_NOT] = N_ ("will be erased"),
    [QUAY_KEPT_DEBT] = N_ ("kept: account not settled"),
    [QUAY_KEPT_ORDER] = N_ ("kept: an order is open"),
    [QUAY_KEPT_INVOICE] = N_ ("kept: has an invoice"),
    [QUAY_KEPT_TERMS] = N_ ("kept: debt limit or price list"),
  };
  quay_table_set_text (cell, _ (texts[idle_of (row)->kept]));
  quay_table_set_badge (cell, idle_of (row)->kept == QUAY_KEPT_NOT ? "warn" : "plain");
}

static void
refresh (Idle *idle)
{
  GPtrArray *list = quay_till_idle_customers (idle->till);
  g_ptr_array_set_size (idle->ids, 0);
  for (guint i = 0; i < list->len; i++)
    {
      const QuayIdle *one = list->pdata[i];
      if (one->kept == QUAY_KEPT_NOT)
        g_ptr_array_add (idle->ids, g_memdup2 (&one->id, sizeof one->id));
    }
  guint n = idle->ids->len;
  g_autofree char *text =
      g_strdup_printf (ngettext ("Erase %u customer", "Erase %u customers", n), n);
  quay_ui_button_set_text (idle->erase, n > 0 ? text : _ ("Erase for good"));
  gtk_widget_set_visible (idle->erase, n > 0);
  gtk_stack_set_visible_child_name (GTK_STACK (idle->stack), list->len > 0 ? "list" : "empty");
  quay_row_model_set (idle->model, list);
}

/* --- erasing --- */

static void erase_again (GtkWidget *card);

/* Each by itself: what was done stays done if one can't be. */
static void
erase_all (Idle *idle)
{
  guint n = 0;
  g_autoptr (GError) error = NULL;
  while (n < idle->ids->len && quay_till_erase_customer (idle->till, idle->ids->pdata[n], &error))
    n++;
  g_autofree char *text =
      g_strdup_printf (ngettext ("%u customer was erased.", "%u customers were erased.", n), n);
  if (n > 0)
    quay_ui_toast (idle->card, text);
  if (g_error_matches (error, QUAY_ERROR, QUAY_ERROR_DENIED))
    quay_approve_card_retry (idle->card, erase_again);
  if (error != NULL)
    quay_ui_show_error (idle->card, _ ("The customer was not erased"), error);
  refresh (idle);
}

static void
erase_again (GtkWidget *card)
{
  erase_all (g_object_get_data (G_OBJECT (card), "quay-idle"));
}

static void
answer_cb (gboolean yes, gpointer data)
{
  g_autoptr (GtkWidget) card = data;
  Idle *idle = g_object_get_data (G_OBJECT (card), "quay-idle");
  if (yes && idle != NULL)
    erase_all (idle);
}

static void
erase_cb (Idle *idle)
{
  quay_ui_confirm (idle->card, _ ("Erase these customers?"),
                   _ ("Name, phone, address and note can never be read again, here and on every "
                      "other till as soon as it hears of it. What was bought and paid stays, "
                      "without a name."),
                   _ ("Erase for good"), NULL, TRUE, answer_cb, g_object_ref (idle->card));
}

/* --- building --- */

static GtkWidget *
build_list (Idle *idle)
{
  idle->model = quay_row_model_new ();
  idle->table = quay_table_new (_ ("Not bought for long"), G_LIST_MODEL (idle->model));
  quay_table_add (idle->table, _ ("Name"), QUAY_TABLE_STRONG | QUAY_TABLE_EXPAND, 18, bind_name,
                  NULL);
  quay_table_add (idle->table, _ ("Phone"), QUAY_TABLE_QUIET, 12, bind_phone, NULL);
  quay_table_add (idle->table, _ ("Last on"), QUAY_TABLE_NUMBER, 10, bind_last, NULL);
  quay_table_add (idle->table, _ ("What happens"), QUAY_TABLE_BADGE, 24, bind_kept, NULL);
  idle->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (idle->stack), quay_ui_table_card (idle->table), "list");
  gtk_stack_add_named (GTK_STACK (idle->stack),
                       quay_ui_empty ("check-lg", _ ("Nobody is kept too long"),
                                      _ ("The settings say after how many months without a "
                                         "purchase somebody stands here.")),
                       "empty");
  gtk_widget_set_vexpand (idle->stack, TRUE);
  return idle->stack;
}

void
quay_idle_card_open (GtkWidget *anywhere, QuayTill *till)
{
  Idle *idle = g_new0 (Idle, 1);
  int months = quay_till_keep_months (till);
  g_autofree char *text = g_strdup_printf (
      ngettext ("They agreed to messages alone and have bought nothing for %d month or more. "
                "Nothing is erased by itself: a manager does it here.",
                "They agreed to messages alone and have bought nothing for %d months or more. "
                "Nothing is erased by itself: a manager does it here.",
                (gulong)months),
      months);
  idle->till = g_object_ref (till);
  idle->ids = g_ptr_array_new_with_free_func (g_free);
  idle->card = quay_ui_card_new (_ ("Not bought for long"), "item-form");
  g_object_set_data_full (G_OBJECT (idle->card), "quay-idle", idle, (GDestroyNotify)free_idle);
  gtk_box_append (GTK_BOX (idle->card),
                  quay_ui_wrapped_label (months > 0
                                             ? text
                                             : _ ("This list is switched off in the settings "
                                                  "of the shop."),
                                         "dim", 90, 3));
  GtkWidget *list = build_list (idle);
  gtk_widget_set_size_request (list, -1, 380);
  gtk_box_append (GTK_BOX (idle->card), list);
  GtkWidget *buttons = quay_ui_card_buttons (idle->card);
  GtkWidget *leave = quay_ui_button (NULL, _ ("Close"), "Esc", "action");
  idle->erase = quay_ui_button (NULL, _ ("Erase for good"), NULL, "main danger");
  quay_ui_set_id (idle->erase, "idle-erase");
  gtk_box_append (GTK_BOX (buttons), leave);
  gtk_box_append (GTK_BOX (buttons), idle->erase);
  g_signal_connect_swapped (leave, "clicked", G_CALLBACK (quay_ui_close_card), idle->card);
  g_signal_connect_swapped (idle->erase, "clicked", G_CALLBACK (erase_cb), idle);
  quay_ui_show_card (anywhere, idle->card, idle->table);
  refresh (idle);
}
