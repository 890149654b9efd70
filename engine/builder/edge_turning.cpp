#include "engine/builder/edge_turning.hpp"

#include <array>
#include <cmath>

#include "engine/base/contracts.hpp"
#include "engine/builder/chunks.hpp"

namespace cardhouse {
namespace {

using Index = VertexStars::Index;
using Edge = VertexStars::Edge;

constexpr double stiffness = 3;       // of lengths, against the valence term
constexpr double longest_edge = 1.6;  // [spacings]

double square(double x) {
  return x * x;
}

// Of the sum of (valence - 6)^2, when the ends lose one and the tips win one.
int change_of_valences(const VertexStars& stars, const Edge& e) {
  return 2 * (stars.valence(e.left) + stars.valence(e.right) - stars.valence(e.from) - stars.valence(e.to)) + 4;
}

// Which turns a draw from (0, 1) takes.
class Judge {
 public:
  explicit Judge(const EdgeTurningOptions& options) : spacing_(options.spacing), temperature_(options.temperature) {
    for (int change = least; change <= most; ++change)
      most_likely_[static_cast<std::size_t>(change - least)] =
          likelihood(change - stiffness * square(longest_edge - 1));
  }

  bool takes(const VertexStars& stars, const Edge& e, double draw) const {
    const int valences = change_of_valences(stars, e);
    if (draw >= most_likely_[static_cast<std::size_t>(valences - least)]) return false;
    const double turned = norm(stars.separation(e.left, e.right)) / spacing_;
    if (turned > longest_edge) return false;
    const double length = std::min(longest_edge, norm(stars.separation(e.from, e.to)) / spacing_);
    return draw < likelihood(valences + stiffness * (square(turned - 1) - square(length - 1)));
  }

 private:
  static constexpr int most = 4 * VertexStars::most_neighbours + 4, least = -most;

  double likelihood(double change) const {
    if (change < -1e-9) return 1;
    return temperature_ > 0 ? std::exp(-change / temperature_) : 0;
  }

  double spacing_;
  double temperature_;
  std::array<double, most - least + 1> most_likely_{};  // whatever the lengths, for each change of the valences
};

// Whether the two faces after the turn would look the same way as each other and as those before.
bool stays_unfolded(const VertexStars& stars, const Edge& e) {
  const auto [a, b, p, q] = e;
  const Vector3 ap = stars.separation(a, p), aq = stars.separation(a, q), ab = stars.separation(a, b);
  const Vector3 one = cross(aq, ap), other = cross(stars.separation(b, p), stars.separation(b, q));
  const Vector3 before = cross(ab, ap) + cross(aq, ab);
  return dot(one, other) >= 0 && dot(one, before) >= 0 && dot(other, before) >= 0;
}

struct Proposal {
  Edge edge;
  double draw;
};

std::vector<std::vector<Proposal>> judge_edges(const VertexStars& stars, const Judge& judge, std::uint64_t seed) {
  std::vector<std::vector<Proposal>> taken(chunk_count(stars.size()));
  for_each_chunk(stars.size(), [&](std::size_t chunk, Index first, Index last) {
    Stream stream(seed, Purpose::LamellarField, chunk);
    for (Index v = first; v < last; ++v)
      for (int k = 0; k < stars.valence(v); ++k) {
        const Edge edge = stars.edge(v, k);
        if (edge.to < v) continue;
        const double draw = stream.uniform();
        if (judge.takes(stars, edge, draw)) taken[chunk].push_back({edge, draw});
      }
  });
  return taken;
}

}  // namespace

std::size_t turn_edges(VertexStars& stars, const EdgeTurningOptions& options, Stream& stream) {
  EXPECTS(options.spacing > 0 && options.temperature >= 0);
  const Judge judge(options);
  std::size_t turned = 0;
  for (const auto& of_chunk : judge_edges(stars, judge, stream.bits()))
    for (const auto& [edge, draw] : of_chunk)
      if (judge.takes(stars, edge, draw) && stays_unfolded(stars, edge)) turned += stars.turn(edge);
  return turned;
}

}  // namespace cardhouse
