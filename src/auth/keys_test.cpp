#include "auth/keys.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/text.hpp"

#include "support/databases.hpp"
#include "support/test.hpp"

using namespace kith;
using namespace kith::auth;

namespace {

class Folder {
public:
  Folder() {
    char pattern[] = "/tmp/kith-keys-XXXXXX";
    path_ = mkdtemp(pattern);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string write(const std::string& name, const std::string& text, mode_t mode = 0400) const {
    const std::string path = path_ + "/" + name;
    std::ofstream(path) << text;
    chmod(path.c_str(), mode);
    return path;
  }
  std::string path(const std::string& name) const { return path_ + "/" + name; }

private:
  std::string path_{};
};

const std::string first_line = "key-a " + std::string(64, 'a') + "\n";
const std::string second_line = "key-b " + std::string(64, 'b') + "\n";
const std::string row = "0123456789abcdef0123456789abcdef";

storage::SealContext context() { return {OrganisationId{{1, 1}}, "concern", row, "narrative"}; }

} // namespace

TEST_CASE("P18 a sealed value opens only where it was sealed") {
  SeededRandom random(1);
  const Folder folder;
  const auto keys = OrganisationKeys::load(folder.write("k", first_line), random).value();
  const auto sealed = keys.seal(context(), "kept between us");
  CHECK_EQ(sealed.key_id, "key-a");
  CHECK_EQ(sealed.text.find("kept"), std::string::npos);
  CHECK_EQ(keys.open(context(), sealed).value(), "kept between us");
  CHECK_NE(keys.seal(context(), "kept between us").text, sealed.text);
  CHECK_EQ(keys.open(context(), keys.seal(context(), "")).value(), "");

  auto moved = context();
  moved.organisation = OrganisationId{{2, 2}};
  CHECK_EQ(keys.open(moved, sealed).failure().code, "seal.broken");
  moved = context();
  moved.row = "0123456789abcdef0123456789abcdee";
  CHECK_EQ(keys.open(moved, sealed).failure().code, "seal.broken");
  moved = context();
  moved.field = "action";
  CHECK_EQ(keys.open(moved, sealed).failure().code, "seal.broken");
  moved = context();
  moved.table = "contact";
  CHECK_EQ(keys.open(moved, sealed).failure().code, "seal.broken");
}

TEST_CASE("P18 a sealed value with any one character changed does not open") {
  SeededRandom random(2);
  const Folder folder;
  const auto keys = OrganisationKeys::load(folder.write("k", first_line), random).value();
  const auto sealed = keys.seal(context(), "a story that stays theirs");
  for (std::size_t i = 0; i < sealed.text.size(); ++i) {
    auto changed = sealed;
    changed.text[i] = changed.text[i] == 'A' ? 'B' : 'A';
    CHECK_FALSE(keys.open(context(), changed).ok());
  }
  for (const std::string& text : {std::string(), sealed.text.substr(0, 20), sealed.text + "A"})
    CHECK_FALSE(keys.open(context(), {sealed.key_id, text}).ok());
}

TEST_CASE("P18 after a rotation old values still open and new ones carry the new key") {
  SeededRandom random(3);
  const Folder folder;
  const auto before = OrganisationKeys::load(folder.write("a", first_line), random).value();
  const auto after = OrganisationKeys::load(folder.write("b", first_line + second_line), random).value();
  const auto without = OrganisationKeys::load(folder.write("c", second_line), random).value();
  const auto old = before.seal(context(), "x");
  CHECK_EQ(after.open(context(), old).value(), "x");
  CHECK_EQ(after.seal(context(), "x").key_id, "key-b");
  CHECK_EQ(without.open(context(), old).failure().code, "seal.unknown_key");
  CHECK_EQ(before.open(context(), after.seal(context(), "x")).failure().code, "seal.unknown_key");
  CHECK_EQ(after.open(context(), {"key-b", old.text}).failure().code, "seal.broken");
  CHECK_EQ(after.secret("session"), before.secret("session"));
  CHECK_NE(after.secret("session"), after.secret("link"));
  CHECK_EQ(after.secrets("pepper").size(), 2);
  CHECK_EQ(after.secrets("pepper").back().key_id, "key-b");
}

TEST_CASE("P18 a key file that others may read, or that is malformed, is refused") {
  SeededRandom random(4);
  const Folder folder;
  const auto code = [&](const std::string& path) {
    return OrganisationKeys::load(path, random).failure().code;
  };
  CHECK_EQ(code(folder.path("absent")), "keys.unreadable");
  CHECK_EQ(code("/tmp"), "keys.unreadable");
  CHECK(OrganisationKeys::load(folder.write("owner", first_line, 0600), random).ok());
  for (const mode_t mode : {0440, 0640, 0644, 0404, 0700, 04400})
    CHECK_EQ(code(folder.write("m" + std::to_string(mode), first_line, mode)), "keys.mode");
  CHECK_EQ(code(folder.write("empty", "\n\n")), "keys.empty");
  CHECK_EQ(code(folder.write("short", "key-a abcd\n")), "keys.malformed");
  CHECK_EQ(code(folder.write("words", "key-a\n")), "keys.malformed");
  CHECK_EQ(code(folder.write("twice", first_line + first_line)), "keys.malformed");
  CHECK_EQ(code(folder.write("name", "Key|a " + std::string(64, 'a') + "\n")), "keys.malformed");
}

TEST_CASE("P18 a new key file is readable by its owner only and never replaces another") {
  SystemRandom random;
  const Folder folder;
  REQUIRE(create_key_file(folder.path("new"), random).ok());
  struct stat about{};
  REQUIRE(stat(folder.path("new").c_str(), &about) == 0);
  CHECK_EQ(about.st_mode & 07777U, 0400U);
  CHECK(OrganisationKeys::load(folder.path("new"), random).ok());
  CHECK_EQ(create_key_file(folder.path("new"), random).failure().code, "keys.exists");
  CHECK_EQ(create_key_file(folder.path("no/where"), random).failure().code, "keys.not_written");
}
