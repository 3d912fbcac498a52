import type { CheckResult } from "../../checks";
import { counted, listed } from "../../io/words";
import { type Changes, isDeployed } from "../../planner/changes/changes";
import { key, type PlannedResource, shortType } from "../../planner/engine/resource";
import type { Plan } from "../../planner/plan";
import { platformOf } from "../../planner/project/project";
import { changedStacks } from "../view/changes";
import { type Verdict, verdictInWords, verdictOf } from "../view/checks";
import { costSections, stacksSection } from "../view/cost-sections";
import type { CostView } from "../view/costs";
import { dnsSection } from "../view/dns";
import { networks } from "../view/networks";
import { configurationSection, headline, overview, warnings } from "../view/overview";
import { platformSection, platformsSection } from "../view/platform";
import { quotasSection, type QuotaView } from "../view/quotas";
import { routesSection, transitSection } from "../view/routes";
import { type Section, SIGNS } from "../view/section";
import { addresses } from "./addresses";
import { alikeStacks, maskOf } from "./alike";
import { contentPolicy, SCRIPT, STYLE } from "./assets";
import { checksByName, failedChecks } from "./checks";
import { markup, Markup, NOTHING, sectionBody } from "./markup";
import { picture } from "./picture/picture";
import { reachability } from "./reachability";

/** What the page shows. */
export interface Shown {
  readonly plan: Plan;
  /** By stack, when there is an earlier plan to compare with. */
  readonly changes: Readonly<Record<string, Changes>> | undefined;
  readonly costs: CostView;
  readonly checks: readonly CheckResult[];
  readonly quotas: readonly QuotaView[];
}

/** A part of the page under its own heading, with an anchor. */
interface Part {
  readonly id: string;
  readonly title: string;
  readonly content: Markup;
}

/**
 * The plan as one HTML file that needs nothing else: no font, no network, and no script except its own, which shows
 * nothing that the page does not have as text without it.
 */
export function page(shown: Shown): string {
  const parts = partsOf(shown);
  const links = parts.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>`);
  const sections = parts.map(
    ({ id, title, content }) => markup`
<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
${content}
</section>
`,
  );
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${pageTitle(shown)}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<main>
${header(shown)}
<nav aria-label="On this page"><ul>${links}</ul></nav>
${sections}
</main>
<script>${new Markup(SCRIPT)}</script>
</body>
</html>
`.text;
}

/** The parts in the order of the page, without empty ones. */
function partsOf({ plan, changes, costs, checks, quotas }: Shown): Part[] {
  const stacks = plan.map(({ name }) => name);
  const drawn = (id: string, title: string, content: Markup | undefined): Part[] =>
    content === undefined ? [] : [{ id, title, content }];
  const written = (section: Section | undefined): Part[] =>
    section === undefined ? [] : [{ id: section.id, title: section.title, content: sectionBody(section) }];
  return [
    ...drawn("failed-checks", "Failed checks", failedChecks(plan, checks)),
    ...written(changes && changedStacks(changes)),
    ...drawn("network", "The network", picture(plan)),
    ...drawn("costs", "Stacks and costs", stacksAndCosts(plan, costs)),
    ...drawn("checks", "Checks", checksByName(plan, checks)),
    ...drawn("reachability", "Who reaches whom", reachability(plan, checks)),
    ...drawn("addresses", "Addresses", addresses(plan)),
    ...written(routesSection(networks(plan))),
    ...written(transitSection(plan)),
    ...written(dnsSection(plan, stacks)),
    ...written(platformSection(plan)),
    ...written(quotasSection(quotas)),
    ...written(configurationSection(plan)),
    ...drawn("resources", "Resources", resources(plan)),
  ];
}

function stacksAndCosts(plan: Plan, costs: CostView): Markup | undefined {
  if (costs.stacks.length === 0) return undefined;
  const names = plan.map(({ name }) => name);
  const sections = costSections(costs, names, plan[0]?.settings.region ?? "");
  const platforms = platformsSection(plan);
  return markup`${sectionBody(stacksSection(plan, plan.length, costs))}
${platforms === undefined ? NOTHING : sectionBody(platforms)}
${sections.map((section) => markup`<h3>${section.title}</h3>${sectionBody(section)}`)}`;
}

