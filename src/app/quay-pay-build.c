/* The view in which one pays: left what is given, right what the receipt will say. */
#include "quay-pay-private.h"

/* Keys of the pad, by rows; "<" erases. The first column are notes. */
static const char *const pad[4][3] = {
  { "7", "8", "9" },
  { "4", "5", "6" },
  { "1", "2", "3" },
  { "000", "0", "<" },
};

static GtkWidget *
text_of (GtkWidget *entry)
{
  return GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (entry)));
}

static void
pad_cb (GtkButton *button, gpointer data)
{
  QuayPayPanel *self = data;
  const char *key = g_object_get_data (G_OBJECT (button), "quay-key");
  if (g_str_equal (key, "<"))
    g_signal_emit_by_name (text_of (self->entry), "backspace");
  else
    g_signal_emit_by_name (text_of (self->entry), "insert-at-cursor", key);
}

static void
note_cb (GtkButton *button, gpointer data)
{
  QuayPayPanel *self = data;
  for (guint i = 0; i < QUAY_PAY_NOTES; i++)
    if (self->notes[i] == GTK_WIDGET (button))
      quay_ui_money_entry_set (self->entry, self->suggested[i]);
}

static void
changed_cb (GtkEditable *entry, gpointer data)
{
  quay_pay_update (data);
}

static void
activate_cb (GtkEntry *entry, gpointer data)
{
  quay_pay_finish (data);
}

static void
finish_cb (GtkButton *button, gpointer data)
{
  quay_pay_finish (data);
}

static void
buyer_cb (GtkButton *button, gpointer data)
{
  g_signal_emit_by_name (data, "buyer");
}

static void
split_cb (GtkButton *button, gpointer data)
{
  quay_pay_add_part (data);
}

static void
tab_cb (GtkToggleButton *tab, gpointer data)
{
  QuayPayPanel *self = data;
  for (guint i = 0; i < QUAY_N_PAY_TABS; i++)
    if (self->tabs[i] == GTK_WIDGET (tab) && gtk_toggle_button_get_active (tab) &&
        self->tender != (QuayTender)i)
      quay_pay_set_tender (self, (QuayTender)i);
}

static const char *
tender_text (gint64 tender)
{
  switch (tender)
    {
    case QUAY_TENDER_CARD:
      return _ ("Card");
    case QUAY_TENDER_TRANSFER:
      return _ ("Bank transfer");
    case QUAY_TENDER_DEBT:
      return _ ("Debt");
    case QUAY_TENDER_POINTS:
      return _ ("Points");
    default:
      return _ ("Cash");
    }
}

static GtkWidget *
make_tabs (QuayPayPanel *self)
{
  static const struct
  {
    QuayTender tender;
    const char *id;
    const char *key;
  } order[] = {
    { QUAY_TENDER_CASH, "tab-cash", "F5" },
    { QUAY_TENDER_TRANSFER, "tab-transfer", "F6" },
    { QUAY_TENDER_CARD, "tab-card", "F7" },
  };
  GtkWidget *tabs = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_set_homogeneous (GTK_BOX (tabs), TRUE);
  GtkWidget *group = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      GtkWidget *tab = gtk_toggle_button_new ();
      GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
      gtk_widget_set_halign (line, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (line), quay_ui_label (tender_text (order[i].tender), NULL));
      gtk_box_append (GTK_BOX (line), quay_ui_key_hint (order[i].key));
      quay_ui_hide_parts (line);
      gtk_button_set_child (GTK_BUTTON (tab), line);
      quay_ui_set_label (tab, tender_text (order[i].tender));
      gtk_widget_add_css_class (tab, "tab");
      gtk_widget_add_css_class (tab, "tight");
      gtk_widget_set_focus_on_click (tab, FALSE);
      quay_ui_set_id (tab, order[i].id);
      if (group != NULL)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (tab), GTK_TOGGLE_BUTTON (group));
      group = group != NULL ? group : tab;
      self->tabs[order[i].tender] = tab;
      gtk_box_append (GTK_BOX (tabs), tab);
    }
  for (guint i = 0; i < QUAY_N_PAY_TABS; i++)
    g_signal_connect (self->tabs[i], "toggled", G_CALLBACK (tab_cb), self);
  return tabs;
}

