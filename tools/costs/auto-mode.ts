import { AUTO_MODE_FEE, type Prices } from "./price-list";

/**
 * Families whose fee is the same share of their price: compute optimized, general purpose, memory optimized and burstable.
 * That of accelerated instances is another.
 */
const FAMILIES = /^[cmrt]\d/;

/** EKS Auto Mode launches no instance of these sizes (Amazon EKS User Guide, "Learn about Amazon EKS Auto Mode Managed instances"). */
const TOO_SMALL = /\.(?:nano|micro|small)$/;

/**
 * EKS Auto Mode's fee for an hour of an instance that it launches, in US dollars, in addition to the instance's price. Null:
 * no price is known, or EKS Auto Mode does not launch the type.
 */
export function autoModeFeeHour(instanceType: string, { instanceHour }: Prices): number | null {
  const price = instanceHour[instanceType];
  if (price === undefined || !FAMILIES.test(instanceType) || TOO_SMALL.test(instanceType)) return null;
  return Math.round(price * AUTO_MODE_FEE.share * 1e5) / 1e5;
}
