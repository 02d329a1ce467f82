/* Word lists of generated shops: goods of the hills, places, kinds of producers. The places are
 * communes of today; the producers are composed and stand for nobody. */
#include "quay-generate.h"

#include <string.h>

static const QuayGoods by_piece[] = {
  { "Miến dong",
    "noodle",
    "A_PROC",
    "I.3.b",
    { "gói 300 g", "gói 500 g", "túi 1 kg" },
    28000,
    60000 },
  { "Miến dong sợi nhỏ", "noodle", "A_PROC", "I.3.b", { "gói 300 g", "gói 500 g" }, 30000, 65000 },
  { "Bún khô", "noodle", "A_PROC", "I.3.b", { "gói 400 g", "gói 500 g" }, 18000, 35000 },
  { "Bún ngũ sắc", "noodle", "A_PROC", "I.3.b", { "gói 300 g", "gói 500 g" }, 25000, 45000 },
  { "Phở khô", "noodle", "A_PROC", "I.3.b", { "gói 400 g", "gói 500 g" }, 18000, 35000 },
  { "Bánh đa", "noodle", "A_PROC", "I.3.b", { "gói 10 cái", "gói 20 cái" }, 15000, 40000 },
  { "Bánh khảo", "noodle", "A_PROC", "I.3.b", { "hộp 10 cái", "hộp 20 cái" }, 30000, 60000 },
  { "Trà Shan tuyết",
    "tea",
    "A_TEA",
    "I.5.a",
    { "hộp 100 g", "hộp 200 g", "hộp 500 g" },
    80000,
    250000 },
  { "Trà hoa vàng", "tea", "A_TEA", "I.5.b", { "hộp 30 g", "hộp 50 g" }, 180000, 480000 },
  { "Trà túi lọc giảo cổ lam",
    "tea",
    "A_TEA",
    "I.5.b",
    { "hộp 20 túi", "hộp 25 túi" },
    55000,
    90000 },
  { "Trà gừng", "tea", "A_TEA", "I.5.b", { "hộp 20 gói", "hộp 30 gói" }, 45000, 80000 },
  { "Trà cà gai leo", "tea", "A_TEA", "I.5.b", { "hộp 20 túi", "túi 200 g" }, 50000, 90000 },
  { "Trà nụ vối", "tea", "A_TEA", "I.5.b", { "hộp 100 g", "túi 250 g" }, 45000, 80000 },
  { "Hồng trà", "tea", "A_TEA", "I.5.a", { "hộp 50 g", "hộp 100 g" }, 90000, 220000 },
  { "Bạch trà", "tea", "A_TEA", "I.5.a", { "hộp 50 g", "hộp 100 g" }, 180000, 380000 },
  { "Trà hoa atiso", "tea", "A_TEA", "I.5.b", { "túi 100 g", "túi 200 g" }, 60000, 120000 },
  { "Lạp sườn gác bếp", "meat", "A_PROC", "I.3.d", { "túi 300 g", "túi 500 g" }, 90000, 180000 },
  { "Thịt lợn gác bếp", "meat", "A_PROC", "I.3.d", { "túi 300 g", "túi 500 g" }, 120000, 240000 },
  { "Thịt trâu gác bếp", "meat", "A_PROC", "I.3.d", { "túi 200 g", "túi 500 g" }, 160000, 300000 },
  { "Giò lụa", "meat", "A_PROC", "I.3.d", { "cây 500 g", "cây 1 kg" }, 70000, 140000 },
  { "Ruốc lợn đen", "meat", "A_PROC", "I.3.d", { "lọ 200 g", "lọ 500 g" }, 90000, 160000 },
  { "Tinh bột nghệ",
    "ginger",
    "A_PROC",
    "I.3.c",
    { "hũ 100 g", "hũ 250 g", "túi 500 g" },
    60000,
    160000 },
  { "Tinh bột nghệ nếp đỏ",
    "ginger",
    "A_PROC",
    "I.3.c",
    { "hũ 100 g", "hũ 250 g" },
    70000,
    180000 },
  { "Viên nghệ mật ong", "ginger", "A_PROC", "I.3.c", { "lọ 100 g", "lọ 200 g" }, 60000, 130000 },
  { "Bột gừng", "ginger", "A_PROC", "I.3.c", { "hũ 100 g", "hũ 200 g" }, 40000, 80000 },
  { "Nano curcumin",
    "ginger",
    "A_PROC",
    "III.1",
    { "hộp 30 viên", "hộp 60 viên" },
    220000,
    420000 },
  { "Bột sắn dây", "ginger", "A_PROC", "I.3.c", { "túi 500 g", "túi 1 kg" }, 60000, 120000 },
  { "Bột củ mài", "ginger", "A_PROC", "I.3.c", { "túi 250 g", "túi 500 g" }, 70000, 130000 },
  { "Tinh dầu sả", "ginger", "A_PROC", "III.3", { "lọ 10 ml", "lọ 30 ml" }, 50000, 120000 },
  { "Rượu men lá",
    "spirit",
    "A_ALC",
    "II.1.a",
    { "chai 500 ml", "chai 1 lít", "can 5 lít" },
    60000,
    110000,
    35 },
  { "Rượu chuối", "spirit", "A_ALC", "II.1.b", { "chai 500 ml", "chai 1 lít" }, 60000, 110000, 30 },
  { "Rượu mơ", "spirit", "A_ALC", "II.1.b", { "chai 500 ml", "chai 750 ml" }, 120000, 220000, 14 },
  { "Rượu ngô", "spirit", "A_ALC", "II.1.a", { "chai 500 ml", "can 2 lít" }, 50000, 90000, 38 },
  { "Rượu nếp cẩm", "spirit", "A_ALC", "II.1.b", { "chai 500 ml", "hũ 1 lít" }, 70000, 130000, 12 },
  { "Mộc nhĩ khô",
    "mushroom",
    "A_RAW",
    "I.2.b",
    { "túi 100 g", "túi 200 g", "túi 500 g" },
    25000,
    50000 },
  { "Nấm hương khô",
    "mushroom",
    "A_RAW",
    "I.2.b",
    { "túi 100 g", "túi 200 g", "hộp 300 g" },
    45000,
    110000 },
  { "Nấm linh chi", "mushroom", "A_RAW", "I.2.b", { "hộp 200 g", "hộp 500 g" }, 150000, 350000 },
  { "Măng khô", "mushroom", "A_RAW", "I.3.c", { "túi 250 g", "túi 500 g" }, 60000, 120000 },
  { "Măng vầu muối ớt", "mushroom", "A_PROC", "I.4.b", { "lọ 500 g", "lọ 1 kg" }, 30000, 60000 },
  { "Măng nứa khô", "mushroom", "A_RAW", "I.3.c", { "túi 250 g", "túi 500 g" }, 70000, 140000 },
  { "Gạo nếp", "rice", "A_RAW", "I.2.a", { "túi 1 kg", "túi 2 kg", "túi 5 kg" }, 28000, 60000 },
  { "Gạo Bao thai",
    "rice",
    "A_RAW",
    "I.2.a",
    { "túi 2 kg", "túi 5 kg", "bao 10 kg" },
    40000,
    70000 },
  { "Gạo Japonica", "rice", "A_RAW", "I.2.a", { "túi 2 kg", "túi 5 kg" }, 50000, 80000 },
  { "Gạo nếp cẩm", "rice", "A_RAW", "I.2.a", { "túi 1 kg", "túi 2 kg" }, 40000, 80000 },
  { "Lạc đỏ", "rice", "A_RAW", "I.2.a", { "túi 500 g", "túi 1 kg" }, 30000, 60000 },
  { "Đỗ xanh", "rice", "A_RAW", "I.2.a", { "túi 500 g", "túi 1 kg" }, 25000, 45000 },
  { "Đậu tương", "rice", "A_RAW", "I.2.a", { "túi 500 g", "túi 1 kg" }, 20000, 40000 },
  { "Mật ong rừng",
    "honey",
    "A_RAW",
    "I.2.b",
    { "chai 250 ml", "chai 500 ml", "chai 1 lít" },
    90000,
    180000 },
  { "Mật ong hoa nhãn",
    "honey",
    "A_RAW",
    "I.2.b",
    { "chai 250 ml", "chai 500 ml" },
    70000,
    140000 },
  { "Mật ong bạc hà", "honey", "A_RAW", "I.2.b", { "chai 250 ml", "chai 500 ml" }, 110000, 220000 },
  { "Giấm chuối", "honey", "A_PROC", "I.4.a", { "chai 500 ml", "chai 1 lít" }, 25000, 45000 },
  { "Hạt dổi", "honey", "A_RAW", "I.4.b", { "lọ 50 g", "lọ 100 g" }, 90000, 180000 },
  { "Mắc khén", "honey", "A_RAW", "I.4.b", { "lọ 50 g", "lọ 100 g" }, 35000, 70000 },
  { "Muối chấm mắc khén", "honey", "A_PROC", "I.4.b", { "lọ 100 g", "lọ 200 g" }, 25000, 50000 },
  { "Tương ớt", "honey", "A_PROC", "I.4.b", { "chai 250 ml", "chai 500 ml" }, 20000, 45000 },
  { "Chuối sấy", "greens", "A_PROC", "I.3.c", { "túi 200 g", "túi 500 g" }, 35000, 70000 },
  { "Hồng sấy dẻo", "greens", "A_PROC", "I.3.c", { "túi 200 g", "hộp 500 g" }, 60000, 130000 },
  { "Mơ muối", "greens", "A_PROC", "I.3.c", { "lọ 300 g", "lọ 500 g" }, 40000, 80000 },
  { "Khoai lang sấy", "greens", "A_PROC", "I.3.c", { "túi 200 g", "túi 500 g" }, 35000, 65000 },
  { "Giỏ quà", "gift", "A_PROC", "I.3.c", { "giỏ nhỏ", "giỏ vừa", "giỏ lớn" }, 150000, 350000 },
};

