/* The audit: read anew on a thread for each choice of days, user and kind; the table gets more of
 * the entries as it is scrolled: tens of thousands at once would hold the window up. Main thread.
 */
#include "quay-audit-page.h"

#include "quay-audit-words.h"
#include "quay-chain-card.h"
#include "quay-error.h"
#include "quay-form.h"
#include "quay-row-model.h"
#include "quay-table.h"
#include "quay-ui.h"

#define PAGE_ROWS 100
#define NEAR_END_PX 400

typedef enum
{
  RANGE_TODAY,
  RANGE_WEEK,
  RANGE_MONTH,
  RANGE_ALL,
} Range;

struct _QuayAuditPage
{
  GtkBox parent_instance;
  QuayTill *till; /* owned */
  QuayAuditReport *report;
  QuayRowModel *model;
  GtkWidget *chain;
  GtkWidget *alarm;
  GtkWidget *kind;
  GtkWidget *user;
  GtkWidget *count;
  GtkWidget *stack;
  GtkWidget *table;
  Range range;
  guint asked; /* grows with each question: only the latest answer counts */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (QuayAuditPage, quay_audit_page, GTK_TYPE_BOX)

/* --- cells --- */

static const QuayAuditEntry *
entry_of (gpointer row)
{
  return quay_row_value (row);
}

static void
bind_time (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayAuditEntry *entry = entry_of (row);
  g_autofree char *text = entry->ts != 0 ? quay_time_to_vi (entry->ts) : g_strdup ("");
  quay_table_set_text (cell, text);
}

static void
bind_kind (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayAuditEntry *entry = entry_of (row);
  quay_table_set_text (cell, quay_audit_kind_words (entry->kind));
  quay_table_set_badge (cell, quay_audit_kind_class (entry->kind));
}

static void
set_name (QuayAuditPage *page, GtkWidget *cell, const char *code)
{
  quay_table_set_text (cell, code != NULL ? quay_till_user_name (page->till, code) : "");
}

static void
bind_who (GtkWidget *cell, gpointer row, gpointer data)
{
  set_name (data, cell, entry_of (row)->who);
}

static void
bind_by (GtkWidget *cell, gpointer row, gpointer data)
{
  set_name (data, cell, entry_of (row)->by);
}

static void
bind_what (GtkWidget *cell, gpointer row, gpointer data)
{
  g_autofree char *text = quay_audit_what_words (entry_of (row));
  quay_table_set_text (cell, text);
}

static void
bind_amount (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayAuditEntry *entry = entry_of (row);
  if (entry->counts)
    quay_table_set_money (cell, entry->amount);
  else
    quay_table_set_text (cell, "");
}

static void
bind_why (GtkWidget *cell, gpointer row, gpointer data)
{
  g_autofree char *text = quay_audit_why_words (entry_of (row));
  quay_table_set_text (cell, text);
}

/* --- one entry --- */

static void
add_line (GtkWidget *card, const char *title, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = quay_ui_label (title, "dim");
  GtkWidget *value = quay_ui_wrapped_label (text, "num", 52, 8);
  gtk_label_set_width_chars (GTK_LABEL (label), 18);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_label_set_selectable (GTK_LABEL (value), TRUE);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), value);
  gtk_box_append (GTK_BOX (card), line);
}

static void
add_facts (GtkWidget *card, QuayTill *till, const QuayAuditEntry *entry)
{
  char id[QUAY_ID_TEXT_LEN + 1];
  g_autofree char *when = entry->ts != 0 ? quay_time_to_vi (entry->ts) : NULL;
  g_autofree char *day = entry->day != 0 ? quay_day_to_vi (entry->day) : NULL;
  g_autofree char *what = quay_audit_what_words (entry);
  g_autofree char *why = quay_audit_why_words (entry);
  g_autofree char *amount =
      entry->counts ? quay_format_money (entry->amount, QUAY_MONEY_SIGN) : NULL;
  quay_id_to_text (&entry->id, id);
  add_line (card, _ ("When"), when);
  add_line (card, _ ("Business day"), day);
  if (entry->doubt)
    add_line (card, _ ("Clock"), _ ("The computer's clock looked wrong then."));
  add_line (card, _ ("Who"), entry->who != NULL ? quay_till_user_name (till, entry->who) : NULL);
  add_line (card, _ ("Allowed by"),
            entry->by != NULL ? quay_till_user_name (till, entry->by) : NULL);
  add_line (card, _ ("What"), what);
  add_line (card, _ ("Amount"), amount);
  add_line (card, _ ("Reason"), why);
  add_line (card, _ ("Entry"), entry->event);
  add_line (card, "ID", id);
}

