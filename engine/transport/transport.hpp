#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "engine/base/communicator.hpp"
#include "engine/base/observer.hpp"
#include "engine/base/statistics.hpp"
#include "engine/base/stream.hpp"
#include "engine/sodium/occupation.hpp"
#include "engine/sodium/site_network.hpp"
#include "engine/sodium/sodium_parameters.hpp"
#include "engine/transport/divided_hops.hpp"
#include "engine/transport/hop_model.hpp"

namespace cardhouse {

struct TransportOptions {
  double temperature = 298.15;     ///< [K]
  std::size_t sodium = 0;          ///< number in the cell; see sodium_at()
  int replicas = 4;                ///< at least 2: they give the error bars
  int equilibration_sweeps = 300;  ///< canonical Monte Carlo before the clock starts
  std::uint64_t events = 100000;   ///< about, per replica, after a tenth as many to settle
  int frames = 200;                ///< samples of the positions
  double margin = 0.01;            ///< HopConditions::margin: what rate bounds allow for; under a cap at most [eV]
  double flow_cap = std::numeric_limits<double>::infinity();  ///< links crossed more often are slowed to it [1/s]
  Selection selection = Selection::Automatic;
  /// Parts of the cell that the ranks share (divided_hops.hpp); 0: each replica in one piece, replicas spread over
  /// ranks.
  std::size_t domains = 0;
  std::uint64_t seed = 1;
};

/// Number of sodium nearest to a capacity [mAh/g].
std::size_t sodium_at(const SiteNetwork& network, double capacity);

/// Where every sodium is at one time, by site; each keeps its place in the list.
struct SodiumFrame {
  double time = 0;  ///< [s]
  std::vector<std::uint32_t> sites;
};

/// How replicas were run in domains and sectors, means over them.
struct SectorReport {
  std::size_t domains = 0;  ///< 0: in one piece, the rest has no meaning
  int sectors = 1;
  double cycle_time = 0;  ///< [s]
  SectorBias bias;
};

/// Diffusion at one composition. Diffusivities in [angstrom^2/s], errors between replicas.
struct TransportResult {
  double capacity = 0;  ///< [mAh/g]
  std::size_t sodium = 0;
  Estimate tracer;         ///< D*, single sodium (self diffusion)
  Estimate jump;           ///< D_J, all sodium together; times the thermodynamic factor it is the chemical diffusivity
  Estimate exponent;       ///< of time in the mean squared displacement of single sodium
  bool diffusive = false;  ///< the exponent is 1 within 0.15 and known to better than that; else D is an upper bound
  double simulated_time = 0;      ///< mean over replicas [s]
  std::uint64_t hops = 0;         ///< all replicas
  std::uint64_t void_events = 0;  ///< of thinning, all replicas
  ClassPairs hops_by_class{};     ///< [from][to], all replicas; slowed links count what they still do
  ClassPairs through_mouths{};    ///< HopCensus::through_mouths, all replicas
  ClassPairs through_necks{};     ///< HopCensus::through_necks, all replicas
  SectorReport sectors;
  double rattling_links = 0;           ///< slowed because the run itself crossed them too often, mean over replicas
  std::vector<double> lags;            ///< of replica 0 [s]
  std::vector<double> tracer_squared;  ///< its mean squared displacement of single sodium [angstrom^2]
  std::vector<SodiumFrame> frames;     ///< of replica 0, about 20 equally spaced
  std::vector<double> jump_squared;    ///< and of all together, divided by their number [angstrom^2]
};

/// Kinetic Monte Carlo of sodium on the links of the network at constant number, from a start equilibrated by canonical
/// Monte Carlo. With a `flow_cap` every replica slows the links that its own configurations cross more often
/// (flow_cap.hpp): first by what equilibrium says, then, before anything is measured, by what it sees itself do.
/// Replicas are spread over ranks and threads, or ranks and threads over the `domains` of one
/// replica after the other; the result depends on neither, but on the number of domains. Without a possible hop all
/// diffusivities are zero. Throws InputError when so many sodium do not fit, or for impossible options.
TransportResult transport(const SiteNetwork& network, const SodiumParameters& parameters,
                          const TransportOptions& options, const Communicator& communicator,
                          const ProgressObserver& observer = {});

/// Throws InputError for options that transport() would refuse, as far as they can be judged at once.
void check_transport(const SiteNetwork& network, const TransportOptions& options);

/// A configuration of the canonical ensemble: sodium inserted one by one where it likes to be, then equilibrated while
/// cooling from three times the temperature. Throws InputError when so many do not fit.
Occupation canonical_start(const Hamiltonian& hamiltonian, const SiteNetwork& network, const TransportOptions& options,
                           Stream& stream);

}  // namespace cardhouse
