/* The fields of a line: a table says which document has which. Main thread. */
#include "quay-goods-line-private.h"

#include "quay-till-lots.h"
#include "quay-till-supply.h"
#include "quay-ui.h"

#define OWN (1 << QUAY_SUPPLY_OWN)
#define CONSIGNED (1 << QUAY_SUPPLY_CONSIGNED)
#define DOOR (1 << QUAY_SUPPLY_DOOR)
#define OUT (1 << QUAY_SUPPLY_OUT)
#define IN (OWN | CONSIGNED | DOOR)

static const struct
{
  const char *title;
  const char *id;
  guint supplies;
} FIELDS[QUAY_LINE_N_FIELDS] = {
  [QUAY_LINE_PAPER] = { N_ ("Quantity on paper"), "line-paper", OWN | CONSIGNED },
  [QUAY_LINE_FOUND] = { N_ ("Quantity found"), "line-found", OWN | CONSIGNED },
  [QUAY_LINE_GROSS] = { N_ ("Weight on the scale"), "line-gross", DOOR },
  [QUAY_LINE_DEDUCT] = { N_ ("Taken off for moisture or grade, %"), "line-deduct", DOOR },
  [QUAY_LINE_PRICE] = { N_ ("Price of one"), "line-price", OWN | DOOR },
  [QUAY_LINE_COMMISSION] = { N_ ("Commission, %"), "line-commission", CONSIGNED },
  [QUAY_LINE_TRANSFER] = { N_ ("or agreed price of one"), "line-transfer", CONSIGNED },
  [QUAY_LINE_CODE] = { N_ ("Lot number"), "line-code", IN },
  [QUAY_LINE_MADE] = { N_ ("Made on"), "line-made", IN },
  [QUAY_LINE_EXPIRES] = { N_ ("Expires on"), "line-expires", IN },
  [QUAY_LINE_TRACE] = { N_ ("Trace code"), "line-trace", OWN | CONSIGNED },
  [QUAY_LINE_QTY] = { N_ ("Quantity issued"), "line-qty", OUT },
  [QUAY_LINE_LOT] = { N_ ("From lot"), "line-lot", OUT },
  [QUAY_LINE_BEARER] = { N_ ("Who bears it"), "line-bearer", OUT },
  [QUAY_LINE_NOTE] = { N_ ("Remark"), "line-note", OUT },
};

G_DEFINE_FINAL_TYPE (QuayGoodsLine, quay_goods_line, GTK_TYPE_BOX)

enum
{
  ENTERED,
  EDITED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static gboolean
is_entry (QuayLineField field)
{
  return field != QUAY_LINE_LOT && field != QUAY_LINE_BEARER;
}

static const char *
text_of (QuayGoodsLine *pane, QuayLineField field)
{
  return gtk_editable_get_text (GTK_EDITABLE (pane->controls[field]));
}

static void
set_text (QuayGoodsLine *pane, QuayLineField field, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (pane->controls[field]), text != NULL ? text : "");
}

static gboolean
is_shown (QuayGoodsLine *pane, QuayLineField field)
{
  return (FIELDS[field].supplies & 1u << pane->supply) != 0;
}

static void
clear_faults (QuayGoodsLine *pane)
{
  for (guint i = 0; i < QUAY_LINE_N_FIELDS; i++)
    quay_ui_form_row_set_fault (pane->rows[i], NULL);
}

QuayVoucherLine *
quay_goods_line_take (QuayGoodsLine *pane)
{
  g_return_val_if_fail (QUAY_IS_GOODS_LINE (pane), NULL);
  if (pane->line == NULL)
    return NULL;
  clear_faults (pane);
  g_autoptr (QuayVoucherLine) line = quay_voucher_line_copy (pane->line);
  if (!quay_goods_line_read (pane, line))
    return NULL;
  quay_goods_line_close (pane);
  return g_steal_pointer (&line);
}

/* --- showing --- */

static void
show_qty (QuayGoodsLine *pane, QuayLineField field, QuayQty qty)
{
  g_autofree char *text = qty.milli != 0 ? quay_format_qty (qty, NULL) : NULL;
  set_text (pane, field, text);
}

