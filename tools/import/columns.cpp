#include "tools/import/columns.hpp"

#include <algorithm>

#include "shared/problem/problem.hpp"
#include "tools/import/letters.hpp"

namespace anketa::importer {
namespace {

bool names_header(const Target& target, std::string_view folded) {
  std::string_view rest = target.headers;
  while (!rest.empty()) {
    const auto bar = rest.find('|');
    if (rest.substr(0, bar) == folded) return true;
    if (bar == rest.npos) break;
    rest.remove_prefix(bar + 1);
  }
  return false;
}

const Target* target_of_header(std::string_view header) {
  const auto folded = fold_header(header);
  if (folded.empty()) return nullptr;
  const auto& all = targets();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Target& t) { return names_header(t, folded); });
  return found == all.end() ? nullptr : &*found;
}

void check_given(const std::vector<std::string>& header, const std::map<std::string, std::string, std::less<>>& given) {
  for (const auto& [column, target] : given) {
    if (std::find(header.begin(), header.end(), column) == header.end())
      throw ProblemError(ProblemCode::CsvInvalid, {{"reason", "import.reason.no_such_column"}, {"column", column}},
                         column);
    if (!target.empty() && !find_target(target))
      throw ProblemError(ProblemCode::CsvInvalid, {{"reason", "import.reason.no_such_target"}, {"target", target}},
                         target);
  }
}

}  // namespace

const std::vector<Target>& targets() {
  static const std::vector<Target> all{
      {"name", ValueKind::Text,
       "название|наименование|название компании|компания|клиент|контрагент|организация|имя клиента|заказчик|"
       "краткое наименование|name|company|company name|client|customer|account|account name|organization|organisation"},
      {"legal_name", ValueKind::Text,
       "полное наименование|юридическое название|юридическое наименование|юридическое лицо|юр лицо|юрлицо|legal name|"
       "full name of company"},
      {"inn", ValueKind::Inn, "инн|инн клиента|инн контрагента|inn|tax id|taxid|tin"},
      {"segment", ValueKind::Text, "сегмент|категория|segment|category|tier"},
      {"industry", ValueKind::Text, "отрасль|сфера деятельности|вид деятельности|сфера|industry|sector"},
      {"region", ValueKind::Text, "регион|область|субъект|region|state|province"},
      {"city", ValueKind::Text, "город|населенный пункт|city|town"},
      {"address", ValueKind::Text,
       "адрес|юридический адрес|фактический адрес|адрес офиса|address|street address|billing address"},
      {"phone", ValueKind::Phone, "телефон|телефон компании|рабочий телефон|тел|phone|company phone|telephone"},
      {"email", ValueKind::Email, "email|e mail|почта|электронная почта|email компании|company email"},
      {"website", ValueKind::Text, "сайт|вебсайт|веб сайт|www|website|web|url|site"},
      {"key_status", ValueKind::KeyStatus, "ключевой|ключевой клиент|вип|vip|key|key status|key account"},
      {"contract/number", ValueKind::Text, "договор|номер договора|contract|contract number|contract no"},
      {"contract/sites", ValueKind::Integer, "офисов|количество офисов|число офисов|точек|площадок|sites|offices"},
      {"contract/speed_mbps", ValueKind::Integer,
       "скорость|скорость мбитс|скорость по договору|скорость по договору мбитс|speed|speed mbps|speed mbits"},
      {"contract/services", ValueKind::Services, "услуги|наши услуги|подключенные услуги|services"},
      {"income_year", ValueKind::Money,
       "доход в год|годовой доход|выручка|выручка за год|доход|оборот|income|annual income|revenue|annual revenue"},
      {"remarks", ValueKind::Text,
       "примечание|примечания|комментарий|комментарии|заметки|описание|remarks|comment|"
       "comments|notes|description"},
      {"contact.name", ValueKind::Text,
       "контакт|контактное лицо|фио|ф и о|фио контакта|контактное лицо фио|имя контакта|contact|contact name|"
       "contact person|primary contact"},
      {"contact.post", ValueKind::Text,
       "должность|должность контакта|должность контактного лица|position|title|job title|contact position|contact "
       "title"},
      {"contact.phone", ValueKind::Phone,
       "телефон контакта|телефон контактного лица|мобильный|мобильный телефон|сотовый|contact phone|mobile|mobile "
       "phone"},
      {"contact.email", ValueKind::Email,
       "email контакта|e mail контакта|почта контакта|email контактного лица|contact email"},
      {"contact.roles", ValueKind::Roles, "роль|роли|роль контакта|роль в решении|role|roles|contact role"},
      {"owner", ValueKind::Text,
       "ответственный|менеджер|ответственный менеджер|сотрудник|куратор|владелец|owner|manager|assigned to|"
       "account manager|responsible|rep"},
  };
  return all;
}

const Target* find_target(std::string_view name) {
  const auto& all = targets();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Target& t) { return t.name == name; });
  return found == all.end() ? nullptr : &*found;
}

std::string fold_header(std::string_view header) {
  std::string out;
  for (const auto& word : folded_words(header)) out += (out.empty() ? "" : " ") + word;
  return out;
}

ColumnMapping map_columns(const std::vector<std::string>& header,
                          const std::map<std::string, std::string, std::less<>>& given) {
  check_given(header, given);
  ColumnMapping mapping;
  for (std::size_t i = 0; i < header.size(); ++i)
    if (const auto entry = given.find(header[i]); entry != given.end() && !entry->second.empty())
      mapping.columns.emplace(entry->second, i);
  for (std::size_t i = 0; i < header.size(); ++i) {
    const auto entry = given.find(header[i]);
    if (entry != given.end() && !entry->second.empty()) continue;
    const auto* target = entry == given.end() ? target_of_header(header[i]) : nullptr;
    // Of two columns that mean the same, the first feeds the field.
    if (!target || !mapping.columns.emplace(target->name, i).second) mapping.unused.push_back(header[i]);
  }
  if (!mapping.columns.contains("name"))
    throw ProblemError(ProblemCode::CsvInvalid, {{"reason", "import.reason.no_name_column"}}, "line 1");
  return mapping;
}

}  // namespace anketa::importer
