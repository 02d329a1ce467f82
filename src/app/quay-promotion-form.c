/* The form of a promotion: what, on what, when; below it how many products it makes cheaper. Main
 * thread. */
#include "quay-promotion-form-private.h"

#include "quay-discount-words.h"
#include "quay-error.h"
#include "quay-form.h"
#include "quay-language.h"
#include "quay-suggest-entry.h"
#include "quay-till-catalog.h"
#include "quay-till-partner.h"
#include "quay-ui.h"

#include <string.h>

typedef QuayPromotionForm Form;

static const struct
{
  const char *title;
  const char *wrong; /* the member of a refusal that it shows */
  guint column, row, width;
} ROWS[N_ROWS] = {
  [ROW_NAME] = { N_ ("Name, as printed on the receipt"), "name", 0, 0, 6 },
  [ROW_KIND] = { N_ ("What"), "kind", 0, 1, 2 },
  [ROW_VALUE] = { N_ ("How much"), "value", 2, 1, 3 },
  [ROW_GET] = { N_ ("Get free"), "get", 5, 1, 1 },
  [ROW_SCOPE] = { N_ ("On what"), NULL, 0, 2, 2 },
  [ROW_PRODUCT] = { N_ ("Code of the product"), "target", 2, 2, 4 },
  [ROW_CATEGORY] = { N_ ("Group"), "target", 2, 2, 4 },
  [ROW_PRODUCER] = { N_ ("Producer"), "target", 2, 2, 4 },
  [ROW_GIFT] = { N_ ("Code of the gift"), "gift", 0, 3, 2 },
  [ROW_GIFT_OFF] = { N_ ("Percent off it"), "value", 2, 3, 2 },
  [ROW_MOST] = { N_ ("At most a sale"), "most", 4, 3, 2 },
  [ROW_FROM] = { N_ ("From day"), "from", 0, 4, 2 },
  [ROW_UNTIL] = { N_ ("Until day"), "until", 2, 4, 2 },
  [ROW_HOURS_FROM] = { N_ ("From hour"), "hours", 4, 4, 1 },
  [ROW_HOURS_UNTIL] = { N_ ("Until hour"), "hours", 5, 4, 1 },
};

static void
free_form (gpointer data)
{
  Form *form = data;
  g_object_unref (form->till);
  g_free (form);
}

static guint
chosen (Form *form, guint row)
{
  return gtk_drop_down_get_selected (GTK_DROP_DOWN (form->controls[row]));
}

/* --- answers --- */

static void
show_cheaper (Form *form, const QuayPromotion *p)
{
  guint n;
  g_autoptr (GPtrArray) list = quay_till_preview_promotion (form->till, p, 3, &n);
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_append_printf (text, ngettext ("%u product gets cheaper", "%u products get cheaper", n),
                          n);
  for (guint i = 0; i < list->len; i++)
    {
      const QuayPromoPreview *one = list->pdata[i];
      g_autofree char *before = quay_format_money (one->gross, QUAY_MONEY_BARE);
      g_autofree char *after =
          quay_format_money (QUAY_DONG (one->gross.dong - one->off.dong), QUAY_MONEY_BARE);
      g_string_append_printf (text, "\n%s: %s → %s", one->name, before, after);
    }
  quay_ui_set_text (form->cheaper, text->str);
  quay_ui_toggle_class (form->cheaper, "bad-text", FALSE);
}

static void
preview_cb (GtkWidget *widget, gpointer data)
{
  g_autoptr (QuayPromotion) p = quay_promotion_form_read (data);
  if (p != NULL)
    show_cheaper (data, p);
}

static void
show_refusal (Form *form, const GError *error)
{
  for (guint i = 0; error->code == QUAY_ERROR_INVALID && i < N_ROWS; i++)
    if (g_strcmp0 (ROWS[i].wrong, error->message) == 0 && gtk_widget_get_visible (form->rows[i]))
      {
        quay_promotion_form_fault (form, i, _ ("This can't be so."));
        return;
      }
  quay_ui_show_error (form->card, _ ("The promotion was not saved"), error);
}

/* More than the law allows on ordinary days is told once, also of what is to be switched on later;
 * who saves again has read it. */
static gboolean
must_be_told (Form *form, const QuayPromotion *p)
{
  g_autofree char *source = NULL;
  if (form->told || !quay_till_promotion_is_beyond (form->till, p, &source))
    return FALSE;
  g_autofree char *text = g_strdup_printf (
      _ ("More than half the price is lawful in programmes of the state, in the 30 days before "
         "Tết and for fresh food only (%s). If it is one of these, save again."),
      source);
  form->told = TRUE;
  quay_ui_set_text (form->cheaper, text);
  quay_ui_toggle_class (form->cheaper, "bad-text", TRUE);
  return TRUE;
}

