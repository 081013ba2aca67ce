#include <catch2/catch_test_macros.hpp>

#include "shared/problem/problem.hpp"
#include "shared/record/environment.hpp"
#include "shared/record/uuid.hpp"

using namespace anketa;

namespace {

class Fixed : public Environment {
 public:
  explicit Fixed(Instant now) : now_(now) {}
  Instant now() override { return now_; }
  void random(std::span<std::byte> into) override {
    for (auto& byte : into) byte = static_cast<std::byte>(next_++);
  }

 private:
  Instant now_;
  std::uint8_t next_ = 0;
};

}  // namespace

TEST_CASE("A UUIDv7 holds the time, its version and variant, and sorts by time") {
  Fixed early(0x01890c5e3b2f), late(0x01890c5e3b30);
  const auto first = Uuid::v7(early), second = Uuid::v7(late);
  CHECK(first.text().substr(0, 15) == "01890c5e-3b2f-7");
  CHECK((first.bytes()[8] & 0xc0) == 0x80);
  CHECK(first < second);
  CHECK_FALSE(Uuid::v7(early) == Uuid::v7(early));
}

TEST_CASE("A derived id is the same for the same cause and another for any other") {
  const auto space = Uuid::from("01890c5e-3b2f-7c4a-9a41-0123456789ab");
  CHECK(Uuid::derived(space, "a") == Uuid::derived(space, "a"));
  CHECK_FALSE(Uuid::derived(space, "a") == Uuid::derived(space, "b"));
  CHECK_FALSE(Uuid::derived(space, "a") == Uuid::derived(Uuid(), "a"));
  CHECK(Uuid::derived(space, "a").text()[14] == '8');
}

TEST_CASE("An id is parsed in either case, written in lower case, and nothing else is one") {
  const std::string text = "01890c5e-3b2f-7c4a-9a41-0123456789ab";
  CHECK(Uuid::parse(text)->text() == text);
  CHECK(Uuid::parse("01890C5E-3B2F-7C4A-9A41-0123456789AB")->text() == text);
  for (const auto& bad : {std::string(), text.substr(1), text + "0", "g" + text.substr(1), std::string(36, '-'),
                          std::string("01890c5e 3b2f-7c4a-9a41-0123456789ab")}) {
    CAPTURE(bad);
    CHECK_FALSE(Uuid::parse(bad));
    CHECK_THROWS_AS(Uuid::from(bad), ProblemError);
  }
}

TEST_CASE("Scopes have names for the company and for all") {
  CHECK(scope_text(company_scope) == "company");
  CHECK(parse_scope("company") == company_scope);
  CHECK(parse_scope("every") == every_scope);
  const auto client = Uuid::from("01890c5e-3b2f-7c4a-9a41-0123456789ab");
  CHECK(parse_scope(scope_text(client)) == client);
  CHECK_FALSE(parse_scope("nobody"));
}

TEST_CASE("Instants are written and read to the millisecond, before 1970 and on leap days too") {
  CHECK(format_instant(0) == "1970-01-01T00:00:00.000Z");
  for (const Instant instant :
       {Instant{0}, Instant{-1}, Instant{951782400123}, Instant{1749547800000}, Instant{253402300799999}}) {
    CAPTURE(instant);
    CHECK(parse_instant(format_instant(instant)) == instant);
  }
  CHECK(format_instant(951782400123) == "2000-02-29T00:00:00.123Z");
  CHECK(format_instant(-1) == "1969-12-31T23:59:59.999Z");
}

TEST_CASE("What is no instant is refused") {
  for (const char* bad : {"", "2025-06-10", "2025-02-29T00:00:00.000Z", "2025-13-01T00:00:00.000Z",
                          "2025-06-10T24:00:00.000Z", "2025-06-10T09:60:00.000Z", "2025-06-10T09:30:00.000+",
                          "2025-06-10 09:30:00.000Z", "2025-06-1xT09:30:00.000Z"}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(parse_instant(bad), ProblemError);
  }
}

TEST_CASE("A date is that of the place") {
  CHECK(format_date(1749593700000, 0) == "2025-06-10");
  CHECK(format_date(1749593700000, 180) == "2025-06-11");
  CHECK(format_date(1749593700000, -60 * 23) == "2025-06-09");
}
