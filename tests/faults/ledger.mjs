// The crash ledger. Eight writers change the service over HTTP, each writing down what was acknowledged; the
// server is killed at random moments and started again; what was not answered is sent again under the same
// key. In the end the ledgers are held against the database: nothing acknowledged is missing, nothing is half
// there, nothing happened twice.
import {randomBytes} from "node:crypto";

import {pause, Server, Visitor} from "./server.mjs";

const retry_ms = 20, patience_ms = 30000;
const twice_on_purpose = 0.1;  // of the acknowledged requests, sent once more under the same key
const draw = (list) => list[Math.floor(Math.random() * list.length)];

// One writer: a stream of operations, each sent until it is answered.
class Writer {
  constructor(run, number, visitor, next) {
    Object.assign(this, {run, number, visitor, next, ledger: [], made: 0, repeated: 0});
  }
  async work() {
    while (!this.run.over) {
      const operation = this.next(this);
      if (!operation) {
        await pause(retry_ms);
        continue;
      }
      operation.key = randomBytes(16).toString("hex");
      operation.tries = 0;
      this.ledger.push(operation);
      await this.until_answered(operation);
      operation.then?.(operation.status);
      if (operation.status === 303 && Math.random() < twice_on_purpose) {
        const again = {...operation, tries: 0};
        await this.until_answered(again);
        ++this.repeated;
        if (again.status !== 303) this.run.wrong.push(`a repeat was answered ${again.status}`);
      }
    }
  }
  async until_answered(operation) {
    const began = Date.now();
    for (;;) {
      if (Date.now() - began > patience_ms) {
        this.run.wrong.push(`${operation.kind} got no answer but ${operation.status} for ${patience_ms} ms`);
        return;
      }
      ++operation.tries;
      operation.sent_at = Date.now();
      const answer =
          await this.visitor.post(this.run.server, operation.path, operation.key, operation.fields);
      operation.status = answer.status;
      if (answer.status === 303 || answer.status === 409) return;
      if (answer.status !== 0 && answer.status !== 503) {
        this.run.wrong.push(`${operation.kind} was answered ${answer.status}: ${answer.body.slice(0, 200)}`);
        if (answer.status !== 500) return;
      }
      if (answer.status === 503) ++this.run.refused_503;
      await pause(retry_ms);
    }
  }
}

function referring(writer) {
  const contact = `w${writer.number}n${++writer.made}@ledger.example`;
  return {
    kind: "refer",
    path: "/refer",
    subject: contact,
    fields: [
      ["chosen_name", `Ledger ${writer.number} ${writer.made}`],
      ["contact_way", "email"],
      ["contact", contact],
      ["own_words", "I would like company on the first days back at study."],
      ["languages", "en"],
      ["agreed", "contact"],
      ["agreed", "matching"],
    ],
  };
}

// Accepts referrals of this run that stand in the database; each is handed out once.
function accepting(writer) {
  const id = writer.run.to_accept.pop();
  return id ? {kind: "accept", path: `/referrals/${id}/accept`, subject: id, fields: []} : null;
}

// Offers the same two workers to one person, and takes the offer back, over and over.
function offering(target) {
  let open = false;
  return () => open ? {
    kind: "take_back",
    path: `/referrals/${target.referral}/take-back`,
    subject: target.referral,
    fields: [],
    then: (status) => {
      if (status === 303) open = false;
    },
  } :
                      {
                        kind: "offer",
                        path: `/people/${target.person}/offers`,
                        subject: target.referral,
                        fields: target.workers.map((id) => ["worker", id]),
                        then: (status) => {
                          if (status === 303) open = true;
                        },
                      };
}

