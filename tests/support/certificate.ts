/** Certificates for servers on loopback. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';

/**
 * Makes `NAME.pem` for host names, which is its own authority, and `NAME.key` in a folder.
 *
 * @param openssl what `requirePart('openssl', …)` gives
 */
export function makeCertificate(openssl: string, folder: string, name: string, hosts: readonly string[]): void {
  const making = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const subject = ['-subj', `/CN=${hosts[0]}`, '-addext', `subjectAltName=${hosts.map((host) => `DNS:${host}`)}`];
  const files = ['-keyout', path.join(folder, `${name}.key`), '-out', path.join(folder, `${name}.pem`)];
  execFileSync(openssl, [...making, ...subject, ...files], { stdio: 'ignore' });
}
