// A record as it stands on one side: its body, and for every cell the mutation that set it.
//
// Model: the body is ordinary nested JSON. Its cells are its leaves, named by their path with "/" between members.
// A list and a log are objects keyed by item id; a set is a sorted array of strings whose elements are cells of their
// own ("tags/vip"). A cell without a value is absent from the body, never null.
// Provenance is compact: one default mutation for the record, and only the cells that differ from it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "shared/record/json.hpp"
#include "shared/record/uuid.hpp"

namespace anketa {

/// What a removed list item held, kept so that an edit made elsewhere at the same time can bring it back.
struct Removed {
  Uuid by;
  Json value;
  std::map<std::string, Uuid> cells;
};

struct RecordState {
  Uuid id;
  std::string collection;
  Scope scope;
  /// 1, 2, 3 … one for every mutation in effect; 0: the server has not seen it.
  std::uint64_t version = 0;
  /// Place of its last change in the organisation's history.
  std::uint64_t seq = 0;
  bool deleted = false;
  Json body = Json::object();
  /// The mutation that set every cell not named in `cells`.
  Uuid by;
  /// Cells set (or cleared) by another mutation than `by`; the whole record's deletion stands under "".
  std::map<std::string, Uuid> cells;
  /// Removed list items by path.
  std::map<std::string, Removed> removed;

  /// The mutation whose value the cell shows; none where it never had one.
  std::optional<Uuid> provenance(std::string_view path) const;
  /// Every distinct mutation that set a cell at or below the path.
  std::set<Uuid> provenance_below(std::string_view path) const;
  /// The value at a path, or null.
  const Json& at(std::string_view path) const;
};

/// Members of a path: "a/b/c" → a, b, c. The empty path has none.
std::vector<std::string> split_path(std::string_view path);
std::string join_path(std::string_view parent, std::string_view member);
/// Whether `path` is `parent` or lies below it. Everything lies below "".
bool is_below(std::string_view path, std::string_view parent);

/// The value at a path in a body, or null. For a set, the path of an element gives true where it is a member.
const Json& value_at(const Json& body, std::string_view path);
/// Puts a value at a path, making the objects on the way in place of whatever stands there; null removes the value (or
/// the element of a set), and objects left empty go too.
void put_value(Json& body, std::string_view path, Json value);
/// Adds or removes an element of a set; the array stays sorted and goes when it is empty.
void put_element(Json& set_or_null, std::string_view element, bool present);

/// Whether a value is as bodies hold it: no null, no empty object or array inside, every array sorted without doubles.
bool is_normal(const Json& value);
/// The value in that form; null where nothing is left of it.
Json normalised(Json value);

/// Calls visit(path, value) for every cell at or below a value, sets element by element (value true).
template <typename Visit>
void each_cell(const Json& value, const std::string& path, const Visit& visit) {
  if (value.is_object()) {
    for (const auto& [key, child] : value.items()) each_cell(child, path.empty() ? key : path + "/" + key, visit);
  } else if (value.is_array()) {
    static const Json present = true;
    for (const auto& element : value)
      visit(path + "/" + (element.is_string() ? element.get<std::string>() : element.dump()), present);
  } else if (!value.is_null()) {
    visit(path, value);
  }
}

/// `cells` and `removed` as JSON texts, as they are stored and sent; empty where there are none.
std::string cells_text(const RecordState& record);
std::string removed_text(const RecordState& record);
/// Reads such texts back. Throws ProblemError(WrongType) where they are none.
void read_provenance(RecordState& record, std::string_view cells, std::string_view removed);

/// The record as it travels and as `record get` shows it. With `content_only`, without version, seq and provenance.
Json to_json(const RecordState& record);
/// Throws ProblemError where the JSON is not such a record.
RecordState record_from_json(const Json& json);

}  // namespace anketa
