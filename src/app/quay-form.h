/* Forms made from templates: rows of class "form-row" (title label, control) get their names for
 * screen readers, and faults are told under the control. Main thread. */
#pragma once

#include "quay-till-catalog.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Makes ready every row below @root: titles aligned, controls named after their title. */
void quay_form_prepare (GtkWidget *root);

/** Tells a fault under the row of @control, in red with a sign; NULL takes it away. */
void quay_form_set_fault (GtkWidget *control, const char *fault);

/** Tells a side remark under the row of @control; NULL takes it away. */
void quay_form_set_hint (GtkWidget *control, const char *hint);

/** Why a field was refused, in the user's language; (transfer full). */
char *quay_form_refusal_text (const QuayRefusal *refusal);

/** Tells under a row of quay_ui_form_row() why @column was refused, TRUE if it was; takes away what
 * stood there if not. @refusals (nullable): of QuayRefusal. */
gboolean quay_form_show_refusal (GtkWidget *row, const char *column, GPtrArray *refusals);

/** What is wrong with a tax code, in the user's language; NULL if it is empty or of a sound shape
 * (10 digits, 10 and 3 of a branch, or 12 of a person: Circular 86/2024/TT-BTC). (transfer full) */
char *quay_form_tax_code_fault (const char *text);

/** A choice's codes, NULL-terminated and copied, beside its shown names. */
void quay_form_fill_choice (GtkWidget *choice, const char *const *codes, const char *const *names);
/** The chosen code; borrowed, "" for none. */
const char *quay_form_get_choice (GtkWidget *choice);
/** Chooses a code; one that is not in the list is added, so that it is never lost. */
void quay_form_set_choice (GtkWidget *choice, const char *code);

/** The text of an entry; borrowed. */
const char *quay_form_text (GtkWidget *entry);

G_END_DECLS
