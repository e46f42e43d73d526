#include "app/outbox.hpp"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <thread>

#include "app/smtp.hpp"
#include "connections/parties.hpp"
#include "connections/task.hpp"
#include "people/consent.hpp"
#include "people/person_store.hpp"
#include "storage/trail.hpp"
#include "support/certificate.hpp"
#include "support/databases.hpp"
#include "support/smtp_server.hpp"
#include "teams/organisation.hpp"
#include "workforce/worker_store.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::app;
using kith::test::Certificate;
using kith::test::SmtpScript;
using kith::test::SmtpServer;

namespace {

const storage::Query row_of{"test.outbox_row", storage::Access::read,
                            "select outcome, attempts, sent_at, cancelled_at, id from v_outbox"
                            " where about_id = ?1 order by id limit 1"};

const storage::Query links_of{
    "test.outbox_links", storage::Access::read,
    "select count(*) from v_sign_in_link where account_id = ?1 and used_at is null"};

struct Standing {
  std::string outcome{};
  std::int64_t attempts{};
  bool sent{};
  bool cancelled{};
  std::string id{};
};

// One organisation with peer workers and messages to them.
struct Post {
  storage::Database& database;
  FixedClock clock{*parse_instant("2026-11-24T12:00:00Z")};
  SystemRandom random{};
  auth::Links links{std::string(32, 'k')};
  Words words = Words::load("en");
  OrganisationId id{{7, 7}};

  template <class Body> auto change(Body body) {
    auto tx = database.begin(id, storage::Access::write).value();
    auto result = body(tx, auth::service_scope({"test", id}, clock.now(), random));
    REQUIRE(result.ok());
    REQUIRE(tx.commit().ok());
    return result;
  }

  void found(bool sandbox = false) {
    Organisation own;
    own.sandbox = sandbox;
    own.id = id;
    own.slug = own.name = "north";
    own.zone = "UTC";
    own.help_name = own.help_number = "x";
    (void)change([&](auto& tx, const auto&) { return teams::insert_organisation(tx, own); });
  }

  // A message to a new worker with this address; returns what it is about.
  std::string message_to(const std::string& email, const std::string& words_of = "worker_asked") {
    Worker worker;
    worker.id = Id<Worker>::make(random);
    worker.chosen_name = "Ruth";
    worker.email = email;
    storage::OutboxMessage message;
    message.made_at = message.send_after = clock.now();
    message.recipient_kind = "worker";
    message.recipient = worker.id.text();
    message.template_name = words_of;
    message.about_kind = "offer";
    message.about = message.dedupe_key = to_text(random_id(random));
    (void)change([&](auto& tx, const auto& scope) -> Done {
      TRY(workforce::insert_worker(tx, scope, with_name_key(worker), 1));
      return storage::add_message(tx, random, message);
    });
    return message.about;
  }

  // To a person who may be written to; returns their account.
  Id<Account> message_to_person() {
    Person tom;
    tom.id = Id<Person>::make(random);
    tom.chosen_name = "Tom";
    tom.contact_way = ContactWay::email;
    tom.email = "tom@people.example";
    tom.created_at = clock.now();
    storage::OutboxMessage message;
    message.made_at = message.send_after = clock.now();
    message.recipient_kind = "person";
    message.recipient = tom.id.text();
    message.template_name = "person_asked";
    message.about_kind = "offer";
    message.about = message.dedupe_key = to_text(random_id(random));
    Id<Account> account;
    (void)change([&](auto& tx, const auto& scope) -> Done {
      TRY(people::insert_person(tx, scope, with_name_keys(tom)));
      TRY(people::give_consent(tx, scope, {tom.id, Purpose::contact, "service", {}, Captured::self}));
      TRY_ASSIGN(account, connections::account_for(tx, scope, tom));
      return storage::add_message(tx, random, message);
    });
    return account;
  }

  std::int64_t open_links(Id<Account> account) {
    auto tx = database.begin(id, storage::Access::read).value();
    return tx.row(links_of, {account.text()}).value()->integer(0);
  }

  OutboxParts parts(Sink& sink) {
    return {.database = &database,
            .links = &links,
            .words = &words,
            .clock = &clock,
            .random = &random,
            .sink = &sink,
            .address = "https://kith.example.org"};
  }