// People nobody was offered to yet, with two workers to be asked, and these two, different ones for each
// where there are enough.
async function targets(place, server, coordinator, count) {
  const waiting = place.rows(`select r.id, r.person_id from referral r join consent c on c.org_id = r.org_id
    and c.person_id = r.person_id and c.purpose = 'matching' where r.org_id = '${place.organisation}'
    and not exists (select 1 from offer o where o.org_id = r.org_id and o.referral_id = r.id)
    order by r.id limit 30`);
  const found = [], taken = new Set();
  for (const [referral, person] of waiting) {
    if (found.length === count) break;
    const page = await coordinator.get(server, `/people/${person}/find`);
    const ids = [...page.body.matchAll(/<input[^>]*name="worker"[^>]*>/g)]
                    .map((match) => /value="([^"]+)"/.exec(match[0])[1])
                    .filter((id) => !taken.has(id));
    if (ids.length < 2) continue;
    for (const id of ids.slice(0, 2)) taken.add(id);
    found.push({referral, person, workers: ids.slice(0, 2)});
  }
  if (found.length < count) throw new Error(`only ${found.length} people could be offered two workers`);
  return found;
}

export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

// `kills`: of the server; `breaks`: other faults, each an async function, spread between the kills.
export async function crash_ledger(place, options) {
  const server = new Server(place);
  const run = {server, over: false, wrong: [], to_accept: [], refused_503: 0};
  const ready = [await server.start()];
  const clinician = await Visitor.enter(server, place.ways.clinician);
  const coordinator = await Visitor.enter(server, place.ways.coordinator);
  const offered = await targets(place, server, coordinator, 2);
  const tasks = [referring, referring, referring, referring, accepting, accepting, ...offered.map(offering)];
  const writers = await Promise.all(tasks.map(async (next, number) => {
    const way = next === referring ? place.ways.clinician : place.ways.coordinator;
    return new Writer(run, number, await Visitor.enter(server, way), next);
  }));
  const working = Promise.all(writers.map((writer) => writer.work()));
  const given = new Set();
  const accept_new = () => {
    for (const [id] of place.rows(`select r.id from referral r join person p on p.org_id = r.org_id
        and p.id = r.person_id where r.org_id = '${place.organisation}' and p.email like '%@ledger.example'
        order by r.id`))
      if (!given.has(id) && given.size % options.accept_every === 0) {
        given.add(id);
        run.to_accept.push(id);
      } else
        given.add(id);
  };
  const faults = [...Array(options.kills).fill(null), ...(options.breaks ?? [])];
  if (options.breaks) faults.sort(() => Math.random() - 0.5);
  for (const fault of faults) {
    await pause(options.least_ms + Math.random() * options.spread_ms);
    if (!server.alive) {
      run.wrong.push(`kith ended by itself: ${JSON.stringify(server.exit)} ${server.errors.slice(-400)}`);
      ready.push(await server.start());
    }
    if (fault)
      await fault(run);
    else {
      await server.kill();
      ready.push(await server.start());
    }
    accept_new();
  }
  await pause(options.least_ms);
  run.over = true;
  await working;
  if (!server.alive) run.wrong.push("kith ended by itself");
  await server.kill("SIGTERM");
  if (server.exit.code !== 0) run.wrong.push(`kith ended with ${JSON.stringify(server.exit)} after SIGTERM`);
  const operations = writers.flatMap((writer) => writer.ledger);
  const repeated = writers.reduce((sum, writer) => sum + writer.repeated, 0);
  return {...judge(place, operations), wrong: run.wrong, ready, repeated, refused_503: run.refused_503};
}

function tally(rows) {
  return new Map(rows.map(([id, count]) => [id, Number(count)]));
}

// Everything a stored referral must have, by its id.
function referral_parts(place) {
  const org = `org_id = '${place.organisation}'`;
  const per = (sql) => tally(place.rows(sql));
  const events = (kind) => per(`select referral_id, count(*) from referral_event where ${org}
    and kind = '${kind}' group by referral_id`);
  const facts = (kind) => per(`select object_id, count(*) from fact where ${org} and kind = '${kind}'
    group by object_id`);
  return {
    referred: events("referred"),
    triaged: events("triaged"),
    accepted: events("accepted"),
    offered: events("offered"),
    offers_closed: events("offers_closed"),
    made_fact: facts("referral_made"),
    accepted_fact: facts("referral_accepted"),
    grants: per(`select object_id, count(*) from access_grant where ${org} and relation = 'referrer'
      group by object_id`),
    triage: per(`select about_id, count(*) from task where ${org} and kind = 'triage' group by about_id`),
    triage_done: per(`select about_id, count(*) from task where ${org} and kind = 'triage'
      and done_at is not null group by about_id`),
    words: per(`select row_id, count(*) from sealed_value where ${org} and table_name = 'referral'
      and field = 'own_words' group by row_id`),
  };
}

