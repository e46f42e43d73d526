// The crash ledger on both databases, with its table of figures.
import {crash_ledger, percentile} from "./ledger.mjs";
import {new_folder, pause, Place, Postgres} from "./server.mjs";

const ready_worst_ms = 3000;  // from the start of the program to its first "ready", after any kill

function table(rows) {
  const lines = rows.map((row) => row.map(String));
  const widths = lines[0].map((_, i) => Math.max(...lines.map((line) => line[i].length)));
  for (const line of lines)
    console.log("  " + line.map((word, i) => word.padEnd(widths[i])).join("  ").trimEnd());
}

function judge(options, name, outcome) {
  const {verdict} = outcome;
  options.check(`${name}: nothing acknowledged is lost`, verdict.reasons.lost);
  options.check(`${name}: nothing is half done`, verdict.reasons.partial);
  options.check(`${name}: nothing is done twice`, verdict.reasons.twice);
  options.check(`${name}: every answer is one of 303, 409 or 503`, outcome.wrong.slice(0, 5));
  options.check(
      `${name}: ready again in ${ready_worst_ms} ms`,
      outcome.ready.filter((ms) => ms > ready_worst_ms).map((ms) => `${Math.round(ms)} ms`));
  const idle = ["refer", "accept", "offer", "take_back"].filter((kind) => !(outcome.kinds[kind] > 0));
  options.check(`${name}: every kind of writer did something`, idle);
}

export async function ledger_part(options) {
  const sizes = {kills: options.kills, least_ms: 60, spread_ms: options.full ? 900 : 500, accept_every: 3};
  const outcomes = [];
  const on_sqlite = new Place(new_folder("sqlite"));
  outcomes.push(["SQLite", options.kills, 0, await crash_ledger(on_sqlite, sizes)]);

  const postgres = new Postgres();
  const folder = new_folder("kith");
  postgres.configure(folder);
  const backends = Math.ceil(options.kills / 5);
  const kill_backend = async () => {
    const pid = Number(postgres.run("backend"));
    if (pid) process.kill(pid, "SIGKILL");  // the server ends every session and recovers
    await pause(500);
    while (!postgres.answers()) await pause(100);
  };
  const breaks = Array(backends).fill(kill_backend);
  outcomes.push(
      ["PostgreSQL", options.kills, backends, await crash_ledger(new Place(folder), {...sizes, breaks})]);

  table([
    [
      "database", "kills of kith", "of a backend", "acknowledged", "sent again", "found done", "repeated",
      "refused", "503", "lost", "partial", "twice", "ready p50 ms", "worst ms"
    ],
    ...outcomes.map(
        ([name, kills, broken, o]) =>
            [name,
             kills,
             broken,
             o.acknowledged,
             o.retried,
             o.unheard,
             o.repeated,
             o.refused,
             o.refused_503,
             o.verdict.lost,
             o.verdict.partial,
             o.verdict.twice,
             Math.round(percentile(o.ready, 0.5)),
             Math.round(Math.max(...o.ready)),
  ]),
  ]);
  for (const [name, , , outcome] of outcomes) judge(options, name, outcome);
}
