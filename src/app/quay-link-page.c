/* The page about the province's server. It only shows: the till sends by itself. What can be done
 * is to enrol, to send now, to pause, and to read what is held and why. Main thread. */
#include "quay-link-page.h"

#include "quay-enrol-dialog.h"
#include "quay-link-words.h"
#include "quay-row-model.h"
#include "quay-table.h"
#include "quay-ui.h"

#define HELD_SHOWN 200

struct _QuayLinkPage
{
  GtkBox parent;
  QuayTill *till;
  QuayRowModel *chains;
  QuayRowModel *held;
  gboolean paused;
  GtkWidget *title;
  GtkWidget *advice;
  GtkWidget *why;
  GtkWidget *server;
  GtkWidget *mark;
  GtkWidget *now;
  GtkWidget *pause;
  GtkWidget *enrol;
  GtkWidget *cards;
  GtkWidget *waiting;
  GtkWidget *waiting_note;
  GtkWidget *sent;
  GtkWidget *received;
  GtkWidget *received_note;
  GtkWidget *n_held;
  GtkWidget *alarm;
  GtkWidget *alarm_text;
  GtkWidget *chains_box;
  GtkWidget *held_box;
  gulong changed;
  gulong sales_changed;
};

G_DEFINE_FINAL_TYPE (QuayLinkPage, quay_link_page, GTK_TYPE_BOX)

/* Cells */

static void
bind_chain (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayLinkChain *chain = quay_row_value (row);
  quay_table_set_text (cell, chain->label);
}

static void
bind_whose (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayLinkChain *chain = quay_row_value (row);
  const char *own = chain->present ? _ ("This till") : _ ("This till, before");
  const char *others[] = { own, _ ("Another till of the shop"), _ ("The province") };
  quay_table_set_text (cell, others[CLAMP (chain->kind, 0, 2)]);
}

static void
bind_records (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayLinkChain *chain = quay_row_value (row);
  g_autofree char *text = quay_link_count (chain->records);
  quay_table_set_text (cell, text);
}

static void
bind_acked (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayLinkChain *chain = quay_row_value (row);
  g_autofree char *text = quay_link_count (chain->acked);
  quay_table_set_text (cell, chain->kind == 0 ? text : "");
}

static void
bind_state (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayLinkChain *chain = quay_row_value (row);
  gboolean all = chain->acked >= chain->records;
  quay_table_set_text (cell, chain->kind != 0 ? "" : all ? _ ("all sent") : _ ("waiting"));
  quay_table_set_badge (cell, all ? "good" : "warn");
}

static void
bind_held_at (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayLinkHeld *held = quay_row_value (row);
  g_autofree char *text = g_strdup_printf ("%s · %" G_GUINT64_FORMAT, held->label, held->seq);
  quay_table_set_text (cell, text);
}

static void
bind_held_where (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayLinkHeld *held = quay_row_value (row);
  quay_table_set_text (cell, held->here ? _ ("on this computer") : _ ("on the server"));
}

static void
bind_held_why (GtkWidget *cell, gpointer row, gpointer data)
{
  const QuayLinkHeld *held = quay_row_value (row);
  quay_table_set_text (cell, held->why != NULL ? quay_link_held_why (held->why) : NULL);
}

/* Showing */

static void
show_mark (QuayLinkPage *page, const char *class)
{
  static const char *const classes[] = { "good", "warn", "bad" };
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    quay_ui_toggle_class (page->mark, classes[i], g_str_equal (class, classes[i]));
}

static void
set_count (GtkWidget *label, guint64 n)
{
  g_autofree char *text = quay_link_count (n);
  quay_ui_set_text (label, text);
}

