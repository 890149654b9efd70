#include "engine/carbonize/reaction_lattice.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/contracts.hpp"
#include "engine/carbonize/gel_percolation.hpp"
#include "engine/kinetics/run_kmc.hpp"

namespace cardhouse {
namespace {

// Steps of the streams that belong to no interval.
constexpr std::uint64_t places_step = ~std::uint64_t{0};
constexpr std::uint64_t remainders_step = places_step - 1;
constexpr std::uint64_t rounding_step = places_step - 2;

double real(std::int64_t count) {
  return static_cast<double>(count);
}

std::size_t product(const std::array<std::size_t, 3>& sides) {
  return sides[0] * sides[1] * sides[2];
}

std::vector<std::size_t> shuffled(std::size_t size, Stream& stream) {
  std::vector<std::size_t> order(size);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = 0; i + 1 < size; ++i) std::swap(order[i], order[i + stream.below(size - i)]);
  return order;
}

std::vector<Atmosphere> atmospheres_of(const Process& process) {
  std::vector<Atmosphere> all;
  for (const auto& step : process.steps) {
    for (const auto& furnace : step.furnace) all.push_back(furnace.atmosphere);
  }
  return all;
}

std::vector<bool> present_species(const Process& process) {
  std::vector<bool> present(process.material.library.species.size(), false);
  for (const auto& part : process.material.parts) present[part.species] = true;
  for (const auto& bridge : process.material.network.bridges) present[bridge.species] = true;
  for (const auto& step : process.steps) {
    for (const auto& addition : step.additions) present[addition.species] = true;
  }
  return present;
}

}  // namespace

ReactionLattice::ReactionLattice(const Process& process, const VolatileTransport& transport,
                                 const ReactionLatticeOptions& options, std::uint64_t seed, const Communicator& ranks)
    : species_(process.material.library.species),
      network_(process.material.network),
      transport_(transport),
      ranks_(ranks),
      seed_(seed),
      table_(process.material.library, present_species(process), atmospheres_of(process)),
      walks_(transport_, table_, map_) {
  EXPECTS(transport_.saturation > 0 && transport_.burst > 0);
  const std::size_t cells = product(options.cells);
  map_ = {options.cells, std::vector<char>(cells, 0), std::vector<char>(cells, 0), std::vector<double>(cells, 0), 0};
  const auto rank = static_cast<std::size_t>(ranks_.rank());
  const auto size = static_cast<std::size_t>(ranks_.size());
  begin_ = cells * rank / size;
  end_ = cells * (rank + 1) / size;
  for (std::size_t s = 0; s < species_.size(); ++s) {
    if (is_volatile(s)) volatiles_.push_back(s);
  }
  escaped_.assign(species_.size(), 0);
  fresh_escapes_.assign(species_.size(), 0);
  for (const auto& slot : table_.slots()) {
    if (slot.taken) furnace_gases_.push_back(slot.species);
  }
  std::sort(furnace_gases_.begin(), furnace_gases_.end());
  furnace_gases_.erase(std::unique(furnace_gases_.begin(), furnace_gases_.end()), furnace_gases_.end());
  inflated_.assign(cells, 0);
  burned_.assign(cells, 0);
  changed_mass_.assign(cells, 0);
  rule_events_.assign(table_.rules().size() + table_.free_rules().size(), 0);
  draw_places(process.particle_radius, transport_.open_fraction, seed);
  fill(process.material, options);
  start_remainders();
  share_state();
}

void ReactionLattice::draw_places(double particle_radius, double open_fraction, std::uint64_t seed) {
  // Exactly the given share of cells is open and the depths are those of equal volumes: drawing the numbers too would
  // make samples differ for no physical reason.
  Stream stream(seed, Purpose::ReactionLattice, places_step);
  const std::size_t cells = cell_count();
  const auto wanted = static_cast<std::size_t>(std::llround(open_fraction * static_cast<double>(cells)));
  const auto open = shuffled(cells, stream);
  for (std::size_t i = 0; i < std::clamp<std::size_t>(wanted, 1, cells); ++i) map_.open[open[i]] = 1;
  const auto order = shuffled(cells, stream);
  depth_.resize(cells);
  for (std::size_t i = 0; i < cells; ++i) {
    const double volume = (static_cast<double>(i) + 0.5) / static_cast<double>(cells);
    depth_[order[i]] = particle_radius * (1 - std::cbrt(volume));
  }
}

