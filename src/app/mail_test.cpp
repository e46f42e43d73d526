#include "app/mail.hpp"

#include "base/text.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::app;

namespace {

const Instant noon = *parse_instant("2026-11-24T12:00:05Z");

Mail mail(const std::string& subject, const std::string& text) {
  return {"0a1b", "ruth@people.example", subject, text, noon};
}

} // namespace

TEST_CASE("a plain message is written as it is, with its headers and CRLF") {
  CHECK_EQ(mail_bytes(mail("A question for you", "Hello\n\n.dot\nhttps://kith.example/in/a=b"),
                      {"", "kith@example.org"}),
           "Date: Tue, 24 Nov 2026 12:00:05 +0000\r\n"
           "From: kith@example.org\r\n"
           "To: ruth@people.example\r\n"
           "Subject: A question for you\r\n"
           "Message-ID: <0a1b@example.org>\r\n"
           "Auto-Submitted: auto-generated\r\n"
           "MIME-Version: 1.0\r\n"
           "Content-Type: text/plain; charset=utf-8\r\n"
           "Content-Transfer-Encoding: 7bit\r\n"
           "\r\n"
           "Hello\r\n\r\n.dot\r\nhttps://kith.example/in/a=b\r\n");
}

TEST_CASE("words outside ASCII are encoded in headers and body, in short lines of whole characters") {
  std::string subject;
  for (int i = 0; i < 30; ++i) subject += "Ömür ";
  const std::string bytes = mail_bytes(mail(subject, "Grüße, = \nend\xE2\x82\xAC " + std::string(200, 'x')),
                                       {"Köhler & Söhne", "kith@example.org"});
  CHECK_NE(bytes.find("From: =?UTF-8?Q?K=C3=B6hler_=26_S=C3=B6hne?= <kith@example.org>\r\n"),
           std::string::npos);
  CHECK_NE(bytes.find("Subject: =?UTF-8?Q?=C3=96m=C3=BCr_"), std::string::npos);
  CHECK_NE(bytes.find("Content-Transfer-Encoding: quoted-printable\r\n"), std::string::npos);
  CHECK_NE(bytes.find("\r\n\r\nGr=C3=BC=C3=9Fe, =3D=20\r\nend=E2=82=AC xxx"), std::string::npos);
  for (const std::string& line : split(bytes, '\n')) {
    CHECK_LE(line.size(), 77);                      // with its CR
    CHECK(line.find("=C3?=") == std::string::npos); // half a character
    for (const char c : line) CHECK(static_cast<unsigned char>(c) < 0x80);
  }
}

TEST_CASE("no text of a header can begin another header") {
  for (const std::string& hostile :
       {std::string("Hi\r\nBcc: all@people.example"), std::string("Hi\nX: y"), std::string("Hi\rX: y"),
        std::string("Hi\0\x7F", 4), std::string(5000, 'a'), std::string("=?UTF-8?Q?=0D=0ABcc:_x?="),
        std::string("\xFF\xC3\r\n")}) {
    Mail one = mail(hostile, "Hello");
    one.to = hostile;
    const std::string bytes = mail_bytes(one, {hostile, "kith@example.org"});
    const std::string head = bytes.substr(0, bytes.find("\r\n\r\n"));
    std::vector<std::string> names;
    for (const std::string& line : split(head, '\n'))
      if (!line.starts_with(' ')) names.push_back(line.substr(0, line.find(':')));
    CHECK_EQ(join(names, " "), "Date From To Subject Message-ID Auto-Submitted MIME-Version Content-Type "
                               "Content-Transfer-Encoding");
    for (const char c : head) CHECK((c == '\r' || c == '\n' || (c >= ' ' && c <= '~')));
  }
}

TEST_CASE("addresses are of RFC 5321 without its oddities") {
  for (const char* good : {"a@b", "ruth.o'neil+kith@people.example", "x_1@a-b.example"})
    CHECK_MESSAGE(is_mail_address(good), good);
  for (const std::string& bad : {std::string(""),
                                 std::string("a"),
                                 std::string("@b"),
                                 std::string("a@"),
                                 std::string("a@b\r\nX"),
                                 std::string("a b@c"),
                                 std::string("a@b@c"),
                                 std::string("a..b@c"),
                                 std::string(".a@c"),
                                 std::string("a@b..c"),
                                 std::string("a@-b"),
                                 std::string("<a@b>"),
                                 std::string("a@b>,<c@d"),
                                 std::string("\"a b\"@c"),
                                 std::string("a@[127.0.0.1]"),
                                 std::string("a@b "),
                                 std::string("\xC3\xB6@b"),
                                 std::string("+61 400 000 000"),
                                 std::string("a\0@b", 4),
                                 std::string(65, 'a') + "@b",
                                 "a@" + std::string(64, 'b'),
                                 "a@" + join(std::vector<std::string>(100, "bcd"), ".")})
    CHECK_MESSAGE(!is_mail_address(bad), bad);
}

TEST_CASE("a sender is an address, with or without a name") {
  CHECK_EQ(parse_mailbox(" kith@example.org ")->address, "kith@example.org");
  CHECK_EQ(parse_mailbox("North Side <kith@example.org>")->name, "North Side");
  CHECK_EQ(parse_mailbox("North Side <kith@example.org>")->address, "kith@example.org");
  for (const char* bad : {"", "North Side", "North <a@b", "North <a@b> x", "N\r\nX: y <a@b>", "<>", "N <a>"})
    CHECK_MESSAGE(!parse_mailbox(bad), bad);
}
