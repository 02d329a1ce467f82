/* A product as typed, checked against what the shop knows, and the events that it becomes. The same
 * checks and events serve the form, the import and the sample shop. Private to the till; main
 * thread, but for the checks of an import. */
#pragma once

#include "quay-reader.h"
#include "quay-till-catalog.h"

G_BEGIN_DECLS

/**
 * QuayEditor: what a form or a file is checked against, looked up once: VAT classes, categories,
 * producers, communes, and the SKUs and codes that earlier rows of the same file have taken.
 */
typedef struct _QuayEditor QuayEditor;

/** (transfer full). @till must outlive it. */
QuayEditor *quay_editor_new (QuayTill *till);
/** The same in two steps, of which the second, and checks after it, may be on another thread that
 * has @reader, which must live as long as checks are made. */
QuayEditor *quay_editor_prepare (QuayTill *till);
void quay_editor_load (QuayEditor *editor, QuayReader *reader);
void quay_editor_free (QuayEditor *editor);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayEditor, quay_editor_free)

/** One difference for a preview: member of QuayItemEdit, text before and after, "" for none. */
typedef struct
{
  const char *column;
  char *before;
  char *after;
} QuayItemChange;

/**
 * QuayItemPlan: what a sound row does.
 * @product: its id, made if @added
 * @facts: (element-type QuayFact): those that differ
 * @bound, @unbound: (element-type utf8): codes
 * @has_price: @price holds from @price_day on; below 0: no price from then
 * @producer: index + 1 of a producer in the editor that the row needs written, 0 for none
 * @stock: opening quantity, 0 for none
 * @picture: file to take in before the events are written, NULL for none
 * @changes: (element-type QuayItemChange): empty if the row changes nothing
 */
typedef struct
{
  QuayId product;
  gboolean added;
  guint row;
  char *sku;
  char *name;
  GPtrArray *facts;
  GPtrArray *bound;
  GPtrArray *unbound;
  gboolean has_price;
  QuayDay price_day;
  QuayMoney price;
  guint producer;
  QuayQty stock;
  char *picture;
  GPtrArray *changes;
} QuayItemPlan;

void quay_item_plan_free (QuayItemPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuayItemPlan, quay_item_plan_free)

/**
 * quay_item_edit_check:
 * @product: nil: the product of that SKU, or a new one
 * @row: of the file, 0 for a form; goes into refusals
 * @refusals: (element-type QuayRefusal): every field that is refused is added
 *
 * Checks all fields and works out what differs. Writes nothing.
 *
 * Returns: (transfer full): NULL if something was refused.
 */
QuayItemPlan *quay_item_edit_check (QuayEditor *editor, const QuayItemEdit *edit,
                                    const QuayId *product, guint row, GPtrArray *refusals);

/**
 * quay_editor_write:
 * @plans: (element-type QuayItemPlan)
 *
 * Takes the pictures in and adds the events of @plans to @txn: producers, facts, codes, prices,
 * opening stock. More than one row is a document: it ends with a posted event that names @document
 * (the file's name).
 *
 * Returns: FALSE with a storage error if a picture can't be copied.
 */
gboolean quay_editor_write (QuayEditor *editor, GPtrArray *plans, const char *document,
                            QuayTxn *txn, GError **error);

/** After @plans were committed: refreshes the search and tells about it. */
void quay_editor_done (QuayEditor *editor, GPtrArray *plans);

/** What a form shows for @item, from it and the facts of its product, but for the commune, which is
 * the producer's; (transfer full). */
QuayItemEdit *quay_item_edit_show (const QuayItem *item, GHashTable *facts);

/** A refusal for @column in both languages; (transfer full). */
QuayRefusal *quay_refusal_new (guint row, const char *column, const char *code);

G_END_DECLS