class Verdict {
  constructor() {
    Object.assign(this, {lost: 0, partial: 0, twice: 0, reasons: {lost: [], partial: [], twice: []}});
  }
  note(kind, reason) {
    ++this[kind];
    if (this.reasons[kind].length < 5) this.reasons[kind].push(`${kind}: ${reason}`);
  }
  count(found, wanted, what) {
    for (let i = found; i < wanted; ++i) this.note("lost", what);
    for (let i = wanted; i < found; ++i) this.note("twice", what);
  }
}

function judge_referrals(place, by, parts, verdict) {
  const org = `org_id = '${place.organisation}'`;
  const people = place.rows(`select p.id, p.email from person p where p.${org}
    and p.email like '%@ledger.example'`);
  const referrals = new Map();
  for (const [id, person] of place.rows(`select id, person_id from referral where ${org}`))
    referrals.set(person, [...(referrals.get(person) ?? []), id]);
  const consents =
      tally(place.rows(`select person_id, count(*) from consent where ${org} group by person_id`));
  const accounts = tally(place.rows(`select a.person_id, count(*) from account a join membership m
    on m.org_id = a.org_id and m.account_id = a.id where a.${org} and a.person_id is not null
    group by a.person_id`));
  const stored = new Map();
  for (const [person, email] of people) {
    stored.set(email, (stored.get(email) ?? 0) + 1);
    const own = referrals.get(person) ?? [];
    if (own.length !== 1 || consents.get(person) !== 2 || accounts.get(person) !== 1)
      verdict.note("partial", `${email} has ${own.length} referrals, ${consents.get(person)} consents`);
    for (const id of own)
      for (const part of ["referred", "made_fact", "grants", "triage", "words"])
        if (parts[part].get(id) !== 1) verdict.note("partial", `${email}: ${part} ${parts[part].get(id)}`);
  }
  for (const operation of by.refer ?? []) {
    verdict.count(stored.get(operation.subject) ?? 0, operation.status === 303 ? 1 : 0, operation.subject);
    stored.delete(operation.subject);
  }
  for (const email of stored.keys()) verdict.note("twice", `nobody sent ${email}`);
}

function judge_accepted(by, parts, verdict) {
  for (const operation of by.accept ?? []) {
    const id = operation.subject, wanted = operation.status === 303 ? 1 : 0;
    verdict.count(parts.accepted.get(id) ?? 0, wanted, `accepting ${id}`);
    for (const part of ["triaged", "accepted_fact", "triage_done"])
      if ((parts[part].get(id) ?? 0) !== (parts.accepted.get(id) ?? 0))
        verdict.note("partial", `accepting ${id}: ${part}`);
  }
}

