import { type AddonInfo, DescribeAddonVersionsCommand, EKSClient } from "@aws-sdk/client-eks";
import { GetParametersCommand, SSMClient } from "@aws-sdk/client-ssm";
import { type AddonName, ADDONS } from "../../components/facts/versions";
import { ask } from "../io/aws";

/** A version of an add-on that EKS offers for a Kubernetes version. */
interface Offer {
  readonly version: string;
  /** Whether it is EKS's default. */
  readonly isDefault: boolean;
}

/** What AWS offers for one Kubernetes version in one Region. */
export interface Offers {
  /** Versions of each add-on, in no order. */
  readonly addons: Readonly<Record<AddonName, readonly Offer[]>>;
  /** AMI release that AWS recommends; undefined if there is none for the Kubernetes version. */
  readonly amiRelease: string | undefined;
  /** Whether the pinned AMI release is still offered. */
  readonly hasPinnedAmi: boolean;
}

export interface OfferClients {
  readonly eks: Pick<EKSClient, "send">;
  readonly ssm: Pick<SSMClient, "send">;
}

export function offerClients(region: string): OfferClients {
  return { eks: new EKSClient({ region }), ssm: new SSMClient({ region }) };
}

/** Architectures of the image. A release counts if it exists for both. */
const ARCHITECTURES = ["arm64", "x86_64"] as const;

/**
 * Queries AWS.
 *
 * @param pinnedAmi - AMI release to look for, if one is pinned
 * @throws AwsFailure with the reason in a sentence
 */
export async function offersOf(
  { eks, ssm }: OfferClients,
  kubernetesVersion: string,
  pinnedAmi: string | undefined,
): Promise<Offers> {
  const addons: Partial<Record<AddonName, readonly Offer[]>> = {};
  for (const addon of ADDONS) addons[addon] = await addonOffers(eks, addon, kubernetesVersion);

  const recommended = ARCHITECTURES.map((each) => parameter(kubernetesVersion, each, "recommended"));
  const pinned =
    pinnedAmi === undefined
      ? []
      : ARCHITECTURES.map((each) => parameter(kubernetesVersion, each, imageName(each, pinnedAmi)));
  const Names = [...recommended, ...pinned];
  const { Parameters = [] } = await ask("ssm:GetParameters", () => ssm.send(new GetParametersCommand({ Names })));
  const values = new Map(Parameters.map(({ Name, Value }) => [Name, Value]));
  const releases = recommended.flatMap((name) => values.get(name) ?? []).sort(byVersion);
  return {
    addons: addons as Offers["addons"],
    // The older one if the architectures differ: on the release day, one may be published before the other.
    amiRelease: releases.length === ARCHITECTURES.length ? releases[0] : undefined,
    hasPinnedAmi: pinnedAmi !== undefined && pinned.every((name) => values.get(name) === pinnedAmi),
  };
}

async function addonOffers(
  eks: OfferClients["eks"],
  addonName: AddonName,
  kubernetesVersion: string,
): Promise<Offer[]> {
  const found: AddonInfo[] = [];
  let nextToken: string | undefined;
  do {
    const input = { addonName, kubernetesVersion, ...(nextToken === undefined ? {} : { nextToken }) };
    const page = await ask("eks:DescribeAddonVersions", () => eks.send(new DescribeAddonVersionsCommand(input)));
    found.push(...(page.addons ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return found
    .flatMap(({ addonVersions = [] }) => addonVersions)
    .flatMap(({ addonVersion: version, compatibilities = [] }) => {
      const compatible = compatibilities.find(({ clusterVersion }) => clusterVersion === kubernetesVersion);
      return version === undefined || compatible === undefined
        ? []
        : [{ version, isDefault: compatible.defaultVersion === true }];
    });
}

/** Public parameter of an image (Amazon EKS User Guide, "Retrieve recommended Amazon Linux AMI IDs"). */
function parameter(kubernetesVersion: string, architecture: string, image: string): string {
  const folder = `/aws/service/eks/optimized-ami/${kubernetesVersion}/amazon-linux-2023/${architecture}/standard`;
  return `${folder}/${image}/release_version`;
}

/** Name of a release's image: `amazon-eks-node-al2023-arm64-standard-1.35-v20260903`. */
function imageName(architecture: string, release: string): string {
  const [, minor, date] = /^(\d+\.\d+)\.\d+-(\d+)$/.exec(release) ?? [];
  if (minor === undefined || date === undefined) throw new Error(`${release} is not an AMI release.`);
  return `amazon-eks-node-al2023-${architecture}-standard-${minor}-v${date}`;
}

/** Compares versions number by number, ignoring everything between. */
export function byVersion(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => (version.match(/\d+/g) ?? []).map(Number));
  const index = (left ?? []).findIndex((number, place) => number !== right?.[place]);
  return index < 0 ? 0 : (left?.[index] ?? 0) - (right?.[index] ?? 0);
}
