/* VietQR: payloads of NAPAS, of banks' apps and of wallets, made again letter for letter; what must
 * be refused, and why; texts are folded, then cut. */
#include "quay-vietqr.h"

#include <string.h>

#define NAPAS_ACCOUNT                                                                              \
  "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN63049E6F"
#define NAPAS_CARD                                                                                 \
  "00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN63044" \
  "F"                                                                                              \
  "52"
#define NAPAS_ORDER_ACCOUNT                                                                        \
  "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA530370454061800005802" \
  "V"                                                                                              \
  "N62340107NPS68690819thanh toan don hang63042E2E"
#define NAPAS_ORDER_CARD                                                                           \
  "00020101021238600010A00000072701300006970403011697040311012345670208QRIBFTTC530370454061800005" \
  "8"                                                                                              \
  "02VN62340107NPS68690819thanh toan don hang6304A203"
#define VIETINBANK                                                                                 \
  "00020101021238570010A00000072701270006970415011300110019324180208QRIBFTTA530370454061200005802" \
  "V"                                                                                              \
  "N62170813ung ho lu lut6304C15C"
#define MOMO                                                                                       \
  "00020101021138620010A00000072701320006970454011899MM24011M348750800208QRIBFTTA53037045802VN621" \
  "9"                                                                                              \
  "0515MOMOW2W3487508080030466304EBC8"
#define ZALOPAY                                                                                    \
  "00020101021138620010A00000072701320006970454011899ZP24009M072482670208QRIBFTTA53037045802VN630" \
  "4"                                                                                              \
  "073C"
#define AGRIBANK                                                                                   \
  "00020101021238570010A00000072701270006970405011383002050123450208QRIBFTTA530370454061250005802" \
  "V"                                                                                              \
  "N62290109HD00000120812TT HD000001263048DBC"
/* as printed by NAPAS: the checksum is right, but twelve characters are declared for thirteen */
#define NAPAS_MISPRINT                                                                             \
  "00020101021138570010A00000072701270006970403011200110123456780208QRIBFTTA53037045802VN6304F4E5"

/* Everything before the country and after the account of @NAPAS_ACCOUNT, for payloads to spoil. */
#define HEAD "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA"

typedef struct
{
  const char *payload;
  QuayVietqr qr;
  gboolean made; /* and not read alone */
} Good;

static const Good good[] = {
  { NAPAS_ACCOUNT, { .bin = "970403", .account = "0011012345678" }, TRUE },
  { NAPAS_CARD, { .card = TRUE, .bin = "970403", .account = "9704031101234567" }, TRUE },
  { NAPAS_ORDER_ACCOUNT,
    { .once = TRUE,
      .bin = "970403",
      .account = "0011012345678",
      .amount = 180000,
      .bill = "NPS6869",
      .purpose = "thanh toan don hang" },
    TRUE },
  { NAPAS_ORDER_CARD,
    { .once = TRUE,
      .card = TRUE,
      .bin = "970403",
      .account = "9704031101234567",
      .amount = 180000,
      .bill = "NPS6869",
      .purpose = "thanh toan don hang" },
    TRUE },
  { VIETINBANK,
    { .once = TRUE,
      .bin = "970415",
      .account = "0011001932418",
      .amount = 120000,
      .purpose = "ung ho lu lut" },
    TRUE },
  { MOMO,
    { .bin = "970454", .account = "99MM24011M34875080", .reference = "MOMOW2W34875080" },
    FALSE },
  { ZALOPAY, { .bin = "970454", .account = "99ZP24009M07248267" }, TRUE },
  { AGRIBANK,
    { .once = TRUE,
      .bin = "970405",
      .account = "8300205012345",
      .amount = 125000,
      .bill = "HD0000012",
      .purpose = "TT HD0000012" },
    TRUE },
};

/* What @text says, with the checksum that belongs to it behind it; (transfer full). */
static char *
sealed (const char *text)
{
  g_autofree char *open = g_strconcat (text, "6304", NULL);
  return g_strdup_printf ("%s%04X", open, quay_vietqr_crc (open, strlen (open)));
}

