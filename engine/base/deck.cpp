#include "engine/base/deck.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <utility>

#include "engine/base/contracts.hpp"
#include "engine/base/deck_item.hpp"

namespace cardhouse {

namespace {

std::string join(const std::string& path, std::string_view key) {
  return path.empty() ? std::string(key) : fmt::format("{}.{}", path, key);
}

template <class Read>
auto read_each(const DeckItem& array, Read read) {
  std::vector<decltype(read(array))> values;
  for (const auto& item : elements(array)) values.push_back(read(item));
  return values;
}

}  // namespace

struct Deck::Document {
  /// What the readers have asked of one table: the keys they read, and all key names they would have understood.
  struct AskedKeys {
    std::set<std::string, std::less<>> read;
    std::set<std::string, std::less<>> names;
    bool everything = false;
  };

  std::string text;
  std::string name;
  toml::table root;
  std::map<const void*, AskedKeys> asked;

  struct UnknownKey {
    toml::source_position position;
    std::string path;
    std::string key;
    const toml::table* table = nullptr;
  };

  void collect_unknown(const toml::table& table, const std::string& path, std::vector<UnknownKey>& unknown) {
    const AskedKeys& here = asked[&table];
    if (here.everything) return;
    for (const auto& [key, value] : table) {
      const std::string full = join(path, key.str());
      if (!here.read.contains(key.str())) {
        unknown.push_back({key.source().begin, full, std::string(key.str()), &table});
      } else if (const auto* child = value.as_table()) {
        collect_unknown(*child, full, unknown);
      } else if (const auto* array = value.as_array()) {
        for (std::size_t i = 0; i < array->size(); ++i)
          if (const auto* element = (*array)[i].as_table()) collect_unknown(*element, element_name(full, i), unknown);
      }
    }
  }

  /// A name that is not in the table yet is more likely meant than one that is.
  std::string suggestion_for(const UnknownKey& unknown) {
    const auto& names = asked[unknown.table].names;
    std::vector<std::string> absent;
    std::copy_if(names.begin(), names.end(), std::back_inserter(absent),
                 [&](const std::string& candidate) { return !unknown.table->contains(candidate); });
    const bool near = !nearest_name(unknown.key, absent).empty();
    return suggest_name(unknown.key, near ? absent : std::vector<std::string>(names.begin(), names.end()));
  }
};

Deck::Deck(std::unique_ptr<Document> document) : document_(std::move(document)) {}
Deck::Deck(Deck&&) noexcept = default;
Deck& Deck::operator=(Deck&&) noexcept = default;
Deck::~Deck() = default;

Deck Deck::from_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file || std::filesystem::is_directory(path))
    throw InputError({path, 0, {}}, "cannot read this file", "check the path");
  std::ostringstream content;
  content << file.rdbuf();
  return from_text(content.str(), path);
}

Deck Deck::from_text(std::string text, std::string name) {
  auto document = std::make_unique<Document>();
  document->text = std::move(text);
  document->name = std::move(name);
  try {
    document->root = toml::parse(document->text, document->name);
  } catch (const toml::parse_error& error) {
    std::string description(error.description());
    if (!description.empty())
      description[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(description[0])));
    const auto& begin = error.source().begin;
    throw InputError(fmt::format("{}:{}:{}: {}", document->name, begin.line, begin.column, description));
  }
  return Deck(std::move(document));
}

DeckTable Deck::root() const {
  return {document_.get(), &document_->root, {}};
}
const std::string& Deck::text() const {
  return document_->text;
}
const std::string& Deck::name() const {
  return document_->name;
}

void Deck::reject_unknown_keys() const {
  std::vector<Document::UnknownKey> unknown;
  document_->collect_unknown(document_->root, {}, unknown);
  if (unknown.empty()) return;
  const auto first = std::min_element(unknown.begin(), unknown.end(),
                                      [](const auto& a, const auto& b) { return a.position < b.position; });
  throw InputError({document_->name, static_cast<int>(first->position.line), first->path}, "unknown key",
                   document_->suggestion_for(*first));
}

namespace {

const toml::table& as_table(const void* node) {
  return *static_cast<const toml::table*>(node);
}
const toml::node* as_node(const void* node) {
  return static_cast<const toml::node*>(node);
}

}  // namespace

DeckTable::DeckTable(Deck::Document* document, const void* node, std::string path)
    : document_(document), node_(node), path_(std::move(path)) {}

/// The value of `key` or nullptr; from now on the key is known.
const void* DeckTable::find(std::string_view key) const {
  auto& asked = document_->asked[node_];
  asked.names.emplace(key);
  asked.read.emplace(key);
  return as_table(node_).get(key);
}

/// The value of `key`; when it is missing, the error shows an example or the misspelt key that was found instead.
const void* DeckTable::require(std::string_view key, std::string_view example) const {
  if (const void* node = find(key)) return node;
  std::vector<std::string> unread;
  for (auto& name : keys())
    if (!document_->asked[node_].read.contains(name)) unread.push_back(std::move(name));
  const std::string similar = nearest_name(key, unread);
  if (similar.empty()) fail(key, "missing key", fmt::format("add it like: {}", example));
  fail(key, "missing key", fmt::format("is '{}' in line {} a misspelling of it", similar, place(similar).line));
}

