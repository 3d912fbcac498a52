import { text, type ModelResource } from "../resource";
import { grouped, type Resources } from "./resources";
import type { Route } from "./route-tables";

/** What gateway endpoints put into the tables that they are attached to, inside or by a resource of its own. */
export function endpointRoutes(resources: Resources): { readonly table: string; readonly route: Route }[] {
  const separate = grouped(
    resources.ofType("aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation"),
    (each) => text(each, "vpcEndpointId"),
  );
  return resources.ofType("aws:ec2/vpcEndpoint:VpcEndpoint").flatMap((endpoint) => {
    if (typeOf(endpoint) !== "Gateway") return [];
    const { region, service } = awsServiceOf(text(endpoint, "serviceName")) ?? { region: "", service: "" };
    const route: Route = {
      ...{ destination: service, region, kind: "gateway endpoint", target: endpoint.id },
      ...{ property: "vpcEndpointId", resource: endpoint.name },
    };
    const tables = (separate.get(endpoint.id) ?? []).map((each) => resources.reference(each, "routeTableId"));
    return [...resources.references(endpoint, "routeTableIds"), ...tables].map((table) => ({ table, route }));
  });
}

/** Gateway is the default type (Amazon EC2 API Reference, CreateVpcEndpoint). */
export function typeOf(endpoint: ModelResource): string {
  return text(endpoint, "vpcEndpointType") || "Gateway";
}

/** `com.amazonaws.REGION.ecr.api` → `ecr.api` in REGION; undefined for a service of somebody else's. */
export function awsServiceOf(serviceName: string): { readonly region: string; readonly service: string } | undefined {
  const [, region = "", service = ""] =
    /^(?:cn\.)?com\.amazonaws\.([a-z]{2}(?:-[a-z]+)+-\d)\.(.+)$/.exec(serviceName) ?? [];
  return region === "" || service.startsWith("vpce-svc-") ? undefined : { region, service };
}
