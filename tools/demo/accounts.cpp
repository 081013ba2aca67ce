// What is known of the accounts beyond their first page: all four parts of the dossier, the decision scheme,
// competitors, opportunities, promises, and our range (R19, R30, R31, R35).
#include <algorithm>
#include <array>

#include "tools/demo/world.hpp"

namespace anketa::demo {
namespace {

struct Service {
  const char* code;
  const char* ru;
  const char* en;
  /// Days before today; news of the season are young.
  int since;
};

constexpr std::array<Service, 8> range{{{"access", "Выделенный доступ", "Dedicated access", 3000},
                                        {"backup", "Резервный канал", "Backup channel", 2500},
                                        {"vpn", "VPN между офисами", "Inter-office VPN", 2000},
                                        {"colo", "Размещение серверов", "Colocation", 1500},
                                        {"ddos", "Защита от DDoS", "DDoS protection", 900},
                                        {"pbx", "Облачная АТС", "Cloud PBX", 200},
                                        {"wifi", "Корпоративный Wi-Fi", "Corporate Wi-Fi", 60},
                                        {"video", "Видеонаблюдение", "Video surveillance", 10}}};

using Texts = std::vector<std::string>;

const Texts now{"Ровные, деловые. Отвечают в тот же день.", "Тёплые: директор сам звонит с вопросами.",
                "Прохладные после смены ИТ-директора.", "Держатся на одном человеке, остальных мы не знаем."};
const Texts prospect{"Хотят объединить филиалы в одну сеть, ждут от нас предложения к осени.",
                     "Могут забрать к нам телефонию, если не подведём с каналом.",
                     "Будут сравнивать с тендером в следующем году."};
const Texts worked_with{"Дом-Связь, ушли из-за обрывов.", "Городская сеть, потом АльфаТелеком.",
                        "Собственный радиоканал, потом мы."};
const Texts decision_system{"Предлагает ИТ, деньги согласует финансовый директор, подписывает генеральный.",
                            "Всё решает генеральный директор, но слушает бухгалтера.",
                            "До 50 тысяч в месяц решает ИТ-директор сам."};
const Texts avoid{"Не звонить до обеда.", "Не сравнивать с Дом-Связью: там работает брат директора.",
                  "Не говорить о ценах при бухгалтере.", "Не приходить без предупреждения."};
const Texts overview{"Дом-Связь держит резервный канал и заходит через цену.",
                     "АльфаТелеком предлагает всё в одном договоре, но сервис у них слабый.",
                     "Серьёзных предложений у клиента сейчас нет."};
const Texts comparison{"Мы дороже на 10 %, зато приезжаем за два часа.", "По скорости равны, по поддержке сильнее мы.",
                       "У них дешевле подключение, у нас нет простоев."};
const Texts rivals{"Дом-Связь", "АльфаТелеком", "Городская сеть"};
const Texts strengths{"Низкая цена и подключение за день.", "Всё в одном договоре.", "Знакомства с давних времён."};
const Texts weaknesses{"Обрывы в дождь, поддержка только в будни.", "Долго считают и путают счета.",
                       "Нет своих монтажников."};
const Texts answers{"Показать отчёт о доступности за год.", "Предложить месяц бесплатного резерва.",
                    "Привезти инженера и сделать замер при них."};
const Texts wanted{"Чтобы ночью никто не звонил.", "Меньше поставщиков и меньше бумаг.",
                   "Быть первым с новой техникой.", "Уложиться в бюджет."};
const Texts chances{"Связь для нового склада", "Телефония для филиалов", "Резерв для касс", "Сеть для второго корпуса"};
const Texts promised{"Прислать расчёт резервного канала", "Показать отчёт о доступности", "Привезти инженера на замер",
                     "Проверить счёт за прошлый месяц"};

const Texts requested{"Просят второй счёт на филиал.", "Просят перенести стойку в новый кабинет.",
                      "Спрашивают, можно ли поднять скорость на время выставки."};
const Texts came_of_it{"Выставили, бухгалтер подтвердила.", "Перенесли в субботу, без простоя.",
                       "Подняли на неделю бесплатно, поблагодарили письмом."};
const Texts informal{"Завтрак с директором: говорили о рынке и о детях, дела не обсуждали.",
                     "Были на их дне рождения компании, познакомились с новым партнёром.",
                     "Рыбалка с техническим директором: звал смотреть новый цех."};

class AccountMaker {
 public:
  AccountMaker(World& world, DemoClient& client, bool large)
      : world_(world),
        client_(client),
        chance_(world.chance.part("account of " + string_or_empty(world.ledger.record(client.id).body, "name"))),
        large_(large) {}

