#include "engine/carbonize/reaction_lattice.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/contracts.hpp"
#include "engine/carbonize/gel_percolation.hpp"

namespace cardhouse {
namespace {

std::size_t product(const std::array<std::size_t, 3>& sides) {
  return sides[0] * sides[1] * sides[2];
}

double real(std::int64_t count) {
  return static_cast<double>(count);
}

/// Marks the given share of the cells, at least one, each set of that size as likely as any other. Drawing the number
/// too would make gas transport differ between seeds for no physical reason.
std::vector<bool> draw_open_cells(std::size_t cells, double share, Stream& stream) {
  const auto number =
      std::max<std::size_t>(1, static_cast<std::size_t>(std::llround(share * static_cast<double>(cells))));
  std::vector<std::size_t> order(cells);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<bool> open(cells, false);
  for (std::size_t i = 0; i < std::min(number, cells); ++i) {
    std::swap(order[i], order[i + stream.below(cells - i)]);
    open[order[i]] = true;
  }
  return open;
}

}  // namespace

ReactionLattice::ReactionLattice(const Precursor& precursor, const VolatileTransport& transport,
                                 const ReactionLatticeOptions& options, Stream& stream)
    : library_(precursor.library),
      network_(precursor.network),
      transport_(transport),
      sides_(options.cells),
      initial_count_(species_count(), 0),
      escaped_(species_count(), 0),
      total_(species_count(), 0),
      tree_(product(options.cells)) {
  EXPECTS(transport_.saturation > 0 && transport_.burst > 0);
  const std::size_t cells = product(sides_);
  const Formula unit = precursor.unit_formula();
  const double volume = std::pow(options.cell_edge, 3) * static_cast<double>(options.replicas);
  units_per_cell_ = static_cast<std::int64_t>(std::llround(volume * precursor.density / unit.mass()));
  EXPECTS(units_per_cell_ > 0);
  cell_mass_ = real(units_per_cell_) * unit.mass();
  initial_ = static_cast<std::int64_t>(cells) * units_per_cell_ * unit;
  for (const auto& part : precursor.unit) initial_count_[part.species] += units_per_cell_ * part.count;
  for (std::size_t s = 0; s < species_count(); ++s) {
    if (is_volatile(s)) volatiles_.push_back(s);
    total_[s] = static_cast<std::int64_t>(cells) * initial_count_[s];
  }
  for (std::size_t cell = 0; cell < cells; ++cell) {
    inventory_.insert(inventory_.end(), initial_count_.begin(), initial_count_.end());
  }
  open_ = draw_open_cells(cells, transport_.open_fraction, stream);
  pores_.assign(inventory_.size(), 0);
  dissolved_.assign(cells, 0);
  in_pore_.assign(cells, 0);
  inflated_.assign(cells, 0);
  formed_.assign(cells, 0);
  gelled_.assign(cells, network_.intact_bridges > bethe_threshold(network_.coordination));
  constants_.assign(library_.rules.size(), 0);
  runnable_.assign(library_.rules.size(), false);
  reactive_.assign(cells, 0);
  update_runnable();
}

std::array<std::size_t, 6> ReactionLattice::neighbours(std::size_t cell) const {
  std::array<std::size_t, 6> result{};
  std::size_t stride = 1;
  for (std::size_t k = 0; k < 3; ++k) {
    const std::size_t at = cell / stride % sides_[k];
    const std::size_t base = cell - at * stride;
    result[2 * k] = base + (at + 1) % sides_[k] * stride;
    result[2 * k + 1] = base + (at + sides_[k] - 1) % sides_[k] * stride;
    stride *= sides_[k];
  }
  return result;
}

void ReactionLattice::set_temperature(double temperature) {
  for (std::size_t r = 0; r < library_.rules.size(); ++r) {
    const Rule& rule = library_.rules[r];
    constants_[r] = temperature < rule.onset ? 0 : rule.law.at(temperature) / real(rule.batch);
  }
  hop_ = transport_.hop.at(temperature);
  escape_ = transport_.escape.at(temperature);
  inflate_ = transport_.inflate.at(temperature);
  leak_ = transport_.leak.at(temperature);
  refresh_all();
}

double ReactionLattice::reaction_rate(std::size_t cell, std::size_t r) const {
  const Rule& rule = library_.rules[r];
  const double n = real(count(cell, rule.reactant));
  if (n == 0 || !runnable_[r]) return 0;
  if (rule.order == 1) return constants_[r] * n;
  const double initial = real(initial_count_[rule.reactant]);
  return constants_[r] * initial * std::pow(n / initial, rule.order);
}

bool ReactionLattice::has_exit(std::size_t cell) const {
  if (open_[cell]) return true;
  const auto around = neighbours(cell);
  return std::any_of(around.begin(), around.end(), [&](std::size_t next) { return open_[next] || !gelled_[next]; });
}

ReactionLattice::Transport ReactionLattice::transport(std::size_t cell) const {
  const double free = real(dissolved_[cell]);
  Transport rates;
  rates.escape = open_[cell] ? escape_ * free : 0;
  rates.hop = hop_ * free * (gelled_[cell] ? transport_.gelled_mobility : 1);
  const bool closed = free > 0 && gelled_[cell] && !has_exit(cell);
  rates.inflate = closed ? inflate_ * free * free / (transport_.saturation * cell_mass_) : 0;
  rates.leak = leak_ * real(in_pore_[cell]);
  return rates;
}

double ReactionLattice::sum_of_reactions(std::size_t cell) const {
  double sum = 0;
  for (std::size_t r = 0; r < constants_.size(); ++r) sum += reaction_rate(cell, r);
  return sum;
}

void ReactionLattice::refresh_transport(std::size_t cell) {
  tree_.set(cell, reactive_[cell] + transport(cell).total());
}

void ReactionLattice::refresh(std::size_t cell) {
  reactive_[cell] = sum_of_reactions(cell);
  refresh_transport(cell);
}

void ReactionLattice::refresh_all() {
  std::vector<double> rates(cell_count());
  for (std::size_t cell = 0; cell < rates.size(); ++cell) {
    reactive_[cell] = sum_of_reactions(cell);
    rates[cell] = reactive_[cell] + transport(cell).total();
  }
  tree_.assign(rates);
}

double ReactionLattice::recomputed_total_rate() const {
  double sum = 0;
  for (std::size_t cell = 0; cell < cell_count(); ++cell) sum += sum_of_reactions(cell) + transport(cell).total();
  return sum;
}

void ReactionLattice::fire(Stream& stream) {
  const std::size_t cell = tree_.pick(stream.uniform());
  const Transport rates = transport(cell);
  double target = stream.uniform() * (reactive_[cell] + rates.total());
  const auto passes = [&](double rate) { return rate > 0 && (target -= rate) < 0; };
  if (passes(rates.hop)) return hop(cell, stream);
  if (passes(rates.escape)) return escape(cell, stream);
  if (passes(rates.inflate)) return inflate(cell, stream);
  if (passes(rates.leak)) return leak(cell, stream);
  for (std::size_t r = 0; r < constants_.size(); ++r) {
    if (passes(reaction_rate(cell, r))) return react(cell, library_.rules[r]);
  }
  // Rounding left the target at the very end of the cell's sum: draw again, which changes no odds.
  fire(stream);
}

void ReactionLattice::record(ReactionKind kind) {
  ++events_[static_cast<std::size_t>(kind)];
}

bool ReactionLattice::update_runnable() {
  bool changed = false;
  for (std::size_t r = 0; r < runnable_.size(); ++r) {
    const bool enough = total_[library_.rules[r].reactant] >= library_.rules[r].batch;
    changed = changed || enough != runnable_[r];
    runnable_[r] = enough;
  }
  return changed;
}

void ReactionLattice::take(std::size_t cell, std::size_t species, std::int64_t number) {
  total_[species] -= number;
  // The batch comes from this cell, and what it lacks from the cells that follow: the tail of a species, fewer than a
  // batch in every cell, would otherwise never react.
  for (std::size_t i = 0; i < cell_count() && number > 0; ++i) {
    const std::size_t from = (cell + i) % cell_count();
    const std::int64_t part = std::min(number, inventory(from, species));
    if (part == 0) continue;
    inventory(from, species) -= part;
    number -= part;
    if (from != cell) refresh(from);
  }
  ENSURES(number == 0);
}

void ReactionLattice::react(std::size_t cell, const Rule& rule) {
  record(ReactionKind::Reaction);
  take(cell, rule.reactant, rule.batch);
  for (const auto& made : rule.products) {
    inventory(cell, made.species) += made.count;
    (is_volatile(made.species) ? dissolved_[cell] : total_[made.species]) += made.count;
  }
  if (rule.crosslinks > 0) add_crosslinks(cell, rule.crosslinks * real(rule.batch));
  if (update_runnable()) {
    refresh_all();
  } else {
    refresh(cell);
  }
}

double ReactionLattice::crosslinks(std::size_t cell) const {
  return network_.crosslinks + formed_[cell] / (real(units_per_cell_) * network_.clusters_per_unit);
}

double ReactionLattice::bridging(std::size_t cell) const {
  const double formed = (crosslinks(cell) - network_.crosslinks) / network_.coordination;
  return std::min(1.0, network_.intact_bridges + formed);
}

void ReactionLattice::add_crosslinks(std::size_t cell, double bridges) {
  formed_[cell] += bridges;
  if (gelled_[cell] || bridging(cell) <= bethe_threshold(network_.coordination)) return;
  gelled_[cell] = true;
  for (const auto next : neighbours(cell)) refresh_transport(next);  // they lose an exit
}

std::size_t ReactionLattice::draw_dissolved(std::size_t cell, Stream& stream) const {
  auto left = static_cast<std::int64_t>(stream.below(static_cast<std::uint64_t>(dissolved_[cell])));
  std::size_t found = 0;
  while (found < volatiles_.size() && (left -= count(cell, volatiles_[found])) >= 0) ++found;
  ENSURES(found < volatiles_.size());
  return volatiles_[found];
}

void ReactionLattice::escape(std::size_t cell, Stream& stream) {
  record(ReactionKind::Escape);
  const std::size_t s = draw_dissolved(cell, stream);
  --inventory(cell, s);
  --dissolved_[cell];
  ++escaped_[s];
  refresh_transport(cell);
}

void ReactionLattice::hop(std::size_t cell, Stream& stream) {
  record(ReactionKind::Hop);
  const std::size_t s = draw_dissolved(cell, stream);
  const std::size_t next = neighbours(cell)[stream.below(6)];
  --inventory(cell, s);
  --dissolved_[cell];
  ++inventory(next, s);
  ++dissolved_[next];
  refresh_transport(cell);
  refresh_transport(next);
}

void ReactionLattice::inflate(std::size_t cell, Stream& stream) {
  record(ReactionKind::Inflate);
  const std::size_t s = draw_dissolved(cell, stream);
  --inventory(cell, s);
  --dissolved_[cell];
  ++pores_[cell * species_count() + s];
  ++in_pore_[cell];
  ++inflated_[cell];
  if (real(in_pore_[cell]) > transport_.burst * cell_mass_) {
    burst(cell);
  } else {
    refresh_transport(cell);
  }
}

void ReactionLattice::burst(std::size_t cell) {
  for (const auto s : volatiles_) {
    escaped_[s] += pores_[cell * species_count() + s];
    pores_[cell * species_count() + s] = 0;
  }
  in_pore_[cell] = 0;
  open_[cell] = true;
  refresh_transport(cell);
  for (const auto next : neighbours(cell)) refresh_transport(next);  // they have an exit now
}

void ReactionLattice::leak(std::size_t cell, Stream& stream) {
  record(ReactionKind::Leak);
  auto left = static_cast<std::int64_t>(stream.below(static_cast<std::uint64_t>(in_pore_[cell])));
  for (const auto s : volatiles_) {
    auto& held = pores_[cell * species_count() + s];
    left -= held;
    if (left >= 0) continue;
    --held;
    --in_pore_[cell];
    ++escaped_[s];
    break;
  }
  refresh_transport(cell);
}

Formula ReactionLattice::condensed(std::size_t cell) const {
  Formula sum;
  for (std::size_t s = 0; s < species_count(); ++s) {
    if (!is_volatile(s)) sum += count(cell, s) * library_.species[s].formula;
  }
  return sum;
}

Formula ReactionLattice::sum_of(const std::vector<std::int64_t>& counts, bool volatiles) const {
  Formula sum;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const std::size_t s = i % species_count();
    if (is_volatile(s) == volatiles) sum += counts[i] * library_.species[s].formula;
  }
  return sum;
}

Formula ReactionLattice::condensed() const {
  return sum_of(inventory_, false);
}
Formula ReactionLattice::dissolved() const {
  return sum_of(inventory_, true);
}
Formula ReactionLattice::in_pores() const {
  return sum_of(pores_, true);
}
Formula ReactionLattice::escaped() const {
  return sum_of(escaped_, true);
}

}  // namespace cardhouse
