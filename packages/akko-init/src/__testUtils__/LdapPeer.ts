import { createServer, type AddressInfo, type Server } from 'node:net';
import { BerReader, BerWriter } from 'ldapts';

/** Tags and result codes of LDAP messages (RFC 4511). */
const BIND_REQUEST = 0x60;
const BIND_RESPONSE = 0x61;
const SEARCH_REQUEST = 0x63;
const SEARCH_ENTRY = 0x64;
const SEARCH_DONE = 0x65;
const SEQUENCE = 0x30;
const PASSWORD = 0x80;
const SUCCESS = 0;
const NO_SUCH_OBJECT = 32;
const INVALID_CREDENTIALS = 49;

/** A directory on loopback that knows binds and finds everybody of a place, whatever the filter. It answers as OpenLDAP 2.6 was seen to answer. */
export class LdapPeer {
  /** Names of entries, by the place that they are directly below. */
  readonly places = new Map<string, string[]>();
  /** The result code of every search, instead of the true one. */
  searchFault?: number;

  private constructor(
    private readonly server: Server,
    private readonly login: { bindDn: string; password: string },
  ) {}

  static async start(login: {
    bindDn: string;
    password: string;
  }): Promise<LdapPeer> {
    const server = createServer();
    const peer = new LdapPeer(server, login);
    server.on('connection', socket => {
      socket.on('error', () => socket.destroy());
      // A message of this client comes in one piece on loopback.
      socket.on('data', data => {
        const answer = peer.answer(new BerReader(Buffer.from(data)));
        if (answer.length) {
          socket.write(answer);
        } else {
          socket.end();
        }
      });
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    return peer;
  }

  get url(): string {
    return `ldap://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    await new Promise(done => this.server.close(done));
  }

  /** Empty for a request that ends the connection. */
  private answer(request: BerReader): Buffer {
    request.readSequence();
    const id = request.readInt()!;
    const operation = request.readSequence();
    if (operation === BIND_REQUEST) {
      request.readInt();
      const isRight =
        request.readString() === this.login.bindDn &&
        request.readString(PASSWORD) === this.login.password;
      return message(
        id,
        BIND_RESPONSE,
        resultOf(isRight ? SUCCESS : INVALID_CREDENTIALS),
      );
    }
    if (operation !== SEARCH_REQUEST) {
      return Buffer.alloc(0);
    }
    const place = request.readString()!;
    const names = this.places.get(place);
    const code = this.searchFault ?? (names ? SUCCESS : NO_SUCH_OBJECT);
    const entries = (code === SUCCESS ? names! : []).slice(0, 1).map(name =>
      message(id, SEARCH_ENTRY, writer => {
        writer.writeString(`${name},${place}`);
        writer.startSequence();
        writer.endSequence();
      }),
    );
    return Buffer.concat([
      ...entries,
      message(id, SEARCH_DONE, resultOf(code)),
    ]);
  }
}

function resultOf(code: number): (writer: BerWriter) => void {
  return writer => {
    writer.writeEnumeration(code);
    writer.writeString('');
    writer.writeString('');
  };
}

function message(
  id: number,
  operation: number,
  write: (writer: BerWriter) => void,
): Buffer {
  const writer = new BerWriter();
  writer.startSequence(SEQUENCE);
  writer.writeInt(id);
  writer.startSequence(operation);
  write(writer);
  writer.endSequence();
  writer.endSequence();
  return writer.buffer;
}
