#include "potentials/nep_tables.hpp"

#include <algorithm>

#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

std::size_t index_of(Element element, const NepModel& model, const std::string& path) {
  const auto found = std::find(model.elements.begin(), model.elements.end(), symbol(element));
  if (found != model.elements.end()) return static_cast<std::size_t>(found - model.elements.begin());
  std::string known;
  for (const std::string& name : model.elements) known += (known.empty() ? "known: " : ", ") + name;
  throw InputError({path, 1, {}}, "has no element " + std::string(symbol(element)), known);
}

/// The coefficients of one pair of elements, [function][basis].
std::vector<double> pick(const std::vector<double>& all, std::size_t n_elements, std::size_t first,
                         std::size_t second) {
  const std::size_t stride = n_elements * n_elements;
  std::vector<double> result;
  for (std::size_t k = 0; k < all.size() / stride; ++k) {
    result.push_back(all[k * stride + first * n_elements + second]);
  }
  return result;
}

NepModel::Network scaled_and_filled(NepModel::Network network, const std::vector<double>& scalers) {
  for (std::size_t k = 0; k < network.weights.size(); ++k) network.weights[k] *= scalers[k % scalers.size()];
  const std::size_t neurons = (network.outputs.size() + 3) / 4 * 4;
  network.weights.resize(neurons * scalers.size());
  network.thresholds.resize(neurons);
  network.outputs.resize(neurons);
  return network;
}

}  // namespace

NepTables::NepTables(const NepModel& model, const std::vector<Element>& kinds, const std::string& path)
    : radial_functions(model.radial_functions),
      angular_functions(model.angular_functions),
      radial_basis(model.radial_basis),
      neurons((model.neurons + 3) / 4 * 4),
      invariants{model.largest_l, model.has_four_body, model.has_five_body},
      bias(model.bias) {
  const std::size_t n = model.elements.size();
  for (const Element first : kinds) {
    const std::size_t i = index_of(first, model, path);
    networks_.push_back(scaled_and_filled(model.networks[model.version == 3 ? 0 : i], model.scalers));
    for (const Element second : kinds) {
      const std::size_t j = index_of(second, model, path);
      Pair pair{0.5 * (model.cutoffs[i].radial + model.cutoffs[j].radial),
                0.5 * (model.cutoffs[i].angular + model.cutoffs[j].angular),
                pick(model.radial_coefficients, n, i, j),
                pick(model.angular_coefficients, n, i, j),
                {}};
      if (model.repulsion) pair.repulsion.emplace_back(*model.repulsion, first, second);
      pairs_.push_back(std::move(pair));
    }
  }
}

double NepTables::largest_radial_cutoff() const {
  double largest = 0;
  for (const Pair& pair : pairs_) largest = std::max(largest, pair.radial_cutoff);
  return largest;
}

double NepTables::largest_angular_cutoff() const {
  double largest = 0;
  for (const Pair& pair : pairs_) {
    largest = std::max(largest, pair.angular_cutoff);
    for (const NepRepulsion& repulsion : pair.repulsion) largest = std::max(largest, repulsion.outer());
  }
  return largest;
}

}  // namespace cardhouse
