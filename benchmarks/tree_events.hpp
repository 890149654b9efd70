#pragma once

#include <vector>

#include "engine/base/stream.hpp"
#include "engine/kinetics/rate_tree.hpp"

namespace cardhouse {

/// An EventModel without physics: an event is picked in proportion to its rate and gets a new one.
class TreeEvents {
 public:
  TreeEvents(std::size_t events, Stream& stream) : tree_(events) {
    std::vector<double> rates(events);
    for (double& rate : rates) rate = stream.uniform();
    tree_.assign(rates);
  }
  double total_rate() const { return tree_.total(); }
  void fire(Stream& stream) {
    const std::size_t event = tree_.pick(stream.uniform());
    tree_.set(event, stream.uniform());
  }

 private:
  RateTree tree_;
};

}  // namespace cardhouse
