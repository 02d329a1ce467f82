/* The form of a product. One table says which control of the template holds which member of
 * QuayItemEdit: filling, reading, comparing and placing refusals all walk it. Only what the user
 * changed is handed to the till. Main thread. */
#include "quay-item-form.h"

#include "quay-basket-card.h"
#include "quay-catalog-columns.h"
#include "quay-code-list.h"
#include "quay-form.h"
#include "quay-language.h"
#include "quay-overlay.h"
#include "quay-picture-field.h"
#include "quay-suggest-entry.h"
#include "quay-ui.h"

typedef enum
{
  FIELD_ENTRY,
  FIELD_MONEY,
  FIELD_QTY,
  FIELD_DAY,
  FIELD_CHOICE,
  FIELD_SUGGEST,
  FIELD_SWITCH,
  FIELD_CODES,
  FIELD_PICTURE,
} FieldKind;

#define AT(member) G_STRUCT_OFFSET (QuayItemEdit, member)
static const struct
{
  const char *name; /* of the member, of the control, of a refusal's column */
  gsize at;
  FieldKind kind;
} FIELDS[] = {
  { "name", AT (name), FIELD_ENTRY },
  { "sku", AT (sku), FIELD_ENTRY },
  { "category", AT (category), FIELD_CHOICE },
  { "producer", AT (producer), FIELD_SUGGEST },
  { "commune", AT (commune), FIELD_SUGGEST },
  { "pack", AT (pack), FIELD_ENTRY },
  { "sold_by", AT (sold_by), FIELD_CHOICE },
  { "unit", AT (unit), FIELD_SUGGEST },
  { "price", AT (price), FIELD_MONEY },
  { "price_from", AT (price_from), FIELD_DAY },
  { "vat_class", AT (vat_class), FIELD_CHOICE },
  { "minimum", AT (minimum), FIELD_QTY },
  { "stock", AT (stock), FIELD_QTY },
  { "barcodes", AT (barcodes), FIELD_CODES },
  { "picture", AT (picture), FIELD_PICTURE },
  { "ocop_stars", AT (ocop_stars), FIELD_CHOICE },
  { "ocop_group", AT (ocop_group), FIELD_ENTRY },
  { "certificate", AT (certificate), FIELD_ENTRY },
  { "certified_on", AT (certified_on), FIELD_DAY },
  { "valid_until", AT (valid_until), FIELD_DAY },
  { "alcohol", AT (alcohol), FIELD_QTY },
  { "active", AT (active), FIELD_SWITCH },
};
#undef AT
#define N_FIELDS G_N_ELEMENTS (FIELDS)

/* Units that goods of such shops are sold in: words of the trade, the same in every language. */
static const char *const UNITS[] = { "gói", "hộp", "túi",  "chai", "lọ", "hũ",  "kg",    "bó",
                                     "cái", "quả", "bánh", "lít",  "bộ", "giỏ", "thùng", NULL };

struct _QuayItemForm
{
  GtkBox parent;
  QuayTill *till;
  QuayId product;
  GtkWidget *controls[N_FIELDS];
  char *shown[N_FIELDS]; /* what each field held when the form was opened */
  GtkWidget *title;
  GtkWidget *fault;
  GtkWidget *price_row;
  GtkWidget *basket; /* what it is made of; hidden for a new product */
};

G_DEFINE_FINAL_TYPE (QuayItemForm, quay_item_form, GTK_TYPE_BOX)

static GtkWidget *
control_of (QuayItemForm *form, const char *name)
{
  for (guint i = 0; i < N_FIELDS; i++)
    if (g_strcmp0 (FIELDS[i].name, name) == 0)
      return form->controls[i];
  return NULL;
}

static char **
member_of (QuayItemEdit *edit, guint field)
{
  return G_STRUCT_MEMBER_P (edit, FIELDS[field].at);
}

/* Fields */

