#pragma once

#include <complex>
#include <memory>
#include <span>
#include <vector>

namespace cardhouse {

/// Fourier transform of real data on a cubic periodic grid of points^3 (library FFTW, planned with FFTW_ESTIMATE and on
/// one thread, so that equal data give equal bits). The modes are the points x points x (points/2 + 1) non-redundant
/// ones.
class RealTransform {
 public:
  explicit RealTransform(int points);
  ~RealTransform();
  RealTransform(const RealTransform&) = delete;
  RealTransform& operator=(const RealTransform&) = delete;

  std::span<double> real();
  std::span<std::complex<double>> modes();
  void forward();  ///< real -> modes; keeps real
  void inverse();  ///< modes -> real, not normalised (points^3 times the original); destroys the modes

  /// |k|^2 of every mode for a cube of this edge [1/length^2].
  std::vector<double> squared_wavenumbers(double edge) const;

 private:
  struct Plans;
  std::unique_ptr<Plans> plans_;
  int points_;
};

}  // namespace cardhouse
