/* The settings page. Choices hold at once; what is typed holds when it is saved, since each setting
 * of the shop is a fact in its journal. Main thread. */
#include "quay-settings-page.h"

#include "quay-backup-card.h"
#include "quay-bank-card.h"
#include "quay-form.h"
#include "quay-label-editor.h"
#include "quay-language.h"
#include "quay-restore-card.h"
#include "quay-rules-card.h"
#include "quay-scan-keys.h"
#include "quay-scan-test.h"
#include "quay-ui.h"
#include "quay-users-card.h"

struct _QuaySettingsPage
{
  GtkBox parent;
  QuayTill *till;
  GtkWidget *name;
  GtkWidget *address;
  GtkWidget *phone;
  GtkWidget *tax_code;
  GtkWidget *thanks;
  GtkWidget *save_shop;
  GtkWidget *till_code;
  GtkWidget *language;
  GtkWidget *printer;
  GtkWidget *receipt_width;
  GtkWidget *folder_line;
  GtkWidget *folder;
  GtkWidget *choose_folder;
  GtkWidget *theme;
  GtkWidget *text_size;
  GtkWidget *touch;
  GtkWidget *sound;
  GtkWidget *scan_gap;
  GtkWidget *scan_min;
  GtkWidget *scan_prefix;
  GtkWidget *scan_suffix;
  GtkWidget *save_scanner;
  GtkWidget *scrolled; /* of the template, which the sections leave */
  GtkWidget *chips;
  GtkWidget *stack;
  GtkWidget *shop_slot;
  GtkWidget *till_slot;
  GtkWidget *backup_slot;
  GtkWidget *bank_slot;
  GtkWidget *about_slot;
  GtkWidget *scanner_slot;
  GtkWidget *labels_slot;
  GtkWidget *test;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (QuaySettingsPage, quay_settings_page, GTK_TYPE_BOX)

/* Settings that are typed, and those that are chosen. */
typedef struct
{
  const char *key;
  gsize at; /* of the widget in the page */
} Bound;

#define AT(member) G_STRUCT_OFFSET (QuaySettingsPage, member)
static const Bound SHOP[] = {
  { "shop.name", AT (name) },     { "shop.address", AT (address) },
  { "shop.phone", AT (phone) },   { "shop.tax_code", AT (tax_code) },
  { "shop.thanks", AT (thanks) },
};
static const Bound SCANNER[] = {
  { "till.scan_gap", AT (scan_gap) },
  { "till.scan_min", AT (scan_min) },
  { "till.scan_prefix", AT (scan_prefix) },
};
static const Bound CHOICES[] = {
  { "till.language", AT (language) },           { "till.printer", AT (printer) },
  { "till.receipt_width", AT (receipt_width) }, { "till.theme", AT (theme) },
  { "till.text_size", AT (text_size) },         { "till.scan_suffix", AT (scan_suffix) },
};

/* Where everything stands: a tab, a column of it, and a section of the template or a card of its
 * own. A card more is a line more. */
typedef struct
{
  const char *tab;
  guint column;
  gsize at; /* 0: made */
  GtkWidget *(*make) (QuayTill *till);
} Card;

static const Card CARDS[] = {
  { "shop", 0, AT (shop_slot), NULL },       { "shop", 1, 0, quay_rules_card_new },
  { "till", 0, AT (till_slot), NULL },       { "till", 1, AT (about_slot), NULL },
  { "bank", 0, AT (bank_slot), NULL },       { "people", 0, 0, quay_users_card_new },
  { "scanner", 0, AT (scanner_slot), NULL }, { "scanner", 1, AT (labels_slot), NULL },
  { "copies", 0, AT (backup_slot), NULL },   { "copies", 1, 0, quay_restore_card_new },
};
static const struct
{
  const char *name;
  const char *text;
} TABS[] = {
  { "shop", N_ ("Shop") },    { "till", N_ ("This till") },  { "bank", N_ ("Accounts") },
  { "people", N_ ("Users") }, { "scanner", N_ ("Scanner") }, { "copies", N_ ("Copies") },
};
#undef AT

static GtkWidget *
widget_of (QuaySettingsPage *page, const Bound *bound)
{
  return G_STRUCT_MEMBER (GtkWidget *, page, bound->at);
}

static gboolean
store (QuaySettingsPage *page, const char *key, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = quay_till_get_setting (page->till, key);
  if (g_strcmp0 (before != NULL ? before : "", value) == 0)
    return TRUE;
  if (quay_till_set_setting (page->till, key, value, &error))
    return TRUE;
  quay_ui_show_error (GTK_WIDGET (page), _ ("The setting was not kept"), error);
  return FALSE;
}

/* Showing */

static void
fill_typed (QuaySettingsPage *page, const Bound *list, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *value = quay_till_get_setting (page->till, list[i].key);
      GtkWidget *entry = widget_of (page, &list[i]);
      gtk_editable_set_text (GTK_EDITABLE (entry), value != NULL ? value : "");
      quay_form_set_fault (entry, NULL);
    }
}

