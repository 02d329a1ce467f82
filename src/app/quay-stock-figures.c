/* The figures over the table of stock. Main thread. */
#include "quay-stock-figures.h"

#include "quay-ui.h"

typedef struct
{
  GtkWidget *button;
  GtkWidget *figure;
  GtkWidget *note;
} Figure;

enum
{
  VALUE,
  SHORT,
  SOON,
  CERTIFICATE,
  N_FIGURES
};

static const guint states[N_FIGURES] = { 0, QUAY_SHELF_SHORT, QUAY_SHELF_SOON,
                                         QUAY_SHELF_CERTIFICATE };

struct _QuayStockFigures
{
  GtkBox parent_instance;

  Figure figures[N_FIGURES];
};

enum
{
  PRESSED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (QuayStockFigures, quay_stock_figures, GTK_TYPE_BOX)

static void
show_figure (Figure *figure, const char *text, const char *class, gboolean on)
{
  quay_ui_set_text (figure->figure, text);
  quay_ui_toggle_class (figure->figure, class, on);
}

void
quay_stock_figures_show (QuayStockFigures *self, const QuayShelfSums *sums)
{
  g_autofree char *value = quay_format_money (sums->value, QUAY_MONEY_SIGN);
  g_autofree char *consigned = quay_format_money (sums->consigned, QUAY_MONEY_SIGN);
  g_autofree char *note = g_strdup_printf (_ ("of that consigned %s"), consigned);
  g_autofree char *n = quay_format_money (QUAY_DONG (sums->shorts), QUAY_MONEY_BARE);
  g_autofree char *shorts =
      g_strdup_printf (ngettext ("%s product", "%s products", sums->shorts), n);
  g_autofree char *m = quay_format_money (QUAY_DONG (sums->soon), QUAY_MONEY_BARE);
  g_autofree char *soon = g_strdup_printf (ngettext ("%s lot", "%s lots", sums->soon), m);
  g_autofree char *k = quay_format_money (QUAY_DONG (sums->certificates), QUAY_MONEY_BARE);
  quay_ui_set_text (self->figures[VALUE].figure, value);
  quay_ui_set_text (self->figures[VALUE].note, note);
  show_figure (&self->figures[SHORT], shorts, "bad-text", sums->shorts > 0);
  show_figure (&self->figures[SOON], soon, "warn-text", sums->soon > 0);
  show_figure (&self->figures[CERTIFICATE], k, "warn-text", sums->certificates > 0);
}

void
quay_stock_figures_mark (QuayStockFigures *self, guint state)
{
  for (guint i = 0; i < N_FIGURES; i++)
    quay_ui_toggle_class (self->figures[i].button, "on", state != 0 && states[i] == state);
}

static void
clicked_cb (GtkWidget *button, QuayStockFigures *self)
{
  for (guint i = 0; i < N_FIGURES; i++)
    if (self->figures[i].button == button)
      g_signal_emit (self, signals[PRESSED], 0, states[i]);
}

static void
add_figure (QuayStockFigures *self, guint at, const char *title, const char *note, const char *id)
{
  Figure *figure = &self->figures[at];
  GtkWidget *inside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  figure->figure = quay_ui_label ("…", "figure num");
  figure->note = quay_ui_label (note, "meta num");
  gtk_box_append (GTK_BOX (inside), quay_ui_label (title, "dim"));
  gtk_box_append (GTK_BOX (inside), figure->figure);
  gtk_box_append (GTK_BOX (inside), figure->note);
  quay_ui_set_id (figure->figure, id);
  quay_ui_set_description (figure->figure, title);
  figure->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (figure->button), inside);
  gtk_widget_set_focus_on_click (figure->button, FALSE);
  gtk_widget_add_css_class (figure->button, "figure-card");
  quay_ui_set_label (figure->button, title);
  g_signal_connect (figure->button, "clicked", G_CALLBACK (clicked_cb), self);
  gtk_box_append (GTK_BOX (self), figure->button);
}

static void
quay_stock_figures_class_init (QuayStockFiguresClass *class)
{
  signals[PRESSED] = g_signal_new ("pressed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
quay_stock_figures_init (QuayStockFigures *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 10);
  gtk_box_set_homogeneous (GTK_BOX (self), TRUE);
  add_figure (self, VALUE, _ ("Value of stock"), " ", "stock-value");
  add_figure (self, SHORT, _ ("Running out"), _ ("below the minimum"), "stock-short");
  add_figure (self, SOON, _ ("Near expiry"), _ ("within 30 days"), "stock-soon");
  add_figure (self, CERTIFICATE, _ ("OCOP near its end"), _ ("within 90 days"),
              "stock-certificates");
}

GtkWidget *
quay_stock_figures_new (void)
{
  return g_object_new (QUAY_TYPE_STOCK_FIGURES, NULL);
}
