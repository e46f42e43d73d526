// A disk that fills up. On a small file system of its own (as root) kith refuses writes in words, keeps
// serving, and writes again when there is space. Under a file size limit, which the database sees as a
// failing disk, kith promises nothing and stops. Either way nothing acknowledged is lost.
import {execFileSync} from "node:child_process";
import {randomBytes} from "node:crypto";
import {closeSync, openSync, readdirSync, rmSync, statSync, writeSync} from "node:fs";
import {join} from "node:path";

import {judge} from "./ledger.mjs";
import {ask, at_end, new_folder, pause, Place, Server, Visitor} from "./server.mjs";

const posts_until_full = 2000;

// One clinician who keeps a ledger of referrals.
export class Referrer {
  static async enter(server, place) {
    const referrer = new Referrer();
    Object.assign(referrer, {server, place, ledger: []});
    referrer.visitor = await Visitor.enter(server, place.ways.clinician);
    return referrer;
  }
  async refer() {
    const number = this.ledger.length + 1;
    const operation = {
      kind: "refer",
      subject: `d${number}@ledger.example`,
      key: randomBytes(16).toString("hex"),
      tries: 0,
    };
    this.ledger.push(operation);
    return this.send(operation);
  }
  async send(operation) {
    ++operation.tries;
    operation.sent_at = Date.now();
    const answer = await this.visitor.post(this.server, "/refer", operation.key, [
      ["chosen_name", operation.subject.split("@")[0]],
      ["contact_way", "email"],
      ["contact", operation.subject],
      ["own_words", "I would like company on the first days back at study.".repeat(8)],
      ["agreed", "contact"],
      ["agreed", "matching"],
    ]);
    operation.status = answer.status;
    return answer;
  }
  get unanswered() {
    return this.ledger.filter((operation) => operation.status !== 303);
  }
  // Sends again what was not acknowledged; gives what still was not.
  async again() {
    for (const operation of this.unanswered) await this.send(operation);
    return this.unanswered.map((operation) => `${operation.subject} was answered ${operation.status}`);
  }
  problems() {
    const {verdict} = judge(this.place, this.ledger);
    return Object.values(verdict.reasons).flat();
  }
}

function fill_up(folder) {
  const file = openSync(join(folder, "ballast"), "w");
  for (let size = 65536; size >= 1;) {
    try {
      writeSync(file, Buffer.alloc(size));
    } catch (problem) {
      if (problem.code !== "ENOSPC") throw problem;
      size = Math.floor(size / 2);
    }
  }
  closeSync(file);
}

// Refers until a refusal, then ten times more: each of these must be refused in words.
async function until_refused(referrer, server) {
  const wrong = [];
  let answer = {status: 303};
  for (let i = 0; i < posts_until_full && answer.status === 303; ++i) answer = await referrer.refer();
  if (answer.status === 303) return [`${posts_until_full} referrals fitted on a full disk`];
  for (let i = 0; i < 10; ++i) {
    if (![503, 507].includes(answer.status))
      wrong.push(`a write was answered ${answer.status}`);
    else if (!/<h1/.test(answer.body))
      wrong.push("a refusal without a page in words");
    answer = await referrer.refer();
    if (answer.status === 303 && i > 5) wrong.push("written on a full disk");
  }
  if (!server.alive)
    wrong.push(`kith ended: ${JSON.stringify(server.exit)} ${server.errors.slice(-300)}`);
  else if ((await ask(server, {path: "/livez"})).status !== 200)
    wrong.push("/livez does not answer 200");
  return wrong;
}

async function small_file_system(options) {
  const folder = new_folder("disk");
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=12m", "kith-faults", folder]);
  at_end(() => execFileSync("umount", ["--lazy", folder]));
  const place = new Place(folder), server = new Server(place);
  await server.start();
  const referrer = await Referrer.enter(server, place);
  for (let i = 0; i < 5; ++i) await referrer.refer();
  fill_up(folder);
  options.check(
      "a full disk: writes are refused in words and kith goes on", await until_refused(referrer, server));
  const before = referrer.ledger.length - referrer.unanswered.length;
  rmSync(join(folder, "ballast"));
  options.check(
      "a full disk: with space again, the same requests are done without a restart", await referrer.again());

  fill_up(folder);
  const refused = await until_refused(referrer, server);
  await server.kill();
  let told = [];
  try {
    await server.start();
  } catch (problem) {
    if (!server.exit || ![1, 4].includes(server.exit.code)) told = [String(problem)];
  }
  if (server.alive) await server.kill();
  rmSync(join(folder, "ballast"));
  await server.start();
  options.check(
      "a full disk: killed and started while full, then with space it serves",
      [...refused, ...told, ...await referrer.again()]);
  const sound = place.rows("pragma integrity_check")[0][0];
  options.check(
      "a full disk: nothing acknowledged is lost, half done or done twice",
      [...referrer.problems(), sound !== "ok" && `integrity_check: ${sound}`, before < 5 && "no work"]);
  await server.kill("SIGTERM");
}

async function file_size_limit(options) {
  const folder = new_folder("limit");
  const place = new Place(folder);
  const largest = Math.max(...readdirSync(folder).map((name) => statSync(join(folder, name)).size));
  const blocks = Math.ceil(largest / 1024) + 64;
  const server = new Server(place, {prefix: ["bash", "-c", `ulimit -f ${blocks}; exec "$@"`, "limited"]});
  await server.start();
  const referrer = await Referrer.enter(server, place);
  const wrong = [];
  let answer = {status: 303};
  for (let i = 0; i < posts_until_full && answer.status === 303; ++i) answer = await referrer.refer();
  if (![0, 503].includes(answer.status))
    wrong.push(`a write on a failing disk was answered ${answer.status}`);
  for (let i = 0; i < 5; ++i)
    if ((await referrer.refer()).status === 303) wrong.push("a promise after the disk failed");
  const ended = await Promise.race([server.ended, pause(12000)]);
  if (ended?.code !== 1)
    wrong.push(`kith should have stopped with 1: ${JSON.stringify(ended ?? "it runs")}`);
  else if (!/disk failed/.test(server.errors))
    wrong.push("kith stopped without saying that the disk failed");
  if (server.alive) await server.kill();
  options.check("a failing disk: kith promises nothing more and stops with a sentence", wrong);
  server.prefix = [];
  await server.start();
  const still = await referrer.again();
  options.check(
      "a failing disk: started again on a sound one, nothing is lost, half done or done twice",
      [...still, ...referrer.problems()]);
  await server.kill("SIGTERM");
}

export async function disk_part(options) {
  if (process.getuid() === 0)
    await small_file_system(options);
  else
    console.log("a small file system needs root: left out");
  await file_size_limit(options);
}