  Sent round(Sink& sink) {
    const std::atomic<bool> stopping{false};
    const auto sent = send_due(parts(sink), id, stopping);
    REQUIRE(sent.ok());
    return *sent;
  }

  Standing standing(const std::string& about) {
    auto tx = database.begin(id, storage::Access::read).value();
    const auto row = tx.row(row_of, {about}).value();
    REQUIRE(row.has_value());
    return {row->text(0), row->integer(1), !row->null(2), !row->null(3), row->text(4)};
  }

  // A message to a new person who is reached this way; returns what it is about.
  std::string message_to_person(ContactWay way, bool agreed = true) {
    Person person;
    person.id = Id<Person>::make(random);
    person.chosen_name = "Amara";
    person.contact_way = way;
    person.phone = "0000 000 000";
    storage::OutboxMessage message;
    message.made_at = message.send_after = clock.now();
    message.recipient_kind = "person";
    message.recipient = person.id.text();
    message.template_name = "person_asked";
    message.about_kind = "referral";
    message.about = message.dedupe_key = to_text(random_id(random));
    (void)change([&](auto& tx, const auto& scope) -> Done {
      TRY(people::insert_person(tx, scope, with_name_keys(person)));
      if (agreed)
        TRY(people::give_consent(tx, scope, {person.id, Purpose::contact, "service", {}, Captured::self}));
      return storage::add_message(tx, random, message);
    });
    return message.about;
  }

  std::size_t tasks(TaskKind kind = TaskKind::message_not_delivered) {
    auto tx = database.begin(id, storage::Access::read).value();
    const auto all =
        connections::open_tasks(tx, auth::service_scope({"test", id}, clock.now(), random), "coordinator");
    for (const Task& task : all.value()) CHECK_EQ(task.kind, kind);
    return all->size();
  }
};

SmtpSettings settings_for(const SmtpServer& server) {
  SmtpSettings settings;
  settings.url = server.url();
  settings.from = {"", "kith@example.org"};
  settings.starttls = false;
  return settings;
}

void for_each_post(const std::function<void(Post&)>& body) {
  for_each_database([&](storage::Database& database) {
    Post post{database};
    post.found();
    body(post);
  });
}

// Counts what it is given and answers the same each time; `before` runs first.
class Scripted final : public Sink {
public:
  Scripted(Delivery answer, std::function<void()> before)
      : answer_(std::move(answer)), before_(std::move(before)) {}
  Delivery hand_over(const Mail& mail, const std::atomic<bool>&) override {
    given.push_back(mail);
    if (before_) before_();
    return answer_;
  }
  std::vector<Mail> given{};

  bool leaves_house() const override { return true; }

private:
  Delivery answer_{};
  std::function<void()> before_{};
};

} // namespace

TEST_CASE("a due message reaches the mail server once, with a link and without a name") {
  for_each_post([](Post& post) {
    const SmtpServer server;
    const auto sink = smtp_sink(settings_for(server));
    const std::string about = post.message_to("ruth@people.example");
    CHECK_EQ(post.round(*sink).sent, 1);
    CHECK_EQ(post.round(*sink).sent, 0);
    const auto mails = server.mails();
    REQUIRE_EQ(mails.size(), 1);
    CHECK_EQ(mails[0].from, "<kith@example.org>");
    CHECK_EQ(mails[0].to, "<ruth@people.example>");
    CHECK_EQ(mails[0].header("Subject"), "A question for you");
    CHECK_EQ(mails[0].header("Message-ID"), "<" + post.standing(about).id + "@example.org>");
    CHECK_NE(mails[0].body().find("\r\nhttps://kith.example.org/sign-in\r\n"), std::string::npos);
    CHECK_EQ(mails[0].bytes.find("Ruth"), std::string::npos);
    CHECK_EQ(post.standing(about).outcome, "sent");
    CHECK(post.standing(about).sent);
    CHECK_EQ(post.standing(about).attempts, 1);
  });
}

