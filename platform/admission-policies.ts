/**
 * What objects must not ask for, as expressions in CEL (Kubernetes documentation, "Validating Admission Policy").
 */
export interface AdmissionPolicy {
  /** Name in Kubernetes. */
  readonly name: string;
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly validations: readonly { readonly expression: string; readonly message: string }[];
}

/** Load balancer classes of the controllers that exist: their Services have internal load balancers by default. */
const CLASSES = { karpenter: "service.k8s.aws/nlb", auto: "eks.amazonaws.com/nlb" } as const;

const ALLOW = "or set internet-load-balancers of the spoke to true";

const ANNOTATION = "object.metadata.?annotations";

/** Both prefixes and both annotations that the controller reads (its source, `pkg/annotations/constants.go`). */
const SERVICE_ANNOTATIONS =
  `["service.beta.kubernetes.io/", "service.kubernetes.io/"].all(prefix, ` +
  `${ANNOTATION}[?prefix + "aws-load-balancer-scheme"].orValue("internal") == "internal" && ` +
  `${ANNOTATION}[?prefix + "aws-load-balancer-internal"].orValue("true") == "true")`;

/** The second is the scheme of a load balancer in front of the first (the same file). */
const INGRESS_ANNOTATIONS =
  `["scheme", "frontend-nlb-scheme"].all(suffix, ` +
  `${ANNOTATION}[?"alb.ingress.kubernetes.io/" + suffix].orValue("internal") == "internal")`;

/**
 * Nodes send all traffic to the external addresses of a Service to its pods, whoever owns the addresses (Kubernetes
 * documentation, "DenyServiceExternalIPs"; CVE-2020-8554).
 */
const NO_EXTERNAL_ADDRESSES: AdmissionPolicy = {
  name: "no-external-addresses",
  apiGroups: [""],
  resources: ["services"],
  validations: [
    {
      expression: "object.spec.?externalIPs.orValue([]).size() == 0",
      message: "externalIPs takes over traffic to addresses of others: remove it, and use a load balancer",
    },
  ],
};

/**
 * The policies of a cluster.
 *
 * @param controllers controllers of load balancers in the cluster
 * @param internetLoadBalancers whether load balancers may face the internet
 */
export function admissionPolicies(
  controllers: readonly (keyof typeof CLASSES)[],
  internetLoadBalancers: boolean,
): readonly AdmissionPolicy[] {
  return [NO_EXTERNAL_ADDRESSES, ...(internetLoadBalancers ? [] : internalPolicies(controllers))];
}

function internalPolicies(controllers: readonly (keyof typeof CLASSES)[]): readonly AdmissionPolicy[] {
  const isOther = 'object.spec.?type.orValue("ClusterIP") != "LoadBalancer"';
  const classes = controllers.map((each) => CLASSES[each]);
  // A Service without a class gets one from EKS Auto Mode, or from the controller's webhook, which runs before this
  // check. Without either, Kubernetes would create a Classic Load Balancer, which is on the internet.
  const absent = controllers.includes("auto") ? CLASSES.auto : "";
  return [
    {
      name: "internal-services",
      apiGroups: [""],
      resources: ["services"],
      validations: [
        {
          expression: `${isOther} || ${SERVICE_ANNOTATIONS}`,
          message: `load balancers of this cluster are internal: set the annotation aws-load-balancer-scheme to internal or remove it, ${ALLOW}`,
        },
        {
          expression: `${isOther} || object.spec.?loadBalancerClass.orValue("${absent}") in ${JSON.stringify(classes)}`,
          message: `load balancers of this cluster are internal: set loadBalancerClass to ${classes.join(" or ")}, ${ALLOW}`,
        },
      ],
    },
    {
      name: "internal-ingresses",
      apiGroups: ["networking.k8s.io"],
      resources: ["ingresses"],
      validations: [
        {
          expression: INGRESS_ANNOTATIONS,
          message: `load balancers of this cluster are internal: set the annotations alb.ingress.kubernetes.io/scheme and frontend-nlb-scheme to internal or remove them, ${ALLOW}`,
        },
      ],
    },
    {
      name: "internal-ingress-classes",
      apiGroups: ["elbv2.k8s.aws", "eks.amazonaws.com"],
      resources: ["ingressclassparams"],
      validations: [
        {
          expression: 'object.?spec.?scheme.orValue("internal") == "internal"',
          message: `load balancers of this cluster are internal: set scheme to internal or remove it, ${ALLOW}`,
        },
      ],
    },
  ];
}
