#include "engine/carbonize/volatile_transport.hpp"

#include "engine/base/deck.hpp"
#include "engine/carbonize/species.hpp"

namespace cardhouse {
namespace {

RateLaw read_law(const DeckTable& root, std::string_view name) {
  const DeckTable table = root.table(name);
  read_source(table);
  const RateLaw law{table.quantity("A", dimension::rate), 0, table.quantity("E", dimension::energy)};
  if (law.prefactor <= 0) table.fail("A", "the prefactor must be positive");
  if (law.barrier < 0) table.fail("E", "the barrier is negative");
  return law;
}

double read_positive(const DeckTable& root, std::string_view name) {
  const DeckTable table = root.table(name);
  read_source(table);
  const double value = table.number("value");
  if (value <= 0) table.fail("value", "the value must be positive");
  return value;
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
  transport.gelled_mobility = read_positive(root, "gelled_mobility");
  transport.saturation = read_positive(root, "saturation_per_kilodalton") * 1e-3;
  transport.burst = read_positive(root, "burst_per_kilodalton") * 1e-3;
  transport.open_fraction = read_positive(root, "open_fraction");
  if (transport.open_fraction > 1) root.fail("open_fraction", "a share of the cells cannot exceed one");
  deck.reject_unknown_keys();
  return transport;
}

}  // namespace cardhouse
