// Long texts: merged three-way by paragraph.
#include <catch2/catch_test_macros.hpp>

#include "shared/merge/paragraphs.hpp"
#include "tests/shared/merge/world.hpp"

using namespace anketa;
using namespace anketa::merge;
using namespace anketa::merge::testing;

namespace {

struct Texts : Pair {
  Texts() : Pair("dossier_part", dossier_body()) {}
  std::string history() const { return office.body()["history"].get<std::string>(); }
};

}  // namespace

TEST_CASE("Paragraphs: what each changed apart from the other is joined") {
  CHECK(merge_paragraphs("a\nb\nc", "A\nb\nc", "a\nb\nC") == "A\nb\nC");
  CHECK(merge_paragraphs("a\nb\nc", "A\nb\nc", "a\nB\nc") == "A\nB\nc");
  CHECK(merge_paragraphs("a\nb\nc", "x\na\nb\nc", "a\nb\nc\ny") == "x\na\nb\nc\ny");
  CHECK(merge_paragraphs("a\nb\nc", "b\nc", "a\nb") == "b");
  CHECK(merge_paragraphs("a\nb\nc\nd", "a\nb2\nb3\nc\nd", "a\nb\nc") == "a\nb2\nb3\nc");
  CHECK(merge_paragraphs("a", "a\nb", "a\nb") == "a\nb");
  CHECK(merge_paragraphs("a\nb", "A\nb\nx", "A\nb") == "A\nb\nx");
}

TEST_CASE("Paragraphs: what both changed differently is not joined") {
  CHECK_FALSE(merge_paragraphs("a", "b", "c"));
  CHECK_FALSE(merge_paragraphs("", "b", "c"));
  CHECK_FALSE(merge_paragraphs("a", "a\nb", "a\nc"));
  CHECK_FALSE(merge_paragraphs("a\nb", "A\nx\nb", "a2\nb"));
  // What is inserted beside a paragraph that the other changed has no certain place.
  CHECK_FALSE(merge_paragraphs("a\nb", "a\nx\nb", "a\nB"));
  CHECK_FALSE(merge_paragraphs("a\nb", "", "a\nB"));
}

TEST_CASE("Paragraphs: one unchanged side gives the other") {
  CHECK(merge_paragraphs("a\nb", "a\nb", "") == "");
  CHECK(merge_paragraphs("a\nb", "c", "a\nb") == "c");
  CHECK(merge_paragraphs("a", "b", "b") == "b");
}

TEST_CASE("Paragraphs: a text too long to compare paragraph by paragraph still merges at its ends") {
  std::string middle, other;
  for (int i = 0; i < 3000; ++i)
    middle += "line " + std::to_string(i) + "\n", other += "row " + std::to_string(i) + "\n";
  CHECK(merge_paragraphs("a\n" + middle + "z", "a\n" + other + "z", "a\n" + middle + "Z") == "a\n" + other + "Z");
  CHECK_FALSE(merge_paragraphs("a\n" + middle + "z", "a\n" + other + "z", "a\nx\n" + middle + "z"));
}

TEST_CASE("LongTextDisjoint: different paragraphs merge") {
  Texts pair;
  pair.anna.edit({set("history", "Первый, с правкой Анны\n\nВторой абзац\n\nТретий абзац")});
  pair.boris.edit({set("history", "Первый абзац\n\nВторой абзац\n\nТретий, с правкой Бориса")});
  pair.anna.sync(pair.office);
  const auto plan = pair.boris.sync(pair.office);
  CHECK(pair.history() == "Первый, с правкой Анны\n\nВторой абзац\n\nТретий, с правкой Бориса");
  CHECK(pair.office.conflicts().empty());
  CHECK_FALSE(plan.as_in_own_view);
}

TEST_CASE("LongTextOverlap: both texts are kept as sides, never interleaved") {
  Texts pair;
  const std::string annas = "Первый, Анна\n\nВторой абзац\n\nТретий абзац";
  const std::string boriss = "Первый, Борис\n\nВторой абзац\n\nТретий, Борис";
  pair.anna.edit({set("history", annas)});
  pair.boris.edit({set("history", boriss)});
  pair.anna.sync(pair.office);
  pair.boris.sync(pair.office);
  CHECK(pair.history() == annas);
  CHECK(open_values(pair.office.conflict("history")) == std::vector<Json>{annas, boriss});
}

TEST_CASE("LongTextFirst: two first texts overlap") {
  Texts pair;
  pair.anna.edit({set("mission", "а")});
  pair.boris.edit({set("mission", "б")});
  pair.anna.sync(pair.office);
  pair.boris.sync(pair.office);
  CHECK(open_values(pair.office.conflict("mission")) == std::vector<Json>{"а", "б"});
}

TEST_CASE("LongTextOwnChain: an author's next edit does not wipe out what was merged into his last one") {
  // Boris edits twice without a connection: his second text knows nothing of Anna's paragraph.
  Texts pair;
  pair.anna.edit({set("history", "Анна\n\nВторой абзац\n\nТретий абзац")});
  pair.anna.sync(pair.office);
  pair.boris.edit({set("history", "Первый абзац\n\nВторой абзац\n\nБорис")});
  pair.boris.edit({set("history", "Первый абзац\n\nВторой абзац\n\nБорис, дважды")});
  CHECK_FALSE(pair.boris.sync(pair.office).conflicted);
  CHECK(pair.history() == "Анна\n\nВторой абзац\n\nБорис, дважды");
}

TEST_CASE("LongTextAfterMerge: who saw the merged text edits it freely, even back to how it was") {
  Texts pair;
  pair.anna.edit({set("history", "Анна\n\nВторой абзац\n\nТретий абзац")});
  pair.boris.edit({set("history", "Первый абзац\n\nВторой абзац\n\nБорис")});
  pair.anna.sync(pair.office);
  pair.boris.sync(pair.office);
  pair.boris.edit({set("history", "Первый абзац\n\nВторой абзац\n\nБорис")});
  CHECK_FALSE(pair.boris.sync(pair.office).conflicted);
  CHECK(pair.history() == "Первый абзац\n\nВторой абзац\n\nБорис");
}

TEST_CASE("LongTextAfterMerge: the merged text is the base of the next merge") {
  Texts pair;
  pair.anna.edit({set("history", "Анна\n\nВторой абзац\n\nТретий абзац")});
  pair.boris.edit({set("history", "Первый абзац\n\nВторой абзац\n\nБорис")});
  pair.anna.sync(pair.office);
  pair.boris.sync(pair.office);
  pair.anna.pull(pair.office);
  // Boris deliberately takes Anna's paragraph back; taken against the text he had sent, that would look like no change.
  pair.anna.edit({set("history", "Анна\n\nСередина\n\nБорис")});
  pair.boris.edit({set("history", "Первый абзац\n\nВторой абзац\n\nБорис")});
  pair.anna.sync(pair.office);
  CHECK_FALSE(pair.boris.sync(pair.office).conflicted);
  CHECK(pair.history() == "Первый абзац\n\nСередина\n\nБорис");
}
