#pragma once
// A TOML file whose dimensional values are strings with units. Every key that nobody asked for is an error with a
// spelling suggestion; every error names file, line and key.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/errors.hpp"
#include "engine/base/units.hpp"

namespace cardhouse {

class DeckTable;

/// One TOML document. It owns what the tables refer to and must outlive them.
class Deck {
 public:
  /// Throws InputError when the file is missing or is not TOML (with line and column).
  static Deck from_file(const std::string& path);
  static Deck from_text(std::string text, std::string name);
  Deck(const Deck&) = delete;
  Deck& operator=(const Deck&) = delete;
  Deck(Deck&&) noexcept;
  Deck& operator=(Deck&&) noexcept;
  ~Deck();

  DeckTable root() const;
  const std::string& text() const;  ///< the document as read, verbatim
  const std::string& name() const;  ///< path or given name
  /// Throws InputError for the first key, in file order, that no table access has asked for. Call it when everything
  /// that reads the deck has done so.
  void reject_unknown_keys() const;

 private:
  struct Document;
  explicit Deck(std::unique_ptr<Document> document);
  std::unique_ptr<Document> document_;
  friend class DeckTable;
};

/// A view of one table of a deck. Reading a key marks it as known. Readers without a default throw InputError when the
/// key is missing; all throw when the type or dimension is wrong or a number is not finite. In messages elements of an
/// array are counted from 1: "carbonize.step[2].dwell".
class DeckTable {
 public:
  /// Whether the key is present. Does not mark it as known: whoever asks still has to read it.
  bool has(std::string_view key) const;
  bool is_table(std::string_view key) const;  ///< likewise; false when missing
  std::string text(std::string_view key) const;
  std::string text(std::string_view key, std::string_view fallback) const;
  /// One of `names`, else an error with the nearest.
  std::string choice(std::string_view key, const std::vector<std::string>& names) const;
  long integer(std::string_view key) const;
  long integer(std::string_view key, long fallback) const;
  bool flag(std::string_view key, bool fallback) const;
  /// A pure number: a bare TOML integer or float.
  double number(std::string_view key) const;
  double number(std::string_view key, double fallback) const;
  /// A dimensional value in internal units: a string with a unit of that dimension. A bare number is an error that
  /// names the expected dimension. `fallback` is itself such a string.
  /// With dimension::none both 0.3 and "30 %" are taken.
  double quantity(std::string_view key, Dimension dimension) const;
  double quantity(std::string_view key, Dimension dimension, std::string_view fallback) const;
  std::vector<std::string> texts(std::string_view key) const;  ///< array of strings
  std::vector<long> integers(std::string_view key) const;      ///< array of integers
  std::vector<double> numbers(std::string_view key) const;     ///< array of pure numbers
  std::vector<double> quantities(std::string_view key, Dimension dimension) const;

  DeckTable table(std::string_view key) const;  ///< sub-table; missing is an error
  std::optional<DeckTable> optional_table(std::string_view key) const;
  std::vector<DeckTable> tables(std::string_view key) const;  ///< array of tables; missing gives an empty vector
  std::vector<std::string> keys() const;                      ///< all keys of this table, in file order

  /// Marks this table and everything below it as known (for parts that are read by someone else).
  void accept_all() const;
  /// Where `key` stands, or where this table begins when the key is empty or missing.
  SourcePlace place(std::string_view key = {}) const;
  /// Throws InputError at this key.
  [[noreturn]] void fail(std::string_view key, std::string_view problem, std::string_view suggestion = {}) const;

 private:
  friend class Deck;
  DeckTable(Deck::Document* document, const void* node, std::string path);
  const void* find(std::string_view key) const;
  const void* require(std::string_view key, std::string_view example) const;

  Deck::Document* document_;
  const void* node_;  ///< toml::table of the document
  std::string path_;  ///< dotted name of this table, for messages
};

}  // namespace cardhouse