static void
show_figures (QuayLinkPage *page, const QuayLinkState *state, guint held)
{
  g_autofree char *since =
      state->waiting_since > 0 ? quay_link_when (page->till, state->waiting_since) : NULL;
  g_autofree char *note = since != NULL ? g_strdup_printf (_ ("since %s"), since) : NULL;
  g_autofree char *more = quay_link_count (state->to_receive);
  g_autofree char *missing =
      state->to_receive > 0 ? g_strdup_printf (_ ("%s still to come"), more) : NULL;
  set_count (page->waiting, state->waiting);
  quay_ui_set_text (page->waiting_note, note != NULL ? note : "");
  set_count (page->sent, state->sent);
  set_count (page->received, state->received);
  quay_ui_set_text (page->received_note, missing != NULL ? missing : _ ("since the start"));
  set_count (page->n_held, MAX (state->held, held));
}

static void
show_alarm (QuayLinkPage *page, const QuayLinkState *state)
{
  const char *form = state->alarm == QUAY_LINK_ALARM_COPIED
                         ? _ ("Another computer goes on from a copy of this till's file. Nothing "
                              "is lost: this till now writes under %s. Tell the office, and use "
                              "only one of the two computers.")
                         : _ ("This computer had an older copy of its file than the server. What "
                              "was missing is being fetched; this till now writes under %s.");
  g_autofree char *text = g_strdup_printf (form, state->alarm_label);
  gtk_widget_set_visible (page->alarm, state->alarm != QUAY_LINK_ALARM_NONE);
  quay_ui_set_text (page->alarm_text, text);
}

static void
show (QuayLinkPage *page)
{
  QuayLinkState state;
  g_autoptr (GError) error = NULL;
  quay_till_link (page->till, &state);
  gboolean enrolled = state.link != QUAY_LINK_NONE;
  g_autofree char *title = quay_link_title (page->till, &state);
  g_autofree char *server = state.server == NULL ? NULL
                            : state.shop == NULL
                                ? g_strdup (state.server)
                                : g_strdup_printf ("%s · %s", state.shop, state.server);
  quay_row_model_set (page->chains, quay_till_link_chains (page->till, &error));
  quay_row_model_set (page->held, quay_till_link_held (page->till, HELD_SHOWN, NULL));
  guint held = quay_row_model_count (page->held);
  quay_ui_set_text (page->title, title);
  quay_ui_set_text (page->advice, quay_link_advice (&state));
  quay_ui_set_text (page->server, server != NULL ? server : "");
  gtk_widget_set_visible (page->server, server != NULL);
  quay_ui_set_text (page->why, state.why != NULL ? state.why : "");
  gtk_widget_set_visible (page->why, state.why != NULL && state.link >= QUAY_LINK_OFFLINE);
  show_mark (page, quay_link_class (&state));
  show_figures (page, &state, held);
  show_alarm (page, &state);
  page->paused = state.link == QUAY_LINK_PAUSED;
  quay_ui_button_set_text (page->pause, page->paused ? _ ("Go on") : _ ("Pause"));
  quay_ui_button_set_text (page->enrol, enrolled ? _ ("Enrol again…") : _ ("Enrol…"));
  quay_ui_toggle_class (page->enrol, "suggested", !enrolled);
  gtk_widget_set_visible (page->now, enrolled && !page->paused);
  gtk_widget_set_visible (page->pause, enrolled);
  gtk_widget_set_visible (page->cards, enrolled);
  gtk_widget_set_visible (page->chains_box, enrolled);
  gtk_widget_set_visible (page->held_box, held > 0);
  quay_link_state_clear (&state);
}

static void
changed_cb (QuayTill *till, QuayLinkPage *page)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (page)))
    show (page);
}

/* Acting */

static void
now_cb (QuayLinkPage *page)
{
  quay_till_sync_now (page->till);
}

static void
pause_cb (QuayLinkPage *page)
{
  quay_till_sync_pause (page->till, !page->paused);
}

static void
seen_cb (QuayLinkPage *page)
{
  quay_till_sync_seen (page->till);
  show (page);
}

static void
enrol_cb (QuayLinkPage *page)
{
  quay_enrol_dialog_show (GTK_WIDGET (page), page->till);
}

/* Building */

