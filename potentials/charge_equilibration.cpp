#define EIGEN_DONT_PARALLELIZE  // sums in one order, whatever the number of threads
#include "potentials/charge_equilibration.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"
#include "potentials/element_kinds.hpp"
#include "potentials/shipped_parameters.hpp"

namespace cardhouse {
namespace {

constexpr int most_iterations = 500;

double dot_product(std::span<const double> a, std::span<const double> b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

/// Takes the mean away: what is left sums to zero.
double remove_mean(std::vector<double>& values) {
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  for (double& value : values) value -= mean;
  return mean;
}

}  // namespace

ChargeEquilibration::ChargeEquilibration(const CarbonStructure& structure, const ChargeEquilibrationOptions& options)
    : options_(options), exact_(structure.atoms.size() <= options.exact_up_to) {
  EXPECTS(structure.atoms.size() > 0);
  EXPECTS(options.force_accuracy > 0 && options.charge_accuracy > 0);
  const std::vector<ChargeElement> elements =
      load_charge_parameters(chosen_parameters(options.parameter_file, "CHONa_charge_equilibration_1991.toml"));
  std::vector<Element> known;
  std::vector<double> widths;
  for (const ChargeElement& element : elements) known.push_back(element.element), widths.push_back(element.width);
  const std::vector<std::uint8_t> kinds =
      kind_of_each(structure.atoms, known, "charge-equilibration", "add an [[element]] to its parameter file");
  for (const std::uint8_t kind : kinds) {
    electronegativities_.push_back(elements[kind].electronegativity);
    hardnesses_.push_back(elements[kind].hardness);
  }
  coulomb_ = std::make_unique<GaussianCharges>(
      structure.atoms, kinds, widths, GaussianCharges::Options{.exact = exact_, .force = options.force_accuracy});
}

Evaluation ChargeEquilibration::evaluate(const Atoms& atoms, std::span<Vector3> forces) {
  EXPECTS(forces.size() == atoms.size());
  coulomb_->place(atoms);
  exact_ ? solve_directly() : solve_by_conjugate_gradients();
  Evaluation total = coulomb_->evaluate(charges_, forces);
  for (std::size_t i = 0; i < charges_.size(); ++i) {
    total.energy += charges_[i] * (electronegativities_[i] + 0.5 * hardnesses_[i] * charges_[i]);
  }
  return total;
}

void ChargeEquilibration::solve_directly() {
  std::vector<double> values = coulomb_->matrix();
  const auto n = static_cast<Eigen::Index>(hardnesses_.size());
  Eigen::Map<Eigen::MatrixXd> matrix(values.data(), n, n);
  matrix.diagonal() += Eigen::Map<const Eigen::VectorXd>(hardnesses_.data(), n);
  const Eigen::LDLT<Eigen::MatrixXd> factors(matrix);
  const Eigen::VectorXd pulled = factors.solve(Eigen::Map<const Eigen::VectorXd>(electronegativities_.data(), n));
  const Eigen::VectorXd lifted = factors.solve(Eigen::VectorXd::Ones(n));
  common_ = (options_.total_charge + pulled.sum()) / lifted.sum();
  charges_.resize(static_cast<std::size_t>(n));
  Eigen::Map<Eigen::VectorXd>(charges_.data(), n) = common_ * lifted - pulled;
}

std::vector<double> ChargeEquilibration::slope(std::span<const double> charges) {
  std::vector<double> result(charges.size());
  coulomb_->find_potential(charges, result);
  for (std::size_t i = 0; i < charges.size(); ++i) result[i] += hardnesses_[i] * charges[i];
  return result;
}

void ChargeEquilibration::solve_by_conjugate_gradients() {
  const std::size_t n = electronegativities_.size();
  charges_.assign(n, options_.total_charge / static_cast<double>(n));
  std::vector<double> residual = slope(charges_);
  for (std::size_t i = 0; i < n; ++i) residual[i] = -residual[i] - electronegativities_[i];
  common_ = -remove_mean(residual);
  std::vector<double> direction = residual;
  double squares = dot_product(residual, residual);
  const double enough = static_cast<double>(n) * options_.charge_accuracy * options_.charge_accuracy;
  for (int iteration = 0; squares > enough; ++iteration) {
    if (iteration == most_iterations) {
      throw InputError("charges did not converge", "look for atoms that overlap, or ask for less accuracy");
    }
    std::vector<double> change = slope(direction);
    const double mean = remove_mean(change);
    const double step = squares / dot_product(direction, change);
    common_ += step * mean;
    for (std::size_t i = 0; i < n; ++i) charges_[i] += step * direction[i], residual[i] -= step * change[i];
    const double before = squares;
    squares = dot_product(residual, residual);
    for (std::size_t i = 0; i < n; ++i) direction[i] = residual[i] + squares / before * direction[i];
  }
}

}  // namespace cardhouse
