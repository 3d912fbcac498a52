import { estateOfPlan } from "../../model/from-plan";
import { keptPromises, PROMISES, type Kept } from "../../promises";
import type { Plan } from "../plan";
import { pathInWords, serversInWords, spokeNames } from "./names";

/** Promises about names, which are read from the plan's own account of them. */
const OF_NAMES = [
  {
    name: "image-pulls-are-private",
    sentence: "Images are authorised and fetched, manifest and layers, without a hop on the internet.",
  },
  { name: "names-resolve-alike", sentence: "The hub's resolver and the VPC's own give every name the same answer." },
] as const;

/** Names and sentences of all promises, in the order in which they are told. */
export const PROMISE_SENTENCES: readonly { readonly name: string; readonly sentence: string }[] = [
  ...PROMISES.map(({ name, sentence }) => ({ name, sentence })),
  ...OF_NAMES,
];

/** Every promise against every stack that it concerns. */
export function promises(plan: Plan): Kept[] {
  const [pulls, names] = OF_NAMES;
  return [
    ...keptPromises(estateOfPlan(plan)),
    ...spokeNames(plan).flatMap((spoke): Kept[] => {
      const leaving = spoke.paths.filter(({ isPrivate }) => !isPrivate);
      const shown = leaving.length > 0 ? leaving : spoke.paths;
      return [
        {
          name: pulls.name,
          stack: spoke.network,
          holds: leaving.length === 0,
          evidence: shown.map((path) => `${path.name}: ${pathInWords(path)}`),
        },
        { name: names.name, stack: spoke.network, holds: spoke.alike, evidence: [serversInWords(spoke)] },
      ];
    }),
  ];
}
