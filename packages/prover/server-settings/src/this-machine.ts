/** Which servers are on this machine, so that what is sent to them needs no encryption. */

/** Whether a host is this machine: a name or an address of loopback, or the folder of a Unix socket. */
export function isThisMachine(host: string): boolean {
  return host.startsWith('/') || host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
