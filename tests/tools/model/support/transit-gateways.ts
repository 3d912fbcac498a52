import type { Properties } from "../../../../tools/model/resource";
import { ref, resource, type Part, type Routes } from "./resources";

const MODULE = "ec2transitgateway";

/** Without default route tables, unless `inputs` enable them. */
export function transitGateway(name: string, inputs: Properties = NO_DEFAULTS): Part {
  return [resource(`${MODULE}/transitGateway:TransitGateway`, name, inputs)];
}

const NO_DEFAULTS = { defaultRouteTableAssociation: "disable", defaultRouteTablePropagation: "disable" };

/** The attachment `att-VPC` of a VPC to the transit gateway `tgw`. */
export function attachment(vpcName: string, subnets: readonly string[], inputs: Properties = {}): Part {
  const ids = { vpcId: ref(vpcName), transitGatewayId: ref("tgw"), subnetIds: subnets.map(ref) };
  return [resource(`${MODULE}/vpcAttachment:VpcAttachment`, `att-${vpcName}`, { ...ids, ...inputs })];
}

export interface Members {
  /** VPCs whose attachments are associated with the table. */
  readonly associated?: readonly string[];
  /** VPCs whose attachments propagate to it. */
  readonly propagated?: readonly string[];
  /** CIDR → VPC, or `blackhole`. */
  readonly routes?: Routes;
}

export function transitTable(name: string, members: Members): Part {
  return [
    resource(`${MODULE}/routeTable:RouteTable`, name, { transitGatewayId: ref("tgw") }),
    ...inTable(name, members),
  ];
}

/** The associations, propagations and routes of a table. */
export function inTable(name: string, { associated = [], propagated = [], routes = {} }: Members): Part {
  const transitGatewayRouteTableId = ref(name);
  const member = (type: string) => (vpcName: string) =>
    resource(`${MODULE}/${type}`, `${name} ${vpcName} ${type}`, {
      transitGatewayAttachmentId: ref(`att-${vpcName}`),
      transitGatewayRouteTableId,
    });
  return [
    ...associated.map(member("routeTableAssociation:RouteTableAssociation")),
    ...propagated.map(member("routeTablePropagation:RouteTablePropagation")),
    ...Object.entries(routes).map(([destinationCidrBlock, target]) =>
      resource(`${MODULE}/route:Route`, `${name} ${destinationCidrBlock}`, {
        ...{ destinationCidrBlock, transitGatewayRouteTableId },
        ...(target === "blackhole" ? { blackhole: true } : { transitGatewayAttachmentId: ref(`att-${target}`) }),
      }),
    ),
  ];
}

/** Makes a table the default one for associations or propagations. */
export function makeDefault(what: "Association" | "Propagation", name: string): Part {
  const type = `defaultRouteTable${what}:DefaultRouteTable${what}`;
  const ids = { transitGatewayId: ref("tgw"), transitGatewayRouteTableId: ref(name) };
  return [resource(`${MODULE}/${type}`, `default ${what}`, ids)];
}
