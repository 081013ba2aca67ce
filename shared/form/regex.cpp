#include "shared/form/regex.hpp"

#include <optional>

#include "shared/form/limits.hpp"
#include "shared/form/utf8.hpp"

namespace anketa::form {
namespace {

constexpr std::uint32_t unbounded = 0xFFFFFFFF;
constexpr std::uint32_t max_count = 1000;
constexpr int max_depth = 32;

}  // namespace

/// Parses a pattern into a small tree, then emits states from the end to the beginning.
class RegexCompiler {
 public:
  explicit RegexCompiler(std::string_view pattern) : pattern_(code_points(pattern)) {}

  std::shared_ptr<const Regex> compile() {
    const auto root = alternatives(0);
    if (failed_ || at_ != pattern_.size()) return nullptr;
    const auto match = state(Regex::Kind::Match, 0, 0);
    const auto begin = emit(root, match);
    if (failed_) return nullptr;
    regex_->start_ = begin;
    return regex_;
  }

 private:
  enum class Kind { Empty, Character, Any, InSet, Begin, End, Sequence, Either, Repeat };
  struct Node {
    Kind kind = Kind::Empty;
    std::uint32_t value = 0;
    std::uint32_t least = 0, most = 0;
    std::vector<std::size_t> children;
  };

  bool more() const { return at_ < pattern_.size(); }
  std::uint32_t peek() const { return more() ? pattern_[at_] : 0; }
  bool take(char c) {
    if (!more() || pattern_[at_] != static_cast<unsigned char>(c)) return false;
    ++at_;
    return true;
  }
  std::size_t fail() {
    failed_ = true;
    return add({});
  }
  std::size_t add(Node node) {
    nodes_.push_back(std::move(node));
    return nodes_.size() - 1;
  }

  std::size_t alternatives(int depth) {
    if (depth > max_depth) return fail();
    Node either{Kind::Either, 0, 0, 0, {sequence(depth)}};
    while (!failed_ && take('|')) either.children.push_back(sequence(depth));
    return either.children.size() == 1 ? either.children.front() : add(std::move(either));
  }

  std::size_t sequence(int depth) {
    Node node{Kind::Sequence, 0, 0, 0, {}};
    while (!failed_ && more() && peek() != '|' && peek() != ')') node.children.push_back(repeated(depth));
    return add(std::move(node));
  }

  std::size_t repeated(int depth) {
    auto node = atom(depth);
    for (int stacked = 0; !failed_ && more(); ++stacked) {
      std::uint32_t least = 0;
      std::uint32_t most = unbounded;
      if (take('+')) {
        least = 1;
      } else if (take('?')) {
        most = 1;
      } else if (peek() == '{') {
        if (!counts(least, most)) return fail();
      } else if (!take('*')) {
        break;
      }
      if (stacked > 0) return fail();
      take('?');
      node = add({Kind::Repeat, 0, least, most, {node}});
    }
    return node;
  }

  bool counts(std::uint32_t& least, std::uint32_t& most) {
    ++at_;
    const auto low = count();
    if (!low) return false;
    least = most = *low;
    if (take(',')) most = peek() == '}' ? unbounded : count().value_or(0);
    return take('}') && least <= most;
  }

  std::optional<std::uint32_t> count() {
    std::uint32_t number = 0;
    const auto begin = at_;
    while (more() && peek() >= '0' && peek() <= '9' && number <= max_count)
      number = number * 10 + (pattern_[at_++] - '0');
    if (at_ == begin || number > max_count) return std::nullopt;
    return number;
  }

  std::size_t atom(int depth) {
    if (take('(')) return group(depth);
    if (take('[')) return set();
    if (take('.')) return add({Kind::Any, 0, 0, 0, {}});
    if (take('^')) return add({Kind::Begin, 0, 0, 0, {}});
    if (take('$')) return add({Kind::End, 0, 0, 0, {}});
    if (take('\\')) return escape();
    if (peek() == '*' || peek() == '+' || peek() == '?' || peek() == '{') return fail();
    return add({Kind::Character, pattern_[at_++], 0, 0, {}});
  }

