// docs/requirements.md against what there is: every file, test and command that it names exists.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/tools/manual/pages.hpp"

namespace anketa::manual {
namespace {

const std::filesystem::path root = ANKETA_SOURCE_DIR;

std::string content_of(const std::filesystem::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// A row of the table: requirement, where it lives, tests, commands.
using Row = std::vector<std::string>;

std::vector<Row> rows_of_the_page() {
  std::ifstream page(root / "docs/requirements.md");
  REQUIRE(page.is_open());
  std::vector<Row> rows;
  for (std::string line; std::getline(page, line);) {
    if (!line.starts_with("| R")) continue;
    std::istringstream cells(line.substr(2));
    Row row;
    for (std::string cell; std::getline(cells, cell, '|');) row.push_back(cell);
    INFO(line);
    REQUIRE(row.size() == 4);
    rows.push_back(std::move(row));
  }
  return rows;
}

/// "a/{b,c}.cpp" names two files.
std::vector<std::string> expanded(const std::string& name) {
  const auto open = name.find('{'), close = name.find('}');
  if (open == name.npos || close == name.npos) return {name};
  std::vector<std::string> all;
  std::istringstream choices(name.substr(open + 1, close - open - 1));
  for (std::string choice; std::getline(choices, choice, ',');)
    all.push_back(name.substr(0, open) + choice + name.substr(close + 1));
  return all;
}

/// Numbers of requirements at the head of a row: "R31, R35 brief before a meeting".
std::set<int> numbers_of(const std::string& head) {
  std::set<int> numbers;
  for (auto word : words_of(head)) {
    if (word.back() == ',') word.pop_back();
    if (word.size() < 2 || word[0] != 'R' || word.find_first_not_of("0123456789", 1) != word.npos) break;
    numbers.insert(std::stoi(word.substr(1)));
  }
  return numbers;
}

/// Names of test cases by file; of a name in several literals the first.
const std::map<std::string, std::vector<std::string>>& test_cases() {
  static const auto all = [] {
    std::map<std::string, std::vector<std::string>> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / "tests")) {
      if (!entry.path().string().ends_with("_test.cpp")) continue;
      const auto text = content_of(entry.path());
      auto& names = found[std::filesystem::relative(entry.path(), root).string()];
      constexpr std::string_view macro = "TEST_CASE(";
      for (auto from = text.find(macro); from != text.npos; from = text.find(macro, from + 1)) {
        const auto begin = text.find('"', from) + 1;
        names.push_back(text.substr(begin, text.find('"', begin) - begin));
      }
    }
    return found;
  }();
  return all;
}

/// What stands between quotation marks.
std::vector<std::string> quoted(const std::string& cell) {
  std::vector<std::string> all;
  for (auto from = cell.find('"'); from != cell.npos; from = cell.find('"', from)) {
    const auto to = cell.find('"', from + 1);
    REQUIRE(to != cell.npos);
    all.push_back(cell.substr(from + 1, to - from - 1));
    from = to + 1;
  }
  return all;
}

void check_files(const std::string& cell) {
  for (const auto& code : code_of(cell)) {
    if (code.find('/') == code.npos) continue;
    for (const auto& name : expanded(code)) {
      INFO(name);
      CHECK(std::filesystem::exists(root / name));
    }
  }
}

void check_tests(const std::string& cell) {
  CHECK_FALSE(code_of(cell).empty());
  check_files(cell);
  for (const auto& code : code_of(cell)) {
    INFO(code);
    // Without a folder it is a program, which the build file knows.
    if (code.find('/') == code.npos) CHECK(content_of(root / "tests/CMakeLists.txt").find(code) != std::string::npos);
  }
  for (const auto& beginning : quoted(cell)) {
    INFO(beginning);
    CHECK(std::any_of(test_cases().begin(), test_cases().end(), [&](const auto& file) {
      return std::any_of(file.second.begin(), file.second.end(),
                         [&](const std::string& name) { return name.starts_with(beginning); });
    }));
  }
}

/// "anketa norms --server"; a command without its program belongs to the one before.
void check_commands(const std::string& cell, const Manual& declared) {
  std::string program;
  for (const auto& code : code_of(cell)) {
    if (code.starts_with('-')) continue;
    INFO(code);
    auto words = words_of(code);
    if (words[0].starts_with("anketa")) {
      program = words[0];
      words.erase(words.begin());
    }
    std::string command = program;
    const Command* found = nullptr;
    for (const auto& word : words) {
      const auto longer = declared.find(command + " " + word);
      // A word may open a group that is no command of its own ("cases accept").
      const auto group = declared.lower_bound(command + " " + word + " ");
      const bool opens = group != declared.end() && group->first.starts_with(command + " " + word + " ");
      if (longer == declared.end() && !opens) break;
      command += " " + word;
      found = longer == declared.end() ? nullptr : &longer->second;
    }
    REQUIRE(found);
    for (const auto& word : words)
      if (word.starts_with('-')) CHECK(found->options.contains(word));
  }
}

}  // namespace

TEST_CASE("docs/requirements.md has a row for every requirement of the programme and of the dossier's records") {
  std::set<int> told;
  for (const auto& row : rows_of_the_page()) told.merge(numbers_of(row[0]));
  for (int number = 1; number <= 23; ++number) {
    INFO("R" << number);
    CHECK(told.contains(number));
  }
  for (const int number : {30, 31, 35, 37}) {
    INFO("R" << number);
    CHECK(told.contains(number));
  }
}

TEST_CASE("docs/requirements.md names files, tests and commands that exist") {
  const auto declared = declared_by_programs();
  for (const auto& row : rows_of_the_page()) {
    INFO(row[0]);
    check_files(row[1]);
    check_tests(row[2]);
    check_commands(row[3], declared);
  }
}

}  // namespace anketa::manual
