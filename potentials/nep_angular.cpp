#include "potentials/nep_angular.hpp"

#include <algorithm>

namespace cardhouse {
namespace {

// doi:10.1063/5.0106617, equations 17 to 23: constants of the three-body (with the factor 2 of m > 0), four-body and
// five-body invariants, as in the source of GPUMD.
constexpr double three_body[nep_harmonics] = {
    0.238732414637843,     2 * 0.119366207318922, 2 * 0.119366207318922,  //
    0.099471839432435,     2 * 0.596831036594608, 2 * 0.596831036594608, 2 * 0.149207759148652, 2 * 0.149207759148652,
    0.139260575205408,     2 * 0.104445431404056, 2 * 0.104445431404056, 2 * 1.044454314040563, 2 * 1.044454314040563,
    2 * 0.174075719006761, 2 * 0.174075719006761,  //
    0.011190581936149,     2 * 0.223811638722978, 2 * 0.223811638722978, 2 * 0.111905819361489, 2 * 0.111905819361489,
    2 * 1.566681471060845, 2 * 1.566681471060845, 2 * 0.195835183882606, 2 * 0.195835183882606};
constexpr double four_body[5] = {-0.007499480826664, -0.134990654879954, 0.067495327439977, 0.404971964639861,
                                 -0.809943929279723};
constexpr double five_body[3] = {0.026596810706114, 0.053193621412227, 0.026596810706114};

/// First harmonic of l.
constexpr std::size_t first_of(std::size_t l) {
  return l * l - 1;
}

/// Powers of x + iy and the polynomials Z_lm that are not constant.
struct Parts {
  explicit Parts(const Vector3& u)
      : x(u.x),
        y(u.y),
        z(u.z),
        zz(z * z),
        x2(x * x - y * y),
        y2(2 * x * y),
        x3(x * x2 - y * y2),
        y3(x * y2 + y * x2),
        x4(x * x3 - y * y3),
        y4(x * y3 + y * x3) {}
  double x, y, z, zz;
  double x2, y2, x3, y3, x4, y4;
};

}  // namespace

void find_nep_harmonics(const Vector3& unit, double* h) {
  const Parts p(unit);
  h[0] = p.z, h[1] = p.x, h[2] = p.y;
  h[3] = 3 * p.zz - 1, h[4] = p.z * p.x, h[5] = p.z * p.y, h[6] = p.x2, h[7] = p.y2;
  const double z31 = 5 * p.zz - 1;
  h[8] = p.z * (5 * p.zz - 3), h[9] = z31 * p.x, h[10] = z31 * p.y;
  h[11] = p.z * p.x2, h[12] = p.z * p.y2, h[13] = p.x3, h[14] = p.y3;
  const double z41 = p.z * (7 * p.zz - 3);
  const double z42 = 7 * p.zz - 1;
  h[15] = 3 + p.zz * (35 * p.zz - 30), h[16] = z41 * p.x, h[17] = z41 * p.y, h[18] = z42 * p.x2, h[19] = z42 * p.y2;
  h[20] = p.z * p.x3, h[21] = p.z * p.y3, h[22] = p.x4, h[23] = p.y4;
}

Vector3 nep_harmonics_gradient(const Vector3& unit, const double* w) {
  const Parts p(unit);
  // Weights of the real and imaginary part of (x + iy)^m, m = 1 to 4, and their slopes by z.
  const double z31 = 5 * p.zz - 1;
  const double z41 = p.z * (7 * p.zz - 3);
  const double z42 = 7 * p.zz - 1;
  const double z41_slope = 21 * p.zz - 3;
  const double a1 = w[1] + p.z * w[4] + z31 * w[9] + z41 * w[16];
  const double b1 = w[2] + p.z * w[5] + z31 * w[10] + z41 * w[17];
  const double a2 = w[6] + p.z * w[11] + z42 * w[18];
  const double b2 = w[7] + p.z * w[12] + z42 * w[19];
  const double a3 = w[13] + p.z * w[20];
  const double b3 = w[14] + p.z * w[21];
  const double by_z = w[0] + 6 * p.z * w[3] + (15 * p.zz - 3) * w[8] + p.z * (140 * p.zz - 60) * w[15] +
                      p.x * (w[4] + 10 * p.z * w[9] + z41_slope * w[16]) +
                      p.y * (w[5] + 10 * p.z * w[10] + z41_slope * w[17]) + p.x2 * (w[11] + 14 * p.z * w[18]) +
                      p.y2 * (w[12] + 14 * p.z * w[19]) + p.x3 * w[20] + p.y3 * w[21];
  // d/dx (x + iy)^m = m (x + iy)^(m-1), d/dy the same times i.
  const double by_x = a1 + 2 * (a2 * p.x + b2 * p.y) + 3 * (a3 * p.x2 + b3 * p.y2) + 4 * (w[22] * p.x3 + w[23] * p.y3);
  const double by_y = b1 + 2 * (b2 * p.x - a2 * p.y) + 3 * (b3 * p.x2 - a3 * p.y2) + 4 * (w[23] * p.x3 - w[22] * p.y3);
  return {by_x, by_y, by_z};
}

void NepInvariants::evaluate(const double* s, double* values) const {
  for (std::size_t l = 1; l <= largest_l; ++l) {
    double sum = 0;
    for (std::size_t m = first_of(l); m < first_of(l + 1); ++m) sum += three_body[m] * s[m] * s[m];
    *values++ = sum;
  }
  if (has_four_body) {
    const double *c = four_body, a = s[3], b = s[4], d = s[5], e = s[6], f = s[7];
    *values++ = a * (c[0] * a * a + c[1] * (b * b + d * d) + c[2] * (e * e + f * f)) + c[3] * e * (d * d - b * b) +
                c[4] * b * d * f;
  }
  if (has_five_body) {
    const double z2 = s[0] * s[0];
    const double xy2 = s[1] * s[1] + s[2] * s[2];
    *values++ = five_body[0] * z2 * z2 + five_body[1] * z2 * xy2 + five_body[2] * xy2 * xy2;
  }
}

void NepInvariants::differentiate(const double* s, const double* slopes, double* pulls) const {
  std::fill_n(pulls, nep_harmonics, 0.0);
  for (std::size_t l = 1; l <= largest_l; ++l) {
    const double slope = 2 * *slopes++;
    for (std::size_t m = first_of(l); m < first_of(l + 1); ++m) pulls[m] = slope * three_body[m] * s[m];
  }
  if (has_four_body) {
    const double *c = four_body, a = s[3], b = s[4], d = s[5], e = s[6], f = s[7], slope = *slopes++;
    pulls[3] += slope * (3 * c[0] * a * a + c[1] * (b * b + d * d) + c[2] * (e * e + f * f));
    pulls[4] += slope * (2 * c[1] * a * b - 2 * c[3] * e * b + c[4] * d * f);
    pulls[5] += slope * (2 * c[1] * a * d + 2 * c[3] * e * d + c[4] * b * f);
    pulls[6] += slope * (2 * c[2] * a * e + c[3] * (d * d - b * b));
    pulls[7] += slope * (2 * c[2] * a * f + c[4] * b * d);
  }
  if (has_five_body) {
    const double z2 = s[0] * s[0];
    const double xy2 = s[1] * s[1] + s[2] * s[2];
    const double slope = *slopes;
    pulls[0] += slope * s[0] * (4 * five_body[0] * z2 + 2 * five_body[1] * xy2);
    pulls[1] += slope * s[1] * (2 * five_body[1] * z2 + 4 * five_body[2] * xy2);
    pulls[2] += slope * s[2] * (2 * five_body[1] * z2 + 4 * five_body[2] * xy2);
  }
}

}  // namespace cardhouse
