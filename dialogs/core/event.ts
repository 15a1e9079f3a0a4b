import { z } from "zod";
import { CheckPress } from "../check/press.ts";
import { RecordPress } from "../record/press.ts";
import { languages, rhythms } from "./draft.ts";
import { longestText } from "./flow.ts";
import { casePages, subjects } from "./screen.ts";

const id = z.string().min(1).max(80);
/** A case by its id, by its name in a ping, or by what a receipt opened for a while. */
const sealed = z.string().min(1).max(240);
const caseRef = z.string().min(1).max(240);

/**
 * What a reporter's button says: an address, never a step number, prose or a person. `inputs` holds what
 * was filled in on the form beside it; the platforms put both in one payload.
 */
export const Press = z.discriminatedUnion("do", [
  z.object({ do: z.literal("menu") }),
  /** `from`: a guide whose answers the new draft begins with; `to`: the adviser who was chosen. */
  z.object({ do: z.literal("start"), flow: id, from: id.optional(), to: id.optional() }),
  /** Shows the draft's present place in a room. */
  z.object({ do: z.literal("resume") }),
  /** `option`: of a question whose options are buttons. */
  z.object({ do: z.literal("answer"), draft: id, question: id, option: id.optional() }),
  z.object({ do: z.literal("skip"), draft: id, question: id }),
  /** Skips this question and those after it, as far as they can be. */
  z.object({ do: z.literal("jump"), draft: id, question: id }),
  z.object({ do: z.literal("back"), draft: id, question: id.optional() }),
  z.object({ do: z.literal("change"), draft: id }),
  /** What to do about what was found in a text: replace what was ticked, leave all of it, or write it anew. */
  z.object({
    do: z.literal("ownWords"),
    draft: id,
    /** A question, or what goes along: see `enclosedKey`. */
    question: z.string().min(1).max(120),
    revision: z.int(),
    choose: z.enum(["replace", "leave", "edit", "leaveOut"]),
  }),
  /** Reads on in check-your-answers, where that takes more than one page. */
  z.object({ do: z.literal("look"), draft: id, revision: z.int(), page: z.int().min(0).max(100) }),
  z.object({ do: z.literal("stop"), draft: id, question: id.optional() }),
  z.object({ do: z.literal("keep"), draft: id }),
  z.object({ do: z.literal("clear"), draft: id }),
  /** Asks to be reminded of a draft that waits, once; or not any more. */
  z.object({ do: z.literal("remind"), draft: id, when: z.enum(["tomorrow", "never"]) }),
  /** `receipt`: the one that the report will have, sealed when the button was drawn. */
  z.object({ do: z.literal("send"), draft: id, revision: z.int(), receipt: sealed.optional() }),
  z.object({ do: z.literal("language"), language: z.enum(languages), question: id.optional() }),
  /** One adviser of a guide's outcome: the one named here, or the one chosen on the form. */
  z.object({ do: z.literal("adviser"), draft: id, adviser: id.optional() }),
  z.object({ do: z.literal("copy"), draft: id }),
  z.object({ do: z.literal("duties"), draft: id }),
  z.object({ do: z.literal("topics") }),
  /** What a bystander can do here: now, afterwards, practise, and why it is hard. */
  z.object({ do: z.literal("bystander") }),
  /** The practice scenes; or the one named here, or chosen on the form. */
  z.object({ do: z.literal("scenes") }),
  z.object({ do: z.literal("scene"), scene: id.optional() }),
  z.object({ do: z.literal("forgetPractice") }),
  /** Asks for a practice now and then, in this chat; or for none any more. */
  z.object({ do: z.literal("practicePing"), every: z.enum([...rhythms, "never"]) }),
  z.object({ do: z.literal("topic"), topic: z.enum(subjects) }),
  z.object({ do: z.literal("reports") }),
  z.object({ do: z.literal("receipt") }),
  z.object({ do: z.literal("thread"), case: caseRef, page: z.int().min(0).max(10_000).optional() }),
  /**
   * `nonce` is minted with the form, so that a repeated delivery adds the message once. `shown`: of how much in
   * it this form said that it may show who somebody is; never what.
   */
  z.object({
    do: z.literal("say"),
    case: caseRef,
    nonce: z.string().min(8).max(80),
    shown: z.int().min(1).max(longestText).optional(),
  }),
  /** What can be done with a case: the list, or the page that says what one of them does. */
  z.object({
    do: z.literal("case"),
    case: caseRef,
    page: z.enum(casePages),
    /** Of a page that goes on: from 0. */
    nr: z.int().min(0).max(10_000).optional(),
  }),
  z.object({ do: z.literal("giveName"), case: caseRef }),
  /** Whether a document of the case may be made for a procedure. */
  z.object({ do: z.literal("consent"), case: caseRef, given: z.boolean() }),
  /** `of`: the receipt that it replaces, as an opaque mark, so that a repeated press makes one. */
  z.object({ do: z.literal("renewReceipt"), case: caseRef, of: z.string().min(1).max(80) }),
  z.object({ do: z.literal("withdraw"), case: caseRef }),
  /** Leaves a room; the door behind it takes its neutral final state. */
  z.object({ do: z.literal("done") }),
  /** The private record. */
  ...RecordPress.options,
  /** The code-of-conduct check. */
  ...CheckPress.options,
]);
export type Press = z.infer<typeof Press>;

/**
 * A person's text. Twice the longest that is taken may come, and is told to be too long; more is forged.
 * What no keyboard types is left out: as JSON it takes six times its length, and could burst a card.
 */
const text = z
  .string()
  .max(2 * longestText)
  .transform((given) => given.toWellFormed().replace(/[^\P{Cc}\n\t]/gu, ""));

/** Filled-in fields by input id. Lists come as arrays; adapters split what a platform joins. */
export const Inputs = z.record(z.string().max(80), z.union([text, z.array(z.string().max(80)).max(100)]));
export type Inputs = z.infer<typeof Inputs>;

/** One thing that happened in a person's own, private conversation. */
export type Event =
  | { readonly type: "hello" }
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "press"; readonly press: Press; readonly inputs: Inputs }
  /** A file, sticker, voice message or empty message: something the bot cannot take. */
  | { readonly type: "unreadable" };
