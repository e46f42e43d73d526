// The main job in a real browser, with and without JavaScript: a coordinator offers Amara a choice of two,
// both workers say yes, Amara chooses on a phone, the worker then sees what she shares and nothing else, and
// the first meeting is planned, which both then read. A clinician refers somebody, somebody asks for
// themselves, and the coordinator finds both. Every page passes axe and the layout probe on a phone
// and a laptop, light and dark, and fits 320 px, and the person's page is light to fetch.
// On SQLite as `kith demo` makes it, and on PostgreSQL, where the pages are walked and not looked at again.
// KITH_BINARY names the program, KITH_SHOTS a folder for pictures, KITH_TEST_DATABASE one of the two only.
import assert from "node:assert/strict";
import {mkdirSync} from "node:fs";
import {join} from "node:path";

import {
  fill, new_database, new_folder, origin_line, pause, Process, write_settings
} from "../support/kith.mjs";

import {axe, launch, layout, overflow} from "./probe.mjs";

const person_page_most_bytes = 25000;
const shots = process.env.KITH_SHOTS ?? "";
if (shots) mkdirSync(shots, {recursive: true});

// The fictional service: the process, and the addresses of its cast.
async function demo() {
  const kith = new Process(["demo", "--data", new_folder("story"), "--port", "0"]);
  await kith.until(/Riverland Health Peer Team\n  /, 60000);
  const ways = kith.printed.matchAll(/^  (\w+) \((.+)\): (http\S+)$/gm);
  return {kith, cast: [...ways].map(([, role, name, address]) => ({role, name, address}))};
}

async function on_postgres() {
  const folder = new_folder("story");
  write_settings(folder, new_database("story"));
  const {ways} = fill(folder);
  const kith = new Process(["serve", "--data", folder, "--port", "0"]);
  const [origin] = await kith.until(origin_line);
  return {kith, cast: ways.map(({role, name, path}) => ({role, name, address: origin + path}))};
}

function address_of(cast, role, name) {
  const found = cast.find((one) => one.role === role && one.name === name);
  assert.ok(found, `a way in for ${role} ${name}`);
  return found.address;
}

async function look_as(page, name, width, scheme) {
  await page.setViewportSize({width, height: width < 600 ? 844 : 900});
  await page.emulateMedia({colorScheme: scheme, reducedMotion: "reduce"});  // nothing measured half faded
  const {scripted} = page.kith;
  const problems =
      scripted ? [...await axe(page), ...await layout(page)] : [];  // both need to run in the page
  const seen = `${name}-${width}-${scheme}-${scripted ? "js" : "plain"}`;
  assert.deepEqual(problems, [], seen + ": " + JSON.stringify(problems));
  if (shots) await page.screenshot({path: join(shots, `${seen}.png`), fullPage: true});
}

