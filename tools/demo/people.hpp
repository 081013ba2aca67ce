// Invented people and companies with Russian names. None exists: phones begin with +7 000, addresses end in .example,
// INN with the region code 00, which is never issued.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "tools/demo/chance.hpp"

namespace anketa::demo {

struct Person {
  std::string surname, name, patronymic;
  bool female = false;

  /// "Ковалёва Анна Сергеевна".
  std::string full() const { return surname + " " + name + " " + patronymic; }
  std::string first_and_last() const { return name + " " + surname; }
};

Person make_person(Chance& chance);

struct Company {
  /// «Северный вектор».
  std::string name;
  /// ООО «Северный вектор».
  std::string legal_name;
  std::string industry;
  std::string city, region;
  /// Of the web site and e-mail: "severnyy-vektor".
  std::string latin;
};

/// Companies with different names.
std::vector<Company> make_companies(Chance& chance, std::size_t count);

/// "kovaleva", for addresses and log-ins.
std::string latin(std::string_view russian);
/// "+7 000 123-45-67".
std::string make_phone(Chance& chance);
/// Ten digits with the right check digit.
std::string make_inn(Chance& chance);

}  // namespace anketa::demo
