import { awsChanges, isEmpty, type Changes } from "../../planner/changes/changes";
import { changeLines, changeSummary, warningLines } from "../view/changes";
import { listed } from "../view/words";
import { markup, NOTHING, type Markup } from "./markup";
import type { Section } from "./section";

/** What the settings that are tried change in stacks that run as they are configured now. */
export const changes: Section = {
  id: "changes",
  title: "What --set changes",
  body: ({ changes: byStack }) => {
    if (byStack === undefined) return undefined;
    const stacks = Object.entries(byStack);
    const unchanged = stacks.filter(([, each]) => isEmpty(awsChanges(each))).map(([name]) => name);
    return markup`
${stacks.filter(([, each]) => !isEmpty(awsChanges(each))).map(([name, each]) => ofStack(name, each))}
${unchanged.length === 0 ? NOTHING : markup`<p>No change: ${listed(unchanged)}.</p>`}`;
  },
};

function ofStack(stack: string, each: Changes): Markup {
  const warnings = warningLines(each);
  return markup`
<article class="card">
<h3>${stack}</h3>
<p>${changeSummary(each)}.</p>
${
  warnings.length === 0
    ? NOTHING
    : markup`<ul class="warnings">${warnings.map(
        ({ kind, heading, text }) => markup`<li><b class="${kind}">${heading}:</b> ${text}</li>`,
      )}</ul>`
}
<div class="scroll" tabindex="0" role="region" aria-label="Changes of ${stack}"><table class="changes">
<caption class="hidden">Changes of ${stack}</caption>
<thead><tr><th scope="col">Action</th><th scope="col">Resource</th><th scope="col">Properties</th></tr></thead>
<tbody>${changeLines(each).map(
    ({ action, type, name, properties }) => markup`
<tr><td class="${action}">${action}</td><th scope="row"><span class="resource">${name}</span> <span class="muted">${type}</span></th><td>${properties.join(", ")}</td></tr>`,
  )}</tbody>
</table></div>
</article>`;
}
