#include "potentials/sodium_carbon_fit.hpp"

#include <fmt/core.h>

#include <Eigen/Dense>
#include <array>
#include <cmath>
#include <limits>

#include "engine/structure/vector3.hpp"
#include "potentials/parameter_tables.hpp"

namespace cardhouse {
namespace {

constexpr PairRange range{.cutoff = 10, .taper_start = 8, .force_cap = std::numeric_limits<double>::infinity()};
constexpr int n_parameters = 3;
constexpr double precision = 1e4;  // five digits are printed
using Kind = SodiumCarbonPoint::Kind;

SodiumCarbonPoint read_gallery(const DeckTable& table, double cohesive_energy) {
  const bool barrier = table.has("barrier");
  return {.kind = barrier ? Kind::Barrier : Kind::Gallery,
          .distance = positive(table, "spacing", dimension::length),
          .energy = barrier ? table.quantity("barrier", dimension::energy)
                            : table.quantity("energy", dimension::energy) - cohesive_energy,
          .tolerance = positive(table, "tolerance", dimension::energy)};
}

SodiumCarbonPoint read_sheet(const DeckTable& table, double cohesive_energy) {
  return {.kind = Kind::Sheet,
          .distance = positive(table, "height", dimension::length),
          .energy = table.quantity("energy", dimension::energy) - cohesive_energy,
          .tolerance = positive(table, "tolerance", dimension::energy)};
}

/// One atom at a height over one sheet, `aside` from the hollow towards the middle of a bond [angstrom].
double over_sheet(const PairTerm& term, double height, double aside, double a) {
  const int reach = static_cast<int>(range.cutoff / a) + 3;
  double sum = 0;
  for (int i = -reach; i <= reach; ++i) {
    for (int j = -reach; j <= reach; ++j) {
      for (const double third : {1.0 / 3.0, 2.0 / 3.0}) {  // hollow at the origin, atoms at (1/3, 1/3) and (2/3, 2/3)
        const double u = i + third;
        const double v = j + third;
        const Vector3 d{a * (u + 0.5 * v) - aside, a * std::sqrt(0.75) * v, height};
        sum += term.in_square(squared_norm(d)).value;
      }
    }
  }
  return sum;
}

/// One atom midway between the sheets of an AA stack.
double in_gallery(const PairTerm& term, double spacing, double aside, double a) {
  double sum = 0;
  for (double height = 0.5 * spacing; height < range.cutoff; height += spacing) {
    sum += 2 * over_sheet(term, height, aside, a);
  }
  return sum;
}

using Parameters = Eigen::Vector3d;  // logarithms of amplitude, decay and C6: all stay positive

TangToennies form_of(const Parameters& p) {
  return {.amplitude = std::exp(p[0]), .decay = std::exp(p[1]), .six = std::exp(p[2])};
}

Eigen::VectorXd residuals(const Parameters& p, const SodiumCarbonReference& reference) {
  const PairTerm term({form_of(p)}, range);
  Eigen::VectorXd result(static_cast<Eigen::Index>(reference.points.size()));
  for (Eigen::Index k = 0; k < result.size(); ++k) {
    const SodiumCarbonPoint& point = reference.points[static_cast<std::size_t>(k)];
    const double energy = sodium_carbon_energy(term, point, reference.lattice_constant);
    result[k] = (energy - point.energy) / point.tolerance;
  }
  return result;
}

Eigen::MatrixXd slopes(const Parameters& p, const SodiumCarbonReference& reference) {
  constexpr double step = 1e-5;
  Eigen::MatrixXd result(static_cast<Eigen::Index>(reference.points.size()), p.size());
  for (Eigen::Index k = 0; k < p.size(); ++k) {
    Parameters up = p;
    Parameters down = p;
    up[k] += step, down[k] -= step;
    result.col(k) = (residuals(up, reference) - residuals(down, reference)) / (2 * step);
  }
  return result;
}

Parameters least_squares(Parameters p, const SodiumCarbonReference& reference) {
  double damping = 1e-3;
  Eigen::VectorXd r = residuals(p, reference);
  for (int iteration = 0; iteration < 500 && damping < 1e12; ++iteration) {
    const Eigen::MatrixXd j = slopes(p, reference);
    Eigen::Matrix3d normal = j.transpose() * j;
    normal.diagonal() *= 1 + damping;
    const Parameters trial = p - normal.ldlt().solve(j.transpose() * r);
    const Eigen::VectorXd at_trial = residuals(trial, reference);
    if (at_trial.squaredNorm() < r.squaredNorm()) {
      p = trial, r = at_trial, damping *= 0.2;
    } else {
      damping *= 5;
    }
  }
  return p;
}

double rounded(double value) {
  const double scale = precision / std::pow(10, std::floor(std::log10(value)));
  return std::round(value * scale) / scale;
}

std::string row(const SodiumCarbonPoint& point, double obtained) {
  const std::array names{"gallery hollow", "gallery bridge - hollow", "one sheet, hollow"};
  return fmt::format("#   {:<24} {:>8.2f} {:>10.3f} {:>10.3f} {:>9.3f}\n", names[static_cast<std::size_t>(point.kind)],
                     point.distance, point.energy, obtained, obtained - point.energy);
}

}  // namespace

SodiumCarbonReference load_sodium_carbon_reference(const std::string& path) {
  const Deck deck = Deck::from_file(path);
  const DeckTable root = deck.root();
  SodiumCarbonReference result{positive(root, "lattice_constant", dimension::length), {}};
  const DeckTable cohesive = sourced_table(root, "cohesive_energy");
  const double cohesive_energy = positive(cohesive, "value", dimension::energy);
  const DeckTable gallery = sourced_table(root, "gallery");
  const DeckTable sheet = sourced_table(root, "sheet");
  for (const DeckTable& point : gallery.tables("points")) result.points.push_back(read_gallery(point, cohesive_energy));
  for (const DeckTable& point : sheet.tables("points")) result.points.push_back(read_sheet(point, cohesive_energy));
  deck.reject_unknown_keys();
  if (result.points.size() <= n_parameters) root.fail({}, "has no more points than the fit has parameters");
  return result;
}

double sodium_carbon_energy(const PairTerm& term, const SodiumCarbonPoint& point, double lattice_constant) {
  const double a = lattice_constant;
  if (point.kind == Kind::Sheet) return over_sheet(term, point.distance, 0, a);
  const double hollow = in_gallery(term, point.distance, 0, a);
  if (point.kind == Kind::Gallery) return hollow;
  return in_gallery(term, point.distance, 0.5 * a, a) - hollow;  // the middle of a bond is a/2 from the hollow
}

SodiumCarbonFit fit_sodium_carbon(const SodiumCarbonReference& reference) {
  const Parameters start{std::log(1000.0), std::log(3.0), std::log(50.0)};
  TangToennies form = form_of(least_squares(start, reference));
  for (double* value : {&form.amplitude, &form.decay, &form.six}) *value = rounded(*value);
  SodiumCarbonFit fit{form, {}, 0};
  const PairTerm term({form}, range);
  for (const SodiumCarbonPoint& point : reference.points) {
    fit.obtained.push_back(sodium_carbon_energy(term, point, reference.lattice_constant));
    fit.reduced_chi_square += std::pow((fit.obtained.back() - point.energy) / point.tolerance, 2);
  }
  fit.reduced_chi_square /= static_cast<double>(reference.points.size()) - n_parameters;
  return fit;
}

std::string sodium_carbon_file(const SodiumCarbonReference& reference, const SodiumCarbonFit& fit) {
  std::string text =
      "# Sodium atoms at sp2 carbon: repulsion and damped dispersion, fitted to first-principles energies of single "
      "sodium in\n"
      "# and on rigid graphene. Sodium among itself is not in it (it is a many-body metal; add an embedded-atom term), "
      "nor\n"
      "# is charge transfer to edges and defects. Printed by the program fit_sodium_carbon from Na_C_reference.toml.\n"
      "# Energies in eV against the free sodium atom, distances in angstrom (spacing of sheets, height over one "
      "sheet):\n"
      "#\n#   place                    distance  reference   obtained  residual\n";
  for (std::size_t k = 0; k < reference.points.size(); ++k) text += row(reference.points[k], fit.obtained[k]);
  text +=
      fmt::format("#\n# Reduced chi-square with the tolerances of the reference: {:.2f}.\n\n", fit.reduced_chi_square);
  text += fmt::format("cutoff = \"{} angstrom\"\ntaper_start = \"{} angstrom\"\n", range.cutoff, range.taper_start);
  text += "\n[[pair]]\nelements = [\"C\", \"Na\"]\nform = \"tang-toennies\"\n";
  text += "source = \"fit to Na_C_reference.toml; form: doi:10.1063/1.447150\"\n";
  text += fmt::format("amplitude = \"{:.5g} eV\"\ndecay = \"{:.5g} 1/angstrom\"\nsix = \"{:.5g} eV angstrom6\"\n",
                      fit.form.amplitude, fit.form.decay, fit.form.six);
  return text;
}

}  // namespace cardhouse
