#include "app/config.hpp"

#include "app/serve.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "app/service.hpp"
#include "base/text.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::app;

namespace {

class Folder {
public:
  Folder() {
    char pattern[] = "/tmp/kith-config-XXXXXX";
    path_ = mkdtemp(pattern);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::string& path() const { return path_; }
  void write(std::string_view text) const { std::ofstream(path_ + "/kith.toml") << text; }

private:
  std::string path_{};
};

SettingValue value_of(const ReadConfig& read, std::string_view name) {
  for (const SettingValue& value : read.values)
    if (value.setting->name == name) return value;
  FAIL("no such setting");
  return {};
}

// The sample with every setting taken out of its comment, as lines "name = value".
std::vector<std::string> settings_in_sample() {
  std::vector<std::string> lines;
  for (const std::string& line : split(sample_file(), '\n')) {
    const auto sign = line.find(" = ");
    if (!line.starts_with("# ") || sign == std::string::npos) continue;
    if (line.substr(2, sign - 2).find(' ') == std::string::npos) lines.push_back(line.substr(2));
  }
  return lines;
}

} // namespace

TEST_CASE("the sample holds every setting of Config at its default") {
  // A member added to Config does not compile here; it then needs a setting and a place in the sample.
  const Config standard;
  const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, q, s, r, port, o, p] = standard;
  CHECK_EQ(settings().size(), 19);
  CHECK((a + b + c + d + e + f + g + h + i + j + k + l + m + q + s + r + o + p).size() + port > 0);

  const Folder folder;
  const std::vector<std::string> lines = settings_in_sample();
  std::string file;
  for (std::string line : lines) {
    if (const auto at = line.find("DATA"); at != std::string::npos) line.replace(at, 4, folder.path());
    file += line + "\n";
  }
  CHECK_EQ(lines.size(), settings().size() - 1); // the data folder is named outside
  CHECK_NE(sample_file().find("KITH_DATA"), std::string_view::npos);
  for (const Setting& setting : settings()) {
    INFO(setting.name);
    CHECK_NE(sample_file().find(setting.variable), std::string_view::npos);
    CHECK_EQ(setting.text == nullptr, setting.number != nullptr);
    if (!setting.outside_file)
      CHECK(std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
        return line.starts_with(std::string(setting.name) + " = ");
      }));
  }

  const ReadConfig plain = read_config({.data_folder = folder.path()});
  folder.write(sample_file());
  const ReadConfig commented = read_config({.data_folder = folder.path()});
  folder.write(file);
  const ReadConfig said = read_config({.data_folder = folder.path()});
  for (const ReadConfig* read : {&commented, &said}) {
    CHECK(read->problems.empty());
    for (std::size_t n = 0; n < plain.values.size(); ++n)
      CHECK_EQ(read->values[n].shown, plain.values[n].shown);
  }
  CHECK_EQ(value_of(commented, "port").from, ValueFrom::standard);
  CHECK_EQ(value_of(said, "port").from, ValueFrom::file);
}

