// The company's people, and its clients as they stood before the programme began.
#include <algorithm>

#include "shared/programme/pareto.hpp"
#include "tools/demo/phrases.hpp"
#include "tools/demo/world.hpp"

namespace anketa::demo {
namespace {

struct Post {
  std::string_view post;
  std::vector<std::string_view> roles;
  int likelihood;
};

const std::vector<Post>& posts() {
  static const std::vector<Post> all{
      {"Генеральный директор", {"decides"}, 80}, {"Директор по ИТ", {"decides", "tech"}, 55},
      {"Финансовый директор", {"budget"}, 50},   {"Главный бухгалтер", {"pay"}, 45},
      {"Системный администратор", {"tech"}, 60}, {"Коммерческий директор", {"influence"}, 30},
      {"Начальник склада", {"user"}, 20},        {"Офис-менеджер", {"user", "pay"}, 25}};
  return all;
}

/// Money of a client by its rank: a few large ones, a long tail (R20).
std::int64_t income(Chance& chance, std::size_t rank, std::size_t count) {
  const auto place = static_cast<std::int64_t>(rank * 200 / count + 6);
  return (std::int64_t{720'000'000} / (place * place) + chance.between(20, 90) * 1000) * 100;
}

Json services(Chance& chance, bool large) {
  Json all = Json::array({"access"});
  for (const auto* service : {"backup", "colo", "ddos", "pbx", "vpn", "wifi"})
    if (chance.percent(large ? 45 : 16)) all.push_back(service);
  std::sort(all.begin(), all.end());
  return all;
}

class ClientMaker {
 public:
  ClientMaker(World& world, const Company& company, std::size_t rank, std::size_t count)
      : world_(world),
        chance_(world.chance.part("client " + company.name)),
        company_(company),
        rank_(rank),
        count_(count),
        born_(world.calendar.at(-440, 10, static_cast<int>(rank % 60))) {}

  DemoClient make() {
    make_record();
    assign();
    make_contacts();
    make_dossier();
    client_.neglected = rank_ % 60 == 45;
    client_.neglected ? make_troubles() : make_history();
    return std::move(client_);
  }

 private:
  Ledger& ledger() { return world_.ledger; }

  void make_record() {
    static const std::vector<int> speeds{20, 50, 50, 100, 100, 100, 200, 500};
    const bool large = rank_ * 5 < count_;
    client_.contract_speed = chance_.pick(speeds);
    Json body{{"name", company_.name},
              {"legal_name", company_.legal_name},
              {"inn", make_inn(chance_)},
              {"industry", company_.industry},
              {"city", company_.city},
              {"region", company_.region},
              {"segment", large                ? "A"
                          : rank_ * 2 < count_ ? "B"
                                               : "C"},
              {"address", company_.city + ", " + chance_.pick(phrases("n_addr"))},
              {"phone", make_phone(chance_)},
              {"email", "info@" + company_.latin + ".example"},
              {"website", "https://" + company_.latin + ".example"},
              {"key_status", rank_ * 50 < count_ ? "top"
                             : large             ? "key"
                                                 : "ordinary"},
              {"income_year", income(chance_, rank_, count_)},
              {"contract",
               {{"number", "ПС-" + std::to_string(1000 + rank_)},
                {"sites", chance_.between(1, large ? 12 : 4)},
                {"speed_mbps", client_.contract_speed},
                {"services", services(chance_, large)}}}};
    // Who is most valuable is the lead's decision; most of the key clients are key by their income.
    if (large) {
      const bool by_income = chance_.percent(70) && body["key_status"] == "key";
      body["key_signs"] = Json::array({by_income ? std::string(programme::income_sign) : "перспектива"});
    }
    client_.id = ledger().create_client(server_self, born_, body);
  }

  void assign() {
    // The first rep works full time and has a longer list.
    client_.owner = first_rep + chance_.weighted({35, 13, 13, 13, 13, 13});
    client_.member = client_.owner;
    const auto assigned = born_ + 60LL * 60 * 1000;
    const auto note = [&](std::size_t who, const char* role) {
      ledger().create(server_self, assigned, "assignment", client_.id,
                      {{"client", client_.id.text()},
                       {"user", ledger().colleague(who).user.text()},
                       {"role", role},
                       {"unit", role == std::string_view("owner") ? "sales" : "technical"},
                       {"since", world_.calendar.date(assigned)}});
    };
    note(client_.owner, "owner");
    if (!chance_.percent(rank_ * 5 < count_ ? 60 : 8)) return;
    client_.member =
        first_rep + (client_.owner - first_rep + 1 + static_cast<std::size_t>(chance_.below(reps - 1))) % reps;
    note(client_.member, "member");
  }

  void make_contacts() {
    for (const auto& post : posts()) {
      if (!chance_.percent(post.likelihood) || client_.contacts.size() == 4) continue;
      make_contact(post);
    }
    if (client_.contacts.empty()) make_contact(posts().front());
    client_.main_contact = chance_.pick(client_.contacts).id;
    ledger().edit(server_self, born_ + 3LL * 60 * 60 * 1000, client_.id,
                  {{"main_contact", client_.main_contact.text()}});
  }

