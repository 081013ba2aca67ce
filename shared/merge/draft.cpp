#include "shared/merge/draft.hpp"

namespace anketa::merge {

const RecordState& Draft::before() const {
  static const RecordState nothing;
  return current_ ? *current_ : nothing;
}

void Draft::flush() {
  if (flushed_ == changes_.size()) return;
  if (!copy_) {
    copy_ = before();
    if (!current_) copy_->by = mutation_.id;
  }
  Applier applier(*copy_, mutation_);
  while (flushed_ < changes_.size()) applier.run(changes_[flushed_++]);
}

}  // namespace anketa::merge
