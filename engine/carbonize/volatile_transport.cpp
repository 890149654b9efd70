#include "engine/carbonize/volatile_transport.hpp"

#include "engine/base/constants.hpp"
#include "engine/base/deck.hpp"
#include "engine/carbonize/species.hpp"

namespace cardhouse {
namespace {

constexpr Dimension amount_per_mass = dimension::none / dimension::mass;

RateLaw read_law(const DeckTable& root, std::string_view name, Dimension dimension = dimension::rate) {
  const DeckTable table = root.table(name);
  read_source(table);
  const RateLaw law{table.quantity("A", dimension), 0, table.quantity("E", dimension::energy)};
  if (law.prefactor <= 0) table.fail("A", "the prefactor must be positive");
  if (law.barrier < 0) table.fail("E", "the barrier is negative");
  return law;
}

}  // namespace

VolatileTransport load_volatile_transport(const std::string& path) {
  const Deck deck = Deck::from_file(path);
  const DeckTable root = deck.root();
  root.text("summary");
  VolatileTransport transport;
  transport.hop = read_law(root, "hop");
  transport.escape = read_law(root, "escape");
  transport.inflate = read_law(root, "inflate");
  transport.leak = read_law(root, "leak");
  transport.ingress = read_law(root, "ingress", dimension::diffusivity);
  transport.gelled_mobility = read_positive(root, "gelled_mobility", dimension::none);
  transport.saturation = read_positive(root, "saturation", amount_per_mass) * constants::dalton;
  transport.burst = read_positive(root, "burst", amount_per_mass) * constants::dalton;
  transport.open_fraction = read_positive(root, "open_fraction", dimension::none);
  if (transport.open_fraction > 1) root.fail("open_fraction", "a share of the cells cannot exceed one");
  deck.reject_unknown_keys();
  return transport;
}

}  // namespace cardhouse