  void make_contact(const Post& post) {
    const auto person = make_person(chance_);
    Json body{{"client", client_.id.text()},
              {"name", person.full()},
              {"post", post.post},
              {"roles", post.roles},
              {"phone", make_phone(chance_)},
              {"email", latin(person.surname) + "@" + company_.latin + ".example"},
              {"met", chance_.percent(70)},
              {"state", "active"}};
    const auto id = ledger().create(server_self, born_ + 2LL * 60 * 60 * 1000, "contact", client_.id, body);
    client_.contacts.push_back({id, person.full()});
  }

  void make_dossier() {
    const auto at = world_.calendar.working(chance_.between(-340, -120), 16, chance_.below(60));
    Json body{{"client", client_.id.text()},
              {"part", "general"},
              {"description", company_.legal_name + ", " + company_.city + ". " + chance_.pick(phrases("description"))},
              {"headcount", chance_.between(12, 60) * (rank_ * 5 < count_ ? 8 : 1)},
              {"its_clients", chance_.pick(phrases("its_clients"))},
              {"revised_on", world_.calendar.date(at)},
              {"revised_by", ledger().colleague(client_.owner).user.text()}};
    if (chance_.percent(60)) body["its_competitors"] = chance_.pick(phrases("its_competitors"));
    client_.general = ledger().create(client_.owner, at, "dossier_part", client_.id, body);
    if (!chance_.percent(40)) return;
    const auto later = world_.calendar.working(chance_.between(-110, -30), 12, chance_.below(60));
    const auto entry = ledger().new_id(later).text();
    ledger().edit(client_.owner, later, client_.general,
                  {{"facts",
                    {{entry,
                      {{"at", later},
                       {"text", chance_.pick(phrases("fact"))},
                       {"user", ledger().colleague(client_.owner).user.text()},
                       {"source", "встреча"}}}}}});
  }

  void make_history() {
    const int talks = chance_.between(1, rank_ * 5 < count_ ? 6 : 3);
    for (int i = 0; i < talks; ++i) {
      const auto at = world_.calendar.working(chance_.between(-330, -35), chance_.between(9, 17), chance_.below(60));
      const bool call = chance_.percent(45);
      Json body{{"client", client_.id.text()},
                {"kind", call ? "call" : "meeting"},
                {"date", world_.calendar.date(at)},
                {"user", ledger().colleague(client_.owner).user.text()},
                {"contacts", Json::array({chance_.pick(client_.contacts).id.text()})},
                {"offer_made", !call && chance_.percent(40)},
                {"informal", !call && chance_.percent(20)},
                {"about", "relations"},
                {"summary", chance_.pick(phrases(call ? "call" : "meeting"))}};
      if (chance_.percent(40)) body["agreed"] = chance_.pick(phrases("agreed"));
      if (chance_.percent(30)) body["next_step"] = chance_.pick(phrases("next_step"));
      ledger().create(client_.owner, at, "interaction", client_.id, body);
    }
  }

  void make_troubles() {
    for (int i = 0; i < 4; ++i) {
      const bool fault = i % 2 == 0;
      const auto at = world_.calendar.working(-40 - 70 * i, 11, chance_.below(60));
      ledger().create(client_.owner, at, "interaction", client_.id,
                      {{"client", client_.id.text()},
                       {"kind", "call"},
                       {"date", world_.calendar.date(at)},
                       {"user", ledger().colleague(client_.owner).user.text()},
                       {"about", fault ? "fault" : "payment"},
                       {"summary", fault ? "Жаловались на обрыв, передали в поддержку."
                                         : "Напомнили о просроченном счёте, обещали заплатить."}});
    }
  }

  World& world_;
  Chance chance_;
  const Company& company_;
  std::size_t rank_, count_;
  Instant born_;
  DemoClient client_;
};

}  // namespace

std::vector<Colleague> make_colleagues() {
  const auto one = [](std::string_view login, std::string_view name, Role role, bool full_time = false) {
    const auto user = Uuid::derived(Uuid(), "anketa demo user " + std::string(login));
    return Colleague{user, Uuid::derived(user, "demo device"), role, std::string(login), std::string(name), full_time};
  };
  Colleague server;
  server.role = Role::Admin;
  server.device = Uuid::derived(Uuid(), "anketa server");
  return {server,
          one("kovaleva", "Ковалёва Анна Сергеевна", Role::Lead),
          one("gromov", "Громов Виктор Павлович", Role::Service),
          one("sokolova", "Соколова Ирина Михайловна", Role::Manager),
          one("admin", "Администратор", Role::Admin),
          one("ivanova", "Иванова Елена Петровна", Role::Rep, true),
          one("petrov", "Петров Дмитрий Игоревич", Role::Rep),
          one("smirnova", "Смирнова Ольга Викторовна", Role::Rep),
          one("orlov", "Орлов Павел Андреевич", Role::Rep),
          one("egorova", "Егорова Наталья Юрьевна", Role::Rep),
          one("fomin", "Фомин Сергей Олегович", Role::Rep)};
}

void make_clients(World& world, std::size_t count) {
  auto chance = world.chance.part("companies");
  const auto companies = make_companies(chance, count);
  for (std::size_t rank = 0; rank < companies.size(); ++rank)
    world.clients.push_back(ClientMaker(world, companies[rank], rank, count).make());
}

}  // namespace anketa::demo
