/* How documents become official forms; for the files of this folder. Builders of one form each are
 * in files quay-till-forms-….c and begin with quay_till_form_new(). */
#pragma once

#include "quay-document.h"
#include "quay-form.h"
#include "quay-till.h"

G_BEGIN_DECLS

/**
 * quay_till_form_new:
 * @code: of the form, as in data/params/forms.csv ("01-VT")
 * @title: "PHIẾU NHẬP KHO"
 * @day: of the document; also chooses the circular
 * @number: of the document, NULL for none
 * @columns: static
 *
 * A form with the head that all have: shop, address, model and circular, title, date, number.
 */
QuayForm *quay_till_form_new (QuayTill *till, const char *code, const char *title, QuayDay day,
                              const char *number, const QuayFormColumn *columns, guint n_columns);

/** "Ngày 01 tháng 12 năm 2026", with dots for no day; (transfer full). */
char *quay_till_form_day (QuayDay day);
/** A number as it stands in a table, bare; NULL for nothing: (transfer full) (nullable). */
char *quay_till_form_money (QuayMoney amount);
char *quay_till_form_qty (QuayQty qty);
/** Adds "Tổng số tiền (viết bằng chữ)" below the table; empty if there is no amount. */
void quay_till_form_add_words (QuayForm *form, const char *label, QuayMoney amount);
/** A person or place of the shop's facts as it stands on a form: "Tên, xã …"; NULL if unknown;
 * (transfer full). @party: of a producer. */
char *quay_till_form_address (QuayTill *till, const QuayId *party);

/** Where a document's file goes if nobody says where: forms/NUMBER.pdf in the shop's folder, which
 * is made; (transfer full). */
char *quay_till_forms_path (QuayTill *till, const char *number);

/** 01-VT, 06-VT or 02-VT of a whole document; (transfer full). */
QuayForm *quay_till_goods_form (QuayTill *till, const QuayDocument *document);

G_END_DECLS
