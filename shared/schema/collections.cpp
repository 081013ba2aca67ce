// Every collection there is.
#include "shared/schema/declarations.hpp"

namespace anketa::schema {

const std::vector<Collection>& collections() {
  // In the order in which a new device wants them: whom to visit and with what form first.
  static const std::vector<Collection> all{
      declared::user(),
      declared::form(),
      declared::campaign(),
      declared::holiday(),
      declared::absence(),
      declared::client(),
      declared::assignment(),
      declared::campaign_client(),
      declared::contact(),
      declared::dossier_part(),
      declared::relation_actor(),
      declared::competitor(),
      declared::opportunity(),
      declared::range_item(),
      declared::quality_case(),
      declared::task(),
      declared::quality_settings(),
      declared::visit(),
      declared::call(),
      declared::reassignment(),
      declared::campaign_cost(),
      declared::questionnaire(),
      declared::interaction(),
      declared::referral(),
      declared::offer(),
      declared::conflict(),
      declared::erasure(),
      declared::attachment(),
  };
  return all;
}

}  // namespace anketa::schema