static void
check_refused (const char *payload, QuayVietqrFault fault)
{
  QuayVietqr out = { .amount = 7 };
  g_autofree char *shown = g_utf8_make_valid (payload, -1);
  g_test_message ("%s", shown);
  g_assert_cmpstr (quay_vietqr_fault_name (quay_vietqr_parse (payload, -1, &out)), ==,
                   quay_vietqr_fault_name (fault));
  g_assert_cmpint (out.amount, ==, 7);
}

static void
check_sealed_refused (const char *text, QuayVietqrFault fault)
{
  g_autofree char *payload = sealed (text);
  check_refused (payload, fault);
}

static void
test_checksum (void)
{
  g_assert_cmphex (quay_vietqr_crc ("123456789", 9), ==, 0x29B1);
}

static void
test_vectors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      QuayVietqr out = { 0 };
      g_test_message ("%s", good[i].payload);
      g_assert_cmpstr (quay_vietqr_fault_name (quay_vietqr_parse (good[i].payload, -1, &out)), ==,
                       "ok");
      g_assert_true (quay_vietqr_equal (&out, &good[i].qr));
      g_assert_cmpstr (out.account, ==, good[i].qr.account);
      g_assert_cmpstr (out.purpose, ==, good[i].qr.purpose);
      if (!good[i].made)
        continue;
      g_autofree char *payload = NULL;
      g_assert_cmpint (quay_vietqr_build (&good[i].qr, &payload), ==, QUAY_VIETQR_OK);
      g_assert_cmpstr (payload, ==, good[i].payload);
    }
}

/* Any one digit of a checksum that is another. */
static void
test_wrong_checksums (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    for (gsize back = 1; back <= 4; back++)
      {
        g_autofree char *payload = g_strdup (good[i].payload);
        char *digit = payload + strlen (payload) - back;
        *digit = *digit == '0' ? '1' : '0';
        check_refused (payload, QUAY_VIETQR_BAD_CHECKSUM);
        *digit = 'G';
        check_refused (payload, QUAY_VIETQR_BAD_CHECKSUM);
      }
}

/* A payload that ends anywhere before its end is none. */
static void
test_cut (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    for (gsize len = 0; len < strlen (good[i].payload); len++)
      {
        QuayVietqr out;
        g_assert_cmpint (quay_vietqr_parse (good[i].payload, (gssize)len, &out), !=,
                         QUAY_VIETQR_OK);
      }
}

static void
test_refused (void)
{
  check_refused (NAPAS_MISPRINT, QUAY_VIETQR_BROKEN);
  check_refused ("", QUAY_VIETQR_NO_CODE);
  check_refused ("8938505974192", QUAY_VIETQR_NO_CODE);
  check_refused ("000201\n", QUAY_VIETQR_BAD_CHARACTERS);
  check_refused ("000201\xff", QUAY_VIETQR_BAD_CHARACTERS);
  check_refused ("000201", QUAY_VIETQR_NO_CHECKSUM);
  check_refused (HEAD "53037045802VN", QUAY_VIETQR_NO_CHECKSUM);
  check_refused (HEAD "63040000"
                      "53037045802VN",
                 QUAY_VIETQR_NO_CHECKSUM);
  check_refused (HEAD "53037045802VN6303ABC", QUAY_VIETQR_NO_CHECKSUM);
  check_refused (HEAD "53037045899VN6304ABCD", QUAY_VIETQR_BROKEN);
  check_refused (HEAD "5303704580AVN6304ABCD", QUAY_VIETQR_BROKEN);
  check_refused (HEAD "53037045800", QUAY_VIETQR_BROKEN);
  check_refused (HEAD "530370453037045802VN6304ABCD", QUAY_VIETQR_TWICE);
}

