/* The table of the Vietnamese alphabet (TCVN 6909:2001, the precomposed letters of Unicode).
 * Written out so that folding and sorting need neither a Unicode library nor a set-up step.
 * Pure; any thread.
 */
#include "quay-letters.h"

/* Ranks in the alphabet a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z. */
enum
{
  A = 1,
  A_BREVE = 2,
  A_CIRC = 3,
  D_BAR = 7,
  E = 8,
  E_CIRC = 9,
  I = 13,
  O = 19,
  O_CIRC = 20,
  O_HORN = 21,
  U = 27,
  U_HORN = 28,
  Y = 32,
};

#define LATIN_FIRST 0x00C0
#define LATIN_LAST 0x01B0
#define EXTRA_FIRST 0x1EA0
#define EXTRA_LAST 0x1EF9

/* Bits: rank << 4 | tone << 1 | capital; 0 where the code point is no Vietnamese letter. */
#define PACK(rank, tone, upper) ((rank) << 4 | QUAY_TONE_##tone << 1 | (upper))
#define LATIN(upper, lower, rank, tone)                                                            \
  [(upper)-LATIN_FIRST] = PACK (rank, tone, 1), [(lower)-LATIN_FIRST] = PACK (rank, tone, 0)
#define EXTRA(upper, lower, rank, tone)                                                            \
  [(upper)-EXTRA_FIRST] = PACK (rank, tone, 1), [(lower)-EXTRA_FIRST] = PACK (rank, tone, 0)

static const guint16 latin[LATIN_LAST - LATIN_FIRST + 1] = {
  LATIN (0x00C0, 0x00E0, A, HUYEN),       /* à */
  LATIN (0x00C1, 0x00E1, A, SAC),         /* á */
  LATIN (0x00C2, 0x00E2, A_CIRC, NGANG),  /* â */
  LATIN (0x00C3, 0x00E3, A, NGA),         /* ã */
  LATIN (0x00C8, 0x00E8, E, HUYEN),       /* è */
  LATIN (0x00C9, 0x00E9, E, SAC),         /* é */
  LATIN (0x00CA, 0x00EA, E_CIRC, NGANG),  /* ê */
  LATIN (0x00CC, 0x00EC, I, HUYEN),       /* ì */
  LATIN (0x00CD, 0x00ED, I, SAC),         /* í */
  LATIN (0x00D2, 0x00F2, O, HUYEN),       /* ò */
  LATIN (0x00D3, 0x00F3, O, SAC),         /* ó */
  LATIN (0x00D4, 0x00F4, O_CIRC, NGANG),  /* ô */
  LATIN (0x00D5, 0x00F5, O, NGA),         /* õ */
  LATIN (0x00D9, 0x00F9, U, HUYEN),       /* ù */
  LATIN (0x00DA, 0x00FA, U, SAC),         /* ú */
  LATIN (0x00DD, 0x00FD, Y, SAC),         /* ý */
  LATIN (0x0102, 0x0103, A_BREVE, NGANG), /* ă */
  LATIN (0x0110, 0x0111, D_BAR, NGANG),   /* đ */
  LATIN (0x0128, 0x0129, I, NGA),         /* ĩ */
  LATIN (0x0168, 0x0169, U, NGA),         /* ũ */
  LATIN (0x01A0, 0x01A1, O_HORN, NGANG),  /* ơ */
  LATIN (0x01AF, 0x01B0, U_HORN, NGANG),  /* ư */
};