static void
show_folder (QuaySettingsPage *page)
{
  g_autofree char *chosen = quay_till_get_setting (page->till, "till.printer_folder");
  g_autofree char *own = g_build_filename (quay_till_dir (page->till), "receipts", NULL);
  quay_ui_set_text (page->folder, chosen != NULL && chosen[0] != '\0' ? chosen : own);
  gtk_widget_set_visible (page->folder_line,
                          g_str_equal (quay_form_get_choice (page->printer), "folder"));
}

static void
fill (QuaySettingsPage *page)
{
  g_autofree char *label = quay_till_label (page->till);
  page->filling = TRUE;
  fill_typed (page, SHOP, G_N_ELEMENTS (SHOP));
  fill_typed (page, SCANNER, G_N_ELEMENTS (SCANNER));
  for (guint i = 0; i < G_N_ELEMENTS (CHOICES); i++)
    {
      g_autofree char *value = quay_till_get_setting (page->till, CHOICES[i].key);
      quay_form_set_choice (widget_of (page, &CHOICES[i]), value);
    }
  gtk_switch_set_active (GTK_SWITCH (page->touch),
                         quay_till_get_setting_int (page->till, "till.touch", 0) != 0);
  gtk_switch_set_active (GTK_SWITCH (page->sound),
                         quay_till_get_setting_int (page->till, "till.sound", 1) != 0);
  quay_ui_set_text (page->till_code, label);
  show_folder (page);
  page->filling = FALSE;
}

/* Keeping */

static void
choice_cb (GtkWidget *choice, GParamSpec *pspec, QuaySettingsPage *page)
{
  if (page->filling)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (CHOICES); i++)
    if (widget_of (page, &CHOICES[i]) == choice)
      store (page, CHOICES[i].key, quay_form_get_choice (choice));
  show_folder (page);
}

static void
switch_cb (GtkSwitch *toggle, GParamSpec *pspec, QuaySettingsPage *page)
{
  const char *key = GTK_WIDGET (toggle) == page->touch ? "till.touch" : "till.sound";
  if (!page->filling)
    store (page, key, gtk_switch_get_active (toggle) ? "1" : "0");
}

static void
folder_chosen_cb (const char *path, gpointer data)
{
  g_autoptr (QuaySettingsPage) page = data;
  if (path != NULL)
    store (page, "till.printer_folder", path);
  show_folder (page);
}

static void
choose_folder_cb (QuaySettingsPage *page)
{
  quay_ui_choose_file (GTK_WIDGET (page), QUAY_UI_FILE_FOLDER, _ ("Folder for receipts"), NULL,
                       NULL, folder_chosen_cb, g_object_ref (page));
}

static gboolean
store_typed (QuaySettingsPage *page, const Bound *list, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      const char *text = quay_form_text (widget_of (page, &list[i]));
      g_autofree char *value = g_strstrip (g_strdup (text));
      if (!store (page, list[i].key, value))
        return FALSE;
    }
  quay_ui_toast (GTK_WIDGET (page), _ ("Saved."));
  return TRUE;
}

