/* The head of a document that is filled in, and its draft on disk. Main thread. */
#include "quay-goods-private.h"

#include "quay-suggest-entry.h"
#include "quay-till-catalog.h"
#include "quay-till-documents.h"
#include "quay-till-supply.h"
#include "quay-typed.h"
#include "quay-ui.h"

static const char *const in_reasons[] = { "own", "consigned", "door" };
static const char *const out_reasons[] = { "damaged", "expired", "sample",
                                           "own-use", "given",   "returned" };

QuaySupply
quay_goods_page_supply (QuayGoodsPage *page)
{
  if (page->issue)
    return QUAY_SUPPLY_OUT;
  for (guint i = 0; i < G_N_ELEMENTS (page->kinds); i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (page->kinds[i])))
      return (QuaySupply)i;
  return QUAY_SUPPLY_OWN;
}

static const char *
draft_name (QuayGoodsPage *page)
{
  return page->issue ? "issue" : "receive";
}

static GtkWidget *
party_entry (QuayGoodsPage *page)
{
  return GTK_WIDGET (quay_suggest_entry_get_entry (QUAY_SUGGEST_ENTRY (page->party)));
}

static void
take_text (char **to, GtkWidget *entry)
{
  g_free (*to);
  *to = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
  if (**to == '\0')
    g_clear_pointer (to, g_free);
}

/* The head as it is typed; what can't be read is told when the document is posted. */
static void
read_head (QuayGoodsPage *page)
{
  QuayVoucher *voucher = page->voucher;
  QuayDay day = 0;
  g_autofree char *party = quay_suggest_entry_dup_value (QUAY_SUGGEST_ENTRY (page->party));
  g_free (voucher->reason);
  if (!quay_till_find_supplier (page->till, party, &voucher->party))
    voucher->party = QUAY_ID_NIL;
  if (page->issue)
    {
      guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (page->reason));
      voucher->reason = g_strdup (out_reasons[MIN (chosen, G_N_ELEMENTS (out_reasons) - 1)]);
      take_text (&voucher->name, page->name);
      take_text (&voucher->note, page->note);
      return;
    }
  voucher->reason = g_strdup (in_reasons[quay_goods_page_supply (page)]);
  take_text (&voucher->name, party_entry (page));
  take_text (&voucher->ref, page->ref);
  if (quay_typed_day (gtk_editable_get_text (GTK_EDITABLE (page->ref_day)), &day))
    voucher->ref_day = day;
}

static gboolean
is_empty (QuayGoodsPage *page)
{
  const QuayVoucher *voucher = page->voucher;
  return voucher->lines->len == 0 && voucher->name == NULL && voucher->ref == NULL &&
         voucher->note == NULL && voucher->ref_day == 0;
}

static void
show_lines (QuayGoodsPage *page)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)quay_voucher_line_free);
  GPtrArray *lines = page->voucher->lines;
  QuaySupply supply = quay_goods_page_supply (page);
  gboolean owed = supply == QUAY_SUPPLY_OWN || supply == QUAY_SUPPLY_DOOR;
  for (guint i = 0; i < lines->len; i++)
    g_ptr_array_add (rows, quay_voucher_line_copy (lines->pdata[i]));
  quay_row_model_set (page->model, rows);
  gtk_stack_set_visible_child_name (GTK_STACK (page->stack), lines->len > 0 ? "list" : "empty");
  if (!quay_voucher_sum (page->voucher))
    page->voucher->total = QUAY_DONG (0);
  quay_ui_set_money (page->total, page->voucher->total, QUAY_MONEY_SIGN);
  gtk_widget_set_sensitive (page->post, lines->len > 0);
  gtk_widget_set_visible (page->paid_row, owed);
  if (page->issue)
    {
      gboolean back = g_strcmp0 (page->voucher->reason, "returned") == 0;
      gtk_widget_set_visible (page->party_row, back);
      gtk_widget_set_visible (page->name_row, !back);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (page->kinds); i++)
    gtk_widget_set_sensitive (page->kinds[i], lines->len == 0);
}

void
quay_goods_page_changed (QuayGoodsPage *page)
{
  if (page->filling)
    return;
  read_head (page);
  page->voucher->document = page->id;
  show_lines (page);
  quay_goods_page_save_draft (page);
}

