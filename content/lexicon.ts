/** Languages that everything is written in. */
export const contentLanguages = ["nl", "en"] as const;
export type Language = (typeof contentLanguages)[number];

/** Word lists by which typed text is matched, all in `normalise`d form. */
export interface Lexicon {
  /** Command → words and phrases; `danger` and `despair` are looked for anywhere in a text. */
  readonly commands: Readonly<Record<string, readonly string[]>>;
  /** `flow.question.option` → its label and synonyms. */
  readonly options: Readonly<Record<string, readonly string[]>>;
}

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
  const commands = Object.entries(file.commands).map(([key, list]) => [key, list.map(normalise)] as const);
  return { commands: Object.fromEntries(commands), options };
}

/** One line for each command that one language has words for and another has not. */
export function differentCommands(lists: Readonly<Record<Language, Lexicon>>): readonly string[] {
  const missing = (here: Language, there: Language) =>
    Object.keys(lists[here].commands)
      .filter((command) => !Object.hasOwn(lists[there].commands, command))
      .map((command) => `${there}/lexicon.yaml: commands.${command}: is missing; ${here} has it`);
  return [...missing("nl", "en"), ...missing("en", "nl")];
}

/** A word of another language joins where this language has not given it to something else already. */
export function merged(lists: Readonly<Record<Language, Lexicon>>, language: Language): Lexicon {
  const own = lists[language];
  const others = contentLanguages.filter((other) => other !== language).map((other) => lists[other]);
  const join = (part: "commands" | "options", rivals: (key: string) => readonly string[]) =>
    Object.fromEntries(
      Object.entries(own[part]).map(([key, list]) => {
        const taken = new Set(rivals(key).flatMap((rival) => own[part][rival] ?? []));
        const added = others.flatMap((other) => other[part][key] ?? []).filter((word) => !taken.has(word));
        return [key, [...new Set([...list, ...added])]];
      }),
    );
  return {
    commands: join("commands", (key) => Object.keys(own.commands).filter((other) => other !== key)),
    options: join("options", (key) => {
      const question = key.slice(0, key.lastIndexOf(".") + 1);
      return Object.keys(own.options).filter((other) => other !== key && other.startsWith(question));
    }),
  };
}
