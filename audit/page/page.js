// Draws every chart of the page. Axes and text take the colour of the page's text and marks the
// variables of its style, so light, dark and paper need no second drawing. Expressions are
// interpreted, not compiled: the page's security policy forbids compiling text.
(function () {
  "use strict";

  const ink = "currentColor";
  const config = {
    background: "transparent",
    font: "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif",
    view: { stroke: ink, strokeOpacity: 0.15 },
    axis: {
      labelColor: ink, titleColor: ink, domainColor: ink, tickColor: ink, gridColor: ink,
      domainOpacity: 0.4, tickOpacity: 0.4, gridOpacity: 0.1, labelFontSize: 11, labelFlush: false,
      titleFontSize: 12, titleFontWeight: "normal",
    },
    header: { labelColor: ink, titleColor: ink, labelFontSize: 12 },
    title: { color: ink, fontSize: 12, offset: 6 },
    legend: {
      labelColor: ink, titleColor: ink, titleFontWeight: "normal", labelFontSize: 12,
      titleFontSize: 12, titleOrient: "left", titleAnchor: "middle", orient: "top",
      symbolOpacity: 1, symbolSize: 70, titlePadding: 8, columnPadding: 14, offset: 10,
    },
    text: { color: ink },
  };

  const options = { actions: false, ast: true, mode: "vega-lite", renderer: "svg", config: config };
  const charts = JSON.parse(document.getElementById("charts").textContent);

  function narrowLegends(node) {
    for (const [key, value] of Object.entries(node)) {
      if (key === "legend" && value && value.columns) {
        value.columns = Math.ceil(value.columns / 2);
      } else if (value && typeof value === "object" && key !== "data") {
        narrowLegends(value);
      }
    }
  }

  // On a small screen panels stand below each other, each with its own labels.
  function fitted(chart, width) {
    if (chart.width === "container" && width < 440) narrowLegends(chart);
    if (!chart.concat || chart.columns === 1 || width > 640) return chart;
    const encoding = chart.concat[0].encoding;
    for (const panel of chart.concat) {
      panel.width = Math.max(150, Math.min(panel.width, width - 170));
      panel.encoding.y = encoding.y;
    }
    chart.columns = 1;
    return chart;
  }

  async function draw(id) {
    const place = document.getElementById(id);
    const drawing = document.createElement("div");  // Vega would put its own name on the place.
    drawing.setAttribute("aria-hidden", "true");
    place.append(drawing);
    await vegaEmbed(drawing, fitted(charts[id], place.parentElement.clientWidth), options);
    place.closest("section").querySelector("details").open = false;
  }

  // A box of which all is in sight is no stop for the keyboard and no landmark.
  function reachable() {
    for (const box of document.querySelectorAll(".scroll")) {
      if (box.scrollWidth > box.clientWidth) {
        box.tabIndex = 0;
        box.setAttribute("role", "region");
      } else {
        box.removeAttribute("tabindex");
        box.setAttribute("role", "group");
      }
    }
  }

  // On paper nothing can be unfolded.
  let folded = [];
  addEventListener("beforeprint", function () {
    folded = [...document.querySelectorAll("main details:not([open])")];
    for (const details of folded) details.open = true;
  });
  addEventListener("afterprint", function () {
    for (const details of folded) details.open = false;
  });

  Promise.all(Object.keys(charts).map(draw)).then(function () {
    reachable();
    addEventListener("resize", reachable);
    document.addEventListener("toggle", reachable, true);
    document.body.dataset.drawn = "all";
  });
})();
