#include <filesystem>
#include <fstream>
#include <functional>

#include "app/staff.hpp"
#include "base/text.hpp"
#include "record/json.hpp"
#include "storage/migration.hpp"
#include "storage/trail.hpp"
#include "support/certificate.hpp"
#include "support/databases.hpp"
#include "support/shell.hpp"
#include "support/smtp_server.hpp"

#include "support/test.hpp"

using namespace kith;
using kith::test::Certificate;
using kith::test::for_each_new_shell;
using kith::test::for_each_shell;
using kith::test::Ran;
using kith::test::Shell;
using kith::test::SmtpServer;

namespace {

// The lines that begin with a sign and a name: "warn  outbox".
std::string found(const Ran& ran, const std::string& name) {
  std::string out;
  for (const std::string& line : split(ran.out, '\n'))
    if (line.substr(0, 22).find(" " + name) != std::string::npos) out += line + "\n";
  return out;
}

bool says(const Ran& ran, const std::string& name, const std::string& sign, const std::string& words = "") {
  const std::string line = found(ran, name);
  if (line.starts_with(sign) && line.find(words) != std::string::npos) return true;
  MESSAGE(ran.out);
  return false;
}

void in_transaction(const Shell& shell,
                    const std::function<Done(storage::Transaction&, app::Service&)>& body) {
  const auto service = shell.opened();
  const OrganisationId own = app::choose_organisation(*service->database, "").value().id;
  auto tx = service->database->begin(own, storage::Access::write).value();
  REQUIRE(body(tx, *service).ok());
  REQUIRE(tx.commit().ok());
}

} // namespace

TEST_CASE("doctor finds nothing wrong with a service just made, and names what is missing before") {
  for_each_new_shell([](const Shell& shell) {
    const Ran before = shell.run({"doctor"});
    CHECK_EQ(before.code, 1);
    CHECK(says(before, "key file", "fail", "kith init"));
    REQUIRE_EQ(shell.run({"init"}).code, 0);
    const Ran after = shell.run({"doctor"});
    CHECK_EQ(after.code, 0);
    CHECK_EQ(after.error, "");
    for (const char* name : {"configuration", "data folder", "key file", "migrations", "database",
                             "separation", "organisations", "outbox", "https"})
      CHECK(says(after, name, "ok"));
    CHECK_EQ(after.out.find("\nfail"), std::string::npos);
  });
}

TEST_CASE("doctor names pending migrations and a database of a newer kith") {
  for_each_empty_database([](const std::string& url) {
    auto migrations = storage::embedded_migrations();
    const auto last = migrations.back();
    migrations.pop_back();
    REQUIRE(storage::migrate_with(url, migrations).ok());
    const auto state = storage::schema_state(url).value();
    CHECK_EQ(state.known, static_cast<int>(migrations.size()));
    CHECK_EQ(state.pending, std::vector<std::string>{last.name});
    const Shell shell(url);
    std::filesystem::create_directory(shell.data());
    if (url.starts_with("sqlite:")) shell.set("database = \"" + url + "\"");
    const Ran ran = shell.run({"doctor"});
    CHECK_EQ(ran.code, 1);
    CHECK(says(ran, "migrations", "fail", "1 pending, first " + last.name));
    const std::vector<std::string> tom{"user",   "add",      "--name", "Tom", "--email", "tom@example.org",
                                       "--role", "clinician"};
    CHECK_EQ(shell.run(tom).code, 4);
    migrations.push_back(last);
    migrations.push_back({"299901010000_later", "create table later (a text);\n", "x"});
    REQUIRE(storage::migrate_with(url, migrations).ok());
    CHECK(says(shell.run({"doctor"}), "database", "fail", "A newer kith"));
  });
}

TEST_CASE("doctor tells what is readable by others, waits too long or lies in the future") {
  for_each_shell([](const Shell& shell) {
    namespace fs = std::filesystem;
    REQUIRE_EQ(shell.run({"init"}).code, 0);
    fs::permissions(shell.data(), fs::perms::others_read | fs::perms::others_exec, fs::perm_options::add);
    in_transaction(shell, [](storage::Transaction& tx, app::Service& kith) {
      storage::OutboxMessage message;
      message.made_at = kith.clock.now();
      message.send_after = message.made_at + -minutes_ms(59);
      message.recipient_kind = "worker";
      message.recipient = message.about = to_text(random_id(kith.random));
      message.template_name = message.about_kind = message.dedupe_key = "offer";
      return storage::add_message(tx, kith.random, message);
    });
    Ran ran = shell.run({"doctor"});
    CHECK_EQ(ran.code, 0);
    CHECK(says(ran, "data folder", "warn", "chmod 700"));
    CHECK(says(ran, "outbox", "ok", "1 waiting"));
    in_transaction(shell, [](storage::Transaction& tx, app::Service& kith) -> Done {
      TRY_ASSIGN(const auto held, storage::due_messages(tx, kith.clock.now()));
      TRY(storage::mark_attempt(tx, held.at(0).id, kith.clock.now() + -minutes_ms(61), "x"));
      return storage::record_fact(tx, kith.random,
                                  {.at = kith.clock.now() + days_ms(1), .actor = "test", .kind = "x"});
    });
    ran = shell.run({"doctor"});
    CHECK_EQ(ran.code, 1);
    CHECK(says(ran, "outbox", "warn", "1 waiting, the oldest for more than an hour"));
    CHECK(says(ran, "clock", "fail", "in the future"));
    fs::permissions(shell.data() + "/keys", fs::perms::others_read, fs::perm_options::add);
    ran = shell.run({"doctor"});
    CHECK_EQ(ran.code, 1);
    CHECK(says(ran, "key file", "fail", "chmod 400"));
  });
}

