/* The open line of a document as text, so that half a line outlives a power cut: what stands in
 * each field, right or not. Main thread. */
#include "quay-goods-line-private.h"

#include "quay-ui.h"

#define GROUP "line"

/* Names in the draft: they outlive versions of the program, as the order of the fields does not. */
static const char *const NAMES[QUAY_LINE_N_FIELDS] = {
  [QUAY_LINE_PAPER] = "paper",       [QUAY_LINE_FOUND] = "found",
  [QUAY_LINE_GROSS] = "gross",       [QUAY_LINE_DEDUCT] = "deduct",
  [QUAY_LINE_PRICE] = "price",       [QUAY_LINE_COMMISSION] = "commission",
  [QUAY_LINE_TRANSFER] = "transfer", [QUAY_LINE_CODE] = "code",
  [QUAY_LINE_MADE] = "made",         [QUAY_LINE_EXPIRES] = "expires",
  [QUAY_LINE_TRACE] = "trace",       [QUAY_LINE_QTY] = "qty",
  [QUAY_LINE_LOT] = "lot",           [QUAY_LINE_BEARER] = "bearer",
  [QUAY_LINE_NOTE] = "note",
};

/* A lot is named by its id: the list may have others when it is shown again. */
static char *
lot_text (QuayGoodsLine *pane)
{
  char id[QUAY_ID_TEXT_LEN + 1];
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (pane->controls[QUAY_LINE_LOT]));
  if (chosen == 0 || chosen == GTK_INVALID_LIST_POSITION || chosen > pane->lots->len)
    return g_strdup ("");
  quay_id_to_text (&((const QuayLot *)pane->lots->pdata[chosen - 1])->id, id);
  return g_strdup (id);
}

static void
choose_lot (QuayGoodsLine *pane, const char *text)
{
  QuayId id;
  if (!quay_id_from_text (text, &id))
    return;
  for (guint i = 0; i < pane->lots->len; i++)
    if (quay_id_equal (&((const QuayLot *)pane->lots->pdata[i])->id, &id))
      gtk_drop_down_set_selected (GTK_DROP_DOWN (pane->controls[QUAY_LINE_LOT]), i + 1);
}

char *
quay_goods_line_to_text (QuayGoodsLine *pane, int editing)
{
  char product[QUAY_ID_TEXT_LEN + 1];
  if (pane->line == NULL)
    return NULL;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  quay_id_to_text (&pane->line->product, product);
  g_key_file_set_string (file, GROUP, "product", product);
  g_key_file_set_integer (file, GROUP, "editing", editing);
  for (guint i = 0; i < QUAY_LINE_N_FIELDS; i++)
    {
      GtkWidget *control = pane->controls[i];
      g_autofree char *lot = i == QUAY_LINE_LOT ? lot_text (pane) : NULL;
      if (i == QUAY_LINE_BEARER)
        g_key_file_set_integer (file, GROUP, NAMES[i],
                                (int)gtk_drop_down_get_selected (GTK_DROP_DOWN (control)));
      else
        g_key_file_set_string (file, GROUP, NAMES[i],
                               lot != NULL ? lot : gtk_editable_get_text (GTK_EDITABLE (control)));
    }
  return g_key_file_to_data (file, NULL, NULL);
}

gboolean
quay_goods_line_text_product (const char *text, QuayId *product, int *editing)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  if (!g_key_file_load_from_data (file, text, (gsize)-1, G_KEY_FILE_NONE, NULL))
    return FALSE;
  g_autofree char *id = g_key_file_get_string (file, GROUP, "product", NULL);
  *editing = g_key_file_get_integer (file, GROUP, "editing", NULL);
  return id != NULL && quay_id_from_text (id, product);
}

void
quay_goods_line_fill_from_text (QuayGoodsLine *pane, const char *text)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  if (pane->line == NULL ||
      !g_key_file_load_from_data (file, text, (gsize)-1, G_KEY_FILE_NONE, NULL))
    return;
  pane->filling = TRUE;
  for (guint i = 0; i < QUAY_LINE_N_FIELDS; i++)
    {
      g_autofree char *value = g_key_file_get_string (file, GROUP, NAMES[i], NULL);
      if (value == NULL)
        continue;
      if (i == QUAY_LINE_LOT)
        choose_lot (pane, value);
      else if (i == QUAY_LINE_BEARER)
        gtk_drop_down_set_selected (GTK_DROP_DOWN (pane->controls[i]),
                                    g_str_equal (value, "1") ? 1 : 0);
      else
        gtk_editable_set_text (GTK_EDITABLE (pane->controls[i]), value);
    }
  pane->filling = FALSE;
}
