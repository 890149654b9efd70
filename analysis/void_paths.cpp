#include "analysis/void_paths.hpp"

#include <algorithm>
#include <limits>
#include <unordered_map>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

using Image = VoidGraph::Image;

// Union-find that knows in which image of its root each node lies.
class PeriodicSets {
 public:
  explicit PeriodicSets(std::size_t n) : parent_(n), image_(n), size_(n, 1) {
    for (std::uint32_t i = 0; i < n; ++i) parent_[i] = i;
  }
  struct Place {
    std::uint32_t root;
    Image image;
  };
  Place find(std::uint32_t node) const {
    Image image{};
    while (parent_[node] != node) {
      for (int axis = 0; axis < 3; ++axis) image[axis] += image_[node][axis];
      node = parent_[node];
    }
    return {node, image};
  }
  /// Joins two roots: `b` lies in `image` of `a`. Returns the root that stays.
  std::uint32_t join(std::uint32_t a, std::uint32_t b, Image image) {
    if (size_[a] < size_[b]) {
      std::swap(a, b);
      for (int& n : image) n = -n;
    }
    parent_[b] = a;
    image_[b] = image;
    size_[a] += size_[b];
    return a;
  }

 private:
  std::vector<std::uint32_t> parent_;
  std::vector<Image> image_;
  std::vector<std::uint32_t> size_;
};

// Where the root at the end of an edge lies, seen from the root at its start.
Image between_roots(const PeriodicSets::Place& from, const VoidGraph::Edge& edge, const PeriodicSets::Place& to) {
  Image result;
  for (int axis = 0; axis < 3; ++axis) result[axis] = from.image[axis] + edge.image[axis] - to.image[axis];
  return result;
}

// For every node the radius at which its surroundings first percolate; narrowest edges last.
std::vector<double> mouth_radii(const VoidGraph& graph, std::span<const std::uint32_t> nodes) {
  PeriodicSets sets(graph.nodes().size());
  std::vector<bool> percolates(graph.nodes().size(), false);
  std::unordered_map<std::uint32_t, std::vector<std::size_t>> waiting;  // pores by root
  std::vector<double> radii(nodes.size(), 0);
  for (std::size_t p = 0; p < nodes.size(); ++p) waiting[nodes[p]].push_back(p);
  for (const VoidGraph::Edge& edge : graph.edges()) {
    if (edge.clearance <= 0 || waiting.empty()) break;
    const auto from = sets.find(edge.from), to = sets.find(edge.to);
    const Image image = between_roots(from, edge, to);
    std::uint32_t root = from.root;
    if (from.root != to.root) {
      const bool either = percolates[from.root] || percolates[to.root];
      root = sets.join(from.root, to.root, image);
      percolates[root] = either;
      const auto moved = waiting.extract(root == from.root ? to.root : from.root);
      if (!moved.empty()) {
        auto& pores = waiting[root];
        pores.insert(pores.end(), moved.mapped().begin(), moved.mapped().end());
      }
    } else if (image != Image{}) {
      percolates[root] = true;
    }
    if (!percolates[root]) continue;
    const auto arrived = waiting.extract(root);
    if (arrived.empty()) continue;
    for (const std::size_t pore : arrived.mapped()) radii[pore] = edge.clearance;
  }
  return radii;
}

struct Neck {
  std::uint32_t first, second;  // pores
  Image image;
  auto operator<=>(const Neck&) const = default;
};

Neck make_neck(std::uint32_t first, std::uint32_t second, Image image) {
  if (first < second || (first == second && image > Image{})) return {first, second, image};
  for (int& n : image) n = -n;
  return {second, first, image};
}

