/** What a Prisma schema says of the database: models with their SQL names, and the relations between them. */
export interface PrismaSchema {
  /** By model name. */
  readonly models: ReadonlyMap<string, PrismaModel>;
  /** By accessor of the client: `orderItem` for `OrderItem`. */
  readonly accessors: ReadonlyMap<string, PrismaModel>;
  /** Join tables that Prisma keeps by itself for many-to-many relations. */
  readonly joinTables: readonly PrismaJoinTable[];
  /** Folders of the tree that generators write clients to. */
  readonly outputs: readonly string[];
}

export interface PrismaModel {
  readonly name: string;
  /** SQL name, with its schema unless that is the default one. */
  readonly table: string;
  readonly columns: readonly string[];
  readonly relations: ReadonlyMap<string, PrismaRelation>;
  /** The schema file, and the UTF-16 offset of the model in it. */
  readonly file: string;
  readonly offset: number;
}

export interface PrismaRelation {
  readonly field: string;
  /** Model on the other side. */
  readonly model: string;
  readonly isList: boolean;
  /** Which row holds the foreign key: of this model, of the other, or of a join table. */
  readonly holder: 'own' | 'other' | 'join-table';
  readonly joinTable?: string;
  /** Columns of the foreign key when this model holds it. */
  readonly columns: readonly string[];
  readonly offset: number;
}

export interface PrismaJoinTable {
  readonly table: string;
  /** The models of its columns `A` and `B`. */
  readonly models: readonly [string, string];
  readonly file: string;
  readonly offset: number;
}
