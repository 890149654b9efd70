#include "analysis/void_graph.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>
#include <unordered_map>
#include <voro++/voro++.hh>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"
#include "engine/structure/atom_locator.hpp"

namespace cardhouse {
namespace {

using Image = VoidGraph::Image;

// Voro++ wants the first cell vector along x and the second in the plane of x and y.
Cell upright(const Cell& cell) {
  const auto& [a, b, c] = cell.vectors();
  const double ax = norm(a), bx = dot(a, b) / ax, by = std::sqrt(squared_norm(b) - bx * bx);
  const double cx = dot(a, c) / ax, cy = (dot(b, c) - bx * cx) / by;
  return Cell({ax, 0, 0}, {bx, by, 0}, {cx, cy, std::sqrt(squared_norm(c) - cx * cx - cy * cy)});
}

// Makes one node of all Voronoi vertices at one place, images included.
class NodeMerger {
 public:
  NodeMerger(const Cell& cell, std::vector<VoidGraph::Node>& nodes) : cell_(cell), nodes_(nodes) {
    for (int axis = 0; axis < 3; ++axis)
      bins_[axis] = std::clamp<std::int64_t>(std::llround(cell.widths()[axis] / bin), 1, 1 << 20);
  }

  struct Place {
    std::uint32_t node = 0;
    Image image{};
  };
  Place insert(const Vector3& fractional, double clearance) {
    Vector3 wrapped;
    for (int axis = 0; axis < 3; ++axis) wrapped[axis] = fractional[axis] - std::floor(fractional[axis]);
    std::uint32_t node = find(wrapped);
    if (node == none) {
      node = static_cast<std::uint32_t>(nodes_.size());
      nodes_.push_back({cell_.to_cartesian(wrapped), clearance});
      fractional_.push_back(wrapped);
      by_bin_.emplace(key(bin_of(wrapped)), node);
    }
    nodes_[node].clearance = std::min(nodes_[node].clearance, clearance);
    Image image;
    for (int axis = 0; axis < 3; ++axis)
      image[axis] = static_cast<int>(std::lround(fractional[axis] - fractional_[node][axis]));
    return {node, image};
  }

 private:
  static constexpr double bin = 2e-3, tolerance = 1e-5;  // angstrom
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  using Bin = std::array<std::int64_t, 3>;

  Bin bin_of(const Vector3& wrapped) const {
    Bin result;
    for (int axis = 0; axis < 3; ++axis) result[axis] = static_cast<std::int64_t>(wrapped[axis] * bins_[axis]);
    return result;
  }
  std::uint64_t key(Bin b) const {
    std::uint64_t result = 0;
    for (int axis = 0; axis < 3; ++axis)
      result = (result << 21) | static_cast<std::uint64_t>((b[axis] % bins_[axis] + bins_[axis]) % bins_[axis]);
    return result;
  }

  std::uint32_t find(const Vector3& wrapped) const {
    // Only bins that the tolerance reaches: nearly always one.
    Bin low, high;
    for (int axis = 0; axis < 3; ++axis) {
      const double at = wrapped[axis] * static_cast<double>(bins_[axis]);
      const double reach = tolerance / cell_.widths()[axis] * static_cast<double>(bins_[axis]);
      low[axis] = static_cast<std::int64_t>(std::floor(at - reach));
      high[axis] = static_cast<std::int64_t>(std::floor(at + reach));
    }
    Bin b;
    for (b[0] = low[0]; b[0] <= high[0]; ++b[0])
      for (b[1] = low[1]; b[1] <= high[1]; ++b[1])
        for (b[2] = low[2]; b[2] <= high[2]; ++b[2]) {
          const auto [begin, end] = by_bin_.equal_range(key(b));
          for (auto it = begin; it != end; ++it)
            if (near(wrapped, fractional_[it->second])) return it->second;
        }
    return none;
  }
  bool near(const Vector3& a, const Vector3& b) const {
    Vector3 d = a - b;
    for (int axis = 0; axis < 3; ++axis) d[axis] -= std::round(d[axis]);
    return norm(cell_.to_cartesian(d)) < tolerance;
  }

