// A database that goes away under the running server and comes back: stopped in order, and torn down at once.
// /readyz says so, requests are refused in words, nothing acknowledged is lost, and kith goes on by itself
// when the database does.
import {Referrer} from "./disk.mjs";
import {ask, new_folder, pause, Place, Postgres, Server} from "./server.mjs";

const answer_worst_ms = 8000, back_worst_ms = 5000;

async function timed(request) {
  const began = performance.now();
  const answer = await request();
  return {answer, ms: performance.now() - began};
}

// Every way of asking while the database is away.
async function refusals(referrer, server) {
  const wrong = [];
  const asked = [
    ["/readyz", () => ask(server, {path: "/readyz"}), 503],
    ["/livez", () => ask(server, {path: "/livez"}), 200],
    ["GET /today", () => referrer.visitor.get(server, "/today"), 503],
    ["GET /sign-in", () => ask(server, {path: "/sign-in"}), null],
    ["POST /refer", () => referrer.refer(), 503],
  ];
  for (const [name, request, wanted] of asked) {
    const {answer, ms} = await timed(request);
    if (wanted !== null && answer.status !== wanted) wrong.push(`${name} was answered ${answer.status}`);
    if (answer.status === 0 || answer.status === 500) wrong.push(`${name} was answered ${answer.status}`);
    if (ms > answer_worst_ms) wrong.push(`${name} took ${Math.round(ms)} ms`);
  }
  const many = await Promise.all(Array.from({length: 16}, () => referrer.refer()));
  for (const answer of many)
    if (answer.status !== 503) wrong.push(`one of sixteen was answered ${answer.status}`);
  if (!server.alive) wrong.push(`kith ended: ${JSON.stringify(server.exit)} ${server.errors.slice(-300)}`);
  return wrong;
}

async function ready_again(server) {
  const began = performance.now();
  while (performance.now() - began < 30000) {
    if ((await ask(server, {path: "/readyz"})).status === 200) return performance.now() - began;
    await pause(20);
  }
  return Infinity;
}

export async function database_part(options) {
  const postgres = new Postgres();
  const folder = new_folder("lost");
  postgres.configure(folder);
  const place = new Place(folder), server = new Server(place);
  await server.start();
  const referrer = await Referrer.enter(server, place);
  for (let i = 0; i < 5; ++i) await referrer.refer();
  const started_as = server.child.pid;
  for (const mode of ["fast", "immediate"]) {
    // Requests are under way while it goes.
    const under_way = Promise.all(Array.from({length: 8}, () => referrer.refer()));
    postgres.run("stop", mode);
    await under_way;
    const lost = referrer.ledger.filter((o) => ![303, 503].includes(o.status));
    options.check(`the database stopped (${mode}): refused in words, and kith goes on`, [
      ...lost.map((o) => `a request under way was answered ${o.status}`),
      ...await refusals(referrer, server),
    ]);
    postgres.run("start");
    const ms = await ready_again(server);
    const still = await referrer.again();
    options.check(`the database started again (${mode}): ready, and the same requests are done`, [
      ms > back_worst_ms && `ready after ${Math.round(ms)} ms`,
      server.child.pid !== started_as && "it was restarted",
      ...still,
    ]);
  }
  options.check(
      "a lost database: nothing acknowledged is lost, half done or done twice", referrer.problems());
  await server.kill("SIGTERM");
}
