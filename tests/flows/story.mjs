// From an empty folder to a first meeting: a service is founded, its staff added, workers and people
// imported, a referral made by a clinician and one by somebody for themselves; the coordinator offers a
// choice of two, the workers answer, the held message brings the person's link, the person chooses, and the
// meeting is planned.
import assert from "node:assert/strict";

import {pause} from "../support/kith.mjs";

import {Kith} from "./kith.mjs";
import {totp, Visitor} from "./visitor.mjs";

const engine = process.env.KITH_TEST_DATABASE ?? "sqlite";
let passed = 0, failed = 0;

async function step(name, body) {
  try {
    const value = await body();
    ++passed;
    console.log(`ok ${name}`);
    return value;
  } catch (problem) {
    ++failed;
    console.log(`FAILED ${name}\n${problem.stack}`);
    throw problem;
  }
}

const password = "a long pass phrase for tests";

function add_staff(kith, name, email, role, more = []) {
  const file = kith.write("password", password + "\n");
  const text = kith.run(
      ["user", "add", "--name", name, "--email", email, "--role", role, "--password-file", file, ...more]);
  return {name, email, secret: /Secret: +([A-Z2-7]+)/.exec(text)[1]};
}

async function sign_in(origin, staff) {
  const visitor = new Visitor(origin);
  await visitor.get("/sign-in");
  await visitor.press("Continue", {name: staff.email, password});
  staff.uses = (staff.uses ?? -1) + 1;  // a code is good once: the next sign-in takes the next step's
  await visitor.press("Continue", {code: totp(staff.secret, staff.uses)});
  assert.equal(visitor.status, 200, visitor.text);
  return visitor;
}

const week = "mon 09:00-17:00; tue 09:00-20:00; thu 09:00-17:00";
const workers =
    "source_key,chosen_name,gender,languages,modes,settings,availability,open_on,places,email,released," +
    `after_agreement
w1,Dalia,woman,en ti,remote,community,${week},today,1,dalia@worker.example,postnatal,
w2,Sofia,woman,en,remote,community,${week},today,2,sofia@worker.example,postnatal loss,burnout
w3,Ben,man,en,remote,community,${week},today,2,ben@worker.example,anxiety,
`;
const people = [
  "source_key,chosen_name,family_name,languages,modes,availability,experience,contact_way,email,consent," +
      "own_words,prefer_gender",
  "p1,Amara,Tesfay,en ti,remote,tue 17:00-20:00,postnatal,email,amara@people.example,written," +
      "Someone who has been there,must: woman",
  "p2,Bo,,,,,,email,bo@people.example,written,,", ""
].join("\n");

async function offer_two(coordinator) {
  await coordinator.get("/people/waiting");
  await coordinator.follow("Amara");
  assert.doesNotMatch(coordinator.text, /\d %|\d%/, "no percentages");
  const ids = [...coordinator.html.matchAll(/name="worker"[^>]*value="([0-9a-f]{32})"/g)].map(([, id]) => id);
  const unique = [...new Set(ids)];
  assert.equal(unique.length, 2, "Ben breaks a must and cannot be ticked: " + coordinator.text);
  await tries_a_change(coordinator, unique);
  await coordinator.press("Offer a choice", {worker: unique});
  assert.equal(coordinator.status, 200);
  await coordinator.press("Send these offers");
  assert.match(coordinator.text, /answers are coming in/);
}

// A change that is only tried is carried to the preview, which says who cannot be asked because of it.
async function tries_a_change(coordinator, unique) {
  const page = coordinator.path;
  await coordinator.get(page.split("?")[0] + "?w_gender=not_important");
  const ids = [...coordinator.html.matchAll(/name="worker"[^>]*value="([0-9a-f]{32})"/g)].map(([, id]) => id);
  const ben = ids.find((id) => !unique.includes(id));
  assert.ok(ben, "without the must Ben can be ticked: " + coordinator.text);
  await coordinator.press("Offer a choice", {worker: [unique[0], ben]});
  assert.match(coordinator.text, /Not among these offers: Ben/);
  assert.deepEqual(coordinator.form("Send these offers").fields.filter(([name]) => name === "worker"),
                   [["worker", unique[0]]]);
  await coordinator.follow("Back to the comparison");
  assert.match(coordinator.path, /w_gender=not_important/);
  await coordinator.press("Offer a choice", {worker: ben});
  assert.match(coordinator.text, /Not among these offers: Ben/);
  assert.doesNotMatch(coordinator.text, /Send these offers/);
  await coordinator.get(page);
}

