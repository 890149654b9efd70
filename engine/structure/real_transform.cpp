#include "engine/structure/real_transform.hpp"

#include <fftw3.h>

#include <mutex>
#include <numbers>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

// The planner of FFTW is the one part of it that several threads must not enter together.
std::mutex& planner() {
  static std::mutex mutex;
  return mutex;
}

}  // namespace

struct RealTransform::Plans {
  explicit Plans(int n)
      : real_size(static_cast<std::size_t>(n) * n * n),
        mode_size(static_cast<std::size_t>(n) * n * (n / 2 + 1)),
        real(fftw_alloc_real(real_size)),
        modes(fftw_alloc_complex(mode_size)) {
    const std::lock_guard lock(planner());
    forward = fftw_plan_dft_r2c_3d(n, n, n, real, modes, FFTW_ESTIMATE | FFTW_PRESERVE_INPUT);
    inverse = fftw_plan_dft_c2r_3d(n, n, n, modes, real, FFTW_ESTIMATE);
  }
  ~Plans() {
    const std::lock_guard lock(planner());
    fftw_destroy_plan(forward);
    fftw_destroy_plan(inverse);
    fftw_free(real);
    fftw_free(modes);
  }
  Plans(const Plans&) = delete;
  Plans& operator=(const Plans&) = delete;

  std::size_t real_size;
  std::size_t mode_size;
  double* real;
  fftw_complex* modes;
  fftw_plan forward = nullptr;
  fftw_plan inverse = nullptr;
};

RealTransform::RealTransform(int points) : points_(points) {
  EXPECTS(points > 0);
  plans_ = std::make_unique<Plans>(points);
  ENSURES(plans_->forward != nullptr && plans_->inverse != nullptr);
}

RealTransform::~RealTransform() = default;

std::span<double> RealTransform::real() {
  return {plans_->real, plans_->real_size};
}

// fftw_complex and std::complex<double> have the same layout (FFTW manual 4.1.1).
std::span<std::complex<double>> RealTransform::modes() {
  return {reinterpret_cast<std::complex<double>*>(plans_->modes), plans_->mode_size};
}

void RealTransform::forward() {
  fftw_execute(plans_->forward);
}

void RealTransform::inverse() {
  fftw_execute(plans_->inverse);
}

std::vector<double> RealTransform::squared_wavenumbers(double edge) const {
  EXPECTS(edge > 0);
  const double step = 2 * std::numbers::pi / edge;
  const auto signed_index = [this](int i) { return i <= points_ / 2 ? i : i - points_; };
  std::vector<double> squares;
  squares.reserve(plans_->mode_size);
  for (int i = 0; i < points_; ++i)
    for (int j = 0; j < points_; ++j)
      for (int k = 0; k <= points_ / 2; ++k) {
        const double x = signed_index(i), y = signed_index(j);
        squares.push_back(step * step * (x * x + y * y + static_cast<double>(k) * k));
      }
  return squares;
}

}  // namespace cardhouse
