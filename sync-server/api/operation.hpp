// What every route of the server does: what it takes, what it answers, and whom. The OpenAPI description and the
// console's types are made of it, and the tests hold every route to it.
//
// The files operations_*.cpp have one function a subject, which lists its operations in the order of docs/api.md.
// Thread safety: made once and never changed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/record/role.hpp"
#include "sync-server/api/shape.hpp"

namespace anketa::server::api {

using Roles = std::vector<Role>;
/// Whoever is logged in.
extern const Roles everybody;
/// All but the service side.
extern const Roles commercial;
/// Lead, management and administrator: how the whole programme goes.
extern const Roles office;
/// Whoever works on records: management and administrator read them.
extern const Roles hands;
/// Lead and administrator.
extern const Roles control;
extern const Roles administrator;

/// A parameter of the query.
struct Parameter {
  std::string name;
  Shape shape;
  std::string text;
};
using Parameters = std::vector<Parameter>;

struct Operation {
  std::string method;
  std::string path;
  std::string summary;
  /// Who may; nobody named: it needs no log-in.
  Roles roles;
  Parameters parameters = {};
  /// Of the body, where it takes one.
  std::optional<Shape> body = {};
  /// Of the answer; nullopt: no JSON.
  std::optional<Shape> answer = {};
  int status = 200;
  /// Of an answer that is no JSON; empty: there is none.
  std::string media = {};
  /// The pattern of its route; empty: the path itself. One route may serve several operations: "/v1/campaign/{report}".
  std::string route = {};

  const std::string& route_pattern() const { return route.empty() ? path : route; }
};

/// Every operation, by subject.
const std::vector<Operation>& operations();

/// The whole as OpenAPI 3.1. Throws std::logic_error where one component name has two shapes.
Json openapi();

// Parameters that many lists take.
Parameters joined(Parameters first, const Parameters& second);
/// rep, segment, region, since, until.
Parameters filters();
/// The filters and client, search, limit, offset.
Parameters list_filters();
Parameters paging();

// The subjects.
std::vector<Operation> session_operations();
std::vector<Operation> result_operations();
std::vector<Operation> list_operations();
std::vector<Operation> register_operations();
std::vector<Operation> campaign_operations();
std::vector<Operation> record_operations();
std::vector<Operation> control_operations();
std::vector<Operation> device_operations();

}  // namespace anketa::server::api
