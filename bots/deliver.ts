import { drawRoutePing, drawRouteTrouble, drawWithdrawnDoor } from "../cards/adviser.ts";
import { drawAftercare, drawOtherRouteReminder, drawReminder } from "../cards/clocks.ts";
import { drawUnused } from "../cards/desk-notices.ts";
import { drawReporterPing } from "../cards/reporter.ts";
import type { View } from "../cards/view.ts";
import { type CaseRow, noLink } from "../cases/case.ts";
import { dueBy, isDue } from "../cases/clocks.ts";
import { openDesk } from "../cases/desk-record.ts";
import type { KeyRing } from "../cases/keys.ts";
import type { Delivery } from "../cases/ports.ts";
import { isAboutNoAdviser, openLink, openReport } from "../cases/report.ts";
import { SealBroken, type Sealed } from "../cases/seal.ts";
import { caseCard } from "./case-card.ts";
import { caseSummary } from "./case-facts.ts";
import { carryReminder } from "./check-reminders.ts";
import { clockFacts, clocksOf } from "./clocks.ts";
import { Address, load, MessageRef, pingIdOf } from "./conversations.ts";
import { deliveriesIn, openDelivery } from "./deliveries.ts";
import { isAftercareDue } from "./desk-aftercare.ts";
import { leftBehind } from "./desk-people.ts";
import { carryDraftReminder } from "./draft-reminders.ts";
import { firstLanguage, routeOf } from "./organisation.ts";
import {
  type CardRow,
  type Channel,
  DeliveryError,
  isPersonLane,
  type LeasedDelivery,
  type Platform,
  type Route,
} from "./ports.ts";
import { carryPing, pingMissed } from "./practice-ping.ts";
import { contentAt, freshId, type World } from "./world.ts";

/** Carries out what lies in the outbox, through the platforms' channels. */
export interface Courier {
  /** Sends one delivery; what it says is drawn from the case as it is now. Throws `DeliveryError`. */
  deliver(row: LeasedDelivery): Promise<readonly CardRow[]>;
  /** Tells the people concerned that a delivery failed for good (decision 10). May be called twice for one row. */
  onGivenUp(row: LeasedDelivery, code: string): Promise<void>;
}

type Of<Kind extends Delivery["kind"]> = Extract<Delivery, { kind: Kind }>;