async function look(page, name) {
  await page.waitForLoadState("load");
  const {scripted, viewport, unseen} = page.kith;
  if (unseen) return;
  if (scripted) {
    for (const width of [390, 1280])
      for (const scheme of ["light", "dark"]) await look_as(page, name, width, scheme);
    await page.setViewportSize({width: 320, height: 640});
    assert.deepEqual(await overflow(page), [], `${name} at 320 px`);
    await page.emulateMedia({colorScheme: "light"});
    await page.setViewportSize(viewport);
  } else await look_as(page, name, viewport.width, "light");
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
  const letters = await page.locator("main").innerText();
  for (const name of names) assert.match(letters, new RegExp(`To ${name}`));
  assert.match(letters, /http:\/\/127\.0\.0\.1:\d+\/sign-in/, "the whole message, with its link line");
  assert.match(letters, /To Amara[^]*\/in\/\(a secret link/, "and Amara’s, without the secret");
  await page.getByLabel("Day", {exact: true}).fill("99");
  await page.getByRole("button", {name: "Send these offers"}).click();
  assert.match(await page.locator(".govuk-error-summary").innerText(), /day to answer by/);
  await look(page, "preview-error");
  const on = new Date(Date.now() + 9 * 86400000);
  await page.getByLabel("Day", {exact: true}).fill(String(on.getUTCDate()));
  await page.getByLabel("Month", {exact: true}).fill(String(on.getUTCMonth() + 1));
  await page.getByLabel("Year", {exact: true}).fill(String(on.getUTCFullYear()));
  await page.getByRole("button", {name: "Send these offers"}).click();
  assert.match(await page.locator("main").innerText(), /answers are coming in/);
  return names;
}

// The page as it is once what the service does by itself has come so far.
async function until(page, words) {
  for (let tries = 0; tries < 40; ++tries) {
    if (words.test(await page.locator("main").innerText())) return;
    await pause(500);
    await page.reload();
  }
  assert.fail(`never: ${words}`);
}

// The whole list: two plans, one worker kept by hand, two rows as a run, confirmed for the next working day,
// and taken back before anybody heard of it.
async function plan_the_list(page) {
  await page.getByRole("link", {name: "Plan the whole list"}).click();
  await look(page, "plan");
  assert.match(await page.locator("main").innerText(), /would wait longer[^]*would meet sooner/);
  assert.equal(await page.locator("input[name=row]:checked").count(), 0, "nothing is ticked");
  await page.getByRole("button", {name: "Use the ticked rows"}).click();
  assert.match(await page.locator(".govuk-error-summary").innerText(), /Tick one row/);
  await look(page, "plan-error");
  await page.getByText("How groups fare").click();
  await look(page, "plan-groups");
  await page.getByRole("link", {name: /^Keep /}).first().click();
  assert.equal(await page.getByText("Kept by you").count(), 1);
  await look(page, "plan-kept");
  for (let i = 0; i < 2; ++i) await page.locator("input[name=row]").nth(i).check();
  await page.getByRole("button", {name: "Use the ticked rows"}).click();
  await look(page, "run");
  const before = await page.locator("main").innerText();
  assert.match(before, /Nothing is offered yet[^]*To the workers, when messages go out/);
  await page.getByLabel("Time", {exact: true}).fill("noon-ish");
  await page.getByRole("button", {name: "Make these offers"}).click();
  await look(page, "run-error");
  await page.getByLabel("Time", {exact: true}).fill("10am");
  await page.getByRole("button", {name: "Make these offers"}).click();
  await until(page, /The offers of 2 people stand and hold their places/);
  await look(page, "run-made");
  await page.locator(".kith-row a").first().click();
  assert.match(await page.locator("main").innerText(), /nobody has been told yet/);
  await page.goBack();
  await page.getByRole("button", {name: "Take all these offers back"}).click();
  await until(page, /These offers were taken back/);
  await look(page, "run-undone");
  await page.getByRole("link", {name: "Waiting", exact: true}).click();
}

// What would change with more workers: as things go on, a mistake, and two more like one there is.
async function ask_what_if(page) {
  await page.getByRole("link", {name: "Plan the whole list"}).click();
  await page.getByRole("link", {name: "What would change with more workers?"}).click();
  const wait = "the (median wait|wait of nine in ten)";
  assert.match(await page.locator("main").innerText(), new RegExp(`As things go on, ${wait} is \\d`));
  await look(page, "what-if");
  await page.getByLabel("More workers like one we have").check();
  await page.locator("#count").fill("2");
  await page.getByRole("button", {name: "Play it through"}).click();
  assert.match(await page.locator(".govuk-error-summary").innerText(), /Choose the worker they are like/);
  await look(page, "what-if-error");
  await page.getByLabel("Like", {exact: true}).selectOption({index: 1});
  await page.getByRole("button", {name: "Play it through"}).click();
  const answer = await page.locator("#answer").innerText();
  assert.match(answer, new RegExp(`^With 2 more workers like .+, ${wait} `));
  await look(page, "what-if-answer");
  await page.getByRole("link", {name: "Waiting", exact: true}).click();
}

// Plans the first meeting ten days ahead, after an empty form has said what is missing; gives its words.
async function plan_meeting(page, person, worker) {
  await page.getByRole("link", {name: "Today", exact: true}).click();
  await look(page, "today-to-plan");
  await page.getByRole("link", {name: `Plan the first meeting: ${person} and ${worker}`}).click();
  await look(page, "connection-agreed");
  await page.getByRole("button", {name: "Plan the first meeting"}).click();
  await look(page, "meeting-form");
  const fits = page.locator(".govuk-inset-text li a").first();
  const says = await fits.innerText();
  await fits.click();
  assert.match(says, new RegExp(` ${await page.getByLabel("Day", {exact: true}).inputValue()} `));
  assert.notEqual(await page.getByLabel("Time", {exact: true}).inputValue(), "");
  await page.goBack();
  await page.getByLabel("Who brings them together").fill("");
  await page.getByRole("button", {name: "Plan this meeting"}).click();
  const wrong = await page.locator(".govuk-error-summary a").allInnerTexts();
  assert.equal(wrong.length, 4, "day, time, place and introducer are all missed at once: " + wrong);
  await look(page, "meeting-errors");
  const on = new Date(Date.now() + 10 * 86400000);
  await page.getByLabel("Day", {exact: true}).fill(String(on.getUTCDate()));
  await page.getByLabel("Month", {exact: true}).fill(String(on.getUTCMonth() + 1));
  await page.getByLabel("Year", {exact: true}).fill(String(on.getUTCFullYear()));
  await page.getByLabel("Time", {exact: true}).fill("5:30pm");
  await page.getByLabel("Where, or how").fill("Riverside Library, ground floor");
  await page.getByLabel("Who brings them together").fill("Priya");
  await page.getByRole("button", {name: "Plan this meeting"}).click();
  await look(page, "connection-planned");
  const name = (what) => on.toLocaleDateString("en-AU", {...what, timeZone: "UTC"});
  return `${name({weekday: "long"})} ${on.getUTCDate()} ${name({month: "long"})}, 5:30pm`;
}

async function refer(page) {
  await look(page, "clinician-today");
  await page.getByRole("link", {name: "Refer", exact: true}).click();
  await look(page, "refer");
  await page.getByRole("button", {name: "Send referral"}).click();
  assert.equal(await page.locator(".govuk-error-summary a").count(), 4, "name, way, address, agreement");
  await look(page, "refer-errors");
  await page.getByLabel("Name they like to be called").fill("Noor");
  await page.getByLabel("E-mail", {exact: true}).check();
  await page.getByLabel("Address or number").fill("noor@people.example");
  await page.getByLabel("What they hope for").fill("Somebody to walk with");
  await page.getByLabel("Languages").fill("English and Arabic");
  await page.getByLabel("they agree to be contacted").check();
  await page.getByLabel("They agree to matching").check();
  const fields = page.locator("form[action='/refer'] > .govuk-form-group");
  assert.ok(await fields.count() <= 8, "at most eight fields");
  await page.getByRole("button", {name: "Send referral"}).click();
  assert.match(await page.locator("main").innerText(), /Noor/);
  await look(page, "clinician-referred");
}

// On the own page: three faults beside their boxes, then the answers that matching needs.
async function fill_in_profile(page) {
  await page.getByRole("button", {name: "Fill this in"}).click();
  await look(page, "profile");
  const view = (criterion) => page.getByRole("group", {name: criterion});
  await page.getByLabel("How far to come").fill("far");
  await view("Gender of the worker").getByLabel("Must").check();
  await view("Free at the same times").getByLabel("Must").check();
  await page.getByRole("button", {name: "Save", exact: true}).click();
  assert.equal(await page.locator(".govuk-error-summary a").count(), 3, "distance, gender and times");
  await look(page, "profile-errors");
  await page.getByLabel("By telephone or video").check();
  await page.getByLabel("In person").check();
  await view("Tuesday").getByLabel("Evening").check();
  await view("Saturday").getByLabel("Morning").check();
  await page.getByLabel("Languages").fill("English");
  await page.getByLabel("Area", {exact: true}).selectOption("Northside");
  await page.getByLabel("How far to come").fill("8");
  await page.getByLabel("Interests", {exact: true}).fill("Walking, music");
  await page.getByLabel("Woman", {exact: true}).check();
  await page.getByRole("button", {name: "Save", exact: true}).click();
  assert.match(await page.locator("main").innerText(), /We are looking for workers/);
  await look(page, "person-complete");
  await page.getByRole("link", {name: "What helps us find somebody"}).click();
  assert.ok(await view("Tuesday").getByLabel("Evening").isChecked());
  assert.equal(await page.getByLabel("Area", {exact: true}).inputValue(), "Northside");
  await page.goto(new URL("/me", page.url()).href);
}

// The coordinator completes what a referral left open; after that somebody can be asked.
async function complete_for(page, name) {
  const row = page.locator(".kith-row", {hasText: name});
  await row.getByRole("link", {name: "Not known yet: how to meet and free times"}).click();
  await look(page, "profile-of");
  await page.getByLabel("By telephone or video").check();
  for (const day of ["Monday", "Tuesday", "Wednesday", "Thursday"])
    for (const part of ["Morning", "Afternoon", "Evening"])
      await page.getByRole("group", {name: day}).getByLabel(part).check();
  await page.getByRole("button", {name: "Save", exact: true}).click();
  assert.ok(await page.locator("input[name=worker]").count() >= 1, `${name} can be offered somebody`);
}

// Asks without an account; opens the own page by the link, once. The same form again gives no second link,
// and too many forms are refused without losing what was typed.
async function ask(browser, origin, options) {
  const context = await browser.newContext({javaScriptEnabled: options.scripted, viewport: options.viewport});
  const page = await context.newPage();
  page.kith = options;
  await page.goto(origin + "/sign-in");
  await look(page, "sign-in");
  await page.getByRole("link", {name: "Ask for support without signing in"}).click();
  await look(page, "ask-which");
  await page.getByRole("link", {name: "Northside Peer Support"}).click();
  await look(page, "ask");
  await page.getByLabel("E-mail", {exact: true}).check();
  await page.getByLabel("Your e-mail address or phone number").fill("not an address");
  await page.getByRole("button", {name: "Ask for support"}).click();
  assert.equal(await page.locator(".govuk-error-summary a").count(), 2, "name and address");
  await look(page, "ask-errors");
  await page.getByLabel("What should we call you?").fill("Kim");
  await page.getByLabel("Your e-mail address or phone number").fill("kim@people.example");
  await page.getByLabel("What do you hope for?").fill("Somebody who knows what it is like to start again");
  await page.getByLabel("Yes, use my answers to find a worker").check();
  const sending = page.waitForRequest((request) => request.method() === "POST");
  await page.getByRole("button", {name: "Ask for support"}).click();
  const body = (await sending).postData();
  await look(page, "ask-thanks");
  const address = await page.locator(".kith-address").innerText();
  assert.match(address, /^http:\/\/127\.0\.0\.1:\d+\/in\/[\w.-]{40,}$/);
  const headers = {origin, "content-type": "application/x-www-form-urlencoded"};
  const post = (data) => context.request.post(origin + "/ask/northside", {headers, data});
  const again = await post(body);
  assert.equal(again.status(), 200);
  assert.doesNotMatch(await again.text(), /\/in\//, "no second link for the same form");
  let status = 200, words = "";
  for (let i = 0; i < 12 && status === 200; ++i) {
    const more = await post(body.replace(/(?<=idempotency_key=)[^&]*/, `another-form-number-${i}`));
    status = more.status();
    words = await more.text();
  }
  assert.equal(status, 429, "a flood is refused");
  assert.match(words, /kim@people\.example/, "and nothing typed is lost");
  await page.getByRole("button", {name: "Open my page now"}).click();
  await page.getByRole("button", {name: "Open my page"}).click();
  assert.match(await page.locator("main").innerText(), /Hello Kim/);
  await look(page, "person-asked");
  await fill_in_profile(page);
  await page.goto(address);
  assert.match(await page.locator("main").innerText(), /does not work any more/, "the link works once");
  await look(page, "link-spent");
  await page.getByRole("button", {name: "Send me a new link"}).click();
  assert.match(await page.locator("main").innerText(), /a new one is on its way/);
  assert.doesNotMatch(await page.locator("main").innerText(), /Kim|kim@/);
  await context.close();
}

// The administrator sees figures, and sets where the exit leads; a person's exit then goes there and ends the
// sign-in.
async function organisation(page, person, origin) {
  await page.getByRole("link", {name: "Today", exact: true}).click();
  await look(page, "admin");
  assert.match(await page.locator("main").innerText(), /People\s+130\s/, "120, Noor and nine forms of Kim");
  assert.doesNotMatch(await page.locator("main").innerText(), /Amara/, "and no names");
  await page.getByLabel("leads").fill("http://example.org/");
  await page.getByRole("button", {name: "Save", exact: true}).click();
  assert.match(await page.locator(".govuk-error-summary").innerText(), /begins with https/);
  await look(page, "admin-error");
  await page.getByLabel("leads").fill("https://weather.example.org/");
  await page.getByRole("button", {name: "Save", exact: true}).click();
  const leave = async (request, path) => {
    const answer = await request.get(origin + path, {maxRedirects: 0});
    assert.equal(answer.status(), 303);
    return answer.headers().location;
  };
  const own = "https://weather.example.org/";
  assert.equal(await leave(person.context().request, "/exit"), own);
  await person.reload();
  assert.match(person.url(), /\/sign-in$/, "the exit ended the sign-in");
  assert.equal(await leave(person.context().request, "/exit?service=northside"), own, "also of a visitor");
  assert.match(await leave(person.context().request, "/exit?service=evil.example"), /bom\.gov\.au/);
}

// The waiting list for other programs: the coordinator's session reads it and is told when nothing changed;
// nobody else does.
async function programs(coordinator, clinician, origin) {
  const address = origin + "/api/waiting-list?show=find";
  const read = (page, headers) => page.context().request.get(address, {headers});
  const answer = await read(coordinator, {});
  assert.equal(answer.status(), 200);
  const list = await answer.json();
  assert.equal(list.count, list.people.length);
  assert.ok(list.people.every((one) => one.state === "waiting" && !("own_words" in one)));
  assert.equal((await read(coordinator, {"if-none-match": answer.headers().etag})).status(), 304);
  assert.equal((await read(clinician, {})).status(), 403);
  const stranger = await fetch(origin + "/api/waiting-list");
  assert.equal(stranger.status, 401);
  assert.match(stranger.headers.get("content-type"), /application\/problem\+json/);
  const described = await (await fetch(origin + "/openapi.json")).json();
  assert.ok(described.paths["/api/waiting-list"].get.responses["200"].content["application/json"]);
}

// What the page of this address costs a browser that holds nothing yet: every answer as it was encoded, with
// its headers.
async function bytes_to_fetch(browser, page) {
  const storageState = await page.context().storageState();
  const context = await browser.newContext({storageState, viewport: page.kith.viewport});
  const fresh = await context.newPage();
  const requests = [];
  fresh.on("requestfinished", (request) => requests.push(request));
  await fresh.goto(page.url(), {waitUntil: "networkidle"});
  let bytes = 0;
  const parts = [];
  for (const request of requests) {
    const {responseBodySize, responseHeadersSize} = await request.sizes();
    bytes += responseBodySize + responseHeadersSize;
    parts.push(`${request.resourceType()} ${responseBodySize}`);
  }
  await context.close();
  assert.ok(parts.some((part) => part.startsWith("stylesheet")), "nothing was held: " + parts);
  return {bytes, parts: parts.join(", ")};
}

async function story(browser, serve, how) {
  const {kith, cast} = await serve();
  const laptop = {...how, viewport: {width: 1280, height: 900}};
  const phone = {...how, viewport: {width: 390, height: 844}};
  try {
    const priya = await enter(browser, address_of(cast, "coordinator", "Priya"), laptop);
    await look(priya, "today");
    await priya.getByRole("link", {name: "Waiting", exact: true}).click();
    await look(priya, "waiting");
    await priya.getByRole("link", {name: "Past the promise"}).click();
    assert.match(await priya.locator("main").innerText(), /Showing \d+ of 40/);
    await look(priya, "waiting-late");
    await priya.locator(".kith-row a").first().click();
    assert.match(await priya.locator("main").innerText(), /1 of \d+\s+Next\s+Back to the list/);
    await priya.getByRole("link", {name: "Back to the list"}).click();
    assert.match(priya.url(), /show=late$/, "the filter is kept");
    await plan_the_list(priya);
    await ask_what_if(priya);
    await priya.getByRole("link", {name: "Everybody"}).click();
    await priya.getByRole("link", {name: "Amara"}).first().click();
    await look(priya, "find");
    assert.match(await priya.locator("main").innerText(), /Showing 4 of \d+ workers who could be asked/);
    await priya.getByRole("button", {name: "Offer a choice"}).click();
    assert.match(await priya.locator(".govuk-error-summary").innerText(), /Tick one worker or more/);
    assert.equal(await priya.getByText("%").count(), 0, "no percentages");
    const names = await offer_two(priya);
    await priya.getByRole("link", {name: "Amara"}).first().click();
    await look(priya, "find-open");
    await priya.getByRole("button", {name: "Take these offers back"}).click();
    assert.deepEqual(await offer_two(priya), names, "what was taken back can be offered again");

    for (const name of names) {
      const worker = await enter(browser, address_of(cast, "peer_worker", name), phone);
      await look(worker, "worker-offer");
      assert.doesNotMatch(await worker.locator("main").innerText(), /Amara/, "no name before the agreement");
      await worker.getByRole("button", {name: "Yes", exact: true}).click();
      assert.match(await worker.locator("main").innerText(), /You said yes/);
      await worker.context().close();
    }

    const amara = await enter(browser, address_of(cast, "person", "Amara"), phone);
    await look(amara, "choose");
    const chosen = names[0];
    const form =
        amara.locator("form", {has: amara.getByRole("button", {name: `I’d like to meet ${chosen}`})});
    await form.locator("input[value=own_words]").check();
    await form.getByRole("button").click();
    assert.match(await amara.locator("main").innerText(), new RegExp(`${chosen} is your peer worker`));
    await look(amara, "person-connected");
    const {bytes, parts} = await bytes_to_fetch(browser, amara);
    console.log(`  the person's page: ${bytes} bytes with headers (${parts})`);
    assert.ok(bytes < person_page_most_bytes, `the person's page is ${bytes} bytes`);

    const worker = await enter(browser, address_of(cast, "peer_worker", chosen), phone);
    const seen = await worker.locator("main").innerText();
    assert.match(seen, /Amara/);
    assert.match(seen, /hard time after a baby/, "what she shares");
    assert.doesNotMatch(seen, /@people\.example/, "and not what she does not");
    await look(worker, "worker-people");

    await worker.getByRole("button", {name: "Plan the first meeting"}).click();
    await look(worker, "worker-meeting-form");
    const other = await enter(browser, address_of(cast, "peer_worker", names[1]), phone);
    const denied = await other.goto(worker.url());
    assert.equal(denied.status(), 404, "not the worker of this connection");
    await other.context().close();
    await worker.goto(new URL("/w", worker.url()).href);

    const when = await plan_meeting(priya, "Amara", chosen);
    for (const page of [priya, amara, worker]) {
      if (page !== priya) await page.reload();
      const words = await page.locator("main").innerText();
      assert.ok(words.includes(when), `${when} in ${words}`);
      assert.match(words, /Riverside Library, ground floor/);
    }
    await look(amara, "person-meeting");
    await look(worker, "worker-meeting");

    const tom = await enter(browser, address_of(cast, "clinician", "Tom"), laptop);
    await refer(tom);
    await ask(browser, new URL(address_of(cast, "clinician", "Tom")).origin, phone);
    await priya.getByRole("link", {name: "Today", exact: true}).click();
    await look(priya, "today-referrals");
    const card = (name) => priya.locator(".kith-card", {has: priya.getByRole("heading", {name})}).first();
    assert.match(await card("Noor").innerText(), /Referred by a clinician/);
    assert.match(await card("Kim").innerText(), /Asked for themselves/);
    await card("Kim").getByRole("button", {name: "Accept onto the waiting list"}).click();
    assert.match(await priya.locator("main").innerText(), /Kim/);
    await priya.getByRole("link", {name: "Today", exact: true}).click();
    await card("Noor").getByRole("button", {name: "Accept onto the waiting list"}).click();
    await look(priya, "waiting-not-known");
    await complete_for(priya, "Noor");

    await programs(priya, tom, new URL(priya.url()).origin);

    const admin = await enter(browser, address_of(cast, "administrator", "Admin"), laptop);
    await organisation(admin, amara, new URL(admin.url()).origin);
  } finally {
    await kith.kill("SIGTERM");
  }
}

const walks = [
  {name: "on SQLite with JavaScript", database: "sqlite", serve: demo, how: {scripted: true}},
  {name: "on SQLite without JavaScript", database: "sqlite", serve: demo, how: {scripted: false}},
  {
    name: "on PostgreSQL with JavaScript",
    database: "postgres",
    serve: on_postgres,
    how: {scripted: true, unseen: true}
  },
];
const only = process.env.KITH_TEST_DATABASE;
const browser = await launch();
try {
  for (const {name, database, serve, how} of walks) {
    if (only && database !== only) continue;
    await story(browser, serve, how);
    console.log(`ok the story ${name}`);
  }
} finally {
  await browser.close();
}
