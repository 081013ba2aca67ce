#include "shared/merge/paragraphs.hpp"

#include <algorithm>
#include <vector>

namespace anketa::merge {
namespace {

using Lines = std::vector<std::string_view>;

/// Beyond this many paragraphs a text is compared whole: the table below grows with the square.
constexpr std::size_t max_paragraphs = 1000;

Lines split(std::string_view text) {
  Lines lines;
  if (text.empty()) return lines;
  for (std::size_t at = 0;;) {
    const auto end = text.find('\n', at);
    lines.push_back(text.substr(at, end - at));
    if (end == std::string_view::npos) return lines;
    at = end + 1;
  }
}

/// For each line of base: its partner in `other`, by a longest common subsequence; npos where it has none.
std::vector<std::size_t> match(const Lines& base, const Lines& other) {
  const std::size_t rows = base.size(), columns = other.size();
  std::vector<std::size_t> length((rows + 1) * (columns + 1), 0);
  const auto at = [&](std::size_t i, std::size_t j) -> std::size_t& { return length[i * (columns + 1) + j]; };
  for (std::size_t i = rows; i-- > 0;)
    for (std::size_t j = columns; j-- > 0;)
      at(i, j) = base[i] == other[j] ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
  std::vector<std::size_t> partner(rows, std::string_view::npos);
  for (std::size_t i = 0, j = 0; i < rows && j < columns;) {
    if (base[i] == other[j])
      partner[i++] = j++;
    else if (at(i + 1, j) >= at(i, j + 1))
      ++i;
    else
      ++j;
  }
  return partner;
}

Lines slice(const Lines& lines, std::size_t from, std::size_t to) {
  return {lines.begin() + static_cast<std::ptrdiff_t>(from), lines.begin() + static_cast<std::ptrdiff_t>(to)};
}

/// Walks the three texts from one line that all share to the next.
class Merger {
 public:
  Merger(Lines base, Lines ours, Lines theirs)
      : base_(std::move(base)),
        ours_(std::move(ours)),
        theirs_(std::move(theirs)),
        in_ours_(match(base_, ours_)),
        in_theirs_(match(base_, theirs_)) {}

  std::optional<Lines> run() {
    for (std::size_t i = 0; i <= base_.size(); ++i) {
      const bool end = i == base_.size();
      if (!end && (in_ours_[i] == std::string_view::npos || in_theirs_[i] == std::string_view::npos)) continue;
      const std::size_t ours_to = end ? ours_.size() : in_ours_[i];
      const std::size_t theirs_to = end ? theirs_.size() : in_theirs_[i];
      if (!take_gap(i, ours_to, theirs_to)) return std::nullopt;
      if (end) break;
      out_.push_back(base_[i]);
      base_at_ = i + 1, ours_at_ = ours_to + 1, theirs_at_ = theirs_to + 1;
    }
    return out_;
  }

 private:
  bool take_gap(std::size_t base_to, std::size_t ours_to, std::size_t theirs_to) {
    const auto base = slice(base_, base_at_, base_to);
    const auto ours = slice(ours_, ours_at_, ours_to);
    const auto theirs = slice(theirs_, theirs_at_, theirs_to);
    if (ours != base && theirs != base && ours != theirs) return false;
    const auto& taken = ours == base ? theirs : ours;
    out_.insert(out_.end(), taken.begin(), taken.end());
    return true;
  }

  Lines base_, ours_, theirs_, out_;
  std::vector<std::size_t> in_ours_, in_theirs_;
  std::size_t base_at_ = 0, ours_at_ = 0, theirs_at_ = 0;
};

}  // namespace

std::optional<std::string> merge_paragraphs(std::string_view base, std::string_view ours, std::string_view theirs) {
  if (ours == theirs || theirs == base) return std::string(ours);
  if (ours == base) return std::string(theirs);
  auto base_lines = split(base), our_lines = split(ours), their_lines = split(theirs);
  if (std::max({base_lines.size(), our_lines.size(), their_lines.size()}) > max_paragraphs) return std::nullopt;
  const auto merged = Merger(std::move(base_lines), std::move(our_lines), std::move(their_lines)).run();
  if (!merged) return std::nullopt;
  std::string text;
  for (std::size_t i = 0; i < merged->size(); ++i) {
    if (i > 0) text += '\n';
    text += (*merged)[i];
  }
  return text;
}

}  // namespace anketa::merge
