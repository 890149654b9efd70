#include "analysis/pair_histogram.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

constexpr double longest_range = 40;  // peak widths of crystallites up to 6 nm are resolved with it
constexpr double box_width = 6;       // of the cell lists: about twenty atoms in a box

}  // namespace

// Counts the pairs of a periodic cell box by box. The number of boxes along each vector is even, so that a box lies in
// one octant; its atoms are sorted by element, so that the inner loop writes to one or two rows only.
class PairCounter {
 public:
  PairCounter(const Atoms& atoms, PairHistogram& histogram)
      : cell_(atoms.cell), histogram_(histogram), n_elements_(histogram.elements_.size()) {
    for (int axis = 0; axis < 3; ++axis) {
      boxes_[axis] = 2 * std::max(1, static_cast<int>(cell_.widths()[axis] / (2 * box_width)));
      reach_[axis] = static_cast<int>(std::ceil(histogram.range_ * boxes_[axis] / cell_.widths()[axis])) + 1;
    }
    sort_atoms(atoms);
  }

  void count() {
    const int n_boxes = boxes_[0] * boxes_[1] * boxes_[2];
#pragma omp parallel
    {
      std::vector<std::uint64_t> counts(histogram_.counts_.size(), 0);
#pragma omp for schedule(dynamic, 1)
      for (int box = 0; box < n_boxes; ++box) count_box(box, counts);
#pragma omp critical
      std::transform(counts.begin(), counts.end(), histogram_.counts_.begin(), histogram_.counts_.begin(),
                     std::plus<>());
    }
  }

 private:
  void sort_atoms(const Atoms& atoms) {
    const std::size_t n_runs = static_cast<std::size_t>(boxes_[0]) * boxes_[1] * boxes_[2] * n_elements_;
    std::vector<std::size_t> run(atoms.size());
    runs_.assign(n_runs + 1, 0);
    for (std::size_t i = 0; i < atoms.size(); ++i) {
      const Vector3 fractional = cell_.to_fractional(cell_.wrap(atoms.positions[i]));
      std::array<int, 3> box;
      for (int axis = 0; axis < 3; ++axis) {
        box[axis] = std::clamp(static_cast<int>(fractional[axis] * boxes_[axis]), 0, boxes_[axis] - 1);
      }
      const std::size_t element = histogram_.element_index(atoms.elements[i]);
      const std::size_t number = index(box);
      run[i] = number * n_elements_ + element;
      ++runs_[run[i] + 1];
      ++histogram_.atoms_[octant_of(box)][element];
    }
    for (std::size_t r = 0; r < n_runs; ++r) runs_[r + 1] += runs_[r];
    std::vector<std::uint32_t> next(runs_.begin(), runs_.end() - 1);
    x_.resize(atoms.size());
    y_.resize(atoms.size());
    z_.resize(atoms.size());
    for (std::size_t i = 0; i < atoms.size(); ++i) {
      const Vector3 position = cell_.wrap(atoms.positions[i]);
      const std::uint32_t slot = next[run[i]]++;
      x_[slot] = position.x;
      y_[slot] = position.y;
      z_[slot] = position.z;
    }
  }

  std::size_t index(const std::array<int, 3>& box) const {
    return (static_cast<std::size_t>(box[0]) * boxes_[1] + box[1]) * boxes_[2] + box[2];
  }
  std::size_t octant_of(const std::array<int, 3>& box) const {
    return (2 * box[0] >= boxes_[0]) + 2 * (2 * box[1] >= boxes_[1]) + 4 * (2 * box[2] >= boxes_[2]);
  }

  bool out_of_reach(const std::array<int, 3>& offset) const {
    double longest = 0, square = 0;
    for (int axis = 0; axis < 3; ++axis) {
      const double gap = std::max(0, std::abs(offset[axis]) - 1) * cell_.widths()[axis] / boxes_[axis];
      longest = std::max(longest, gap);
      square += gap * gap;
    }
    return cell_.is_orthorhombic() ? square > histogram_.range_ * histogram_.range_ : longest > histogram_.range_;
  }

  void count_box(int number, std::vector<std::uint64_t>& counts) const {
    const std::array<int, 3> box{number / (boxes_[1] * boxes_[2]), number / boxes_[2] % boxes_[1], number % boxes_[2]};
    for (int i = 0; i <= reach_[0]; ++i) {
      for (int j = i == 0 ? 0 : -reach_[1]; j <= reach_[1]; ++j) {
        for (int k = i == 0 && j == 0 ? 0 : -reach_[2]; k <= reach_[2]; ++k) {
          const std::array<int, 3> offset{i, j, k};
          if (!out_of_reach(offset)) count_boxes(box, offset, counts);
        }
      }
    }
  }

  void count_boxes(const std::array<int, 3>& box, const std::array<int, 3>& offset,
                   std::vector<std::uint64_t>& counts) const {
    std::array<int, 3> other;
    Vector3 shift;
    for (int axis = 0; axis < 3; ++axis) {
      const int n = boxes_[axis];
      const int raw = box[axis] + offset[axis];
      const int image = raw >= 0 ? raw / n : -((n - 1 - raw) / n);
      other[axis] = raw - image * n;
      shift += cell_.vectors()[axis] * image;
    }
    const bool same = offset == std::array<int, 3>{};
    const std::size_t first = index(box) * n_elements_, second = index(other) * n_elements_;
    for (std::size_t a = 0; a < n_elements_; ++a) {
      for (std::size_t b = same ? a : 0; b < n_elements_; ++b) {
        std::uint64_t* here = counts.data() + histogram_.row(octant_of(box), a, b);
        std::uint64_t* there = counts.data() + histogram_.row(octant_of(other), a, b);
        for (std::uint32_t i = runs_[first + a]; i < runs_[first + a + 1]; ++i) {
          const std::uint32_t start = same && a == b ? i + 1 : runs_[second + b];
          const Vector3 from = Vector3{x_[i], y_[i], z_[i]} - shift;
          count_run(from, start, runs_[second + b + 1], here, there);
        }
      }
    }
  }