static void
show_percent (QuayGoodsLine *pane, QuayLineField field, gint64 bp)
{
  show_qty (pane, field, QUAY_MILLI (bp * 10));
}

static void
show_day (QuayGoodsLine *pane, QuayLineField field, gint64 day)
{
  g_autofree char *text = day != 0 ? quay_day_to_vi ((QuayDay)day) : NULL;
  set_text (pane, field, text);
}

static void
show_money (QuayGoodsLine *pane, QuayLineField field, QuayMoney amount)
{
  if (amount.dong > 0)
    quay_ui_money_entry_set (pane->controls[field], amount);
  else
    set_text (pane, field, NULL);
}

static void
fill_lots (QuayGoodsLine *pane, const QuayVoucherLine *line)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint chosen = 0;
  g_ptr_array_unref (pane->lots);
  pane->lots = quay_till_lots (pane->till, &line->product);
  gtk_string_list_append (names, _ ("First expired first"));
  for (guint i = 0; i < pane->lots->len; i++)
    {
      const QuayLot *lot = pane->lots->pdata[i];
      g_autofree char *qty = quay_format_qty (lot->qty, line->unit);
      g_autofree char *day = lot->expires != 0 ? quay_day_to_vi (lot->expires) : g_strdup ("–");
      g_autofree char *text = g_strdup_printf (
          "%s · %s · %s", lot->code != NULL ? lot->code : _ ("no number"), day, qty);
      gtk_string_list_append (names, text);
      if (!quay_id_is_nil (&lot->id) && quay_id_equal (&lot->id, &line->lot))
        chosen = i + 1;
    }
  gtk_drop_down_set_model (GTK_DROP_DOWN (pane->controls[QUAY_LINE_LOT]), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (pane->controls[QUAY_LINE_LOT]), chosen);
}

static void
show_line (QuayGoodsLine *pane)
{
  const QuayVoucherLine *line = pane->line;
  pane->filling = TRUE;
  show_qty (pane, QUAY_LINE_PAPER, line->other);
  show_qty (pane, QUAY_LINE_FOUND, line->qty);
  show_qty (pane, QUAY_LINE_GROSS, line->other);
  show_percent (pane, QUAY_LINE_DEDUCT, line->deduct);
  show_money (pane, QUAY_LINE_PRICE, line->terms.price);
  show_percent (pane, QUAY_LINE_COMMISSION, line->terms.commission_bp);
  show_money (pane, QUAY_LINE_TRANSFER, line->terms.price);
  set_text (pane, QUAY_LINE_CODE, line->code);
  show_day (pane, QUAY_LINE_MADE, line->made);
  show_day (pane, QUAY_LINE_EXPIRES, line->expires);
  set_text (pane, QUAY_LINE_TRACE, line->trace);
  show_qty (pane, QUAY_LINE_QTY, line->qty);
  set_text (pane, QUAY_LINE_NOTE, line->note);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (pane->controls[QUAY_LINE_BEARER]), line->bearer != 0);
  if (pane->supply == QUAY_SUPPLY_OUT)
    fill_lots (pane, line);
  pane->filling = FALSE;
}

static void
edited_cb (QuayGoodsLine *pane)
{
  if (!pane->filling && pane->line != NULL)
    g_signal_emit (pane, signals[EDITED], 0);
}

static GtkWidget *
first_field (QuayGoodsLine *pane)
{
  for (guint i = 0; i < QUAY_LINE_N_FIELDS; i++)
    if (is_shown (pane, i))
      return pane->controls[i];
  return NULL;
}

