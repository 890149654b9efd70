#pragma once
// The only place that names MPI (besides one HDF5 property in engine/io). A default-constructed communicator is a
// serial run.

#include <span>
#include <string>
#include <vector>

namespace cardhouse {

/// Starts and ends MPI. Construct one in main, before any Communicator::world().
class ParallelSession {
 public:
  ParallelSession(int& argc, char**& argv);
  ~ParallelSession();
  ParallelSession(const ParallelSession&) = delete;
  ParallelSession& operator=(const ParallelSession&) = delete;
};

/// Values on their way to another rank, or room for values from there; the rank may be the own one.
struct Parcel {
  int rank;
  std::span<double> values;
};

/// A group of ranks. Copies refer to the same group. An exchange carries fewer than 2^31 values (EXPECTS).
class Communicator {
 public:
  Communicator() = default;     ///< serial: rank 0 of 1
  static Communicator world();  ///< all ranks; serial when MPI was not started

  int rank() const { return rank_; }
  int size() const { return size_; }
  bool is_root() const { return rank_ == 0; }

  void barrier() const;
  /// Element-wise sum over ranks, added in rank order, result on every rank.
  void sum(std::span<double> values) const;
  /// True on every rank when it is true on any.
  bool any(bool value) const;
  void broadcast(std::span<double> values, int root = 0) const;
  void broadcast(std::string& text, int root = 0) const;
  /// The ranks' values one after another in rank order, on every rank; lengths may differ.
  std::vector<double> gather(std::span<const double> values) const;
  /// What every rank has for this one, from what this one has for every rank: numbers below 2^31, one a rank.
  std::vector<std::size_t> announce(std::span<const std::size_t> for_each) const;
  /// Point-to-point messages between those who have something for each other, all at the same time. At most one parcel
  /// each way between two ranks, of equal length at both ends. EXPECTS equal lengths of a rank's parcels to itself.
  void exchange(std::span<const Parcel> sent, std::span<const Parcel> received) const;
  /// Sends these parcels, empty ones too, and takes one message from each of these ranks, whose lengths only the
  /// senders know; in the order of the ranks. Work and messages grow with the neighbours, not with the ranks. EXPECTS
  /// no parcel to itself.
  std::vector<std::vector<double>> trade(std::span<const Parcel> sent, std::span<const int> from) const;
  /// Ends all ranks at once with this exit code (used by main alone, after an error on one rank).
  [[noreturn]] void abort(int exit_code) const;

  /// Address of the MPI communicator, or nullptr when serial; for the parallel HDF5 property only.
  const void* native() const;

 private:
  int rank_ = 0;
  int size_ = 1;
  bool parallel_ = false;
};

}  // namespace cardhouse
