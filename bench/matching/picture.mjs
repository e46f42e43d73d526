// Draws what `./x bench matching --csv FILE` measured: seconds by people, for each solver the median over the
// families and the seeds, and from the least to the most.
//   node bench/matching/picture.mjs FILE... > picture.svg
import {readFileSync} from "node:fs";

const solvers = [
  {key: "kith_s", name: "kith", colour: "#1d70b8"},
  {key: "simplex_s", name: "LEMON network simplex", colour: "#b5521b"},
  {key: "scaling_s", name: "LEMON cost scaling", colour: "#4c6b22"},
  {key: "scipy_s", name: "SciPy", colour: "#7a3f8f"},
];
const panel = {width: 330, height: 300, left: 62, top: 46, gap: 40};
const size = {width: 2 * (panel.width + panel.gap) + panel.left, height: panel.height + panel.top + 84};

function read(file) {
  const [head, ...lines] = readFileSync(file, "utf8").trim().split("\n").map((line) => line.split(","));
  return lines.map((line) => Object.fromEntries(head.map((name, i) => [name, line[i]])));
}

const rows = process.argv.slice(2).flatMap(read);
if (rows.length === 0) {
  console.error("picture: name one or more files of ./x bench matching --csv");
  process.exit(2);
}

const seconds =
    rows.flatMap((row) => solvers.map((solver) => Number(row[solver.key]))).filter((value) => value > 0);
const people = rows.map((row) => Number(row.people));
const least_second = Math.floor(Math.log10(Math.min(...seconds)));
const most_second = Math.ceil(Math.log10(Math.max(...seconds)));
const [least_people, most_people] = [Math.min(...people), Math.max(...people)].map(Math.log10);
const up = (value) =>
  panel.top + panel.height * (1 - (Math.log10(value) - least_second) / (most_second - least_second));
const along = (value) =>
  20 + (panel.width - 40) * ((Math.log10(value) - least_people) / Math.max(1, most_people - least_people));

const median = (values) => values[Math.floor(values.length / 2)];
const round = (value) => value.toFixed(1);

// Points of one solver: {people, least, middle, most}, one for each size that was measured.
function points(order, solver) {
  return [...new Set(people)].sort((a, b) => a - b).flatMap((count) => {
    const values = rows
      .filter((row) => row.order === order && Number(row.people) === count && Number(row[solver.key]) > 0)
      .map((row) => Number(row[solver.key])).sort((a, b) => a - b);
    if (values.length === 0) return [];
    return [{people: count, least: values[0], middle: median(values), most: values.at(-1)}];
  });
}

function curve(order, solver, shift) {
  const at = points(order, solver);
  const x = (point) => round(along(point.people) + shift);
  const line = at.map((point) => `${x(point)},${round(up(point.middle))}`).join(" ");
  const ranges = at.map((point) =>
    `<path d="M${x(point)} ${round(up(point.least))}V${round(up(point.most))}" stroke-width="2"/>` +
    `<circle cx="${x(point)}" cy="${round(up(point.middle))}" r="4" fill="${solver.colour}" stroke="none"/>`);
  return `<g stroke="${solver.colour}" fill="none"><polyline points="${line}"/>${ranges.join("")}</g>`;
}

function axes(title) {
  const marks = [];
  for (let power = least_second; power <= most_second; ++power) {
    const y = round(up(10 ** power)), words = power >= 0 ? 10 ** power : (10 ** power).toFixed(-power);
    marks.push(`<line x1="0" y1="${y}" x2="${panel.width}" y2="${y}" stroke="#d0d4d8"/>`,
      `<text x="-8" y="${Number(y) + 5}" text-anchor="end">${words}</text>`);
  }
  for (const count of new Set(people))
    marks.push(`<text x="${round(along(count))}" y="${panel.top + panel.height + 22}" text-anchor="middle">` +
      `${count.toLocaleString("en")}</text>`);
  return `<text x="0" y="${panel.top - 18}" font-weight="bold">${title}</text>${marks.join("")}`;
}

const panels = [["strict", "Strict order"], ["weighted", "Plain sums"]].map(([order, name], i) => {
  const curves = solvers.map((solver, j) => curve(order, solver, 7 * (j - 1))).join("");
  const left = panel.left + i * (panel.width + panel.gap + 20);
  return `<g transform="translate(${left} 0)">${axes(`${name}: CPU seconds by people`)}${curves}</g>`;
});
const legend = solvers.map((solver, i) => {
  const x = panel.left + i * 210;
  return `<circle cx="${x + 6}" cy="${size.height - 18}" r="5" fill="${solver.colour}"/>` +
    `<text x="${x + 18}" y="${size.height - 13}">${solver.name}</text>`;
});
console.log(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" role="img"
 font-family="sans-serif" font-size="14" fill="#1b1f24">
<title>Seconds to a proved optimum, by number of people</title>
<rect width="${size.width}" height="${size.height}" fill="#ffffff"/>
${panels.join("\n")}
${legend.join("")}
</svg>`);
