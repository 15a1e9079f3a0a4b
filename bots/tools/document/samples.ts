import type { Agreed, Check, Given, Person, Round, Verdict } from "../../../dialogs/check/check.ts";
import { questionsFor, type Setting } from "../../../dialogs/check/questions.ts";

/** Two made-up checks: an institution for mental healthcare, finished a second time, and a theatre company, half-way. */

const day = 24 * 60 * 60 * 1000;
export const sampleNow = Date.parse("2026-11-28T10:00:00Z");

/** Answers by question, with a note where there is one. */
type Said = Readonly<Record<string, readonly [Verdict, string?]>>;

function answersOf(
  setting: Setting,
  said: Said,
  others: Verdict | null,
  { by, at }: { readonly by: readonly string[]; readonly at: number },
): Record<string, Given[]> {
  return Object.fromEntries(
    questionsFor(setting).flatMap(({ id }, index) => {
      const [verdict, note = ""] = said[id] ?? [others];
      const person = by[index % by.length] ?? "";
      const given = { verdict, note, by: person, at: at + index * 60_000, revision: index + 1, aside: false };
      return verdict === null ? [] : [[id, [given]]];
    }),
  );
}

function agreed(owner: string, due: string | null, done = false): Agreed {
  return { owner, due, done, by: "p1", at: sampleNow - day, revision: 60, remind: [] };
}

const people: Person[] = [
  { id: "p1", mark: "mark-of-marieke", name: "Mariëke de Wit", role: "director" },
  { id: "p2", mark: "mark-of-samir", name: "Samir", role: "hr" },
  { id: "p3", mark: "mark-of-jose", name: "José van der Meer", role: "worksCouncil" },
];

const institution = { sector: "mentalHealthcare", size: "from50" } as const;
const longNote =
  "Het beleid staat in het kwaliteitshandboek (hoofdstuk 4), maar is van 2021 en noemt alleen agressie door cliënten. Pesten, discriminatie en seksuele intimidatie door collega's ontbreken. De ondernemingsraad heeft hier in maart en in september naar gevraagd; een eerste concept ligt bij de beleidsmedewerker. In de kliniek wordt daarnaast gewerkt met een eigen ‘huisregel’, die niet is vastgesteld. Navragen bij de locatiemanager of die nog gebruikt wordt, en waar het verslag van die afspraak te vinden is.";

const secondRound: Round = {
  id: "r2",
  setting: institution,
  startedAt: sampleNow - 16 * day,
  finishedAt: sampleNow - 2 * day,
  answers: {
    ...answersOf(
      institution,
      {
        policyWritten: ["partly", longNote],
        codeExamples: ["yes", "Intranet → Personeel → Gedragscode"],
        codeConsequences: ["no"],
        codeDiscussed: ["partly", "Wel in de kliniek, niet bij de ambulante teams"],
        leadership: ["unknown"],
        participation: ["yes", "Instemming van 12 mei 2026, verslag bij de ambtelijk secretaris"],
        riskInventory: ["yes", "Risico-inventarisatie 2025, bijlage 3"],
        actionPlan: ["no", "Maatregelen staan er, zonder naam of datum"],
        riskPower: ["partly", "Nachtdiensten wel, opleidingsplekken niet"],
        riskGroups: ["unknown"],
        adviserChoice: ["no"],
        adviserProtected: ["unknown"],
        adviserKnown: ["partly", "Staat op intranet; nieuwe mensen horen het niet"],
        aboutTheTop: ["no"],
        inquiryProtocol: ["partly"],
        whistleblowing: ["yes", "Regeling 2024, contactpersoon is de bestuurssecretaris"],
        informed: ["no"],
        managersTrained: ["partly", "14 van de 22"],
        bystanderTraining: ["no"],
        noRetaliation: ["no"],
        aftercare: ["partly"],
        externalHelp: ["yes", "Nummers gecontroleerd in oktober"],
        incidentEvaluation: ["partly", "Alleen bij voorvallen met cliënten"],
        privacy: ["unknown", "Vragen aan de functionaris gegevensbescherming"],
        careSafetyPolicy: ["partly"],
        careInspectorate: ["yes", "Procedure incidenten, paragraaf 6"],
        reportingCode: [
          "notApplicable",
          "Deze afdeling behandelt alleen volwassenen; na te gaan of dat klopt",
        ],
        screening: ["notApplicable"],
      },
      "yes",
      { by: ["p1", "p2", "p2", "p3"], at: sampleNow - 9 * day },
    ),
    adviserRoles: [
      { verdict: "yes", note: "", by: "p1", at: sampleNow - 9 * day, revision: 70, aside: false },
      {
        verdict: "partly",
        note: "Is ook verzuimcoördinator",
        by: "p3",
        at: sampleNow - 9 * day,
        revision: 71,
        aside: true,
      },
    ],
  },
  plan: {
    actionPlan: agreed("Samir", "2026-12-15"),
    informed: agreed("Personeelszaken", null),
    adviserChoice: agreed("Mariëke de Wit", "2027-02-01"),
    managersTrained: agreed("Samir", "2026-10-01", true),
  },
};

