import { ADDONS, type AddonName } from "../../../components/facts/versions";
import type { Clients } from "../../../tools/versions/offers";

/** What the double offers for one Kubernetes version; the first version of an add-on is the default. */
export interface Offered {
  readonly addons: Partial<Record<AddonName, readonly string[]>>;
  /** Releases of each architecture, the recommended one first. */
  readonly arm64: readonly string[];
  readonly x86_64: readonly string[];
}

interface Call {
  readonly constructor: { readonly name: string };
  readonly input: {
    readonly addonName?: AddonName;
    readonly kubernetesVersion?: string;
    readonly nextToken?: string;
    readonly Names?: readonly string[];
  };
}

/** EKS and Parameter Store with these offers, one version of an add-on a page, the default last; `calls` are the calls. */
export function fakeAws(offered: Readonly<Record<string, Offered>>): { clients: Clients; calls: string[] } {
  const calls: string[] = [];
  const send = ({ constructor, input }: Call): Promise<object> => {
    calls.push([constructor.name.replace(/Command$/, ""), input.addonName, input.kubernetesVersion].join(" ").trim());
    return Promise.resolve(input.Names === undefined ? addonPage(offered, input) : parameters(offered, input.Names));
  };
  return { clients: { eks: { send }, ssm: { send } } as unknown as Clients, calls };
}

/** A pair of clients that answer every call with an error. */
export function failingAws(error: object): Clients {
  const send = (): Promise<never> => Promise.reject(Object.assign(new Error(), error));
  return { eks: { send }, ssm: { send } } as unknown as Clients;
}

function addonPage(offered: Readonly<Record<string, Offered>>, input: Call["input"]): object {
  const { addonName = ADDONS[0], kubernetesVersion = "", nextToken = "0" } = input;
  const versions = offered[kubernetesVersion]?.addons[addonName] ?? [];
  const page = Number(nextToken);
  const last = page + 1 >= versions.length;
  const compatibilities = [
    { clusterVersion: "1.30", defaultVersion: !last },
    { clusterVersion: kubernetesVersion, defaultVersion: last },
  ];
  return {
    addons:
      versions.length === 0
        ? []
        : [{ addonName, addonVersions: [{ addonVersion: [...versions].reverse()[page], compatibilities }] }],
    ...(last ? {} : { nextToken: String(page + 1) }),
  };
}

function parameters(offered: Readonly<Record<string, Offered>>, names: readonly string[]): object {
  const known = Object.entries(offered).flatMap(([version, { arm64, x86_64 }]) =>
    Object.entries({ arm64, x86_64 }).flatMap(([architecture, releases]) => {
      const folder = `/aws/service/eks/optimized-ami/${version}/amazon-linux-2023/${architecture}/standard`;
      const image = (release: string): string =>
        `amazon-eks-node-al2023-${architecture}-standard-${version}-v${release.split("-")[1] ?? ""}`;
      return [
        ...releases.slice(0, 1).map((Value) => ({ Name: `${folder}/recommended/release_version`, Value })),
        ...releases.map((Value) => ({ Name: `${folder}/${image(Value)}/release_version`, Value })),
      ];
    }),
  );
  return { Parameters: known.filter(({ Name }) => names.includes(Name)) };
}