async function answer_yes(worker) {
  assert.doesNotMatch(worker.text, /Amara/, "no name before the agreement");
  await worker.press("Yes");
  assert.match(worker.text, /You said yes/);
}

async function message_of(kith, address, words) {
  const began = Date.now();
  let message;
  while (!(message = kith.message_to(address, words))) {
    assert.ok(Date.now() - began < 150_000, "the message came");
    await pause(500);
  }
  return message;
}

// Says yes to matching only after asking, once by the coordinator's hand and once by their own.
async function agree_later(kith, origin, coordinator) {
  const lee = new Visitor(origin);
  await lee.get("/ask");
  await lee.get(/href="(\/ask\/[^"]+)"/.exec(lee.html)?.[1] ?? lee.path);
  await lee.press("Ask for support",
                  {chosen_name: "Lee", contact_way: "email", contact: "lee@people.example", own_words: "x"});
  await lee.follow("Open my page now");
  await lee.press("Open my page");
  assert.match(lee.text, /May we look for you/);
  assert.doesNotMatch(lee.text, /We are looking/);
  await coordinator.get("/today");
  await coordinator.press("Accept onto the waiting list");
  await coordinator.get("/people/waiting");
  await coordinator.follow("Lee");
  assert.match(coordinator.text, /Lee has not agreed to matching/);
  await coordinator.press("They said yes");
  assert.equal(coordinator.status, 422);
  assert.match(coordinator.text, /Choose how they said yes/);
  await coordinator.press("They said yes", {how: "said_to_staff"});
  assert.match(coordinator.text, /Find a connection for Lee/);
  assert.doesNotMatch(coordinator.text, /has not agreed/);
  await lee.get("/me");
  assert.doesNotMatch(lee.text, /May we look for you/);
  await lee.press("Stop looking for now");
  await lee.press("Yes, please look");
  assert.doesNotMatch(lee.text, /May we look for you/);
  await coordinator.follow("Fill this in");
  await coordinator.press("Send a new sign-in link");
  assert.match(coordinator.text, /A new sign-in link goes out now/);
  await message_of(kith, "lee@people.example", "Your new link");
  await lee.get("/me/stop");
  await lee.press("Stop now");
}

