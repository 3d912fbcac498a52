import { createHash } from "node:crypto";
import { markup, Markup } from "../../report/html/markup";

/** What a browser shows. */
export interface Shown {
  /** The last page that was planned; undefined when there is none yet. */
  readonly html: string | undefined;
  /** Why the latest plan failed; undefined when it did not. */
  readonly error: string | undefined;
}

const STYLE = `
#watch-error { position: sticky; top: 0; z-index: 10; margin: 0; padding: 1rem; max-height: 50vh; overflow: auto;
  background: #8b0000; color: #fff; white-space: pre-wrap; font: 14px/1.5 ui-monospace, monospace; }
`;

const EMPTY = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; script-src &#39;none&#39;; style-src &#39;none&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;">
<title>Network plan</title>
</head>
<body>
</body>
</html>
`;

/**
 * The page as it is served while it is watched: it reloads when the server has another version, and shows an error on top.
 * Its Content Security Policy allows what that needs: one more script, one more style, and a connection to its own server.
 *
 * @param version of this page, as the server's events name it
 */
export function livePage({ html, error }: Shown, version: string): string {
  const script = reloadScript(version);
  const banner =
    error === undefined ? "" : markup`<div id="watch-error" role="alert">The plan failed. ${error}</div>`.text;
  return withPolicy(html ?? EMPTY, script)
    .replace(/<\/head>/, () => `<style>${STYLE}</style>\n</head>`)
    .replace(/<body>/, () => `<body>\n${banner}`)
    .replace(/<\/body>/, () => `<script>${new Markup(script).text}</script>\n</body>`);
}

/** Reloads the page when an event names another version; the browser connects again by itself. */
function reloadScript(version: string): string {
  return `new EventSource("/events").onmessage = ({ data }) => { if (data !== ${JSON.stringify(version)}) location.reload(); };`;
}

/** @throws Error for a page without a policy of the form that this program writes */
function withPolicy(html: string, script: string): string {
  const found = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(html);
  const [tag, content] = found ?? [];
  if (tag === undefined || content === undefined) throw new Error("the page has no Content Security Policy");
  const directives = new Map(
    content
      .replaceAll("&#39;", "'")
      .split(";")
      .map((directive) => directive.trim().split(/ (.*)/s))
      .map(([name = "", values = ""]) => [name, values] as const),
  );
  const allow = (directive: string, source: string): void => {
    const values = directives.get(directive) ?? "";
    directives.set(directive, values === "" || values === "'none'" ? source : `${values} ${source}`);
  };
  allow("script-src", digest(script));
  allow("style-src", digest(STYLE));
  allow("connect-src", "'self'");
  const policy = [...directives].map(([name, values]) => `${name} ${values}`.trim()).join("; ");
  return html.replace(tag, () => tag.replace(content, () => policy.replaceAll("'", "&#39;")));
}

function digest(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
