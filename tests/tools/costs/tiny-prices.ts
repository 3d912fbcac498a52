import type { PriceList, Prices } from "../../../tools/costs/price-list";

/** A price list without a price of NAT gateways. */
export const WITHOUT_NAT_PRICE: Prices = {
  publicIpv4Hour: 0.01,
  transitGatewayAttachmentHour: 0.2,
  vpnConnectionHour: 0.4,
  interfaceEndpointHour: 0.02,
  resolverAddressHour: 0.3,
  hostedZoneMonth: 2,
  furtherHostedZoneMonth: 0.5,
  keyMonth: 3,
  alarmMetricMonth: 0.2,
  compositeAlarmMonth: 0.7,
  dashboardMonth: 4,
  clusterHour: 1,
  volumeGibMonth: 0.1,
  instanceHour: { "m7g.large": 0.5 },
};

/** Prices for mental arithmetic: 0.1 an hour is 73 a month, 0.01 is 7.30. */
export const TINY_PRICES: Prices = { ...WITHOUT_NAT_PRICE, natGatewayHour: 0.1 };

export const TINY_LIST: PriceList = { prices: TINY_PRICES, notes: ["Prices of a test."] };
