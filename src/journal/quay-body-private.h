/* Words in which the shapes of bodies are written. */
#pragma once

#include "quay-body.h"

#define DAY_MIN 19700101
#define DAY_MAX 99991231
#define QTY_MAX QUAY_QTY_MAX
#define TS_MAX G_GINT64_CONSTANT (253402300799999) /* the last ms of the year 9999 */

#define INT(S, m, key)                                                                             \
  {                                                                                                \
    key, QUAY_FIELD_INT, G_STRUCT_OFFSET (S, m), FALSE, 0, 0, NULL                                 \
  }
#define INT_IN(S, m, key, min, max)                                                                \
  {                                                                                                \
    key, QUAY_FIELD_INT, G_STRUCT_OFFSET (S, m), TRUE, min, max, NULL                              \
  }
#define INT_OPT(S, m, key, min, max)                                                               \
  {                                                                                                \
    key, QUAY_FIELD_INT, G_STRUCT_OFFSET (S, m), FALSE, min, max, NULL                             \
  }
#define TEXT(S, m, key, max)                                                                       \
  {                                                                                                \
    key, QUAY_FIELD_TEXT, G_STRUCT_OFFSET (S, m), FALSE, 0, max, NULL                              \
  }
#define TEXT_REQ(S, m, key, max)                                                                   \
  {                                                                                                \
    key, QUAY_FIELD_TEXT, G_STRUCT_OFFSET (S, m), TRUE, 0, max, NULL                               \
  }
#define ID(S, m, key)                                                                              \
  {                                                                                                \
    key, QUAY_FIELD_ID, G_STRUCT_OFFSET (S, m), FALSE, 0, 0, NULL                                  \
  }
#define ID_REQ(S, m, key)                                                                          \
  {                                                                                                \
    key, QUAY_FIELD_ID, G_STRUCT_OFFSET (S, m), TRUE, 0, 0, NULL                                   \
  }
#define LIST(S, m, key, shape)                                                                     \
  {                                                                                                \
    key, QUAY_FIELD_LIST, G_STRUCT_OFFSET (S, m), TRUE, 0, 0, shape                                \
  }
/* A list that may be absent. */
#define LIST_OPT(S, m, key, shape)                                                                 \
  {                                                                                                \
    key, QUAY_FIELD_LIST, G_STRUCT_OFFSET (S, m), FALSE, 0, 0, shape                               \
  }
#define END                                                                                        \
  {                                                                                                \
    NULL, 0, 0, FALSE, 0, 0, NULL                                                                  \
  }
