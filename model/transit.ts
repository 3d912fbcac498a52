import type { Attachment, Vpc } from "./network";
import { text, type ModelResource } from "./resource";

/** A route table of a transit gateway. */
export interface TransitTable {
  readonly id: string;
  readonly name: string;
  /** Attachments that read it. */
  readonly associated: readonly string[];
  readonly routes: readonly TransitRoute[];
}

export interface TransitRoute {
  readonly cidr: string;
  /** Attachment that it leads to; null: dropped. */
  readonly attachmentId: string | null;
  readonly isStatic: boolean;
}

const MODULE = "aws:ec2transitgateway";

/** The tables with what is associated and propagated, by hand or because they are the gateway's defaults. */
export function transitTablesOf(
  resources: readonly ModelResource[],
  attachments: readonly Attachment[],
  vpcs: readonly Vpc[],
): TransitTable[] {
  const ofType = (type: string): readonly ModelResource[] =>
    resources.filter((resource) => resource.type === `${MODULE}/${type}`);
  return ofType("routeTable:RouteTable").map(({ id, name }) => {
    const inThis = (type: string): readonly ModelResource[] =>
      ofType(type).filter((each) => text(each, "transitGatewayRouteTableId") === id);
    const byHand = (type: string): string[] => inThis(type).map((each) => text(each, "transitGatewayAttachmentId"));
    const byDefault = (type: string, takesPart: (attachment: Attachment) => boolean): string[] =>
      inThis(type).length === 0 ? [] : attachments.filter(takesPart).map((attachment) => attachment.id);
    const propagated = [
      ...byHand("routeTablePropagation:RouteTablePropagation"),
      ...byDefault("defaultRouteTablePropagation:DefaultRouteTablePropagation", ({ propagates }) => propagates),
    ];
    return {
      id,
      name,
      associated: [
        ...byHand("routeTableAssociation:RouteTableAssociation"),
        ...byDefault("defaultRouteTableAssociation:DefaultRouteTableAssociation", ({ associates }) => associates),
      ],
      routes: [
        ...inThis("route:Route").map((route) => ({
          cidr: text(route, "destinationCidrBlock"),
          attachmentId: route.inputs["blackhole"] === true ? null : text(route, "transitGatewayAttachmentId"),
          isStatic: true,
        })),
        ...propagated.flatMap((attachmentId) => {
          const vpcId = attachments.find((each) => each.id === attachmentId)?.vpcId;
          const vpc = vpcs.find((each) => each.id === vpcId);
          return vpc === undefined ? [] : [{ cidr: vpc.cidr, attachmentId, isStatic: false }];
        }),
      ],
    };
  });
}
