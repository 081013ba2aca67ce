// Words in which *_collections.cpp declare fields: text("name").req().search().
#pragma once

#include "shared/schema/schema.hpp"

namespace anketa::schema {

/// A field being declared; converts to Field.
struct FieldBuilder {
  Field field;

  FieldBuilder req() && {
    field.required = true;
    return std::move(*this);
  }
  FieldBuilder search() && {
    field.searchable = true;
    return std::move(*this);
  }
  /// Set at creation and never again.
  FieldBuilder fixed() && {
    field.immutable = true;
    return std::move(*this);
  }
  FieldBuilder by_lead() && {
    field.lead_only = true;
    return std::move(*this);
  }
  /// Not by the service side.
  FieldBuilder by_team() && {
    field.team_only = true;
    return std::move(*this);
  }
  /// Comes along with a step of the record's status that needs it.
  FieldBuilder by_step() && {
    field.step_fact = true;
    return std::move(*this);
  }
  FieldBuilder guarded(std::vector<Guard> guards) && {
    field.guards = std::move(guards);
    return std::move(*this);
  }
  FieldBuilder in(FieldClass field_class) && {
    field.field_class = field_class;
    return std::move(*this);
  }
  operator Field() && { return std::move(field); }  // NOLINT(google-explicit-constructor): the point of a builder
};

inline FieldBuilder make(Kind kind, std::string name) {
  FieldBuilder builder;
  builder.field.name = std::move(name);
  builder.field.kind = kind;
  return builder;
}

inline FieldBuilder text(std::string name) {
  return make(Kind::Text, std::move(name));
}
inline FieldBuilder long_text(std::string name) {
  return make(Kind::LongText, std::move(name));
}
inline FieldBuilder document(std::string name) {
  return make(Kind::Document, std::move(name));
}
inline FieldBuilder integer(std::string name) {
  return make(Kind::Integer, std::move(name));
}
inline FieldBuilder money(std::string name) {
  return make(Kind::Money, std::move(name));
}
inline FieldBuilder boolean(std::string name) {
  return make(Kind::Boolean, std::move(name));
}
inline FieldBuilder date(std::string name) {
  return make(Kind::Date, std::move(name));
}
inline FieldBuilder instant(std::string name) {
  return make(Kind::Instant, std::move(name));
}
inline FieldBuilder set(std::string name) {
  return make(Kind::Set, std::move(name));
}
inline FieldBuilder tree(std::string name) {
  return make(Kind::Tree, std::move(name));
}

inline FieldBuilder reference(std::string name, std::string target) {
  auto builder = make(Kind::Reference, std::move(name));
  builder.field.target = std::move(target);
  return builder;
}

inline FieldBuilder choice(std::string name, std::vector<std::string> values) {
  auto builder = make(Kind::Choice, std::move(name));
  builder.field.values = std::move(values);
  return builder;
}

inline FieldBuilder status(std::string name, std::vector<std::string> values, std::vector<Transition> transitions) {
  auto builder = make(Kind::Status, std::move(name));
  builder.field.values = std::move(values);
  builder.field.transitions = std::move(transitions);
  return builder;
}

inline FieldBuilder log(std::string name, std::vector<Field> items) {
  auto builder = make(Kind::Log, std::move(name));
  builder.field.items = std::move(items);
  return builder;
}

inline FieldBuilder list(std::string name, std::vector<Field> items) {
  auto builder = make(Kind::List, std::move(name));
  builder.field.items = std::move(items);
  return builder;
}

}  // namespace anketa::schema
