import type { Database } from './database';

export class MemberService {
  constructor(private readonly database: Database) {}

  find() {
    return this.database.query('select 1');
  }

  remove() {
    return this.database.query('delete from members');
  }
}
