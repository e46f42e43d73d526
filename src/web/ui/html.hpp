// Typed HTML. Markup is only made by el(), text() and document(): Html cannot be built from a string, text()
// escapes, attribute names and tags are checked when compiled, and addresses are Url. So no page can carry an
// inline style, an inline script, an event handler or a foreign scheme, whatever a person typed. Every page
// and component of src/web is written with it. Values only; any thread.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kith::web {

class Url;
struct RawMarkup; // tests/support/raw_markup.hpp: the only way round the types, for published fixtures

class Html {
public:
  Html() = default;
  Html& operator+=(const Html& more) {
    bytes_ += more.bytes_;
    return *this;
  }
  friend Html operator+(Html left, const Html& right) { return std::move(left += right); }
  bool empty() const { return bytes_.empty(); }
  const std::string& bytes() const { return bytes_; }

private:
  friend struct RawMarkup;
  friend class ElementWriter;
  friend Html text(std::string_view words);
  friend Html document(const Html& root);
  friend Html module_script(const Url& source);
  std::string bytes_{};
};

// Escaped words.
Html text(std::string_view words);
Html text_lines(std::string_view words); // line breaks become <br>
Html when(bool condition, Html content); // content or nothing
// The doctype before a whole <html> element.
Html document(const Html& root);

// An address that is safe to follow: a path or fragment of this site, https, mailto or tel. Anything else is
// our mistake (Defect); addresses from people go through parse().
class Url {
public:
  Url(std::string_view address);   // NOLINT(google-explicit-constructor)
  Url(const char* address);        // NOLINT(google-explicit-constructor)
  Url(const std::string& address); // NOLINT(google-explicit-constructor)
  static std::optional<Url> parse(std::string_view address);
  const std::string& address() const { return address_; }

private:
  friend struct RawMarkup;
  Url() = default;
  std::string address_{};
};

// A safe attribute name, checked when compiled. Refused: style, on…, srcdoc, and the names that carry
// addresses (use href(), src(), action()).
class AttributeName {
public:
  consteval AttributeName(const char* name) : name_(name) { // NOLINT(google-explicit-constructor)
    if (!acceptable(name_)) refused_attribute_name();
  }
  std::string_view name() const { return name_; }
  static constexpr bool acceptable(std::string_view name) {
    if (name.empty() || name.starts_with("on")) return false;
    for (const char c : name)
      if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == ':' || camel(name, c)))
        return false;
    for (const std::string_view bad : {"style", "srcdoc", "href", "src", "action", "formaction", "srcset",
                                       "xlink:href", "ping", "background", "data", "poster", "http-equiv"})
      if (name == bad) return false;
    return true;
  }

private:
  static constexpr bool camel(std::string_view name, char c) {
    return (name == "viewBox" || name == "preserveAspectRatio") && c >= 'A' && c <= 'Z';
  }
  static void refused_attribute_name() {}
  std::string_view name_{};
};

// One written attribute, or none.
class Attr {
public:
  Attr() = default;
  const std::string& bytes() const { return bytes_; }
  bool empty() const { return bytes_.empty(); }

private:
  friend class AttributeWriter;
  std::string bytes_{};
};

Attr attr(AttributeName name, std::string_view value);
Attr attr(AttributeName name, std::int64_t value);
Attr flag(AttributeName name);                                  // hidden, checked, disabled …
Attr attr_named(std::string_view name, std::string_view value); // checked when run: a Defect for a bad name
Attr when(bool condition, Attr attribute);
Attr cls(std::string_view classes);
Attr id(std::string_view value);
Attr href(const Url& address);
Attr src(const Url& address);
Attr action(const Url& address);

// The attributes of one element, in the order they were added.
class Attrs {
public:
  Attrs() = default;
  Attrs(std::initializer_list<Attr> list) {
    for (const Attr& one : list) add(one);
  }
  Attrs& add(const Attr& one) {
    bytes_ += one.bytes();
    return *this;
  }
  Attrs& add(const Attrs& more) {
    bytes_ += more.bytes_;
    return *this;
  }
  const std::string& bytes() const { return bytes_; }

private:
  std::string bytes_{};
};

// A tag name, checked when compiled; elements that run or embed foreign things are refused.
class Tag {
public:
  consteval Tag(const char* name) : name_(name) { // NOLINT(google-explicit-constructor)
    for (const std::string_view bad : {"script", "style", "iframe", "object", "embed", "base", "frame"})
      if (name_ == bad) refused_tag();
    for (const char c : name_)
      if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) refused_tag();
  }
  static Tag heading(int level); // h1 .. h6
  std::string_view name() const { return name_; }

private:
  struct Known {};
  constexpr Tag(Known, std::string_view name) : name_(name) {}
  static void refused_tag() {}
  std::string_view name_{};
};

class ElementWriter {
public:
  ElementWriter(Tag tag, const Attrs& attributes, std::size_t room);
  void content(const Html& child) { html_.bytes_ += child.bytes_; }
  Html finish(bool closed);

private:
  Tag tag_;
  Html html_{};
};

// el("p", {cls("govuk-body")}, text(words), …). Void elements (input, br, img, meta, link …) take no
// children.
template <class... Children> Html el(Tag tag, const Attrs& attributes, const Children&... children) {
  ElementWriter writer(tag, attributes, (std::size_t{0} + ... + children.bytes().size()));
  (writer.content(children), ...);
  return writer.finish(true);
}
Html void_el(Tag tag, const Attrs& attributes);
// A script file of this site, loaded as a module after the page is read.
Html module_script(const Url& source);

} // namespace kith::web
