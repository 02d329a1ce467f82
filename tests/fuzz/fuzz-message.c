/* Any bytes as each message: what is taken has no member that is NULL, and is written so that it
 * reads the same. */
#include "quay-error.h"
#include "quay-message.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static const QuayShape *const shapes[] = {
  &quay_msg_enrol,   &quay_msg_enrolled, &quay_msg_ack,     &quay_msg_chains,
  &quay_msg_pull,    &quay_msg_rotate,   &quay_msg_rotated, &quay_msg_poison,
  &quay_msg_problem, &quay_msg_time,     &quay_msg_persons, &quay_msg_shared,
};

static void
check_members (const QuayShape *shape, gconstpointer data)
{
  for (const QuayField *field = shape->fields; field->key != NULL; field++)
    {
      const gpointer *member = (gconstpointer)((const guint8 *)data + field->offset);
      if (field->type != QUAY_FIELD_TEXT && field->type != QUAY_FIELD_LIST)
        continue;
      g_assert_nonnull (*member);
      if (field->type == QUAY_FIELD_TEXT)
        g_assert_true (g_utf8_validate (*member, -1, NULL));
      const GPtrArray *list = field->type == QUAY_FIELD_LIST ? *member : NULL;
      for (guint i = 0; list != NULL && i < list->len; i++)
        check_members (field->shape, list->pdata[i]);
    }
}

static GBytes *
read_and_write (const QuayShape *shape, const void *bytes, gsize len)
{
  g_autoptr (GError) error = NULL;
  g_autofree gpointer data = g_malloc (shape->size);
  gboolean good = quay_message_decode (shape, bytes, len, data, &error);
  GBytes *written = NULL;
  if (good)
    {
      g_assert_no_error (error);
      check_members (shape, data);
      written = quay_message_encode (shape, data);
    }
  else
    g_assert_error (error, QUAY_ERROR, QUAY_ERROR_INVALID);
  quay_shape_clear (shape, data);
  return written;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (GBytes) once = read_and_write (shapes[i], data, size);
      if (once == NULL)
        continue;
      g_autoptr (GBytes) twice =
          read_and_write (shapes[i], g_bytes_get_data (once, NULL), g_bytes_get_size (once));
      g_assert_nonnull (twice);
      g_assert_true (g_bytes_equal (once, twice));
    }
  return 0;
}
