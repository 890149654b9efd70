#include "potentials/nep.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"
#include "potentials/element_kinds.hpp"
#include "potentials/packed_neighbours.hpp"

namespace cardhouse {

/// The neighbours of an atom within the angular range, those of one kind together, each kind filled up to whole lanes.
struct Nep::Neighbourhood {
  struct Pair {
    Vector3 unit;
    double r;
    double inverse;
    std::uint32_t index;  ///< of the directed pair
  };
  std::vector<std::vector<Pair>> by_kind;
  std::vector<std::size_t> starts;  ///< [kind], and the end: into pairs
  std::vector<Pair> pairs;
  std::vector<double> distances;
  std::vector<double> values, slopes;  ///< of the radial functions, [function][pair]
  std::vector<double> harmonics;       ///< [pair][harmonic]
  std::vector<double> sums;            ///< [function][harmonic]

  /// Lays the pairs of all kinds side by side.
  void align() {
    starts.assign(1, 0);
    pairs.clear();
    for (const auto& alike : by_kind) {
      pairs.insert(pairs.end(), alike.begin(), alike.end());
      pairs.resize(whole_lanes(pairs.size()));
      starts.push_back(pairs.size());
    }
    distances.clear();
    for (const Pair& pair : pairs) distances.push_back(pair.r);
  }
  NepFunctions functions(std::size_t count, std::size_t first) {
    return {values.data() + first, slopes.data() + first, pairs.size(), count};
  }
};

/// Room for what is done with nep_lanes atoms at a time.
struct Nep::Batch {
  std::array<Neighbourhood, nep_lanes> near;
  std::vector<double> descriptors;  ///< [descriptor][lane]
  std::vector<double> by_descriptor;
  std::vector<double> trial;
  std::vector<double> neurons;
  std::vector<double> pulls;        ///< [function][harmonic]
  std::vector<double> by_harmonic;  ///< [pair][harmonic]
  std::vector<double> by_distance;  ///< [pair]
};

namespace {

constexpr double least_distance = 1e-9;  // [angstrom]; closer atoms have no direction
static_assert(PackedNeighbours::lanes == nep_lanes);
constexpr std::size_t rows_at_once = 16 * nep_lanes;

constexpr std::size_t most_invariants = 6;

NepTables read_tables(const Atoms& atoms, const std::string& path) {
  if (path.empty()) throw InputError("nep needs a parameter file", "name a nep.txt of GPUMD");
  return NepTables(read_nep_file(path), distinct_elements(atoms.elements), path);
}

}  // namespace

Nep::Nep(const CarbonStructure& structure, const NepOptions& options)
    : kinds_(kind_of_each(structure.atoms, distinct_elements(structure.atoms.elements), "nep")),
      tables_(read_tables(structure.atoms, options.parameter_file)),
      radial_(BondGraph(kinds_.size(), {}), kinds_, tables_.kinds(), {tables_.largest_radial_cutoff(), options.skin}),
      angular_({tables_.largest_angular_cutoff(), options.skin}) {}

Evaluation Nep::evaluate(const Atoms& atoms, std::span<Vector3> forces) {
  EXPECTS(atoms.size() == kinds_.size() && forces.size() == atoms.size());
  radial_.update(atoms);
  angular_.update(atoms);
  const std::size_t rows = angular_.rows();
  const std::span blocks = radial_.blocks();
  radial_descriptors_.resize(rows * tables_.radial_functions);
  radial_pulls_.resize(rows * tables_.kinds() * tables_.radial_basis);
  slopes_.resize(angular_.size() + 1);
  slopes_.back() = {};  // of a reverse that rounding hid
  row_sums_.assign((rows + rows_at_once - 1) / rows_at_once, {});
  block_virials_.resize(blocks.size());
#pragma omp parallel if (rows > rows_at_once)
  {
    Batch batch;
#pragma omp for schedule(dynamic)
    for (std::size_t b = 0; b < blocks.size(); ++b) find_radial_descriptors(blocks[b]);
#pragma omp for schedule(dynamic)
    for (std::size_t group = 0; group < row_sums_.size(); ++group) {
      const std::size_t end = std::min(rows, (group + 1) * rows_at_once);
      for (std::size_t row = group * rows_at_once; row < end; row += nep_lanes) {
        row_sums_[group] += evaluate_rows(row, std::min(row + nep_lanes, end), batch);
      }
    }
#pragma omp for schedule(static)
    for (std::size_t row = 0; row < rows; ++row) forces[angular_.owner(row)] = angular_.gather_force(row, slopes_);
#pragma omp for schedule(dynamic)
    for (std::size_t b = 0; b < blocks.size(); ++b) block_virials_[b] = add_radial_forces(blocks[b], forces);
  }
  Evaluation total;
  for (const Evaluation& sum : row_sums_) total += sum;
  for (const Virial& virial : block_virials_) total.virial += virial;
  return total;
}

void Nep::find_radial_descriptors(const VerletList::Block& block) {
  PackedNeighbours near;
  std::vector<double> sums(tables_.radial_basis);
  for (std::size_t h = 0; h < block.homes.size(); ++h) {
    const std::uint32_t atom = radial_.owner(block.homes[h]);
    const std::span q =
        std::span(radial_descriptors_).subspan(atom * tables_.radial_functions, tables_.radial_functions);
    std::fill(q.begin(), q.end(), 0.0);
    for_neighbour_groups(block, h, tables_.kinds(), [&](std::size_t kind, std::span<const std::uint32_t> sites) {
      const NepTables::Pair& pair = tables_.pair(kinds_[atom], kind);
      near.pack(radial_, block.homes[h], sites, pair.radial_cutoff);
      std::fill(sums.begin(), sums.end(), 0.0);
      add_nep_basis(near.distances(), pair.radial_cutoff, sums);
      for (std::size_t n = 0; n < q.size(); ++n) {
        const double* const c = &pair.radial[n * sums.size()];
        for (std::size_t k = 0; k < sums.size(); ++k) q[n] += c[k] * sums[k];
      }
    });
  }
}

Virial Nep::add_radial_forces(const VerletList::Block& block, std::span<Vector3> forces) const {
  PackedNeighbours near;
  std::array<std::uint32_t, PackedNeighbours::capacity> offsets;
  Virial virial;
  for (std::size_t h = 0; h < block.homes.size(); ++h) {
    const std::uint32_t atom = radial_.owner(block.homes[h]);
    Vector3 force;
    for_neighbour_groups(block, h, tables_.kinds(), [&](std::size_t kind, std::span<const std::uint32_t> sites) {
      const double cutoff = tables_.pair(kinds_[atom], kind).radial_cutoff;
      near.pack(radial_, block.homes[h], sites, cutoff);
      for (std::size_t k = 0; k < near.distances().size(); ++k) {
        offsets[k] =
            static_cast<std::uint32_t>((near.owners[k] * tables_.kinds() + kinds_[atom]) * tables_.radial_basis);
      }
      const NepPairCoefficients pulls{
          {radial_pulls(atom, kind), tables_.radial_basis}, radial_pulls_.data(), offsets.data()};
      find_nep_slopes(near.distances(), cutoff, pulls, near.slopes.data());
      near.add_forces(force, virial);
    });
    forces[atom] += force;
  }
  return virial;
}

Evaluation Nep::evaluate_rows(std::size_t first, std::size_t last, Batch& batch) {
  batch.descriptors.assign(tables_.descriptors() * nep_lanes, 0.0);
  Evaluation total;
  for (std::size_t row = first; row < last; ++row) {
    const std::size_t lane = row - first;
    const std::uint32_t atom = angular_.owner(row);
    total += gather(row, batch.near[lane]);
    sum_harmonics(kinds_[atom], lane, batch);
    const double* const q = &radial_descriptors_[atom * tables_.radial_functions];
    for (std::size_t n = 0; n < tables_.radial_functions; ++n) batch.descriptors[n * nep_lanes + lane] = q[n];
  }
  total.energy += apply_networks(first, last, batch);
  for (std::size_t row = first; row < last; ++row) {
    store_radial_pulls(angular_.owner(row), row - first, batch);
    total.virial += spread(row - first, batch);
  }
  return total;
}

Evaluation Nep::gather(std::size_t row, Neighbourhood& near) {
  const std::uint8_t kind = kinds_[angular_.owner(row)];
  const Vector3 centre = angular_.position(row);
  Evaluation repelled;
  near.by_kind.resize(tables_.kinds());
  for (auto& pairs : near.by_kind) pairs.clear();
  for (std::uint32_t index = angular_.starts()[row]; index < angular_.starts()[row + 1]; ++index) {
    slopes_[index] = {};
    const std::uint8_t other = kinds_[angular_.neighbour(index)];
    const NepTables::Pair& pair = tables_.pair(kind, other);
    const Vector3 d = angular_.neighbour_position(index) - centre;
    const double r = norm(d);
    const double inverse = r > least_distance ? 1 / r : 0;
    for (const NepRepulsion& repulsion : pair.repulsion) {
      const auto [energy, slope] = repulsion.at(r);
      repelled.energy += 0.5 * energy;
      slopes_[index] = 0.5 * slope * inverse * d;
      repelled.virial += virial_of(d, slopes_[index]);
    }
    if (r < pair.angular_cutoff) near.by_kind[other].push_back({inverse * d, r, inverse, index});
  }
  return repelled;
}

void Nep::sum_harmonics(std::uint8_t kind, std::size_t lane, Batch& batch) const {
  Neighbourhood& near = batch.near[lane];
  const std::size_t n_functions = tables_.angular_functions;
  near.align();
  near.values.resize(n_functions * near.pairs.size());
  near.slopes.resize(n_functions * near.pairs.size());
  for (std::size_t other = 0; other < tables_.kinds(); ++other) {
    const NepTables::Pair& pair = tables_.pair(kind, other);
    const std::size_t first = near.starts[other];
    const std::span distances = std::span(near.distances).subspan(first, near.starts[other + 1] - first);
    for (std::size_t k = near.by_kind[other].size(); k < distances.size(); ++k) distances[k] = pair.angular_cutoff;
    find_nep_functions(distances, pair.angular_cutoff, pair.angular, near.functions(n_functions, first));
  }
  near.harmonics.resize(near.pairs.size() * nep_harmonics);
  for (std::size_t p = 0; p < near.pairs.size(); ++p) {
    find_nep_harmonics(near.pairs[p].unit, &near.harmonics[p * nep_harmonics]);
  }
  near.sums.resize(n_functions * nep_harmonics);
  sum_nep_harmonics(near.functions(n_functions, 0), {near.harmonics.data(), near.pairs.size()}, near.sums.data());
  std::array<double, most_invariants> values;
  for (std::size_t n = 0; n < n_functions; ++n) {
    tables_.invariants.evaluate(&near.sums[n * nep_harmonics], values.data());
    for (std::size_t row = 0; row < tables_.invariants.rows(); ++row) {
      batch.descriptors[descriptor(row, n) * nep_lanes + lane] = values[row];
    }
  }
}

double Nep::apply_networks(std::size_t first, std::size_t last, Batch& batch) const {
  batch.by_descriptor.resize(batch.descriptors.size());
  batch.trial.resize(batch.descriptors.size());
  batch.neurons.resize(tables_.neurons * nep_lanes);
  double energy = 0;
  for (std::size_t kind = 0; kind < tables_.kinds(); ++kind) {
    std::array<bool, nep_lanes> chosen{};
    for (std::size_t row = first; row < last; ++row) chosen[row - first] = kinds_[angular_.owner(row)] == kind;
    if (std::find(chosen.begin(), chosen.end(), true) == chosen.end()) continue;
    std::array<double, nep_lanes> energies;
    evaluate_nep_network(tables_.network(kind), batch.descriptors, {batch.neurons, batch.trial, energies.data()});
    for (std::size_t lane = 0; lane < nep_lanes; ++lane) {
      if (!chosen[lane]) continue;
      energy += energies[lane] - tables_.bias;
      for (std::size_t d = lane; d < batch.trial.size(); d += nep_lanes) batch.by_descriptor[d] = batch.trial[d];
    }
  }
  return energy;
}

void Nep::store_radial_pulls(std::uint32_t atom, std::size_t lane, const Batch& batch) {
  const std::size_t n_basis = tables_.radial_basis;
  for (std::size_t other = 0; other < tables_.kinds(); ++other) {
    double* const pulls = &radial_pulls_[(atom * tables_.kinds() + other) * n_basis];
    std::fill_n(pulls, n_basis, 0.0);
    const double* c = tables_.pair(kinds_[atom], other).radial.data();
    for (std::size_t n = 0; n < tables_.radial_functions; ++n) {
      const double slope = batch.by_descriptor[n * nep_lanes + lane];
      for (std::size_t k = 0; k < n_basis; ++k) pulls[k] += slope * *c++;
    }
  }
}

Virial Nep::spread(std::size_t lane, Batch& batch) {
  Neighbourhood& near = batch.near[lane];
  const std::size_t n_functions = tables_.angular_functions;
  batch.pulls.resize(n_functions * nep_harmonics);
  std::array<double, most_invariants> slopes;
  for (std::size_t n = 0; n < n_functions; ++n) {
    for (std::size_t row = 0; row < tables_.invariants.rows(); ++row) {
      slopes[row] = batch.by_descriptor[descriptor(row, n) * nep_lanes + lane];
    }
    tables_.invariants.differentiate(&near.sums[n * nep_harmonics], slopes.data(), &batch.pulls[n * nep_harmonics]);
  }
  batch.by_harmonic.resize(near.harmonics.size());
  batch.by_distance.resize(near.pairs.size());
  spread_nep_harmonics(near.functions(n_functions, 0), {near.harmonics.data(), near.pairs.size()}, batch.pulls.data(),
                       {batch.by_harmonic.data(), batch.by_distance.data()});
  Virial virial;
  for (std::size_t kind = 0; kind < tables_.kinds(); ++kind) {
    for (std::size_t p = near.starts[kind]; p < near.starts[kind] + near.by_kind[kind].size(); ++p) {
      const auto& [unit, r, inverse, index] = near.pairs[p];
      const Vector3 turn = nep_harmonics_gradient(unit, &batch.by_harmonic[p * nep_harmonics]);
      const Vector3 slope = batch.by_distance[p] * unit + inverse * (turn - dot(turn, unit) * unit);
      slopes_[index] += slope;
      virial += virial_of(r * unit, slope);
    }
  }
  return virial;
}

}  // namespace cardhouse