static const guint16 extra[EXTRA_LAST - EXTRA_FIRST + 1] = {
  EXTRA (0x1EA0, 0x1EA1, A, NANG),        /* ạ */
  EXTRA (0x1EA2, 0x1EA3, A, HOI),         /* ả */
  EXTRA (0x1EA4, 0x1EA5, A_CIRC, SAC),    /* ấ */
  EXTRA (0x1EA6, 0x1EA7, A_CIRC, HUYEN),  /* ầ */
  EXTRA (0x1EA8, 0x1EA9, A_CIRC, HOI),    /* ẩ */
  EXTRA (0x1EAA, 0x1EAB, A_CIRC, NGA),    /* ẫ */
  EXTRA (0x1EAC, 0x1EAD, A_CIRC, NANG),   /* ậ */
  EXTRA (0x1EAE, 0x1EAF, A_BREVE, SAC),   /* ắ */
  EXTRA (0x1EB0, 0x1EB1, A_BREVE, HUYEN), /* ằ */
  EXTRA (0x1EB2, 0x1EB3, A_BREVE, HOI),   /* ẳ */
  EXTRA (0x1EB4, 0x1EB5, A_BREVE, NGA),   /* ẵ */
  EXTRA (0x1EB6, 0x1EB7, A_BREVE, NANG),  /* ặ */
  EXTRA (0x1EB8, 0x1EB9, E, NANG),        /* ẹ */
  EXTRA (0x1EBA, 0x1EBB, E, HOI),         /* ẻ */
  EXTRA (0x1EBC, 0x1EBD, E, NGA),         /* ẽ */
  EXTRA (0x1EBE, 0x1EBF, E_CIRC, SAC),    /* ế */
  EXTRA (0x1EC0, 0x1EC1, E_CIRC, HUYEN),  /* ề */
  EXTRA (0x1EC2, 0x1EC3, E_CIRC, HOI),    /* ể */
  EXTRA (0x1EC4, 0x1EC5, E_CIRC, NGA),    /* ễ */
  EXTRA (0x1EC6, 0x1EC7, E_CIRC, NANG),   /* ệ */
  EXTRA (0x1EC8, 0x1EC9, I, HOI),         /* ỉ */
  EXTRA (0x1ECA, 0x1ECB, I, NANG),        /* ị */
  EXTRA (0x1ECC, 0x1ECD, O, NANG),        /* ọ */
  EXTRA (0x1ECE, 0x1ECF, O, HOI),         /* ỏ */
  EXTRA (0x1ED0, 0x1ED1, O_CIRC, SAC),    /* ố */
  EXTRA (0x1ED2, 0x1ED3, O_CIRC, HUYEN),  /* ồ */
  EXTRA (0x1ED4, 0x1ED5, O_CIRC, HOI),    /* ổ */
  EXTRA (0x1ED6, 0x1ED7, O_CIRC, NGA),    /* ỗ */
  EXTRA (0x1ED8, 0x1ED9, O_CIRC, NANG),   /* ộ */
  EXTRA (0x1EDA, 0x1EDB, O_HORN, SAC),    /* ớ */
  EXTRA (0x1EDC, 0x1EDD, O_HORN, HUYEN),  /* ờ */
  EXTRA (0x1EDE, 0x1EDF, O_HORN, HOI),    /* ở */
  EXTRA (0x1EE0, 0x1EE1, O_HORN, NGA),    /* ỡ */
  EXTRA (0x1EE2, 0x1EE3, O_HORN, NANG),   /* ợ */
  EXTRA (0x1EE4, 0x1EE5, U, NANG),        /* ụ */
  EXTRA (0x1EE6, 0x1EE7, U, HOI),         /* ủ */
  EXTRA (0x1EE8, 0x1EE9, U_HORN, SAC),    /* ứ */
  EXTRA (0x1EEA, 0x1EEB, U_HORN, HUYEN),  /* ừ */
  EXTRA (0x1EEC, 0x1EED, U_HORN, HOI),    /* ử */
  EXTRA (0x1EEE, 0x1EEF, U_HORN, NGA),    /* ữ */
  EXTRA (0x1EF0, 0x1EF1, U_HORN, NANG),   /* ự */
  EXTRA (0x1EF2, 0x1EF3, Y, HUYEN),       /* ỳ */
  EXTRA (0x1EF4, 0x1EF5, Y, NANG),        /* ỵ */
  EXTRA (0x1EF6, 0x1EF7, Y, HOI),         /* ỷ */
  EXTRA (0x1EF8, 0x1EF9, Y, NGA),         /* ỹ */
};

static const char ascii_of_rank[] = "?aaabcddeefghijklmnooopqrstuuvwxyz";

static const guint8 rank_of_ascii[26] = { 1,  4,  5,  6,  8,  10, 11, 12, 13, 14, 15, 16, 17,
                                          18, 19, 22, 23, 24, 25, 26, 27, 29, 30, 31, 32, 33 };

gboolean
quay_letter_lookup (gunichar ch, QuayLetter *out)
{
  guint packed = 0;
  if (ch < 0x80)
    {
      if (!g_ascii_isalpha ((char)ch))
        return FALSE;
      packed = (guint)rank_of_ascii[(ch | 0x20) - 'a'] << 4 | !(ch & 0x20);
    }
  else if (ch >= LATIN_FIRST && ch <= LATIN_LAST)
    packed = latin[ch - LATIN_FIRST];
  else if (ch >= EXTRA_FIRST && ch <= EXTRA_LAST)
    packed = extra[ch - EXTRA_FIRST];
  if (packed == 0)
    return FALSE;
  out->rank = (guint8)(packed >> 4);
  out->tone = packed >> 1 & 7;
  out->upper = packed & 1;
  out->ascii = (char)(ascii_of_rank[out->rank] - (out->upper ? 0x20 : 0));
  return TRUE;
}

QuayTone
quay_letter_tone_of_mark (gunichar mark)
{
  switch (mark)
    {
    case 0x0300:
      return QUAY_TONE_HUYEN;
    case 0x0309:
      return QUAY_TONE_HOI;
    case 0x0303:
      return QUAY_TONE_NGA;
    case 0x0301:
      return QUAY_TONE_SAC;
    case 0x0323:
      return QUAY_TONE_NANG;
    default:
      return QUAY_TONE_OTHER;
    }
}
