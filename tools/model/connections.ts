import { connectionRouteName, connectionTableName, siteNetworkName } from "../../components/names";
import { ALL_SPOKES } from "../../components/settings/connections";
import { type AllStacks, text, type StackResources } from "./resource";

const TRANSIT = "aws:ec2transitgateway";

/** The parts of the configuration for which a hub uses the attachments of spokes. */
type Connected = Pick<AllStacks, "connections" | "sites">;

/**
 * The stacks without the associations and propagations that connections and sites have for attachments of spokes whose stack is
 * not among them. Any other association or propagation of an unknown attachment stays, and `paths-are-fully-modeled` fails.
 */
export function withoutAbsentSpokes<S extends StackResources>(stacks: readonly S[], config: Connected): S[] {
  const attachments = new Set(
    stacks.flatMap(({ resources }) =>
      resources.flatMap(({ type, id }) => (type === `${TRANSIT}/vpcAttachment:VpcAttachment` ? [id] : [])),
    ),
  );
  return stacks.map((stack) => {
    if (!stack.isHub) return stack;
    const connected = connectedIn(stack.name, config);
    const resources = stack.resources.filter((resource) => {
      const isConnected = connected.has(`${resource.type}::${resource.name}`);
      return !isConnected || attachments.has(text(resource, "transitGatewayAttachmentId"));
    });
    return { ...stack, resources };
  });
}

/** `TYPE::NAME` of the associations and propagations that a hub has for the attachments of spokes. */
function connectedIn(hub: string, { connections, sites = [] }: Connected): ReadonlySet<string> {
  const { tables, forAll } = connections ?? { tables: [], forAll: [] };
  const associations = tables.map(({ spoke }) => connectionTableName(hub, spoke));
  const routes = [...tables, { spoke: ALL_SPOKES, reaches: forAll }].flatMap(({ spoke, reaches }) =>
    reaches.map((other) => connectionRouteName(hub, spoke, other)),
  );
  const ofSites = sites.flatMap(({ name, spokes }) => spokes.map((spoke) => siteNetworkName(hub, name, spoke)));
  return new Set([
    ...associations.map((name) => `${TRANSIT}/routeTableAssociation:RouteTableAssociation::${name}`),
    ...[...routes, ...ofSites].map((name) => `${TRANSIT}/routeTablePropagation:RouteTablePropagation::${name}`),
  ]);
}
