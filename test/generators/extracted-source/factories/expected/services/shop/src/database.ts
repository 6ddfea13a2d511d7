import { Pool } from 'pg';

export class Database {
  private pool = new Pool();

  async connect() {
    await this.pool.connect();
  }

  query(text: string) {
    return this.pool.query(text);
  }
}
