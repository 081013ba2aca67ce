// Every collection there is.
#include "shared/schema/declarations.hpp"

namespace anketa::schema {

const std::vector<Collection>& collections() {
  // In the order in which a new device wants them: whom to visit and with what form first.
  static const std::vector<Collection> all{
      declared::user(),          declared::form(),         declared::client(),       declared::assignment(),
      declared::contact(),       declared::dossier_part(), declared::quality_case(), declared::visit(),
      declared::questionnaire(), declared::interaction(),  declared::referral(),     declared::offer(),
      declared::conflict(),      declared::erasure(),      declared::attachment(),
  };
  return all;
}

}  // namespace anketa::schema
