/* First run: a shop's file with what every shop is born with, and the sample shop, which goes
 * through the same checks as a form or an import. Thread: main. */
#include "quay-till-private.h"

#include "quay-error.h"
#include "quay-item-columns.h"
#include "quay-item-edit.h"
#include "quay-item-fields.h"
#include "quay-sheet.h"

#include <string.h>

#define SETUP_USER "setup"

/* Appends a fact; "" and NULL say nothing. */
static void
add_fact (QuayFacts *body, const char *field, const char *text)
{
  if (body->facts == NULL)
    body->facts = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_fact_free);
  if (text != NULL && *text != '\0')
    g_ptr_array_add (body->facts, quay_fact_new_text (field, text));
}

static QuayFacts *
add_entity (QuayTxn *txn, QuayEventKind kind, const char *code)
{
  QuayEvent *event = quay_event_new (kind);
  QuayFacts *body = event->body;
  event->who = g_strdup (SETUP_USER);
  body->code = g_strdup (code);
  body->facts = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_fact_free);
  quay_txn_add (txn, event);
  return body;
}

/* --- tables that every shop has --- */

static gboolean
add_categories (QuayTxn *txn, GError **error)
{
  static const char *const fields[] = { "name_vi", "name_en", "icon", "band", NULL };
  GError *bad = NULL;
  g_autoptr (QuaySheet) sheet = quay_sheet_new_data ("params/categories.csv", error);
  while (sheet != NULL && quay_sheet_next (sheet, &bad))
    {
      gint64 sort = 0;
      QuayFacts *body = add_entity (txn, QUAY_EVENT_CATEGORY, quay_sheet_get (sheet, "code"));
      for (guint i = 0; fields[i] != NULL; i++)
        add_fact (body, fields[i], quay_sheet_get (sheet, fields[i]));
      if (g_ascii_string_to_signed (quay_sheet_get (sheet, "sort"), 10, 0, 100000, &sort, NULL))
        g_ptr_array_add (body->facts, quay_fact_new_number ("sort", sort));
    }
  if (bad != NULL)
    g_propagate_error (error, bad);
  return sheet != NULL && bad == NULL;
}

/* A class is one parameter whose fields are the days from which a rate holds. */
static gboolean
add_vat_classes (QuayTxn *txn, GError **error)
{
  GError *bad = NULL;
  QuayFacts *body = NULL;
  g_autofree char *last = NULL;
  g_autoptr (QuaySheet) sheet = quay_sheet_new_data ("params/vat-classes.csv", error);
  while (sheet != NULL && quay_sheet_next (sheet, &bad))
    {
      gint64 rate;
      const char *class = quay_sheet_get (sheet, "class");
      if (g_strcmp0 (last, class) != 0)
        {
          g_autofree char *code = g_strconcat ("vat.", class, NULL);
          body = add_entity (txn, QUAY_EVENT_PARAM, code);
          add_fact (body, "name_vi", quay_sheet_get (sheet, "name_vi"));
          add_fact (body, "name_en", quay_sheet_get (sheet, "name_en"));
          g_free (last);
          last = g_strdup (class);
        }
      if (g_ascii_string_to_signed (quay_sheet_get (sheet, "rate_bp"), 10, -1, 10000, &rate, NULL))
        g_ptr_array_add (body->facts,
                         quay_fact_new_number (quay_sheet_get (sheet, "valid_from"), rate));
    }
  if (bad != NULL)
    g_propagate_error (error, bad);
  return sheet != NULL && bad == NULL;
}

/* A code was used again for another unit: the last row of a code is the one of today. */
static gboolean
add_communes (QuayTxn *txn, GError **error)
{
  static const char *const fields[] = { "name",     "province_code", "valid_from",
                                        "valid_to", "predecessors",  NULL };
  GError *bad = NULL;
  g_autoptr (QuaySheet) sheet = quay_sheet_new_data ("params/communes.csv", error);
  while (sheet != NULL && quay_sheet_next (sheet, &bad))
    {
      QuayFacts *body = add_entity (txn, QUAY_EVENT_COMMUNE, quay_sheet_get (sheet, "code"));
      for (guint i = 0; fields[i] != NULL; i++)
        {
          const char *text = quay_sheet_get (sheet, fields[i]);
          g_ptr_array_add (body->facts, text != NULL && *text != '\0'
                                            ? quay_fact_new_text (fields[i], text)
                                            : quay_fact_new_cleared (fields[i]));
        }
    }
  if (bad != NULL)
    g_propagate_error (error, bad);
  return sheet != NULL && bad == NULL;
}

