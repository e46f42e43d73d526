#include "auth/password.hpp"

#include <atomic>
#include <chrono>
#include <thread>

#include "base/text.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::auth;

namespace {

std::vector<NamedSecret> peppers(const std::string& ids) {
  std::vector<NamedSecret> out;
  for (const char id : ids) out.push_back({std::string(1, id), std::string(32, id)});
  return out;
}

} // namespace

TEST_CASE("F37 what may be chosen as a password") {
  struct Line {
    std::string password{};
    std::string problem{};
  };
  const std::vector<Line> lines = {
      {"teal otter 7", ""},
      {"eight ch", ""},
      {"sevench", "password.too_short"},
      {"", "password.too_short"},
      {"ééééééé", "password.too_short"},
      {"éééééééa", ""},
      {std::string(256, 'a') + "b", "password.too_long"},
      {std::string(255, 'a') + "b", ""},
      {std::string(5000, 'a'), "password.too_long"},
      {"Password1!", "password.common"},
      {"PASSWORD", "password.common"},
      {"ｐａｓｓｗｏｒｄ", "password.common"},
      {"zzzzzzzz", "password.common"},
      {"12345678", "password.common"},
      {"Amara@example.org", "password.is_name"},
      {std::string("nul\0inside it", 13), "password.not_text"},
      {"\xff\xfe\xff\xfe\xff\xfe\xff\xfe", "password.not_text"},
  };
  for (const Line& line : lines) {
    INFO(line.password);
    CHECK_EQ(password_problem({line.password, "amara@example.org"}).value_or(""), line.problem);
  }
}

TEST_CASE("F37 a password verifies only itself, whatever the keyboard composed") {
  HashPool pool;
  const Passwords passwords(peppers("a"), pool, cheap_password_cost);
  const std::string stored = passwords.hash("caf\u00e9 au lait").value();
  CHECK(stored.starts_with("a:$argon2id$"));
  CHECK_NE(passwords.hash("caf\u00e9 au lait").value(), stored);
  CHECK(passwords.verify({stored, "caf\u00e9 au lait"}).value());
  CHECK(passwords.verify({stored, "cafe\u0301 au lait"}).value());
  CHECK_FALSE(passwords.verify({stored, "Caf\u00e9 au lait"}).value());
  CHECK_FALSE(passwords.verify({stored, ""}).value());
  CHECK_FALSE(passwords.verify({stored, "\xff"}).value());
  CHECK_FALSE(passwords.verify({stored, std::string(100'000, 'x')}).value());
}

TEST_CASE("F36 an unknown account has no password") {
  HashPool pool;
  const Passwords passwords(peppers("a"), pool, cheap_password_cost);
  CHECK_FALSE(passwords.verify({"", ""}).value());
  CHECK_FALSE(passwords.verify({"z:$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$AAAA", "x"}).value());
  CHECK_FALSE(passwords.verify({"a:nonsense", "x"}).value());
}

TEST_CASE("F37 another pepper does not verify, an older one asks for a new hash") {
  HashPool pool;
  const Passwords old(peppers("a"), pool, cheap_password_cost);
  const Passwords rotated(peppers("ab"), pool, cheap_password_cost);
  const Passwords dearer(peppers("a"), pool, {.passes = 2, .memory_bytes = 16384});
  auto stolen_rows = peppers("a");
  stolen_rows[0].bytes[0] = 'x';
  const Passwords without_file(stolen_rows, pool, cheap_password_cost);
  const std::string stored = old.hash("teal otter 7").value();
  CHECK(rotated.verify({stored, "teal otter 7"}).value());
  CHECK(dearer.verify({stored, "teal otter 7"}).value());
  CHECK_FALSE(without_file.verify({stored, "teal otter 7"}).value());
  CHECK_FALSE(old.needs_rehash(stored));
  CHECK(rotated.needs_rehash(stored));
  CHECK(dearer.needs_rehash(stored));
  CHECK(old.needs_rehash("nonsense"));
}

TEST_CASE("F37 the real cost is 19 MiB, two passes, one lane") {
  HashPool pool;
  const Passwords passwords(peppers("a"), pool);
  CHECK_NE(passwords.hash("teal otter 7").value().find("$argon2id$v=19$m=19456,t=2,p=1$"), std::string::npos);
}

TEST_CASE("F37 the hash pool runs a few at once, keeps some waiting and turns the rest away") {
  HashPool pool({.at_once = 2, .waiting_max = 3});
  std::atomic<int> running{0}, most{0}, done{0}, refused{0};
  std::atomic<bool> open{false};
  std::vector<std::thread> callers;
  for (int i = 0; i < 9; ++i)
    callers.emplace_back([&] {
      const Done answer = pool.run([&] {
        const int now = ++running;
        for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {
        }
        while (!open) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        --running;
      });
      if (answer.ok()) ++done;
      else if (answer.failure().fault == Fault::too_much && answer.failure().code == "sign_in.busy")
        ++refused;
    });
  // Until both are at work: the pool's threads have low priority and may come late on a busy machine.
  while (refused < 4 || running < 2) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  open = true;
  for (std::thread& caller : callers) caller.join();
  CHECK_EQ(most, 2);
  CHECK_EQ(done, 5);
  CHECK_EQ(refused, 4);
  CHECK_THROWS_AS((void)pool.run([] { throw 7; }).ok(), int);
  CHECK(pool.run([] {}).ok());
}
