/* What the assistant of the first run would have asked for. */
#include "quay-sample.h"
#include "quay-till-files.h"

gboolean
quay_sample_make (const char *dir, GError **error)
{
  const QuaySetup setup = {
    .shop = "Điểm bán OCOP Quế Thanh",
    .address = "Xã Na Rì, tỉnh Thái Nguyên",
    .till_code = "QT1",
    .language = "vi",
    .width_mm = 80,
    .sample = TRUE,
  };
  return quay_till_make_shop (dir, &setup, quay_till_system_env (), error);
}
