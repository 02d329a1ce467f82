/* Small helpers that every page and panel of the till is made of: labels, buttons, entries, cards
 * over the window, notices, file choosers. Main thread only. */
#pragma once

#include "quay-format.h"
#include "quay-money.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Names. Give every control a name that a screen reader can say, in the user's language: tests find
 * it by that, too. */

/** The accessible name of a widget whose text does not say it: icon buttons, entries, lists. */
void quay_ui_set_label (GtkWidget *widget, const char *label);
/** The accessible description: what a label that changes stands for ("Total"). */
void quay_ui_set_description (GtkWidget *widget, const char *description);
/** Hides from assistive technology what is inside a widget that has a name of its own, so that it
 * is read once. */
void quay_ui_hide_parts (GtkWidget *inside);
/** The stable id ("pay-button"), as CSS name and for the inspector; GTK 4.8 does not tell it to
 * assistive technology. */
void quay_ui_set_id (GtkWidget *widget, const char *id);

/* Labels. @classes: CSS classes separated by spaces, NULL for none. */

/** A label at the start of its line; @text is copied, NULL for empty. */
GtkWidget *quay_ui_label (const char *text, const char *classes);
/** The same, over at most @lines lines of about @width characters, then an ellipsis. */
GtkWidget *quay_ui_wrapped_label (const char *text, const char *classes, int width, int lines);
/** A label at the end of its line with figures of one width (class num). */
GtkWidget *quay_ui_number_label (const char *classes);
/** Shows an amount, as "58.000" with QUAY_MONEY_BARE or "58.000 ₫" with QUAY_MONEY_SIGN. */
void quay_ui_set_money (GtkWidget *label, QuayMoney amount, QuayMoneyStyle style);
/** Shows a quantity with its unit ("0,485 kg"); @unit may be NULL. */
void quay_ui_set_qty (GtkWidget *label, QuayQty qty, const char *unit);
/** Sets the text of a GtkLabel or QuayCaption, only if it is another: no new layout for nothing. */
void quay_ui_set_text (GtkWidget *label, const char *text);
/** A name with each number and its unit kept on one line ("500 g"); (transfer full). */
char *quay_ui_keep_units (const char *name);
/** A frame with the name of a key ("F9"). */
GtkWidget *quay_ui_key_hint (const char *key);
/** Shows a page of a stack, and hides the others from assistive technology, too: GTK 4.8 tells it
 * that all pages of a stack are visible. */
void quay_ui_stack_show (GtkWidget *stack, GtkWidget *page);
/** Adds or removes a CSS class. */
void quay_ui_toggle_class (GtkWidget *widget, const char *name, gboolean on);

/* Buttons. Useful classes: "main" (green, large), "action" (grey, large), "pill", "flat", "danger",
 * "key", "chip". A button never takes the focus by a click. */

/** A button with an icon (NULL: none), a text (NULL: none) and a key hint (NULL: none). @icon is a
 * name of data/icons/ui without "quay-" and "-symbolic", as "printer". */
GtkWidget *quay_ui_button (const char *icon, const char *text, const char *key,
                           const char *classes);
/** A button with an icon only; @label is what it is called. */
GtkWidget *quay_ui_icon_button (const char *icon, const char *label, const char *classes);
/** Changes the text of a button of quay_ui_button(). */
void quay_ui_button_set_text (GtkWidget *button, const char *text);
/** The icon alone; @icon as above. */
GtkWidget *quay_ui_icon (const char *icon, const char *classes);

/* Entries */

/** An entry for text in Vietnamese: the input method stays on. @label is its accessible name. */
GtkWidget *quay_ui_entry (const char *label);
/** The same with the sign for searching and a @placeholder that says what may be typed. */
GtkWidget *quay_ui_search_entry (const char *label, const char *placeholder);
/** An entry for codes, numbers, days: no input method; a scan is never typed into it. */
GtkWidget *quay_ui_code_entry (const char *label);
/** An entry for an amount: no input method, groups of three as one types, "35k" and "1tr2" as
 * quay_parse_money(). */
GtkWidget *quay_ui_money_entry (const char *label);
/** FALSE if it holds no amount; an empty one gives 0 and FALSE. */
gboolean quay_ui_money_entry_get (GtkWidget *entry, QuayMoney *out);
/** Shows an amount; the caret goes to the end. */
void quay_ui_money_entry_set (GtkWidget *entry, QuayMoney amount);
/** A choice of a short list; @labels is NULL-terminated. */
GtkWidget *quay_ui_choice (const char *label, const char *const *labels);
/** A titled row of a form: the text, the control under it, and a hint or fault under that. */
GtkWidget *quay_ui_form_row (const char *title, GtkWidget *control, const char *hint);
/** Shows a fault under a form row, in red with a sign; NULL takes it away and shows the hint. */
void quay_ui_form_row_set_fault (GtkWidget *row, const char *fault);
/** Shows @fault under a form row and gives its control the keyboard unless @sound, which it
 * returns. */
