/* A form as a value: filled in by use cases, laid out by quay-form-draw.c. Any thread. */
#include "quay-form.h"

#include "quay-receipt-private.h"

static void
free_field_cb (gpointer data)
{
  QuayFormField *field = data;
  g_free (field->label);
  g_free (field->value);
  g_free (field);
}

static void
free_signer_cb (gpointer data)
{
  QuayFormSigner *signer = data;
  g_free (signer->title);
  g_free (signer->hint);
  g_free (signer->name);
  g_free (signer);
}

QuayForm *
quay_form_new (void)
{
  QuayForm *form = g_new0 (QuayForm, 1);
  form->fields = g_ptr_array_new_with_free_func (free_field_cb);
  form->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_free);
  form->strong = g_array_new (FALSE, FALSE, sizeof (guint));
  form->foot = g_ptr_array_new_with_free_func (free_field_cb);
  form->signers = g_ptr_array_new_with_free_func (free_signer_cb);
  return form;
}

/* A row has a text a column, where none may be missing in the middle: it is freed by its length. */
static void
free_rows (QuayForm *form)
{
  for (guint i = 0; i < form->rows->len; i++)
    for (guint k = 0; k < form->n_columns; k++)
      g_free (((char **)form->rows->pdata[i])[k]);
  g_ptr_array_unref (form->rows);
}

void
quay_form_free (QuayForm *form)
{
  if (form == NULL)
    return;
  g_free (form->unit);
  g_free (form->address);
  g_free (form->code);
  g_free (form->circular);
  g_free (form->title);
  g_free (form->date_line);
  g_free (form->number);
  g_ptr_array_unref (form->fields);
  free_rows (form);
  g_array_unref (form->strong);
  g_ptr_array_unref (form->foot);
  g_ptr_array_unref (form->signers);
  g_free (form);
}

static char *
clean_or_null (const char *text)
{
  g_autofree char *clean = quay_receipt_clean_text (text);
  return *clean == '\0' ? NULL : g_steal_pointer (&clean);
}

void
quay_form_add_field (QuayForm *form, gboolean foot, const char *label, const char *value)
{
  g_return_if_fail (form != NULL);

  QuayFormField *field = g_new0 (QuayFormField, 1);
  field->label = quay_receipt_clean_text (label);
  field->value = clean_or_null (value);
  g_ptr_array_add (foot ? form->foot : form->fields, field);
}

void
quay_form_add_row (QuayForm *form, const char *const *texts, gboolean strong)
{
  g_return_if_fail (form != NULL && texts != NULL);

  guint no = form->rows->len;
  char **row = g_new0 (char *, form->n_columns + 1);
  for (guint i = 0; i < form->n_columns; i++)
    row[i] = clean_or_null (texts[i]);
  g_ptr_array_add (form->rows, row);
  if (strong)
    g_array_append_val (form->strong, no);
}

void
quay_form_add_signer (QuayForm *form, const char *title, const char *name)
{
  g_return_if_fail (form != NULL);

  QuayFormSigner *signer = g_new0 (QuayFormSigner, 1);
  signer->title = quay_receipt_clean_text (title);
  signer->hint = g_strdup ("(Ký, họ tên)");
  signer->name = clean_or_null (name);
  g_ptr_array_add (form->signers, signer);
}
