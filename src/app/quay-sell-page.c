/* Puts the parts of the sell page together, and its keys: F2 entry, F3 discount, F4 quantity, F5
 * new prices, F6 note, F7 item without catalogue entry, F8 hold, F9 pay, F10 gifts; Enter on the
 * empty entry pays too. */
#include "quay-customer-pick.h"
#include "quay-licence-card.h"
#include "quay-look.h"
#include "quay-overlay.h"
#include "quay-sell-private.h"
#include "quay-till-people.h"

G_DEFINE_FINAL_TYPE (QuaySellPage, quay_sell_page, GTK_TYPE_WIDGET)

static void
quay_sell_page_dispose (GObject *object)
{
  QuaySellPage *self = QUAY_SELL_PAGE (object);
  g_clear_handle_id (&self->search_timer, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->pay);
  g_clear_object (&self->till);
  g_clear_object (&self->pictures);
  g_clear_pointer (&self->categories, g_ptr_array_unref);
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->searched, g_free);
  g_clear_pointer (&self->bind_code, g_free);
  g_clear_pointer (&self->unknown, g_free);
  G_OBJECT_CLASS (quay_sell_page_parent_class)->dispose (object);
}

static gboolean
quay_sell_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (QUAY_SELL_PAGE (widget)->entry);
}

static void
quay_sell_page_class_init (QuaySellPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = quay_sell_page_dispose;
  widget_class->grab_focus = quay_sell_page_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
quay_sell_page_init (QuaySellPage *self)
{
  self->shown = g_strdup ("");
}

/* Paying */

static void
open_pay (QuaySellPage *self)
{
  quay_pay_panel_open (QUAY_PAY_PANEL (self->pay), GTK_WIDGET (self));
}

static void
age_answer_cb (gboolean yes, gpointer data)
{
  g_autoptr (QuaySellPage) self = data;
  if (!yes || self->till == NULL)
    return;
  quay_till_cart_confirm_age (self->till);
  open_pay (self);
}

static void
ask_age (QuaySellPage *self)
{
  const char *text = _ ("There is alcohol in this sale. The law forbids selling it to people under "
                        "18; ask for a paper if in doubt.");
  g_autofree char *warning =
      quay_till_cart_needs_licence (self->till) ? quay_licence_warning (self->till) : NULL;
  g_autofree char *both =
      warning != NULL ? g_strdup_printf ("%s\n\n%s", text, warning) : g_strdup (text);
  quay_ui_confirm (GTK_WIDGET (self), _ ("Is the customer 18 or older?"), both, _ ("18 or older"),
                   _ ("No"), FALSE, age_answer_cb, g_object_ref (self));
}

void
quay_sell_start_pay (QuaySellPage *self)
{
  const QuayCart *cart = quay_till_cart (self->till);
  if (quay_cart_is_empty (cart) || quay_ui_has_card (GTK_WIDGET (self)) ||
      quay_sell_ask_barred (self))
    return;
  if (quay_till_too_young_for (self->till, cart))
    {
      quay_ui_alert (GTK_WIDGET (self), _ ("You are under 18: an adult has to sell alcohol (F12)."),
                     NULL);
      return;
    }
  if (quay_cart_needs_age (cart))
    ask_age (self);
  else
    open_pay (self);
}

static void
pay_closed_cb (QuayPayPanel *panel, gpointer data)
{
  quay_sell_reset (data);
}

static void
pay_buyer_cb (QuayPayPanel *panel, gpointer data)
{
  quay_sell_ask_buyer (data);
}

static void
pay_scanned_cb (QuayPayPanel *panel, const char *text, gpointer data)
{
  quay_sell_page_scan (data, text);
}

/* Keys */

static gboolean
in_entry (QuaySellPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  return focus != NULL && gtk_widget_is_ancestor (focus, self->entry);
}

/* The quantity of a line is being typed: Escape is for that entry. */
static gboolean
in_quantity (QuaySellPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  return GTK_IS_TEXT (focus) && gtk_widget_is_ancestor (focus, self->cart);
}

static gboolean
is_blank (QuaySellPage *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry))[0] == '\0';
}

static void
press_hold (QuaySellPage *self)
{
  if (quay_cart_is_empty (quay_till_cart (self->till)))
    quay_sell_show_held (self);
  else
    quay_sell_hold (self);
}

