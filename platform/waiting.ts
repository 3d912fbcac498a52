/**
 * Annotation by which Pulumi waits until the controller accepts an object (Pulumi documentation, "Kubernetes:
 * Installation & configuration", await logic). A wrong image or a missing permission fails the update that causes it.
 */
export const READY = { "pulumi.com/waitFor": "condition=Ready" } as const;

/**
 * For deletions that take as long as the nodes need to drain: Kubernetes deletes a node pool after its nodes, and a node
 * class after all of its nodes.
 */
export const NODES_GONE = { customTimeouts: { delete: "30m" } } as const;
