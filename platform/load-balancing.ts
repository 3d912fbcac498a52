import { IngressClass } from "@pulumi/kubernetes/networking/v1";
import * as pulumi from "@pulumi/pulumi";
import { imageOf, workloadOf } from "../components/facts/charts";
import type { PlatformContract } from "../components/platform-contract";
import { IngressClassParams, type IngressClassParamsSpec } from "./custom-resources";
import { cachedRepository } from "./images";
import { installChart } from "./release";

/** Name of the ingress class in Kubernetes. */
const INGRESS_CLASS = "alb";

export interface LoadBalancingArgs {
  readonly contract: PlatformContract;
  /**
   * Charts that contain a Service. The webhook of this chart must admit every new Service, which it does only when its
   * pods run.
   */
  readonly after: readonly pulumi.Resource[];
}

/** Load balancers for Ingresses and for Services of type LoadBalancer, by the AWS Load Balancer Controller. */
export class LoadBalancing extends pulumi.ComponentResource {
  constructor(name: string, { contract, after }: LoadBalancingArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:platform:LoadBalancing", name, {}, opts);
    const mine = { parent: this };
    const controller = installChart(
      `${name}-load-balancer-controller`,
      "aws-load-balancer-controller",
      { values: controllerValues(contract) },
      { ...mine, dependsOn: [...after] },
    );
    const parameters = new IngressClassParams(
      `${name}-alb`,
      { metadata: { name: INGRESS_CLASS }, ...ingressParameters(contract) },
      { ...mine, dependsOn: [controller] },
    );
    new IngressClass(
      `${name}-alb`,
      {
        metadata: { name: INGRESS_CLASS },
        spec: {
          controller: "ingress.k8s.aws/alb",
          parameters: { apiGroup: "elbv2.k8s.aws", kind: "IngressClassParams", name: INGRESS_CLASS },
        },
      },
      { ...mine, dependsOn: [parameters] },
    );
    this.registerOutputs({});
  }
}

/**
 * Faults of tags that the controller's chart cannot pass on: it writes them into a line of YAML without quotes, where a
 * colon before a space or at the end begins a map.
 */
export function tagFaults(tags: PlatformContract["tags"]): string[] {
  return Object.entries(tags).flatMap(([key, value]) =>
    /: |:$/.test(`${key}=${value}`)
      ? `the tag ${key} of the spoke is ${JSON.stringify(value)}: must have no colon before a space or at the end, which the ` +
        "chart of the AWS Load Balancer Controller cannot pass on; change owner or extra-tags of the spoke"
      : [],
  );
}

/**
 * The scheme of the load balancers of Ingresses. If both schemes are allowed, the annotation of an Ingress chooses, and the
 * object has no spec: server-side apply would turn an empty spec that had a field before into null, which the API refuses.
 */
export function ingressParameters({ internetLoadBalancers }: PlatformContract): {
  readonly spec?: IngressClassParamsSpec;
} {
  return internetLoadBalancers ? {} : { spec: { scheme: "internal" } };
}

/** Values of the chart `aws-load-balancer-controller`. */
function controllerValues(contract: PlatformContract): object {
  const { clusterName, region, vpcId, registry, tags, internetLoadBalancers } = contract;
  const workload = workloadOf("aws-load-balancer-controller");
  const image = imageOf(workload);
  return {
    clusterName,
    // The pods cannot reach the instance metadata.
    region,
    vpcId,
    serviceAccount: { name: workload.serviceAccount },
    replicaCount: workload.replicas,
    podDisruptionBudget: { maxUnavailable: 1 },
    tolerations: workload.tolerations,
    image: { repository: cachedRepository(registry, image), tag: `${image.tag}@${image.digest}` },
    resources: { requests: workload.requests },
    defaultTags: tags,
    // Packets go straight to the pods, which have addresses of the VPC.
    defaultTargetType: "ip",
    defaultLoadBalancerScheme: "internal",
    // The network has no endpoint for AWS WAF and Shield, and the controller's role may call neither.
    enableShield: false,
    enableWaf: false,
    enableWafv2: false,
    // The admission policies of this program do not restrict a Gateway.
    controllerConfig: { featureGates: { ALBGatewayAPI: false, NLBGatewayAPI: false } },
    // A new certificate at each update would fail calls of the webhook until every pod has it.
    keepTLSSecret: true,
    // The webhook gives a class to every Service of type LoadBalancer. Without its pods it would refuse every Service;
    // the policies refuse those without a class, for which Kubernetes would create a load balancer on the internet.
    serviceMutatorWebhookConfig: { failurePolicy: internetLoadBalancers ? "Fail" : "Ignore" },
    // The chart's notes recommend creating them when the controller runs, because its webhook validates them.
    createIngressClassResource: false,
    ingressClassParams: { create: false },
  };
}
