import { lookup } from "../../lookup";
import { ENDPOINT_SERVICES } from "../../../../components/facts/endpoint-services";
import { isProperties, items, text, textIn, texts, type ModelResource } from "../../resource";
import { awsServiceOf, typeOf } from "../gateway-endpoints";
import { ALWAYS_HARMLESS, FOLLOWED } from "./followed";

/** Settings of a covered type that the model does not cover, as text. */
export function unfollowedIn(resource: ModelResource): string[] {
  const known = FOLLOWED[resource.type];
  if (known === undefined) return [];
  const { followed, harmless = [], values = {} } = known;
  const set = Object.entries(resource.inputs)
    .filter(([property]) => ![...followed, ...harmless, ...ALWAYS_HARMLESS].includes(property))
    .filter(([property, value]) => !isOff(value) && !(lookup(values, property) ?? []).includes(String(value)))
    .map(([property]) => `sets ${property}`);
  return [...set, ...(FURTHER[resource.type] ?? (() => []))(resource)];
}

/** Whether a value means off or none. */
function isOff(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isOff);
  if (isProperties(value)) return Object.values(value).every(isOff);
  return value === undefined || value === null || value === false || ["", "disable", 0].includes(value as string);
}

/** Values of covered properties that the model does not cover. */
const FURTHER: Readonly<Record<string, (resource: ModelResource) => string[]>> = {
  "aws:ec2/routeTable:RouteTable": inlineIpv6,
  "aws:ec2/defaultRouteTable:DefaultRouteTable": inlineIpv6,
  "aws:ec2/vpcEndpoint:VpcEndpoint": (endpoint) => {
    const [type, serviceName] = [typeOf(endpoint), text(endpoint, "serviceName")];
    if (!["Gateway", "Interface"].includes(type)) return [`has the type ${type}`];
    // A third party's endpoint service may lead anywhere (AWS PrivateLink Guide, "Share your services").
    const service = awsServiceOf(serviceName)?.service;
    if (serviceName !== "" && service === undefined) return [`connects to ${serviceName}, which is not an AWS service`];
    const answers = endpoint.inputs["privateDnsEnabled"] === true && !ENDPOINT_SERVICES.includes(service ?? "");
    return answers ? [`uses private DNS for ${service ?? "a service"}, whose DNS names are unknown`] : [];
  },
  // A public NAT gateway has an Elastic IP address (Amazon EC2 API Reference, CreateNatGateway).
  "aws:ec2/natGateway:NatGateway": (nat) => {
    const needsAddress = text(nat, "connectivityType") !== "private" && text(nat, "availabilityMode") !== "regional";
    return needsAddress && text(nat, "allocationId") === "" ? ["is public and has no allocationId"] : [];
  },
  // Accounts that a subnet is shared with can launch anything in it (Amazon VPC User Guide, "Share your VPC").
  "aws:ram/resourceAssociation:ResourceAssociation": (share) => {
    const arn = text(share, "resourceArn");
    return /ec2\/subnet:Subnet|:subnet\//.test(arn) ? [`shares the subnet ${arn}`] : [];
  },
  "aws:route53/resolverEndpoint:ResolverEndpoint": (resolver) => {
    const [direction, protocols] = [text(resolver, "direction"), texts(resolver, "protocols")];
    return [
      ...(["INBOUND", ""].includes(direction) ? [] : [`has the direction ${direction}`]),
      ...(protocols.length === 0 || protocols.includes("Do53")
        ? []
        : [`supports only ${protocols.join(", ")}, not Do53`]),
    ];
  },
};

function inlineIpv6(table: ModelResource): string[] {
  const blocks = items(table, "routes").map((route) => textIn(route, "ipv6CidrBlock"));
  return blocks.filter((block) => block !== "").map((block) => `has a route for ${block}`);
}
