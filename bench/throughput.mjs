// Requests a second and waiting times of three reads on each database, beside a bare answer of the same
// server.
//   KITH_BINARY=build/release/kith node bench/throughput.mjs [SECONDS]
// needs wrk and build/release/http_hello.
// PostgreSQL is measured where KITH_TEST_POSTGRES and KITH_TEST_POSTGRES_APP name a server. Prints a table.
import {execFile, spawn} from "node:child_process";
import {closeSync, fdatasyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {promisify} from "node:util";

import {Kith} from "../tests/flows/kith.mjs";
import {totp, Visitor} from "../tests/flows/visitor.mjs";

const seconds = Number(process.argv[2] ?? 10);
const people = 1000;

// Waits without blocking: the server logs every request into a pipe that must be read.
async function wrk(url, headers = []) {
  const words =
      ["-t2", "-c64", `-d${seconds}s`, "--latency", ...headers.flatMap((each) => ["-H", each]), url];
  const text = (await promisify(execFile)("wrk", words)).stdout;
  const bad = /Non-2xx or 3xx responses: (\d+)/.exec(text);
  if (bad) throw new Error(`${bad[1]} bad answers from ${url}`);
  return {
    rate: Number(/Requests\/sec: +([\d.]+)/.exec(text)[1]),
    p99: / 99% +(\S+)/.exec(text)[1],
    errors: /Socket errors: (.*)/.exec(text)?.[1] ?? ""
  };
}

// The 99th of a hundred waits of the disk under the data, in milliseconds.
function fdatasync_p99(folder) {
  const file = openSync(join(folder, "fdatasync"), "w"), block = Buffer.alloc(4096, 1), waits = [];
  for (let i = 0; i < 1000; ++i) {
    writeSync(file, block);
    const from = performance.now();
    fdatasyncSync(file);
    waits.push(performance.now() - from);
  }
  closeSync(file);
  waits.sort((a, b) => a - b);
  return {half: waits[500].toFixed(2), p99: waits[990].toFixed(2)};
}

function rss_mib(pid) {
  return (Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024).toFixed(1);
}

async function hello() {
  const child = spawn("build/release/http_hello", ["0"]);
  const port = await new Promise((done) => child.stdout.on("data", (bytes) => {
    const found = /:(\d+)/.exec(bytes) ?? /(\d{4,5})/.exec(bytes);
    if (found) done(found[1]);
  }));
  const measured = await wrk(`http://127.0.0.1:${port}/`);
  child.kill("SIGTERM");
  return measured;
}

async function coordinator(kith, origin) {
  const visitor = new Visitor(origin);
  await visitor.get("/sign-in");
  await visitor.press("Continue", {name: "bench@staff.example", password: "a long pass phrase for benches"});
  await visitor.press("Continue", {code: totp(kith.secret)});
  return [...visitor.jar].map(([name, value]) => `${name}=${value}`).join("; ");
}

async function measure(engine, bare) {
  const kith = new Kith(engine);
  try {
    kith.run(["init", "--organisation", "Bench"]);
    const password = kith.write("password", "a long pass phrase for benches\n");
    kith.secret = /Secret: +([A-Z2-7]+)/.exec(kith.run([
      "user", "add", "--name", "Bench", "--email", "bench@staff.example", "--role", "coordinator",
      "--password-file", password
    ]))[1];
    let csv = "source_key,chosen_name,languages,modes,availability,consent\n";
    for (let i = 0; i < people; ++i) csv += `${i},Person ${i},en,remote,tue 17:00-20:00,written\n`;
    kith.run(["import", "people", kith.write("people.csv", csv), "--refer", "--commit"]);
    const origin = await kith.serve();
    const idle = rss_mib(kith.process.child.pid);
    const cookie = await coordinator(kith, origin);
    const rows = [
      ["sign-in page", "/sign-in", []],
      ["waiting list of 1,000", "/people/waiting", [`Cookie: ${cookie}`]],
      ["waiting list as JSON", "/api/waiting-list", [`Cookie: ${cookie}`]],
    ];
    for (const [name, path, headers] of rows) {
      const {rate, p99, errors} = await wrk(origin + path, headers);
      console.log(`| ${engine} | ${name} | ${rate.toFixed(0)} | ${p99} | ${(rate / bare.rate).toFixed(4)} | ${
          errors} |`);
    }
    console.log(
        `| ${engine} | memory: idle, after | ${idle} MiB, ${rss_mib(kith.process.child.pid)} MiB | | | |`);
  } finally {
    await kith.stop();
  }
}

const folder = mkdtempSync(join(tmpdir(), "kith-bench-"));
const disk = fdatasync_p99(folder);
rmSync(folder, {recursive: true});
console.log(`fdatasync of 4 KiB: half within ${disk.half} ms, p99 ${disk.p99} ms\n`);
console.log("| database | read | requests a second | p99 | of hello | errors |\n|---|---|---|---|---|---|");
const bare = await hello();
console.log(`| none | hello | ${bare.rate.toFixed(0)} | ${bare.p99} | 1 | |`);
await measure("sqlite", bare);
if (process.env.KITH_TEST_POSTGRES) await measure("postgres", bare);