static GtkWidget *
build_header (QuayLinkPage *page)
{
  GtkWidget *header = quay_ui_page_header (_ ("Server"));
  page->enrol = quay_ui_button (NULL, _ ("Enrol…"), NULL, "pill");
  page->pause = quay_ui_button (NULL, _ ("Pause"), NULL, "pill");
  page->now = quay_ui_button (NULL, _ ("Send now"), NULL, "pill suggested");
  quay_ui_set_id (page->enrol, "link-enrol");
  quay_ui_page_header_add (header, page->enrol);
  quay_ui_page_header_add (header, page->pause);
  quay_ui_page_header_add (header, page->now);
  g_signal_connect_swapped (page->enrol, "clicked", G_CALLBACK (enrol_cb), page);
  g_signal_connect_swapped (page->pause, "clicked", G_CALLBACK (pause_cb), page);
  g_signal_connect_swapped (page->now, "clicked", G_CALLBACK (now_cb), page);
  return header;
}

static GtkWidget *
build_state (QuayLinkPage *page)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  page->mark = line;
  page->title = quay_ui_label (NULL, "figure");
  page->advice = quay_ui_wrapped_label (NULL, NULL, 110, 3);
  page->why = quay_ui_wrapped_label (NULL, "meta", 110, 2);
  page->server = quay_ui_label (NULL, "meta");
  gtk_label_set_selectable (GTK_LABEL (page->why), TRUE);
  quay_ui_set_description (page->title, _ ("State"));
  gtk_widget_add_css_class (card, "section");
  gtk_widget_add_css_class (line, "link-state");
  gtk_widget_add_css_class (dot, "dot");
  gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), dot);
  gtk_box_append (GTK_BOX (line), page->title);
  gtk_box_append (GTK_BOX (card), line);
  gtk_box_append (GTK_BOX (card), page->advice);
  gtk_box_append (GTK_BOX (card), page->why);
  gtk_box_append (GTK_BOX (card), page->server);
  return card;
}

static GtkWidget *
add_card (GtkWidget *box, const char *title, const char *note, GtkWidget **foot)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *figure = quay_ui_label (NULL, "figure num");
  GtkWidget *meta = quay_ui_label (note, "meta num");
  quay_ui_set_description (figure, title);
  gtk_widget_add_css_class (card, "figure-card");
  gtk_box_append (GTK_BOX (card), quay_ui_label (title, "dim"));
  gtk_box_append (GTK_BOX (card), figure);
  gtk_box_append (GTK_BOX (card), meta);
  gtk_box_append (GTK_BOX (box), card);
  if (foot != NULL)
    *foot = meta;
  return figure;
}

static GtkWidget *
build_cards (QuayLinkPage *page)
{
  page->cards = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  gtk_box_set_homogeneous (GTK_BOX (page->cards), TRUE);
  page->waiting = add_card (page->cards, _ ("Waiting"), NULL, &page->waiting_note);
  page->sent = add_card (page->cards, _ ("Sent"), _ ("since the start"), NULL);
  page->received = add_card (page->cards, _ ("Received"), NULL, &page->received_note);
  page->n_held = add_card (page->cards, _ ("Held"), _ ("kept, but not in the books"), NULL);
  return page->cards;
}

static GtkWidget *
build_alarm (QuayLinkPage *page)
{
  GtkWidget *seen = quay_ui_button (NULL, _ ("I have told the office"), NULL, NULL);
  page->alarm = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  page->alarm_text = quay_ui_wrapped_label (NULL, NULL, 100, 4);
  gtk_widget_add_css_class (page->alarm, "notice");
  gtk_widget_add_css_class (page->alarm, "bad");
  gtk_widget_set_hexpand (page->alarm_text, TRUE);
  gtk_widget_set_valign (seen, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (page->alarm), quay_ui_icon ("exclamation-triangle", NULL));
  gtk_box_append (GTK_BOX (page->alarm), page->alarm_text);
  gtk_box_append (GTK_BOX (page->alarm), seen);
  g_signal_connect_swapped (seen, "clicked", G_CALLBACK (seen_cb), page);
  return page->alarm;
}

