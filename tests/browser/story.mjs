// The main job in a real browser, with and without JavaScript: a coordinator offers Amara a choice of two,
// both workers say yes, Amara chooses on a phone, and the worker then sees what she shares and nothing else.
// usage: story.mjs [SHOTS]; KITH_BINARY names the program (build/release/kith or build/debug/kith).
import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import {existsSync, mkdirSync, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";

import {axe, launch, layout} from "./probe.mjs";

const binary =
    process.env.KITH_BINARY ?? (existsSync("build/debug/kith") ? "build/debug/kith" : "build/release/kith");
const shots = process.argv[2] ?? "";
if (shots) mkdirSync(shots, {recursive: true});

function serve(folder) {
  const child =
      spawn(binary, ["demo", "--data", folder, "--port", "0"], {stdio: ["ignore", "pipe", "ignore"]});
  return new Promise((ready, failed) => {
    let text = "";
    const late = setTimeout(() => failed(new Error("the demo did not start:\n" + text.slice(-500))), 60000);
    child.stdout.on("data", (bytes) => {
      text += bytes;
      if (!text.includes("Riverland Health Peer Team\n  ")) return;
      clearTimeout(late);
      setTimeout(() => ready({child, text}), 300);
    });
  });
}

function link(text, role, name) {
  const found = text.split("\n").find((line) => line.includes(`  ${role} (${name}): http`));
  assert.ok(found, `a link for ${role} ${name}`);
  return found.slice(found.indexOf("http"));
}

async function look(page, name) {
  await page.waitForLoadState("load");
  const {scripted} = page.kith;
  const problems =
      scripted ? [...await axe(page), ...await layout(page)] : [];  // both need to run in the page
  assert.deepEqual(problems, [], name + ": " + JSON.stringify(problems));
  if (shots)
    await page.screenshot({path: join(shots, `${name}-${scripted ? "js" : "plain"}.png`), fullPage: true});
}

async function enter(browser, address, options) {
  const context = await browser.newContext({javaScriptEnabled: options.scripted, viewport: options.viewport});
  const page = await context.newPage();
  page.kith = options;
  await page.goto(address);
  await page.getByRole("button", {name: "Open my page"}).click();
  return page;
}

// Ticks the first two workers of the comparison, looks at the preview and sends; gives their names.
async function offer_two(page) {
  const boxes = page.locator("input[name=worker]");
  assert.ok(await boxes.count() >= 2, "two workers can be asked");
  const names = [];
  for (let i = 0; i < 2; ++i) {
    const id = await boxes.nth(i).getAttribute("id");
    names.push((await page.locator(`label[for="${id}"]`).first().innerText()).trim().split("\n")[0]);
    await boxes.nth(i).check();
  }
  await page.getByRole("button", {name: "Offer a choice"}).click();
  await look(page, "preview");
  await page.getByRole("button", {name: "Send these offers"}).click();
  assert.match(await page.locator("main").innerText(), /answers are coming in/);
  return names;
}

async function story(browser, scripted) {
  const folder = mkdtempSync(join(tmpdir(), "kith-story-"));
  const {child, text} = await serve(folder);
  const laptop = {scripted, viewport: {width: 1280, height: 900}};
  const phone = {scripted, viewport: {width: 390, height: 844}};
  try {
    const priya = await enter(browser, link(text, "coordinator", "Priya"), laptop);
    await look(priya, "today");
    await priya.getByRole("link", {name: "Waiting", exact: true}).click();
    await look(priya, "waiting");
    await priya.getByRole("link", {name: "Amara"}).first().click();
    await look(priya, "find");
    assert.equal(await priya.getByText("%").count(), 0, "no percentages");
    const names = await offer_two(priya);
    await priya.getByRole("link", {name: "Amara"}).first().click();
    await look(priya, "find-open");
    await priya.getByRole("button", {name: "Take these offers back"}).click();
    assert.deepEqual(await offer_two(priya), names, "what was taken back can be offered again");

    for (const name of names) {
      const worker = await enter(browser, link(text, "peer_worker", name), phone);
      await look(worker, "worker-offer");
      assert.doesNotMatch(await worker.locator("main").innerText(), /Amara/, "no name before the agreement");
      await worker.getByRole("button", {name: "Yes", exact: true}).click();
      assert.match(await worker.locator("main").innerText(), /You said yes/);
      await worker.context().close();
    }

    const amara = await enter(browser, link(text, "person", "Amara"), phone);
    await look(amara, "choose");
    const chosen = names[0];
    const form =
        amara.locator("form", {has: amara.getByRole("button", {name: `I’d like to meet ${chosen}`})});
    await form.locator("input[value=own_words]").check();
    await form.getByRole("button").click();
    assert.match(await amara.locator("main").innerText(), new RegExp(`${chosen} is your peer worker`));
    await look(amara, "person-connected");

    const worker = await enter(browser, link(text, "peer_worker", chosen), phone);
    const seen = await worker.locator("main").innerText();
    assert.match(seen, /Amara/);
    assert.match(seen, /hard time after a baby/, "what she shares");
    assert.doesNotMatch(seen, /@people\.example/, "and not what she does not");
    await look(worker, "worker-people");
  } finally {
    const gone = new Promise((done) => child.on("exit", done));
    child.kill("SIGTERM");
    await gone;
    rmSync(folder, {recursive: true, force: true});
  }
}

const browser = await launch();
try {
  for (const scripted of [true, false]) {
    await story(browser, scripted);
    console.log(`ok the story ${scripted ? "with" : "without"} JavaScript`);
  }
} finally {
  await browser.close();
}
