/* Each choice is kept at once, as a fact of the shop, and says what it changes. Main thread. */
#include "quay-rules-card.h"

#include "quay-form.h"
#include "quay-ui.h"

struct _QuayRulesCard
{
  GtkBox parent_instance;
  QuayTill *till; /* owned */
  GtkWidget *method;
  GtkWidget *method_hint;
  GtkWidget *rounding;
  GtkWidget *cutoff;
  GtkWidget *points;
  GtkWidget *worth;
  GtkWidget *keep;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (QuayRulesCard, quay_rules_card, GTK_TYPE_BOX)

static const char *const METHODS[] = { "deduction", "direct", "none", NULL };
static const char *const ROUNDINGS[] = { "0", "500", "1000", NULL };
static const char *const POINTS[] = { "0", "10000", "20000", "50000", "100000", NULL };
static const char *const WORTHS[] = { "0", "100", "200", "500", "1000", NULL };
static const char *const MONTHS[] = { "0", "6", "12", "24", "36", NULL };
static const char *const CUTOFFS[] = { "0", "60", "120", "180", "240", "300", "360", NULL };

static void
show_hint (QuayRulesCard *card)
{
  const char *hints[] = {
    _ ("Receipts show the VAT in the price by rate, and what the goods cost without it."),
    _ ("Receipts name no VAT: it is a share of the turnover that the shop pays itself. The figures "
       "still show the rates of the goods."),
    _ ("The shop pays no VAT, and receipts name none."),
  };
  const char *method = quay_form_get_choice (card->method);
  for (guint i = 0; METHODS[i] != NULL; i++)
    if (g_str_equal (METHODS[i], method))
      quay_ui_set_text (card->method_hint, hints[i]);
}

static void
fill_one (QuayRulesCard *card, GtkWidget *choice, const char *key)
{
  g_autofree char *value = quay_till_get_setting (card->till, key);
  if (value != NULL)
    quay_form_set_choice (choice, value);
}

static void
fill (QuayRulesCard *card)
{
  card->filling = TRUE;
  fill_one (card, card->method, "shop.tax_method");
  fill_one (card, card->rounding, "shop.cash_rounding");
  fill_one (card, card->cutoff, "shop.cutoff");
  fill_one (card, card->points, "shop.points");
  fill_one (card, card->worth, "shop.point_worth");
  fill_one (card, card->keep, "shop.keep_months");
  card->filling = FALSE;
  show_hint (card);
}

static void
choice_cb (GtkWidget *choice, GParamSpec *pspec, QuayRulesCard *card)
{
  g_autoptr (GError) error = NULL;
  const char *key = choice == card->method     ? "shop.tax_method"
                    : choice == card->rounding ? "shop.cash_rounding"
                    : choice == card->points   ? "shop.points"
                    : choice == card->worth    ? "shop.point_worth"
                    : choice == card->keep     ? "shop.keep_months"
                                               : "shop.cutoff";
  if (card->filling)
    return;
  if (!quay_till_set_setting (card->till, key, quay_form_get_choice (choice), &error))
    {
      quay_ui_show_error (GTK_WIDGET (card), _ ("The setting was not kept"), error);
      fill (card);
    }
  show_hint (card);
}

static GtkWidget *
add_choice (QuayRulesCard *card, const char *title, const char *const *codes,
            const char *const *names, const char *hint)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *choice = quay_ui_choice (title, names);
  gtk_widget_add_css_class (row, "form-row");
  quay_form_fill_choice (choice, codes, names);
  gtk_box_append (GTK_BOX (row), quay_ui_label (title, "form-title"));
  gtk_box_append (GTK_BOX (row), choice);
  if (hint != NULL)
    gtk_box_append (GTK_BOX (row), quay_ui_wrapped_label (hint, "meta", 56, 3));
  gtk_box_append (GTK_BOX (card), row);
  g_signal_connect (choice, "notify::selected", G_CALLBACK (choice_cb), card);
  return choice;
}

static void
quay_rules_card_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (quay_rules_card_parent_class)->map (widget);
  fill (QUAY_RULES_CARD (widget));
}

static void
quay_rules_card_dispose (GObject *object)
{
  g_clear_object (&QUAY_RULES_CARD (object)->till);
  G_OBJECT_CLASS (quay_rules_card_parent_class)->dispose (object);
}

static void
quay_rules_card_class_init (QuayRulesCardClass *class)
{
  G_OBJECT_CLASS (class)->dispose = quay_rules_card_dispose;
  GTK_WIDGET_CLASS (class)->map = quay_rules_card_map;
}

static void
quay_rules_card_init (QuayRulesCard *card)
{
  static const char *const hours[] = {
    "0:00", "1:00", "2:00", "3:00", "4:00", "5:00", "6:00", NULL
  };
  const char *methods[] = { _ ("By deduction"), _ ("Directly, on turnover"), _ ("No VAT"), NULL };
  const char *steps[] = { _ ("Not at all"), "500 ₫", "1.000 ₫", NULL };
  const char *points[] = { _ ("No points"), "10.000 ₫", "20.000 ₫", "50.000 ₫", "100.000 ₫", NULL };
  const char *worths[] = { _ ("Nothing"), "100 ₫", "200 ₫", "500 ₫", "1.000 ₫", NULL };
  const char *months[] = { _ ("Never"),     _ ("6 months"),  _ ("12 months"),
                           _ ("24 months"), _ ("36 months"), NULL };
  gtk_orientable_set_orientation (GTK_ORIENTABLE (card), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (card), 10);
  gtk_widget_add_css_class (GTK_WIDGET (card), "section");
  card->filling = TRUE;
  gtk_box_append (GTK_BOX (card), quay_ui_label (_ ("How the shop reckons"), "heading"));
  card->method = add_choice (card, _ ("How VAT is paid"), METHODS, methods, NULL);
  card->method_hint = quay_ui_wrapped_label (NULL, "meta", 56, 4);
  quay_ui_set_id (card->method_hint, "tax-hint");
  gtk_box_append (GTK_BOX (card), card->method_hint);
  card->rounding = add_choice (card, _ ("Cash is rounded to"), ROUNDINGS, steps,
                               _ ("What is rounded off is a line of its own on the receipt."));
  card->cutoff = add_choice (card, _ ("The business day begins at"), CUTOFFS, hours,
                             _ ("Sales after midnight count for the day before until then."));
  card->points = add_choice (card, _ ("A customer gets a point for each"), POINTS, points,
                             _ ("Only customers who agreed to it; never for strong drink."));
  card->worth = add_choice (card, _ ("A point pays"), WORTHS, worths, NULL);
  card->keep =
      add_choice (card, _ ("Who gets messages and has not bought is listed after"), MONTHS, months,
                  _ ("To be erased by a manager: Customers, Requests. Never by itself."));
  card->filling = FALSE;
}

GtkWidget *
quay_rules_card_new (QuayTill *till)
{
  QuayRulesCard *card = g_object_new (QUAY_TYPE_RULES_CARD, NULL);
  card->till = g_object_ref (till);
  return GTK_WIDGET (card);
}