static GtkWidget *
make_pad_key (QuayPayPanel *self, const char *key)
{
  gboolean erase = g_str_equal (key, "<");
  GtkWidget *button = erase ? quay_ui_button ("backspace", NULL, NULL, "pad")
                            : quay_ui_button (NULL, key, NULL, "pad");
  if (erase)
    quay_ui_set_label (button, _ ("Erase"));
  gtk_widget_set_focusable (button, FALSE);
  g_object_set_data (G_OBJECT (button), "quay-key", (gpointer)key);
  g_signal_connect (button, "clicked", G_CALLBACK (pad_cb), self);
  return button;
}

static GtkWidget *
make_pad (QuayPayPanel *self)
{
  GtkWidget *grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  for (int row = 0; row < 4; row++)
    {
      g_autofree char *id = g_strdup_printf ("note-%d", row + 1);
      self->notes[row] = quay_ui_button (NULL, "", NULL, "pad note num");
      quay_ui_set_id (self->notes[row], id);
      g_signal_connect (self->notes[row], "clicked", G_CALLBACK (note_cb), self);
      gtk_grid_attach (GTK_GRID (grid), self->notes[row], 0, row, 1, 1);
      for (int column = 0; column < 3; column++)
        gtk_grid_attach (GTK_GRID (grid), make_pad_key (self, pad[row][column]), column + 1, row, 1,
                         1);
    }
  return grid;
}

static GtkWidget *
make_change (QuayPayPanel *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  self->change_label = quay_ui_label (NULL, NULL);
  gtk_widget_set_hexpand (self->change_label, TRUE);
  gtk_widget_set_valign (self->change_label, GTK_ALIGN_BASELINE);
  self->change = quay_ui_number_label ("change");
  gtk_widget_set_valign (self->change, GTK_ALIGN_BASELINE);
  quay_ui_set_id (self->change, "pay-change");
  gtk_box_append (GTK_BOX (line), self->change_label);
  gtk_box_append (GTK_BOX (line), self->change);
  gtk_widget_set_vexpand (line, TRUE);
  gtk_widget_set_valign (line, GTK_ALIGN_END);
  return line;
}

static GtkWidget *
make_left (QuayPayPanel *self)
{
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (left, "pay-left");
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->due_label = quay_ui_label (NULL, "dim");
  self->due = quay_ui_label (NULL, "huge num");
  quay_ui_set_description (self->due, _ ("To pay"));
  quay_ui_set_id (self->due, "pay-due");
  gtk_box_append (GTK_BOX (head), self->due_label);
  gtk_box_append (GTK_BOX (head), self->due);
  gtk_box_append (GTK_BOX (left), head);
  gtk_box_append (GTK_BOX (left), make_tabs (self));
  self->entry = quay_ui_money_entry (_ ("Amount given"));
  quay_ui_set_id (self->entry, "cash-entry");
  gtk_widget_add_css_class (self->entry, "cash");
  g_signal_connect (self->entry, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (self->entry, "activate", G_CALLBACK (activate_cb), self);
  gtk_box_append (GTK_BOX (left), self->entry);
  self->ref = quay_ui_code_entry (_ ("Reference"));
  quay_ui_set_id (self->ref, "ref-entry");
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->ref),
                                  _ ("Reference of the bank or slip, if any"));
  gtk_entry_set_max_length (GTK_ENTRY (self->ref), 40);
  g_signal_connect (self->ref, "activate", G_CALLBACK (activate_cb), self);
  gtk_box_append (GTK_BOX (left), self->ref);
  gtk_box_append (GTK_BOX (left), make_pad (self));
  gtk_box_append (GTK_BOX (left), make_change (self));
  return left;
}

static GtkWidget *
make_slip_line (GtkWidget *slip, const char *title, const char *classes)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = quay_ui_label (title, classes);
  gtk_widget_set_hexpand (label, TRUE);
  GtkWidget *figure = quay_ui_number_label (classes);
  quay_ui_set_description (figure, title);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), figure);
  gtk_box_append (GTK_BOX (slip), line);
  return figure;
}

static GtkWidget *
make_slip (QuayPayPanel *self)
{
  GtkWidget *slip = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (slip, "slip");
  self->slip_lines = make_slip_line (slip, _ ("Lines"), "dim");
  self->slip_vat = make_slip_line (slip, _ ("VAT included"), "dim");
  self->slip_total = make_slip_line (slip, _ ("Total"), "heading");
  self->slip_deposit = make_slip_line (slip, _ ("Deposit paid"), NULL);
  self->slip_credit = make_slip_line (slip, _ ("Goods that come back"), NULL);
  self->slip_rounding = make_slip_line (slip, _ ("Rounding of cash"), NULL);
  return slip;
}

