/* The left side of the sell page: the entry, category chips, and the tiles that they choose. */
#include "quay-language.h"
#include "quay-sell-private.h"
#include "quay-till-sync.h"

#define CATEGORY_ITEMS 60
#define RESULT_ITEMS 48
#define MIN_SEARCH_MS 60 /* longer than a pause within a scan, so that a scan starts no search */

/* A till that has just joined a shop has no products until they have come. */
static gboolean
is_fetching (QuaySellPage *self)
{
  QuayLinkState state;
  quay_till_link (self->till, &state);
  gboolean fetching = state.link == QUAY_LINK_WORKING || state.link == QUAY_LINK_WAITING;
  quay_link_state_clear (&state);
  return fetching;
}

static void
show_list (QuaySellPage *self, GPtrArray *items)
{
  if (items->len == 0 && self->searched == NULL && is_fetching (self))
    quay_tiles_set_empty_text (
        QUAY_TILES (self->tiles), _ ("The shop's products are on their way"),
        _ ("They come from the server. Meanwhile sell an item by its price with F7."));
  quay_tiles_show_items (QUAY_TILES (self->tiles), items);
  g_ptr_array_unref (items);
}

void
quay_sell_refresh (QuaySellPage *self)
{
  /* Results are of the whole catalogue, whichever chip is chosen. */
  quay_ui_toggle_class (self->chips, "idle", self->searched != NULL);
  quay_tiles_set_empty_text (
      QUAY_TILES (self->tiles),
      self->searched != NULL ? _ ("No product has all of these words") : _ ("No products yet"),
      self->searched != NULL ? _ ("Write fewer words, or sell the item by its price with F7.")
                             : _ ("Add them under Products, or import a list there."));
  if (self->searched != NULL)
    show_list (self, quay_till_search (self->till, self->searched, RESULT_ITEMS));
  else if (g_str_equal (self->shown, "*"))
    {
      g_autoptr (GListModel) model = quay_till_item_model (self->till, NULL, NULL, "name");
      quay_tiles_show_model (QUAY_TILES (self->tiles), model);
    }
  else if (self->shown[0] == '\0')
    show_list (self, quay_till_best_items (self->till, NULL, QUAY_SELL_BEST_ITEMS));
  else
    show_list (self, quay_till_best_items (self->till, self->shown, CATEGORY_ITEMS));
}

static void
show_tiles (QuaySellPage *self)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "tiles");
}

void
quay_sell_search_now (QuaySellPage *self)
{
  g_autofree char *text =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  g_clear_handle_id (&self->search_timer, g_source_remove);
  const char *wanted = text[0] != '\0' ? text : NULL;
  show_tiles (self);
  if (g_strcmp0 (wanted, self->searched) == 0)
    return;
  g_free (self->searched);
  self->searched = g_strdup (wanted);
  quay_sell_refresh (self);
}

static gboolean
search_cb (gpointer data)
{
  QuaySellPage *self = data;
  self->search_timer = 0;
  quay_sell_search_now (self);
  return G_SOURCE_REMOVE;
}

static void
entry_changed_cb (GtkEditable *entry, gpointer data)
{
  QuaySellPage *self = data;
  g_clear_handle_id (&self->search_timer, g_source_remove);
  self->search_timer = g_timeout_add (MIN_SEARCH_MS, search_cb, self);
}

void
quay_sell_reset (QuaySellPage *self)
{
  quay_sell_stop_binding (self);
  gtk_entry_reset_im_context (GTK_ENTRY (self->entry));
  if (gtk_editable_get_text (GTK_EDITABLE (self->entry))[0] != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  quay_sell_search_now (self);
  gtk_widget_grab_focus (self->entry);
}

/* Chips */

static void
chip_toggled_cb (GtkToggleButton *chip, gpointer data)
{
  QuaySellPage *self = data;
  if (!gtk_toggle_button_get_active (chip))
    return;
  g_free (self->shown);
  self->shown = g_strdup (g_object_get_data (G_OBJECT (chip), "quay-code"));
  if (gtk_editable_get_text (GTK_EDITABLE (self->entry))[0] != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  g_clear_handle_id (&self->search_timer, g_source_remove);
  g_clear_pointer (&self->searched, g_free);
  show_tiles (self);
  quay_sell_refresh (self);
}

static GtkWidget *
add_chip (QuaySellPage *self, GtkWidget *group, const char *code, const char *text)
{
  GtkWidget *chip = gtk_toggle_button_new_with_label (text);
  g_autofree char *id = g_strdup_printf ("chip-%s", code[0] == '\0'           ? "best"
                                                    : g_str_equal (code, "*") ? "all"
                                                                              : code);
  gtk_widget_add_css_class (chip, "chip");
  gtk_widget_set_focus_on_click (chip, FALSE);
  quay_ui_set_label (chip, text);
  quay_ui_set_id (chip, id);
  g_object_set_data_full (G_OBJECT (chip), "quay-code", g_strdup (code), g_free);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), g_str_equal (self->shown, code));
  if (group != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (chip), GTK_TOGGLE_BUTTON (group));
  g_signal_connect (chip, "toggled", G_CALLBACK (chip_toggled_cb), self);
  gtk_box_append (GTK_BOX (self->chips), chip);
  return chip;
}

