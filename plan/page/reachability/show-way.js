"use strict";
// A cell that is pressed tells its way beside the matrix and shows it on the picture. Without this, "Every way in words"
// tells the same. Whatever it needs is in the page: keys of the picture's parts, and where a line through them runs.
{
  const table = document.querySelector(".matrix");
  const panel = document.getElementById("way");
  const hint = [...panel.childNodes];
  const buttons = [...table.querySelectorAll("button")];

  const show = (pressed) => {
    const words = document.getElementById(pressed.dataset.way);
    const { places, stops } = words.dataset;
    mark(pressed, [...places.split(" "), pressed.dataset.to].filter(Boolean), stops !== undefined);
    const title = document.createElement("h3");
    title.textContent = pressed.title;
    panel.replaceChildren(title, ...words.cloneNode(true).childNodes);
    bringIntoView();
  };
  const clear = () => {
    mark(null, [], false);
    panel.replaceChildren(...hint);
  };
  const mark = (pressed, keys, stops) => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button === pressed));
    for (const picture of document.querySelectorAll(".picture")) draw(picture, keys, stops);
  };

  const draw = (picture, keys, stops) => {
    picture.querySelector(".way")?.remove();
    const parts = [...picture.querySelectorAll("[data-place]")];
    for (const part of parts) part.classList.remove("passed", "end", "stop");
    const passed = keys.flatMap((key) => parts.find(({ dataset }) => dataset.place === key) ?? []);
    for (const part of passed) part.classList.add("passed");
    passed.at(-1)?.classList.add(stops ? "stop" : "end");
    const points = passed.flatMap(({ dataset }) => dataset.at.split(" ").map((point) => point.split(",").map(Number)));
    const line = document.createElementNS("http://www.w3.org/2000/svg", "polyline");
    line.setAttribute("class", "way");
    line.setAttribute("points", [...points.flatMap(elbow), ...(stops ? [] : head(points))].join(" "));
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

  /** Scrolls when nothing of the way is to be seen; of the two drawings one is not laid out. */
  const bringIntoView = () => {
    const parts = [...document.querySelectorAll(".passed")].filter((part) => part.getClientRects().length > 0);
    const isSeen = (part) => {
      const { top, bottom } = part.getBoundingClientRect();
      return bottom > 0 && top < innerHeight;
    };
    if (parts.some(isSeen)) return;
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    parts.at(-1)?.scrollIntoView({ block: "center", behavior });
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
      const found = there?.querySelector("button");
      if (there === undefined || found !== null) return found;
    }
  };

  table.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button === null) return;
    stopAt(button);
    if (button.getAttribute("aria-pressed") === "true") clear();
    else show(button);
  });
  table.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    const found = step && next(event.target.closest("button"), step);
    if (!found) return;
    event.preventDefault();
    stopAt(found);
    found.focus();
  });
  table.setAttribute("role", "grid");
  stopAt(buttons[0]);
  clear();
  panel.hidden = false;
}
