import { markup, type Markup } from "./markup";

/** A table in a region of its own, which scrolls sideways when it is wider than its place. */
export function scrolled(caption: string, content: Markup, kind = ""): Markup {
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table class="${kind}">
<caption class="hidden">${caption}</caption>
${content}
</table></div>`;
}
