#include "engine/builder/surface_mesh.hpp"

#include <algorithm>
#include <utility>

#include "engine/base/contracts.hpp"

namespace cardhouse {

SurfaceMesh::SurfaceMesh(const PeriodicCube& cube, std::vector<Vector3> positions,
                         std::vector<std::array<Index, 3>> faces)
    : cube_(cube),
      positions_(std::move(positions)),
      outgoing_(positions_.size(), none),
      valence_(positions_.size(), 0) {
  EXPECTS(3 * faces.size() < none);
  for (Vector3& position : positions_) position = cube_.wrap(position);
  start_.reserve(3 * faces.size());
  for (const auto& face : faces) start_.insert(start_.end(), face.begin(), face.end());
  faces = {};  // room for what follows
  find_twins();
  count_valences();
}

// Buckets of half-edges by start vertex: the twin of a->b is in the bucket of b.
void SurfaceMesh::find_twins() {
  twin_.assign(start_.size(), none);
  std::vector<Index> offsets(positions_.size() + 1, 0), bucket(start_.size());
  for (const Index v : start_) ++offsets[v + 1];
  for (std::size_t v = 1; v < offsets.size(); ++v) offsets[v] += offsets[v - 1];
  std::vector<Index> fill(offsets.begin(), offsets.end() - 1);
  for (Index h = 0; h < start_.size(); ++h) bucket[fill[start_[h]]++] = h;
  for (Index h = 0; h < start_.size(); ++h) {
    const Index a = start(h), b = end(h);
    for (Index place = offsets[b]; place < offsets[b + 1]; ++place) {
      if (end(bucket[place]) != a) continue;
      EXPECTS(twin_[h] == none);
      twin_[h] = bucket[place];
    }
    EXPECTS(twin_[h] != none);
  }
}

void SurfaceMesh::count_valences() {
  for (Index h = 0; h < start_.size(); ++h) {
    EXPECTS(twin_[twin_[h]] == h);
    outgoing_[start_[h]] = h;
    ++valence_[start_[h]];
  }
  for (Index v = 0; v < vertex_slots(); ++v) {
    if (!has_vertex(v)) continue;
    int fan = 0;
    for_each_spoke(v, [&](Index) { ++fan; });
    EXPECTS(fan == valence_[v]);
  }
}

void SurfaceMesh::move(std::vector<Vector3> positions) {
  EXPECTS(positions.size() == positions_.size());
  positions_ = std::move(positions);
}

Vector3 SurfaceMesh::centroid(Index face) const {
  const Index a = start_[3 * face];
  return cube_.wrap(positions_[a] + (separation(a, start_[3 * face + 1]) + separation(a, start_[3 * face + 2])) / 3.0);
}

bool SurfaceMesh::adjacent(Index a, Index b) const {
  bool found = false;
  for_each_spoke(a, [&](Index h) { found = found || end(h) == b; });
  return found;
}

bool SurfaceMesh::flip(Index h) {
  const Index t = twin_[h], n = next(h), tn = next(t);
  const Index a = start_[h], b = start_[t], p = apex(h), q = apex(t);
  if (valence_[a] <= smallest_valence || valence_[b] <= smallest_valence) return false;
  if (valence_[p] >= largest_valence || valence_[q] >= largest_valence) return false;
  if (p == q || adjacent(p, q)) return false;
  join(h, twin_[tn]);  // h: a->q, its face a q p
  join(t, twin_[n]);   // t: b->p, its face b p q
  join(n, tn);         // n: q->p
  start_[n] = q;
  start_[tn] = p;
  outgoing_[a] = h, outgoing_[b] = t, outgoing_[p] = tn, outgoing_[q] = n;
  --valence_[a], --valence_[b], ++valence_[p], ++valence_[q];
  return true;
}

SurfaceMesh::Index SurfaceMesh::split(Index h, const Vector3& at) {
  const Index t = twin_[h], n = next(h), tn = next(t);
  const Index a = start_[h], b = start_[t], p = apex(h), q = apex(t);
  const Index m = vertex_slots(), mbp = static_cast<Index>(start_.size()), maq = mbp + 3;
  positions_.push_back(cube_.wrap(at));
  start_.insert(start_.end(), {m, b, p, m, a, q});
  twin_.resize(start_.size(), none);
  join(mbp + 1, twin_[n]);   // b->p
  join(maq + 1, twin_[tn]);  // a->q
  start_[n] = m;             // h: a->m, n: m->p
  start_[tn] = m;            // t: b->m, tn: m->q
  join(h, maq);
  join(t, mbp);
  join(n, mbp + 2);
  join(tn, maq + 2);
  outgoing_[a] = h, outgoing_[b] = t;
  outgoing_.push_back(n);
  valence_.push_back(4);
  ++valence_[p], ++valence_[q];
  return m;
}

bool SurfaceMesh::can_collapse(Index h) const {
  const Index t = twin_[h], a = start_[h], b = start_[t], p = apex(h), q = apex(t);
  const int merged = valence_[a] + valence_[b] - 4;
  if (p == q || merged < smallest_valence || merged > largest_valence) return false;
  if (valence_[p] <= smallest_valence || valence_[q] <= smallest_valence) return false;
  std::array<Index, largest_valence> round_b{};  // merged is within the limit, so b is
  std::size_t count = 0;
  for_each_spoke(b, [&](Index spoke) { round_b[count++] = end(spoke); });
  std::ptrdiff_t common = 0;
  for_each_spoke(a, [&](Index spoke) { common += std::count(round_b.begin(), round_b.begin() + count, end(spoke)); });
  return common == 2;
}

void SurfaceMesh::collapse(Index h, const Vector3& at) {
  EXPECTS(can_collapse(h));
  const Index t = twin_[h], a = start_[h], b = start_[t], p = apex(h), q = apex(t);
  const Index pb = twin_[next(h)], ap = twin_[previous(h)];
  const Index qa = twin_[next(t)], bq = twin_[previous(t)];
  valence_[a] += valence_[b] - 4;
  --valence_[p], --valence_[q];
  std::array<Index, 64> spokes;
  std::size_t count = 0;
  for_each_spoke(b, [&](Index spoke) { spokes[count++] = spoke; });
  for (std::size_t i = 0; i < count; ++i) start_[spokes[i]] = a;
  remove_face(h / 3);
  remove_face(t / 3);
  join(pb, ap);
  join(qa, bq);
  outgoing_[a] = ap, outgoing_[p] = pb, outgoing_[q] = qa;
  outgoing_[b] = none;
  valence_[b] = 0;
  positions_[a] = cube_.wrap(at);
}

void SurfaceMesh::compact() {
  std::vector<Index> vertex_number(positions_.size(), none), half_edge_number(start_.size(), none);
  Index kept = 0;
  for (Index v = 0; v < vertex_number.size(); ++v) {
    if (!has_vertex(v)) continue;
    positions_[kept] = positions_[v], valence_[kept] = valence_[v], outgoing_[kept] = outgoing_[v];
    vertex_number[v] = kept++;
  }
  positions_.resize(kept), valence_.resize(kept), outgoing_.resize(kept);
  kept = 0;
  for (Index h = 0; h < half_edge_number.size(); ++h)
    if (start_[h] != none) half_edge_number[h] = kept++;
  for (Index h = 0; h < half_edge_number.size(); ++h) {
    const Index to = half_edge_number[h];
    if (to == none) continue;
    start_[to] = vertex_number[start_[h]], twin_[to] = half_edge_number[twin_[h]];
  }
  start_.resize(kept), twin_.resize(kept);
  for (Index& h : outgoing_) h = half_edge_number[h];
}

SurfaceMesh::Index SurfaceMesh::vertices() const {
  return static_cast<Index>(std::count_if(outgoing_.begin(), outgoing_.end(), [](Index h) { return h != none; }));
}

SurfaceMesh::Index SurfaceMesh::faces() const {
  Index number = 0;
  for (Index f = 0; f < face_slots(); ++f) number += has_face(f);
  return number;
}

double SurfaceMesh::area() const {
  double sum = 0;
  for (Index f = 0; f < face_slots(); ++f) {
    if (!has_face(f)) continue;
    const Index a = start_[3 * f];
    sum += 0.5 * norm(cross(separation(a, start_[3 * f + 1]), separation(a, start_[3 * f + 2])));
  }
  return sum;
}

}  // namespace cardhouse
