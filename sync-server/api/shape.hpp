// Shapes of JSON: what an answer or a body of the API looks like, in words that read like the answer itself.
//
// Model: a shape is a JSON Schema of the part that the OpenAPI description, the console's types and the tests
// understand. An object names every member it may have; one with a name becomes a component of the description, and the
// same name always means the same members.
// Thread safety: values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/record/json.hpp"
#include "shared/schema/schema.hpp"

namespace anketa::server::api {

struct Shape {
  Json schema;
};

Shape text();
Shape integer();
/// A figure of statistics: it may have a fraction. No record holds one.
Shape fraction();
Shape boolean();
/// "2025-06-10".
Shape date();
/// Milliseconds UTC.
Shape instant();
/// Minor units: kopecks.
Shape money();
/// Hundredths: 1234 is 12.34 per cent.
Shape hundredths();
/// "3.4".
Shape decimal();
Shape id();
/// Whatever JSON a cell of a record holds.
Shape anything();
Shape one_of(std::vector<std::string> values);
template <typename Values>
Shape one_of_all(const Values& values) {
  return one_of({std::begin(values), std::end(values)});
}
/// The values have names for people: those of a field, "offer/kind", or a group of the texts' "export.value".
Shape worded(Shape shape, std::string words);
/// The values a field of a collection may have, as the schema declares it, under the field's own words. Throws
/// std::logic_error for a field without.
Shape values_of(std::string_view collection, std::string_view field);

Shape nullable(Shape shape);
Shape list(Shape of);
/// {name: value}.
Shape map(Shape of);
/// Either shape.
Shape either(Shape one, Shape other);

struct Member {
  std::string name;
  Shape shape;
  bool is_optional = false;
};
/// A member that is not in every answer.
Member optional(std::string name, Shape shape);

using Members = std::vector<Member>;
/// A count under each name.
template <typename Names>
Members counts_of(const Names& names) {
  Members all;
  for (const auto& name : names) all.push_back({std::string(name), integer()});
  return all;
}
Members joined(Members first, Members second);
Shape object(Members members);
Shape object(std::string name, Members members);
/// The members of an object and more.
Shape extended(const Shape& base, Members more);
Shape extended(std::string name, const Shape& base, Members more);

/// The fields of a collection's records as the schema declares them. Nothing is required, because a viewer sees the
/// classes he may; undeclared fields come along.
Shape fields_of(const schema::Collection& collection);

// Shapes that stand all over the API.

/// {"id", "name"}.
Shape reference();
/// {"ru", "en"}.
Shape label();
/// {"total", "items", "next_offset"}.
Shape page(Shape item);
/// {"items"}.
Shape items(Shape item);

}  // namespace anketa::server::api