TEST_CASE("a 4xx is tried again after a pause that grows, under the same Message-ID") {
  for_each_post([](Post& post) {
    const SmtpServer server({.recipients = {"451 later", "450 later"}, .messages = {"452 full"}});
    const auto sink = smtp_sink(settings_for(server));
    const std::string about = post.message_to("ruth@people.example");
    for (const auto& [outcome, pause] : {std::pair{"smtp_451", 1}, {"smtp_450", 2}, {"smtp_452", 4}}) {
      CHECK_EQ(post.round(*sink).sent, 0);
      CHECK_EQ(post.standing(about).outcome, outcome);
      post.clock.advance(minutes_ms(pause) - 1);
      CHECK_EQ(post.round(*sink).sent, 0);
      CHECK_EQ(post.standing(about).outcome, outcome);
      post.clock.advance(1);
    }
    CHECK_EQ(server.mails().size(), 0);
    CHECK_EQ(post.round(*sink).sent, 1);
    REQUIRE_EQ(server.mails().size(), 1);
    CHECK_EQ(server.mails()[0].header("Message-ID"), "<" + post.standing(about).id + "@example.org>");
    CHECK_EQ(post.standing(about).attempts, 4);
    CHECK_EQ(post.tasks(), 0);
  });
}

TEST_CASE("a 5xx about the recipient or the message is final and a task of the coordinator") {
  for_each_post([](Post& post) {
    const SmtpServer server({.recipients = {"550 unknown", "250 ok"}, .messages = {"554 no"}});
    const auto sink = smtp_sink(settings_for(server));
    const std::string one = post.message_to("gone@people.example");
    CHECK_EQ(post.round(*sink).sent, 0);
    const std::string other = post.message_to("ruth@people.example");
    CHECK_EQ(post.round(*sink).sent, 0);
    CHECK_EQ(post.standing(one).outcome, "smtp_550");
    CHECK_EQ(post.standing(other).outcome, "smtp_554");
    CHECK(post.standing(one).cancelled);
    CHECK_EQ(post.tasks(), 2);
    post.clock.advance(days_ms(1));
    CHECK_EQ(post.round(*sink).sent, 0);
    CHECK_EQ(server.mails().size(), 0);
    CHECK_EQ(post.tasks(), 2);
  });
}

TEST_CASE("a 5xx about ourselves, a wrong password or a server gone keeps the message and stops the round") {
  for_each_post([](Post& post) {
    const SmtpServer strict({.mail = "550 not you"});
    const SmtpServer locked({.user = "kith", .password = "right"});
    auto gone = std::make_unique<SmtpServer>();
    SmtpSettings wrong = settings_for(locked), nobody = settings_for(*gone);
    wrong.user = "kith";
    wrong.password = "wrong";
    gone.reset();
    std::vector<std::string> abouts;
    for (const char* to :
         {"ruth@people.example", "mina@people.example", "tom@people.example", "li@people.example"})
      abouts.push_back(post.message_to(to));
    for (const auto& [settings, outcome] : {std::pair{settings_for(strict), "smtp_550"},
                                            {wrong, "smtp_sign_in"},
                                            {nobody, "smtp_unreachable"}}) {
      CHECK(post.round(*smtp_sink(settings)).unreachable);
      int tried = 0; // one a round; the others were left alone
      for (const std::string& about : abouts) tried += post.standing(about).outcome == outcome ? 1 : 0;
      CHECK_EQ(tried, 1);
    }
    CHECK_EQ(post.tasks(), 0);
    post.clock.advance(minutes_ms(1));
    const SmtpServer server;
    CHECK_EQ(post.round(*smtp_sink(settings_for(server))).sent, 4);
  });
}

