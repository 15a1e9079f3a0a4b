import type { Step } from "./find.ts";
import { type Filled, fillIn, say } from "./report-form.ts";

/** A report in the client that is left before it is sent: cleared, or kept and gone on with after a restart. */

const phrase = "onder de oranje lampen";
const filled: Filled = {
  danger: "no",
  aboutAdviser: "no",
  part: "experienced",
  kind: ["bullying"],
  where: ["online"],
  story: `Ze lachten me uit, ${phrase}.`,
  identity: "pseudonymous",
};

const story = { title: say("report.story.title"), input: say("report.story.input") };
const cleared = say("common.final.cleared");

export const leavingSteps: readonly Step[] = [
  [
    "stopped and cleared in the middle: the earlier card loses its buttons, and nothing of it is left",
    async (screen) => {
      await screen.go("Personal Chat");
      // A card below all others: what is typed next makes it an earlier one.
      await screen.say("menu");
      await screen.press(say("common.buttons.report"));
      await fillIn(screen, filled, { until: "more" });
      await screen.press(say("common.buttons.back"));
      await screen.holds(story.input, String(filled.story));
      await screen.shot("leaving");
      await screen.say("stop");
      await screen.sees(say("common.stop.title"));
      await screen.seesNot(story.title);
      await screen.offers(say("common.moved"), []);
      await screen.keepsTo(null, phrase);
      await screen.shot("stop");
      await screen.press(say("common.buttons.clear"));
      await screen.sees(cleared);
      await screen.offers(cleared, [say("common.buttons.menu")]);
      await screen.offers(say("common.moved"), []);
      await screen.keepsTo(null, phrase);
      await screen.shot("cleared");
    },
  ],
  [
    "after clearing, the menu offers a new report, and none to go on with",
    async (screen) => {
      await screen.press(say("common.buttons.menu"));
      await screen.sees(say("common.menu.title"));
      await screen.offers(say("common.menu.title"), [
        say("common.buttons.report"),
        say("common.buttons.find"),
        say("common.buttons.bystander"),
        say("check.buttons.hub"),
        say("common.buttons.reports"),
        say("common.buttons.english"),
      ]);
      await screen.keepsTo(null, phrase);
      await screen.shot("menu-after-clearing");
    },
  ],
  [
    "stopped and kept in the middle of the story, which was not given yet",
    async (screen) => {
      await screen.say("menu");
      await screen.press(say("common.buttons.report"));
      await fillIn(screen, filled, { until: "story" });
      await screen.fill(story.input, String(filled.story));
      await screen.press(say("common.buttons.stop"));
      await screen.press(say("common.buttons.keep"));
      await screen.sees(say("common.final.title"));
      await screen.keepsTo(null, phrase);
      await screen.shot("kept");
    },
  ],
];

/** The bot was started again on what it kept; the client knows nothing any more. */
export const resumeSteps: readonly Step[] = [
  [
    "what was kept is gone on with after a restart, where it was and as it was",
    async (screen) => {
      await screen.say("hallo");
      await screen.sees(say("common.menu.waiting"));
      await screen.keepsTo(null, phrase);
      await screen.shot("restarted");
      await screen.press(say("common.buttons.resume"));
      await screen.sees(story.title);
      await screen.holds(story.input, String(filled.story));
      await screen.keepsTo(story.title, phrase);
      await screen.shot("resumed");
      await fillIn(screen, filled, { from: "story" });
      const review = say("report.review.title");
      await screen.sees(review);
      await screen.keepsTo(review, phrase);
      for (const [question, option] of [
        ["part", "experienced"],
        ["kind", "bullying"],
        ["where", "online"],
      ])
        await screen.sees(say(`report.${question}.options.${option}`));
      await screen.shot("resumed-review");
    },
  ],
];