  std::size_t group(int depth) {
    // Of the (?...) forms only the group that captures nothing.
    if (take('?') && !take(':')) return fail();
    const auto inner = alternatives(depth + 1);
    return take(')') ? inner : fail();
  }

  std::size_t escape() {
    if (!more()) return fail();
    Regex::Set shorthand;
    if (add_class(shorthand, peek())) {
      ++at_;
      return add_set(std::move(shorthand));
    }
    const auto literal = escaped_literal();
    return literal ? add({Kind::Character, *literal, 0, 0, {}}) : fail();
  }

  /// The character after a backslash, where it stands for one character.
  std::optional<std::uint32_t> escaped_literal() {
    if (!more()) return std::nullopt;
    const auto c = pattern_[at_++];
    if (c == 'n') return '\n';
    if (c == 't') return '\t';
    if (c == 'r') return '\r';
    const bool letter_or_digit = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (letter_or_digit) return std::nullopt;
    return c;
  }

  /// Adds \d, \w, \s or their negations. \w is ASCII and Cyrillic, since this product writes Russian first.
  static bool add_class(Regex::Set& set, std::uint32_t letter) {
    Regex::Set base;
    switch (letter | 0x20) {
      case 'd':
        base.ranges = {{'0', '9'}};
        break;
      case 'w':
        base.ranges = {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}, {0x400, 0x481}, {0x48A, 0x52F}};
        break;
      case 's':
        base.ranges = {{'\t', '\r'}, {' ', ' '}, {0xA0, 0xA0}};
        break;
      default:
        return false;
    }
    if (letter == 'D' || letter == 'W' || letter == 'S') {
      std::uint32_t next = 0;
      for (const auto& range : base.ranges) {
        if (range.first > next) set.ranges.emplace_back(next, range.first - 1);
        next = range.second + 1;
      }
      set.ranges.emplace_back(next, 0x10FFFF);
    } else {
      set.ranges.insert(set.ranges.end(), base.ranges.begin(), base.ranges.end());
    }
    return true;
  }

  std::size_t set() {
    Regex::Set set;
    set.negated = take('^');
    for (bool first = true; more() && (first || peek() != ']'); first = false) {
      std::uint32_t low = 0;
      if (!set_member(set, low)) continue;
      std::uint32_t high = low;
      if (failed_) return add({});
      if (peek() == '-' && at_ + 1 < pattern_.size() && pattern_[at_ + 1] != ']') {
        ++at_;
        if (!set_member(set, high)) return fail();
      }
      if (high < low) return fail();
      set.ranges.emplace_back(low, high);
    }
    return take(']') ? add_set(std::move(set)) : fail();
  }

  /// One character of a set; false where a whole class was added instead.
  bool set_member(Regex::Set& set, std::uint32_t& c) {
    if (!take('\\')) {
      c = pattern_[at_++];
      return true;
    }
    if (add_class(set, peek())) {
      ++at_;
      return false;
    }
    const auto literal = escaped_literal();
    if (!literal) failed_ = true;
    c = literal.value_or(0);
    return true;
  }

  std::size_t add_set(Regex::Set set) {
    regex_->sets_.push_back(std::move(set));
    return add({Kind::InSet, static_cast<std::uint32_t>(regex_->sets_.size() - 1), 0, 0, {}});
  }

  std::uint32_t state(Regex::Kind kind, std::uint32_t first, std::uint32_t second) {
    if (regex_->states_.size() >= max_regex_states) {
      failed_ = true;
      return 0;
    }
    regex_->states_.push_back({kind, 0, 0, first, second});
    return static_cast<std::uint32_t>(regex_->states_.size() - 1);
  }

  /// States of a node that go on to `next`; gives the first.
  std::uint32_t emit(std::size_t index, std::uint32_t next) {
    if (failed_ || ++emitted_ > 4 * max_regex_states) {
      failed_ = true;
      return 0;
    }
    const Node node = nodes_[index];
    switch (node.kind) {
      case Kind::Empty:
        return next;
      case Kind::Sequence:
        for (auto child = node.children.rbegin(); child != node.children.rend(); ++child) next = emit(*child, next);
        return next;
      case Kind::Either: {
        auto begin = emit(node.children.back(), next);
        for (auto child = node.children.rbegin() + 1; child != node.children.rend(); ++child)
          begin = state(Regex::Kind::Split, emit(*child, next), begin);
        return begin;
      }
      case Kind::Repeat:
        return emit_repeat(node, next);
      default:
        return emit_single(node, next);
    }
  }

