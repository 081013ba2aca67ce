// The questionnaire templates that stored questionnaires pin, loaded once each.
//
// Thread safety: one thread at a time; the forms it gives may be shared.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "shared/form/form.hpp"
#include "sync-server/store/store.hpp"

namespace anketa::server::reports {

class FormLibrary {
 public:
  /// Takes up the form records of the store. A record whose definition does not load is left out: its questionnaires
  /// count as unreadable, and the form check names the reason.
  void reload(Reader& reader);

  /// The template with that hash; null where the server has none.
  std::shared_ptr<const form::Form> by_hash(const std::string& hash) const;
  /// The latest version of a form, by the order in which versions reached the server; null for an unknown form.
  std::shared_ptr<const form::Form> latest(const std::string& form_id) const;
  /// Ids of all forms, in the order in which they reached the server.
  const std::vector<std::string>& form_ids() const { return form_ids_; }

 private:
  std::unordered_map<std::string, std::shared_ptr<const form::Form>> by_hash_, latest_;
  std::vector<std::string> form_ids_;
};

/// {"ru": …, "en": …}: a label in both languages.
Json label_json(const form::Form& form, const form::Label& label);

/// What a row's own label does not say: {"repeat": …} it is asked in, {"group": …} it stands in, each {"name",
/// "number", "label"} where there is one besides the section.
Json place_json(const form::Form& form, const form::Row& row);

}  // namespace anketa::server::reports