static void
save_shop_cb (QuaySettingsPage *page)
{
  g_autofree char *name = g_strstrip (g_strdup (quay_form_text (page->name)));
  gboolean ok = name[0] != '\0';
  quay_form_set_fault (page->name, ok ? NULL : _ ("This must not be empty."));
  g_autofree char *fault = quay_form_tax_code_fault (quay_form_text (page->tax_code));
  quay_form_set_fault (page->tax_code, fault);
  if (ok && fault == NULL)
    store_typed (page, SHOP, G_N_ELEMENTS (SHOP));
}

/* A whole number of a setting; tells what is allowed otherwise. */
static gboolean
check_number (GtkWidget *entry, gint64 least, gint64 most)
{
  gint64 number;
  g_autofree char *text = g_strstrip (g_strdup (quay_form_text (entry)));
  gboolean ok = g_ascii_string_to_signed (text, 10, least, most, &number, NULL);
  g_autofree char *fault =
      ok ? NULL : g_strdup_printf (_ ("A number from %d to %d."), (int)least, (int)most);
  quay_form_set_fault (entry, fault);
  return ok;
}

static void
save_scanner_cb (QuaySettingsPage *page)
{
  const char *prefix = quay_form_text (page->scan_prefix);
  gboolean sound = strlen (prefix) <= QUAY_SCAN_PREFIX_MAX;
  for (const char *p = prefix; *p != '\0'; p++)
    sound = sound && g_ascii_isgraph (*p);
  gboolean ok = check_number (page->scan_gap, 10, 250);
  ok = check_number (page->scan_min, prefix[0] != '\0' ? 4 : 6, 64) && ok;
  quay_form_set_fault (page->scan_prefix,
                       sound ? NULL : _ ("At most 8 letters, digits or signs without marks."));
  if (ok && sound)
    store_typed (page, SCANNER, G_N_ELEMENTS (SCANNER));
}

static void
scan_cb (GtkWidget *widget, const char *text, gpointer data)
{
  quay_scan_test_scanned (QUAY_SCAN_TEST (QUAY_SETTINGS_PAGE (widget)->test), text);
}

/* Building */

static void
fill_choices (QuaySettingsPage *page)
{
  static const char *const languages[] = { "vi", "en", NULL };
  static const char *const language_names[] = { "Tiếng Việt", "English", NULL };
  static const char *const printers[] = { "none", "folder", NULL };
  static const char *const widths[] = { "80", "58", NULL };
  static const char *const width_names[] = { "80 mm", "58 mm", NULL };
  static const char *const themes[] = { "light", "dark", "contrast", NULL };
  static const char *const sizes[] = { "100", "110", "125", "150", NULL };
  static const char *const size_names[] = { "100 %", "110 %", "125 %", "150 %", NULL };
  static const char *const suffixes[] = { "enter", "tab", "none", NULL };
  const char *printer_names[] = { _ ("Nowhere"), _ ("A folder, as pictures"), NULL };
  const char *theme_names[] = { _ ("Light"), _ ("Dark"), _ ("High contrast"), NULL };
  const char *suffix_names[] = { "Enter", "Tab", _ ("None"), NULL };
  quay_form_fill_choice (page->language, languages, language_names);
  quay_form_fill_choice (page->printer, printers, printer_names);
  quay_form_fill_choice (page->receipt_width, widths, width_names);
  quay_form_fill_choice (page->theme, themes, theme_names);
  quay_form_fill_choice (page->text_size, sizes, size_names);
  quay_form_fill_choice (page->scan_suffix, suffixes, suffix_names);
  for (guint i = 0; i < G_N_ELEMENTS (CHOICES); i++)
    g_signal_connect (widget_of (page, &CHOICES[i]), "notify::selected", G_CALLBACK (choice_cb),
                      page);
}

