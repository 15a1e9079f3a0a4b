import { randomUUID } from "node:crypto";
import type { AnyBlock, FieldElement, Home, Modal } from "./limits.ts";

export const team = "T0ACME";
export const appId = "A0VERTROUWD";
export const botUser = "U0BOT";
export const botId = "B0BOT";

export interface Channel {
  readonly id: string;
  readonly kind: "im" | "private" | "public";
  /** The person at the other end of a direct message. */
  readonly with?: string;
  member: boolean;
  archived: boolean;
  shared: boolean;
  /** Who is in it, the bot aside. */
  people: string[];
  readonly messages: Message[];
}

export interface Message {
  readonly ts: string;
  readonly user: string;
  text: string;
  blocks: readonly AnyBlock[];
  readonly thread: string | null;
  /** What it said before it was updated; compliance exports still show it. */
  readonly before: { readonly text: string; readonly blocks: readonly AnyBlock[] }[];
}

/** What a person filled in on a view, by `block_id` and `action_id`, as `view.state.values` has it. */
export type Values = Record<string, Record<string, FieldValue>>;
export type FieldValue =
  | { readonly type: "plain_text_input"; readonly value: string | null }
  | { readonly type: "radio_buttons" | "static_select"; readonly selected_option: object | null }
  | { readonly type: "datepicker"; readonly selected_date: string | null }
  | { readonly type: "checkboxes"; readonly selected_options: readonly object[] };

export interface OpenModal {
  readonly id: string;
  readonly user: string;
  hash: string;
  view: Modal;
  values: Values;
}

/** Everything that Slack knows and a client would show. */
export class Workspace {
  readonly channels = new Map<string, Channel>();
  readonly homes = new Map<string, Home>();
  /** Each person's open modals; the last is on top. */
  readonly modals = new Map<string, OpenModal[]>();
  readonly people = new Set<string>();
  readonly disabled = new Set<string>();
  /** Earlier states of Home tabs. */
  readonly pastHomes: Home[] = [];
  private readonly triggers = new Map<
    string,
    { user: string; at: number; used: boolean; inModal: boolean }
  >();
  private readonly waiting = new Set<() => void>();
  private skew = 0;
  private count = 0;

  now(): number {
    return Date.now() + this.skew;
  }

  /** Moves the workspace's clock ahead, so that trigger ids grow old without waiting. */
  advance(ms: number): void {
    this.skew += ms;
  }

  next(): number {
    this.count += 1;
    return this.count;
  }

  timestamp(): string {
    return `${Math.floor(this.now() / 1000)}.${String(this.next()).padStart(6, "0")}`;
  }

  channel(id: string, kind: Channel["kind"], of: Partial<Channel> = {}): Channel {
    const made: Channel = {
      id,
      kind,
      member: true,
      archived: false,
      shared: false,
      people: [],
      messages: [],
      ...of,
    };
    this.channels.set(id, made);
    return made;
  }

  /** The direct-message channel of a person with the bot. */
  dm(user: string): Channel {
    const id = `D${user.slice(1)}`;
    return this.channels.get(id) ?? this.channel(id, "im", { with: user });
  }

  trigger(user: string, inModal = false): string {
    const id = `${this.next()}.${randomUUID()}`;
    this.triggers.set(id, { user, at: this.now(), used: false, inModal });
    return id;
  }

  /** Spends a trigger; returns whose it is, or Slack's error. */
  spend(id: string): { user: string; inModal: boolean } | string {
    const trigger = this.triggers.get(id);
    if (trigger === undefined) return "invalid_trigger_id";
    if (trigger.used) return "exchanged_trigger_id";
    trigger.used = true;
    return this.now() - trigger.at > 3000 ? "expired_trigger_id" : trigger;
  }

  /** The modal on top for this person. */
  top(user: string): OpenModal | undefined {
    return this.modals.get(user)?.at(-1);
  }

  view(id: string): OpenModal | undefined {
    return [...this.modals.values()].flat().find((modal) => modal.id === id);
  }

  open(user: string, view: Modal): OpenModal {
    const modal: OpenModal = {
      id: `V${this.next()}`,
      user,
      hash: this.timestamp(),
      view,
      values: fresh(view, {}),
    };
    this.modals.set(user, [...(this.modals.get(user) ?? []), modal]);
    this.changed();
    return modal;
  }

  /** Replaces a view as Slack does: a field with the same two ids keeps what was filled in. */
  replace(modal: OpenModal, view: Modal): void {
    modal.values = fresh(view, modal.values);
    modal.view = view;
    modal.hash = this.timestamp();
    this.changed();
  }

  changed(): void {
    for (const wake of [...this.waiting]) wake();
  }

  /** Resolves when the condition holds; looks again whenever something changes. */
  async until<T>(what: string, condition: () => T | undefined | null | false, ms = 10_000): Promise<T> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = condition();
        if (found === undefined || found === null || found === false) return;
        clearTimeout(timer);
        this.waiting.delete(look);
        resolve(found);
      };
      const timer = setTimeout(() => {
        this.waiting.delete(look);
        reject(new Error(`Slack waited in vain for: ${what}`));
      }, ms);
      this.waiting.add(look);
      look();
    });
  }

  /** All that the platform keeps for its administrators: messages with their earlier states, and Home tabs. */
  kept(): string {
    return JSON.stringify([[...this.channels.values()], [...this.homes.values()], this.pastHomes]);
  }
}

function fresh(view: Modal, old: Values): Values {
  const values: Values = {};
  view.blocks.forEach((block, index) => {
    if (block.type !== "input") return;
    const blockId = block.block_id ?? `auto${index}`;
    const action = block.element.action_id;
    values[blockId] = { [action]: old[blockId]?.[action] ?? initial(block.element) };
  });
  return values;
}

function initial(element: FieldElement): FieldValue {
  switch (element.type) {
    case "datepicker":
      return { type: element.type, selected_date: element.initial_date ?? null };
    case "plain_text_input":
      return { type: element.type, value: element.initial_value ?? null };
    case "radio_buttons":
    case "static_select":
      return { type: element.type, selected_option: element.initial_option ?? null };
    case "checkboxes":
      return { type: element.type, selected_options: element.initial_options ?? [] };
  }
}