static const QuayGoods by_weight[] = {
  { "Nấm sò tươi", "mushroom", "A_RAW", "I.1.a", { "kg" }, 45000, 70000 },
  { "Măng tươi", "mushroom", "A_RAW", "I.1.a", { "kg" }, 20000, 40000 },
  { "Bí xanh thơm", "greens", "A_RAW", "I.1.a", { "kg" }, 12000, 22000 },
  { "Hồng không hạt", "greens", "A_RAW", "I.1.a", { "kg" }, 30000, 55000 },
  { "Rau bò khai", "greens", "A_RAW", "I.1.a", { "kg" }, 30000, 60000 },
  { "Quýt", "greens", "A_RAW", "I.1.a", { "kg" }, 20000, 40000 },
  { "Khoai môn", "greens", "A_RAW", "I.1.a", { "kg" }, 25000, 45000 },
  { "Su su quả", "greens", "A_RAW", "I.1.a", { "kg" }, 10000, 18000 },
  { "Thịt lợn đen", "meat", "A_RAW", "I.1.b", { "kg" }, 140000, 220000 },
  { "Gà thả đồi", "meat", "A_RAW", "I.1.b", { "kg" }, 120000, 180000 },
  { "Gừng tươi", "ginger", "A_RAW", "I.1.a", { "kg" }, 20000, 45000 },
  { "Nghệ tươi", "ginger", "A_RAW", "I.1.a", { "kg" }, 15000, 35000 },
};

