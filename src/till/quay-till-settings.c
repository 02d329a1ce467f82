/* Settings: those of the shop are events, those of this computer are local; both have defaults in
 * data/params/settings.csv. Read once, kept in memory. Thread: main. */
#include "quay-till-prices-private.h"

#include "quay-error.h"
#include "quay-sheet.h"
#include "quay-till-training.h"

#include <string.h>

gboolean
quay_till_load_defaults (QuayTill *till, GError **error)
{
  g_autoptr (GError) bad = NULL;
  g_autoptr (QuaySheet) sheet = quay_sheet_new_data ("params/settings.csv", error);
  if (sheet == NULL)
    return FALSE;
  till->defaults = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  while (quay_sheet_next (sheet, &bad))
    g_hash_table_insert (till->defaults, g_strdup (quay_sheet_get (sheet, "key")),
                         g_strdup (quay_sheet_get (sheet, "value")));
  if (bad == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&bad));
  return FALSE;
}

static gboolean
floor_is_sound (const char *text, QuayId *floor)
{
  return quay_id_from_text (text, floor) && !quay_id_is_nil (floor);
}

/* The place that is a floor, if the setting that names it makes no sense; nil if there is none. */
static QuayId
find_floor (QuayTill *till)
{
  QuayId floor;
  return quay_reader_find_entity (till->reader, "location", "kind", "floor", &floor) ? floor
                                                                                     : QUAY_ID_NIL;
}

void
quay_till_load_settings (QuayTill *till)
{
  g_autofree char *labels = quay_till_get_setting (till, QUAY_SETTING_LABELS);
  g_autofree char *hosts = quay_till_get_setting (till, QUAY_SETTING_HOSTS);
  g_autofree char *floor = quay_till_get_setting (till, QUAY_SETTING_FLOOR);
  QuayScanRules rules = quay_scan_rules_default ();
  if (labels != NULL && *labels != '\0' && !quay_scan_rules_set_labels (&rules, labels, NULL))
    g_warning ("setting '%s' is unsound and not used", QUAY_SETTING_LABELS);
  if (hosts != NULL && *hosts != '\0' && !quay_scan_rules_set_hosts (&rules, hosts, NULL))
    g_warning ("setting '%s' is unsound and not used", QUAY_SETTING_HOSTS);
  till->rules = rules;
  if (floor == NULL || !floor_is_sound (floor, &till->floor))
    {
      if (floor != NULL)
        g_warning ("setting '%s' is unsound and not used", QUAY_SETTING_FLOOR);
      till->floor = find_floor (till);
    }
  till->cutoff = (int)CLAMP (quay_till_get_setting_int (till, QUAY_SETTING_CUTOFF, 0), 0, 719);
  quay_store_set_cutoff (till->store, till->cutoff);
}

void
quay_till_take_place (QuayTill *till)
{
  QuayId floor;
  g_autofree char *place = quay_till_get_setting (till, QUAY_SETTING_PLACE);
  if (place != NULL && floor_is_sound (place, &floor))
    till->floor = floor;
  if (till->cart != NULL && till->cart->list == NULL)
    quay_till_take_place_list (till);
}

static gboolean
is_local (const char *key)
{
  return g_str_has_prefix (key, "till.");
}

char *
quay_till_get_setting (QuayTill *till, const char *key)
{
  gpointer kept = NULL;
  if (!g_hash_table_lookup_extended (till->settings, key, NULL, &kept))
    {
      g_autofree char *read = is_local (key) ? quay_reader_local (till->reader, key)
                                             : quay_reader_setting (till->reader, key);
      if (quay_reader_has_failed (till->reader))
        return g_strdup (g_hash_table_lookup (till->defaults, key)); /* looked up again next time */
      kept = g_steal_pointer (&read);
      g_hash_table_insert (till->settings, g_strdup (key), kept);
    }
  return g_strdup (kept != NULL ? kept : g_hash_table_lookup (till->defaults, key));
}

gint64
quay_till_get_setting_int (QuayTill *till, const char *key, gint64 fallback)
{
  gint64 number;
  g_autofree char *text = quay_till_get_setting (till, key);
  if (text == NULL || !g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &number, NULL))
    return fallback;
  return number;
}

