#include "engine/transport/divided_hops.hpp"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <exception>
#include <map>

#include "engine/base/contracts.hpp"

namespace cardhouse {
namespace {

std::vector<double> weights_of(const SiteNetwork& network, const DividedOptions& options) {
  return options.weights.empty() ? std::vector<double>(network.sites.size(), 1.0) : options.weights;
}

/// Which sodium stands at each site: numbered as HopModel does.
std::vector<std::uint32_t> numbered(const Occupation& start) {
  std::vector<std::uint32_t> sodium(start.size(), DomainHops::none);
  std::uint32_t number = 0;
  for (const std::uint32_t site : start.occupied_sites()) sodium[site] = number++;
  return sodium;
}

double processor_time() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

}  // namespace

DividedHops::DividedHops(const SiteNetwork& network, const SodiumParameters& parameters, const Occupation& start,
                         const HopConditions& conditions, const DividedOptions& options, const Communicator& ranks)
    : network_(network),
      division_(network, parameters, options.domains, weights_of(network, options)),
      key_(options.key),
      ranks_(ranks),
      sodium_(start.count()) {
  const std::vector<std::uint32_t> sodium = numbered(start);
  const std::uint32_t first = first_domain(ranks_.rank());
  domains_.resize(first_domain(ranks_.rank() + 1) - first);
  each_domain([&](std::size_t k) {
    domains_[k] = std::make_unique<DomainHops>(network, division_, first + static_cast<std::uint32_t>(k), parameters,
                                               conditions, sodium);
  });
  inboxes_.resize(domains_.size());
  plan_routes();
  complete_groups();
}

std::uint32_t DividedHops::first_domain(int rank) const {
  return static_cast<std::uint32_t>(division_.domains() * static_cast<std::size_t>(rank) /
                                    static_cast<std::size_t>(ranks_.size()));
}

int DividedHops::rank_of(std::uint32_t domain) const {
  int rank = static_cast<int>(domain * static_cast<std::size_t>(ranks_.size()) / division_.domains());
  while (first_domain(rank) > domain) --rank;
  while (first_domain(rank + 1) <= domain) ++rank;
  return rank;
}

void DividedHops::each_domain(const std::function<void(std::size_t)>& work) const {
  std::vector<std::exception_ptr> failures(domains_.size());
#pragma omp parallel for schedule(dynamic, 1) if (domains_.size() > 1)
  for (std::size_t k = 0; k < domains_.size(); ++k) {
    try {
      work(k);
    } catch (...) {
      failures[k] = std::current_exception();
    }
  }
  for (const std::exception_ptr& failure : failures)
    if (failure) std::rethrow_exception(failure);
}

void DividedHops::plan_routes() {
  using Pairs = std::map<int, std::vector<std::pair<std::uint32_t, std::uint32_t>>>;
  const auto routes = [](Pairs& pairs) {
    std::vector<Route> result;
    for (auto& [rank, list] : pairs) {
      std::ranges::sort(list);
      result.push_back({rank, std::move(list)});
    }
    return result;
  };
  for (int sector = 0; sector < division_.sectors(); ++sector) {
    Pairs sent;
    Pairs received;
    for (const auto& domain : domains_) {
      for (const std::uint32_t other : domain->listeners(sector))
        if (rank_of(other) != ranks_.rank()) sent[rank_of(other)].emplace_back(domain->domain(), other);
      for (const std::uint32_t other : domain->speakers(sector))
        if (rank_of(other) != ranks_.rank()) received[rank_of(other)].emplace_back(other, domain->domain());
    }
    outgoing_.push_back(routes(sent));
    incoming_.push_back(routes(received));
  }
}

void DividedHops::complete_groups() {
  std::vector<double> parts;
  for (const auto& domain : domains_) {
    const std::vector<double> sums = domain->own_group_sums();
    for (std::size_t group = 0; group < sums.size(); ++group) {
      if (sums[group] == 0) continue;
      parts.push_back(domain->share().groups[group]);
      parts.push_back(sums[group]);
    }
  }
  std::vector<double> whole(network_.domains.size() + network_.patches.size(), 0.0);
  const std::vector<double> all = ranks_.gather(parts);
  for (std::size_t k = 0; k < all.size(); k += 2) whole[static_cast<std::size_t>(all[k])] += all[k + 1];
  each_domain([&](std::size_t k) { domains_[k]->complete_groups(whole); });
}

void DividedHops::advance(double duration, std::uint64_t cycles) {
  EXPECTS(cycles % 2 == 0 && cycle_ % 2 == 0 && duration >= 0);
  const double each = cycles > 0 ? duration / static_cast<double>(cycles) : 0;
  for (const std::uint64_t end = cycle_ + cycles; cycle_ < end; ++cycle_)
    for (const int sector : sector_order(key_, cycle_, division_.sectors())) {
      run_sector(sector, each);
      tell(sector);
    }
}

void DividedHops::run_sector(int sector, double duration) {
  std::vector<std::uint64_t> events(domains_.size());
  each_domain([&](std::size_t k) {
    DomainHops& domain = *domains_[k];
    const std::uint64_t before = domain.counts().hops + domain.counts().void_events;
    Stream stream = sector_stream(key_, cycle_, sector, domain.domain());
    domain.run(sector, duration, turn(), stream);
    events[k] = domain.counts().hops + domain.counts().void_events - before;
  });
  if (!events.empty()) traffic_.busiest += *std::ranges::max_element(events);
}

DividedHops::News& DividedHops::inbox(std::uint32_t speaker, std::uint32_t listener, int sector) {
  const auto speakers = own(listener).speakers(sector);
  const auto at = std::ranges::lower_bound(speakers, speaker);
  EXPECTS(at != speakers.end() && *at == speaker);
  return inboxes_[listener - first_domain(ranks_.rank())][static_cast<std::size_t>(at - speakers.begin())];
}

void DividedHops::tell(int sector) {
  const double before = processor_time();
  for (std::size_t k = 0; k < domains_.size(); ++k) inboxes_[k].assign(domains_[k]->speakers(sector).size(), {});
  std::map<int, News> messages;
  for (const Route& route : outgoing_[static_cast<std::size_t>(sector)]) messages[route.rank] = {};
  for (const auto& domain : domains_) {
    const std::span<const std::uint32_t> listeners = domain->listeners(sector);
    traffic_.news += listeners.size();
    for (std::size_t k = 0; k < listeners.size(); ++k) {
      News news = domain->news(sector, k);
      const int rank = rank_of(listeners[k]);
      if (rank == ranks_.rank()) {
        inbox(domain->domain(), listeners[k], sector) = std::move(news);
        continue;
      }
      News& message = messages[rank];
      message.push_back(static_cast<double>(news.size()));
      message.insert(message.end(), news.begin(), news.end());
    }
    domain->forget_news();
  }
  std::vector<Parcel> sent;
  std::vector<int> from;
  for (auto& [rank, message] : messages) {
    sent.push_back({rank, message});
    traffic_.values += message.size();
  }
  traffic_.messages += sent.size();
  for (const Route& route : incoming_[static_cast<std::size_t>(sector)]) from.push_back(route.rank);
  const std::vector<News> received = ranks_.trade(sent, from);
  for (std::size_t r = 0; r < received.size(); ++r) {
    auto next = received[r].begin();
    for (const auto& [speaker, listener] : incoming_[static_cast<std::size_t>(sector)][r].pairs) {
      const auto length = static_cast<std::ptrdiff_t>(*next++);
      inbox(speaker, listener, sector).assign(next, next + length);
      next += length;
    }
  }
  traffic_.exchange_time += processor_time() - before;
  each_domain([&](std::size_t k) {
    const std::vector<std::span<const double>> news(inboxes_[k].begin(), inboxes_[k].end());
    domains_[k]->hear(sector, turn(), news);
  });
}

double DividedHops::total_rate() const {
  std::vector<double> rates;
  for (const auto& domain : domains_) rates.push_back(domain->total_rate());
  double sum = 0;
  for (const double rate : ranks_.gather(rates)) sum += rate;
  return sum;
}

DomainCounts DividedHops::counts() const {
  std::vector<double> flat;
  for (const auto& domain : domains_) {
    const DomainCounts& counts = domain->counts();
    for (const std::uint64_t count : {counts.hops, counts.void_events, counts.doubtful_pairs, counts.looks})
      flat.push_back(static_cast<double>(count));
    flat.push_back(counts.squared_ways);
    flat.push_back(counts.squared_errors);
  }
  const std::vector<double> all = ranks_.gather(flat);
  DomainCounts sum;
  for (std::size_t at = 0; at < all.size(); at += 6) {
    sum.hops += static_cast<std::uint64_t>(all[at]);
    sum.void_events += static_cast<std::uint64_t>(all[at + 1]);
    sum.doubtful_pairs += static_cast<std::uint64_t>(all[at + 2]);
    sum.looks += static_cast<std::uint64_t>(all[at + 3]);
    sum.squared_ways += all[at + 4];
    sum.squared_errors += all[at + 5];
  }
  return sum;
}

std::array<ClassPairs, 3> DividedHops::census() const {
  constexpr std::size_t classes = site_class_count;
  std::vector<double> flat(3 * classes * classes, 0.0);
  for (const auto& domain : domains_) {
    std::size_t next = 0;
    for (const ClassPairs* pairs :
         {&domain->census().hops(), &domain->census().through_mouths(), &domain->census().through_necks()})
      for (const auto& row : *pairs)
        for (const std::uint64_t count : row) flat[next++] += static_cast<double>(count);
  }
  ranks_.sum(flat);
  std::array<ClassPairs, 3> census{};
  std::size_t next = 0;
  for (ClassPairs& pairs : census)
    for (auto& row : pairs)
      for (std::uint64_t& count : row) count = static_cast<std::uint64_t>(flat[next++]);
  return census;
}

DividedHops::State DividedHops::state() const {
  std::vector<double> flat;
  for (const auto& domain : domains_) domain->append_sodium(flat);
  const std::vector<double> all = ranks_.gather(flat);
  ENSURES(all.size() == 5 * sodium_);
  State state{std::vector<std::uint32_t>(sodium_, DomainHops::none), std::vector<Vector3>(sodium_)};
  for (std::size_t k = 0; k < all.size(); k += 5) {
    const auto number = static_cast<std::size_t>(all[k]);
    ENSURES(number < sodium_ && state.sites[number] == DomainHops::none);
    state.sites[number] = static_cast<std::uint32_t>(all[k + 1]);
    state.ways[number] = {all[k + 2], all[k + 3], all[k + 4]};
  }
  return state;
}

SectorBias sector_bias(const DomainCounts& counts, std::uint64_t cycles, std::size_t sodium, double time,
                       double tracer) {
  SectorBias bias;
  if (counts.hops == 0 || sodium == 0 || cycles == 0) return bias;
  const auto hops = static_cast<double>(counts.hops);
  const auto number = static_cast<double>(sodium);
  bias.doubtful_pairs = static_cast<double>(counts.doubtful_pairs) / hops;
  bias.hops_a_turn = 2 * hops / (number * static_cast<double>(cycles));
  const double uncorrelated = counts.squared_ways / (6 * number * time);
  if (tracer > 0) bias.diffusivity = 2 * bias.doubtful_pairs * uncorrelated / tracer;
  if (counts.looks > 0) bias.group_error = std::sqrt(counts.squared_errors / static_cast<double>(counts.looks));
  return bias;
}

}  // namespace cardhouse