static void
save_cb (GtkWidget *widget, gpointer data)
{
  Form *form = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (QuayPromotion) p = quay_promotion_form_read (form);
  if (p == NULL || must_be_told (form, p))
    return;
  if (!quay_till_save_promotion (form->till, p, &error))
    {
      show_refusal (form, error);
      return;
    }
  quay_ui_toast (form->card, _ ("Saved."));
  if (form->saved != NULL)
    form->saved (&form->id, form->data);
  quay_ui_close_card (form->card);
}

/* --- what is asked depends on what and on what --- */

static void
set_title (GtkWidget *row, const char *title)
{
  GtkWidget *label = gtk_widget_get_first_child (row);
  if (GTK_IS_LABEL (label))
    gtk_label_set_text (GTK_LABEL (label), title);
}

static void
kind_cb (Form *form)
{
  const char *titles[] = {
    _ ("Percent off"),           _ ("Off each"), _ ("Buy"), _ ("From how many: percent; …"),
    _ ("Days left: percent; …"), _ ("Buy")
  };
  guint kind = MIN (chosen (form, ROW_KIND), QUAY_N_PROMO_KINDS - 1u);
  set_title (form->rows[ROW_VALUE], titles[kind]);
  quay_ui_set_label (form->controls[ROW_VALUE], titles[kind]);
  gboolean gift = kind == QUAY_PROMO_GIFT;
  set_title (form->rows[ROW_GET], gift ? _ ("Get") : _ (ROWS[ROW_GET].title));
  gtk_widget_set_visible (form->rows[ROW_GET], kind == QUAY_PROMO_GET || gift);
  gtk_widget_set_visible (form->rows[ROW_GIFT], gift);
  gtk_widget_set_visible (form->rows[ROW_GIFT_OFF], gift);
  gtk_widget_set_visible (form->rows[ROW_MOST], gift);
  gtk_entry_set_placeholder_text (GTK_ENTRY (form->controls[ROW_NAME]),
                                  gift ? _ ("Free with 2 …") : NULL);
  gtk_widget_set_visible (form->together, kind == QUAY_PROMO_GET || kind == QUAY_PROMO_STEPS);
}

static void
scope_cb (Form *form)
{
  guint scope = chosen (form, ROW_SCOPE);
  gtk_widget_set_visible (form->rows[ROW_PRODUCT], scope == QUAY_PROMO_PRODUCT);
  gtk_widget_set_visible (form->rows[ROW_CATEGORY], scope == QUAY_PROMO_CATEGORY);
  gtk_widget_set_visible (form->rows[ROW_PRODUCER], scope == QUAY_PROMO_PRODUCER);
}

/* --- building --- */

static GtkWidget *
make_categories (Form *form, const char *label)
{
  const char *none[] = { NULL };
  GtkWidget *choice = quay_ui_choice (label, none);
  g_autoptr (GPtrArray) all = quay_till_all_categories (form->till);
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  gboolean vi = quay_language_get ()[0] == 'v';
  for (guint i = 0; i < all->len; i++)
    {
      const QuayCategory *category = all->pdata[i];
      g_ptr_array_add (codes, category->code);
      g_ptr_array_add (names, vi ? category->name_vi : category->name_en);
    }
  g_ptr_array_add (codes, NULL);
  g_ptr_array_add (names, NULL);
  quay_form_fill_choice (choice, (const char *const *)(gpointer)codes->pdata,
                         (const char *const *)(gpointer)names->pdata);
  return choice;
}

static GtkWidget *
make_producers (Form *form, const char *label)
{
  GtkWidget *suggest = g_object_new (QUAY_TYPE_SUGGEST_ENTRY, NULL);
  g_autoptr (GPtrArray) all = quay_till_partners (form->till);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (guint i = 0; i < all->len; i++)
    {
      char text[QUAY_ID_TEXT_LEN + 1];
      const QuayPartner *partner = all->pdata[i];
      quay_id_to_text (&partner->id, text);
      g_ptr_array_add (ids, g_strdup (text));
      g_ptr_array_add (names, partner->name);
    }
  g_ptr_array_add (ids, NULL);
  g_ptr_array_add (names, NULL);
  quay_suggest_entry_set_coded (QUAY_SUGGEST_ENTRY (suggest),
                                (const char *const *)(gpointer)ids->pdata,
                                (const char *const *)(gpointer)names->pdata);
  quay_ui_set_label (GTK_WIDGET (quay_suggest_entry_get_entry (QUAY_SUGGEST_ENTRY (suggest))),
                     label);
  return suggest;
}

