/** As much of a browser's document as the page's script uses: no layout, but for what a test says that it is. */
export class Element {
  readonly childNodes: (Element | string)[] = [];
  readonly attributes = new Map<string, string>();
  readonly listeners = new Map<string, (event: object) => void>();
  parentElement: Element | null = null;
  tabIndex = 0;

  constructor(readonly tagName: string) {}

  get children(): Element[] {
    return this.childNodes.filter((node) => node instanceof Element);
  }

  get all(): Element[] {
    const found: Element[] = [];
    const add = (element: Element): void => {
      for (const child of element.childNodes) {
        if (!(child instanceof Element)) continue;
        found.push(child);
        add(child);
      }
    };
    add(this);
    return found;
  }

  get textContent(): string {
    return this.childNodes.map((node) => (node instanceof Element ? node.textContent : node)).join("");
  }
  set textContent(text: string) {
    this.replaceChildren(text);
  }

  get className(): string {
    return this.attributes.get("class") ?? "";
  }

  get title(): string {
    return this.attributes.get("title") ?? "";
  }

  get hidden(): boolean {
    return this.attributes.has("hidden");
  }
  set hidden(value: boolean) {
    if (value) this.attributes.set("hidden", "");
    else this.attributes.delete("hidden");
  }

  get dataset(): Record<string, string> {
    const data = [...this.attributes].filter(([name]) => name.startsWith("data-"));
    return Object.fromEntries(data.map(([name, value]) => [name.slice("data-".length), value]));
  }

  get classList(): { add: (...names: string[]) => void; remove: (...names: string[]) => void } {
    const names = this.className.split(" ").filter((name) => name !== "");
    const set = (list: readonly string[]): void => void this.attributes.set("class", list.join(" "));
    return {
      add: (...more) => {
        set([...new Set([...names, ...more])]);
      },
      remove: (...less) => {
        set(names.filter((name) => !less.includes(name)));
      },
    };
  }

  get rows(): Element[] {
    return this.querySelectorAll("tr");
  }
  get cells(): Element[] {
    return this.children;
  }
  get rowIndex(): number {
    return this.closest("table")?.rows.indexOf(this) ?? -1;
  }
  get cellIndex(): number {
    return this.parentElement?.cells.indexOf(this) ?? -1;
  }

  /** A name, `.class`, `#id` or `[attribute]`, one of them. */
  querySelectorAll(selector: string): Element[] {
    return this.all.filter((element) => element.matches(selector));
  }
  querySelector(selector: string): Element | null {
    return this.querySelectorAll(selector)[0] ?? null;
  }
  closest(selector: string): Element | null {
    return this.matches(selector) ? this : (this.parentElement?.closest(selector) ?? null);
  }
  getElementById(id: string): Element | null {
    return this.querySelector(`#${id}`);
  }
  private matches(selector: string): boolean {
    const name = selector.replace(/[.#[\]]/g, "");
    if (selector.startsWith(".")) return this.className.split(" ").includes(name);
    if (selector.startsWith("#")) return this.attributes.get("id") === name;
    return selector.startsWith("[") ? this.attributes.has(name) : this.tagName === name;
  }

  getAttribute(name: string): string | null {
    return this.attributes.get(name) ?? null;
  }
  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
  }

  append(...nodes: readonly (Element | string)[]): void {
    for (const node of nodes) if (node instanceof Element) node.parentElement = this;
    this.childNodes.push(...nodes);
  }
  replaceChildren(...nodes: readonly (Element | string)[]): void {
    this.childNodes.length = 0;
    this.append(...nodes);
  }
  remove(): void {
    const siblings = this.parentElement?.childNodes;
    siblings?.splice(siblings.indexOf(this), 1);
  }
  cloneNode(): Element {
    const copy = new Element(this.tagName);
    for (const [name, value] of this.attributes) copy.setAttribute(name, value);
    copy.append(...this.childNodes.map((node) => (node instanceof Element ? node.cloneNode() : node)));
    return copy;
  }

  createElement(name: string): Element {
    return new Element(name);
  }
  createElementNS(_space: string, name: string): Element {
    return new Element(name);
  }
  addEventListener(type: string, listener: (event: object) => void): void {
    this.listeners.set(type, listener);
  }
}

/** Elements that have no end. */
const VOID = ["meta", "!doctype"];

/** Reads markup that closes all that it opens, as ours does. */
export function parsed(html: string): Element {
  const document = new Element("document");
  let open = document;
  for (const [, closing, name, inside = "", empty, text] of html.matchAll(
    /<(\/?)([a-z0-9!]+)((?:\s[^<>]*?)?)(\/?)>|([^<]+|<)/gi,
  )) {
    if (name === undefined) open.append(decoded(text ?? ""));
    else if (closing === "/") open = open.parentElement ?? document;
    else {
      const element = new Element(name);
      for (const [, attribute = "", value = ""] of inside.matchAll(/([\w-]+)(?:="([^"]*)")?/g)) {
        element.setAttribute(attribute, decoded(value));
      }
      open.append(element);
      if (empty === "" && !VOID.includes(name)) open = element;
    }
  }
  return document;
}

function decoded(text: string): string {
  const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };
  return text.replace(/&(#39|\w+);/g, (whole, name: string) => entities[name] ?? whole);
}
