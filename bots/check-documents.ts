import type { DocumentLink } from "../cards/check-view.ts";
import type { OpenCheck } from "../dialogs/check/reading.ts";
import { allowedTry } from "./attempts.ts";
import { openCheck } from "./check-rows.ts";
import { produceCheck } from "./documents/file.ts";
import { offerDownload, type Produced, type Spec } from "./downloads.ts";
import type { Now } from "./effects.ts";
import { contentAt, type World } from "./world.ts";

/** In the order in which they are offered; what is computed with needs no second language. */
const offered = [
  { format: "pdf", language: "nl" },
  { format: "pdf", language: "en" },
  { format: "csv", language: null },
  { format: "json", language: null },
] as const;

/** Where the documents of a check are fetched, once each; null where none can be, or too many were offered. */
export async function documentLinks(
  turn: Now,
  { id, round, me }: OpenCheck,
  own: "nl" | "en",
): Promise<readonly DocumentLink[] | null> {
  const { tx, world, now } = turn;
  if (!(await allowedTry(turn, "document"))) return null;
  const links: DocumentLink[] = [];
  for (const { format, language } of offered) {
    const about = { kind: "check", check: id, round: round.id, person: me } as const;
    const spec = { ...about, format, language: language ?? own };
    const url = await offerDownload(tx, world, spec, now);
    if (url === null) return null;
    links.push({ format, language: spec.language, url });
  }
  return links;
}

/** The document of a check; null where the check, its round or the person it was offered to is gone. */
export async function producedCheck(
  world: World,
  { check: id, round: roundId, person, format, language }: Extract<Spec, { kind: "check" }>,
  now: number,
): Promise<Produced | null> {
  const row = await world.store.transaction((tx) => tx.findCheck(id));
  const check = row && openCheck(world.ring, row);
  const round = check?.rounds.find((one) => one.id === roundId);
  const isThere = check?.people.some(({ id, mark }) => id === person && mark !== "");
  if (!check || !round || !isThere) return null;
  const facts = { organisation: world.organisation.name, now, language };
  return produceCheck(format, check, round, facts, contentAt(world, now));
}
