/** How a text stands out; without colour it must say the same. */
export const STYLES = ["bold", "dim", "green", "yellow", "red"] as const;

export type Style = (typeof STYLES)[number];

export type Paint = (style: Style, text: string) => string;

/** No colour. */
export const plainPaint: Paint = (_style, text) => text;