static void
set_money (GtkWidget *entry, const char *text)
{
  QuayMoney amount;
  if (quay_parse_money (text, &amount, NULL))
    quay_ui_money_entry_set (entry, amount);
  else
    gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
set_qty (GtkWidget *entry, const char *text)
{
  QuayQty qty;
  g_autofree char *shown = quay_parse_qty (text, &qty, NULL) ? quay_format_qty (qty, NULL) : NULL;
  gtk_editable_set_text (GTK_EDITABLE (entry), shown != NULL ? shown : text);
}

static void
set_day (GtkWidget *entry, const char *text)
{
  QuayDay day;
  g_autofree char *shown = quay_day_from_text (text, &day) ? quay_day_to_vi (day) : NULL;
  gtk_editable_set_text (GTK_EDITABLE (entry), shown != NULL ? shown : text);
}

static void
fill_field (GtkWidget *control, FieldKind kind, const char *text)
{
  text = text != NULL ? text : "";
  switch (kind)
    {
    case FIELD_ENTRY:
      gtk_editable_set_text (GTK_EDITABLE (control), text);
      break;
    case FIELD_MONEY:
      set_money (control, text);
      break;
    case FIELD_QTY:
      set_qty (control, text);
      break;
    case FIELD_DAY:
      set_day (control, text);
      break;
    case FIELD_CHOICE:
      quay_form_set_choice (control, text);
      break;
    case FIELD_SUGGEST:
      quay_suggest_entry_set_value (QUAY_SUGGEST_ENTRY (control), text);
      break;
    case FIELD_SWITCH:
      gtk_switch_set_active (GTK_SWITCH (control), !g_str_equal (text, "0"));
      break;
    case FIELD_CODES:
      quay_code_list_set_text (QUAY_CODE_LIST (control), text);
      break;
    case FIELD_PICTURE:
      quay_picture_field_set_name (QUAY_PICTURE_FIELD (control), text);
      break;
    }
}

static char *
read_field (GtkWidget *control, FieldKind kind)
{
  switch (kind)
    {
    case FIELD_CHOICE:
      return g_strdup (quay_form_get_choice (control));
    case FIELD_SUGGEST:
      return quay_suggest_entry_dup_value (QUAY_SUGGEST_ENTRY (control));
    case FIELD_SWITCH:
      return g_strdup (gtk_switch_get_active (GTK_SWITCH (control)) ? "1" : "0");
    case FIELD_CODES:
      return quay_code_list_dup_text (QUAY_CODE_LIST (control));
    case FIELD_PICTURE:
      return g_strdup (quay_picture_field_get_name (QUAY_PICTURE_FIELD (control)));
    case FIELD_ENTRY:
    case FIELD_MONEY:
    case FIELD_QTY:
    case FIELD_DAY:
      break;
    }
  return g_strstrip (g_strdup (quay_form_text (control)));
}

static gboolean
is_changed (QuayItemForm *form)
{
  for (guint i = 0; i < N_FIELDS; i++)
    {
      g_autofree char *now = read_field (form->controls[i], FIELDS[i].kind);
      if (g_strcmp0 (now, form->shown[i]) != 0)
        return TRUE;
    }
  return FALSE;
}

/* Saving */

/* Only what was changed; of a new product everything that is not empty. */
static QuayItemEdit *
collect (QuayItemForm *form)
{
  gboolean new_one = quay_id_is_nil (&form->product);
  gboolean price_day_changed = FALSE;
  QuayItemEdit *edit = quay_item_edit_new ();
  for (guint i = 0; i < N_FIELDS; i++)
    {
      g_autofree char *now = read_field (form->controls[i], FIELDS[i].kind);
      gboolean changed = g_strcmp0 (now, form->shown[i]) != 0;
      if (FIELDS[i].kind == FIELD_DAY && g_str_equal (FIELDS[i].name, "price_from"))
        price_day_changed = changed;
      if (changed || (new_one && now[0] != '\0'))
        *member_of (edit, i) = g_steal_pointer (&now);
    }
  /* A new day alone means the same price from that day. */
  if (price_day_changed && edit->price == NULL)
    edit->price = read_field (control_of (form, "price"), FIELD_MONEY);
  return edit;
}

static void
clear_faults (QuayItemForm *form)
{
  for (guint i = 0; i < N_FIELDS; i++)
    quay_form_set_fault (form->controls[i], NULL);
  gtk_widget_set_visible (form->fault, FALSE);
}

/* The form does not know this column: the reason goes to the foot. */
static void
show_general_fault (QuayItemForm *form, const char *text)
{
  g_autofree char *marked = g_strconcat ("⚠ ", text, NULL);
  quay_ui_set_text (form->fault, marked);
  gtk_widget_set_visible (form->fault, TRUE);
}

static void
show_refusals (QuayItemForm *form, GPtrArray *refusals)
{
  GtkWidget *first = NULL;
  for (guint i = 0; i < refusals->len; i++)
    {
      const QuayRefusal *refusal = refusals->pdata[i];
      g_autofree char *text = quay_form_refusal_text (refusal);
      GtkWidget *control = control_of (form, refusal->column);
      if (control != NULL)
        quay_form_set_fault (control, text);
      else
        show_general_fault (form, text);
    }
  for (guint i = 0; i < N_FIELDS && first == NULL; i++)
    if (gtk_widget_has_css_class (form->controls[i], "bad"))
      first = form->controls[i];
  if (first != NULL)
    gtk_widget_grab_focus (first);
}

static void
save_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  QuayItemForm *form = QUAY_ITEM_FORM (widget);
  g_autoptr (QuayItemEdit) edit = collect (form);
  g_autoptr (GPtrArray) refusals = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup (quay_form_text (control_of (form, "name")));
  clear_faults (form);
  if (!quay_till_save_item (form->till, &form->product, edit, &refusals, &error))
    {
      if (refusals != NULL && refusals->len > 0)
        show_refusals (form, refusals);
      else
        quay_ui_show_error (widget, _ ("The product was not saved"), error);
      return;
    }
  g_autofree char *text = g_strdup_printf (_ ("Saved: %s"), name);
  quay_ui_toast (widget, text);
  quay_ui_close_card (widget);
}

