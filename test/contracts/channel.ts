import type { Address, Channel, Group, GroupFault, MessageRef, Route, RouteFault } from "../../bots/ports.ts";
import { DeliveryError } from "../../bots/ports.ts";
import { type View, viewOf } from "../../cards/view.ts";

/** A message as a person in the conversation sees it now. */
export interface ShownMessage {
  readonly id: string;
  /** The message it stands under, or null at the top of a conversation. */
  readonly under: string | null;
  /** Every word on it, as the client shows it: no markup, no escapes, one line a paragraph. */
  readonly words: string;
  /** What a notification says. */
  readonly notification: string;
}

/** What the platform's server does with the next request that would post or change a message. */
export type Failure =
  | { readonly with: "rateLimit"; readonly retryAfterSeconds: number }
  | { readonly with: "refusal" }
  | { readonly with: "serverError" }
  | { readonly with: "reset" };

/** One platform's real adapter against a strict fake of the platform's server. */
export interface ChannelUnderTest {
  readonly channel: Channel;
  readonly person: Address;
  readonly route: Route;
  /** A second good route, to tell threads of one route from another's. */
  readonly otherRoute: Route;
  /** The newest state of each message, oldest first. `conversation` is an address's or a route's. */
  shown(conversation: string): readonly ShownMessage[];
  failNext(failure: Failure): void;
  /** How many requests to post or change a message have reached the server. */
  writes(): number;
  /** Routes that the platform (or the configuration) has something against, by the fault to be found. */
  readonly faulty: Partial<Record<RouteFault["code"], Route>>;
  /** A group that the person is in, as its last member, and that takes more than one page where there are pages. */
  readonly group: Group;
  /** A group that the person is not in. */
  readonly otherGroup: Group;
  /** Groups whose members the platform does not tell, by the fault to be found. */
  readonly closed: Partial<Record<GroupFault["code"], Group>>;
  /** What the platform's server does with the next question for members. */
  failNextRead(failure: Failure): void;
  /** How many questions for members have reached the server. */
  reads(): number;
  close(): Promise<void>;
}

const title = "A new message is waiting";
const typed =
  "Line one *bold* _it_ <b>tag</b> & [a](http://b.example) `c`\n- second line {{DATE(2020-01-01T00:00:00Z)}}";

function door(over: Partial<View> = {}): View {
  return viewOf({
    title,
    body: [{ type: "text", text: "Open it here." }],
    buttons: [{ label: "Open", press: { do: "menu" } }],
    summary: "Vertrouwd has something for you",
    privacy: "neutral",
    ...over,
  });
}