/** Title, verdict and warnings. */
function header({ plan, checks, costs }: Shown): Markup {
  const lead = costs.stacks.length === 0 ? overview(plan) : headline(plan, costs);
  const notes = warnings(plan, plan);
  return markup`
<header>
<h1>Network plan</h1>
${verdictLine(checks)}
<p class="lead">${lead}.</p>
<p class="muted">This is what <code>pulumi up</code> would build. It was computed offline from the configuration: nothing
was deployed, and ids that only AWS assigns are left open.</p>
${notes.length === 0 ? NOTHING : markup`<ul class="notes">${notes.map((note) => markup`<li>${note}</li>`)}</ul>`}
</header>`;
}

/** Title of the page: the verdict comes first, because a tab shows only the first words. */
function pageTitle({ plan, checks }: Shown): string {
  const verdict = verdictOf(checks);
  const hub = networks(plan).find(({ role }) => role === "hub");
  const name = hub === undefined ? "Network plan" : `Network plan of ${hub.region}`;
  return verdict.total === 0 ? name : `${signOf(verdict)} ${verdictInWords(verdict)} · ${name}`;
}

function verdictLine(checks: Shown["checks"]): Markup {
  const verdict = verdictOf(checks);
  if (verdict.total === 0) return NOTHING;
  const [kind, anchor] = verdict.failed.length === 0 ? ["pass", "checks"] : ["fail", "failed-checks"];
  return markup`<p class="verdict ${kind}">${signOf(verdict)} <a href="#${anchor}">${verdictInWords(verdict)}</a></p>`;
}

function signOf({ failed }: Verdict): string {
  return failed.length === 0 ? SIGNS.passed : SIGNS.failed;
}

/** Every resource of the stacks and of their platforms, below the component that creates it. */
function resources(plan: Plan): Markup {
  const platformsOf = plan.flatMap(({ name: stack, platform }) =>
    platform === undefined ? [] : [{ stack, resources: platform.resources }],
  );
  return markup`${trees(
    plan,
    plan.map(({ name: stack, resources: all }) => ({ stack, resources: all })),
    { noun: "AWS resource", titleOf: (stack) => stack },
  )}${trees(plan, platformsOf, { noun: "Kubernetes resource", titleOf: platformOf })}`;
}

interface Kind {
  /** What one of the resources is. */
  readonly noun: string;
  /** Title of those of a stack. */
  readonly titleOf: (stack: string) => string;
}

/** Those that are the same appear once. */
function trees(
  plan: Plan,
  all: readonly { readonly stack: string; readonly resources: readonly PlannedResource[] }[],
  { noun, titleOf }: Kind,
): Markup[] {
  const drawn = all.map((each) => ({ ...each, content: tree(each.resources) }));
  return alikeStacks(drawn, ({ content: { text } }) => text, maskOf(plan, { others: false })).map(
    ({ example, stacks }) => {
      const [title = "", ...others] = stacks.map(titleOf);
      const note =
        others.length === 0
          ? NOTHING
          : markup`<p class="muted small">Resources of ${title}. The same resources, under their own names: ${listed(others)}.</p>`;
      return markup`
<details class="card">
<summary>${title}${others.length === 0 ? "" : ` and ${String(others.length)} more`}
<span class="muted">${counted(example.resources.filter(({ type }) => isDeployed(type)).length, noun)}${others.length === 0 ? "" : " each"}</span></summary>
${note}${example.content}
</details>`;
    },
  );
}

function tree(all: readonly PlannedResource[]): Markup {
  return markup`<ul class="tree">${children(all, null)}</ul>`;
}

function children(all: readonly PlannedResource[], parent: string | null): Markup[] {
  return all
    .filter((resource) => resource.parent === parent)
    .map((resource) => {
      const below = children(all, key(resource));
      const badge = resource.options.protect ? markup` <span class="badge">protected</span>` : NOTHING;
      return markup`
<li><b>${resource.name}</b> <span class="muted">${shortType(resource.type)}</span>${badge}${
        below.length === 0 ? NOTHING : markup`<ul>${below}</ul>`
      }</li>`;
    });
}
