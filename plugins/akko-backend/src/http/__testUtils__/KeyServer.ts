import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  exportJWK,
  generateKeyPair,
  SignJWT,
  type JWTPayload,
  type KeyLike,
} from 'jose';

const ALGORITHM = 'ES256';

/** An issuer of tokens, as a CI system is one: it signs, and shows its public key at {@link KeyServer.url}. */
export class KeyServer {
  readonly issuer = 'https://ci.example.com';

  private constructor(
    private readonly server: Server,
    private readonly key: KeyLike,
  ) {}

  static async start(): Promise<KeyServer> {
    const { privateKey, publicKey } = await generateKeyPair(ALGORITHM);
    const keys = JSON.stringify({
      keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: ALGORITHM }],
    });
    const server = createServer((_, response) =>
      response.setHeader('content-type', 'application/json').end(keys),
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new KeyServer(server, privateKey);
  }

  /** Address of the key set. */
  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/keys`;
  }

  /** A good token for five minutes, but for what is given. @param key - another one than that which is shown */
  async sign(
    claims: JWTPayload = {},
    key: KeyLike = this.key,
  ): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({
      iss: this.issuer,
      aud: 'portal',
      sub: 'deploy-akko',
      exp: now + 300,
      ...claims,
    })
      .setProtectedHeader({ alg: ALGORITHM, kid: 'one' })
      .setIssuedAt(now)
      .sign(key);
  }

  /** A key that nobody shows. */
  static async foreignKey(): Promise<KeyLike> {
    return (await generateKeyPair(ALGORITHM)).privateKey;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
