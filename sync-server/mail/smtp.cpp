#include "sync-server/mail/smtp.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <stdexcept>

namespace anketa::server::mail {
namespace {

constexpr long connect_seconds = 20;
constexpr long attempt_seconds = 120;
/// Answers of an SMTP server: 4xx "not now", 5xx "never".
constexpr long temporary_refusal = 400;
constexpr long permanent_refusal = 500;

void initialise() {
  static const auto done = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (done != CURLE_OK) throw std::runtime_error(curl_easy_strerror(done));
}

/// What libcurl's callbacks see of an attempt.
struct Attempt {
  const std::string& content;
  const std::function<void()>& before_end;
  const std::atomic<bool>& stop;
  std::size_t sent = 0;
  bool handed_over = false;
  /// The last line of the server.
  std::string last_answer;
  std::exception_ptr failure;
};

std::size_t read_content(char* buffer, std::size_t size, std::size_t count, void* user) {
  auto& attempt = *static_cast<Attempt*>(user);
  const auto length = std::min(size * count, attempt.content.size() - attempt.sent);
  if (length > 0) {
    std::memcpy(buffer, attempt.content.data() + attempt.sent, length);
    attempt.sent += length;
    return length;
  }
  // Nothing is left: with this call's answer the end of the message goes out.
  if (attempt.handed_over) return 0;
  try {
    attempt.before_end();
    attempt.handed_over = true;
    return 0;
  } catch (...) {
    attempt.failure = std::current_exception();
    return CURL_READFUNC_ABORT;
  }
}

int watch(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Attempt*>(user)->stop ? 1 : 0;
}

/// The server's answers only: what we say holds the password.
int listen(CURL*, curl_infotype type, char* data, std::size_t size, void* user) {
  if (type != CURLINFO_HEADER_IN) return 0;
  // Its good-bye says nothing of the message.
  if (std::string_view(data, size).starts_with("221")) return 0;
  auto& last = static_cast<Attempt*>(user)->last_answer;
  last.assign(data, size);
  while (!last.empty() && static_cast<unsigned char>(last.back()) <= ' ') last.pop_back();
  return 0;
}

struct EasyEnd {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct ListEnd {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

template <typename Value>
void option(CURL* handle, CURLoption name, Value value) {
  if (const auto code = curl_easy_setopt(handle, name, value); code != CURLE_OK)
    throw std::runtime_error(curl_easy_strerror(code));
}

void aim(CURL* handle, const SmtpServer& server, const Envelope& envelope) {
  const auto at = envelope.from.find('@');
  const auto hello = !server.hello.empty() ? server.hello : envelope.from.substr(at + 1);
  const auto scheme = server.security == Security::Tls ? "smtps://" : "smtp://";
  const auto host = server.host.find(':') == std::string::npos ? server.host : "[" + server.host + "]";
  option(handle, CURLOPT_URL, (scheme + host + ":" + std::to_string(server.port) + "/" + hello).c_str());
  option(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  if (server.security != Security::None) option(handle, CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
  option(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  option(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  option(handle, CURLOPT_SSL_VERIFYHOST, 2L);
  if (!server.ca_file.empty()) option(handle, CURLOPT_CAINFO, server.ca_file.c_str());
  if (!server.user.empty()) {
    option(handle, CURLOPT_USERNAME, server.user.c_str());
    option(handle, CURLOPT_PASSWORD, server.password.c_str());
  }
  option(handle, CURLOPT_MAIL_FROM, ("<" + envelope.from + ">").c_str());
}

void limit(CURL* handle) {
  option(handle, CURLOPT_NOSIGNAL, 1L);
  option(handle, CURLOPT_CONNECTTIMEOUT, connect_seconds);
  option(handle, CURLOPT_TIMEOUT, attempt_seconds);
  option(handle, CURLOPT_UPLOAD, 1L);
  option(handle, CURLOPT_NOPROGRESS, 0L);
  // Neither proxies nor password files of the account the server runs under.
  option(handle, CURLOPT_PROXY, "");
  option(handle, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
}

void hook(CURL* handle, Attempt& attempt) {
  option(handle, CURLOPT_READFUNCTION, &read_content);
  option(handle, CURLOPT_READDATA, static_cast<void*>(&attempt));
  option(handle, CURLOPT_XFERINFOFUNCTION, &watch);
  option(handle, CURLOPT_XFERINFODATA, static_cast<void*>(&attempt));
  option(handle, CURLOPT_DEBUGFUNCTION, &listen);
  option(handle, CURLOPT_DEBUGDATA, static_cast<void*>(&attempt));
  option(handle, CURLOPT_VERBOSE, 1L);
}

SmtpOutcome judge(CURL* handle, CURLcode code, const Attempt& attempt, const char* words) {
  if (code == CURLE_OK) return {Taken::Yes, attempt.last_answer};
  long answer = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &answer);
  const bool refused = answer >= temporary_refusal;
  std::string detail = *words != '\0' ? words : curl_easy_strerror(code);
  if (refused) detail += ": " + attempt.last_answer;
  // A log-in that is not accepted is mended in the settings, not by giving the message up.
  if (code == CURLE_LOGIN_DENIED) return {Taken::No, std::move(detail)};
  if (answer >= permanent_refusal) return {Taken::Refused, std::move(detail)};
  if (refused || !attempt.handed_over) return {Taken::No, std::move(detail)};
  return {Taken::Unknown, std::move(detail)};
}

}  // namespace

SmtpOutcome send_mail(const SmtpServer& server, const Envelope& envelope, const std::function<void()>& before_end,
                      const std::atomic<bool>& stop) {
  initialise();
  const std::unique_ptr<CURL, EasyEnd> handle(curl_easy_init());
  const std::unique_ptr<curl_slist, ListEnd> recipients(curl_slist_append(nullptr, ("<" + envelope.to + ">").c_str()));
  if (!handle || !recipients) throw std::bad_alloc();
  Attempt attempt{envelope.content, before_end, stop, 0, false, {}, nullptr};
  std::array<char, CURL_ERROR_SIZE> words{};
  aim(handle.get(), server, envelope);
  limit(handle.get());
  hook(handle.get(), attempt);
  option(handle.get(), CURLOPT_MAIL_RCPT, recipients.get());
  option(handle.get(), CURLOPT_ERRORBUFFER, words.data());
  const auto code = curl_easy_perform(handle.get());
  if (attempt.failure) std::rethrow_exception(attempt.failure);
  return judge(handle.get(), code, attempt, words.data());
}

}  // namespace anketa::server::mail
