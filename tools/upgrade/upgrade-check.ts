import { command } from "../io/command";
import { type Io, onTerminal } from "../io/terminal";
import { counted, listed } from "../io/words";
import type { Changes } from "../planner/changes/changes";
import { labelOf } from "../planner/engine/resource";
import { changesSection } from "../report/terminal/changes";
import { upgradeFrom } from "./upgrade";

const USAGE = {
  command: "npm run upgrade-check",
  operands: "REF",
  operandsHelp: "a tag, a branch or a commit of this repository",
  about: `Shows what pulumi up does to stacks that are deployed with the code at REF. Plans the present
Pulumi.yaml and Pulumi.STACK.yaml files twice, with the code at REF and with the present code, and
compares. Makes no API calls, and changes nothing in the repository.`,
  exitCodes: `The exit code is 1 when the update would replace or delete a VPC, a subnet, a gateway, an
attachment, a cluster, a node group, a hosted zone, a repository or a bucket, or when one of the two
cannot plan the configuration; 2 for a REF that does not exist.`,
} as const;

/** Shows what an update does. */
export const main = command(USAGE, {}, async ({ operands: [ref = ""] }, io: Io) => {
  const { commit, changes, unknownKeys, otherDependencies } = await upgradeFrom(ref, io.folder);
  const harmful = harm(changes);
  const lines = [
    io.paint("bold", `Update from ${ref} (${commit.slice(0, 7)}) to the present code, with the present configuration`),
    ...(unknownKeys.length === 0
      ? []
      : [
          `  The code at ${ref} does not know ${listed(unknownKeys)}: planned without ${unknownKeys.length === 1 ? "it" : "them"}.`,
        ]),
    ...(otherDependencies.length === 0
      ? []
      : [`  The code at ${ref} was released with other packages and is planned with the present ones:`]),
    ...otherDependencies.map((each) => `    ${each}`),
    ...changesSection(changes, io.paint, { title: "What the update changes", all: true }),
    "",
    ...(harmful.length === 0
      ? [
          io.paint(
            "green",
            `Nothing that must stay is replaced or deleted in ${counted(Object.keys(changes).length, "stack")}.`,
          ),
        ]
      : [io.paint("red", "The update replaces or deletes what must stay:"), ...harmful.map((each) => `  ${each}`)]),
  ];
  io.out(`${lines.join("\n")}\n`);
  return harmful.length === 0 ? 0 : 1;
});

/** Types of which an update of the code may neither replace nor delete a resource: data, addresses and paths go with it. */
const MUST_STAY: readonly string[] = [
  "aws:ec2/internetGateway:InternetGateway",
  "aws:ec2/natGateway:NatGateway",
  "aws:ec2/subnet:Subnet",
  "aws:ec2/vpc:Vpc",
  "aws:ec2transitgateway/transitGateway:TransitGateway",
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment",
  "aws:ecr/repository:Repository",
  "aws:eks/cluster:Cluster",
  "aws:eks/nodeGroup:NodeGroup",
  "aws:route53/zone:Zone",
  "aws:s3/bucket:Bucket",
];

/** Replacements and deletions of resources of these types: `dev: replaces ec2.Vpc dev (cidrBlock)`. */
export function harm(changes: Readonly<Record<string, Changes>>): readonly string[] {
  const mustStay = (resource: string): boolean => MUST_STAY.includes(resource.split("::")[0] ?? "");
  const label = (resource: string): string => {
    const { type, name } = labelOf(resource);
    return `${type} ${name}`;
  };
  return Object.entries(changes).flatMap(([stack, { replace, delete: deleted }]) => [
    ...replace
      .filter(({ name }) => mustStay(name))
      .map(({ name, properties }) => `${stack}: replaces ${label(name)} (${properties.join(", ")})`),
    ...deleted.filter(mustStay).map((name) => `${stack}: deletes ${label(name)}`),
  ]);
}

if (require.main === module) onTerminal(main);