static GtkWidget *
make_control (Form *form, guint row)
{
  const char *label = _ (ROWS[row].title);
  const char *kinds[] = { _ ("Percent off"),
                          _ ("Amount off"),
                          _ ("Buy some, get some"),
                          _ ("More is cheaper"),
                          _ ("Expires soon"),
                          _ ("Buy this, get that"),
                          NULL };
  const char *scopes[] = { _ ("All products"), _ ("One product"), _ ("A group"), _ ("A producer"),
                           NULL };
  switch (row)
    {
    case ROW_NAME:
      return quay_ui_entry (label);
    case ROW_KIND:
      return quay_ui_choice (label, kinds);
    case ROW_SCOPE:
      return quay_ui_choice (label, scopes);
    case ROW_CATEGORY:
      return make_categories (form, label);
    case ROW_PRODUCER:
      return make_producers (form, label);
    default:
      return quay_ui_code_entry (label);
    }
}

static GtkWidget *
make_grid (Form *form)
{
  GtkWidget *grid = gtk_grid_new ();
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 10);
  for (guint i = 0; i < N_ROWS; i++)
    {
      form->controls[i] = make_control (form, i);
      form->rows[i] = quay_ui_form_row (_ (ROWS[i].title), form->controls[i], NULL);
      gtk_grid_attach (GTK_GRID (grid), form->rows[i], (int)ROWS[i].column, (int)ROWS[i].row,
                       (int)ROWS[i].width, 1);
      if (!GTK_IS_ENTRY (form->controls[i]))
        continue;
      gtk_editable_set_width_chars (GTK_EDITABLE (form->controls[i]), 6);
      g_signal_connect (form->controls[i], "activate", G_CALLBACK (save_cb), form);
    }
  quay_ui_set_id (form->controls[ROW_NAME], "promotion-name");
  quay_ui_set_id (form->controls[ROW_VALUE], "promotion-value");
  quay_ui_set_id (form->controls[ROW_KIND], "promotion-kind");
  quay_ui_set_id (form->controls[ROW_SCOPE], "promotion-scope");
  gtk_entry_set_max_length (GTK_ENTRY (form->controls[ROW_NAME]), 60);
  return grid;
}

static GtkWidget *
make_days (Form *form)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  for (guint i = 0; i < 7; i++)
    {
      form->days[i] = gtk_toggle_button_new_with_label (quay_discount_weekday (i));
      gtk_widget_add_css_class (form->days[i], "chip");
      gtk_box_append (GTK_BOX (box), form->days[i]);
    }
  return quay_ui_form_row (_ ("Only on these days of the week; none: on all"), box, NULL);
}

static void
show (Form *form, guint row, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (form->controls[row]), text != NULL ? text : "");
}

static void
show_day (Form *form, guint row, QuayDay day)
{
  g_autofree char *text = day != 0 ? quay_day_to_vi (day) : NULL;
  show (form, row, text);
}

static void
show_target (Form *form, const QuayPromotion *p)
{
  char text[QUAY_ID_TEXT_LEN + 1];
  quay_id_to_text (&p->target, text);
  if (p->scope == QUAY_PROMO_CATEGORY)
    quay_form_set_choice (form->controls[ROW_CATEGORY], p->category);
  if (p->scope == QUAY_PROMO_PRODUCER)
    quay_suggest_entry_set_value (QUAY_SUGGEST_ENTRY (form->controls[ROW_PRODUCER]), text);
  if (p->scope != QUAY_PROMO_PRODUCT)
    return;
  g_autoptr (QuayItem) item = quay_till_item (form->till, &p->target);
  show (form, ROW_PRODUCT, item != NULL ? item->sku : NULL);
}

static void
show_gift (Form *form, const QuayPromotion *p)
{
  gboolean is = p->kind == QUAY_PROMO_GIFT;
  g_autoptr (QuayItem) item = is ? quay_till_item (form->till, &p->gift) : NULL;
  g_autofree char *off = quay_discount_print_percent (is ? p->value : 10000);
  g_autofree char *most = p->most > 0 ? g_strdup_printf ("%d", (int)p->most) : NULL;
  show (form, ROW_GIFT, item != NULL ? item->sku : NULL);
  show (form, ROW_GIFT_OFF, off);
  show (form, ROW_MOST, most);
}