static gboolean
add_producers (QuayTxn *txn, const QuayEnv *env, GError **error)
{
  static const char *const fields[] = { "name", "kind", "commune", "former", NULL };
  GError *bad = NULL;
  g_autoptr (QuaySheet) sheet = quay_sheet_new_data ("sample/producers.csv", error);
  while (sheet != NULL && quay_sheet_next (sheet, &bad))
    {
      QuayFacts *body = add_entity (txn, QUAY_EVENT_PRODUCER, NULL);
      body->id = quay_id_new (env);
      for (guint i = 0; fields[i] != NULL; i++)
        add_fact (body, fields[i], quay_sheet_get (sheet, fields[i]));
    }
  if (bad != NULL)
    g_propagate_error (error, bad);
  return sheet != NULL && bad == NULL;
}

/* --- this shop --- */

static void
add_shop (QuayTxn *txn, const QuaySetup *setup, const QuayEnv *env)
{
  char floor[QUAY_ID_TEXT_LEN + 1];
  QuayFacts *place = add_entity (txn, QUAY_EVENT_LOCATION, NULL);
  gboolean english = g_strcmp0 (setup->language, "en") == 0;
  place->id = quay_id_new (env);
  quay_id_to_text (&place->id, floor);
  add_fact (place, "name", english ? "Shop floor" : "Quầy bán hàng");
  add_fact (place, "kind", "floor");
  QuayFacts *shop = add_entity (txn, QUAY_EVENT_SETTING, "shop");
  add_fact (shop, "shop.name", setup->shop);
  add_fact (shop, "shop.address", setup->address);
  add_fact (shop, "shop.phone", setup->phone);
  add_fact (shop, "shop.tax_code", setup->tax_code);
  add_fact (shop, QUAY_SETTING_FLOOR, floor);
  quay_txn_set_local (txn, "till.language", english ? "en" : "vi");
  quay_txn_set_local (txn, QUAY_SETTING_WIDTH, setup->width_mm == 58 ? "58" : "80");
}

static gboolean
setup_is_sound (const QuaySetup *setup, GError **error)
{
  if (setup->shop == NULL || *setup->shop == '\0' || setup->till_code == NULL)
    {
      g_set_error_literal (error, QUAY_ERROR, QUAY_ERROR_INVALID, "no shop's name or till code");
      return FALSE;
    }
  return quay_till_check_text (setup->shop, 120, error) &&
         quay_till_check_text (setup->address, 200, error) &&
         quay_till_check_text (setup->phone, 40, error) &&
         quay_till_check_text (setup->tax_code, 20, error);
}

/* A folder whose first transaction never came is as good as new. */
static gboolean
is_unfinished (QuayStore *store)
{
  g_autoptr (QuayReader) reader = quay_reader_new (store, NULL);
  g_autofree char *floor = reader != NULL ? quay_reader_setting (reader, QUAY_SETTING_FLOOR) : NULL;
  return reader != NULL && quay_reader_settle (reader, NULL) && floor == NULL;
}

static gboolean
write_shop (QuayStore *store, const QuaySetup *setup, const QuayEnv *env, GError **error)
{
  g_autoptr (QuayTxn) txn = quay_txn_new ();
  add_shop (txn, setup, env);
  if (!add_vat_classes (txn, error) || !add_categories (txn, error) || !add_communes (txn, error) ||
      (setup->sample && !add_producers (txn, env, error)))
    return FALSE;
  g_autoptr (QuayResult) done =
      quay_store_commit (store, g_steal_pointer (&txn), QUAY_LANE_COUNTER, error);
  return done != NULL;
}

/* --- the sample shop --- */

/* Certificates of the sample are invented renewals, kept apart from what is known. */
static GHashTable *
read_renewals (GError **error)
{
  static const char *const columns[] = { "stars", "certificate", "certified_on", "valid_until",
                                         NULL };
  g_autoptr (QuaySheet) sheet = quay_sheet_new_data ("sample/certificates-illustrative.csv", error);
  if (sheet == NULL)
    return NULL;
  GHashTable *renewals =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_strfreev);
  while (quay_sheet_next (sheet, NULL))
    {
      char **values = g_new0 (char *, G_N_ELEMENTS (columns));
      for (guint i = 0; columns[i] != NULL; i++)
        values[i] = g_strdup (quay_sheet_get (sheet, columns[i]));
      g_hash_table_insert (renewals, g_strdup (quay_sheet_get (sheet, "sku")), values);
    }
  return renewals;
}

