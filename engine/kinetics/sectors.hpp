#pragma once
// Kinetic Monte Carlo in parallel: the synchronous sublattice method (Shim & Amar 2005, doi:10.1103/PhysRevB.71.125432)
// on points anywhere in a periodic cell. Domains are boxes, each halved along every axis into sectors. All domains work
// at the same time, each in its sector of the same number, which is nowhere near another's; then they tell each other
// what has changed and go on to the next sector. What the events are is up to the model.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/stream.hpp"

namespace cardhouse {

using FractionalPoint = std::array<double, 3>;  ///< coordinates in [0, 1)

/// The part of the cell that belongs to one domain: low <= x < high along every axis.
struct DomainBox {
  FractionalPoint low{0, 0, 0};
  FractionalPoint high{1, 1, 1};
  FractionalPoint middle{1, 1, 1};  ///< where sectors meet; 1 along axes that are not halved
  std::array<bool, 3> divided{};    ///< along these it is shorter than the cell
};

struct DivisionRequest {
  FractionalPoint widths{};  ///< distances between opposite faces of the cell [angstrom]
  /// Events farther apart than this do not know of each other [angstrom].
  double separation = 0;
  std::size_t domains = 1;
};

/// Domains, sectors, and to which of them each point belongs. A sector number has one bit for each axis that is
/// divided anywhere: the upper half has it set. Eight sectors where domains stack up along three axes, fewer else.
///
/// Two domains are apart along an axis that divides both, or touch there; of their sectors with the same number, one
/// half of a domain lies between, on this side and on the other side of the periodic cell. Sectors of one number
/// are therefore at least `separation` apart when every half is so thick.
struct Division {
  std::vector<DomainBox> domains;
  std::vector<std::uint32_t> domain_of;  ///< of each point
  std::vector<std::uint8_t> sector_of;
  int sectors = 1;
};

/// Recursive bisection (Berger & Bokhari 1987, doi:10.1109/TC.1987.1676942) into boxes of equal weight, as far as none
/// gets thinner than twice the separation along a divided axis; sectors meet at the median of the weight. The same for
/// every caller. EXPECTS one non-negative weight a point, and fits().
Division divide(std::span<const FractionalPoint> points, std::span<const double> weights,
                const DivisionRequest& request);

/// Whether boxes of equal volume, so many of them, are thick enough.
bool fits(const DivisionRequest& request);

/// What a run of sectors is keyed by: nothing in it says on how many ranks it is done.
struct SectorKey {
  std::uint64_t seed = 1;
  std::uint64_t replica = 0;
};

/// The sectors in the order in which a cycle visits them: at random in even cycles, backwards in the odd cycle that
/// follows. The splitting of time is then symmetric, and what it does to dynamics is of second order in the time of a
/// cycle (Strang 1968, doi:10.1137/0705041).
std::vector<int> sector_order(const SectorKey& key, std::uint64_t cycle, int sectors);

/// Random numbers of one domain in one sector of one cycle. EXPECTS domain < 2^32.
Stream sector_stream(const SectorKey& key, std::uint64_t cycle, int sector, std::uint64_t domain);

}  // namespace cardhouse
