import { request } from "node:http";

export const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; script-src &#39;sha256-AAAA&#39;; style-src &#39;sha256-BBBB&#39;; base-uri &#39;none&#39;">
<title>Network plan</title>
</head>
<body>
<main>the plan</main>
</body>
</html>
`;

/** Milliseconds for what starts a plan in another process, on a machine that does much else. */
export const SLOW = 240_000;

export interface Answer {
  readonly status: number | undefined;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

export const ask = (
  address: string,
  path: string,
  method = "GET",
  headers: Record<string, string> = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const asked = request(new URL(address), { path, method, headers, agent: false }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => (body += text));
      response.on("end", () => {
        resolve({ status: response.statusCode, headers: response.headers, body });
      });
    });
    asked.on("error", reject).end();
  });

/** Waits until something is so; fails after ten seconds. */
export const until = async (what: string, isSo: () => boolean): Promise<void> => {
  for (let tries = 0; !isSo(); tries += 1) {
    if (tries > 400) throw new Error(`it never happened: ${what}`);
    await new Promise((done) => setTimeout(done, 25));
  }
};
