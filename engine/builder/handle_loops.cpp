#include "engine/builder/handle_loops.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <queue>
#include <set>
#include <span>
#include <utility>

#include "engine/builder/surface_homology.hpp"

namespace cardhouse {
namespace {

using Index = SurfaceMesh::Index;

constexpr double shortest_way_round = 0.99;  // in cube edges: no shorter loop runs round the periodic cube
constexpr double far = std::numeric_limits<double>::infinity();

struct Candidate {
  HandleLoop loop;  // without vertices: none found
  std::uint64_t homology = 0;
};

// Finds the shortest loop at one vertex after the other; its arrays are used again.
class LoopSearch {
 public:
  LoopSearch(const SurfaceMesh& mesh, std::span<const std::uint64_t> cocycle, double longest)
      : mesh_(mesh),
        cocycle_(cocycle),
        longest_(longest),
        distance_(mesh.vertex_slots(), far),
        homology_(mesh.vertex_slots(), 0),
        parent_(mesh.vertex_slots(), SurfaceMesh::none) {}

  Candidate shortest_near(Index root) {
    grow_tree(root);
    const Index closing = shortest_closing_edge();
    Candidate found;
    if (closing != SurfaceMesh::none) found = close(closing);
    for (const Index v : reached_) distance_[v] = far;
    return found;
  }

 private:
  // Dijkstra's tree of shortest paths, out to half the longest loop or half the shortest one met on the way.
  void grow_tree(Index root) {
    using Entry = std::pair<double, Index>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
    reached_.assign(1, root);
    distance_[root] = 0, homology_[root] = 0, parent_[root] = SurfaceMesh::none;
    open.push({0, root});
    double longest = longest_;
    while (!open.empty() && open.top().first <= 0.5 * longest) {
      const auto [distance, v] = open.top();
      open.pop();
      if (distance > distance_[v]) continue;
      mesh_.for_each_spoke(v, [&](Index h) {
        const Index w = mesh_.end(h);
        const double along = distance + mesh_.length(h);
        if (distance_[w] != far && (homology_[v] ^ homology_[w]) != cocycle_[h])
          longest = std::min(longest, along + distance_[w]);
        if (along >= distance_[w]) return;
        if (distance_[w] == far) reached_.push_back(w);
        distance_[w] = along, homology_[w] = homology_[v] ^ cocycle_[h], parent_[w] = v;
        open.push({along, w});
      });
    }
  }

  Index shortest_closing_edge() const {
    Index best = SurfaceMesh::none;
    double shortest = longest_;
    for (const Index v : reached_)
      mesh_.for_each_spoke(v, [&](Index h) {
        const Index w = mesh_.end(h);
        if (w < v || distance_[w] == far || (homology_[v] ^ homology_[w]) == cocycle_[h]) return;
        const double length = distance_[v] + distance_[w] + mesh_.length(h);
        if (length < shortest) shortest = length, best = h;
      });
    return best;
  }

  std::vector<Index> path_to_root(Index v) const {
    std::vector<Index> path;
    for (; v != SurfaceMesh::none; v = parent_[v]) path.push_back(v);
    return path;
  }

  // The two paths to the root and the edge between their ends, without the stem that the paths share.
  Candidate close(Index h) const {
    const Index a = mesh_.start(h), b = mesh_.end(h);
    std::vector<Index> loop = path_to_root(a), back = path_to_root(b);
    Index fork = loop.back();
    while (!loop.empty() && !back.empty() && loop.back() == back.back()) {
      fork = loop.back();
      loop.pop_back();
      back.pop_back();
    }
    loop.push_back(fork);
    loop.insert(loop.end(), back.rbegin(), back.rend());
    return {{std::move(loop), distance_[a] + distance_[b] + mesh_.length(h) - 2 * distance_[fork]},
            homology_[a] ^ homology_[b] ^ cocycle_[h]};
  }

  const SurfaceMesh& mesh_;
  std::span<const std::uint64_t> cocycle_;
  double longest_;
  std::vector<double> distance_;
  std::vector<std::uint64_t> homology_;
  std::vector<Index> parent_;
  std::vector<Index> reached_;
};

// Vertices of which no two are joined and to one of which every other is.
std::vector<Index> scattered_vertices(const SurfaceMesh& mesh) {
  std::vector<char> covered(mesh.vertex_slots(), 0);
  std::vector<Index> chosen;
  for (Index v = 0; v < mesh.vertex_slots(); ++v) {
    if (covered[v]) continue;
    chosen.push_back(v);
    mesh.for_each_spoke(v, [&](Index h) { covered[mesh.end(h)] = 1; });
  }
  return chosen;
}

std::vector<Candidate> all_candidates(const SurfaceMesh& mesh, double longest) {
  const std::vector<std::uint64_t> cocycle = random_cocycle(mesh);
  const std::vector<Index> roots = scattered_vertices(mesh);
  std::vector<Candidate> candidates(roots.size());
#pragma omp parallel
  {
    LoopSearch search(mesh, cocycle, longest);
#pragma omp for schedule(dynamic, 64)
    for (std::ptrdiff_t i = 0; i < static_cast<std::ptrdiff_t>(roots.size()); ++i)
      candidates[i] = search.shortest_near(roots[i]);
  }
  std::erase_if(candidates, [](const Candidate& candidate) { return candidate.loop.vertices.empty(); });
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.loop.length < b.loop.length; });
  return candidates;
}

}  // namespace

std::vector<HandleLoop> short_handle_loops(const SurfaceMesh& mesh, double longest) {
  std::vector<HandleLoop> loops;
  std::vector<char> taken(mesh.vertex_slots(), 0);
  std::set<std::uint64_t> classes;
  for (Candidate& candidate : all_candidates(mesh, std::min(longest, shortest_way_round * mesh.cube().edge))) {
    const auto& vertices = candidate.loop.vertices;
    if (std::any_of(vertices.begin(), vertices.end(), [&](Index v) { return taken[v]; })) continue;
    if (!classes.insert(candidate.homology).second) continue;
    for (const Index v : vertices) taken[v] = 1;
    loops.push_back(std::move(candidate.loop));
  }
  return loops;
}

}  // namespace cardhouse