gboolean quay_ui_form_row_check (GtkWidget *row, gboolean sound, const char *fault);

/* Cards: what is shown over the window. @anywhere is any widget inside the window. While a card is
 * open scans wait in their queue, unless the card takes them (see quay_ui_take_scans()). */

/**
 * quay_ui_card_new:
 * @title: (nullable): first line of the card
 * @classes: (nullable): "wide" for a broad one
 *
 * A card to fill: a vertical box. It is floating until it is shown.
 */
GtkWidget *quay_ui_card_new (const char *title, const char *classes);
/** The row of buttons at the foot of a card; append "flat"/"action" first and the main one last. */
GtkWidget *quay_ui_card_buttons (GtkWidget *card);
/** The usual foot of a card that asks: Cancel, which closes it, and the main button with the text
 * @ok and the hint @key (nullable), which is returned. */
GtkWidget *quay_ui_card_foot (GtkWidget *card, const char *ok, const char *key);
/** Shows @card above everything and gives @focus (nullable) the keyboard. Escape closes it. */
void quay_ui_show_card (GtkWidget *anywhere, GtkWidget *card, GtkWidget *focus);
/** Closes it; harmless if it is not open. The keyboard goes back to where it was. */
void quay_ui_close_card (GtkWidget *card);
/** TRUE if a card is open. */
gboolean quay_ui_has_card (GtkWidget *anywhere);

/** What a question was answered with. */
typedef void (*QuayUiAnswer) (gboolean yes, gpointer data);
/** Asks; Escape and @no (NULL: "Cancel") mean no. @danger: the yes button is red and not the
 * default. The answer is called once. */
void quay_ui_confirm (GtkWidget *anywhere, const char *title, const char *text, const char *yes,
                      const char *no, gboolean danger, QuayUiAnswer answer, gpointer data);
/** Says something that has to be read; one button. */
void quay_ui_alert (GtkWidget *anywhere, const char *title, const char *text);
/** Says something for three seconds at the foot of the window. */
void quay_ui_toast (GtkWidget *anywhere, const char *text);
/** An alert with the words for @error under @title. */
void quay_ui_show_error (GtkWidget *anywhere, const char *title, const GError *error);
/** What happened and what to do, in the user's language; (transfer full). */
char *quay_ui_error_text (const GError *error);

/** The words for what QUAY_ERROR_LAW says; (transfer full). */
char *quay_ui_law_text (const char *law);

/* Scans */

/** @text: the scanned code, as the scanner sent it. */
typedef void (*QuayUiScan) (GtkWidget *widget, const char *text, gpointer data);
/** @page_or_card gets the scans while it is the page shown, or the card on top. Without one, a scan
 * on a page goes to the sell page, and a scan over a card waits until the card is closed. @take
 * NULL ends it. */
void quay_ui_take_scans (GtkWidget *page_or_card, QuayUiScan take, gpointer data);

/* Files. The one place with the file chooser of GTK 4.8, which later versions replace. */

typedef enum
{
  QUAY_UI_FILE_OPEN,
  QUAY_UI_FILE_SAVE,
  QUAY_UI_FILE_FOLDER,
} QuayUiFileMode;
/** @path is NULL if the user gave up. */
typedef void (*QuayUiFile) (const char *path, gpointer data);
/** @name: proposed file name when saving, NULL for none; @patterns: "*.csv" separated by "|", NULL
 * for any file. */
void quay_ui_choose_file (GtkWidget *anywhere, QuayUiFileMode mode, const char *title,
                          const char *name, const char *patterns, QuayUiFile done, gpointer data);
/** Says that the file at @path was written, and opens it with what opens such files here. */
void quay_ui_show_file (GtkWidget *anywhere, const char *path);

/* Pages */

/** The frame of a page beside the sell page: a title line with room for buttons at its end, and
 * below it what is appended to the page. */
GtkWidget *quay_ui_page_header (const char *title);
/** Adds a button or pill at the end of the title line. */
void quay_ui_page_header_add (GtkWidget *header, GtkWidget *child);
/** A scrolled window around @child that never scrolls sideways. */
GtkWidget *quay_ui_scrolled (GtkWidget *child);
/** What is printed, as it lies on a desk, in a frame that scrolls: @paper (out) is a picture that
 * is read out as @label, @fault (out) the label over it. */
GtkWidget *quay_ui_desk (const char *label, GtkWidget **paper, GtkWidget **fault);
/** The same with the frame of a table or list. */
GtkWidget *quay_ui_table_card (GtkWidget *table);
/** A calm text in the middle of an empty list, with an icon. */
GtkWidget *quay_ui_empty (const char *icon, const char *title, const char *text);

G_END_DECLS
