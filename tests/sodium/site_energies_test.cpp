#include "engine/sodium/site_energies.hpp"

#include <gtest/gtest.h>

#include "tests/sodium/carbon_samples.hpp"

namespace cardhouse {
namespace {

Hollow gallery(double spacing, std::vector<std::uint32_t> faces = {}) {
  Hollow hollow;
  hollow.spacing = spacing;
  hollow.gallery_faces = 2;
  hollow.faces = std::move(faces);
  return hollow;
}

Hollow free_face(std::vector<std::uint32_t> faces) {
  Hollow hollow;
  hollow.faces = std::move(faces);
  return hollow;
}

Hollow slit(double distance, std::vector<std::uint32_t> faces = {}) {
  Hollow hollow = free_face(std::move(faces));
  hollow.slit = distance;
  return hollow;
}

RingFace ring_of(std::size_t size, Termination termination = Termination::None, Dopant dopant = Dopant::None) {
  RingFace face;
  face.ring.resize(size);
  face.is_vacancy = size >= 8;
  face.termination = termination;
  face.dopant = dopant;
  return face;
}

SiteEnergies energies_with_shift(double shift) {
  SiteEnergies e = samples::parameters().energies;
  e.gallery_shift = shift;
  return e;
}

TEST(SiteEnergies, the_shift_is_one_for_all_carbons_so_that_wide_galleries_bind_better) {
  const SiteEnergies e = samples::parameters().energies;
  const std::vector<RingFace> faces{ring_of(6)};
  for (const double spacing : {3.35, 3.7, 3.9, 4.3})
    EXPECT_NEAR(hollow_energy({gallery(spacing, {0}), faces}, e), e.gallery(spacing) + e.gallery_shift, 1e-12);
  EXPECT_LT(hollow_energy({gallery(3.9, {0}), faces}, e), hollow_energy({gallery(3.7, {0}), faces}, e) - 0.3);
}

TEST(SiteEnergies, motifs_on_a_free_face_have_the_catalogue_energy_and_do_not_add) {
  const SiteEnergies e = energies_with_shift(-7);
  const std::vector<RingFace> faces{ring_of(6),
                                    ring_of(5),
                                    ring_of(8),
                                    ring_of(12),
                                    ring_of(6, Termination::SingleOxygen),
                                    ring_of(5, Termination::DoubleOxygen),
                                    ring_of(6, Termination::BareOrHydrogen, Dopant::PyridinicNitrogen)};
  const double expected[] = {0.5, 0.5 - 0.22, -1.0, -0.85, 0.5 - 0.3, 0.5 - 0.8, 0.5 - 1.0};
  for (std::uint32_t f = 0; f < faces.size(); ++f)
    EXPECT_NEAR(hollow_energy({free_face({f}), faces}, e), expected[f], 1e-12) << f;
}

TEST(SiteEnergies, motifs_in_a_gallery_add_to_the_curve_and_edges_do_not) {
  const double shift = -2;
  const SiteEnergies e = energies_with_shift(shift);
  const std::vector<RingFace> faces{ring_of(6), ring_of(7), ring_of(12), ring_of(6, Termination::BareOrHydrogen)};
  const auto above_curve = [&](std::vector<std::uint32_t> rings, bool oxygen) {
    return hollow_energy({gallery(3.8, std::move(rings)), faces, oxygen}, e) - (e.gallery(3.8) + shift);
  };
  EXPECT_NEAR(above_curve({0, 0}, false), 0, 1e-12);
  EXPECT_NEAR(above_curve({0, 1}, false), 0.13, 1e-12);
  EXPECT_NEAR(above_curve({1, 2}, false), -0.94, 1e-12);
  EXPECT_NEAR(above_curve({3}, false), 0, 1e-12);
  EXPECT_NEAR(above_curve({2}, true), -0.94 - 0.07, 1e-12);
}

TEST(SiteEnergies, a_slit_joins_galleries_and_free_faces_without_a_step_whatever_its_rings) {
  const SiteEnergies e = energies_with_shift(-1.9);
  const std::vector<RingFace> faces{ring_of(6), ring_of(7), ring_of(12), ring_of(6, Termination::DoubleOxygen)};
  for (const bool oxygen : {false, true})
    for (std::uint32_t f = 0; f < faces.size(); ++f) {
      const auto at = [&](const Hollow& hollow) { return hollow_energy({hollow, faces, oxygen}, e); };
      EXPECT_NEAR(at(slit(e.gallery_end, {f})), at(gallery(e.gallery_end, {f})), 1e-12) << f;
      EXPECT_NEAR(at(slit(40, {f})), at(free_face({f})), 1e-9) << f;
      for (double d = e.gallery_end; d < 10; d += 0.01)
        EXPECT_NEAR(at(slit(d, {f})), at(slit(d + 0.01, {f})), 0.06) << d;
    }
}

TEST(SiteEnergies, the_level_of_galleries_fades_in_a_slit) {
  const SiteEnergies e = energies_with_shift(-2);
  EXPECT_EQ(gallery_share(gallery(4.0), e), 0);
  EXPECT_EQ(gallery_share(free_face({0}), e), 0);
  EXPECT_EQ(gallery_share(slit(e.gallery_end), e), 1);
  EXPECT_NEAR(gallery_share(slit(e.gallery_end + e.gallery_fade), e), std::exp(-1.0), 1e-12);
  const std::vector<RingFace> faces{ring_of(6)};
  const double distance = e.gallery_end + e.gallery_fade * std::log(2.0);  // half way
  const double step = e.gallery(e.gallery_end) - 2 - e.faces(e.gallery_end);
  EXPECT_NEAR(hollow_energy({slit(distance, {0}), faces}, e), e.faces(distance) + step / 2, 1e-12);
}

TEST(SiteEnergies, charge_is_full_at_the_wall_and_decays_into_the_pore) {
  const SiteEnergies e = samples::parameters().energies;
  EXPECT_EQ(pore_charge(2.0, e), e.charge);
  EXPECT_EQ(pore_charge(2.5, e), e.charge);
  EXPECT_NEAR(pore_charge(4.0, e) / e.charge, std::exp(-1.0), 1e-12);
  const std::vector<RingFace> faces{ring_of(6), ring_of(12), ring_of(6, Termination::DoubleOxygen)};
  EXPECT_EQ(hollow_charge({free_face({0}), faces}, e), e.charge);
  EXPECT_EQ(hollow_charge({free_face({1}), faces}, e), e.charge_vacancy);
  EXPECT_EQ(hollow_charge({free_face({1, 2}), faces}, e), e.charge_heteroatom);
}

}  // namespace
}  // namespace cardhouse