  std::uint32_t emit_single(const Node& node, std::uint32_t next) {
    const auto kind = node.kind == Kind::Character ? Regex::Kind::Character
                      : node.kind == Kind::Any     ? Regex::Kind::Any
                      : node.kind == Kind::Begin   ? Regex::Kind::Begin
                      : node.kind == Kind::End     ? Regex::Kind::End
                                                   : Regex::Kind::InSet;
    const auto begin = state(kind, next, 0);
    if (!failed_) regex_->states_[begin].character = regex_->states_[begin].set = node.value;
    return begin;
  }

  std::uint32_t emit_repeat(const Node& node, std::uint32_t next) {
    const auto body = node.children.front();
    auto begin = next;
    if (node.most == unbounded) {
      const auto loop = state(Regex::Kind::Split, 0, next);
      if (failed_) return 0;
      const auto first = emit(body, loop);
      if (failed_) return 0;
      regex_->states_[loop].first = first;
      begin = loop;
    } else {
      for (auto i = node.least; i < node.most && !failed_; ++i)
        begin = state(Regex::Kind::Split, emit(body, begin), next);
    }
    for (std::uint32_t i = 0; i < node.least && !failed_; ++i) begin = emit(body, begin);
    return begin;
  }

  std::vector<std::uint32_t> pattern_;
  std::size_t at_ = 0;
  bool failed_ = false;
  std::size_t emitted_ = 0;
  std::vector<Node> nodes_;
  std::shared_ptr<Regex> regex_ = std::make_shared<Regex>();
};

std::shared_ptr<const Regex> Regex::compile(std::string_view pattern) {
  if (pattern.size() > max_expression_bytes) return nullptr;
  return RegexCompiler(pattern).compile();
}

bool Regex::Set::contains(std::uint32_t c) const {
  for (const auto& range : ranges)
    if (c >= range.first && c <= range.second) return !negated;
  return negated;
}

void Regex::add(std::vector<std::uint32_t>& states, std::vector<std::uint32_t>& seen, std::uint32_t generation,
                std::uint32_t from, bool at_begin, bool at_end) const {
  std::vector<std::uint32_t> pending{from};
  while (!pending.empty()) {
    const auto index = pending.back();
    pending.pop_back();
    if (seen[index] == generation) continue;
    seen[index] = generation;
    const auto& state = states_[index];
    if (state.kind == Kind::Split) {
      pending.push_back(state.second);
      pending.push_back(state.first);
    } else if (state.kind == Kind::Jump || (state.kind == Kind::Begin && at_begin) ||
               (state.kind == Kind::End && at_end)) {
      pending.push_back(state.first);
    } else {
      states.push_back(index);
    }
  }
}

bool Regex::matches(std::string_view text) const {
  const auto points = code_points(text);
  if (points.size() > max_regex_subject) return false;
  std::vector<std::uint32_t> now;
  std::vector<std::uint32_t> then;
  std::vector<std::uint32_t> seen(states_.size(), 0);
  std::uint32_t generation = 1;
  add(now, seen, generation, start_, true, points.empty());
  for (std::size_t i = 0; i < points.size() && !now.empty(); ++i) {
    ++generation;
    then.clear();
    for (const auto index : now) {
      const auto& state = states_[index];
      const bool taken = (state.kind == Kind::Character && state.character == points[i]) ||
                         (state.kind == Kind::Any && points[i] != '\n') ||
                         (state.kind == Kind::InSet && sets_[state.set].contains(points[i]));
      if (taken) add(then, seen, generation, state.first, false, i + 1 == points.size());
    }
    now.swap(then);
  }
  for (const auto index : now)
    if (states_[index].kind == Kind::Match) return true;
  return false;
}

}  // namespace anketa::form
