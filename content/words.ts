/*
 * Every word a person reads comes from here. This file only reads texts that were handed to it; where they
 * come from is the caller's business (`bots/content-files.ts` reads the folder).
 */

import { parse } from "yaml";
import { z } from "zod";
import {
  contentLanguages,
  differentCommands,
  type Language,
  type Lexicon,
  labelKey,
  merged,
  withLabels,
} from "./lexicon.ts";

export { contentLanguages, type Language, type Lexicon, normalise } from "./lexicon.ts";

/** Word files of each language; a file's name is the first part of its keys. */
export const wordFiles = ["common", "report", "case", "adviser"] as const;

export type Params = Readonly<Record<string, string | number>>;

/** The texts of one language. */
export interface Words {
  readonly language: Language;
  /**
   * The text with its `{parameters}` filled in. Throws `MissingText` where there is no such text, where a
   * parameter is not given, or where one is given that the text does not have.
   */
  say(key: string, params?: Params): string;
}

/** One service of the help directory in one language. */
export interface HelpService {
  readonly id: string;
  readonly name: string;
  readonly forWhom: string;
  /** Telephone, chat and website lines, the quickest first. */
  readonly contact: readonly string[];
  /** Where this was found. */
  readonly source: string;
  /** ISO date. */
  readonly checkedOn: string;
}

export interface Content {
  words(language: Language): Words;
  /** Throws `MissingText` where the directory has no such service. */
  help(id: string, language: Language): HelpService;
  /** This language's words, and those of the other languages where they mean nothing else in this one. */
  lexicon(language: Language): Lexicon;
  /** The made-up name with this index. Throws a `RangeError` at or above `pseudonyms`. */
  pseudonym(index: number): string;
  /** How many pseudonyms there are. */
  readonly pseudonyms: number;
}

/** A text that was asked for and is not there, or does not fit. Its message names the key, never a value. */
export class MissingText extends Error {
  readonly code: "missingText" | "missingParameter" | "unknownParameter" | "missingHelp";
  readonly key: string;

  constructor(code: MissingText["code"], key: string) {
    super(`${code}: ${key}`);
    this.name = "MissingText";
    this.code = code;
    this.key = key;
  }
}

/** Content that cannot be used. `faults` has one line for each mistake. */
export class ContentFault extends Error {
  readonly code = "contentFault";
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join("\n"));
    this.name = "ContentFault";
    this.faults = faults;
  }
}

const phrase = z.string().trim().min(1);
const bilingual = z.strictObject({ nl: phrase, en: phrase });
const HelpFile = z.record(
  z.string(),
  z.strictObject({
    name: bilingual,
    forWhom: bilingual,
    contact: z.array(bilingual).min(1),
    source: phrase,
    checkedOn: z.iso.date(),
  }),
);
const LexiconFile = z.strictObject({
  commands: z.record(z.string(), z.array(phrase).min(1)),
  options: z.record(z.string(), z.array(phrase)),
});
const PseudonymFile = z.array(z.string().regex(/^\p{Lu}\p{L}+$/u)).min(40);

/** Two digits after a name: 10 to 99. Names may be added to the list's end without renaming anyone. */
const numbersPerName = 90;

/**
 * Platform limits that a text must keep: an option's value and label on Slack, a button that is not cut
 * off, a heading. The part of the key says which it is.
 */
const longest: readonly (readonly [RegExp, number])[] = [
  [/\.options\./, 75],
  [/\.buttons\./, 30],
  [/\.confirm\.title$/, 100],
  [/\.confirm\.text$/, 300],
  [/\.title$/, 150],
];

type Texts = ReadonlyMap<string, string>;

/**
 * Reads YAML texts by their path in `content/`, such as `nl/report.yaml`. Throws a `ContentFault` that lists
 * every mistake: unreadable files, texts missing in one language, parameters that differ, texts too long.
 */
