/** Sections that `--details` shows, in their order. */
export const SECTION_NAMES = ["addresses", "routes", "transit", "dns", "costs", "quotas", "configuration"] as const;
export type SectionName = (typeof SECTION_NAMES)[number];