static void
test_refused_fields (void)
{
  static const char *const amounts[] = {
    "54010",  "54040000", "54051.2.3", "540650 000", "540650,000",
    "5402-1", "5401.",    "5402.5",    "54051.500",  "5414100000000000.0"
  };
  for (gsize i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      g_autofree char *text = g_strconcat (HEAD "5303704", amounts[i], "5802VN", NULL);
      check_sealed_refused (text, QUAY_VIETQR_BAD_AMOUNT);
    }
  check_sealed_refused (HEAD "53038405802VN", QUAY_VIETQR_BAD_CURRENCY);
  check_sealed_refused (HEAD "5802VN", QUAY_VIETQR_BAD_CURRENCY);
  check_sealed_refused (HEAD "53037045802KH", QUAY_VIETQR_BAD_COUNTRY);
  check_sealed_refused (HEAD "5303704", QUAY_VIETQR_BAD_COUNTRY);
  check_sealed_refused ("00020153037045802VN", QUAY_VIETQR_BAD_USE);
  check_sealed_refused ("00020101021353037045802VN", QUAY_VIETQR_BAD_USE);
  check_sealed_refused ("00020101021153037045802VN", QUAY_VIETQR_NO_TRANSFER);
  check_sealed_refused ("00020101021138140010A00000070053037045802VN", QUAY_VIETQR_NO_TRANSFER);
  check_sealed_refused ("00020101021138140010A00000072753037045802VN", QUAY_VIETQR_NO_TRANSFER);
  check_sealed_refused ("0002010102113832"
                        "0010A000000727"
                        "0114"
                        "000597040"
                        "01011"
                        "53037045802VN",
                        QUAY_VIETQR_BAD_BIN);
  check_sealed_refused ("0002010102113832"
                        "0010A000000727"
                        "0114"
                        "0006970403"
                        "0100"
                        "53037045802VN",
                        QUAY_VIETQR_BROKEN);
  check_sealed_refused ("0002010102113835"
                        "0010A000000727"
                        "0117"
                        "0006970403"
                        "01031-2"
                        "53037045802VN",
                        QUAY_VIETQR_BAD_ACCOUNT);
  check_sealed_refused ("0002010102113852"
                        "0010A000000727"
                        "0124"
                        "0006970403"
                        "01100011012345"
                        "0206QRPUSH"
                        "53037045802VN",
                        QUAY_VIETQR_BAD_SERVICE);
  check_sealed_refused (HEAD "53037045802VN5909Quế Thanh", QUAY_VIETQR_BAD_TEXT);
  check_sealed_refused (HEAD "53037045802VN5926ABCDEFGHIJKLMNOPQRSTUVWXYZ", QUAY_VIETQR_BAD_TEXT);
  check_sealed_refused (HEAD "53037045802VN62300826ABCDEFGHIJKLMNOPQRSTUVWXYZ",
                        QUAY_VIETQR_BAD_TEXT);
  check_sealed_refused (HEAD "53037045802VN62100801A0801B", QUAY_VIETQR_TWICE);
}