static void
show_promotion (Form *form, const QuayPromotion *p)
{
  g_autofree char *value = NULL;
  if (p->kind == QUAY_PROMO_PERCENT)
    value = quay_discount_print_percent (p->value);
  else if (p->kind == QUAY_PROMO_AMOUNT)
    value = quay_format_money (QUAY_DONG (p->value), QUAY_MONEY_BARE);
  else if (p->kind == QUAY_PROMO_GET || p->kind == QUAY_PROMO_GIFT)
    value = g_strdup_printf ("%d", (int)p->buy);
  else
    value = quay_promotion_print_steps (p->steps);
  g_autofree char *get = g_strdup_printf ("%d", (int)MAX (p->get, 1));
  show (form, ROW_NAME, p->name);
  show (form, ROW_VALUE, value);
  show (form, ROW_GET, get);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (form->controls[ROW_KIND]), (guint)p->kind);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (form->controls[ROW_SCOPE]), (guint)p->scope);
  show_target (form, p);
  show_gift (form, p);
  show_day (form, ROW_FROM, p->from);
  show_day (form, ROW_UNTIL, p->until);
  g_autofree char *start = quay_discount_print_minute (p->minute_from);
  g_autofree char *end = quay_discount_print_minute (p->minute_until);
  if (p->minute_from != p->minute_until)
    {
      show (form, ROW_HOURS_FROM, start);
      show (form, ROW_HOURS_UNTIL, end);
    }
  for (guint i = 0; i < 7; i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (form->days[i]), (p->weekdays & (1 << i)) != 0);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (form->together), p->together);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (form->lists), p->lists);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (form->active), p->active);
}

static void
add_checks (Form *form)
{
  form->together = gtk_check_button_new_with_label (_ ("Count all products of it together"));
  form->lists = gtk_check_button_new_with_label (_ ("Also with prices of a list"));
  form->active = gtk_check_button_new_with_label (_ ("Switched on"));
  form->cheaper = quay_ui_wrapped_label (NULL, "dim num", 60, 4);
  quay_ui_set_description (form->cheaper, _ ("What gets cheaper"));
  GtkWidget *checks = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  gtk_box_append (GTK_BOX (checks), form->active);
  gtk_box_append (GTK_BOX (checks), form->lists);
  gtk_box_append (GTK_BOX (checks), form->together);
  gtk_box_append (GTK_BOX (form->card), checks);
  gtk_box_append (GTK_BOX (form->card), form->cheaper);
}

static void
add_buttons (Form *form)
{
  GtkWidget *save = quay_ui_card_foot (form->card, _ ("Save"), "Enter");
  GtkWidget *preview = quay_ui_button (NULL, _ ("What gets cheaper?"), NULL, "action");
  quay_ui_set_id (save, "promotion-save");
  g_signal_connect (preview, "clicked", G_CALLBACK (preview_cb), form);
  g_signal_connect (save, "clicked", G_CALLBACK (save_cb), form);
  gtk_box_insert_child_after (GTK_BOX (gtk_widget_get_parent (save)), preview,
                              gtk_widget_get_prev_sibling (save));
}

void
quay_promotion_form_open (GtkWidget *anywhere, QuayTill *till, const QuayPromotion *promotion,
                          QuayPromotionSaved saved, gpointer data)
{
  Form *form = g_new0 (Form, 1);
  g_autoptr (QuayPromotion) empty = quay_promotion_new ();
  form->till = g_object_ref (till);
  form->id = promotion != NULL ? promotion->id : quay_till_new_id (till);
  form->saved = saved;
  form->data = data;
  form->card = quay_ui_card_new (promotion != NULL ? _ ("Promotion") : _ ("New promotion"),
                                 "promotion-form");
  g_object_set_data_full (G_OBJECT (form->card), "quay-form", form, free_form);
  gtk_box_append (GTK_BOX (form->card), make_grid (form));
  gtk_box_append (GTK_BOX (form->card), make_days (form));
  add_checks (form);
  add_buttons (form);
  show_promotion (form, promotion != NULL ? promotion : empty);
  if (promotion == NULL)
    show (form, ROW_VALUE, "");
  kind_cb (form);
  scope_cb (form);
  g_signal_connect_swapped (form->controls[ROW_KIND], "notify::selected", G_CALLBACK (kind_cb),
                            form);
  g_signal_connect_swapped (form->controls[ROW_SCOPE], "notify::selected", G_CALLBACK (scope_cb),
                            form);
  quay_ui_show_card (anywhere, form->card, form->controls[ROW_NAME]);
}
