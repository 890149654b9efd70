#include "engine/sodium/site_parameters.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/contracts.hpp"
#include "engine/sodium/sourced_entry.hpp"

namespace cardhouse {
namespace {

// One table whose entries carry a value and its source.
class SourcedTable {
 public:
  SourcedTable(const DeckTable& root, std::string_view key) : table_(root.table(key)) {}

  double quantity(std::string_view key, Dimension dimension) const { return entry(key).quantity("value", dimension); }
  double length(std::string_view key) const { return positive(key, dimension::length); }
  double area(std::string_view key) const { return positive(key, dimension::area); }
  double energy(std::string_view key) const { return quantity(key, dimension::energy); }
  double charge(std::string_view key) const { return positive(key, dimension::charge); }
  double degrees(std::string_view key) const {
    const double angle = entry(key).number("value");
    if (!(angle > 0 && angle < 90)) table_.fail(key, "an angle in degrees lies between 0 and 90");
    return angle * std::acos(-1.0) / 180;
  }

  TabulatedCurve curve(std::string_view key) const {
    const DeckTable points = entry(key);
    TabulatedCurve result{points.quantities("spacing", dimension::length),
                          points.quantities("energy", dimension::energy)};
    if (result.at.empty() || result.at.size() != result.value.size())
      points.fail("energy", "needs one energy for every spacing");
    if (std::adjacent_find(result.at.begin(), result.at.end(), std::greater_equal<>()) != result.at.end())
      points.fail("spacing", "spacings must rise");
    return result;
  }

  [[noreturn]] void fail(std::string_view key, std::string_view problem) const { table_.fail(key, problem); }

 private:
  DeckTable entry(std::string_view key) const { return sourced_entry(table_, key); }
  double positive(std::string_view key, Dimension dimension) const { return positive_entry(table_, key, dimension); }

  DeckTable table_;
};

void check(const SiteGeometry& geometry, const SourcedTable& table) {
  if (!(geometry.gallery_narrowest < geometry.gallery_widest))
    table.fail("gallery_widest", "must exceed gallery_narrowest");
  if (!(geometry.gallery_widest <= geometry.pore_narrowest))
    table.fail("pore_narrowest", "must not be below gallery_widest");
  if (!(geometry.pore_narrowest < geometry.pore_widest)) table.fail("pore_widest", "must exceed pore_narrowest");
  if (!(geometry.merge_distance < geometry.link_reach)) table.fail("link_reach", "must exceed merge_distance");
}

SiteGeometry read_geometry(const SourcedTable& table) {
  SiteGeometry g;
  g.height = table.length("height");
  g.clearance = table.length("clearance");
  g.gallery_clearance = table.length("gallery_clearance");
  g.ray_radius = table.length("ray_radius");
  g.gallery_narrowest = table.length("gallery_narrowest");
  g.gallery_widest = table.length("gallery_widest");
  g.steepest_wall = table.degrees("steepest_wall_degrees");
  g.pore_narrowest = table.length("pore_narrowest");
  g.pore_widest = table.length("pore_widest");
  g.merge_distance = table.length("merge_distance");
  g.edge_distance = table.length("edge_distance");
  g.oxygen_distance = table.length("oxygen_distance");
  g.metal_lattice = table.length("metal_lattice");
  g.metal_distance = table.length("metal_distance");
  g.metal_separation = table.length("metal_separation");
  g.link_reach = table.length("link_reach");
  g.link_clearance = table.length("link_clearance");
  g.electrolyte_probe = table.length("electrolyte_probe");
  g.atom_area = table.area("atom_area");
  g.hollow_area = table.area("hollow_area");
  g.patch_area = table.area("patch_area");
  check(g, table);
  return g;
}

TwoFaces read_faces(const SourcedTable& table, double height) {
  const TwoFaces faces{table.energy("free_atom"), table.energy("terrace"), height, table.length("face_decay")};
  if (!(faces.atom > faces.single)) table.fail("free_atom", "must lie above terrace");
  return faces;
}

SiteEnergies read_energies(const SourcedTable& table, const SiteGeometry& geometry) {
  SiteEnergies e;
  e.terrace = table.energy("terrace");
  e.faces = read_faces(table, geometry.height);
  e.gallery_end = geometry.gallery_widest;
  e.gallery_fade = table.length("gallery_fade");
  e.gallery = table.curve("gallery");
  e.gallery_shift = table.energy("gallery_shift");
  e.gallery_shift_lowest = table.energy("gallery_shift_lowest");
  e.gallery_shift_highest = table.energy("gallery_shift_highest");
  if (!(e.gallery_shift_lowest <= e.gallery_shift_highest))
    table.fail("gallery_shift_highest", "must not be below gallery_shift_lowest");
  if (e.gallery_shift < e.gallery_shift_lowest || e.gallery_shift > e.gallery_shift_highest)
    table.fail("gallery_shift", "lies outside its window");
  e.gallery_vacancy = table.energy("gallery_vacancy");
  e.gallery_polygon = table.energy("gallery_polygon");
  e.gallery_oxygen = table.energy("gallery_oxygen");
  e.wall_vacancy = table.energy("wall_vacancy");
  e.wall_divacancy = table.energy("wall_divacancy");
  e.wall_polygon = table.energy("wall_polygon");
  e.edge_hydrogen = table.energy("edge_hydrogen");
  e.edge_single_oxygen = table.energy("edge_single_oxygen");
  e.edge_double_oxygen = table.energy("edge_double_oxygen");
  e.graphitic_nitrogen = table.energy("graphitic_nitrogen");
  e.pyrrolic_nitrogen = table.energy("pyrrolic_nitrogen");
  e.pyridinic_nitrogen = table.energy("pyridinic_nitrogen");
  e.sulfur = table.energy("sulfur");
  e.fluorine = table.energy("fluorine");
  e.phosphorus = table.energy("phosphorus");
  e.boron = table.energy("boron");
  e.charge = table.charge("charge");
  e.charge_vacancy = table.charge("charge_vacancy");
  e.charge_heteroatom = table.charge("charge_heteroatom");
  e.charge_decay_start = table.length("charge_decay_start");
  e.charge_decay_length = table.length("charge_decay_length");
  return e;
}

HopBarriers read_barriers(const SourcedTable& table) {
  HopBarriers b;
  b.gallery = table.curve("gallery");
  b.mouth = table.curve("mouth");
  b.narrowest = table.length("narrowest");
  b.pore = table.energy("pore");
  b.terrace_ordered = table.energy("terrace_ordered");
  b.terrace_disordered = table.energy("terrace_disordered");
  return b;
}

}  // namespace

double TabulatedCurve::operator()(double x) const {
  EXPECTS(!at.empty() && at.size() == value.size());
  if (x <= at.front()) return value.front();
  if (x >= at.back()) return value.back();
  const auto above = static_cast<std::size_t>(std::upper_bound(at.begin(), at.end(), x) - at.begin());
  const double share = (x - at[above - 1]) / (at[above] - at[above - 1]);
  return value[above - 1] + share * (value[above] - value[above - 1]);
}

SiteParameters read_site_parameters(const DeckTable& root) {
  SiteGeometry geometry = read_geometry({root, "geometry"});
  SiteEnergies energies = read_energies({root, "energies"}, geometry);
  geometry.slit_split = energies.faces.split();
  return {geometry, std::move(energies), read_barriers({root, "barriers"})};
}

SiteParameters load_site_parameters(const std::string& path) {
  const Deck deck = Deck::from_file(path);
  SiteParameters parameters = read_site_parameters(deck.root());
  deck.reject_unknown_keys();
  return parameters;
}

}  // namespace cardhouse
