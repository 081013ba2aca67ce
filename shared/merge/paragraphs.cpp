#include "shared/merge/paragraphs.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace anketa::merge {
namespace {

using Lines = std::vector<std::string_view>;

/// Cells of the table below: beyond this, what is left between equal beginnings and ends is taken as one change.
constexpr std::size_t max_table = 1'000'000;

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

/// Paragraphs [from, to) of the base that an author replaced by paragraphs [new_from, new_to) of his text.
struct Change {
  std::size_t from, to, new_from, new_to;
};

/// The changes between two texts, by a longest common subsequence of what is left between their equal ends.
class Comparison {
 public:
  Comparison(const Lines& base, const Lines& other) : base_(base), other_(other) {
    while (begin_ < std::min(base.size(), other.size()) && base[begin_] == other[begin_]) ++begin_;
    rows_ = base.size() - begin_, columns_ = other.size() - begin_;
    while (rows_ > 0 && columns_ > 0 && base[begin_ + rows_ - 1] == other[begin_ + columns_ - 1]) --rows_, --columns_;
  }

  std::vector<Change> changes() {
    if (rows_ == 0 && columns_ == 0) return {};
    if ((rows_ + 1) * (columns_ + 1) > max_table) return {{begin_, begin_ + rows_, begin_, begin_ + columns_}};
    measure();
    std::vector<Change> all;
    std::size_t i = 0, j = 0;
    while (i < rows_ || j < columns_) {
      Change change{begin_ + i, 0, begin_ + j, 0};
      while ((i < rows_ || j < columns_) && !same(i, j))
        ++(j == columns_ || (i < rows_ && length(i + 1, j) >= length(i, j + 1)) ? i : j);
      change.to = begin_ + i, change.new_to = begin_ + j;
      all.push_back(change);
      while (same(i, j)) ++i, ++j;
    }
    return all;
  }

 private:
  bool same(std::size_t i, std::size_t j) const {
    return i < rows_ && j < columns_ && base_[begin_ + i] == other_[begin_ + j];
  }

  std::uint32_t& length(std::size_t i, std::size_t j) { return table_[i * (columns_ + 1) + j]; }

  void measure() {
    table_.assign((rows_ + 1) * (columns_ + 1), 0);
    for (std::size_t i = rows_; i-- > 0;)
      for (std::size_t j = columns_; j-- > 0;)
        length(i, j) = same(i, j) ? length(i + 1, j + 1) + 1 : std::max(length(i + 1, j), length(i, j + 1));
  }

  const Lines& base_;
  const Lines& other_;
  std::size_t begin_ = 0, rows_ = 0, columns_ = 0;
  std::vector<std::uint32_t> table_;
};

/// Whether two authors' changes can both be made. Neighbouring paragraphs may change apart from each other, but what is
/// inserted where the other one changed something has no certain place.
bool apart(const Change& a, const Change& b) {
  const bool insertion = a.from == a.to || b.from == b.to;
  return insertion ? a.to < b.from || b.to < a.from : a.to <= b.from || b.to <= a.from;
}

/// Walks the base and makes both authors' changes, in order.
class Merger {
 public:
  Merger(const Lines& base, const Lines& ours, const Lines& theirs)
      : base_(base),
        ours_(ours),
        theirs_(theirs),
        our_changes_(Comparison(base, ours).changes()),
        their_changes_(Comparison(base, theirs).changes()) {}

  std::optional<Lines> run() {
    std::size_t ours = 0, theirs = 0;
    while (ours < our_changes_.size() || theirs < their_changes_.size()) {
      if (theirs == their_changes_.size()) {
        make(our_changes_[ours++], ours_);
      } else if (ours == our_changes_.size()) {
        make(their_changes_[theirs++], theirs_);
      } else if (const auto& a = our_changes_[ours], &b = their_changes_[theirs]; same(a, b)) {
        make(a, ours_);
        ++ours, ++theirs;
      } else if (!apart(a, b)) {
        return std::nullopt;
      } else if (a.from < b.from) {
        make(a, ours_), ++ours;
      } else {
        make(b, theirs_), ++theirs;
      }
    }
    out_.insert(out_.end(), base_.begin() + static_cast<std::ptrdiff_t>(at_), base_.end());
    return std::move(out_);
  }

 private:
  bool same(const Change& a, const Change& b) const {
    return a.from == b.from && a.to == b.to && a.new_to - a.new_from == b.new_to - b.new_from &&
           std::equal(ours_.begin() + static_cast<std::ptrdiff_t>(a.new_from),
                      ours_.begin() + static_cast<std::ptrdiff_t>(a.new_to),
                      theirs_.begin() + static_cast<std::ptrdiff_t>(b.new_from));
  }

  void make(const Change& change, const Lines& text) {
    const auto take = [this](const Lines& lines, std::size_t from, std::size_t to) {
      out_.insert(out_.end(), lines.begin() + static_cast<std::ptrdiff_t>(from),
                  lines.begin() + static_cast<std::ptrdiff_t>(to));
    };
    take(base_, at_, change.from);
    take(text, change.new_from, change.new_to);
    at_ = change.to;
  }

  const Lines& base_;
  const Lines& ours_;
  const Lines& theirs_;
  std::vector<Change> our_changes_, their_changes_;
  Lines out_;
  /// Paragraphs of the base that are dealt with.
  std::size_t at_ = 0;
};

}  // namespace

std::optional<std::string> merge_paragraphs(std::string_view base, std::string_view ours, std::string_view theirs) {
  if (ours == theirs || theirs == base) return std::string(ours);
  if (ours == base) return std::string(theirs);
  const auto base_lines = split(base), our_lines = split(ours), their_lines = split(theirs);
  const auto merged = Merger(base_lines, our_lines, their_lines).run();
  if (!merged) return std::nullopt;
  std::string text;
  for (std::size_t i = 0; i < merged->size(); ++i) {
    if (i > 0) text += '\n';
    text += (*merged)[i];
  }
  return text;
}

}  // namespace anketa::merge
