// The rows of "what helps us find somebody" as a page shows them: those a person and a peer worker share
// (ways to meet, times, languages, area, distance, interests), and what matters to a person. Values of one
// request.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "web/profile_form.hpp"
#include "web/site.hpp"
#include "web/ui/field.hpp"

namespace kith::web {

struct ProfileFields {
  const Site& site;
  const Profile& profile;
  const http::Form& form;
  const std::vector<FieldProblem>& problems; // worded
  std::string
      voice{}; // "own_work.": own_work.area_hint is said instead of profile.area_hint, where there is one

  Html fields_of_person() const;
  Html fields_of_worker() const;
  Html words(const std::string& key) const;

private:
  std::optional<ErrorMessage> error(const std::string& field) const;
  Fieldset titled(const std::string& key) const;
  Html one_line(const std::string& name, const char* width) const;
  Html ways() const;
  Html day(int number) const;
  Html times() const;
  Html area() const;
  Html distance() const;
  Html boxes_of(const std::string& criterion, std::span<const std::string_view> choices) const;
  Html view_on(const std::string& criterion) const;
};

} // namespace kith::web