void ReactionLattice::fill(const Precursor& material, const ReactionLatticeOptions& options) {
  const std::size_t cells = cell_count();
  map_.cell_mass = std::pow(options.cell_edge, 3) * static_cast<double>(options.replicas) * material.density;
  clusters_.assign(cells, map_.cell_mass * network_.clusters);
  counts_.assign(cells * species_.size(), 0);
  // Molecules of each cell: equal numbers, with the fraction of a molecule that is left going to one cell in so many.
  const auto spread = [&](std::size_t species, double number) {
    std::int64_t total = 0;
    for (std::size_t cell = 0; cell < cells; ++cell) {
      const auto upto = static_cast<std::int64_t>(std::floor(number * static_cast<double>(cell + 1) + 0.5));
      const std::int64_t here = upto - total;
      total = upto;
      if (cell >= begin_ && cell < end_) at(counts_, cell, species) += here;
    }
    if (total == 0 && number > 0) {
      throw InputError("all cells together hold less than one molecule of '" + species_[species].name + "'",
                       "use more cells or replicas, or leave it out");
    }
    return total;
  };
  Formula initial;
  for (const auto& part : material.parts) {
    const auto& formula = species_[part.species].formula;
    initial += spread(part.species, part.mass * map_.cell_mass / formula.mass()) * formula;
  }
  for (const auto& bridge : network_.bridges) spread(bridge.species, bridge.places * map_.cell_mass);
  initial_mass_ = initial.mass();
  supplied_mass_ = initial_mass_;
  if (ranks_.is_root()) supplied_ = initial;
  start_ = counts_;
  born_.assign(counts_.size(), 0);
  pores_.assign(counts_.size(), 0);
  taken_.assign(counts_.size(), 0);
}

void ReactionLattice::start_remainders() {
  const auto slots = table_.slots();
  phases_.assign(cell_count() * slots.size(), 0);
  for (std::size_t cell = begin_; cell < end_; ++cell) {
    Stream stream(seed_, Purpose::ReactionLattice, remainders_step, cell);
    for (std::size_t s = 0; s < slots.size(); ++s) {
      const auto parts = static_cast<std::uint64_t>(slots[s].coefficient.denominator);
      phases_[cell * slots.size() + s] = static_cast<std::int32_t>(stream.below(parts));
    }
  }
  remainders_ = phases_;
}

CellView ReactionLattice::view(std::size_t cell) {
  const std::size_t species = species_.size();
  const std::size_t slots = table_.slots().size();
  const auto part = [&](auto& array, std::size_t width) { return std::span(array).subspan(cell * width, width); };
  const double exposure = depth_[cell] == 0 ? 1 : (front_ == 0 ? 0 : std::erfc(depth_[cell] / (2 * front_)));
  return {part(counts_, species),
          part(born_, species),
          part(taken_, species),
          part(start_, species),
          part(remainders_, slots),
          &burned_[cell],
          exposure};
}

double ReactionLattice::cell_carbon(std::size_t cell) const {
  double carbon = 0;
  for (std::size_t s = 0; s < species_.size(); ++s) {
    if (!is_volatile(s)) carbon += real(count(cell, s)) * real(species_[s].formula[Element::C]);
  }
  return carbon;
}

void ReactionLattice::add(const Addition& addition) {
  const auto& formula = species_[addition.species].formula;
  std::int64_t total = 0;
  for (std::size_t cell = begin_; cell < end_; ++cell) {
    Stream stream(seed_, Purpose::ReactionLattice, rounding_step, cell * species_.size() + addition.species);
    const double number = addition.mass * condensed(cell).mass() / formula.mass();
    const auto molecules = static_cast<std::int64_t>(std::floor(number + stream.uniform()));
    at(counts_, cell, addition.species) += molecules;
    at(start_, cell, addition.species) += molecules;
    changed_mass_[cell] += real(molecules) * formula.mass();
    total += molecules;
  }
  supplied_ += total * formula;
  share_state();
}

void ReactionLattice::remove(const Removal& removal) {
  const auto& formula = species_[removal.species].formula;
  std::int64_t total = 0;
  for (std::size_t cell = begin_; cell < end_; ++cell) {
    Stream stream(seed_, Purpose::ReactionLattice, rounding_step - 1, cell * species_.size() + removal.species);
    const std::int64_t here = at(counts_, cell, removal.species);
    const auto molecules =
        std::min(here, static_cast<std::int64_t>(std::floor(removal.share * real(here) + stream.uniform())));
    if (molecules == 0) continue;
    if (!holds_metal(formula)) {
      lose_clusters(cell, real(molecules * formula[Element::C]) / std::max(1.0, cell_carbon(cell)), stream);
    }
    take_out(cell, removal.species, molecules);
    changed_mass_[cell] -= real(molecules) * formula.mass();
    total += molecules;
  }
  removed_ += total * formula;
  share_state();
}

