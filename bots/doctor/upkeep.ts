import { DateTime } from "luxon";
import { type Content, ContentFault } from "../../content/words.ts";
import { readContent } from "../content-files.ts";
import { zone } from "../deadlines.ts";
import type { Organisation } from "../organisation.ts";
import { contentAt } from "../world.ts";
import { counted, type Finding, findingsOf } from "./finding.ts";

const { ok, warn, fault } = findingsOf("content");

/** Facts about help and duties are looked up again every quarter (P18). */
const quarterDays = 92;

/** Reads the content in this folder; null where it cannot be used, and then there is a fault for each mistake. */
export function examineContent(folder: string | undefined): {
  readonly content: Content | null;
  readonly findings: readonly Finding[];
} {
  try {
    const content = readContent(folder);
    return { content, findings: [ok("every text is there, in both languages")] };
  } catch (error) {
    if (!(error instanceof ContentFault)) throw error;
    return { content: null, findings: error.faults.map((line) => fault(`content/${line}`)) };
  }
}

/** What somebody has to look up again in the help directory, the duties and what the check rests on. */
export function examineDirectory(
  content: Content,
  organisation: Organisation | null,
  now: number,
): readonly Finding[] {
  const { services, duties, checkSources } = content;
  const today = DateTime.fromMillis(now, { zone }).startOf("day");
  const hidden = organisation ? contentAt({ content, organisation }, now).hidden : null;
  const ageOf = (checkedOn: string) => today.diff(DateTime.fromISO(checkedOn, { zone }), "days").days;
  const dates: Finding[] = [
    ...services.map((service) => ({ ...service, file: "content/help.yaml" })),
    ...duties.map((duty) => ({ ...duty, file: "content/duties.yaml" })),
  ].flatMap(({ id, checkedOn, file }) => {
    const age = ageOf(checkedOn);
    if (age < 0) return [warn(`${id} in ${file} was checked on a day that is still to come; correct it`)];
    if (age <= quarterDays) return [];
    const gone = file === "content/help.yaml" && hidden?.has(id) ? " and is not shown any more" : "";
    return [warn(`${id} in ${file} was checked more than ${quarterDays} days ago${gone}; look it up again`)];
  });
  // They are many, and looked up together: in the law books.
  const old = checkSources.filter(({ checkedOn }) => ageOf(checkedOn) > quarterDays).map(({ id }) => id);
  if (old.length > 0) {
    const what = counted(old.length, "question");
    dates.push(
      warn(
        `${what} in content/check.yaml rest on what was found more than ${quarterDays} days ago; look up: ${old.join(", ")}`,
      ),
    );
  }
  const lines = services
    .filter(({ unverified }) => unverified > 0)
    .map(({ id, unverified, drawable }) => {
      const what = drawable
        ? `has ${counted(unverified, "line")} not verified, and so not shown`
        : "has no line that is verified, and so is never shown";
      return warn(`${id} in content/help.yaml ${what}; look that up`);
    });
  const about = [
    counted(services.length, "service"),
    counted(duties.length, "duty", "duties"),
    counted(checkSources.length, "question"),
  ];
  const entries = `${about.slice(0, -1).join(", ")} and ${about.at(-1)}`;
  return dates.length > 0
    ? [...dates, ...lines]
    : [ok(`${entries} were looked up in the last ${quarterDays} days`), ...lines];
}
