import type { PlannedResource } from "../engine/resource";
import type { Json } from "../engine/wire";
import type { Plan, StackPlan } from "../plan";
import { ofType, referred, text } from "./resources";

/** A route table of the transit gateway. */
export interface TransitTableView {
  readonly name: string;
  /** Networks whose attachment is associated with it: what they send is looked up here. */
  readonly readBy: readonly string[];
  /** Propagated ones first, then static ones, each in the order of the plan. */
  readonly routes: readonly TransitRouteView[];
}

export interface TransitRouteView {
  readonly destination: string;
  /** Network that it leads to; null: dropped. */
  readonly network: string | null;
  readonly origin: "propagated" | "static";
}

interface Attachment {
  readonly network: string;
  readonly name: string;
  readonly cidr: string;
  /** Whether the gateway's default tables take it in. */
  readonly associates: boolean;
  readonly propagates: boolean;
}

const MODULE = "aws:ec2transitgateway";

/** The transit gateway's route tables, with the attachments of all stacks. */
export function transitTables(plan: Plan): TransitTableView[] {
  const attachments = plan.flatMap(attachmentsOf);
  return plan.flatMap((hub) =>
    ofType(hub, `${MODULE}/routeTable:RouteTable`).map(({ name }): TransitTableView => {
      const inThis = (type: string): PlannedResource[] =>
        ofType(hub, `${MODULE}/${type}`).filter(
          ({ inputs }) => referred(inputs["transitGatewayRouteTableId"])?.name === name,
        );
      const named = (resources: readonly PlannedResource[]): string[] =>
        resources.flatMap(({ inputs }) => networkOf(inputs["transitGatewayAttachmentId"], attachments) ?? []);

      const isDefaultToRead = inThis("defaultRouteTableAssociation:DefaultRouteTableAssociation").length > 0;
      const isDefaultToFill = inThis("defaultRouteTablePropagation:DefaultRouteTablePropagation").length > 0;
      const readers = named(inThis("routeTableAssociation:RouteTableAssociation"));
      const announcers = named(inThis("routeTablePropagation:RouteTablePropagation"));
      return {
        name,
        readBy: attachments
          .filter((each) => (isDefaultToRead && each.associates) || readers.includes(each.network))
          .map(({ network }) => network),
        routes: [
          ...attachments
            .filter((each) => (isDefaultToFill && each.propagates) || announcers.includes(each.network))
            .map(({ cidr, network }) => ({ destination: cidr, network, origin: "propagated" as const })),
          ...inThis("route:Route").map((route) => ({
            destination: text(route, "destinationCidrBlock"),
            network: networkOf(route.inputs["transitGatewayAttachmentId"], attachments),
            origin: "static" as const,
          })),
        ],
      };
    }),
  );
}

function attachmentsOf(stack: StackPlan): Attachment[] {
  const vpcs = ofType(stack, "aws:ec2/vpc:Vpc");
  return ofType(stack, `${MODULE}/vpcAttachment:VpcAttachment`).map(({ name, inputs }) => {
    const vpc = vpcs.find((each) => each.name === referred(inputs["vpcId"])?.name);
    return {
      network: stack.name,
      name,
      cidr: vpc === undefined ? "" : text(vpc, "cidrBlock"),
      associates: inputs["transitGatewayDefaultRouteTableAssociation"] !== false,
      propagates: inputs["transitGatewayDefaultRouteTablePropagation"] !== false,
    };
  });
}

function networkOf(attachmentId: Json | undefined, attachments: readonly Attachment[]): string | null {
  const attachment = referred(attachmentId)?.name;
  return attachments.find(({ name }) => name === attachment)?.network ?? null;
}

/** `10.1.0.0/16 → dev`. */
export function transitRouteInWords({ destination, network }: TransitRouteView): string {
  return `${destination} → ${network ?? "dropped (blackhole)"}`;
}
