// pnpm writes the dependencies of a workspace into a packed package.json in the order in which it happened to look them up.
// In one order, the same sources make the same tarball, byte for byte (tests/release).
const sorted = (dependencies) => dependencies && Object.fromEntries(Object.entries(dependencies).sort());

module.exports = {
  hooks: {
    beforePacking: (manifest) => ({
      ...manifest,
      ...(manifest.dependencies && { dependencies: sorted(manifest.dependencies) }),
      ...(manifest.devDependencies && { devDependencies: sorted(manifest.devDependencies) }),
    }),
  },
};