  void make() {
    // Of small clients less is known.
    if ((!large_ && !chance_.percent(35)) || client_.neglected) return;
    parts();
    actors();
    if (large_ || chance_.percent(50)) competitor();
    const int count = chance_.between(1, large_ ? 3 : 1);
    for (int i = 0; i < count; ++i) opportunity();
    if (chance_.percent(60)) promise();
    if (chance_.percent(12)) trouble();
    if (chance_.percent(30)) request();
    if (large_ && chance_.percent(55)) breakfast();
  }

 private:
  Ledger& ledger() { return world_.ledger; }
  std::string owner() { return ledger().colleague(client_.owner).user.text(); }
  Instant some_day(int least, int most) {
    return world_.calendar.working(chance_.between(least, most), chance_.between(9, 17), chance_.below(60));
  }

  Uuid put(const char* collection, Instant at, Json body) {
    body["client"] = client_.id.text();
    return ledger().create(client_.owner, at, collection, client_.id, body);
  }

  void part(const char* name, Json body) {
    // Before the first talk, which adds to it.
    const auto at = some_day(-330, -130);
    body["part"] = name;
    if (chance_.percent(80)) body.update({{"revised_on", world_.calendar.date(at)}, {"revised_by", owner()}});
    client_.parts[name] = put("dossier_part", at, std::move(body));
  }

  void parts() {
    Json view{{"now", chance_.pick(now)},
              {"prospect", chance_.pick(prospect)},
              {"worked_with", chance_.pick(worked_with)},
              {"decision_system", chance_.pick(decision_system)},
              {"budget_year", std::int64_t{100} * 1000 * chance_.between(200, 2400)}};
    if (chance_.percent(50)) view["avoid"] = chance_.pick(avoid);
    part("our_view", std::move(view));
    part("decision", {{"scheme", chance_.pick(decision_system)}});
    part("competitors", {{"overview", chance_.pick(overview)}, {"comparison", chance_.pick(comparison)}});
  }

  std::string role_of(const Uuid& contact) {
    const auto& roles = ledger().record(contact).at("roles");
    return roles.is_array() && !roles.empty() ? roles.front().get<std::string>() : "influence";
  }

  void actors() {
    static const Texts influences{"decisive", "high", "medium", "low"},
        attitudes{"champion", "supports", "supports", "neutral", "cautious", "opposes"},
        accesses{"close", "regular", "regular", "occasional", "through_others", "none"};
    std::string first;
    for (const auto& contact : client_.contacts) {
      Json body{{"contact", contact.id.text()},
                {"name", contact.name},
                {"role", role_of(contact.id)},
                {"influence", chance_.pick(influences)},
                {"attitude", chance_.pick(attitudes)},
                {"access", chance_.pick(accesses)},
                {"held_by", owner()},
                {"wants", chance_.pick(wanted)}};
      if (!first.empty()) body["follows"] = first;
      const auto id = put("relation_actor", some_day(-200, -20), std::move(body));
      if (first.empty()) first = id.text();
    }
  }

  void competitor() {
    static const Texts standings{"supplies", "supplied", "offers"}, prices{"cheaper", "same", "dearer"},
        levels{"high", "medium", "low"};
    put("competitor", some_day(-200, -20),
        {{"name", chance_.pick(rivals)},
         {"standing", chance_.pick(standings)},
         {"services", Json::array({"access"})},
         {"price", chance_.pick(prices)},
         {"threat", chance_.pick(levels)},
         {"strengths", chance_.pick(strengths)},
         {"weaknesses", chance_.pick(weaknesses)},
         {"our_answer", chance_.pick(answers)}});
  }

