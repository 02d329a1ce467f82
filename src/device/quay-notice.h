/* A notice of one page to hang up at the counter: a title, paragraphs with headings, in two
 * languages. One thread at a time. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** A part: its heading and text in Vietnamese, and below, smaller, in English. Borrowed. */
typedef struct
{
  const char *heading;
  const char *text;
  const char *english;
} QuayNoticePart;

/**
 * QuayNotice: borrowed texts.
 * @head: who says so: name, address, telephone of the shop; a line each
 * @title, @english: in Vietnamese and, smaller, in English
 * @parts: @n_parts of them
 * @foot: (nullable): last line: day, and the laws
 */
typedef struct
{
  const char *head;
  const char *title;
  const char *english;
  const QuayNoticePart *parts;
  guint n_parts;
  const char *foot;
} QuayNotice;

/**
 * quay_notice_to_pdf:
 * @path: replaced, whole or not at all
 *
 * Draws it on one page of A4, the letters as large as the page takes, down to 8 points.
 *
 * Returns: FALSE with QUAY_ERROR_INVALID (too long for a page), _FULL, _READ_ONLY or _IO.
 */
gboolean quay_notice_to_pdf (const QuayNotice *notice, const char *path, GError **error);

G_END_DECLS