void ReactionLattice::take_out(std::size_t cell, std::size_t species, std::int64_t molecules) {
  if (molecules == 0) return;
  auto& here = at(counts_, cell, species);
  auto& start = at(start_, cell, species);
  start -= std::llround(real(start) * real(molecules) / real(here));
  here -= molecules;
}

void ReactionLattice::lose_clusters(std::size_t cell, double share, Stream& stream) {
  clusters_[cell] *= 1 - share;
  for (const auto& bridge : network_.bridges) {
    const std::int64_t there = at(counts_, cell, bridge.species);
    take_out(cell, bridge.species,
             std::min(there, static_cast<std::int64_t>(std::floor(share * real(there) + stream.uniform()))));
  }
}

void ReactionLattice::advance(const FurnaceConditions& conditions, double time, double depth) {
  table_.set(conditions);
  walks_.set(conditions);
  front_ = depth;
  std::fill(born_.begin(), born_.end(), 0);
  react(time);
  walk(time);
  share_state();
  ++interval_;
}

void ReactionLattice::react(double time) {
  std::vector<std::uint64_t> fired(table_.rules().size(), 0);
#pragma omp parallel if (is_large())
  {
    CellWorkspace space;
#pragma omp for schedule(dynamic, 8)
    for (std::size_t cell = begin_; cell < end_; ++cell) {
      Stream stream(seed_, Purpose::ReactionLattice, 2 * interval_, cell);
      ReactionCell model(table_, view(cell), table_.has_catalysts() ? cell_carbon(cell) : 0, space);
      KmcClock clock;
      run_kmc(model, clock, {.end_time = time}, stream);
    }
#pragma omp critical
    for (std::size_t r = 0; r < space.fired.size(); ++r) fired[r] += space.fired[r];
  }
  for (std::size_t r = 0; r < fired.size(); ++r) {
    rule_events_[r] += static_cast<double>(fired[r]);
    events_[static_cast<std::size_t>(ReactionKind::Reaction)] += fired[r];
  }
}

std::uint64_t ReactionLattice::walk_cell(std::size_t cell, double time, std::vector<Move>& moves) {
  std::uint64_t hops = 0;
  Stream stream(seed_, Purpose::ReactionLattice, 2 * interval_ + 1, cell);
  for (const auto s : volatiles_) {
    const std::int64_t there = at(counts_, cell, s);
    const std::int64_t born = std::min(there, at(born_, cell, s));
    for (std::int64_t m = 0; m < there; ++m) {
      // What was made in this interval has lived for a part of it.
      const WalkResult walked = walks_.walk(s, cell, m < born ? time * stream.uniform() : time, stream);
      hops += walked.hops;
      if (walked.end == WalkEnd::Stays && walked.cell == cell) continue;
      --at(counts_, cell, s);
      moves.push_back({walked.cell, s, walked.end, walked.rule});
    }
  }
  return hops;
}

void ReactionLattice::leak_cell(std::size_t cell, double time) {
  if (!(inflated_[cell] > 0)) return;
  Stream stream(seed_, Purpose::ReactionLattice, 2 * interval_ + 1, cell_count() + cell);
  const double chance = walks_.leak_chance(time);
  for (const auto s : volatiles_) {
    auto& held = at(pores_, cell, s);
    std::int64_t lost = 0;
    for (std::int64_t m = 0; m < held; ++m) lost += stream.uniform() < chance ? 1 : 0;
    held -= lost;
    fresh_escapes_[s] += lost;
    events_[static_cast<std::size_t>(ReactionKind::Leak)] += static_cast<std::uint64_t>(lost);
  }
}

