#include "app/config.hpp"

#include <arpa/inet.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "app/mail.hpp"
#include "base/embedded.hpp"
#include "base/text.hpp"

extern char** environ; // NOLINT: POSIX declares it nowhere

namespace kith::app {
namespace {

constexpr Setting all_settings[] = {
    {.name = "data_folder",
     .variable = "KITH_DATA",
     .meaning = "where kith.toml lies, and everything else unless set otherwise",
     .outside_file = true,
     .text = &Config::data_folder},
    {.name = "database",
     .variable = "KITH_DATABASE",
     .meaning = "an SQLite file, or a PostgreSQL connection string of the application role",
     .secret = true,
     .text = &Config::database},
    {.name = "owner_database",
     .variable = "KITH_OWNER_DATABASE",
     .meaning = "the same database for the role that owns the tables; used to bring it to this version",
     .secret = true,
     .text = &Config::owner_database},
    {.name = "key_file",
     .variable = "KITH_KEY_FILE",
     .meaning = "the file of keys that seal the most sensitive columns",
     .text = &Config::key_file},
    {.name = "outbox_folder",
     .variable = "KITH_OUTBOX",
     .meaning = "where messages are written, one file each, when smtp_url is not set",
     .text = &Config::outbox_folder},
    {.name = "smtp_url",
     .variable = "KITH_SMTP_URL",
     .meaning = "the mail server that takes the messages, smtp://host:port or smtps://host:port",
     .text = &Config::smtp_url},
    {.name = "smtp_from",
     .variable = "KITH_SMTP_FROM",
     .meaning = "the address messages come from, with or without a name before it",
     .text = &Config::smtp_from},
    {.name = "smtp_user",
     .variable = "KITH_SMTP_USER",
     .meaning = "the name to sign in to the mail server with; none does not sign in",
     .text = &Config::smtp_user},
    {.name = "smtp_password",
     .variable = "KITH_SMTP_PASSWORD",
     .meaning = "the password of smtp_user; smtp_password_file is better",
     .secret = true,
     .text = &Config::smtp_password},
    {.name = "smtp_password_file",
     .variable = "KITH_SMTP_PASSWORD_FILE",
     .meaning = "a file whose first line is the password of smtp_user",
     .text = &Config::smtp_password_file},
    {.name = "smtp_starttls",
     .variable = "KITH_SMTP_STARTTLS",
     .meaning = "required or never; unset, required unless the mail server is this machine",
     .text = &Config::smtp_starttls},
    {.name = "smtp_ca_file",
     .variable = "KITH_SMTP_CA_FILE",
     .meaning = "certificates that vouch for the mail server, PEM, instead of those of this machine",
     .text = &Config::smtp_ca_file},
    {.name = "public_address",
     .variable = "KITH_PUBLIC_ADDRESS",
     .meaning = "where people reach this service, https://host; links in messages lead there",
     .text = &Config::public_address},
    {.name = "trusted_proxies",
     .variable = "KITH_TRUSTED_PROXIES",
     .meaning = "addresses of the proxies before kith, which say where a request came from",
     .text = &Config::trusted_proxies},
    {.name = "metrics_token",
     .variable = "KITH_METRICS_TOKEN",
     .meaning =
         "who sends it as a bearer token may read /metrics; unset, this machine without a public_address",
     .secret = true,
     .text = &Config::metrics_token},
    {.name = "address",
     .variable = "KITH_ADDRESS",
     .meaning = "the address to serve on",
     .text = &Config::address},
    {.name = "port",
     .variable = "KITH_PORT",
     .meaning = "the port to serve on; 0 takes any free one",
     .number = &Config::port},
    {.name = "tls_certificate",
     .variable = "KITH_TLS_CERTIFICATE",
     .meaning = "certificate chain, PEM; with tls_key, kith itself serves https",
     .text = &Config::tls_certificate},
    {.name = "tls_key",
     .variable = "KITH_TLS_KEY",
     .meaning = "private key of the certificate, PEM",
     .text = &Config::tls_key},
};

std::string environment(const char* name, const std::string& otherwise) {
  const char* value = std::getenv(name);
  return value && *value ? std::string(value) : otherwise;
}

Failure problem(std::string code, std::vector<std::string> arguments) {
  Failure failure = invalid(std::move(code));
  failure.arguments = std::move(arguments);
  return failure;
}

bool is_host(std::string_view text) { // a name or an address in digits; no signing in, no path
  return !text.empty() &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-"
                                "[]:") == std::string_view::npos;
}

// Long enough not to be guessed, and what a header may carry (RFC 6750).
bool is_token(std::string_view text) {
  return text.size() >= 16 && text.size() <= 200 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~+/=") ==
             std::string_view::npos;
}

// In digits and written as a connection shows it, for the two are compared as texts.
bool is_address(const std::string& text) {
  in6_addr bytes{};
  char shown[INET6_ADDRSTRLEN] = {};
  for (const int family : {AF_INET, AF_INET6})
    if (inet_pton(family, text.c_str(), &bytes) == 1)
      return inet_ntop(family, &bytes, shown, sizeof shown) != nullptr && text == shown;
  return false;
}

// "host" or "host:port" behind one of the schemes; nothing otherwise.
std::optional<std::string> host_of(std::string_view url, std::initializer_list<std::string_view> schemes) {
  for (const std::string_view scheme : schemes) {
    if (!url.starts_with(scheme)) continue;
    std::string_view host = url.substr(scheme.size());
    const auto colon = host.rfind(':');
    if (colon != std::string_view::npos && !host.ends_with(']')) {
      const auto port = parse_integer(host.substr(colon + 1));
      if (!port || *port < 1 || *port > 65535) return {};
      host = host.substr(0, colon);
    }
    if (is_host(host)) return std::string(host);
  }
  return {};
}

std::optional<std::string> smtp_host(std::string_view url) { return host_of(url, {"smtp://", "smtps://"}); }

// How many letters must be typed, left out or changed to make one word the other (Levenshtein).
std::size_t letters_apart(std::string_view one, std::string_view other) {
  std::vector<std::size_t> row(other.size() + 1);
  for (std::size_t i = 0; i < row.size(); ++i) row[i] = i;
  for (std::size_t i = 0; i < one.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < other.size(); ++j) {
      const std::size_t changed = diagonal + (one[i] == other[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

std::string_view nearest(std::string_view name) {
  std::string_view best;
  std::size_t apart = 1 + std::max<std::size_t>(2, name.size() / 2);
  for (const Setting& setting : all_settings) {
    const std::size_t letters = letters_apart(ascii_lower(name), setting.name);
    if (setting.outside_file || letters >= apart) continue;
    best = setting.name;
    apart = letters;
  }
  return best;
}

struct ConfigRule {
  bool kept{};
  const char* code{};
};

// One reading: gathers values and problems, weakest source first.
class Reading {
public:
  explicit Reading(const ConfigSources& sources) : sources_(sources) {
    for (const Setting& setting : all_settings)
      read_.values.push_back({&setting, {}, ValueFrom::standard, {}});
  }

  ReadConfig run() {
    settle_folder();
    Config& config = read_.config;
    read_.file = config.data_folder + "/kith.toml";
    config.database = "sqlite:" + config.data_folder + "/kith.db";
    config.key_file = config.data_folder + "/keys";
    config.outbox_folder = config.data_folder + "/outbox";
    take_file();
    for (const Setting& setting : all_settings)
      if (!setting.outside_file) take_variable(setting);
    if (!sources_.address.empty()) put("address", sources_.address, "--address");
    if (sources_.port) put_port("port", *sources_.port, ValueFrom::flag, "--port");
    if (config.owner_database.empty()) config.owner_database = config.database;
    if (config.tls_certificate.empty() != config.tls_key.empty())
      read_.problems.push_back(problem("config.tls_pair", {}));
    check_messages();
    for (SettingValue& value : read_.values) value.shown = shown(*value.setting);
    return std::move(read_);
  }

private:
  void check_messages() {
    Config& config = read_.config;
    const auto refuse_unless = [&](const ConfigRule& rule) {
      if (!rule.kept) read_.problems.push_back(problem(rule.code, {}));
    };
    const bool password = !config.smtp_password.empty(), file = !config.smtp_password_file.empty();
    refuse_unless({config.smtp_url.empty() || smtp_host(config.smtp_url), "config.smtp_url"});
    refuse_unless({config.smtp_url.empty() || parse_mailbox(config.smtp_from), "config.smtp_from"});
    refuse_unless({!(password && file), "config.smtp_passwords"});
    refuse_unless({config.smtp_user.empty() != (password || file), "config.smtp_password"});
    refuse_unless({clean_text(config.smtp_user + config.smtp_password, false), "config.smtp_password"});
    refuse_unless({config.smtp_starttls.empty() || config.smtp_starttls == "required" ||
                       config.smtp_starttls == "never",
                   "config.smtp_starttls"});
    if (config.public_address.ends_with('/')) config.public_address.pop_back();
    refuse_unless({config.public_address.empty() || host_of(config.public_address, {"https://", "http://"}),
                   "config.public_address"});
    refuse_unless({config.metrics_token.empty() || is_token(config.metrics_token), "config.metrics_token"});
    const auto proxies = split_words(config.trusted_proxies);
    refuse_unless({std::all_of(proxies.begin(), proxies.end(), is_address), "config.trusted_proxies"});
  }

  std::string variable(std::string_view name) const {
    for (const auto& [key, value] : sources_.variables)
      if (key == name) return value;
    return {};
  }

  void settle_folder() {
    read_.config.data_folder = default_folder("kith");
    if (const std::string said = variable("KITH_DATA"); !said.empty())
      put_text("data_folder", said, ValueFrom::variable, "KITH_DATA");
    if (!sources_.data_folder.empty()) put("data_folder", sources_.data_folder, "--data");
  }

  SettingValue& value_of(std::string_view name) {
    const auto found = std::find_if(read_.values.begin(), read_.values.end(),
                                    [&](const SettingValue& value) { return value.setting->name == name; });
    CHECK(found != read_.values.end());
    return *found;
  }

  void put(std::string_view name, const std::string& text, const std::string& flag) {
    put_text(name, text, ValueFrom::flag, flag);
  }

  void put_text(std::string_view name, const std::string& text, ValueFrom from, const std::string& place) {
    SettingValue& value = value_of(name);
    if (text.empty()) return; // as if it were not said
    read_.config.*value.setting->text = text;
    value.from = from;
    value.place = place;
  }

  void put_port(std::string_view name, std::optional<std::int64_t> number, ValueFrom from,
                const std::string& place) {
    if (!number || *number < 0 || *number > 65535) {
      read_.problems.push_back(problem("config.not_port", {place, std::string(name)}));
      return;
    }
    SettingValue& value = value_of(name);
    read_.config.*value.setting->number = static_cast<std::uint16_t>(*number);
    value.from = from;
    value.place = place;
  }

  void take_variable(const Setting& setting) {
    const std::string said = variable(setting.variable);
    if (said.empty()) return;
    const std::string place(setting.variable);
    if (setting.number) put_port(setting.name, parse_integer(said), ValueFrom::variable, place);
    else put_text(setting.name, said, ValueFrom::variable, place);
  }

  void take_file() {
    std::error_code error;
    if (!std::filesystem::exists(read_.file, error)) return;
    try {
      const toml::table table = toml::parse_file(read_.file);
      for (const auto& [key, node] : table)
        take_line(std::string(key.str()), node, read_.file + ":" + std::to_string(key.source().begin.line));
    } catch (const toml::parse_error& wrong) {
      const auto line = wrong.source().begin.line; // 0: the file could not be opened
      read_.problems.push_back(line == 0
                                   ? problem("config.unreadable", {read_.file})
                                   : problem("config.invalid", {read_.file + ":" + std::to_string(line)}));
    }
  }

  void take_line(const std::string& name, const toml::node& node, const std::string& place) {
    const auto* setting =
        std::find_if(std::begin(all_settings), std::end(all_settings), [&](const Setting& candidate) {
          return candidate.name == name && !candidate.outside_file;
        });
    if (setting == std::end(all_settings)) {
      const std::string_view near = nearest(name);
      read_.problems.push_back(near.empty()
                                   ? problem("config.unknown", {place, name})
                                   : problem("config.unknown_near", {place, name, std::string(near)}));
    } else if (setting->number) {
      put_port(name, node.value_exact<std::int64_t>(), ValueFrom::file, place);
    } else if (const auto text = node.value_exact<std::string>()) {
      put_text(name, *text, ValueFrom::file, place);
    } else {
      read_.problems.push_back(problem("config.not_text", {place, name}));
    }
  }

  std::string shown(const Setting& setting) const {
    if (setting.number) return std::to_string(read_.config.*setting.number);
    const std::string& text = read_.config.*setting.text;
    const bool word = setting.text == &Config::smtp_password || setting.text == &Config::metrics_token;
    if (word && !text.empty()) return "(hidden)";
    if (setting.secret && !text.empty() && !text.starts_with("sqlite:"))
      return "PostgreSQL (hidden: it may hold a password)";
    return text.empty() ? "(none)" : text;
  }

  const ConfigSources& sources_;
  ReadConfig read_{};
};

} // namespace

bool smtp_host_is_here(std::string_view smtp_url) {
  const std::string host = smtp_host(smtp_url).value_or("");
  const bool digits = host.find_first_not_of("0123456789.") == std::string::npos;
  return (digits && host.starts_with("127.")) || host == "localhost" || host == "[::1]";
}

std::span<const Setting> settings() { return all_settings; }

std::string default_folder(std::string_view name) {
  const std::string home = environment("HOME", "/var/lib");
  return environment("XDG_DATA_HOME", home + "/.local/share") + "/" + std::string(name);
}

ConfigSources sources_of_process(const std::string& data_folder) {
  ConfigSources sources;
  sources.data_folder = data_folder;
  for (char** entry = environ; entry && *entry; ++entry) {
    const std::string_view text = *entry;
    const auto sign = text.find('=');
    if (text.starts_with("KITH_") && sign != std::string_view::npos)
      sources.variables.emplace_back(text.substr(0, sign), text.substr(sign + 1));
  }
  return sources;
}

ReadConfig read_config(const ConfigSources& sources) { return Reading(sources).run(); }

Result<Config> load_config(const ConfigSources& sources) {
  ReadConfig read = read_config(sources);
  if (!read.problems.empty()) return read.problems.front();
  return std::move(read.config);
}

Result<Config> load_config(const std::string& data_folder) {
  return load_config(sources_of_process(data_folder));
}

std::string_view sample_file() {
  for (const EmbeddedFile& file : embedded_files())
    if (std::string_view(file.name) == "examples/kith.toml") return file.bytes();
  FATAL("the sample configuration is not embedded");
}

} // namespace kith::app