void
quay_goods_line_open (QuayGoodsLine *pane, QuayVoucherLine *line, const QuayItem *item)
{
  g_return_if_fail (QUAY_IS_GOODS_LINE (pane));
  g_autofree char *stock = NULL;
  g_autofree char *meta = NULL;
  g_clear_pointer (&pane->line, quay_voucher_line_free);
  pane->line = line;
  pane->pack = quay_till_pack_of (pane->till, &line->product);
  pane->weighed = item != NULL && item->weighed;
  clear_faults (pane);
  show_line (pane);
  quay_ui_set_text (pane->name, line->name);
  stock = item != NULL ? quay_format_qty (item->stock, line->unit) : g_strdup ("–");
  meta = pane->pack.milli > 0 ? g_strdup_printf (_ ("%s · on hand: %s · in a carton: %d"),
                                                 line->sku, stock, (int)(pane->pack.milli / 1000))
                              : g_strdup_printf (_ ("%s · on hand: %s"), line->sku, stock);
  quay_ui_set_text (pane->meta, meta);
  gtk_stack_set_visible_child_name (GTK_STACK (pane->stack), "line");
  gtk_widget_grab_focus (first_field (pane));
}

gboolean
quay_goods_line_focus (QuayGoodsLine *pane)
{
  return pane->line != NULL && gtk_widget_grab_focus (first_field (pane));
}

const QuayId *
quay_goods_line_product (QuayGoodsLine *pane)
{
  return pane->line != NULL ? &pane->line->product : NULL;
}

void
quay_goods_line_more (QuayGoodsLine *pane)
{
  QuayLineField field = pane->supply == QUAY_SUPPLY_OUT ? QUAY_LINE_QTY : QUAY_LINE_FOUND;
  QuayQty qty = QUAY_MILLI (0);
  if (pane->line == NULL || pane->supply == QUAY_SUPPLY_DOOR)
    return;
  if (*text_of (pane, field) != '\0' && !quay_goods_line_read_qty (pane, field, &qty))
    return;
  qty.milli = MAX (qty.milli, 1000) + 1000; /* the first scan opened the line */
  show_qty (pane, field, qty);
}

void
quay_goods_line_close (QuayGoodsLine *pane)
{
  g_clear_pointer (&pane->line, quay_voucher_line_free);
  gtk_stack_set_visible_child_name (GTK_STACK (pane->stack), "none");
}

static gboolean
is_wide (QuayLineField field)
{
  return field == QUAY_LINE_TRACE || field >= QUAY_LINE_QTY;
}

/* Two fields side by side, those that this document has. */
void
quay_goods_line_set_supply (QuayGoodsLine *pane, QuaySupply supply)
{
  int at = 0;
  pane->supply = supply;
  for (guint i = 0; i < QUAY_LINE_N_FIELDS; i++)
    {
      int wide = is_wide (i) ? 2 : 1;
      if (gtk_widget_get_parent (pane->rows[i]) != NULL)
        gtk_grid_remove (GTK_GRID (pane->grid), pane->rows[i]);
      if (!is_shown (pane, i))
        continue;
      if (wide == 2 && at % 2 == 1)
        at++;
      gtk_grid_attach (GTK_GRID (pane->grid), pane->rows[i], at % 2, at / 2, wide, 1);
      at += wide;
    }
}

/* --- keys --- */

static void
go_on (QuayGoodsLine *pane, QuayLineField from)
{
  for (guint i = from + 1; i < QUAY_LINE_N_FIELDS; i++)
    if (is_shown (pane, i))
      {
        gtk_widget_grab_focus (pane->controls[i]);
        return;
      }
  g_signal_emit (pane, signals[ENTERED], 0);
}

static void
activate_cb (GtkEntry *entry, QuayGoodsLine *pane)
{
  for (guint i = 0; i < QUAY_LINE_N_FIELDS; i++)
    if (pane->controls[i] == GTK_WIDGET (entry))
      {
        go_on (pane, i);
        return;
      }
}

static void
add_cb (QuayGoodsLine *pane)
{
  g_signal_emit (pane, signals[ENTERED], 0);
}

/* --- building --- */

static GtkWidget *
make_control (QuayLineField field)
{
  const char *const bearers[] = { _ ("The shop"), _ ("The producer"), NULL };
  const char *title = _ (FIELDS[field].title);
  switch (field)
    {
    case QUAY_LINE_LOT:
      return quay_ui_choice (title, (const char *const[]){ "", NULL });
    case QUAY_LINE_BEARER:
      return quay_ui_choice (title, bearers);
    case QUAY_LINE_PRICE:
    case QUAY_LINE_TRANSFER:
      return quay_ui_money_entry (title);
    case QUAY_LINE_PAPER:
    case QUAY_LINE_FOUND:
    case QUAY_LINE_QTY:
    case QUAY_LINE_NOTE:
      return quay_ui_entry (title);
    default:
      return quay_ui_code_entry (title);
    }
}

