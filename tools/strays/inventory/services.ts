import { GetResourcesCommand } from "@aws-sdk/client-resource-groups-tagging-api";
import { ask } from "../../io/aws";
import { isProperties, textIn } from "../../model/resource";
import type { Item, Place } from "../item";
import type { Kind } from "../kinds";
import { tagsOf, type Clients } from "./clients";

/** How the ARN of a service names a thing; the first group is its name. Of these services nothing else is ours. */
const FORMS: readonly (readonly [service: string, form: RegExp, kind: Kind])[] = [
  ["athena", /^workgroup\/(.+)$/, "workgroup"],
  ["ecr", /^repository\/(.+)$/, "repository"],
  ["eks", /^podidentityassociation\/(.+)$/, "podIdentity"],
  ["events", /^rule\/(.+)$/, "eventRule"],
  ["kms", /^key\/(.+)$/, "key"],
  ["logs", /^log-group:(.+?)(?::\*)?$/, "logGroup"],
  ["ram", /^resource-share\/(.+)$/, "resourceShare"],
  ["route53resolver", /^resolver-endpoint\/(.+)$/, "resolverEndpoint"],
  ["route53resolver", /^resolver-query-log-config\/(.+)$/, "queryLogConfig"],
  ["s3", /^([^/]+)$/, "bucket"],
  ["sns", /^([^/:]+)$/, "topic"],
  ["sqs", /^(.+)$/, "queue"],
  ["ssm", /^parameter\/(.+)$/, "parameter"],
];

/** Services whose things are asked for by calls of their own, which know what is deleted already. */
const ELSEWHERE = /^(?:ec2|eks:(?:cluster|nodegroup|addon|access-entry))/;

/** What AWS's tag index has of a stack, in the services that are not asked otherwise. */
export async function taggedServices({ tagging, cli }: Clients, place: Place): Promise<Item[]> {
  const TagFilters = Object.entries(tagsOf(place)).map(([Key, value]) => ({ Key, Values: [value] }));
  const arns: string[] = [];
  let PaginationToken: string | undefined;
  do {
    const page = { TagFilters, ...(PaginationToken === undefined ? {} : { PaginationToken }) };
    const answer = await ask("tag:GetResources", () => tagging.send(new GetResourcesCommand(page)));
    arns.push(...(answer.ResourceTagMappingList ?? []).flatMap(({ ResourceARN }) => ResourceARN ?? []));
    PaginationToken = answer.PaginationToken === "" ? undefined : answer.PaginationToken;
  } while (PaginationToken !== undefined);
  return arns
    .filter(
      (arn) =>
        !ELSEWHERE.test(
          arn
            .split(":")
            .slice(2, 3)
            .concat(arn.split(":")[5] ?? "")
            .join(":"),
        ),
    )
    .map((arn) => thing(arn, place))
    .filter((item) => item.kind !== "key" || !isBeingDeleted(cli, item.id, place));
}

/** A key is in the index for the 30 days before its deletion. */
function isBeingDeleted(cli: Clients["cli"], key: string, { region }: Place): boolean {
  const answer = cli(["kms", "describe-key", "--key-id", key, "--region", region]);
  const metadata = isProperties(answer) ? answer["KeyMetadata"] : undefined;
  return isProperties(metadata) && textIn(metadata, "KeyState") === "PendingDeletion";
}

function thing(arn: string, place: Place): Item {
  const [, , service = "", , , ...rest] = arn.split(":");
  for (const [each, form, kind] of FORMS) {
    const [, name] = each === service ? (form.exec(rest.join(":")) ?? []) : [];
    if (name !== undefined) return { kind, arn, tagged: true, ...idOf(kind, name, arn, place) };
  }
  return { kind: "other", id: arn, arn, name: "", tagged: true };
}

function idOf(
  kind: Kind,
  name: string,
  arn: string,
  { region, account }: Place,
): Pick<Item, "id" | "name" | "cluster"> {
  switch (kind) {
    case "podIdentity": {
      const [cluster = "", id = ""] = name.split("/");
      return { id: `${cluster},${id}`, name: "", cluster };
    }
    case "queue":
      return { id: `https://sqs.${region}.amazonaws.com/${account}/${name}`, name };
    case "resourceShare":
      return { id: arn, name: "" };
    case "topic":
      return { id: arn, name };
    case "parameter": {
      // A name that begins with a slash has it in the ARN once: parameter/PREFIX/...
      const full = name.includes("/") ? `/${name}` : name;
      return { id: full, name: full };
    }
    case "key":
    case "resolverEndpoint":
    case "queryLogConfig":
      return { id: name, name: "" };
    default:
      return { id: name, name };
  }
}
