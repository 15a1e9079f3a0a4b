import { type Answer, type Answers, type Flow, flow, longestName } from "./core/flow.ts";
import type { Sector } from "./find/situation.ts";

/** What the organisation has arranged, as far as the questions depend on it. Fixed while a process runs. */
export interface ReportSetup {
  /** Whether there is a second route for reports about a confidential adviser (P9). */
  readonly conflictRoute: boolean;
  /** What the organisation does. */
  readonly sector?: Sector;
}

/** Who outside stands beside a client: to be asked first, where a rule may make an adviser pass on what is told. */
const careHelp: Partial<Readonly<Record<Sector, readonly string[]>>> = {
  healthcare: ["landelijk-meldpunt-zorg", "slachtofferhulp"],
  mentalHealthcare: ["pvp", "slachtofferhulp"],
  disabilityCare: ["cvp", "slachtofferhulp"],
};

/** Where the list of the health care inspectorate is known: elsewhere its words mean nothing. */
const health: readonly Sector[] = ["healthcare", "mentalHealthcare", "disabilityCare"];

/** Longer answers are seldom needed behind the story, and with it must fit on one page. */
const longestAddition = 1000;

/**
 * A report in confidence to a confidential adviser. Danger and "is it about an adviser?" come first and
 * cannot be skipped; help is shown before the form goes on (P8); the story is asked once, openly, and what it
 * may have left out is asked after it. Where a sector's rule may make an adviser pass it on, that is said before
 * anything is told, with who can be asked first outside. Whoever worries about what they did themselves is led to help.
 */
export function reportFlow({ conflictRoute, sector = "business" }: ReportSetup): Flow {
  return flow("report")
    .beginWith("find", (found) => fromFind(found, sector))
    .beginWith("bystander", fromBystander)
    .beginWith("aftercare", fromBystander)
    .choose("danger", ["no", "yes"], { required: true })
    .tell("dangerHelp", { when: (a) => a.danger === "yes", help: ["112", "113"] })
    .choose("aboutAdviser", ["no", "yes", "unsure"], { required: true, askAgain: true })
    .endIf("noSafeRoute", {
      when: (a) => a.aboutAdviser !== "no" && !conflictRoute,
      help: ["slachtofferhulp", "huis-voor-klokkenluiders", "juridisch-loket"],
    })
    .choose("part", ["experienced", "saw", "heard", "told", "own"])
    .endIf("ownBehaviour", {
      when: (a) => a.part === "own",
      help: ["huisarts", "juridisch-loket"],
      guide: "find",
    })
    .chooseSeveral("kind", ["sexual", "bullying", "aggression", "discrimination", "other", "unknown"])
    .choose("relation", [
      "colleague",
      "manager",
      "reportsToMe",
      "client",
      "outsider",
      "other",
      "board",
      "several",
      "unknown",
    ])
    .choose("when", ["today", "lastWeek", "earlier", "ongoing", "unknown"])
    .tell("sexualViolenceHelp", {
      when: (a) => a.kind?.includes("sexual") === true && a.when !== "earlier",
      help: ["centrum-seksueel-geweld"],
    })
    .choose("dependent", ["no", "yes", "unknown"])
    .tell("dependentHelp", { when: (a) => a.dependent === "yes", help: ["veilig-thuis", "112"] })
    .tell("schoolDuty", {
      when: (a) => sector === "education" && a.dependent !== "no" && maybeSexual(a.kind),
      help: ["vertrouwensinspecteurs"],
      duty: "education",
    })
    .tell("studentDuty", {
      when: (a) =>
        sector === "higherEducation" &&
        (a.dependent === "yes" || a.dependent === "unknown") &&
        maybeSexual(a.kind),
      help: ["vertrouwensinspecteurs"],
      duty: "education",
    })
    .tell("sportDuty", {
      when: () => sector === "sport",
      help: ["centrum-veilige-sport"],
      duty: "sport",
    })
    .tell("careDuty", {
      when: (a) => health.includes(sector) && a.dependent !== "no",
      help: careHelp[sector] ?? [],
      duty: "careViolence",
    })
    .tell("youthCareDuty", {
      when: (a) => sector === "youthCare" && a.dependent !== "no",
      help: ["jeugdstem", "slachtofferhulp"],
      duty: "youthCare",
    })
    .chooseSeveral(
      "form",
      [
        "remark",
        "messages",
        "staring",
        "touching",
        "sexualAct",
        "belittling",
        "power",
        "threat",
        "violence",
        "unequal",
      ],
      { added: true },
    )
    .tell("sexualActHelp", {
      // Who did not call it sexual may still need this help soon.
      when: (a) =>
        a.form?.includes("sexualAct") === true && !a.kind?.includes("sexual") && a.when !== "earlier",
      help: ["centrum-seksueel-geweld"],
    })
    .chooseSeveral(
      "careForm",
      [
        "sexualising",
        "touching",
        "undressing",
        "examination",
        "authority",
        "assault",
        "rape",
        "unknown",
        "none",
      ],
      {
        when: (a) => health.includes(sector) && a.kind?.includes("sexual") === true && a.dependent !== "no",
      },
    )
    .choose("often", ["once", "fewTimes", "often", "unknown"], { added: true })
    .chooseSeveral("where", ["work", "online", "client", "travel", "outing", "home", "other", "unknown"], {
      added: true,
    })
    .write("story", { essential: true })
    .write("more", { maxLength: longestAddition, added: true })
    .chooseSeveral(
      "effect",
      ["tense", "rest", "avoid", "work", "leave", "other", "little", "unknown", "unsafe", "worse"],
      {
        added: true,
      },
    )
    .chooseSeveral("wish", [
      "listen",
      "advice",
      "makeItStop",
      "complaint",
      "known",
      "unknown",
      "support",
      "otherHelp",
    ])
    .choose("contact", ["chat", "talk", "no", "unknown"], { added: true })
    .chooseSeveral("moments", ["anyTime", "workHours", "evenings", "weekend", "notAtWork"], { added: true })
    .chooseSeveral("kept", ["others", "told", "messages", "notes", "nothing", "unknown"], { added: true })
    .choose("identity", ["pseudonymous", "named", "anonymous"], { required: true })
    .write("name", {
      when: (a) => a.identity === "named",
      required: true,
      maxLength: longestName,
      ownName: true,
    });
}

