// The probe must find what it looks for: node tests/browser/probe_test.mjs. Each broken page has one fault.
import assert from "node:assert/strict";

import {axe, clipped, launch, overflow, overlap, small_targets, small_text, validate} from "./probe.mjs";

const page_of = (body, css = "") =>
    `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>x</title>
<style>body{margin:0;font:16px sans-serif}${css}</style></head><body><main><h1>Words</h1>${
        body}</main></body></html>`;
const cases = [
  ["sideways overflow", overflow, page_of("<p class='w'>wide</p>", ".w{width:500px}")],
  [
    "overlapping words", overlap,
    page_of("<p>first words</p><p class='u'>second words</p>", "p{margin:0}.u{margin-top:-16px}")
  ],
  [
    "a clipped label", clipped,
    page_of("<p class='c'>a long label that is cut</p>", ".c{width:60px;overflow:hidden;white-space:nowrap}")
  ],
  [
    "an SVG label cut at the edge", clipped,
    page_of(
        "<svg width='100' height='30' role='img' aria-label='x'><text x='80' y='20'>long words</text></svg>")
  ],
  ["words under 11 px", small_text, page_of("<p class='s'>tiny</p>", ".s{font-size:9px}")],
  [
    "words under 11 px in SVG", small_text,
    page_of(
        "<svg width='200' height='30' role='img' aria-label='x'>" +
            "<text x='8' y='20' font-size='8'>tiny</text></svg>")
  ],
  [
    "a small target", small_targets,
    page_of("<button class='t'>a</button>", ".t{width:12px;height:12px;padding:0;border:0}")
  ],
  ["an image without words", axe, page_of("<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>")],
];
const browser = await launch();
const page = await (await browser.newContext({viewport: {width: 320, height: 600}})).newPage();
let failed = 0;
for (const [name, probe, html] of cases) {
  await page.setContent(html);
  const found = await probe(page);
  await page.setContent(page_of("<p>Plain words.</p>"));
  const fine = await probe(page);
  try {
    assert.notEqual(found.length, 0, "found nothing on the broken page");
    assert.deepEqual(fine, [], "found something on the sound page");
    console.log(`ok ${name}`);
  } catch (error) {
    ++failed;
    console.log(`FAILED ${name}: ${error.message}`);
  }
}
assert.notEqual((await validate(page_of("<p><div>x</div></p>"))).length, 0);
await browser.close();
process.exit(failed ? 1 : 0);
