import { generate } from 'selfsigned';
import { SystemClock } from '../clock/SystemClock';

/** PEM texts of a certificate that is its own authority. */
export interface ServerCertificate {
  key: string;
  cert: string;
}

/** Makes a certificate for loopback, valid for a year. */
export async function createCertificate(): Promise<ServerCertificate> {
  const day = 86_400_000;
  // Clients compare with the machine's time, whatever the sandbox's clock says.
  const now = new SystemClock().now();
  const { private: key, cert } = await generate(
    [{ name: 'commonName', value: 'kube-sandbox' }],
    {
      keyType: 'ec',
      curve: 'P-256',
      algorithm: 'sha256',
      notBeforeDate: new Date(now - day),
      notAfterDate: new Date(now + 365 * day),
      extensions: [
        { name: 'basicConstraints', cA: true, critical: true },
        {
          name: 'keyUsage',
          digitalSignature: true,
          keyCertSign: true,
          critical: true,
        },
        { name: 'extKeyUsage', serverAuth: true },
        {
          name: 'subjectAltName',
          altNames: [
            { type: 2, value: 'localhost' },
            { type: 7, ip: '127.0.0.1' },
            { type: 7, ip: '::1' },
          ],
        },
      ],
    },
  );
  return { key, cert };
}
