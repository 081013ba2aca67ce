#include "tools/demo/people.hpp"

#include <array>
#include <map>

namespace anketa::demo {
namespace {

using Words = std::vector<std::string>;

const Words surnames{
    "Абрамов",  "Андреев",   "Антипов",    "Баранов",    "Белов",      "Беляев",    "Богданов",   "Борисов",
    "Быков",    "Васильев",  "Виноградов", "Власов",     "Волков",     "Воробьёв",  "Гаврилов",   "Герасимов",
    "Горбунов", "Громов",    "Гусев",      "Давыдов",    "Данилов",    "Денисов",   "Дмитриев",   "Ершов",
    "Ефимов",   "Жуков",     "Зайцев",     "Захаров",    "Зимин",      "Ильин",     "Калинин",    "Карпов",
    "Киселёв",  "Ковалёв",   "Комаров",    "Коновалов",  "Королёв",    "Крылов",    "Кудрявцев",  "Кузнецов",
    "Куликов",  "Лазарев",   "Лебедев",    "Логинов",    "Макаров",    "Максимов",  "Маслов",     "Матвеев",
    "Медведев", "Мельников", "Миронов",    "Морозов",    "Назаров",    "Никитин",   "Новиков",    "Осипов",
    "Павлов",   "Панфилов",  "Петухов",    "Поляков",    "Потапов",    "Прохоров",  "Родионов",   "Романов",
    "Савельев", "Сазонов",   "Селиванов",  "Семёнов",    "Сидоров",    "Соболев",   "Соколов",    "Сорокин",
    "Степанов", "Суворов",   "Суханов",    "Тарасов",    "Тимофеев",   "Титов",     "Третьяков",  "Ушаков",
    "Фёдоров",  "Филатов",   "Фролов",     "Хохлов",     "Цветков",    "Чернов",    "Шаповалов",  "Шилов",
    "Щербаков", "Яковлев",   "Белинский",  "Вишневский", "Заславский", "Каменский", "Островский", "Сосновский"};

struct FirstName {
  std::string name;
  /// Patronymics it gives; empty for women's names.
  std::string son, daughter;
};

const std::vector<FirstName> men{{"Александр", "Александрович", "Александровна"},
                                 {"Алексей", "Алексеевич", "Алексеевна"},
                                 {"Андрей", "Андреевич", "Андреевна"},
                                 {"Антон", "Антонович", "Антоновна"},
                                 {"Борис", "Борисович", "Борисовна"},
                                 {"Вадим", "Вадимович", "Вадимовна"},
                                 {"Виктор", "Викторович", "Викторовна"},
                                 {"Владимир", "Владимирович", "Владимировна"},
                                 {"Вячеслав", "Вячеславович", "Вячеславовна"},
                                 {"Геннадий", "Геннадьевич", "Геннадьевна"},
                                 {"Григорий", "Григорьевич", "Григорьевна"},
                                 {"Денис", "Денисович", "Денисовна"},
                                 {"Дмитрий", "Дмитриевич", "Дмитриевна"},
                                 {"Евгений", "Евгеньевич", "Евгеньевна"},
                                 {"Игорь", "Игоревич", "Игоревна"},
                                 {"Илья", "Ильич", "Ильинична"},
                                 {"Кирилл", "Кириллович", "Кирилловна"},
                                 {"Константин", "Константинович", "Константиновна"},
                                 {"Максим", "Максимович", "Максимовна"},
                                 {"Михаил", "Михайлович", "Михайловна"},
                                 {"Николай", "Николаевич", "Николаевна"},
                                 {"Олег", "Олегович", "Олеговна"},
                                 {"Павел", "Павлович", "Павловна"},
                                 {"Пётр", "Петрович", "Петровна"},
                                 {"Роман", "Романович", "Романовна"},
                                 {"Сергей", "Сергеевич", "Сергеевна"},
                                 {"Степан", "Степанович", "Степановна"},
                                 {"Фёдор", "Фёдорович", "Фёдоровна"},
                                 {"Юрий", "Юрьевич", "Юрьевна"},
                                 {"Ярослав", "Ярославович", "Ярославовна"}};

const Words women{"Алла",   "Анастасия", "Анна",      "Валентина", "Вера",    "Виктория", "Галина",
                  "Дарья",  "Евгения",   "Екатерина", "Елена",     "Жанна",   "Зоя",      "Инна",
                  "Ирина",  "Кира",      "Ксения",    "Лариса",    "Лидия",   "Людмила",  "Маргарита",
                  "Марина", "Мария",     "Надежда",   "Наталья",   "Нина",    "Оксана",   "Ольга",
                  "Полина", "Светлана",  "София",     "Тамара",    "Татьяна", "Юлия",     "Яна"};

std::string feminine(const std::string& surname) {
  constexpr std::string_view adjective = "ий";
  if (surname.ends_with(adjective)) return surname.substr(0, surname.size() - adjective.size()) + "ая";
  return surname + "а";
}

struct Trade {
  std::string industry;
  /// Names of the trade; * stands for a stem.
  Words patterns;
};

const std::vector<Trade> trades{{"Логистика", {"*-Транс", "*-Логистик", "*-Карго"}},
                                {"Производство", {"Завод «*»", "* Пром", "Фабрика «*»"}},
                                {"Розничная торговля", {"Торговая сеть «*»", "* Маркет", "*-Ритейл"}},
                                {"Оптовая торговля", {"Торговый дом «*»", "*-Опт", "* Снаб"}},
                                {"Медицина", {"Клиника «*»", "Медцентр «*»", "*-Мед"}},
                                {"Строительство", {"* Строй", "СК «*»", "*-Девелопмент"}},
                                {"Финансы", {"Банк «*»", "*-Лизинг", "* Капитал"}},
                                {"Гостиницы и отдых", {"Отель «*»", "* Парк", "Курорт «*»"}},
                                {"Образование", {"Академия «*»", "Учебный центр «*»"}},
                                {"Пищевая промышленность", {"*-Продукт", "Хлебозавод «*»", "Агрофирма «*»"}},
                                {"Информационные технологии", {"* Софт", "*-Системы", "* Дата"}},
                                {"Автомобили", {"*-Авто", "Автоцентр «*»"}}};

const Words stems{"Агат",   "Аврора",     "Алмаз",    "Альтаир",  "Арсенал", "Атлант", "Балтика",  "Берег",    "Вега",
                  "Вектор", "Верба",      "Весна",    "Вымпел",   "Гамма",   "Гарант", "Горизонт", "Гранит",   "Дельта",
                  "Заря",   "Звезда",     "Импульс",  "Истра",    "Кама",    "Каскад", "Кедр",     "Кристалл", "Ладога",
                  "Лидер",  "Магистраль", "Маяк",     "Меридиан", "Нева",    "Норд",   "Ока",      "Орион",    "Парус",
                  "Полёт",  "Полюс",      "Прогресс", "Радуга",   "Рассвет", "Родник", "Русь",     "Салют",    "Север",
                  "Сигнал", "Сириус",     "Сокол",    "Спектр",   "Старт",   "Сфера",  "Титан",    "Топаз",    "Факел",
                  "Фрегат", "Эверест",    "Эталон",   "Юпитер",   "Янтарь",  "Ясень"};

struct City {
  std::string city, region;
  int weight;
};

const std::vector<City> cities{
    {"Москва", "Москва", 30},           {"Тверь", "Тверская область", 14},   {"Ярославль", "Ярославская область", 14},
    {"Тула", "Тульская область", 12},   {"Калуга", "Калужская область", 10}, {"Владимир", "Владимирская область", 9},
    {"Рязань", "Рязанская область", 8}, {"Обнинск", "Калужская область", 3}};

const City& pick_city(Chance& chance) {
  int place = chance.below(100);
  for (const auto& city : cities) {
    if (place < city.weight) return city;
    place -= city.weight;
  }
  return cities.front();
}

std::string filled(const std::string& pattern, const std::string& stem) {
  auto name = pattern;
  return name.replace(name.find('*'), 1, stem);
}

Company make_company(Chance& chance, const Trade& trade, const std::string& stem) {
  static const Words forms{"ООО", "ООО", "ООО", "ООО", "АО", "АО", "ПАО"};
  Company company;
  company.name = filled(chance.pick(trade.patterns), stem);
  const auto form = trade.industry == "Финансы" ? std::string("АО") : chance.pick(forms);
  company.legal_name =
      form + " " + (company.name.find("«") == std::string::npos ? "«" + company.name + "»" : company.name);
  company.industry = trade.industry;
  const auto& city = pick_city(chance);
  company.city = city.city;
  company.region = city.region;
  company.latin = latin(company.name);
  return company;
}

}  // namespace

Person make_person(Chance& chance) {
  Person person;
  person.female = chance.percent(50);
  const auto& surname = chance.pick(surnames);
  const auto& father = chance.pick(men);
  person.surname = person.female ? feminine(surname) : surname;
  person.name = person.female ? chance.pick(women) : chance.pick(men).name;
  person.patronymic = person.female ? father.daughter : father.son;
  return person;
}

std::vector<Company> make_companies(Chance& chance, std::size_t count) {
  std::vector<Company> companies;
  std::set<std::string> taken;
  while (companies.size() < count) {
    auto company = make_company(chance, chance.pick(trades), chance.pick(stems));
    if (taken.insert(company.name).second) companies.push_back(std::move(company));
  }
  return companies;
}

std::string latin(std::string_view russian) {
  static const std::map<std::string_view, std::string_view> letters{
      {"а", "a"},  {"б", "b"},   {"в", "v"},   {"г", "g"},  {"д", "d"}, {"е", "e"},  {"ё", "e"},  {"ж", "zh"},
      {"з", "z"},  {"и", "i"},   {"й", "y"},   {"к", "k"},  {"л", "l"}, {"м", "m"},  {"н", "n"},  {"о", "o"},
      {"п", "p"},  {"р", "r"},   {"с", "s"},   {"т", "t"},  {"у", "u"}, {"ф", "f"},  {"х", "kh"}, {"ц", "ts"},
      {"ч", "ch"}, {"ш", "sh"},  {"щ", "sch"}, {"ы", "y"},  {"э", "e"}, {"ю", "yu"}, {"я", "ya"}, {"А", "a"},
      {"Б", "b"},  {"В", "v"},   {"Г", "g"},   {"Д", "d"},  {"Е", "e"}, {"Ё", "e"},  {"Ж", "zh"}, {"З", "z"},
      {"И", "i"},  {"Й", "y"},   {"К", "k"},   {"Л", "l"},  {"М", "m"}, {"Н", "n"},  {"О", "o"},  {"П", "p"},
      {"Р", "r"},  {"С", "s"},   {"Т", "t"},   {"У", "u"},  {"Ф", "f"}, {"Х", "kh"}, {"Ц", "ts"}, {"Ч", "ch"},
      {"Ш", "sh"}, {"Щ", "sch"}, {"Э", "e"},   {"Ю", "yu"}, {"Я", "ya"}};
  std::string out;
  for (std::size_t at = 0; at < russian.size();) {
    const auto found = letters.find(russian.substr(at, 2));
    const bool ascii = static_cast<unsigned char>(russian[at]) < 0x80;
    if (found != letters.end())
      out += found->second;
    else if ((russian[at] == ' ' || russian[at] == '-') && !out.empty() && out.back() != '-')
      out += '-';
    at += ascii ? 1 : 2;
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out;
}

std::string make_phone(Chance& chance) {
  const auto digits = [&](int count) {
    std::string out;
    for (int i = 0; i < count; ++i) out += static_cast<char>('0' + chance.below(10));
    return out;
  };
  return "+7 000 " + digits(3) + "-" + digits(2) + "-" + digits(2);
}

std::string make_inn(Chance& chance) {
  constexpr std::array<int, 9> weights{2, 4, 10, 3, 5, 9, 4, 6, 8};
  std::string inn = "00";
  while (inn.size() < 9) inn += static_cast<char>('0' + chance.below(10));
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += weights[i] * (inn[i] - '0');
  return inn + static_cast<char>('0' + sum % 11 % 10);
}

}  // namespace anketa::demo
