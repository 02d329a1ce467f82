/* The filters over the table of stock. Main thread. */
#include "quay-stock-filters.h"

#include "quay-catalog-columns.h"
#include "quay-till-catalog.h"
#include "quay-ui.h"

struct _QuayStockFilters
{
  GtkBox parent_instance;

  QuayTill *till; /* owned */
  GtkWidget *category;
  GtkWidget *place;
  GtkWidget *terms;
  GtkWidget *state;
  GtkWidget *moment;     /* entry of a past moment */
  GtkWidget *past;       /* what says that the past is shown */
  GPtrArray *categories; /* codes by the rows of @category; the first is NULL */
  GPtrArray *places;     /* QuayStockPlace by the rows of @place but the first */
  gint64 at_ms;          /* 0: now */
};

enum
{
  CHANGED,
  ASK_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (QuayStockFilters, quay_stock_filters, GTK_TYPE_BOX)

/* The rows of the choice of states. */
static const struct
{
  const char *text;
  guint bits;
} states[] = {
  { N_ ("All states"), 0 },
  { N_ ("Below the minimum"), QUAY_SHELF_SHORT },
  { N_ ("Near expiry"), QUAY_SHELF_SOON },
  { N_ ("OCOP near its end"), QUAY_SHELF_CERTIFICATE },
  { N_ ("Expired"), QUAY_SHELF_EXPIRED },
  { N_ ("Below 0"), QUAY_SHELF_NEGATIVE },
  { N_ ("Held back"), QUAY_SHELF_BLOCKED },
  { N_ ("To order"), QUAY_SHELF_ORDER },
};
/* The rows of the choice of terms. */
static const struct
{
  const char *text;
  int how;
} kinds[] = {
  { N_ ("All terms"), -1 },
  { N_ ("Consigned"), QUAY_SHELF_CONSIGNED },
  { N_ ("Bought"), QUAY_SHELF_OWN },
  { N_ ("Several terms"), QUAY_SHELF_MIXED },
  { N_ ("Baskets"), QUAY_SHELF_BASKET },
  { N_ ("No lot known"), QUAY_SHELF_UNKNOWN },
};

static guint
chosen (GtkWidget *choice)
{
  guint at = gtk_drop_down_get_selected (GTK_DROP_DOWN (choice));
  return at == GTK_INVALID_LIST_POSITION ? 0 : at;
}

void
quay_stock_filters_get (QuayStockFilters *self, QuayShelfFilter *filter)
{
  guint category = chosen (self->category);
  filter->category = category < self->categories->len ? self->categories->pdata[category] : NULL;
  filter->how = kinds[chosen (self->terms)].how;
  filter->state = states[chosen (self->state)].bits;
}

void
quay_stock_filters_set_state (QuayStockFilters *self, guint state)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (states[i].bits == state)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->state), i);
}

QuayShelfAsk
quay_stock_filters_ask (QuayStockFilters *self)
{
  guint place = chosen (self->place);
  const QuayStockPlace *at =
      place > 0 && place <= self->places->len ? self->places->pdata[place - 1] : NULL;
  return quay_till_shelf_ask (self->till, self->at_ms, at != NULL ? &at->id : NULL);
}

/* --- a past moment --- */

/* "01/12/2026" is the end of that day, "01/12/2026 14:30" that minute. */
static gboolean
parse_moment (const char *text, gint64 *at_ms)
{
  QuayDay day;
  guint hour = 23, minute = 59;
  g_auto (GStrv) words = g_strsplit_set (text, " ", 2);
  if (words[0] == NULL || !quay_day_from_text (words[0], &day))
    return FALSE;
  if (words[1] != NULL)
    {
      char *end = NULL;
      hour = (guint)g_ascii_strtoull (words[1], &end, 10);
      if (end == words[1] || (*end != ':' && *end != 'h') || !g_ascii_isdigit (end[1]))
        return FALSE;
      minute = (guint)g_ascii_strtoull (end + 1, &end, 10);
      if (*end != '\0' || hour > 23 || minute > 59)
        return FALSE;
    }
  *at_ms = quay_day_start_ms (day, 0) + ((gint64)hour * 60 + minute + 1) * 60000 - 1;
  return TRUE;
}

static void
show_moment (QuayStockFilters *self)
{
  g_autofree char *time = self->at_ms != 0 ? quay_time_to_vi (self->at_ms) : NULL;
  g_autofree char *text = time != NULL ? g_strdup_printf (_ ("On hand at %s"), time) : NULL;
  quay_ui_button_set_text (self->past, text != NULL ? text : "");
  gtk_widget_set_visible (self->past, self->at_ms != 0);
}

