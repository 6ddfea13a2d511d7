import type { SliceClosure } from '../../src/generate/slice-closure.ts';

/** `closure.json`: what of the monolith stands in a slice, for people and for `explain`. */
export function toClosureReport(closure: SliceClosure): object {
  const { listing } = closure;
  const place = (at: { readonly file: string; readonly line: number }): string => `${at.file}:${at.line}`;
  const statement = (each: SliceClosure['listing']['startUpKept'][number]): object => ({
    at: place(each.at),
    text: each.text,
    reason: each.reason,
  });
  return {
    service: closure.service,
    entry: closure.entry,
    modules: closure.files.map((file) => ({ module: file.module, path: file.path, form: file.form })),
    assets: closure.assets,
    packages: closure.packages,
    builtins: closure.builtins,
    environment: closure.environment.map((each) => ({ name: each.name, at: place(each.at) })),
    requestScoped: closure.requestScoped.map((each) => ({ at: place(each.at), name: each.name })),
    pruned: { count: listing.pruned.reduce((sum, each) => sum + each.names.length, 0), declarations: listing.pruned },
    startUpKept: listing.startUpKept.map(statement),
    startUpDropped: listing.startUpDropped.map(statement),
    notes: listing.notes.map((note) => ({ at: place(note.at), text: note.text })),
  };
}

/** What `templates/module-place.ts.hbs` prints: only the functions that moved code calls. */
export interface ModulePlaceView {
  readonly hasFolder: boolean;
  readonly hasFile: boolean;
  readonly hasUrl: boolean;
}

export const toModulePlaceView = ({ modulePlaces }: SliceClosure): ModulePlaceView => ({
  hasFolder: modulePlaces.includes('folder'),
  hasFile: modulePlaces.includes('file'),
  hasUrl: modulePlaces.includes('url'),
});