static void
activate_cb (GtkWidget *table, guint position, QuayAuditPage *page)
{
  const QuayAuditEntry *entry = quay_row_model_get (page->model, position);
  if (entry == NULL)
    return;
  GtkWidget *card = quay_ui_card_new (quay_audit_kind_words (entry->kind), "wide");
  GtkWidget *close = quay_ui_button (NULL, _ ("Close"), "Esc", "main");
  add_facts (card, page->till, entry);
  gtk_box_append (GTK_BOX (quay_ui_card_buttons (card)), close);
  g_signal_connect_swapped (close, "clicked", G_CALLBACK (quay_ui_close_card), card);
  quay_ui_show_card (GTK_WIDGET (page), card, close);
}

/* --- reading --- */

static void
get_days (QuayAuditPage *page, QuayAuditAsk *what)
{
  QuayDay today = quay_till_day (page->till);
  if (page->range == RANGE_TODAY)
    what->from = today;
  else if (page->range == RANGE_WEEK)
    what->from = quay_day_add (today, -6);
  else if (page->range == RANGE_MONTH)
    what->from = today - today % 100 + 1;
}

/* Everybody who did anything in these days; who was chosen stays chosen. */
static void
fill_users (QuayAuditPage *page)
{
  g_autofree char *chosen = g_strdup (quay_form_get_choice (page->user));
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_ptr_array_add (codes, (gpointer) "");
  g_ptr_array_add (names, (gpointer)_ ("Everybody"));
  for (guint i = 0; page->report != NULL && i < page->report->users->len; i++)
    {
      char *code = page->report->users->pdata[i];
      g_ptr_array_add (codes, code);
      g_ptr_array_add (names, (gpointer)quay_till_user_name (page->till, code));
    }
  g_ptr_array_add (codes, NULL);
  g_ptr_array_add (names, NULL);
  page->filling = TRUE;
  quay_form_fill_choice (page->user, (const char *const *)codes->pdata,
                         (const char *const *)names->pdata);
  quay_form_set_choice (page->user, chosen);
  page->filling = FALSE;
}

static void
show_alarm (QuayAuditPage *page)
{
  guint n = page->report->alarms;
  QuayMoney sum = QUAY_DONG (0);
  for (guint i = 0; i < page->report->entries->len && i < n; i++)
    {
      const QuayAuditEntry *entry = page->report->entries->pdata[i];
      if (entry->kind == QUAY_AUDIT_EXCESS && !quay_money_add (sum, entry->amount, &sum))
        break;
    }
  g_autofree char *amount = quay_format_money (sum, QUAY_MONEY_SIGN);
  g_autofree char *text = g_strdup_printf (
      ngettext ("%u alarm, on top of the list. Given back beyond what was sold: %s",
                "%u alarms, on top of the list. Given back beyond what was sold: %s", n),
      n, amount);
  quay_ui_set_text (page->alarm, text);
  gtk_widget_set_visible (page->alarm, n > 0);
}

static void
scrolled_cb (GtkAdjustment *adjustment, QuayAuditPage *page)
{
  double left = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_value (adjustment) -
                gtk_adjustment_get_page_size (adjustment);
  if (left < NEAR_END_PX)
    quay_row_model_show_more (page->model, PAGE_ROWS);
}

static void
show_report (QuayAuditPage *page)
{
  const QuayAuditReport *report = page->report;
  g_autofree char *n = quay_format_money (QUAY_DONG (report->found), QUAY_MONEY_BARE);
  g_autofree char *text = g_strdup_printf (ngettext ("%s entry", "%s entries", report->found), n);
  quay_ui_set_text (page->count, text);
  quay_row_model_set_part (page->model, g_ptr_array_ref (report->entries), PAGE_ROWS);
  gtk_stack_set_visible_child_name (GTK_STACK (page->stack), report->found > 0 ? "list" : "empty");
  quay_chain_card_set_since (QUAY_CHAIN_CARD (page->chain), report->since);
  show_alarm (page);
  if (quay_form_get_choice (page->user)[0] == '\0')
    fill_users (page);
}

typedef struct
{
  QuayAuditPage *page; /* owned */
  guint asked;
} Question;