static gboolean
press_function_key (QuaySellPage *self, guint keyval, gboolean shift)
{
  int selected = quay_cart_pane_selected (QUAY_CART_PANE (self->cart));
  switch (keyval)
    {
    case GDK_KEY_F2:
      gtk_widget_grab_focus (self->entry);
      return TRUE;
    case GDK_KEY_F3:
      if (shift || selected >= 0)
        quay_sell_ask_discount (self, shift ? -1 : selected);
      return TRUE;
    case GDK_KEY_F4:
      quay_cart_pane_edit_qty (QUAY_CART_PANE (self->cart));
      return TRUE;
    case GDK_KEY_F5:
      quay_cart_pane_take_prices (QUAY_CART_PANE (self->cart));
      return TRUE;
    case GDK_KEY_F6:
      if (selected >= 0)
        quay_sell_ask_note (self, (guint)selected);
      return TRUE;
    case GDK_KEY_F7:
      quay_sell_ask_open (self);
      return TRUE;
    case GDK_KEY_F8:
      if (shift)
        quay_sell_show_held (self);
      else
        press_hold (self);
      return TRUE;
    case GDK_KEY_F9:
      quay_sell_start_pay (self);
      return TRUE;
    case GDK_KEY_F10:
      quay_cart_pane_take_gifts (QUAY_CART_PANE (self->cart));
      return TRUE;
    default:
      return FALSE;
    }
}

/* Keys of the cart, while the entry is empty and so has no use for them. */
static gboolean
press_cart_key (QuaySellPage *self, guint keyval, gboolean shift)
{
  QuayCartPane *cart = QUAY_CART_PANE (self->cart);
  switch (keyval)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      quay_cart_pane_move (cart, -1);
      return TRUE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      quay_cart_pane_move (cart, 1);
      return TRUE;
    case GDK_KEY_Delete:
    case GDK_KEY_KP_Delete:
      if (shift)
        quay_cart_pane_clear (cart);
      else
        quay_cart_pane_remove (cart);
      return TRUE;
    default:
      return FALSE;
    }
}

gboolean
quay_sell_page_press (QuaySellPage *page, guint keyval, GdkModifierType state)
{
  GdkModifierType mods = state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK);
  if (quay_ui_has_card (GTK_WIDGET (page)))
    return FALSE;
  if (mods == GDK_CONTROL_MASK && (keyval == GDK_KEY_k || keyval == GDK_KEY_K))
    {
      quay_customer_pick_open (GTK_WIDGET (page), page->till);
      return TRUE;
    }
  if (mods != 0)
    return FALSE;
  gboolean shift = (state & GDK_SHIFT_MASK) != 0;
  if (press_function_key (page, keyval, shift))
    return TRUE;
  if (in_entry (page) && is_blank (page) && press_cart_key (page, keyval, shift))
    return TRUE;
  if (in_entry (page) && (keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down))
    {
      quay_sell_search_now (page);
      return quay_tiles_focus_first (QUAY_TILES (page->tiles));
    }
  if (keyval != GDK_KEY_Escape || in_quantity (page))
    return FALSE;
  quay_sell_reset (page);
  return TRUE;
}

/* Enter in the entry: nothing typed pays; else the one product that it means. */
static void
entry_activated_cb (GtkEntry *entry, gpointer data)
{
  QuaySellPage *self = data;
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
  if (text[0] == '\0')
    {
      if (!quay_scanner_is_fresh (self->scanner))
        quay_sell_start_pay (self);
      return;
    }
  g_autoptr (QuayScanned) scanned = quay_till_scan (self->till, text);
  if (scanned->item != NULL && self->bind_code == NULL)
    {
      quay_sell_page_scan (self, text);
      return;
    }
  quay_sell_search_now (self);
  guint n = quay_tiles_n_items (QUAY_TILES (self->tiles));
  if (n == 1)
    quay_sell_choose (self, quay_tiles_first (QUAY_TILES (self->tiles)));
  else if (n > 1)
    quay_tiles_focus_first (QUAY_TILES (self->tiles));
  else
    quay_sell_show_unknown (self, text);
}

void
quay_sell_page_make_way (QuaySellPage *page)
{
  QuayOverlay *overlay = quay_overlay_of (page->pay);
  if (overlay != NULL && quay_overlay_top (overlay) == page->pay)
    quay_pay_panel_dismiss (QUAY_PAY_PANEL (page->pay));
}

void
quay_sell_page_type (QuaySellPage *page, const char *text)
{
  quay_pay_panel_dismiss (QUAY_PAY_PANEL (page->pay));
  if (quay_ui_has_card (GTK_WIDGET (page)))
    return;
  gtk_widget_grab_focus (page->entry);
  gtk_editable_set_position (GTK_EDITABLE (page->entry), -1);
  int position = gtk_editable_get_position (GTK_EDITABLE (page->entry));
  gtk_editable_insert_text (GTK_EDITABLE (page->entry), text, -1, &position);
  gtk_editable_set_position (GTK_EDITABLE (page->entry), position);
}

