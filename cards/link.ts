const schemes: readonly string[] = ["https:", "mailto:", "tel:"];

/** The machine itself, where a demonstration runs and nothing on the way can read along. */
const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * The address as a client may open it, in its normal form; null for none, and for one that is not a web,
 * mail or telephone address: a button of ours never starts anything else. Unencrypted only to the machine itself.
 */
export function safeLink(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const { protocol, hostname, href } = new URL(url);
  const local = protocol === "http:" && loopback.test(hostname);
  return local || schemes.includes(protocol) ? href : null;
}
