#include "engine/sodium/site_report.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/sodium/link_crossing.hpp"
#include "engine/sodium/site_links.hpp"

namespace cardhouse {
namespace {

struct Step {
  std::uint32_t to;
  CellOffset offset;  // cells crossed on the way
};

std::vector<std::vector<Step>> steps_of(const SiteNetwork& network) {
  std::vector<std::vector<Step>> steps(network.sites.size());
  for (const SiteLink& link : network.links) {
    const CellOffset crossed = cells_crossed(network, link);
    steps[link.first].push_back({link.second, crossed});
    steps[link.second].push_back({link.first, difference({}, crossed)});
  }
  return steps;
}

// Walks through one piece; two ways to one site that end in different cells show that it joins its own image.
class PieceWalker {
 public:
  explicit PieceWalker(const SiteNetwork& network)
      : steps_(steps_of(network)), seen_(network.sites.size(), 0), cell_of_(network.sites.size()) {}

  bool seen(std::uint32_t site) const { return seen_[site] != 0; }
  const std::array<bool, 3>& percolates() const { return percolates_; }

  std::size_t walk_from(std::uint32_t start) {
    std::vector<std::uint32_t> front(1, start);
    seen_[start] = 1;
    for (std::size_t next = 0; next < front.size(); ++next)
      for (const Step& step : steps_[front[next]]) {
        const CellOffset cell = sum(cell_of_[front[next]], step.offset);
        if (!seen_[step.to]) {
          seen_[step.to] = 1;
          cell_of_[step.to] = cell;
          front.push_back(step.to);
        }
        for (std::size_t axis = 0; axis < 3; ++axis)
          if (cell[axis] != cell_of_[step.to][axis]) percolates_[axis] = true;
      }
    return front.size();
  }

 private:
  std::vector<std::vector<Step>> steps_;
  std::vector<std::uint8_t> seen_;
  std::vector<CellOffset> cell_of_;
  std::array<bool, 3> percolates_{};
};

}  // namespace

SiteReport report_sites(const SiteNetwork& network) {
  SiteReport report;
  report.links = network.links.size();
  std::size_t galleries = 0;
  for (const Site& site : network.sites) {
    ++report.count[static_cast<std::size_t>(site.kind)];
    report.outside += site.outside ? 1 : 0;
    if (std::isfinite(site.access)) report.reachable += 1.0 / static_cast<double>(network.sites.size());
    if (in_gallery(site))
      report.mean_spacing += (site.spacing - report.mean_spacing) / static_cast<double>(++galleries);
  }
  PieceWalker walker(network);
  for (std::uint32_t site = 0; site < network.sites.size(); ++site) {
    if (walker.seen(site)) continue;
    const std::size_t size = walker.walk_from(site);
    ++report.components;
    if (size == 1) ++report.isolated;
    report.largest_component =
        std::max(report.largest_component, static_cast<double>(size) / static_cast<double>(network.sites.size()));
  }
  report.percolates = walker.percolates();
  return report;
}

}  // namespace cardhouse
