/** Public registries that the hub's registry caches, under a prefix each: those that need no credentials. */
export const IMAGE_CACHES = [
  { prefix: "ecr-public", upstream: "public.ecr.aws" },
  { prefix: "kubernetes", upstream: "registry.k8s.io" },
  { prefix: "quay", upstream: "quay.io" },
] as const;
