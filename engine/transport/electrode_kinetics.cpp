#include "engine/transport/electrode_kinetics.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/constants.hpp"
#include "engine/base/contracts.hpp"
#include "engine/transport/hop_model.hpp"

namespace cardhouse {
namespace {

constexpr double widest_potential = 5;  // beyond it no electrolyte lasts [V]

std::vector<std::uint32_t> find_exchange_sites(const SiteNetwork& network, TransferPlaces places) {
  std::vector<std::uint32_t> found;
  for (std::uint32_t i = 0; i < network.sites.size(); ++i) {
    const Site& site = network.sites[i];
    if (places == TransferPlaces::Outside ? site.outside : site.kind == SiteClass::Mouth) found.push_back(i);
  }
  return found;
}

}  // namespace

ElectrodeKinetics::ElectrodeKinetics(const SiteNetwork& network, Occupation start,
                                     const ChargeTransferParameters& transfer, const ElectrodeConditions& conditions)
    : state_(std::move(start)),
      transfer_(transfer),
      conditions_(conditions),
      beta_(1 / (constants::boltzmann * conditions.temperature)),
      exchange_(find_exchange_sites(network, conditions.places)),
      works_(exchange_.size(), 0.0),
      links_(network.links),
      fast_limit_(std::log(conditions.attempt_frequency / conditions.fast_rate) / beta_),
      each_(std::max<std::size_t>(1, exchange_.size() + links_.size()), 0.0),
      rates_(each_.size()) {
  EXPECTS(network.sites.size() == state_.size());
  EXPECTS(conditions.temperature > 0 && conditions.attempt_frequency > 0 && conditions.fast_rate > 0);
  join_fast_pieces();
  renew();
}

// The slower direction is over the larger of both barriers, so that a hop and its reverse agree on what they are.
bool ElectrodeKinetics::is_fast(double barrier, double change) const {
  return activation_energy(barrier, std::abs(change)) < fast_limit_;
}

void ElectrodeKinetics::join_fast_pieces() {
  constexpr auto none = ~std::uint32_t{0};
  const Hamiltonian& h = state_.hamiltonian();
  std::vector<std::vector<std::uint32_t>> beside(state_.size());
  for (const SiteLink& link : links_) {
    if (!is_fast(link.barrier, h.site_energy(link.second) - h.site_energy(link.first))) continue;
    beside[link.first].push_back(link.second);
    beside[link.second].push_back(link.first);
  }
  piece_of_.assign(state_.size(), none);
  for (std::uint32_t start = 0; start < state_.size(); ++start) {
    if (piece_of_[start] != none) continue;
    std::vector<std::uint32_t> members{start};
    piece_of_[start] = static_cast<std::uint32_t>(pieces_.size());
    for (std::size_t next = 0; next < members.size(); ++next)
      for (const std::uint32_t site : beside[members[next]])
        if (piece_of_[site] == none) {
          piece_of_[site] = piece_of_[start];
          members.push_back(site);
        }
    pieces_.push_back(std::move(members));
  }
}

bool ElectrodeKinetics::accepts(double change, Stream& stream) const {
  return change <= 0 || stream.uniform() < std::exp(-beta_ * change);
}

void ElectrodeKinetics::hop(Stream& stream) {
  const SiteLink& link = links_[stream.below(links_.size())];
  const bool forth = state_.is_occupied(link.first);
  if (forth == state_.is_occupied(link.second)) return;
  const std::size_t from = forth ? link.first : link.second;
  const std::size_t to = forth ? link.second : link.first;
  const double change = state_.move_energy(from, to);
  if (is_fast(link.barrier, change) && accepts(change, stream)) state_.move(from, to);
}

// As many ways forth as back: one of the sodium, then one of the sites of its piece.
void ElectrodeKinetics::relocate(Stream& stream) {
  const auto sodium = state_.occupied_sites();
  const std::size_t from = sodium[stream.below(sodium.size())];
  const auto& piece = pieces_[piece_of_[from]];
  const std::size_t to = piece[stream.below(piece.size())];
  if (!state_.is_occupied(to) && accepts(state_.move_energy(from, to), stream)) state_.move(from, to);
}

void ElectrodeKinetics::sample_fast(Stream& stream) {
  if (links_.empty() || state_.count() == 0) return;
  const auto moves =
      static_cast<std::size_t>(std::ceil(conditions_.equilibration * static_cast<double>(state_.size())));
  for (std::size_t i = 0; i < moves; ++i) i % 2 == 0 ? hop(stream) : relocate(stream);
}

void ElectrodeKinetics::equilibrate(Stream& stream) {
  sample_fast(stream);
  renew();
}

void ElectrodeKinetics::set_potential(double volts) {
  potential_ = volts;
  renew_transfers();
}

void ElectrodeKinetics::set_mode(TransferMode mode) {
  conditions_.mode = mode;
  renew_transfers();
}

void ElectrodeKinetics::find_works() {
  for (std::size_t i = 0; i < exchange_.size(); ++i) {
    const std::uint32_t site = exchange_[i];
    works_[i] = state_.is_occupied(site) ? -state_.removal_energy(site) : state_.insertion_energy(site);
  }
}

TransferRates ElectrodeKinetics::rates_of(std::size_t exchange_index, double volts) const {
  const TransferRates both = transfer_rates(works_[exchange_index] + volts, conditions_.temperature, transfer_);
  return state_.is_occupied(exchange_[exchange_index]) ? TransferRates{0, both.out} : TransferRates{both.in, 0};
}

double ElectrodeKinetics::net_rate_at(double volts) const {
  double net = 0;
  for (std::size_t i = 0; i < exchange_.size(); ++i) {
    const TransferRates rates = rates_of(i, volts);
    net += rates.in - rates.out;
  }
  return net;
}

// The net rate falls as the potential rises.
double ElectrodeKinetics::potential_for(double net_rate) const {
  EXPECTS(!exchange_.empty());
  double low = std::max(potential_ - 0.01, -widest_potential);
  double high = std::min(potential_ + 0.01, widest_potential);
  for (double step = 0.02; net_rate_at(low) < net_rate && low > -widest_potential; step *= 2)
    low = std::max(low - step, -widest_potential);
  for (double step = 0.02; net_rate_at(high) > net_rate && high < widest_potential; step *= 2)
    high = std::min(high + step, widest_potential);
  while (high - low > 1e-7) {
    const double middle = (low + high) / 2;
    (net_rate_at(middle) > net_rate ? low : high) = middle;
  }
  return (low + high) / 2;
}

double ElectrodeKinetics::link_rate(const SiteLink& link) const {
  const bool forth = state_.is_occupied(link.first);
  if (forth == state_.is_occupied(link.second)) return 0;
  const double change =
      forth ? state_.move_energy(link.first, link.second) : state_.move_energy(link.second, link.first);
  if (is_fast(link.barrier, change)) return 0;
  return conditions_.attempt_frequency * std::exp(-beta_ * activation_energy(link.barrier, change));
}

void ElectrodeKinetics::renew() {
  find_works();
  for (std::size_t i = 0; i < links_.size(); ++i) each_[exchange_.size() + i] = link_rate(links_[i]);
  renew_transfers();
}

void ElectrodeKinetics::renew_transfers() {
  for (std::size_t i = 0; i < exchange_.size(); ++i) {
    const TransferRates both = rates_of(i, potential_);
    each_[i] = conditions_.mode == TransferMode::Paired ? both.out : both.in + both.out;
  }
  rates_.assign(each_);
}

void ElectrodeKinetics::cross(std::size_t exchange_index) {
  const std::uint32_t site = exchange_[exchange_index];
  const bool leaves = state_.is_occupied(site);
  leaves ? state_.remove(site) : state_.insert(site);
  inserted_ += leaves ? -1 : 1;
  find_works();
}

bool ElectrodeKinetics::draw_and_cross(bool inwards, Stream& stream) {
  std::vector<double> rates;
  for (std::size_t i = 0; i < exchange_.size(); ++i) {
    const TransferRates both = rates_of(i, potential_);
    rates.push_back(inwards ? both.in : both.out);
  }
  double left = stream.uniform() * std::accumulate(rates.begin(), rates.end(), 0.0);
  std::size_t chosen = rates.size();
  for (std::size_t i = 0; i < rates.size() && (left > 0 || chosen == rates.size()); ++i) {
    if (rates[i] > 0) chosen = i;
    left -= rates[i];
  }
  if (chosen == rates.size()) return false;
  cross(chosen);
  return true;
}

bool ElectrodeKinetics::transfer(bool inwards, Stream& stream) {
  if (!draw_and_cross(inwards, stream)) return false;
  equilibrate(stream);
  return true;
}

void ElectrodeKinetics::fire(Stream& stream) {
  const std::size_t event = rates_.pick(stream.uniform());
  ++events_;
  if (event < exchange_.size()) {
    cross(event);
    if (conditions_.mode == TransferMode::Paired) draw_and_cross(true, stream);
  } else {
    const SiteLink& link = links_[event - exchange_.size()];
    state_.is_occupied(link.first) ? state_.move(link.first, link.second) : state_.move(link.second, link.first);
  }
  renew();
}

}  // namespace cardhouse