/** Whether it may be about sexual behaviour: all but what was called only bullying or discrimination. */
function maybeSexual(kind: readonly string[] | undefined): boolean {
  return kind === undefined || kind.some((one) => one !== "bullying" && one !== "discrimination");
}

/** How somebody reports: with a made-up name and a way back, with a name, or with nothing but a receipt. */
export type Way = "pseudonymous" | "named" | "anonymous";

/** How a report with these answers is made; drafts of every release have one. */
export function wayOf(rows: readonly { readonly question: string; readonly answer: Answer }[]): Way {
  const answer = rows.find(({ question }) => question === "identity")?.answer;
  return answer === "named" || answer === "anonymous" ? answer : "pseudonymous";
}

/** What was answered while looking for help; what a report asks differently is left to be asked. */
function fromFind(found: Answers, sector: Sector): Answers {
  const dependsOnCare = found.forWhom === "client" && (health.includes(sector) || sector === "youthCare");
  const answers: Record<string, Answer> = {
    // Who thinks of suicide did not say that there is no danger.
    danger: found.safety === "danger" ? "yes" : found.safety === "safe" ? "no" : null,
    aboutAdviser: found.aboutAdviser ?? null,
    when: found.when ?? null,
    kind: typeof found.about === "string" ? [found.about] : null,
    // Who worries about what they did wrote to this adviser on purpose: asked, and not turned away unasked.
    part: found.forWhom === "me" ? "experienced" : found.forWhom === "employee" ? "told" : null,
    dependent: found.minor === "yes" || dependsOnCare ? "yes" : null,
  };
  // What was shown a moment ago need not be read again.
  if (found.safety === "danger") answers.dangerHelp = "seen";
  return Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== null));
}

const relations: Readonly<Record<string, string>> = {
  peer: "colleague",
  above: "manager",
  below: "reportsToMe",
  outside: "outsider",
};

/** Where a bystander saw it, as a report names it. */
const places: Readonly<Record<string, string>> = { room: "work", online: "online", outing: "outing" };

/** What a bystander answered. Whom it is about, an adviser perhaps, is asked; so is whether there is danger now. */
function fromBystander({ power, about, where }: Answers): Answers {
  const relation = typeof power === "string" ? relations[power] : undefined;
  const place = typeof where === "string" ? places[where] : undefined;
  return {
    part: "saw",
    ...(relation === undefined ? {} : { relation }),
    ...(typeof about === "string" ? { kind: [about] } : {}),
    ...(place === undefined ? {} : { where: [place] }),
  };
}