TEST_CASE("doctor knows when the certificate ends and when others reach an address without one") {
  const Shell shell("sqlite:");
  REQUIRE_EQ(shell.run({"init"}).code, 0);
  shell.set("address = \"0.0.0.0\"");
  CHECK(says(shell.run({"doctor"}), "https", "warn", "0.0.0.0 can be reached by others"));
  for (const auto& [seconds, sign] : {std::pair{-10, "fail"}, {20 * 86'400, "warn"}, {22 * 86'400, "ok"}}) {
    const Certificate certificate(seconds);
    const Shell with("sqlite:");
    REQUIRE_EQ(with.run({"init"}).code, 0);
    with.set("tls_certificate = \"" + certificate.files().certificate_chain + "\"");
    with.set("tls_key = \"" + certificate.files().private_key + "\"");
    const Ran ran = with.run({"doctor"});
    CHECK(says(ran, "https", sign, "the certificate ends on 20"));
    CHECK_EQ(ran.code, seconds < 0 ? 1 : 0);
    with.set("colour = \"blue\"");
    CHECK_EQ(with.run({"doctor"}).code, 1);
    CHECK_EQ(with.run({"config", "check"}).code, 3);
  }
}

TEST_CASE("doctor signs in to the mail server and says what keeps messages from it") {
  const Shell shell("sqlite:");
  REQUIRE_EQ(shell.run({"init"}).code, 0);
  CHECK(says(shell.run({"doctor"}), "mail", "ok", "messages are files in"));
  const SmtpServer server({.user = "kith", .password = "hush"});
  const std::string password = shell.data() + "/mail-password";
  const auto write = [&](const char* text) {
    std::ofstream(password) << text;
    std::filesystem::permissions(password,
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  };
  shell.set("smtp_url = \"" + server.url() + "\"");
  CHECK_EQ(shell.run({"config", "check"}).code, 3);
  shell.set("smtp_from = \"kith@example.org\"");
  shell.set("smtp_user = \"kith\"");
  shell.set("smtp_password_file = \"" + password + "\"");
  CHECK(says(shell.run({"doctor"}), "mail", "fail", "cannot be read from " + password));
  write("wrong\n");
  CHECK(says(shell.run({"doctor"}), "mail", "fail", "smtp_sign_in). Check smtp_user"));
  write("hush\nanother line\n");
  CHECK(says(shell.run({"doctor"}), "mail", "warn", "public_address"));
  shell.set("public_address = \"https://kith.example.org\"");
  const Ran ran = shell.run({"doctor"});
  CHECK_EQ(ran.code, 0);
  CHECK(says(ran, "mail", "ok", server.url() + " answers"));
  CHECK_EQ(ran.out.find("hush"), std::string::npos);
  std::filesystem::permissions(password, std::filesystem::perms::group_read,
                               std::filesystem::perm_options::add);
  CHECK(says(shell.run({"doctor"}), "mail", "warn", "chmod 400 " + password));
  CHECK(server.mails().empty());
  shell.set("smtp_starttls = \"required\"");
  CHECK(says(shell.run({"doctor"}), "mail", "fail", "smtp_tls"));
  const Shell other("sqlite:");
  REQUIRE_EQ(other.run({"init"}).code, 0);
  std::uint16_t port = 0;
  {
    port = SmtpServer().port();
  }
  other.set("smtp_url = \"smtp://127.0.0.1:" + std::to_string(port) + "\"");
  other.set("smtp_from = \"kith@example.org\"");
  CHECK(says(other.run({"doctor"}), "mail", "fail", "smtp_unreachable). Is it running"));
}

TEST_CASE("the plan of several organisations is one JSON document") {
  for_each_shell([](const Shell& shell) {
    REQUIRE_EQ(shell.run({"init", "--organisation", "North \"side\""}).code, 0);
    const auto service = shell.opened();
    Organisation second = {.id = OrganisationId::make(service->random), .slug = "south", .name = "South"};
    second.help_name = second.help_number = "x";
    auto tx = service->database->begin(second.id, storage::Access::write).value();
    REQUIRE(teams::insert_organisation(tx, second).ok());
    REQUIRE(tx.commit().ok());
    const Ran ran = shell.run({"match", "plan", "--json", "--choices", "5"});
    REQUIRE_EQ(ran.code, 0);
    const auto document = record::parse_json(ran.out);
    INFO(ran.out);
    REQUIRE(document.ok());
    CHECK_EQ(document->text_of("format"), "kith-match-plans/1");
    const auto* all = document->find("organisations");
    REQUIRE_EQ(all->items.size(), 2);
    CHECK_EQ(all->items[0].text_of("name"), "North \"side\"");
    CHECK_EQ(all->items[1].text_of("organisation"), "south");
    for (const auto& one : all->items) CHECK_EQ(one.find("plan")->integer_of("choices"), 5);
  });
}
