#include "workforce/area.hpp"

namespace kith::workforce {
namespace {

using storage::Access;
using storage::Query;

const Query known{
    "area.known", Access::read,
    "select a.area, count(*), cast(sum(a.east_m) / count(*) as bigint),"
    " cast(sum(a.north_m) / count(*) as bigint) from"
    " (select area, east_m, north_m from v_person where area is not null and east_m is not null"
    " and north_m is not null"
    " union all select area, east_m, north_m from v_worker where area is not null and east_m is not null"
    " and north_m is not null) a group by a.area order by a.area limit 500"};

} // namespace

Result<std::vector<Area>> known_areas(storage::Transaction& tx, const auth::Scope&) {
  TRY_ASSIGN(const auto rows, tx.rows(known, {}));
  std::vector<Area> out;
  out.reserve(rows.size());
  for (const storage::Row& row : rows)
    out.push_back(
        {row.text(0), static_cast<int>(row.integer(2)), static_cast<int>(row.integer(3)), row.integer(1)});
  return out;
}

std::vector<Area> areas_of_several(std::vector<Area> areas) {
  std::erase_if(areas, [](const Area& area) { return area.record_count < several_records; });
  return areas;
}

} // namespace kith::workforce