export function parseContent(files: Readonly<Record<string, string>>): Content {
  const faults: string[] = [];
  const read = <T>(path: string, schema: z.ZodType<T>, otherwise: T): T => {
    const text = files[path];
    if (text === undefined) {
      faults.push(`${path}: file is missing`);
      return otherwise;
    }
    let value: unknown;
    try {
      value = parse(text);
    } catch {
      faults.push(`${path}: is not valid YAML`);
      return otherwise;
    }
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    for (const issue of result.error.issues)
      faults.push(`${path}: ${issue.path.join(".")}: ${issue.message}`);
    return otherwise;
  };

  const texts = perLanguage((language) => {
    const all = new Map<string, string>();
    for (const file of wordFiles) {
      const path = `${language}/${file}.yaml`;
      flatten(read(path, z.record(z.string(), z.unknown()), {}), file, all, (key) =>
        faults.push(`${path}: ${key}: is not a text`),
      );
    }
    return all;
  });
  faults.push(...differences(texts), ...overlong(texts));

  const services = read("help.yaml", HelpFile, {});
  const names = read("pseudonyms.yaml", PseudonymFile, []);
  if (new Set(names).size !== names.length) faults.push("pseudonyms.yaml: a name stands there twice");
  const lists = perLanguage((language) => {
    const path = `${language}/lexicon.yaml`;
    const file = read(path, LexiconFile, { commands: {}, options: {} });
    for (const key of Object.keys(file.options)) {
      if (!texts[language].has(labelKey(key)))
        faults.push(`${path}: options.${key}: there is no such option`);
    }
    return withLabels(file, texts[language]);
  });
  faults.push(...differentCommands(lists));
  if (faults.length > 0) throw new ContentFault(faults);

  const words = perLanguage((language) => wordsOf(language, texts[language]));
  const lexicons = perLanguage((language) => merged(lists, language));
  return {
    words: (language) => words[language],
    lexicon: (language) => lexicons[language],
    help(id, language) {
      const service = Object.hasOwn(services, id) ? services[id] : undefined;
      if (!service) throw new MissingText("missingHelp", id);
      return {
        id,
        name: service.name[language],
        forWhom: service.forWhom[language],
        contact: service.contact.map((line) => line[language]),
        source: service.source,
        checkedOn: service.checkedOn,
      };
    },
    pseudonyms: names.length * numbersPerName,
    pseudonym(index) {
      const name = Number.isInteger(index) ? names[Math.floor(index / numbersPerName)] : undefined;
      if (name === undefined) throw new RangeError("no such pseudonym");
      return `${name} ${10 + (index % numbersPerName)}`;
    },
  };
}

function perLanguage<T>(make: (language: Language) => T): Record<Language, T> {
  return { nl: make("nl"), en: make("en") };
}

function flatten(
  value: object,
  prefix: string,
  into: Map<string, string>,
  notText: (key: string) => void,
): void {
  for (const [name, item] of Object.entries(value)) {
    const key = `${prefix}.${name}`;
    if (typeof item === "string" && item.trim() !== "") into.set(key, item.trim());
    else if (typeof item === "object" && item !== null && !Array.isArray(item))
      flatten(item, key, into, notText);
    else notText(key);
  }
}

function paramsIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ""))].sort();
}

function differences(texts: Readonly<Record<Language, Texts>>): readonly string[] {
  const faults: string[] = [];
  for (const [here, there] of [
    ["nl", "en"],
    ["en", "nl"],
  ] as const) {
    for (const [key, text] of texts[here]) {
      const other = texts[there].get(key);
      if (other === undefined) faults.push(`${there}: ${key}: text is missing; ${here} has it`);
      else if (here === "nl" && paramsIn(text).join() !== paramsIn(other).join()) {
        faults.push(`${key}: nl and en have different {parameters}`);
      }
    }
  }
  return faults;
}

function overlong(texts: Readonly<Record<Language, Texts>>): readonly string[] {
  return contentLanguages.flatMap((language) =>
    [...texts[language]].flatMap(([key, text]) => {
      const most = longest.find(([pattern]) => pattern.test(key))?.[1] ?? Number.POSITIVE_INFINITY;
      return text.length > most
        ? [`${language}: ${key}: has ${text.length} characters; at most ${most} fit`]
        : [];
    }),
  );
}

function wordsOf(language: Language, texts: Texts): Words {
  const parameters = new Map([...texts].map(([key, text]) => [key, paramsIn(text)]));
  return {
    language,
    say(key, params = {}) {
      const text = texts.get(key);
      const names = parameters.get(key);
      if (text === undefined || names === undefined) throw new MissingText("missingText", key);
      if (names.length === 0 && Object.keys(params).length === 0) return text;
      if (Object.keys(params).some((name) => !names.includes(name)))
        throw new MissingText("unknownParameter", key);
      return text.replace(/\{(\w+)\}/g, (_, name: string) => {
        const value = Object.hasOwn(params, name) ? params[name] : undefined;
        if (value === undefined) throw new MissingText("missingParameter", key);
        return String(value);
      });
    },
  };
}