  void count_run(const Vector3& from, std::uint32_t start, std::uint32_t end, std::uint64_t* here,
                 std::uint64_t* there) const {
    constexpr std::uint32_t chunk = 64;
    std::array<double, chunk> distance;
    const double scale = 1 / histogram_.bin_width_;
    const double limit = histogram_.range_ * scale;
    for (std::uint32_t s = start; s < end; s += chunk) {
      const std::uint32_t length = std::min(chunk, end - s);
      for (std::uint32_t n = 0; n < length; ++n) {
        const double dx = x_[s + n] - from.x, dy = y_[s + n] - from.y, dz = z_[s + n] - from.z;
        distance[n] = std::sqrt(dx * dx + dy * dy + dz * dz) * scale;
      }
      for (std::uint32_t n = 0; n < length; ++n) {
        if (distance[n] >= limit) continue;
        const auto bin = static_cast<std::size_t>(distance[n]);
        ++here[bin];
        ++there[bin];
      }
    }
  }

  const Cell& cell_;
  PairHistogram& histogram_;
  std::size_t n_elements_;
  std::array<int, 3> boxes_{};
  std::array<int, 3> reach_{};
  std::vector<std::uint32_t> runs_;
  std::vector<double> x_, y_, z_;
};

PairHistogram::PairHistogram(std::span<const Element> elements, double range, double bin_width)
    : range_(range), bin_width_(bin_width), n_bins_(static_cast<std::size_t>(std::ceil(range / bin_width)) + 1) {
  elements_.assign(elements.begin(), elements.end());
  std::sort(elements_.begin(), elements_.end());
  elements_.erase(std::unique(elements_.begin(), elements_.end()), elements_.end());
  for (auto& atoms : atoms_) atoms.assign(elements_.size(), 0);
  counts_.assign(n_octants * elements_.size() * (elements_.size() + 1) / 2 * n_bins_, 0);
}

PairHistogram PairHistogram::periodic(const Atoms& atoms, double range, double bin_width) {
  EXPECTS(range >= 0 && range <= atoms.cell.inradius() * (1 + 1e-12) && bin_width > 0);
  if (atoms.size() == 0) throw InputError("a structure without atoms does not scatter");
  PairHistogram histogram(atoms.elements, range > 0 ? range : std::min(atoms.cell.inradius(), longest_range),
                          bin_width);
  histogram.cell_volume_ = atoms.cell.volume();
  PairCounter(atoms, histogram).count();
  return histogram;
}

PairHistogram PairHistogram::cluster(std::span<const Vector3> positions, std::span<const Element> elements,
                                     double bin_width) {
  EXPECTS(positions.size() == elements.size() && !positions.empty() && bin_width > 0);
  const auto n = static_cast<std::int64_t>(positions.size());
  double longest = 0;
#pragma omp parallel for schedule(dynamic, 64) reduction(max : longest)
  for (std::int64_t i = 0; i < n; ++i) {
    for (std::int64_t j = 0; j < i; ++j) longest = std::max(longest, squared_norm(positions[i] - positions[j]));
  }
  PairHistogram histogram(elements, std::sqrt(longest) + bin_width, bin_width);
  std::vector<std::size_t> element;
  for (const Element e : elements) element.push_back(histogram.element_index(e));
  for (const std::size_t a : element) ++histogram.atoms_[0][a];
  const double scale = 1 / bin_width;
#pragma omp parallel
  {
    std::vector<std::uint64_t> counts(histogram.row(1, 0, 0), 0);  // of octant 0
#pragma omp for schedule(dynamic, 64)
    for (std::int64_t i = 0; i < n; ++i) {
      for (std::int64_t j = 0; j < i; ++j) {
        const auto bin = static_cast<std::size_t>(norm(positions[i] - positions[j]) * scale);
        counts[histogram.row(0, element[i], element[j]) + bin] += 2;
      }
    }
#pragma omp critical
    std::transform(counts.begin(), counts.end(), histogram.counts_.begin(), histogram.counts_.begin(), std::plus<>());
  }
  return histogram;
}

std::size_t PairHistogram::atoms_of(std::size_t element) const {
  std::size_t n = 0;
  for (const auto& atoms : atoms_) n += atoms[element];
  return n;
}

std::span<const std::uint64_t> PairHistogram::pairs(std::size_t octant, std::size_t a, std::size_t b) const {
  return {counts_.data() + row(octant, a, b), n_bins_};
}

std::size_t PairHistogram::row(std::size_t octant, std::size_t a, std::size_t b) const {
  const std::size_t low = std::min(a, b), high = std::max(a, b);
  const std::size_t n = elements_.size();
  const std::size_t pair = low * n - low * (low + 1) / 2 + high;
  return (octant * (n * (n + 1) / 2) + pair) * n_bins_;
}

std::size_t PairHistogram::element_index(Element element) const {
  return std::lower_bound(elements_.begin(), elements_.end(), element) - elements_.begin();
}

}  // namespace cardhouse
