// Serves a folder on a free local port under kith's Content-Security-Policy. POST requests and /exit are
// answered by `answer(request, body)`, which may return { status, headers, body }.
import {readFileSync} from "node:fs";
import {createServer} from "node:http";
import {extname, join, normalize} from "node:path";

export const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; " +
    "manifest-src 'self'; worker-src 'self'";
const types = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml"
};

export async function serve(folder, answer = () => undefined) {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => {
      body += part;
    });
    request.on("end", () => {
      const own = answer(request, body);
      if (own) {
        response.writeHead(own.status ?? 200, {"content-type": types[".html"], ...own.headers});
        response.end(own.body ?? "");
        return;
      }
      try {
        const path = normalize(new URL(request.url, "http://x").pathname);
        const bytes = readFileSync(join(folder, path));
        response.writeHead(200, {
          "content-type": types[extname(path)] ?? "application/octet-stream",
          "content-security-policy": policy,
          "cache-control": "no-store"
        });
        response.end(bytes);
      } catch {
        response.writeHead(404);
        response.end();
      }
    });
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close()};
}
