import {
  DescribeTransitGatewayRouteTablesCommand,
  DescribeTransitGatewayVpcAttachmentsCommand,
  DescribeVpcsCommand,
  GetTransitGatewayRouteTableAssociationsCommand,
  GetTransitGatewayRouteTablePropagationsCommand,
  SearchTransitGatewayRoutesCommand,
  type EC2Client,
} from "@aws-sdk/client-ec2";
import type { Facts } from "../facts";
import { nameOf, type Clients } from "./clients";

const TABLES = ["hub-hub", "hub-spokes"];

/**
 * What AWS says of the transit gateway's tables, in the words of `expectedTransit`. What an attachment announces is asked
 * for as such: not every emulator makes routes of it.
 */
export async function seenTransit({ ec2, ours }: Clients): Promise<Facts> {
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({ Filters: [ours] }));
  const { TransitGatewayVpcAttachments = [] } = await ec2.send(new DescribeTransitGatewayVpcAttachmentsCommand({}));
  const vpcs = new Map(Vpcs.map(({ VpcId, Tags }) => [VpcId, nameOf(Tags)]));
  const attachments = new Map(
    TransitGatewayVpcAttachments.map(({ TransitGatewayAttachmentId, VpcId }) => [
      TransitGatewayAttachmentId,
      vpcs.get(VpcId),
    ]),
  );
  const names = (list: readonly { readonly TransitGatewayAttachmentId?: string | undefined }[]): string[] =>
    list.map(({ TransitGatewayAttachmentId: id }) => attachments.get(id) ?? String(id)).sort();

  const facts: Record<string, string[]> = {};
  for (const table of TABLES) {
    const TransitGatewayRouteTableId = await tableId(ec2, table);
    const { Associations = [] } = await ec2.send(
      new GetTransitGatewayRouteTableAssociationsCommand({ TransitGatewayRouteTableId }),
    );
    const { TransitGatewayRouteTablePropagations = [] } = await ec2.send(
      new GetTransitGatewayRouteTablePropagationsCommand({ TransitGatewayRouteTableId }),
    );
    const { Routes = [] } = await ec2.send(
      new SearchTransitGatewayRoutesCommand({
        TransitGatewayRouteTableId,
        Filters: [{ Name: "type", Values: ["static"] }],
      }),
    );
    facts[`associated with ${table}`] = names(Associations);
    facts[`propagating to ${table}`] = names(TransitGatewayRouteTablePropagations);
    facts[`static routes of ${table}`] = Routes.map(
      ({ DestinationCidrBlock = "?", State = "?" }) => `${DestinationCidrBlock} → ${State}`,
    ).sort();
  }
  return facts;
}

async function tableId(ec2: EC2Client, name: string): Promise<string> {
  const { TransitGatewayRouteTables = [] } = await ec2.send(
    new DescribeTransitGatewayRouteTablesCommand({ Filters: [{ Name: "state", Values: ["available"] }] }),
  );
  const [table] = TransitGatewayRouteTables.filter(({ Tags }) => nameOf(Tags) === name);
  if (table?.TransitGatewayRouteTableId === undefined) throw new Error(`AWS has no transit gateway table ${name}`);
  return table.TransitGatewayRouteTableId;
}
