// Pratt parser of the expression language.
#include <algorithm>

#include "shared/form/expression.hpp"
#include "shared/form/functions.hpp"
#include "shared/form/lexer.hpp"
#include "shared/form/limits.hpp"
#include "shared/form/regex.hpp"

namespace anketa::form {

ExpressionError::ExpressionError(std::string_view reason, std::size_t position, text::Arguments arguments)
    : ProblemError([&] {
        arguments["reason"] = "form.reason." + std::string(reason);
        arguments["position"] = std::to_string(position + 1);
        return Problem{ProblemCode::ExpressionInvalid, std::move(arguments), ""};
      }()) {}

namespace {

struct Operator {
  std::string_view text;
  NodeKind kind;
  int power;
};

// Binding powers as in XPath 1.0. All operators are left-associative.
constexpr Operator operators[] = {
    {"or", NodeKind::Or, 1},      {"and", NodeKind::And, 2},
    {"=", NodeKind::Equal, 3},    {"!=", NodeKind::NotEqual, 3},
    {"<", NodeKind::Less, 4},     {"<=", NodeKind::LessOrEqual, 4},
    {">", NodeKind::Greater, 4},  {">=", NodeKind::GreaterOrEqual, 4},
    {"+", NodeKind::Add, 5},      {"-", NodeKind::Subtract, 5},
    {"*", NodeKind::Multiply, 6}, {"div", NodeKind::Divide, 6},
    {"mod", NodeKind::Modulo, 6}, {"|", NodeKind::Union, 8},
};
constexpr int negation_power = 7;

const Operator* operator_of(const Token& token) {
  if (token.kind != Token::Kind::Symbol && token.kind != Token::Kind::Name) return nullptr;
  for (const auto& op : operators)
    if (op.text == token.text) return &op;
  return nullptr;
}

}  // namespace

class Parser {
 public:
  explicit Parser(std::string_view text) : tokens_(tokenise(text)) { out_.source_ = text; }

  Expression run() {
    if (token().kind == Token::Kind::End) throw ExpressionError("empty_expression", 0);
    out_.root_ = expression(0);
    if (token().kind != Token::Kind::End) unexpected();
    return std::move(out_);
  }

 private:
  /// Counts the parser's own recursion, which hostile text could drive.
  class Level {
   public:
    explicit Level(Parser& parser) : parser_(parser) {
      if (++parser_.level_ > max_expression_height)
        throw ExpressionError("expression_too_deep", parser_.token().position);
    }
    ~Level() { --parser_.level_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

   private:
    Parser& parser_;
  };

  const Token& token(std::size_t ahead = 0) const { return tokens_[std::min(at_ + ahead, tokens_.size() - 1)]; }
  const Token& take() { return tokens_[at_ + 1 < tokens_.size() ? at_++ : at_]; }
  bool take(std::string_view symbol) {
    if (!token().is(symbol)) return false;
    take();
    return true;
  }
  void expect(std::string_view symbol) {
    if (!take(symbol))
      throw ExpressionError("expected", token().position, {{"expected", std::string(symbol)}, {"found", found()}});
  }
  std::string found() const {
    if (token().kind == Token::Kind::End) return "∎";
    return token().kind == Token::Kind::Variable ? "${" + token().text + "}" : token().text;
  }
  [[noreturn]] void unexpected() const {
    if (token().kind == Token::Kind::End) throw ExpressionError("unfinished", token().position);
    throw ExpressionError("unexpected", token().position, {{"found", found()}});
  }

  NodeIndex add(ExpressionNode node, std::size_t position) {
    node.position = position;
    for (const auto child : node.children) node.height = std::max(node.height, out_.nodes_[child].height + 1);
    for (const auto& step : node.steps)
      for (const auto predicate : step.predicates)
        node.height = std::max(node.height, out_.nodes_[predicate].height + 1);
    if (node.height > max_expression_height) throw ExpressionError("expression_too_deep", position);
    out_.nodes_.push_back(std::move(node));
    return static_cast<NodeIndex>(out_.nodes_.size() - 1);
  }

  NodeIndex expression(int power) {
    const Level level(*this);
    auto left = prefix();
    for (const auto* op = operator_of(token()); op != nullptr && op->power > power; op = operator_of(token())) {
      const auto position = take().position;
      const auto right = expression(op->power);
      left = joined(*op, left, right, position);
    }
    return left;
  }

  NodeIndex joined(const Operator& op, NodeIndex left, NodeIndex right, std::size_t position) {
    auto& node = out_.nodes_[left];
    // Long chains of and, or are one node, so that their height does not grow. Parentheses keep a node closed.
    if ((op.kind == NodeKind::Or || op.kind == NodeKind::And) && node.kind == op.kind && left != closed_) {
      node.children.push_back(right);
      node.height = std::max(node.height, out_.nodes_[right].height + 1);
      if (node.height > max_expression_height) throw ExpressionError("expression_too_deep", position);
      return left;
    }
    ExpressionNode made;
    made.kind = op.kind;
    made.children = {left, right};
    return add(std::move(made), position);
  }

