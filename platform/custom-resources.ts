import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import type * as pulumi from "@pulumi/pulumi";
import type { Ec2NodeClassSpec, NodeClassSpec, NodePoolSpec } from "./node-manifests";

/** Metadata of an object that belongs to no namespace. */
interface Metadata {
  readonly name: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

interface CustomResourceArgs<Spec> {
  readonly metadata: Metadata;
  readonly spec: Spec;
}

interface IngressClassParamsArgs {
  readonly metadata: Metadata;
  /** @default the object has none */
  readonly spec?: IngressClassParamsSpec;
}

/** Configuration of Karpenter's nodes in AWS (Karpenter documentation, "NodeClasses"). */
export class Ec2NodeClass extends CustomResource {
  constructor(name: string, args: CustomResourceArgs<Ec2NodeClassSpec>, opts?: pulumi.CustomResourceOptions) {
    super(name, { apiVersion: "karpenter.k8s.aws/v1", kind: "EC2NodeClass", ...args }, opts);
  }
}

/** Configuration of the nodes of EKS Auto Mode in AWS (Amazon EKS User Guide, "Create a Node Class for Amazon EKS"). */
export class NodeClass extends CustomResource {
  constructor(name: string, args: CustomResourceArgs<NodeClassSpec>, opts?: pulumi.CustomResourceOptions) {
    super(name, { apiVersion: "eks.amazonaws.com/v1", kind: "NodeClass", ...args }, opts);
  }
}

/** Nodes that are launched for pods that fit on no node. Karpenter and EKS Auto Mode use the same kind. */
export class NodePool extends CustomResource {
  constructor(name: string, args: CustomResourceArgs<NodePoolSpec>, opts?: pulumi.CustomResourceOptions) {
    super(name, { apiVersion: "karpenter.sh/v1", kind: "NodePool", ...args }, opts);
  }
}

/** What all load balancers of an ingress class have in common. */
export interface IngressClassParamsSpec {
  /** Overrides the annotation of an Ingress. @default the scheme that the Ingress chooses */
  readonly scheme?: "internal";
}

/** Of the AWS Load Balancer Controller (its documentation, "IngressClass"). */
export class IngressClassParams extends CustomResource {
  constructor(name: string, args: IngressClassParamsArgs, opts?: pulumi.CustomResourceOptions) {
    super(name, { apiVersion: "elbv2.k8s.aws/v1beta1", kind: "IngressClassParams", ...args }, opts);
  }
}

/** Of EKS Auto Mode (Amazon EKS User Guide, "Create an IngressClass to configure an Application Load Balancer"). */
export class AutoIngressClassParams extends CustomResource {
  constructor(name: string, args: IngressClassParamsArgs, opts?: pulumi.CustomResourceOptions) {
    super(name, { apiVersion: "eks.amazonaws.com/v1", kind: "IngressClassParams", ...args }, opts);
  }
}
