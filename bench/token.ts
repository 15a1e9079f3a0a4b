import { ServiceClientCredentialsFactory } from "botframework-connector";

/** The bot's own token as a fixed text: the token service of a real cloud is not what is measured. */
export class FixedToken extends ServiceClientCredentialsFactory {
  readonly #appId: string;

  constructor(appId: string) {
    super();
    this.#appId = appId;
  }

  override async isValidAppId(appId: string): Promise<boolean> {
    return appId === this.#appId;
  }

  override async isAuthenticationDisabled(): Promise<boolean> {
    return false;
  }

  override async createCredentials() {
    return {
      async signRequest<Outgoing extends { headers: { set(name: string, value: string): void } }>(
        outgoing: Outgoing,
      ) {
        outgoing.headers.set("authorization", "Bearer token");
        return outgoing;
      },
    };
  }
}
