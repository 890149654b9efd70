#include "engine/app/stages/stored_targets.hpp"

#include <array>

namespace cardhouse {
namespace {

struct NamedTarget {
  const char* name;
  const char* unit;
  const char* meaning;
  double CarbonTargets::*member;
};

constexpr std::array<NamedTarget, 14> fields{{
    {"interlayer_spacing", "angstrom", "d002", &CarbonTargets::interlayer_spacing},
    {"layer_extent", "angstrom", "La", &CarbonTargets::layer_extent},
    {"stack_height", "angstrom", "Lc", &CarbonTargets::stack_height},
    {"hydrogen_per_carbon", "1", "atoms per atom", &CarbonTargets::hydrogen_per_carbon},
    {"oxygen_per_carbon", "1", "atoms per atom", &CarbonTargets::oxygen_per_carbon},
    {"nitrogen_per_carbon", "1", "atoms per atom", &CarbonTargets::nitrogen_per_carbon},
    {"edge_fraction", "1", "share of edge atoms, 0: from the composition", &CarbonTargets::edge_fraction},
    {"crosslinks_per_cluster", "1", "stable bridges per aromatic cluster", &CarbonTargets::crosslinks_per_cluster},
    {"anneal_steps", "1", "steps of the lamellar field", &CarbonTargets::anneal_steps},
    {"pore_radius", "angstrom", "mean radius of closed pores", &CarbonTargets::pore_radius},
    {"pore_radius_spread", "1", "standard deviation of ln(radius)", &CarbonTargets::pore_radius_spread},
    {"closed_pore_volume", "angstrom3/u", "per mass of carbon", &CarbonTargets::closed_pore_volume},
    {"orientation_order", "1", "<P2> of the layer normals about z", &CarbonTargets::orientation_order},
    {"handles_removed", "1", "share of the handles of the layers", &CarbonTargets::handles_removed},
}};

}  // namespace

void write_targets(RunFile& file, const std::string& name, const CarbonTargets& targets) {
  for (const NamedTarget& field : fields)
    file.write_scalar(name + "/" + field.name, targets.*field.member, {field.unit, field.meaning});
  Table pores{{{"x", "1", "fractional coordinate", {}},
               {"y", "1", "fractional coordinate", {}},
               {"z", "1", "fractional coordinate", {}},
               {"weight", "1", "share of the pore volume", {}},
               {"open", "1", "1 where joined to the outside", {}},
               {"radius", "angstrom", "0: drawn about the mean", {}}}};
  for (const PoreSeed& pore : targets.pores) {
    const std::array<double, 6> row{pore.fractional.x, pore.fractional.y,     pore.fractional.z,
                                    pore.weight,       pore.open ? 1.0 : 0.0, pore.radius};
    for (std::size_t column = 0; column < row.size(); ++column) pores.columns[column].values.push_back(row[column]);
  }
  file.write_table(name + "/pores", pores);
  const TargetField& field = targets.field;
  const std::vector<double> sides(field.sides.begin(), field.sides.end());
  file.write_table(name + "/field_sides", Table{{{"cells", "1", "along x, y, z", sides}}});
  file.write_table(name + "/field",
                   Table{{{"crosslinks_per_cluster", "1", "of each cell, x fastest", field.crosslinks_per_cluster},
                          {"hydrogen_per_carbon", "1", "of each cell", field.hydrogen_per_carbon},
                          {"oxygen_per_carbon", "1", "of each cell", field.oxygen_per_carbon},
                          {"nitrogen_per_carbon", "1", "of each cell", field.nitrogen_per_carbon}}});
}

CarbonTargets read_targets(const RunFile& file, const std::string& name) {
  CarbonTargets targets;
  for (const NamedTarget& field : fields) targets.*field.member = file.read_scalar(name + "/" + field.name);
  const Table pores = file.read_table(name + "/pores");
  for (std::size_t row = 0; row < pores.rows(); ++row) {
    const auto at = [&](const char* column) { return pores.column(column).values[row]; };
    targets.pores.push_back({{at("x"), at("y"), at("z")}, at("weight"), at("open") > 0.5, at("radius")});
  }
  const auto sides = file.read_table(name + "/field_sides").column("cells").values;
  for (std::size_t k = 0; k < sides.size(); ++k) targets.field.sides[k] = static_cast<std::size_t>(sides[k]);
  const Table field = file.read_table(name + "/field");
  targets.field.crosslinks_per_cluster = field.column("crosslinks_per_cluster").values;
  targets.field.hydrogen_per_carbon = field.column("hydrogen_per_carbon").values;
  targets.field.oxygen_per_carbon = field.column("oxygen_per_carbon").values;
  targets.field.nitrogen_per_carbon = field.column("nitrogen_per_carbon").values;
  return targets;
}

}  // namespace cardhouse
