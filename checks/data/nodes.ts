import { attribute, items, knows, text, textIn } from "../../model/resource";
import { inside, isEmpty, isTrue, judged, ofType, type Rule } from "./rule";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";

const metadataNeedsTokens: Rule["check"] = (stack) =>
  ofType(stack, TEMPLATE).flatMap((template) => {
    const options = inside(template.inputs, "metadataOptions");
    const isOff = textIn(options, "httpEndpoint") === "disabled";
    const hops = Number(options["httpPutResponseHopLimit"] ?? Number.NaN);
    return judged(template, ["metadataOptions"], "has IMDSv2 alone", [
      !isOff && textIn(options, "httpTokens") !== "required" && "gives metadata without a token",
      // One hop: not into a pod's network.
      !isOff && hops !== 1 && "gives metadata over more than one hop",
    ]);
  });

const disksAreEncrypted: Rule["check"] = (stack) =>
  ofType(stack, TEMPLATE).flatMap((template) => {
    const disks = items(template, "blockDeviceMappings").filter((each) => isEmpty(each["noDevice"]));
    const passed = disks.length > 0 && disks.every((disk) => isTrue(inside(disk, "ebs")["encrypted"]));
    return judged(template, ["blockDeviceMappings"], "encrypts its disks", [
      !passed && "leaves a disk without encryption",
    ]);
  });

/** What a template may carry that runs on nodes, or lets somebody onto them: none of it is planned. */
const WAYS_IN = ["keyName", "userData", "imageId", "iamInstanceProfile", "ramDiskId", "kernelId"];

const nobodyLogsIn: Rule["check"] = (stack) => [
  ...ofType(stack, TEMPLATE).flatMap((template) => {
    const used = WAYS_IN.filter((property) => !isEmpty(template.inputs[property]));
    return judged(template, WAYS_IN, "lets nobody log in", [used.length > 0 && `sets ${used.join(", ")}`]);
  }),
  ...ofType(stack, NODE_GROUP).flatMap((group) =>
    judged(group, ["remoteAccess"], "lets nobody log in", [!isEmpty(group.inputs["remoteAccess"]) && "lets SSH in"]),
  ),
];

/** Without a template of ours EKS makes one, which gives metadata over two hops and names no encryption. */
const nodesAreOfTemplates: Rule["check"] = (stack) => {
  const templates = ofType(stack, TEMPLATE);
  const roles = ofType(stack, "aws:iam/role:Role").map((role) => attribute(role, "arn"));
  return ofType(stack, NODE_GROUP).flatMap((group) => {
    const named = inside(group.inputs, "launchTemplate");
    const isKnown = named["id"] !== undefined || named["name"] !== undefined;
    const isOurs = templates.some(
      (each) => each.id === named["id"] || (textIn(named, "name") || "-") === text(each, "name"),
    );
    const role = group.inputs["nodeRoleArn"];
    return judged(group, [], "is of a launch template of its stack", [
      knows(group, "launchTemplate") && group.inputs["launchTemplate"] === undefined && "has no launch template",
      isKnown && !isOurs && "has a launch template that its stack does not make",
      typeof role === "string" && !roles.includes(role) && `has the role ${role}, which its stack does not make`,
    ]);
  });
};

export const NODE_RULES: readonly Rule[] = [
  { source: "Use the Instance Metadata Service to access instance metadata", check: metadataNeedsTokens },
  { source: "Amazon EBS encryption", check: disksAreEncrypted },
  { source: "Customize managed nodes with launch templates", check: nobodyLogsIn },
  { source: "Create a managed node group for your cluster", check: nodesAreOfTemplates },
];