static const char *const varieties[] = {
  "", "loại đặc biệt", "truyền thống", "hữu cơ", "loại 1", "thượng hạng", "sạch", "vụ mới",
};

typedef struct
{
  const char *code;
  const char *name;
} Place;

static const Place places[] = {
  { "02155", "Na Rì" },      { "01906", "Ba Bể" },       { "02020", "Chợ Đồn" },
  { "02014", "Bạch Thông" }, { "01954", "Ngân Sơn" },    { "02086", "Chợ Mới" },
  { "02185", "Côn Minh" },   { "02143", "Văn Lang" },    { "02191", "Xuân Dương" },
  { "02152", "Cường Lợi" },  { "02176", "Trần Phú" },    { "02044", "Yên Thịnh" },
  { "02071", "Nghĩa Tá" },   { "02038", "Quảng Bạch" },  { "02026", "Nam Cường" },
  { "02083", "Yên Phong" },  { "02101", "Thanh Mai" },   { "02107", "Thanh Thịnh" },
  { "01933", "Đồng Phúc" },  { "01921", "Thượng Minh" }, { "01912", "Chợ Rã" },
  { "01894", "Phúc Lộc" },   { "01879", "Cao Minh" },    { "01882", "Nghiên Loan" },
  { "01864", "Bằng Thành" }, { "01942", "Bằng Vân" },    { "01936", "Nà Phặc" },
  { "01960", "Hiệp Lực" },   { "01957", "Thượng Quan" }, { "01969", "Phủ Thông" },
  { "01981", "Vĩnh Thông" }, { "02008", "Cẩm Giàng" },   { "02104", "Tân Kỳ" },
  { "02116", "Yên Bình" },   { "01849", "Phong Quang" }, { "01840", "Đức Xuân" },
  { "01843", "Bắc Kạn" },
};

