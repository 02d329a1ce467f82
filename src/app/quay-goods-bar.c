/* Product, lot and quantity in one line. Main thread. */
#include "quay-goods-bar.h"

#include "quay-lot.h"
#include "quay-till-places.h"
#include "quay-till-sell.h"
#include "quay-ui.h"

#include <string.h>

struct _QuayGoodsBar
{
  GtkBox parent_instance;

  GtkWidget *search;
  GtkWidget *name;
  GtkWidget *lots;
  GtkWidget *qty;
  GtkWidget *add;
  GtkWidget *remark;
  QuayTill *till;   /* owned */
  QuayItem *item;   /* owned; NULL: nothing stands there */
  GPtrArray *there; /* owned: QuayLot of the choice, after its first entry */
  char *whole;
  QuayId place;
  gboolean zero;
  QuayGoodsTake take;
  gpointer data;
};

G_DEFINE_FINAL_TYPE (QuayGoodsBar, quay_goods_bar, GTK_TYPE_BOX)

/* --- what is shown --- */

static void
show_fault (QuayGoodsBar *bar, const char *fault)
{
  quay_ui_set_text (bar->remark, fault);
  gtk_widget_set_visible (bar->remark, fault != NULL && *fault != '\0');
  quay_ui_toggle_class (bar->remark, "bad-text", TRUE);
  quay_ui_toggle_class (bar->remark, "dim", FALSE);
}

void
quay_goods_bar_set_remark (QuayGoodsBar *bar, const char *remark)
{
  show_fault (bar, remark);
  quay_ui_toggle_class (bar->remark, "bad-text", FALSE);
  quay_ui_toggle_class (bar->remark, "dim", TRUE);
}

static char *
lot_text (const QuayLot *lot, const QuayItem *item)
{
  g_autofree char *expires = lot->expires != 0 ? quay_day_to_vi (lot->expires) : NULL;
  g_autofree char *qty = quay_format_qty (lot->qty, item->weighed ? item->unit : NULL);
  if (quay_id_is_nil (&lot->id))
    return g_strdup_printf (_ ("No lot (%s)"), qty);
  if (expires == NULL)
    return g_strdup_printf ("%s (%s)", lot->code != NULL ? lot->code : lot->receipt, qty);
  return g_strdup_printf (_ ("%s, until %s (%s)"), lot->code != NULL ? lot->code : _ ("Lot"),
                          expires, qty);
}

static void
show_lots (QuayGoodsBar *bar)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_clear_pointer (&bar->there, g_ptr_array_unref);
  gtk_string_list_append (names, bar->whole);
  if (bar->item != NULL)
    bar->there = quay_till_place_lots (bar->till, &bar->place, &bar->item->product);
  for (guint i = 0; bar->there != NULL && i < bar->there->len; i++)
    {
      g_autofree char *text = lot_text (bar->there->pdata[i], bar->item);
      gtk_string_list_append (names, text);
    }
  gtk_drop_down_set_model (GTK_DROP_DOWN (bar->lots), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (bar->lots), 0);
  gtk_widget_set_sensitive (bar->lots, bar->there != NULL && bar->there->len > 0);
}

static void
set_item (QuayGoodsBar *bar, QuayItem *item)
{
  g_autofree char *name = item != NULL ? quay_ui_keep_units (item->name) : NULL;
  quay_item_free (bar->item);
  bar->item = item;
  quay_ui_set_text (bar->name, name != NULL ? name : "");
  gtk_editable_set_text (GTK_EDITABLE (bar->qty), "");
  gtk_widget_set_hexpand (bar->search, item == NULL); /* the name needs the room then */
  gtk_widget_set_visible (bar->name, item != NULL);
  gtk_widget_set_sensitive (bar->qty, item != NULL);
  gtk_widget_set_sensitive (bar->add, item != NULL);
  quay_goods_bar_set_remark (bar, NULL);
  show_lots (bar);
}

static void
set_qty (QuayGoodsBar *bar, QuayQty qty)
{
  g_autofree char *text = quay_format_qty (qty, NULL);
  gtk_editable_set_text (GTK_EDITABLE (bar->qty), text);
  gtk_editable_set_position (GTK_EDITABLE (bar->qty), -1);
}

/* --- handing over --- */

