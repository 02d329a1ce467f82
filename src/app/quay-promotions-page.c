/* The list of promotions, beside it what the chosen one makes cheaper. Main thread. */
#include "quay-promotions-page.h"

#include "quay-discount-words.h"
#include "quay-licence-card.h"
#include "quay-promotion-form.h"
#include "quay-row-model.h"
#include "quay-table.h"
#include "quay-till-catalog.h"
#include "quay-till-promotions.h"
#include "quay-ui.h"

#define PREVIEW_MAX 100
#define PREVIEW_MS 120 /* the whole catalogue may be read: not for each row that is passed by */

struct _QuayPromotionsPage
{
  GtkBox parent_instance;
  QuayTill *till; /* owned */
  GtkWidget *stack;
  GtkWidget *table;
  GtkWidget *cheaper;
  GtkWidget *n_cheaper;
  GtkWidget *name; /* of the chosen one, and all that the table has no room for */
  GtkWidget *about;
  guint preview_timer;
  GtkWidget *on_off;
  QuayRowModel *model;
  QuayRowModel *preview;
  QuayId shown;
  gboolean reading;
  gulong items_changed;
};

G_DEFINE_FINAL_TYPE (QuayPromotionsPage, quay_promotions_page, GTK_TYPE_BOX)

/* Cells */

static const QuayPromotion *
promotion_of (gpointer row)
{
  return quay_row_value (row);
}

static void
bind_name (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_text (cell, promotion_of (row)->name);
}

static void
bind_what (GtkWidget *cell, gpointer row, gpointer data)
{
  g_autofree char *text =
      quay_discount_promo_text (QUAY_PROMOTIONS_PAGE (data)->till, promotion_of (row));
  quay_table_set_text (cell, text);
}

static void
bind_when (GtkWidget *cell, gpointer row, gpointer data)
{
  g_autofree char *text = quay_discount_when_text (promotion_of (row));
  quay_table_set_text (cell, text);
}

static void
bind_state (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayPromotion *p = promotion_of (row);
  QuayDay today = quay_till_day (QUAY_PROMOTIONS_PAGE (data)->till);
  gboolean over = p->until != 0 && p->until < today;
  gboolean on = p->active && !over && p->from <= today;
  quay_table_set_text (cell, !p->active ? _ ("off")
                             : over     ? _ ("over")
                             : on       ? _ ("on")
                                        : _ ("planned"));
  quay_table_set_badge (cell, on ? "good" : "plain");
}

static void
bind_product (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayPromoPreview *one = quay_row_value (row);
  quay_table_set_text (cell, one->name);
}

static void
bind_before (GtkWidget *cell, gpointer row, gpointer data)
{
  quay_table_set_money (cell, ((const QuayPromoPreview *)quay_row_value (row))->gross);
}

static void
bind_after (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayPromoPreview *one = quay_row_value (row);
  quay_table_set_money (cell, QUAY_DONG (one->gross.dong - one->off.dong));
}

/* Reading */

static const QuayPromotion *
selected_of (QuayPromotionsPage *page)
{
  QuayRow *row = quay_table_get_selected_item (page->table);
  return row != NULL ? promotion_of (row) : NULL;
}

static gboolean
preview_cb (gpointer data)
{
  guint n = 0;
  QuayPromotionsPage *page = data;
  const QuayPromotion *p = selected_of (page);
  page->preview_timer = 0;
  GPtrArray *rows = p != NULL ? quay_till_preview_promotion (page->till, p, PREVIEW_MAX, &n) : NULL;
  quay_row_model_set (page->preview, rows);
  g_autofree char *text =
      g_strdup_printf (ngettext ("%u product gets cheaper", "%u products get cheaper", n), n);
  quay_ui_set_text (page->n_cheaper, p != NULL ? text : NULL);
  return G_SOURCE_REMOVE;
}

static void
show_selected (QuayPromotionsPage *page)
{
  const QuayPromotion *p = selected_of (page);
  g_autofree char *what = p != NULL ? quay_discount_promo_text (page->till, p) : NULL;
  g_autofree char *when = p != NULL ? quay_discount_when_text (p) : NULL;
  g_autofree char *about = p != NULL ? g_strdup_printf ("%s\n%s", what, when) : NULL;
  quay_ui_set_text (page->name, p != NULL ? p->name : NULL);
  quay_ui_set_text (page->about, about);
  quay_ui_set_text (page->n_cheaper, NULL);
  quay_row_model_set (page->preview, NULL);
  if (page->preview_timer == 0)
    page->preview_timer = g_timeout_add (PREVIEW_MS, preview_cb, page);
  gtk_widget_set_sensitive (page->on_off, p != NULL);
  quay_ui_button_set_text (page->on_off,
                           p != NULL && !p->active ? _ ("Switch on") : _ ("Switch off"));
}

