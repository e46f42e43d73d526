#include "web/charts/waits.hpp"

#include "base/check.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::web;

TEST_CASE("the sentence of waits counts only people past the promise") {
  const Words words = Words::load("en");
  CHECK_EQ(waits_sentence({{1, 28}, 28}, words), "Nobody is past 28 days.");
  CHECK_EQ(waits_sentence({{29}, 28}, words), "1 person is past 28 days.");
  CHECK_EQ(waits_sentence({{29, 40, 3}, 28}, words), "2 people are past 28 days.");
  CHECK_EQ(waits_sentence({{}, 28}, words), "Nobody is past 28 days.");
}

TEST_CASE("a dot past the promise has another shape and stands on the other side of the line") {
  const Words words = Words::load("en");
  const std::string picture = waits_picture({{28, 29}, 28}, words).bytes();
  CHECK_NE(picture.find("<circle class=\"dot\" cx=\"45.8%\""), std::string::npos); // 27.5 of 60 days
  CHECK_NE(picture.find("<svg x=\"49.1%\""), std::string::npos);                   // 29.5 of 60 days
  CHECK_NE(picture.find("class=\"late\""), std::string::npos);
  CHECK_NE(picture.find("x1=\"46.6%\""), std::string::npos); // the promise between them
  CHECK_EQ(picture.find("style="), std::string::npos);
  CHECK_THROWS_AS(waits_picture({{-1}, 28}, words), Defect);
}
