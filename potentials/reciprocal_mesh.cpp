#include "potentials/reciprocal_mesh.hpp"

#include <fftw3.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <mutex>
#include <numbers>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

constexpr double tau = 2 * std::numbers::pi;
constexpr int largest_order = 16;

// The planner of FFTW is the one part of it that several threads must not enter together.
std::mutex& planner() {
  static std::mutex mutex;
  return mutex;
}

/// M_p(w + p - 1 - l) for l = 0 ... p - 1 and its derivative, by the recursion of Essmann 1995, eqs. 4.1 and 4.2.
void splines(double w, int order, double* weight, double* slope) {
  weight[0] = 1 - w, weight[1] = w;
  for (int l = 2; l < order; ++l) weight[l] = 0;
  for (int p = 2; p < order; ++p) {
    if (p == order - 1) {
      slope[0] = -weight[0];
      for (int l = 1; l < order; ++l) slope[l] = weight[l - 1] - weight[l];
    }
    for (int l = p; l > 0; --l) weight[l] = ((w + p - l) * weight[l - 1] + (l + 1 - w) * weight[l]) / p;
    weight[0] *= (1 - w) / p;
  }
  if (order == 2) slope[0] = -1, slope[1] = 1;
}

std::vector<double> spline_moduli(int points, int order) {
  double weight[largest_order];
  double slope[largest_order];
  splines(0, order, weight, slope);
  std::vector<double> moduli;
  for (int m = 0; m < points; ++m) {
    std::complex<double> sum = 0;
    for (int l = 0; l < order; ++l) sum += std::polar(weight[l], tau * m * l / points);
    moduli.push_back(1 / std::norm(sum));
  }
  return moduli;
}

}  // namespace

/// The mesh and its transforms, planned with FFTW_ESTIMATE and on one thread: equal data give equal bits.
struct ReciprocalMesh::Grid {
  explicit Grid(const std::array<int, 3>& points)
      : n{static_cast<std::size_t>(points[0]), static_cast<std::size_t>(points[1]),
          static_cast<std::size_t>(points[2])},
        half(n[2] / 2 + 1),
        real(fftw_alloc_real(n[0] * n[1] * n[2])),
        modes(fftw_alloc_complex(n[0] * n[1] * half)) {
    const std::lock_guard lock(planner());
    forward = fftw_plan_dft_r2c_3d(points[0], points[1], points[2], real, modes, FFTW_ESTIMATE);
    inverse = fftw_plan_dft_c2r_3d(points[0], points[1], points[2], modes, real, FFTW_ESTIMATE);
  }
  ~Grid() {
    const std::lock_guard lock(planner());
    fftw_destroy_plan(forward);
    fftw_destroy_plan(inverse);
    fftw_free(real);
    fftw_free(modes);
  }
  Grid(const Grid&) = delete;
  Grid& operator=(const Grid&) = delete;

  std::array<std::size_t, 3> n;
  std::size_t half;  ///< modes along the last axis
  double* real;
  fftw_complex* modes;
  fftw_plan forward = nullptr;
  fftw_plan inverse = nullptr;
};

ReciprocalMesh::ReciprocalMesh(const MeshSettings& settings) : settings_(settings) {
  EXPECTS(settings.splitting > 0);
  EXPECTS(settings.order >= 2 && settings.order <= largest_order && settings.order % 2 == 0);
  for (int axis = 0; axis < 3; ++axis) {
    EXPECTS(settings.points[axis] >= settings.order);
    moduli_[axis] = spline_moduli(settings.points[axis], settings.order);
  }
  grid_ = std::make_unique<Grid>(settings.points);
  ENSURES(grid_->forward != nullptr && grid_->inverse != nullptr);
}

ReciprocalMesh::~ReciprocalMesh() = default;