bool DeckTable::has(std::string_view key) const {
  document_->asked[node_].names.emplace(key);
  return as_table(node_).contains(key);
}

bool DeckTable::is_table(std::string_view key) const {
  document_->asked[node_].names.emplace(key);
  return as_table(node_)[key].is_table();
}

std::string DeckTable::text(std::string_view key) const {
  return as_text({as_node(require(key, fmt::format("{} = \"...\"", key))), place(key)});
}

std::string DeckTable::text(std::string_view key, std::string_view fallback) const {
  return find(key) ? text(key) : std::string(fallback);
}

std::string DeckTable::choice(std::string_view key, const std::vector<std::string>& names) const {
  EXPECTS(!names.empty());
  std::string chosen = as_text({as_node(require(key, fmt::format("{} = \"{}\"", key, names.front()))), place(key)});
  if (std::find(names.begin(), names.end(), chosen) == names.end())
    fail(key, fmt::format("unknown value '{}'", chosen), suggest_name(chosen, names));
  return chosen;
}

long DeckTable::integer(std::string_view key) const {
  return as_integer({as_node(require(key, fmt::format("{} = 10", key))), place(key)});
}

long DeckTable::integer(std::string_view key, long fallback) const {
  return find(key) ? integer(key) : fallback;
}

bool DeckTable::flag(std::string_view key, bool fallback) const {
  const auto* node = as_node(find(key));
  return node ? as_flag({node, place(key)}) : fallback;
}

double DeckTable::number(std::string_view key) const {
  return as_number({as_node(require(key, fmt::format("{} = 0.5", key))), place(key)});
}

double DeckTable::number(std::string_view key, double fallback) const {
  return find(key) ? number(key) : fallback;
}

double DeckTable::quantity(std::string_view key, Dimension dimension) const {
  const std::string example = fmt::format("{} = \"1 {}\"", key, example_unit(dimension));
  return as_quantity({as_node(require(key, example)), place(key)}, dimension);
}

double DeckTable::quantity(std::string_view key, Dimension dimension, std::string_view fallback) const {
  const Quantity standard = parse_quantity(fallback);
  EXPECTS(standard.dimension == dimension);
  return find(key) ? quantity(key, dimension) : standard.value;
}

std::vector<std::string> DeckTable::texts(std::string_view key) const {
  return read_each({as_node(require(key, fmt::format("{} = [\"...\"]", key))), place(key)}, as_text);
}

std::vector<long> DeckTable::integers(std::string_view key) const {
  return read_each({as_node(require(key, fmt::format("{} = [1, 2]", key))), place(key)}, as_integer);
}

std::vector<double> DeckTable::numbers(std::string_view key) const {
  return read_each({as_node(require(key, fmt::format("{} = [0.5, 1.5]", key))), place(key)}, as_number);
}

std::vector<double> DeckTable::quantities(std::string_view key, Dimension dimension) const {
  const std::string example = fmt::format("{} = [\"1 {}\"]", key, example_unit(dimension));
  return read_each({as_node(require(key, example)), place(key)},
                   [&](const DeckItem& item) { return as_quantity(item, dimension); });
}

DeckTable DeckTable::table(std::string_view key) const {
  const std::string path = join(path_, key);
  const auto* node = as_node(require(key, fmt::format("[{}]", path)));
  if (!node->is_table()) reject({node, place(key)}, "a table", fmt::format("write it as [{}]", path));
  return {document_, node->as_table(), path};
}

std::optional<DeckTable> DeckTable::optional_table(std::string_view key) const {
  if (find(key) == nullptr) return std::nullopt;
  return table(key);
}

std::vector<DeckTable> DeckTable::tables(std::string_view key) const {
  const auto* node = as_node(find(key));
  if (node == nullptr) return {};
  const std::string path = join(path_, key);
  const std::string suggestion = fmt::format("write each as [[{}]]", path);
  if (!node->is_array()) reject({node, place(key)}, "an array of tables", suggestion);
  const std::vector<DeckItem> items = elements({node, place(key)});
  std::vector<DeckTable> result;
  result.reserve(items.size());
  for (const auto& item : items) {
    if (!item.node->is_table()) reject(item, "a table", suggestion);
    result.push_back({document_, item.node->as_table(), item.place.key});
  }
  return result;
}

std::vector<std::string> DeckTable::keys() const {
  std::vector<std::pair<toml::source_position, std::string>> placed;
  for (const auto& [key, value] : as_table(node_)) placed.emplace_back(key.source().begin, key.str());
  std::sort(placed.begin(), placed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> names;
  names.reserve(placed.size());
  for (auto& [position, name] : placed) names.push_back(std::move(name));
  return names;
}

void DeckTable::accept_all() const {
  document_->asked[node_].everything = true;
}

SourcePlace DeckTable::place(std::string_view key) const {
  const auto& table = as_table(node_);
  const auto found = table.find(key);
  const int table_line = path_.empty() ? 0 : line_of(table.source());
  const int line = found == table.end() ? table_line : line_of(found->first.source());
  return {document_->name, line, key.empty() ? path_ : join(path_, key)};
}

void DeckTable::fail(std::string_view key, std::string_view problem, std::string_view suggestion) const {
  throw InputError(place(key), problem, suggestion);
}

}  // namespace cardhouse