/** Builds the courier for the platforms that are configured. */
export function createCourier(world: World, channels: ReadonlyMap<Platform, Channel>): Courier {
  return {
    deliver: async (row) => {
      const delivery = openDelivery(world.ring, row);
      if (delivery.kind === "practicePing") {
        await carryPing(world, row, delivery, channelOf);
        return [];
      }
      if (delivery.kind === "checkReminder") {
        await carryReminder(world, row, delivery, channelOf);
        return [];
      }
      if (delivery.kind === "draftReminder") {
        await carryDraftReminder(world, row, delivery, channelOf);
        return [];
      }
      const found = await world.store.transaction((tx) => tx.findCase(delivery.case));
      // Destroyed in the meantime: there is nothing left to say.
      if (!found) return [];
      if (delivery.kind === "caseLeft") return leaveRoute(found, delivery);
      if (found.state === "withdrawn")
        return delivery.kind === "caseCardUpdate" ? neutraliseCards(found) : [];
      switch (delivery.kind) {
        case "caseCard":
          return bringCard(found, row.mayBeThere);
        case "caseCardUpdate":
          return updateCards(found, delivery.reopened);
        case "routePing":
          return pingRoute(found);
        case "reporterPing":
          return pingReporter(found, delivery);
        case "routeTrouble":
          return tellOtherRoute(found, delivery);
        case "routeReminder":
        case "otherRouteReminder":
          return remindRoute(found, delivery);
        case "aftercare":
          return remindOfAftercare(found);
      }
    },
    onGivenUp: (row, code) => givenUp(world, row, code),
  };

  /** Where something that was queued before a move has brought the card already, that one is made to agree. */
  async function bringCard(found: CaseRow, mayBeThere: boolean): Promise<readonly CardRow[]> {
    const there = await refsIn(routeFor(found.route), found, "route");
    return there.length > 0 ? updateCards(found) : postCard(found, mayBeThere);
  }

  async function postCard(found: CaseRow, mayBeThere: boolean): Promise<readonly CardRow[]> {
    const route = routeFor(found.route);
    const view = await cardOf(found, route, mayBeThere);
    const ref = await (await checked(route)).postToRoute(route, view);
    return [cardRow(found, "route", ref)];
  }

  async function updateCards(found: CaseRow, reopened = false): Promise<readonly CardRow[]> {
    const route = routeFor(found.route);
    const view = await cardOf(found, route, false);
    const channel = await checked(route);
    let updated = false;
    for (const ref of await refsIn(route, found, "route")) {
      const there = await unlessGone(channel.update(ref, view));
      updated ||= there !== gone;
    }
    if (found.state === "closed" || reopened) {
      // The lines under the card open the case too; they end with it, and all at once, within the lease. Those that
      // came after it was closed hold no more once it is opened again.
      const pings = await refsIn(route, found, "routePing");
      const line = drawUnused(world.content, route.language);
      await Promise.all(pings.map((ping) => neutralise(channel, ping, line)));
    }
    return updated ? [] : postCard(found, true);
  }

  /** What is in the route of a withdrawn case says so, and opens nothing; where nothing is, nothing comes. */
  async function neutraliseCards(found: CaseRow): Promise<readonly CardRow[]> {
    const route = routeFor(found.route);
    const view = drawWithdrawnDoor(
      { number: found.number, closedAt: found.closedAt ?? 0 },
      world.content,
      route.language,
    );
    const channel = await checked(route);
    for (const ref of await refsIn(route, found, "route")) await unlessGone(channel.update(ref, view));
    const pings = await refsIn(route, found, "routePing");
    await Promise.all(pings.map((ping) => neutralise(channel, ping, view)));
    return [];
  }

  /**
   * What the case left in a route that it is not in any more becomes a line that names nothing, and is forgotten.
   * Where that fails, the whole of it is tried again.
   */
  async function leaveRoute(found: CaseRow, { route: id }: Of<"caseLeft">): Promise<readonly CardRow[]> {
    const route = routeOf(world.organisation, id);
    if (!route || id === found.route) return [];
    const view = drawUnused(world.content, route.language);
    const rows = await world.store.transaction(async (tx) => [
      ...(await tx.cards(found.id, "route")),
      ...(await tx.cards(found.id, "routePing")),
    ]);
    const there = rows.filter((row) => isIn(route, refOf(row)));
    for (const row of there) await unlessGone(channelOf(route.platform).update(refOf(row), view));
    await world.store.transaction((tx) => tx.removeCards(there.map((row) => row.id)));
    return [];
  }

  async function pingRoute(found: CaseRow): Promise<readonly CardRow[]> {
    const { language } = routeFor(found.route);
    return lineUnderCard(found, drawRoutePing(caseSummary(world, found), world.content, language));
  }

  /** What is due, where it still is. What another route may not hear any more is said in the case's own (P9). */
  async function remindRoute(
    found: CaseRow,
    delivery: Of<"routeReminder"> | Of<"otherRouteReminder">,
  ): Promise<readonly CardRow[]> {
    const facts = await world.store.transaction((tx) => clockFacts(tx, found));
    const clocks = clocksOf(world.organisation);
    const { of } = delivery;
    if (!isDue(facts, clocks, of, world.clock.now())) return [];
    const reminder = { id: found.id, number: found.number, of, by: dueBy(facts, clocks, of) };
    if (delivery.kind === "otherRouteReminder" && delivery.route === routeToTell(world, found)) {
      const other = routeFor(delivery.route);
      const view = drawOtherRouteReminder(reminder, world.content, other.language);
      await (await checked(other)).postToRoute(other, view);
      return [];
    }
    const { language } = routeFor(found.route);
    const { terms } = openDesk(world.ring, found);
    return lineUnderCard(found, drawReminder({ ...reminder, terms }, world.content, language));
  }

  async function remindOfAftercare(found: CaseRow): Promise<readonly CardRow[]> {
    if (!isAftercareDue(world.ring, found, world.clock.now())) return [];
    const { language } = routeFor(found.route);
    return lineUnderCard(found, drawAftercare(found, world.content, language));
  }

  /** A line under the case's card; where the card is gone, the card itself again, or nobody would hear. */
  async function lineUnderCard(found: CaseRow, view: View): Promise<readonly CardRow[]> {
    const route = routeFor(found.route);
    const card = (await refsIn(route, found, "route")).at(-1);
    const channel = await checked(route);
    const ping = card ? await unlessGone(channel.postToRoute(route, view, card)) : gone;
    return ping === gone ? postCard(found, true) : [cardRow(found, "routePing", ping)];
  }

  async function pingReporter(found: CaseRow, { about }: Of<"reporterPing">): Promise<readonly CardRow[]> {
    const link = openLink(world.ring, found);
    if (link === null) return [];
    const address = Address.parse(JSON.parse(link));
    const { conversation } = await world.store.transaction((tx) =>
      load(tx, world.ring, address, firstLanguage(world.organisation), world.clock.now()),
    );
    const channel = channelOf(address.platform);
    const ref = await channel.postToPerson(
      address,
      drawReporterPing(
        about,
        { id: pingIdOf(world.ring, found.id) },
        contentAt(world, world.clock.now()),
        conversation.language,
      ),
    );
    // Each ping leads to the same thread. An update would close the room that may be open on an earlier one, with what
    // is being written there, so they stay as they are (decision 3).
    return [cardRow(found, "reporter", ref)];
  }

  /** Nothing where that route may not hear of it any more: it can have moved meanwhile, there and further on (P9). */
  async function tellOtherRoute(found: CaseRow, delivery: Of<"routeTrouble">): Promise<readonly CardRow[]> {
    if (delivery.route !== routeToTell(world, found)) return [];
    const route = routeFor(delivery.route);
    const view = drawRouteTrouble(caseSummary(world, found), world.content, route.language);
    await (await checked(route)).postToRoute(route, view);
    return [];
  }

  /** An older ping that stays is untidy, not harmful, so a failure is let go. */
  async function neutralise(channel: Channel, ping: MessageRef, view: View): Promise<void> {
    await channel.update(ping, view).catch((error: unknown) => {
      const problem = error instanceof DeliveryError ? error.problem.kind : "error";
      world.log.warn({ code: "ping.notNeutralised", problem });
    });
  }

  async function cardOf(found: CaseRow, route: Route, mayBeSecondCopy: boolean): Promise<View> {
    return world.store.transaction((tx) => caseCard(world, tx, found, route, { mayBeSecondCopy }));
  }

  /** The route's channel, once the platform has said that only advisers read there (P11, decision 6). */
  async function checked(route: Route): Promise<Channel> {
    const channel = channelOf(route.platform);
    const fault = await channel.checkRoute(route);
    // Whether an unreachable platform takes the message, sending it will show.
    if (fault && fault.code !== "unreachable") throw new DeliveryError({ kind: "refused", code: fault.code });
    return channel;
  }

  function routeFor(id: string): Route {
    const route = routeOf(world.organisation, id);
    if (!route) throw new DeliveryError({ kind: "refused", code: "noSuchRoute" });
    return route;
  }

  function channelOf(platform: Platform): Channel {
    const channel = channels.get(platform);
    if (!channel) throw new DeliveryError({ kind: "refused", code: "noSuchPlatform" });
    return channel;
  }

  async function refs(found: CaseRow, audience: CardRow["audience"]): Promise<readonly MessageRef[]> {
    const rows = await world.store.transaction((tx) => tx.cards(found.id, audience));
    return rows.map(refOf);
  }

  /**
   * Only what stands in the route's own channel: of a case that moved, or of a route that did, something may still
   * stand where others than its advisers read now (P9, P11).
   */
  async function refsIn(
    route: Route,
    found: CaseRow,
    audience: "route" | "routePing",
  ): Promise<readonly MessageRef[]> {
    return (await refs(found, audience)).filter((ref) => isIn(route, ref));
  }

  function refOf(row: CardRow): MessageRef {
    const opened = world.ring.open("message-ref", `card:${row.id}`, row.ref as Sealed);
    return MessageRef.parse(JSON.parse(opened));
  }

  function cardRow(found: CaseRow, audience: CardRow["audience"], ref: MessageRef): CardRow {
    const id = freshId();
    return {
      id,
      case: found.id,
      audience,
      ref: world.ring.seal("message-ref", `card:${id}`, JSON.stringify(ref)),
    };
  }
}