TEST_CASE("a flag beats a variable, a variable the file, the file the default") {
  const Folder folder;
  ConfigSources sources{.data_folder = folder.path()};
  CHECK_EQ(read_config(sources).config.port, 8420);
  folder.write("\nport = 1001\naddress = \"192.0.2.1\"\n");
  ReadConfig read = read_config(sources);
  CHECK_EQ(read.config.port, 1001);
  CHECK_EQ(value_of(read, "port").place, folder.path() + "/kith.toml:2");
  CHECK_EQ(read.config.address, "192.0.2.1");
  sources.variables = {
      {"KITH_PORT", "1002"},         {"KITH_ADDRESS", ""},        {"KITH_KEY_FILE", "/k"},
      {"KITH_OUTBOX", "/o"},         {"KITH_DATABASE", "host=x"}, {"KITH_OWNER_DATABASE", "host=y"},
      {"KITH_TLS_CERTIFICATE", "c"}, {"KITH_TLS_KEY", "t"},       {"KITH_DATA", "/elsewhere"}};
  read = read_config(sources);
  CHECK(read.problems.empty());
  CHECK_EQ(read.config.data_folder, folder.path());
  CHECK_EQ(read.config.port, 1002);
  CHECK_EQ(value_of(read, "port").from, ValueFrom::variable);
  CHECK_EQ(read.config.address, "192.0.2.1");
  CHECK_EQ(read.config.key_file, "/k");
  CHECK_EQ(read.config.outbox_folder, "/o");
  CHECK_EQ(read.config.database, "host=x");
  CHECK_EQ(read.config.owner_database, "host=y");
  CHECK_EQ(read.config.tls_certificate, "c");
  CHECK_EQ(read.config.tls_key, "t");
  sources.port = 1003;
  sources.address = "198.51.100.1";
  read = read_config(sources);
  CHECK_EQ(read.config.port, 1003);
  CHECK_EQ(value_of(read, "port").from, ValueFrom::flag);
  CHECK_EQ(read.config.address, "198.51.100.1");
  sources.data_folder.clear();
  CHECK_EQ(read_config(sources).config.data_folder, "/elsewhere");
}

TEST_CASE("a metrics token is long enough not to be guessed, and not shown") {
  const auto read = [](const char* token) {
    return read_config({.data_folder = "/nowhere", .variables = {{"KITH_METRICS_TOKEN", token}}});
  };
  for (const char* wrong : {"short", "sixteen letters and blanks", "sixteen-letters-and-\"quotes\""})
    CHECK_MESSAGE(read(wrong).problems.size() == 1, wrong);
  const ReadConfig good = read("0123456789abcdef");
  CHECK(good.problems.empty());
  CHECK_EQ(value_of(good, "metrics_token").shown, "(hidden)");
}

TEST_CASE("what may hold a password is not shown") {
  const ReadConfig read = read_config(
      {.data_folder = "/nowhere", .variables = {{"KITH_DATABASE", "postgresql://kith_app:hush@db/kith"}}});
  for (const SettingValue& value : read.values) CHECK_EQ(value.shown.find("hush"), std::string::npos);
  const ReadConfig mail = read_config(
      {.data_folder = "/nowhere", .variables = {{"KITH_SMTP_USER", "kith"}, {"KITH_SMTP_PASSWORD", "hush"}}});
  CHECK(mail.problems.empty());
  CHECK_EQ(value_of(mail, "smtp_password").shown, "(hidden)");
}

