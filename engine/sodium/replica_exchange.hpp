#pragma once
// Equilibrium between chemical potentials that exchange their configurations: no memory of a direction.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/communicator.hpp"
#include "engine/base/observer.hpp"
#include "engine/sodium/voltage_sweep.hpp"

namespace cardhouse {

struct ExchangeOptions {
  double temperature = 298.15;     ///< [K]
  std::vector<double> voltages;    ///< rungs of the ladder against sodium metal, rising or falling [V]; see ladder()
  int ladders = 4;                 ///< independent of each other, at least 2: they give the error bars
  int equilibration_sweeps = 100;  ///< each followed by an attempt to swap
  int production_sweeps = 200;     ///< likewise, one sample each
  std::uint64_t seed = 1;
  MoveMix mix;
  bool invert_pores = true;  ///< once a sweep, each pore
};

struct ExchangeResult {
  std::vector<SweepPoint> points;       ///< in the order of the rungs
  std::vector<double> swap_acceptance;  ///< of swaps between a rung and the next, production only; 0 for the last rung
  double round_trips = 0;         ///< from one end of the ladder to the other and back, all walkers, production only
  std::uint64_t trial_moves = 0;  ///< all walkers
};

/// Replica exchange over chemical potential (Yan & de Pablo 1999, doi:10.1063/1.480282, at one temperature). One walker
/// a rung samples at mu = -e V; after every sweep neighbouring rungs i and j, even and odd pairs in turn, swap their
/// configurations with probability
///   min(1, exp[(mu_i - mu_j)(N_j - N_i)/kT]),
/// in which energies cancel. What a walker cannot cross at one voltage it goes round by way of others, so that a rung
/// depends on neither the direction nor the start. Exchange does not tunnel a first-order transition (no N lies between
/// two phases); whole pores do so by inversion.
///
/// Walkers are spread over ranks and threads and keep their place: only numbers of sodium travel, and chemical
/// potentials change hands. The result depends on neither ranks nor threads. Memory: 95 bytes a site and walker.
///
/// A large network is not cut into domains that threads sample at once: the electrons of a connected carbon are one
/// sum, on which every trial depends, so that trials at a distance do not commute. Trying ahead in batches and redoing
/// what follows the first change would be exact, but 0.6 % of the trials change something and a change costs as much as
/// 60 trials, so that two threads would gain less than 1.3 (estimate). Throws InputError for impossible options.
ExchangeResult exchange(const SiteNetwork& network, const SodiumParameters& parameters, const ExchangeOptions& options,
                        const Communicator& communicator, const ProgressObserver& observer = {});

/// Voltages with as many rungs between them as swaps need: equal steps in which dmu dN/kT, spread over both, is at most
/// two, where two normal distributions swap in one of three attempts (erfc(sqrt(2)/2) = 0.32); at most 16 steps between
/// two voltages. `numbers` of sodium at each voltage, as a sweep finds them. EXPECTS as many numbers as voltages.
std::vector<double> ladder(std::span<const double> voltages, std::span<const double> numbers, double temperature);

}  // namespace cardhouse
