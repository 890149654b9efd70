#include "analysis/bonding_sites.hpp"

#include <algorithm>
#include <array>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

enum Kind {
  AromaticHydrogen,
  AliphaticHydrogen,
  OtherHydrogen,
  SubstitutionalBoron,
  OtherBoron,
  GraphiticNitrogen,
  PyridinicNitrogen,
  PyrrolicNitrogen,
  OxidisedNitrogen,
  OtherNitrogen,
  CarboxylOxygen,
  CarbonylOxygen,
  HydroxylOxygen,
  EpoxideOxygen,
  EtherOxygen,
  OtherOxygen,
  PhosphorusOnCarbon,
  OtherPhosphorus,
  ThiophenicSulfur,
  OtherSulfur,
  n_kinds
};

constexpr std::array<SiteKind, n_kinds> kinds{{
    {"aromatic_hydrogen", Element::H, "H on carbon with at most three neighbours"},
    {"aliphatic_hydrogen", Element::H, "H on carbon with four neighbours"},
    {"other_hydrogen", Element::H, "H not on carbon"},
    {"substitutional_boron", Element::B, "B with three carbon neighbours"},
    {"other_boron", Element::B, "B with other neighbours"},
    {"graphitic_nitrogen", Element::N, "N with three carbon neighbours"},
    {"pyridinic_nitrogen", Element::N, "N with two carbon neighbours in a ring that is no pentagon"},
    {"pyrrolic_nitrogen", Element::N, "N with two carbon neighbours in a pentagon"},
    {"oxidised_nitrogen", Element::N, "N bound to oxygen"},
    {"other_nitrogen", Element::N, "amines, nitriles and the rest"},
    {"carboxyl_oxygen", Element::O, "O on a carbon that binds a second O: acids, esters, lactones"},
    {"carbonyl_oxygen", Element::O, "O with one neighbour, carbon"},
    {"hydroxyl_oxygen", Element::O, "O between carbon and hydrogen"},
    {"epoxide_oxygen", Element::O, "O on both atoms of a C-C bond"},
    {"ether_oxygen", Element::O, "O between two carbons"},
    {"other_oxygen", Element::O, "O with other neighbours"},
    {"phosphorus_on_carbon", Element::P, "P with a carbon neighbour"},
    {"other_phosphorus", Element::P, "P without"},
    {"thiophenic_sulfur", Element::S, "S between two carbons in a ring"},
    {"other_sulfur", Element::S, "S with other neighbours"},
}};

class SiteClassifier {
 public:
  SiteClassifier(const CarbonStructure& structure, std::span<const Ring> rings)
      : structure_(structure), in_pentagon_(structure.atoms.size(), false), in_ring_(structure.atoms.size(), false) {
    for (const Ring& ring : rings) {
      for (const std::uint32_t atom : ring) {
        in_ring_[atom] = true;
        if (ring.size() == 5) in_pentagon_[atom] = true;
      }
    }
  }

  int kind(std::uint32_t atom) const {
    switch (structure_.atoms.elements[atom]) {
      case Element::H:
        return hydrogen(atom);
      case Element::B:
        return neighbours(atom, Element::C) == 3 ? SubstitutionalBoron : OtherBoron;
      case Element::N:
        return nitrogen(atom);
      case Element::O:
        return oxygen(atom);
      case Element::P:
        return neighbours(atom, Element::C) > 0 ? PhosphorusOnCarbon : OtherPhosphorus;
      case Element::S:
        return neighbours(atom, Element::C) == 2 && in_ring_[atom] ? ThiophenicSulfur : OtherSulfur;
      default:
        return -1;
    }
  }

 private:
  std::size_t neighbours(std::uint32_t atom, Element element) const {
    const auto of = structure_.bonds.of(atom);
    return static_cast<std::size_t>(
        std::count_if(of.begin(), of.end(), [&](std::uint32_t n) { return structure_.atoms.elements[n] == element; }));
  }

  Kind hydrogen(std::uint32_t atom) const {
    for (const std::uint32_t n : structure_.bonds.of(atom)) {
      if (structure_.atoms.elements[n] != Element::C) continue;
      return structure_.bonds.degree(n) > 3 ? AliphaticHydrogen : AromaticHydrogen;
    }
    return OtherHydrogen;
  }

  Kind nitrogen(std::uint32_t atom) const {
    if (neighbours(atom, Element::O) > 0) return OxidisedNitrogen;
    const std::size_t carbons = neighbours(atom, Element::C);
    if (carbons == 3) return GraphiticNitrogen;
    if (carbons != 2 || !in_ring_[atom]) return OtherNitrogen;
    return in_pentagon_[atom] ? PyrrolicNitrogen : PyridinicNitrogen;
  }

  Kind oxygen(std::uint32_t atom) const {
    const auto of = structure_.bonds.of(atom);
    const std::size_t carbons = neighbours(atom, Element::C);
    if (carbons == 2 && of.size() == 2 && structure_.bonds.bonded(of[0], of[1])) return EpoxideOxygen;
    for (const std::uint32_t n : of)
      if (structure_.atoms.elements[n] == Element::C && neighbours(n, Element::O) > 1) return CarboxylOxygen;
    if (carbons == 1 && of.size() == 1) return CarbonylOxygen;
    if (carbons == 1 && of.size() == 2 && neighbours(atom, Element::H) == 1) return HydroxylOxygen;
    return carbons == 2 && of.size() == 2 ? EtherOxygen : OtherOxygen;
  }

  const CarbonStructure& structure_;
  std::vector<bool> in_pentagon_, in_ring_;
};

}  // namespace

std::span<const SiteKind> site_kinds() {
  return kinds;
}

std::vector<int> classify_sites(const CarbonStructure& structure, std::span<const Ring> rings) {
  EXPECTS(structure.bonds.size() == structure.atoms.size());
  const SiteClassifier classifier(structure, rings);
  std::vector<int> result;
  for (std::uint32_t atom = 0; atom < structure.atoms.size(); ++atom) result.push_back(classifier.kind(atom));
  return result;
}

}  // namespace cardhouse
