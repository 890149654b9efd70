#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/sodium/pair_table.hpp"
#include "engine/sodium/sodium_parameters.hpp"
#include "engine/structure/cell.hpp"

namespace cardhouse {

/// Repulsion of two unit charges, shifted to zero at the cut-off [eV]:
///   v = e^2/(4 pi eps0 eps r) e^(-r/l) - the same at the cut-off.
double screened_repulsion(double distance, const RepulsionParameters& parameters);

/// The repulsion q_i q_j v(r_ij) of charged sites, worked out from their places whenever it is asked for: 40 bytes a
/// charged site, where a list of the 200 partners within 12 angstrom would take 1600.
///
/// Places are whole multiples of 2^-25 of the cut-off (4e-7 angstrom). Squares of distances are then exact in double
/// precision, and a pair has one strength however it is asked for: from either end, alone or among all partners.
/// The law is tabulated over the square of the distance (cubic between knots, within 1e-8 eV of it), strengths are
/// rounded as those of PairTable: sums are exact.
class SiteRepulsion {
 public:
  /// The partners of a site, in no particular order, and room to find them in. In cells narrower than two cut-offs one
  /// may come several times, once for each of its images; the images of the site itself come with strength zero.
  class Partners {
   public:
    std::span<const PairTable::Entry> all() const { return all_; }

   private:
    friend class SiteRepulsion;
    void make_room(std::size_t more) {  // arrays only ever grow
      if (size_ + more < slots_.size()) return;
      for (auto* numbers : {&squares_, &scratch_}) numbers->resize(2 * (size_ + more) + 1);
      slots_.resize(squares_.size());
    }

    std::vector<PairTable::Entry> all_;
    std::size_t size_ = 0;
    std::vector<std::uint32_t> slots_;
    std::vector<double> squares_;
    std::vector<double> scratch_;
  };

  SiteRepulsion() = default;
  /// One charge a site [e], none below zero; pairs closer than `closest` [angstrom] have no strength.
  SiteRepulsion(const Cell& cell, std::span<const Vector3> positions, std::span<const double> charges,
                const RepulsionParameters& parameters, double closest);

  /// Fills `found`, which may be used again and again: a microsecond for 200 partners.
  void find_partners(std::size_t site, Partners& found) const;
  /// Partners in ascending order, images added up.
  std::vector<PairTable::Entry> of(std::size_t site) const;
  /// Strength between two different sites, zero when they are no pair.
  double value(std::size_t first, std::size_t second) const;
  /// Strength between a site and its own periodic images, each pair of images counted once.
  double self_value(std::size_t site) const { return value(site, site) / 2; }
  /// No pair is stronger; infinite when nothing keeps pairs apart.
  double largest_value() const;

 private:
  static constexpr std::uint32_t no_slot = 0xffffffff;
  using Place = std::array<double, 3>;  ///< whole numbers
  using Block = std::array<int, 3>;

  /// Of the law, with its derivative times the distance of knots.
  struct Knot {
    double value;
    double slope;
  };
  void tabulate();
  void lay_out(const Cell& cell, std::size_t sites);
  void place(const Cell& cell, std::span<const Vector3> positions, std::span<const double> charges);
  Block block_of(std::uint32_t slot) const;
  Place seen_from(const Place& place, const Block& image) const;
  void find_in_row(const Place& centre, const Block& begin, int end, Partners& found) const;
  void weigh(std::uint32_t slot, Partners& found) const;
  float strength(double squared, double charges) const;  ///< [eV]
  bool is_pair(double squared) const { return squared < reach_ && squared >= closest_; }

  RepulsionParameters parameters_;
  double unit_ = 1;     ///< of places [angstrom]
  double closest_ = 0;  ///< squares, in units of places
  double reach_ = 0;
  double first_knot_ = 0;
  double knots_per_square_ = 0;
  std::vector<Knot> knots_;
  std::array<Place, 3> vectors_{};  ///< of the cell
  Block counts_{1, 1, 1};           ///< blocks along them
  Block span_{};                    ///< blocks that the cut-off reaches over
  std::array<double, 3> widths_{};  ///< of a block, in units of places
  bool rectangular_ = false;
  std::vector<std::uint32_t> starts_;  ///< first slots of the blocks
  std::vector<std::uint32_t> slot_of_;
  std::array<std::vector<double>, 3> places_;  ///< by slot: charged sites, block by block
  std::vector<std::uint32_t> blocks_;
  std::vector<float> charges_;
  std::vector<std::uint32_t> sites_;
  double largest_charge_ = 0;
};

}  // namespace cardhouse
