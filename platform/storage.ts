import { StorageClass } from "@pulumi/kubernetes/storage/v1";
import * as pulumi from "@pulumi/pulumi";

/** A class of volumes in the cluster. */
export interface VolumeClass {
  /** Name in Kubernetes. */
  readonly name: string;
  /** CSI driver: of the EBS add-on, or of EKS Auto Mode. A volume of one attaches only to the nodes of the same. */
  readonly provisioner: "ebs.csi.aws.com" | "ebs.csi.eks.amazonaws.com";
  readonly isDefault: boolean;
}

export interface StorageArgs {
  readonly classes: readonly VolumeClass[];
}

/**
 * Encrypted gp3 volumes in the Availability Zone of their pod, which may grow.
 *
 * The EBS add-on has a default class too. Of several, Kubernetes uses the newest (Kubernetes documentation, "Storage
 * Classes"), which is this one, since the spoke is deployed before the platform. The class of the add-on does not
 * encrypt, unless the account's own default does.
 */
export class Storage extends pulumi.ComponentResource {
  constructor(name: string, { classes }: StorageArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:platform:Storage", name, {}, opts);
    for (const { name: className, provisioner, isDefault } of classes) {
      new StorageClass(
        `${name}-${className}`,
        {
          metadata: {
            name: className,
            annotations: { "storageclass.kubernetes.io/is-default-class": String(isDefault) },
          },
          provisioner,
          parameters: { type: "gp3", encrypted: "true" },
          reclaimPolicy: "Delete",
          volumeBindingMode: "WaitForFirstConsumer",
          allowVolumeExpansion: true,
        },
        { parent: this },
      );
    }
    this.registerOutputs({});
  }
}