static void
answer_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Question *question = data;
  g_autoptr (QuayAuditPage) page = question->page;
  g_autoptr (GError) error = NULL;
  QuayAuditReport *report = quay_till_audit_finish (QUAY_TILL (source), result, &error);
  if (question->asked != page->asked || page->till == NULL)
    {
      quay_audit_report_free (report);
      return;
    }
  if (report == NULL)
    {
      if (!g_error_matches (error, QUAY_ERROR, QUAY_ERROR_DENIED))
        quay_ui_show_error (GTK_WIDGET (page), _ ("The entries can't be read"), error);
      return;
    }
  quay_row_model_set (page->model, NULL);
  quay_audit_report_free (page->report);
  page->report = report;
  show_report (page);
}

static void
ask (QuayAuditPage *page)
{
  QuayAuditKind kind;
  QuayAuditAsk what = { 0 };
  const char *user = quay_form_get_choice (page->user);
  Question *question = g_new0 (Question, 1);
  get_days (page, &what);
  what.user = *user != '\0' ? user : NULL;
  if (quay_audit_kind_from_name (quay_form_get_choice (page->kind), &kind))
    what.kinds = 1u << kind;
  question->page = g_object_ref (page);
  question->asked = ++page->asked;
  quay_till_audit_async (page->till, &what, answer_cb, question);
}

static void
choice_cb (GtkWidget *choice, GParamSpec *pspec, QuayAuditPage *page)
{
  if (!page->filling)
    ask (page);
}

static void
range_cb (GtkToggleButton *chip, QuayAuditPage *page)
{
  if (!gtk_toggle_button_get_active (chip))
    return;
  page->range = (Range)GPOINTER_TO_INT (g_object_get_data (G_OBJECT (chip), "quay-range"));
  ask (page);
}

/* --- export --- */

static void
export_chosen_cb (const char *path, gpointer data)
{
  g_autoptr (QuayAuditPage) page = data;
  g_autoptr (GError) error = NULL;
  if (path == NULL || page->report == NULL)
    return;
  if (quay_till_export_audit (page->report->entries, path, &error))
    {
      g_autofree char *name = g_path_get_basename (path);
      g_autofree char *text = g_strdup_printf (_ ("Written to %s"), name);
      quay_ui_toast (GTK_WIDGET (page), text);
    }
  else
    quay_ui_show_error (GTK_WIDGET (page), _ ("The file was not written"), error);
}

static void
export_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  QuayAuditPage *page = QUAY_AUDIT_PAGE (widget);
  if (page->report == NULL)
    return;
  g_autofree char *day = quay_day_to_iso (quay_till_day (page->till));
  g_autofree char *name = g_strdup_printf ("%s-%s.xlsx", _ ("audit"), day);
  quay_ui_choose_file (widget, QUAY_UI_FILE_SAVE, _ ("Export what is shown"), name, "*.xlsx|*.csv",
                       export_chosen_cb, g_object_ref (page));
}

/* --- building --- */

static GtkWidget *
build_ranges (QuayAuditPage *page)
{
  const char *names[] = { _ ("Today"), _ ("7 days"), _ ("This month"), _ ("All") };
  GtkWidget *chips = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *group = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GtkWidget *chip = gtk_toggle_button_new_with_label (names[i]);
      gtk_widget_add_css_class (chip, "chip");
      gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
      g_object_set_data (G_OBJECT (chip), "quay-range", GINT_TO_POINTER (i));
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), i == RANGE_WEEK);
      if (group != NULL)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (chip), GTK_TOGGLE_BUTTON (group));
      group = group != NULL ? group : chip;
      g_signal_connect (chip, "toggled", G_CALLBACK (range_cb), page);
      gtk_box_append (GTK_BOX (chips), chip);
    }
  return chips;
}

static GtkWidget *
build_header (QuayAuditPage *page)
{
  GtkWidget *header = quay_ui_page_header (_ ("Who did what"));
  GtkWidget *export = quay_ui_button ("file-earmark-arrow-up", _ ("Export"), "Ctrl E", "pill");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (export), "audit.export");
  quay_ui_page_header_add (header, build_ranges (page));
  quay_ui_page_header_add (header, export);
  return header;
}

static void
fill_kinds (QuayAuditPage *page)
{
  const char *codes[QUAY_N_AUDIT_KINDS + 2] = { "" };
  const char *names[QUAY_N_AUDIT_KINDS + 2] = { _ ("Everything") };
  for (guint i = 0; i < QUAY_N_AUDIT_KINDS; i++)
    {
      codes[i + 1] = quay_audit_kind_name ((QuayAuditKind)i);
      names[i + 1] = quay_audit_kind_words ((QuayAuditKind)i);
    }
  quay_form_fill_choice (page->kind, codes, names);
}

