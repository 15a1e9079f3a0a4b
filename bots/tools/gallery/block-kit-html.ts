import type { Block, ModalView } from "@slack/types";
import type { Message } from "../../../cards/block-kit.ts";

/** HTML that was escaped, so that text cannot be mistaken for it. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** A likeness of a Slack message. A block this does not know is drawn as its name, never left out. */
export function messageHtml(message: Message): string {
  return `<div class="slack message"><b class="app">Vertrouwd</b> <span class="tag">APP</span>${blocksHtml(message.blocks)}<p class="note">notification: ${escapeHtml(message.text)}</p></div>`;
}

/** A likeness of a Slack modal. */
export function modalHtml(modal: ModalView): string {
  const submit = modal.submit ? `<button class="primary">${escapeHtml(modal.submit.text)}</button>` : "";
  const close = modal.close ? `<button>${escapeHtml(modal.close.text)}</button>` : "";
  return `<div class="slack modal"><div class="bar">${escapeHtml(modal.title.text)}</div><div class="in">${blocksHtml(modal.blocks)}</div><div class="foot">${close}${submit}</div></div>`;
}

type Json = { readonly [key: string]: unknown };

function blocksHtml(blocks: readonly Block[]): string {
  return blocks.map((block) => blockHtml(block as unknown as Json)).join("");
}

function blockHtml(block: Json): string {
  switch (block.type) {
    case "header":
      return `<h4>${textOf(block.text)}</h4>`;
    case "section":
      return `<div class="section">${textOf(block.text)}${fieldsHtml(block.fields)}</div>`;
    case "context":
      return `<div class="context">${listOf(block.elements).map(textOf).join(" ")}</div>`;
    case "divider":
      return "<hr>";
    case "rich_text":
      return listOf(block.elements).map(richHtml).join("");
    case "input":
      return inputHtml(block);
    case "actions":
      return `<div class="actions">${listOf(block.elements).map(buttonHtml).join("")}</div>`;
    default:
      return `<p class="unknown">${escapeHtml(String(block.type))}</p>`;
  }
}

function fieldsHtml(fields: unknown): string {
  const cells = listOf(fields).map((field) => `<span>${textOf(field)}</span>`);
  return cells.length === 0 ? "" : `<div class="fields">${cells.join("")}</div>`;
}

function inputHtml(block: Json): string {
  const element = block.element as Json;
  const chosen = [element.initial_option, ...listOf(element.initial_options)].map(
    (one) => (one as Json | undefined)?.value,
  );
  const kind = element.type === "checkboxes" ? "checkbox" : "radio";
  const options = listOf(element.options).map(
    (option) =>
      `<label><input type="${kind}"${chosen.includes(option.value) ? " checked" : ""}> ${textOf(option.text)}</label>`,
  );
  const value = escapeHtml(String(element.initial_value ?? ""));
  const field =
    element.type === "plain_text_input"
      ? element.multiline === true
        ? `<textarea rows="4">${value}</textarea>`
        : `<input type="text" value="${value}">`
      : element.type === "datepicker"
        ? `<input type="date" value="${escapeHtml(String(element.initial_date ?? ""))}">`
        : element.type === "static_select"
          ? `<select><option></option>${listOf(element.options)
              .map((one) => `<option>${textOf(one.text)}</option>`)
              .join("")}</select>`
          : options.join("");
  const optional = block.optional === true ? ' <span class="note">(optional)</span>' : "";
  const hint = block.hint ? `<div class="note">${textOf(block.hint)}</div>` : "";
  return `<div class="input"><b>${textOf(block.label)}</b>${optional}${field}${hint}</div>`;
}

function buttonHtml(element: Json): string {
  const style = typeof element.style === "string" ? ` class="${element.style}"` : "";
  const confirm = element.confirm as Json | undefined;
  const asks = confirm ? ` title="${textOf(confirm.title)}: ${textOf(confirm.text)}"` : "";
  const opens = typeof element.url === "string" ? " ↗" : "";
  return `<button${style}${asks}>${textOf(element.text)}${confirm ? " …" : ""}${opens}</button>`;
}

function richHtml(element: Json): string {
  const inside = listOf(element.elements);
  switch (element.type) {
    case "rich_text_section":
      return `<div class="section">${inside.map(runHtml).join("")}</div>`;
    case "rich_text_preformatted":
      return `<pre>${inside.map(runHtml).join("")}</pre>`;
    case "rich_text_quote":
      return `<blockquote>${inside.map(runHtml).join("")}</blockquote>`;
    case "rich_text_list": {
      const items = inside.map((item) => `<li>${listOf(item.elements).map(runHtml).join("")}</li>`).join("");
      return element.style === "ordered" ? `<ol>${items}</ol>` : `<ul>${items}</ul>`;
    }
    default:
      return `<p class="unknown">${escapeHtml(String(element.type))}</p>`;
  }
}

function runHtml(run: Json): string {
  const style = (run.style ?? {}) as Json;
  if (run.type === "link") return `<a>${escapeHtml(String(run.text ?? run.url))}</a>`;
  const text = escapeHtml(String(run.text ?? "")).replaceAll("\n", "<br>");
  return style.bold === true ? `<b>${text}</b>` : style.code === true ? `<code>${text}</code>` : text;
}

function textOf(text: unknown): string {
  return escapeHtml(String((text as Json | undefined)?.text ?? "")).replaceAll("\n", "<br>");
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