/** Every `Channel` passes this suite, driven against what the platform would accept and refuse. */
export function channelContract(platform: string, open: () => Promise<ChannelUnderTest>): void {
  describe(`the ${platform} channel`, () => {
    let tried: ChannelUnderTest;
    beforeEach(async () => {
      tried = await open();
    });
    afterEach(() => tried.close());

    test("posts a door to a person, with a notification that says nothing", async () => {
      const ref = await tried.channel.postToPerson(tried.person, door());
      const [message, ...others] = tried.shown(tried.person.conversation);
      expect(others).toEqual([]);
      expect(message).toMatchObject({
        id: ref.message,
        under: null,
        notification: "Vertrouwd has something for you",
      });
      expect(message?.words).toContain(title);
      expect(message?.words).toContain("Open it here.");
      expect(ref).toMatchObject({ platform: tried.channel.platform, tenant: tried.person.tenant });
    });

    test("posts a card to a route, and another under it in its own thread", async () => {
      const first = await tried.channel.postToRoute(tried.route, door());
      const under = await tried.channel.postToRoute(
        tried.route,
        door({ title: "Something was added" }),
        first,
      );
      const deeper = await tried.channel.postToRoute(tried.route, door({ title: "And again" }), under);
      expect(tried.shown(tried.route.channel).map(({ id, under: root }) => [id, root])).toEqual([
        [first.message, null],
        [under.message, first.message],
        [deeper.message, first.message],
      ]);
    });

    test("does not post under a card of another route", async () => {
      const elsewhere = await tried.channel.postToRoute(tried.otherRoute, door());
      const before = tried.writes();
      await expectRefused(tried.channel.postToRoute(tried.route, door(), elsewhere));
      expect(tried.writes()).toBe(before);
    });

    test("replaces a card by a card, in its place", async () => {
      const refs = [
        await tried.channel.postToPerson(tried.person, door()),
        await tried.channel.postToRoute(tried.route, door()),
      ];
      refs.push(await tried.channel.postToRoute(tried.route, door(), refs[1]));
      for (const ref of refs) await tried.channel.update(ref, door({ title: "It is done" }));
      const all = [...tried.shown(tried.person.conversation), ...tried.shown(tried.route.channel)];
      expect(all.map(({ id }) => id)).toEqual(refs.map(({ message }) => message));
      for (const { words } of all) {
        expect(words).toContain("It is done");
        expect(words).not.toContain(title);
      }
    });

    test("shows what a person typed exactly as typed, on both surfaces a door has", async () => {
      const body: View["body"] = [
        { type: "quote", label: "In their words", text: typed },
        { type: "message", from: "Blue heron", at: "today", text: typed },
        { type: "facts", facts: [{ label: "Kind", value: typed }] },
      ];
      await tried.channel.postToRoute(tried.route, door({ body }));
      const words = tried.shown(tried.route.channel)[0]?.words ?? "";
      for (const line of typed.split("\n")) {
        // Clients would draw {{DATE(…)}} as a date, so an invisible joiner may stand in it.
        expect(words.replaceAll("\u2060", "").split(line)).toHaveLength(4);
      }
    });

    test("never posts a private view, nor updates a door to one", async () => {
      const ref = await tried.channel.postToPerson(tried.person, door());
      const before = tried.writes();
      const secret = door({ privacy: "private" });
      await expectRefused(tried.channel.postToPerson(tried.person, secret));
      await expectRefused(tried.channel.postToRoute(tried.route, secret));
      await expectRefused(tried.channel.update(ref, secret));
      expect(tried.writes()).toBe(before);
    });

    test("refuses a tenant that is not configured, before the platform is asked", async () => {
      await expectRefused(tried.channel.postToPerson({ ...tried.person, tenant: "T0STRANGER" }, door()));
      await expectRefused(tried.channel.postToRoute({ ...tried.route, tenant: "T0STRANGER" }, door()));
      expect(tried.writes()).toBe(0);
    });

    const acts: readonly [string, (ref: MessageRef) => Promise<unknown>][] = [
      ["a door to a person", () => tried.channel.postToPerson(tried.person, door())],
      ["a card to a route", () => tried.channel.postToRoute(tried.route, door())],
      ["an update", (ref) => tried.channel.update(ref, door({ title: "It is done" }))],
    ];
    describe.each(acts)("%s", (_name, act) => {
      let ref: MessageRef;
      let before: number;
      beforeEach(async () => {
        ref = await tried.channel.postToPerson(tried.person, door());
        before = tried.writes();
      });

      test("says how long to wait when the platform is too busy", async () => {
        tried.failNext({ with: "rateLimit", retryAfterSeconds: 7 });
        expect(await problemOf(act(ref))).toEqual({ kind: "rateLimited", retryAfter: 7000 });
        expect(tried.writes()).toBe(before + 1);
      });

      test("says it was refused when the platform says no", async () => {
        tried.failNext({ with: "refusal" });
        expect(await problemOf(act(ref))).toMatchObject({ kind: "refused" });
        expect(tried.writes()).toBe(before + 1);
      });

      test.each(["serverError", "reset"] as const)(
        "says it cannot know after a %s, and asks once",
        async (fault) => {
          tried.failNext({ with: fault });
          expect(await problemOf(act(ref))).toMatchObject({ kind: "unknown" });
          expect(tried.writes()).toBe(before + 1);
        },
      );

      test("works again after a failure", async () => {
        tried.failNext({ with: "serverError" });
        await problemOf(act(ref));
        await act(ref);
      });
    });

    test("refuses to update a message that is not there", async () => {
      const ref = await tried.channel.postToPerson(tried.person, door());
      await expectRefused(tried.channel.update({ ...ref, message: "1600000000.000001" }, door()));
    });

    test("an error quotes nothing of what was sent, nor to whom", async () => {
      tried.failNext({ with: "serverError" });
      const error = await tried.channel.postToPerson(tried.person, door()).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(DeliveryError);
      const said = `${(error as Error).stack} ${JSON.stringify(error)}`;
      for (const secret of [title, tried.person.user, tried.person.conversation])
        expect(said).not.toContain(secret);
    });

    test("finds nothing against a good route, and posts nothing to find out", async () => {
      expect(await tried.channel.checkRoute(tried.route)).toBeNull();
      expect(await tried.channel.checkRoute(tried.otherRoute)).toBeNull();
      expect(tried.writes()).toBe(0);
    });

    test("finds what is wrong with each bad route", async () => {
      const found: Record<string, unknown> = {};
      for (const [code, route] of Object.entries(tried.faulty))
        found[code] = await tried.channel.checkRoute(route);
      expect(found).toEqual(Object.fromEntries(Object.keys(tried.faulty).map((code) => [code, { code }])));
    });

    describe("asked who is in a group", () => {
      const ask = (group = tried.group, user = tried.person.user) => tried.channel.isMember(group, user);

      test("says whether somebody is, and posts nothing to find out", async () => {
        expect(await ask()).toBe(true);
        expect(await ask(tried.otherGroup)).toBe(false);
        expect(tried.writes()).toBe(0);
      });

      test("finds nothing against groups that it can be asked about", async () => {
        expect(await tried.channel.checkGroup(tried.group)).toBeNull();
        expect(await tried.channel.checkGroup(tried.otherGroup)).toBeNull();
        expect(tried.writes()).toBe(0);
      });

      test("finds why a group cannot be asked about, and then says neither yes nor no", async () => {
        const found: Record<string, unknown> = {};
        for (const [code, group] of Object.entries(tried.closed)) {
          found[code] = await tried.channel.checkGroup(group);
          expect(await problemOf(ask(group))).toMatchObject({
            kind: code === "unreachable" ? "unknown" : "refused",
          });
        }
        expect(found).toEqual(Object.fromEntries(Object.keys(tried.closed).map((code) => [code, { code }])));
      });

      test("refuses another tenant or platform, before the platform is asked", async () => {
        const platform = tried.group.platform === "teams" ? "slack" : "teams";
        for (const over of [{ tenant: "T0STRANGER" }, { platform }] as const) {
          await expectRefused(ask({ ...tried.group, ...over }));
          expect(await tried.channel.checkGroup({ ...tried.group, ...over })).toEqual({
            code: "wrongTenant",
          });
        }
        expect(tried.reads()).toBe(0);
      });

      const odd = [
        "",
        ".",
        "..",
        "../pagedmembers",
        "%2e%2e",
        "a/b",
        "a?b",
        "a#b",
        "\u0000",
        "29:",
        "*",
        ",",
      ];
      test.each(odd)("does not take %j for a member", async (user) => {
        expect(await ask(tried.group, user).catch(() => "error")).not.toBe(true);
      });

      test("says how long to wait when the platform is too busy, and asks once", async () => {
        await ask();
        const before = tried.reads();
        tried.failNextRead({ with: "rateLimit", retryAfterSeconds: 7 });
        expect(await problemOf(ask())).toEqual({ kind: "rateLimited", retryAfter: 7000 });
        expect(tried.reads()).toBe(before + 1);
      });

      test.each(["refusal", "serverError", "reset"] as const)(
        "is in doubt after a %s, asks once, and works again",
        async (fault) => {
          await ask();
          const before = tried.reads();
          tried.failNextRead({ with: fault });
          expect(await problemOf(ask())).toMatchObject({ kind: fault === "refusal" ? "refused" : "unknown" });
          expect(tried.reads()).toBe(before + 1);
          expect(await ask()).toBe(true);
        },
      );

      test("an error says nothing of the person or the group", async () => {
        tried.failNextRead({ with: "serverError" });
        const error = await ask().catch((caught: unknown) => caught);
        expect(error).toBeInstanceOf(DeliveryError);
        const said = `${(error as Error).stack} ${JSON.stringify(error)}`;
        for (const secret of [tried.person.user, tried.group.channel]) expect(said).not.toContain(secret);
      });
    });
  });
}

async function problemOf(act: Promise<unknown>): Promise<unknown> {
  const error = await act.then(
    () => null,
    (caught: unknown) => caught,
  );
  if (!(error instanceof DeliveryError)) throw new Error("expected a DeliveryError");
  return error.problem;
}

async function expectRefused(act: Promise<unknown>): Promise<void> {
  expect(await problemOf(act)).toMatchObject({ kind: "refused" });
}
