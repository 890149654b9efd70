#include "analysis/conductivity.hpp"

#include <Eigen/IterativeLinearSolvers>
#include <Eigen/SparseCore>
#include <numbers>
#include <vector>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

constexpr double graphite_spacing = 3.354;  // angstrom, Trucano & Chen 1975, doi:10.1038/258136a0

struct Resistor {
  Bond atoms;
  Vector3 way;
};

std::vector<Resistor> conjugated_bonds(const CarbonStructure& structure) {
  const auto conducts = [&](std::uint32_t atom) {
    const Element element = structure.atoms.elements[atom];
    return structure.bonds.degree(atom) <= 3 &&
           (element == Element::C || element == Element::N || element == Element::B);
  };
  std::vector<Resistor> result;
  for (const Bond& bond : structure.bonds.bonds()) {
    if (!conducts(bond[0]) || !conducts(bond[1])) continue;
    const Vector3 way = structure.atoms.positions[bond[1]] - structure.atoms.positions[bond[0]];
    result.push_back({bond, structure.atoms.cell.minimum_image(way)});
  }
  return result;
}

using Matrix = Eigen::SparseMatrix<double, Eigen::RowMajor>;

// Laplacian of the network. The currents into each fragment add up to zero, so that its potential is free up to a
// constant: one atom of each fragment is earthed.
Matrix laplacian(std::size_t n_atoms, const std::vector<Resistor>& resistors) {
  std::vector<Eigen::Triplet<double>> entries;
  std::vector<Bond> bonds;
  for (const Resistor& resistor : resistors) {
    const auto a = static_cast<int>(resistor.atoms[0]), b = static_cast<int>(resistor.atoms[1]);
    entries.insert(entries.end(), {{a, a, 1.0}, {b, b, 1.0}, {a, b, -1.0}, {b, a, -1.0}});
    bonds.push_back(resistor.atoms);
  }
  const std::vector<std::uint32_t> fragments = BondGraph(n_atoms, std::move(bonds)).fragments();
  std::uint32_t earthed = 0;
  for (std::size_t i = 0; i < n_atoms; ++i) {
    if (fragments[i] != earthed) continue;
    entries.emplace_back(static_cast<int>(i), static_cast<int>(i), 1.0);
    ++earthed;
  }
  Matrix matrix(static_cast<Eigen::Index>(n_atoms), static_cast<Eigen::Index>(n_atoms));
  matrix.setFromTriplets(entries.begin(), entries.end());
  return matrix;
}

}  // namespace

NetworkConductivity network_conductivity(const CarbonStructure& structure) {
  EXPECTS(structure.bonds.size() == structure.atoms.size());
  if (structure.atoms.size() == 0) throw InputError("a structure without atoms conducts nothing");
  const std::vector<Resistor> resistors = conjugated_bonds(structure);
  NetworkConductivity result;
  if (resistors.empty()) return result;
  const Matrix matrix = laplacian(structure.atoms.size(), resistors);
  Eigen::ConjugateGradient<Matrix, Eigen::Lower | Eigen::Upper> solver;
  solver.setTolerance(1e-9);
  solver.setMaxIterations(20 * matrix.rows() + 100);
  solver.compute(matrix);
  const double graphite = 1 / (std::numbers::sqrt3 * graphite_spacing);
  for (int axis = 0; axis < 3; ++axis) {
    Eigen::VectorXd current = Eigen::VectorXd::Zero(matrix.rows());
    for (const Resistor& resistor : resistors) {
      current[resistor.atoms[0]] += resistor.way[axis];
      current[resistor.atoms[1]] -= resistor.way[axis];
    }
    const Eigen::VectorXd potential = solver.solve(current);
    ENSURES(solver.info() == Eigen::Success);
    double dissipated = 0;
    for (const Resistor& resistor : resistors) {
      const double drop = resistor.way[axis] + potential[resistor.atoms[1]] - potential[resistor.atoms[0]];
      dissipated += drop * drop;
    }
    result.along[static_cast<std::size_t>(axis)] = dissipated / structure.atoms.cell.volume() / graphite;
  }
  return result;
}

}  // namespace cardhouse
