// Whole sync sessions as text: what the real client engine and the real sync service said to each other, held against
// a file that a person has read.
//
// In a transcript ids, cursors, nonces and sums have names in the order in which they first come up, so that it reads
// well and depends on what is meant only. ANKETA_GOLDEN=write writes the files anew; the change is then to be read.
#pragma once

#include <map>
#include <string>

#include "tests/client-core/sync/office.hpp"

namespace anketa::client::test {

/// Names for ids and other texts without a meaning.
class Names {
 public:
  void give(const std::string& text, std::string name) { names_[text] = std::move(name); }
  /// The name the text has, or a new one: "<kind> <number>".
  const std::string& of(const std::string& text, const std::string& kind);
  /// The value with names in it. `member` is where it stands.
  Json readable(const Json& value, const std::string& member = {});

 private:
  std::string readable_text(const std::string& text, const std::string& member);

  std::map<std::string, std::string> names_;
  std::map<std::string, int> counts_;
};

/// One story told in a file of tests/golden. Writes down what the devices that logged in through it send and receive.
class Transcript {
 public:
  explicit Transcript(std::string file);

  /// Adds an account and logs its first device in, by the real log-in service. Not after a restore.
  Office::Device log_in(const std::string& login, Role role);
  /// A sentence between the exchanges.
  void tell(const std::string& sentence);
  /// Compares with the file, or writes it.
  void finish();

  Office office;

 private:
  void note(const std::string& who, Json request, int status, Json answer);
  void name_what_comes_up(const std::string& who, const Json& request, const Json& answer);

  std::string file_;
  Names names_;
  std::map<Uuid, std::string> logins_;
  std::vector<std::string> lines_;
};

}  // namespace anketa::client::test
