import {
  DescribeAddonCommand,
  DescribeClusterCommand,
  DescribeNodegroupCommand,
  ListAddonsCommand,
  ListNodegroupsCommand,
  type Cluster,
} from "@aws-sdk/client-eks";
import { ask } from "../../io/aws";
import type { Item } from "../item";
import { pages, type Clients } from "./clients";

/** The cluster of a stack with its node groups and add-ons; nothing where there is none. */
export async function clusterAndParts(clients: Clients, name: string): Promise<Item[]> {
  const { eks } = clients;
  const cluster = await found(clients, name);
  if (cluster === undefined) return [];
  const tagged = true;
  const { arn, createdAt, resourcesVpcConfig } = cluster;
  const items: Item[] = [
    { kind: "cluster", id: name, arn, name, tagged, vpc: resourcesVpcConfig?.vpcId, created: createdAt?.toISOString() },
  ];
  const groups = await pages(
    "eks:ListNodegroups",
    ({ NextToken }) => eks.send(new ListNodegroupsCommand({ clusterName: name, ...next(NextToken) })).then(withToken),
    ({ nodegroups }) => nodegroups,
  );
  for (const nodegroupName of groups) {
    const { nodegroup } = await ask("eks:DescribeNodegroup", () =>
      eks.send(new DescribeNodegroupCommand({ clusterName: name, nodegroupName })),
    );
    const created = nodegroup?.createdAt?.toISOString();
    const id = `${name}:${nodegroupName}`;
    items.push({
      kind: "nodeGroup",
      id,
      arn: nodegroup?.nodegroupArn,
      name: nodegroupName,
      tagged,
      cluster: name,
      created,
    });
  }
  const addons = await pages(
    "eks:ListAddons",
    ({ NextToken }) => eks.send(new ListAddonsCommand({ clusterName: name, ...next(NextToken) })).then(withToken),
    (page) => page.addons,
  );
  for (const addonName of addons) {
    const { addon } = await ask("eks:DescribeAddon", () =>
      eks.send(new DescribeAddonCommand({ clusterName: name, addonName })),
    );
    const created = addon?.createdAt?.toISOString();
    items.push({
      kind: "addon",
      id: `${name}:${addonName}`,
      arn: addon?.addonArn,
      name: addonName,
      tagged,
      cluster: name,
      created,
    });
  }
  return items;
}

async function found({ eks }: Clients, name: string): Promise<Cluster | undefined> {
  try {
    const { cluster } = await ask("eks:DescribeCluster", () => eks.send(new DescribeClusterCommand({ name })));
    return cluster;
  } catch (error) {
    const { cause } = error as Error;
    if (cause instanceof Error && cause.name === "ResourceNotFoundException") return undefined;
    throw error;
  }
}

/** EKS writes its tokens small. */
function next(NextToken: string | undefined): { readonly nextToken?: string } {
  return NextToken === undefined ? {} : { nextToken: NextToken };
}

function withToken<Page extends { readonly nextToken?: string | undefined }>(
  page: Page,
): Page & { NextToken?: string } {
  return page.nextToken === undefined ? page : { ...page, NextToken: page.nextToken };
}
