#pragma once

#include <vector>

#include "engine/base/stream.hpp"
#include "engine/kinetics/event_selection.hpp"

namespace cardhouse {

/// An EventModel without physics: an event is picked in proportion to its rate and gets a new one.
template <EventSelection Selection>
class SelectedEvents {
 public:
  SelectedEvents(std::size_t events, Stream& stream) : selection_(events) {
    std::vector<double> rates(events);
    for (double& rate : rates) rate = stream.uniform();
    selection_.assign(rates);
  }
  double total_rate() const { return selection_.total(); }
  void fire(Stream& stream) {
    const std::size_t event = selection_.pick(stream);
    selection_.set(event, stream.uniform());
  }

 private:
  Selection selection_;
};

}  // namespace cardhouse