/* Settings whose value other verbs rely on. */
static gboolean
value_is_sound (const char *key, const char *value, GError **error)
{
  QuayId floor;
  gint64 minutes;
  QuayScanRules rules = quay_scan_rules_default ();
  if (value == NULL)
    return TRUE;
  if (!quay_till_check_text (value, 500, error))
    return FALSE;
  if (strcmp (key, QUAY_SETTING_LABELS) == 0)
    return quay_scan_rules_set_labels (&rules, value, error);
  if (strcmp (key, QUAY_SETTING_HOSTS) == 0)
    return quay_scan_rules_set_hosts (&rules, value, error);
  if ((strcmp (key, QUAY_SETTING_FLOOR) == 0 || strcmp (key, QUAY_SETTING_PLACE) == 0) &&
      !floor_is_sound (value, &floor))
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "'%s' is no place", value);
      return FALSE;
    }
  if (strcmp (key, QUAY_SETTING_CUTOFF) == 0 &&
      !g_ascii_string_to_signed (value, 10, 0, 719, &minutes, NULL))
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "'%s' is no minute before noon", value);
      return FALSE;
    }
  return TRUE;
}

QuayEvent *
quay_till_setting_event (const char *who, const char *key, const char *value)
{
  QuayEvent *event = quay_event_new (QUAY_EVENT_SETTING);
  QuayFacts *body = event->body;
  event->who = g_strdup (who);
  body->code = g_strdup ("shop"); /* one entity, whose facts are the settings */
  body->facts = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_fact_free);
  g_ptr_array_add (body->facts,
                   value != NULL ? quay_fact_new_text (key, value) : quay_fact_new_cleared (key));
  return event;
}

/* Settings of this computer are no events, so the gate does not see them. How the window looks, and
 * what it remembers by itself, is for whoever works. */
static gboolean
may_set_local (QuayTill *till, const char *key, GError **error)
{
  static const char *const free_keys[] = {
    "till.theme",         "till.text_size",    "till.touch",      "till.sound", "till.hide_today",
    "till.stock_columns", "till.labels_sheet", "till.labels_day", NULL,
  };
  if (g_strv_contains (free_keys, key))
    return TRUE;
  gboolean place = strcmp (key, QUAY_SETTING_PLACE) == 0; /* goods go there, and then their sale */
  return quay_till_require (till, place ? QUAY_ACT_STOCK : QUAY_ACT_SETTINGS, 0, error);
}

gboolean
quay_till_set_setting (QuayTill *till, const char *key, const char *value, GError **error)
{
  if (!is_local (key) && !g_str_has_prefix (key, "shop."))
    {
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "no setting '%s'", key);
      return FALSE;
    }
  if (!value_is_sound (key, value, error) || (is_local (key) && !may_set_local (till, key, error)))
    return FALSE;
  g_autoptr (QuayTxn) txn = quay_txn_new ();
  if (is_local (key))
    quay_txn_set_local (txn, key, value);
  else
    quay_txn_add (txn, quay_till_setting_event (till->user, key, value));
  g_autoptr (QuayResult) done = quay_till_commit (till, g_steal_pointer (&txn), error);
  if (done == NULL)
    return FALSE;
  g_hash_table_insert (till->settings, g_strdup (key), g_strdup (value));
  QuayId floor = till->floor;
  quay_till_load_settings (till);
  quay_till_take_place (till);
  if (!quay_id_equal (&floor, &till->floor))
    {
      quay_till_take_place_list (till);
      quay_till_items_moved (till); /* stock is that of another place */
    }
  if (g_str_has_prefix (key, "till.printer") || strcmp (key, QUAY_SETTING_WIDTH) == 0)
    quay_till_open_printer (till);
  quay_till_emit_settings (till);
  return TRUE;
}

QuayShop *
quay_till_shop (QuayTill *till)
{
  QuayShop *shop = g_new0 (QuayShop, 1);
  shop->name = quay_till_get_setting (till, "shop.name");
  shop->address = quay_till_get_setting (till, "shop.address");
  shop->phone = quay_till_get_setting (till, "shop.phone");
  shop->tax_code = quay_till_get_setting (till, "shop.tax_code");
  shop->thanks = quay_till_get_setting (till, "shop.thanks");
  g_autofree char *method = quay_till_get_setting (till, QUAY_SETTING_TAX_METHOD);
  shop->hides_vat = method != NULL && strcmp (method, "deduction") != 0;
  shop->training = quay_till_is_training (till);
  return shop;
}
