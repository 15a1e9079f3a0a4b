import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AdaptiveCard } from "../../../cards/adaptive-card.ts";
import { escapeHtml } from "./block-kit-html.ts";
import { hostConfig } from "./host-config.ts";

/** One drawing beside another: the same screen in one language on one platform. */
export interface Picture {
  readonly language: "nl" | "en";
  /** A card for the real renderer, or a likeness made here, or why it could not be drawn. */
  readonly drawing: { readonly card: AdaptiveCard } | { readonly html: string } | { readonly fault: string };
}

/** One screen with its drawings, in reading order. */
export interface Exhibit {
  readonly id: string;
  readonly group: string;
  readonly pictures: readonly Picture[];
}

/** One self-contained page: the renderer, the cards and the styles are all in it. */
export function pageOf(exhibits: readonly Exhibit[]): string {
  const renderer = readFileSync(
    createRequire(import.meta.url).resolve("adaptivecards/dist/adaptivecards.min.js"),
    "utf8",
  );
  const cards: AdaptiveCard[] = [];
  const sections = exhibits.map((exhibit, nr) =>
    section(exhibit, exhibits[nr - 1]?.group !== exhibit.group, cards),
  );
  const links = exhibits.map(({ id }) => `<a href="#${escapeHtml(id)}">${escapeHtml(id)}</a>`);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Vertrouwd: every screen</title><style>${styles}</style></head>
<body><header><h1>Vertrouwd: every screen</h1>
<p>Teams cards are drawn by the real renderer in Teams' colours; Slack is a likeness.
<button id="theme">light / dark</button></p></header>
<nav>${links.join("\n")}</nav>
<main>${sections.join("\n")}</main>
<script>${inScript(renderer)}</script>
<script>const cards = ${inScript(JSON.stringify(cards))}; const hostConfig = ${inScript(JSON.stringify(hostConfig))};
${script}</script></body></html>
`;
}

function section({ id, group, pictures }: Exhibit, first: boolean, cards: AdaptiveCard[]): string {
  const drawn = pictures.map(({ language, drawing }) => {
    if ("card" in drawing) {
      cards.push(drawing.card);
      return `<figure lang="${language}"><figcaption>Teams, ${language}</figcaption><div class="teams" data-card="${cards.length - 1}"></div></figure>`;
    }
    const inside = "html" in drawing ? drawing.html : `<p class="fault">${escapeHtml(drawing.fault)}</p>`;
    return `<figure lang="${language}"><figcaption>Slack, ${language}</figcaption>${inside}</figure>`;
  });
  const heading = first ? `<h2>${escapeHtml(group)}</h2>` : "";
  return `${heading}<section id="${escapeHtml(id)}"><h3>${escapeHtml(id)}</h3><div class="row">${drawn.join("\n")}</div></section>`;
}

/** `</script>` within a script would end it. */
function inScript(source: string): string {
  return source.replaceAll("</", "<\\/");
}

const script = `
const markdown = (text, result) => {
  // Titles come with their marks escaped; a client shows them as they were.
  const html = text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/\\\\(.)/g, "$1");
  result.outputHtml = "<p>" + html + "</p>"; result.didProcess = true;
};
AdaptiveCards.AdaptiveCard.onProcessMarkdown = markdown;
const draw = () => {
  const dark = document.body.classList.contains("dark");
  for (const place of document.querySelectorAll("[data-card]")) {
    const card = new AdaptiveCards.AdaptiveCard();
    card.hostConfig = new AdaptiveCards.HostConfig(dark ? hostConfig.dark : hostConfig.light);
    const context = new AdaptiveCards.SerializationContext(AdaptiveCards.Versions.v1_5);
    card.parse(cards[Number(place.dataset.card)], context);
    card.onExecuteAction = () => {};
    place.replaceChildren(card.render());
    for (let nr = 0; nr < context.eventCount; nr++) {
      const fault = document.createElement("p"); fault.className = "fault"; fault.textContent = context.getEventAt(nr).message;
      place.append(fault);
    }
  }
};
document.getElementById("theme").onclick = () => { document.body.classList.toggle("dark"); draw(); };
draw();
`;

const styles = `
:root { --page: #f5f5f5; --card: #fff; --text: #242424; --soft: #616161; --line: #d1d1d1; --main: #5b5fc7; }
body.dark { --page: #1f1f1f; --card: #292929; --text: #fff; --soft: #adadad; --line: #525252; --main: #7f85f5; }
body { margin: 0; font: 14px/20px "Segoe UI", system-ui, sans-serif; background: var(--page); color: var(--text); display: grid; grid-template-columns: 15rem 1fr; }
header { grid-column: 1 / 3; padding: 0 1rem; border-bottom: 1px solid var(--line); }
nav { padding: 1rem; font-size: 12px; position: sticky; top: 0; align-self: start; max-height: 100vh; overflow: auto; box-sizing: border-box; }
nav a { display: block; color: var(--soft); text-decoration: none; padding: 1px 0; }
main { padding: 0 1rem 4rem; min-width: 0; }
h2 { margin: 2rem 0 0; } h3 { font: 13px/20px ui-monospace, monospace; color: var(--soft); margin: 1.5rem 0 .5rem; }
.row { display: grid; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); gap: 1rem; align-items: start; }
figure { margin: 0; min-width: 0; } figcaption { font-size: 12px; color: var(--soft); margin-bottom: 4px; }
.teams { background: var(--card); border: 1px solid var(--line); border-radius: 6px; }
.teams .ac-adaptiveCard { outline: none; } .teams a { color: var(--main); }
.teams .ac-actionSet > div, .teams .ac-actionSet { flex-wrap: wrap; gap: 8px 0; }
.teams .ac-pushButton { font: 600 14px/20px "Segoe UI", system-ui, sans-serif; padding: 5px 12px; border-radius: 4px; border: 1px solid var(--line); background: var(--card); color: var(--text); white-space: normal !important; }
.teams .ac-pushButton.style-positive { background: var(--main); color: #fff; border-color: var(--main); }
.teams .ac-pushButton.style-destructive { color: #c50f1f; border-color: #c50f1f; }
.teams input[type=text], .teams textarea { width: 100%; box-sizing: border-box; font: inherit; padding: 5px 8px; border: 1px solid var(--line); border-radius: 4px; background: var(--page); color: var(--text); }
.slack { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px; font: 15px/22px Lato, system-ui, sans-serif; overflow-wrap: anywhere; }
.slack .app { font-weight: 900; } .slack .tag { font-size: 10px; background: var(--line); border-radius: 2px; padding: 0 3px; }
.slack.modal { padding: 0; box-shadow: 0 4px 16px #0003; } .slack .bar { font-weight: 900; font-size: 18px; padding: 12px 20px; border-bottom: 1px solid var(--line); }
.slack .in { padding: 8px 20px; } .slack .foot { padding: 12px 20px; border-top: 1px solid var(--line); display: flex; justify-content: end; gap: 8px; }
.slack h4 { font-size: 18px; margin: 12px 0 4px; } .slack .section { margin: 8px 0; white-space: pre-wrap; } .slack .context, .slack .note { font-size: 12px; color: var(--soft); }
.slack .fields { display: grid; grid-template-columns: 1fr 1fr; gap: 4px 12px; }
.slack .input { margin: 12px 0; } .slack .input label { display: block; margin: 4px 0; } .slack .input textarea, .slack .input input[type=text] { width: 100%; box-sizing: border-box; font: inherit; background: var(--page); color: var(--text); border: 1px solid var(--line); border-radius: 4px; padding: 6px; display: block; }
.slack .actions { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px 0; } .slack button { font: 700 14px/20px Lato, system-ui, sans-serif; padding: 5px 12px; border-radius: 8px; border: 1px solid var(--line); background: var(--card); color: var(--text); }
.slack button.primary { background: #007a5a; color: #fff; border-color: #007a5a; } .slack button.danger { color: #e01e5a; border-color: #e01e5a; }
.slack pre { background: var(--page); padding: 8px; border: 1px solid var(--line); border-radius: 4px; white-space: pre-wrap; } .slack a { color: var(--main); }
.fault, .unknown { background: #c50f1f; color: #fff; padding: 4px 8px; }
`;
