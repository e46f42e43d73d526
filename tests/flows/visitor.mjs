// Somebody with a browser that runs no scripts: cookies, redirects, and forms sent as they stand on the page
// with the fields a person changes. Reads kith's own markup only.
import assert from "node:assert/strict";
import {createHmac} from "node:crypto";

const named = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: "\"",
  "#39": "'",
  "#x27": "'"
};
const decoded = (text) => text.replace(/&([\w#]+);/g, (all, name) => named[name] ?? all);

function attributes(tag) {
  const found = {};
  for (const [, name, value] of tag.matchAll(/([\w:-]+)(?:="([^"]*)")?/g))
    found[name] = value === undefined ? "" : decoded(value);
  return found;
}

// What the form would send untouched, as [name, value] pairs, and its buttons.
function read_form(markup) {
  const form = {...attributes(/^<form([^>]*)>/.exec(markup)[1]), fields: [], buttons: []};
  for (const [, input, other, more, inner] of markup.matchAll(
           /<input\b([^>]*)>|<(textarea|button|select)\b([^>]*)>([^]*?)<\/\2>/g)) {
    const kind = other ?? "input";
    const at = attributes(input ?? more);
    if (kind === "button")
      form.buttons.push({...at, text: plain(inner)});
    else if (kind === "select") {
      const options = [...inner.matchAll(/<option([^>]*)>/g)].map(([, each]) => attributes(each));
      const chosen = options.find((each) => "selected" in each) ?? options[0];
      form.fields.push([at.name, chosen?.value ?? ""]);
    } else if (kind === "textarea")
      form.fields.push([at.name, decoded(inner).trim()]);
    else if (at.type !== "checkbox" && at.type !== "radio")
      form.fields.push([at.name, at.value ?? ""]);
    else if ("checked" in at)
      form.fields.push([at.name, at.value ?? "on"]);
  }
  return form;
}

export function plain(markup) {
  const body = /<main[^>]*>([^]*)<\/main>/.exec(markup)?.[1] ?? markup;
  const text = body.replace(/<(script|style)[^]*?<\/\1>/g, " ").replace(/<[^>]+>/g, " ");
  return decoded(text).replace(/\s+/g, " ").trim();
}

// Node 18's fetch has no getSetCookie: it joins the lines, and none of ours holds a comma before a name.
function cookie_lines(answer) {
  return (answer.headers.get("set-cookie") ?? "").split(/, (?=[\w-]+=)/).filter(Boolean);
}

export class Visitor {
  constructor(origin) {
    this.origin = origin;
    this.jar = new Map();
    this.status = 0;
    this.html = "";
  }

  async ask(path, options = {}) {
    const headers = {...options.headers};
    if (this.jar.size) headers.cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(new URL(path, this.origin), {...options, headers, redirect: "manual"});
    for (const line of cookie_lines(answer)) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (/max-age=0/i.test(line) || value === "")
        this.jar.delete(name);
      else
        this.jar.set(name, value);
    }
    this.status = answer.status;
    this.headers = answer.headers;
    this.path = path;
    this.html = await answer.text();
    if ([302, 303].includes(answer.status)) return this.ask(answer.headers.get("location"));
    return this;
  }
  get(path) {
    return this.ask(path);
  }
  get text() {
    return plain(this.html);
  }

  form_buttons() {
    return [...this.html.matchAll(/<form[^>]*>[^]*?<\/form>/g)].flatMap(
        ([markup]) => read_form(markup).buttons.map((button) => button.text));
  }
  // The form that holds a button with these words, or the words in its own text.
  form(words) {
    const forms = [...this.html.matchAll(/<form[^>]*>[^]*?<\/form>/g)].map(([markup]) => markup);
    const found = forms.find((markup) => read_form(markup).buttons.some((button) => button.text === words));
    assert.ok(found, `a form with the button "${words}" on ${this.path}: ${this.text.slice(0, 600)}`);
    return read_form(found);
  }
  // Presses the button; `fields` replace what stands there, an array sends a name several times.
  async press(words, fields = {}) {
    const form = this.form(words);
    const button = form.buttons.find((each) => each.text === words);
    const sent = form.fields.filter(([name]) => name && !(name in fields));
    for (const [name, value] of Object.entries(fields))
      for (const each of [value].flat()) sent.push([name, each]);
    if (button.name) sent.push([button.name, button.value ?? ""]);
    const body = new URLSearchParams(sent).toString();
    const action = form.action || this.path;
    if ((form.method ?? "get").toLowerCase() === "get") return this.ask(`${action}?${body}`);
    this.last = {action, body};
    return this.post(action, body);
  }
  post(path, body) {
    return this.ask(path, {
      method: "POST",
      body,
      headers: {"content-type": "application/x-www-form-urlencoded", origin: this.origin}
    });
  }
  // The address behind a link with these words.
  link(words) {
    for (const [, rest, inner] of this.html.matchAll(/<a\b([^>]*)>([^]*?)<\/a>/g))
      if (plain(inner).includes(words)) return attributes(rest).href;
    assert.fail(`a link "${words}" on ${this.path}: ${this.text.slice(0, 600)}`);
  }
  follow(words) {
    return this.get(this.link(words));
  }
}

// RFC 6238 with SHA-1, 6 digits and 30 s, for the step `ahead` of now.
export function totp(secret, ahead = 0) {
  let bits = "";
  for (const letter of secret)
    bits += "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + ahead));
  const hash = createHmac("sha1", key).update(counter).digest();
  const number = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff;
  return String(number % 1000000).padStart(6, "0");
}