  const Cell& cell_;
  std::vector<VoidGraph::Node>& nodes_;
  std::array<std::int64_t, 3> bins_{};
  std::vector<Vector3> fractional_;
  std::unordered_multimap<std::uint64_t, std::uint32_t> by_bin_;
};

// The point of a segment nearest to the origin.
Vector3 nearest_point(const Vector3& a, const Vector3& b) {
  const Vector3 side = b - a;
  const double length = squared_norm(side);
  const double t = length > 0 ? std::clamp(-dot(a, side) / length, 0.0, 1.0) : 0.0;
  return a + t * side;
}

VoidGraph::Edge make_edge(const NodeMerger::Place& a, const NodeMerger::Place& b, double clearance) {
  Image image;
  for (int axis = 0; axis < 3; ++axis) image[axis] = b.image[axis] - a.image[axis];
  if (a.node < b.node || (a.node == b.node && image > Image{})) return {a.node, b.node, image, clearance};
  for (int& n : image) n = -n;
  return {b.node, a.node, image, clearance};
}

struct NarrowEdge {
  VoidGraph::Edge edge;
  Vector3 neck;  // its narrowest point, in the upright cell
};

// Vertices and edges of one Voronoi cell, with clearances to its own atom.
class CellReader {
 public:
  CellReader(const Cell& upright_cell, NodeMerger& merger, std::vector<NarrowEdge>& edges)
      : upright_(upright_cell), merger_(merger), edges_(edges) {}

  void read(voro::voronoicell& cell, const Vector3& centre, double radius) {
    cell.vertices(coordinates_);
    corners_.clear();
    places_.clear();
    for (std::size_t i = 0; i + 2 < coordinates_.size(); i += 3) {
      const Vector3 corner{coordinates_[i], coordinates_[i + 1], coordinates_[i + 2]};
      const double clearance = norm(corner) - radius;
      corners_.push_back(corner);
      places_.push_back(clearance > 0 ? merger_.insert(upright_.to_fractional(centre + corner), clearance)
                                      : NodeMerger::Place{});
    }
    cell.face_vertices(faces_);
    for (std::size_t start = 0; start < faces_.size(); start += static_cast<std::size_t>(faces_[start]) + 1) {
      const int sides = faces_[start];
      for (int n = 0; n < sides; ++n) {
        const auto a = static_cast<std::size_t>(faces_[start + 1 + n]);
        const auto b = static_cast<std::size_t>(faces_[start + 1 + (n + 1) % sides]);
        if (a > b) continue;  // the face on the other side has it
        const Vector3 neck = nearest_point(corners_[a], corners_[b]);
        if (norm(neck) <= radius) continue;  // within the atom; else both ends are outside and have their nodes
        const auto edge = make_edge(places_[a], places_[b], norm(neck) - radius);
        if (edge.from != edge.to || edge.image != Image{}) edges_.push_back({edge, centre + neck});
      }
    }
  }

