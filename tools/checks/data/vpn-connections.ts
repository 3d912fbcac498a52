import { text } from "../../model/resource";
import { type DataRule, observe, resourcesOfType } from "../shared/check";

/** Values that protect a tunnel, by the end of the property's name. A property that is not set has AWS's defaults, weak ones too. */
const STRONG: Readonly<Record<string, readonly (string | number)[]>> = {
  IkeVersions: ["ikev2"],
  ...bothPhases("EncryptionAlgorithms", ["AES256", "AES256-GCM-16"]),
  ...bothPhases("IntegrityAlgorithms", ["SHA2-256", "SHA2-384", "SHA2-512"]),
  // Group 2 has 1,024 bits and group 5 has 1,536. RFC 8247 discourages 22 to 24.
  ...bothPhases("DhGroupNumbers", [14, 15, 16, 17, 18, 19, 20, 21]),
};

function bothPhases(name: string, values: readonly (string | number)[]) {
  return { [`Phase1${name}`]: values, [`Phase2${name}`]: values };
}

const TUNNELS = ["tunnel1", "tunnel2"];

const tunnelsAreStrong: DataRule["check"] = (stack) =>
  resourcesOfType(stack, "aws:ec2/vpnConnection:VpnConnection").flatMap((connection) => {
    const properties = TUNNELS.flatMap((tunnel) => Object.keys(STRONG).map((name) => `${tunnel}${name}`));
    const faults = properties.map((property) => {
      const value = connection.inputs[property];
      const strong: readonly unknown[] = STRONG[property.slice("tunnel1".length)] ?? [];
      const weak = Array.isArray(value) ? value.filter((each) => !strong.includes(each)) : undefined;
      if (weak === undefined || (value as unknown[]).length === 0)
        return `sets no ${property}, so AWS allows weak ones`;
      return weak.length > 0 && `allows ${weak.join(", ")} in ${property}`;
    });
    return observe(connection, properties, "has only strong algorithms in both tunnels", faults);
  });

/** A key of ours would be in the configuration, and in every preview of it. */
const keysAreGenerated: DataRule["check"] = (stack) =>
  resourcesOfType(stack, "aws:ec2/vpnConnection:VpnConnection").flatMap((connection) => {
    const properties = TUNNELS.map((tunnel) => `${tunnel}PresharedKey`);
    const isSet = properties.some((property) => text(connection, property) !== "");
    return observe(connection, properties, "has pre-shared keys that AWS generates", [
      isSet && "sets a pre-shared key",
    ]);
  });

export const VPN_RULES: readonly DataRule[] = [
  {
    source: 'AWS Site-to-Site VPN User Guide, "Tunnel options for your AWS Site-to-Site VPN connection"',
    check: tunnelsAreStrong,
  },
  {
    source: 'AWS Site-to-Site VPN User Guide, "AWS Site-to-Site VPN tunnel authentication options"',
    check: keysAreGenerated,
  },
];
