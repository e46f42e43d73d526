// What a page must pass in a real browser, for every browser test: axe-core, and a layout probe for what axe
// does not see (overlapping words, clipped labels, tiny words, sideways overflow). Functions take a
// Playwright page.
import {readFileSync} from "node:fs";
import {createRequire} from "node:module";

const require = createRequire(new URL("../../assets/package.json", import.meta.url));
export const {chromium} = require("playwright-core");
const axe_source = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

// The browser of the machine (KITH_CHROMIUM names another), with nothing running in its background.
export function launch() {
  return chromium.launch({
    executablePath: process.env.KITH_CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
      "--disable-sync", "--no-first-run"
    ],
  });
}

// WCAG 2.0-2.2 A and AA plus best practice: one line for each violation. The script is added through the
// debugger protocol, so that a strict Content-Security-Policy stays on.
export async function axe(page) {
  await page.evaluate(axe_source);
  const found = await page.evaluate(
      () => window.axe.run(
          document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}));
  return found.violations.map(
      (v) => `axe ${v.id}: ${v.help}; ${
          v.nodes.slice(0, 4)
              .map((n) => `${n.target.join(" ")} {${n.any.map((a) => a.message).join("; ").slice(0, 160)}}`)
              .join(" | ")}`);
}

// Whether the HTML as the server wrote it is valid. Three rules give way: tick boxes share a name by design,
// govuk-frontend gives a fieldset of date boxes role=group so that its description is read, and the rule
// about telephone numbers wants an entity where we write the no-break space itself.
export async function validate(html) {
  const {HtmlValidate} = require("html-validate");
  const validator = new HtmlValidate({
    extends: ["html-validate:recommended"],
    rules: {
      "no-trailing-whitespace": "off",
      "long-title": "off",
      "require-sri": "off",
      "no-redundant-role": "off",
      "tel-non-breaking": "off",
      "form-dup-name": ["error", {shared: ["radio", "checkbox", "submit", "button"]}],
      "prefer-native-element": ["error", {exclude: ["alert", "button", "group", "img", "region"]}],
    },
  });
  const report = await validator.validateString(html);
  return report.results.flatMap(
      (r) => r.messages.map((m) => `html ${m.ruleId}: ${m.message} (${m.line}:${m.column})`));
}

export async function overflow(page) {
  return page.evaluate(() => {
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= wide) return [];
    const scrolls = (e) => {
      for (let p = e.parentElement; p && p !== document.body; p = p.parentElement)
        if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(p).overflowX)) return true;
      return false;
    };
    const culprits = [...document.querySelectorAll("body *")].filter((e) => {
      const box = e.getBoundingClientRect();
      return box.width > 0 && (box.right > wide + 1 || box.left < -1) && !scrolls(e);
    });
    return [
      `overflow: ${document.documentElement.scrollWidth} of ${wide} px; ` +
      culprits.slice(0, 4)
          .map((e) => `${e.tagName.toLowerCase()}.${e.getAttribute("class") ?? ""}`)
          .join(", ")
    ];
  });
}

// Rectangles of visible runs of words, SVG included; shared by the three probes below.
const runs = `(() => {
  const hidden = (e) => {
    for (let p = e; p; p = p.parentElement) {
      const s = getComputedStyle(p);
      if (s.visibility === "hidden" || s.display === "none" || Number(s.opacity) === 0) return true;
      const classes = p.classList;
      if (classes && classes.contains("govuk-visually-hidden")) return true;
      if (classes && classes.contains("govuk-skip-link")) return true;
    }
    return !e.checkVisibility();
  };
  const fixed = (e) => {
    for (let p = e; p; p = p.parentElement) {
      const at = getComputedStyle(p).position;
      if (at === "fixed" || at === "sticky") return true;
    }
    return false;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const list = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const words = node.data.trim();
    const e = node.parentElement;
    if (!words || !e || ["SCRIPT", "STYLE", "OPTION", "TITLE"].includes(e.tagName) || hidden(e)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const r of e.closest("svg") ? [e.getBoundingClientRect()] : range.getClientRects())
      if (r.width > 1 && r.height > 1) {
        const size = parseFloat(getComputedStyle(e).fontSize);
        list.push({ words: words.slice(0, 40), e, size, fixed: fixed(e),
          left: r.left, right: r.right, top: r.top, bottom: r.bottom });
      }
  }
  return list;
})()`;

export async function overlap(page) {
  return page.evaluate(`(() => {
    const list = ${runs}.filter((r) => !r.fixed), found = [];
    for (let i = 0; i < list.length; ++i)
      for (let j = i + 1; j < list.length; ++j) {
        const a = list[i], b = list[j];
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 2 && down > Math.min(a.bottom - a.top, b.bottom - b.top) * 0.35)
          found.push("overlap: '" + a.words + "' and '" + b.words + "'");
      }
    return found.slice(0, 8);
  })()`);
}

export async function clipped(page) {
  return page.evaluate(`(() => {
    const found = [];
    for (const r of ${runs}) {
      for (let p = r.e; p && p !== document.documentElement; p = p.parentElement) {
        const s = getComputedStyle(p), svg = p.tagName === "svg" && s.overflow !== "visible";
        const cuts = (way) => ["hidden", "clip"].includes(way);
        if (!svg && !cuts(s.overflowX) && !cuts(s.overflowY)) continue;
        const box = p.getBoundingClientRect();
        const beside = r.left < box.left - 1.5 || r.right > box.right + 1.5;
        if (beside || r.top < box.top - 3 || r.bottom > box.bottom + 3) {
          const where = p.tagName.toLowerCase() + "." + (p.getAttribute("class") ?? "");
          found.push("clipped: '" + r.words + "' in " + where);
          break;
        }
      }
      const wide = document.documentElement.clientWidth;
      const scrolled = (e) => {
        for (let p = e; p; p = p.parentElement)
          if (["auto", "scroll"].includes(getComputedStyle(p).overflowX)) return true;
        return false;
      };
      const outside = r.left < -1 || r.right > wide + 1;
      if (outside && !scrolled(r.e)) found.push("clipped: '" + r.words + "' by the window");
    }
    return [...new Set(found)].slice(0, 8);
  })()`);
}

export async function small_text(page) {
  return page.evaluate(`[...new Set(${
      runs}.filter((r) => r.size < 11)
          .map((r) => "small: '" + r.words + "' " + r.size + " px"))].slice(0, 8)`);
}

// Targets of at least `least` px in both directions; links within sentences are excepted.
export async function small_targets(page, least = 24) {
  return page.evaluate(
      (wanted) => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, summary")]
                      .filter(
                          (e) => e.checkVisibility({opacityProperty: false}) &&
                              !e.classList.contains("govuk-skip-link"))
                      .filter(
                          (e) =>
                              !(e.tagName === "A" && getComputedStyle(e).display === "inline" &&
                                ["P", "LI", "DD", "TD"].includes(e.parentElement.tagName)))
                      .map((e) => [e, e.getBoundingClientRect()])
                      .filter(([, r]) => r.width > 0 && (r.width < wanted || r.height < wanted))
                      .map(
                          ([e, r]) => `target: ${e.tagName.toLowerCase()} '${
                              (e.textContent || e.name || "").trim().slice(0, 30)}' ${Math.round(r.width)}x${
                              Math.round(r.height)}`)
                      .slice(0, 8),
      least);
}

export async function layout(page) {
  return [...await overflow(page), ...await overlap(page), ...await clipped(page), ...await small_text(page)];
}