static void
add_field (QuayGoodsLine *pane, QuayLineField field)
{
  GtkWidget *control = make_control (field);
  quay_ui_set_id (control, FIELDS[field].id);
  if (is_entry (field))
    {
      gtk_entry_set_max_length (GTK_ENTRY (control), field == QUAY_LINE_TRACE ? 400 : 60);
      gtk_editable_set_width_chars (GTK_EDITABLE (control), 10);
      g_signal_connect (control, "activate", G_CALLBACK (activate_cb), pane);
      g_signal_connect_swapped (control, "changed", G_CALLBACK (edited_cb), pane);
    }
  else
    g_signal_connect_swapped (control, "notify::selected", G_CALLBACK (edited_cb), pane);
  pane->controls[field] = control;
  pane->rows[field] = g_object_ref_sink (quay_ui_form_row (_ (FIELDS[field].title), control, NULL));
  gtk_widget_set_hexpand (pane->rows[field], TRUE);
}

static GtkWidget *
build_line (QuayGoodsLine *pane)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *grid = pane->grid = gtk_grid_new ();
  GtkWidget *add = quay_ui_button (NULL, _ ("Add to the document"), "Enter", "main");
  gtk_grid_set_row_spacing (GTK_GRID (grid), 10);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  pane->name = quay_ui_wrapped_label (NULL, "heading", 36, 2);
  pane->meta = quay_ui_wrapped_label (NULL, "meta num", 44, 2);
  for (guint i = 0; i < QUAY_LINE_N_FIELDS; i++)
    add_field (pane, i);
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (add_cb), pane);
  quay_ui_set_id (add, "line-add");
  gtk_box_append (GTK_BOX (box), pane->name);
  gtk_box_append (GTK_BOX (box), pane->meta);
  gtk_box_append (GTK_BOX (box), grid);
  gtk_box_append (GTK_BOX (box), add);
  return box;
}

static void
quay_goods_line_dispose (GObject *object)
{
  QuayGoodsLine *pane = QUAY_GOODS_LINE (object);
  g_clear_object (&pane->till);
  for (guint i = 0; i < QUAY_LINE_N_FIELDS; i++)
    g_clear_object (&pane->rows[i]);
  g_clear_pointer (&pane->line, quay_voucher_line_free);
  g_clear_pointer (&pane->lots, g_ptr_array_unref);
  G_OBJECT_CLASS (quay_goods_line_parent_class)->dispose (object);
}

static void
quay_goods_line_class_init (QuayGoodsLineClass *class)
{
  G_OBJECT_CLASS (class)->dispose = quay_goods_line_dispose;
  signals[ENTERED] = g_signal_new ("entered", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
quay_goods_line_init (QuayGoodsLine *pane)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (pane), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (pane), "table-card");
  gtk_widget_set_size_request (GTK_WIDGET (pane), 424, -1);
  pane->lots = g_ptr_array_new ();
}

GtkWidget *
quay_goods_line_new (QuayTill *till)
{
  QuayGoodsLine *pane = g_object_new (QUAY_TYPE_GOODS_LINE, NULL);
  pane->till = g_object_ref (till);
  pane->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (pane->stack, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (pane), FALSE);
  GtkWidget *line = build_line (pane);
  gtk_widget_add_css_class (line, "sale-lines");
  gtk_stack_add_named (GTK_STACK (pane->stack),
                       quay_ui_empty ("box-seam", _ ("Scan a product"),
                                      _ ("Or type part of its name. Enter goes from field to "
                                         "field.")),
                       "none");
  gtk_stack_add_named (GTK_STACK (pane->stack), quay_ui_scrolled (line), "line");
  gtk_box_append (GTK_BOX (pane), pane->stack);
  return GTK_WIDGET (pane);
}
