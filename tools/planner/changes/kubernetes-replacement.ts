/**
 * Properties of a Kubernetes resource whose change replaces it; nested ones are written `a.b`.
 *
 * Source: pulumi/pulumi-kubernetes, `forceNewProperties` in provider/pkg/provider/diff.go and `Diff` in helm_release.go, as of
 * 2026-07-01. Custom resources, such as those of Karpenter, are replaced when they get another name or namespace. The provider of
 * `platform/` changes the data of ConfigMaps and Secrets in place (`enableConfigMapMutable`, `enableSecretMutable`).
 *
 * @param type `kubernetes:GROUP/VERSION:KIND`
 */
export function kubernetesReplacesOn(type: string): readonly string[] {
  if (type === "kubernetes:helm.sh/v3:Release") return ["name", "namespace"];
  const kind = type.split(":")[2] ?? "";
  return ["metadata.name", "metadata.namespace", ...(BY_KIND[kind] ?? []), ...(REFUSED_IN_PLACE[kind] ?? [])];
}

const BY_KIND: Readonly<Record<string, readonly string[]>> = {
  ClusterRoleBinding: ["roleRef"],
  DaemonSet: ["spec.selector"],
  Deployment: ["spec.selector"],
  ResourceQuota: ["spec.scopes"],
  RoleBinding: ["roleRef"],
  Secret: ["type"],
  Service: ["spec.clusterIP"],
  StorageClass: ["parameters", "provisioner"],
};

/**
 * Properties that the provider would change in place and the Kubernetes API refuses to change (Kubernetes,
 * pkg/apis/storage/validation, ValidateStorageClassUpdate).
 */
const REFUSED_IN_PLACE: Readonly<Record<string, readonly string[]>> = {
  StorageClass: ["reclaimPolicy", "volumeBindingMode"],
};
