#include "sync-server/config/config.hpp"

#include <catch2/catch_test_macros.hpp>

#include "shared/problem/problem.hpp"

namespace anketa::server {
namespace {

std::string refused(const Sources& sources, text::Language language = text::Language::Russian) {
  try {
    make_config(sources, language);
  } catch (const ProblemError& error) {
    REQUIRE(error.problem().code == ProblemCode::ConfigInvalid);
    return error.problem().what(language);
  }
  return {};
}

}  // namespace

TEST_CASE("a flag wins over the environment, that over the file, that over the default") {
  Sources sources;
  CHECK(make_config(sources, text::Language::Russian).port == 8443);
  sources.file_path = "anketa.json";
  sources.file_text = R"({"port": 1000, "organisation": "Пример-Связь", "public_metrics": true})";
  CHECK(make_config(sources, text::Language::Russian).port == 1000);
  sources.environment["port"] = "2000";
  CHECK(make_config(sources, text::Language::Russian).port == 2000);
  sources.flags["port"] = "3000";
  const auto config = make_config(sources, text::Language::Russian);
  CHECK(config.port == 3000);
  CHECK(config.organisation == "Пример-Связь");
  CHECK(config.public_metrics);
}

TEST_CASE("everything wrong is told at once, with where it came from") {
  Sources sources;
  sources.file_path = "anketa.json";
  sources.file_text = R"({"prot": 1000, "workers": [1], "log_level": "loud"})";
  sources.environment["port"] = "99999";
  sources.flags["tls"] = "maybe";
  sources.flags["certificate"] = "cert.pem";
  const auto message = refused(sources);
  for (const auto* part :
       {"anketa.json, prot", "anketa.json, workers", "anketa.json, log_level", "port", "99999", "tls", "maybe", "key"})
    CHECK(message.find(part) != std::string::npos);
}

TEST_CASE("a settings file that is no JSON is refused by name") {
  Sources sources;
  sources.file_path = "anketa.json";
  sources.file_text = "port = 1";
  CHECK(refused(sources).find("anketa.json") != std::string::npos);
}

TEST_CASE("a config written as a file reads back the same; every setting has its texts") {
  Config config;
  config.port = 1;
  config.names = "anketa.example";
  Sources sources;
  sources.file_path = "x";
  sources.file_text = to_json(config).dump();
  CHECK(to_json(make_config(sources, text::Language::Russian)) == to_json(config));
  for (const auto& setting : settings())
    for (const auto language : {text::Language::Russian, text::Language::English})
      CHECK(text::has(language, "server.setting." + std::string(setting.name)));
  CHECK(environment_name("log_level") == "ANKETA_LOG_LEVEL");
  CHECK(flag_name("log_level") == "--log-level");
}

}  // namespace anketa::server
