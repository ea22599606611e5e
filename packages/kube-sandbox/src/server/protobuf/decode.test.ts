import { Writer } from 'protobufjs/minimal';
import { decodeProtobuf } from './decode';

// Field numbers as in k8s.io/api: what a Go client of Kubernetes puts on the wire.
const message = (write: (writer: Writer) => void) => {
  const writer = Writer.create();
  write(writer);
  return writer.finish();
};
const text = (writer: Writer, number: number, value: string) =>
  writer.uint32((number << 3) | 2).string(value);
const bytes = (writer: Writer, number: number, value: Uint8Array) =>
  writer.uint32((number << 3) | 2).bytes(value);
const varint = (writer: Writer, number: number, value: number) =>
  writer.uint32(number << 3).int64(value);

function envelope(apiVersion: string, kind: string, raw: Uint8Array): Buffer {
  const typeMeta = message(writer => {
    text(writer, 1, apiVersion);
    text(writer, 2, kind);
  });
  const unknown = message(writer => {
    bytes(writer, 1, typeMeta);
    bytes(writer, 2, raw);
    text(writer, 3, '');
    text(writer, 4, '');
  });
  return Buffer.concat([Buffer.from('k8s\0'), unknown]);
}

it('reads a Job: nested messages, maps, lists, inlined sources, zero pointers', () => {
  const metadata = message(writer => {
    text(writer, 1, 'job');
    text(writer, 2, '');
    bytes(
      writer,
      11,
      message(entry => {
        text(entry, 1, 'key');
        text(entry, 2, 'value');
      }),
    );
    bytes(
      writer,
      8,
      message(() => {}),
    );
  });
  const volume = message(writer => {
    text(writer, 1, 'data');
    bytes(
      writer,
      2,
      message(source =>
        bytes(
          source,
          19,
          message(configMap => {
            bytes(
              configMap,
              1,
              message(reference => text(reference, 1, 'cm')),
            );
            varint(configMap, 3, 420);
          }),
        ),
      ),
    );
  });
  const container = message(writer => {
    text(writer, 1, 'main');
    text(writer, 2, 'image');
    text(writer, 3, 'sh');
    text(writer, 3, '-c');
  });
  const podSpec = message(writer => {
    bytes(writer, 1, volume);
    bytes(writer, 2, container);
    text(writer, 3, 'Never');
    varint(writer, 11, 0);
  });
  const spec = message(writer => {
    varint(writer, 7, 0);
    bytes(
      writer,
      6,
      message(template => bytes(template, 2, podSpec)),
    );
  });
  const job = message(writer => {
    bytes(writer, 1, metadata);
    bytes(writer, 2, spec);
    bytes(
      writer,
      3,
      message(() => {}),
    );
  });
  expect(decodeProtobuf(envelope('batch/v1', 'Job', job))).toEqual({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'job', labels: { key: 'value' } },
    spec: {
      backoffLimit: 0,
      template: {
        spec: {
          volumes: [
            { name: 'data', configMap: { name: 'cm', defaultMode: 420 } },
          ],
          containers: [{ name: 'main', image: 'image', command: ['sh', '-c'] }],
          restartPolicy: 'Never',
        },
      },
    },
  });
});

it('reads bytes as base64 and quantities as texts', () => {
  const secret = message(writer =>
    bytes(
      writer,
      2,
      message(entry => {
        text(entry, 1, 'key');
        bytes(entry, 2, Buffer.from('value'));
      }),
    ),
  );
  expect(decodeProtobuf(envelope('v1', 'Secret', secret))).toMatchObject({
    data: { key: 'dmFsdWU=' },
  });
  const claim = message(writer =>
    bytes(
      writer,
      2,
      message(spec =>
        bytes(
          spec,
          2,
          message(resources =>
            bytes(
              resources,
              2,
              message(entry => {
                text(entry, 1, 'storage');
                bytes(
                  entry,
                  2,
                  message(quantity => text(quantity, 1, '1Gi')),
                );
              }),
            ),
          ),
        ),
      ),
    ),
  );
  expect(
    decodeProtobuf(envelope('v1', 'PersistentVolumeClaim', claim)),
  ).toMatchObject({ spec: { resources: { requests: { storage: '1Gi' } } } });
});

it('refuses what is no such message, and kinds that it does not know', () => {
  expect(() => decodeProtobuf(Buffer.from('{}'))).toThrow(
    'provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]',
  );
  expect(() =>
    decodeProtobuf(envelope('apps/v1', 'Deployment', new Uint8Array())),
  ).toThrow('no kind "Deployment" is registered for version "apps/v1"');
});
