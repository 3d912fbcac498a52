import { attribute, items, knows, text, textIn } from "../../model/resource";
import { inside, isEmpty, isTrue, judged, ofType, type Rule } from "./rule";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";

const metadataNeedsTokens: Rule["check"] = (stack) =>
  ofType(stack, TEMPLATE).flatMap((template) => {
    const options = inside(template.inputs, "metadataOptions");
    const isOff = textIn(options, "httpEndpoint") === "disabled";
    const hops = Number(options["httpPutResponseHopLimit"] ?? Number.NaN);
    return judged(template, ["metadataOptions"], "requires IMDSv2 with one hop", [
      !isOff && textIn(options, "httpTokens") !== "required" && "serves instance metadata without a token (IMDSv1)",
      // One hop does not reach pods in their own network namespace.
      !isOff && hops !== 1 && "serves instance metadata over more than one hop",
    ]);
  });

const disksAreEncrypted: Rule["check"] = (stack) =>
  ofType(stack, TEMPLATE).flatMap((template) => {
    const disks = items(template, "blockDeviceMappings").filter((each) => isEmpty(each["noDevice"]));
    const passed = disks.length > 0 && disks.every((disk) => isTrue(inside(disk, "ebs")["encrypted"]));
    return judged(template, ["blockDeviceMappings"], "encrypts its EBS volumes", [
      !passed && "leaves an EBS volume unencrypted",
    ]);
  });

/** Template properties that run code on nodes or give access to them; none of them is expected. */
const WAYS_IN = ["keyName", "userData", "imageId", "iamInstanceProfile", "ramDiskId", "kernelId"];

const nobodyLogsIn: Rule["check"] = (stack) => [
  ...ofType(stack, TEMPLATE).flatMap((template) => {
    const used = WAYS_IN.filter((property) => !isEmpty(template.inputs[property]));
    return judged(template, WAYS_IN, "allows no login to nodes", [
      used.length > 0 && `sets ${used.join(", ")}, which gives access to nodes`,
    ]);
  }),
  ...ofType(stack, NODE_GROUP).flatMap((group) =>
    judged(group, ["remoteAccess"], "allows no login to nodes", [
      !isEmpty(group.inputs["remoteAccess"]) && "allows SSH (remoteAccess)",
    ]),
  ),
];

/** Without our launch template, EKS creates one with two metadata hops and no encryption. */
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
    return judged(group, [], "uses a launch template of its stack", [
      knows(group, "launchTemplate") && group.inputs["launchTemplate"] === undefined && "has no launch template",
      isKnown && !isOurs && "uses a launch template outside its stack",
      typeof role === "string" && !roles.includes(role) && `uses the role ${role}, which is outside its stack`,
    ]);
  });
};

export const NODE_RULES: readonly Rule[] = [
  { source: "Use the Instance Metadata Service to access instance metadata", check: metadataNeedsTokens },
  { source: "Amazon EBS encryption", check: disksAreEncrypted },
  { source: "Customize managed nodes with launch templates", check: nobodyLogsIn },
  { source: "Create a managed node group for your cluster", check: nodesAreOfTemplates },
];
