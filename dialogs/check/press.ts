import { z } from "zod";
import { groups } from "./questions.ts";

const check = z.uuid();
/** A form or a question, by id. */
const id = z.string().min(1).max(40);
/** What the check was at when the form was drawn. */
const revision = z.int().min(0);

/** Where to go once what stands in a form is kept. */
export const onward = ["next", "back", "why", "overview"] as const;
export type Onward = (typeof onward)[number];

/** What a button of one check says; all of them need somebody who takes part in it. */
export const InCheckPress = z.discriminatedUnion("do", [
  z.object({ do: z.literal("check.open"), check }),
  /** The form named here, or chosen in the list, or the first with something open. */
  z.object({ do: z.literal("check.form"), check, form: id.optional() }),
  z.object({ do: z.literal("check.save"), check, form: id, revision, go: z.enum(onward) }),
  z.object({ do: z.literal("check.outcome"), check }),
  /** The part named here, or chosen in the list. */
  z.object({ do: z.literal("check.group"), check, group: z.enum(groups).optional() }),
  z.object({ do: z.literal("check.plan"), check }),
  /** The action named here, or chosen in the list. */
  z.object({ do: z.literal("check.action"), check, question: id.optional() }),
  z.object({ do: z.literal("check.agree"), check, question: id, revision }),
  z.object({ do: z.literal("check.document"), check }),
  z.object({ do: z.literal("check.share"), check }),
  z.object({ do: z.literal("check.manage"), check }),
  z.object({ do: z.literal("check.setting"), check }),
  z.object({ do: z.literal("check.finish"), check }),
  z.object({ do: z.literal("check.reopen"), check }),
  /** `round`: the id of the round to begin, so that a repeated press begins it once. */
  z.object({ do: z.literal("check.again"), check, round: z.uuid() }),
  z.object({ do: z.literal("check.recheck"), check, on: z.boolean() }),
  z.object({ do: z.literal("check.history"), check }),
  z.object({ do: z.literal("check.leave"), check }),
  z.object({ do: z.literal("check.destroying"), check }),
  z.object({ do: z.literal("check.destroy"), check }),
]);
export type InCheckPress = z.infer<typeof InCheckPress>;

/** What a button about checks says. `check` in `check.begin`: the id of the one to begin, so that it begins once. */
export const CheckPress = z.discriminatedUnion("do", [
  z.object({ do: z.literal("checks") }),
  /** The check chosen in the list. */
  z.object({ do: z.literal("check.choose") }),
  z.object({ do: z.literal("check.new") }),
  z.object({ do: z.literal("check.begin"), check }),
  z.object({ do: z.literal("check.joining") }),
  z.object({ do: z.literal("check.join") }),
  z.object({ do: z.literal("check.compare") }),
  ...InCheckPress.options,
]);
export type CheckPress = z.infer<typeof CheckPress>;
