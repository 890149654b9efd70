#pragma once
// Diffusion at several temperatures, and the activation energies behind it.

#include <optional>
#include <string>
#include <vector>

#include "engine/app/summary.hpp"
#include "engine/io/table.hpp"
#include "engine/transport/accelerated_transport.hpp"
#include "engine/transport/arrhenius.hpp"
#include "engine/transport/residence.hpp"

namespace cardhouse {

/// A diffusivity in the unit of files and summaries [m2/s].
Estimate square_metres(const Estimate& diffusivity);

/// What was measured at one temperature.
struct TemperaturePoint {
  double temperature = 0;  ///< [K]
  AcceleratedTransport run;
  std::optional<Estimate> factor;  ///< thermodynamic
  std::array<ResidenceRow, site_class_count> residence;

  /// Whether these are diffusivities: neither bounds of rattling nor spoilt by too low a cap.
  bool has_diffusivity() const;
  /// Jump diffusivity times thermodynamic factor [angstrom^2/s]; nothing where the factor is not known.
  std::optional<Estimate> chemical() const;
};

/// Which quantity an activation energy belongs to: the numbers of the column `quantity`.
enum class ActivatedQuantity { Tracer, Jump, Chemical, Residence };

struct Activation {
  ActivatedQuantity quantity;
  SiteClass kind{};                 ///< of Residence
  std::size_t temperatures = 0;     ///< that the fit rests on
  std::optional<ArrheniusFit> fit;  ///< nothing below two
};

/// The three diffusivities [m2/s] and the rates of leaving, 1/median escape time, of every class with sites [1/s]. Only
/// points with a diffusivity, or a finite time, enter.
std::vector<Activation> activations(const std::vector<TemperaturePoint>& points);

Table arrhenius_table(const std::vector<TemperaturePoint>& points);
Table activation_table(const std::vector<Activation>& activations);
std::vector<SummaryRow> summarise_activations(const std::vector<Activation>& activations, std::size_t temperatures);

}  // namespace cardhouse
