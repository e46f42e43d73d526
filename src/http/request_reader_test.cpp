#include "http/origin.hpp"
#include "http/request_reader.hpp"
#include "http/response_writer.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::http;
using State = RequestReader::State;

namespace {

const RequestLimits limits{};

// 200: read whole. 0: waits for more. Otherwise the refusal.
int verdict(std::string_view bytes, std::size_t step) {
  RequestReader reader(limits);
  State state = State::waiting;
  for (std::size_t at = 0; at < bytes.size() && state != State::refused; at += step)
    state = reader.push(bytes.substr(at, step));
  if (state == State::refused) return reader.refusal().status;
  return state == State::complete ? 200 : 0;
}

struct Row {
  std::string name{};
  std::string bytes{};
  int status{};
};

std::string with_headers(const std::string& headers) {
  return "GET / HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n";
}
std::string posted(const std::string& headers, const std::string& body) {
  return "POST / HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n" + body;
}
std::string line(const std::string& text) { return text + "\r\nHost: a\r\n\r\n"; }

const std::string chunked = "Transfer-Encoding: chunked\r\n";

std::vector<Row> request_lines() {
  return {{"plain", line("GET / HTTP/1.1"), 200},
          {"query", line("GET /a?b=c&d HTTP/1.1"), 200},
          {"one empty line before", "\r\n" + line("GET / HTTP/1.1"), 200},
          {"two empty lines before", "\r\n\r\n" + line("GET / HTTP/1.1"), 400},
          {"unknown method", line("BREW / HTTP/1.1"), 200},
          {"method not a token", line("G@T / HTTP/1.1"), 400},
          {"method too long", line(std::string(33, 'A') + " / HTTP/1.1"), 400},
          {"HTTP/0.9", "GET /\r\n", 400},
          {"HTTP/0.9 with space", "GET / \r\n", 400},
          {"two spaces", line("GET  / HTTP/1.1"), 400},
          {"tab", line("GET\t/\tHTTP/1.1"), 400},
          {"space in target", line("GET /a b HTTP/1.1"), 400},
          {"space after version", line("GET / HTTP/1.1 "), 400},
          {"lower-case version", line("GET / http/1.1"), 400},
          {"version 1.2", line("GET / HTTP/1.2"), 505},
          {"version 2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
          {"version 11", line("GET / HTTP/1.10"), 400},
          {"HTTP/1.0 without host", "GET / HTTP/1.0\r\n\r\n", 200},
          {"absolute-form", line("GET http://a/ HTTP/1.1"), 400},
          {"authority-form", line("CONNECT a:443 HTTP/1.1"), 400},
          {"asterisk with OPTIONS", line("OPTIONS * HTTP/1.1"), 200},
          {"asterisk with GET", line("GET * HTTP/1.1"), 400},
          {"fragment", line("GET /#a HTTP/1.1"), 400},
          {"raw high byte", line("GET /\xc3\xab HTTP/1.1"), 400},
          {"encoded UTF-8", line("GET /%C3%AB HTTP/1.1"), 200},
          {"encoded bad UTF-8", line("GET /%ff HTTP/1.1"), 400},
          {"encoded overlong slash", line("GET /%c0%af HTTP/1.1"), 400},
          {"encoded NUL", line("GET /%00 HTTP/1.1"), 400},
          {"encoded CR", line("GET /%0d HTTP/1.1"), 400},
          {"encoded slash", line("GET /a%2fb HTTP/1.1"), 400},
          {"encoded backslash", line("GET /a%5cb HTTP/1.1"), 400},
          {"backslash", line("GET /a\\b HTTP/1.1"), 400},
          {"broken escape", line("GET /a%2 HTTP/1.1"), 400},
          {"dot segment", line("GET /a/../b HTTP/1.1"), 400},
          {"encoded dot segment", line("GET /a/%2e%2e HTTP/1.1"), 400},
          {"single dot", line("GET /./a HTTP/1.1"), 400},
          {"dots in a name", line("GET /a..b/.well-known HTTP/1.1"), 200},
          {"empty segment", line("GET //evil.example/ HTTP/1.1"), 400},
          {"trailing slash", line("GET /a/ HTTP/1.1"), 200},
          {"broken query", line("GET /?a=%z HTTP/1.1"), 400},
          {"8 KiB line", line("GET /" + std::string(8192 - 14, 'a') + " HTTP/1.1"), 200},
          {"longer line", line("GET /" + std::string(8192 - 13, 'a') + " HTTP/1.1"), 414},
          {"endless line", "GET /" + std::string(9000, 'a'), 414}};
}

std::vector<Row> header_fields() {
  std::string hundred, long_field = "X: " + std::string(17 * 1024, 'a');
  for (int i = 0; i < 99; ++i) hundred += "X: a\r\n";
  return {{"no host", "GET / HTTP/1.1\r\n\r\n", 400},
          {"two hosts", with_headers("Host: b\r\n"), 400},
          {"two equal hosts", with_headers("Host: a\r\n"), 400},
          {"empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400},
          {"host list", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", 400},
          {"host with user", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", 400},
          {"host with port", "GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", 200},
          {"bare LF", "GET / HTTP/1.1\nHost: a\n\n", 400},
          {"bare LF in headers", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", 400},
          {"bare CR in value", with_headers("X: a\rb\r\n"), 400},
          {"NUL in value", with_headers(std::string("X: a\0b\r\n", 8)), 400},
          {"control in value", with_headers("X: a\x01\r\n"), 400},
          {"tab in value", with_headers("X: a\tb\r\n"), 200},
          {"high byte in value", with_headers("X: \xff\r\n"), 200},
          {"folded", with_headers("X: a\r\n b\r\n"), 400},
          {"folded with tab", with_headers("X: a\r\n\tb\r\n"), 400},
          {"folded first", "GET / HTTP/1.1\r\n X: b\r\nHost: a\r\n\r\n", 400},
          {"blank before colon", with_headers("X : a\r\n"), 400},
          {"blank before coding's colon", posted("Transfer-Encoding : chunked\r\n", ""), 400},
          {"no colon", with_headers("X\r\n"), 400},
          {"empty name", with_headers(": a\r\n"), 400},
          {"name not a token", with_headers("X(): a\r\n"), 400},
          {"100 fields", with_headers(hundred), 200},
          {"101 fields", with_headers(hundred + "X: a\r\n"), 431},
          {"17 KiB of headers", with_headers(long_field + "\r\n"), 431},
          {"endless header", "GET / HTTP/1.1\r\n" + long_field, 431},
          {"unknown expectation", with_headers("Expect: a\r\n"), 417},
          {"gzip body", posted("Content-Encoding: gzip\r\nContent-Length: 1\r\n", "a"), 415},
          {"identity body", posted("Content-Encoding: identity\r\nContent-Length: 1\r\n", "a"), 200},
          {"encoding hidden behind identity",
           posted("Content-Encoding: identity\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n", "a"),
           415}};
}

std::vector<Row> framings() {
  return {
      {"length", posted("Content-Length: 3\r\n", "abc"), 200},
      {"length unfinished", posted("Content-Length: 3\r\n", "ab"), 0},
      {"length and coding", posted("Content-Length: 3\r\n" + chunked, "0\r\n\r\n"), 400},
      {"coding and length", posted(chunked + "Content-Length: 3\r\n", "0\r\n\r\n"), 400},
      {"two lengths", posted("Content-Length: 3\r\nContent-Length: 4\r\n", "abc"), 400},
      {"two equal lengths", posted("Content-Length: 3\r\nContent-Length: 3\r\n", "abc"), 400},
      {"length list", posted("Content-Length: 3, 3\r\n", "abc"), 400},
      {"length with plus", posted("Content-Length: +3\r\n", "abc"), 400},
      {"negative length", posted("Content-Length: -3\r\n", "abc"), 400},
      {"hex length", posted("Content-Length: 0x3\r\n", "abc"), 400},
      {"empty length", posted("Content-Length:\r\n", "abc"), 400},
      {"endless length", posted("Content-Length: 99999999999999999999\r\n", ""), 400},
      {"body too large", posted("Content-Length: 1048577\r\n", ""), 413},
      {"chunked", posted(chunked, "3\r\nabc\r\n0\r\n\r\n"), 200},
      {"chunked in capitals", posted("Transfer-Encoding: Chunked\r\n", "A\r\n0123456789\r\n0\r\n\r\n"), 200},
      {"xchunked", posted("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), 400},
      {"gzip, chunked", posted("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 400},
      {"chunked, identity", posted("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"), 400},
      {"chunked twice", posted(chunked + chunked, "0\r\n\r\n"), 400},
      {"chunked with vertical tab",
       posted("Transfer-Encoding: \x0b"
              "chunked\r\n",
              "0\r\n\r\n"),
       400},
      {"quoted chunked", posted("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n"), 400},
      {"chunked in HTTP/1.0", "POST / HTTP/1.0\r\nHost: a\r\n" + chunked + "\r\n0\r\n\r\n", 400},
      {"chunk size not hex", posted(chunked, "g\r\nabc\r\n"), 400},
      {"chunk size 0x", posted(chunked, "0x3\r\nabc\r\n0\r\n\r\n"), 400},
      {"chunk size with blank", posted(chunked, "3 \r\nabc\r\n0\r\n\r\n"), 400},
      {"chunk size overflows", posted(chunked, "10000000000000003\r\nabc\r\n0\r\n\r\n"), 400},
      {"chunk too large", posted(chunked, "100001\r\n"), 413},
      {"chunk ends in LF", posted(chunked, "3\nabc\r\n0\r\n\r\n"), 400},
      {"chunk longer than said", posted(chunked, "3\r\nabcd\r\n0\r\n\r\n"), 400},
      {"chunk extension", posted(chunked, "3;a=b\r\nabc\r\n0\r\n\r\n"), 400},
      {"last chunk extension", posted(chunked, "0;a=b\r\n\r\n"), 400},
      {"endless chunk extension", posted(chunked, "3;" + std::string(2000, 'a')), 400},
      {"trailer", posted(chunked, "0\r\nX: a\r\n\r\n"), 400},
      {"endless trailer", posted(chunked, "0\r\nX: " + std::string(2000, 'a')), 400},
      {"chunked unfinished", posted(chunked, "3\r\nabc\r\n0\r\n"), 0}};
}

void check_rows(const std::vector<Row>& rows) {
  for (const Row& row : rows)
    for (const std::size_t step : {row.bytes.size(), std::size_t{1}, std::size_t{7}}) {
      CAPTURE(row.name);
      CAPTURE(step);
      CHECK_EQ(verdict(row.bytes, step), row.status);
    }
}

Request read(std::string_view bytes) {
  RequestReader reader(limits);
  REQUIRE_EQ(reader.push(bytes), State::complete);
  return reader.take().request;
}

} // namespace

TEST_CASE("request lines are read one way or refused") { check_rows(request_lines()); }
TEST_CASE("header fields are read one way or refused") { check_rows(header_fields()); }
TEST_CASE("bodies are framed one way or refused") { check_rows(framings()); }

TEST_CASE("a request arrives decoded") {
  const Request request =
      read("PUT /a%20b/?q=1+2&q=%C3%AB HTTP/1.1\r\nHOST: a\r\nCookie: x=1; __Host-s=abc\r\n"
           "X-Thing:  spaced  \r\nContent-Length: 2\r\n\r\nhi");
  CHECK_EQ(request.method, Method::put);
  CHECK_EQ(request.target, "/a%20b/?q=1+2&q=%C3%AB");
  CHECK_EQ(request.path, "/a b/");
  CHECK_EQ(request.query, std::vector<Parameter>{{"q", "1 2"}, {"q", "\xc3\xab"}});
  CHECK_EQ(request.header("x-tHING"), "spaced");
  CHECK_EQ(request.cookie("__Host-s"), "abc");
  CHECK_EQ(request.cookie("s"), "");
  CHECK_EQ(request.body, "hi");
}

TEST_CASE("pipelined requests come out one at a time and in order") {
  RequestReader reader(limits);
  const std::string all =
      "POST /1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"
      "GET /2 HTTP/1.1\r\nHost: a\r\nConnection: Keep-Alive, Close\r\n\r\nGET /3";
  CHECK_EQ(reader.push(all), State::complete);
  auto first = reader.take();
  CHECK_EQ(first.request.path, "/1");
  CHECK_EQ(first.request.body, "ab");
  CHECK(first.keep_alive);
  CHECK_EQ(reader.push({}), State::complete);
  auto second = reader.take();
  CHECK_EQ(second.request.path, "/2");
  CHECK_EQ(second.request.body, "");
  CHECK_FALSE(second.keep_alive);
  CHECK_EQ(reader.push({}), State::head);
}

TEST_CASE("a chunked body beyond the limit is refused however small its chunks") {
  const RequestLimits small{.body_bytes = 10};
  RequestReader reader(small);
  reader.push(posted(chunked, "5\r\nabcde\r\n5\r\nabcde\r\n"));
  CHECK_EQ(reader.state(), State::body);
  CHECK_EQ(reader.push("1\r\na\r\n"), State::refused);
  CHECK_EQ(reader.refusal().status, 413);
}

TEST_CASE("100-continue is owed once, and only while the body is awaited") {
  RequestReader reader(limits);
  reader.push(posted("Expect: 100-continue\r\nContent-Length: 2\r\n", ""));
  CHECK(reader.should_continue());
  CHECK_FALSE(reader.should_continue());
  RequestReader eager(limits);
  eager.push(posted("Expect: 100-continue\r\nContent-Length: 2\r\n", "a"));
  CHECK_FALSE(eager.should_continue());
}

TEST_CASE("only a trusted proxy may say where a request came from") {
  const Request request = read("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 6.6.6.6, 1.2.3.4\r\n"
                               "X-Forwarded-For: 10.0.0.2\r\nX-Forwarded-Proto: https\r\n\r\n");
  CHECK_EQ(origin_of(request, {"9.9.9.9", false}, {"127.0.0.1"}).peer, "9.9.9.9");
  CHECK_FALSE(origin_of(request, {"9.9.9.9", false}, {"127.0.0.1"}).secure);
  CHECK_EQ(origin_of(request, {"127.0.0.1", false}, {"127.0.0.1"}).peer, "10.0.0.2");
  CHECK_EQ(origin_of(request, {"127.0.0.1", false}, {"127.0.0.1", "10.0.0.2"}).peer, "1.2.3.4");
  CHECK(origin_of(request, {"127.0.0.1", false}, {"127.0.0.1"}).secure);
}

TEST_CASE("only a trusted proxy may say which name was asked for") {
  const auto host = [](const std::string& more, const std::string& socket) {
    const Request request = read("GET / HTTP/1.1\r\nHost: 127.0.0.1:8420\r\n" + more + "\r\n");
    return origin_of(request, {socket, false}, {"127.0.0.1"}).host;
  };
  const std::string said = "X-Forwarded-Host: evil.example, kith.example.org\r\n";
  CHECK_EQ(host("", "127.0.0.1"), "127.0.0.1:8420");
  CHECK_EQ(host(said, "9.9.9.9"), "127.0.0.1:8420");
  CHECK_EQ(host(said, "127.0.0.1"), "kith.example.org");
  CHECK_EQ(host("X-Forwarded-Host: a b\r\n", "127.0.0.1"), "127.0.0.1:8420");
  CHECK_EQ(host("X-Forwarded-Host: \r\n", "127.0.0.1"), "127.0.0.1:8420");
}

TEST_CASE("a response head cannot be split by a header") {
  const HeadOptions options{.now = *parse_instant("2026-11-24T08:06:53Z"), .close = true};
  CHECK_EQ(
      response_head(text(200, "hi"), options),
      "HTTP/1.1 200 OK\r\nDate: Tue, 24 Nov 2026 08:06:53 GMT\r\nContent-Type: text/plain; charset=utf-8\r\n"
      "Content-Length: 2\r\nConnection: close\r\n\r\n");
  CHECK_EQ(response_head(no_content(), {}).find("Content-Length"), std::string::npos);
  CHECK_THROWS(response_head(redirect("/a\r\nSet-Cookie: x=y"), {}));
  CHECK_THROWS(response_head(text(200, "").with("Content-Length", "9"), {}));
}