  NodeIndex prefix() {
    const auto& first = token();
    const auto position = first.position;
    if (first.is("-")) {
      take();
      ExpressionNode node;
      node.kind = NodeKind::Negate;
      node.children = {expression(negation_power)};
      return add(std::move(node), position);
    }
    if (take("(")) {
      const auto inner = expression(0);
      expect(")");
      closed_ = inner;
      return inner;
    }
    if (first.kind == Token::Kind::Number || first.kind == Token::Kind::Text) return literal();
    if (first.kind == Token::Kind::Name && token(1).is("(") && first.text != "current") return call();
    return path();
  }

  NodeIndex literal() {
    const auto& first = take();
    ExpressionNode node;
    if (first.kind == Token::Kind::Number) {
      node.kind = NodeKind::Number;
      node.number = parse_number(first.text);
    } else {
      node.kind = NodeKind::Text;
      node.text = first.text;
    }
    return add(std::move(node), first.position);
  }

  NodeIndex call() {
    const auto& name = take();
    ExpressionNode node;
    node.kind = NodeKind::Call;
    node.text = name.text;
    node.function = find_function(name.text);
    if (node.function == nullptr) throw ExpressionError("unknown_function", name.position, {{"function", name.text}});
    expect("(");
    if (!take(")")) {
      do node.children.push_back(expression(0));
      while (take(","));
      expect(")");
    }
    check_call(node, name.position);
    return add(std::move(node), name.position);
  }

  void check_call(ExpressionNode& node, std::size_t position) {
    const auto& function = *node.function;
    const auto count = static_cast<int>(node.children.size());
    if (count < function.least || (function.most >= 0 && count > function.most))
      throw ExpressionError("argument_count", position,
                            {{"function", node.text}, {"expected", arity(function)}, {"found", std::to_string(count)}});
    if (function.trait == FunctionTrait::NeedsNodes || (function.trait == FunctionTrait::Position && count == 1)) {
      const auto kind = out_.nodes_[node.children.front()].kind;
      if (kind != NodeKind::Path && kind != NodeKind::Union)
        throw ExpressionError("needs_nodes", position, {{"function", node.text}});
    }
    out_.uses_clock_ = out_.uses_clock_ || function.trait == FunctionTrait::Clock;
    out_.uses_once_ = out_.uses_once_ || function.trait == FunctionTrait::Once;
    out_.uses_language_ =
        out_.uses_language_ || function.trait == FunctionTrait::Language || function.trait == FunctionTrait::ChoiceName;
    if (function.trait != FunctionTrait::Regex) return;
    const auto& pattern = out_.nodes_[node.children[1]];
    if (pattern.kind != NodeKind::Text) return;
    node.regex = Regex::compile(pattern.text);
    if (!node.regex) throw ExpressionError("bad_regex", pattern.position, {{"pattern", pattern.text}});
  }

  static std::string arity(const FunctionInfo& function) {
    if (function.most < 0) return std::to_string(function.least) + "…";
    if (function.most == function.least) return std::to_string(function.least);
    return std::to_string(function.least) + "–" + std::to_string(function.most);
  }

  NodeIndex path() {
    const auto position = token().position;
    ExpressionNode node;
    node.kind = NodeKind::Path;
    node.steps.emplace_back();
    if (token().kind == Token::Kind::Variable) {
      node.start = PathStart::Variable;
      node.text = take().text;
    } else if (token().is_name("current") && token(1).is("(")) {
      node.start = PathStart::Current;
      take();
      expect("(");
      expect(")");
    } else if (take("..")) {
      node.start = PathStart::Parent;
    } else if (take(".")) {
      node.start = PathStart::Self;
    } else if (take("/")) {
      node.start = PathStart::Root;
      if (token().kind != Token::Kind::Name) unexpected();
      take();  // the name of the root element, which differs from form to form
    } else if (token().kind == Token::Kind::Name) {
      node.start = PathStart::Name;
      node.text = take().text;
    } else {
      unexpected();
    }
    predicates(node.steps.back());
    while (take("/")) step(node);
    return add(std::move(node), position);
  }

  void step(ExpressionNode& path) {
    PathStep next;
    if (take("..")) {
      next.kind = StepKind::Parent;
    } else if (take(".")) {
      next.kind = StepKind::Self;
    } else if (token().kind == Token::Kind::Name || token().kind == Token::Kind::Variable) {
      next.kind = StepKind::Child;
      next.name = take().text;
    } else {
      unexpected();
    }
    predicates(next);
    path.steps.push_back(std::move(next));
  }

  void predicates(PathStep& step) {
    while (take("[")) {
      step.predicates.push_back(expression(0));
      expect("]");
    }
  }

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int level_ = 0;
  /// The node last closed by a parenthesis.
  NodeIndex closed_ = static_cast<NodeIndex>(-1);
  Expression out_;
};

Expression parse_expression(std::string_view text) {
  return Parser(text).run();
}

}  // namespace anketa::form