 private:
  const Cell& upright_;
  NodeMerger& merger_;
  std::vector<NarrowEdge>& edges_;
  std::vector<double> coordinates_;
  std::vector<Vector3> corners_;
  std::vector<NodeMerger::Place> places_;
  std::vector<int> faces_;
};

// One edge for the copies of the cells round it, as narrow as the narrowest.
void merge_copies(std::vector<NarrowEdge>& edges) {
  const auto ends = [](const NarrowEdge& e) { return std::tie(e.edge.from, e.edge.to, e.edge.image); };
  std::sort(edges.begin(), edges.end(), [&](const auto& a, const auto& b) {
    return ends(a) != ends(b) ? ends(a) < ends(b) : a.edge.clearance < b.edge.clearance;
  });
  const auto same = [&](const auto& a, const auto& b) { return ends(a) == ends(b); };
  edges.erase(std::unique(edges.begin(), edges.end(), same), edges.end());
}

// Among different radii an atom that is no neighbour of a radical cell may be the nearest.
void ask_all_atoms(const AtomLocator& locator, const Cell& upright_cell, std::vector<VoidGraph::Node>& nodes,
                   std::vector<NarrowEdge>& edges) {
#pragma omp parallel for schedule(static)
  for (std::int64_t n = 0; n < static_cast<std::int64_t>(nodes.size()); ++n)
    nodes[n].clearance = locator.nearest(nodes[n].position).clearance;
#pragma omp parallel for schedule(static)
  for (std::int64_t n = 0; n < static_cast<std::int64_t>(edges.size()); ++n) {
    VoidGraph::Edge& edge = edges[n].edge;
    const Vector3 neck = locator.cell().to_cartesian(upright_cell.to_fractional(edges[n].neck));
    const double at_ends = std::min(nodes[edge.from].clearance, nodes[edge.to].clearance);
    edge.clearance = std::min(at_ends, locator.nearest(neck).clearance);
  }
}

}  // namespace

VoidGraph::VoidGraph(const Atoms& atoms) : cell_(atoms.cell) {
  if (atoms.size() == 0) throw InputError("a structure without atoms has no voids to measure");
  const Cell turned = upright(cell_);
  const auto& [x, y, z] = turned.vectors();
  const double per_length = std::cbrt(static_cast<double>(atoms.size()) / 6 / cell_.volume());  // 6 atoms a block
  const auto blocks = [&](double length) { return std::max(1, static_cast<int>(length * per_length)); };
  voro::container_periodic_poly container(x.x, y.x, y.y, z.x, z.y, z.z, blocks(x.x), blocks(y.y), blocks(z.z), 8);
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    const Vector3 p = turned.to_cartesian(cell_.to_fractional(cell_.wrap(atoms.positions[i])));
    container.put(static_cast<int>(i), p.x, p.y, p.z, van_der_waals_radius(atoms.elements[i]));
  }
  NodeMerger merger(cell_, nodes_);
  std::vector<NarrowEdge> edges;
  CellReader reader(turned, merger, edges);
  voro::c_loop_all_periodic loop(container);
  voro::voronoicell voronoi;
  if (loop.start()) {
    do {
      if (!container.compute_cell(voronoi, loop)) continue;
      Vector3 centre;
      int atom = 0;
      double radius = 0;
      loop.pos(atom, centre.x, centre.y, centre.z, radius);
      reader.read(voronoi, centre, radius);
    } while (loop.inc());
  }
  merge_copies(edges);
  const AtomLocator locator(atoms);
  if (locator.radii().size() > 1) ask_all_atoms(locator, turned, nodes_, edges);
  for (const NarrowEdge& narrow : edges)
    if (narrow.edge.clearance > 0) edges_.push_back(narrow.edge);
  std::stable_sort(edges_.begin(), edges_.end(),
                   [](const Edge& a, const Edge& b) { return a.clearance > b.clearance; });
}

VoidGraph VoidGraph::part(const std::function<bool(const Vector3&)>& keep) const {
  VoidGraph result(cell_);
  constexpr std::uint32_t left_out = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> number(nodes_.size(), left_out);
  for (std::size_t n = 0; n < nodes_.size(); ++n) {
    if (!keep(nodes_[n].position)) continue;
    number[n] = static_cast<std::uint32_t>(result.nodes_.size());
    result.nodes_.push_back(nodes_[n]);
  }
  for (const Edge& edge : edges_) {
    if (number[edge.from] == left_out || number[edge.to] == left_out) continue;
    result.edges_.push_back({number[edge.from], number[edge.to], edge.image, edge.clearance});
  }
  return result;
}

std::vector<std::uint32_t> VoidGraph::nodes_near(std::span<const Vector3> positions, double reach) const {
  EXPECTS(!nodes_.empty());
  Atoms points{cell_, {}, std::vector<Element>(nodes_.size(), Element::C)};
  for (const Node& node : nodes_) points.positions.push_back(node.position);
  const AtomLocator locator(points, std::vector<double>(nodes_.size(), 0.0));
  std::vector<AtomLocator::Image> images;
  std::vector<std::uint32_t> result;
  const auto wider = [&](const AtomLocator::Image& a, const AtomLocator::Image& b) {
    const double first = nodes_[a.atom].clearance, second = nodes_[b.atom].clearance;
    return first != second ? first > second : a.atom < b.atom;
  };
  for (const Vector3& position : positions) {
    locator.gather(position, reach, images);
    const auto widest = std::min_element(images.begin(), images.end(), wider);
    result.push_back(widest == images.end() ? locator.nearest(position).atom : widest->atom);
  }
  return result;
}

}  // namespace cardhouse
