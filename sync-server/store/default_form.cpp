#include "sync-server/store/default_form.hpp"

#include "shared/form/default_template.hpp"
#include "sync-server/store/own_record.hpp"

namespace anketa::server {

void put_default_form(Store& store, Environment& environment) {
  const auto& settings = form::default_template_json().at("settings");
  const auto definition = canonical(form::default_template_json());
  const auto hash = hex(sha256(definition));
  store.write_and_wait([&](Writer& writer) {
    const auto id = Uuid::derived(Uuid(), "form:" + hash);
    put_own_record(writer, "form", id, company_scope,
                   {{"form_id", settings.at("form_id")},
                    {"version", settings.at("version")},
                    {"hash", hash},
                    {"definition", definition},
                    {"title", settings.at("title")},
                    {"active", true}},
                   "shipped form", environment.now());
  });
}

}  // namespace anketa::server
