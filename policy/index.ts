import { PolicyPack } from "@pulumi/policy";
import { policies } from "./policies";
import { stackInPreview } from "./stack-in-preview";

/** Importing this file starts the policy server of the engine, so it contains nothing else. */
new PolicyPack("network-checks", { policies: policies(stackInPreview), enforcementLevel: "mandatory" });
