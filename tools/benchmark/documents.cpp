#include "tools/benchmark/documents.hpp"

#include <array>
#include <fstream>
#include <random>

#include "shared/form/default_template.hpp"
#include "shared/problem/problem.hpp"
#include "shared/record/sha256.hpp"

namespace anketa::benchmark {
namespace {

using Words = std::vector<const char*>;

class Talk {
 public:
  Talk(std::uint64_t seed, std::size_t number) : random_(seed * 1'000'003 + number) {}

  std::size_t below(std::size_t bound) { return random_() % bound; }
  std::string one_of(const Words& words) { return words[below(words.size())]; }
  std::string phrase(std::size_t words) {
    static const Words all{"связь",      "офис",      "склад",     "стабильно", "растём",     "филиал",
                           "надёжность", "заявка",    "быстро",    "монтаж",    "перебои",    "довольны",
                           "резерв",     "договор",   "планируем", "открыть",   "новый",      "магазин",
                           "кассы",      "телефония", "переезд",   "осенью",    "поставщик",  "цена",
                           "качество",   "поддержка", "отвечает",  "инженер",   "сотрудники", "удалённо"};
    std::string text;
    for (std::size_t i = 0; i < words; ++i) text += (i ? " " : "") + one_of(all);
    return text + " " + std::to_string(below(1000));
  }
  Json some_of(const Words& words) {
    Json chosen = Json::array();
    for (const auto* word : words)
      if (below(3) == 0) chosen.push_back(word);
    std::sort(chosen.begin(), chosen.end());
    if (chosen.empty()) chosen.push_back(words.front());
    return chosen;
  }
  std::string id() {
    std::array<std::uint8_t, 16> bytes{};
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random_());
    return Uuid(bytes).text();
  }

 private:
  std::mt19937_64 random_;
};

Json contact(Talk& talk) {
  static const Words names{"Петров Д. И.", "Иванова А. П.", "Смирнов К. О.", "Орлова Н. В.", "Ким С. Л."};
  return {{"c_stat", talk.one_of({"same", "upd", "new"})},
          {"c_name", talk.one_of(names)},
          {"c_post", talk.one_of({"Директор по ИТ", "Главный инженер", "Финансовый директор"})},
          {"c_role", talk.some_of({"budget", "decides", "influence", "tech"})},
          {"c_tel", "+7 000 " + std::to_string(1'000'000 + talk.below(8'999'999))},
          {"c_met", talk.one_of({"yes", "no"})},
          {"pos", "V"}};
}

/// What a record may hold in place of a value it may not.
Json acceptable(const Json& value) {
  if (value.is_number_float()) return value.dump();
  if (value.is_object()) {
    Json object = Json::object();
    for (const auto& [key, child] : value.items())
      if (!child.is_null()) object[key.empty() ? "_" : key] = acceptable(child);
    return object;
  }
  if (!value.is_array()) return value;
  const bool texts = std::all_of(value.begin(), value.end(), [](const Json& item) { return item.is_string(); });
  if (!texts) return value.dump();
  auto sorted = value;
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  return sorted;
}

}  // namespace

Json make_answers(std::uint64_t seed, std::size_t number) {
  Talk talk(seed, number);
  Json contacts = Json::object();
  contacts[talk.id()] = contact(talk);
  const auto day = std::to_string(10 + talk.below(18));
  return {{"date", "2026-06-" + day},
          {"visit", "first"},
          {"contacts", std::move(contacts)},
          {"k_story", talk.phrase(7)},
          {"k_wins", talk.phrase(5)},
          {"k_why", talk.phrase(4)},
          {"k_plans", talk.phrase(7)},
          {"k_market", talk.phrase(5)},
          {"serv", talk.some_of({"access", "backup", "pbx", "vpn", "wifi"})},
          {"sites", 1 + talk.below(12)},
          {"crit", talk.some_of({"cloud", "pay", "tel", "video"})},
          {"others", talk.one_of({"yes", "no"})},
          {"decide", talk.phrase(5)},
          {"our_status", talk.one_of({"key", "main", "usual", "reserve"})},
          {"sp_contract", 50 * (1 + talk.below(10))},
          {"sp_meas", 500 + talk.below(100)},
          {"sp_ok", "yes"},
          {"out", "no"},
          {"sup", "yes"},
          {"sup_score", talk.below(11)},
          {"docs_ok", "yes"},
          {"nps", talk.below(11)},
          {"nps_why", talk.phrase(4)},
          {"serious", "no"},
          {"cap", talk.one_of({"yes", "no", "dk"})},
          {"newsite", "no"},
          {"budget", talk.one_of({"same", "up", "down"})},
          {"budget_rub", 100'000 * talk.below(500)},
          {"tasks", talk.phrase(5)},
          {"ref", talk.one_of({"later", "no"})},
          {"next_meet", "2026-09-" + day}};
}

std::vector<Json> read_answers(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw ProblemError(ProblemCode::FileUnreadable, {{"path", path}}, path);
  std::vector<Json> all;
  std::string line;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    if (line.empty()) continue;
    try {
      auto object = parse_json(line);
      if (!object.is_object()) throw ProblemError(ProblemCode::WrongType);
      all.push_back(acceptable(object));
    } catch (const ProblemError& error) {
      auto problem = error.problem();
      problem.where = path + ":" + std::to_string(number);
      throw ProblemError(problem);
    }
  }
  return all;
}

Json questionnaire_body(const Uuid& client, const Uuid& rep, Json answers) {
  static const auto& settings = form::default_template_json().at("settings");
  static const auto hash = hex(sha256(canonical(form::default_template_json())));
  return {{"client", client.text()},
          {"rep", rep.text()},
          {"form", {{"id", settings.at("form_id")}, {"version", settings.at("version")}, {"hash", hash}}},
          {"date", answers.value("date", "2026-06-10")},
          {"status", "draft"},
          {"answers", std::move(answers)}};
}

}  // namespace anketa::benchmark
