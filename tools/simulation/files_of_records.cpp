// Files that people attach to records, and look at.
#include "tools/simulation/field_work.hpp"

namespace anketa::simulation {

void FieldWork::attach(Device& device) {
  const auto record = pick(device, rng_.chance(600) ? "contact" : "questionnaire");
  if (!record) return;
  // A class of its own stands in no content: whoever sees the record may have the file.
  std::string content = world_.phrase(record->view.scope, "~relations");
  content.resize(static_cast<std::size_t>(rng_.between(60, 4000)), '.');
  const bool done = world_.change(device, "attach a file of " + std::to_string(content.size()) + " bytes",
                                  [&](Hand& hand) {
                                    hand.attach(record->view.id, {"card.jpg", "image/jpeg", "", content});
                                  });
  if (done) world_.note_content(std::move(content));
}

void FieldWork::download(Device& device) {
  const auto attachment = pick(device, "attachment");
  if (attachment) world_.start_download(device, attachment->view.id);
}

}  // namespace anketa::simulation