static void
add_about (QuaySettingsPage *page)
{
  g_autofree char *version = g_strdup_printf (_ ("Quầy, version %s"), QUAY_VERSION);
  g_autofree char *where =
      g_strdup_printf (_ ("The shop is kept in %s"), quay_till_dir (page->till));
  gtk_box_append (GTK_BOX (page->about_slot), quay_ui_label (version, NULL));
  gtk_box_append (GTK_BOX (page->about_slot), quay_ui_wrapped_label (where, "meta", 70, 3));
  gtk_box_append (GTK_BOX (page->about_slot),
                  quay_ui_wrapped_label (_ ("Icons: Bootstrap Icons (MIT). Font: Inter (OFL)."),
                                         "meta", 70, 2));
}

/* Tabs */

static void
go_to (QuaySettingsPage *page, guint tab)
{
  if (tab >= G_N_ELEMENTS (TABS))
    return;
  GtkWidget *chip = gtk_widget_get_first_child (page->chips);
  for (guint i = 0; i < tab; i++)
    chip = gtk_widget_get_next_sibling (chip);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), TRUE);
}

static void
chip_cb (GtkToggleButton *chip, QuaySettingsPage *page)
{
  const char *name = g_object_get_data (G_OBJECT (chip), "quay-tab");
  if (gtk_toggle_button_get_active (chip))
    quay_ui_stack_show (page->stack, gtk_stack_get_child_by_name (GTK_STACK (page->stack), name));
}

static void
step_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  QuaySettingsPage *page = QUAY_SETTINGS_PAGE (widget);
  const char *shown = gtk_stack_get_visible_child_name (GTK_STACK (page->stack));
  guint now = 0;
  while (now < G_N_ELEMENTS (TABS) - 1 && g_strcmp0 (TABS[now].name, shown) != 0)
    now++;
  go_to (page, now + (guint)g_variant_get_int32 (parameter));
}

/* Sections leave the template's one page for the columns of their tabs. */
static void
place_card (QuaySettingsPage *page, const Card *card, GtkWidget *const columns[2])
{
  GtkWidget *widget =
      card->make != NULL ? card->make (page->till) : G_STRUCT_MEMBER (GtkWidget *, page, card->at);
  g_object_ref (widget);
  if (card->make == NULL)
    gtk_box_remove (GTK_BOX (gtk_widget_get_parent (widget)), widget);
  gtk_box_append (GTK_BOX (columns[card->column]), widget);
  g_object_unref (widget);
}

static void
add_tab (QuaySettingsPage *page, guint tab)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  GtkWidget *columns[2];
  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  for (guint i = 0; i < 2; i++)
    {
      columns[i] = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
      gtk_widget_set_valign (columns[i], GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (box), columns[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (CARDS); i++)
    if (g_str_equal (CARDS[i].tab, TABS[tab].name))
      place_card (page, &CARDS[i], columns);
  gtk_stack_add_named (GTK_STACK (page->stack), quay_ui_scrolled (box), TABS[tab].name);
}

static void
add_tabs (QuaySettingsPage *page)
{
  GtkWidget *group = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (TABS); i++)
    {
      GtkWidget *chip = gtk_toggle_button_new_with_label (_ (TABS[i].text));
      g_autofree char *id = g_strdup_printf ("tab-%s", TABS[i].name);
      add_tab (page, i);
      quay_ui_set_id (chip, id);
      gtk_widget_add_css_class (chip, "chip");
      g_object_set_data (G_OBJECT (chip), "quay-tab", (gpointer)TABS[i].name);
      if (group != NULL)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (chip), GTK_TOGGLE_BUTTON (group));
      group = group != NULL ? group : chip;
      g_signal_connect (chip, "toggled", G_CALLBACK (chip_cb), page);
      gtk_box_append (GTK_BOX (page->chips), chip);
    }
  gtk_box_remove (GTK_BOX (page), page->scrolled);
  gtk_widget_set_vexpand (page->stack, TRUE);
  gtk_box_append (GTK_BOX (page), page->stack);
  go_to (page, 0);
}

