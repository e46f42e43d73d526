#include "app/served_hosts.hpp"

#include "support/test.hpp"

using namespace kith::app;

TEST_CASE("with a public address the service answers to that name alone") {
  const ServedHosts https({"https://kith.example.org", "0.0.0.0"});
  for (const char* ours :
       {"kith.example.org", "KITH.example.org", "kith.example.org.", "kith.example.org:443"})
    CHECK_MESSAGE(https.answers(ours), ours);
  for (const char* other : {"evil.example", "kith.example.org.evil.example", "kith.example.org:8420",
                            "127.0.0.1", "localhost", "", "xkith.example.org"})
    CHECK_MESSAGE(!https.answers(other), other);
  const ServedHosts port({"http://kith.example.org:8420", "127.0.0.1"});
  CHECK(port.answers("kith.example.org:8420"));
  CHECK_FALSE(port.answers("kith.example.org"));
}

TEST_CASE("on this machine alone, a name that was made to lead here is no name of ours") {
  const ServedHosts here({"", "127.0.0.1"});
  for (const char* ours : {"127.0.0.1:8420", "localhost:9000", "LOCALHOST", "[::1]:8420", "[::1]"})
    CHECK_MESSAGE(here.answers(ours), ours);
  for (const char* other : {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8420", "",
                            "192.0.2.1", "[::2]", ":8420", "[", "[:", "]"})
    CHECK_MESSAGE(!here.answers(other), other);
  CHECK(ServedHosts({"", "127.0.0.2"}).answers("127.0.0.2:1"));
  CHECK(ServedHosts({"", "0.0.0.0"}).answers("any.example"));
}
