#include "engine/base/communicator.hpp"

#include <mpi.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <numeric>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

const MPI_Comm world_communicator = MPI_COMM_WORLD;

bool mpi_is_running() {
  int started = 0;
  int ended = 0;
  MPI_Initialized(&started);
  MPI_Finalized(&ended);
  return started && !ended;
}

/// MPI counts in int.
int as_count(std::size_t size) {
  EXPECTS(size <= static_cast<std::size_t>(std::numeric_limits<int>::max()));
  return static_cast<int>(size);
}

std::vector<int> gathered_counts(int own, int ranks) {
  std::vector<int> counts(static_cast<std::size_t>(ranks));
  MPI_Allgather(&own, 1, MPI_INT, counts.data(), 1, MPI_INT, world_communicator);
  return counts;
}

}  // namespace

ParallelSession::ParallelSession(int& argc, char**& argv) {
  int provided = 0;
  MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &provided);
}

ParallelSession::~ParallelSession() {
  if (mpi_is_running()) MPI_Finalize();
}

Communicator Communicator::world() {
  Communicator result;
  if (!mpi_is_running()) return result;
  MPI_Comm_rank(world_communicator, &result.rank_);
  MPI_Comm_size(world_communicator, &result.size_);
  result.parallel_ = result.size_ > 1;
  return result;
}

void Communicator::barrier() const {
  if (parallel_) MPI_Barrier(world_communicator);
}

void Communicator::sum(std::span<double> values) const {
  if (!parallel_) return;
  const std::vector<double> all = gather(values);
  EXPECTS(all.size() == values.size() * static_cast<std::size_t>(size_));
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = 0;
    for (std::size_t rank = 0; rank < static_cast<std::size_t>(size_); ++rank)
      values[i] += all[rank * values.size() + i];
  }
}

bool Communicator::any(bool value) const {
  int result = value;
  if (parallel_) MPI_Allreduce(MPI_IN_PLACE, &result, 1, MPI_INT, MPI_LOR, world_communicator);
  return result != 0;
}

void Communicator::broadcast(std::span<double> values, int root) const {
  if (parallel_) MPI_Bcast(values.data(), as_count(values.size()), MPI_DOUBLE, root, world_communicator);
}

void Communicator::broadcast(std::string& text, int root) const {
  if (!parallel_) return;
  auto length = static_cast<std::uint64_t>(text.size());
  MPI_Bcast(&length, 1, MPI_UINT64_T, root, world_communicator);
  text.resize(length);
  MPI_Bcast(text.data(), as_count(length), MPI_CHAR, root, world_communicator);
}

std::vector<double> Communicator::gather(std::span<const double> values) const {
  if (!parallel_) return {values.begin(), values.end()};
  const std::vector<int> counts = gathered_counts(as_count(values.size()), size_);
  const int total = as_count(std::accumulate(counts.begin(), counts.end(), std::size_t{0}));
  std::vector<int> starts(counts.size(), 0);
  std::exclusive_scan(counts.begin(), counts.end(), starts.begin(), 0);
  std::vector<double> all(static_cast<std::size_t>(total));
  MPI_Allgatherv(values.data(), as_count(values.size()), MPI_DOUBLE, all.data(), counts.data(), starts.data(),
                 MPI_DOUBLE, world_communicator);
  return all;
}

std::vector<std::size_t> Communicator::announce(std::span<const std::size_t> for_each) const {
  EXPECTS(for_each.size() == static_cast<std::size_t>(size_));
  if (!parallel_) return {for_each.begin(), for_each.end()};
  std::vector<int> told(for_each.size());
  std::vector<int> heard(for_each.size());
  std::transform(for_each.begin(), for_each.end(), told.begin(), as_count);
  MPI_Alltoall(told.data(), 1, MPI_INT, heard.data(), 1, MPI_INT, world_communicator);
  return {heard.begin(), heard.end()};
}

void Communicator::exchange(std::span<const Parcel> sent, std::span<const Parcel> received) const {
  std::vector<MPI_Request> requests;
  const auto to_self = [&](const Parcel& parcel) { return parcel.rank == rank_; };
  for (const Parcel& parcel : received) {
    if (to_self(parcel) || parcel.values.empty()) continue;
    MPI_Irecv(parcel.values.data(), as_count(parcel.values.size()), MPI_DOUBLE, parcel.rank, 0, world_communicator,
              &requests.emplace_back());
  }
  for (const Parcel& parcel : sent) {
    if (to_self(parcel) || parcel.values.empty()) continue;
    MPI_Isend(parcel.values.data(), as_count(parcel.values.size()), MPI_DOUBLE, parcel.rank, 0, world_communicator,
              &requests.emplace_back());
  }
  const auto given = std::find_if(sent.begin(), sent.end(), to_self);
  const auto taken = std::find_if(received.begin(), received.end(), to_self);
  const std::size_t size = given == sent.end() ? 0 : given->values.size();
  EXPECTS(size == (taken == received.end() ? 0 : taken->values.size()));
  if (size > 0) std::copy(given->values.begin(), given->values.end(), taken->values.begin());
  if (!requests.empty()) MPI_Waitall(as_count(requests.size()), requests.data(), MPI_STATUSES_IGNORE);
}

std::vector<std::vector<double>> Communicator::trade(std::span<const Parcel> sent, std::span<const int> from) const {
  std::vector<MPI_Request> requests;
  for (const Parcel& parcel : sent) {
    EXPECTS(parcel.rank != rank_);
    MPI_Isend(parcel.values.data(), as_count(parcel.values.size()), MPI_DOUBLE, parcel.rank, 1, world_communicator,
              &requests.emplace_back());
  }
  std::vector<std::vector<double>> received;
  for (const int rank : from) {
    EXPECTS(rank != rank_);
    MPI_Status status{};
    int size = 0;
    MPI_Probe(rank, 1, world_communicator, &status);
    MPI_Get_count(&status, MPI_DOUBLE, &size);
    std::vector<double>& message = received.emplace_back(static_cast<std::size_t>(size));
    MPI_Recv(message.data(), size, MPI_DOUBLE, rank, 1, world_communicator, MPI_STATUS_IGNORE);
  }
  if (!requests.empty()) MPI_Waitall(as_count(requests.size()), requests.data(), MPI_STATUSES_IGNORE);
  return received;
}

void Communicator::abort(int exit_code) const {
  if (parallel_) MPI_Abort(world_communicator, exit_code);
  std::_Exit(exit_code);
}

const void* Communicator::native() const {
  return parallel_ ? &world_communicator : nullptr;
}

}  // namespace cardhouse
