#include "web/ui/html.hpp"

#include "base/check.hpp"
#include "base/text.hpp"

namespace kith::web {
namespace {

void escape_onto(std::string& out, std::string_view words) {
  std::size_t from = 0;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const char* entity = nullptr;
    switch (words[at]) {
    case '&':
      entity = "&amp;";
      break;
    case '<':
      entity = "&lt;";
      break;
    case '>':
      entity = "&gt;";
      break;
    case '"':
      entity = "&quot;";
      break;
    case '\'':
      entity = "&#39;";
      break;
    default:
      continue;
    }
    out.append(words, from, at - from);
    out += entity;
    from = at + 1;
  }
  out.append(words, from, words.size() - from);
}

// A relative address must not be read as another host ("//host", "/\host") nor hide a scheme.
bool acceptable(std::string_view address) {
  for (const char c : address)
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7f || c == '\\') return false;
  if (address.starts_with("//")) return false;
  const auto colon = address.find(':');
  if (colon == std::string_view::npos || address.find_first_of("/?#") < colon) return true;
  const std::string scheme = ascii_lower(address.substr(0, colon));
  if (scheme == "https") return address.substr(colon).starts_with("://") && address.size() > colon + 3;
  return scheme == "mailto" || scheme == "tel";
}

} // namespace

class AttributeWriter {
public:
  static Attr written(std::string_view name, std::string_view value) {
    Attr one;
    one.bytes_.reserve(name.size() + value.size() + 8);
    one.bytes_ += ' ';
    one.bytes_ += name;
    one.bytes_ += "=\"";
    escape_onto(one.bytes_, value);
    one.bytes_ += '"';
    return one;
  }
  static Attr bare(std::string_view name) {
    Attr one;
    one.bytes_ += ' ';
    one.bytes_ += name;
    return one;
  }
};

Html text(std::string_view words) {
  Html html;
  html.bytes_.reserve(words.size() + 8);
  escape_onto(html.bytes_, words);
  return html;
}

Html text_lines(std::string_view words) {
  Html html;
  for (const std::string& line : split(words, '\n')) {
    if (!html.empty()) html += void_el("br", {});
    html += text(trim(line));
  }
  return html;
}

Html when(bool condition, Html content) { return condition ? std::move(content) : Html(); }

Html document(const Html& root) {
  Html page;
  page.bytes_ = "<!DOCTYPE html>\n";
  page += root;
  return page;
}

Url::Url(std::string_view address) : address_(address) { CHECK(acceptable(address)); }
Url::Url(const char* address) : Url(std::string_view(address)) {}
Url::Url(const std::string& address) : Url(std::string_view(address)) {}

std::optional<Url> Url::parse(std::string_view address) {
  if (!acceptable(address)) return std::nullopt;
  return Url(address);
}

Attr attr(AttributeName name, std::string_view value) { return AttributeWriter::written(name.name(), value); }
Attr attr(AttributeName name, std::int64_t value) {
  return AttributeWriter::written(name.name(), std::to_string(value));
}
Attr flag(AttributeName name) { return AttributeWriter::bare(name.name()); }
Attr attr_named(std::string_view name, std::string_view value) {
  CHECK(AttributeName::acceptable(name));
  return AttributeWriter::written(name, value);
}
Attr when(bool condition, Attr attribute) { return condition ? std::move(attribute) : Attr(); }
Attr cls(std::string_view classes) { return AttributeWriter::written("class", classes); }
Attr id(std::string_view value) { return AttributeWriter::written("id", value); }
Attr href(const Url& address) { return AttributeWriter::written("href", address.address()); }
Attr src(const Url& address) { return AttributeWriter::written("src", address.address()); }
Attr action(const Url& address) { return AttributeWriter::written("action", address.address()); }

Tag Tag::heading(int level) {
  static constexpr std::string_view names[] = {"h1", "h2", "h3", "h4", "h5", "h6"};
  CHECK(level >= 1 && level <= 6);
  return {Known{}, names[level - 1]};
}

ElementWriter::ElementWriter(Tag tag, const Attrs& attributes, std::size_t room) : tag_(tag) {
  html_.bytes_.reserve(room + attributes.bytes().size() + tag.name().size() * 2 + 5);
  html_.bytes_ += '<';
  html_.bytes_ += tag.name();
  html_.bytes_ += attributes.bytes();
  html_.bytes_ += '>';
}

Html ElementWriter::finish(bool closed) {
  if (closed) {
    html_.bytes_ += "</";
    html_.bytes_ += tag_.name();
    html_.bytes_ += '>';
  }
  return std::move(html_);
}

Html void_el(Tag tag, const Attrs& attributes) { return ElementWriter(tag, attributes, 0).finish(false); }

Html module_script(const Url& source) {
  CHECK(source.address().starts_with("/")); // our own site only
  Html html;
  html.bytes_ = "<script type=\"module\"" + src(source).bytes() + "></script>";
  return html;
}

} // namespace kith::web