async function story(kith) {
  const staff = await step("a service is founded, and its staff added", () => {
    kith.run(["init", "--organisation", "Northside Peer Support"]);
    kith.run(["init", "--organisation", "Again"], 4);
    kith.run(["doctor"]);
    return {
      priya: add_staff(kith, "Priya", "priya@staff.example", "coordinator"),
      tom: add_staff(kith, "Tom", "tom@staff.example", "clinician"),
    };
  });

  await step("workers and people are imported, first dry, then for good", () => {
    const file = kith.write("workers.csv", workers), list = kith.write("people.csv", people);
    assert.match(kith.run(["import", "workers", file]), /Dry run/);
    kith.run(["import", "workers", file, "--commit"]);
    const said = kith.run(["import", "people", list, "--refer", "--commit"]);
    assert.match(said, /on the waiting list +2/);
    assert.match(said, /language +1/);
    assert.match(kith.run(["match", "plan"]), /Amara/);
    const plan = JSON.parse(kith.run(["match", "plan", "--json"]));
    assert.ok(plan);
    staff.dalia = add_staff(kith, "Dalia", "dalia@worker.example", "peer_worker");
    staff.sofia = add_staff(kith, "Sofia", "sofia@worker.example", "peer_worker");
  });

  const origin = await step("it serves and is ready", async () => {
    const at = await kith.serve();
    const visitor = new Visitor(at);
    for (const path of ["/livez", "/readyz", "/metrics", "/openapi.json"])
      assert.equal((await visitor.get(path)).status, 200, path);
    return at;
  });

  await step("a clinician refers in at most eight fields", async () => {
    const tom = await sign_in(origin, staff.tom);
    await tom.get("/refer");
    await tom.press("Send referral", {chosen_name: "Noor"});
    assert.equal(tom.status, 422, "what is missing is said beside the fields");
    await tom.press("Send referral", {
      chosen_name: "Noor",
      contact_way: "email",
      contact: "noor@people.example",
      own_words: "Company",
      languages: "English",
      agreed: ["contact", "matching"]
    });
    assert.equal(tom.status, 200, tom.text);
    assert.match(tom.text, /Noor/);
    await tom.get("/people/waiting");
    assert.notEqual(tom.status, 200, "the waiting list is the coordinator's");
  });

  const kim = await step("somebody asks for themselves, without an account", async () => {
    const kim = new Visitor(origin);
    await kim.get("/ask");
    await kim.get(/href="(\/ask\/[^"]+)"/.exec(kim.html)?.[1] ?? kim.path);
    await kim.press("Ask for support", {
      chosen_name: "Kim",
      contact_way: "email",
      contact: "kim@people.example",
      own_words: "Somebody who knows",
      access_needs: "A quiet room",
      agreed: "matching"
    });
    assert.equal(kim.status, 200, kim.text);
    await kim.follow("Open my page now");
    await kim.press("Open my page");
    assert.match(kim.text, /Kim/);
    return kim;
  });

  const priya = await step("the coordinator signs in with a code, good once, and accepts both", async () => {
    const visitor = await sign_in(origin, staff.priya);
    await visitor.ask("/refer", {
      method: "POST",
      body: "csrf=of-last-week&idempotency_key=0123456789abcdef",
      headers: {"content-type": "application/x-www-form-urlencoded", origin},
    });
    assert.equal(visitor.status, 400);
    assert.match(visitor.text, /open too long/, "an old form says what to do");
    await visitor.get("/today");
    for (const name of ["Noor", "Kim"]) assert.match(visitor.text, new RegExp(name));
    await visitor.press("Accept onto the waiting list");
    await visitor.get("/today");
    await visitor.press("Accept onto the waiting list");
    await visitor.get("/people/waiting");
    for (const name of ["Amara", "Bo", "Noor", "Kim"]) assert.match(visitor.text, new RegExp(name));
    return visitor;
  });

  await step("what was not meant is declined, twins are seen, and several are accepted at once", async () => {
    for (const [chosen_name, contact] of [["Buy now", "x@spam.example"], ["Kim", "kim@people.example"]]) {
      const visitor = new Visitor(origin);
      await visitor.get("/ask");
      await visitor.get(/href="(\/ask\/[^"]+)"/.exec(visitor.html)?.[1] ?? visitor.path);
      await visitor.press("Ask for support", {chosen_name, contact_way: "email", contact});
      assert.equal(visitor.status, 200, visitor.text);
    }
    for (const chosen_name of ["Ida", "Ole"]) {
      await priya.get("/refer");
      await priya.press("Send referral", {
        chosen_name,
        contact_way: "phone",
        contact: chosen_name + " 0123",
        languages: "English",
        agreed: ["contact", "matching"]
      });
    }
    await priya.get("/today");
    assert.match(priya.text, /4 new referrals/);
    assert.match(priya.text, /Perhaps here already.*Kim \(same e-mail address\)/);
    assert.match(priya.text, /Entered by a coordinator/);
    assert.doesNotMatch(priya.text, /Referred by a clinician/);
    await priya.press("Do not accept Buy now");
    assert.equal(priya.status, 422);
    assert.match(priya.text, /Choose why it is not accepted/);
    await priya.press("Do not accept Buy now", {reason: "not_meant"});
    await priya.press("Do not accept Kim", {reason: "duplicate"});
    assert.match(priya.text, /2 new referrals/);
    await priya.press("Accept those ticked");
    assert.equal(priya.status, 422, "nothing is ticked");
    const ids = [...priya.html.matchAll(/name="referral"[^>]*value="([0-9a-f]{32})"/g)].map(([, id]) => id);
    assert.equal(ids.length, 2);
    await priya.press("Accept those ticked", {referral: ids});
    assert.match(priya.text, /No new referrals/);
    await priya.get("/people/waiting");
    for (const name of ["Ida", "Ole", "Noor", "Kim"]) assert.match(priya.text, new RegExp(name));
    assert.doesNotMatch(priya.text, /Buy now/);
    assert.match(priya.text, /Everybody \(6\)/);
  });

  await step("who asked for themselves fills in what matching needs, and can be offered", async () => {
    assert.match(kith.run(["match", "plan"]), /not known yet: languages, how to meet and free times/);
    assert.match(priya.text, /Not known yet: languages, how to meet and free times/);
    await kim.get("/me");
    assert.match(kim.text, /we still need to know: languages, how to meet and free times/);
    await kim.follow("Fill this in");
    await kim.press("Save", {languages: "Quenya", travel: "far", w_times: "must", w_gender: "matters"});
    assert.equal(kim.status, 422);
    for (const fault of [/Write languages/, /whole kilometres/, /once some are ticked/, /Tick which gender/])
      assert.match(kim.text, fault);
    assert.match(kim.html, /value="Quenya"/, "what was typed is kept");
    const filled = {
      mode: "remote",
      time: ["tue-evening", "thu-morning"],
      languages: "English",
      travel: "",
      interests: "Walking, live music",
      w_times: "must",
      w_gender: "matters",
      v_gender: "woman"
    };
    const early = kim.form("Save").fields;
    await kim.press("Save", filled);
    assert.equal(kim.path, "/me");
    assert.match(kim.text, /We are looking for workers/);
    await kim.get("/me/profile");
    assert.match(kim.html, /value="Walking, live music"|value="walking, live music"/);
    const overtaken = new URLSearchParams([...early, ["mode", "in_person"]]);
    overtaken.set("idempotency_key", "a-form-that-was-open-before");
    overtaken.set("languages", "Arabic");
    for (const name of ["travel", "w_times", "w_gender"]) overtaken.delete(name);
    await kim.post("/me/profile", overtaken.toString());
    assert.equal(kim.status, 409);
    assert.match(kim.text, /Somebody else saved this page a moment ago/);
    assert.match(kim.html, /value="Arabic"/, "and nothing typed is lost");
    await kim.get("/me/profile");
    assert.match(kim.html, /value="English"/, "nor was anything stored");

    await priya.get("/people/waiting");
    await priya.follow("Kim");
    assert.match(priya.html, /name="worker"/, "Kim can be offered a worker: " + priya.text);
    assert.doesNotMatch(priya.text, /Not known yet/);
    assert.match(kith.run(["match", "plan"]), /Kim/);
    await priya.follow("What helps us find somebody");
    assert.match(priya.text, /Kim: what helps us find somebody/);
    await priya.press("Save", {pronouns: "they/them"});
    assert.match(priya.text, /Find a connection for Kim/);
    await kim.get("/me/profile");
    assert.match(kim.html, /value="they\/them"/, "both see the same page");
  });

  await step("a yes to matching can come later, and be taken back",
             () => agree_later(kith, origin, priya));

  await step("a choice of two is offered; the same form again offers nothing more", async () => {
    await offer_two(priya);
    const {action, body} = priya.last;
    await priya.post(action, body);
    await priya.get("/people/waiting");
    assert.equal(kith.message_to("dalia@worker.example"), undefined, "messages are held");
  });

  const dalia = await step("the workers answer first, and see no name", async () => {
    const first = await sign_in(origin, staff.dalia), second = await sign_in(origin, staff.sofia);
    await answer_yes(first);
    await answer_yes(second);
    return first;
  });

  const amara =
      await step("after the hold the person's message is sent, and its link opens once", async () => {
        const message = await message_of(kith, "amara@people.example");
        assert.doesNotMatch(message, /Dalia|Sofia|postnatal|birth/, "a message names nobody and nothing");
        const link = /http:\/\/\S+\/in\/\S+/.exec(message)[0];
        const visitor = new Visitor(origin);
        await visitor.get(new URL(link).pathname);
        await visitor.press("Open my page");
        assert.match(visitor.text, /Dalia/);
        assert.match(visitor.text, /Sofia/);
        const other = new Visitor(origin);
        await other.get(new URL(link).pathname);
        assert.equal(other.status, 410);
        assert.match(other.text, /This link does not work any more/);
        await other.press("Send me a new link");
        assert.doesNotMatch(other.text, /Dalia|amara@/, "nothing of whose it is");
        const answer = other.text;
        const stranger = new Visitor(origin);
        await stranger.get(new URL(link).pathname.replace(/.{8}$/, "AAAAAAAA"));
        await stranger.press("Send me a new link");
        assert.equal(stranger.text, answer, "the same words for a link that never was");
        const again = await message_of(kith, "amara@people.example", "Your new link");
        const back = new Visitor(origin);
        await back.get(new URL(/http:\/\/\S+\/in\/\S+/.exec(again)[0]).pathname);
        await back.press("Open my page");
        assert.match(back.text, /Dalia/, "a way back in");
        return visitor;
      });

  await step("who wants to talk first reads that somebody will call", async () => {
    await amara.press("Talk first");
    assert.match(amara.text, /We will call you/);
    assert.ok(!amara.form_buttons().includes("Talk first"));
    assert.match(amara.text, /Dalia/, "and the choice stays");
  });

  const sofia = await step("the person chooses, and says what is shared", async () => {
    const words = amara.form_buttons().find((each) => /meet Dalia/.test(each));
    await amara.press(words, {share: "own_words"});
    assert.match(amara.text, /Dalia is your peer worker/);
    await dalia.get("/");  // the front door knows whose page is whose
    assert.match(dalia.text, /Amara/);
    assert.match(dalia.text, /Someone who has been there/);
    assert.doesNotMatch(dalia.text, /@people\.example/);
    const sofia = await sign_in(origin, staff.sofia);
    assert.doesNotMatch(sofia.text, /Amara/, "the sibling offer closed");
    return sofia;
  });

  await step("who asked for themselves is offered a worker, and both see what the other shares", async () => {
    await priya.get("/people/waiting");
    await priya.follow("Kim");
    const [, id] = /name="worker"[^>]*value="([0-9a-f]{32})"/.exec(priya.html) ?? assert.fail(priya.text);
    await priya.press("Offer a choice", {worker: id});
    await priya.press("Send these offers");
    await sofia.get("/w");
    await sofia.press("Talk first");
    await priya.get("/today");
    assert.match(priya.text, /A worker would like to talk about an offer: Kim and Sofia/);
    const button = (words) =>
        priya.form_buttons().find((each) => each.startsWith(words) && /Sofia/.test(each));
    await priya.press(button("Done"));
    assert.match(priya.text, /Done: A worker would like to talk about an offer: Kim and Sofia/);
    await priya.press(button("Not done after all"));
    assert.doesNotMatch(priya.text, /Done: A worker/);
    await priya.press(button("Done"));
    await priya.get("/today");
    assert.doesNotMatch(priya.text, /would like to talk/);
    await sofia.get("/w");
    await sofia.press("Yes");
    await kim.get("/me");
    assert.match(kim.text, /through: a hard time after a birth losing somebody/, "what Sofia released");
    assert.doesNotMatch(kim.text, /burnout/, "and not yet what comes after the agreement");
    const words = kim.form_buttons().find((each) => /meet Sofia/.test(each));
    await kim.press(words, {share: ["interests", "access_needs"]});
    assert.match(kim.text, /What Sofia shares with you.*a hard time after a birth burnout losing somebody/);
    await sofia.get("/w");
    assert.match(sofia.text, /Likes: walking and live music/);
    assert.match(sofia.text, /What helps them take part: A quiet room/);
    assert.doesNotMatch(sofia.text, /Somebody who knows|kim@people|they\/them/, "and nothing else");
    await dalia.get("/today");
    assert.doesNotMatch(dalia.text, /Likes|quiet room/, "Amara shared her words only");
  });

  await step("the first meeting is planned, and all three read it", async () => {
    await priya.get("/today");
    await priya.follow("Plan the first meeting: Amara and Dalia");
    await priya.follow("Plan the first meeting");
    const [day] = /Tuesday \d+ \w+, between 5pm and 7pm/.exec(priya.text);
    await priya.follow(day);
    assert.match(priya.html, /value="17:00"/);
    assert.match(day, new RegExp(` ${new Map(priya.form("Plan this meeting").fields).get("on-day")} `));
    const on = new Date(Date.now() + 10 * 86400000);
    await priya.press("Plan this meeting", {
      "on-day": on.getUTCDate(),
      "on-month": on.getUTCMonth() + 1,
      "on-year": on.getUTCFullYear(),
      time: "17:30",
      location: "Riverside Library",
      introducer: "Priya"
    });
    assert.equal(priya.status, 200, priya.text);
    await amara.get("/me");
    await dalia.get("/today");
    for (const page of [priya, amara, dalia]) assert.match(page.text, /Riverside Library/);
  });

  await step("the meeting is changed, the person cannot make it, and another one is planned", async () => {
    await dalia.get("/w");
    await dalia.follow("Change the meeting");
    assert.match(dalia.html, /value="17:30"/);
    const before = dalia.form("Save this change");
    await dalia.press("Save this change", {time: ""});
    assert.equal(dalia.status, 422);
    await dalia.press("Save this change", {time: "17:45", location: "Town Hall"});
    assert.equal(dalia.path, "/w");
    assert.match(dalia.text, /5:45pm.*Town Hall/);
    await priya.get(priya.path);
    assert.match(priya.text, /Town Hall/);
    assert.match(priya.text, /Planned before, and not held/);
    const stale = new URLSearchParams(before.fields.filter(([name]) => name)).toString();
    await dalia.post(before.action, stale);
    assert.equal(dalia.status, 409, "the meeting that was on that page stands no longer");

    await amara.get("/me");
    await amara.follow("I can’t make it");
    assert.match(amara.text, /You do not have to say why/);
    await amara.press("Cancel this meeting");
    assert.equal(amara.path, "/me");
    assert.doesNotMatch(amara.text, /Town Hall/);
    await amara.get("/me/meeting/cancel");
    assert.equal(amara.path, "/me", "there is none any more");
    await dalia.get("/w");
    assert.doesNotMatch(dalia.text, /Town Hall/);
    await priya.get("/today");
    await priya.follow("Plan the first meeting: Amara and Dalia");
    await priya.follow("Plan the first meeting");
    const on = new Date(Date.now() + 12 * 86400000);
    await priya.press("Plan this meeting", {
      "on-day": on.getUTCDate(),
      "on-month": on.getUTCMonth() + 1,
      "on-year": on.getUTCFullYear(),
      time: "17:30",
      location: "Riverside Library",
      introducer: "Priya"
    });
    await priya.follow("Cancel the meeting");
    assert.match(priya.text, /Cancel the first meeting\?/);
    await priya.follow("Keep this meeting");
    assert.match(priya.text, /Riverside Library/);
  });

  await step("a worker who was only added is offered once all is filled in", async () => {
    const lea = await sign_in(origin, add_staff(kith, "Lea", "lea@worker.example", "peer_worker"));
    await lea.get("/w");
    assert.match(lea.text, /No offers come until you say yes/);
    await lea.press("Yes, I am open to new connections");
    assert.match(lea.text, /You are open to new connections/);
    await lea.follow("Times, ways to meet");
    assert.match(lea.text, /Places agreed: 0/);
    await lea.press("Save", {languages: "Quenya"});
    assert.equal(lea.status, 422);
    await lea.press("Save", {languages: "English", mode: "remote", time: ["mon-morning", "fri-evening"]});
    assert.equal(lea.path, "/w");
    await priya.get("/team");
    await priya.follow("Lea");
    assert.match(priya.html, /value="fri-evening"[^>]*checked/, "both see the same page");
    await priya.press("Save", {places: "many"});
    assert.equal(priya.status, 422);
    await priya.press("Save", {places: 1});
    assert.match(priya.text, /Lea 1 agreed/);
    await priya.get("/people/waiting");
    await priya.follow("Noor");
    await priya.follow("Fill this in");
    await priya.press("Save", {mode: "remote", time: "fri-evening"});
    assert.match(priya.text, /Workers who could be asked.*Lea/);
    const page = priya.path;
    await priya.follow("Never together");
    await priya.press("Keep them apart");
    assert.equal(priya.status, 422);
    const [, id] = /value="([0-9a-f]{32})"[^>]*>Lea</.exec(priya.html);
    for (let i = 0; i < 2; ++i) {
      await priya.get(page.replace("/find", "/apart"));
      await priya.press("Keep them apart", {worker: id, side: "person"});
      assert.equal(priya.path, page);
      assert.doesNotMatch(priya.text, /Lea/, "and nothing tells why");
    }
    for (const side of ["worker", "person"]) { // the first was never written down: the same answer
      await priya.get(page.replace("/find", "/apart"));
      assert.doesNotMatch(priya.text, /Kept apart by the service/);
      await priya.press("Lift it", {lift_worker: id, lift_side: side});
      assert.equal(priya.path, page);
    }
    assert.match(priya.text, /Workers who could be asked.*Lea/);
    await priya.get(page.replace("/find", "/apart"));
    await priya.press("Keep them apart", {worker: id, side: "service"});
    assert.doesNotMatch(priya.text, /Lea/);
    await priya.get(page.replace("/find", "/apart"));
    await priya.press("Lift this : Lea");
    assert.match(priya.text, /Workers who could be asked.*Lea/);
    await priya.get(page.replace("/find", "/apart"));
    await priya.press("Keep them apart", {worker: id, side: "person"});
  });

  await step("more people than a page holds are all counted and all reached", async () => {
    const rows = Array.from({length: 120}, (_, i) => `q${i},Quill${i},email,q${i}@people.example,written`);
    const head = "source_key,chosen_name,contact_way,email,consent";
    const list = kith.write("many.csv", [head, ...rows, ""].join("\n"));
    kith.run(["import", "people", list, "--refer", "--commit"]);
    await priya.get("/refer");
    const agreed = ["contact", "matching"];
    await priya.press("Send referral", {chosen_name: "Zoe", contact_way: "phone", contact: "0", agreed});
    assert.match(priya.text, /1 new referral.*Zoe/);
    await priya.get("/people/waiting?show=find");
    const [, count] = /To find a connection \((\d+)\)/.exec(priya.text);
    assert.ok(Number(count) > 120);
    assert.match(priya.text, new RegExp(`Showing 1 to 100 of ${count}`));
    const seen = new Set(priya.text.match(/Quill\d+/g));
    await priya.follow("Next page");
    assert.match(priya.path, /show=find&page=2/);
    assert.match(priya.text, new RegExp(`Showing 101 to ${count} of ${count}`));
    for (const name of priya.text.match(/Quill\d+/g)) seen.add(name);
    assert.equal(seen.size, 120, "nobody is on no page");
    await priya.follow("Quill");
    assert.match(priya.text, new RegExp(`\\d+ of ${count}`));
    await priya.follow("Back to the list");
    assert.match(priya.path, /show=find&page=2/, "the page the person is on");
    const [first, second, ...more] = await pages_of_api(priya, "find");
    assert.equal(first.count, Number(count));
    assert.equal(first.complete, false);
    assert.equal(first.people.length, 100);
    assert.equal(new Set([...first.people, ...second.people].map((one) => one.referral)).size, Number(count));
    assert.equal(more.length, 0);
  });

  await step("it stops when asked, starts again, and everything stands", async () => {
    await kith.stop();
    const again = await kith.serve();
    const visitor = await sign_in(again, staff.priya);
    const all = JSON.stringify(await pages_of_api(visitor, "all"));
    assert.doesNotMatch(all, /Amara/);
    assert.match(all, /Noor/);
    const doctor = kith.run(["doctor"]);
    assert.doesNotMatch(doctor, /^fail/m);
  });
}

async function pages_of_api(visitor, show) {
  const pages = [];
  do {
    await visitor.get(`/api/waiting-list?show=${show}&page=${pages.length + 1}`);
    pages.push(JSON.parse(visitor.html));
  } while (pages.length < pages[0].pages);
  return pages;
}

const kith = new Kith(engine);
try {
  await story(kith);
} catch (problem) {
  if (!failed) {
    ++failed;
    console.log(problem.stack);
  }
} finally {
  await kith.stop().catch(() => undefined);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