void ReciprocalMesh::place(const Cell& cell, std::span<const Vector3> positions) {
  set_cell(cell);
  const std::size_t order = static_cast<std::size_t>(settings_.order);
  corners_.resize(positions.size());
  weights_.resize(positions.size() * 3 * order);
  slopes_.resize(weights_.size());
#pragma omp parallel for schedule(static) if (positions.size() > 500)
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const Vector3 fractional = cell.to_fractional(positions[i]);
    for (int axis = 0; axis < 3; ++axis) {
      const double u = (fractional[axis] - std::floor(fractional[axis])) * settings_.points[axis];
      const double corner = std::floor(u);
      corners_[i][axis] = static_cast<std::int32_t>(corner) % settings_.points[axis];
      const std::size_t at = (i * 3 + axis) * order;
      splines(u - corner, settings_.order, &weights_[at], &slopes_[at]);
    }
  }
}

void ReciprocalMesh::set_cell(const Cell& cell) {
  const auto rows = reciprocal_rows(cell);
  if (rows == rows_) return;
  rows_ = rows;
  volume_ = cell.volume();
  const auto& n = grid_->n;
  const double scale = 2 * tau * constants::coulomb / volume_;
  influence_.resize(n[0] * n[1] * grid_->half);
#pragma omp parallel for schedule(static)
  for (std::size_t i = 0; i < n[0]; ++i) {
    for (std::size_t j = 0; j < n[1]; ++j) {
      for (std::size_t k = 0; k < grid_->half; ++k) {
        const double k2 = squared_norm(wave(i, j, k));
        const double moduli = moduli_[0][i] * moduli_[1][j] * moduli_[2][k];
        const double decay = std::exp(-k2 / (4 * settings_.splitting * settings_.splitting));
        influence_[(i * n[1] + j) * grid_->half + k] = k2 > 0 ? scale * decay / k2 * moduli : 0;
      }
    }
  }
}

Vector3 ReciprocalMesh::wave(std::size_t i, std::size_t j, std::size_t k) const {
  const auto signed_index = [this](std::size_t m, int axis) {
    const auto index = static_cast<double>(m);
    return 2 * m <= grid_->n[axis] ? index : index - static_cast<double>(grid_->n[axis]);
  };
  return tau * (signed_index(i, 0) * rows_[0] + signed_index(j, 1) * rows_[1] + static_cast<double>(k) * rows_[2]);
}

void ReciprocalMesh::spread(std::span<const double> charges) {
  EXPECTS(charges.size() == corners_.size());
  const auto& n = grid_->n;
  const std::size_t order = static_cast<std::size_t>(settings_.order);
  std::fill(grid_->real, grid_->real + n[0] * n[1] * n[2], 0.0);
  for (std::size_t atom = 0; atom < charges.size(); ++atom) {
    const auto& corner = corners_[atom];
    const double* w = &weights_[atom * 3 * order];
    for (std::size_t a = 0; a < order; ++a) {
      const std::size_t i = (static_cast<std::size_t>(corner[0]) + a) % n[0];
      for (std::size_t b = 0; b < order; ++b) {
        const std::size_t j = (static_cast<std::size_t>(corner[1]) + b) % n[1];
        double* const row = grid_->real + (i * n[1] + j) * n[2];
        const double share = charges[atom] * w[a] * w[order + b];
        std::size_t k = static_cast<std::size_t>(corner[2]);
        for (std::size_t c = 0; c < order; ++c) {
          row[k] += share * w[2 * order + c];
          if (++k == n[2]) k = 0;
        }
      }
    }
  }
}

