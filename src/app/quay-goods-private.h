/* Shared by the files of the page that fills in documents of goods. */
#pragma once

#include "quay-goods-line.h"
#include "quay-goods-page.h"
#include "quay-row-model.h"
#include "quay-till-sell.h"

G_BEGIN_DECLS

struct _QuayGoodsPage
{
  GtkBox parent;
  QuayTill *till;       /* owned */
  QuayVoucher *voucher; /* owned: the document so far */
  QuayId id;            /* that it will have, whichever try posts it */
  QuayId last;          /* what was posted last, for printing */
  QuayRowModel *model;  /* owned: copies of its lines */
  gboolean issue;
  gboolean filling; /* fields are set by the program */
  int editing;      /* the line whose fields are open, −1: a new one */
  GtkWidget *kinds[3];
  GtkWidget *party;
  GtkWidget *party_row;
  GtkWidget *reason;
  GtkWidget *name;
  GtkWidget *name_row;
  GtkWidget *ref;
  GtkWidget *ref_row;
  GtkWidget *ref_day;
  GtkWidget *ref_day_row;
  GtkWidget *note;
  GtkWidget *note_row;
  GtkWidget *scan;
  GtkWidget *scan_fault;
  GtkWidget *table;
  GtkWidget *stack;
  GtkWidget *line;
  GtkWidget *total;
  GtkWidget *paid;
  GtkWidget *paid_row;
  GtkWidget *post;
  GtkWidget *print;
};

/* --- quay-goods-draft.c --- */

/** What the fields say the document is. */
QuaySupply quay_goods_page_supply (QuayGoodsPage *page);
/** The document changed: shows it, keeps it. */
void quay_goods_page_changed (QuayGoodsPage *page);
/** Keeps the document and the line that is open, as they stand. */
void quay_goods_page_save_draft (QuayGoodsPage *page);
/** An empty document. */
void quay_goods_page_clear (QuayGoodsPage *page);
/** What a crash left. */
void quay_goods_page_restore (QuayGoodsPage *page);

/* --- quay-goods-page.c --- */

/** Takes the open line into the document; FALSE if it can't be. */
gboolean quay_goods_page_take_line (QuayGoodsPage *page);
/** Tells a fault where products are scanned; NULL: none. */
void quay_goods_page_show_fault (QuayGoodsPage *page, const char *text);
/** Begins a line of @item; @scan (nullable): what the label said. */
void quay_goods_page_start_line (QuayGoodsPage *page, const QuayItem *item, const QuayScan *scan);
/** Opens a line that is in the document already. */
void quay_goods_page_open_line (QuayGoodsPage *page, guint index);

/* --- quay-goods-post.c --- */

/** Checks the head, then posts. */
void quay_goods_page_post (QuayGoodsPage *page);
/** Lays the last document out on its form, and opens it. */
void quay_goods_page_print (QuayGoodsPage *page);
/** The same for any document; says where the file is. */
void quay_goods_print (GtkWidget *anywhere, QuayTill *till, const QuayId *document);

/* --- quay-goods-build.c --- */

/** The widgets of the page. */
void quay_goods_page_build (QuayGoodsPage *page);

G_END_DECLS
