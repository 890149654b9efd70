#pragma once

#include <optional>

#include "engine/base/communicator.hpp"
#include "engine/base/statistics.hpp"
#include "engine/transport/transport.hpp"

namespace cardhouse {

/// d(mu/kT)/d(ln N) = <N>/(<N^2> - <N>^2) at the number, temperature, seed and replicas of `options`: what turns the
/// jump diffusivity into the chemical one (Gomer 1990, doi:10.1088/0034-4885/53/7/002, section 2). The chemical
/// potential is that of Widom's insertions (1963, doi:10.1063/1.1734110) at this number, corrected by what the number
/// then is; 1500 sweeps of the grand canonical ensemble follow. Nothing where the number hardly fluctuates, or ends
/// more than a tenth away from the one wanted. The error is that between replicas.
std::optional<Estimate> thermodynamic_factor(const SiteNetwork& network, const SodiumParameters& parameters,
                                             const TransportOptions& options, const Communicator& communicator);

}  // namespace cardhouse
