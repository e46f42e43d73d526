// A database that goes away under the running server and comes back: stopped in order, torn down at once, and
// hanging. /readyz says so, requests are refused in words, nothing acknowledged is lost, and kith goes on by
// itself when the database does.
import {Referrer} from "./disk.mjs";
import {ask, new_folder, pause, Place, Postgres, Server} from "./server.mjs";

const back_worst_ms = 5000, stopped_worst_ms = 8000;
// What docs/operating/crash-ledger.md promises.
const hanging_worst_ms = 8000;

async function timed(request) {
  const began = performance.now();
  const answer = await request();
  return {answer, ms: performance.now() - began};
}

// Every way of asking while the database is away.
async function refusals(referrer, server, answer_worst_ms) {
  const wrong = [];
  const asked = [
    ["/readyz", () => ask(server, {path: "/readyz"}), 503],
    ["/livez", () => ask(server, {path: "/livez"}), 200],
    ["GET /today", () => referrer.visitor.get(server, "/today"), 503],
    ["GET /sign-in", () => ask(server, {path: "/sign-in"}), 200],
    ["POST /refer", () => referrer.refer(), 503],
  ];
  for (let i = 0; i < 8; ++i) asked.push(["one of eight writes", () => referrer.refer(), 503]);
  await Promise.all(asked.map(async ([name, request, wanted]) => {
    const {answer, ms} = await timed(request);
    if (![wanted, 503].includes(answer.status)) wrong.push(`${name} was answered ${answer.status}`);
    if (answer.status === 503 && !(Number(answer.headers["retry-after"]) > 0))
      wrong.push(`${name} does not say when to come again`);
    if (name === "/livez" && answer.status !== 200) wrong.push(`${name} was answered ${answer.status}`);
    if (ms > answer_worst_ms) wrong.push(`${name} took ${Math.round(ms)} ms`);
  }));
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

async function back(options, name, referrer, server) {
  const ms = await ready_again(server);
  options.check(`${name}: ready again, and the same requests are done`, [
    ms > back_worst_ms && `ready after ${Math.round(ms)} ms`,
    !server.alive && "kith ended",
    ...await referrer.again(),
  ]);
}

async function stopped(options, mode, postgres, referrer, server) {
  // Requests are under way while it goes.
  const under_way = Promise.all(Array.from({length: 8}, () => referrer.refer()));
  postgres.run("stop", mode);
  const wrong = (await under_way)
                    .filter((answer) => ![303, 503].includes(answer.status))
                    .map((answer) => `a request under way was answered ${answer.status}`);
  options.check(
      `the database stopped (${mode}): refused in words, and kith goes on`,
      [...wrong, ...await refusals(referrer, server, stopped_worst_ms)]);
  postgres.run("start");
  await back(options, `the database started again (${mode})`, referrer, server);
}

async function hanging(options, postgres, referrer, server) {
  postgres.run("freeze");
  const {answer: wrong, ms} = await timed(() => refusals(referrer, server, hanging_worst_ms));
  postgres.run("thaw");
  console.log(`database hangs: the last of 13 requests at once was answered after ${Math.round(ms)} ms`);
  options.check("the database hangs: refused in words, and kith goes on", wrong);
  await back(options, "the database goes on", referrer, server);
}

export async function database_part(options) {
  const postgres = new Postgres();
  const folder = new_folder("lost");
  postgres.configure(folder);
  const place = new Place(folder), server = new Server(place);
  await server.start();
  const referrer = await Referrer.enter(server, place);
  referrer.visitor.agent = false;  // a connection for each request, so that they wait side by side
  for (let i = 0; i < 5; ++i) await referrer.refer();
  for (const mode of ["fast", "immediate"]) await stopped(options, mode, postgres, referrer, server);
  await hanging(options, postgres, referrer, server);
  options.check(
      "a lost database: nothing acknowledged is lost, half done or done twice", referrer.problems());
  await server.kill("SIGTERM");
}
