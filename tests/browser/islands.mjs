// What the small scripts promise, in a real browser on gallery pages: node tests/browser/islands.mjs FOLDER.
import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {join} from "node:path";

import {launch} from "./probe.mjs";
import {serve} from "./serve.mjs";

const folder = process.argv[2];
const posts = [];
const {origin, close} = await serve(folder, (request, body) => {
  if (request.url === "/exit") return {body: "<!doctype html><title>Weather</title><p>Fine"};
  if (request.url === "/short.html")  // a sign-in that ends in 122 seconds: the warning comes after two
    return {
      body: readFileSync(join(folder, "person-connection.html"), "utf8")
                .replace(/data-seconds="\d+"/, 'data-seconds="122"')
    };
  if (request.method !== "POST") return undefined;
  posts.push(`${request.url} ${body}`);
  return request.url === "/session/extend" ? {status: 204} : {body: "<!doctype html><title>Sent</title>"};
});
const browser = await launch();
const tests = [];
const test = (name, run, options = {}) => tests.push({name, run, options});

test("Shift three times blanks the page within 200 ms and takes its place in the history", async (page) => {
  await page.goto(`${origin}/person-connection.html`);
  const ms = await page.evaluate(() => new Promise((done) => {
                                   const began = performance.now();
                                   const seen = new MutationObserver(() => {
                                     if (!document.body.textContent.trim()) done(performance.now() - began);
                                   });
                                   seen.observe(document.body, {childList: true});
                                   for (let press = 0; press < 3; ++press)
                                     document.dispatchEvent(new KeyboardEvent("keydown", {key: "Shift"}));
                                 }));
  assert.ok(ms <= 200, `${ms} ms`);
  await page.waitForURL(`${origin}/exit`);
  assert.equal(await page.evaluate(() => history.length), 2);  // the blank page of the browser, and this one
  console.log(`  blank after ${ms.toFixed(1)} ms`);
});
test("two presses, or three with another key between, leave the page alone", async (page) => {
  await page.goto(`${origin}/person-connection.html`);
  for (const key of ["Shift", "Shift", "a", "Shift"]) await page.keyboard.press(key);
  await page.waitForTimeout(200);
  assert.equal(page.url(), `${origin}/person-connection.html`);
});
test("the exit link works without JavaScript", async (page) => {
  await page.goto(`${origin}/person-connection.html`);
  await page.click("text=Exit this page");
  await page.waitForURL(`${origin}/exit`);
}, {javaScriptEnabled: false});
test("a form is sent once however often it is tapped", async (page) => {
  await page.goto(`${origin}/worker-today.html`);
  posts.length = 0;
  await page.evaluate(() => {
    const button = document.querySelector("form[action='/w/on-my-way'] button");
    button.click();
    button.click();
    button.click();
  });
  await page.waitForTimeout(300);
  assert.deepEqual(posts, ["/w/on-my-way csrf=sample"]);
});
test("the warning comes two minutes before the end and one key keeps the person signed in", async (page) => {
  await page.goto(`${origin}/short.html`);
  posts.length = 0;
  assert.equal(await page.locator("dialog").isVisible(), false);
  await page.waitForSelector("dialog[open]", {timeout: 5000});
  await page.keyboard.press("Enter");
  await page.waitForSelector("dialog[open]", {state: "detached", timeout: 2000});
  assert.deepEqual(posts, ["/session/extend csrf=sample"]);
});
test("an error summary takes the focus", async (page) => {
  await page.goto(`${origin}/public-errors.html`);
  assert.equal(await page.evaluate(() => document.activeElement.className), "govuk-error-summary");
});
test("the phone shows one worker at a time without JavaScript", async (page) => {
  await page.setViewportSize({width: 390, height: 800});
  await page.goto(`${origin}/staff-find.html`);
  const names = () => page.locator("table.kith-compare thead th:visible").allInnerTexts();
  assert.deepEqual(await names(), ["Ruth"]);
  await page.locator(".kith-show label", {hasText: "Mina"}).click({force: true});
  assert.deepEqual(await names(), ["Mina"]);
}, {javaScriptEnabled: false});

let failed = 0;
for (const {name, run, options} of tests) {
  const context = await browser.newContext(options);
  try {
    await run(await context.newPage());
    console.log(`ok ${name}`);
  } catch (error) {
    ++failed;
    console.log(`FAILED ${name}: ${error.message}`);
  }
  await context.close();
}
await browser.close();
close();
process.exit(failed ? 1 : 0);