static void
read_list (QuayPromotionsPage *page)
{
  page->reading = TRUE;
  gboolean any = quay_table_set_rows (page->table, quay_till_promotions (page->till),
                                      G_STRUCT_OFFSET (QuayPromotion, id), &page->shown);
  page->reading = FALSE;
  gtk_stack_set_visible_child_name (GTK_STACK (page->stack), any ? "list" : "empty");
  show_selected (page);
}

static void
selected_cb (GtkSingleSelection *selection, GParamSpec *pspec, QuayPromotionsPage *page)
{
  const QuayPromotion *p = selected_of (page);
  if (page->reading || p == NULL)
    return;
  page->shown = p->id;
  show_selected (page);
}

/* Actions */

static void
saved_cb (const QuayId *id, gpointer data)
{
  QuayPromotionsPage *page = data;
  page->shown = *id;
  read_list (page);
}

static void
new_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  quay_promotion_form_open (widget, QUAY_PROMOTIONS_PAGE (widget)->till, NULL, saved_cb, widget);
}

static void
new_cb (GtkWidget *button, gpointer page)
{
  new_action (page, NULL, NULL);
}

static void
activate_cb (GtkColumnView *table, guint position, QuayPromotionsPage *page)
{
  const QuayPromotion *p = quay_row_model_get (page->model, position);
  if (p != NULL)
    quay_promotion_form_open (GTK_WIDGET (page), page->till, p, saved_cb, page);
}

static void
on_off_cb (GtkWidget *button, QuayPromotionsPage *page)
{
  g_autoptr (GError) error = NULL;
  const QuayPromotion *p = selected_of (page);
  if (p == NULL)
    return;
  page->shown = p->id;
  if (quay_till_switch_promotion (page->till, &page->shown, !p->active, &error))
    read_list (page);
  else
    quay_ui_show_error (GTK_WIDGET (page), _ ("The promotion was not saved"), error);
}

static void
licence_cb (GtkWidget *button, QuayPromotionsPage *page)
{
  quay_licence_card_open (GTK_WIDGET (page), page->till);
}

static void
items_changed_cb (QuayTill *till, QuayPromotionsPage *page)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (page)))
    read_list (page);
}

/* Building */

static GtkWidget *
build_bar (QuayPromotionsPage *page)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *text =
      quay_ui_label (_ ("Each line gets the one promotion that is best for the customer."), "dim");
  GtkWidget *add = quay_ui_button ("plus-lg", _ ("New promotion"), "Ctrl N", "pill suggested");
  GtkWidget *licence = quay_ui_button (NULL, _ ("Alcohol licence"), NULL, "pill");
  page->on_off = quay_ui_button (NULL, _ ("Switch off"), NULL, "pill");
  quay_ui_set_id (add, "promotion-new");
  gtk_widget_set_hexpand (text, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (bar), text);
  gtk_box_append (GTK_BOX (bar), licence);
  gtk_box_append (GTK_BOX (bar), page->on_off);
  gtk_box_append (GTK_BOX (bar), add);
  g_signal_connect (add, "clicked", G_CALLBACK (new_cb), page);
  g_signal_connect (licence, "clicked", G_CALLBACK (licence_cb), page);
  g_signal_connect (page->on_off, "clicked", G_CALLBACK (on_off_cb), page);
  return bar;
}

static GtkWidget *
build_table (QuayPromotionsPage *page)
{
  page->table = quay_table_new (_ ("Promotions"), G_LIST_MODEL (page->model));
  quay_table_add (page->table, _ ("Name"), QUAY_TABLE_STRONG | QUAY_TABLE_EXPAND, 18, bind_name,
                  NULL);
  quay_table_add (page->table, _ ("What"), QUAY_TABLE_TEXT, 18, bind_what, page);
  quay_table_add (page->table, _ ("When"), QUAY_TABLE_QUIET | QUAY_TABLE_SPARE, 20, bind_when,
                  NULL);
  quay_table_add (page->table, _ ("State"), QUAY_TABLE_BADGE, 8, bind_state, page);
  g_signal_connect (page->table, "activate", G_CALLBACK (activate_cb), page);
  g_signal_connect (quay_table_get_selection (page->table), "notify::selected",
                    G_CALLBACK (selected_cb), page);
  return quay_ui_table_card (page->table);
}

