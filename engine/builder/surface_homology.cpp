#include "engine/builder/surface_homology.hpp"

#include <algorithm>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

using Index = SurfaceMesh::Index;

void expect_no_empty_slots(const SurfaceMesh& mesh) {
  EXPECTS(mesh.faces() == mesh.face_slots() && mesh.vertices() == mesh.vertex_slots());
}

// Half-edges, with their twins, of a breadth-first spanning forest of the vertices.
struct VertexForest {
  std::vector<char> holds;  // per half-edge
  std::size_t trees = 0;
};

VertexForest span_vertices(const SurfaceMesh& mesh) {
  VertexForest forest{std::vector<char>(3 * mesh.face_slots(), 0), 0};
  std::vector<char> seen(mesh.vertex_slots(), 0);
  std::vector<Index> reached;
  for (Index root = 0; root < mesh.vertex_slots(); ++root) {
    if (seen[root]) continue;
    ++forest.trees;
    seen[root] = 1;
    reached.assign(1, root);
    for (std::size_t next = 0; next < reached.size(); ++next)
      mesh.for_each_spoke(reached[next], [&](Index h) {
        if (seen[mesh.end(h)]) return;
        seen[mesh.end(h)] = 1;
        forest.holds[h] = forest.holds[mesh.twin(h)] = 1;
        reached.push_back(mesh.end(h));
      });
  }
  return forest;
}

// Spanning forest of the faces across edges that the vertex forest leaves free.
struct FaceForest {
  std::vector<Index> faces;      // roots before leaves
  std::vector<Index> to_parent;  // per face the half-edge towards its parent, none for a root
  std::vector<char> holds;       // per half-edge
};

FaceForest span_faces(const SurfaceMesh& mesh, const VertexForest& vertices) {
  FaceForest forest{{}, std::vector<Index>(mesh.face_slots(), SurfaceMesh::none), {}};
  forest.holds.assign(3 * mesh.face_slots(), 0);
  std::vector<char> seen(mesh.face_slots(), 0);
  for (Index root = 0; root < mesh.face_slots(); ++root) {
    if (seen[root]) continue;
    std::size_t next = forest.faces.size();
    seen[root] = 1;
    forest.faces.push_back(root);
    for (; next < forest.faces.size(); ++next)
      for (Index h = 3 * forest.faces[next], side = 0; side < 3; ++side, ++h) {
        const Index other = mesh.twin(h) / 3;
        if (vertices.holds[h] || seen[other]) continue;
        seen[other] = 1;
        forest.to_parent[other] = mesh.twin(h);
        forest.holds[h] = forest.holds[mesh.twin(h)] = 1;
        forest.faces.push_back(other);
      }
  }
  return forest;
}

// The finaliser of SplitMix64 (Steele, Lea & Flood 2014, doi:10.1145/2660193.2660195): numbers of neighbouring edges
// become unrelated words.
std::uint64_t scrambled(std::uint64_t number) {
  number += 0x9e3779b97f4a7c15u;
  number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9u;
  number = (number ^ (number >> 27)) * 0x94d049bb133111ebu;
  return number ^ (number >> 31);
}

}  // namespace

SurfaceTopology topology(const SurfaceMesh& mesh) {
  expect_no_empty_slots(mesh);
  const std::size_t pieces = span_vertices(mesh).trees;
  return {pieces, static_cast<long>(pieces) - mesh.euler_characteristic() / 2};
}

std::vector<std::uint64_t> random_cocycle(const SurfaceMesh& mesh) {
  expect_no_empty_slots(mesh);
  const VertexForest vertices = span_vertices(mesh);
  const FaceForest faces = span_faces(mesh, vertices);
  std::vector<std::uint64_t> words(3 * mesh.face_slots(), 0);
  for (Index h = 0; h < words.size(); ++h)
    if (!vertices.holds[h] && !faces.holds[h]) words[h] = scrambled(std::min(h, mesh.twin(h)));
  for (auto face = faces.faces.rbegin(); face != faces.faces.rend(); ++face) {
    const Index h = faces.to_parent[*face];
    if (h == SurfaceMesh::none) continue;
    words[h] = words[mesh.twin(h)] = words[mesh.next(h)] ^ words[mesh.previous(h)];
  }
  return words;
}

}  // namespace cardhouse
