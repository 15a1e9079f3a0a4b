import type { AdviserView, Found } from "../../../cards/found-view.ts";

const hour = 3_600_000;
/** Monday 23 November 2026, 10:30 in Amsterdam. */
const now = Date.UTC(2026, 10, 23, 9, 30);

/** A made-up face. */
const picture =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAEAAAABAAQMAAACQp+OdAAAABlBMVEXY4+hKanp1euBMAAAAeElEQVR42sXPvQ2AIBAFYIgFJSMwCqPpaIziCJQUhGdOjkOD8aeShi8EeO+U+mstvNvE8IUxgwHUSxoIOyZgPcMA8QkWSK8vjxGSLn16Q+ksU8hcNyO3V/LzWNUBmaMADuf4Bk0ItWntagjxCEtIl3CE/BWeUPrJBrWLnpjahVglAAAAAElFTkSuQmCC";

/** Advisers as an organisation might have them: one with everything, one for a few hours, one from outside. */
export const sampleAdvisers: readonly AdviserView[] = [
  {
    id: "fatima",
    name: "Fatima El Idrissi",
    kind: "internal",
    audiences: ["employees", "volunteers"],
    because: ["audience", "place", "way"],
    languages: ["nl", "en", "ar"],
    places: ["Stadhuis", "Werf Noord"],
    about: "Je kunt bij mij terecht zonder afspraak. Ik luister, en jij bepaalt wat er gebeurt.",
    reachable: { state: "now", until: now + 6 * hour },
    reachableText: "Ook 's avonds, na overleg.",
    standsInFor: null,
    ways: [
      { way: "bot", address: null, url: null },
      { way: "phone", address: "070 000 00 01", url: "tel:0700000001" },
      { way: "mail", address: "fatima@voorbeeld.example", url: "mailto:fatima@voorbeeld.example" },
      { way: "inPerson", address: "Stadhuis, kamer 2.14", url: null },
      {
        way: "teamsChat",
        address: null,
        url: "https://teams.microsoft.com/l/chat/0/0?users=fatima%40voorbeeld.example",
      },
    ],
    picture,
  },
  {
    id: "joost",
    name: "Joost Bakker",
    kind: "internal",
    audiences: ["employees", "volunteers"],
    because: ["audience"],
    languages: ["nl"],
    places: [],
    about: null,
    reachable: { state: "later", from: now + 23 * hour },
    reachableText: null,
    standsInFor: "Anneke de Wit",
    ways: [{ way: "bot", address: null, url: null }],
    picture: null,
  },
  {
    id: "sanne",
    name: "Sanne van den Berg",
    kind: "external",
    audiences: ["employees", "volunteers"],
    because: ["external"],
    languages: ["nl", "en"],
    places: [],
    about: null,
    reachable: { state: "unstated" },
    reachableText: "Op werkdagen; ik bel binnen een dag terug.",
    standsInFor: null,
    ways: [
      { way: "bot", address: null, url: null },
      { way: "phone", address: "+31 6 0000 0002", url: "tel:+31600000002" },
    ],
    picture: null,
  },
];

/** An outcome in which the advisers come first. */
export function sampleFound(change: Partial<Found> = {}): Found {
  return {
    advisers: sampleAdvisers,
    nobody: null,
    backOn: null,
    help: [
      { service: "slachtofferhulp", because: "victim" },
      { service: "juridisch-loket", because: "law" },
      { service: "politie", because: "crime" },
      { service: "huis-voor-klokkenluiders", because: "wrongdoing" },
    ],
    duties: [],
    outsideFirst: null,
    ...change,
  };
}

export const sampleBackOn = now + 10 * 24 * hour;