/** Whether a message stands in a route's own channel; after the channel comes what names its thread. */
function isIn({ platform, tenant, channel }: Route, ref: MessageRef): boolean {
  const [place] = ref.conversation.split(/[;/]/);
  return ref.platform === platform && ref.tenant === tenant && place === channel;
}

const gone = Symbol("gone");

/** What it leads to, or `gone` where the platform no longer has the message it is about. */
async function unlessGone<T>(work: Promise<T>): Promise<T | typeof gone> {
  try {
    return await work;
  } catch (error) {
    // Rightly or wrongly: Teams sometimes denies a conversation that is there. A second copy does no harm.
    if (error instanceof DeliveryError && error.problem.kind === "refused") return gone;
    throw error;
  }
}

async function givenUp(world: World, row: LeasedDelivery, code: string): Promise<void> {
  const now = world.clock.now();
  // Nobody is told, so it need not open: under a key that is gone it would come back for ever.
  if (isPersonLane(row.lane)) return pingMissed(world, code);
  const delivery = openDelivery(world.ring, row);
  if (!("case" in delivery)) return pingMissed(world, code);
  world.log.error({ code: "delivery.givenUp", kind: delivery.kind, case: delivery.case, problem: code });
  await world.store.transaction(async (tx) => {
    const found = await tx.findCase(delivery.case);
    tx.audit({
      at: now,
      code: `delivery.givenUp.${delivery.kind}`,
      case: delivery.case,
      route: found?.route ?? null,
    });
    // What a reporter sent did not arrive: the card, or the news of a message under it (P7).
    if (!found || found.state === "withdrawn") return;
    if (delivery.kind !== "caseCard" && delivery.kind !== "routePing") return;
    const queue = deliveriesIn(tx, world.ring, now, row.id);
    const other = routeToTell(world, found);
    if (other) await queue.enqueue({ kind: "routeTrouble", case: found.id, route: other });
    if (found.link === noLink) return;
    await queue.enqueue({ kind: "reporterPing", case: found.id, about: "undelivered" });
  });
}

/**
 * Nobody outside the conflict route hears of its cases, not even that one could not be delivered (P9). What
 * the report says decides too: its route may not be configured as that, or at all, any more.
 */
export function routeToTell({ ring, organisation }: World, found: CaseRow): string | undefined {
  const { conflictRoute, routes } = organisation;
  if (found.route === conflictRoute || !saysAboutNoAdviser(ring, found)) return undefined;
  // Where somebody could not be neutral, nothing of it is heard any more.
  const behind = leftBehind(organisation, openDesk(ring, found).left);
  const others = routes.filter(({ id }) => id !== found.route && !behind.has(id));
  return (others.find(({ id }) => id === conflictRoute) ?? others[0])?.id;
}

/** False where it is not known: somebody was unsure, or the report cannot be opened any more. */
function saysAboutNoAdviser(ring: KeyRing, found: CaseRow): boolean {
  try {
    return isAboutNoAdviser(openReport(ring, found).rows);
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error;
    return false;
  }
}
