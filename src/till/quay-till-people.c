/* Who works and what their role allows. Thread: main. */
#include "quay-till-private.h"

#include "quay-reader-people.h"
#include "quay-text.h"
#include "quay-till-users.h"
#include "quay-till-view.h"

#include <string.h>

#define ADULT_YEARS 18
#define ADULT_ABV 55 /* tenths of a percent: from there on alcohol is sold by licence */
#define NO_LIMIT_STORED (-1)

void
quay_user_free (QuayUser *user)
{
  if (user == NULL)
    return;
  g_free (user->code);
  g_free (user->name);
  g_free (user->role);
  g_free (user);
}

static gpointer
copy_user (gconstpointer data, gpointer unused)
{
  QuayUser *copy = g_memdup2 (data, sizeof *copy);
  copy->code = g_strdup (copy->code);
  copy->name = g_strdup (copy->name);
  copy->role = g_strdup (copy->role);
  return copy;
}

/* --- reading --- */

static void
take_text (char **member, const char *value)
{
  g_free (*member);
  *member = g_strdup (value);
}

static void
user_fact_cb (const char *code, const char *field, const char *value, gpointer data)
{
  GPtrArray *users = data;
  QuayUser *user = users->len > 0 ? users->pdata[users->len - 1] : NULL;
  if (user == NULL || strcmp (user->code, code) != 0)
    {
      user = g_new0 (QuayUser, 1);
      user->code = g_strdup (code);
      g_ptr_array_add (users, user);
    }
  if (strcmp (field, "name") == 0)
    take_text (&user->name, value);
  else if (strcmp (field, "role") == 0)
    take_text (&user->role, value);
  else if (strcmp (field, "active") == 0)
    user->active = strcmp (value, "1") == 0;
  else if (strcmp (field, "pin") == 0)
    user->has_pin = TRUE;
  else if (strcmp (field, "born") == 0)
    user->born = (QuayDay)g_ascii_strtoll (value, NULL, 10);
}

static void
role_fact_cb (const char *code, const char *field, const char *value, gpointer data)
{
  QuayTill *till = data;
  QuayAct act;
  gint64 limit;
  if (!quay_act_from_name (field, &act) || quay_role_is_fixed (code, act) ||
      !g_ascii_string_to_signed (value, 10, G_MININT64, G_MAXINT64, &limit, NULL))
    return;
  if (limit == NO_LIMIT_STORED)
    limit = QUAY_NO_LIMIT;
  if (quay_limit_is_sound (act, limit))
    g_hash_table_insert (till->people.limits, g_strconcat (code, " ", field, NULL),
                         g_memdup2 (&limit, sizeof limit));
}

static int
compare_cb (gconstpointer a, gconstpointer b)
{
  return quay_text_compare ((*(const QuayUser *const *)a)->name,
                            (*(const QuayUser *const *)b)->name);
}

void
quay_till_load_people (QuayTill *till)
{
  QuayTillPeople *people = &till->people;
  g_autoptr (GPtrArray) users = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_user_free);
  quay_reader_visit_facts (till->reader, "user", user_fact_cb, users);
  if (people->limits == NULL)
    people->limits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (quay_reader_has_failed (till->reader) && people->users != NULL)
    return; /* what is known goes on to hold */
  g_hash_table_remove_all (people->limits);
  quay_reader_visit_facts (till->reader, "role", role_fact_cb, till);
  for (guint i = 0; i < users->len; i++)
    {
      QuayUser *user = users->pdata[i];
      if (user->name == NULL)
        user->name = g_strdup (user->code);
      if (user->role == NULL)
        user->role = g_strdup ("");
    }
  g_ptr_array_sort (users, compare_cb);
  g_clear_pointer (&people->users, g_ptr_array_unref);
  people->users = g_steal_pointer (&users);
  const QuayUser *now = quay_till_peek_user (till, till->user);
  if (now == NULL || !now->active)
    people->signed_in = FALSE;
}

void
quay_till_free_people (QuayTill *till)
{
  g_clear_pointer (&till->people.users, g_ptr_array_unref);
  g_clear_pointer (&till->people.limits, g_hash_table_unref);
  g_clear_pointer (&till->people.aside.user, g_free);
}

gboolean
quay_till_has_users (QuayTill *till)
{
  return till->people.users != NULL && till->people.users->len > 0;
}

GPtrArray *
quay_till_users (QuayTill *till)
{
  GPtrArray *users = g_ptr_array_copy (till->people.users, copy_user, NULL);
  g_ptr_array_set_free_func (users, (GDestroyNotify)quay_user_free);
  return users;
}

const QuayUser *
quay_till_peek_user (QuayTill *till, const char *code)
{
  for (guint i = 0; code != NULL && i < till->people.users->len; i++)
    {
      const QuayUser *user = till->people.users->pdata[i];
      if (strcmp (user->code, code) == 0)
        return user;
    }
  return NULL;
}

const char *
quay_till_user_name (QuayTill *till, const char *code)
{
  const QuayUser *user = quay_till_peek_user (till, code);
  return user != NULL ? user->name : code;
}

const QuayUser *
quay_till_who_works (QuayTill *till)
{
  return till->people.signed_in ? quay_till_peek_user (till, till->user) : NULL;
}

gboolean
quay_till_is_locked (QuayTill *till)
{
  return quay_till_has_users (till) && !till->people.signed_in && !quay_till_is_view (till);
}

/* --- rights --- */

gint64
quay_till_role_limit (QuayTill *till, const char *role, QuayAct act)
{
  g_autofree char *key = g_strconcat (role, " ", quay_act_name (act), NULL);
  const gint64 *limit = g_hash_table_lookup (till->people.limits, key);
  return limit != NULL ? *limit : quay_role_default (role, act);
}

gint64
quay_till_limit_for (QuayTill *till, const QuayUser *user, QuayAct act)
{
  return user != NULL && user->active ? quay_till_role_limit (till, user->role, act) : 0;
}

gint64
quay_till_limit (QuayTill *till, QuayAct act)
{
  if (quay_till_is_view (till))
    return quay_till_view_limit (act);
  if (!quay_till_has_users (till))
    return QUAY_NO_LIMIT;
  return quay_till_limit_for (till, quay_till_who_works (till), act);
}

gint64
quay_till_limit_of (QuayTill *till, const char *code, QuayAct act)
{
  return quay_till_limit_for (till, quay_till_peek_user (till, code), act);
}

/* --- age --- */

gboolean
quay_till_is_minor (QuayTill *till)
{
  const QuayUser *user = quay_till_who_works (till);
  return user != NULL && user->born > 0 && user->born + ADULT_YEARS * 10000 > quay_till_day (till);
}

gboolean
quay_till_too_young_for (QuayTill *till, const QuayCart *cart)
{
  if (!quay_till_is_minor (till))
    return FALSE;
  for (guint i = 0; i < cart->lines->len; i++)
    if (((const QuayLine *)cart->lines->pdata[i])->abv >= ADULT_ABV)
      return TRUE;
  return FALSE;
}
