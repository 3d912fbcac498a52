import { PolicyPack } from "@pulumi/policy";
import { policies } from "./stack-policies";
import { stackInPreview } from "./stack-config";

/** Importing this file starts the policy server of the engine, so it contains nothing else. */
new PolicyPack("network-checks", { policies: policies(stackInPreview), enforcementLevel: "mandatory" });
