// The first start, killed: while kith makes its folder, its key file, its tables and the fictional service.
// The next start finishes the work, and the service is whole.
import {spawn, spawnSync} from "node:child_process";
import {readFileSync} from "node:fs";
import {join} from "node:path";

import {binary, new_folder, Postgres, rows_of, Server} from "./server.mjs";

const demo = (folder) => ["demo", "--once", "--data", folder];
const whole = "2 organisations, 130 people, 17 workers, 73 referrals";

function killed(words, after_ms) {
  return new Promise((done) => {
    const child = spawn(binary, words, {stdio: "ignore"});
    const timer = setTimeout(() => child.kill("SIGKILL"), after_ms);
    child.on("exit", (code, signal) => {
      clearTimeout(timer);
      done(signal === "SIGKILL");
    });
  });
}

function said(ran) {
  return `${ran.status ?? ran.signal}: ${(ran.stderr || ran.stdout).trim().slice(-200)}`;
}

function contents(folder) {
  const count = (table) => rows_of(folder, "-", `select count(*) from ${table}`)[0][0];
  return `${count("organisation")} organisations, ${count("person")} people, ${count("worker")} workers, ` +
      `${count("referral")} referrals`;
}

async function demo_killed(options, times) {
  const first = new_folder("demo");
  const began = performance.now();
  const ran = spawnSync(binary, demo(first), {encoding: "utf8"});
  const length_ms = performance.now() - began;
  const wrong = [ran.status !== 0 && said(ran), contents(first) !== whole && contents(first)];
  let hit = 0;
  for (let i = 0; i < times; ++i) {
    const folder = new_folder("demo");
    // Evenly over its whole length, and twice: the second start may be killed as well.
    hit += await killed(demo(folder), length_ms * (i + Math.random()) / times);
    if (i % 3 === 0) hit += await killed(demo(folder), length_ms * Math.random());
    const again = spawnSync(binary, demo(folder), {encoding: "utf8"});
    if (again.status !== 0)
      wrong.push(`killed ${i} of ${times}: then ${said(again)}`);
    else if (contents(folder) !== whole)
      wrong.push(`killed ${i} of ${times}: then ${contents(folder)}`);
  }
  if (hit < times / 2) wrong.push(`only ${hit} of ${times} were killed in time`);
  console.log(`  demo: ${hit} kills in ${Math.round(length_ms)} ms of making it`);
  options.check("the demo killed while it is made: the next start makes it whole", wrong.slice(0, 8));
}

// The same, but at system calls instead of moments: at every one that makes, names or secures a file, and at
// some of the many that write pages.
const calls = {
  mkdir: 1,
  link: 1,
  fchmod: 1,
  fsync: 1,
  write: 1,
  ftruncate: 1,
  unlink: 1,
  fdatasync: 1,
  pwrite64: 19
};

function strace(call, more, folder) {
  const words = ["-f", "-qq", "-o", join(folder, "calls"), "-e", `trace=${call}`, ...more, binary];
  return spawnSync("strace", [...words, ...demo(join(folder, "demo"))], {encoding: "utf8"});
}

async function demo_killed_at_calls(options) {
  if (spawnSync("strace", ["-qq", "-o", "/dev/null", "true"]).status !== 0) {
    console.log("  killing at system calls needs strace: left out");
    return;
  }
  const wrong = [];
  let points = 0;
  for (const [call, step] of Object.entries(calls)) {
    const once = new_folder("calls");
    strace(call, [], once);
    const count = readFileSync(join(once, "calls"), "utf8").split(`${call}(`).length - 1;
    for (let n = 1; n <= count; n += step) {
      const folder = new_folder("calls");
      const ran = strace(call, ["-e", `inject=${call}:signal=SIGKILL:when=${n}`], folder);
      if (ran.status === 0) continue;  // another interleaving: there were fewer this time
      ++points;
      const again = spawnSync(binary, demo(join(folder, "demo")), {encoding: "utf8"});
      if (again.status !== 0)
        wrong.push(`killed at ${call} ${n} of ${count}: then ${said(again)}`);
      else if (contents(join(folder, "demo")) !== whole)
        wrong.push(`killed at ${call} ${n} of ${count}: then ${contents(join(folder, "demo"))}`);
    }
  }
  console.log(`  demo: killed at ${points} system calls`);
  options.check("the demo killed at its system calls: the next start makes it whole", wrong.slice(0, 8));
}

// A server that starts on nothing, killed, then started: it must become ready.
async function serve_killed(options, name, times, configure) {
  const wrong = [];
  const measured = new_folder("serve");
  configure(measured);
  const server = new Server({folder: measured});
  const length_ms = await server.start();
  await server.kill("SIGTERM");
  let hit = 0;
  for (let i = 0; i < times; ++i) {
    const folder = new_folder("serve");
    configure(folder);
    const words = ["serve", "--port", "0", "--data", folder];
    hit += await killed(words, length_ms * (i + Math.random()) / times);
    const next = new Server({folder});
    try {
      await next.start();
      await next.kill("SIGTERM");
    } catch (problem) {
      wrong.push(`killed ${i} of ${times}: ${problem.message.slice(0, 200)}`);
      if (next.alive) await next.kill();
    }
  }
  console.log(`  serve on ${name}: ${hit} kills in ${Math.round(length_ms)} ms of starting`);
  options.check(`the first start on ${name} killed: the next becomes ready`, wrong.slice(0, 8));
}

export async function start_part(options) {
  const times = options.full ? 100 : 5;
  await demo_killed(options, times);
  if (options.full) await demo_killed_at_calls(options);
  await serve_killed(options, "SQLite", times, () => {});
  const postgres = new Postgres();
  await serve_killed(options, "PostgreSQL", options.full ? 50 : 3, (folder) => postgres.configure(folder));
}