/* Signals of the parts and of the till */

static void
pay_cb (QuayCartPane *pane, gpointer data)
{
  quay_sell_start_pay (data);
}

static void
hold_cb (QuayCartPane *pane, gpointer data)
{
  quay_sell_hold (data);
}

static void
held_cb (QuayCartPane *pane, gpointer data)
{
  quay_sell_show_held (data);
}

static void
buyer_cb (QuayCartPane *pane, gpointer data)
{
  quay_sell_ask_buyer (data);
}

static void
edit_weight_cb (QuayCartPane *pane, guint index, gpointer data)
{
  quay_sell_edit_weight (data, index);
}

static void
edit_note_cb (QuayCartPane *pane, guint index, gpointer data)
{
  quay_sell_ask_note (data, index);
}

static void
discount_cb (QuayCartPane *pane, gpointer data)
{
  quay_sell_ask_discount (data, quay_cart_pane_selected (pane));
}

static void
edited_cb (QuayCartPane *pane, gpointer data)
{
  gtk_widget_grab_focus (QUAY_SELL_PAGE (data)->entry);
}

static void
chosen_cb (QuayTiles *tiles, const QuayItem *item, gpointer data)
{
  quay_sell_choose (data, item);
}

static void
drafts_changed_cb (QuayTill *till, gpointer data)
{
  QuaySellPage *self = data;
  g_autoptr (GPtrArray) held = quay_till_held (till);
  quay_cart_pane_set_held (QUAY_CART_PANE (self->cart), held != NULL ? held->len : 0);
}

static void
items_changed_cb (QuayTill *till, gpointer data)
{
  quay_sell_refresh_chips (data);
  quay_sell_refresh (data);
}

static void
settings_changed_cb (QuayTill *till, gpointer data)
{
  QuaySellPage *self = data;
  int percent = (int)quay_till_get_setting_int (till, "till.text_size", 100);
  quay_tiles_set_scale (QUAY_TILES (self->tiles),
                        quay_look_percent (gtk_widget_get_display (GTK_WIDGET (self)), percent));
}

static void
connect_parts (QuaySellPage *self)
{
  g_signal_connect (self->entry, "activate", G_CALLBACK (entry_activated_cb), self);
  g_signal_connect (self->tiles, "chosen", G_CALLBACK (chosen_cb), self);
  g_signal_connect (self->cart, "pay", G_CALLBACK (pay_cb), self);
  g_signal_connect (self->cart, "hold", G_CALLBACK (hold_cb), self);
  g_signal_connect (self->cart, "held", G_CALLBACK (held_cb), self);
  g_signal_connect (self->cart, "buyer", G_CALLBACK (buyer_cb), self);
  g_signal_connect (self->cart, "edit-weight", G_CALLBACK (edit_weight_cb), self);
  g_signal_connect (self->cart, "edit-note", G_CALLBACK (edit_note_cb), self);
  g_signal_connect (self->cart, "discount", G_CALLBACK (discount_cb), self);
  g_signal_connect (self->cart, "edited", G_CALLBACK (edited_cb), self);
  g_signal_connect (self->pay, "closed", G_CALLBACK (pay_closed_cb), self);
  g_signal_connect (self->pay, "buyer", G_CALLBACK (pay_buyer_cb), self);
  g_signal_connect (self->pay, "scanned", G_CALLBACK (pay_scanned_cb), self);
  g_signal_connect_object (self->till, "drafts-changed", G_CALLBACK (drafts_changed_cb), self, 0);
  g_signal_connect_object (self->till, "items-changed", G_CALLBACK (items_changed_cb), self, 0);
  g_signal_connect_object (self->till, "settings-changed", G_CALLBACK (settings_changed_cb), self,
                           0);
}

GtkWidget *
quay_sell_page_new (QuayTill *till, QuaySounds *sounds, QuayScanner *scanner)
{
  QuaySellPage *self = g_object_new (QUAY_TYPE_SELL_PAGE, NULL);
  self->till = g_object_ref (till);
  self->sounds = sounds;
  self->scanner = scanner;
  self->pictures = quay_pictures_new (quay_till_dir (till));
  self->categories = quay_till_categories (till);
  self->pay = g_object_ref_sink (quay_pay_panel_new (till, scanner));
  self->cart = quay_cart_pane_new (till);
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_append (GTK_BOX (self->box), quay_sell_make_left (self));
  gtk_box_append (GTK_BOX (self->box), self->cart);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  connect_parts (self);
  settings_changed_cb (till, self);
  drafts_changed_cb (till, self);
  quay_sell_refresh (self);
  return GTK_WIDGET (self);
}
