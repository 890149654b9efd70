#include "analysis/void_graph.hpp"

#include <gtest/gtest.h>

#include "engine/base/errors.hpp"
#include "engine/structure/atom_locator.hpp"
#include "tests/analysis/samples.hpp"

namespace cardhouse {
namespace {

Atoms random_solid(const Cell& cell, int n) {
  Stream stream(31, Purpose::Test);
  Atoms atoms{cell, {}, {}};
  for (int i = 0; i < n; ++i)
    atoms.add(Element::C, cell.to_cartesian({stream.uniform(), stream.uniform(), stream.uniform()}));
  return atoms;
}

TEST(VoidGraph, nodes_hold_the_clearance_that_the_atoms_give_them) {
  const Atoms atoms = random_solid(Cell({14, 0, 0}, {4, 13, 0}, {-3, 5, 15}), 60);
  const AtomLocator locator(atoms);
  const VoidGraph graph(atoms);
  for (const VoidGraph::Node& node : graph.nodes())
    EXPECT_NEAR(node.clearance, locator.nearest(node.position).clearance, 1e-6);
}

TEST(VoidGraph, gives_only_spheres_that_fit_among_different_radii) {
  Atoms atoms = random_solid(Cell::cubic(15), 40);
  for (std::size_t i = 0; i < atoms.size(); i += 3) atoms.elements[i] = Element::H;
  const AtomLocator locator(atoms);
  const VoidGraph graph(atoms);
  for (const VoidGraph::Node& node : graph.nodes())
    EXPECT_LE(node.clearance, locator.nearest(node.position).clearance + 1e-9);
}

TEST(VoidGraph, of_nothing_is_refused) {
  EXPECT_THROW(VoidGraph(Atoms{Cell::cubic(5), {}, {}}), InputError);
}

}  // namespace
}  // namespace cardhouse
