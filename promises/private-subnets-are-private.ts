import { subnetsOf } from "../model/estate";
import { finding, type NetworkPromise } from "./promise";

export const privateSubnetsArePrivate: NetworkPromise = {
  name: "private-subnets-are-private",
  sentence: "No private or transit subnet has a public address or a route to an internet gateway.",
  check(stack, all) {
    const subnets = [...subnetsOf(all, stack, "private"), ...subnetsOf(all, stack, "transit")];
    return finding(
      subnets.flatMap(({ name, isPublic, routes }) => [
        {
          holds: !isPublic,
          evidence: `${name} ${isPublic ? "gives out public addresses" : "gives out no public address"}`,
        },
        ...routes
          .filter(({ kind }) => kind === "internet gateway")
          .map(({ destination }) => ({ holds: false, evidence: `${name}: ${destination} → internet gateway` })),
      ]),
    );
  },
};
