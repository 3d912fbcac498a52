import { isProperties, items, text, textIn, texts, type ModelResource } from "../../resource";
import { awsServiceOf, typeOf } from "../gateway-endpoints";
import { ALWAYS_HARMLESS, FOLLOWED } from "./followed";

/** What a resource of a followed type sets that the model does not follow, in words. */
export function unfollowedIn(resource: ModelResource): string[] {
  const known = FOLLOWED[resource.type];
  if (known === undefined) return [];
  const { followed, harmless = [], values = {} } = known;
  const set = Object.entries(resource.inputs)
    .filter(([property]) => ![...followed, ...harmless, ...ALWAYS_HARMLESS].includes(property))
    .filter(([property, value]) => !isOff(value) && !(values[property] ?? []).includes(String(value)))
    .map(([property]) => `sets ${property}`);
  return [...set, ...(FURTHER[resource.type] ?? (() => []))(resource)];
}

/** Whether a value says that there is none of something. */
function isOff(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isOff);
  if (isProperties(value)) return Object.values(value).every(isOff);
  return value === undefined || value === null || value === false || ["", "disable", 0].includes(value as string);
}

/** Values of followed properties that the model does not follow. */
const FURTHER: Readonly<Record<string, (resource: ModelResource) => string[]>> = {
  "aws:ec2/routeTable:RouteTable": inlineIpv6,
  "aws:ec2/defaultRouteTable:DefaultRouteTable": inlineIpv6,
  "aws:ec2/vpcEndpoint:VpcEndpoint": (endpoint) => {
    const [type, serviceName] = [typeOf(endpoint), text(endpoint, "serviceName")];
    if (!["Gateway", "Interface"].includes(type)) return [`is of type ${type}`];
    // A service of somebody else's may lead anywhere (AWS PrivateLink Guide, "Share your services").
    const isAws = serviceName === "" || awsServiceOf(serviceName) !== undefined;
    return isAws ? [] : [`leads to ${serviceName}, which is not AWS's`];
  },
  "aws:route53/resolverEndpoint:ResolverEndpoint": (resolver) => {
    const [direction, protocols] = [text(resolver, "direction"), texts(resolver, "protocols")];
    return [
      ...(["INBOUND", ""].includes(direction) ? [] : [`has the direction ${direction}`]),
      ...(protocols.length === 0 || protocols.includes("Do53") ? [] : [`answers by ${protocols.join(", ")} alone`]),
    ];
  },
};

function inlineIpv6(table: ModelResource): string[] {
  const blocks = items(table, "routes").map((route) => textIn(route, "ipv6CidrBlock"));
  return blocks.filter((block) => block !== "").map((block) => `has a route for ${block}`);
}