Evaluation ReciprocalMesh::sum_modes() const {
  const auto& n = grid_->n;
  const double width = 1 / (4 * settings_.splitting * settings_.splitting);
  std::vector<Evaluation> planes(n[0]);
#pragma omp parallel for schedule(static)
  for (std::size_t i = 0; i < n[0]; ++i) {
    for (std::size_t j = 0; j < n[1]; ++j) {
      for (std::size_t k = 0; k < grid_->half; ++k) {
        if (i + j + k == 0) continue;
        const std::size_t mode = (i * n[1] + j) * grid_->half + k;
        const bool has_mirror = k > 0 && 2 * k < n[2];
        const double* const f = grid_->modes[mode];
        const double e = (has_mirror ? 1.0 : 0.5) * influence_[mode] * (f[0] * f[0] + f[1] * f[1]);
        const Vector3 q = wave(i, j, k);
        const double s = 2 * e * (1 / squared_norm(q) + width);
        planes[i] +=
            {e,
             {e - s * q.x * q.x, e - s * q.y * q.y, e - s * q.z * q.z, -s * q.x * q.y, -s * q.x * q.z, -s * q.y * q.z}};
      }
    }
  }
  Evaluation sum;
  for (const Evaluation& plane : planes) sum += plane;
  return sum;
}

void ReciprocalMesh::transform_to_potential() {
  for (std::size_t mode = 0; mode < influence_.size(); ++mode) {
    grid_->modes[mode][0] *= influence_[mode];
    grid_->modes[mode][1] *= influence_[mode];
  }
  fftw_execute(grid_->inverse);
}

/// The splines of one atom, walked over the mesh.
struct ReciprocalMesh::Splines {
  const ReciprocalMesh& mesh;
  std::size_t atom;

  /// Sum over the mesh points of the atom of the mesh value (w = 0) and its derivatives by mesh steps (x, y, z).
  std::array<double, 4> read() const {
    const auto& n = mesh.grid_->n;
    const std::size_t order = static_cast<std::size_t>(mesh.settings_.order);
    const auto& corner = mesh.corners_[atom];
    const double* const w = &mesh.weights_[atom * 3 * order];
    const double* const s = &mesh.slopes_[atom * 3 * order];
    std::array<double, 4> sum{};
    for (std::size_t a = 0; a < order; ++a) {
      const std::size_t i = (static_cast<std::size_t>(corner[0]) + a) % n[0];
      for (std::size_t b = 0; b < order; ++b) {
        const std::size_t j = (static_cast<std::size_t>(corner[1]) + b) % n[1];
        const double* const row = mesh.grid_->real + (i * n[1] + j) * n[2];
        double value = 0;
        double slope = 0;
        std::size_t k = static_cast<std::size_t>(corner[2]);
        for (std::size_t c = 0; c < order; ++c) {
          value += row[k] * w[2 * order + c];
          slope += row[k] * s[2 * order + c];
          if (++k == n[2]) k = 0;
        }
        sum[0] += w[a] * w[order + b] * value;
        sum[1] += s[a] * w[order + b] * value;
        sum[2] += w[a] * s[order + b] * value;
        sum[3] += w[a] * w[order + b] * slope;
      }
    }
    return sum;
  }
};

void ReciprocalMesh::add_potential(std::span<const double> charges, std::span<double> potential) {
  EXPECTS(potential.size() == charges.size());
  spread(charges);
  fftw_execute(grid_->forward);
  transform_to_potential();
#pragma omp parallel for schedule(static) if (charges.size() > 500)
  for (std::size_t i = 0; i < charges.size(); ++i) potential[i] += Splines{*this, i}.read()[0];
}

Evaluation ReciprocalMesh::add_forces(std::span<const double> charges, std::span<Vector3> forces) {
  EXPECTS(forces.size() == charges.size());
  spread(charges);
  fftw_execute(grid_->forward);
  const Evaluation sum = sum_modes();
  transform_to_potential();
#pragma omp parallel for schedule(static) if (charges.size() > 500)
  for (std::size_t i = 0; i < charges.size(); ++i) {
    const auto read = Splines{*this, i}.read();
    for (int axis = 0; axis < 3; ++axis) {
      forces[i] -= charges[i] * read[static_cast<std::size_t>(axis) + 1] * settings_.points[axis] * rows_[axis];
    }
  }
  return sum;
}

}  // namespace cardhouse
