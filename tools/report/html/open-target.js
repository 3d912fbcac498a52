"use strict";
// A link to a check opens its evidence.
const openTarget = () => {
  const target = location.hash === "" ? null : document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const details = target?.querySelector(":scope > details");
  if (details) details.open = true;
};
addEventListener("hashchange", openTarget);
openTarget();