// Necks between basins, each as wide as where its pores first meet.
std::vector<std::pair<Neck, double>> find_necks(const VoidGraph& graph, std::span<const std::uint32_t> nodes,
                                                double least_throat) {
  constexpr std::uint32_t no_pore = std::numeric_limits<std::uint32_t>::max();
  PeriodicSets sets(graph.nodes().size());
  std::vector<std::uint32_t> pore_of(graph.nodes().size(), no_pore);
  for (std::uint32_t p = 0; p < nodes.size(); ++p)
    if (pore_of[nodes[p]] == no_pore) pore_of[nodes[p]] = p;
  std::vector<std::pair<Neck, double>> necks;
  for (const VoidGraph::Edge& edge : graph.edges()) {
    if (edge.clearance < least_throat) break;
    const auto from = sets.find(edge.from), to = sets.find(edge.to);
    const Image image = between_roots(from, edge, to);
    const std::uint32_t a = pore_of[from.root], b = pore_of[to.root];
    if (from.root == to.root) {
      if (image != Image{} && a != no_pore) necks.push_back({make_neck(a, a, image), edge.clearance});
    } else if (a != no_pore && b != no_pore) {
      // Seen from pore to pore, not from root to root.
      const Image first = sets.find(nodes[a]).image, second = sets.find(nodes[b]).image;
      Image pores;
      for (int axis = 0; axis < 3; ++axis) pores[axis] = image[axis] + second[axis] - first[axis];
      necks.push_back({make_neck(a, b, pores), edge.clearance});
    } else {
      pore_of[sets.join(from.root, to.root, image)] = a != no_pore ? a : b;
    }
  }
  std::stable_sort(necks.begin(), necks.end(), [](const auto& x, const auto& y) { return x.first < y.first; });
  const auto same = [](const auto& x, const auto& y) { return x.first == y.first; };
  necks.erase(std::unique(necks.begin(), necks.end(), same), necks.end());
  return necks;
}

}  // namespace

std::vector<PoreThroat> find_throats(const VoidGraph& graph, std::span<const std::uint32_t> nodes,
                                     double least_throat) {
  std::vector<PoreThroat> throats;
  for (const auto& [neck, radius] : find_necks(graph, nodes, least_throat))
    throats.push_back({neck.first, neck.second, neck.image, radius});
  return throats;
}

SphereDiameters sphere_diameters(const VoidGraph& graph) {
  SphereDiameters result;
  PeriodicSets sets(graph.nodes().size());
  std::vector<double> widest;
  for (const VoidGraph::Node& node : graph.nodes()) {
    widest.push_back(node.clearance);
    result.largest = std::max(result.largest, 2 * node.clearance);
  }
  for (const VoidGraph::Edge& edge : graph.edges()) {
    if (edge.clearance <= 0) break;
    const auto from = sets.find(edge.from), to = sets.find(edge.to);
    const Image image = between_roots(from, edge, to);
    if (from.root != to.root) {
      const double wider = std::max(widest[from.root], widest[to.root]);
      widest[sets.join(from.root, to.root, image)] = wider;
    } else if (image != Image{}) {
      result.limiting = 2 * edge.clearance;
      result.along_path = 2 * widest[from.root];
      break;
    }
  }
  return result;
}

std::vector<PoreConnection> connect_pores(const VoidGraph& graph, std::span<const std::uint32_t> nodes,
                                          double least_throat) {
  EXPECTS(least_throat > 0);
  std::vector<PoreConnection> result(nodes.size());
  const std::vector<double> mouths = mouth_radii(graph, nodes);
  for (std::size_t p = 0; p < nodes.size(); ++p) result[p].mouth_radius = mouths[p];
  for (const PoreThroat& throat : find_throats(graph, nodes, least_throat)) {
    for (const std::uint32_t pore : {throat.first, throat.second}) {
      ++result[pore].neighbours;
      result[pore].throat_radius = std::max(result[pore].throat_radius, throat.radius);
    }
  }
  for (std::size_t p = 0; p < nodes.size(); ++p) {
    const auto first = static_cast<std::size_t>(std::find(nodes.begin(), nodes.end(), nodes[p]) - nodes.begin());
    result[p] = result[first];
  }
  return result;
}

}  // namespace cardhouse
