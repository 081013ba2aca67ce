// Whether a JSON value is of the shape that the API's description gives it.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "shared/record/json.hpp"

namespace anketa::test {

/// Checks values against the schemas of an OpenAPI description, the part of it that sync-server/api writes.
class ShapeChecker {
 public:
  /// `description` outlives the checker.
  explicit ShapeChecker(const Json& description) : components_(description.at("components").at("schemas")) {}

  /// What is wrong, one sentence each with its place; empty: nothing.
  std::vector<std::string> faults(const Json& schema, const Json& value);

  /// Members that no checked value had so far, as "Component.member": a description of what never comes.
  std::vector<std::string> unseen() const;

 private:
  void check(const Json& schema, const Json& value, const std::string& place, std::vector<std::string>& faults);
  void check_object(const Json& schema, const Json& value, const std::string& place, std::vector<std::string>& faults);

  const Json& components_;
  /// Component whose members are being checked.
  std::string component_;
  std::set<std::string> seen_;
};

}  // namespace anketa::test
