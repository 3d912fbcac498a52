import type { Tag } from "@aws-sdk/client-ec2";
import { isProperties, textIn, type Properties } from "../../model/resource";
import type { PlannedResource } from "../../planner/engine/resource";
import type { Item, Place } from "../item";
import { isTagged, type Clients } from "./clients";

/** How IAM lists its things, and how it tells the tags of one. */
const IAM = [
  { kind: "instanceProfile", noun: "InstanceProfile", list: "list-instance-profiles", get: "get-instance-profile" },
  { kind: "role", noun: "Role", list: "list-roles", get: "get-role" },
] as const;

/** Names that Pulumi makes of logical ones. */
const AUTONAME = /-[0-9a-f]{7}$/;

/**
 * IAM roles and instance profiles of a stack. IAM is not in AWS's tag index, so they are found by the names that this
 * program gives, and then by their tags.
 */
export function rolesOf({ cli }: Clients, place: Place, planned: readonly PlannedResource[]): Item[] {
  const { stack, region } = place;
  const iam = (...words: readonly string[]): Properties => fields(cli(["iam", ...words, "--region", region]));
  const given = planned
    .filter(({ type }) => type === "aws:iam/role:Role")
    .flatMap(({ inputs }) => inputs["name"] ?? []);
  const mayBe = (name: string): boolean =>
    given.includes(name) || (name.startsWith(`${stack}-`) && AUTONAME.test(name));
  return IAM.flatMap(({ kind, noun, list, get }) =>
    listIn(iam(list), `${noun}s`).flatMap((each): Item[] => {
      const name = textIn(each, `${noun}Name`);
      if (!mayBe(name)) return [];
      const { Tags } = fields(iam(get, `--${get.slice(4)}-name`, name)[noun]);
      if (!isTagged(place, Array.isArray(Tags) ? (Tags as Tag[]) : [])) return [];
      const created = new Date(textIn(each, "CreateDate")).toISOString();
      return [{ kind, id: name, arn: textIn(each, "Arn"), name, tagged: true, created }];
    }),
  );
}

/** The log group of a stack's cluster, which EKS makes again, without tags, where the cluster outlives it. */
export function clusterLogs({ cli }: Clients, cluster: string, region: string): Item[] {
  const prefix = `/aws/eks/${cluster}/`;
  const words = ["logs", "describe-log-groups", "--log-group-name-prefix", prefix, "--region", region];
  return listIn(fields(cli(words)), "logGroups").map((each): Item => {
    const name = textIn(each, "logGroupName");
    const { creationTime } = each;
    const created = typeof creationTime === "number" ? new Date(creationTime).toISOString() : undefined;
    return { kind: "logGroup", id: name, name, tagged: true, created };
  });
}

function fields(answer: unknown): Properties {
  return isProperties(answer) ? answer : {};
}

function listIn(answer: Properties, field: string): readonly Properties[] {
  const list = answer[field];
  return Array.isArray(list) ? list.filter(isProperties) : [];
}
