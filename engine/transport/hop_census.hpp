#pragma once
// What hops did: by classes of sites, through mouths, and over necks.

#include <array>
#include <cstdint>
#include <vector>

#include "engine/sodium/site_network.hpp"

namespace cardhouse {

/// Counts by class of origin and of destination.
using ClassPairs = std::array<std::array<std::uint64_t, site_class_count>, site_class_count>;

void add(const ClassPairs& more, ClassPairs& sums);
std::uint64_t total(const ClassPairs& pairs);
/// Those that end in another class than they began in.
std::uint64_t total_across(const ClassPairs& pairs);

/// A hop over a kinetically resolved barrier of at least this much, neither end a mouth, goes through a neck: the
/// entrance of a narrow gallery, or the way out of a vacancy (estimate 0.4-0.6 eV; 0.6 eV for entrances of 0.35-0.37 nm
/// galleries, Lv 2024, doi:10.1002/advs.202407538) [eV].
inline constexpr double neck_barrier = 0.4;

/// Counts of one run. Who comes into a mouth is followed until it leaves it: a passage leads from the class that it
/// came from to the class that it goes to. Equal classes: it went back to where it came from, or to the like on the
/// other side.
class HopCensus {
 public:
  struct Hop {
    SiteClass from, to;
    double barrier;  ///< kinetically resolved [eV]
  };

  explicit HopCensus(std::size_t sodium) : entered_from_(sodium, SiteClass::Mouth) {}
  void count(std::uint32_t sodium, const Hop& hop);

  /// Where sodium in a mouth came from, told and taken over where another census goes on counting.
  SiteClass entered_from(std::uint32_t sodium) const { return entered_from_[sodium]; }
  void continue_with(std::uint32_t sodium, SiteClass entered_from) { entered_from_[sodium] = entered_from; }

  const ClassPairs& hops() const { return hops_; }              ///< [from][to]
  const ClassPairs& through_mouths() const { return mouths_; }  ///< passages, [came from][went to]
  const ClassPairs& through_necks() const { return necks_; }    ///< hops, [from][to]

 private:
  ClassPairs hops_{};
  ClassPairs mouths_{};
  ClassPairs necks_{};
  std::vector<SiteClass> entered_from_;  ///< of sodium in a mouth; Mouth: it has been there since the start
};

}  // namespace cardhouse
