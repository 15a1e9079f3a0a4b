/** Languages that everything is written in. */
export const contentLanguages = ["nl", "en"] as const;
export type Language = (typeof contentLanguages)[number];

/**
 * Word lists by which typed text is understood, all in `normalise`d form; there is no language model (design
 * decision 11).
 */
export interface Lexicon {
  /** Command → words and phrases; `danger` and `despair` are looked for anywhere in a text. */
  readonly commands: Readonly<Record<string, readonly string[]>>;
  /** `flow.question.option` → its label and synonyms. */
  readonly options: Readonly<Record<string, readonly string[]>>;
  /** Service of the help directory → what people call it. */
  readonly services: Readonly<Record<string, readonly string[]>>;
  /** Topic → how people ask about it. */
  readonly topics: Readonly<Record<string, readonly string[]>>;
  /**
   * What makes a line a direct question for a person or a service. Between the words of a phrase others may
   * stand: "kan ik bellen" is in "kan ik Veilig Thuis bellen", and not in "hij wilde mij bellen".
   */
  readonly asking: readonly string[];
  /** What people say before their own name; before name and surname; and above a name at the end of a letter. */
  readonly naming: readonly string[];
  readonly presenting: readonly string[];
  readonly signing: readonly string[];
  /** What also follows those words and is no name. */
  readonly notNames: readonly string[];
  /** What a request for a team session begins with, in this language alone. */
  readonly session: readonly string[];
  /** What help is offered for in somebody's own text: in a report, not in the chat. */
  readonly stories: Readonly<Record<StoryList, readonly string[]>>;
}

/**
 * `assault` counts where it stands, `touching` only near a word of `recent`; neither in a sentence with a word
 * of `past`. `figures` are ways of speaking that mean nothing of the kind; `fillers` may stand between the words
 * of a phrase.
 */
export const storyLists = [
  "danger",
  "despair",
  "assault",
  "touching",
  "recent",
  "past",
  "figures",
  "fillers",
] as const;
export type StoryList = (typeof storyLists)[number];

/** A list of each kind. */
export function perStoryList<T>(make: (list: StoryList) => T): Record<StoryList, T> {
  return Object.fromEntries(storyLists.map((list) => [list, make(list)])) as Record<StoryList, T>;
}

/** Lists that both languages must have for the same things. */
const shared = ["commands", "services", "topics"] as const;

export const noLexicon: Lexicon = {
  commands: {},
  options: {},
  services: {},
  topics: {},
  asking: [],
  naming: [],
  presenting: [],
  signing: [],
  notNames: [],
  session: [],
  stories: perStoryList(() => []),
};

/** The form in which word lists and typed texts are compared; agrees with `dialogs/core/typed`. */
export function normalise(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** `report.danger.yes` is labelled by the text `report.danger.options.yes`. */
export function labelKey(option: string): string {
  return option.replace(/\.([^.]+)$/, ".options.$1");
}

/** Adds to each option's synonyms the label that people see, so that it can be typed. */
export function withLabels(file: Lexicon, texts: ReadonlyMap<string, string>): Lexicon {
  const options: Record<string, string[]> = {};
  for (const [key, label] of texts) {
    if (/\.options\.[^.]+$/.test(key)) options[key.replace(".options.", ".")] = [normalise(label)];
  }
  for (const [key, list] of Object.entries(file.options))
    options[key] = [...(options[key] ?? []), ...list.map(normalise)];
  const normalised = (lists: Lexicon["commands"]) =>
    Object.fromEntries(Object.entries(lists).map(([key, list]) => [key, list.map(normalise)]));
  return {
    commands: normalised(file.commands),
    options,
    services: normalised(file.services),
    topics: normalised(file.topics),
    asking: file.asking.map(normalise),
    naming: file.naming.map(normalise),
    presenting: file.presenting.map(normalise),
    signing: file.signing.map(normalise),
    notNames: file.notNames.map(normalise),
    session: file.session.map(normalise),
    stories: perStoryList((list) => file.stories[list].map(normalise)),
  };
}

/** One line for each command, service or topic that one language has words for and another has not. */
export function differentLists(lists: Readonly<Record<Language, Lexicon>>): readonly string[] {
  const missing = (here: Language, there: Language) =>
    shared.flatMap((part) =>
      Object.keys(lists[here][part])
        .filter((key) => !Object.hasOwn(lists[there][part], key))
        .map((key) => `${there}/lexicon.yaml: ${part}.${key}: is missing; ${here} has it`),
    );
  return [...missing("nl", "en"), ...missing("en", "nl")];
}

/** A word of another language joins where this language has not given it to something else already. */
export function merged(lists: Readonly<Record<Language, Lexicon>>, language: Language): Lexicon {
  const own = lists[language];
  const others = contentLanguages.filter((other) => other !== language).map((other) => lists[other]);
  const join = (part: "options" | (typeof shared)[number], rivals: (key: string) => readonly string[]) =>
    Object.fromEntries(
      Object.entries(own[part]).map(([key, list]) => {
        const taken = new Set(rivals(key));
        const added = others.flatMap((other) => other[part][key] ?? []).filter((word) => !taken.has(word));
        return [key, [...new Set([...list, ...added])]];
      }),
    );
  const together = (list: (lexicon: Lexicon) => readonly string[]) => [
    ...new Set([own, ...others].flatMap(list)),
  ];
  /** All words that this language has for another command, service or topic. */
  const elsewhere = (part: (typeof shared)[number], key: string) =>
    shared.flatMap((other) =>
      Object.entries(own[other]).flatMap(([rival, list]) => (other === part && rival === key ? [] : list)),
    );
  return {
    commands: join("commands", (key) => elsewhere("commands", key)),
    options: join("options", (key) => {
      const question = key.slice(0, key.lastIndexOf(".") + 1);
      return Object.entries(own.options).flatMap(([other, list]) =>
        other !== key && other.startsWith(question) ? list : [],
      );
    }),
    services: join("services", (key) => elsewhere("services", key)),
    topics: join("topics", (key) => elsewhere("topics", key)),
    asking: together(({ asking }) => asking),
    naming: together(({ naming }) => naming),
    presenting: together(({ presenting }) => presenting),
    signing: together(({ signing }) => signing),
    notNames: together(({ notNames }) => notNames),
    session: own.session,
    // People write in both languages at once; what one has for an alarm, the other has no other use for.
    stories: perStoryList((list) => [...new Set([own, ...others].flatMap(({ stories }) => stories[list]))]),
  };
}