static void
leave_answer_cb (gboolean yes, gpointer data)
{
  g_autoptr (QuayItemForm) form = data;
  if (yes)
    quay_ui_close_card (GTK_WIDGET (form));
}

static gboolean
cancel_cb (GtkWidget *card, gpointer data)
{
  QuayItemForm *form = QUAY_ITEM_FORM (card);
  if (!is_changed (form))
    return FALSE;
  quay_ui_confirm (card, _ ("Leave without saving?"),
                   _ ("What you changed in this product will be lost."), _ ("Leave"),
                   _ ("Go on editing"), TRUE, leave_answer_cb, g_object_ref (form));
  return TRUE;
}

static void
close_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (!cancel_cb (widget, NULL))
    quay_ui_close_card (widget);
}

static void
scan_cb (GtkWidget *widget, const char *text, gpointer data)
{
  QuayItemForm *form = QUAY_ITEM_FORM (widget);
  quay_code_list_add (QUAY_CODE_LIST (control_of (form, "barcodes")), text);
}

/* Choices */

static void
fill_vat_classes (QuayItemForm *form)
{
  g_autoptr (GPtrArray) classes = quay_till_vat_classes (form->till, quay_language_get ());
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  /* No class is proposed: which one holds is a matter of tax law, not of habit. */
  g_strv_builder_add (codes, "");
  g_strv_builder_add (names, _ ("Choose…"));
  for (guint i = 0; classes != NULL && i < classes->len; i++)
    {
      const QuayReportRow *row = classes->pdata[i];
      g_autofree char *rate =
          row->count < 0 ? g_strdup (_ ("no VAT")) : quay_format_percent (row->count);
      g_autofree char *text = g_strdup_printf ("%s · %s", rate, row->name);
      g_strv_builder_add (codes, row->key);
      g_strv_builder_add (names, text);
    }
  g_auto (GStrv) code_list = g_strv_builder_end (codes);
  g_auto (GStrv) name_list = g_strv_builder_end (names);
  quay_form_fill_choice (control_of (form, "vat_class"), (const char *const *)code_list,
                         (const char *const *)name_list);
}

static void
fill_categories (QuayItemForm *form)
{
  g_autoptr (GPtrArray) categories = quay_till_all_categories (form->till);
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_strv_builder_add (codes, "");
  g_strv_builder_add (names, _ ("None"));
  for (guint i = 0; categories != NULL && i < categories->len; i++)
    {
      const QuayCategory *category = categories->pdata[i];
      g_strv_builder_add (codes, category->code);
      g_strv_builder_add (names, quay_catalog_category_name (category));
    }
  g_auto (GStrv) code_list = g_strv_builder_end (codes);
  g_auto (GStrv) name_list = g_strv_builder_end (names);
  quay_form_fill_choice (control_of (form, "category"), (const char *const *)code_list,
                         (const char *const *)name_list);
}

