// What of a record the holders of a class set see (R36). Pure.
#pragma once

#include <optional>
#include <span>

#include "shared/schema/schema.hpp"
#include "sync-server/store/store.hpp"

namespace anketa::server {

/// What the service side sees of every client (R14): service fields of the collections that are for everyone. It lacks
/// the general class, which every other set has.
inline constexpr ClassMask service_side = ClassMask{1} << static_cast<unsigned>(schema::FieldClass::Service);

ClassMask mask_of(std::span<const schema::FieldClass> classes);
std::vector<schema::FieldClass> classes_of(ClassMask mask);

/// The cells they see, with their provenance and the removed items; nullopt: nothing of it, not even that it is there.
/// A conflict has the class of the field it is about, and tells of a whole record or item what they see of it. Records
/// of the company are everybody's.
std::optional<RecordState> visible_part(const RecordState& record, ClassMask mask);

/// Tells apart two states of what they see, provenance included.
std::uint64_t digest_of(const RecordState& visible);

}  // namespace anketa::server