void ReactionLattice::walk(double time) {
  std::vector<std::vector<Move>> parts(end_ - begin_);
  std::uint64_t hops = 0;
#pragma omp parallel for schedule(dynamic, 8) if (is_large()) reduction(+ : hops)
  for (std::size_t cell = begin_; cell < end_; ++cell) hops += walk_cell(cell, time, parts[cell - begin_]);
  events_[static_cast<std::size_t>(ReactionKind::Hop)] += hops;
  for (std::size_t cell = begin_; cell < end_; ++cell) leak_cell(cell, time);
  std::vector<Move> moves;
  for (const auto& part : parts) moves.insert(moves.end(), part.begin(), part.end());
  share_moves(moves);
  for (const auto& move : moves) {
    if (move.cell >= begin_ && move.cell < end_) settle(move);
  }
  for (std::size_t cell = begin_; cell < end_; ++cell) {
    std::int64_t held = 0;
    for (const auto s : volatiles_) held += at(pores_, cell, s);
    if (real(held) > transport_.burst * map_.cell_mass) lose_pore(cell);
  }
}

void ReactionLattice::share_moves(std::vector<Move>& moves) const {
  if (ranks_.size() == 1) return;
  std::vector<double> mine;
  for (const auto& move : moves) {
    const double values[] = {static_cast<double>(move.cell), static_cast<double>(move.species),
                             static_cast<double>(move.end), static_cast<double>(move.rule)};
    mine.insert(mine.end(), std::begin(values), std::end(values));
  }
  const auto all = ranks_.gather(mine);
  moves.clear();
  for (std::size_t i = 0; i < all.size(); i += 4) {
    moves.push_back({static_cast<std::size_t>(all[i]), static_cast<std::size_t>(all[i + 1]),
                     static_cast<WalkEnd>(static_cast<int>(all[i + 2])), static_cast<std::size_t>(all[i + 3])});
  }
}

void ReactionLattice::settle(const Move& move) {
  const auto count_event = [&](ReactionKind kind) { ++events_[static_cast<std::size_t>(kind)]; };
  switch (move.end) {
    case WalkEnd::Stays:
      ++at(counts_, move.cell, move.species);
      return;
    case WalkEnd::Escapes:
      ++fresh_escapes_[move.species];
      return count_event(ReactionKind::Escape);
    case WalkEnd::Inflates:
      ++at(pores_, move.cell, move.species);
      ++inflated_[move.cell];
      return count_event(ReactionKind::Inflate);
    case WalkEnd::Reacts:
    case WalkEnd::ReactsOutside:
      break;
  }
  const CellView here = view(move.cell);
  for (const auto s : volatiles_) here.born[s] = 0;
  carry_out(table_, move.rule, here);
  ++rule_events_[move.rule];
  count_event(ReactionKind::Reaction);
  if (move.end == WalkEnd::Reacts) return;
  for (const auto s : volatiles_) {
    here.counts[s] -= here.born[s];
    fresh_escapes_[s] += here.born[s];
  }
}

void ReactionLattice::lose_pore(std::size_t cell) {
  for (const auto s : volatiles_) {
    fresh_escapes_[s] += at(pores_, cell, s);
    at(pores_, cell, s) = 0;
  }
  map_.open[cell] = 1;
}

void ReactionLattice::share_state() {
  const std::size_t cells = cell_count();
  const double threshold = bethe_threshold(network_.coordination);
  // One value a cell, added up in the order of cells afterwards: sums then do not depend on the number of ranks.
  constexpr std::size_t width = 6;
  std::vector<double> state(width * cells, 0.0);
  std::vector<double> escapes(fresh_escapes_.begin(), fresh_escapes_.end());
  for (std::size_t cell = begin_; cell < end_; ++cell) {
    double* here = &state[width * cell];
    here[0] = bridging(cell);
    here[1] = map_.open[cell];
    for (const auto s : volatiles_) here[2] += real(count(cell, s));
    here[3] = burned_[cell];
    for (const auto s : furnace_gases_) here[4] += real(at(taken_, cell, s)) * species_[s].formula.mass();
    here[5] = changed_mass_[cell];
  }
  ranks_.sum(state);
  ranks_.sum(escapes);
  mean_bridging_ = 0;
  burned_total_ = 0;
  supplied_mass_ = initial_mass_;
  for (std::size_t cell = 0; cell < cells; ++cell) {
    const double* here = &state[width * cell];
    map_.gelled[cell] = here[0] > threshold ? 1 : 0;
    map_.open[cell] = here[1] > 0.5 ? 1 : 0;
    map_.dissolved[cell] = here[2];
    mean_bridging_ += here[0] / static_cast<double>(cells);
    burned_total_ += here[3];
    supplied_mass_ += here[4] + here[5];
  }
  for (std::size_t s = 0; s < species_.size(); ++s) escaped_[s] += std::llround(escapes[s]);
  std::fill(fresh_escapes_.begin(), fresh_escapes_.end(), 0);
}

}  // namespace cardhouse
