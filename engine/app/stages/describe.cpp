#include <algorithm>

#include "analysis/registry.hpp"
#include "engine/app/stage.hpp"
#include "engine/app/stages/stored_structure.hpp"
#include "engine/app/summary.hpp"

namespace cardhouse {
namespace {

// "closed_pore_volume" as people write it.
SummaryRow as_row(const Descriptor& descriptor) {
  std::string quantity = descriptor.name;
  std::replace(quantity.begin(), quantity.end(), '_', ' ');
  return {quantity, error_if_any(descriptor.estimate), descriptor.unit, descriptor.remark};
}

void check(const DeckTable& deck) {
  check_structure_key(deck);
}

void run(StageContext& context) {
  const CarbonStructure carbon = current_structure(context);
  std::vector<SummaryRow> rows;
  double done = 0;
  for (const auto& group : descriptors()) {
    const Description description = group.make(carbon, {});
    for (const Descriptor& descriptor : description.values) rows.push_back(as_row(descriptor));
    for (const NamedTable& table : description.tables) context.file.write_table("describe/" + table.name, table.table);
    notify(context.progress, ++done / static_cast<double>(descriptors().size()));
  }
  write_summary(context.file, "describe", rows);
}

}  // namespace

StageActions stage_actions::describe() {
  return {needs_structure, check, run};
}

}  // namespace cardhouse
