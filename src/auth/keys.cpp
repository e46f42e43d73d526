#include "auth/keys.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/text.hpp"

namespace kith::auth {
namespace {

constexpr std::size_t key_bytes = 32;
constexpr std::size_t file_bytes_max = 64UL * 1024;
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == key_bytes);

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

void wipe(std::string& secret) {
  sodium_memzero(secret.data(), secret.size());
  secret.clear();
}

// A length before each part, so that no two contexts have the same bytes.
std::string associated_data(const storage::SealContext& context, std::string_view key_id) {
  const std::string organisation = context.organisation.text();
  std::string out;
  for (const std::string_view part :
       {std::string_view(organisation), context.table, context.row, context.field, key_id})
    out += std::to_string(part.size()) + ":" + std::string(part) + "|";
  return out;
}

std::string organisation_key(const NamedSecret& key, OrganisationId organisation) {
  return keyed_hash(key.bytes, "seal|" + organisation.text());
}

struct OpenFile {
  explicit OpenFile(int descriptor) : number(descriptor) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() {
    if (number >= 0) ::close(number);
  }
  int number{-1};
};

Result<std::string> read_secret_file(const std::string& path) {
  const OpenFile file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat about{};
  if (file.number < 0 || ::fstat(file.number, &about) != 0 || !S_ISREG(about.st_mode))
    return unavailable("keys.unreadable");
  const auto mode = about.st_mode & 07777U;
  if (mode != 0400U && mode != 0600U) return unavailable("keys.mode");
  std::string text(file_bytes_max, '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const ssize_t got = ::read(file.number, text.data() + size, text.size() - size);
    if (got < 0) return unavailable("keys.unreadable");
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size == text.size()) return unavailable("keys.malformed");
  text.resize(size);
  return text;
}

bool good_key_id(std::string_view id) {
  if (id.empty() || id.size() > 40) return false;
  return id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t put = ::write(file, text.data(), text.size());
    if (put <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(put));
  }
  return true;
}

Failure at_line(std::size_t line) {
  Failure failure = unavailable("keys.malformed");
  failure.arguments = {std::to_string(line)};
  return failure;
}

} // namespace

std::string keyed_hash(std::string_view key, std::string_view text) {
  CHECK(key.size() == key_bytes);
  std::string out(key_bytes, '\0');
  CHECK(crypto_generichash(bytes_of(out), out.size(), bytes_of(text), text.size(), bytes_of(key),
                           key.size()) == 0);
  return out;
}

Result<OrganisationKeys> OrganisationKeys::load(const std::string& path, Random& random) {
  CHECK(sodium_init() >= 0);
  TRY_ASSIGN(std::string text, read_secret_file(path));
  OrganisationKeys keys(random);
  std::size_t number = 0;
  for (std::string& line : split(text, '\n')) {
    ++number;
    const auto words = split_words(line);
    if (words.empty()) continue;
    const auto bytes = words.size() == 2 ? unhex(words[1]) : std::nullopt;
    if (!bytes || bytes->size() != key_bytes || !good_key_id(words[0]) || keys.find(words[0]))
      return at_line(number);
    keys.keys_.push_back({words[0], *bytes});
    wipe(line);
  }
  wipe(text);
  if (keys.keys_.empty()) return unavailable("keys.empty");
  return keys;
}

OrganisationKeys::~OrganisationKeys() {
  for (NamedSecret& key : keys_) wipe(key.bytes);
}

const NamedSecret* OrganisationKeys::find(std::string_view key_id) const {
  for (const NamedSecret& key : keys_)
    if (key.key_id == key_id) return &key;
  return nullptr;
}

storage::Sealed OrganisationKeys::seal(const storage::SealContext& context, std::string_view plain) const {
  const NamedSecret& current = keys_.back();
  std::string key = organisation_key(current, context.organisation);
  const std::string bound = associated_data(context, current.key_id);
  constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
  std::string out(nonce_bytes + plain.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES, '\0');
  random_->fill({bytes_of(out), nonce_bytes});
  unsigned long long written = 0;
  CHECK(crypto_aead_xchacha20poly1305_ietf_encrypt(bytes_of(out) + nonce_bytes, &written, bytes_of(plain),
                                                   plain.size(), bytes_of(bound), bound.size(), nullptr,
                                                   bytes_of(out), bytes_of(key)) == 0);
  wipe(key);
  return {current.key_id, base64url(out)};
}

Result<std::string> OrganisationKeys::open(const storage::SealContext& context,
                                           const storage::Sealed& sealed) const {
  const NamedSecret* named = find(sealed.key_id);
  if (!named) return unavailable("seal.unknown_key");
  constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
  constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
  const auto text = unbase64url(sealed.text);
  // Spelling it back refuses bits that base64 would ignore.
  if (!text || text->size() < nonce_bytes + tag_bytes || base64url(*text) != sealed.text)
    return unavailable("seal.broken");
  std::string key = organisation_key(*named, context.organisation);
  const std::string bound = associated_data(context, sealed.key_id);
  std::string plain(text->size() - nonce_bytes - tag_bytes, '\0');
  unsigned long long written = 0;
  const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
      bytes_of(plain), &written, nullptr, bytes_of(*text) + nonce_bytes, text->size() - nonce_bytes,
      bytes_of(bound), bound.size(), bytes_of(*text), bytes_of(key));
  wipe(key);
  if (opened != 0) return unavailable("seal.broken");
  return plain;
}

std::string OrganisationKeys::secret(std::string_view purpose) const {
  return keyed_hash(keys_.front().bytes, "secret|" + std::string(purpose));
}

std::vector<NamedSecret> OrganisationKeys::secrets(std::string_view purpose) const {
  std::vector<NamedSecret> out;
  out.reserve(keys_.size());
  for (const NamedSecret& key : keys_)
    out.push_back({key.key_id, keyed_hash(key.bytes, "secret|" + std::string(purpose))});
  return out;
}

// Written under a name of its own and then linked, so that the key file is whole or absent: a start that was
// killed in between must not leave one that nobody can read.
Done create_key_file(const std::string& path, Random& random) {
  std::string bytes(key_bytes, '\0'), name(4, '\0');
  random.fill({bytes_of(bytes), bytes.size()});
  random.fill({bytes_of(name), name.size()});
  const std::string fresh = path + "." + hex(name) + ".new";
  const OpenFile file(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  std::string line = "key-" + hex(name) + " " + hex(bytes) + "\n";
  const bool written = file.number >= 0 && write_all(file.number, line) && ::fchmod(file.number, 0400) == 0 &&
                       ::fsync(file.number) == 0;
  wipe(line);
  wipe(bytes);
  const bool linked = written && ::link(fresh.c_str(), path.c_str()) == 0;
  const bool taken = written && !linked && errno == EEXIST;
  if (file.number >= 0) ::unlink(fresh.c_str());
  if (taken) return conflict("keys.exists");
  const auto slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const OpenFile holder(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!linked || holder.number < 0 || ::fsync(holder.number) != 0) return unavailable("keys.not_written");
  return {};
}

} // namespace kith::auth
