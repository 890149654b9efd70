#define EIGEN_DONT_PARALLELIZE  // sums in one order, whatever the number of threads
#include "potentials/wave_sum.hpp"

#include <Eigen/Core>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"
#include "potentials/mesh_settings.hpp"

namespace cardhouse {
namespace {

using Vector = Eigen::Map<const Eigen::VectorXd>;
using Matrix = Eigen::Map<const Eigen::MatrixXd>;

constexpr std::size_t least_for_threads = 200;  // atoms

Vector as_vector(std::span<const double> values) {
  return {values.data(), static_cast<Eigen::Index>(values.size())};
}

/// [wave][atom] of what is stored atom by atom.
Matrix as_matrix(const std::vector<double>& values, std::size_t waves, std::size_t atoms) {
  return {values.data(), static_cast<Eigen::Index>(waves), static_cast<Eigen::Index>(atoms)};
}

}  // namespace

WaveSum::WaveSum(double splitting, double negligible)
    : splitting_(splitting), longest_(2 * splitting * std::sqrt(-std::log(negligible))) {
  EXPECTS(splitting > 0 && 0 < negligible && negligible < 1);
}

void WaveSum::place(const Cell& cell, std::span<const Vector3> positions) {
  constexpr double tau = 2 * std::numbers::pi;
  const auto rows = reciprocal_rows(cell);
  // |k| >= 2 pi |m| / |cell vector|, since k times the vector is 2 pi m
  for (int axis = 0; axis < 3; ++axis) {
    most_[axis] = static_cast<int>(longest_ * norm(cell.vectors()[static_cast<std::size_t>(axis)]) / tau);
  }
  waves_.clear(), periods_.clear();
  for (int i = 0; i <= most_[0]; ++i) {
    for (int j = i == 0 ? 0 : -most_[1]; j <= most_[1]; ++j) {
      for (int k = i == 0 && j == 0 ? 1 : -most_[2]; k <= most_[2]; ++k) {
        const Vector3 wave = tau * (i * rows[0] + j * rows[1] + k * rows[2]);
        if (squared_norm(wave) > longest_ * longest_) continue;
        waves_.push_back(wave);
        periods_.push_back({i, j, k});
      }
    }
  }
  set_phases(cell, positions);
}

void WaveSum::set_phases(const Cell& cell, std::span<const Vector3> positions) {
  constexpr double tau = 2 * std::numbers::pi;
  const std::size_t n = waves_.size();
  atoms_ = positions.size();
  strengths_.resize(n);
  cosines_.resize(n * atoms_);
  sines_.resize(n * atoms_);
  for (std::size_t w = 0; w < n; ++w) {
    const double k2 = squared_norm(waves_[w]);
    strengths_[w] = 4 * tau * constants::coulomb / cell.volume() * std::exp(-k2 / (4 * splitting_ * splitting_)) / k2;
  }
#pragma omp parallel for schedule(static) if (atoms_ > least_for_threads)
  for (std::size_t atom = 0; atom < atoms_; ++atom) {
    const Vector3 fractional = cell.to_fractional(positions[atom]);
    std::array<std::vector<std::complex<double>>, 3> turns;  // [axis][periods + most]
    for (int axis = 0; axis < 3; ++axis) {
      for (int m = -most_[axis]; m <= most_[axis]; ++m)
        turns[axis].push_back(std::polar(1.0, tau * m * fractional[axis]));
    }
    for (std::size_t w = 0; w < n; ++w) {
      const auto& [i, j, k] = periods_[w];
      const std::complex<double> a = turns[0][i + most_[0]];
      const std::complex<double> b = turns[1][j + most_[1]];
      const std::complex<double> c = turns[2][k + most_[2]];
      const double re = a.real() * b.real() - a.imag() * b.imag();
      const double im = a.real() * b.imag() + a.imag() * b.real();
      cosines_[atom * n + w] = re * c.real() - im * c.imag();
      sines_[atom * n + w] = re * c.imag() + im * c.real();
    }
  }
}

void WaveSum::add_matrix(std::span<double> matrix) const {
  EXPECTS(matrix.size() == atoms_ * atoms_);
  const Eigen::VectorXd roots = as_vector(strengths_).cwiseSqrt();
  const auto n = static_cast<Eigen::Index>(atoms_);
  Eigen::MatrixXd lower = Eigen::MatrixXd::Zero(n, n);
  for (const auto* phases : {&cosines_, &sines_}) {
    const Eigen::MatrixXd weighted = roots.asDiagonal() * as_matrix(*phases, waves_.size(), atoms_);
    lower.selfadjointView<Eigen::Lower>().rankUpdate(weighted.transpose());
  }
  Eigen::Map<Eigen::MatrixXd>(matrix.data(), n, n) += lower.selfadjointView<Eigen::Lower>();
}

void WaveSum::add_potential(std::span<const double> charges, std::span<double> potential) const {
  const Vector q = as_vector(charges);
  Eigen::Map<Eigen::VectorXd> result(potential.data(), q.size());
  for (const auto* phases : {&cosines_, &sines_}) {
    const Matrix factors = as_matrix(*phases, waves_.size(), atoms_);
    result += factors.transpose() * as_vector(strengths_).cwiseProduct(factors * q);
  }
}

Evaluation WaveSum::add_forces(std::span<const double> charges, std::span<Vector3> forces) const {
  const Eigen::VectorXd c = as_matrix(cosines_, waves_.size(), atoms_) * as_vector(charges);
  const Eigen::VectorXd s = as_matrix(sines_, waves_.size(), atoms_) * as_vector(charges);
  const double width = 1 / (4 * splitting_ * splitting_);
  Evaluation sum;
  for (std::size_t w = 0; w < waves_.size(); ++w) {
    const auto at = static_cast<Eigen::Index>(w);
    const Vector3& k = waves_[w];
    const double e = 0.5 * strengths_[w] * (c[at] * c[at] + s[at] * s[at]);
    const double f = 2 * e * (1 / squared_norm(k) + width);
    sum +=
        {e, {e - f * k.x * k.x, e - f * k.y * k.y, e - f * k.z * k.z, -f * k.x * k.y, -f * k.x * k.z, -f * k.y * k.z}};
  }
#pragma omp parallel for schedule(static) if (atoms_ > least_for_threads)
  for (std::size_t atom = 0; atom < forces.size(); ++atom) {
    const double* const cosine = &cosines_[atom * waves_.size()];
    const double* const sine = &sines_[atom * waves_.size()];
    Vector3 force;
    for (std::size_t w = 0; w < waves_.size(); ++w) {
      const auto at = static_cast<Eigen::Index>(w);
      force += strengths_[w] * (sine[w] * c[at] - cosine[w] * s[at]) * waves_[w];
    }
    forces[atom] += charges[atom] * force;
  }
  return sum;
}

}  // namespace cardhouse
