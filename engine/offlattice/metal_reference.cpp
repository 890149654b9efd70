#include "engine/offlattice/metal_reference.hpp"

#include <fmt/core.h>

#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "engine/base/constants.hpp"
#include "engine/base/errors.hpp"
#include "engine/offlattice/off_lattice_sampler.hpp"

namespace cardhouse {
namespace {

constexpr double displacement = 0.02;  // [angstrom]
constexpr double pi = 3.14159265358979323846;
constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<Vector3> basis(MetalCrystal crystal) {
  if (crystal == MetalCrystal::BodyCentred) return {{0, 0, 0}, {0.5, 0.5, 0.5}};
  return {{0, 0, 0}, {0.5, 0.5, 0}, {0.5, 0, 0.5}, {0, 0.5, 0.5}};
}

int cells_along(MetalCrystal crystal) {
  return crystal == MetalCrystal::BodyCentred ? 4 : 3;
}

std::vector<Vector3> lattice(MetalCrystal crystal, double a, int n) {
  std::vector<Vector3> sites;
  for (int cell = 0; cell < n * n * n; ++cell)
    for (const Vector3& site : basis(crystal))
      sites.push_back(a * (Vector3{1.0 * (cell % n), 1.0 * (cell / n % n), 1.0 * (cell / n / n)} + site));
  return sites;
}

/// x row of the force constants between the first atom and each other: their gradients while it stands displaced along
/// x, over the displacement. What is even in it cancels between an atom and its inverse.
std::vector<Vector3> force_constants(SodiumConfiguration& crystal) {
  crystal.propose_displacement(0, crystal.positions()[0] + Vector3{displacement, 0, 0});
  crystal.accept();
  std::vector<Vector3> result(crystal.count());
  for (std::size_t atom = 1; atom < crystal.count(); ++atom) {
    for (int axis = 0; axis < 3; ++axis) {
      Vector3 step;
      step[axis] = displacement;
      const double up = crystal.propose_displacement(atom, crystal.positions()[atom] + step);
      const double down = crystal.propose_displacement(atom, crystal.positions()[atom] - step);
      result[atom][axis] = (up - down) / (2 * displacement * displacement);
    }
  }
  return result;
}

/// x row of the force constants at a wave vector. The sum rule of translations gives the term of the first atom with
/// itself; the cosine takes each other at any of its images.
Vector3 first_row(const std::vector<Vector3>& constants, const std::vector<Vector3>& sites, const Vector3& q) {
  Vector3 sum;
  for (std::size_t atom = 1; atom < sites.size(); ++atom) sum += (std::cos(dot(q, sites[atom])) - 1) * constants[atom];
  return sum;
}

using Matrix = std::array<Vector3, 3>;

/// All rows, the second and third by the threefold axis of cubic crystals.
Matrix dynamical(const std::vector<Vector3>& constants, const std::vector<Vector3>& sites, const Vector3& q) {
  const Vector3 x = first_row(constants, sites, q);
  const Vector3 y = first_row(constants, sites, {q.y, q.z, q.x});
  const Vector3 z = first_row(constants, sites, {q.z, q.x, q.y});
  return {Vector3{x.x, 0.5 * (x.y + y.z), 0.5 * (x.z + z.y)}, Vector3{0.5 * (x.y + y.z), y.x, 0.5 * (y.y + z.z)},
          Vector3{0.5 * (x.z + z.y), 0.5 * (y.y + z.z), z.x}};
}

/// The logarithm of the determinant, nothing unless positive definite (Sylvester's criterion).
std::optional<double> log_determinant(const Matrix& m) {
  const double all = dot(m[0], cross(m[1], m[2]));
  if (m[0].x <= 0 || m[0].x * m[1].y - m[0].y * m[1].x <= 0 || all <= 0) return {};
  return std::log(all);
}

/// Whether a wave vector of these multiples of 2 pi/a is one of the reciprocal lattice.
bool is_reciprocal(MetalCrystal crystal, int h, int k, int l) {
  if (crystal == MetalCrystal::BodyCentred) return (h + k + l) % 2 == 0;
  return (h + k) % 2 == 0 && (k + l) % 2 == 0;
}

/// A cube of wave vectors that covers the reciprocal lattice evenly.
std::vector<Vector3> wave_vectors(MetalCrystal crystal, double a) {
  const int cells = cells_along(crystal);
  const int n = 2 * cells;
  const double unit = 2 * pi / (cells * a);
  std::vector<Vector3> vectors;
  for (int w = 0; w < n * n * n; ++w) {
    const int h = w % n, k = w / n % n, l = w / n / n;
    const bool whole = h % cells == 0 && k % cells == 0 && l % cells == 0;
    if (whole && is_reciprocal(crystal, h / cells, k / cells, l / cells)) continue;
    vectors.push_back({unit * h, unit * k, unit * l});
  }
  return vectors;
}

double free_energy(const SodiumInteractions& interactions, MetalCrystal crystal, double a, double temperature) {
  return crystal_energy(interactions, crystal, a) + crystal_vibration(interactions, crystal, a, temperature);
}

double relaxed_lattice(const SodiumInteractions& interactions, MetalCrystal crystal) {
  const bool body = crystal == MetalCrystal::BodyCentred;
  double best = body ? 3.6 : 4.6;
  double least = infinity;
  for (int k = 0; k < 80; ++k) {
    const double a = (body ? 3.6 : 4.6) + 0.02 * k;
    if (const double energy = crystal_energy(interactions, crystal, a); energy < least) least = energy, best = a;
  }
  return best;
}

/// The lattice constant of least free energy, from that of least energy outwards; nothing when modes become unstable
/// before the minimum is passed.
std::optional<MetalReference> expanded(const SodiumInteractions& interactions, MetalCrystal crystal,
                                       double temperature) {
  constexpr double coarse = 0.02, widest = 0.3;  // [angstrom]
  const double start = relaxed_lattice(interactions, crystal);
  const auto at = [&](double a) { return free_energy(interactions, crystal, a, temperature); };
  double before = at(start - coarse), here = at(start);
  for (double a = start; a < start + widest; a += coarse) {
    const double after = at(a + coarse);
    if (!std::isfinite(before) || !std::isfinite(here) || !std::isfinite(after)) return {};
    if (here <= before && here < after) {  // a parabola through the three
      const double shift = 0.5 * coarse * (before - after) / (before - 2 * here + after);
      return MetalReference{crystal, a + shift, crystal_energy(interactions, crystal, a + shift), at(a + shift)};
    }
    before = here, here = after;
  }
  return {};
}

}  // namespace

std::string_view name(MetalCrystal crystal) {
  return crystal == MetalCrystal::BodyCentred ? "bcc" : "fcc";
}

double crystal_energy(const SodiumInteractions& interactions, MetalCrystal crystal, double lattice_constant) {
  const SodiumPotential potential({Cell::cubic(lattice_constant), {}, {}}, interactions);
  const std::vector<Vector3> sites = lattice(crystal, lattice_constant, 1);
  SodiumConfiguration cell(potential, sites.size());
  for (const Vector3& site : sites) cell.propose_insertion(site), cell.accept();
  return cell.energy() / static_cast<double>(cell.count());
}

double crystal_vibration(const SodiumInteractions& interactions, MetalCrystal crystal, double lattice_constant,
                         double temperature) {
  const int n = cells_along(crystal);
  const SodiumPotential potential({Cell::cubic(n * lattice_constant), {}, {}}, interactions);
  const std::vector<Vector3> sites = lattice(crystal, lattice_constant, n);
  SodiumConfiguration block(potential, sites.size());
  for (const Vector3& site : sites) block.propose_insertion(site), block.accept();
  const std::vector<Vector3> rows = force_constants(block);
  const std::vector<Vector3> vectors = wave_vectors(crystal, lattice_constant);
  double sum = 0;
  for (const Vector3& q : vectors) {
    const std::optional<double> part = log_determinant(dynamical(rows, sites, q));
    if (!part) return infinity;
    sum += *part;
  }
  // for each mode of force constant K, ln(hbar omega/kT) = ln(L) + ln(K/(2 pi kT))/2, L the thermal wavelength
  const double kT = constants::boltzmann * temperature;
  const double wavelength = thermal_wavelength(OffLatticeConditions{}.mass, temperature);
  const double mean = sum / static_cast<double>(vectors.size());
  return kT * (3 * std::log(wavelength) + 0.5 * (mean - 3 * std::log(2 * pi * kT)));
}

MetalReference metal_reference(const SodiumInteractions& interactions, double temperature) {
  if (!interactions.is_metallic()) throw InputError("there is no metal to count voltages from", "name one");
  std::optional<MetalReference> best;
  for (const MetalCrystal crystal : {MetalCrystal::BodyCentred, MetalCrystal::FaceCentred}) {
    const auto candidate = expanded(interactions, crystal, temperature);
    if (candidate && (!best || candidate->chemical_potential < best->chemical_potential)) best = candidate;
  }
  if (!best)
    throw InputError(fmt::format("neither bcc nor fcc sodium is stable at {:.1f} K with these parameters", temperature),
                     "take a lower temperature or other parameters");
  return *best;
}

}  // namespace cardhouse
