#include "engine/builder/handle_removal.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <array>
#include <cmath>
#include <numbers>

#include "engine/builder/lamellar_field.hpp"
#include "engine/builder/marching_tetrahedra.hpp"
#include "engine/builder/surface_homology.hpp"
#include "engine/builder/swift_hohenberg.hpp"
#include "tests/builder/closed_surfaces.hpp"

namespace cardhouse {
namespace {

constexpr double spacing = 4;

// Layers `spacing` apart as they grow by themselves, ten in the cube; necks join two of them in the middle.
ScalarGrid grown_layers(const std::vector<Vector3>& necks) {
  const double k = std::numbers::pi / spacing;
  return sampled(40, 40, [&](const Vector3& p) {
    double value = lamellar_amplitude() * std::cos(k * (p.z - 20));
    for (const Vector3& at : necks)
      if (std::abs(p.z - 20) < spacing) value = std::min(value, 0.4 * (std::hypot(p.x - at.x, p.y - at.y) - 2));
    return value;
  });
}

ScalarGrid disordered() {
  Stream stream(8, Purpose::Test);
  return grow_lamellar_field(
      {.grains = {.spacing = 3.6, .layer_extent = 25, .stack_height = 12}, .edge = 36, .anneal_steps = 60}, {}, {},
      stream);
}

long handles(const ScalarGrid& field) {
  return topology(zero_surface(field)).handles;
}

TEST(HandleRemoval, gives_flat_layers_back_where_necks_joined_them) {
  const std::vector<Vector3> necks{{10, 10, 0}, {30, 10, 0}, {10, 30, 0}, {30, 30, 0}};
  const SurfaceTopology flat = topology(zero_surface(grown_layers({})));
  ScalarGrid field = grown_layers(necks);
  ASSERT_EQ(handles(field), flat.handles + 3);  // and one piece less
  const HandleRemoval removal = remove_handles(field, {}, {.spacing = spacing});
  EXPECT_EQ(removal.before, flat.handles + 3);
  EXPECT_EQ(removal.closed, 4u);
  const SurfaceMesh surface = zero_surface(field);
  EXPECT_EQ(topology(surface).pieces, flat.pieces);
  EXPECT_EQ(topology(surface).handles, flat.handles);
  EXPECT_EQ(surface.euler_characteristic(), 0);
  EXPECT_NEAR(surface.area(), 10 * 40 * 40, 0.02 * 10 * 40 * 40);
}

TEST(HandleRemoval, leaves_what_has_no_handle_bit_for_bit) {
  for (const ScalarGrid& field : {grown_layers({}), sphere_field(36, 36, 12)}) {
    ScalarGrid after = field;
    EXPECT_EQ(remove_handles(after, {}, {.spacing = spacing}).closed, 0u);
    EXPECT_EQ(after.values, field.values);
  }
}

TEST(HandleRemoval, of_no_share_does_nothing) {
  const ScalarGrid field = disordered();
  ScalarGrid after = field;
  remove_handles(after, {}, {.share = 0});
  EXPECT_EQ(after.values, field.values);
}

TEST(HandleRemoval, takes_most_handles_from_disordered_layers_and_half_of_them_when_asked) {
  const long before = handles(disordered());
  ASSERT_GT(before, 40);
  ScalarGrid half = disordered(), whole = disordered();
  const HandleRemoval some = remove_handles(half, {}, {.share = 0.5}), all = remove_handles(whole, {}, {});
  EXPECT_NEAR(static_cast<double>(some.closed), 0.5 * before, 0.05 * before);
  EXPECT_LT(some.longest_closed, all.longest_closed);
  EXPECT_NEAR(static_cast<double>(handles(half)), 0.5 * before, 0.1 * before);
  EXPECT_LT(handles(whole), 0.3 * before);
}

TEST(HandleRemoval, does_not_depend_on_the_number_of_threads) {
  ScalarGrid one = disordered(), two = one;
  omp_set_num_threads(1);
  remove_handles(one, {}, {});
  omp_set_num_threads(2);
  remove_handles(two, {}, {});
  EXPECT_EQ(one.values, two.values);
}

// Grid points that are joined with the centre of a pore on its side of the surface, by edges of Kuhn's tetrahedra.
std::size_t room_of(const ScalarGrid& field, const Vector3& centre) {
  std::vector<std::array<int, 3>> reached{
      {static_cast<int>(centre.x), static_cast<int>(centre.y), static_cast<int>(centre.z)}};
  std::vector<char> seen(field.size(), 0);
  const auto folded = [&](int i) { return (i + field.points()) % field.points(); };
  for (std::size_t next = 0; next < reached.size(); ++next)
    for (int corner = 1; corner < 8; ++corner)
      for (const int sign : {1, -1}) {
        const auto [i, j, k] = reached[next];
        const std::array<int, 3> here{folded(i + sign * (corner & 1)), folded(j + sign * (corner >> 1 & 1)),
                                      folded(k + sign * (corner >> 2))};
        const std::size_t point = field.index(here[0], here[1], here[2]);
        if (seen[point] || field.values[point] >= 0) continue;
        seen[point] = 1;
        reached.push_back(here);
      }
  return reached.size();
}

// The wall may bend, but nothing outside is reached that was not before.
TEST(HandleRemoval, keeps_closed_pores_closed) {
  PoreLayout pores;
  pores.pores = {{{18, 18, 18}, 6}};
  Stream stream(8, Purpose::Test);
  const LamellarFieldOptions shape{
      .grains = {.spacing = 3.6, .layer_extent = 25, .stack_height = 12}, .edge = 36, .anneal_steps = 60};
  ScalarGrid field = grow_lamellar_field(shape, pores, {}, stream);
  const auto closed = static_cast<double>(room_of(field, pores.pores[0].centre));
  ASSERT_NEAR(closed, 4 * std::numbers::pi / 3 * std::pow(pores.pores[0].wall_radius(), 3), 0.2 * closed);
  ASSERT_GT(remove_handles(field, pores, {}).closed, 10u);
  EXPECT_NEAR(static_cast<double>(room_of(field, pores.pores[0].centre)), closed, 0.05 * closed);
}

TEST(FillLoop, parts_a_neck_and_keeps_held_points) {
  ScalarGrid field = necked_layers(40, 40, 8, {{10, 10, 0}, {30, 30, 0}});
  const SurfaceMesh mesh = zero_surface(field);
  const std::vector<HandleLoop> loops = short_handle_loops(mesh, 20);
  ASSERT_FALSE(loops.empty());
  ScalarGrid untouched = field;
  fill_loop(untouched, mesh, loops.front(), {2.2, std::vector<char>(field.size(), 1)});
  EXPECT_EQ(untouched.values, field.values);
  ASSERT_EQ(handles(field), 3);
  fill_loop(field, mesh, loops.front(), {2.2, {}});
  EXPECT_EQ(handles(field), 2);
}

}  // namespace
}  // namespace cardhouse