static gboolean
read_qty (QuayGoodsBar *bar, QuayQty *qty)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (bar->qty));
  gboolean sound = quay_parse_qty (text, qty, NULL) && (bar->zero || qty->milli > 0) &&
                   (bar->item->weighed || qty->milli % 1000 == 0);
  if (!sound)
    {
      show_fault (bar, bar->item->weighed ? _ ("Type a weight, as 1,5.")
                                          : _ ("Type a whole number, as 12."));
      gtk_widget_grab_focus (bar->qty);
    }
  return sound;
}

gboolean
quay_goods_bar_flush (QuayGoodsBar *bar)
{
  QuayQty qty;
  g_autofree char *fault = NULL;
  guint lot = gtk_drop_down_get_selected (GTK_DROP_DOWN (bar->lots));
  if (bar->item == NULL)
    return TRUE;
  if (!read_qty (bar, &qty))
    return FALSE;
  GtkStringObject *chosen = gtk_drop_down_get_selected_item (GTK_DROP_DOWN (bar->lots));
  QuayGoodsEntry entry = { .item = bar->item, .whole = lot == 0, .qty = qty };
  entry.lot_text = lot > 0 && chosen != NULL ? gtk_string_object_get_string (chosen) : NULL;
  if (lot > 0 && bar->there != NULL && lot <= bar->there->len)
    entry.lot = ((QuayLot *)bar->there->pdata[lot - 1])->id;
  if (bar->take (&entry, &fault, bar->data))
    {
      set_item (bar, NULL);
      return TRUE;
    }
  show_fault (bar, fault);
  return FALSE;
}

static void
add_cb (GtkWidget *widget, gpointer data)
{
  QuayGoodsBar *bar = data;
  if (quay_goods_bar_flush (bar))
    gtk_widget_grab_focus (bar->search);
}

/* --- naming a product --- */

void
quay_goods_bar_show (QuayGoodsBar *bar, const QuayId *product, const char *remark)
{
  set_item (bar, quay_till_item (bar->till, product));
  quay_goods_bar_set_remark (bar, remark);
  gtk_widget_grab_focus (bar->qty);
}

static void
choose_lot (QuayGoodsBar *bar, const char *code)
{
  for (guint i = 0; code != NULL && bar->there != NULL && i < bar->there->len; i++)
    if (g_strcmp0 (((QuayLot *)bar->there->pdata[i])->code, code) == 0)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (bar->lots), i + 1);
}

static void
start_item (QuayGoodsBar *bar, QuayItem *item, const char *lot)
{
  set_item (bar, item);
  choose_lot (bar, lot);
  if (!item->weighed)
    set_qty (bar, QUAY_UNITS (1));
  gtk_widget_grab_focus (bar->qty);
  gtk_editable_select_region (GTK_EDITABLE (bar->qty), 0, -1);
}

void
quay_goods_bar_scan (QuayGoodsBar *bar, const char *text)
{
  QuayQty qty;
  g_autoptr (QuayScanned) scanned = quay_till_scan (bar->till, text);
  if (scanned->item == NULL)
    {
      g_autofree char *fault = g_strdup_printf (_ ("No product has the code %s."), text);
      show_fault (bar, fault);
      return;
    }
  gboolean same = bar->item != NULL && quay_id_equal (&bar->item->product, &scanned->item->product);
  if (same && !bar->item->weighed &&
      quay_parse_qty (gtk_editable_get_text (GTK_EDITABLE (bar->qty)), &qty, NULL))
    {
      set_qty (bar, QUAY_MILLI (qty.milli + 1000));
      return;
    }
  if (same || !quay_goods_bar_flush (bar))
    return;
  start_item (bar, quay_till_item (bar->till, &scanned->item->product),
              scanned->line != NULL ? scanned->line->lot : NULL);
}

static void
search_cb (GtkWidget *entry, gpointer data)
{
  QuayGoodsBar *bar = data;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (bar->search));
  if (*text == '\0')
    return;
  g_autoptr (QuayScanned) scanned = quay_till_scan (bar->till, text);
  g_autoptr (GPtrArray) found = quay_till_search (bar->till, text, 1);
  QuayId product = scanned->item != NULL ? scanned->item->product
                   : found->len > 0      ? ((QuayItem *)found->pdata[0])->product
                                         : QUAY_ID_NIL;
  if (quay_id_is_nil (&product))
    {
      show_fault (bar, _ ("No product matches these words."));
      return;
    }
  if (!quay_goods_bar_flush (bar))
    return;
  gtk_editable_set_text (GTK_EDITABLE (bar->search), "");
  set_item (bar, quay_till_item (bar->till, &product));
  gtk_widget_grab_focus (bar->qty);
}

