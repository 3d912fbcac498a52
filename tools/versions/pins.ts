import { ADDONS, amiAlias, type AddonName, type ClusterVersions } from "../../components/facts/versions";
import type { Offers } from "./offers";
import { byVersion } from "./order";

/**
 * The state of a pin, compared with what AWS recommends:
 *
 * - `current`: the recommended version, or a deliberately newer add-on version
 * - `behind`: AWS recommends a newer one
 * - `withdrawn`: AWS no longer offers it, so an update would fail; or AWS recommends an older image again
 * - `missing`: nothing is pinned
 */
export type Standing = "current" | "behind" | "withdrawn" | "missing";

/** A pin, and what AWS offers. */
export interface Pin {
  readonly name: AddonName | "AMI release";
  /** Undefined if nothing is pinned. */
  readonly pinned: string | undefined;
  /** An add-on's default version for the Kubernetes version, an image's recommended release. */
  readonly recommended: string | undefined;
  /** Newest compatible version of an add-on; undefined for an image. */
  readonly newest: string | undefined;
  readonly standing: Standing;
}

/** All pins of a Kubernetes version. */
export function pinsOf(pinned: ClusterVersions | undefined, { addons, amiRelease, hasPinnedAmi }: Offers): Pin[] {
  return [
    ...ADDONS.map((name): Pin => {
      const offers = addons[name];
      const versions = offers.map(({ version }) => version).sort(byVersion);
      const current = pinned?.addons[name];
      const recommended = offers.find(({ isDefault }) => isDefault)?.version;
      const offered = current !== undefined && versions.includes(current);
      return {
        name,
        pinned: current,
        recommended,
        newest: versions.at(-1),
        standing: standing(current, recommended, offered),
      };
    }),
    amiPin(pinned?.amiRelease, amiRelease, hasPinnedAmi),
  ];
}

/** The image of Karpenter's nodes, which follows the AMI release. */
export function aliasPin({ pinned, recommended }: Pin): Pick<Pin, "pinned" | "recommended"> {
  const alias = (release: string | undefined): string | undefined => release && amiAlias(release);
  return { pinned: alias(pinned), recommended: alias(recommended) };
}

/** Whether AWS recommends another version than the pinned one. */
export function isToRaise({ standing, recommended }: Pin): boolean {
  return standing !== "current" && recommended !== undefined;
}

function amiPin(pinned: string | undefined, recommended: string | undefined, offered: boolean): Pin {
  const wentBack = pinned !== undefined && recommended !== undefined && byVersion(pinned, recommended) > 0;
  return {
    name: "AMI release",
    pinned,
    recommended,
    newest: undefined,
    standing: wentBack ? "withdrawn" : standing(pinned, recommended, offered),
  };
}

function standing(pinned: string | undefined, recommended: string | undefined, offered: boolean): Standing {
  if (pinned === undefined) return "missing";
  if (!offered) return "withdrawn";
  return recommended !== undefined && byVersion(pinned, recommended) < 0 ? "behind" : "current";
}