TEST_CASE("a mail server needs an address to send from, and is named without a password or a path") {
  using Variables = std::vector<std::pair<std::string, std::string>>;
  const std::pair<std::string, std::string> url{"KITH_SMTP_URL", "smtp://mail.example.org:587"},
      from{"KITH_SMTP_FROM", "North Side <kith@example.org>"};
  const auto problems = [](const Variables& variables) {
    std::string codes;
    for (const Failure& problem : read_config({.data_folder = "/nowhere", .variables = variables}).problems)
      codes += problem.code + " ";
    return codes;
  };
  CHECK_EQ(problems({url, from}), "");
  CHECK_EQ(problems({url}), "config.smtp_from ");
  CHECK_EQ(problems({url, {"KITH_SMTP_FROM", "kith@example.org\r\nBcc: x@y.z"}}), "config.smtp_from ");
  for (const char* bad :
       {"mail.example.org", "http://mail.example.org", "smtp://", "smtp://a:b@mail.example.org",
        "smtp://mail.example.org/x", "smtp://mail.example.org:x", "smtp://mail.example.org:70000",
        "smtp://mail\r\nQUIT"})
    CHECK_EQ(problems({{"KITH_SMTP_URL", bad}, from}), "config.smtp_url ");
  CHECK_EQ(problems({{"KITH_SMTP_URL", "smtps://[::1]"}, from}), "");
  CHECK_EQ(problems({url, from, {"KITH_SMTP_USER", "kith"}}), "config.smtp_password ");
  CHECK_EQ(problems({url, from, {"KITH_SMTP_PASSWORD", "p"}}), "config.smtp_password ");
  CHECK_EQ(problems({{"KITH_SMTP_USER", "k"}, {"KITH_SMTP_PASSWORD", "p"}, {"KITH_SMTP_PASSWORD_FILE", "f"}}),
           "config.smtp_passwords ");
  CHECK_EQ(problems({{"KITH_SMTP_STARTTLS", "yes"}}), "config.smtp_starttls ");
  CHECK_EQ(problems({{"KITH_PUBLIC_ADDRESS", "kith.example.org"}}), "config.public_address ");
  CHECK_EQ(problems({{"KITH_TRUSTED_PROXIES", "127.0.0.1 ::1"}}), "");
  CHECK_EQ(problems({{"KITH_TRUSTED_PROXIES", "127.0.0.1 proxy.example.org"}}), "config.trusted_proxies ");
  CHECK_EQ(problems({{"KITH_TRUSTED_PROXIES", "10.0.0.0/8"}}), "config.trusted_proxies ");
  CHECK_EQ(problems({{"KITH_TRUSTED_PROXIES", "0:0:0:0:0:0:0:1"}}), "config.trusted_proxies ");
  CHECK_EQ(read_config({.data_folder = "/nowhere",
                        .variables = {{"KITH_PUBLIC_ADDRESS", "https://kith.example.org/"}}})
               .config.public_address,
           "https://kith.example.org");
  for (const char* here : {"smtp://127.0.0.1:25", "smtp://localhost", "smtps://[::1]:465"})
    CHECK_MESSAGE(smtp_host_is_here(here), here);
  for (const char* there :
       {"smtp://mail.example.org", "smtp://127.example.org", "smtp://localhost.example.org"})
    CHECK_MESSAGE(!smtp_host_is_here(there), there);
}

TEST_CASE("a problem of the configuration names its place, the setting and the nearest name") {
  struct Case {
    const char* file{};
    const char* expected{};
  };
  for (const Case& one : {Case{"# first\nprot = 1\n", "/kith.toml:2: there is no setting named prot. "
                                                      "Did you mean port?"},
                          {"Outbox = \"x\"", "/kith.toml:1: there is no setting named Outbox."},
                          {"colour = \"x\"", "/kith.toml:1: there is no setting named colour. kith config"},
                          {"data_folder = \"x\"", "there is no setting named data_folder"},
                          {"[server]\nport = 1\n", "/kith.toml:1: there is no setting named server"},
                          {"port = 70000", "/kith.toml:1: port must be a whole number from 0 to 65535"},
                          {"port = -1", "port must be a whole number"},
                          {"port = \"80\"", "port must be a whole number"},
                          {"address = 80", "/kith.toml:1: address must be a text in double quotes"},
                          {"\n\naddress = here", "/kith.toml:3: this line is not TOML"},
                          {"tls_key = \"k\"", "only one of them is set"}}) {
    INFO(one.file);
    const Folder folder;
    folder.write(one.file);
    const ReadConfig read = read_config({.data_folder = folder.path()});
    REQUIRE_EQ(read.problems.size(), 1);
    const std::string text = sentence(read.problems[0]);
    INFO(text);
    CHECK_NE(text.find(one.expected), std::string::npos);
  }
  const ReadConfig read =
      read_config({.data_folder = "/nowhere", .variables = {{"KITH_PORT", "http"}, {"KITH_TLS_KEY", "k"}}});
  REQUIRE_EQ(read.problems.size(), 2);
  CHECK_EQ(sentence(read.problems[0]), "KITH_PORT: port must be a whole number from 0 to 65535");
  CHECK_FALSE(load_config({.data_folder = "/nowhere", .variables = {{"KITH_PORT", "http"}}}).ok());
}

TEST_CASE("cookies are for https alone when kith or the proxy before it serves https") {
  CHECK_FALSE(is_secure({}));
  CHECK_FALSE(is_secure({.public_address = "http://kith.example.org"}));
  CHECK(is_secure({.public_address = "https://kith.example.org"}));
  CHECK(is_secure({.tls_certificate = "chain.pem"}));
}
