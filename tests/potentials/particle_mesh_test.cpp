#include "potentials/particle_mesh.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

#include "engine/base/constants.hpp"
#include "tests/potentials/sample_structures.hpp"

namespace cardhouse {
namespace {

struct Charged {
  Atoms atoms;
  std::vector<double> charges;
};

struct Result {
  Evaluation total;
  std::vector<Vector3> forces;
};

Result evaluate(const Charged& system, const MeshSettings& settings) {
  ParticleMesh mesh(system.atoms, settings);
  Result result{{}, std::vector<Vector3>(system.atoms.size())};
  result.total = mesh.evaluate(system.atoms, system.charges, result.forces);
  return result;
}

MeshSettings settings_for(const Charged& system, double force, double cutoff = 7) {
  return choose_mesh(system.atoms.cell, system.atoms.size(), {.force = force, .cutoff = cutoff});
}

/// Charges at random in a skewed cell, at least 1.5 angstrom apart.
Charged crowd(int n, double total, std::uint64_t seed) {
  Charged result{{Cell({11, 0, 0}, {2.5, 10, 0}, {-1.5, 2, 12}), {}, {}}, {}};
  Stream stream(seed, Purpose::Test);
  while (result.atoms.size() < static_cast<std::size_t>(n)) {
    const Vector3 trial = result.atoms.cell.to_cartesian({stream.uniform(), stream.uniform(), stream.uniform()});
    const bool is_free =
        std::all_of(result.atoms.positions.begin(), result.atoms.positions.end(),
                    [&](const Vector3& other) { return norm(result.atoms.cell.minimum_image(trial - other)) > 1.5; });
    if (!is_free) continue;
    result.charges.push_back((result.charges.size() % 2 == 0 ? 1.0 : -1.0) + total / n);
    result.atoms.add(Element::Na, trial);
  }
  return result;
}

/// Cells of `edge`^3 with ions at these places in units of the edge.
Charged crystal(double edge, int repeats, const std::vector<Vector3>& cations, const std::vector<Vector3>& anions) {
  Charged result{{Cell::cubic(edge * repeats), {}, {}}, {}};
  for (int x = 0; x < repeats; ++x) {
    for (int y = 0; y < repeats; ++y) {
      for (int z = 0; z < repeats; ++z) {
        const Vector3 corner{1.0 * x, 1.0 * y, 1.0 * z};
        for (const Vector3& at : cations)
          result.atoms.add(Element::Na, edge * (corner + at)), result.charges.push_back(1);
        for (const Vector3& at : anions)
          result.atoms.add(Element::Cl, edge * (corner + at)), result.charges.push_back(-1);
      }
    }
  }
  return result;
}

/// Ewald's double sum itself, converged to rounding (background included).
Result direct_ewald(const Charged& system) {
  const auto& [a, b, c] = system.atoms.cell.vectors();
  const double volume = system.atoms.cell.volume();
  constexpr double alpha = 0.55;
  const std::size_t n = system.atoms.size();
  Result result{{}, std::vector<Vector3>(n)};
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) {
    sum += system.charges[i];
    result.total.energy -= constants::coulomb * alpha * std::numbers::inv_sqrtpi * std::pow(system.charges[i], 2);
    for (std::size_t j = 0; j < n; ++j) {
      for (int x = -2; x <= 2; ++x) {
        for (int y = -2; y <= 2; ++y) {
          for (int z = -2; z <= 2; ++z) {
            const Vector3 d = system.atoms.cell.minimum_image(system.atoms.positions[i] - system.atoms.positions[j]) +
                              x * a + y * b + z * c;
            const double r = norm(d);
            if (r < 1e-9) continue;
            const double product = constants::coulomb * system.charges[i] * system.charges[j];
            const double energy = product * std::erfc(alpha * r) / r;
            result.total.energy += 0.5 * energy;
            result.forces[i] +=
                (energy + product * 2 * alpha * std::numbers::inv_sqrtpi * std::exp(-alpha * alpha * r * r)) / (r * r) *
                d;
          }
        }
      }
    }
  }
  const auto rows = reciprocal_rows(system.atoms.cell);
  for (int x = -12; x <= 12; ++x) {
    for (int y = -12; y <= 12; ++y) {
      for (int z = -12; z <= 12; ++z) {
        if (x == 0 && y == 0 && z == 0) continue;
        const Vector3 k = 2 * std::numbers::pi * (x * rows[0] + y * rows[1] + z * rows[2]);
        const double k2 = squared_norm(k);
        const double g = 4 * std::numbers::pi * constants::coulomb / volume * std::exp(-k2 / (4 * alpha * alpha)) / k2;
        std::complex<double> factor = 0;
        for (std::size_t i = 0; i < n; ++i) {
          factor += system.charges[i] * std::polar(1.0, dot(k, system.atoms.positions[i]));
        }
        result.total.energy += 0.5 * g * std::norm(factor);
        for (std::size_t i = 0; i < n; ++i) {
          const double phase = std::imag(std::conj(factor) * std::polar(1.0, dot(k, system.atoms.positions[i])));
          result.forces[i] += system.charges[i] * g * phase * k;
        }
      }
    }
  }
  result.total.energy -= constants::coulomb * std::numbers::pi * sum * sum / (2 * volume * alpha * alpha);
  return result;
}

double rms_difference(const std::vector<Vector3>& a, const std::vector<Vector3>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += squared_norm(a[i] - b[i]);
  return std::sqrt(sum / static_cast<double>(a.size()));
}

double largest(const std::vector<Vector3>& forces) {
  double result = 0;
  for (const Vector3& force : forces) result = std::max(result, norm(force));
  return result;
}

TEST(ParticleMesh, gives_the_madelung_constant_of_rock_salt) {
  const Charged salt = crystal(5.6, 2, {{0, 0, 0}, {0.5, 0.5, 0}, {0.5, 0, 0.5}, {0, 0.5, 0.5}},
                               {{0.5, 0, 0}, {0, 0.5, 0}, {0, 0, 0.5}, {0.5, 0.5, 0.5}});
  const Result result = evaluate(salt, settings_for(salt, 1e-11));
  const double madelung = -result.total.energy * 2.8 / (constants::coulomb * 32);
  EXPECT_NEAR(madelung, 1.747564594633, 2e-12);  // OEIS A085469
  EXPECT_LT(largest(result.forces), 1e-9);
}

TEST(ParticleMesh, gives_the_madelung_constant_of_caesium_chloride) {
  const Charged salt = crystal(4.1, 3, {{0, 0, 0}}, {{0.5, 0.5, 0.5}});
  const double energy = evaluate(salt, settings_for(salt, 1e-11)).total.energy;
  const double nearest = 4.1 * std::numbers::sqrt3 / 2;
  EXPECT_NEAR(-energy * nearest / (constants::coulomb * 27), 1.762674773071, 2e-12);  // OEIS A181152
}

TEST(ParticleMesh, agrees_with_the_sum_of_ewald_in_a_skewed_cell) {
  for (const double total : {0.0, 3.0}) {
    const Charged system = crowd(40, total, 1);
    const Result expected = direct_ewald(system);
    const Result result = evaluate(system, settings_for(system, 1e-10));
    EXPECT_NEAR(result.total.energy, expected.total.energy, 1e-9 * std::abs(expected.total.energy));
    EXPECT_LT(rms_difference(result.forces, expected.forces), 1e-9);
  }
}

TEST(ParticleMesh, keeps_the_accuracy_that_was_asked_for) {
  for (const std::uint64_t seed : {2, 3, 4}) {
    const Charged system = crowd(60, 0, seed);
    const Result expected = direct_ewald(system);
    for (const double force : {1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-8}) {
      for (const double cutoff : {5.0, 8.0}) {
        const double error =
            rms_difference(evaluate(system, settings_for(system, force, cutoff)).forces, expected.forces);
        EXPECT_LT(error, 1.2 * force) << cutoff;
        EXPECT_GT(error, force / 300) << cutoff;  // and does not waste work
      }
    }
  }
}

TEST(ParticleMesh, does_not_depend_on_the_splitting) {
  const Charged system = crowd(30, 1.0, 5);
  MeshSettings settings = settings_for(system, 1e-10);
  const Result first = evaluate(system, settings);
  settings.splitting *= 0.9, settings.cutoff *= 1.15;
  const Result second = evaluate(system, settings);
  EXPECT_NEAR(second.total.energy, first.total.energy, 1e-9 * std::abs(first.total.energy));
  EXPECT_LT(rms_difference(second.forces, first.forces), 1e-9);
  EXPECT_NEAR(second.total.virial.xy, first.total.virial.xy, 1e-8);
  EXPECT_NEAR(second.total.virial.trace(), first.total.virial.trace(), 1e-8);
}

TEST(ParticleMesh, has_forces_that_equal_numerical_derivatives) {
  Charged system = crowd(20, 0.5, 6);
  const MeshSettings settings = settings_for(system, 1e-5);
  const Result here = evaluate(system, settings);
  const double scale = largest(here.forces);
  ParticleMesh mesh(system.atoms, settings);
  std::vector<Vector3> unused(system.atoms.size());
  constexpr double step = 1e-4;
  for (std::size_t i = 0; i < system.atoms.size(); i += 3) {
    for (int axis = 0; axis < 3; ++axis) {
      double& x = system.atoms.positions[i][axis];
      const double at = x;
      const auto energy = [&](double offset) {
        x = at + offset;
        return mesh.evaluate(system.atoms, system.charges, unused).energy;
      };
      const double slope = (8 * (energy(step) - energy(-step)) - (energy(2 * step) - energy(-2 * step))) / (12 * step);
      x = at;
      EXPECT_NEAR(-slope, here.forces[i][axis], 1e-5 * scale);  // real space ends abruptly: an error of its size
    }
  }
}

TEST(ParticleMesh, has_a_virial_that_equals_the_strain_derivative) {
  const Charged system = crowd(20, 0.5, 7);
  const MeshSettings settings = settings_for(system, 1e-8);
  const Virial virial = evaluate(system, settings).total.virial;
  const double expected[3][3] = {
      {virial.xx, virial.xy, virial.xz}, {virial.xy, virial.yy, virial.yz}, {virial.xz, virial.yz, virial.zz}};
  constexpr double step = 1e-5;
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column) {
      const auto energy = [&](double strain) {
        Vector3 rows[3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
        rows[row][column] += strain;
        const CarbonStructure mapped = samples::mapped({system.atoms, {}}, rows[0], rows[1], rows[2]);
        return evaluate({mapped.atoms, system.charges}, settings).total.energy;
      };
      EXPECT_NEAR(-(energy(step) - energy(-step)) / (2 * step), expected[row][column], 1e-5 * std::abs(virial.trace()));
    }
  }
}

