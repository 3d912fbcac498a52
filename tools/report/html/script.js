"use strict";
// A link to a check opens its evidence.
const openTarget = () => {
  const target = location.hash === "" ? null : document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const details = target?.querySelector(":scope > details");
  if (details) details.open = true;
};
addEventListener("hashchange", openTarget);
openTarget();

// A selected cell shows its path beside the matrix and in the picture. Without a script, "Every path as text" has the
// same texts. All it needs is in the page: keys of the picture's parts, and where a line through them runs.
const showPaths = (table) => {
  const panel = document.getElementById("path");
  const text = panel.querySelector(".path-text");
  const actions = panel.querySelector(".path-actions");
  const hint = [...text.childNodes];
  const buttons = [...table.querySelectorAll("button")];
  const isVisible = (element) => element.getClientRects().length > 0;
  let selected = null;

  const select = (button) => {
    selected = button;
    const words = document.getElementById(button.dataset.path);
    const { places, end } = words.dataset;
    mark([...places.split(" "), button.dataset.to].filter(Boolean), end);
    const title = document.createElement("h3");
    title.textContent = button.title;
    text.replaceChildren(title, ...words.cloneNode(true).childNodes);
    panel.scrollTop = 0;
    bringIntoView(button);
  };
  const clear = () => {
    selected = null;
    mark([], "");
    text.replaceChildren(...hint);
  };
  const mark = (keys, end) => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button === selected));
    actions.hidden = selected === null;
    document.body.classList.toggle("path-selected", selected !== null);
    for (const picture of document.querySelectorAll(".picture")) draw(picture, keys, end);
  };

  const draw = (picture, keys, end) => {
    picture.querySelector(".path")?.remove();
    const parts = [...picture.querySelectorAll("[data-place]")];
    for (const part of parts) part.classList.remove("passed", "end", "stop");
    const passed = keys.flatMap((key) => parts.find(({ dataset }) => dataset.place === key) ?? []);
    for (const part of passed) part.classList.add("passed");
    passed.at(-1)?.classList.add(end === "stops" ? "stop" : "end");
    const points = passed.flatMap(({ dataset }) => dataset.at.split(" ").map((point) => point.split(",").map(Number)));
    const line = document.createElementNS("http://www.w3.org/2000/svg", "polyline");
    line.setAttribute("class", `path ${end}`);
    line.setAttribute("points", [...points.flatMap(elbow), ...(end === "stops" ? [] : head(points))].join(" "));
    picture.append(line);
  };

  /** From the point before: up or down, across and on, as the picture's own lines run. */
  const elbow = ([x, y], index, points) => {
    const [fromX, fromY] = points[index - 1] ?? [x, y];
    const middle = (fromY + y) / 2;
    return [
      [fromX, middle],
      [x, middle],
      [x, y],
    ];
  };
  const head = (points) => {
    if (points.length < 2) return [];
    const [[, fromY], [x, y]] = points.slice(-2);
    const back = y + 10 * Math.sign(fromY - y);
    return [
      [x - 8, back],
      [x, y],
      [x + 8, back],
    ];
  };

  /** Scrolls as little as shows both the cell and the panel: the panel is beside the matrix, or at the window's foot. */
  const bringIntoView = (button) => {
    const margin = 12;
    const cell = button.getBoundingClientRect();
    const { top, position } = { ...panel.getBoundingClientRect().toJSON(), position: getComputedStyle(panel).position };
    if (position !== "fixed" && top < margin) scrollBy(0, top - margin);
    else if (position === "fixed" && cell.bottom > top - margin) scrollBy(0, cell.bottom - top + margin);
    else if (cell.top < margin) scrollBy(0, cell.top - margin);
    button.scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  /** One stop for the tab key, from which arrow keys go on, as in any grid. */
  const stopAt = (stop) => {
    for (const button of buttons) button.tabIndex = button === stop ? 0 : -1;
  };
  const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  const next = (button, [down, right]) => {
    const cell = button.closest("td");
    let [row, column] = [cell.parentElement.rowIndex, cell.cellIndex];
    for (;;) {
      [row, column] = [row + down, column + right];
      const there = table.rows[row]?.cells[column];
      if (there === undefined) return null;
      const found = there.querySelector("button");
      if (found !== null && isVisible(found)) return found;
    }
  };

  table.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button === null) return;
    stopAt(button);
    if (button === selected) clear();
    else select(button);
  });
  table.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    const from = event.target.closest("button");
    const found = step && from && next(from, step);
    if (!found) return;
    event.preventDefault();
    stopAt(found);
    found.focus({ preventScroll: selected !== null });
    if (selected !== null) select(found);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && selected !== null) clear();
  });
  panel.querySelector(".clear").addEventListener("click", () => {
    selected.focus();
    clear();
  });
  document.getElementById("show-transit")?.addEventListener("change", () => {
    if (selected !== null && !isVisible(selected)) clear();
    if (!buttons.some((button) => button.tabIndex === 0 && isVisible(button))) stopAt(buttons.find(isVisible));
  });
  table.setAttribute("role", "grid");
  stopAt(buttons.find(isVisible));
  clear();
  panel.hidden = false;
};
for (const table of document.querySelectorAll(".matrix")) showPaths(table);
