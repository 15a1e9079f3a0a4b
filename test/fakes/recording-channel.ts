import type { Organisation } from "../../bots/organisation.ts";
import {
  type Address,
  type Channel,
  DeliveryError,
  type DeliveryProblem,
  type Group,
  type GroupFault,
  type MessageRef,
  type Platform,
  type Route,
  type RouteFault,
} from "../../bots/ports.ts";
import type { View } from "../../cards/view.ts";

/** A message as the platform would keep it. */
export interface Kept {
  readonly ref: MessageRef;
  /** The route's id, or the person's id on the platform. */
  readonly to: string;
  readonly under: MessageRef | null;
  /** Every state it has had, the newest last. */
  readonly views: View[];
}

/** What the next request to post or change a message comes to. `done`: it happened, and the answer was lost. */
export type Failure = DeliveryProblem & { readonly done?: true };

/**
 * A platform in memory, which keeps what it is given and goes wrong when told to. It complains of what the
 * real ones refuse: a private view, another tenant, a place that is no route, a message that is not there.
 */
export class RecordingChannel implements Channel {
  readonly platform: Platform;
  readonly kept: Kept[] = [];
  /** What the bot did that no platform takes. Empty when it behaves. */
  readonly complaints: string[] = [];
  /** What the platform says of a route, by its id. */
  readonly faults = new Map<string, RouteFault["code"]>();
  /** Who is in a channel, by its id. In a route that is not here are all advisers; of another, nobody knows. */
  readonly members = new Map<string, readonly string[]>();
  /** Every question whether somebody is in a group: channel and person. */
  readonly askedFor: (readonly [channel: string, user: string])[] = [];
  /** What becomes of the next such questions; a promise is waited for. */
  readonly doubts: (DeliveryProblem | Promise<void>)[] = [];
  /** Every request to post or change a message, by what it did. */
  readonly asked: string[] = [];
  readonly #organisation: Organisation;
  #failures: Failure[] = [];

  constructor(platform: Platform, organisation: Organisation) {
    this.platform = platform;
    this.#organisation = organisation;
  }

  /** Makes the next requests to post or change a message fail, in this order. */
  fail(...failures: readonly Failure[]): void {
    this.#failures = [...this.#failures, ...failures];
  }

  /** The newest state of what was sent to a route or a person. */
  shown(to: string): readonly View[] {
    return this.kept.filter((message) => message.to === to).flatMap(({ views }) => views.slice(-1));
  }

  async postToPerson(to: Address, view: View): Promise<MessageRef> {
    if (to.platform !== this.platform) this.complaints.push("a person of another platform");
    if (!this.#organisation.tenants[this.platform].includes(to.tenant)) this.complaints.push("other tenant");
    return this.#post(to.user, { tenant: to.tenant, conversation: to.conversation }, view, null);
  }

  async postToRoute(to: Route, view: View, under?: MessageRef): Promise<MessageRef> {
    const known = this.#organisation.routes.find((route) => route.id === to.id);
    if (known?.platform !== this.platform || known.channel !== to.channel) this.complaints.push("no route");
    if (under && !this.kept.some(({ ref, to: at }) => ref.message === under.message && at === to.id))
      this.complaints.push("under a message of another place");
    return this.#post(to.id, { tenant: to.tenant, conversation: to.channel }, view, under ?? null);
  }

  async update(message: MessageRef, view: View): Promise<void> {
    const found = this.kept.find(({ ref }) => ref.message === message.message);
    if (!found) this.complaints.push("no such message");
    this.#happens(`update ${found?.to}`, view, () => void found?.views.push(view));
  }

  async checkRoute(route: Route): Promise<RouteFault | null> {
    const code = this.faults.get(route.id);
    return code === undefined ? null : { code };
  }

  async isMember(group: Group, user: string): Promise<boolean> {
    if (group.platform !== this.platform) this.complaints.push("a group of another platform");
    if (!this.#organisation.tenants[this.platform].includes(group.tenant))
      this.complaints.push("other tenant");
    this.askedFor.push([group.channel, user]);
    const doubt = this.doubts.shift();
    if (doubt instanceof Promise) await doubt;
    else if (doubt) throw new DeliveryError(doubt);
    const members = this.members.get(group.channel);
    const isRoute = this.#organisation.routes.some(({ channel }) => channel === group.channel);
    if (!members && isRoute) return user.startsWith("29:adviser");
    if (!members) throw new DeliveryError({ kind: "refused", code: "channel_not_found" });
    return members.includes(user);
  }

  async checkGroup(group: Group): Promise<GroupFault | null> {
    return this.members.has(group.channel) ? null : { code: "notFound" };
  }

  #post(
    to: string,
    at: { readonly tenant: string; readonly conversation: string },
    view: View,
    under: MessageRef | null,
  ): MessageRef {
    const message = `${this.platform}-${this.kept.length + 1}`;
    const ref = { platform: this.platform, message, ...at };
    this.#happens(`post ${to}`, view, () => void this.kept.push({ ref, to, under, views: [view] }));
    return ref;
  }

  #happens(what: string, view: View, effect: () => void): void {
    if (view.privacy === "private") this.complaints.push("a private view on a door");
    this.asked.push(what);
    const failure = this.#failures.shift();
    if (!failure || failure.done) effect();
    if (failure) {
      const { done: _, ...problem } = failure;
      throw new DeliveryError(problem);
    }
  }
}
