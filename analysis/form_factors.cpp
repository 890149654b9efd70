#include "analysis/form_factors.hpp"

#include <array>
#include <cmath>
#include <numbers>

#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

struct FormFactor {
  Element element;
  std::array<double, 4> a;
  std::array<double, 4> b;  // [angstrom^2]
  double c;
};

constexpr FormFactor table[] = {
    {Element::H, {0.489918, 0.262003, 0.196767, 0.049879}, {20.6593, 7.74039, 49.5519, 2.20159}, 0.001305},
    {Element::B, {2.0545, 1.3326, 1.0979, 0.7068}, {23.2185, 1.0210, 60.3498, 0.1403}, -0.1932},
    {Element::C, {2.3100, 1.0200, 1.5886, 0.8650}, {20.8439, 10.2075, 0.5687, 51.6512}, 0.2156},
    {Element::N, {12.2126, 3.1322, 2.0125, 1.1663}, {0.0057, 9.8933, 28.9975, 0.5826}, -11.529},
    {Element::O, {3.0485, 2.2868, 1.5463, 0.8670}, {13.2771, 5.7011, 0.3239, 32.9089}, 0.2508},
    {Element::F, {3.5392, 2.6412, 1.5170, 1.0243}, {10.2825, 4.2944, 0.2615, 26.1476}, 0.2776},
    {Element::Na, {4.7626, 3.1736, 1.2674, 1.1128}, {3.2850, 8.8422, 0.3136, 129.424}, 0.6760},
    {Element::Mg, {5.4204, 2.1735, 1.2269, 2.3073}, {2.8275, 79.2611, 0.3808, 7.1937}, 0.8584},
    {Element::Al, {6.4202, 1.9002, 1.5936, 1.9646}, {3.0387, 0.7426, 31.5472, 85.0886}, 1.1151},
    {Element::Si, {6.2915, 3.0353, 1.9891, 1.5410}, {2.4386, 32.3337, 0.6785, 81.6937}, 1.1407},
    {Element::P, {6.4345, 4.1791, 1.7800, 1.4908}, {1.9067, 27.1570, 0.5260, 68.1645}, 1.1149},
    {Element::S, {6.9053, 5.2034, 1.4379, 1.5863}, {1.4679, 22.2151, 0.2536, 56.1720}, 0.8669},
    {Element::K, {8.2186, 7.4398, 1.0519, 0.8659}, {12.7949, 0.7748, 213.187, 41.6841}, 1.4228},
    {Element::Ca, {8.6266, 7.3873, 1.5899, 1.0211}, {10.4421, 0.6599, 85.7484, 178.437}, 1.3751},
    {Element::Zn, {14.0743, 7.0318, 5.1652, 2.4100}, {3.2655, 0.2333, 10.3163, 58.7097}, 1.3041},
};

}  // namespace

double form_factor(Element element, double q) {
  const double s = q / (4 * std::numbers::pi);
  for (const FormFactor& entry : table) {
    if (entry.element != element) continue;
    double f = entry.c;
    for (int i = 0; i < 4; ++i) f += entry.a[i] * std::exp(-entry.b[i] * s * s);
    return f;
  }
  throw InputError("element without an X-ray form factor");
}

}  // namespace cardhouse
