// Faults against the real program. usage: faults.mjs [--full] [PART...]; the parts are ledger, disk,
// database, start and arguments. KITH_FAULTS_KILLS sets the kills on each database (6; 50 with --full).
import {arguments_part} from "./arguments.mjs";
import {ledger_part} from "./crash.mjs";
import {database_part} from "./database.mjs";
import {disk_part} from "./disk.mjs";
import {start_part} from "./start.mjs";

const words = process.argv.slice(2);
const full = words.includes("--full");
const parts = {
  ledger: ledger_part,
  disk: disk_part,
  database: database_part,
  start: start_part,
  arguments: arguments_part
};
const chosen = words.filter((word) => word !== "--full");
for (const word of chosen)
  if (!parts[word]) {
    console.error(`faults: no part "${word}"; there are ${Object.keys(parts).join(", ")}, and --full`);
    process.exit(2);
  }

const count = {
  passed: 0,
  failed: 0
};
const kills = Number(process.env.KITH_FAULTS_KILLS ?? (full ? 50 : 6));
const options = {
  kills,
  full,
  check(name, problems) {
    const wrong = [problems].flat().filter(Boolean);
    ++count[wrong.length ? "failed" : "passed"];
    console.log(`${wrong.length ? "FAILED" : "ok"} ${name}`);
    for (const problem of wrong) console.log(`    ${problem}`);
  },
};
for (const name of chosen.length ? chosen : Object.keys(parts)) {
  const began = performance.now();
  try {
    await parts[name](options);
  } catch (problem) {
    options.check(name, problem.stack ?? String(problem));
  }
  console.log(`${name}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
}
console.log(`${count.passed} passed, ${count.failed} failed`);
process.exit(count.failed ? 1 : 0);
