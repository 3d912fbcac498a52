import * as pulumi from "@pulumi/pulumi";
import type { PlatformContract } from "../components/platform-contract";
import { ApplicationNamespace } from "./application-namespace";
import { AUTO, AutoMode } from "./auto-mode";
import { Admission } from "./admission";
import { admissionPolicies } from "./admission-policies";
import { Karpenter } from "./karpenter";
import { LoadBalancing } from "./load-balancing";
import type { PlatformSettings } from "./settings";
import { Storage, type VolumeClass } from "./storage";

/** What launches nodes and creates load balancers and volumes. A cluster has both while it changes from one to the other. */
type Controllers = readonly ("karpenter" | "auto")[];

export interface PlatformArgs {
  readonly settings: PlatformSettings;
  /** What the spoke exports. */
  readonly contract: PlatformContract;
}

/**
 * What a spoke's cluster needs before applications run on it: nodes that come and go, load balancers, volumes, and a
 * namespace for each application.
 */
export class Platform extends pulumi.ComponentResource {
  private readonly contract: PlatformContract;

  constructor(
    private readonly name: string,
    { settings, contract }: PlatformArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:platform:Platform", name, {}, opts);
    this.contract = contract;
    const controllers = controllersOf(contract);

    const policies = this.createPolicies(controllers);
    const nodes = this.createNodes(settings);
    const storage = new Storage(name, { classes: volumeClasses(controllers) }, { parent: this });
    for (const namespace of settings.namespaces) {
      new ApplicationNamespace(
        `${name}-namespace-${namespace.name}`,
        {
          settings: namespace,
          kubernetesVersion: contract.kubernetesVersion,
          dnsAddress: contract.dnsAddress,
          protect: settings.protect,
          after: [policies, ...nodes, storage],
        },
        { parent: this },
      );
    }
    this.registerOutputs({});
  }

  private createPolicies(controllers: Controllers): pulumi.Resource {
    const policies = admissionPolicies(controllers, this.contract.internetLoadBalancers);
    return new Admission(this.name, { policies }, { parent: this });
  }

  /** Nodes and load balancers. */
  private createNodes({ nodePools }: PlatformSettings): pulumi.Resource[] {
    const { name, contract } = this;
    const created: pulumi.Resource[] = [];
    if (contract.karpenter !== undefined) {
      const args = { contract, karpenter: contract.karpenter, nodePools };
      const karpenter = new Karpenter(name, args, { parent: this });
      const after = [karpenter.controller];
      created.push(karpenter, new LoadBalancing(name, { contract, after }, { parent: this }));
    }
    if (contract.autoMode !== undefined) {
      const args = { contract, autoMode: contract.autoMode, nodePools };
      created.push(new AutoMode(name, args, { parent: this }));
    }
    return created;
  }
}

function controllersOf({ karpenter, autoMode }: PlatformContract): Controllers {
  return [
    ...(karpenter === undefined ? [] : (["karpenter"] as const)),
    ...(autoMode === undefined ? [] : (["auto"] as const)),
  ];
}

/** The default is a class whose volumes attach to the nodes on which applications run now. */
function volumeClasses(controllers: Controllers): readonly VolumeClass[] {
  const hasKarpenter = controllers.includes("karpenter");
  const classes = {
    karpenter: { name: "gp3", provisioner: "ebs.csi.aws.com", isDefault: true },
    auto: { name: `${AUTO}-gp3`, provisioner: "ebs.csi.eks.amazonaws.com", isDefault: !hasKarpenter },
  } as const;
  return controllers.map((each) => classes[each]);
}