  void opportunity() {
    const auto at = some_day(-150, -10);
    const auto year = std::int64_t{100} * 1000 * chance_.between(60, large_ ? 900 : 240);
    put("opportunity", at,
        {{"what", chance_.pick(chances)},
         {"kind", chance_.percent(60) ? "new_line" : "volume"},
         {"year1", year},
         {"year3", year * chance_.between(12, 25) / 10},
         {"year5", year * chance_.between(20, 45) / 10},
         {"chance_percent", chance_.between(2, 9) * 10},
         {"state", "open"},
         {"assessed_on", world_.calendar.date(at)},
         {"assessed_by", owner()}});
  }

  void promise() {
    const auto at = some_day(-60, -6);
    const auto day = world_.calendar.days_to(at);
    Json made{{"text", chance_.pick(promised)},
              {"by", chance_.percent(80) ? "us" : "client"},
              {"user", owner()},
              {"due_on", world_.calendar.date(world_.calendar.working(day + chance_.between(3, 40), 12))}};
    const auto item = ledger().new_id(at).text();
    const auto talk = put("interaction", at,
                          {{"kind", "agreement"},
                           {"about", "relations"},
                           {"date", world_.calendar.date(at)},
                           {"user", owner()},
                           {"contacts", Json::array({chance_.pick(client_.contacts).id.text()})},
                           {"promises", {{item, made}}}});
    if (!chance_.percent(45)) return;
    const auto kept = world_.calendar.working(day + 3, 12);
    if (kept > world_.calendar.now() || kept <= at) return;
    ledger().edit(client_.owner, kept, talk, {{"promises", {{item, {{"done_on", world_.calendar.date(kept)}}}}}});
  }

  /// What the client asked for, and what came of it (R35).
  void request() {
    const auto place = static_cast<std::size_t>(chance_.below(static_cast<int>(requested.size())));
    const auto at = some_day(-80, -8);
    put("interaction", at,
        {{"kind", "request"},
         {"about", "contract"},
         {"date", world_.calendar.date(at)},
         {"user", owner()},
         {"contacts", Json::array({chance_.pick(client_.contacts).id.text()})},
         {"summary", requested[place]},
         {"outcome", came_of_it[place]}});
  }

  /// Key clients are met without a questionnaire too, and not always with an offer (R20).
  void breakfast() {
    const auto at = some_day(-18, -3);
    put("interaction", at,
        {{"kind", "meeting"},
         {"about", "relations"},
         {"date", world_.calendar.date(at)},
         {"user", owner()},
         {"contacts", Json::array({chance_.pick(client_.contacts).id.text()})},
         {"informal", true},
         {"offer_made", false},
         {"summary", chance_.pick(informal)}});
  }

  /// Calls that one would rather not have (R2).
  void trouble() {
    for (const auto* about : {"payment", "fault"}) {
      const auto at = some_day(-120, -6);
      put("interaction", at,
          {{"kind", "call"},
           {"about", about},
           {"date", world_.calendar.date(at)},
           {"user", owner()},
           {"summary", std::string_view(about) == "payment" ? "Напомнили о просроченном счёте."
                                                            : "Жаловались на обрыв, передали в поддержку."}});
    }
  }

  World& world_;
  DemoClient& client_;
  Chance chance_;
  bool large_;
};

}  // namespace

void make_accounts(World& world) {
  for (const auto& service : range) {
    const auto since = world.calendar.working(-std::min(service.since, 360), 11);
    const auto announced = world.calendar.date(world.calendar.working(-service.since, 11));
    world.ledger.create(
        lead, since, "range_item", company_scope,
        {{"code", service.code}, {"name", {{"ru", service.ru}, {"en", service.en}}}, {"since", announced}});
  }
  for (std::size_t rank = 0; rank < world.clients.size(); ++rank)
    if (string_or_empty(world.ledger.record(world.clients[rank].id).body, "name") != untouched_client)
      AccountMaker(world, world.clients[rank], rank * 5 < world.clients.size()).make();
}

}  // namespace anketa::demo