static void
quay_settings_page_map (GtkWidget *widget)
{
  QuaySettingsPage *page = QUAY_SETTINGS_PAGE (widget);
  GTK_WIDGET_CLASS (quay_settings_page_parent_class)->map (widget);
  fill (page);
}

static gboolean
quay_settings_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (
      gtk_stack_get_visible_child (GTK_STACK (QUAY_SETTINGS_PAGE (widget)->stack)),
      GTK_DIR_TAB_FORWARD);
}

static void
quay_settings_page_dispose (GObject *object)
{
  g_clear_object (&QUAY_SETTINGS_PAGE (object)->till);
  G_OBJECT_CLASS (quay_settings_page_parent_class)->dispose (object);
}

#define BIND(member) gtk_widget_class_bind_template_child (widget, QuaySettingsPage, member)

static void
quay_settings_page_class_init (QuaySettingsPageClass *class)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = quay_settings_page_dispose;
  widget->map = quay_settings_page_map;
  widget->grab_focus = quay_settings_page_grab_focus;
  gtk_widget_class_install_action (widget, "settings.step", "i", step_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Page_Up, GDK_CONTROL_MASK, "settings.step",
                                       "i", -1);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Page_Down, GDK_CONTROL_MASK, "settings.step",
                                       "i", 1);
  gtk_widget_class_set_template_from_resource (widget, "/vn/quay/Quay/quay-settings-page.ui");
  BIND (name);
  BIND (address);
  BIND (phone);
  BIND (tax_code);
  BIND (thanks);
  BIND (save_shop);
  BIND (till_code);
  BIND (language);
  BIND (printer);
  BIND (receipt_width);
  BIND (folder_line);
  BIND (folder);
  BIND (choose_folder);
  BIND (theme);
  BIND (text_size);
  BIND (touch);
  BIND (sound);
  BIND (scan_gap);
  BIND (scan_min);
  BIND (scan_prefix);
  BIND (scan_suffix);
  BIND (save_scanner);
  BIND (scrolled);
  BIND (shop_slot);
  BIND (till_slot);
  BIND (backup_slot);
  BIND (bank_slot);
  BIND (about_slot);
  BIND (scanner_slot);
  BIND (labels_slot);
}
#undef BIND

static void
quay_settings_page_init (QuaySettingsPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  quay_form_prepare (GTK_WIDGET (page));
  page->chips = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  page->stack = gtk_stack_new ();
  GtkWidget *header = quay_ui_page_header (_ ("Settings"));
  quay_ui_page_header_add (header, page->chips);
  gtk_box_prepend (GTK_BOX (page), header);
}

GtkWidget *
quay_settings_page_new (QuayTill *till)
{
  QuaySettingsPage *page = g_object_new (QUAY_TYPE_SETTINGS_PAGE, NULL);
  page->till = g_object_ref (till);
  fill_choices (page);
  page->test = quay_scan_test_new ();
  gtk_box_append (GTK_BOX (page->scanner_slot), page->test);
  gtk_box_append (GTK_BOX (page->labels_slot), quay_label_editor_new (till));
  gtk_box_append (GTK_BOX (page->bank_slot), quay_bank_card_new (till));
  gtk_box_append (GTK_BOX (page->backup_slot), quay_backup_card_new (till));
  add_about (page);
  add_tabs (page);
  g_signal_connect_swapped (page->save_shop, "clicked", G_CALLBACK (save_shop_cb), page);
  g_signal_connect_swapped (page->save_scanner, "clicked", G_CALLBACK (save_scanner_cb), page);
  g_signal_connect_swapped (page->choose_folder, "clicked", G_CALLBACK (choose_folder_cb), page);
  g_signal_connect (page->touch, "notify::active", G_CALLBACK (switch_cb), page);
  g_signal_connect (page->sound, "notify::active", G_CALLBACK (switch_cb), page);
  quay_ui_take_scans (GTK_WIDGET (page), scan_cb, NULL);
  return GTK_WIDGET (page);
}