export const institutionCheck: Check = {
  unit: "Kliniek en ambulante teams Noord",
  code: "K7QD-M2XR-9TPA-0001",
  people,
  revision: 80,
  rounds: [
    {
      id: "r1",
      setting: institution,
      startedAt: sampleNow - 380 * day,
      finishedAt: sampleNow - 370 * day,
      answers: answersOf(
        institution,
        {
          policyWritten: ["no"],
          codeExamples: ["partly"],
          codeConsequences: ["no"],
          participation: ["no"],
          riskInventory: ["partly"],
          actionPlan: ["no"],
          adviserChoice: ["no"],
          adviserProtected: ["unknown"],
          informed: ["no"],
          aboutTheTop: ["no"],
          whistleblowing: ["unknown"],
          privacy: ["unknown"],
          externalHelp: ["no"],
          leadership: ["unknown"],
          noRetaliation: ["no"],
          bystanderTraining: ["no"],
          reportingCode: ["yes"],
        },
        "yes",
        { by: ["p1"], at: sampleNow - 372 * day },
      ),
      plan: {},
    },
    secondRound,
  ],
  recheck: [],
  language: "nl",
};

const theatre = { sector: "cultureAndMedia", size: "from10" } as const;

export const theatreCheck: Check = {
  unit: "Toneelgezelschap De Brug",
  code: "K7QD-M2XR-9TPA-0002",
  people: [{ id: "p1", mark: "mark-of-lotte", name: "Lotte", role: "manager" }],
  revision: 20,
  rounds: [
    {
      id: "r1",
      setting: theatre,
      startedAt: sampleNow - 3 * day,
      finishedAt: null,
      answers: answersOf(
        theatre,
        {
          policyWritten: ["no", "We hebben het er wel over, maar niets op papier"],
          codeExamples: ["partly", "Op de call sheet: “we spelen met respect” 🎭"],
          codeConsequences: ["no"],
          codeDiscussed: ["yes", "Eerste repetitiedag"],
          codeScope: ["yes"],
          leadership: ["partly"],
          participation: ["unknown"],
          riskInventory: ["unknown", "Wie weet dit? Navragen bij de zakelijk leider"],
          actionPlan: ["no"],
          riskPower: ["partly", "Regisseur en jonge spelers"],
          adviserAppointed: ["no"],
          adviserChoice: ["yes", "Mores"],
          externalHelp: ["yes"],
          cultureSafety: ["partly"],
        },
        null,
        { by: ["p1"], at: sampleNow - 2 * day },
      ),
      plan: {},
    },
  ],
  recheck: [],
  language: "nl",
};

export const samples = [
  { name: "instelling", check: institutionCheck, organisation: "Stichting Voorbeeld GGZ" },
  { name: "toneel", check: theatreCheck, organisation: "Toneelgezelschap De Brug" },
] as const;
