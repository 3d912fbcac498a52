/** How a text stands out; without colour it must say the same. */
export type Style = "bold" | "dim" | "green" | "yellow" | "red";

export type Paint = (style: Style, text: string) => string;

/** No colour. */
export const plainPaint: Paint = (_style, text) => text;