static const char *const forms[] = { "HTX", "THT", "Cơ sở" };

static const char *const trades[] = {
  "Nông nghiệp", "Dược liệu", "Chè Shan",  "Miến dong", "Mật ong",   "Rượu men lá",
  "Nông sản",    "Thảo dược", "Chăn nuôi", "Lâm sản",   "Đặc sản",   "Nấm sạch",
  "Gạo sạch",    "Rau sạch",  "Bánh khảo", "Hoa quả",   "Thực phẩm", "Sấy khô",
};

const QuayGoods *
quay_goods_by_piece (guint *n)
{
  *n = G_N_ELEMENTS (by_piece);
  return by_piece;
}

const QuayGoods *
quay_goods_by_weight (guint *n)
{
  *n = G_N_ELEMENTS (by_weight);
  return by_weight;
}

static guint
count_packs (const QuayGoods *goods)
{
  guint n = 0;
  while (goods->packs[n] != NULL)
    n++;
  return n;
}

/* Neighbours differ in everything: @i strides through all combinations before one comes again. */
char *
quay_generate_goods_name (const QuayGoods *goods, guint i, guint *pack)
{
  guint n_packs = count_packs (goods);
  guint total = n_packs * G_N_ELEMENTS (varieties) * G_N_ELEMENTS (places);
  guint at = (guint)((guint64)(i % total) * 7919 % total); /* a prime that divides none of them */
  guint lap = i / total;
  g_autoptr (GString) name = g_string_new (goods->name);
  *pack = at % n_packs;
  const char *variety = varieties[at / n_packs % G_N_ELEMENTS (varieties)];
  const char *place = places[at / n_packs / G_N_ELEMENTS (varieties)].name;
  if (*variety != '\0')
    g_string_append_printf (name, " %s", variety);
  g_string_append_printf (name, " %s", place);
  if (lap > 0)
    g_string_append_printf (name, " số %u", lap + 1);
  if (strchr (goods->packs[*pack], ' ') != NULL)
    g_string_append_printf (name, " %s", strchr (goods->packs[*pack], ' ') + 1);
  return g_string_free (g_steal_pointer (&name), FALSE);
}

char *
quay_goods_producer (guint i, const char **commune)
{
  const guint n_places = G_N_ELEMENTS (places);
  const guint total = G_N_ELEMENTS (forms) * G_N_ELEMENTS (trades) * n_places;
  guint at = (guint)((guint64)(i % total) * 7919 % total);
  const Place *place = &places[at % n_places];
  const char *trade = trades[at / n_places % G_N_ELEMENTS (trades)];
  const char *form = forms[at / n_places / G_N_ELEMENTS (trades)];
  *commune = place->code;
  if (i < total)
    return g_strdup_printf ("%s %s %s", form, trade, place->name);
  return g_strdup_printf ("%s %s %s %u", form, trade, place->name, i / total + 1);
}

guint64
quay_chance_next (guint64 *state)
{
  guint64 z = *state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  z = (z ^ z >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ z >> 31;
}

guint
quay_chance_below (guint64 *state, guint n)
{
  return (guint)((quay_chance_next (state) >> 32) * n >> 32);
}