/* By name; two of one name are told apart by their codes. */
static void
fill_communes (QuayItemForm *form)
{
  g_autoptr (GPtrArray) communes = quay_till_communes (form->till);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  for (guint i = 0; i < communes->len; i++)
    {
      const QuayReportRow *row = communes->pdata[i];
      g_autofree char *name = g_hash_table_add (seen, row->name)
                                  ? g_strdup (row->name)
                                  : g_strdup_printf ("%s (%s)", row->name, row->key);
      g_strv_builder_add (codes, row->key);
      g_strv_builder_add (names, name);
    }
  g_auto (GStrv) code_list = g_strv_builder_end (codes);
  g_auto (GStrv) name_list = g_strv_builder_end (names);
  quay_suggest_entry_set_coded (QUAY_SUGGEST_ENTRY (control_of (form, "commune")),
                                (const char *const *)code_list, (const char *const *)name_list);
}

static void
fill_choices (QuayItemForm *form)
{
  static const char *const sold_by[] = { "piece", "weight", NULL };
  static const char *const stars[] = { "", "3", "4", "5", NULL };
  const char *sold_by_names[] = { _ ("By the piece"), _ ("By weight"), NULL };
  const char *star_names[] = { _ ("None"), "★★★ 3", "★★★★ 4", "★★★★★ 5", NULL };
  g_autoptr (GPtrArray) producers = quay_till_producers (form->till);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  for (guint i = 0; producers != NULL && i < producers->len; i++)
    g_strv_builder_add (names, ((QuayReportRow *)producers->pdata[i])->name);
  g_auto (GStrv) name_list = g_strv_builder_end (names);
  quay_suggest_entry_set_values (QUAY_SUGGEST_ENTRY (control_of (form, "producer")),
                                 (const char *const *)name_list);
  quay_suggest_entry_set_values (QUAY_SUGGEST_ENTRY (control_of (form, "unit")), UNITS);
  quay_form_fill_choice (control_of (form, "sold_by"), sold_by, sold_by_names);
  quay_form_fill_choice (control_of (form, "ocop_stars"), stars, star_names);
  fill_vat_classes (form);
  fill_categories (form);
  fill_communes (form);
}

/* Opening */

/* What only a product that is there already has to say. */
static void
show_present (QuayItemForm *form, const QuayItemEdit *edit)
{
  g_autoptr (QuayItem) item = quay_till_item (form->till, &form->product);
  GtkWidget *stock = control_of (form, "stock");
  QuayDay since;
  gtk_widget_set_sensitive (stock, FALSE);
  if (item != NULL)
    {
      g_autofree char *text = quay_format_qty (item->stock, item->unit);
      gtk_editable_set_text (GTK_EDITABLE (stock), text);
    }
  if (edit->price_from != NULL && quay_day_from_text (edit->price_from, &since))
    {
      g_autofree char *day = quay_day_to_vi (since);
      g_autofree char *hint = g_strdup_printf (_ ("Now since %s"), day);
      quay_form_set_hint (control_of (form, "price"), hint);
    }
}

static void
fill (QuayItemForm *form)
{
  gboolean new_one = quay_id_is_nil (&form->product);
  g_autofree char *folder = g_build_filename (quay_till_dir (form->till), "pictures", NULL);
  g_autoptr (QuayItemEdit) edit = NULL;
  if (!new_one)
    edit = quay_till_edit_of (form->till, &form->product);
  if (edit == NULL)
    edit = quay_item_edit_new ();
  if (new_one)
    edit->sold_by = g_strdup ("piece");
  quay_picture_field_set_folder (QUAY_PICTURE_FIELD (control_of (form, "picture")), folder);
  for (guint i = 0; i < N_FIELDS; i++)
    {
      /* The day shown is that of the next price, so it starts empty: from today. */
      gboolean skip = g_str_equal (FIELDS[i].name, "price_from");
      fill_field (form->controls[i], FIELDS[i].kind, skip ? "" : *member_of (edit, i));
    }
  if (!new_one)
    show_present (form, edit);
  quay_form_set_hint (control_of (form, "price_from"), _ ("Empty: from today"));
  quay_ui_set_text (form->title, new_one ? _ ("New product") : edit->name);
  for (guint i = 0; i < N_FIELDS; i++)
    form->shown[i] = read_field (form->controls[i], FIELDS[i].kind);
}