static void
put (char **member, const char *text)
{
  g_free (*member);
  *member = g_strdup (text);
}

static QuayItemEdit *
edit_of_row (QuaySheet *sheet, GHashTable *renewals)
{
  guint n;
  const QuayItemColumn *columns = quay_item_columns (&n);
  QuayItemEdit *edit = quay_item_edit_new ();
  for (guint i = 0; i < n; i++)
    put (quay_item_edit_at (edit, columns[i].offset), quay_sheet_get (sheet, columns[i].name));
  char **renewal = edit->sku != NULL ? g_hash_table_lookup (renewals, edit->sku) : NULL;
  if (renewal != NULL)
    {
      put (&edit->ocop_stars, renewal[0]);
      put (&edit->certificate, renewal[1]);
      put (&edit->certified_on, renewal[2]);
      put (&edit->valid_until, renewal[3]);
    }
  return edit;
}

static gboolean
plan_sample (QuayEditor *editor, GPtrArray *plans, GError **error)
{
  const QuayId none = QUAY_ID_NIL;
  GError *bad = NULL;
  g_autoptr (GPtrArray) refused =
      g_ptr_array_new_with_free_func ((GDestroyNotify)quay_refusal_free);
  g_autoptr (GHashTable) renewals = read_renewals (error);
  g_autoptr (QuaySheet) sheet =
      renewals != NULL ? quay_sheet_new_data ("sample/catalogue.csv", error) : NULL;
  if (sheet == NULL)
    return FALSE;
  while (quay_sheet_next (sheet, &bad))
    {
      g_autoptr (QuayItemEdit) edit = edit_of_row (sheet, renewals);
      QuayItemPlan *plan =
          quay_item_edit_check (editor, edit, &none, quay_sheet_row (sheet), refused);
      if (plan != NULL)
        g_ptr_array_add (plans, plan);
    }
  if (bad != NULL)
    g_propagate_error (error, bad);
  else if (refused->len > 0)
    {
      const QuayRefusal *first = refused->pdata[0];
      g_set_error (error, QUAY_ERROR, QUAY_ERROR_INVALID, "sample row %u, %s: %s", first->row,
                   first->column, first->why);
    }
  return bad == NULL && refused->len == 0;
}

static gboolean
load_sample (const char *dir, const QuayEnv *env, GError **error)
{
  g_autoptr (GPtrArray) plans =
      g_ptr_array_new_with_free_func ((GDestroyNotify)quay_item_plan_free);
  g_autoptr (QuayTill) till = quay_till_open_with (dir, SETUP_USER, env, error);
  if (till == NULL)
    return FALSE;
  g_autoptr (QuayEditor) editor = quay_editor_new (till);
  g_autoptr (QuayTxn) txn = quay_txn_new ();
  if (!plan_sample (editor, plans, error) ||
      !quay_editor_write (editor, plans, "catalogue.csv", txn, error))
    return FALSE;
  g_autoptr (QuayResult) done = quay_till_commit (till, g_steal_pointer (&txn), error);
  quay_till_close (till);
  return done != NULL;
}

gboolean
quay_till_make_shop (const char *dir, const QuaySetup *setup, const QuayEnv *env, GError **error)
{
  g_autoptr (GError) there = NULL;
  const QuayEnv *chance = env != NULL ? env : quay_till_system_env ();
  if (!setup_is_sound (setup, error))
    return FALSE;
  gboolean made = quay_store_create (dir, setup->till_code, chance, &there);
  if (!made && !g_error_matches (there, QUAY_ERROR, QUAY_ERROR_EXISTS))
    {
      g_propagate_error (error, g_steal_pointer (&there));
      return FALSE;
    }
  QuayStore *store = quay_store_open (dir, chance, error);
  if (store == NULL)
    return FALSE;
  gboolean fresh = made || is_unfinished (store);
  gboolean written = fresh && write_shop (store, setup, chance, error);
  quay_store_close (store);
  if (!fresh)
    g_propagate_error (error, g_steal_pointer (&there));
  return written && (!setup->sample || load_sample (dir, chance, error));
}