static gboolean
same_categories (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const QuayCategory *left = g_ptr_array_index (a, i);
      const QuayCategory *right = g_ptr_array_index (b, i);
      if (g_strcmp0 (left->code, right->code) != 0)
        return FALSE;
    }
  return TRUE;
}

static void
fill_chips (QuaySellPage *self)
{
  gboolean english = g_str_equal (quay_language_get (), "en");
  GtkWidget *child = NULL;
  while ((child = gtk_widget_get_first_child (self->chips)) != NULL)
    gtk_box_remove (GTK_BOX (self->chips), child);
  GtkWidget *first = add_chip (self, NULL, "", _ ("Best sold"));
  add_chip (self, first, "*", _ ("All"));
  for (guint i = 0; i < self->categories->len; i++)
    {
      const QuayCategory *category = g_ptr_array_index (self->categories, i);
      add_chip (self, first, category->code, english ? category->name_en : category->name_vi);
    }
}

void
quay_sell_refresh_chips (QuaySellPage *self)
{
  g_autoptr (GPtrArray) categories = quay_till_categories (self->till);
  if (same_categories (categories, self->categories))
    return;
  /* The tiles share the array: what it holds is changed, not which it is. */
  g_ptr_array_set_size (self->categories, 0);
  while (categories->len > 0)
    g_ptr_array_add (self->categories, g_ptr_array_steal_index (categories, 0));
  fill_chips (self);
}

/* Building */

static void
other_item_cb (GtkButton *button, gpointer data)
{
  quay_sell_ask_open (data);
}

static GtkWidget *
make_search (QuaySellPage *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  gtk_widget_add_css_class (box, "search");
  self->entry = quay_ui_entry (_ ("Scan or type"));
  quay_ui_set_id (self->entry, "search-entry");
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry),
                                  _ ("Scan a code or type a name, as “mien dong”"));
  gtk_entry_set_max_length (GTK_ENTRY (self->entry), 120);
  gtk_widget_set_hexpand (self->entry, TRUE);
  g_signal_connect (self->entry, "changed", G_CALLBACK (entry_changed_cb), self);
  gtk_box_append (GTK_BOX (box), quay_ui_icon ("upc-scan", NULL));
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), quay_ui_key_hint ("F2"));
  GtkWidget *other = quay_ui_button (NULL, _ ("Other item"), "F7", "action tight other");
  gtk_widget_set_tooltip_text (other, _ ("Sell something that is not in the catalogue"));
  gtk_widget_set_focusable (other, FALSE);
  g_signal_connect (other, "clicked", G_CALLBACK (other_item_cb), self);
  gtk_box_append (GTK_BOX (line), box);
  gtk_box_append (GTK_BOX (line), other);
  return line;
}

/* More chips than fit: the button moves on by most of a page, and from the end to the start. */
static void
more_chips_cb (GtkButton *button, gpointer scrolled)
{
  GtkAdjustment *at = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scrolled));
  double page = gtk_adjustment_get_page_size (at);
  double value = gtk_adjustment_get_value (at);
  gboolean end = value + page >= gtk_adjustment_get_upper (at) - 1;
  gtk_adjustment_set_value (at, end ? 0 : value + page * 0.7);
}

static void
chips_room_cb (GtkAdjustment *at, gpointer more)
{
  gtk_widget_set_visible (more, gtk_adjustment_get_upper (at) > gtk_adjustment_get_page_size (at));
}

static GtkWidget *
make_chips (QuaySellPage *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_NEVER);
  self->chips = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (self->chips, "chips");
  quay_ui_set_label (self->chips, _ ("Categories"));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->chips);
  fill_chips (self);
  gtk_widget_set_hexpand (scrolled, TRUE);
  GtkWidget *more = quay_ui_button (NULL, "›", NULL, "chip");
  quay_ui_set_label (more, _ ("More categories"));
  gtk_widget_set_tooltip_text (more, _ ("More categories"));
  gtk_widget_set_focusable (more, FALSE);
  g_signal_connect (more, "clicked", G_CALLBACK (more_chips_cb), scrolled);
  g_signal_connect (gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scrolled)), "changed",
                    G_CALLBACK (chips_room_cb), more);
  gtk_box_append (GTK_BOX (line), scrolled);
  gtk_box_append (GTK_BOX (line), more);
  return line;
}

GtkWidget *
quay_sell_make_left (QuaySellPage *self)
{
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  gtk_widget_add_css_class (left, "sell-left");
  gtk_widget_set_hexpand (left, TRUE);
  self->tiles = quay_tiles_new (self->pictures, self->categories);
  gtk_widget_set_vexpand (self->tiles, TRUE);
  self->stack = gtk_stack_new ();
  gtk_stack_set_hhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_add_named (GTK_STACK (self->stack), self->tiles, "tiles");
  gtk_stack_add_named (GTK_STACK (self->stack), quay_sell_make_message (self), "message");
  gtk_box_append (GTK_BOX (left), make_search (self));
  gtk_box_append (GTK_BOX (left), make_chips (self));
  gtk_box_append (GTK_BOX (left), quay_sell_make_bind_bar (self));
  gtk_box_append (GTK_BOX (left), self->stack);
  return left;
}