static void
quay_item_form_dispose (GObject *object)
{
  QuayItemForm *form = QUAY_ITEM_FORM (object);
  for (guint i = 0; i < N_FIELDS; i++)
    g_clear_pointer (&form->shown[i], g_free);
  g_clear_object (&form->till);
  G_OBJECT_CLASS (quay_item_form_parent_class)->dispose (object);
}

static void
quay_item_form_class_init (QuayItemFormClass *class)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = quay_item_form_dispose;
  g_type_ensure (QUAY_TYPE_SUGGEST_ENTRY);
  g_type_ensure (QUAY_TYPE_CODE_LIST);
  g_type_ensure (QUAY_TYPE_PICTURE_FIELD);
  gtk_widget_class_set_template_from_resource (widget, "/vn/quay/Quay/quay-item-form.ui");
  gtk_widget_class_bind_template_child (widget, QuayItemForm, title);
  gtk_widget_class_bind_template_child (widget, QuayItemForm, fault);
  gtk_widget_class_bind_template_child (widget, QuayItemForm, price_row);
  for (guint i = 0; i < N_FIELDS; i++)
    if (FIELDS[i].kind != FIELD_MONEY)
      gtk_widget_class_bind_template_child_full (widget, FIELDS[i].name, FALSE,
                                                 (gssize)G_STRUCT_OFFSET (QuayItemForm, controls) +
                                                     (gssize)(i * sizeof (GtkWidget *)));
  gtk_widget_class_install_action (widget, "form.save", NULL, save_cb);
  gtk_widget_class_install_action (widget, "form.close", NULL, close_cb);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_s, GDK_CONTROL_MASK, "form.save", NULL);
}

static void
basket_cb (GtkButton *button, gpointer data)
{
  QuayItemForm *form = data;
  quay_basket_card_open (GTK_WIDGET (form), form->till, &form->product);
}

static void
add_buttons (QuayItemForm *form)
{
  GtkWidget *buttons = quay_ui_card_buttons (GTK_WIDGET (form));
  form->basket = quay_ui_button (NULL, _ ("Made of…"), NULL, "action");
  quay_ui_set_id (form->basket, "form-basket");
  g_signal_connect (form->basket, "clicked", G_CALLBACK (basket_cb), form);
  gtk_box_append (GTK_BOX (buttons), form->basket);
  GtkWidget *cancel = quay_ui_button (NULL, _ ("Cancel"), "Esc", "action");
  GtkWidget *save = quay_ui_button (NULL, _ ("Save"), "Ctrl S", "main");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "form.close");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (save), "form.save");
  quay_ui_set_id (save, "form-save");
  gtk_box_append (GTK_BOX (buttons), cancel);
  gtk_box_append (GTK_BOX (buttons), save);
}

static void
quay_item_form_init (QuayItemForm *form)
{
  gtk_widget_init_template (GTK_WIDGET (form));
  for (guint i = 0; i < N_FIELDS; i++)
    if (FIELDS[i].kind == FIELD_MONEY)
      {
        form->controls[i] = quay_ui_money_entry (_ ("Price with VAT"));
        quay_ui_set_id (form->controls[i], FIELDS[i].name);
        gtk_box_append (GTK_BOX (form->price_row), form->controls[i]);
      }
  quay_form_prepare (GTK_WIDGET (form));
  add_buttons (form);
  quay_overlay_set_cancel (GTK_WIDGET (form), cancel_cb, NULL);
  quay_ui_take_scans (GTK_WIDGET (form), scan_cb, NULL);
}

void
quay_item_form_open (GtkWidget *anywhere, QuayTill *till, const QuayId *product)
{
  QuayItemForm *form = g_object_new (QUAY_TYPE_ITEM_FORM, NULL);
  form->till = g_object_ref (till);
  form->product = product != NULL ? *product : QUAY_ID_NIL;
  gtk_widget_set_visible (form->basket, product != NULL);
  fill_choices (form);
  fill (form);
  quay_ui_set_label (GTK_WIDGET (form), gtk_label_get_text (GTK_LABEL (form->title)));
  quay_ui_show_card (anywhere, GTK_WIDGET (form), control_of (form, "name"));
}
