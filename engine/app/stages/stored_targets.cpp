#include "engine/app/stages/stored_targets.hpp"

#include <array>

namespace cardhouse {
namespace {

struct TargetField {
  const char* name;
  const char* unit;
  const char* meaning;
  double CarbonTargets::*member;
};

constexpr std::array<TargetField, 11> fields{{
    {"interlayer_spacing", "angstrom", "d002", &CarbonTargets::interlayer_spacing},
    {"layer_extent", "angstrom", "La", &CarbonTargets::layer_extent},
    {"stack_height", "angstrom", "Lc", &CarbonTargets::stack_height},
    {"hydrogen_per_carbon", "1", "atoms per atom", &CarbonTargets::hydrogen_per_carbon},
    {"oxygen_per_carbon", "1", "atoms per atom", &CarbonTargets::oxygen_per_carbon},
    {"nitrogen_per_carbon", "1", "atoms per atom", &CarbonTargets::nitrogen_per_carbon},
    {"crosslinks_per_cluster", "1", "stable bridges per aromatic cluster", &CarbonTargets::crosslinks_per_cluster},
    {"anneal_steps", "1", "steps of the lamellar field", &CarbonTargets::anneal_steps},
    {"pore_radius", "angstrom", "mean radius of closed pores", &CarbonTargets::pore_radius},
    {"closed_pore_volume", "angstrom3/u", "per mass of carbon", &CarbonTargets::closed_pore_volume},
    {"orientation_order", "1", "<P2> of the layer normals about z", &CarbonTargets::orientation_order},
}};

}  // namespace

void write_targets(RunFile& file, const std::string& name, const CarbonTargets& targets) {
  for (const TargetField& field : fields)
    file.write_scalar(name + "/" + field.name, targets.*field.member, {field.unit, field.meaning});
  Table pores{{{"x", "1", "fractional coordinate", {}},
               {"y", "1", "fractional coordinate", {}},
               {"z", "1", "fractional coordinate", {}},
               {"weight", "1", "share of the pore volume", {}},
               {"open", "1", "1 where joined to the outside", {}}}};
  for (const PoreSeed& pore : targets.pores) {
    const std::array<double, 5> row{pore.fractional.x, pore.fractional.y, pore.fractional.z, pore.weight,
                                    pore.open ? 1.0 : 0.0};
    for (std::size_t column = 0; column < row.size(); ++column) pores.columns[column].values.push_back(row[column]);
  }
  file.write_table(name + "/pores", pores);
}

CarbonTargets read_targets(const RunFile& file, const std::string& name) {
  CarbonTargets targets;
  for (const TargetField& field : fields) targets.*field.member = file.read_scalar(name + "/" + field.name);
  const Table pores = file.read_table(name + "/pores");
  for (std::size_t row = 0; row < pores.rows(); ++row) {
    const auto at = [&](const char* column) { return pores.column(column).values[row]; };
    targets.pores.push_back({{at("x"), at("y"), at("z")}, at("weight"), at("open") > 0.5});
  }
  return targets;
}

}  // namespace cardhouse
