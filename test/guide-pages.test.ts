import type { PersonReply } from "../bots/turns.ts";
import { drawCard } from "../cards/adaptive-card.ts";
import { drawMessage, drawModal } from "../cards/block-kit.ts";
import type { View } from "../cards/view.ts";
import type { Event, Inputs } from "../dialogs/core/event.ts";
import { Press } from "../dialogs/core/event.ts";
import { type Bot, content, type Database, sqlite, startBot, tenants } from "./world.ts";

/** A sentence of one's own, typed to practise: a canary that nothing may keep or repeat. */
const own = "kanariezin";
const everyWord = (["nl", "en"] as const).flatMap((language) =>
  Object.values(content.lexicon(language).commands).flatMap((phrases) => phrases.slice(0, 2)),
);

let database: Database;
let bot: Bot;
let people = 0;
beforeEach(async () => {
  database = await sqlite();
  bot = await startBot({ database });
});
afterEach(() => database.close());

/** Somebody who goes through a guide; every reply is drawn for both platforms. */
class Practising {
  readonly #address = {
    platform: "teams",
    tenant: tenants.teams,
    user: `29:${++people}`,
    conversation: `a:${people}`,
  } as const;
  draft = "";

  async happen(event: Event): Promise<Extract<PersonReply, { show: "view" }>> {
    const reply = await bot.turns.person({ address: this.#address, alias: null, event, eventId: null });
    if (reply.show !== "view") throw new Error("no answer");
    drawCard(reply.room, { surface: "room" });
    drawCard(reply.door, { surface: "door" });
    drawModal(reply.room, { title: "Vertrouwd", close: "Sluiten" });
    drawMessage(reply.door);
    expect(reply.door.privacy).toBe("neutral");
    expect(JSON.stringify([reply.door, reply.room.buttons])).not.toContain(own);
    return reply;
  }

  press(press: Press, inputs: Inputs = {}) {
    return this.happen({ type: "press", press, inputs });
  }

  /** Begins anew and answers everything, each closed question with its first option, to the outcome. */
  async through(flow: string): Promise<View> {
    await this.happen({ type: "hello" });
    let { room } = await this.press({ do: "start", flow });
    for (let answer = answerOn(room); answer; answer = answerOn(room)) {
      this.draft = answer.draft;
      const [input] = room.inputs;
      const first = input && "options" in input ? (input.options[0]?.value ?? "") : "";
      const given = input?.type === "choice" ? first : input?.type === "choices" ? [first] : own;
      room = (await this.press(answer, input ? { [input.id]: given } : {})).room;
    }
    return room;
  }
}

function answerOn({ buttons }: View) {
  for (const button of buttons) {
    const press = Press.safeParse(button.press).data;
    if (press?.do === "answer") return press;
  }
  return undefined;
}

describe.each(["bystander", "aftercare", "scenes.lunchJoke", "scenes.carPark", "code", "evaluation"])(
  "at the outcome of %s",
  (flow) => {
    test("every word that can be typed gets an answer, those for another guide's pages too (P20)", async () => {
      const person = new Practising();
      for (const text of everyWord) {
        await person.through(flow);
        await person.happen({ type: "text", text });
        await person.happen({ type: "text", text: "english" });
      }
      const kept = JSON.stringify([await database.tables(), bot.logged]);
      expect(kept).not.toContain(own);
    });

    test("a page that this guide does not have is its outcome", async () => {
      const person = new Practising();
      const outcome = await person.through(flow);
      const copied = flow === "code" || flow === "evaluation";
      for (const page of [...(copied ? [] : ["copy" as const]), "adviser", "duties"] as const) {
        const { room } = await person.press({ do: page, draft: person.draft });
        expect(room.title).toBe(outcome.title);
      }
    });
  },
);
