import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TypesMode } from '../../model/configuration.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { Program, ProgramQueries } from '../../model/program.ts';
import type { SourceTree } from '../../model/source-tree.ts';
import { type LinkedProgram, type LinkInput, linkProgram } from '../link.ts';
import { createProgramQueries } from '../program-queries.ts';
import { type CheckerProject, checkerProjects } from './checker-projects.ts';
import { type CheckerQuestion, escalate, questionsOf } from './escalate.ts';
import type { TypeChecker } from './type-checker.ts';

export interface TypedLinkInput extends LinkInput {
  /** Absolute path of the analysed root. */
  readonly root: string;
  readonly types: TypesMode;
  readonly openChecker: (root: string, projects: readonly CheckerProject[]) => Promise<TypeChecker>;
}

/**
 * Links, then asks a type checker about the calls that are still undecided. It is asked before start-up code is evaluated,
 * so that every later stage sees one call graph. Without an answer the program stays as it is, and a diagnostic says so.
 */
export async function linkWithTypes(input: TypedLinkInput): Promise<Outcome<ProgramQueries>> {
  const { value: linked, diagnostics } = linkProgram(input);
  const questions = input.types === 'never' ? [] : questionsOf(linked);
  const isWorth = input.types === 'always' ? questions.length > 0 : isWorthAsking(input, linked.program, questions);
  if (!isWorth) return { value: createProgramQueries(linked.program, linked.evaluator), diagnostics };
  const { value, diagnostics: failures } = await ask(input, linked, questions);
  return { value: createProgramQueries(value, linked.evaluator), diagnostics: [...diagnostics, ...failures] };
}

/** Fewer undecided calls than this share of those decided change no boundary, and starting the checker costs more than they tell. */
const LEAST_SHARE = 0.01;

const isWorthAsking = ({ root, tree }: TypedLinkInput, { counts }: Program, questions: readonly CheckerQuestion[]): boolean =>
  tree.tsconfigs.length > 0 && questions.length > LEAST_SHARE * counts.internal && hasInstalledPackages(root, tree);

/** Without packages' types the checker cannot follow what passes through them. */
function hasInstalledPackages(root: string, { packages }: SourceTree): boolean {
  const folders = [...foldersAbove(root), ...packages.map(({ directory }) => join(root, directory))];
  return folders.some((folder) => existsSync(join(folder, 'node_modules')));
}

function foldersAbove(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersAbove(parent)];
}

async function ask(input: TypedLinkInput, linked: LinkedProgram, questions: readonly CheckerQuestion[]): Promise<Outcome<Program>> {
  let checker: TypeChecker | undefined;
  try {
    checker = await input.openChecker(input.root, checkerProjects(linked.program, input.tree));
    return { value: escalate(linked, questions, checker), diagnostics: [] };
  } catch (error) {
    const failure: Diagnostic = {
      code: 'types-not-checked',
      data: { message: error instanceof Error ? error.message : String(error), calls: questions.length },
    };
    return { value: linked.program, diagnostics: [failure] };
  } finally {
    close(checker);
  }
}

/** The process may be gone already. */
function close(checker: TypeChecker | undefined): void {
  try {
    checker?.close();
  } catch {
    // Nothing is left to end.
  }
}
