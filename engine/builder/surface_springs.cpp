#include "engine/builder/surface_springs.hpp"

#include <algorithm>
#include <cmath>

#include "engine/builder/chunks.hpp"

namespace cardhouse {

using Index = VertexStars::Index;

namespace {

constexpr double spring_step = 1.2;     // of the mean pull of the springs; 1.8 is unstable (measured)
constexpr double fold_step = 0.7;       // of the way to the middle of the neighbours
constexpr double longest_move = 0.4;    // [spacings]
constexpr double longest_return = 0.5;  // to the surface at once [angstrom]
constexpr int moves_per_look = 8;
constexpr float shortest = 1e-3f;  // edge that pulls like a longer one [angstrom]

Vector3 drawn_shake(double width, Stream& stream) {
  const double side = std::sqrt(12.0) * width * 0x1p-21;
  const std::uint64_t bits = stream.bits();
  const auto part = [&](int k) { return side * (static_cast<double>(bits >> (21 * k) & 0x1fffff) - 0x1p20); };
  return {part(0), part(1), part(2)};
}

}  // namespace

// From a vertex to its neighbours, in order; zeros fill up the rest of a vector register.
struct SurfaceSprings::Fan {
  static constexpr int width = 8, most = 2 * width;
  int size;
  float x[most], y[most], z[most];

  Fan(const VertexStars& stars, Index v) {
    const auto neighbours = stars.neighbours(v);
    const VertexStars::Place here = stars.place(v);
    size = static_cast<int>(neighbours.size());
    for (int k = 0; k < size; ++k) {
      const VertexStars::Place there = stars.place(neighbours[static_cast<std::size_t>(k)]);
      x[k] = there.x - here.x, y[k] = there.y - here.y, z[k] = there.z - here.z;
    }
    for (int k = size; k < padded(); ++k) x[k] = y[k] = z[k] = 0;
    const auto edge = static_cast<float>(stars.cube().edge);
    for (int first = 0; first < padded(); first += width)
      for (float* axis : {x + first, y + first, z + first})
        for (int k = 0; k < width; ++k)
          axis[k] = axis[k] > 0.5f * edge ? axis[k] - edge : axis[k] < -0.5f * edge ? axis[k] + edge : axis[k];
  }

  int padded() const { return size <= width ? width : most; }
  Vector3 along(int k) const { return {x[k], y[k], z[k]}; }

  // Mean of the pulls of springs of strength one.
  Vector3 pull(float spacing) const {
    float sum_x = 0, sum_y = 0, sum_z = 0;
    for (int first = 0; first < padded(); first += width)
#pragma omp simd reduction(+ : sum_x, sum_y, sum_z)
      for (int k = first; k < first + width; ++k) {
        const float length = std::max(shortest, std::sqrt(x[k] * x[k] + y[k] * y[k] + z[k] * z[k]));
        const float stretch = 1 - spacing / length;
        sum_x += stretch * x[k], sum_y += stretch * y[k], sum_z += stretch * z[k];
      }
    return Vector3{sum_x, sum_y, sum_z} / size;
  }

  Vector3 middle() const {
    Vector3 sum;
    for (int k = 0; k < size; ++k) sum += along(k);
    return sum / size;
  }

  bool folded(const Vector3& normal) const {
    for (int k = 0; k < size; ++k)
      if (dot(cross(along(k), along(k + 1 < size ? k + 1 : 0)), normal) < 0) return true;
    return false;
  }
};

// How far above the surface the vertex is.
double SurfaceSprings::look(const VertexStars& stars, Index v, const Fan& fan) {
  const auto [value, gradient] = field_.sample(stars.position(v));
  const Vector3 normal = normalized(gradient);
  planes_[v] = {static_cast<float>(normal.x), static_cast<float>(normal.y), static_cast<float>(normal.z),
                fan.folded(normal)};
  const double steepness = norm(gradient);
  return steepness > 1e-5 ? std::clamp(value / steepness, -longest_return, longest_return) : 0;
}

Vector3 SurfaceSprings::yielded(const VertexStars& stars, Index v, const Vector3& shake) {
  const Fan fan(stars, v);
  const double height = moves_ % moves_per_look == 0 ? look(stars, v, fan) : 0;
  const Plane& plane = planes_[v];
  const Vector3 normal{plane.x, plane.y, plane.z};
  Vector3 move = plane.folded ? fold_step * fan.middle() : spring_step * fan.pull(static_cast<float>(spacing_)) + shake;
  move -= dot(move, normal) * normal;
  const double length = norm(move);
  if (!plane.folded && length > longest_move * spacing_) move *= longest_move * spacing_ / length;
  return stars.position(v) + move - height * normal;
}

void SurfaceSprings::move(VertexStars& stars, double shaking, Stream& stream) {
  planes_.resize(stars.size());
  moved_.resize(stars.size());
  const std::uint64_t seed = stream.bits();
  for_each_chunk(stars.size(), [&](std::size_t chunk, Index first, Index last) {
    Stream shakes(seed, Purpose::LamellarField, chunk);
    for (Index v = first; v < last; ++v)
      moved_[v] = stars.wrapped(yielded(stars, v, shaking > 0 ? drawn_shake(shaking, shakes) : Vector3{}));
  });
  stars.exchange(moved_);
  ++moves_;
}

}  // namespace cardhouse
