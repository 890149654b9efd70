#pragma once

#include <span>

#include "engine/base/registry.hpp"
#include "engine/sodium/site_network.hpp"

namespace cardhouse {

/// The classes of sodium sites, alphabetical: how each is recognised and where its energy comes from.
std::span<const RegistryEntry<SiteClass>> site_classes();

}  // namespace cardhouse
