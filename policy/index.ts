import { PolicyPack } from "@pulumi/policy";
import { policies } from "./policies";
import { stackInPreview } from "./stack-in-preview";

/** Starts a server that the engine asks, so nothing else is in this file. */
new PolicyPack("network-checks", { policies: policies(stackInPreview), enforcementLevel: "mandatory" });
