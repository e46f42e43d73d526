#include "support/smtp_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <mutex>
#include <thread>

#include "base/text.hpp"

#include "support/test.hpp"

namespace kith::test {
namespace {

constexpr int look_ms = 20; // how often a waiting server looks whether the test is over

std::string turn(std::vector<std::string>& replies) {
  if (replies.empty()) return "250 ok";
  std::string reply = replies.front();
  replies.erase(replies.begin());
  return reply;
}

std::string plain(const std::string& base64) { // of AUTH PLAIN: "\0user\0password"
  std::string text = base64;
  while (text.ends_with('=')) text.pop_back();
  for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return unbase64url(text).value_or("");
}

} // namespace

std::string TakenMail::header(const std::string& name) const {
  const std::string head = "\r\n" + bytes.substr(0, bytes.find("\r\n\r\n") + 2);
  const auto at = head.find("\r\n" + name + ": ");
  if (at == std::string::npos) return {};
  std::string value;
  for (std::size_t i = at + name.size() + 4; i < head.size(); ++i) {
    if (head.compare(i, 2, "\r\n") != 0) value += head[i];
    else if (i + 2 < head.size() && head[i + 2] == ' ') ++i;
    else break;
  }
  return value;
}

std::string TakenMail::body() const { return bytes.substr(bytes.find("\r\n\r\n") + 4); }

class SmtpServer::Engine {
public:
  explicit Engine(SmtpScript script)
      : script_(std::move(script)), listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    REQUIRE_EQ(::bind(listener_, reinterpret_cast<const sockaddr*>(&address), length), 0);
    REQUIRE_EQ(::listen(listener_, 8), 0);
    REQUIRE_EQ(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length), 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~Engine() {
    over_ = true;
    thread_.join();
    ::close(listener_);
  }
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  std::uint16_t port() const { return port_; }
  std::vector<TakenMail> mails() const {
    const std::lock_guard hold(mutex_);
    return mails_;
  }
  std::vector<std::string> commands() const {
    const std::lock_guard hold(mutex_);
    return commands_;
  }

private:
  bool readable(int socket) const {
    while (!over_) {
      pollfd one{socket, POLLIN, 0};
      if (::poll(&one, 1, look_ms) > 0) return true;
    }
    return false;
  }

  void serve() {
    while (readable(listener_)) {
      socket_ = ::accept(listener_, nullptr, nullptr);
      input_.clear();
      mail_ = {};
      signed_in_ = script_.user.empty();
      if (script_.silent) readable(-1);
      else talk();
      ssl_.reset();
      ::close(socket_);
    }
  }

  void say(const std::string& line) {
    const std::string bytes = line + "\r\n";
    if (ssl_) SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()));
    else (void)::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  }

  bool line(std::string& out) {
    std::size_t end = 0;
    while ((end = input_.find("\r\n")) == std::string::npos) {
      char buffer[4096];
      if (!(ssl_ && SSL_pending(ssl_.get()) > 0) && !readable(socket_)) return false;
      const auto n = ssl_ ? SSL_read(ssl_.get(), buffer, sizeof buffer)
                          : static_cast<int>(::recv(socket_, buffer, sizeof buffer, 0));
      if (n <= 0) return false;
      input_.append(buffer, static_cast<std::size_t>(n));
    }
    out = input_.substr(0, end);
    input_.erase(0, end + 2);
    return true;
  }

  void talk() {
    say("220 mail.example.org ready");
    for (std::string command; line(command);) {
      {
        const std::lock_guard hold(mutex_);
        commands_.push_back(command);
      }
      if (command == "QUIT") return say("221 bye");
      if (!answer(command)) return;
    }
  }

  void introduce() {
    say("250-mail.example.org");
    if (!script_.tls.certificate_chain.empty() && !ssl_) say("250-STARTTLS");
    if (!script_.user.empty()) say("250-AUTH PLAIN");
    say("250 8BITMIME");
  }

  bool answer(const std::string& command) {
    const std::string verb = command.substr(0, 4);
    if (verb == "EHLO") introduce();
    else if (command == "STARTTLS") return secure();
    else if (command.starts_with("AUTH PLAIN")) sign_in(command);
    else if (verb == "NOOP" || verb == "RSET") say("250 ok");
    else if (!signed_in_) say("530 sign in first");
    else if (verb == "MAIL") {
      mail_.from = command.substr(10);
      say(script_.mail);
    } else if (verb == "RCPT") {
      mail_.to = command.substr(8);
      say(turn(script_.recipients));
    } else if (verb == "DATA") return take();
    else say("502 what?");
    return true;
  }

  void sign_in(const std::string& command) {
    std::string said = command.substr(10);
    if (said.empty()) {
      say("334 ");
      if (!line(said)) return;
    }
    signed_in_ =
        plain(std::string(trim(said))) == std::string(1, '\0') + script_.user + '\0' + script_.password;
    say(signed_in_ ? "235 welcome" : "535 no");
  }

  bool secure() {
    say("220 go ahead");
    context_.reset(SSL_CTX_new(TLS_server_method()));
    SSL_CTX_use_certificate_chain_file(context_.get(), script_.tls.certificate_chain.c_str());
    SSL_CTX_use_PrivateKey_file(context_.get(), script_.tls.private_key.c_str(), SSL_FILETYPE_PEM);
    ssl_.reset(SSL_new(context_.get()));
    SSL_set_fd(ssl_.get(), socket_);
    return SSL_accept(ssl_.get()) == 1;
  }

  bool take() {
    say("354 go on");
    mail_.bytes.clear();
    for (std::string text; line(text);) {
      if (text == ".") {
        const std::string reply = turn(script_.messages);
        mail_.secure = ssl_ != nullptr;
        if (reply.starts_with('2')) {
          const std::lock_guard hold(mutex_);
          mails_.push_back(mail_);
        }
        say(reply);
        return true;
      }
      mail_.bytes += (text.starts_with('.') ? text.substr(1) : text) + "\r\n";
    }
    return false;
  }

  SmtpScript script_{};
  int listener_{-1};
  int socket_{-1};
  std::uint16_t port_{};
  bool signed_in_{};
  std::string input_{};
  TakenMail mail_{};
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_{nullptr, &SSL_CTX_free};
  std::unique_ptr<SSL, decltype(&SSL_free)> ssl_{nullptr, &SSL_free};
  std::atomic<bool> over_{false};
  mutable std::mutex mutex_{}; // guards the two below
  std::vector<TakenMail> mails_{};
  std::vector<std::string> commands_{};
  std::thread thread_{};
};

SmtpServer::SmtpServer(SmtpScript script) : engine_(std::make_unique<Engine>(std::move(script))) {}
SmtpServer::~SmtpServer() = default;
std::uint16_t SmtpServer::port() const { return engine_->port(); }
std::string SmtpServer::url() const { return "smtp://localhost:" + std::to_string(port()); }
std::vector<TakenMail> SmtpServer::mails() const { return engine_->mails(); }
std::vector<std::string> SmtpServer::commands() const { return engine_->commands(); }

} // namespace kith::test