static GtkWidget *
build_filters (QuayAuditPage *page)
{
  static const char *const none[] = { NULL };
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  page->kind = quay_ui_choice (_ ("Kind"), none);
  page->user = quay_ui_choice (_ ("User"), none);
  page->count = quay_ui_label (NULL, "meta num");
  quay_ui_set_id (page->count, "audit-count");
  quay_ui_set_description (page->count, _ ("Entries found"));
  fill_kinds (page);
  fill_users (page);
  g_signal_connect (page->kind, "notify::selected", G_CALLBACK (choice_cb), page);
  g_signal_connect (page->user, "notify::selected", G_CALLBACK (choice_cb), page);
  gtk_widget_set_valign (page->count, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), page->kind);
  gtk_box_append (GTK_BOX (row), page->user);
  gtk_box_append (GTK_BOX (row), page->count);
  return row;
}

static GtkWidget *
build_table (QuayAuditPage *page)
{
  page->table = quay_table_new (_ ("Who did what"), G_LIST_MODEL (page->model));
  quay_table_add (page->table, _ ("When"), QUAY_TABLE_TEXT, 15, bind_time, page);
  quay_table_add (page->table, _ ("Kind"), QUAY_TABLE_BADGE, 17, bind_kind, page);
  quay_table_add (page->table, _ ("Who"), QUAY_TABLE_STRONG, 12, bind_who, page);
  quay_table_add (page->table, _ ("Allowed by"), QUAY_TABLE_TEXT, 12, bind_by, page);
  quay_table_add (page->table, _ ("What"), QUAY_TABLE_EXPAND, 28, bind_what, page);
  quay_table_add (page->table, _ ("Amount"), QUAY_TABLE_NUMBER, 11, bind_amount, page);
  quay_table_add (page->table, _ ("Reason"), QUAY_TABLE_QUIET | QUAY_TABLE_SPARE, 22, bind_why,
                  page);
  g_signal_connect (page->table, "activate", G_CALLBACK (activate_cb), page);
  GtkWidget *scrolled = quay_ui_table_card (page->table);
  g_signal_connect (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)),
                    "value-changed", G_CALLBACK (scrolled_cb), page);
  page->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (page->stack), scrolled, "list");
  gtk_stack_add_named (
      GTK_STACK (page->stack),
      quay_ui_empty ("clock-history", _ ("Nothing of note happened in these days"), NULL), "empty");
  gtk_widget_set_vexpand (page->stack, TRUE);
  return page->stack;
}

static void
quay_audit_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (quay_audit_page_parent_class)->map (widget);
  ask (QUAY_AUDIT_PAGE (widget));
}

static gboolean
quay_audit_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (QUAY_AUDIT_PAGE (widget)->kind);
}

static void
quay_audit_page_dispose (GObject *object)
{
  QuayAuditPage *page = QUAY_AUDIT_PAGE (object);
  if (page->model != NULL)
    quay_row_model_set (page->model, NULL);
  g_clear_object (&page->model);
  g_clear_pointer (&page->report, quay_audit_report_free);
  g_clear_object (&page->till);
  G_OBJECT_CLASS (quay_audit_page_parent_class)->dispose (object);
}

static void
quay_audit_page_class_init (QuayAuditPageClass *class)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = quay_audit_page_dispose;
  widget->map = quay_audit_page_map;
  widget->grab_focus = quay_audit_page_grab_focus;
  gtk_widget_class_install_action (widget, "audit.export", NULL, export_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_e, GDK_CONTROL_MASK, "audit.export", NULL);
}

static void
quay_audit_page_init (QuayAuditPage *page)
{
  page->model = quay_row_model_new ();
  page->range = RANGE_WEEK;
}

GtkWidget *
quay_audit_page_new (QuayTill *till)
{
  QuayAuditPage *page = g_object_new (QUAY_TYPE_AUDIT_PAGE, NULL);
  page->till = g_object_ref (till);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (page), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (page), 10);
  page->chain = quay_chain_card_new (till);
  page->alarm = quay_ui_wrapped_label (NULL, "bad-text heading num", 100, 2);
  gtk_widget_set_visible (page->alarm, FALSE);
  quay_ui_set_id (page->alarm, "audit-alarm");
  gtk_box_append (GTK_BOX (page), build_header (page));
  gtk_box_append (GTK_BOX (page), page->chain);
  gtk_box_append (GTK_BOX (page), page->alarm);
  gtk_box_append (GTK_BOX (page), build_filters (page));
  gtk_box_append (GTK_BOX (page), build_table (page));
  return GTK_WIDGET (page);
}
