#include "support/raw_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "base/text.hpp"

namespace kith::test {

std::string RawResponse::header(std::string_view name) const {
  const std::string wanted = "\r\n" + ascii_lower(name) + ": ";
  const auto at = ascii_lower(head).find(wanted);
  if (at == std::string::npos) return {};
  const auto from = at + wanted.size();
  return head.substr(from, head.find("\r\n", from) - from);
}

RawClient::RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const timeval patience{3, 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(socket_);
    socket_ = -1;
  }
}

RawClient::~RawClient() {
  if (socket_ >= 0) ::close(socket_);
}

bool RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

bool RawClient::read_more() {
  char buffer[16 * 1024];
  const ssize_t n = ::recv(socket_, buffer, sizeof buffer, 0);
  timed_out_ = n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
  if (n <= 0) return false;
  input_.append(buffer, static_cast<std::size_t>(n));
  return true;
}

RawResponse RawClient::head_only() {
  RawResponse response;
  std::size_t end = 0;
  while ((end = input_.find("\r\n\r\n")) == std::string::npos)
    if (!read_more()) return response;
  response.head = input_.substr(0, end + 2);
  response.status = std::atoi(response.head.c_str() + 9);
  input_.erase(0, end + 4);
  return response;
}

RawResponse RawClient::response_without_body() { return head_only(); }

RawResponse RawClient::response() {
  RawResponse response = head_only();
  const auto length = static_cast<std::size_t>(parse_integer(response.header("Content-Length")).value_or(0));
  while (input_.size() < length)
    if (!read_more()) return {};
  response.body = input_.substr(0, length);
  input_.erase(0, length);
  return response;
}

RawResponse RawClient::ask(std::string_view bytes) {
  if (!send(bytes)) return {};
  return response();
}

std::string RawClient::rest() {
  while (read_more()) {
  }
  return std::exchange(input_, {});
}

bool RawClient::closes() {
  const bool silent = input_.empty() && !read_more();
  return silent && !timed_out_;
}

} // namespace kith::test
