import { PolicyPack } from "@pulumi/policy";
import { readPreviewedStack } from "./previewed-stack";
import { policies } from "./stack-policies";

/** Importing this file starts the policy server of the engine, so it contains nothing else. */
new PolicyPack("network-checks", { policies: policies(readPreviewedStack), enforcementLevel: "mandatory" });
