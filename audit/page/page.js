// Draws every chart of the page. Axes and text take the colour of the page's text, so light, dark
// and paper need no second drawing. Expressions are interpreted, not compiled: the page's security
// policy forbids compiling text.
(function () {
  "use strict";

  const ink = "currentColor";
  const config = {
    background: "transparent",
    font: "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif",
    view: { stroke: ink, strokeOpacity: 0.15 },
    axis: {
      labelColor: ink, titleColor: ink, domainColor: ink, tickColor: ink, gridColor: ink,
      domainOpacity: 0.4, tickOpacity: 0.4, gridOpacity: 0.1, labelFontSize: 11,
      titleFontSize: 12, titleFontWeight: "normal", labelLimit: 220,
    },
    header: { labelColor: ink, titleColor: ink },
    legend: {
      labelColor: ink, titleColor: ink, titleFontWeight: "normal", labelFontSize: 12,
      titleFontSize: 12, titleOrient: "left", titleAnchor: "middle", orient: "top",
      symbolType: "stroke", symbolOpacity: 1, symbolSize: 300, symbolStrokeWidth: 2.5,
      titlePadding: 8, columnPadding: 14, offset: 10,
    },
    text: { color: ink },
  };

  const options = { actions: false, ast: true, mode: "vega-lite", renderer: "svg", config: config };
  const charts = JSON.parse(document.getElementById("charts").textContent);

  async function draw(id) {
    const place = document.getElementById(id);
    await vegaEmbed(place, charts[id], options);
    const table = place.parentElement.querySelector("details");
    if (table) table.open = false;
  }

  Promise.all(Object.keys(charts).map(draw)).then(function () {
    document.body.dataset.drawn = "all";
  });
})();