/* What others write and we never do. */
static void
test_lenient (void)
{
  static const struct
  {
    const char *text;
    gint64 amount;
  } rows[] = {
    { HEAD "5303704540650000.5802VN", 50000 },
    { HEAD "5303704540850000.005802VN", 50000 },
    { HEAD "530370454139999999999999"
           "5802VN",
      G_GINT64_CONSTANT (9999999999999) },
    { HEAD "52045411"
           "5303704"
           "5406180000"
           "550201"
           "5802VN"
           "5910QUE THANH."
           "6011THAI NGUYEN"
           "610525000"
           "621150070003ABC"
           "64280002vi0109Quế Thanh0205Na Rì"
           "8003046",
      180000 },
    { "00020101021138450010A00000072701270006970403011300110123456785303704"
      "5406180000"
      "5802VN",
      180000 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      QuayVietqr out = { 0 };
      g_autofree char *payload = sealed (rows[i].text);
      g_test_message ("%s", payload);
      g_assert_cmpstr (quay_vietqr_fault_name (quay_vietqr_parse (payload, -1, &out)), ==, "ok");
      g_assert_cmpint (out.amount, ==, rows[i].amount);
    }
  QuayVietqr out = { 0 };
  g_autofree char *lower = g_ascii_strdown (NAPAS_ACCOUNT + strlen (NAPAS_ACCOUNT) - 4, -1);
  g_autofree char *head = g_strndup (NAPAS_ACCOUNT, strlen (NAPAS_ACCOUNT) - 4);
  g_autofree char *payload = g_strconcat (head, lower, NULL);
  g_assert_cmpint (quay_vietqr_parse (payload, -1, &out), ==, QUAY_VIETQR_OK);
}

static void
check_unmade (QuayVietqr qr, QuayVietqrFault fault)
{
  char *payload = (char *)"left";
  g_assert_cmpstr (quay_vietqr_fault_name (quay_vietqr_build (&qr, &payload)), ==,
                   quay_vietqr_fault_name (fault));
  g_assert_null (payload);
}

#define QR(...)                                                                                    \
  (QuayVietqr)                                                                                     \
  {                                                                                                \
    .bin = "970405", .account = "8300205012345", .once = TRUE, __VA_ARGS__                         \
  }
#define LONGEST "ABCDEFGHIJKLMNOPQRSTUVWXY"

static void
test_unmade (void)
{
  check_unmade ((QuayVietqr){ .account = "1" }, QUAY_VIETQR_BAD_BIN);
  check_unmade ((QuayVietqr){ .bin = "97040a", .account = "1" }, QUAY_VIETQR_BAD_BIN);
  check_unmade ((QuayVietqr){ .bin = "970405" }, QUAY_VIETQR_BAD_ACCOUNT);
  check_unmade ((QuayVietqr){ .bin = "970405", .account = "12 34" }, QUAY_VIETQR_BAD_ACCOUNT);
  check_unmade ((QuayVietqr){ .bin = "970405", .account = "1", .amount = 1 },
                QUAY_VIETQR_BAD_AMOUNT);
  check_unmade (QR (.amount = -1), QUAY_VIETQR_BAD_AMOUNT);
  check_unmade (QR (.amount = QUAY_VIETQR_AMOUNT_MAX + 1), QUAY_VIETQR_BAD_AMOUNT);
  check_unmade (QR (.category = "541"), QUAY_VIETQR_BAD_TEXT);
  check_unmade (QR (.purpose = "d\xe1\xba\xa5u"), QUAY_VIETQR_BAD_TEXT);
  check_unmade (QR (.bill = LONGEST, .store = LONGEST, .terminal = LONGEST, .purpose = LONGEST),
                QUAY_VIETQR_TOO_LONG);
  for (int fault = 1; fault < QUAY_VIETQR_N_FAULTS; fault++)
    {
      g_assert_nonnull (quay_vietqr_fault_name ((QuayVietqrFault)fault));
      g_assert_cmpuint (strlen (quay_vietqr_fault_text ((QuayVietqrFault)fault)), >, 10);
    }
}

static void
test_fold (void)
{
  static const struct
  {
    const char *text;
    const char *fold;
  } rows[] = {
    { NULL, "" },
    { "Điểm bán hàng OCOP Quế Thanh", "Diem ban hang OCOP Que Th" }, /* folded, then cut */
    { "  Rượu\tmen \n lá  ", "Ruou men la" },
    { "bốn ly trà và bánh gio ạ", "bon ly tra va banh gio a" },
    { "hai mươi lăm ký tự đầu là đây", "hai muoi lam ky tu dau la" }, /* no blank at the end */
    { "日本", "??" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      QuayVietqr qr = QR (.purpose = "before");
      g_autofree char *payload = NULL;
      QUAY_VIETQR_SET (qr.purpose, rows[i].text);
      g_assert_cmpstr (qr.purpose, ==, rows[i].fold);
      g_assert_cmpint (quay_vietqr_build (&qr, &payload), ==, QUAY_VIETQR_OK);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checksum", test_checksum);
  g_test_add_func ("/vectors", test_vectors);
  g_test_add_func ("/checksum/wrong", test_wrong_checksums);
  g_test_add_func ("/cut", test_cut);
  g_test_add_func ("/refused", test_refused);
  g_test_add_func ("/refused/fields", test_refused_fields);
  g_test_add_func ("/lenient", test_lenient);
  g_test_add_func ("/unmade", test_unmade);
  g_test_add_func ("/fold", test_fold);
  return g_test_run ();
}