static GtkWidget *
build_table (GtkWidget *table)
{
  GtkWidget *scrolled = quay_ui_table_card (table);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static GtkWidget *
build_chains (QuayLinkPage *page)
{
  GtkWidget *table = quay_table_new (_ ("Journals"), G_LIST_MODEL (page->chains));
  quay_table_add (table, _ ("Journal"), QUAY_TABLE_STRONG, 10, bind_chain, NULL);
  quay_table_add (table, _ ("Whose"), QUAY_TABLE_EXPAND, 24, bind_whose, NULL);
  quay_table_add (table, _ ("Entries here"), QUAY_TABLE_NUMBER, 12, bind_records, NULL);
  quay_table_add (table, _ ("On the server"), QUAY_TABLE_NUMBER, 12, bind_acked, NULL);
  quay_table_add (table, "", QUAY_TABLE_BADGE, 12, bind_state, NULL);
  page->chains_box = build_table (table);
  return page->chains_box;
}

static GtkWidget *
build_held (QuayLinkPage *page)
{
  GtkWidget *table = quay_table_new (_ ("Held entries"), G_LIST_MODEL (page->held));
  page->held_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  quay_table_add (table, _ ("Entry"), QUAY_TABLE_STRONG, 14, bind_held_at, NULL);
  quay_table_add (table, _ ("Where"), QUAY_TABLE_TEXT, 18, bind_held_where, NULL);
  quay_table_add (table, _ ("Why"), QUAY_TABLE_EXPAND, 50, bind_held_why, NULL);
  gtk_box_append (GTK_BOX (page->held_box),
                  quay_ui_label (_ ("Kept, but not in the books yet"), "heading"));
  gtk_box_append (GTK_BOX (page->held_box), build_table (table));
  return page->held_box;
}

static void
quay_link_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (quay_link_page_parent_class)->map (widget);
  show (QUAY_LINK_PAGE (widget));
}

static void
quay_link_page_dispose (GObject *object)
{
  QuayLinkPage *page = QUAY_LINK_PAGE (object);
  if (page->till != NULL)
    {
      g_clear_signal_handler (&page->changed, page->till);
      g_clear_signal_handler (&page->sales_changed, page->till);
    }
  if (page->chains != NULL)
    quay_row_model_set (page->chains, NULL);
  if (page->held != NULL)
    quay_row_model_set (page->held, NULL);
  g_clear_object (&page->chains);
  g_clear_object (&page->held);
  g_clear_object (&page->till);
  G_OBJECT_CLASS (quay_link_page_parent_class)->dispose (object);
}

static void
quay_link_page_class_init (QuayLinkPageClass *class)
{
  G_OBJECT_CLASS (class)->dispose = quay_link_page_dispose;
  GTK_WIDGET_CLASS (class)->map = quay_link_page_map;
}

static void
quay_link_page_init (QuayLinkPage *page)
{
  page->chains = quay_row_model_new ();
  page->held = quay_row_model_new ();
}

GtkWidget *
quay_link_page_new (QuayTill *till)
{
  QuayLinkPage *page = g_object_new (QUAY_TYPE_LINK_PAGE, NULL);
  page->till = g_object_ref (till);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (page), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (page), 10);
  gtk_box_append (GTK_BOX (page), build_header (page));
  gtk_box_append (GTK_BOX (page), build_alarm (page));
  gtk_box_append (GTK_BOX (page), build_state (page));
  gtk_box_append (GTK_BOX (page), build_cards (page));
  gtk_box_append (GTK_BOX (page), build_chains (page));
  gtk_box_append (GTK_BOX (page), build_held (page));
  page->changed = g_signal_connect (till, "link-changed", G_CALLBACK (changed_cb), page);
  page->sales_changed = g_signal_connect (till, "sales-changed", G_CALLBACK (changed_cb), page);
  return GTK_WIDGET (page);
}