void
quay_goods_page_save_draft (QuayGoodsPage *page)
{
  g_autofree char *line = quay_goods_line_to_text (QUAY_GOODS_LINE (page->line), page->editing);
  if (page->filling)
    return;
  page->voucher->document = page->id;
  quay_till_save_goods_draft (page->till, draft_name (page),
                              is_empty (page) && line == NULL ? NULL : page->voucher, line);
}

static void
set_text (GtkWidget *entry, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
}

static guint
find_reason (const char *reason, const char *const *list, guint n)
{
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (reason, list[i]) == 0)
      return i;
  return 0;
}

static void
show_party (QuayGoodsPage *page)
{
  char key[QUAY_ID_TEXT_LEN + 1];
  const char *name = page->issue ? NULL : page->voucher->name;
  g_autoptr (GPtrArray) rows = quay_till_producers (page->till);
  quay_id_to_text (&page->voucher->party, key);
  for (guint i = 0; i < rows->len && name == NULL; i++)
    if (g_strcmp0 (((QuayReportRow *)rows->pdata[i])->key, key) == 0)
      name = ((QuayReportRow *)rows->pdata[i])->name;
  quay_suggest_entry_set_value (QUAY_SUGGEST_ENTRY (page->party), name);
}

static void
show_head (QuayGoodsPage *page)
{
  const QuayVoucher *voucher = page->voucher;
  g_autofree char *day = voucher->ref_day != 0 ? quay_day_to_vi ((QuayDay)voucher->ref_day) : NULL;
  page->filling = TRUE;
  show_party (page);
  if (page->issue)
    {
      gtk_drop_down_set_selected (
          GTK_DROP_DOWN (page->reason),
          find_reason (voucher->reason, out_reasons, G_N_ELEMENTS (out_reasons)));
      set_text (page->name, voucher->name);
      set_text (page->note, voucher->note);
    }
  else
    {
      guint kind = find_reason (voucher->reason, in_reasons, G_N_ELEMENTS (in_reasons));
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (page->kinds[kind]), TRUE);
      set_text (page->ref, voucher->ref);
      set_text (page->ref_day, day);
    }
  set_text (page->paid, NULL);
  page->filling = FALSE;
  quay_goods_line_set_supply (QUAY_GOODS_LINE (page->line), quay_goods_page_supply (page));
}

static void
put_voucher (QuayGoodsPage *page, QuayVoucher *voucher)
{
  g_clear_pointer (&page->voucher, quay_voucher_free);
  page->voucher = voucher;
  page->editing = -1;
  quay_goods_line_close (QUAY_GOODS_LINE (page->line));
  show_head (page);
  quay_goods_page_changed (page);
}

void
quay_goods_page_clear (QuayGoodsPage *page)
{
  QuayVoucher *voucher = quay_voucher_new ();
  voucher->reason = g_strdup (page->voucher != NULL ? page->voucher->reason : NULL);
  page->id = quay_till_new_id (page->till);
  put_voucher (page, voucher);
}

/* The line that was open. */
static void
restore_line (QuayGoodsPage *page, const char *text)
{
  int editing = -1;
  QuayId product;
  if (!quay_goods_line_text_product (text, &product, &editing))
    return;
  g_autoptr (QuayItem) item = quay_till_item (page->till, &product);
  if (editing >= 0 && editing < (int)page->voucher->lines->len)
    quay_goods_page_open_line (page, (guint)editing);
  else if (item != NULL)
    quay_goods_page_start_line (page, item, NULL);
  quay_goods_line_fill_from_text (QUAY_GOODS_LINE (page->line), text);
  quay_goods_page_save_draft (page);
}

/* What a crash left is there again, unless it was posted before its answer was lost. */
void
quay_goods_page_restore (QuayGoodsPage *page)
{
  QuayVoucher *draft = quay_till_goods_draft (page->till, draft_name (page));
  g_autofree char *line = quay_till_goods_draft_line (page->till, draft_name (page));
  if (draft != NULL && !quay_id_is_nil (&draft->document))
    {
      g_autoptr (QuayDocument) posted = quay_till_document (page->till, &draft->document);
      if (posted == NULL)
        {
          page->id = draft->document;
          put_voucher (page, draft);
          if (line != NULL)
            restore_line (page, line);
          return;
        }
    }
  quay_voucher_free (draft);
  quay_goods_page_clear (page);
}