/* --- making it --- */

const QuayItem *
quay_goods_bar_get_item (QuayGoodsBar *bar)
{
  return bar->item;
}

void
quay_goods_bar_set_place (QuayGoodsBar *bar, const QuayId *place)
{
  bar->place = *place;
  show_lots (bar);
}

static gboolean
quay_goods_bar_grab_focus (GtkWidget *widget)
{
  QuayGoodsBar *bar = QUAY_GOODS_BAR (widget);
  return gtk_widget_grab_focus (bar->item != NULL ? bar->qty : bar->search);
}

static void
quay_goods_bar_dispose (GObject *object)
{
  QuayGoodsBar *bar = QUAY_GOODS_BAR (object);
  g_clear_pointer (&bar->item, quay_item_free);
  g_clear_pointer (&bar->there, g_ptr_array_unref);
  g_clear_pointer (&bar->whole, g_free);
  g_clear_object (&bar->till);
  G_OBJECT_CLASS (quay_goods_bar_parent_class)->dispose (object);
}

static void
quay_goods_bar_class_init (QuayGoodsBarClass *class)
{
  G_OBJECT_CLASS (class)->dispose = quay_goods_bar_dispose;
  GTK_WIDGET_CLASS (class)->grab_focus = quay_goods_bar_grab_focus;
}

static void
quay_goods_bar_init (QuayGoodsBar *bar)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (bar), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (bar), 4);
}

static void
make_controls (QuayGoodsBar *bar, const char *verb)
{
  bar->search = quay_ui_entry (_ ("Scan, or type a product"));
  gtk_entry_set_placeholder_text (GTK_ENTRY (bar->search), _ ("Scan, or type a product"));
  gtk_editable_set_width_chars (GTK_EDITABLE (bar->search), 20);
  bar->name = quay_ui_wrapped_label (NULL, "heading", 26, 1);
  quay_ui_set_description (bar->name, _ ("Product"));
  gtk_widget_set_hexpand (bar->name, TRUE);
  bar->lots = quay_ui_choice (_ ("Lot"), (const char *const[]){ bar->whole, NULL });
  bar->qty = quay_ui_code_entry (_ ("Quantity"));
  gtk_entry_set_placeholder_text (GTK_ENTRY (bar->qty), _ ("quantity"));
  gtk_editable_set_width_chars (GTK_EDITABLE (bar->qty), 8);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (bar->qty), 8);
  gtk_editable_set_alignment (GTK_EDITABLE (bar->qty), 1);
  bar->add = quay_ui_button (NULL, verb, "Enter", "action small");
  bar->remark = quay_ui_wrapped_label (NULL, "dim", 90, 2);
  g_signal_connect (bar->search, "activate", G_CALLBACK (search_cb), bar);
  g_signal_connect (bar->qty, "activate", G_CALLBACK (add_cb), bar);
  g_signal_connect (bar->add, "clicked", G_CALLBACK (add_cb), bar);
}

GtkWidget *
quay_goods_bar_new (QuayTill *till, const char *verb, const char *whole, gboolean zero,
                    QuayGoodsTake take, gpointer data)
{
  QuayGoodsBar *bar = g_object_new (QUAY_TYPE_GOODS_BAR, NULL);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  bar->till = g_object_ref (till);
  bar->whole = g_strdup (whole);
  bar->zero = zero;
  bar->take = take;
  bar->data = data;
  make_controls (bar, verb);
  GtkWidget *parts[] = { bar->search, bar->name, bar->lots, bar->qty, bar->add };
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      gtk_widget_set_valign (parts[i], GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (row), parts[i]);
    }
  gtk_box_append (GTK_BOX (bar), row);
  gtk_box_append (GTK_BOX (bar), bar->remark);
  set_item (bar, NULL);
  return GTK_WIDGET (bar);
}
