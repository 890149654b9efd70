#include "engine/sodium/spherical_pore.hpp"

#include <cmath>
#include <numbers>

#include "engine/base/errors.hpp"
#include "engine/sodium/pore_grid.hpp"
#include "engine/sodium/voltage_sweep.hpp"

namespace cardhouse {
namespace {

constexpr double lowest = -0.02;  // thrice what any measured plateau asks for [eV/angstrom^2]
constexpr int bisections = 14;    // down to 1e-6 eV/angstrom^2

// Evenly spread points of the unit sphere (spherical Fibonacci lattice; Swinbank & Purser 2006, doi:10.1256/qj.05.227).
std::vector<Vector3> even_directions(int number) {
  std::vector<Vector3> directions;
  for (int i = 0; i < number; ++i) {
    const double z = 1 - (2 * i + 1.0) / number;
    const double angle = 2 * std::numbers::pi * i / std::numbers::phi;
    const double across = std::sqrt(1 - z * z);
    directions.push_back({across * std::cos(angle), across * std::sin(angle), z});
  }
  return directions;
}

int number_on(double radius, double area_of_one) {
  return static_cast<int>(std::lround(4 * std::numbers::pi * radius * radius / area_of_one));
}

double filling(double wetting, double voltage, const SiteNetwork& network, SodiumParameters parameters,
               const FillingOptions& options) {
  parameters.wetting_energy = wetting;
  SweepOptions sweeps;
  sweeps.temperature = options.temperature;
  sweeps.voltages = {voltage};
  sweeps.reverse = false;
  sweeps.replicas = 2;
  sweeps.equilibration_sweeps = options.sweeps;
  sweeps.production_sweeps = options.sweeps;
  sweeps.seed = options.seed;
  const SweepPoint point = sweep(network, parameters, sweeps, {}).points.front();
  return point.capacity.value / capacity(network, static_cast<double>(network.sites.size()));
}

}  // namespace

SiteNetwork spherical_pore(const SphericalPore& pore, const SiteGeometry& geometry) {
  const double radius = pore.diameter / 2 + van_der_waals_radius(Element::C);
  const double edge = 2 * (radius + geometry.pore_narrowest);
  const Vector3 centre{edge / 2, edge / 2, edge / 2};
  Atoms atoms{Cell::cubic(edge), {}, {}};
  for (const Vector3& direction : even_directions(number_on(radius, geometry.atom_area)))
    atoms.add(Element::C, centre + radius * direction);
  std::vector<Hollow> hollows;
  std::uint32_t face = 0;
  for (const Vector3& direction : even_directions(number_on(radius, geometry.hollow_area))) {
    Hollow hollow;
    hollow.position = centre + (radius - geometry.height) * direction;
    hollow.normal = -1.0 * direction;
    hollow.faces = {face++};
    hollow.room = 2 * radius;
    hollow.curvature = 1 / radius;
    hollows.push_back(std::move(hollow));
  }
  const AtomLocator locator(atoms, std::vector<double>(atoms.size(), 0.0));
  SiteNetwork network{atoms.cell, {}, {}, {}, {}, total_mass(atoms)};
  for (const PorePoint& point : fill_pores(locator, hollows, centre - pore.offset, geometry))
    network.sites.push_back({.position = atoms.cell.wrap(point.position),
                             .kind = point.covered_area > 0 ? SiteClass::PoreWall : SiteClass::PoreCore,
                             .curvature = point.curvature,
                             .covered_area = point.covered_area});
  if (network.sites.empty()) throw InputError("no sodium fits into the pore to calibrate with", "widen it");
  return network;
}

double wetting_energy_at(double voltage, const SiteNetwork& network, const SodiumParameters& parameters,
                         const FillingOptions& options) {
  const auto filled = [&](double wetting) { return filling(wetting, voltage, network, parameters, options) > 0.5; };
  if (!filled(lowest) || filled(0)) throw InputError("no wetting energy fills the pore at that voltage");
  double full = lowest;
  double empty = 0;
  for (int i = 0; i < bisections; ++i) (filled((full + empty) / 2) ? full : empty) = (full + empty) / 2;
  return (full + empty) / 2;
}

}  // namespace cardhouse
