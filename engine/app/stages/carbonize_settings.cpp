#include "engine/app/stages/carbonize_settings.hpp"

#include <string>

#include "engine/app/data_folder.hpp"

namespace cardhouse {

CarbonizeSettings read_carbonize_settings(const DeckTable& deck, const DeckTable* defaults) {
  const auto at = [&](std::string_view key) { return deck.has(key) || defaults == nullptr ? deck : *defaults; };
  CarbonizeSettings settings{read_process(deck, data_folder(), defaults),
                             {load_volatile_transport(data_folder() + "/rules/volatile_transport.toml"), {}}};
  const long cells = at("cells").integer("cells", 6);
  if (cells < 2 || cells > 200) deck.fail("cells", std::to_string(cells) + " cells along an edge", "use 2 to 200");
  settings.options.lattice.cells.fill(static_cast<std::size_t>(cells));
  const long replicas = at("replicas").integer("replicas", 20);
  if (replicas < 1 || replicas > 10000) deck.fail("replicas", std::to_string(replicas) + " replicas", "use 1 to 10000");
  settings.options.lattice.replicas = static_cast<std::size_t>(replicas);
  return settings;
}

}  // namespace cardhouse