TEST_CASE("a server that says nothing costs a bounded time, and less when kith stops") {
  const SmtpServer server({.silent = true});
  SmtpSettings settings = settings_for(server);
  settings.whole_ms = 300;
  const Mail mail{"x", "ruth@people.example", "A question", "Hello", {}};
  const SystemClock clock;
  const auto took = [&](const SmtpSettings& with, bool stop) {
    const std::atomic<bool> stopping{stop};
    const std::int64_t from = clock.monotonic_ms();
    const Delivery delivery = smtp_sink(with)->hand_over(mail, stopping);
    CHECK_EQ(delivery.handed, Handed::unreachable);
    CHECK_EQ(delivery.outcome, stop ? "stopped" : "smtp_timeout");
    return clock.monotonic_ms() - from;
  };
  CHECK_LT(took(settings, false), 2'000);
  settings.whole_ms = 20'000;
  CHECK_LT(took(settings, true), 2'000);
}

TEST_CASE("sending has a thread of its own that ends at once, whatever the mail server does") {
  for_each_post([](Post& post) {
    const SystemClock clock;
    const std::string about = post.message_to("ruth@people.example");
    {
      const SmtpServer server;
      const auto sink = smtp_sink(settings_for(server));
      const Rounds rounds(sending(post.parts(*sink)));
      for (int i = 0; i < 300 && !post.standing(about).sent; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    CHECK(post.standing(about).sent);
    const std::string other = post.message_to("mina@people.example");
    const SmtpServer silent({.silent = true});
    const auto sink = smtp_sink(settings_for(silent));
    std::int64_t from = 0;
    {
      const Rounds rounds(sending(post.parts(*sink)));
      for (int i = 0; i < 300 && post.standing(other).outcome != "being_sent"; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
      from = clock.monotonic_ms();
    }
    CHECK_LT(clock.monotonic_ms() - from, 3'000);
    CHECK_EQ(post.standing(other).outcome, "stopped");
    CHECK_FALSE(post.standing(other).cancelled);
  });
}

TEST_CASE("the password and the message travel under TLS only, with a certificate that is vouched for") {
  const Certificate certificate;
  const SmtpServer plain({.user = "kith", .password = "hush"});
  const SmtpServer secure({.user = "kith", .password = "hush", .tls = certificate.files()});
  const Mail mail{"x", "ruth@people.example", "A question", "Hello", {}};
  const std::atomic<bool> stopping{false};
  const auto send = [&](const SmtpServer& server, const std::string& ca_file) {
    SmtpSettings settings = settings_for(server);
    settings.user = "kith";
    settings.password = "hush";
    settings.starttls = true;
    settings.ca_file = ca_file;
    CHECK_EQ(try_smtp(settings).handed == Handed::sent, !ca_file.empty());
    return smtp_sink(settings)->hand_over(mail, stopping).outcome;
  };
  CHECK_EQ(send(plain, ""), "smtp_tls");
  CHECK_EQ(send(secure, ""), "smtp_tls");
  for (const SmtpServer* server : {&plain, &secure})
    for (const std::string& command : server->commands()) CHECK_FALSE(command.starts_with("AUTH"));
  CHECK_EQ(send(secure, certificate.files().certificate_chain), "sent");
  REQUIRE_EQ(secure.mails().size(), 1);
  CHECK(secure.mails()[0].secure);
}

TEST_CASE("what is withdrawn while others are being sent is not sent") {
  for_each_post([](Post& post) {
    std::vector<std::string> abouts{post.message_to("ruth@people.example"),
                                    post.message_to("mina@people.example")};
    Scripted sink({Handed::sent, "sent"}, [&] {
      for (const std::string& about : abouts)
        (void)post.change([&](auto& tx, const auto&) {
          return storage::cancel_messages(tx, post.clock.now(), "offer", about);
        });
    });
    CHECK_EQ(post.round(sink).sent, 1);
    CHECK_EQ(sink.given.size(), 1);
    int sent = 0, withdrawn = 0;
    for (const std::string& about : abouts) {
      sent += post.standing(about).outcome == "sent" ? 1 : 0;
      withdrawn += post.standing(about).outcome == "withdrawn" ? 1 : 0;
    }
    CHECK_EQ(sent, 1); // it had left before it was withdrawn
    CHECK_EQ(withdrawn, 1);
  });
}

TEST_CASE("two servers with the same list in hand do not send the same message at once") {
  for_each_post([](Post& post) {
    post.message_to("ruth@people.example");
    post.message_to("mina@people.example");
    Scripted second({Handed::try_again, "smtp_451"}, {});
    Scripted first({Handed::sent, "sent"}, [&] { CHECK_EQ(post.round(second).sent, 0); });
    CHECK_EQ(post.round(first).sent, 1);
    CHECK_EQ(first.given.size(), 1);
    REQUIRE_EQ(second.given.size(), 1);
    CHECK_NE(first.given[0].id, second.given[0].id);
  });
}

TEST_CASE("a crash while sending sends again, later, under the same Message-ID; nobody else does meanwhile") {
  for_each_post([](Post& post) {
    const std::string about = post.message_to("ruth@people.example");
    struct Crash {};
    Scripted dying({}, [] { throw Crash(); });
    CHECK_THROWS_AS(post.round(dying), Crash);
    CHECK_EQ(post.standing(about).outcome, "being_sent");
    Scripted living({Handed::sent, "sent"}, {});
    CHECK_EQ(post.round(living).sent, 0);
    post.clock.advance(minutes_ms(10));
    CHECK_EQ(post.round(living).sent, 1);
    CHECK_EQ(living.given.at(0).id, dying.given.at(0).id);
    CHECK_EQ(post.standing(about).attempts, 2);
  });
}

TEST_CASE("after about two days it is given up and a coordinator is told") {
  for_each_post([](Post& post) {
    const std::string about = post.message_to("ruth@people.example");
    Scripted sink({Handed::unreachable, "smtp_unreachable"}, {});
    const Instant began = post.clock.now();
    for (int i = 0; i < 100 && !post.standing(about).cancelled; ++i) {
      CHECK_EQ(post.tasks(), 0);
      (void)post.round(sink);
      post.clock.advance(hours_ms(1));
    }
    CHECK_EQ(sink.given.size(), attempts_max);
    CHECK_GT(post.clock.now().ms - began.ms, hours_ms(40));
    CHECK_EQ(post.tasks(), 1);
    CHECK_EQ(post.standing(about).outcome, "smtp_unreachable");
  });
}

TEST_CASE("a sandbox writes to nobody outside, whatever addresses its fictional people have") {
  for_each_database([](storage::Database& database) {
    Post post{database};
    post.found(true);
    const std::string about = post.message_to("ruth@people.example");
    Scripted sink({Handed::sent, "sent"}, {});
    CHECK_EQ(post.round(sink).sent, 0);
    CHECK(sink.given.empty());
    CHECK_EQ(post.standing(about).outcome, "sandbox");
    CHECK_EQ(post.tasks(), 0);
  });
}

TEST_CASE(
    "what has nowhere to go is a task of the coordinator; a wish to hear nothing, and thanks, are not") {
  struct Case {
    std::function<std::string(Post&)> write{};
    const char* outcome{};
    TaskKind task{TaskKind::message_not_delivered};
    std::size_t tasks{1};
  };
  const auto to_person = [](ContactWay way, bool agreed = true) {
    return [=](Post& post) { return post.message_to_person(way, agreed); };
  };
  const Case cases[] = {
      {[](Post& post) { return post.message_to(""); }, "no_address", TaskKind::message_not_delivered},
      {to_person(ContactWay::email), "no_address", TaskKind::message_not_delivered},
      {to_person(ContactWay::none), "no_way_to_reach", TaskKind::message_not_delivered},
      {to_person(ContactWay::phone), "by_voice_only", TaskKind::call_with_news},
      {to_person(ContactWay::phone, false), "no_consent", TaskKind::message_not_delivered, 0},
      {[](Post& post) { return post.message_to("", "worker_place_free"); }, "no_address",
       TaskKind::message_not_delivered, 0},
  };
  for (const Case& each : cases)
    for_each_post([&](Post& post) {
      const std::string about = each.write(post);
      Scripted sink({Handed::sent, "sent"}, {});
      CHECK_EQ(post.round(sink).sent, 0);
      CHECK(sink.given.empty());
      CHECK_EQ(post.standing(about).outcome, each.outcome);
      CHECK_EQ(post.tasks(each.task), each.tasks);
    });
}

TEST_CASE("a recipient who is not there holds up nobody") {
  for_each_post([](Post& post) {
    storage::OutboxMessage lost;
    lost.recipient_kind = "worker";
    lost.recipient = lost.about = lost.dedupe_key = to_text(random_id(post.random));
    lost.template_name = "worker_asked";
    lost.about_kind = "offer";
    (void)post.change([&](auto& tx, const auto&) { return storage::add_message(tx, post.random, lost); });
    post.message_to("ruth@people.example");
    Scripted sink({Handed::sent, "sent"}, {});
    CHECK_EQ(post.round(sink).sent, 1);
    CHECK(post.standing(lost.about).cancelled);
    CHECK_EQ(post.standing(lost.about).outcome, "not_found");
    CHECK_EQ(post.tasks(), 1);
  });
}

TEST_CASE("without a mail server each message is a file, and a folder that fails keeps the message") {
  for_each_post([](Post& post) {
    char pattern[] = "/tmp/kith-outbox-XXXXXX";
    const std::string folder = mkdtemp(pattern);
    const std::string about = post.message_to("ruth@people.example");
    CHECK(post.round(*folder_sink(folder + "/missing")).unreachable);
    CHECK_EQ(post.standing(about).outcome, "folder_failed");
    post.clock.advance(minutes_ms(1));
    CHECK_EQ(post.round(*folder_sink(folder)).sent, 1);
    std::ostringstream bytes;
    bytes << std::ifstream(folder + "/" + post.standing(about).id + ".eml").rdbuf();
    CHECK_NE(bytes.str().find("\r\nTo: ruth@people.example\r\n"), std::string::npos);
    CHECK_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
    std::filesystem::remove_all(folder);
  });
}

// Takes nothing the first times, and keeps what it was shown.
class Reluctant final : public Sink {
public:
  Delivery hand_over(const Mail& mail, const std::atomic<bool>&) override {
    texts.push_back(mail.text);
    return texts.size() < 4 ? Delivery{Handed::try_again, "later"} : Delivery{Handed::sent, "sent"};
  }
  bool leaves_house() const override { return true; }
  std::vector<std::string> texts{};
};

TEST_CASE("a message that is tried again carries the same link, so one is open and none is dead") {
  for_each_post([](Post& post) {
    const Id<Account> account = post.message_to_person();
    Reluctant sink;
    for (int i = 0; i < 4; ++i) {
      (void)post.round(sink);
      post.clock.advance(hours_ms(2));
    }
    REQUIRE_EQ(sink.texts.size(), 4);
    CHECK_NE(sink.texts[0].find("/in/"), std::string::npos);
    CHECK_EQ(sink.texts[0], sink.texts[3]);
    CHECK_EQ(post.open_links(account), 1);
  });
}

TEST_CASE("a hostile recipient never reaches the mail server") {
  for_each_post([](Post& post) {
    const SmtpServer server;
    const auto sink = smtp_sink(settings_for(server));
    for (const char* to :
         {"ruth@people.example>\r\nRCPT TO:<all@people.example", "ruth@people.example\nBcc: x@y.z",
          "ruth@people.example,all@people.example", "+61 400 000 000"}) {
      const std::string about = post.message_to(to);
      CHECK_EQ(post.round(*sink).sent, 0);
      CHECK_EQ(post.standing(about).outcome, "not_an_address");
    }
    CHECK(server.commands().empty());
    CHECK_EQ(post.tasks(), 4);
  });
}

TEST_CASE("words of other languages arrive whole, and a line of one dot is a line") {
  for_each_post([](Post& post) {
    const SmtpServer server;
    const auto sink = smtp_sink(settings_for(server));
    post.words = Words::parse("de", "message.worker_asked.subject = Eine Frage für dich\n"
                                    "message.worker_asked.body = Grüße, 你好\n");
    post.message_to("ruth@people.example");
    CHECK_EQ(post.round(*sink).sent, 1);
    REQUIRE_EQ(server.mails().size(), 1);
    CHECK_EQ(server.mails()[0].header("Subject"), "=?UTF-8?Q?Eine_Frage_f=C3=BCr_dich?=");
    CHECK(server.mails()[0].body().starts_with("Gr=C3=BC=C3=9Fe, =E4=BD=A0=E5=A5=BD\r\n\r\n"));
    const std::atomic<bool> stopping{false};
    const Mail dots{"x", "ruth@people.example", "Dots", ".\n..\n.a\nend", post.clock.now()};
    CHECK_EQ(sink->hand_over(dots, stopping).outcome, "sent");
    REQUIRE_EQ(server.mails().size(), 2);
    CHECK_EQ(server.mails()[1].body(), ".\r\n..\r\n.a\r\nend\r\n");
  });
}
