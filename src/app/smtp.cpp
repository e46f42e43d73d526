#include "app/smtp.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "base/text.hpp"

namespace kith::app {
namespace {

constexpr std::size_t password_max = 1024;

struct Upload {
  std::string_view rest{};
};

std::size_t read_some(char* buffer, std::size_t size, std::size_t count, void* upload) {
  std::string_view& rest = static_cast<Upload*>(upload)->rest;
  const std::size_t n = std::min(size * count, rest.size());
  std::memcpy(buffer, rest.data(), n);
  rest.remove_prefix(n);
  return n;
}

std::size_t drop(char*, std::size_t size, std::size_t count, void*) { return size * count; }

int stop_when_told(void* stopping, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const std::atomic<bool>*>(stopping)->load() ? 1 : 0;
}

// Remembers which command the server answered last: a refusal of RCPT or DATA is about this message, a
// refusal of any other is about us.
int watch(CURL*, curl_infotype type, char* bytes, std::size_t size, void* about_message) {
  if (type != CURLINFO_HEADER_OUT) return 0;
  const std::string_view line(bytes, size);
  if (!line.starts_with("QUIT")) // which follows whatever went wrong
    *static_cast<bool*>(about_message) = line.starts_with("RCPT") || line.starts_with("DATA");
  return 0;
}

struct ListDeleter {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

// One exchange with the server.
class Exchange {
public:
  Exchange(const SmtpSettings& settings, const std::atomic<bool>& stopping)
      : curl_(curl_easy_init(), curl_easy_cleanup) {
    CHECK(curl_ != nullptr);
    set(CURLOPT_URL, settings.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(CURLOPT_PROXY, ""); // whatever the environment says
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_FORBID_REUSE, 1L);
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings.connect_ms));
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(settings.whole_ms));
    set(CURLOPT_SERVER_RESPONSE_TIMEOUT, std::max(1L, static_cast<long>(settings.whole_ms / 1000)));
    set(CURLOPT_USE_SSL, static_cast<long>(settings.starttls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!settings.ca_file.empty()) set(CURLOPT_CAINFO, settings.ca_file.c_str());
    if (!settings.user.empty()) {
      set(CURLOPT_USERNAME, settings.user.c_str());
      set(CURLOPT_PASSWORD, settings.password.c_str());
    }
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, stop_when_told);
    set(CURLOPT_XFERINFODATA, const_cast<std::atomic<bool>*>(&stopping)); // NOLINT: read only
    set(CURLOPT_WRITEFUNCTION, drop);
    set(CURLOPT_VERBOSE, 1L);
    set(CURLOPT_DEBUGFUNCTION, watch);
    set(CURLOPT_DEBUGDATA, &about_message_);
  }

  Delivery send(const std::string& from, const std::string& to, const std::string& bytes) {
    const std::unique_ptr<curl_slist, ListDeleter> recipients(
        curl_slist_append(nullptr, ("<" + to + ">").c_str()));
    CHECK(recipients != nullptr);
    Upload upload{bytes};
    set(CURLOPT_MAIL_FROM, ("<" + from + ">").c_str());
    set(CURLOPT_MAIL_RCPT, recipients.get());
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_READFUNCTION, read_some);
    set(CURLOPT_READDATA, &upload);
    return judge(curl_easy_perform(curl_.get()), "sent");
  }

  Delivery greet() {
    set(CURLOPT_CUSTOMREQUEST, "NOOP");
    set(CURLOPT_NOBODY, 1L);
    return judge(curl_easy_perform(curl_.get()), "answers");
  }

private:
  template <class T> void set(CURLoption option, T value) {
    CHECK(curl_easy_setopt(curl_.get(), option, value) == CURLE_OK);
  }

  Delivery judge(CURLcode code, const char* when_done) const {
    long reply = 0;
    curl_easy_getinfo(curl_.get(), CURLINFO_RESPONSE_CODE, &reply);
    const bool answered = reply >= 400 && reply <= 599;
    switch (code) {
    case CURLE_OK:
      return {Handed::sent, when_done};
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
      return {Handed::unreachable, "smtp_unreachable"};
    case CURLE_OPERATION_TIMEDOUT:
      return {Handed::unreachable, "smtp_timeout"};
    case CURLE_ABORTED_BY_CALLBACK:
      return {Handed::unreachable, "stopped"};
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
      return {Handed::unreachable, "smtp_tls"};
    case CURLE_LOGIN_DENIED:
      return {Handed::unreachable, "smtp_sign_in"};
    default:
      break;
    }
    if (!answered) return {Handed::unreachable, "smtp_broken"};
    const std::string outcome = "smtp_" + std::to_string(reply);
    if (!about_message_) return {Handed::unreachable, outcome};
    return {reply >= 500 ? Handed::refused : Handed::try_again, outcome};
  }

  std::unique_ptr<CURL, void (*)(CURL*)> curl_;
  bool about_message_{};
};

class SmtpSink final : public Sink {
public:
  explicit SmtpSink(SmtpSettings settings) : settings_(std::move(settings)) {}

  Delivery hand_over(const Mail& mail, const std::atomic<bool>& stopping) override {
    if (!is_mail_address(mail.to)) return {Handed::refused, "not_an_address"};
    return Exchange(settings_, stopping)
        .send(settings_.from.address, mail.to, mail_bytes(mail, settings_.from));
  }

  bool leaves_house() const override { return true; }

private:
  SmtpSettings settings_{};
};

void start_curl() {
  static const bool started = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  CHECK(started);
}

Result<std::string> first_line_of(const std::string& path) {
  Failure unreadable = invalid("smtp.password_file");
  unreadable.arguments = {path};
  const std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen(path.c_str(), "rb"), std::fclose);
  if (!file) return unreadable;
  std::string bytes(password_max, '\0');
  bytes.resize(std::fread(bytes.data(), 1, bytes.size(), file.get()));
  bytes.resize(std::min(bytes.find_first_of("\r\n"), bytes.size()));
  if (bytes.empty() || bytes.find('\0') != std::string::npos) return unreadable;
  return bytes;
}

} // namespace

Result<SmtpSettings> smtp_settings(const Config& config) {
  SmtpSettings settings;
  settings.url = config.smtp_url;
  settings.user = config.smtp_user;
  settings.password = config.smtp_password;
  settings.ca_file = config.smtp_ca_file;
  settings.from = parse_mailbox(config.smtp_from).value_or(Mailbox{});
  CHECK(!settings.from.address.empty()); // the configuration was read without a problem
  settings.starttls =
      config.smtp_starttls.empty() ? !smtp_host_is_here(config.smtp_url) : config.smtp_starttls == "required";
  if (!config.smtp_password_file.empty()) {
    TRY_ASSIGN(settings.password, first_line_of(config.smtp_password_file));
  }
  return settings;
}

std::unique_ptr<Sink> smtp_sink(const SmtpSettings& settings) {
  start_curl();
  return std::make_unique<SmtpSink>(settings);
}

Delivery try_smtp(const SmtpSettings& settings) {
  start_curl();
  const std::atomic<bool> stopping{false};
  return Exchange(settings, stopping).greet();
}

} // namespace kith::app
