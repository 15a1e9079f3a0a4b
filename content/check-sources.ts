import { z } from "zod";
import type { Language } from "./lexicon.ts";
import { MissingText } from "./missing-text.ts";

/** What a question of the check rests on, in one language. */
export interface CheckSource {
  /** How binding it is; where that differs by size or sector, for each. */
  readonly rests: string;
  /** Where this was found. */
  readonly source: string;
  /** ISO date of what it was found in. */
  readonly checkedOn: string;
}

const phrase = z.string().trim().min(1);

export const CheckFile = z.record(
  z.string(),
  z.strictObject({
    rests: z.strictObject({ nl: phrase, en: phrase }),
    source: phrase,
    checkedOn: z.iso.date(),
  }),
);
export type CheckEntries = z.infer<typeof CheckFile>;

/** What the questions of the check rest on. */
export interface CheckSources {
  /** Throws `MissingText` where there is no such question. */
  checkSource(id: string, language: Language): CheckSource;
  readonly checkSources: readonly { readonly id: string; readonly checkedOn: string }[];
}

/** Reads the entries of the file, which its schema has checked. */
export function checkSourcesOf(entries: CheckEntries): CheckSources {
  return {
    checkSources: Object.entries(entries).map(([id, { checkedOn }]) => ({ id, checkedOn })),
    checkSource(id, language) {
      const entry = Object.hasOwn(entries, id) ? entries[id] : undefined;
      if (!entry) throw new MissingText("missingCheckSource", id);
      return { rests: entry.rests[language], source: entry.source, checkedOn: entry.checkedOn };
    },
  };
}

/** What every question has words for; `use` is for some. */
const worded = ["title", "why", "ok", "action", "step", "involve"] as const;

/** Questions that have words and no source, a source and no words, or not all of their words. */
export function withoutMatch(entries: CheckEntries, keys: ReadonlySet<string>): readonly string[] {
  const named = [...keys].flatMap((key) => /^questions\.(?!groups\.)([^.]+)\./.exec(key)?.[1] ?? []);
  const asked = new Set(named);
  return [
    ...Object.keys(entries)
      .filter((id) => !asked.has(id))
      .map((id) => `check.yaml: ${id}: there are no words for this question`),
    ...[...asked]
      .filter((id) => !Object.hasOwn(entries, id))
      .map((id) => `check.yaml: ${id}: is missing; there are words for this question`),
    ...[...asked].flatMap((id) =>
      worded
        .filter((part) => !keys.has(`questions.${id}.${part}`))
        .map((part) => `questions.yaml: ${id}.${part}: text is missing in both languages`),
    ),
  ];
}