TEST(ParticleMesh, has_a_virial_whose_trace_is_the_energy) {  // the energy is homogeneous of degree -1 in lengths
  const Charged system = crowd(30, 2.0, 8);
  const Result result = evaluate(system, settings_for(system, 1e-9));
  EXPECT_NEAR(result.total.virial.trace(), result.total.energy, 1e-8 * std::abs(result.total.energy));
}

TEST(ParticleMesh, is_bitwise_the_same_with_one_and_two_threads) {
  const Charged salt = crystal(5.6, 4, {{0, 0, 0}, {0.5, 0.5, 0}, {0.5, 0, 0.5}, {0, 0.51, 0.5}},
                               {{0.5, 0, 0}, {0, 0.5, 0.03}, {0, 0, 0.5}, {0.5, 0.5, 0.5}});
  const MeshSettings settings = settings_for(salt, 1e-3);
  const int before = omp_get_max_threads();
  omp_set_num_threads(1);
  const Result serial = evaluate(salt, settings);
  omp_set_num_threads(2);
  const Result parallel = evaluate(salt, settings);
  omp_set_num_threads(before);
  EXPECT_EQ(serial.total.energy, parallel.total.energy);
  EXPECT_EQ(serial.total.virial.xz, parallel.total.virial.xz);
  EXPECT_EQ(serial.forces, parallel.forces);
}

}  // namespace
}  // namespace cardhouse