function judge_offers(place, by, parts, verdict) {
  const org = `org_id = '${place.organisation}'`;
  const per = (sql) => tally(place.rows(sql));
  const events = (kind) => per(`select offer_id, count(*) from offer_event where ${org} and kind = '${kind}'
    group by offer_id`);
  const facts = (kind) => per(`select object_id, count(*) from fact where ${org} and kind = '${kind}'
    group by object_id`);
  const once = {
    made: events("made"),
    worker_asked: events("worker_asked"),
    fact: facts("offer_made"),
    message: per(`select about_id, count(*) from outbox where ${org} and template = 'worker_asked'
      group by about_id`),
    grant: per(`select object_id, count(*) from access_grant where ${org} and relation = 'offered'
      group by object_id`),
  };
  const endings = per(`select offer_id, count(*) from offer_event where ${org} and kind in ('agreed',
    'not_chosen', 'lapsed', 'withdrawn', 'worker_no', 'person_no', 'person_not_now') group by offer_id`);
  const withdrawn = events("withdrawn"), withdrawn_facts = facts("offer_withdrawn");
  const choices = new Map(), reserved = new Map();
  for (const [id, referral, worker, choice, closed_at] of place.rows(
           `select id, referral_id, worker_id, choice_id, closed_at from offer where ${org}`)) {
    const chosen = choices.get(referral) ?? new Map();
    choices.set(referral, chosen.set(choice, (chosen.get(choice) ?? 0) + 1));
    for (const [part, counts] of Object.entries(once))
      if (counts.get(id) !== 1) verdict.note("partial", `offer ${id}: ${part}`);
    if ((endings.get(id) ?? 0) !== (closed_at ? 1 : 0)) verdict.note("partial", `closed offer ${id}: ending`);
    if ((withdrawn_facts.get(id) ?? 0) !== (withdrawn.get(id) ?? 0))
      verdict.note("partial", `withdrawn offer ${id}: fact`);
    if (!closed_at) reserved.set(worker, (reserved.get(worker) ?? 0) + 1);
  }
  for (const [worker, count] of place.rows(`select id, reserved from worker_places where ${org}`))
    if (Number(count) !== (reserved.get(worker) ?? 0)) verdict.note("partial", `places of ${worker}`);
  const done = (operations, referral) =>
      (operations ?? []).filter((o) => o.status === 303 && o.subject === referral).length;
  for (const referral of new Set((by.offer ?? []).map((o) => o.subject))) {
    const made = choices.get(referral) ?? new Map();
    verdict.count(made.size, done(by.offer, referral), `offers of ${referral}`);
    verdict.count(
        parts.offers_closed.get(referral) ?? 0, done(by.take_back, referral), `closing ${referral}`);
    if ((parts.offered.get(referral) ?? 0) !== made.size) verdict.note("partial", `offered ${referral}`);
    for (const count of made.values())
      if (count !== 2) verdict.note("partial", `a choice of ${count} for ${referral}`);
  }
}

// Every change has its key and its audit row, and no key or audit row stands without its change.
function judge_trail(place, operations, verdict) {
  const org = `org_id = '${place.organisation}'`;
  const keys = new Map(place.rows(`select key, at from idempotency where ${org}`));
  for (const operation of operations) {
    const kept = keys.has(operation.key);
    if (operation.status === 303 && !kept) verdict.note("partial", `no key of ${operation.kind}`);
    if (operation.status !== 303 && kept) verdict.note("partial", `a key of a refused ${operation.kind}`);
  }
  const audits = place.number(`select count(*) from audit where ${org} and care = 'change'
    and decision = 'allow' and operation <> 'clock'`);  // the clock sends no request
  if (audits !== keys.size) verdict.note("partial", `${keys.size} keys, ${audits} audit rows of changes`);
  return operations.filter((o) => o.tries > 1 && Number(keys.get(o.key) ?? Infinity) < o.sent_at).length;
}

// What the database holds against what the operations were answered.
export function judge(place, operations) {
  const verdict = new Verdict();
  const by = {};
  for (const operation of operations) (by[operation.kind] ??= []).push(operation);
  const parts = referral_parts(place);
  judge_referrals(place, by, parts, verdict);
  judge_accepted(by, parts, verdict);
  judge_offers(place, by, parts, verdict);
  const unheard = judge_trail(place, operations, verdict);
  return {
    verdict,
    acknowledged: operations.filter((o) => o.status === 303).length,
    kinds: Object.fromEntries(Object.entries(by).map(([kind, all]) => [kind, all.length])),
    refused: operations.filter((o) => o.status === 409).length,
    retried: operations.filter((o) => o.tries > 1).length,
    unheard,  // done, but the answer never arrived: the retry must find it
  };
}
