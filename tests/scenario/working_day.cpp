#include "tests/scenario/working_day.hpp"

#include <stdexcept>

namespace anketa::scenario {
namespace {

/// Sections 2 to 5 up to the gate's questions; the contact came with the CRM's export.
Json first_half(const std::string& contact, const std::string& story) {
  return {{"contacts", Json::array({{{"c_name", contact}, {"c_stat", "same"}}})},
          {"respondent", contact},
          {"k_story", story},
          {"serv", Json::array({"access", "vpn"})},
          {"others", "no"},
          {"sp_contract", 100},
          {"docs_ok", "yes"}};
}

}  // namespace

Json content_client(const std::string& contact, const std::string& story) {
  auto answers = first_half(contact, story);
  answers.update({{"sp_ok", "yes"},
                  {"out", "no"},
                  {"nps", 9},
                  {"serious", "no"},
                  {"cap", "yes"},
                  {"newsite", "no"},
                  {"budget", "na"},
                  {"offers", {{"backup", "no"}}},
                  {"ref", "no"}});
  return answers;
}

Json troubled_client(const std::string& contact, const std::string& story) {
  auto answers = first_half(contact, story);
  answers.update({{"sp_ok", "no"},
                  {"out", "no"},
                  {"nps", 4},
                  {"serious", "yes"},
                  {"claims", Json::array({{{"p_cat", "speed"},
                                           {"p_text", "Вечером скорость падает вдвое"},
                                           {"p_sev", "hinders"},
                                           {"p_done", "Замер на узле"}}})},
                  {"p_who", contact}});
  return answers;
}

std::string in_windows_1251(std::string_view utf8) {
  std::string out;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    if (byte < 0x80) {
      out += utf8[i];
      continue;
    }
    const int point = ((byte & 0x1f) << 6) | (static_cast<unsigned char>(utf8.at(++i)) & 0x3f);
    if (point >= 0x410 && point <= 0x44f)
      out += static_cast<char>(point - 0x410 + 0xc0);
    else if (point == 0xab || point == 0xbb)
      out += static_cast<char>(point);
    else
      throw std::invalid_argument("not a letter of this test");
  }
  return out;
}

std::string workbook_text(const std::string& path, Company& company) {
  const auto unpacked = run({"/usr/bin/unzip", "-p", path}, {}, company.next_log());
  if (unpacked.code != 0) throw std::runtime_error("no workbook: " + unpacked.errors);
  return unpacked.output;
}

}  // namespace anketa::scenario
