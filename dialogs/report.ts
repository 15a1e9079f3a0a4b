import { type Answer, type Answers, type Flow, flow } from "./core/flow.ts";

/** What the organisation has arranged, as far as the questions depend on it. Fixed while a process runs. */
export interface ReportSetup {
  /** Whether there is a second route for reports about a confidential adviser (P9). */
  readonly conflictRoute: boolean;
}

/**
 * A report in confidence to a confidential adviser. Danger and "is it about an adviser?" come first and
 * cannot be skipped; help is shown before the form goes on (P8); the story is asked once, openly.
 */
export function reportFlow(setup: ReportSetup): Flow {
  return flow("report")
    .beginWith("find", fromFind)
    .beginWith("bystander", fromBystander)
    .beginWith("aftercare", fromBystander)
    .choose("danger", ["no", "yes"], { required: true })
    .tell("dangerHelp", { when: (a) => a.danger === "yes", help: ["112"] })
    .choose("aboutAdviser", ["no", "yes", "unsure"], { required: true, askAgain: true })
    .endIf("noSafeRoute", {
      when: (a) => a.aboutAdviser !== "no" && !setup.conflictRoute,
      help: ["slachtofferhulp", "huis-voor-klokkenluiders", "juridisch-loket"],
    })
    .choose("part", ["experienced", "saw", "heard", "told"])
    .chooseSeveral("kind", ["sexual", "bullying", "aggression", "discrimination", "other", "unknown"])
    .choose("relation", ["colleague", "manager", "reportsToMe", "client", "outsider", "other"])
    .choose("when", ["today", "lastWeek", "earlier", "ongoing", "unknown"])
    .tell("sexualViolenceHelp", {
      when: (a) => a.kind?.includes("sexual") === true && a.when !== "earlier",
      help: ["centrum-seksueel-geweld"],
    })
    .choose("dependent", ["no", "yes", "unknown"])
    .tell("dependentHelp", { when: (a) => a.dependent === "yes", help: ["veilig-thuis", "112"] })
    .write("story")
    .chooseSeveral("wish", ["listen", "advice", "makeItStop", "complaint", "known", "unknown"])
    .choose("identity", ["pseudonymous", "named"], { required: true })
    .write("name", { when: (a) => a.identity === "named", required: true, maxLength: 200, ownName: true });
}

/** What was answered while looking for help; what a report asks differently is left to be asked. */
function fromFind(found: Answers): Answers {
  const answers: Record<string, Answer> = {
    // Who thinks of suicide did not say that there is no danger.
    danger: found.safety === "danger" ? "yes" : found.safety === "safe" ? "no" : null,
    aboutAdviser: found.aboutAdviser ?? null,
    when: found.when ?? null,
    kind: typeof found.about === "string" ? [found.about] : null,
    part: found.forWhom === "me" ? "experienced" : found.forWhom === "employee" ? "told" : null,
    dependent: found.minor === "yes" ? "yes" : null,
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

/** What a bystander answered. Whom it is about, an adviser perhaps, is asked; so is whether there is danger now. */
function fromBystander({ power, about }: Answers): Answers {
  const relation = typeof power === "string" ? relations[power] : undefined;
  return {
    part: "saw",
    ...(relation === undefined ? {} : { relation }),
    ...(typeof about === "string" ? { kind: [about] } : {}),
  };
}