static void
moment_cb (QuayStockFilters *self)
{
  gint64 at_ms = 0;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->moment));
  gboolean sound = text[0] == '\0' || parse_moment (text, &at_ms);
  quay_ui_toggle_class (self->moment, "bad", !sound);
  if (!sound)
    {
      quay_ui_toast (GTK_WIDGET (self),
                     _ ("Type a day, as 01/12/2026, or a time, 01/12/2026 14:30"));
      return;
    }
  self->at_ms = at_ms < quay_till_now_ms (self->till) ? at_ms : 0;
  show_moment (self);
  g_signal_emit (self, signals[ASK_CHANGED], 0);
}

static void
now_cb (QuayStockFilters *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->moment), "");
  moment_cb (self);
}

/* --- building --- */

static void
fill_categories (QuayStockFilters *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GPtrArray) categories = quay_till_all_categories (self->till);
  g_ptr_array_add (self->categories, NULL);
  gtk_string_list_append (names, _ ("All groups"));
  for (guint i = 0; i < categories->len; i++)
    {
      const QuayCategory *category = categories->pdata[i];
      g_ptr_array_add (self->categories, g_strdup (category->code));
      gtk_string_list_append (names, quay_catalog_category_name (category));
    }
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->category), G_LIST_MODEL (names));
}

/* With one place there is nothing to choose. */
static void
fill_places (QuayStockFilters *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  self->places = quay_till_stock_places (self->till);
  gtk_string_list_append (names, _ ("All places"));
  for (guint i = 0; i < self->places->len; i++)
    gtk_string_list_append (names, ((QuayStockPlace *)self->places->pdata[i])->name);
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->place), G_LIST_MODEL (names));
  gtk_widget_set_visible (self->place, self->places->len > 1);
}

static GtkWidget *
build_moment (QuayStockFilters *self)
{
  self->moment = quay_ui_code_entry (_ ("At a past moment"));
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->moment), _ ("now, or a day"));
  gtk_editable_set_width_chars (GTK_EDITABLE (self->moment), 13);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->moment), 16);
  quay_ui_set_id (self->moment, "stock-moment");
  g_signal_connect_swapped (self->moment, "activate", G_CALLBACK (moment_cb), self);
  return self->moment;
}

static void
build (QuayStockFilters *self)
{
  const char *groups[] = { _ ("All groups"), NULL };
  const char *places[] = { _ ("All places"), NULL };
  const char *terms[G_N_ELEMENTS (kinds) + 1] = { NULL };
  const char *texts[G_N_ELEMENTS (states) + 1] = { NULL };
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    terms[i] = _ (kinds[i].text);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    texts[i] = _ (states[i].text);
  self->category = quay_ui_choice (_ ("Group"), groups);
  self->place = quay_ui_choice (_ ("Place"), places);
  self->terms = quay_ui_choice (_ ("Terms"), terms);
  self->state = quay_ui_choice (_ ("State"), texts);
  self->past = quay_ui_button ("x-lg", "", NULL, "pill warn");
  gtk_widget_set_visible (self->past, FALSE);
  quay_ui_set_id (self->past, "stock-past");
  g_signal_connect_swapped (self->past, "clicked", G_CALLBACK (now_cb), self);
  GtkWidget *const all[] = { self->category,      self->place, self->terms, self->state,
                             build_moment (self), self->past,  NULL };
  for (guint i = 0; all[i] != NULL; i++)
    gtk_box_append (GTK_BOX (self), all[i]);
}

static void
changed_cb (QuayStockFilters *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
ask_changed_cb (QuayStockFilters *self)
{
  g_signal_emit (self, signals[ASK_CHANGED], 0);
}

static void
quay_stock_filters_dispose (GObject *object)
{
  QuayStockFilters *self = QUAY_STOCK_FILTERS (object);
  g_clear_object (&self->till);
  g_clear_pointer (&self->categories, g_ptr_array_unref);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  G_OBJECT_CLASS (quay_stock_filters_parent_class)->dispose (object);
}

static void
quay_stock_filters_class_init (QuayStockFiltersClass *class)
{
  G_OBJECT_CLASS (class)->dispose = quay_stock_filters_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[ASK_CHANGED] = g_signal_new ("ask-changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
quay_stock_filters_init (QuayStockFilters *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 8);
  self->categories = g_ptr_array_new_with_free_func (g_free);
}

GtkWidget *
quay_stock_filters_new (QuayTill *till)
{
  QuayStockFilters *self = g_object_new (QUAY_TYPE_STOCK_FILTERS, NULL);
  self->till = g_object_ref (till);
  build (self);
  fill_categories (self);
  fill_places (self);
  GtkWidget *const filters[] = { self->category, self->terms, self->state };
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    g_signal_connect_swapped (filters[i], "notify::selected", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->place, "notify::selected", G_CALLBACK (ask_changed_cb), self);
  return GTK_WIDGET (self);
}
