// Command lines nobody should write: exit code 2 and one sentence on standard error, nothing on standard
// output.
import {spawnSync} from "node:child_process";

import {binary} from "./server.mjs";

const long = "x".repeat(100000);
const hostile = [
  [],
  [""],
  ["nonsense"],
  ["--nonsense"],
  ["serve", "--port", "-1"],
  ["serve", "--port", "65536"],
  ["serve", "--port", "99999999999999999999"],
  ["serve", "--port", "http"],
  ["serve", "--port", ""],
  ["serve", "--port"],
  ["serve", "serve"],
  ["serve", "--data"],
  ["demo", "--once=maybe"],
  ["demo", "--port", "1e3"],
  ["match"],
  ["match", "plan", "more"],
  ["match", "plan", "--method", "best"],
  ["match", "plan", "--seed", "-1"],
  ["match", "plan", "--choices", "0"],
  ["match", "plan", "--choices", "8"],
  ["config"],
  ["config", "set"],
  ["doctor", "--fix"],
  ["man", "kith"],
  [long],
  ["serve", "--" + long],
  ["serve", "--port", long],
  ["serve", "\u001b[31m"],
  ["serve", "--port", "%n%n%s"],
  ["demo", "--", "-rf"],
];

export function arguments_part(options) {
  const wrong = [];
  for (const words of hostile) {
    const ran = spawnSync(binary, words, {encoding: "utf8", timeout: 20000});
    const shown = JSON.stringify(words.map((word) => word.slice(0, 24)));
    const lines = ran.stderr.split("\n").filter((line) => line.trim());
    if (ran.status !== 2)
      wrong.push(`${shown} ended with ${ran.status ?? ran.signal}`);
    else if (ran.stdout)
      wrong.push(`${shown} wrote to standard output`);
    else if (lines.length !== 1)
      wrong.push(`${shown} said ${lines.length} lines`);
    else if (lines[0].length > 300)
      wrong.push(`${shown} said a line of ${lines[0].length} characters`);
    else if (/[\u0000-\u0008\u000e-\u001f]/.test(lines[0]))
      wrong.push(`${shown} printed control characters`);
  }
  options.check(`${hostile.length} hostile command lines end with 2 and one sentence`, wrong);
}
