import { randomBytes } from "node:crypto";
import { clocksOf } from "../bots/clocks.ts";
import { deliveriesIn } from "../bots/deliveries.ts";
import type { CaseRow } from "../cases/case.ts";
import { type Recorded, record } from "../cases/desk-work.ts";
import { acknowledge, close, type Desk, submit, withdraw } from "../cases/handling.ts";
import type { Bot } from "./world.ts";

const day = 86_400_000;
/** In every report's words, and nowhere else. */
export const canary = "kanarie-4471";

const fatima = { mark: "id:fatima", name: "Fatima El Idrissi" };
const toALawyer: Recorded = {
  appointment: "",
  discussed: [],
  referred: ["legal"],
  duty: null,
  terms: "houseRule",
  aftercareOn: null,
};

/** Reports that come and are handled over the years, by the bot there is at that moment. */
export function casesOverYears(bot: () => Bot) {
  function atDesk<T>(work: (desk: Desk) => Promise<T>): Promise<T> {
    const { store, ring, organisation } = bot().world;
    const now = bot().clock.now();
    const clocks = clocksOf(organisation);
    return store.transaction((tx) =>
      work({ cases: tx, deliveries: deliveriesIn(tx, ring, now), ring, now, random: randomBytes, clocks }),
    );
  }

  const answered = (question: string, answer: string | string[]) =>
    ({ question, kind: "choice", answer, asked: canary, answered: canary }) as const;

  async function reported(relation: string, route = "advisers"): Promise<string> {
    const rows = [
      answered("relation", relation),
      answered("kind", ["bullying"]),
      answered("identity", "pseudonymous"),
      { ...answered("story", canary), kind: "text" as const },
    ];
    const { row } = await atDesk((desk) =>
      submit(desk, {
        report: { flow: "report", language: "nl", rows },
        link: canary,
        receipt: null,
        route,
        acknowledgeBy: bot().clock.now() + 7 * day,
        feedbackBy: bot().clock.now() + 92 * day,
        pseudonyms: 1000,
        pseudonymsTaken: [],
      }),
    );
    return row.id;
  }

  async function handled(id: string, move: (desk: Desk, row: CaseRow) => Promise<unknown>): Promise<void> {
    await atDesk(async (desk) => {
      const row = await desk.cases.findCase(id);
      if (row) await move({ ...desk, by: fatima }, row);
    });
  }

  /** Seven about a colleague, six about a manager, of which `ended` are closed; and one that was withdrawn. */
  async function oneYear(ended: number, route = "advisers"): Promise<void> {
    const ids: string[] = [];
    for (let nr = 0; nr < 13; nr += 1) ids.push(await reported(nr < 7 ? "colleague" : "manager", route));
    const gone = await reported("board", route);
    bot().clock.advance(day);
    for (const id of ids) await handled(id, acknowledge);
    for (const id of ids) await handled(id, (desk, row) => record(desk, row, fatima, toALawyer));
    for (const id of ids.slice(0, ended)) await handled(id, (desk, row) => close(desk, row, "settled"));
    await handled(gone, withdraw);
  }

  /** Sets the time. */
  const at = (text: string) => {
    bot().clock.at = Date.parse(text);
  };

  return { reported, handled, oneYear, at };
}
