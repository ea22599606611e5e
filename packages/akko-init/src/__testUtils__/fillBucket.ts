import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

const BLOCK = 512;

/** Puts many small objects into a bucket of MinIO with one request: a tar, which it unpacks. */
export async function fillBucket(
  client: S3Client,
  bucket: string,
  objects: Iterable<readonly [key: string, content: string]>,
): Promise<void> {
  const blocks: Buffer[] = [];
  for (const [key, content] of objects) {
    const body = Buffer.from(content);
    blocks.push(headerOf(key, body.length), body);
    blocks.push(Buffer.alloc((BLOCK - (body.length % BLOCK)) % BLOCK));
  }
  blocks.push(Buffer.alloc(2 * BLOCK));
  await client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: 'many.tar',
      Body: Buffer.concat(blocks),
      Metadata: { 'snowball-auto-extract': 'true' },
    }),
  );
}

/** POSIX.1-1988: keys of up to 100 bytes. */
function headerOf(key: string, size: number): Buffer {
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, digits: number) =>
    `${value.toString(8).padStart(digits, '0')}\0`;
  header.write(key, 0, 100);
  header.write(octal(0o644, 7), 100);
  header.write(octal(0, 7), 108);
  header.write(octal(0, 7), 116);
  header.write(octal(size, 11), 124);
  header.write(octal(0, 11), 136);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${octal(sum, 6)} `, 148);
  return header;
}
