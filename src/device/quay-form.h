/* Forms on paper (A4): vouchers, minutes, statements, as PDF. A form is filled in as a value and
 * laid out by one renderer; which form it is, is data. Main thread or any other, one at a time. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * QuayFormColumn:
 * @title: heading; @group: heading above it that neighbours share, NULL if none
 * @letter: the line of letters and numbers below the headings ("A", "1", "3 = 1+2"), NULL if none
 * @width: share of the width, any unit
 * @number: figures at the right edge
 */
typedef struct
{
  const char *title;
  const char *group;
  const char *letter;
  double width;
  gboolean number;
} QuayFormColumn;

/** A line of text: a label and what is filled in ("Họ và tên người giao: Bà Mai"). */
typedef struct
{
  char *label;
  char *value;
} QuayFormField;

/** A person's place to sign: title, and who signs if it is known. */
typedef struct
{
  char *title;
  char *hint; /* "(Ký, họ tên)" */
  char *name;
} QuayFormSigner;

/**
 * QuayForm: one document. Text members are owned.
 * @unit, @address: head at the left ("Đơn vị: …", "Địa chỉ: …")
 * @code, @circular: head at the right ("Mẫu số 01-VT", "(Kèm theo …)"), from dated data
 * @title, @date_line, @number: in the middle
 * @fields: (element-type QuayFormField): above the table
 * @columns, @n_columns: the table; static
 * @rows: (element-type GStrv): a text a column, NULL for an empty cell; @strong: rows to be printed
 *   bold ("Cộng"), GArray of guint
 * @foot: (element-type QuayFormField): below the table
 * @signers: (element-type QuayFormSigner)
 * @landscape: across
 */
typedef struct
{
  char *unit;
  char *address;
  char *code;
  char *circular;
  char *title;
  char *date_line;
  char *number;
  GPtrArray *fields;
  const QuayFormColumn *columns;
  guint n_columns;
  GPtrArray *rows;
  GArray *strong;
  GPtrArray *foot;
  GPtrArray *signers;
  gboolean landscape;
} QuayForm;

/** An empty form with its lists; (transfer full). */
QuayForm *quay_form_new (void);
void quay_form_free (QuayForm *form);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayForm, quay_form_free)

/** Adds a line of text above or, @foot, below the table; texts are copied, @value may be NULL. */
void quay_form_add_field (QuayForm *form, gboolean foot, const char *label, const char *value);
/** Adds a row of n_columns texts, copied; @strong: printed bold. */
void quay_form_add_row (QuayForm *form, const char *const *texts, gboolean strong);
/** Adds a place to sign. */
void quay_form_add_signer (QuayForm *form, const char *title, const char *name);

/**
 * quay_form_to_pdf:
 * @path: the file, replaced whole or not at all
 *
 * Lays the form out on as many A4 pages as it needs: headings again on each, pages numbered, the
 * places to sign kept together.
 *
 * Returns: FALSE with QUAY_ERROR_IO, _FULL or _READ_ONLY.
 */
gboolean quay_form_to_pdf (const QuayForm *form, const char *path, GError **error);

G_END_DECLS