static GtkWidget *
build_side (QuayPromotionsPage *page)
{
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_add_css_class (side, "side-pane");
  page->name = quay_ui_wrapped_label (NULL, "heading", 40, 3);
  page->about = quay_ui_wrapped_label (NULL, "dim num", 44, 6);
  page->n_cheaper = quay_ui_label (NULL, "form-title");
  page->cheaper = quay_table_new (_ ("What gets cheaper"), G_LIST_MODEL (page->preview));
  quay_table_add (page->cheaper, _ ("Product"), QUAY_TABLE_EXPAND, 16, bind_product, NULL);
  quay_table_add (page->cheaper, _ ("Before"), QUAY_TABLE_NUMBER | QUAY_TABLE_QUIET, 8, bind_before,
                  NULL);
  quay_table_add (page->cheaper, _ ("After"), QUAY_TABLE_NUMBER | QUAY_TABLE_STRONG, 8, bind_after,
                  NULL);
  GtkWidget *scrolled = quay_ui_scrolled (page->cheaper);
  gtk_widget_set_vexpand (scrolled, TRUE);
  GtkWidget *texts[] = { page->name, page->about, page->n_cheaper };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gtk_widget_set_margin_start (texts[i], 12);
      gtk_widget_set_margin_end (texts[i], 12);
      gtk_widget_set_margin_top (texts[i], i == 1 ? 0 : 8);
      gtk_box_append (GTK_BOX (side), texts[i]);
    }
  gtk_box_append (GTK_BOX (side), scrolled);
  return side;
}

static void
build (QuayPromotionsPage *page)
{
  GtkWidget *both = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  page->stack = gtk_stack_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (page), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (page), 10);
  gtk_box_append (GTK_BOX (page), build_bar (page));
  GtkWidget *table = build_table (page);
  gtk_widget_set_hexpand (table, TRUE);
  gtk_box_append (GTK_BOX (both), table);
  gtk_box_append (GTK_BOX (both), build_side (page));
  gtk_stack_add_named (GTK_STACK (page->stack), both, "list");
  gtk_stack_add_named (
      GTK_STACK (page->stack),
      quay_ui_empty ("tags", _ ("No promotions"),
                     _ ("Percent or amount off, buy some get some, more is cheaper, goods that "
                        "expire soon: the till works it out at each scan.")),
      "empty");
  gtk_widget_set_vexpand (page->stack, TRUE);
  gtk_box_append (GTK_BOX (page), page->stack);
}

static void
quay_promotions_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (quay_promotions_page_parent_class)->map (widget);
  read_list (QUAY_PROMOTIONS_PAGE (widget));
}

static gboolean
quay_promotions_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
}

static void
quay_promotions_page_dispose (GObject *object)
{
  QuayPromotionsPage *page = QUAY_PROMOTIONS_PAGE (object);
  g_clear_handle_id (&page->preview_timer, g_source_remove);
  if (page->till != NULL)
    g_clear_signal_handler (&page->items_changed, page->till);
  if (page->model != NULL)
    quay_row_model_set (page->model, NULL);
  if (page->preview != NULL)
    quay_row_model_set (page->preview, NULL);
  g_clear_object (&page->model);
  g_clear_object (&page->preview);
  g_clear_object (&page->till);
  G_OBJECT_CLASS (quay_promotions_page_parent_class)->dispose (object);
}

static void
quay_promotions_page_class_init (QuayPromotionsPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = quay_promotions_page_dispose;
  widget_class->map = quay_promotions_page_map;
  widget_class->grab_focus = quay_promotions_page_grab_focus;
  gtk_widget_class_install_action (widget_class, "promotions.new", NULL, new_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "promotions.new",
                                       NULL);
}

static void
quay_promotions_page_init (QuayPromotionsPage *page)
{
  page->model = quay_row_model_new ();
  page->preview = quay_row_model_new ();
}

GtkWidget *
quay_promotions_page_new (QuayTill *till)
{
  QuayPromotionsPage *page = g_object_new (QUAY_TYPE_PROMOTIONS_PAGE, NULL);
  page->till = g_object_ref (till);
  build (page);
  page->items_changed =
      g_signal_connect (till, "items-changed", G_CALLBACK (items_changed_cb), page);
  return GTK_WIDGET (page);
}
