import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { type AddonName, ADDONS } from "../../../components/facts/versions";
import { plainPaint } from "../../../tools/io/terminal";
import type { OfferClients } from "../../../tools/versions/offers";
import { main } from "../../../tools/versions/versions";
import content from "../../fixtures/cluster-versions.json";
import { Copy, type Result } from "../cli/start";

export const PATH = "components/facts/cluster-versions.json";
/** Pins that do not change with the program's. */
export const FIXTURE = "tests/fixtures/cluster-versions.json";
export const pinned = content.kubernetes["1.35"];

/** Offers that match the pins. */
export const asPinned: Offered = {
  addons: Object.fromEntries(Object.entries(pinned.addons).map(([name, version]) => [name, [version]])),
  arm64: [pinned.amiRelease],
  x86_64: [pinned.amiRelease],
};

/** A copy of the project's configuration and of the pins, on 2026-11-25. */
export class PinnedCopy extends Copy {
  constructor() {
    super();
    mkdirSync(this.path("components", "facts"), { recursive: true });
    cpSync(FIXTURE, this.path(PATH));
  }

  /** The pins in the copy. */
  get text(): string {
    return readFileSync(this.path(PATH), "utf8");
  }

  set text(text: string) {
    writeFileSync(this.path(PATH), text);
  }

  /** Runs `npm run versions -- ARGV` in the copy. */
  async versions(clients: OfferClients, ...argv: readonly string[]): Promise<Result> {
    let [out, err] = ["", ""];
    const io = {
      folder: this.folder,
      out: (text: string) => void (out += text),
      err: (text: string) => void (err += text),
      paint: plainPaint,
    };
    const code = await main(argv, io, { clients: () => clients, today: () => "2026-11-25" });
    return { code, out, err };
  }
}

/** Offers for one Kubernetes version; the first version of an add-on is the default. */
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

/** Clients of EKS and Parameter Store with these offers: a page has one version of an add-on, the last page the default. */
export function fakeAws(offered: Readonly<Record<string, Offered>>): { clients: OfferClients; calls: string[] } {
  const calls: string[] = [];
  const send = ({ constructor, input }: Call): Promise<object> => {
    calls.push([constructor.name.replace(/Command$/, ""), input.addonName, input.kubernetesVersion].join(" ").trim());
    return Promise.resolve(input.Names === undefined ? addonPage(offered, input) : parameters(offered, input.Names));
  };
  return { clients: { eks: { send }, ssm: { send } }, calls };
}

/** A pair of clients that answer every call with an error. */
export function failingAws(error: object): OfferClients {
  const send = (): Promise<never> => Promise.reject(Object.assign(new Error(), error));
  return { eks: { send }, ssm: { send } };
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
