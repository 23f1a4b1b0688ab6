import { type PlotOptions, plot } from "@observablehq/plot";

/**
 * A plot without a style element of its own: the policy of the page lets in none, and what it
 * would say stands in our styles. It is drawn in a document that nobody shows, then taken over.
 */
export function draw(options: PlotOptions): SVGSVGElement {
  const aside = document.implementation.createHTMLDocument("");
  const drawn = plot({ ...options, document: aside, className: "plot" } as PlotOptions);
  for (const style of drawn.querySelectorAll("style")) style.remove();
  const svg = document.adoptNode(drawn) as unknown as SVGSVGElement;
  svg.setAttribute("role", "presentation");
  svg.setAttribute("aria-hidden", "true");
  return svg;
}