/* What grows with the sale: it scrolls before the panel is taller than the window. */
static GtkWidget *
make_details (QuayPayPanel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *title = quay_ui_label (_ ("Sales receipt"), "heading");
  gtk_widget_set_halign (title, GTK_ALIGN_CENTER);
  self->slip = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  gtk_box_append (GTK_BOX (self->slip), title);
  gtk_box_append (GTK_BOX (self->slip), make_slip (self));
  gtk_box_append (GTK_BOX (box), self->slip);
  gtk_box_append (GTK_BOX (box), quay_pay_build_transfer (self));
  self->parts_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (box), self->parts_box);
  self->buyer = quay_ui_button ("building", _ ("Buyer, tax code"), NULL, "pill");
  quay_ui_set_id (self->buyer, "pay-buyer");
  g_signal_connect (self->buyer, "clicked", G_CALLBACK (buyer_cb), self);
  gtk_widget_set_halign (self->buyer, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), self->buyer);
  GtkWidget *split = quay_ui_button ("plus-lg", _ ("Pay in several ways"), "F8", "pill");
  quay_ui_set_id (split, "pay-split");
  g_signal_connect (split, "clicked", G_CALLBACK (split_cb), self);
  gtk_widget_set_halign (split, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), split);
  quay_pay_build_account (self, box);
  self->kept = quay_ui_wrapped_label (NULL, "warn-text", 38, 3);
  quay_ui_set_id (self->kept, "pay-kept");
  gtk_box_append (GTK_BOX (box), self->kept);
  GtkWidget *scrolled = quay_ui_scrolled (box);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  return scrolled;
}

static GtkWidget *
make_right (QuayPayPanel *self)
{
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  gtk_widget_add_css_class (right, "pay-right");
  gtk_box_append (GTK_BOX (right), make_details (self));
  self->fault = quay_ui_wrapped_label (NULL, "fault", 38, 5);
  quay_ui_set_id (self->fault, "pay-fault");
  gtk_box_append (GTK_BOX (right), self->fault);
  self->finish = quay_ui_button (NULL, _ ("Finish"), "Enter", "main");
  quay_ui_set_id (self->finish, "pay-finish");
  g_signal_connect (self->finish, "clicked", G_CALLBACK (finish_cb), self);
  gtk_box_append (GTK_BOX (right), self->finish);
  const char *hints[] = { _ ("Esc goes back · F8 adds another way of paying"),
                          _ ("500k is 500.000 · 1tr2 is 1.200.000") };
  for (guint i = 0; i < G_N_ELEMENTS (hints); i++)
    {
      self->hints[i] = quay_ui_label (hints[i], "meta num");
      gtk_widget_set_halign (self->hints[i], GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (right), self->hints[i]);
    }
  return right;
}

static void
drop_cb (GtkButton *button, gpointer data)
{
  quay_pay_drop_part (data, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "quay-index")));
}

void
quay_pay_show_parts (QuayPayPanel *self)
{
  GtkWidget *child = NULL;
  while ((child = gtk_widget_get_first_child (self->parts_box)) != NULL)
    gtk_box_remove (GTK_BOX (self->parts_box), child);
  for (guint i = 0; i < self->parts->len; i++)
    {
      const QuayPayment *part = g_ptr_array_index (self->parts, i);
      GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
      gtk_widget_add_css_class (row, "part");
      GtkWidget *label = quay_ui_label (tender_text (part->tender), NULL);
      gtk_widget_set_hexpand (label, TRUE);
      GtkWidget *amount = quay_ui_number_label ("heading");
      quay_ui_set_money (amount, part->given, QUAY_MONEY_BARE);
      GtkWidget *drop = quay_ui_icon_button ("x-lg", _ ("Take out"), NULL);
      g_object_set_data (G_OBJECT (drop), "quay-index", GUINT_TO_POINTER (i));
      g_signal_connect (drop, "clicked", G_CALLBACK (drop_cb), self);
      gtk_box_append (GTK_BOX (row), label);
      gtk_box_append (GTK_BOX (row), amount);
      gtk_box_append (GTK_BOX (row), drop);
      gtk_box_append (GTK_BOX (self->parts_box), row);
    }
  gtk_widget_set_visible (self->parts_box, self->parts->len > 0);
}

GtkWidget *
quay_pay_build (QuayPayPanel *self)
{
  self->body = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_append (GTK_BOX (self->body), make_left (self));
  GtkWidget *right = make_right (self);
  gtk_widget_set_hexpand (right, TRUE);
  gtk_box_append (GTK_BOX (self->body), right);
  return self->body;
}
