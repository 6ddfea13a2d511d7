/** Lower-case words joined by hyphens, as names of packages and cloud resources take them: `@api/source` is `api-source`. */
export const toSlug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'monolith';
