// What read_page.py asks of a page. Every function returns plain data.
window.readPage = {
  tables() {
    const field = (cell) => ({ text: cell.textContent, of: cell.dataset.of || "" });
    return [...document.querySelectorAll("main table")].map((table) => {
      const columns = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
      const names = [];  // Row headers that reach down from rows above.
      const rows = [...table.tBodies[0].rows].map((row) => {
        const headers = [...row.cells].filter((cell) => cell.tagName === "TH");
        let next = 0;
        for (let c = 0; next < headers.length; ++c) {
          if (names[c] && names[c].rows > 0) continue;
          names[c] = { text: headers[next].textContent, rows: headers[next].rowSpan };
          ++next;
        }
        for (const name of names) --name.rows;
        return {
          names: names.map((name) => name.text),
          fields: [...row.cells].filter((cell) => cell.tagName === "TD").map(field),
        };
      });
      return {
        title: table.closest("section").querySelector("h2").textContent,
        caption: table.caption ? table.caption.textContent : "",
        scopes: [...table.querySelectorAll("th")].every((cell) => cell.scope),
        columns, rows,
      };
    });
  },

  sections() {
    return [...document.querySelectorAll("main section")].map((section) => {
      const chart = section.querySelector(".chart");
      return {
        title: section.querySelector("h2").textContent,
        sentences: [...section.querySelectorAll(":scope > p")].map((p) => p.textContent),
        chart: chart && {
          id: chart.id,
          role: chart.getAttribute("role"),
          name: chart.getAttribute("aria-label"),
          marks: chart.querySelectorAll("svg .role-mark > *").length,
          folded: !section.querySelector("details").open,
        },
      };
    });
  },

  specifications() {
    return JSON.parse(document.getElementById("charts").textContent);
  },

  hidden(selector) {
    return [...document.querySelectorAll(selector)]
      .filter((element) => !element.checkVisibility() || element.getBoundingClientRect().height === 0)
      .map((element) => (element.closest("section") || element).textContent.slice(0, 60));
  },

  // Tables and charts that reach out of their place.
  overflowing() {
    return [...document.querySelectorAll("main table, main .chart svg")]
      .filter((element) => element.getBoundingClientRect().right >
                           element.closest("section").getBoundingClientRect().right + 1)
      .map((element) => `${element.closest("section").querySelector("h2").textContent}: its ` +
                        `${element.tagName} is ${Math.round(element.getBoundingClientRect().width)} wide`);
  },

  // Text outside of its drawing, and labels of one axis over each other.
  crowding() {
    const found = [];
    for (const svg of document.querySelectorAll(".chart svg")) {
      const room = svg.getBoundingClientRect();
      const where = svg.closest("section").querySelector("h2").textContent;
      for (const text of svg.querySelectorAll("text")) {
        const box = text.getBoundingClientRect();
        if (box.width === 0) continue;
        if (box.left < room.left - 1 || box.right > room.right + 1 || box.top < room.top - 1 ||
            box.bottom > room.bottom + 1) {
          found.push(`${where}: '${text.textContent}' is cut off`);
        }
      }
      for (const axis of svg.querySelectorAll(".role-axis-label")) {
        const texts = [...axis.querySelectorAll("text")].filter((t) => t.getAttribute("opacity") !== "0");
        const boxes = texts.map((t) => t.getBoundingClientRect());
        const turned = texts.some((t) => (t.getAttribute("transform") || "").includes("rotate"));
        for (let i = 1; i < boxes.length && !turned; ++i) {
          const [a, b] = [boxes[i - 1], boxes[i]];
          if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
              Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3) {
            found.push(`${where}: '${texts[i - 1].textContent}' lies over '${texts[i].textContent}'`);
          }
        }
      }
    }
    return found;
  },

  // Contrast (WCAG 2) of text and of marks to what is behind them, where it is too little.
  faint() {
    const parts = (colour) => colour.match(/[\d.]+/g).map(Number);
    const over = (colour, behind, opacity) =>
      [0, 1, 2].map((i) => colour[i] * opacity + behind[i] * (1 - opacity));
    const luminance = (colour) => {
      const linear = colour.slice(0, 3).map((c) => {
        const s = c / 255;
        return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    };
    const contrast = (a, b) => {
      const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
      return (x + 0.05) / (y + 0.05);
    };
    const paper = parts(getComputedStyle(document.body).backgroundColor);
    const found = new Map();
    let least = 99;
    const check = (colour, behind, enough, what) => {
      const got = contrast(colour, behind);
      least = Math.min(least, got / enough);
      if (got < enough) found.set(what, `${what} has a contrast of ${got.toFixed(2)}`);
    };
    for (const element of document.querySelectorAll("h1,h2,p,dt,dd,a,th,td,summary,pre")) {
      check(parts(getComputedStyle(element).color), paper, 4.5,
            `${element.tagName.toLowerCase()} '${element.textContent.slice(0, 30)}'`);
    }
    for (const svg of document.querySelectorAll(".chart svg")) {
      const where = svg.closest("section").querySelector("h2").textContent;
      const rects = [...svg.querySelectorAll(".mark-rect.role-mark path")].map((path) => {
        const style = getComputedStyle(path);
        const opacity = style.fillOpacity * style.opacity;
        return { box: path.getBoundingClientRect(), colour: over(parts(style.fill), paper, opacity) };
      });
      for (const text of svg.querySelectorAll("text")) {
        const box = text.getBoundingClientRect();
        const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
        const under = rects.find(({ box: r }) => x > r.left && x < r.right && y > r.top && y < r.bottom);
        check(parts(getComputedStyle(text).fill), under ? under.colour : paper, 4.5,
              `${where}: text '${text.textContent}'`);
      }
      const marks = ".mark-symbol.role-mark path, .mark-rule.role-mark line, .role-legend-symbol path";
      for (const mark of svg.querySelectorAll(marks)) {
        const style = getComputedStyle(mark);
        const paint = style.stroke !== "none" ? style.stroke : style.fill;
        check(over(parts(paint), paper, Number(style.opacity)), paper, 3, `${where}: a mark of ${paint}`);
      }
      for (const line of svg.querySelectorAll(".mark-line.role-mark path")) {
        const style = getComputedStyle(line);
        if (Number(style.opacity) === 1) check(parts(style.stroke), paper, 3, `${where}: a line`);
      }
    }
    return { found: [...found.values()], paper: luminance(paper), least };
  },

  focused() {
    const element = document.activeElement;
    const all = [...document.querySelectorAll("*")];
    const style = getComputedStyle(element);
    return {
      at: element === document.body ? -1 : all.indexOf(element),
      name: element.getAttribute("aria-label") || element.textContent,
      outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
    };
  },

  // All that the keyboard must reach, by place in the document.
  stops() {
    const all = [...document.querySelectorAll("*")];
    return [...document.querySelectorAll("a[href], summary, .scroll")]
      .filter((element) => element.checkVisibility())
      .filter((element) => !element.matches(".scroll") || element.scrollWidth > element.clientWidth)
      .map((element) => all.indexOf(element));
  },

  width() {
    return document.documentElement.scrollWidth;
  },
};
